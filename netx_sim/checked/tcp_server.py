"""Server sockets: listening ports and accepting. Checks in the device's order.

Read first: NetX Duo guide, chapter 4, TCP services. The work is in `netx_sim.tcp.api_server`.
The usual round: listen, accept, ..., disconnect, unaccept, relisten, accept, ..., unlisten, delete.
"""

from netx_sim.checked.callers import threads_only
from netx_sim.checked.tcp_socket import no_ip, no_socket, on_socket
from netx_sim.constants import NX_MAX_PORT
from netx_sim.status import NX_CALLER_ERROR, NX_INVALID_PORT, NX_NOT_ENABLED, NX_PTR_ERROR, NX_SUCCESS
from netx_sim.tcp.api_server import (
    _nx_tcp_server_socket_accept,
    _nx_tcp_server_socket_listen,
    _nx_tcp_server_socket_relisten,
    _nx_tcp_server_socket_unaccept,
    _nx_tcp_server_socket_unlisten,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import NX_TCP_SOCKET


def _on_port(ip_ptr: "NX_IP", port: int) -> int:
    """The checks of services on a listening port, once the pointers are good."""
    if ip_ptr._tcp is None:
        return NX_NOT_ENABLED
    if not 0 < port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    return NX_SUCCESS if threads_only(ip_ptr._sim) else NX_CALLER_ERROR


def nx_tcp_server_socket_listen(
    ip_ptr: "NX_IP | None",
    port: int,
    socket_ptr: "NX_TCP_SOCKET | None",
    listen_queue_size: int,
    tcp_listen_callback: "Callable[[NX_TCP_SOCKET, int], None] | None",
) -> int:
    """Listen on a port: the socket takes the next connection request, further ones are queued for relisten.

    Args:
        ip_ptr (NX_IP): created instance.
        port (int): 1..65535.
        socket_ptr (NX_TCP_SOCKET): created socket, closed and not bound.
        listen_queue_size (int): requests kept while no socket is attached; one more drops the oldest.
        tcp_listen_callback (callable or None): called with socket and port in the IP thread when a request is given to
            a socket (from relisten: by the caller).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance or socket not created); NX_NOT_ENABLED; NX_INVALID_PORT
        (0 or above 65535); NX_CALLER_ERROR (not from a thread); NX_NOT_CLOSED; NX_ALREADY_BOUND; NX_DUPLICATE_LISTEN;
        NX_MAX_LISTEN (10 ports listen already).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or no_socket(socket_ptr):
        return NX_PTR_ERROR
    return _on_port(ip_ptr, port) or _nx_tcp_server_socket_listen(  # type: ignore[arg-type]
        ip_ptr,  # type: ignore[arg-type]
        port,
        socket_ptr,  # type: ignore[arg-type]
        listen_queue_size,
        tcp_listen_callback,
    )


def nx_tcp_server_socket_relisten(ip_ptr: "NX_IP | None", port: int, socket_ptr: "NX_TCP_SOCKET | None") -> int:
    """Attach a socket to a port that listens, for the next connection request.

    Args:
        ip_ptr (NX_IP): created instance.
        port (int): 1..65535.
        socket_ptr (NX_TCP_SOCKET): created socket, closed and not bound.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance or socket not created); NX_NOT_ENABLED; NX_INVALID_PORT
        (0 or above 65535); NX_CALLER_ERROR (not from a thread); NX_NOT_CLOSED; NX_ALREADY_BOUND; NX_INVALID_RELISTEN
        (the port does not listen, or has a socket attached); NX_CONNECTION_PENDING (a queued request was given to the
        socket: call accept).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or no_socket(socket_ptr):
        return NX_PTR_ERROR
    return _on_port(ip_ptr, port) or _nx_tcp_server_socket_relisten(  # type: ignore[arg-type]
        ip_ptr,  # type: ignore[arg-type]
        port,
        socket_ptr,  # type: ignore[arg-type]
    )


def nx_tcp_server_socket_unlisten(ip_ptr: "NX_IP | None", port: int) -> int:
    """Listen on a port no more; queued requests are dropped, an attached socket is closed.

    Args:
        ip_ptr (NX_IP): created instance.
        port (int): 1..65535.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_INVALID_PORT (0 or above 65535);
        NX_CALLER_ERROR (not from a thread); NX_ENTRY_NOT_FOUND (the port does not listen); NX_NOT_LISTEN_STATE (the
        attached socket is in accept).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    return _on_port(ip_ptr, port) or _nx_tcp_server_socket_unlisten(ip_ptr, port)  # type: ignore[arg-type]


def nx_tcp_server_socket_accept(socket_ptr: "NX_TCP_SOCKET | None", wait_option: int) -> int:
    """Take a connection: answer the request that came, or the one that will come.

    Args:
        socket_ptr (NX_TCP_SOCKET): listening socket.
        wait_option (int): ticks to wait for the connection.

    Returns:
        int: NX_SUCCESS (established, perhaps already); NX_PTR_ERROR (null or not created); NX_NOT_ENABLED;
        NX_CALLER_ERROR (not from a thread); NX_NOT_LISTEN_STATE; NX_IN_PROGRESS (begun, wait 0); NX_NOT_CONNECTED (the
        wait ran out or the handshake failed: the socket listens again); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks.
    Source: NetX Duo guide ch. 4; RFC 9293 section 3.5.
    """
    return on_socket(socket_ptr, threads_only) or _nx_tcp_server_socket_accept(socket_ptr, wait_option)  # type: ignore[arg-type]


def nx_tcp_server_socket_unaccept(socket_ptr: "NX_TCP_SOCKET | None") -> int:
    """Free a server's socket from its connection, for relisten; unread data are released.

    Args:
        socket_ptr (NX_TCP_SOCKET): socket whose connection has ended or is ending (CLOSE_WAIT and later).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread);
        NX_NOT_LISTEN_STATE (closed and not bound, or a connection that is opening or established).

    Source: NetX Duo guide ch. 4.
    """
    return on_socket(socket_ptr, threads_only) or _nx_tcp_server_socket_unaccept(socket_ptr)  # type: ignore[arg-type]
