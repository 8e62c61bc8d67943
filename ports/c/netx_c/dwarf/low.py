"""Loads a library below 4 GB, where a variable's address fits into a ULONG.

Firmware hands pointers on in 32 bits: to threads and timers, in messages.  The loader takes what the kernel gives it,
and that is the highest free place; so while a library is being loaded, everything above 4 GB is taken.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LIMIT = 1 << 32
_TOP = 1 << 48  # what lies above is the kernel's
_BESIDE_STACK = 1 << 27  # below the stack of the process there is that much at least which is for nothing else
_ROUNDS = 5
_PROT_NONE = 0
_FLAGS = 0x2 | 0x20 | 0x4000 | 0x100000  # MAP_PRIVATE, MAP_ANONYMOUS, MAP_NORESERVE, MAP_FIXED_NOREPLACE

_libc = ctypes.CDLL(None)
_libc.mmap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]


def load_low(path: Path) -> ctypes.CDLL:
    """Load a library, below 4 GB if the kernel lets us; its symbols stay its own."""
    # A thread that starts meanwhile gets its stack down there too, which does no harm.
    with _only_low_memory():
        return ctypes.CDLL(str(path), os.RTLD_NOW | os.RTLD_LOCAL)


@contextmanager
def _only_low_memory() -> Iterator[None]:
    taken: list[tuple[int, int]] = []
    # Looking for gaps takes and gives memory, so there may be new ones.
    for _round in range(_ROUNDS):
        found = [gap for gap in list(_gaps()) if _libc.mmap(*gap, _PROT_NONE, _FLAGS, -1, 0) == gap[0]]
        if not found:
            break
        taken += found
    try:
        yield
    finally:
        for gap in taken:
            _libc.munmap(*gap)


def _gaps() -> Iterator[tuple[int, int]]:
    """Start and size of what is free between 4 GB and the stack."""
    end = _LIMIT
    for line in Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        first, _, last = line.partition(" ")[0].partition("-")
        start = min(int(first, 16), _TOP)
        if line.endswith("[stack]"):
            start -= _BESIDE_STACK
        if start > end:
            yield end, start - end
        end = max(end, int(last, 16))
