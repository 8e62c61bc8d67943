"""A generated C program: written, compiled together with what it needs, and loaded."""

import ctypes
from pathlib import Path

from netx_c.binding import Port
from netx_c.toolchain import build_shared

_HERE = Path(__file__).parent
_FLAGS = ("-O0", "-Wall", "-Wextra", "-Werror")


class Image:
    """A loaded program; `port` drives it."""

    def __init__(self, path: Path) -> None:
        self._library = ctypes.CDLL(str(path))
        self.port = Port(self.symbol)

    def symbol(self, name: str) -> int:
        """The address of a C symbol; 0 if there is none."""
        try:
            return ctypes.addressof(ctypes.c_char.in_dll(self._library, name))
        except ValueError:
            return 0


def build(name: str, text: str, support: str, folder: Path) -> Image:
    """Compile a program's text with report.c and another C file from here, in a folder for what comes out."""
    program = folder / f"{name}.c"
    program.write_text(text, encoding="utf-8")
    sources = [program, _HERE / support, _HERE / "report.c"]
    library = folder / f"{name}.so"
    build_shared(sources, library, include=[_HERE], flags=_FLAGS)
    return Image(library)
