"""Sending IPv4: the header, the loop inside, the size limit, and the hand-over to ARP and driver.

Read first: RFC 791 section 3.1.  ``_nx_ip_packet_send`` runs for every TCP segment, so the header is
written by one ``pack_into`` and its checksum is arithmetic on the five words (see wire/checksum.py).
"""

import struct

from netx_sim.constants import (
    NX_DONT_FRAGMENT,
    NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM,
    NX_IP_CLASS_D_MASK,
    NX_IP_CLASS_D_TYPE,
    NX_IP_IGMP,
    NX_IP_LIMITED_BROADCAST,
    NX_IP_PROTOCOL_MASK,
    NX_IP_RECEIVE_EVENT,
    NX_IP_TOS_MASK,
    NX_LINK_PACKET_BROADCAST,
    NX_LINK_PACKET_SEND,
)
from netx_sim.link import driver_send, ip_event_set
from netx_sim.packet import _nx_packet_copy, _nx_packet_transmit_release
from netx_sim.status import NX_SUCCESS
from netx_sim.traps import trapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

_HEADER_SIZE = 20
_WORDS = ">IIIII"
_ROUTER_ALERT = 0x94040000  # RFC 2113; IGMP messages carry it
_MULTICAST_MSW = 0x0100
_MULTICAST_LSW = 0x5E000000
_MULTICAST_BITS = 0x7FFFFF

_pack_into = struct.pack_into


def _nx_ip_packet_send(
    ip_ptr: "NX_IP",
    packet_ptr: "NX_PACKET",
    destination_ip: int,
    type_of_service: int,
    time_to_live: int,
    protocol: int,
    fragment: int,
    next_hop: int,
) -> None:
    """Put the IPv4 header in front of a transport message and send it.  Packet: taken, whatever happens.

    Args:
        ip_ptr: the instance; its mutex is held.
        packet_ptr: prepend at the transport header; ``nx_packet_interface_ptr`` the interface to use.
        destination_ip (int): where to.
        type_of_service (int): NX_IP_NORMAL ... NX_IP_MIN_COST.
        time_to_live (int): 0..255.
        protocol (int): NX_IP_TCP, NX_IP_UDP, ... (the number, shifted by 16).
        fragment (int): NX_FRAGMENT_OKAY or NX_DONT_FRAGMENT.
        next_hop (int): from ``_nx_ip_route_find``; 0 if there is no route.
    """
    ip_ptr.nx_ip_total_packet_send_requests += 1
    interface: "NX_INTERFACE | None" = packet_ptr.nx_packet_interface_ptr
    size = _HEADER_SIZE + 4 if protocol == NX_IP_IGMP else _HEADER_SIZE
    prepend = packet_ptr.nx_packet_prepend_ptr - size
    if (
        interface is None
        or not next_hop
        or not interface.nx_interface_link_up
        or prepend < packet_ptr.nx_packet_data_start
    ):
        _unsendable(ip_ptr, packet_ptr, next_hop)
        return
    length = packet_ptr.nx_packet_length + size
    source = interface.nx_interface_ip_address
    if packet_ptr.nx_packet_identical_copy:
        # A retransmission with an unchanged TCP header: the header written last time is still there.
        packet_ptr.nx_packet_identical_copy = 0
    else:
        identification = ip_ptr.nx_ip_packet_id
        ip_ptr.nx_ip_packet_id = identification + 1
        first = (size << 22) + 0x40000000 | (type_of_service & NX_IP_TOS_MASK) | (length & 0xFFFF)
        second = (identification & 0xFFFF) << 16 | (fragment & NX_DONT_FRAGMENT)
        third = (time_to_live & 0xFF) << 24 | (protocol & NX_IP_PROTOCOL_MASK)
        if size != _HEADER_SIZE:
            _pack_into(">I", packet_ptr._mem, prepend + _HEADER_SIZE, _ROUTER_ALERT)
        if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM:
            total = first + second + third + source + destination_ip
            if size != _HEADER_SIZE:
                total += _ROUTER_ALERT
            third |= 0xFFFF - (total % 0xFFFF or 0xFFFF)  # never a sum of 0: the version is in it
        _pack_into(_WORDS, packet_ptr._mem, prepend, first, second, third, source, destination_ip)
    packet_ptr.nx_packet_prepend_ptr = prepend
    packet_ptr.nx_packet_ip_header = prepend
    packet_ptr.nx_packet_length = length
    packet_ptr.nx_packet_ip_header_length = size
    packet_ptr.nx_packet_ip_version = 4
    entry = ip_ptr._arp_resolved.get(next_hop)
    if entry is not None and entry.nx_arp_ip_interface is interface and length <= interface.nx_interface_ip_mtu_size:
        ip_ptr.nx_ip_total_packets_sent += 1
        ip_ptr.nx_ip_total_bytes_sent += length - size
        msw, lsw = entry.nx_arp_physical_address_msw, entry.nx_arp_physical_address_lsw
        driver_send(ip_ptr, interface, NX_LINK_PACKET_SEND, packet_ptr, msw, lsw)
    else:
        _send_on(ip_ptr, packet_ptr, interface, destination_ip, fragment, next_hop)


