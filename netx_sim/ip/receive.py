"""Receiving IPv4: what is valid, what is for us, and which protocol gets it.

Read first: RFC 791 section 3.1, RFC 1122 section 3.2.1.  ``_nx_ip_packet_receive`` runs for every TCP
segment; everything out of the ordinary is in the functions below it.
"""

import struct

from netx_sim.constants import (
    NX_ICMP_DEST_UNREACHABLE_TYPE,
    NX_ICMP_PROTOCOL_UNREACH_CODE,
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM,
    NX_IP_FRAGMENT_MASK,
    NX_IP_LIMITED_BROADCAST,
    NX_IP_LOOPBACK_FIRST,
    NX_IP_LOOPBACK_LAST,
    NX_IP_MORE_FRAGMENT,
    NX_IP_UNFRAG_EVENT,
)
from netx_sim.ip.send import is_broadcast
from netx_sim.link import ip_event_set
from netx_sim.packet import _nx_packet_release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

_HEADER_SIZE = 20
_WORDS = ">IIIII"
_ALL_HOSTS = 0xE0000001
_DHCP_CLIENT_PORT = 68

_ICMP = 1
_IGMP = 2
_TCP = 6
_UDP = 17

_OPTION_END = 0
_OPTION_NO_OPERATION = 1

_unpack_from = struct.unpack_from


