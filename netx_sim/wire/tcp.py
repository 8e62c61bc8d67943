"""TCP header (RFC 9293 section 3.1) and the options of a SYN that the device uses (RFC 9293 3.2, RFC 7323 2.2)."""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

# source port, destination port, sequence, acknowledgement, header length in words << 4, flags, window, checksum,
# urgent pointer
FORMAT = ">HHIIBBHHH"
HEADER_SIZE = 20
MAXIMUM_HEADER_SIZE = 60
CHECKSUM_AT = 16

FIN = 0x01
SYN = 0x02
RST = 0x04
PSH = 0x08
ACK = 0x10
URG = 0x20
FLAGS_MASK = 0x3F

OPTION_END = 0
OPTION_NOP = 1
OPTION_MSS = 2
OPTION_WINDOW_SCALE = 3
SYN_OPTIONS_SIZE = 8

_FLAG_LETTERS = ((FIN, "F"), (SYN, "S"), (RST, "R"), (PSH, "P"), (ACK, "."), (URG, "U"))


class TcpHeader:
    """A header; `flags` are the six of RFC 9293 from FIN up, `options` the bytes behind the fixed part."""

    __slots__ = (
        "source_port",
        "destination_port",
        "sequence",
        "acknowledgement",
        "header_length",
        "flags",
        "window",
        "checksum",
        "urgent",
        "options",
    )

    def __init__(
        self,
        source_port: int,
        destination_port: int,
        sequence: int,
        acknowledgement: int,
        flags: int,
        window: int,
        urgent: int = 0,
        options: bytes = b"",
    ) -> None:
        self.source_port = source_port
        self.destination_port = destination_port
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.header_length = HEADER_SIZE + len(options)
        self.flags = flags
        self.window = window
        self.checksum = 0
        self.urgent = urgent
        self.options = options


def parse(buf: "Buffer", offset: int, end: int) -> "TcpHeader | None":
    """The header at `offset`, or None: a length below 20, or cut short. The checksum is not judged."""
    if end - offset < HEADER_SIZE:
        return None
    source, destination, sequence, acknowledgement, length, flags, window, summed, urgent = struct.unpack_from(
        FORMAT, buf, offset
    )
    length = (length >> 4) << 2
    if length < HEADER_SIZE or length > end - offset:
        return None
    options = bytes(buf[offset + HEADER_SIZE : offset + length])
    header = TcpHeader(source, destination, sequence, acknowledgement, flags & FLAGS_MASK, window, urgent, options)
    header.checksum = summed
    return header


def emit_into(
    buf: "WritableBuffer",
    offset: int,
    source_port: int,
    destination_port: int,
    sequence: int,
    acknowledgement: int,
    flags: int,
    window: int,
    header_length: int = HEADER_SIZE,
    urgent: int = 0,
) -> None:
    """Write the fixed 20 bytes with checksum 0; options (a multiple of 4 bytes) follow from the caller."""
    struct.pack_into(
        FORMAT,
        buf,
        offset,
        source_port,
        destination_port,
        sequence,
        acknowledgement,
        header_length << 2,
        flags,
        window,
        0,
        urgent,
    )


def emit(header: TcpHeader) -> bytes:
    """The bytes of a header with its options; the checksum is the header's, since it covers the data too."""
    out = bytearray(HEADER_SIZE) + header.options
    emit_into(
        out,
        0,
        header.source_port,
        header.destination_port,
        header.sequence,
        header.acknowledgement,
        header.flags,
        header.window,
        len(out),
        header.urgent,
    )
    struct.pack_into(">H", out, CHECKSUM_AT, header.checksum)
    return bytes(out)


def syn_options(mss: int, window_scale: "int | None" = None) -> bytes:
    """The eight option bytes of the device's SYN: MSS, then window scale or three no-ops, then the end."""
    if window_scale is None:
        return struct.pack(">BBHBBBB", OPTION_MSS, 4, mss, OPTION_NOP, OPTION_NOP, OPTION_NOP, OPTION_END)
    return struct.pack(">BBHBBBB", OPTION_MSS, 4, mss, OPTION_WINDOW_SCALE, 3, window_scale, OPTION_END)


def flags_text(flags: int) -> str:
    """Flags as tcpdump writes them: "S.", "P.", "R", "F."; "none" without any."""
    return "".join([letter for bit, letter in _FLAG_LETTERS if flags & bit]) or "none"
