"""Client sockets: ports and connecting. Checks in the device's order.

Read first: NetX Duo guide, chapter 4, TCP services. The work is in `netx_sim.tcp.api_client`.
"""

from netx_sim.address import NXD_ADDRESS
from netx_sim.checked.callers import threads_only
from netx_sim.checked.tcp_socket import no_ip, no_socket, on_socket
from netx_sim.constants import NX_IP_CLASS_D_TYPE, NX_IP_VERSION_V4, NX_IP_VERSION_V6, NX_MAX_PORT
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_INVALID_PORT,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_ENABLED,
    NX_PTR_ERROR,
    NX_SUCCESS,
)
from netx_sim.tcp.api_client import (
    _nx_tcp_client_socket_bind,
    _nx_tcp_client_socket_connect,
    _nx_tcp_client_socket_port_get,
    _nx_tcp_client_socket_unbind,
    _nx_tcp_free_port_find,
    _nxd_tcp_client_socket_connect,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import NX_TCP_SOCKET


def nx_tcp_free_port_find(ip_ptr: "NX_IP | None", port: int, free_port_ptr: "Any") -> int:
    """Find a TCP port that no socket is bound to; listening alone does not count.

    Args:
        ip_ptr (NX_IP): created instance.
        port (int): where to start, 0..65535; after 65535 the search goes on at 49152.
        free_port_ptr (Ref[int], out): the port found; it is not reserved.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_NOT_ENABLED; NX_INVALID_PORT (above
        65535); NX_CALLER_ERROR (not from a thread); NX_NO_FREE_PORTS.

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or free_port_ptr is None:
        return NX_PTR_ERROR
    if ip_ptr._tcp is None:  # type: ignore[union-attr]
        return NX_NOT_ENABLED
    if port > NX_MAX_PORT:
        return NX_INVALID_PORT
    if not threads_only(ip_ptr._sim):  # type: ignore[union-attr]
        return NX_CALLER_ERROR
    return _nx_tcp_free_port_find(ip_ptr, port, free_port_ptr)  # type: ignore[arg-type]


def nx_tcp_client_socket_bind(socket_ptr: "NX_TCP_SOCKET | None", port: int, wait_option: int) -> int:
    """Bind a socket to a local port, waiting for one that is in use.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        port (int): 1..65535, or NX_ANY_PORT for any free one from 49152 up.
        wait_option (int): ticks to wait for the port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_INVALID_PORT (above 65535);
        NX_CALLER_ERROR (not from a thread); NX_ALREADY_BOUND (bound, or a thread waits to bind it); NX_NO_FREE_PORTS;
        NX_PORT_UNAVAILABLE (in use and wait 0, the wait ran out, or the socket was unbound meanwhile);
        NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks; waiters get the port in the order of arrival.
    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    if socket_ptr.nx_tcp_socket_ip_ptr._tcp is None:  # type: ignore[union-attr]
        return NX_NOT_ENABLED
    if port > NX_MAX_PORT:
        return NX_INVALID_PORT
    return on_socket(socket_ptr, threads_only) or _nx_tcp_client_socket_bind(
        socket_ptr,  # type: ignore[arg-type]
        port,
        wait_option,
    )


def nx_tcp_client_socket_unbind(socket_ptr: "NX_TCP_SOCKET | None") -> int:
    """Leave the local port; unread data are released, TIMED_WAIT ends on the spot.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket, closed.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread);
        NX_NOT_CLOSED; NX_NOT_BOUND. On a socket for which a thread waits in bind, that wait ends with
        NX_PORT_UNAVAILABLE.

    Source: NetX Duo guide ch. 4.
    """
    return on_socket(socket_ptr, threads_only) or _nx_tcp_client_socket_unbind(socket_ptr)  # type: ignore[arg-type]


def nx_tcp_client_socket_port_get(socket_ptr: "NX_TCP_SOCKET | None", port_ptr: "Any") -> int:
    """Read the local port of a socket, which may also be a server's with a connection.

    Args:
        socket_ptr (NX_TCP_SOCKET): created socket.
        port_ptr (Ref[int], out): port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_BOUND.

    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or port_ptr is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, threads_only) or _nx_tcp_client_socket_port_get(socket_ptr, port_ptr)  # type: ignore[arg-type]


def _target_check(socket_ptr: "NX_TCP_SOCKET", server_ip: NXD_ADDRESS, server_port: int) -> int:
    """Address, port and caller of a connect."""
    version = server_ip.nxd_ip_version
    if version not in (NX_IP_VERSION_V4, NX_IP_VERSION_V6):
        return NX_IP_ADDRESS_ERROR
    if version == NX_IP_VERSION_V4 and server_ip.nxd_ip_address.v4 >= NX_IP_CLASS_D_TYPE:
        return NX_IP_ADDRESS_ERROR
    if server_port > NX_MAX_PORT:
        return NX_INVALID_PORT
    return NX_SUCCESS if threads_only(socket_ptr._sim) else NX_CALLER_ERROR


def nx_tcp_client_socket_connect(
    socket_ptr: "NX_TCP_SOCKET | None", server_ip: int, server_port: int, wait_option: int
) -> int:
    """Open a connection to an IPv4 server.

    Args:
        socket_ptr (NX_TCP_SOCKET): bound socket, closed or in TIMED_WAIT.
        server_ip (int): IPv4 address, host order.
        server_port (int): 0..65535.
        wait_option (int): ticks to wait for the connection.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_IP_ADDRESS_ERROR (0.0.0.0, 224.0.0.0 and
        above, or no way to it); NX_INVALID_PORT (above 65535); NX_CALLER_ERROR (not from a thread); NX_NOT_BOUND;
        NX_NOT_CLOSED; NX_INVALID_INTERFACE (an MTU below 48); NX_IN_PROGRESS (the SYN is out, wait 0); NX_NOT_CONNECTED
        (the wait ran out, refused, or no answer to 11 SYNs); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks; with default settings a silent server ends it after about 11 s.
    Source: NetX Duo guide ch. 4; RFC 9293 section 3.5.
    """
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    if socket_ptr.nx_tcp_socket_ip_ptr._tcp is None:  # type: ignore[union-attr]
        return NX_NOT_ENABLED
    if not server_ip:
        return NX_IP_ADDRESS_ERROR
    status = _target_check(socket_ptr, NXD_ADDRESS(NX_IP_VERSION_V4, server_ip), server_port)  # type: ignore[arg-type]
    return status or _nx_tcp_client_socket_connect(socket_ptr, server_ip, server_port, wait_option)  # type: ignore[arg-type]


def nxd_tcp_client_socket_connect(
    socket_ptr: "NX_TCP_SOCKET | None", server_ip: "NXD_ADDRESS | None", server_port: int, wait_option: int
) -> int:
    """Open a connection to a server, by IPv4 or IPv6.

    Args:
        socket_ptr (NX_TCP_SOCKET): bound socket, closed or in TIMED_WAIT.
        server_ip (NXD_ADDRESS): its address.
        server_port (int): 0..65535.
        wait_option (int): ticks to wait for the connection.

    Returns:
        int: as nx_tcp_client_socket_connect, with NX_IP_ADDRESS_ERROR also for null and for a version other than 4 and
        6, and NX_NO_INTERFACE_ADDRESS (no valid IPv6 address to connect from).

    Blocks: up to wait_option ticks.
    Source: NetX Duo guide ch. 4; RFC 9293 section 3.5.
    """
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    if socket_ptr.nx_tcp_socket_ip_ptr._tcp is None:  # type: ignore[union-attr]
        return NX_NOT_ENABLED
    if server_ip is None:
        return NX_IP_ADDRESS_ERROR
    status = _target_check(socket_ptr, server_ip, server_port)  # type: ignore[arg-type]
    return status or _nxd_tcp_client_socket_connect(socket_ptr, server_ip, server_port, wait_option)  # type: ignore[arg-type]
