"""UDP header (RFC 768)."""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

FORMAT = ">HHHH"  # source port, destination port, length of header and data, checksum
HEADER_SIZE = 8
CHECKSUM_AT = 6

NO_CHECKSUM = 0  # on the wire: not computed
ZERO_CHECKSUM = 0xFFFF  # so a computed zero is sent as its other form


class UdpHeader:
    """A header. The length is as stated: it is not compared with the bytes that follow."""

    __slots__ = ("source_port", "destination_port", "length", "checksum")

    def __init__(self, source_port: int, destination_port: int, length: int, checksum: int = NO_CHECKSUM) -> None:
        self.source_port = source_port
        self.destination_port = destination_port
        self.length = length
        self.checksum = checksum


def parse(buf: "Buffer", offset: int, end: int) -> "UdpHeader | None":
    """The header at `offset`, or None if fewer than 8 bytes are there."""
    if end - offset < HEADER_SIZE:
        return None
    return UdpHeader(*struct.unpack_from(FORMAT, buf, offset))


def emit_into(
    buf: "WritableBuffer", offset: int, source_port: int, destination_port: int, length: int, checksum: int
) -> None:
    """Write a header of 8 bytes."""
    struct.pack_into(FORMAT, buf, offset, source_port, destination_port, length, checksum)


def emit(header: UdpHeader) -> bytes:
    """The bytes of a header."""
    return struct.pack(FORMAT, header.source_port, header.destination_port, header.length, header.checksum)
