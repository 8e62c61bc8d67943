"""The way of a datagram from IP to its reader.

A datagram is queued as it arrives and judged when it is read: a wrong checksum is found in the receive call, by the
reader's own thread, which then goes on waiting for its full time. So a notify callback and ``bytes_available`` count
datagrams that no reader will get to see.
"""

import struct

from netx_sim.constants import (
    NX_ICMP_DEST_UNREACHABLE_TYPE,
    NX_ICMP_PORT_UNREACH_CODE,
    NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM,
    NX_IP_VERSION_V4,
    NX_PROTOCOL_UDP,
)
from netx_sim.message_sum import packet_sum, received_pseudo_sum
from netx_sim.packet import _nx_packet_release
from netx_sim.status import NX_NO_PACKET, NX_NOT_BOUND, NX_NOT_SUCCESSFUL, NX_SUCCESS
from netx_sim.traps import trapped
from netx_sim.udp.block import NX_UDP_SOCKET, ip_of, wake
from netx_sim.wire.checksum import finish
from netx_sim.wire.udp import CHECKSUM_AT, FORMAT, HEADER_SIZE, NO_CHECKSUM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET

_ICMPV6_UNREACHABLE = 1  # type and code of RFC 4443 section 3.1
_ICMPV6_PORT = 4


def _nx_udp_enable(ip_ptr: "NX_IP") -> int:
    ip_ptr.nx_ip_udp_port_table = {}
    ip_ptr._udp_receive = _nx_udp_packet_receive
    return NX_SUCCESS


