"""The running program, seen through its debug information: which line an address belongs to."""

import struct
from pathlib import Path

from netx_c.dwarf.program import NoDebugInfoError, Program

__all__ = ["ProgramImage", "program_image"]

_EXECUTABLE = Path("/proc/self/exe")
_TYPE = struct.Struct("<H")  # of an ELF file, at this offset
_TYPE_OFFSET = 16
_FIXED = 2  # loaded where the linker has put it


class ProgramImage:
    """A program and where it is loaded.

    Args:
        program: its debug information.
        base: what is to be added to the addresses in the file.
    """

    def __init__(self, program: Program, base: int) -> None:
        self._program = program
        self._base = base

    def holds(self, address: int) -> bool:
        """Is this address in the program?"""
        return 0 <= address - self._base < self._program.span

    def line_at(self, address: int) -> tuple[str, int] | None:
        """The source line of an address; None in code without debug information."""
        return self._program.line_at(address - self._base)

    def function_name(self, address: int) -> str:
        """The function of an address."""
        found = self._program.function_at(address - self._base)
        return found.name if found is not None else ""


def program_image() -> ProgramImage | None:
    """The running program; None if it was built without debug information."""
    try:
        program = Program(_EXECUTABLE)
    except NoDebugInfoError:
        return None
    with _EXECUTABLE.open("rb") as file:
        file.seek(_TYPE_OFFSET)
        fixed = _TYPE.unpack(file.read(_TYPE.size))[0] == _FIXED
    return ProgramImage(program, 0 if fixed else _load_address())


def _load_address() -> int:
    """Where the first part of the program's file lies."""
    name = str(_EXECUTABLE.resolve())
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        if line.endswith(name):
            return int(line.partition("-")[0], 16)
    return 0
