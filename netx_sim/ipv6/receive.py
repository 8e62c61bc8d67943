"""Receiving IPv6 (RFC 8200): what is valid, what is for us, extension headers, and which protocol gets it.

What the device does its own way: a hop-by-hop header anywhere but first is answered by a parameter problem that
points at the field naming it; authentication and encryption headers are dropped; bytes are counted as each
extension header is passed, and again when a datagram put together from fragments goes on.
"""

import struct

from netx_sim.constants import NX_IP_VERSION_V6
from netx_sim.constants_ipv6 import (
    NX_PROTOCOL_NEXT_HEADER_AUTHENTICATION,
    NX_PROTOCOL_NEXT_HEADER_ENCAP_SECURITY,
)
from netx_sim.ip.receive import packet_trim
from netx_sim.ipv6.block import ALL_NODES, interface_addresses, is_multicast, solicited_node, usable
from netx_sim.packet import _nx_packet_release
from netx_sim.wire.icmpv6 import (
    ERRONEOUS_HEADER_FIELD,
    PARAMETER_PROBLEM,
    PROTOCOL,
    UNKNOWN_NEXT_HEADER,
    UNKNOWN_OPTION,
)
from netx_sim.wire.ipv6 import (
    ACTION_SKIP,
    ACTION_TELL,
    DESTINATION_AT,
    DESTINATION_OPTIONS,
    FORMAT,
    FRAGMENT,
    HEADER_SIZE,
    HOP_BY_HOP,
    NEXT_HEADER_AT,
    NO_NEXT_HEADER,
    OPTION_PAD1,
    OPTION_PADN,
    ROUTING,
    SOURCE_AT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET

_TCP = 6
_UDP = 17
_NOT_PASSED = (
    NO_NEXT_HEADER,
    NX_PROTOCOL_NEXT_HEADER_AUTHENTICATION,
    NX_PROTOCOL_NEXT_HEADER_ENCAP_SECURITY,
)
_DROPPED = -1  # in place of a next header: the packet is gone
_V6_MARK = 1 << 128

_unpack_from = struct.unpack_from


def ipv6_receive(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Process a received packet, prepend at its header; in the IP thread.  Packet: taken."""
    start = packet.nx_packet_prepend_ptr
    if packet.nx_packet_append_ptr - start < HEADER_SIZE:
        _invalid(ip_ptr, packet)
        return
    _first, length, next_header, _hop_limit, _source, destination = _unpack_from(FORMAT, packet._mem, start)
    length += HEADER_SIZE
    if length > packet.nx_packet_length:
        _invalid(ip_ptr, packet)
        return
    if length < packet.nx_packet_length:
        packet_trim(packet, packet.nx_packet_length - length)
    if not _for_us(packet, int.from_bytes(destination, "big")):
        ip_ptr.nx_ip_invalid_receive_address += 1
        drop(ip_ptr, packet)
        return
    packet.nx_packet_ip_header = start
    packet.nx_packet_ip_version = NX_IP_VERSION_V6
    packet.nx_packet_ip_header_length = HEADER_SIZE
    packet.nx_packet_prepend_ptr = start + HEADER_SIZE
    packet.nx_packet_length = length - HEADER_SIZE
    headers_process(ip_ptr, packet, next_header, NEXT_HEADER_AT)


def _for_us(packet: "NX_PACKET", destination: int) -> bool:
    """Is it for an address of the interface, or for a group every host or the owner of such an address is in?"""
    addresses = interface_addresses(packet.nx_packet_interface_ptr)
    packet.nx_packet_ipv6_address_ptr = None
    if is_multicast(destination):
        if destination == ALL_NODES:
            return True
        return any(solicited_node(address._number) == destination for address in addresses)
    for address in addresses:
        if address._number == destination and usable(address):
            packet.nx_packet_ipv6_address_ptr = address
            return True
    return False


def drop(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Not for us to process."""
    ip_ptr.nx_ip_receive_packets_dropped += 1
    _nx_packet_release(packet)


def _invalid(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    ip_ptr.nx_ip_invalid_packets += 1
    drop(ip_ptr, packet)


def addresses_of(packet: "NX_PACKET") -> "tuple[int, int]":
    """Source and destination of a received packet."""
    header = packet.nx_packet_ip_header
    assert header is not None
    mem = packet._mem
    source = int.from_bytes(mem[header + SOURCE_AT : header + DESTINATION_AT], "big")
    return source, int.from_bytes(mem[header + DESTINATION_AT : header + HEADER_SIZE], "big")


def peer_and_rest(packet: "NX_PACKET") -> "tuple[int, int]":
    """The source as an address key, and a number that makes up the sum of the pseudo header with it.

    The key's mark, 2 to the power of 128, counts as 1 in a checksum.
    """
    source, destination = addresses_of(packet)
    return _V6_MARK | source, destination - 1


# -- headers ----------------------------------------------------------------------------------------


def headers_process(ip_ptr: "NX_IP", packet: "NX_PACKET", next_header: int, field: int) -> None:
    """Pass extension headers until a protocol takes the packet.

    Args:
        ip_ptr: the instance.
        packet: prepend at the header that `next_header` names.
        next_header (int): its number.
        field (int): where in the packet that number stands, counted from the IPv6 header.
    """
    while True:
        if next_header in (_TCP, _UDP, PROTOCOL):
            _deliver(ip_ptr, packet, next_header)
            return
        if next_header == FRAGMENT:
            ip_ptr._ipv6_fragment_receive(ip_ptr, packet)  # type: ignore[misc]
            return
        if next_header == HOP_BY_HOP and field != NEXT_HEADER_AT:
            problem(ip_ptr, packet, UNKNOWN_NEXT_HEADER, field)
            return
        if next_header not in (HOP_BY_HOP, DESTINATION_OPTIONS, ROUTING):
            _unknown(ip_ptr, packet, next_header, field)
            return
        field = packet.nx_packet_prepend_ptr - packet.nx_packet_ip_header  # type: ignore[operator]
        next_header = _extension(ip_ptr, packet, next_header)
        if next_header == _DROPPED:
            return


def _deliver(ip_ptr: "NX_IP", packet: "NX_PACKET", protocol: int) -> None:
    """Give the packet to its protocol; those not enabled drop it silently."""
    if protocol == _TCP:
        receiver = ip_ptr._tcp_receive
    elif protocol == _UDP:
        receiver = ip_ptr._udp_receive
    else:
        receiver = ip_ptr._icmpv6_receive
    ip_ptr.nx_ip_total_bytes_received += packet.nx_packet_length
    if receiver is None or (protocol == _TCP and packet.nx_packet_ipv6_address_ptr is None):
        drop(ip_ptr, packet)  # not enabled; or a segment to a group
        return
    ip_ptr.nx_ip_total_packets_delivered += 1
    receiver(ip_ptr, packet)


def _unknown(ip_ptr: "NX_IP", packet: "NX_PACKET", next_header: int, field: int) -> None:
    """Raw processing takes what no protocol wants; without it the sender is told (RFC 8200 section 4)."""
    if next_header in _NOT_PASSED:
        drop(ip_ptr, packet)
    elif ip_ptr._raw_receive is not None:
        ip_ptr.nx_ip_total_bytes_received += packet.nx_packet_length
        ip_ptr.nx_ip_total_packets_delivered += 1
        ip_ptr._raw_receive(ip_ptr, packet)
    else:
        ip_ptr.nx_ip_unknown_protocols_received += 1
        problem(ip_ptr, packet, UNKNOWN_NEXT_HEADER, field)


def problem(ip_ptr: "NX_IP", packet: "NX_PACKET", code: int, pointer: int) -> None:
    """Tell the sender what is wrong where, and drop the packet."""
    if ip_ptr._icmpv6_error is not None:
        ip_ptr._icmpv6_error(ip_ptr, packet, PARAMETER_PROBLEM, code, pointer)
    drop(ip_ptr, packet)


def _extension(ip_ptr: "NX_IP", packet: "NX_PACKET", kind: int) -> int:
    """Pass one extension header; the next one's number, or _DROPPED."""
    start = packet.nx_packet_prepend_ptr
    room = packet.nx_packet_append_ptr - start
    mem = packet._mem
    size = (mem[start + 1] + 1) << 3 if room >= 8 else 0
    if not size or size > room:
        drop(ip_ptr, packet)
        return _DROPPED
    passed = _routing(ip_ptr, packet) if kind == ROUTING else _options(ip_ptr, packet, start + size)
    if not passed:
        return _DROPPED
    next_header: int = mem[start]
    packet.nx_packet_prepend_ptr = start + size
    packet.nx_packet_length -= size
    ip_ptr.nx_ip_total_bytes_received += size
    return next_header


def _routing(ip_ptr: "NX_IP", packet: "NX_PACKET") -> bool:
    """A routing header that asks for nothing more is skipped, any other refused (RFC 8200 section 4.4)."""
    start = packet.nx_packet_prepend_ptr
    if not packet._mem[start + 3]:
        return True
    pointer = start + 2 - packet.nx_packet_ip_header  # type: ignore[operator]
    problem(ip_ptr, packet, ERRONEOUS_HEADER_FIELD, pointer)
    return False


def _options(ip_ptr: "NX_IP", packet: "NX_PACKET", end: int) -> bool:
    """Look at each option up to `end`; all but padding are unknown, and say themselves what that means."""
    mem = packet._mem
    at = packet.nx_packet_prepend_ptr + 2
    while at < end:
        kind = mem[at]
        if kind == OPTION_PAD1:
            at += 1
            continue
        if at + 1 >= end or at + 2 + mem[at + 1] > end:
            drop(ip_ptr, packet)
            return False
        if kind != OPTION_PADN and kind >> 6 != ACTION_SKIP:
            _option_refuse(ip_ptr, packet, kind >> 6, at)
            return False
        at += 2 + mem[at + 1]
    return True


def _option_refuse(ip_ptr: "NX_IP", packet: "NX_PACKET", action: int, at: int) -> None:
    """Discard a packet for an option, telling the sender if the option wants it so."""
    _source, destination = addresses_of(packet)
    if action == ACTION_TELL or (action > ACTION_TELL and not is_multicast(destination)):
        problem(ip_ptr, packet, UNKNOWN_OPTION, at - packet.nx_packet_ip_header)  # type: ignore[operator]
    else:
        drop(ip_ptr, packet)
