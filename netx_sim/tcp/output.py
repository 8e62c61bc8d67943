"""What leaves a connection: control segments, data, and both once more.

Control segments (SYN, ACK, FIN, RST, window probes) are made in a packet of the IP instance's default pool, without
waiting: if there is none they are not sent, and it is the timer that mends it. Data go out in the application's own
packet, which stays in the transmit queue until it is acknowledged.
"""

import struct

from netx_sim.address import address_key
from netx_sim.constants import (
    NX_DRIVER_TX_DONE,
    NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM,
    NX_IP_NORMAL,
    NX_IP_TCP,
    NX_PACKET_ENQUEUED,
    NX_TCP_SYN_RECEIVED,
    NX_IPv4_PACKET,
)
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ip.send import _nx_ip_packet_send
from netx_sim.packet import packet_get
from netx_sim.tcp.block import NEVER
from netx_sim.tcp.timers import timer_start
from netx_sim.traps import trapped
from netx_sim.wire.checksum import finish, ones_sum, ones_sum_chain
from netx_sim.wire.tcp import (
    ACK,
    CHECKSUM_AT,
    FIN,
    FORMAT,
    HEADER_SIZE,
    OPTION_END,
    OPTION_MSS,
    OPTION_NOP,
    OPTION_WINDOW_SCALE,
    PSH,
    RST,
    SYN,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET
    from netx_sim.tcp.block import NX_TCP_SOCKET, Segment

MASK = 0xFFFFFFFF
_LARGEST_WINDOW_FIELD = 0xFFFF
_PROTOCOL_TCP = 6
_IPv6_PACKET = NX_IPv4_PACKET + 20  # its header is 20 bytes longer
_V6_MARK = 1 << 128  # address keys from here on are of IPv6 (address.py); the mark counts as 1 in a checksum
_ROOM_NEEDED = 29  # a control segment is not made in less
_IPV4_AND_TCP = 40  # bytes of headers in front of a segment's data
_ACK_AT = 8  # acknowledgement and window in a header: what a retransmission may have to change
_ACK_TO_WINDOW = ">IHH"

_pack_into = struct.pack_into
_unpack_from = struct.unpack_from


def headers_size(version: int) -> int:
    """Bytes of IP and TCP header in front of the data of a segment."""
    return _IPV4_AND_TCP if version != 6 else _IPV4_AND_TCP + 20


def own_mss(socket_ptr: "NX_TCP_SOCKET") -> int:
    """The segment size to offer: what the interface's MTU leaves, or less if the application said so."""
    mss = socket_ptr.nx_tcp_socket_connect_interface.nx_interface_ip_mtu_size - headers_size(  # type: ignore[union-attr]
        socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_version
    )
    return min(mss, socket_ptr.nx_tcp_socket_mss or mss)


def window_field(socket_ptr: "NX_TCP_SOCKET") -> int:
    """The receive window as a header says it."""
    window = socket_ptr.nx_tcp_socket_rx_window_current >> socket_ptr.nx_tcp_rcv_win_scale_value
    return min(window, _LARGEST_WINDOW_FIELD)


def _acknowledged(socket_ptr: "NX_TCP_SOCKET") -> None:
    """A segment that is about to leave tells the peer how far we are: no acknowledgement is owed any more."""
    socket_ptr.nx_tcp_socket_rx_sequence_acked = socket_ptr.nx_tcp_socket_rx_sequence
    socket_ptr.nx_tcp_socket_rx_window_last_sent = socket_ptr.nx_tcp_socket_rx_window_current
    socket_ptr._ack_deadline = NEVER
    socket_ptr._ack_count = 0


# -- down to IP -------------------------------------------------------------------------------------


def _checksum_put(packet: "NX_PACKET", start: int, source: int, destination: int) -> None:
    """Sum header, data and pseudo header (RFC 9293 section 3.1) into the header at `start`."""
    mem = packet._mem
    if packet.nx_packet_next is None:
        total = ones_sum(mem[start : packet.nx_packet_append_ptr])
    else:
        total = ones_sum_chain(_parts(packet))
    total += source + destination + _PROTOCOL_TCP + packet.nx_packet_length
    _pack_into(">H", mem, start + CHECKSUM_AT, finish(total))


def pseudo_addresses(socket_ptr: "NX_TCP_SOCKET") -> "tuple[int, int]":
    """Our address and the peer's as they count in the pseudo header, of whatever length they are."""
    ipv6_source = socket_ptr.nx_tcp_socket_ipv6_addr
    words = socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_address.v6
    if ipv6_source is not None:
        return ipv6_source._number, sum(words)
    return socket_ptr.nx_tcp_socket_connect_interface.nx_interface_ip_address, words[0]  # type: ignore[union-attr]


def _headroom(socket_ptr: "NX_TCP_SOCKET") -> int:
    """Bytes left free in front of a control segment, for the headers below."""
    return NX_IPv4_PACKET if socket_ptr.nx_tcp_socket_ipv6_addr is None else _IPv6_PACKET


def _parts(packet: "NX_PACKET | None") -> "list[memoryview]":
    parts = []
    while packet is not None:
        parts.append(packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr])
        packet = packet.nx_packet_next
    return parts


