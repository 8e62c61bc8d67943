"""Keepalive (RFC 9293 section 3.8.4), in builds with NX_ENABLE_TCP_KEEPALIVE; counted by the one-second event.

An idle connection is asked after NX_TCP_KEEPALIVE_INITIAL seconds, then every NX_TCP_KEEPALIVE_RETRY, and is reset
after NX_TCP_KEEPALIVE_RETRIES unanswered questions. Any segment of the peer starts the idle time anew.
"""

from netx_sim.constants import NX_TCP_ESTABLISHED
from netx_sim.ip.thread import ip_periodic_base
from netx_sim.tcp.block import NEVER
from netx_sim.tcp.close import connection_reset
from netx_sim.tcp.output import keepalive_send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import NX_TCP_SOCKET


def _deadline_set(socket_ptr: "NX_TCP_SOCKET", seconds: int) -> None:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    deadline = ip_periodic_base(ip_ptr) + seconds * ip_ptr._sim.config.NX_IP_PERIODIC_RATE
    socket_ptr._keepalive_deadline = deadline
    ip_ptr._periodic_event.want(deadline)


def keepalive_start(socket_ptr: "NX_TCP_SOCKET") -> None:
    """The peer was heard of: the idle time begins."""
    socket_ptr.nx_tcp_socket_keepalive_retries = 0
    _deadline_set(socket_ptr, socket_ptr._sim.config.NX_TCP_KEEPALIVE_INITIAL)


def keepalive_periodic(ip_ptr: "NX_IP") -> None:
    """The one-second event: ask idle peers, give up on silent ones."""
    now = ip_ptr._sim.now
    for socket_ptr in list(ip_ptr.nx_ip_tcp_created_sockets_ptr):
        if socket_ptr._keepalive_deadline <= now:
            socket_ptr._keepalive_deadline = NEVER
            if socket_ptr.nx_tcp_socket_state == NX_TCP_ESTABLISHED:
                _ask(socket_ptr)
        elif socket_ptr._keepalive_deadline != NEVER:
            ip_ptr._periodic_event.want(socket_ptr._keepalive_deadline)


def _ask(socket_ptr: "NX_TCP_SOCKET") -> None:
    config = socket_ptr._sim.config
    if socket_ptr.nx_tcp_socket_keepalive_retries >= config.NX_TCP_KEEPALIVE_RETRIES:
        connection_reset(socket_ptr)
        return
    socket_ptr.nx_tcp_socket_keepalive_retries += 1
    _deadline_set(socket_ptr, config.NX_TCP_KEEPALIVE_RETRY)
    keepalive_send(socket_ptr)
