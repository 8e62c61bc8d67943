"""IPv6 header and extension headers (RFC 8200). Addresses are numbers of 128 bits."""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

# version, traffic class and flow label; payload length, next header, hop limit; source, destination
FORMAT = ">IHBB16s16s"
FIXED_FORMAT = ">IHBB"
HEADER_SIZE = 40
ADDRESS_SIZE = 16
SOURCE_AT = 8  # places in the header
DESTINATION_AT = 24
NEXT_HEADER_AT = 6
PAYLOAD_LENGTH_AT = 4
VERSION_WORD = 0x60000000

HOP_BY_HOP = 0
ROUTING = 43
FRAGMENT = 44
NO_NEXT_HEADER = 59
DESTINATION_OPTIONS = 60

# next header, reserved, offset and flags, identification (RFC 8200 section 4.5)
FRAGMENT_FORMAT = ">BBHI"
FRAGMENT_SIZE = 8
FRAGMENT_OFFSET_MASK = 0xFFF8
MORE_FRAGMENTS = 1

OPTION_PAD1 = 0
OPTION_PADN = 1
# What the two high bits of an unknown option say to do (RFC 8200 section 4.2)
ACTION_SKIP = 0
ACTION_DISCARD = 1
ACTION_TELL = 2
ACTION_TELL_IF_UNICAST = 3


class Ipv6Header:
    """A header without its extension headers."""

    __slots__ = ("destination", "hop_limit", "next_header", "payload_length", "source", "traffic_class")

    def __init__(self, source: int, destination: int, next_header: int, payload_length: int, hop_limit: int) -> None:
        self.traffic_class = 0
        self.payload_length = payload_length
        self.next_header = next_header
        self.hop_limit = hop_limit
        self.source = source
        self.destination = destination


def parse(buf: "Buffer", offset: int, end: int) -> "Ipv6Header | None":
    """The header at `offset`, or None if there is no whole one or its version is not 6."""
    if end - offset < HEADER_SIZE:
        return None
    first, length, next_header, hop_limit, source, destination = struct.unpack_from(FORMAT, buf, offset)
    if first >> 28 != 6:
        return None
    header = Ipv6Header(
        int.from_bytes(source, "big"), int.from_bytes(destination, "big"), next_header, length, hop_limit
    )
    header.traffic_class = first >> 20 & 0xFF
    return header


def emit_into(
    buf: "WritableBuffer", offset: int, source: int, destination: int, next_header: int, length: int, hop_limit: int
) -> None:
    """Write a header with traffic class and flow label 0; `length` is that of the payload."""
    struct.pack_into(
        FORMAT,
        buf,
        offset,
        VERSION_WORD,
        length,
        next_header,
        hop_limit,
        source.to_bytes(ADDRESS_SIZE, "big"),
        destination.to_bytes(ADDRESS_SIZE, "big"),
    )


def emit(header: Ipv6Header) -> bytes:
    """The bytes of a header."""
    out = bytearray(HEADER_SIZE)
    emit_into(out, 0, header.source, header.destination, header.next_header, header.payload_length, header.hop_limit)
    struct.pack_into(">I", out, 0, VERSION_WORD | header.traffic_class << 20)
    return bytes(out)
