"""IGMP message, versions 1 and 2 (RFC 1112 appendix I, RFC 2236 section 2), 8 bytes."""

import struct

from netx_sim.wire.checksum import checksum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

FORMAT = ">BBHI"  # type, maximum response time in tenths of a second (0 from a version 1 router), checksum, group
MESSAGE_SIZE = 8
CHECKSUM_AT = 2

QUERY = 0x11
REPORT_V1 = 0x12
REPORT_V2 = 0x16
LEAVE = 0x17


class IgmpMessage:
    """A message."""

    __slots__ = ("type", "max_response", "checksum", "group")

    def __init__(self, type_: int, max_response: int, group: int) -> None:
        self.type = type_
        self.max_response = max_response
        self.checksum = 0
        self.group = group


def parse(buf: "Buffer", offset: int, end: int) -> "IgmpMessage | None":
    """The message at `offset`, or None if fewer than 8 bytes are there. The checksum is not judged."""
    if end - offset < MESSAGE_SIZE:
        return None
    type_, max_response, summed, group = struct.unpack_from(FORMAT, buf, offset)
    message = IgmpMessage(type_, max_response, group)
    message.checksum = summed
    return message


def emit_into(buf: "WritableBuffer", offset: int, type_: int, max_response: int, group: int) -> None:
    """Write a message of 8 bytes with its checksum."""
    struct.pack_into(FORMAT, buf, offset, type_, max_response, 0, group)
    struct.pack_into(">H", buf, offset + CHECKSUM_AT, checksum(buf[offset : offset + MESSAGE_SIZE]))


def emit(message: IgmpMessage) -> bytes:
    """The bytes of a message with a correct checksum."""
    out = bytearray(MESSAGE_SIZE)
    emit_into(out, 0, message.type, message.max_response, message.group)
    return bytes(out)
