"""ICMP message (RFC 792): type, code, checksum, a word whose meaning depends on the type, data."""

import struct

from netx_sim.wire.checksum import checksum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

FORMAT = ">BBHI"  # type, code, checksum, rest of header
ECHO_FORMAT = ">BBHHH"  # the same with identifier and sequence number
HEADER_SIZE = 8
CHECKSUM_AT = 2

ECHO_REPLY = 0
DESTINATION_UNREACHABLE = 3
ECHO_REQUEST = 8
TIME_EXCEEDED = 11
PARAMETER_PROBLEM = 12

PROTOCOL_UNREACHABLE = 2  # codes of DESTINATION_UNREACHABLE
PORT_UNREACHABLE = 3
REASSEMBLY_TIME_EXCEEDED = 1  # code of TIME_EXCEEDED

QUOTED_PAYLOAD = 8  # bytes of the offending datagram an error quotes behind its IP header


class IcmpMessage:
    """A message. `rest` is the second word: identifier and sequence number of an echo, 0 in most errors."""

    __slots__ = ("type", "code", "checksum", "rest", "data")

    def __init__(self, type_: int, code: int, rest: int, data: bytes = b"") -> None:
        self.type = type_
        self.code = code
        self.checksum = 0
        self.rest = rest
        self.data = data


def parse(buf: "Buffer", offset: int, end: int) -> "IcmpMessage | None":
    """The message from `offset` to `end`, or None if it has no whole header. The checksum is not judged."""
    if end - offset < HEADER_SIZE:
        return None
    type_, code, summed, rest = struct.unpack_from(FORMAT, buf, offset)
    message = IcmpMessage(type_, code, rest, bytes(buf[offset + HEADER_SIZE : end]))
    message.checksum = summed
    return message


def emit_into(buf: "WritableBuffer", offset: int, type_: int, code: int, rest: int) -> None:
    """Write a header of 8 bytes with checksum 0, to be filled in when the data are in place."""
    struct.pack_into(FORMAT, buf, offset, type_, code, 0, rest)


def emit(message: IcmpMessage) -> bytes:
    """The bytes of a message with a correct checksum."""
    out = bytearray(HEADER_SIZE) + message.data
    emit_into(out, 0, message.type, message.code, message.rest)
    struct.pack_into(">H", out, CHECKSUM_AT, checksum(out))
    return bytes(out)
