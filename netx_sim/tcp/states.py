"""What a segment does in each state (RFC 9293 section 3.10.7.4, from the fifth step on), where the device differs
from the RFC as the device does it. A handler returns True if it queued the segment's packet.

Before a handler runs, `input` has judged options, window, RST, SYN and the missing ACK of all states from
SYN_RECEIVED on. There is a handler per NX_TCP_* number in `ON_SEGMENT`.
"""

from netx_sim.constants import (
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSING,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_2,
    NX_TCP_SYN_RECEIVED,
)
from netx_sim.status import NX_NOT_CONNECTED, NX_SUCCESS
from netx_sim.tcp.acknowledge import ack_check, initial_window
from netx_sim.tcp.block import _state_set
from netx_sim.tcp.close import connection_reset, last_ack_end, timed_wait_enter, wake_all
from netx_sim.tcp.data import data_check
from netx_sim.tcp.output import ack_send, own_mss, reset_send, syn_send
from netx_sim.tcp.timers import timer_stop
from netx_sim.wire.tcp import ACK, FIN, RST, SYN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.tcp.block import NX_TCP_SOCKET, Segment

MASK = 0xFFFFFFFF


def _ignore(_socket_ptr: "NX_TCP_SOCKET", _segment: "Segment") -> bool:
    """CLOSED and LISTEN with a peer that is remembered: its segments are swallowed."""
    return False


# -- opening ----------------------------------------------------------------------------------------


