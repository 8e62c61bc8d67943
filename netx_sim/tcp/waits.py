"""Threads that wait on a socket, and what happens when their time is up.

A wait whose time has ended is only noted in the timer thread; the IP thread cleans up and lets the waiter go on
(`cleanup_deferred`), so the waiter resumes after everything the IP thread had to do before.
"""

from netx_sim.constants import NX_IP_TCP_CLEANUP_DEFERRED, NX_TCP_ESTABLISHED
from netx_sim.link import ip_event_set
from netx_sim.status import (
    NX_DISCONNECT_FAILED,
    NX_NO_PACKET,
    NX_NOT_CONNECTED,
    NX_PORT_UNAVAILABLE,
    NX_TX_QUEUE_DEPTH,
    NX_WINDOW_OVERFLOW,
)
from netx_sim.tcp.close import connection_end, handshake_fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.kernel.thread_block import TX_THREAD
    from netx_sim.tcp.block import NX_TCP_SOCKET


def socket_wait(socket_ptr: "NX_TCP_SOCKET", queue: "list[TX_THREAD]", wait_option: int) -> int:
    """Wait in one of the socket's lists; the IP instance's mutex is released and not taken again."""
    status: int = socket_ptr._sim.wait(
        queue,
        wait_option,
        mutex=socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_protection,
        on_timeout=_time_is_up,
        what=socket_ptr,
    )
    return status


def _time_is_up(thread: "TX_THREAD") -> None:
    """Timer thread: leave it to the IP thread. The mark tells this wait from a later one of the same thread."""
    thread._on_timeout = _noted
    socket_ptr: "NX_TCP_SOCKET" = thread._wait_what
    socket_ptr._ip_tcp.cleanups.append(thread)
    ip_event_set(socket_ptr.nx_tcp_socket_ip_ptr, NX_IP_TCP_CLEANUP_DEFERRED)


def _noted(_thread: "TX_THREAD") -> None:
    """Marks a wait whose end is noted."""


def cleanup_deferred(ip_ptr: "NX_IP") -> None:
    """IP thread: end the waits whose time is up."""
    tcp = ip_ptr._tcp
    noted, tcp.cleanups = tcp.cleanups, []
    for thread in noted:
        if thread._on_timeout is _noted:
            _wait_end(thread._wait_what, thread)
    ip_ptr._sim.preempt()


def _wait_end(socket_ptr: "NX_TCP_SOCKET", thread: "TX_THREAD") -> None:
    """Let a thread go on whose wait has ended without success; a handshake or a close it waited for is given up."""
    sim = socket_ptr._sim
    queue = thread._queue
    if queue is socket_ptr._connect_waiters:
        handshake_fail(socket_ptr)
        sim.resume(thread, NX_NOT_CONNECTED)
    elif queue is socket_ptr._receive_waiters:
        established = socket_ptr.nx_tcp_socket_state == NX_TCP_ESTABLISHED
        sim.resume(thread, NX_NO_PACKET if established else NX_NOT_CONNECTED)
    elif queue is socket_ptr._send_waiters:
        sim.resume(thread, _send_status(socket_ptr))
    elif queue is socket_ptr._disconnect_waiters:
        connection_end(socket_ptr, NX_DISCONNECT_FAILED)
    else:
        sim.resume(thread, NX_PORT_UNAVAILABLE)


def _send_status(socket_ptr: "NX_TCP_SOCKET") -> int:
    """Why a sender waited in vain."""
    if socket_ptr.nx_tcp_socket_state != NX_TCP_ESTABLISHED:
        return NX_NOT_CONNECTED
    if socket_ptr.nx_tcp_socket_transmit_sent_count >= socket_ptr.nx_tcp_socket_transmit_queue_maximum:
        return NX_TX_QUEUE_DEPTH
    return NX_WINDOW_OVERFLOW