def _nx_udp_packet_receive(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """A datagram from IP, prepend at its header; in the IP thread. Packet: taken."""
    ip_ptr.nx_ip_udp_packets_received += 1
    length = packet_ptr.nx_packet_length
    if length < HEADER_SIZE:
        _refuse(ip_ptr, packet_ptr)
        return
    _source, port, stated, _sum = struct.unpack_from(FORMAT, packet_ptr._mem, packet_ptr.nx_packet_prepend_ptr)
    if stated > length:
        # One that states less is not cut: the whole IP payload is the datagram.
        _refuse(ip_ptr, packet_ptr)
        return
    ip_ptr.nx_ip_udp_bytes_received += length - HEADER_SIZE
    socket_ptr = ip_ptr.nx_ip_udp_port_table.get(port)
    if socket_ptr is None:
        ip_ptr.nx_ip_udp_no_port_for_delivery += 1
        if packet_ptr.nx_packet_ip_version != NX_IP_VERSION_V4:
            if ip_ptr._icmpv6_error is not None:
                ip_ptr._icmpv6_error(ip_ptr, packet_ptr, _ICMPV6_UNREACHABLE, _ICMPV6_PORT, 0)
        elif ip_ptr._icmp_error is not None:
            ip_ptr._icmp_error(ip_ptr, packet_ptr, NX_ICMP_DEST_UNREACHABLE_TYPE, NX_ICMP_PORT_UNREACH_CODE)
        _nx_packet_release(packet_ptr)
        return
    socket_ptr.nx_udp_socket_packets_received += 1
    socket_ptr.nx_udp_socket_bytes_received += length - HEADER_SIZE
    _deliver(ip_ptr, socket_ptr, packet_ptr)


def _refuse(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    ip_ptr.nx_ip_udp_invalid_packets += 1
    _nx_packet_release(packet_ptr)


def _deliver(ip_ptr: "NX_IP", socket_ptr: NX_UDP_SOCKET, packet_ptr: "NX_PACKET") -> None:
    """To the first waiting reader, else into the queue, whose oldest datagram makes room; then tell the application."""
    if socket_ptr._receivers:
        packet_ptr._holder = "application"
        wake(socket_ptr, socket_ptr._receivers[0], NX_SUCCESS, packet_ptr)
    else:
        packet_ptr._holder = "UDP receive queue"
        queue = socket_ptr._queue
        queue.append(packet_ptr)
        if len(queue) > socket_ptr.nx_udp_socket_queue_maximum:
            ip_ptr.nx_ip_udp_receive_packets_dropped += 1
            socket_ptr.nx_udp_socket_packets_dropped += 1
            trapped("Q-UDP-OVERFLOW", socket=socket_ptr)
            _nx_packet_release(queue.pop(0))
    if socket_ptr.nx_udp_receive_callback is not None:
        socket_ptr.nx_udp_receive_callback(socket_ptr)


def _nx_udp_socket_receive(socket_ptr: NX_UDP_SOCKET, packet_ptr: "Any", wait_option: int) -> int:
    packet_ptr[0] = None
    while True:
        status, packet = _take_datagram(socket_ptr, wait_option)
        if packet is None:
            return status
        if _checksum_right(socket_ptr, packet):
            packet.nx_packet_prepend_ptr += HEADER_SIZE
            packet.nx_packet_length -= HEADER_SIZE
            packet._holder = "application"
            packet_ptr[0] = packet
            return NX_SUCCESS
        _discount(socket_ptr, packet)


def _take_datagram(socket_ptr: NX_UDP_SOCKET, wait_option: int) -> "tuple[int, NX_PACKET | None]":
    """The next datagram, waiting for one if allowed; else None and the status to return."""
    ip_ptr = ip_of(socket_ptr)
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    packet: "NX_PACKET | None" = None
    if not socket_ptr._bound:
        status = NX_NOT_BOUND
    elif socket_ptr._queue:
        packet = socket_ptr._queue.pop(0)
        status = NX_SUCCESS
    elif not wait_option:
        status = NX_NO_PACKET
    else:
        thread = sim.current
        status = sim.wait(
            socket_ptr._receivers,
            wait_option,
            ip_ptr.nx_ip_protection,
            timeout_status=NX_NO_PACKET,
            what=socket_ptr,
        )
        return status, thread._wait_result if thread is not None else None
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status, packet


def _checksum_right(socket_ptr: NX_UDP_SOCKET, packet: "NX_PACKET") -> bool:
    """Is the checksum right, or not to be looked at? Over IPv6 it always is, and 0 is wrong (RFC 8200 section 8.1)."""
    if packet.nx_packet_interface_ptr.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM:
        return True
    if packet.nx_packet_ip_version == NX_IP_VERSION_V4:
        (stated,) = struct.unpack_from(">H", packet._mem, packet.nx_packet_prepend_ptr + CHECKSUM_AT)
        if stated == NO_CHECKSUM or socket_ptr.nx_udp_socket_disable_checksum:
            return True
    return not finish(received_pseudo_sum(packet, NX_PROTOCOL_UDP) + packet_sum(packet))


def _discount(socket_ptr: NX_UDP_SOCKET, packet: "NX_PACKET") -> None:
    """A datagram with a wrong checksum: it was not received after all."""
    ip_ptr = ip_of(socket_ptr)
    size = packet.nx_packet_length - HEADER_SIZE
    ip_ptr.nx_ip_udp_packets_received -= 1
    ip_ptr.nx_ip_udp_bytes_received -= size
    ip_ptr.nx_ip_udp_invalid_packets += 1
    ip_ptr.nx_ip_udp_checksum_errors += 1
    socket_ptr.nx_udp_socket_packets_received -= 1
    socket_ptr.nx_udp_socket_bytes_received -= size
    socket_ptr.nx_udp_socket_invalid_packets += 1
    socket_ptr.nx_udp_socket_checksum_errors += 1
    _nx_packet_release(packet)


def _nx_udp_socket_bytes_available(socket_ptr: NX_UDP_SOCKET, bytes_available: "Any") -> int:
    if not socket_ptr._bound:
        bytes_available[0] = 0
        return NX_NOT_SUCCESSFUL
    bytes_available[0] = sum([packet.nx_packet_length - HEADER_SIZE for packet in socket_ptr._queue])
    return NX_SUCCESS
