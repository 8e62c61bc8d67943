"""What the headers put into a compiled image: its tunables, and where the fields of its control blocks lie.

The headers leave tables in every translation unit, so that a team's nx_user.h and tx_user.h take effect in the
stack, whatever they change in size and offset.
"""

from collections.abc import Callable, Iterator

from netx_c.port.memory import cast, ffi, pointer_at

_PARTS = ("tx", "nx", "pop3")
_ROW = 16  # bytes of a row of either table: a name's address, then 64 bits
_SHIFT = 32


class Struct:
    """Size of one control block in C, and its fields: name to (offset, size)."""

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.fields: dict[str, tuple[int, int]] = {}


def _rows(address: int) -> Iterator[tuple[str, int]]:
    while address and pointer_at(address):
        yield ffi.string(cast("char *", pointer_at(address))).decode(), pointer_at(address + 8)
        address += _ROW


def read_config(symbol: Callable[[str], int]) -> dict[str, int]:
    """The tunables and build flags that the image was compiled with."""
    return {name: value for part in _PARTS for name, value in _rows(symbol(f"netx_host_{part}_config"))}


def read_layout(symbol: Callable[[str], int]) -> dict[str, Struct]:
    """The control blocks as the image was compiled with them."""
    found: dict[str, Struct] = {}
    for part in _PARTS:
        struct: Struct | None = None
        for name, packed in _rows(symbol(f"netx_host_{part}_layout")):
            offset, size = packed & 0xFFFFFFFF, packed >> _SHIFT
            if name[:2].isupper():
                struct = found[name] = Struct(name, size)
            elif struct is not None:
                struct.fields[name] = (offset, size)
    return found
