"""Client sockets: ports, and opening a connection."""

from netx_sim.address import NXD_ADDRESS, address_key
from netx_sim.constants import (
    NX_ANY_PORT,
    NX_IP_VERSION_V4,
    NX_IP_VERSION_V6,
    NX_NO_WAIT,
    NX_TCP_CLIENT,
    NX_TCP_CLOSED,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_TCP_TIMED_WAIT,
)
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ports import port_find, port_search_start
from netx_sim.ring_waiters import RingWaiters
from netx_sim.status import (
    NX_ALREADY_BOUND,
    NX_IN_PROGRESS,
    NX_INVALID_INTERFACE,
    NX_NO_FREE_PORTS,
    NX_NO_INTERFACE_ADDRESS,
    NX_NOT_BOUND,
    NX_NOT_CLOSED,
    NX_PORT_UNAVAILABLE,
    NX_SUCCESS,
    NX_WAIT_ABORTED,
)
from netx_sim.tcp.block import (
    NX_TCP_SOCKET,
    _state_set,
    is_bound,
    peer_set,
    port_leave,
    port_take,
    waits_in_bind,
)
from netx_sim.tcp.close import handshake_fail, receive_queue_flush, timed_wait_end, transmit_queue_flush
from netx_sim.tcp.options import scale_for
from netx_sim.tcp.output import headers_size, own_mss, syn_send
from netx_sim.tcp.timers import timer_start, timers_stop
from netx_sim.tcp.waits import socket_wait
from netx_sim.wire.tcp import SYN_OPTIONS_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import Tcp

MASK = 0xFFFFFFFF


# -- ports ------------------------------------------------------------------------------------------


def _nx_tcp_free_port_find(ip_ptr: "NX_IP", port: int, free_port_ptr: "Any") -> int:
    taken = ip_ptr._tcp.ports
    free = port_find(ip_ptr._sim, taken, port)
    if not free and (port or port in taken):
        return NX_NO_FREE_PORTS
    free_port_ptr[0] = free
    return NX_SUCCESS


def _nx_tcp_client_socket_bind(socket_ptr: NX_TCP_SOCKET, port: int, wait_option: int) -> int:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    tcp = ip_ptr._tcp
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    if is_bound(socket_ptr):
        status = NX_ALREADY_BOUND
    elif port == NX_ANY_PORT:
        port = port_find(sim, tcp.ports, port_search_start(sim))
        status = NX_SUCCESS if port else NX_NO_FREE_PORTS
    if not status:
        if port not in tcp.ports:
            port_take(socket_ptr, port)
        elif wait_option == NX_NO_WAIT:
            status = NX_PORT_UNAVAILABLE
        else:
            socket_ptr.nx_tcp_socket_port = port
            socket_ptr._binder = sim.current
            return socket_wait(socket_ptr, tcp.binders.setdefault(port, RingWaiters()), wait_option)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def port_hand_over(tcp: "Tcp", port: int) -> None:
    """A port may have been left: the first who waits for it gets it."""
    waiters = tcp.binders.get(port)
    if port in tcp.ports or waiters is None:
        return
    if waiters:
        thread = waiters[0]
        port_take(thread._wait_what, port)
        tcp.sim.resume(thread, NX_SUCCESS)
    if not waiters:
        del tcp.binders[port]


def _nx_tcp_client_socket_unbind(socket_ptr: NX_TCP_SOCKET) -> int:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    if socket_ptr.nx_tcp_socket_state == NX_TCP_TIMED_WAIT:
        timed_wait_end(socket_ptr)
    if socket_ptr.nx_tcp_socket_state != NX_TCP_CLOSED:
        status = NX_NOT_CLOSED
    elif waits_in_bind(socket_ptr):
        sim.resume(socket_ptr._binder, NX_PORT_UNAVAILABLE)  # type: ignore[arg-type]
    elif not socket_ptr._bound:
        status = NX_NOT_BOUND
    else:
        port_leave(socket_ptr)
        receive_queue_flush(socket_ptr)
        port_hand_over(ip_ptr._tcp, socket_ptr.nx_tcp_socket_port)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_tcp_client_socket_port_get(socket_ptr: NX_TCP_SOCKET, port_ptr: "Any") -> int:
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    port_ptr[0] = socket_ptr.nx_tcp_socket_port
    return NX_SUCCESS


# -- connecting -------------------------------------------------------------------------------------


def _nx_tcp_client_socket_connect(socket_ptr: NX_TCP_SOCKET, server_ip: int, server_port: int, wait_option: int) -> int:
    return _nxd_tcp_client_socket_connect(
        socket_ptr, NXD_ADDRESS(NX_IP_VERSION_V4, server_ip), server_port, wait_option
    )


def _nxd_tcp_client_socket_connect(
    socket_ptr: NX_TCP_SOCKET, server_ip: "NXD_ADDRESS", server_port: int, wait_option: int
) -> int:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = _route_take(socket_ptr, server_ip)
    if status:
        sim.mutex_put(ip_ptr.nx_ip_protection)
        return status
    _connection_start(socket_ptr, server_ip, server_port)
    if wait_option == NX_NO_WAIT or sim.current is ip_ptr.nx_ip_thread:
        sim.mutex_put(ip_ptr.nx_ip_protection)
        return NX_IN_PROGRESS
    return connect_wait(socket_ptr, wait_option)


