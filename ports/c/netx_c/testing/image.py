"""A generated C program: written, compiled together with what it needs, and loaded."""

import argparse
import contextlib
import ctypes
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from netx_c.cc.toolchain import build_shared
from netx_c.port.binding import Port

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


@dataclass(frozen=True)
class Build:
    """How programs are compiled, and the folder for what comes out."""

    folder: Path
    compiler: str = "gcc"
    defines: Mapping[str, str] = field(default_factory=dict)
    sanitize: str = ""

    def image(self, name: str, text: str, support: str) -> Image:
        """Compile a program's text with report.c and another C file from here, and load it."""
        program = self.folder / f"{name}.c"
        program.write_text(text, encoding="utf-8")
        library = self.folder / f"{name}.so"
        build_shared(
            [program, _HERE / support, _HERE / "report.c"],
            library,
            include=[_HERE],
            flags=_FLAGS,
            defines=self.defines,
            compiler=self.compiler,
            sanitize=self.sanitize,
        )
        return Image(library)


def add_build_options(parser: argparse.ArgumentParser) -> None:
    """The arguments that say how programs are compiled."""
    parser.add_argument("--compiler", default="gcc", help="which compiler (gcc)")
    parser.add_argument("--define", action="append", default=[], metavar="NAME=VALUE", help="a macro of the programs")
    parser.add_argument("--sanitize", default="", metavar="NAMES", help="as in address,undefined (runtime preloaded)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the C programs there")


@contextlib.contextmanager
def build_of(options: argparse.Namespace) -> Iterator[Build]:
    """What these arguments say; without `--keep` the folder is gone afterwards."""
    defines = dict(entry.partition("=")[::2] for entry in options.define)
    with tempfile.TemporaryDirectory(prefix="netx-recordings-") as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        yield Build(folder, options.compiler, defines, options.sanitize)
