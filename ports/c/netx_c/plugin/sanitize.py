"""Sanitizers in a firmware that Python loads: whether their runtime is there, and what to do if it is not.

AddressSanitizer has to be in a process from the start; a library that is loaded later and wants it would end the
process.  So that is looked at before the library is loaded.
"""

import ctypes
import os
import shlex
import subprocess
import sys
from pathlib import Path

from netx_c.cc.toolchain import find_compiler

# Sanitizers that must be there from the start, and the runtime of each with gcc and with clang.
_FROM_START = {
    "address": ("libasan.so", "libclang_rt.asan-x86_64.so"),
    "thread": ("libtsan.so", "libclang_rt.tsan-x86_64.so"),
}
_BESIDE = {"undefined": ("libubsan.so", "")}
_RUNTIMES = ("libasan", "libubsan", "libtsan", "libclang_rt")
_OPTIONS = {"address": "ASAN_OPTIONS=detect_leaks=0", "thread": "TSAN_OPTIONS=halt_on_error=1"}


def runtime_missing(sanitize: str, compiler: str) -> str:
    """Empty if firmware with these sanitizers can be loaded, else the command that runs pytest so that it can."""
    wanted = [name.strip() for name in sanitize.split(",") if name.strip()]
    if not any(name in _FROM_START for name in wanted) or _loaded(f"__{_short(wanted)}_init"):
        return ""
    path = find_compiler(compiler)
    clang = "clang" in Path(path).resolve().name
    names = [({**_FROM_START, **_BESIDE}.get(name) or ("", ""))[clang] for name in wanted]
    libraries = [_library(path, name) for name in names if name]
    options = [_OPTIONS[name] for name in wanted if name in _OPTIONS]
    preload = f"LD_PRELOAD={shlex.quote(' '.join(libraries))}"
    return " ".join([preload, *options, "PYTHONMALLOC=malloc", *_command()])


def _short(wanted: list[str]) -> str:
    return "tsan" if "thread" in wanted else "asan"


def _loaded(symbol: str) -> bool:
    return hasattr(ctypes.CDLL(None), symbol)


def _library(compiler: str, name: str) -> str:
    command = [compiler, f"-print-file-name={name}"]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout  # noqa: S603
    return os.path.realpath(output.strip())


def _command() -> list[str]:
    """How this run was started."""
    program = Path(sys.argv[0])
    start = [sys.executable, "-m", "pytest"] if program.name == "__main__.py" else [str(program)]
    return [shlex.quote(word) for word in (*start, *sys.argv[1:])]


def loaded_runtimes() -> list[ctypes.CDLL]:
    """The runtimes of sanitizers that are in this process."""
    paths = {line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if "/" in line}
    return [ctypes.CDLL(path) for path in sorted(paths) if Path(path).name.startswith(_RUNTIMES)]