def _transmit(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET") -> None:
    """Give a complete segment to IP."""
    ipv6_source = socket_ptr.nx_tcp_socket_ipv6_addr
    if ipv6_source is not None:
        ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
        ip_ptr._ipv6_tcp_send(ip_ptr, packet, ipv6_source, address_key(socket_ptr.nx_tcp_socket_connect_ip))  # type: ignore[misc]
        return
    packet.nx_packet_interface_ptr = socket_ptr.nx_tcp_socket_connect_interface
    _nx_ip_packet_send(
        socket_ptr.nx_tcp_socket_ip_ptr,
        packet,
        socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_address.v6[0],
        socket_ptr.nx_tcp_socket_type_of_service,
        socket_ptr.nx_tcp_socket_time_to_live,
        NX_IP_TCP,
        socket_ptr.nx_tcp_socket_fragment_enable,
        socket_ptr.nx_tcp_socket_next_hop_address,
    )


# -- control segments -------------------------------------------------------------------------------


def _control_packet(ip_ptr: "NX_IP", size: int, headroom: int = NX_IPv4_PACKET) -> "NX_PACKET | None":
    """A packet of the pool for small packets with room for a header of `size` bytes; None if there is none."""
    pool = ip_ptr._small_pool
    packet = None
    if pool.nx_packet_pool_payload_size >= headroom + _ROOM_NEEDED:
        packet = packet_get(pool, headroom, "tcp control segment")
    if packet is None:
        trapped("Q-CONTROL-LOST", pool=pool)
        return None
    packet.nx_packet_append_ptr = packet.nx_packet_prepend_ptr + size
    packet.nx_packet_length = size
    return packet


def control_send(
    socket_ptr: "NX_TCP_SOCKET", flags: int, sequence: int, acknowledgement: int, window: int, tail: bytes = b""
) -> None:
    """Send a segment without queueing it; `tail` is its options (of a SYN) or its data (of a probe)."""
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    size = HEADER_SIZE + len(tail)
    packet = _control_packet(ip_ptr, size, _headroom(socket_ptr))
    if packet is None:
        return
    start = packet.nx_packet_prepend_ptr
    mem = packet._mem
    length = (size if flags & SYN else HEADER_SIZE) << 2
    key = socket_ptr._key
    ports = (key[0], key[2]) if key is not None else (0, 0)
    if ports[1] > 0xFFFF:
        # Only the POP3 client lets such a number through. The device joins the ports to one word by OR.
        ports = (ports[0] | ports[1] >> 16) & 0xFFFF, ports[1] & 0xFFFF
    _pack_into(FORMAT, mem, start, *ports, sequence, acknowledgement, length, flags, window, 0, 0)
    if tail:
        mem[start + HEADER_SIZE : start + size] = tail
    interface = socket_ptr.nx_tcp_socket_connect_interface
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM:  # type: ignore[union-attr]
        _checksum_put(packet, start, *pseudo_addresses(socket_ptr))
    _transmit(socket_ptr, packet)


def ack_send(socket_ptr: "NX_TCP_SOCKET", sequence: "int | None" = None) -> None:
    """Acknowledge now; `sequence` other than the next to send only for the peer of a waiting sender."""
    if sequence is None:
        sequence = socket_ptr.nx_tcp_socket_tx_sequence
    window = window_field(socket_ptr)
    _acknowledged(socket_ptr)
    control_send(socket_ptr, ACK, sequence, socket_ptr.nx_tcp_socket_rx_sequence, window)


def fin_send(socket_ptr: "NX_TCP_SOCKET", sequence: int) -> None:
    """Send the FIN, whose place in the stream is `sequence`."""
    window = window_field(socket_ptr)
    _acknowledged(socket_ptr)
    control_send(socket_ptr, FIN | ACK, sequence, socket_ptr.nx_tcp_socket_rx_sequence, window)


def syn_send(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Send the SYN, or in SYN_RECEIVED the SYN-ACK; the next sequence number already counts it."""
    mss = own_mss(socket_ptr)
    scale = socket_ptr.nx_tcp_rcv_win_scale_value
    answer = socket_ptr.nx_tcp_socket_state == NX_TCP_SYN_RECEIVED
    options = bytes((OPTION_MSS, 4, mss >> 8 & 0xFF, mss & 0xFF)) + _scale_option(socket_ptr, scale, answer)
    _acknowledged(socket_ptr)
    control_send(
        socket_ptr,
        SYN | ACK if answer else SYN,
        (socket_ptr.nx_tcp_socket_tx_sequence - 1) & MASK,
        socket_ptr.nx_tcp_socket_rx_sequence if answer else 0,
        min(socket_ptr.nx_tcp_socket_rx_window_current, _LARGEST_WINDOW_FIELD),  # never scaled (RFC 7323 2.2)
        options,
    )


def _scale_option(socket_ptr: "NX_TCP_SOCKET", scale: int, answer: bool) -> bytes:
    """The second word of a SYN's options: the window scale if that is compiled in and, in an answer, was asked for."""
    if socket_ptr._ip_tcp.scaling and (not answer or socket_ptr._scale_offered):
        return bytes((OPTION_WINDOW_SCALE, 3, scale, OPTION_END))
    return bytes((OPTION_NOP, OPTION_NOP, OPTION_NOP, OPTION_END))


def probe_send(socket_ptr: "NX_TCP_SOCKET", sequence: int, byte: int) -> None:
    """Ask a peer with a closed window how it is, with one byte it has to answer (RFC 9293 section 3.8.6.1)."""
    window = window_field(socket_ptr)
    _acknowledged(socket_ptr)
    control_send(socket_ptr, ACK, sequence, socket_ptr.nx_tcp_socket_rx_sequence, window, bytes((byte,)))


def keepalive_send(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Ask whether the peer is still there, with a sequence it must correct (RFC 9293 section 3.8.4)."""
    sequence = (socket_ptr.nx_tcp_socket_tx_sequence - 1) & MASK
    control_send(socket_ptr, ACK, sequence, socket_ptr.nx_tcp_socket_rx_sequence, window_field(socket_ptr))


def abort_send(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Reset the peer of our own accord: the next sequence number, no acknowledgement."""
    control_send(socket_ptr, RST, socket_ptr.nx_tcp_socket_tx_sequence, 0, window_field(socket_ptr))


def _reset_numbers(segment: "Segment") -> "tuple[int, int, int]":
    """Flags, sequence and acknowledgement of the reset that answers a segment (RFC 9293 section 3.10.7.1)."""
    if segment.flags & ACK:
        return RST, segment.acknowledgement, 0
    occupied = segment.length + (1 if segment.flags & (SYN | FIN) else 0)
    return RST | ACK, 0, (segment.sequence + occupied) & MASK


def reset_send(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> None:
    """Answer a segment with a reset; that of a socket carries its receive window."""
    flags, sequence, acknowledgement = _reset_numbers(segment)
    control_send(socket_ptr, flags, sequence, acknowledgement, window_field(socket_ptr))


def no_socket_reset_send(ip_ptr: "NX_IP", segment: "Segment") -> None:
    """Answer a segment that belongs to no connection; never a reset."""
    if segment.flags & RST:
        return
    if segment.source >= _V6_MARK:
        _ipv6_reset_send(ip_ptr, segment)
        return
    status, interface, next_hop = _nx_ip_route_find(ip_ptr, segment.source, segment.packet.nx_packet_interface_ptr)
    packet = _control_packet(ip_ptr, HEADER_SIZE) if not status else None
    if packet is None or interface is None:
        return
    start = _reset_write(packet, segment)
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM:
        _checksum_put(packet, start, interface.nx_interface_ip_address, segment.source)
    packet.nx_packet_interface_ptr = interface
    time_to_live = ip_ptr._sim.config.NX_IP_TIME_TO_LIVE
    _nx_ip_packet_send(ip_ptr, packet, segment.source, NX_IP_NORMAL, time_to_live, NX_IP_TCP, 0, next_hop)


def _reset_write(packet: "NX_PACKET", segment: "Segment") -> int:
    """Write the header of a reset that belongs to no connection; where it starts."""
    flags, sequence, acknowledgement = _reset_numbers(segment)
    start = packet.nx_packet_prepend_ptr
    ports = (segment.port, segment.source_port)
    _pack_into(FORMAT, packet._mem, start, *ports, sequence, acknowledgement, HEADER_SIZE << 2, flags, 0, 0, 0)
    return start


def _ipv6_reset_send(ip_ptr: "NX_IP", segment: "Segment") -> None:
    """The same over IPv6, from the address the segment was sent to."""
    source = segment.packet.nx_packet_ipv6_address_ptr
    packet = _control_packet(ip_ptr, HEADER_SIZE, _IPv6_PACKET) if source is not None else None
    if packet is None:
        return
    start = _reset_write(packet, segment)
    capability = source.nxd_ipv6_address_attached.nx_interface_capability_flag
    if not capability & NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM:
        _checksum_put(packet, start, source._number, segment.source - 1)
    ip_ptr._ipv6_tcp_send(ip_ptr, packet, source, segment.source)  # type: ignore[misc]


# -- data -------------------------------------------------------------------------------------------


def data_send(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET", length: int) -> None:
    """Put the header in front of a packet's `length` bytes of data, queue it and send it. Packet: taken."""
    sequence = socket_ptr.nx_tcp_socket_tx_sequence
    current = socket_ptr.nx_tcp_socket_rx_window_current
    acknowledgement = socket_ptr.nx_tcp_socket_rx_sequence
    window = current >> socket_ptr.nx_tcp_rcv_win_scale_value
    packet.nx_packet_prepend_ptr = start = packet.nx_packet_prepend_ptr - HEADER_SIZE
    packet.nx_packet_length = length + HEADER_SIZE
    local_port, _, port = socket_ptr._key  # type: ignore[misc]
    _pack_into(
        FORMAT,
        packet._mem,
        start,
        local_port,
        port,
        sequence,
        acknowledgement,
        HEADER_SIZE << 2,
        PSH | ACK,
        window if window < _LARGEST_WINDOW_FIELD else _LARGEST_WINDOW_FIELD,
        0,
        0,
    )
    interface = socket_ptr.nx_tcp_socket_connect_interface
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM:  # type: ignore[union-attr]
        if socket_ptr.nx_tcp_socket_ipv6_addr is None:
            destination = socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_address.v6[0]
            _checksum_put(packet, start, interface.nx_interface_ip_address, destination)  # type: ignore[union-attr]
        else:
            _checksum_put(packet, start, *pseudo_addresses(socket_ptr))
    packet.nx_packet_tcp_queue_next = NX_PACKET_ENQUEUED
    packet.nx_packet_queue_next = None
    packet.nx_packet_ip_header_length = 0
    packet._holder = "tcp transmit queue"
    socket_ptr.nx_tcp_socket_tx_sequence = (sequence + length) & MASK
    socket_ptr.nx_tcp_socket_tx_outstanding_bytes += length
    socket_ptr.nx_tcp_socket_rx_sequence_acked = acknowledgement
    socket_ptr.nx_tcp_socket_rx_window_last_sent = current
    socket_ptr._ack_deadline = NEVER
    socket_ptr._ack_count = 0
    socket_ptr.nx_tcp_socket_zero_window_probe_has_data = False
    if not socket_ptr._sent:
        socket_ptr.nx_tcp_socket_timeout_retries = 0
        timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)
    socket_ptr._sent.append((packet, sequence, length))
    socket_ptr.nx_tcp_socket_transmit_sent_count += 1
    socket_ptr.nx_tcp_socket_packets_sent += 1
    socket_ptr.nx_tcp_socket_bytes_sent += length
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    ip_ptr.nx_ip_tcp_packets_sent += 1
    ip_ptr.nx_ip_tcp_bytes_sent += length
    _transmit(socket_ptr, packet)


def data_resend(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET") -> bool:
    """Send a queued packet once more, unless the driver still has it.

    If acknowledgement and window are what they were, the old headers go out again, IP identification included.
    """
    if packet.nx_packet_queue_next != NX_DRIVER_TX_DONE:
        return False
    start = packet.nx_packet_prepend_ptr
    window = window_field(socket_ptr)
    acknowledgement = socket_ptr.nx_tcp_socket_rx_sequence
    old_acknowledgement, _, old_window = _unpack_from(_ACK_TO_WINDOW, packet._mem, start + _ACK_AT)
    if old_acknowledgement == acknowledgement and old_window == window:
        # Without a header length IP did not get as far as writing its own.
        packet.nx_packet_identical_copy = 1 if packet.nx_packet_ip_header_length else 0
    else:
        _header_renew(socket_ptr, packet, acknowledgement, window)
    packet.nx_packet_queue_next = None
    packet.nx_packet_ip_header_length = 0
    socket_ptr.nx_tcp_socket_retransmit_packets += 1
    socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_tcp_retransmit_packets += 1
    _transmit(socket_ptr, packet)
    return True


def _header_renew(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET", acknowledgement: int, window: int) -> None:
    """Bring acknowledgement, window and checksum of a queued packet up to date."""
    start = packet.nx_packet_prepend_ptr
    flags = ((HEADER_SIZE << 2) << 8) | PSH | ACK
    _pack_into(">IHHHH", packet._mem, start + _ACK_AT, acknowledgement, flags, window, 0, 0)
    packet.nx_packet_identical_copy = 0
    interface = socket_ptr.nx_tcp_socket_connect_interface
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM:  # type: ignore[union-attr]
        _checksum_put(packet, start, *pseudo_addresses(socket_ptr))
    _acknowledged(socket_ptr)
