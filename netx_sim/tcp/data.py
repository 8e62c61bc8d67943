"""Received data: cut to the window, put in order, queued packet by packet, handed to readers.

Data in order go to the ready list; data behind a gap wait in `_rx_ahead`, sorted and without overlaps, and use no
window until the gap closes. Nothing is copied: overlaps are cut by moving a packet's pointers.
"""

from netx_sim.constants import (
    NX_PACKET_ALLOCATED,
    NX_PACKET_ENQUEUED,
    NX_PACKET_READY,
    NX_TCP_CLOSED,
    NX_TCP_ESTABLISHED,
    NX_TCP_LISTEN_STATE,
)
from netx_sim.packet import _nx_packet_release
from netx_sim.status import NX_SUCCESS
from netx_sim.tcp.block import NEVER
from netx_sim.tcp.output import ack_send
from netx_sim.tcp.timers import ack_timer_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.packet import NX_PACKET
    from netx_sim.tcp.block import NX_TCP_SOCKET, Segment

MASK = 0xFFFFFFFF
_HALF = 0x80000000


def data_check(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Take the data of a segment that overlaps the window; True if its packet was queued (else it is the caller's)."""
    packet = segment.packet
    if socket_ptr._ip_tcp.low_watermark and _no_room(socket_ptr, packet):
        return False
    packet.nx_packet_prepend_ptr += segment.header_length
    packet.nx_packet_length -= segment.header_length
    expected = socket_ptr.nx_tcp_socket_rx_sequence
    early = (expected - segment.sequence) & MASK
    if early < _HALF and early:
        front_cut(packet, early)
        segment.sequence = expected
        segment.length -= early
    edge = (expected + socket_ptr.nx_tcp_socket_rx_window_current - segment.sequence) & MASK
    if segment.length > edge:
        end_cut(packet, edge)
        segment.length = edge
    if segment.sequence != expected:
        return _ahead(socket_ptr, segment)
    if socket_ptr._rx_ahead:
        _ahead_insert(socket_ptr, segment.sequence, packet)
    _in_order(socket_ptr, packet)
    return True


def _no_room(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET") -> bool:
    """Low watermark build: is the pool too low, or the queue too long, to keep data?"""
    pool = packet.nx_packet_pool_owner
    return (
        pool.nx_packet_pool_available < pool._low_watermark  # type: ignore[union-attr]
        or socket_ptr.nx_tcp_socket_receive_queue_count >= socket_ptr.nx_tcp_socket_receive_queue_maximum
    )


# -- cutting ----------------------------------------------------------------------------------------


def front_cut(packet: "NX_PACKET", count: int) -> None:
    """Take bytes off the front of a chain; packets that are used up stay in it, empty."""
    packet.nx_packet_length -= count
    part: "NX_PACKET | None" = packet
    while part is not None:
        size = part.nx_packet_append_ptr - part.nx_packet_prepend_ptr
        if count <= size:
            part.nx_packet_prepend_ptr += count
            return
        part.nx_packet_prepend_ptr = part.nx_packet_append_ptr
        count -= size
        part = part.nx_packet_next


def end_cut(packet: "NX_PACKET", length: int) -> None:
    """Keep the first `length` bytes of a chain; packets behind them are released."""
    packet.nx_packet_length = length
    part = packet
    while True:
        size = part.nx_packet_append_ptr - part.nx_packet_prepend_ptr
        if length <= size or part.nx_packet_next is None:
            break
        length -= size
        part = part.nx_packet_next
    part.nx_packet_append_ptr = part.nx_packet_prepend_ptr + length
    rest = part.nx_packet_next
    part.nx_packet_next = None
    packet.nx_packet_last = part if part is not packet else None
    if rest is not None:
        _nx_packet_release(rest)


# -- behind a gap -----------------------------------------------------------------------------------


def _ahead(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Data behind a gap: keep what is new, and acknowledge at once; nothing new is acknowledged once more."""
    kept = _ahead_insert(socket_ptr, segment.sequence, segment.packet)
    if kept:
        segment.packet._holder = "tcp receive queue"
        segment.packet.nx_packet_tcp_queue_next = NX_PACKET_ENQUEUED
        socket_ptr.nx_tcp_socket_receive_queue_count += 1
        _count(socket_ptr, segment.length)
    else:
        ack_send(socket_ptr)
    ack_send(socket_ptr)
    return kept


def _ahead_insert(socket_ptr: "NX_TCP_SOCKET", sequence: int, packet: "NX_PACKET") -> bool:
    """Put a packet among those behind gaps; False if they hold all of it already.

    Packets that the new one covers go; of one that overlaps its start the end is cut off; its own end is cut off where
    the next begins. At the expected sequence it is not inserted, only the others are made to fit.
    """
    ahead = socket_ptr._rx_ahead
    base = socket_ptr.nx_tcp_socket_rx_sequence
    start = (sequence - base) & MASK
    end = start + packet.nx_packet_length
    kept: "list[tuple[int, NX_PACKET]]" = []
    place = 0
    for index, (other_sequence, other) in enumerate(ahead):
        other_start = (other_sequence - base) & MASK
        other_end = other_start + other.nx_packet_length
        if other_start <= start and end <= other_end:
            socket_ptr._rx_ahead = kept + ahead[index:]
            return False
        if start <= other_start and other_end <= end:
            _drop(socket_ptr, other)
            continue
        if other_start < start < other_end:
            end_cut(other, start - other_start)
        elif start < other_start < end:
            end_cut(packet, other_start - start)
            end = other_start
        kept.append((other_sequence, other))
        if other_start < start:
            place = len(kept)
    if start:
        kept.insert(place, (sequence, packet))
    socket_ptr._rx_ahead = kept
    return True


def _drop(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET") -> None:
    packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
    socket_ptr.nx_tcp_socket_receive_queue_count -= 1
    _nx_packet_release(packet)


# -- in order ---------------------------------------------------------------------------------------


def _in_order(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET") -> None:
    """Data that continue the stream, and those behind a gap that they close.

    With nothing else to read, a delayed acknowledgement that is due is put off: it is counted from these data.
    """
    if not socket_ptr._rx_ready:
        socket_ptr._ack_deadline = NEVER
    socket_ptr.nx_tcp_socket_receive_queue_count += 1
    _count(socket_ptr, packet.nx_packet_length)
    _ready(socket_ptr, packet)
    ahead = socket_ptr._rx_ahead
    while ahead and ahead[0][0] == socket_ptr.nx_tcp_socket_rx_sequence:
        _ready(socket_ptr, ahead.pop(0)[1])
    data_arrived(socket_ptr)


def _ready(socket_ptr: "NX_TCP_SOCKET", packet: "NX_PACKET") -> None:
    """Append to what can be read; it uses up window."""
    length = packet.nx_packet_length
    packet.nx_packet_tcp_queue_next = NX_PACKET_ENQUEUED
    packet.nx_packet_queue_next = NX_PACKET_READY
    packet._holder = "tcp receive queue"
    socket_ptr._rx_ready.append(packet)
    socket_ptr.nx_tcp_socket_rx_sequence = (socket_ptr.nx_tcp_socket_rx_sequence + length) & MASK
    socket_ptr.nx_tcp_socket_rx_window_current -= length
    socket_ptr.nx_tcp_socket_rx_window_last_sent -= length


def _count(socket_ptr: "NX_TCP_SOCKET", length: int) -> None:
    socket_ptr.nx_tcp_socket_packets_received += 1
    socket_ptr.nx_tcp_socket_bytes_received += length
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    ip_ptr.nx_ip_tcp_packets_received += 1
    ip_ptr.nx_ip_tcp_bytes_received += length


def data_arrived(socket_ptr: "NX_TCP_SOCKET") -> None:
    """The ready list has grown by a segment: callback, waiting readers, acknowledgement."""
    if socket_ptr.nx_tcp_receive_callback is not None:
        socket_ptr.nx_tcp_receive_callback(socket_ptr)
    ack_timer_start(socket_ptr)
    every = socket_ptr._ip_tcp.ack_every
    if every:
        socket_ptr._ack_count += 1
        if socket_ptr._ack_count >= every:
            ack_send(socket_ptr)
    waiters = socket_ptr._receive_waiters
    while waiters and socket_ptr._rx_ready:
        socket_ptr._sim.resume(waiters[0], NX_SUCCESS, ready_take(socket_ptr))


def ready_take(socket_ptr: "NX_TCP_SOCKET") -> "NX_PACKET":
    """Give the oldest packet to a reader: the window opens, and the peer may have to be told.

    It is told at once when the window has opened by half of the size given at create, else by the delayed
    acknowledgement, which reading starts too. Reading the last packet opens the window wholly.
    """
    packet = socket_ptr._rx_ready.pop(0)
    packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
    packet.nx_packet_queue_next = None
    packet._holder = "application"
    socket_ptr.nx_tcp_socket_receive_queue_count -= 1
    default = socket_ptr.nx_tcp_socket_rx_window_default
    if socket_ptr.nx_tcp_socket_receive_queue_count:
        window = socket_ptr.nx_tcp_socket_rx_window_current + packet.nx_packet_length
    else:
        window = default
    socket_ptr.nx_tcp_socket_rx_window_current = window
    state = socket_ptr.nx_tcp_socket_state
    opened = window - socket_ptr.nx_tcp_socket_rx_window_last_sent
    if state == NX_TCP_ESTABLISHED and opened >= default // 2:
        ack_send(socket_ptr)
    elif state not in (NX_TCP_CLOSED, NX_TCP_LISTEN_STATE):
        ack_timer_start(socket_ptr)
    return packet
