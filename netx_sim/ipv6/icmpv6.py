"""ICMPv6 (RFC 4443): what arrives, echo, errors the stack sends, and ping.

Not done, as on the device: errors that arrive, packet too big among them, have no effect; they are only counted.
"""

import struct

from netx_sim.constants import NX_INTERFACE_CAPABILITY_ICMPV6_RX_CHECKSUM, NX_IP_VERSION_V6
from netx_sim.constants_ipv6 import NX_IPv6_ICMP_PACKET
from netx_sim.icmp import echo_number, echo_reply, echo_request, echo_wait
from netx_sim.ipv6.address import source_find
from netx_sim.ipv6.block import is_multicast, number_of
from netx_sim.ipv6.nd import HANDLERS
from netx_sim.ipv6.nd_send import checksum_put
from netx_sim.ipv6.receive import addresses_of
from netx_sim.ipv6.send import ipv6_send
from netx_sim.message_sum import packet_sum, received_pseudo_sum
from netx_sim.packet import _nx_packet_release, packet_get, packet_parts
from netx_sim.status import NX_NO_INTERFACE_ADDRESS, NX_NO_PACKET, NX_OVERFLOW
from netx_sim.wire.checksum import finish
from netx_sim.wire.icmpv6 import (
    ECHO_FORMAT,
    ECHO_REPLY,
    ECHO_REQUEST,
    ERROR_SIZE,
    FORMAT,
    HEADER_SIZE,
    PACKET_TOO_BIG,
    PARAMETER_PROBLEM,
    PROTOCOL,
    UNKNOWN_OPTION,
)
from netx_sim.wire.ipv6 import HEADER_SIZE as IPV6_HEADER_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.ipv6.block import NXD_IPV6_ADDRESS
    from netx_sim.packet import NX_PACKET


# -- receiving --------------------------------------------------------------------------------------


