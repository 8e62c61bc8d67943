"""Which Python a program will start: facts that are fixed when the archive is built.

Read first: the Python C API, "Embedding Python in Another Application".

A program written in C starts an interpreter at its first service call.  It must be the one that the packages here
run on now, whatever the folder and the environment the program is started in.  The name of the running executable
says that: an interpreter that is told it goes by this name finds the same standard library, the same virtual
environment and the same packages as the executable itself.
"""

import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

__all__ = ["Interpreter", "InterpreterError", "interpreter", "no_interpreter"]

# What a program imports, directly or for a link.
_PACKAGES = ("netx_c", "netx_sim", "netx_pop3", "netx_drivers", "cffi", "serial")

# What a program runs first.  Folders that Python does not know by itself are those that PYTHONPATH named at the build;
# they go to the front, as they did then.
_SCRIPT = """\
import sys
sys.path[:0] = [folder for folder in {path!r} if folder not in sys.path]
from netx_c.program import process
process.start()
"""


class InterpreterError(Exception):
    """No program can be built with this Python; the text is one sentence."""


class Interpreter:
    """An interpreter that programs can start.

    Args:
        library: its shared library.
        executable: what it is called by on the command line.
        path: folders of the packages that a program imports.
    """

    def __init__(self, library: Path, executable: Path, path: list[Path]) -> None:
        self.library = library
        self.executable = executable
        self.path = path

    def c_source(self) -> str:
        """The facts as C, for python.c."""
        facts = {
            "library": str(self.library),
            "executable": str(self.executable),
            "package": _package(),
            "script": _SCRIPT.format(path=[str(folder) for folder in self.path]),
        }
        texts = [f"const char *const netx_python_{name} = {_c_string(text)};\n" for name, text in facts.items()]
        letters = "".join(f"{ord(letter)}, " for letter in str(self.executable))
        return "".join(texts) + f"#include <wchar.h>\nconst wchar_t netx_python_name[] = {{{letters}0}};\n"


def interpreter() -> Interpreter:
    """The running one.

    Raises:
        InterpreterError: it has no shared library, or does not know its own name.
    """
    if not sys.executable:
        raise InterpreterError("this Python does not know its own executable, so no program could start it")
    return Interpreter(_library(), Path(sys.executable), _package_path())


def no_interpreter() -> Interpreter:
    """None: for libraries, which the interpreter that has loaded them serves."""
    return Interpreter(Path("none"), Path("none"), [])


def _library() -> Path:
    """The shared library of the running interpreter, and not that of another one of the same version."""
    names = [_variable("INSTSONAME"), _variable("LDLIBRARY"), f"libpython{_version()}.so.1.0"]
    libdir, base = _variable("LIBDIR"), sys.base_prefix
    folders = [libdir, f"{libdir}/{_variable('MULTIARCH')}", f"{base}/lib", f"{base}/lib64", _variable("LIBPL")]
    for folder in folders:
        for name in names:
            path = Path(folder, name)
            if folder and ".so" in name and path.is_file():
                return path.resolve()
    raise InterpreterError(
        f"{sys.executable} has no shared library for a C program to load: install {_package()}, "
        "or use a Python that was built with --enable-shared"
    )


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _package() -> str:
    """The system package with the shared library."""
    return f"libpython{_version()}"


def _variable(name: str) -> str:
    return str(sysconfig.get_config_var(name) or "")


def _package_path() -> list[Path]:
    """The folders to be searched for the packages, each once."""
    folders: list[Path] = []
    for name in _PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            continue
        folder = Path(spec.origin).absolute().parent.parent
        if folder not in folders:
            folders.append(folder)
    return folders


def _c_string(text: str) -> str:
    r"""A C string literal; octal escapes for all that is not plain, as in "caf\303\251"."""
    plain = "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\?' else f"\\{byte:03o}" for byte in _bytes(text))
    return f'"{plain}"'


def _bytes(text: str) -> bytes:
    return text.encode(sys.getfilesystemencoding(), "surrogateescape")
