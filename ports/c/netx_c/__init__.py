"""The C port: firmware in C is compiled with the headers here, linked with a small archive, and runs on this stack.

`include` holds the headers, `src` the C of the archive, `data` the facts of the interface that headers and services are
made from. `cc` compiles, `port` binds C to the stack, `program` runs programs, `plugin` serves pytest, `dwarf` finds
what C's names mean by debug information. docs/architecture.md tells how they work together.
"""

from pathlib import Path

_HERE = Path(__file__).parent


def include_dir() -> Path:
    """The folder to give a C compiler with -I."""
    return _HERE / "include"
