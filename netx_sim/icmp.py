"""ICMP for IPv4 (RFC 792): answering echo requests, ping, and the errors the stack sends.

Read first: NetX Duo guide, chapter 3, ICMP; RFC 1122 section 3.2.2.

Not done, as on the device: errors that arrive have no effect on TCP or UDP, they are only counted. A reply belongs to
the ping with its sequence number, whoever sent it and whatever else it says.

Functions here check nothing; the checks of the public services are in ``checked/icmp.py``. IPv6 plugs in by the slots
``_ipv6_ping`` and ``_icmpv6_enable`` of the instance, which are None until IPv6 is enabled.
"""

import struct

from netx_sim.constants import (
    NX_FRAGMENT_OKAY,
    NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_ICMPV4_TX_CHECKSUM,
    NX_IP_ICMP,
    NX_IP_NORMAL,
    NX_IP_VERSION_V4,
    NX_IPv4_ICMP_PACKET,
)
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ip.send import _nx_ip_packet_send, is_broadcast
from netx_sim.message_sum import packet_sum
from netx_sim.packet import _nx_packet_allocate, _nx_packet_data_append, _nx_packet_release, packet_get
from netx_sim.status import (
    NX_INVALID_PARAMETERS,
    NX_IP_ADDRESS_ERROR,
    NX_NO_RESPONSE,
    NX_NOT_ENABLED,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
)
from netx_sim.wire.checksum import finish
from netx_sim.wire.icmp import (
    CHECKSUM_AT,
    ECHO_FORMAT,
    ECHO_REPLY,
    ECHO_REQUEST,
    HEADER_SIZE,
    QUOTED_PAYLOAD,
    emit_into,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.kernel.thread_block import TX_THREAD
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

_ECHO_TTL = 128
_ERROR_TTL = 255
_IPV4_HEADER_SIZE = 20
_IPV4_ADDRESSES_AT = 12
_CLASS_D_FIRST = 0xE0000000


class _EchoReply:
    """What a pinging thread waits for; shown in reports."""

    __slots__ = ("ip_ptr", "sequence")

    def __init__(self, ip_ptr: "NX_IP", sequence: int) -> None:
        self.ip_ptr = ip_ptr
        self.sequence = sequence

    def __repr__(self) -> str:
        return "echo reply " + str(self.sequence) + " to " + repr(self.ip_ptr)


def _nx_icmp_enable(ip_ptr: "NX_IP") -> int:
    ip_ptr._icmp_receive = _nx_icmp_packet_receive
    ip_ptr._icmp_error = _nx_icmpv4_send_error_message
    return NX_SUCCESS


def _nxd_icmp_enable(ip_ptr: "NX_IP") -> int:
    ip_ptr._icmpv6_wanted = True
    if ip_ptr._icmpv6_enable is not None:
        ip_ptr._icmpv6_enable(ip_ptr)
    return _nx_icmp_enable(ip_ptr)


def _nx_icmp_info_get(
    ip_ptr: "NX_IP",
    pings_sent: "Any",
    ping_timeouts: "Any",
    ping_threads_suspended: "Any",
    ping_responses_received: "Any",
    icmp_checksum_errors: "Any",
    icmp_unhandled_messages: "Any",
) -> int:
    for pointer, value in (
        (pings_sent, ip_ptr.nx_ip_pings_sent),
        (ping_timeouts, ip_ptr.nx_ip_ping_timeouts),
        (ping_threads_suspended, len(ip_ptr.nx_ip_icmp_ping_suspension_list)),
        (ping_responses_received, ip_ptr.nx_ip_ping_responses_received),
        (icmp_checksum_errors, ip_ptr.nx_ip_icmp_checksum_errors),
        (icmp_unhandled_messages, ip_ptr.nx_ip_icmp_unhandled_messages),
    ):
        if pointer is not None:
            pointer[0] = value & 0xFFFFFFFF
    return NX_SUCCESS


# -- receiving --------------------------------------------------------------------------------------


def _nx_icmp_packet_receive(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """A message from IP, prepend at its header; in the IP thread. Packet: taken."""
    ip_ptr.nx_ip_icmp_total_messages_received += 1
    if packet_ptr.nx_packet_length < HEADER_SIZE:
        ip_ptr.nx_ip_icmp_invalid_packets += 1
        _nx_packet_release(packet_ptr)
        return
    capability = packet_ptr.nx_packet_interface_ptr.nx_interface_capability_flag
    if not capability & NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM and finish(packet_sum(packet_ptr)):
        ip_ptr.nx_ip_icmp_invalid_packets += 1
        ip_ptr.nx_ip_icmp_checksum_errors += 1
        _nx_packet_release(packet_ptr)
        return
    kind, code, _checksum, _identifier, sequence = struct.unpack_from(
        ECHO_FORMAT, packet_ptr._mem, packet_ptr.nx_packet_prepend_ptr
    )
    if kind == ECHO_REQUEST:
        _echo_answer(ip_ptr, packet_ptr, code)
    elif kind == ECHO_REPLY:
        echo_reply(ip_ptr, packet_ptr, sequence)
    else:
        ip_ptr.nx_ip_icmp_unhandled_messages += 1
        _nx_packet_release(packet_ptr)


def _echo_answer(ip_ptr: "NX_IP", packet: "NX_PACKET", code: int) -> None:
    """Send the request back as a reply, its code unchecked and kept, from the address of the interface it came by."""
    ip_ptr.nx_ip_pings_received += 1
    source, _destination = _addresses(packet)
    _status, interface, next_hop = _nx_ip_route_find(ip_ptr, source, packet.nx_packet_interface_ptr)
    if interface is None:
        _nx_packet_release(packet)
        return
    ip_ptr.nx_ip_pings_responded_to += 1
    packet._mem[packet.nx_packet_prepend_ptr] = ECHO_REPLY
    _send(ip_ptr, packet, interface, source, next_hop, _ECHO_TTL)


def echo_reply(ip_ptr: "NX_IP", packet: "NX_PACKET", sequence: int) -> None:
    """Give a reply to the first thread whose ping has its sequence number."""
    ip_ptr.nx_ip_ping_responses_received += 1
    for thread in ip_ptr.nx_ip_icmp_ping_suspension_list:
        if thread._wait_what.sequence == sequence:
            packet.nx_packet_prepend_ptr += HEADER_SIZE
            packet.nx_packet_length -= HEADER_SIZE
            packet._holder = "application"
            ip_ptr._sim.resume(thread, NX_SUCCESS, packet)
            ip_ptr._sim.preempt()
            return
    _nx_packet_release(packet)


def _addresses(packet: "NX_PACKET") -> "tuple[int, int]":
    """Source and destination of a received packet."""
    header = packet.nx_packet_ip_header
    assert header is not None
    source, destination = struct.unpack_from(">II", packet._mem, header + _IPV4_ADDRESSES_AT)
    return source, destination


# -- sending ----------------------------------------------------------------------------------------


def _send(
    ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", destination: int, next_hop: int, ttl: int
) -> None:
    """Complete a message's checksum and send it. Packet: taken."""
    memory, at = packet._mem, packet.nx_packet_prepend_ptr + CHECKSUM_AT
    struct.pack_into(">H", memory, at, 0)
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_ICMPV4_TX_CHECKSUM:
        struct.pack_into(">H", memory, at, finish(packet_sum(packet)))
    packet.nx_packet_interface_ptr = interface
    packet.nx_packet_ip_version = NX_IP_VERSION_V4
    _nx_ip_packet_send(ip_ptr, packet, destination, NX_IP_NORMAL, ttl, NX_IP_ICMP, NX_FRAGMENT_OKAY, next_hop)


def _nx_icmpv4_send_error_message(ip_ptr: "NX_IP", offending: "NX_PACKET", type_: int, code: int) -> None:
    """Tell the sender of a packet what was wrong with it, quoting its IP header and the 8 bytes after that.

    Nothing is sent about broadcasts and multicasts, to senders that are none, without a route back, or if no packet
    is free. The offending packet stays the caller's.
    """
    interface: "NX_INTERFACE" = offending.nx_packet_interface_ptr
    source, destination = _addresses(offending)
    if not _is_host(interface, source) or not _is_host(interface, destination):
        return
    _status, outgoing, next_hop = _nx_ip_route_find(ip_ptr, source, interface)
    if outgoing is None:
        return
    packet = packet_get(ip_ptr._small_pool, NX_IPv4_ICMP_PACKET, "ICMP error")
    if packet is None:
        return
    header = offending.nx_packet_ip_header
    assert header is not None
    quoted = offending._mem[header : min(header + _IPV4_HEADER_SIZE + QUOTED_PAYLOAD, offending.nx_packet_append_ptr)]
    size = HEADER_SIZE + len(quoted)
    start = packet.nx_packet_prepend_ptr
    if start + size > packet.nx_packet_data_end:
        _nx_packet_release(packet)
        return
    emit_into(packet._mem, start, type_, code, 0)
    packet._mem[start + HEADER_SIZE : start + size] = quoted
    packet.nx_packet_append_ptr = start + size
    packet.nx_packet_length = size
    _send(ip_ptr, packet, outgoing, source, next_hop, _ERROR_TTL)


def _is_host(interface: "NX_INTERFACE", address: int) -> bool:
    """Is it the address of a single host (RFC 1122 section 3.2.2)?"""
    return bool(address) and address < _CLASS_D_FIRST and not is_broadcast(interface, address)


# -- ping -------------------------------------------------------------------------------------------


def _nx_icmp_ping(
    ip_ptr: "NX_IP", ip_address: int, data: "Any", data_size: int, response_ptr: "Any", wait_option: int
) -> int:
    response_ptr[0] = None
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    _status, interface, next_hop = _nx_ip_route_find(ip_ptr, ip_address, None)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    if interface is None:
        return NX_IP_ADDRESS_ERROR
    return _ping(ip_ptr, interface, ip_address, next_hop, data, data_size, response_ptr, wait_option)


def _family_missing(ip_ptr: "NX_IP", ip_address: "NXD_ADDRESS") -> bool:
    """Is this a build without the version of an address?"""
    config = ip_ptr._sim.config
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return bool(config.NX_DISABLE_IPV4)
    return bool(config.NX_DISABLE_IPV6)


def _nxd_icmp_ping(
    ip_ptr: "NX_IP",
    ip_address: "NXD_ADDRESS",
    data_ptr: "Any",
    data_size: int,
    response_ptr: "Any",
    wait_option: int,
) -> int:
    if _family_missing(ip_ptr, ip_address):
        return NX_NOT_SUPPORTED
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return _nx_icmp_ping(ip_ptr, ip_address.nxd_ip_address.v4, data_ptr, data_size, response_ptr, wait_option)
    if ip_ptr._ipv6_ping is None:
        return NX_NOT_ENABLED
    return ip_ptr._ipv6_ping(ip_ptr, ip_address, None, data_ptr, data_size, response_ptr, wait_option)


def _nxd_icmp_source_ping(
    ip_ptr: "NX_IP",
    ip_address: "NXD_ADDRESS",
    address_index: int,
    data_ptr: "Any",
    data_size: int,
    response_ptr: "Any",
    wait_option: int,
) -> int:
    """Over IPv4 a missing route goes unnoticed: the request is dropped and nobody answers."""
    if _family_missing(ip_ptr, ip_address):
        return NX_NOT_SUPPORTED
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        response_ptr[0] = None
        interface = ip_ptr.nx_ip_interface[address_index]
        destination = ip_address.nxd_ip_address.v4
        _status, _interface, next_hop = _nx_ip_route_find(ip_ptr, destination, interface)
        return _ping(ip_ptr, interface, destination, next_hop, data_ptr, data_size, response_ptr, wait_option)
    if ip_ptr._ipv6_ping is None:
        return NX_NOT_ENABLED
    return ip_ptr._ipv6_ping(ip_ptr, ip_address, address_index, data_ptr, data_size, response_ptr, wait_option)


def _ping(
    ip_ptr: "NX_IP",
    interface: "NX_INTERFACE",
    destination: int,
    next_hop: int,
    data: "Any",
    data_size: int,
    response_ptr: "Any",
    wait_option: int,
) -> int:
    """Build a request, waiting for packets if need be; send it; wait as long again for the reply."""
    variable: "list[Any]" = [None]
    status = echo_request(ip_ptr, data, data_size, wait_option, variable, NX_IPv4_ICMP_PACKET, "nx_icmp_ping")
    if status:
        return status
    packet: "NX_PACKET" = variable[0]
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    sequence = echo_number(ip_ptr)
    identifier = interface.nx_interface_ip_address & 0xFFFF
    emit_into(packet._mem, packet.nx_packet_prepend_ptr, ECHO_REQUEST, 0, identifier << 16 | sequence)
    _send(ip_ptr, packet, interface, destination, next_hop, _ECHO_TTL)
    return echo_wait(ip_ptr, sequence, response_ptr, wait_option)


def echo_number(ip_ptr: "NX_IP") -> int:
    """Count a request; its sequence number, of which both IP versions use one series."""
    sequence = ip_ptr.nx_ip_icmp_sequence
    ip_ptr.nx_ip_icmp_sequence = (sequence + 1) & 0xFFFF
    ip_ptr.nx_ip_pings_sent += 1
    return sequence


def echo_wait(ip_ptr: "NX_IP", sequence: int, response_ptr: "Any", wait_option: int) -> int:
    """Wait for the reply to a request just sent; the mutex is released."""
    sim = ip_ptr._sim
    if not wait_option:
        sim.mutex_put(ip_ptr.nx_ip_protection)
        return NX_NO_RESPONSE
    thread = sim.current
    status = sim.wait(
        ip_ptr.nx_ip_icmp_ping_suspension_list,
        wait_option,
        ip_ptr.nx_ip_protection,
        _ping_timed_out,
        what=_EchoReply(ip_ptr, sequence),
    )
    if not status and thread is not None:
        response_ptr[0] = thread._wait_result
    return status


def _ping_timed_out(thread: "TX_THREAD") -> None:
    """Count it; in the timer thread. A ping that is aborted is not counted."""
    ip_ptr: "NX_IP" = thread._wait_what.ip_ptr
    ip_ptr.nx_ip_ping_timeouts += 1
    ip_ptr._sim.resume(thread, NX_NO_RESPONSE)


def echo_request(
    ip_ptr: "NX_IP",
    data: "Any",
    data_size: int,
    wait_option: int,
    packet_ptr: "list[Any]",
    packet_type: int,
    owner: str,
) -> int:
    """A packet with room for the ICMP header, then the data, chained where they do not fit."""
    pool = ip_ptr.nx_ip_default_packet_pool
    status = _nx_packet_allocate(pool, packet_ptr, packet_type, wait_option, owner)
    if status:
        return status
    packet: "NX_PACKET" = packet_ptr[0]
    if packet.nx_packet_data_end - packet.nx_packet_prepend_ptr < HEADER_SIZE:
        status = NX_INVALID_PARAMETERS
    else:
        packet.nx_packet_append_ptr += HEADER_SIZE
        packet.nx_packet_length = HEADER_SIZE
        if data_size:
            status = _nx_packet_data_append(packet, data, data_size, pool, wait_option)
    if status:
        _nx_packet_release(packet)
    return status
