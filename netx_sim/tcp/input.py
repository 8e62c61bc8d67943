"""From a received packet to the handler of its socket's state.

Order of work, RFC 9293 section 3.10.7 where the device does not say otherwise: header and checksum; which socket;
options; acceptability; RST; SYN; missing ACK; the state's handler (`states`); urgent data; waiting senders.
"""

import struct

from netx_sim.constants import (
    NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM,
    NX_TCP_ESTABLISHED,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
)
from netx_sim.packet import _nx_packet_release
from netx_sim.tcp.acknowledge import sender_wake
from netx_sim.tcp.close import connection_reset
from netx_sim.tcp.listen import listen_segment
from netx_sim.tcp.options import (
    BAD_LENGTH,
    GOOD,
    MSS_DEFAULT_IPV4,
    MSS_DEFAULT_IPV6,
    options_read,
    scale_take,
)
from netx_sim.tcp.output import ack_send, no_socket_reset_send, reset_send
from netx_sim.tcp.states import ON_SEGMENT, expected_segment, mss_take
from netx_sim.wire.checksum import ones_sum, ones_sum_chain
from netx_sim.wire.tcp import ACK, FORMAT, HEADER_SIZE, PSH, RST, SYN, URG

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET
    from netx_sim.tcp.block import NX_TCP_SOCKET, Segment

MASK = 0xFFFFFFFF
_HALF = 0x80000000
_PROTOCOL_TCP = 6

_unpack_from = struct.unpack_from


def _nx_tcp_packet_receive(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """Process a segment, in the IP thread. Packet: taken, prepend at its TCP header."""
    start = packet_ptr.nx_packet_prepend_ptr
    total = packet_ptr.nx_packet_length
    room = packet_ptr.nx_packet_append_ptr - start
    if room < HEADER_SIZE:
        _invalid(ip_ptr, packet_ptr)
        return
    mem = packet_ptr._mem
    source, destination = _unpack_from(">II", mem, packet_ptr.nx_packet_ip_header + 12)  # type: ignore[operator]
    if packet_ptr.nx_packet_ip_version != 4:
        source, destination = ip_ptr._ipv6_peer(packet_ptr)  # type: ignore[misc]
    interface = packet_ptr.nx_packet_interface_ptr
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM:
        if packet_ptr.nx_packet_next is None:
            summed = ones_sum(mem[start : start + room])
        else:
            summed = ones_sum_chain(_parts(packet_ptr))
        if (summed + source + destination + _PROTOCOL_TCP + total) % 0xFFFF:
            ip_ptr.nx_ip_tcp_checksum_errors += 1
            _invalid(ip_ptr, packet_ptr)
            return
    source_port, port, sequence, acknowledgement, words, flags, window, _, _ = _unpack_from(FORMAT, mem, start)
    header_length = words >> 4 << 2
    if not HEADER_SIZE <= header_length <= room:
        _invalid(ip_ptr, packet_ptr)
        return
    tcp = ip_ptr._tcp
    segment = tcp.segment
    segment.packet = packet_ptr
    segment.source = source
    segment.source_port = source_port
    segment.port = port
    segment.sequence = sequence
    segment.acknowledgement = acknowledgement
    segment.flags = flags
    segment.window = window
    segment.header_length = header_length
    segment.length = total - header_length
    socket_ptr = tcp.connections.get((port, source, source_port))
    if socket_ptr is not None:
        if not packet_process(socket_ptr, segment):
            _nx_packet_release(packet_ptr)
    elif not listen_segment(ip_ptr, segment):
        _no_socket(ip_ptr, segment)


def _parts(packet: "NX_PACKET | None") -> "list[memoryview]":
    parts = []
    while packet is not None:
        parts.append(packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr])
        packet = packet.nx_packet_next
    return parts


