"""Write netx_sim/__init__.pyi: the public names, which the package hands out at run time, for type checkers.

    python tools/make_stub.py            write it
    python tools/make_stub.py --check    exit 1 if it is not up to date
"""

import importlib
import inspect
import sys
from collections import defaultdict
from pathlib import Path

_CONSTANTS = ("netx_sim.constants", "netx_sim.constants_tx", "netx_sim.constants_ipv6", "netx_sim.status")
_STUB = Path(__file__).parent.parent / "netx_sim" / "__init__.pyi"


def stub() -> str:
    """The text of the stub."""
    api = importlib.import_module("netx_sim.api")
    by_module: dict[str, list[str]] = defaultdict(list)
    for name in api.__all__:
        value = getattr(api, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            by_module[value.__module__].append(name)
    constants = {name for module in _CONSTANTS for name in vars(importlib.import_module(module))}
    homed = {name for names in by_module.values() for name in names}
    other = [name for name in api.__all__ if name not in constants and name not in homed]
    if other:
        raise SystemExit(f"no home for {other}")
    lines = ["# Written by tools/make_stub.py."]
    lines += [f"from {module} import *" for module in _CONSTANTS]
    for module in sorted(by_module):
        lines.append(f"from {module} import (")
        lines += [f"    {name} as {name}," for name in sorted(by_module[module])]
        lines.append(")")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check."""
    text = stub()
    if "--check" in sys.argv:
        return int(not _STUB.exists() or _STUB.read_text() != text)
    _STUB.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
