"""C compilers, and what is built with them: the archive, programs, and shared libraries for pytest.

The archive ``libnetx.a`` holds the C side: a stub for every service, and what starts Python in a program.  It is
built on first use, from the files in ``src``, into a folder of the user's cache that is named after everything that
went into it, and is never changed after that.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from netx_c.cc.interpreter import InterpreterError, interpreter, no_interpreter

__all__ = [
    "INCLUDE",
    "BuildError",
    "ToolchainError",
    "archive",
    "build_program",
    "build_shared",
    "cmake_folder",
    "compile_flags",
    "find_compiler",
    "is_cxx",
    "link_flags",
    "runtime_flags",
    "sanitizer_flags",
    "shared_link_flags",
]

_HERE = Path(__file__).absolute().parent.parent
INCLUDE = _HERE / "include"
_SOURCES = _HERE / "src"
_CMAKE = _HERE / "cmake"

_DEFAULT = "gcc"
_INSTEAD = ("cc", "clang")  # where there is no gcc
_CXX_SUFFIXES = (".cc", ".cpp", ".cxx", ".c++", ".C", ".CC")
_FLAGS = ("-O1", "-fPIC", "-std=gnu11", "-Wall", "-Wextra", "-fno-strict-aliasing")
_LIBRARIES = ("-pthread", "-ldl", "-lm")
_TIMEOUT = 600

# What Python looks up in a program by name.  Not more: a program's own crc32 must not become that of zlib.
_EXPORTED = "{ netx_*; _netx_*; nx_*; _nx_*; _nxe_*; _nxd_*; nxd_*; tx_*; _tx_*; _txe_*; };\n"


class ToolchainError(Exception):
    """Nothing can be built here; the text is one sentence."""


class BuildError(ToolchainError):
    """A compiler or linker failed.

    Args:
        command: what was run.
        output: what it printed.
        status: its exit status.
    """

    def __init__(self, command: Sequence[str], output: str, status: int) -> None:
        super().__init__(f"{Path(command[0]).name} failed with status {status}\n{output}".rstrip())
        self.command = list(command)
        self.output = output
        self.status = status


# -- compilers --------------------------------------------------------------------------------------


def find_compiler(name: str = _DEFAULT) -> str:
    """The path of a C compiler.

    Args:
        name: a program on PATH, or a path.  gcc stands for whatever compiles C if there is no gcc.

    Raises:
        ToolchainError: there is none; the message names the package.
    """
    for candidate in (name, *(_INSTEAD if name == _DEFAULT else ())):
        path: str | None = shutil.which(candidate)
        if path is not None:
            return path
    package = name if name.startswith(("gcc", "g++", "clang")) else _DEFAULT
    raise ToolchainError(f"there is no C compiler {name!r} here: install the packages {package} and libc6-dev")


def is_cxx(source: "str | Path") -> bool:
    """Is this the name of a C++ source file?"""
    return str(source).endswith(_CXX_SUFFIXES)


def compile_flags() -> list[str]:
    """What a source file needs to find the headers."""
    return [f"-I{INCLUDE}"]


def link_flags(library: Path) -> list[str]:
    """What a program is linked with, behind its own files.

    Args:
        library: the archive.
    """
    # At a fixed place: addresses of variables fit into a ULONG, in which firmware hands them to threads and timers.
    return ["-no-pie", str(library), f"-Wl,--dynamic-list={library.with_name('exported.list')}", *_LIBRARIES]


def shared_link_flags(library: Path) -> list[str]:
    """What firmware in a shared library is linked with: all of the archive, for Python calls it.

    Args:
        library: the archive.
    """
    # Bsymbolic: a function of the firmware is called even if libc, or Python, has one of the same name.
    return ["-Wl,-Bsymbolic", "-Wl,--whole-archive", str(library), "-Wl,--no-whole-archive", *_LIBRARIES]


def language_end(arguments: "Iterable[str | Path]") -> list[str]:
    """What ends a `-x LANGUAGE` among the arguments: it is for all files behind it, and the archive is of no language.

    Args:
        arguments: the user's flags and files.
    """
    return ["-x", "none"] if any(str(argument).startswith("-x") for argument in arguments) else []


def runtime_flags(arguments: "Iterable[str | Path]", compiler: str) -> list[str]:
    """What is linked because some of the arguments are C++ files.

    Raises:
        ToolchainError: this compiler cannot compile them.
    """
    words = [str(argument) for argument in arguments]
    if not any(map(is_cxx, words)) and "c++" not in words and "-xc++" not in words:
        return []
    if _is_clang(compiler):
        return ["-lstdc++", "-fsanitize-link-c++-runtime"]  # one part of it compiles both languages
    found = subprocess.run([compiler, "-print-prog-name=cc1plus"], capture_output=True, text=True, check=False)  # noqa: S603
    if found.stdout.strip() == "cc1plus":  # gcc without its part for C++
        raise ToolchainError(f"{compiler} cannot compile C++: install the package g++")
    return ["-lstdc++"]


def _is_clang(compiler: str) -> bool:
    return "clang" in Path(compiler).resolve().name


def cmake_folder(library: Path) -> Path:
    """Where CMake finds the package.

    Args:
        library: the archive.
    """
    return library.with_name("cmake")


def sanitizer_flags(sanitize: str) -> list[str]:
    """Flags for sanitizers; whatever they find ends the program.

    Args:
        sanitize: as the compiler's option has them, ``address,undefined``; empty for none.
    """
    if not sanitize:
        return []
    return [f"-fsanitize={sanitize}", "-fno-omit-frame-pointer", "-fno-sanitize-recover=all"]


# -- the archive ------------------------------------------------------------------------------------


def archive(compiler: str = _DEFAULT, programs: bool = True) -> Path:
    """The archive, built if the cache does not have it; safe against others who build it at the same time.

    Args:
        compiler: as for ``find_compiler``.
        programs: for programs too, which start an interpreter, and not only for libraries that one loads.

    Raises:
        ToolchainError: no compiler, no shared library of Python for programs, or the compiler failed.
    """
    path = find_compiler(compiler)
    try:
        facts = interpreter().c_source()
    except InterpreterError as error:
        if programs:
            raise ToolchainError(str(error)) from error
        facts = no_interpreter().c_source()
    library = _cache() / _key(path, facts) / "libnetx.a"
    if not library.is_file():
        _build_into(library.parent, path, facts)
    return library


def _cache() -> Path:
    """A folder of this user's that outlives the process."""
    own = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    candidates = [own / "netx-pop3", Path(tempfile.gettempdir(), f"netx-pop3-{os.getuid()}")]
    for folder in candidates:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            continue
        # A folder that another user made in /tmp could hold that user's code.
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            return folder
    raise ToolchainError(f"neither {candidates[0]} nor {candidates[1]} can be written: set XDG_CACHE_HOME")


