"""Deadlines of TCP sockets, on the grid of the IP instance's fast timer.

A device counts every socket down at each fast event. Here a deadline is the tick of the event at which that count
would reach zero, and the kernel passes over the events at which nothing is due. Stopping is lazy: a socket with
nothing left to wait for is forgotten at the next event that looks.
"""

from netx_sim.ip.thread import ip_fast_base
from netx_sim.tcp.block import NEVER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.tcp.block import NX_TCP_SOCKET, Tcp


def _deadline_in(tcp: "Tcp", ticks: int) -> int:
    """The fast event at which a count of `ticks` is used up: a count that is no multiple is rounded up."""
    period = tcp.fast_period
    return ip_fast_base(tcp.ip_ptr) + -(-ticks // period) * period


def _wanted(tcp: "Tcp", socket_ptr: "NX_TCP_SOCKET", deadline: int) -> None:
    """See to it that the fast event at `deadline` looks at the socket."""
    tcp.timed.add(socket_ptr)
    if deadline < tcp.next_due:
        tcp.next_due = deadline
        event = tcp.ip_ptr._fast_event
        if deadline < event.wanted:  # type: ignore[union-attr]
            event.want(deadline)  # type: ignore[union-attr]


def timer_start(socket_ptr: "NX_TCP_SOCKET", ticks: int) -> None:
    """(Re)start the one timer of a connection: retransmission, or the end of TIMED_WAIT. 0 ticks is off."""
    tcp = socket_ptr._ip_tcp
    if not ticks:
        socket_ptr._deadline = NEVER
        return
    socket_ptr._deadline = deadline = _deadline_in(tcp, ticks)
    _wanted(tcp, socket_ptr, deadline)


def timer_stop(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Switch that timer off."""
    socket_ptr._deadline = NEVER


def ack_timer_start(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Owe the peer an acknowledgement; a debt that exists is not put off."""
    if socket_ptr._ack_deadline == NEVER:
        tcp = socket_ptr._ip_tcp
        socket_ptr._ack_deadline = deadline = _deadline_in(tcp, tcp.ack_rate)
        _wanted(tcp, socket_ptr, deadline)


def timers_stop(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Nothing is due any more."""
    socket_ptr._deadline = NEVER
    socket_ptr._ack_deadline = NEVER
    socket_ptr._keepalive_deadline = NEVER


def due_sockets(tcp: "Tcp", now: int) -> "list[NX_TCP_SOCKET]":
    """Sockets with a deadline that has come, in the order of their creation."""
    due = [s for s in tcp.timed if s._deadline <= now or s._ack_deadline <= now]
    due.sort(key=_order_of)
    return due


def _order_of(socket_ptr: "NX_TCP_SOCKET") -> int:
    return socket_ptr._order


def next_due_find(tcp: "Tcp") -> None:
    """Look for the next deadline and have the kernel stop there."""
    next_due = NEVER
    for socket_ptr in list(tcp.timed):
        deadline = min(socket_ptr._deadline, socket_ptr._ack_deadline)
        if deadline == NEVER:
            tcp.timed.discard(socket_ptr)
        elif deadline < next_due:
            next_due = deadline
    tcp.next_due = next_due
    if next_due != NEVER:
        tcp.ip_ptr._fast_event.want(next_due)  # type: ignore[union-attr]
