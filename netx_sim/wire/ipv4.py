"""IPv4 header (RFC 791 section 3.1)."""

import struct

from netx_sim.wire.checksum import checksum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

# version and length, type of service, total length, identification, flags and offset, TTL, protocol, checksum,
# source, destination
FORMAT = ">BBHHHBBHII"
HEADER_SIZE = 20
MAXIMUM_HEADER_SIZE = 60
VERSION_AND_LENGTH = 0x45  # version 4, five words, no options

DONT_FRAGMENT = 0x4000
MORE_FRAGMENTS = 0x2000
OFFSET_MASK = 0x1FFF  # in units of 8 bytes

PROTOCOL_ICMP = 1
PROTOCOL_IGMP = 2
PROTOCOL_TCP = 6
PROTOCOL_UDP = 17


class Ipv4Header:
    """A header. `flags_fragment` is the 16-bit field of flags and offset; `checksum` is as received."""

    __slots__ = (
        "header_length",
        "type_of_service",
        "total_length",
        "identification",
        "flags_fragment",
        "time_to_live",
        "protocol",
        "checksum",
        "source",
        "destination",
        "options",
    )

    def __init__(
        self,
        type_of_service: int,
        total_length: int,
        identification: int,
        flags_fragment: int,
        time_to_live: int,
        protocol: int,
        source: int,
        destination: int,
        options: bytes = b"",
    ) -> None:
        self.header_length = HEADER_SIZE + len(options)
        self.type_of_service = type_of_service
        self.total_length = total_length
        self.identification = identification
        self.flags_fragment = flags_fragment
        self.time_to_live = time_to_live
        self.protocol = protocol
        self.checksum = 0
        self.source = source
        self.destination = destination
        self.options = options


def parse(buf: "Buffer", offset: int, end: int) -> "Ipv4Header | None":
    """The header at `offset`, or None: not version 4, a length below 20, or cut short. The checksum is not judged."""
    if end - offset < HEADER_SIZE:
        return None
    first, tos, total, ident, fragment, ttl, protocol, summed, source, destination = struct.unpack_from(
        FORMAT, buf, offset
    )
    length = (first & 0x0F) << 2
    if first >> 4 != 4 or length < HEADER_SIZE or length > end - offset:
        return None
    options = bytes(buf[offset + HEADER_SIZE : offset + length])
    header = Ipv4Header(tos, total, ident, fragment, ttl, protocol, source, destination, options)
    header.checksum = summed
    return header


def emit_into(
    buf: "WritableBuffer",
    offset: int,
    type_of_service: int,
    total_length: int,
    identification: int,
    flags_fragment: int,
    time_to_live: int,
    protocol: int,
    source: int,
    destination: int,
    with_checksum: bool = True,
) -> None:
    """Write a header of 20 bytes, its checksum worked out from the fields (or 0, for a link that computes it)."""
    summed = 0
    if with_checksum:
        total = (
            (VERSION_AND_LENGTH << 8)
            + type_of_service
            + total_length
            + identification
            + flags_fragment
            + (time_to_live << 8)
            + protocol
            + source
            + destination
        )
        summed = 0xFFFF - (total % 0xFFFF or 0xFFFF)  # the sum is never 0: the version is in it
    struct.pack_into(
        FORMAT,
        buf,
        offset,
        VERSION_AND_LENGTH,
        type_of_service,
        total_length,
        identification,
        flags_fragment,
        time_to_live,
        protocol,
        summed,
        source,
        destination,
    )


def emit(header: Ipv4Header) -> bytes:
    """The bytes of a header, options included (their length a multiple of 4), with a correct checksum."""
    out = bytearray(HEADER_SIZE) + header.options
    emit_into(
        out,
        0,
        header.type_of_service,
        header.total_length,
        header.identification,
        header.flags_fragment,
        header.time_to_live,
        header.protocol,
        header.source,
        header.destination,
        False,
    )
    out[0] = 0x40 | (len(out) >> 2)
    struct.pack_into(">H", out, 10, checksum(out))
    return bytes(out)


def address_text(address: int) -> str:
    """An address as text: 10.0.0.1."""
    return f"{address >> 24}.{(address >> 16) & 0xFF}.{(address >> 8) & 0xFF}.{address & 0xFF}"
