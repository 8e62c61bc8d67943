"""ARP message for IPv4 over Ethernet (RFC 826), 28 bytes; RARP (RFC 903) has the same form.

Hardware type, protocol type and sizes are values like the others: the device does not check them on receipt.
"""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

# hardware type, protocol type, their sizes, operation; sender hardware msw, lsw, IP; target hardware msw, lsw, IP
FORMAT = ">HHBBHHIIHII"
MESSAGE_SIZE = 28

HARDWARE_ETHERNET = 1
PROTOCOL_IPV4 = 0x0800
HARDWARE_SIZE = 6
PROTOCOL_SIZE = 4

REQUEST = 1
REPLY = 2
RARP_REQUEST = 3
RARP_REPLY = 4


class ArpMessage:
    """A message; hardware addresses as (msw, lsw), IP addresses as numbers."""

    __slots__ = (
        "hardware_type",
        "protocol_type",
        "hardware_size",
        "protocol_size",
        "operation",
        "sender_msw",
        "sender_lsw",
        "sender_ip",
        "target_msw",
        "target_lsw",
        "target_ip",
    )

    def __init__(
        self,
        operation: int,
        sender_msw: int,
        sender_lsw: int,
        sender_ip: int,
        target_msw: int,
        target_lsw: int,
        target_ip: int,
    ) -> None:
        self.hardware_type = HARDWARE_ETHERNET
        self.protocol_type = PROTOCOL_IPV4
        self.hardware_size = HARDWARE_SIZE
        self.protocol_size = PROTOCOL_SIZE
        self.operation = operation
        self.sender_msw = sender_msw
        self.sender_lsw = sender_lsw
        self.sender_ip = sender_ip
        self.target_msw = target_msw
        self.target_lsw = target_lsw
        self.target_ip = target_ip


def parse(buf: "Buffer", offset: int, end: int) -> "ArpMessage | None":
    """The message at `offset`, or None if fewer than 28 bytes are there."""
    if end - offset < MESSAGE_SIZE:
        return None
    fields = struct.unpack_from(FORMAT, buf, offset)
    message = ArpMessage(*fields[4:])
    message.hardware_type, message.protocol_type, message.hardware_size, message.protocol_size = fields[:4]
    return message


def emit_into(
    buf: "WritableBuffer",
    offset: int,
    operation: int,
    sender_msw: int,
    sender_lsw: int,
    sender_ip: int,
    target_msw: int,
    target_lsw: int,
    target_ip: int,
) -> None:
    """Write an Ethernet and IPv4 message of 28 bytes."""
    struct.pack_into(
        FORMAT,
        buf,
        offset,
        HARDWARE_ETHERNET,
        PROTOCOL_IPV4,
        HARDWARE_SIZE,
        PROTOCOL_SIZE,
        operation,
        sender_msw,
        sender_lsw,
        sender_ip,
        target_msw,
        target_lsw,
        target_ip,
    )


def emit(message: ArpMessage) -> bytes:
    """The bytes of a message."""
    return struct.pack(FORMAT, *[getattr(message, name) for name in ArpMessage.__slots__])