def _key(compiler: str, facts: str) -> str:
    """The name of all that goes into an archive."""
    digest = hashlib.sha256()
    for path in [*sorted(_SOURCES.glob("*.[ch]")), *sorted(INCLUDE.glob("*.h")), *sorted(_CMAKE.glob("*"))]:
        digest.update(f"{path}\0".encode())
        digest.update(path.read_bytes())
    found = Path(compiler).resolve().stat()
    digest.update(repr((compiler, found.st_size, found.st_mtime_ns, _FLAGS, _EXPORTED, facts)).encode())
    return digest.hexdigest()[:16]


def _build_into(folder: Path, compiler: str, facts: str) -> None:
    """Build beside the folder and give the result its name in one step: who comes second finds it there."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="build-") as work:
        made = Path(work, "made")
        made.mkdir()
        Path(work, "python_facts.c").write_text(facts, encoding="ascii")
        objects = _compile_all(compiler, [*sorted(_SOURCES.glob("*.c")), Path(work, "python_facts.c")], Path(work))
        _run([_archiver(), "rcs", str(made / "libnetx.a"), *objects])
        (made / "exported.list").write_text(_EXPORTED, encoding="ascii")
        _write_cmake(made / "cmake")
        try:
            made.rename(folder)
        except OSError:
            if not (folder / "libnetx.a").is_file():
                raise


def _write_cmake(folder: Path) -> None:
    """The CMake package, beside the archive that it is for."""
    folder.mkdir()
    for template in _CMAKE.glob("*.in"):
        text = template.read_text(encoding="utf-8").replace("@INCLUDE@", str(INCLUDE))
        (folder / template.stem).write_text(text, encoding="utf-8", errors="surrogateescape")


def _compile_all(compiler: str, sources: Iterable[Path], work: Path) -> list[str]:
    """Compile side by side; the object files."""
    jobs = []
    for source in sources:
        target = str(work / f"{source.stem}.o")
        command = [compiler, *_FLAGS, f"-I{INCLUDE}", f"-I{_SOURCES}", "-x", "c", "-c", str(source), "-o", target]
        jobs.append((command, target, _start(command)))
    results = [(command, job.communicate(timeout=_TIMEOUT)[0], job.returncode) for command, _, job in jobs]
    for command, output, status in results:
        if status:
            raise BuildError(command, output, status)
    return [target for _, target, _ in jobs]


def _archiver() -> str:
    found = shutil.which("ar") or shutil.which("llvm-ar")
    if found is None:
        raise ToolchainError("there is no program ar here: install the package binutils")
    return found


def _start(command: Sequence[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - a compiler by its path
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, errors="replace"
    )


def _run(command: Sequence[str]) -> None:
    with _start(command) as job:
        output = job.communicate(timeout=_TIMEOUT)[0]
    if job.returncode:
        raise BuildError(command, output, job.returncode)


# -- programs and shared libraries --------------------------------------------------------------------


def build_program(
    sources: "Sequence[str | Path]", output: "str | Path", flags: Sequence[str] = (), compiler: str = _DEFAULT
) -> Path:
    """Compile and link firmware into a program.

    Args:
        sources: C and C++ files, object files, archives.
        output: the program.
        flags: further flags for the compiler, which also links.
        compiler: as for ``find_compiler``.

    Raises:
        BuildError: the compiler says no.
        ToolchainError: there is none.
    """
    files = [str(source) for source in sources]
    library = archive(compiler)
    path = find_compiler(compiler)
    command = [path, "-g", *compile_flags(), *flags, *files, "-o", str(output)]
    _run([*command, *language_end(flags), *link_flags(library), *runtime_flags(files, path)])
    return Path(output)


def build_shared(
    sources: "Sequence[str | Path]",
    output: "str | Path",
    include: "Sequence[str | Path]" = (),
    defines: "Mapping[str, object] | None" = None,
    flags: Sequence[str] = (),
    sanitize: str = "",
    coverage: bool = False,
    compiler: str = _DEFAULT,
) -> Path:
    """Compile and link firmware into a shared library that Python loads.

    Args:
        sources: C and C++ files, object files, archives.
        output: the library.
        include: folders to look for headers in.
        defines: macros by name; None or an empty text for one without a value.
        flags: further flags for the compiler.
        sanitize: sanitizers, as in ``address,undefined``.
        coverage: count lines for gcov; the counts are in files beside the library.
        compiler: as for ``find_compiler``.

    Raises:
        BuildError: the compiler says no.
        ToolchainError: there is none.
    """
    files = [str(source) for source in sources]
    path = find_compiler(compiler)
    command = [path, "-shared", "-fPIC", "-g", *compile_flags()]
    command += [f"-I{folder}" for folder in include] + [_define(*item) for item in (defines or {}).items()]
    command += sanitizer_flags(sanitize) + (["--coverage"] if coverage else [])
    if sanitize and _is_clang(path):
        command.append("-shared-libasan")  # its default is one for programs only
    library = archive(compiler, programs=False)
    command += [*flags, *files, "-o", str(output), *language_end(flags)]
    command += [*shared_link_flags(library), *runtime_flags(files, path)]
    _run(command)
    return Path(output)


def _define(name: str, value: object) -> str:
    return f"-D{name}" if value in (None, "") else f"-D{name}={value}"
