"""Ethernet II frame header: destination, source, EtherType. Hardware addresses are (msw 16 bits, lsw 32 bits) pairs."""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

FORMAT = ">HIHIH"  # destination msw, lsw, source msw, lsw, EtherType
HEADER_SIZE = 14

TYPE_IPV4 = 0x0800
TYPE_ARP = 0x0806
TYPE_RARP = 0x8035
TYPE_IPV6 = 0x86DD

BROADCAST_MSW = 0xFFFF
BROADCAST_LSW = 0xFFFFFFFF


class EthernetHeader:
    """A frame's header."""

    __slots__ = ("destination_msw", "destination_lsw", "source_msw", "source_lsw", "ethertype")

    def __init__(
        self, destination_msw: int, destination_lsw: int, source_msw: int, source_lsw: int, ethertype: int
    ) -> None:
        self.destination_msw = destination_msw
        self.destination_lsw = destination_lsw
        self.source_msw = source_msw
        self.source_lsw = source_lsw
        self.ethertype = ethertype


def parse(buf: "Buffer", offset: int, end: int) -> "EthernetHeader | None":
    """The header at `offset`, or None if fewer than 14 bytes are there."""
    if end - offset < HEADER_SIZE:
        return None
    return EthernetHeader(*struct.unpack_from(FORMAT, buf, offset))


def emit_into(
    buf: "WritableBuffer",
    offset: int,
    destination_msw: int,
    destination_lsw: int,
    source_msw: int,
    source_lsw: int,
    ethertype: int,
) -> None:
    """Write a header of 14 bytes."""
    struct.pack_into(FORMAT, buf, offset, destination_msw, destination_lsw, source_msw, source_lsw, ethertype)


def emit(header: EthernetHeader) -> bytes:
    """The bytes of a header."""
    return struct.pack(
        FORMAT,
        header.destination_msw,
        header.destination_lsw,
        header.source_msw,
        header.source_lsw,
        header.ethertype,
    )


def address_bytes(msw: int, lsw: int) -> bytes:
    """The six bytes of a hardware address."""
    return struct.pack(">HI", msw, lsw)


def address_text(msw: int, lsw: int) -> str:
    """A hardware address as text: 00:11:22:33:44:56."""
    return ":".join([f"{byte:02x}" for byte in address_bytes(msw, lsw)])
