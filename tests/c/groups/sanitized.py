"""Runs groups of an image in a process that was started with a sanitizer's runtime.

    python -m tests.c.groups.sanitized IMAGE GROUP...

Prints a line for each group; a finding ends the process.
"""

import logging
import sys
from pathlib import Path

from tests.c.groups.rig import Image, run_group


def main(path: str, groups: list[str]) -> int:
    """Run the groups; 1 if a check failed."""
    logging.disable(logging.WARNING)  # what the device loses on purpose is not of interest here
    image = Image(Path(path))
    failed = 0
    for group in groups:
        outcome = run_group(image, group)
        failed += len(outcome.failures)
        print(group, outcome.checks, "checks", *outcome.failures, sep="\n  ", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
