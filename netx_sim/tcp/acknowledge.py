"""What the acknowledgement and window of an acceptable segment do: queue, timer, congestion, recovery.

Read first: RFC 5681 (congestion), RFC 6582 (fast recovery without SACK). Differences are the device's:

- the window shrinks and grows as the RFCs say, but without an upper bound: next to a tiny window one acknowledgement
  adds MSS * MSS / cwnd;
- any segment with the acknowledgement of the last counts as a duplicate, also with data or another window;
- a partial acknowledgement in recovery takes the acknowledged bytes off the window and adds nothing back.
"""

from netx_sim.constants import (
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSING,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_1,
    NX_TCP_LAST_ACK,
)
from netx_sim.seq import seq_gt
from netx_sim.tcp.block import NEVER
from netx_sim.tcp.close import sent_release
from netx_sim.tcp.output import ack_send, data_resend
from netx_sim.tcp.timers import timer_start, timer_stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.tcp.block import NX_TCP_SOCKET, Segment

MASK = 0xFFFFFFFF
_HALF = 0x80000000
_DUPLICATES_FOR_RETRANSMIT = 3

# Our FIN is out and the timer repeats it.
_FIN_PENDING = (NX_TCP_FIN_WAIT_1, NX_TCP_CLOSING, NX_TCP_LAST_ACK)
_MAY_SEND = (NX_TCP_ESTABLISHED, NX_TCP_CLOSE_WAIT)


def ack_check(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> bool:
    """Use acknowledgement and window of a segment; False if it acknowledges what was never sent: then it is void."""
    acknowledgement = segment.acknowledgement
    end = _sent_end(socket_ptr)
    if (end - acknowledgement) & MASK >= _HALF:
        ack_send(socket_ptr, end)
        return False
    _window_take(socket_ptr, segment)
    if socket_ptr._sent:
        oldest = (socket_ptr.nx_tcp_socket_tx_sequence - socket_ptr.nx_tcp_socket_tx_outstanding_bytes) & MASK
        if acknowledgement == oldest:
            _duplicate(socket_ptr, acknowledgement)
        elif (acknowledgement - oldest) & MASK < _HALF:
            _advance(socket_ptr, acknowledgement, oldest)
    return True


def _sent_end(socket_ptr: "NX_TCP_SOCKET") -> int:
    """Behind the last number that was sent: also that of a probe's byte, which the peer may or may not have taken."""
    probing = 1 if socket_ptr.nx_tcp_socket_zero_window_probe_has_data else 0
    return (socket_ptr.nx_tcp_socket_tx_sequence + probing) & MASK


def _window_take(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> None:
    """Take the peer's window, unless a later segment told it before."""
    if (segment.sequence - socket_ptr._window_sequence) & MASK >= _HALF:
        return
    socket_ptr._window_sequence = segment.sequence
    was_closed = not socket_ptr.nx_tcp_socket_tx_window_advertised
    window = segment.window << socket_ptr.nx_tcp_snd_win_scale_value
    socket_ptr.nx_tcp_socket_tx_window_advertised = window
    socket_ptr.nx_tcp_socket_zero_window_probe_failure = 0
    if was_closed and window and socket_ptr.nx_tcp_socket_state in _MAY_SEND:
        # No probes any more, and those that were answered are no failed repetitions of data.
        if socket_ptr._sent:
            socket_ptr.nx_tcp_socket_timeout_retries = 0
        else:
            timer_stop(socket_ptr)


# -- new acknowledgements ---------------------------------------------------------------------------


def _advance(socket_ptr: "NX_TCP_SOCKET", acknowledgement: int, oldest: int) -> None:
    """Release what is acknowledged; a packet counts only as a whole."""
    sent = socket_ptr._sent
    acknowledged = 0
    while sent:
        packet, sequence, length = sent[0]
        if (acknowledgement - sequence - length) & MASK >= _HALF:
            break
        sent.pop(0)
        acknowledged += length
        sent_release(packet)
    if not acknowledged:
        return
    was_full = socket_ptr.nx_tcp_socket_transmit_sent_count >= socket_ptr.nx_tcp_socket_transmit_queue_maximum
    socket_ptr.nx_tcp_socket_transmit_sent_count = len(sent)
    socket_ptr.nx_tcp_socket_tx_outstanding_bytes -= acknowledged
    socket_ptr.nx_tcp_socket_previous_highest_ack = oldest
    socket_ptr.nx_tcp_socket_duplicated_ack_received = 0
    if sent:
        socket_ptr.nx_tcp_socket_timeout_retries = 0
        timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)
    elif socket_ptr.nx_tcp_socket_tx_window_advertised and socket_ptr.nx_tcp_socket_state not in _FIN_PENDING:
        socket_ptr._deadline = NEVER
    else:
        timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)
    if socket_ptr.nx_tcp_socket_fast_recovery:
        _recover(socket_ptr, acknowledgement, acknowledged)
    else:
        _grow(socket_ptr, acknowledged)
    if was_full and socket_ptr.nx_tcp_socket_queue_depth_notify is not None:
        socket_ptr.nx_tcp_socket_queue_depth_notify(socket_ptr)


def _grow(socket_ptr: "NX_TCP_SOCKET", acknowledged: int) -> None:
    """Slow start below the threshold, congestion avoidance from it on (RFC 5681 section 3.1)."""
    window = socket_ptr.nx_tcp_socket_tx_window_congestion
    mss = socket_ptr.nx_tcp_socket_connect_mss
    if window < socket_ptr.nx_tcp_socket_tx_slow_start_threshold:
        window += acknowledged if acknowledged < mss else mss
    else:
        window += mss * mss // window or 1
    socket_ptr.nx_tcp_socket_tx_window_congestion = window


