"""Freezes the stack into a firmware: `make BOARD=... FROZEN_MANIFEST=.../ports/micropython/manifest.py`.

Run `python ports/micropython/build.py --source out/board` first, with `--only-for MAIN` if only one program is to run.
Frozen code is executed from flash: what the memory table says about modules does not count then, sessions do.
"""

freeze("../../out/board", opt=3)  # noqa: F821 - the firmware's build defines it