def _syn_sent(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """RFC 9293 section 3.10.7.3, without its blind-reset rules: only RST with ACK of our SYN ends the attempt."""
    flags = segment.flags
    if flags & ACK and segment.acknowledgement != socket_ptr.nx_tcp_socket_tx_sequence:
        if not flags & RST:
            reset_send(socket_ptr, segment)
        return False
    if flags & RST:
        if flags & ACK:
            connection_reset(socket_ptr)
        return False
    if not flags & SYN:
        return False
    socket_ptr.nx_tcp_socket_rx_sequence = (segment.sequence + 1) & MASK
    if not flags & ACK:
        _simultaneous_open(socket_ptr, segment)
        return False
    _state_set(socket_ptr, NX_TCP_ESTABLISHED)
    ack_send(socket_ptr)
    _established_enter(socket_ptr, segment)
    # Data with the SYN-ACK: their first byte is taken to sit at the SYN's own number, and is cut off.
    return bool(segment.length) and data_check(socket_ptr, segment)


def _simultaneous_open(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> None:
    """Both sides sent a SYN: the device answers once, and no timer runs any more."""
    _windows_start(socket_ptr, segment)
    _state_set(socket_ptr, NX_TCP_SYN_RECEIVED)
    mss_take(socket_ptr, socket_ptr.nx_tcp_socket_peer_mss)
    timer_stop(socket_ptr)
    syn_send(socket_ptr)


def mss_take(socket_ptr: "NX_TCP_SOCKET", peer_mss: int) -> None:
    """Use the smaller of the peer's segment size and our own."""
    socket_ptr.nx_tcp_socket_peer_mss = peer_mss
    socket_ptr.nx_tcp_socket_connect_mss = min(peer_mss, own_mss(socket_ptr))


def _windows_start(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> None:
    """The peer's first window field, which is never scaled in a SYN; slow start begins."""
    scale = 0 if segment.flags & SYN else socket_ptr.nx_tcp_snd_win_scale_value
    window = segment.window << scale
    socket_ptr.nx_tcp_socket_tx_window_advertised = window
    socket_ptr.nx_tcp_socket_tx_slow_start_threshold = window
    repeated = socket_ptr.nx_tcp_socket_timeout_retries > 0
    socket_ptr.nx_tcp_socket_tx_window_congestion = initial_window(socket_ptr, repeated)
    socket_ptr._window_sequence = segment.sequence
    sequence = socket_ptr.nx_tcp_socket_tx_sequence
    socket_ptr.nx_tcp_socket_tx_sequence_recover = (sequence - 1) & MASK
    socket_ptr.nx_tcp_socket_previous_highest_ack = sequence


def _established_enter(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> None:
    """The handshake is complete."""
    _windows_start(socket_ptr, segment)
    timer_stop(socket_ptr)
    if socket_ptr._ip_tcp.keepalive:
        from netx_sim.tcp.keepalive import keepalive_start

        keepalive_start(socket_ptr)
    if socket_ptr.nx_tcp_establish_notify is not None:
        socket_ptr.nx_tcp_establish_notify(socket_ptr)
    wake_all(socket_ptr, socket_ptr._connect_waiters, NX_SUCCESS)


def _syn_received(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Only the acknowledgement of our SYN counts; data with it are taken, a FIN with it is not seen."""
    if segment.acknowledgement != socket_ptr.nx_tcp_socket_tx_sequence:
        reset_send(socket_ptr, segment)
        return False
    _state_set(socket_ptr, NX_TCP_ESTABLISHED)
    _established_enter(socket_ptr, segment)
    return bool(segment.length) and data_check(socket_ptr, segment)


# -- data and FIN -----------------------------------------------------------------------------------


def _data_and_fin(socket_ptr: "NX_TCP_SOCKET", segment: "Segment", idle: bool) -> "tuple[bool, bool]":
    """Take data and note a FIN: was the packet queued, has the FIN come to its turn?"""
    queued = False
    if segment.length:
        queued = data_check(socket_ptr, segment)
    else:
        _empty(socket_ptr, segment, idle)
    if segment.flags & FIN and not socket_ptr.nx_tcp_socket_fin_received:
        socket_ptr.nx_tcp_socket_fin_received = True
        # Behind the data that were kept, also where the window's edge cut some off.
        socket_ptr.nx_tcp_socket_fin_sequence = (segment.sequence + segment.length) & MASK
    return queued, (
        socket_ptr.nx_tcp_socket_fin_received
        and socket_ptr.nx_tcp_socket_rx_sequence == socket_ptr.nx_tcp_socket_fin_sequence
    )


def _empty(socket_ptr: "NX_TCP_SOCKET", segment: "Segment", idle: bool) -> None:
    """A segment without data is answered off the expected sequence, and at it if the window is closed: a probe."""
    expected = segment.sequence == socket_ptr.nx_tcp_socket_rx_sequence
    if socket_ptr.nx_tcp_socket_rx_window_current:
        answer = not expected
    else:
        answer = expected and idle
    if answer:
        ack_send(socket_ptr)


def _fin_take(socket_ptr: "NX_TCP_SOCKET") -> None:
    """The peer's FIN is the next in the stream."""
    socket_ptr.nx_tcp_socket_rx_sequence = (socket_ptr.nx_tcp_socket_rx_sequence + 1) & MASK


def expected_segment(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """`_established` for what nearly all segments are: at the expected number, window open, no FIN known."""
    return ack_check(socket_ptr, segment) and segment.length > 0 and data_check(socket_ptr, segment)


def _established(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    idle = not socket_ptr._sent
    if not ack_check(socket_ptr, segment):
        return False
    queued, fin = _data_and_fin(socket_ptr, segment, idle)
    if fin:
        _fin_take(socket_ptr)
        _state_set(socket_ptr, NX_TCP_CLOSE_WAIT)
        ack_send(socket_ptr)
        if socket_ptr.nx_tcp_socket_disconnect_callback is not None:
            socket_ptr.nx_tcp_socket_disconnect_callback(socket_ptr)
        wake_all(socket_ptr, socket_ptr._receive_waiters, NX_NOT_CONNECTED)
    return queued


def _fin_acknowledged(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Does the segment acknowledge our FIN?"""
    return segment.acknowledgement == socket_ptr.nx_tcp_socket_tx_sequence and not socket_ptr._sent


def _close_wait(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """The peer has closed: what it sends now is only used for its acknowledgement."""
    ack_check(socket_ptr, segment)
    return False


def _fin_wait_1(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    idle = not socket_ptr._sent
    if not ack_check(socket_ptr, segment):
        return False
    acknowledged = _fin_acknowledged(socket_ptr, segment)
    if acknowledged:
        timer_stop(socket_ptr)
    queued, fin = _data_and_fin(socket_ptr, segment, idle)
    if not fin:
        if acknowledged:
            _state_set(socket_ptr, NX_TCP_FIN_WAIT_2)
        return queued
    _fin_take(socket_ptr)
    ack_send(socket_ptr)
    if acknowledged:
        timed_wait_enter(socket_ptr)
    else:
        _state_set(socket_ptr, NX_TCP_CLOSING)
    return queued


def _fin_wait_2(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    idle = not socket_ptr._sent
    if not ack_check(socket_ptr, segment):
        return False
    queued, fin = _data_and_fin(socket_ptr, segment, idle)
    if fin:
        _fin_take(socket_ptr)
        ack_send(socket_ptr)
        timed_wait_enter(socket_ptr)
    return queued


def _closing(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    if ack_check(socket_ptr, segment) and _fin_acknowledged(socket_ptr, segment):
        timed_wait_enter(socket_ptr)
    return False


def _timed_wait(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    ack_check(socket_ptr, segment)
    return False


def _last_ack(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    if ack_check(socket_ptr, segment) and _fin_acknowledged(socket_ptr, segment):
        last_ack_end(socket_ptr)
    return False


# Index: NX_TCP_CLOSED to NX_TCP_LAST_ACK.
ON_SEGMENT = (
    _ignore,
    _ignore,
    _ignore,
    _syn_sent,
    _syn_received,
    _established,
    _close_wait,
    _fin_wait_1,
    _fin_wait_2,
    _closing,
    _timed_wait,
    _last_ack,
)
