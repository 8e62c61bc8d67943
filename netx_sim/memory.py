"""Addresses of buffers: a slice of an area lies inside it, whatever Python object shows it.

NetX decides by address whether two areas overlap and how far one is from its alignment.
"""

try:
    from ctypes import addressof, c_char

    def address_of(buffer: "bytearray | memoryview") -> int:
        """Address of the first byte of a writable buffer.

        Raises:
            TypeError: the object is no writable buffer.
        """
        return addressof(c_char.from_buffer(buffer)) if len(buffer) else 0

except ImportError:  # MicroPython
    from uctypes import addressof as address_of  # type: ignore[import-not-found,no-redef]  # noqa: F401


def overlap(address: int, size: int, other_address: int, other_size: int) -> bool:
    """Do two areas share a byte?"""
    return address < other_address + other_size and other_address < address + size