def icmpv6_receive(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """A message from IP, prepend at its header; in the IP thread.  Packet: taken."""
    ip_ptr.nx_ip_icmp_total_messages_received += 1
    if packet.nx_packet_append_ptr - packet.nx_packet_prepend_ptr < HEADER_SIZE:
        ip_ptr.nx_ip_icmp_invalid_packets += 1
        _nx_packet_release(packet)
        return
    capability = packet.nx_packet_interface_ptr.nx_interface_capability_flag
    if not capability & NX_INTERFACE_CAPABILITY_ICMPV6_RX_CHECKSUM and finish(
        received_pseudo_sum(packet, PROTOCOL) + packet_sum(packet)
    ):
        ip_ptr.nx_ip_icmp_invalid_packets += 1
        ip_ptr.nx_ip_icmp_checksum_errors += 1
        _nx_packet_release(packet)
        return
    kind, code, _checksum, _identifier, sequence = struct.unpack_from(
        ECHO_FORMAT, packet._mem, packet.nx_packet_prepend_ptr
    )
    if kind == ECHO_REQUEST:
        _echo_answer(ip_ptr, packet)
    elif kind == ECHO_REPLY:
        echo_reply(ip_ptr, packet, sequence)
    elif kind in HANDLERS:
        if not HANDLERS[kind](ip_ptr, packet, code):
            ip_ptr.nx_ip_icmp_invalid_packets += 1
        _nx_packet_release(packet)
    else:
        ip_ptr.nx_ip_icmp_unhandled_messages += 1
        _nx_packet_release(packet)


def _echo_answer(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Send the request back as a reply, code and all, from the address it was sent to, or one for its sender."""
    ip_ptr.nx_ip_pings_received += 1
    peer, _destination = addresses_of(packet)
    source: "NXD_IPV6_ADDRESS | None" = packet.nx_packet_ipv6_address_ptr
    if source is None:
        source = source_find(ip_ptr, peer, packet.nx_packet_interface_ptr)
    if not peer or source is None:
        _nx_packet_release(packet)
        return
    ip_ptr.nx_ip_pings_responded_to += 1
    packet._mem[packet.nx_packet_prepend_ptr] = ECHO_REPLY
    message_send(ip_ptr, packet, source, peer, ip_ptr.nx_ipv6_hop_limit)


# -- sending ----------------------------------------------------------------------------------------


def message_send(
    ip_ptr: "NX_IP", packet: "NX_PACKET", source: "NXD_IPV6_ADDRESS", destination: int, hop_limit: int
) -> None:
    """Complete a message's checksum and send it.  Packet: taken."""
    checksum_put(packet, source.nxd_ipv6_address_attached, source._number, destination)
    ipv6_send(ip_ptr, packet, source, destination, PROTOCOL, hop_limit)


def icmpv6_error(ip_ptr: "NX_IP", offending: "NX_PACKET", kind: int, code: int, rest: int) -> None:
    """Tell the sender of a packet what was wrong with it, quoting as much of it as the smallest MTU lets through.

    Nothing is sent about groups (but what RFC 4443 section 2.4 (e) allows), to senders that are no single host, or
    if no packet is free.  The offending packet stays the caller's.
    """
    peer, destination = addresses_of(offending)
    about_groups = kind == PACKET_TOO_BIG or (kind == PARAMETER_PROBLEM and code == UNKNOWN_OPTION)
    if not peer or is_multicast(peer) or (is_multicast(destination) and not about_groups):
        return
    source: "NXD_IPV6_ADDRESS | None" = offending.nx_packet_ipv6_address_ptr
    if source is None:
        source = source_find(ip_ptr, peer, offending.nx_packet_interface_ptr)
    packet = packet_get(ip_ptr._small_pool, NX_IPv6_ICMP_PACKET, "ICMPv6 error")
    if packet is None:
        return
    start = packet.nx_packet_prepend_ptr
    room = min(ERROR_SIZE - IPV6_HEADER_SIZE, packet.nx_packet_data_end - start) - HEADER_SIZE
    if source is None or room < IPV6_HEADER_SIZE:
        _nx_packet_release(packet)
        return
    quoted = _quote(offending)[:room]
    end = start + HEADER_SIZE + len(quoted)
    struct.pack_into(FORMAT, packet._mem, start, kind, code, 0, rest)
    packet._mem[start + HEADER_SIZE : end] = quoted
    packet.nx_packet_append_ptr = end
    packet.nx_packet_length = end - start
    message_send(ip_ptr, packet, source, peer, ip_ptr.nx_ipv6_hop_limit)


def _quote(offending: "NX_PACKET") -> bytes:
    """A received packet from its IPv6 header on."""
    header = offending.nx_packet_ip_header
    assert header is not None
    front = bytes(offending._mem[header : offending.nx_packet_append_ptr])
    return front + b"".join([bytes(piece) for piece in packet_parts(offending.nx_packet_next)])


# -- ping -------------------------------------------------------------------------------------------


def ipv6_ping(
    ip_ptr: "NX_IP",
    ip_address: "NXD_ADDRESS",
    address_index: "int | None",
    data: "Any",
    data_size: int,
    response_ptr: "Any",
    wait_option: int,
) -> int:
    """Ask for an echo and wait for it; from a certain one of our addresses, or the one that suits."""
    response_ptr[0] = None
    sim = ip_ptr._sim
    destination = number_of(ip_address.nxd_ip_address.v6)
    if address_index is None:
        source = source_find(ip_ptr, destination)
    else:
        source = ip_ptr.nx_ipv6_address[address_index]
    if source is None:
        return NX_NO_INTERFACE_ADDRESS
    variable: "list[Any]" = [None]
    status = echo_request(ip_ptr, data, data_size, wait_option, variable, NX_IPv6_ICMP_PACKET, "nxd_icmp_ping")
    if status:
        # What is called no packet when the first one is asked for is called overflow when data are appended.
        return NX_OVERFLOW if status == NX_NO_PACKET and variable[0] is not None else status
    packet: "NX_PACKET" = variable[0]
    sim.mutex_get(ip_ptr.nx_ip_protection)
    sequence = echo_number(ip_ptr)
    start = packet.nx_packet_prepend_ptr
    struct.pack_into(ECHO_FORMAT, packet._mem, start, ECHO_REQUEST, 0, 0, source._number & 0xFFFF, sequence)
    packet.nx_packet_ip_version = NX_IP_VERSION_V6
    message_send(ip_ptr, packet, source, destination, ip_ptr.nx_ipv6_hop_limit)
    return echo_wait(ip_ptr, sequence, response_ptr, wait_option)
