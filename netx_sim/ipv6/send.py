"""Sending IPv6 (RFC 8200 section 3): the header, the loop inside, groups, and the hand-over to the neighbour cache."""

import struct

from netx_sim.constants import NX_IP_VERSION_V6, NX_LINK_PACKET_SEND
from netx_sim.fault import DeviceFault
from netx_sim.ip.send import loopback_send
from netx_sim.ipv6.block import LOOPBACK, ipv6_of, usable
from netx_sim.ipv6.neighbor import destination_add, neighbor_send
from netx_sim.ipv6.output import link_out
from netx_sim.ipv6.route import next_hop_find
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.traps import trapped
from netx_sim.wire.ipv6 import FORMAT, HEADER_SIZE, VERSION_WORD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.ipv6.block import NXD_IPV6_ADDRESS
    from netx_sim.packet import NX_PACKET

_MULTICAST_MSW = 0x3333
_MULTICAST_TOP = 0xFF

_pack_into = struct.pack_into


def ipv6_send(
    ip_ptr: "NX_IP",
    packet: "NX_PACKET",
    source: "NXD_IPV6_ADDRESS",
    destination: int,
    next_header: int,
    hop_limit: int,
) -> None:
    """Put the IPv6 header in front of a transport message and send it.  Packet: taken, whatever happens.

    Args:
        ip_ptr: the instance; its mutex is held.
        packet: prepend at the transport header.
        source: our address to send from.
        destination (int): where to.
        next_header (int): protocol number of what follows the header.
        hop_limit (int): 0..255.
    """
    ip_ptr.nx_ip_total_packet_send_requests += 1
    prepend = packet.nx_packet_prepend_ptr - HEADER_SIZE
    if not usable(source) or prepend < packet.nx_packet_data_start:
        ip_ptr.nx_ip_invalid_transmit_packets += 1
        _drop(ip_ptr, packet)
        return
    length = packet.nx_packet_length
    own = source._bytes
    there = destination.to_bytes(16, "big")
    _pack_into(FORMAT, packet._mem, prepend, VERSION_WORD, length & 0xFFFF, next_header, hop_limit, own, there)
    packet.nx_packet_prepend_ptr = packet.nx_packet_ip_header = prepend
    packet.nx_packet_length = length + HEADER_SIZE
    packet.nx_packet_ip_header_length = HEADER_SIZE
    packet.nx_packet_ip_version = NX_IP_VERSION_V6
    packet.nx_packet_identical_copy = 0
    packet.nx_packet_ipv6_address_ptr = source
    interface = packet.nx_packet_interface_ptr = source.nxd_ipv6_address_attached
    if source._number == destination:
        loopback_send(ip_ptr, packet)
    elif destination >> 120 == _MULTICAST_TOP:
        link_out(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, _MULTICAST_MSW, destination & 0xFFFFFFFF)
    elif source._number == LOOPBACK:
        _transmit_nowhere()
    elif not interface.nx_interface_address_mapping_needed:
        link_out(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, 0, 0)
    else:
        _to_neighbor(ip_ptr, packet, source, destination)


def _to_neighbor(ip_ptr: "NX_IP", packet: "NX_PACKET", source: "NXD_IPV6_ADDRESS", destination: int) -> None:
    """By the neighbour that packets to the destination go to."""
    known = ipv6_of(ip_ptr).destinations.get(destination)
    if known is None:
        interface = source.nxd_ipv6_address_attached
        next_hop = next_hop_find(ip_ptr, destination, interface)
        known = destination_add(ip_ptr, destination, next_hop, interface) if next_hop else None
        if known is None:
            if not next_hop:
                trapped("Q-NO-ROUTE-DROP", ip_ptr=ip_ptr)
            ip_ptr.nx_ip_transmit_no_route_errors += 1
            _drop(ip_ptr, packet)
            return
    neighbor_send(ip_ptr, known.neighbor, packet, source)


def _drop(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    ip_ptr.nx_ip_send_packets_dropped += 1
    _nx_packet_transmit_release(packet)


def _transmit_nowhere() -> None:
    raise DeviceFault(
        "NX-IPV6-LOOPBACK-SOURCE",
        "the device loops a packet sent from ::1 to another address for ever; the caller never comes back",
    )
