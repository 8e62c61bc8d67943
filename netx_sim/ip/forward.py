"""Sending on packets for other hosts; loaded by ``nx_ip_forwarding_enable``.

Read first: RFC 1812 section 5.
"""

import struct

from netx_sim.constants import (
    NX_DONT_FRAGMENT,
    NX_ICMP_TIME_EXCEEDED_TYPE,
    NX_ICMP_ZERO_CODE,
    NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM,
    NX_IP_FRAGMENT_MASK,
)
from netx_sim.ip.receive import ip_deliver
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ip.send import _send_on
from netx_sim.packet import _nx_packet_release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET


def _nx_ip_forward_packet_process(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """Send a received packet on towards its destination.  Packet: taken, prepend at its IP header.

    A packet for another of our interfaces is delivered here: it has arrived.
    """
    mem, start = packet_ptr._mem, packet_ptr.nx_packet_prepend_ptr
    destination = struct.unpack_from(">I", mem, start + 16)[0]
    size = (mem[start] & 0x0F) << 2
    status, interface, next_hop = _nx_ip_route_find(ip_ptr, destination, None)
    if status or interface is None:
        _drop(ip_ptr, packet_ptr)
        return
    if interface.nx_interface_ip_address == destination:
        _arrived(ip_ptr, packet_ptr, size)
        return
    if mem[start + 8] <= 1:
        if ip_ptr._icmp_error is not None:
            ip_ptr._icmp_error(ip_ptr, packet_ptr, NX_ICMP_TIME_EXCEEDED_TYPE, NX_ICMP_ZERO_CODE)
        _drop(ip_ptr, packet_ptr)
        return
    _time_to_live_lower(packet_ptr, size, interface.nx_interface_capability_flag)
    ip_ptr.nx_ip_packets_forwarded += 1
    packet_ptr.nx_packet_interface_ptr = interface
    packet_ptr.nx_packet_ip_header_length = size
    flags = struct.unpack_from(">H", mem, start + 6)[0]
    _send_on(ip_ptr, packet_ptr, interface, destination, flags & NX_DONT_FRAGMENT, next_hop)


def _time_to_live_lower(packet: "NX_PACKET", size: int, capability: int) -> None:
    """One hop less, and the header's checksum for it."""
    mem, start = packet._mem, packet.nx_packet_prepend_ptr
    mem[start + 8] -= 1
    struct.pack_into(">H", mem, start + 10, 0)
    if not capability & NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM:
        words = int.from_bytes(mem[start : start + size], "big")
        struct.pack_into(">H", mem, start + 10, 0xFFFF - (words % 0xFFFF or 0xFFFF))


def _arrived(ip_ptr: "NX_IP", packet: "NX_PACKET", size: int) -> None:
    """For another interface of ours: as if received there, unless it has options or is a fragment."""
    mem, start = packet._mem, packet.nx_packet_prepend_ptr
    if size != 20 or struct.unpack_from(">H", mem, start + 6)[0] & NX_IP_FRAGMENT_MASK:
        _drop(ip_ptr, packet)
        return
    ip_ptr.nx_ip_total_bytes_received += packet.nx_packet_length - size
    ip_deliver(ip_ptr, packet, mem[start + 9])


def _drop(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    ip_ptr.nx_ip_receive_packets_dropped += 1
    _nx_packet_release(packet)