def _nx_ip_packet_receive(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """Process a received IP packet, in the IP thread.  Packet: taken, prepend at its IP header."""
    ip_ptr.nx_ip_total_packets_received += 1
    interface: "NX_INTERFACE | None" = packet_ptr.nx_packet_interface_ptr
    if interface is None:
        interface = packet_ptr.nx_packet_interface_ptr = ip_ptr.nx_ip_interface[0]
    start = packet_ptr.nx_packet_prepend_ptr
    if packet_ptr.nx_packet_append_ptr - start < _HEADER_SIZE:
        _invalid(ip_ptr, packet_ptr)
        return
    first, second, third, source, destination = _unpack_from(_WORDS, packet_ptr._mem, start)
    packet_ptr.nx_packet_ip_header = start
    if first >> 24 != 0x45:
        size = _uncommon_header(ip_ptr, packet_ptr, first)
        if not size:
            return
    else:
        size = _HEADER_SIZE
    length = first & 0xFFFF
    if length <= size or length > packet_ptr.nx_packet_length:
        _invalid(ip_ptr, packet_ptr)
        return
    if length < packet_ptr.nx_packet_length:
        packet_trim(packet_ptr, packet_ptr.nx_packet_length - length)
    if (
        not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM
        and (
            first + second + third + source + destination + (size - _HEADER_SIZE and _options(packet_ptr, start, size))
        )
        % 0xFFFF
    ):
        ip_ptr.nx_ip_receive_checksum_errors += 1
        _invalid(ip_ptr, packet_ptr)
        return
    if (destination != interface.nx_interface_ip_address or not destination) and not _for_us(
        ip_ptr, interface, destination, third >> 16 & 0xFF, packet_ptr, start + size
    ):
        return
    if size != _HEADER_SIZE:
        if not _options_valid(packet_ptr._mem, start + _HEADER_SIZE, start + size):
            _drop(ip_ptr, packet_ptr)
            return
        _options_remove(packet_ptr, start, size)
        length -= size - _HEADER_SIZE
    if second & NX_IP_FRAGMENT_MASK:
        _fragment(ip_ptr, packet_ptr, second, length)
        return
    ip_ptr.nx_ip_total_bytes_received += length - _HEADER_SIZE
    ip_deliver(ip_ptr, packet_ptr, third >> 16 & 0xFF)


def ip_deliver(ip_ptr: "NX_IP", packet: "NX_PACKET", protocol: int) -> None:
    """Strip the header of 20 bytes and give the packet to its protocol."""
    packet.nx_packet_prepend_ptr += _HEADER_SIZE
    packet.nx_packet_length -= _HEADER_SIZE
    packet.nx_packet_ip_header_length = _HEADER_SIZE
    packet.nx_packet_ip_version = 4
    if protocol == _TCP:
        receiver = ip_ptr._tcp_receive
    elif protocol == _UDP:
        receiver = ip_ptr._udp_receive
    elif protocol == _ICMP:
        receiver = ip_ptr._icmp_receive
    elif protocol == _IGMP:
        receiver = ip_ptr._igmp_receive
    else:
        _unknown_protocol(ip_ptr, packet)
        return
    if receiver is None:
        _drop(ip_ptr, packet)
        return
    ip_ptr.nx_ip_total_packets_delivered += 1
    receiver(ip_ptr, packet)


def _unknown_protocol(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Raw processing takes what no protocol wants; without it the sender is told (RFC 1122 section 3.2.2.1)."""
    if ip_ptr._raw_receive is not None:
        ip_ptr.nx_ip_total_packets_delivered += 1
        ip_ptr._raw_receive(ip_ptr, packet)
        return
    ip_ptr.nx_ip_unknown_protocols_received += 1
    if ip_ptr._icmp_error is not None:
        ip_ptr._icmp_error(ip_ptr, packet, NX_ICMP_DEST_UNREACHABLE_TYPE, NX_ICMP_PROTOCOL_UNREACH_CODE)
    _drop(ip_ptr, packet)


def _drop(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    ip_ptr.nx_ip_receive_packets_dropped += 1
    _nx_packet_release(packet)


def _invalid(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    ip_ptr.nx_ip_invalid_packets += 1
    ip_ptr.nx_ip_receive_packets_dropped += 1
    _nx_packet_release(packet)


def _uncommon_header(ip_ptr: "NX_IP", packet: "NX_PACKET", first: int) -> int:
    """A first byte other than 0x45: the header size if it is IPv4 with options, else 0 and the packet is gone."""
    version = first >> 28
    if version == 6 and ip_ptr._ipv6_receive is not None:
        ip_ptr._ipv6_receive(ip_ptr, packet)
        return 0
    size = first >> 22 & 0x3C
    room = packet.nx_packet_append_ptr - packet.nx_packet_prepend_ptr
    if version != 4 or size < _HEADER_SIZE or size > room:
        _invalid(ip_ptr, packet)
        return 0
    return size


def packet_trim(packet: "NX_PACKET", surplus: int) -> None:
    """Cut bytes behind the datagram (link padding) off the end of the chain."""
    packet.nx_packet_length -= surplus
    remaining = packet.nx_packet_length
    part: "NX_PACKET | None" = packet
    while part is not None:
        size = part.nx_packet_append_ptr - part.nx_packet_prepend_ptr
        if size >= remaining:
            part.nx_packet_append_ptr = part.nx_packet_prepend_ptr + remaining
            surplus_chain = part.nx_packet_next
            part.nx_packet_next = None
            packet.nx_packet_last = part if part is not packet else None
            if surplus_chain is not None:
                _nx_packet_release(surplus_chain)
            return
        remaining -= size
        part = part.nx_packet_next


def _options(packet: "NX_PACKET", start: int, size: int) -> int:
    """The options as one number, for the checksum."""
    return int.from_bytes(packet._mem[start + _HEADER_SIZE : start + size], "big")


# -- for whom ---------------------------------------------------------------------------------------


def _for_us(
    ip_ptr: "NX_IP",
    interface: "NX_INTERFACE",
    destination: int,
    protocol: int,
    packet: "NX_PACKET",
    transport: int,
) -> bool:
    """Is a packet to another address than the interface's for us?  If not, it is forwarded or dropped here."""
    if not interface.nx_interface_ip_address and interface.nx_interface_index != ip_ptr._loopback_index:
        accepted = protocol == _UDP and (
            destination == NX_IP_LIMITED_BROADCAST or _udp_port(packet, transport) == _DHCP_CLIENT_PORT
        )
    else:
        accepted = (
            not destination
            or is_broadcast(interface, destination)
            or NX_IP_LOOPBACK_FIRST <= destination <= NX_IP_LOOPBACK_LAST
            or group_joined(ip_ptr, interface, destination)
        )
        if not accepted and ip_ptr.nx_ip_forward_packet_process is not None:
            ip_ptr.nx_ip_forward_packet_process(ip_ptr, packet)
            return False
    if not accepted:
        ip_ptr.nx_ip_invalid_receive_address += 1
        _drop(ip_ptr, packet)
    return accepted


def _udp_port(packet: "NX_PACKET", transport: int) -> int:
    """The destination port of a UDP header, -1 if it is not there."""
    if packet.nx_packet_append_ptr - transport < 4:
        return -1
    port: int = packet._mem[transport + 2] << 8 | packet._mem[transport + 3]
    return port


def group_joined(ip_ptr: "NX_IP", interface: "NX_INTERFACE", group: int) -> bool:
    """Is it a multicast group the interface listens to?  224.0.0.1 needs no join (RFC 1112 section 4)."""
    if group == _ALL_HOSTS:
        return True
    for entry in ip_ptr.nx_ipv4_multicast_entry:
        if entry.nx_ipv4_multicast_join_list == group and (entry.nx_ipv4_multicast_join_interface_list is interface):
            return True
    return False


# -- options and fragments --------------------------------------------------------------------------


def _options_valid(mem: memoryview, offset: int, end: int) -> bool:
    """Options are skipped whatever they say, but a length of 0 or beyond the header spoils the packet."""
    while offset < end:
        kind = mem[offset]
        if kind == _OPTION_END:
            return True
        if kind == _OPTION_NO_OPERATION:
            offset += 1
            continue
        if offset + 1 >= end:
            return False
        length = mem[offset + 1]
        if not length or offset + length > end:
            return False
        offset += length
    return True


def _options_remove(packet: "NX_PACKET", start: int, size: int) -> None:
    """Move the fixed header up to the data, so that the layers above see 20 bytes.

    The total length and the checksum stay as received.
    """
    mem = packet._mem
    moved = start + size - _HEADER_SIZE
    mem[moved : moved + _HEADER_SIZE] = bytes(mem[start : start + _HEADER_SIZE])
    mem[moved] = 0x45
    packet.nx_packet_prepend_ptr = packet.nx_packet_ip_header = moved
    packet.nx_packet_length -= size - _HEADER_SIZE


def _fragment(ip_ptr: "NX_IP", packet: "NX_PACKET", second: int, length: int) -> None:
    """Queue a fragment for assembly; the data of all but the last come in units of 8 bytes (RFC 791 section 3.2)."""
    ip_ptr.nx_ip_total_fragments_received += 1
    if ip_ptr._fragment_assembly is None or (second & NX_IP_MORE_FRAGMENT and (length - _HEADER_SIZE) & 7):
        _drop(ip_ptr, packet)
        return
    packet._holder = "IP reassembly"
    ip_ptr._fragment_received.append(packet)
    ip_event_set(ip_ptr, NX_IP_UNFRAG_EVENT)