def _recover(socket_ptr: "NX_TCP_SOCKET", acknowledgement: int, acknowledged: int) -> None:
    """In fast recovery: it ends when all that was sent before is acknowledged (RFC 6582 section 3.2, step 3)."""
    if seq_gt(acknowledgement, socket_ptr.nx_tcp_socket_tx_sequence_recover):
        socket_ptr.nx_tcp_socket_fast_recovery = 0
        socket_ptr.nx_tcp_socket_tx_window_congestion = socket_ptr.nx_tcp_socket_tx_slow_start_threshold
        _grow(socket_ptr, acknowledged)
        return
    window = socket_ptr.nx_tcp_socket_tx_window_congestion - acknowledged
    socket_ptr.nx_tcp_socket_tx_window_congestion = max(window, socket_ptr.nx_tcp_socket_connect_mss)
    _first_resend(socket_ptr)


# -- duplicates -------------------------------------------------------------------------------------


def _duplicate(socket_ptr: "NX_TCP_SOCKET", acknowledgement: int) -> None:
    """The same acknowledgement again: the third means that a segment is lost (RFC 5681 section 3.2)."""
    socket_ptr.nx_tcp_socket_duplicated_ack_received += 1
    mss = socket_ptr.nx_tcp_socket_connect_mss
    if socket_ptr.nx_tcp_socket_fast_recovery:
        socket_ptr.nx_tcp_socket_tx_window_congestion += mss
    elif socket_ptr.nx_tcp_socket_duplicated_ack_received == _DUPLICATES_FOR_RETRANSMIT and _is_loss(
        socket_ptr, acknowledgement
    ):
        threshold = loss_threshold(socket_ptr)
        socket_ptr.nx_tcp_socket_tx_slow_start_threshold = threshold
        socket_ptr.nx_tcp_socket_tx_window_congestion = threshold + _DUPLICATES_FOR_RETRANSMIT * mss
        socket_ptr.nx_tcp_socket_tx_sequence_recover = (socket_ptr.nx_tcp_socket_tx_sequence - 1) & MASK
        socket_ptr.nx_tcp_socket_fast_recovery = 1
        _first_resend(socket_ptr)


def _is_loss(socket_ptr: "NX_TCP_SOCKET", acknowledgement: int) -> bool:
    """Not the echo of a retransmission: beyond the last recovery, or by the heuristic of RFC 6582 section 4.1."""
    if seq_gt((acknowledgement - 1) & MASK, socket_ptr.nx_tcp_socket_tx_sequence_recover):
        return True
    mss = socket_ptr.nx_tcp_socket_connect_mss
    step = (acknowledgement - socket_ptr.nx_tcp_socket_previous_highest_ack) & MASK
    return socket_ptr.nx_tcp_socket_tx_window_congestion > mss and step < 4 * mss


def loss_threshold(socket_ptr: "NX_TCP_SOCKET") -> int:
    """The slow start threshold after a loss (RFC 5681 section 3.1, equation 4)."""
    return max(socket_ptr.nx_tcp_socket_tx_outstanding_bytes // 2, 2 * socket_ptr.nx_tcp_socket_connect_mss)


def _first_resend(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Send the oldest packet again now; the timer starts anew as after a time-out."""
    data_resend(socket_ptr, socket_ptr._sent[0][0])
    socket_ptr.nx_tcp_socket_timeout_retries += 1
    retry_timer_start(socket_ptr)


def retry_timer_start(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Wait for an answer to a repetition: longer each time if the shift says so."""
    shift = socket_ptr.nx_tcp_socket_timeout_retries * socket_ptr.nx_tcp_socket_timeout_shift
    timer_start(socket_ptr, (socket_ptr.nx_tcp_socket_timeout_rate << shift) & MASK)


# -- room for senders -------------------------------------------------------------------------------


def usable_window(socket_ptr: "NX_TCP_SOCKET") -> int:
    """Bytes that may be sent now; two segments more than the congestion window after a first or second duplicate."""
    window = socket_ptr.nx_tcp_socket_tx_window_congestion
    if 0 < socket_ptr.nx_tcp_socket_duplicated_ack_received < _DUPLICATES_FOR_RETRANSMIT:
        window += 2 * socket_ptr.nx_tcp_socket_connect_mss
    advertised = socket_ptr.nx_tcp_socket_tx_window_advertised
    if advertised < window:
        window = advertised
    return window - socket_ptr.nx_tcp_socket_tx_outstanding_bytes


def sender_wake(socket_ptr: "NX_TCP_SOCKET", segment: "Segment") -> None:
    """Let the first waiting sender go on if there is room: one for each segment whose acknowledgement is not void."""
    if (
        socket_ptr.nx_tcp_socket_state not in _MAY_SEND
        or seq_gt(segment.acknowledgement, _sent_end(socket_ptr))
        or socket_ptr.nx_tcp_socket_transmit_sent_count >= socket_ptr.nx_tcp_socket_transmit_queue_maximum
        or usable_window(socket_ptr) <= 0
    ):
        return
    if socket_ptr.nx_tcp_socket_window_update_notify is not None:
        socket_ptr.nx_tcp_socket_window_update_notify(socket_ptr)
    if socket_ptr._send_waiters:
        socket_ptr._sim.resume(socket_ptr._send_waiters[0], 0)


def initial_window(socket_ptr: "NX_TCP_SOCKET", repeated: bool) -> int:
    """The first congestion window (RFC 5681 section 3.1, RFC 3390): one segment if the SYN had to be repeated."""
    mss = socket_ptr.nx_tcp_socket_connect_mss
    if repeated:
        return mss
    if mss > 2190:
        return 2 * mss
    return 3 * mss if mss > 1095 else 4 * mss
