"""What `netx-pop3 cc` does: the C compiler, with what firmware needs added to the user's arguments."""

import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from netx_c.cc.toolchain import (
    ToolchainError,
    archive,
    cmake_folder,
    compile_flags,
    find_compiler,
    language_end,
    link_flags,
    runtime_flags,
    sanitizer_flags,
    shared_link_flags,
)
from netx_pop3.cli.exits import BuildImpossible, UsageError

__all__ = ["cc"]

_IMPOSSIBLE = {
    "-static": "a program loads the shared library of Python",
    "-m32": "a program has addresses as wide as Python's; sizes of pools and ULONG are those of a 32-bit device anyway",
}
# With these the compiler does not link.
_NO_LINK = ("-c", "-S", "-E", "-M", "-MM", "-fsyntax-only")


def cc(
    arguments: Sequence[str],
    compiler: str = "gcc",
    sanitize: str = "",
    coverage: bool = False,
    show: Sequence[str] = (),
    verbose: bool = False,
) -> int:
    """Compile and link as the arguments say, or show what that takes.

    Args:
        arguments: files and flags for the compiler, in its own form.
        compiler: a program on PATH, or a path.
        sanitize: sanitizers, as in ``address,undefined``.
        coverage: count lines for gcov.
        show: instead of compiling print ``cflags``, ``libs``, ``cmake-dir``.
        verbose: show the command.

    Returns:
        int: the compiler's exit status.

    Raises:
        UsageError: the arguments cannot be.
        BuildImpossible: no compiler, or a Python that no program can start.
    """
    try:
        if show:
            print("\n".join(filter(None, [_shown(show, compiler)])))  # noqa: T201 - what was asked for
            return 0
        extra = sanitizer_flags(sanitize) + (["--coverage"] if coverage else [])
        return _run(_command(list(arguments), compiler, extra), verbose)
    except ToolchainError as error:
        raise BuildImpossible(str(error)) from error


def _shown(show: Sequence[str], compiler: str) -> str:
    """All that was asked for, on one line as pkg-config has it."""
    parts: dict[str, Callable[[], list[str]]] = {
        "cflags": compile_flags,
        "libs": lambda: link_flags(archive(compiler)),
        "cmake-dir": lambda: [str(cmake_folder(archive(compiler)))],
    }
    if list(show) == ["cmake-dir"]:  # goes into a variable as it is
        return str(cmake_folder(archive(compiler)))
    return shlex.join([flag for name in parts if name in show for flag in parts[name]()])


def _command(arguments: list[str], compiler: str, extra: list[str]) -> list[str]:
    if not arguments:
        raise UsageError("name the C files that make the program, as in: netx-pop3 cc app.c -o app")
    for flag, reason in _IMPOSSIBLE.items():
        if flag in arguments:
            raise UsageError(f"{flag} cannot be: {reason}")
    compiler = find_compiler(compiler)
    command = [compiler, "-g", *compile_flags(), *extra, *arguments]
    if any(flag in arguments for flag in _NO_LINK):
        return command
    library = archive(compiler)
    flags = shared_link_flags(library) if "-shared" in arguments else link_flags(library)
    return [*command, *language_end(arguments), *flags, *runtime_flags(arguments, compiler)]


def _run(command: list[str], verbose: bool) -> int:
    if verbose:
        sys.stderr.write(shlex.join(command) + "\n")
    try:
        status = subprocess.run(command, check=False).returncode  # noqa: S603 - a compiler by its path
    except OSError as error:
        raise ToolchainError(f"{Path(command[0])} cannot be run: {error.strerror}") from error
    if status < 0:
        sys.stderr.write(f"netx-pop3: the compiler was ended by {signal.Signals(-status).name}\n")
        return 128 - status
    return status