def _unsendable(ip_ptr: "NX_IP", packet: "NX_PACKET", next_hop: int) -> None:
    """No route, the link down, or no room for the header: count and release."""
    interface = packet.nx_packet_interface_ptr
    if interface is None or not next_hop or not interface.nx_interface_link_up:
        trapped("Q-NO-ROUTE-DROP")
        ip_ptr.nx_ip_transmit_no_route_errors += 1
        ip_ptr.nx_ip_send_packets_dropped += 1
    else:
        ip_ptr.nx_ip_invalid_transmit_packets += 1
    _nx_packet_transmit_release(packet)


def _send_on(
    ip_ptr: "NX_IP",
    packet: "NX_PACKET",
    interface: "NX_INTERFACE",
    destination: int,
    fragment: int,
    next_hop: int,
) -> None:
    """A packet whose way is not the usual one, or not known yet: loop, size limit, hardware address."""
    if next_hop == interface.nx_interface_ip_address or interface.nx_interface_index == ip_ptr._loopback_index:
        loopback_send(ip_ptr, packet)
    elif packet.nx_packet_length > interface.nx_interface_ip_mtu_size and (
        fragment & NX_DONT_FRAGMENT or ip_ptr.nx_ip_fragment_processing is None
    ):
        _drop(ip_ptr, packet)
    elif not interface.nx_interface_address_mapping_needed:
        link_send(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, 0, 0)
    else:
        _mapped_send(ip_ptr, packet, interface, destination, next_hop)


def _drop(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Longer than the MTU, and not to be cut."""
    trapped("Q-MTU-DROP", length=packet.nx_packet_length)
    ip_ptr.nx_ip_send_packets_dropped += 1
    _nx_packet_transmit_release(packet)


def _mapped_send(
    ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", destination: int, next_hop: int
) -> None:
    """Find the hardware address: of all, of a group, or of the next hop by ARP."""
    if is_broadcast(interface, destination):
        link_send(ip_ptr, packet, interface, NX_LINK_PACKET_BROADCAST, 0xFFFF, 0xFFFFFFFF)
    elif destination & NX_IP_CLASS_D_MASK == NX_IP_CLASS_D_TYPE:
        _group_loop(ip_ptr, packet, interface, destination)
        lsw = _MULTICAST_LSW | (destination & _MULTICAST_BITS)
        link_send(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, _MULTICAST_MSW, lsw)
    elif ip_ptr._arp_resolve_send is not None:
        ip_ptr._arp_resolve_send(ip_ptr, packet, interface, next_hop)
    else:
        _drop(ip_ptr, packet)


def is_broadcast(interface: "NX_INTERFACE", destination: int) -> bool:
    """Is it the limited broadcast address, or that of the interface's network?"""
    if destination == NX_IP_LIMITED_BROADCAST:
        return True
    mask = interface.nx_interface_ip_network_mask
    return (
        destination & mask == interface.nx_interface_ip_network
        and destination | mask == 0xFFFFFFFF
        and mask < 0xFFFFFFFE
    )


def link_send(
    ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", command: int, msw: int, lsw: int
) -> None:
    """Give a packet with its IP header to the driver, in fragments if it is longer than the MTU."""
    length = packet.nx_packet_length
    if length > interface.nx_interface_ip_mtu_size:
        request = interface._request
        request.nx_ip_driver_ptr = ip_ptr
        request.nx_ip_driver_interface = interface
        request.nx_ip_driver_command = command
        request.nx_ip_driver_packet = packet
        request.nx_ip_driver_physical_address_msw = msw
        request.nx_ip_driver_physical_address_lsw = lsw
        if ip_ptr.nx_ip_fragment_processing is not None:
            ip_ptr.nx_ip_fragment_processing(request)
        else:
            _drop(ip_ptr, packet)
        return
    ip_ptr.nx_ip_total_packets_sent += 1
    ip_ptr.nx_ip_total_bytes_sent += length - packet.nx_packet_ip_header_length
    driver_send(ip_ptr, interface, command, packet, msw, lsw)


def loopback_send(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Queue a copy as received and release the original as transmitted; no driver, no ARP, no MTU."""
    ip_ptr.nx_ip_total_packets_sent += 1
    ip_ptr.nx_ip_total_bytes_sent += packet.nx_packet_length - packet.nx_packet_ip_header_length
    _loop_copy(ip_ptr, packet)
    _nx_packet_transmit_release(packet)


def _loop_copy(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Copy a packet from the default pool, without waiting, into the queue of received packets."""
    holder: "list[Any]" = [None]
    if _nx_packet_copy(packet, holder, ip_ptr.nx_ip_default_packet_pool, 0) != NX_SUCCESS:
        ip_ptr.nx_ip_receive_packets_dropped += 1
        return
    copy = holder[0]
    copy._holder = "IP receive queue"
    ip_ptr._deferred_received.append(copy)
    ip_event_set(ip_ptr, NX_IP_RECEIVE_EVENT)


def _group_loop(ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", group: int) -> None:
    """Loop a multicast back if the group was joined so."""
    for entry in ip_ptr.nx_ipv4_multicast_entry:
        if (
            entry.nx_ipv4_multicast_join_list == group
            and entry.nx_ipv4_multicast_join_interface_list is interface
            and entry.nx_ipv4_multicast_loopback_enable
        ):
            _loop_copy(ip_ptr, packet)
            return
