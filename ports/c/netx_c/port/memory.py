"""Memory of C as Python sees it: buffers, pointers, texts with their address.

The foreign function interface is cffi's in ABI mode, used as it comes from its backend: types are parsed in C, and
nothing has to be compiled against Python's headers.
"""

from functools import partial
from typing import Any

from _cffi_backend import FFI

ffi: Any = FFI()
CHAR = ffi.typeof("char *")
WORD32 = ffi.typeof("uint32_t *")
WORD64 = ffi.typeof("uint64_t *")
VOID = ffi.typeof("void *")

cast = ffi.cast


def area(address: int, size: int) -> Any:
    """The bytes at an address, to read and write; None for null."""
    return memoryview(ffi.buffer(cast(CHAR, address), size)) if address else None


def buffer_address(buffer: Any) -> int:
    """Where the memory of a Python buffer lies."""
    return int(cast("uintptr_t", ffi.from_buffer(buffer)))


def pointer_at(address: int) -> int:
    """The pointer that lies at an address."""
    value: int = cast(WORD64, address)[0]
    return value


def pointer_set(address: int, value: int) -> None:
    """Write a pointer."""
    cast(WORD64, address)[0] = value


def words_at(address: int) -> Any:
    """An output of 32-bit numbers: `out[0] = value`; None for null."""
    return cast(WORD32, address) if address else None


words64_at = partial(cast, WORD64)  # pointers at an address, to read and write


class Text(bytes):
    """A C string and where it lies."""

    address: int

    def __str__(self) -> str:
        return self.decode("utf-8", "replace")


def text_at(address: int) -> Text | None:
    """The NUL-terminated string at an address; None for null."""
    if not address:
        return None
    text = Text(ffi.string(cast(CHAR, address)))
    text.address = address
    return text


class Region:
    """Zeroed memory that Python owns and C uses."""

    __slots__ = ("_owner", "address", "view")

    def __init__(self, size: int) -> None:
        self._owner = ffi.new("uint64_t[]", (size + 7) // 8 or 1)
        self.address = int(cast("uintptr_t", self._owner))
        self.view = area(self.address, size or 1)
