"""Memory of a C program, and what a value asks of the program it is in."""

import ctypes
from typing import Any, Protocol

from netx_c.dwarf.types import FunctionType, Struct

_LONGEST_TEXT = 1 << 20


class Image(Protocol):
    """What a value asks of the program it is in."""

    def keep(self, data: bytes) -> int:
        """Put octets into memory that stays as long as the program; its address."""
        ...

    def address_of(self, value: Any) -> int | None:
        """The address of something that stands for a C object and is no view; None for anything else."""
        ...

    def function(self, address: int, kind: FunctionType) -> Any:
        """A function behind a pointer."""
        ...

    def refresh(self, kind: Struct) -> None:
        """A struct will be read: see to it that it is up to date."""
        ...

    def written(self, kind: Struct, address: int) -> None:
        """A member of a struct was written."""
        ...

    @property
    def closed(self) -> bool:
        """Is the program unloaded?"""
        ...


class ClosedError(RuntimeError):
    """A value is used whose program was unloaded at the end of its test."""


class NullPointerError(ValueError):
    """What a NULL pointer points to is asked for."""


def peek(image: Image, address: int, size: int) -> bytes:
    """Octets of the program's memory."""
    check(image, address)
    return ctypes.string_at(address, size)


def poke(image: Image, address: int, data: bytes) -> None:
    """Change octets of the program's memory."""
    check(image, address)
    ctypes.memmove(address, data, len(data))


def check(image: Image, address: int) -> None:
    """Refuse to touch memory that is not there."""
    if image.closed:
        raise ClosedError("the firmware was unloaded at the end of its test")
    if address < 4096:
        raise NullPointerError(f"NULL pointer: nothing can be read or written at address {address:#x}")


def text_at(image: Image, address: int) -> bytes:
    """A C string, without its NUL."""
    check(image, address)
    return ctypes.string_at(address)[:_LONGEST_TEXT]
