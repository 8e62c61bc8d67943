"""Write docs/quirks.md from the catalogues of quirks and traps.

    python tools/make_quirks.py            write it
    python tools/make_quirks.py --check    exit 1 if it is not up to date
"""

import sys
from pathlib import Path

from netx_pop3.cli.quirks import page

PAGE = Path(__file__).parent.parent / "docs" / "quirks.md"


def main() -> int:
    """Write or check."""
    if "--check" in sys.argv:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