def _invalid(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    ip_ptr.nx_ip_tcp_invalid_packets += 1
    _nx_packet_release(packet)


def _no_socket(ip_ptr: "NX_IP", segment: "Segment") -> None:
    """Nobody wants it: the sender is told, unless a listening port only ignores it."""
    ip_ptr.nx_ip_tcp_receive_packets_dropped += 1
    if segment.flags & SYN:
        ip_ptr.nx_ip_tcp_connections_dropped += 1
    if segment.flags & ACK or segment.port not in ip_ptr._tcp.listens:
        no_socket_reset_send(ip_ptr, segment)
    _nx_packet_release(segment.packet)


# -- a socket's segment -----------------------------------------------------------------------------


def packet_process(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Judge a segment and give it to the handler of the socket's state; True if its packet was queued."""
    state = socket_ptr.nx_tcp_socket_state
    queued: "bool | None"
    if state == NX_TCP_ESTABLISHED and _expected(socket_ptr, segment):
        queued = expected_segment(socket_ptr, segment)
    else:
        queued = _judge(socket_ptr, segment, state)
        if queued is None:
            return False
    if socket_ptr._send_waiters:
        sender_wake(socket_ptr, segment)
    if socket_ptr._segment_notify is not None:
        socket_ptr._segment_notify(socket_ptr)
    return queued


def _expected(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Header prediction: is it the next data, or an acknowledgement, and nothing else to look at?"""
    return (
        segment.sequence == socket_ptr.nx_tcp_socket_rx_sequence
        and (segment.flags | PSH) == (PSH | ACK)
        and segment.header_length == HEADER_SIZE
        and socket_ptr.nx_tcp_socket_rx_window_current > 0
        and not socket_ptr.nx_tcp_socket_fin_received
        and not socket_ptr._ip_tcp.keepalive
    )


def _judge(socket_ptr: "NX_TCP_SOCKET", segment: "Segment", state: int) -> "bool | None":
    """All that may be wrong with a segment, then the state's handler; None: it never came to that."""
    if (segment.header_length > HEADER_SIZE or segment.flags & SYN) and state >= NX_TCP_SYN_SENT:
        if not _options_take(socket_ptr, segment):
            reset_send(socket_ptr, segment)
            connection_reset(socket_ptr)
            return None
    if state >= NX_TCP_SYN_RECEIVED:
        if not _acceptable(socket_ptr, segment):
            if not segment.flags & RST:
                ack_send(socket_ptr)
            return None
        if not _flags_allow(socket_ptr, segment):
            return None
        if socket_ptr._ip_tcp.keepalive:
            from netx_sim.tcp.keepalive import keepalive_start

            keepalive_start(socket_ptr)
    urgent = segment.flags & URG and state >= NX_TCP_SYN_RECEIVED
    queued = ON_SEGMENT[state](socket_ptr, segment)
    if urgent and socket_ptr.nx_tcp_urgent_data_callback is not None:
        socket_ptr.nx_tcp_urgent_data_callback(socket_ptr)
    return queued


def _acceptable(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Does the segment overlap the receive window?

    With the window closed, empty segments at the expected sequence do, and those with ACK, RST or URG at any.
    """
    window = socket_ptr.nx_tcp_socket_rx_window_current
    offset = (segment.sequence - socket_ptr.nx_tcp_socket_rx_sequence) & MASK
    if not segment.length:
        if window:
            return offset < window
        return not offset or bool(segment.flags & (ACK | RST | URG))
    if offset < window:
        return True
    # In front of the window: does its end reach in?
    return bool(window) and offset >= _HALF and offset + segment.length > MASK + 1


def _flags_allow(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """RST and SYN end the connection, whatever they acknowledge; without ACK a segment is dropped silently."""
    flags = segment.flags
    if flags & RST:
        connection_reset(socket_ptr)
        return False
    if flags & SYN:
        reset_send(socket_ptr, segment)
        connection_reset(socket_ptr)
        return False
    return bool(flags & ACK)


def _options_take(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Read the options; False if they spoil the segment. A SYN's are used even if the SYN is then refused."""
    packet = segment.packet
    start = packet.nx_packet_prepend_ptr
    judgement, mss, scale = options_read(packet._mem, start + HEADER_SIZE, start + segment.header_length)
    if not segment.flags & SYN:
        return judgement != BAD_LENGTH
    if judgement != GOOD:
        socket_ptr.nx_tcp_socket_connect_mss = 0
        return False
    mss = mss or default_mss(socket_ptr)
    config = socket_ptr._sim.config
    if config.NX_ENABLE_TCP_MSS_CHECK and mss < config.NX_TCP_MSS_MINIMUM:
        return False
    if socket_ptr.nx_tcp_socket_state == NX_TCP_SYN_SENT:
        scale_take(socket_ptr, scale)
        if not segment.flags & ACK:
            # The window of a simultaneous open starts from the segment size of before.
            socket_ptr.nx_tcp_socket_peer_mss = mss
            return True
    mss_take(socket_ptr, mss)
    return True


def default_mss(socket_ptr: "NX_TCP_SOCKET") -> int:
    """What a peer takes that does not say (RFC 9293 section 3.7.1)."""
    version = socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_version
    return MSS_DEFAULT_IPV6 if version == 6 else MSS_DEFAULT_IPV4
