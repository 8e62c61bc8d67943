"""Neighbour discovery messages that need no neighbour cache: solicitations of neighbours and of routers.

Also the last steps of any ICMPv6 message: its packet, its checksum, the IPv6 header.
"""

import struct

from netx_sim.constants import NX_INTERFACE_CAPABILITY_ICMPV6_TX_CHECKSUM, NX_IP_VERSION_V6, NX_LINK_PACKET_SEND
from netx_sim.constants_ipv6 import NX_IPv6_ICMP_PACKET
from netx_sim.fault import DeviceFault
from netx_sim.ipv6.block import ALL_ROUTERS
from netx_sim.ipv6.output import link_out
from netx_sim.message_sum import packet_sum
from netx_sim.packet import packet_get
from netx_sim.wire.checksum import finish
from netx_sim.wire.icmpv6 import (
    CHECKSUM_AT,
    HEADER_SIZE,
    NEIGHBOR_SOLICITATION,
    OPTION_SOURCE_ADDRESS,
    PROTOCOL,
    ROUTER_SOLICITATION,
    link_address_option,
)
from netx_sim.wire.ipv6 import HEADER_SIZE as IPV6_HEADER_SIZE
from netx_sim.wire.ipv6 import emit_into

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.ipv6.block import NXD_IPV6_ADDRESS
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

_MULTICAST_MSW = 0x3333
_DISCOVERY_HOP_LIMIT = 255  # RFC 4861: proves that a message comes from the link


def message_make(ip_ptr: "NX_IP", size: int, owner: str) -> "NX_PACKET | None":
    """A packet of the pool for small packets with `size` bytes for a message; None if there is none free."""
    packet = packet_get(ip_ptr._small_pool, NX_IPv6_ICMP_PACKET, owner)
    if packet is None:
        return None
    end = packet.nx_packet_prepend_ptr + size
    if end > packet.nx_packet_data_end:
        raise DeviceFault(
            "NX-ND-SMALL-PAYLOAD",
            "the device writes a neighbour discovery message beyond the end of a packet whose payload cannot hold it",
        )
    packet.nx_packet_append_ptr = end
    packet.nx_packet_length = size
    return packet


def checksum_put(packet: "NX_PACKET", interface: "NX_INTERFACE", source: int, destination: int) -> None:
    """Sum a message with its pseudo header (RFC 4443 section 2.3)."""
    at = packet.nx_packet_prepend_ptr + CHECKSUM_AT
    struct.pack_into(">H", packet._mem, at, 0)
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_ICMPV6_TX_CHECKSUM:
        total = source + destination + PROTOCOL + packet.nx_packet_length + packet_sum(packet)
        struct.pack_into(">H", packet._mem, at, finish(total))


def header_put(packet: "NX_PACKET", source: int, destination: int, next_header: int, hop_limit: int) -> None:
    """Put the IPv6 header in front of a packet."""
    length = packet.nx_packet_length
    prepend = packet.nx_packet_prepend_ptr - IPV6_HEADER_SIZE
    emit_into(packet._mem, prepend, source, destination, next_header, length & 0xFFFF, hop_limit)
    packet.nx_packet_prepend_ptr = packet.nx_packet_ip_header = prepend
    packet.nx_packet_length = length + IPV6_HEADER_SIZE
    packet.nx_packet_ip_header_length = IPV6_HEADER_SIZE
    packet.nx_packet_ip_version = NX_IP_VERSION_V6


def solicitation_send(
    ip_ptr: "NX_IP",
    interface: "NX_INTERFACE",
    source: "NXD_IPV6_ADDRESS | None",
    target: int,
    destination: int,
    msw: int = _MULTICAST_MSW,
    lsw: "int | None" = None,
) -> None:
    """Ask who has an address (RFC 4861 section 7.2.2).  Without a free packet nothing is sent.

    Args:
        ip_ptr: the instance.
        interface: where to ask.
        source: from which address; None is duplicate detection: from ::, without our hardware address.
        target (int): the address asked for.
        destination (int): whom to ask, the target itself or its solicited-node group.
        msw, lsw (int): hardware address of the destination; left out for a group.
    """
    option = b"" if source is None else own_link_address(interface, OPTION_SOURCE_ADDRESS)
    body = struct.pack(">I", 0) + target.to_bytes(16, "big") + option
    number = 0 if source is None else source._number
    link_lsw = destination & 0xFFFFFFFF if lsw is None else lsw
    _send(ip_ptr, interface, NEIGHBOR_SOLICITATION, body, number, destination, msw, link_lsw)


def router_solicitation_send(ip_ptr: "NX_IP", interface: "NX_INTERFACE", packet: "NX_PACKET", source: int) -> None:
    """Ask for routers (RFC 4861 section 6.3.7), in a packet made before.  Packet: taken."""
    body = struct.pack(">I", 0) + own_link_address(interface, OPTION_SOURCE_ADDRESS)
    lsw = ALL_ROUTERS & 0xFFFFFFFF
    _fill_and_send(ip_ptr, interface, packet, ROUTER_SOLICITATION, body, source, ALL_ROUTERS, _MULTICAST_MSW, lsw)


def own_link_address(interface: "NX_INTERFACE", kind: int) -> bytes:
    """An option with the interface's hardware address."""
    return link_address_option(
        kind, interface.nx_interface_physical_address_msw, interface.nx_interface_physical_address_lsw
    )


def _send(
    ip_ptr: "NX_IP",
    interface: "NX_INTERFACE",
    kind: int,
    body: bytes,
    source: int,
    destination: int,
    msw: int,
    lsw: int,
) -> None:
    packet = message_make(ip_ptr, HEADER_SIZE - 4 + len(body), "neighbour discovery")
    if packet is not None:
        _fill_and_send(ip_ptr, interface, packet, kind, body, source, destination, msw, lsw)


def _fill_and_send(
    ip_ptr: "NX_IP",
    interface: "NX_INTERFACE",
    packet: "NX_PACKET",
    kind: int,
    body: bytes,
    source: int,
    destination: int,
    msw: int,
    lsw: int,
) -> None:
    message_fill(packet, kind, body)
    checksum_put(packet, interface, source, destination)
    header_put(packet, source, destination, PROTOCOL, _DISCOVERY_HOP_LIMIT)
    packet.nx_packet_interface_ptr = interface
    link_out(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, msw, lsw)


def message_fill(packet: "NX_PACKET", kind: int, body: bytes, code: int = 0) -> None:
    """Write type and code, and what follows the checksum."""
    start = packet.nx_packet_prepend_ptr
    struct.pack_into(">BBH", packet._mem, start, kind, code, 0)
    packet._mem[start + 4 : start + 4 + len(body)] = body
