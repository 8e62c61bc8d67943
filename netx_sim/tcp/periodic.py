"""Deadlines that have come: delayed acknowledgements, repetitions, window probes, the end of TIMED_WAIT.

Runs in the IP thread at each fast event; sockets are looked at in the order of their creation.
"""

from netx_sim.constants import (
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSING,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_1,
    NX_TCP_LAST_ACK,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_TCP_TIMED_WAIT,
)
from netx_sim.tcp.acknowledge import loss_threshold, retry_timer_start
from netx_sim.tcp.block import NEVER
from netx_sim.tcp.close import connection_reset, timed_wait_end
from netx_sim.tcp.output import ack_send, data_resend, fin_send, probe_send, syn_send
from netx_sim.tcp.timers import due_sockets, next_due_find
from netx_sim.traps import trapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import NX_TCP_SOCKET

MASK = 0xFFFFFFFF

_HANDSHAKE = (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED)
_FIN_SENT = (NX_TCP_FIN_WAIT_1, NX_TCP_CLOSING, NX_TCP_LAST_ACK)
_DATA_ONLY = (NX_TCP_ESTABLISHED, NX_TCP_CLOSE_WAIT)


def tcp_fast(ip_ptr: "NX_IP") -> None:
    """The fast event of an IP instance."""
    tcp = ip_ptr._tcp
    now = ip_ptr._sim.now
    if now >= tcp.next_due:
        for socket_ptr in due_sockets(tcp, now):
            if socket_ptr._ack_deadline <= now:
                socket_ptr._ack_deadline = NEVER
                if socket_ptr.nx_tcp_socket_state >= NX_TCP_ESTABLISHED:
                    ack_send(socket_ptr)
                    _late_tell(socket_ptr)
            if socket_ptr._deadline <= now:
                socket_ptr._deadline = NEVER
                _timer_expired(socket_ptr)
    next_due_find(tcp)


def _timer_expired(socket_ptr: "NX_TCP_SOCKET") -> None:
    """No answer in time, or TIMED_WAIT is over."""
    state = socket_ptr.nx_tcp_socket_state
    if state == NX_TCP_TIMED_WAIT:
        timed_wait_end(socket_ptr)
    elif state > NX_TCP_SYN_RECEIVED and not socket_ptr.nx_tcp_socket_tx_window_advertised and _may_probe(socket_ptr):
        _probe(socket_ptr)
    elif socket_ptr.nx_tcp_socket_timeout_retries >= socket_ptr.nx_tcp_socket_timeout_max_retries:
        if state == NX_TCP_SYN_SENT and socket_ptr._connect_waiters:
            trapped("Q-CONNECT-11S", socket=socket_ptr)
        connection_reset(socket_ptr)
    else:
        _repeat(socket_ptr)


def _late_tell(socket_ptr: "NX_TCP_SOCKET") -> None:
    """A peer may have waited for this acknowledgement: the window holds hardly more than one segment."""
    if socket_ptr.nx_tcp_socket_rx_window_default < 2 * socket_ptr.nx_tcp_socket_connect_mss:
        trapped("Q-LATE-ACK", socket=socket_ptr)


# -- a closed window --------------------------------------------------------------------------------


def _may_probe(socket_ptr: "NX_TCP_SOCKET") -> bool:
    """With the window closed, data or a wish to send call for probes; a FIN alone is simply repeated."""
    return bool(socket_ptr._sent) or socket_ptr.nx_tcp_socket_state in _DATA_ONLY


def _probe(socket_ptr: "NX_TCP_SOCKET") -> None:
    """One byte at the first unacknowledged number; only probes without an answer count towards the limit."""
    # The threshold is 0 after a handshake with a closed window; a congestion window of 0 would never open.
    threshold = socket_ptr.nx_tcp_socket_tx_slow_start_threshold
    socket_ptr.nx_tcp_socket_tx_window_congestion = threshold or socket_ptr.nx_tcp_socket_connect_mss
    if socket_ptr._sent:
        packet, sequence, _ = socket_ptr._sent[0]
        byte = packet._mem[packet.nx_packet_prepend_ptr + 20]
    elif socket_ptr.nx_tcp_socket_zero_window_probe_has_data:
        sequence = socket_ptr.nx_tcp_socket_tx_sequence
        byte = socket_ptr._probe_byte
    else:
        return  # nothing to ask for yet: the sender that finds the window closed starts the timer
    if socket_ptr.nx_tcp_socket_zero_window_probe_failure >= socket_ptr.nx_tcp_socket_timeout_max_retries:
        connection_reset(socket_ptr)
        return
    probe_send(socket_ptr, sequence, byte)
    socket_ptr.nx_tcp_socket_zero_window_probe_failure += 1
    socket_ptr.nx_tcp_socket_timeout_retries += 1
    retry_timer_start(socket_ptr)


# -- repetitions ------------------------------------------------------------------------------------


def _repeat(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Send again what was not acknowledged: SYN or SYN-ACK, data, and the FIN only when no data are left."""
    state = socket_ptr.nx_tcp_socket_state
    if state in _HANDSHAKE:
        syn_send(socket_ptr)
    elif socket_ptr._sent:
        _data_repeat(socket_ptr)
    elif state in _FIN_SENT:
        fin_send(socket_ptr, (socket_ptr.nx_tcp_socket_tx_sequence - 1) & MASK)
    else:
        return
    socket_ptr.nx_tcp_socket_timeout_retries += 1
    retry_timer_start(socket_ptr)


def _data_repeat(socket_ptr: "NX_TCP_SOCKET") -> None:
    """As many of the oldest packets as fit into one segment's size; slow start begins again (RFC 5681 section 3.1).

    A packet that the driver still has stops it: the timer runs on, the next expiry tries again.
    """
    threshold = loss_threshold(socket_ptr)
    socket_ptr.nx_tcp_socket_tx_slow_start_threshold = threshold
    socket_ptr.nx_tcp_socket_tx_window_congestion = threshold
    socket_ptr.nx_tcp_socket_tx_sequence_recover = (socket_ptr.nx_tcp_socket_tx_sequence - 1) & MASK
    socket_ptr.nx_tcp_socket_fast_recovery = 0
    room = min(socket_ptr.nx_tcp_socket_connect_mss, socket_ptr.nx_tcp_socket_tx_window_advertised)
    for index, (packet, _, length) in enumerate(list(socket_ptr._sent)):
        room -= length
        if (index and room < 0) or not data_resend(socket_ptr, packet):
            break
