"""Freezes the stack into a firmware: `make BOARD=... FROZEN_MANIFEST=.../ports/micropython/manifest.py`.

Run `python ports/micropython/build.py --source out/board` first, with `--only-for MAIN` if only one program is to run.
Frozen code is executed from flash, so of the memory table only the last lines count.
"""

freeze("../../out/board")  # noqa: F821 - the firmware's build defines it
