"""`python -m benchmarks [NAME ...]`: run each figure's file, or the named ones, in a process of its own."""

import subprocess
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run the files one after the other; exit status 1 if one fails, 2 if a name is none."""
    files = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("_"))
    unknown = sorted(set(names) - {path.stem for path in files})
    if unknown:
        print(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(path.stem for path in files)}")
        return 2
    failed = 0
    for path in files:
        if not names or path.stem in names:
            print(f"== {path.stem}", flush=True)
            failed |= subprocess.run([sys.executable, str(path)], check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
