"""Hold functions and files to a readable size.

A function counts from `def` to its last line, docstring included. Limits: median 10 lines, 95 % within 45, none above
80; files 500 lines. Tests are left out: a long table of cases is easier to read in one place.
"""

import ast
import statistics
import sys
from pathlib import Path

PACKAGES = ("netx_sim", "netx_pop3", "drivers/netx_drivers", "ports/c/netx_c")
MEDIAN, P95, LONGEST, FILE = 10, 45, 80, 500


def function_sizes(path: Path) -> list[tuple[int, str]]:
    """(lines, where) of each function in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def complaints(files: list[Path]) -> list[str]:
    """What is too long, as sentences."""
    found = []
    sizes: list[tuple[int, str]] = []
    for path in files:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE:
            found.append(f"{path}: {lines} lines, above {FILE}")
        sizes += function_sizes(path)
    if not sizes:
        return found
    sizes.sort()
    found += [f"{where}: {lines} lines, above {LONGEST}" for lines, where in sizes if lines > LONGEST]
    median, p95 = statistics.median(lines for lines, _ in sizes), sizes[len(sizes) * 95 // 100][0]
    if median > MEDIAN:
        found.append(f"median of all functions: {median} lines, above {MEDIAN}")
    if p95 > P95:
        found.append(f"95 % of all functions: within {p95} lines, above {P95}")
    print(f"{len(files)} files, {len(sizes)} functions: median {median:g} lines, p95 {p95}, longest {sizes[-1][0]}")
    return found


def main() -> int:
    """Print what is too long; exit status 1 if anything is."""
    found = complaints(sorted(path for package in PACKAGES for path in Path(package).rglob("*.py")))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