def _route_take(socket_ptr: NX_TCP_SOCKET, server_ip: "NXD_ADDRESS") -> int:
    """Find the way to the server, then check that the socket can go it."""
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    own_ipv6, next_hop = None, 0
    if server_ip.nxd_ip_version == NX_IP_VERSION_V6:
        find = ip_ptr._ipv6_tcp_source
        own_ipv6 = find(ip_ptr, address_key(server_ip), None) if find is not None else None
        if own_ipv6 is None:
            return NX_NO_INTERFACE_ADDRESS
        interface = own_ipv6.nxd_ipv6_address_attached
    else:
        status, interface, next_hop = _nx_ip_route_find(ip_ptr, server_ip.nxd_ip_address.v4, None)
        if status or interface is None:
            return status
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    if socket_ptr.nx_tcp_socket_state not in (NX_TCP_CLOSED, NX_TCP_TIMED_WAIT):
        return NX_NOT_CLOSED
    if interface.nx_interface_ip_mtu_size < headers_size(server_ip.nxd_ip_version) + SYN_OPTIONS_SIZE:
        return NX_INVALID_INTERFACE
    if socket_ptr.nx_tcp_socket_state == NX_TCP_TIMED_WAIT:
        timed_wait_end(socket_ptr)
    socket_ptr.nx_tcp_socket_ipv6_addr = own_ipv6
    socket_ptr.nx_tcp_socket_connect_interface = interface
    socket_ptr.nx_tcp_socket_next_hop_address = next_hop
    return NX_SUCCESS


def _connection_start(socket_ptr: NX_TCP_SOCKET, server_ip: "NXD_ADDRESS", server_port: int) -> None:
    """Begin anew and send the SYN."""
    socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_tcp_connections += 1
    socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_tcp_active_connections += 1
    receive_queue_flush(socket_ptr)
    socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_version = server_ip.nxd_ip_version
    socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_address.v6[:] = list(server_ip.nxd_ip_address.v6)
    peer_set(socket_ptr, address_key(server_ip), server_port)
    connection_fields_reset(socket_ptr)
    socket_ptr.nx_tcp_socket_client_type = NX_TCP_CLIENT
    socket_ptr.nx_tcp_socket_rx_sequence = 0
    socket_ptr.nx_tcp_socket_peer_mss = 0
    socket_ptr.nx_tcp_socket_connect_mss = own_mss(socket_ptr)
    socket_ptr.nx_tcp_socket_tx_sequence = (socket_ptr.nx_tcp_socket_tx_sequence + 1) & MASK
    _state_set(socket_ptr, NX_TCP_SYN_SENT)
    timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)
    syn_send(socket_ptr)


# What a new connection starts with at zero.
_ZEROED = (
    "nx_tcp_socket_rx_sequence_acked",
    "nx_tcp_socket_fin_sequence",
    "nx_tcp_socket_fin_received",
    "nx_tcp_socket_tx_window_advertised",
    "nx_tcp_socket_tx_window_congestion",
    "nx_tcp_socket_tx_outstanding_bytes",
    "nx_tcp_socket_tx_slow_start_threshold",
    "nx_tcp_socket_duplicated_ack_received",
    "nx_tcp_socket_fast_recovery",
    "nx_tcp_socket_zero_window_probe_has_data",
    "nx_tcp_socket_zero_window_probe_failure",
    "nx_tcp_socket_timeout_retries",
    "_window_sequence",
    "_ack_count",
)


def connection_fields_reset(socket_ptr: NX_TCP_SOCKET) -> None:
    """Initial sequence number, counters, windows and transmit queue of a new connection."""
    sim = socket_ptr._sim
    old = socket_ptr.nx_tcp_socket_tx_sequence
    timers_stop(socket_ptr)
    transmit_queue_flush(socket_ptr)
    for name in _ZEROED:
        setattr(socket_ptr, name, 0)
    socket_ptr._statistics_fields()
    socket_ptr.nx_tcp_socket_tx_sequence = (
        old + 0x10000 + sim.random() if old else sim.random() << 16 | sim.random()
    ) & MASK
    window = socket_ptr.nx_tcp_socket_rx_window_maximum
    socket_ptr.nx_tcp_socket_rx_window_default = window
    socket_ptr.nx_tcp_socket_rx_window_current = window
    socket_ptr.nx_tcp_socket_rx_window_last_sent = window
    socket_ptr.nx_tcp_rcv_win_scale_value = scale_for(window) if socket_ptr._ip_tcp.scaling else 0


def connect_wait(socket_ptr: NX_TCP_SOCKET, wait_option: int) -> int:
    """Wait for the end of the handshake; the mutex is released. A wait that is cut short gives the attempt up."""
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    status = -1
    try:
        status = socket_wait(socket_ptr, socket_ptr._connect_waiters, wait_option)
    finally:
        if status < 0:
            handshake_fail(socket_ptr)  # the thread was terminated
    if status == NX_WAIT_ABORTED and socket_ptr.nx_tcp_socket_state in (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED):
        sim.mutex_get(ip_ptr.nx_ip_protection)
        handshake_fail(socket_ptr)
        sim.mutex_put(ip_ptr.nx_ip_protection)
    return status
