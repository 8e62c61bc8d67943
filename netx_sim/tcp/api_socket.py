"""Enabling TCP, creating and deleting sockets, and what can be asked and set of them."""

from netx_sim.address import address_fill
from netx_sim.constants import (
    NX_NO_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_ESTABLISHED,
    NX_TCP_ID,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_WAIT_FOREVER,
)
from netx_sim.ip.instance import ip_callback_registered
from netx_sim.ip.thread import ip_fast_start
from netx_sim.kernel.thread import _tx_thread_sleep
from netx_sim.status import (
    NX_NOT_CONNECTED,
    NX_NOT_CREATED,
    NX_NOT_SUCCESSFUL,
    NX_PTR_ERROR,
    NX_SIZE_ERROR,
    NX_STILL_BOUND,
    NX_SUCCESS,
)
from netx_sim.tcp.block import NX_TCP_SOCKET, Tcp, is_bound
from netx_sim.tcp.close import connection_reset
from netx_sim.tcp.input import _nx_tcp_packet_receive
from netx_sim.tcp.periodic import tcp_fast
from netx_sim.tcp.waits import cleanup_deferred

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.tcp.block import Notify


def _nx_tcp_enable(ip_ptr: "NX_IP") -> int:
    tcp = ip_ptr._tcp = Tcp(ip_ptr)
    ip_ptr.nx_ip_tcp_port_table = tcp.ports
    ip_ptr.nx_ip_tcp_active_listen_requests = tcp.listens
    ip_fast_start(ip_ptr)
    ip_ptr._tcp_fast = tcp_fast
    ip_ptr._tcp_cleanup_deferred = cleanup_deferred
    ip_ptr._tcp_interface_detach = _interface_detached
    if tcp.keepalive:
        from netx_sim.tcp.keepalive import keepalive_periodic

        ip_ptr._tcp_periodic = keepalive_periodic
    ip_ptr._tcp_receive = _nx_tcp_packet_receive
    return NX_SUCCESS


def _interface_detached(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """Connections over an interface that is gone are reset."""
    for socket_ptr in list(ip_ptr.nx_ip_tcp_created_sockets_ptr):
        if socket_ptr.nx_tcp_socket_connect_interface is interface:
            connection_reset(socket_ptr)
            socket_ptr.nx_tcp_socket_connect_interface = None


def _nx_tcp_info_get(ip_ptr: "NX_IP", *pointers: "Any") -> int:
    counts = (
        ip_ptr.nx_ip_tcp_packets_sent,
        ip_ptr.nx_ip_tcp_bytes_sent,
        ip_ptr.nx_ip_tcp_packets_received,
        ip_ptr.nx_ip_tcp_bytes_received,
        ip_ptr.nx_ip_tcp_invalid_packets,
        ip_ptr.nx_ip_tcp_receive_packets_dropped,
        ip_ptr.nx_ip_tcp_checksum_errors,
        ip_ptr.nx_ip_tcp_connections,
        ip_ptr.nx_ip_tcp_disconnections,
        ip_ptr.nx_ip_tcp_connections_dropped,
        ip_ptr.nx_ip_tcp_retransmit_packets,
    )
    _outputs_write(pointers, (0,) * len(counts) if ip_ptr._sim.config.NX_DISABLE_TCP_INFO else counts)
    return NX_SUCCESS


def _outputs_write(pointers: "tuple[Any, ...]", values: "tuple[int, ...]") -> None:
    """Write what the caller asked for; a null output is skipped."""
    for index, value in enumerate(values):
        if pointers[index] is not None:
            pointers[index][0] = value & 0xFFFFFFFF


# -- sockets ----------------------------------------------------------------------------------------


def _nx_tcp_socket_create(
    ip_ptr: "NX_IP",
    socket_ptr: NX_TCP_SOCKET,
    name: "Any",
    type_of_service: int,
    fragment: int,
    time_to_live: int,
    window_size: int,
    tcp_urgent_data_callback: "Notify",
    tcp_disconnect_callback: "Notify",
) -> int:
    sim = ip_ptr._sim
    config = sim.config
    tcp = ip_ptr._tcp
    socket_ptr.__init__()  # type: ignore[misc]
    socket_ptr.nx_tcp_socket_ip_ptr = ip_ptr
    socket_ptr._ip_tcp = tcp
    socket_ptr._sim = sim
    socket_ptr.nx_tcp_socket_name = name
    socket_ptr.nx_tcp_socket_type_of_service = type_of_service
    socket_ptr.nx_tcp_socket_fragment_enable = fragment
    socket_ptr.nx_tcp_socket_time_to_live = time_to_live
    socket_ptr.nx_tcp_socket_rx_window_maximum = window_size
    socket_ptr.nx_tcp_socket_rx_window_default = window_size
    socket_ptr.nx_tcp_socket_rx_window_current = window_size
    socket_ptr.nx_tcp_socket_rx_window_last_sent = window_size
    socket_ptr.nx_tcp_socket_transmit_queue_maximum = config.NX_TCP_MAXIMUM_TX_QUEUE
    socket_ptr.nx_tcp_socket_receive_queue_maximum = config.NX_TCP_MAXIMUM_RX_QUEUE
    socket_ptr.nx_tcp_socket_timeout_rate = -(-config.NX_IP_PERIODIC_RATE // config.NX_TCP_TRANSMIT_TIMER_RATE)
    socket_ptr.nx_tcp_socket_timeout_max_retries = config.NX_TCP_MAXIMUM_RETRIES
    socket_ptr.nx_tcp_socket_timeout_shift = config.NX_TCP_RETRY_SHIFT
    socket_ptr.nx_tcp_urgent_data_callback = tcp_urgent_data_callback
    socket_ptr.nx_tcp_socket_disconnect_callback = tcp_disconnect_callback
    socket_ptr.nx_tcp_socket_connect_mss = config.NX_TCP_MSS_SIZE
    socket_ptr.nx_tcp_socket_state = NX_TCP_CLOSED
    ip_callback_registered(ip_ptr, tcp_urgent_data_callback)
    ip_callback_registered(ip_ptr, tcp_disconnect_callback)
    tcp.orders += 1
    socket_ptr._order = tcp.orders
    socket_ptr.nx_tcp_socket_id = NX_TCP_ID
    ip_ptr.nx_ip_tcp_created_sockets_ptr.append(socket_ptr)
    ip_ptr.nx_ip_tcp_created_sockets_count += 1
    return NX_SUCCESS


def _nx_tcp_socket_delete(socket_ptr: NX_TCP_SOCKET) -> int:
    if socket_ptr.nx_tcp_socket_id != NX_TCP_ID:
        return NX_NOT_CREATED
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    if is_bound(socket_ptr) or socket_ptr.nx_tcp_socket_state != NX_TCP_CLOSED:
        status = NX_STILL_BOUND
    else:
        socket_ptr.nx_tcp_socket_id = 0
        ip_ptr._tcp.timed.discard(socket_ptr)
        ip_ptr.nx_ip_tcp_created_sockets_ptr.remove(socket_ptr)
        ip_ptr.nx_ip_tcp_created_sockets_count -= 1
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_tcp_socket_info_get(socket_ptr: NX_TCP_SOCKET, *pointers: "Any") -> int:
    counts = (
        socket_ptr.nx_tcp_socket_packets_sent,
        socket_ptr.nx_tcp_socket_bytes_sent,
        socket_ptr.nx_tcp_socket_packets_received,
        socket_ptr.nx_tcp_socket_bytes_received,
        socket_ptr.nx_tcp_socket_retransmit_packets,
    )
    if socket_ptr._sim.config.NX_DISABLE_TCP_INFO:
        counts = (0, 0, 0, 0, 0)
    window = min(socket_ptr.nx_tcp_socket_tx_window_advertised, socket_ptr.nx_tcp_socket_tx_window_congestion)
    values = (
        socket_ptr.nx_tcp_socket_receive_queue_count,
        socket_ptr.nx_tcp_socket_checksum_errors,
        socket_ptr.nx_tcp_socket_state,
        socket_ptr.nx_tcp_socket_transmit_sent_count,
        window - socket_ptr.nx_tcp_socket_tx_outstanding_bytes,
        socket_ptr.nx_tcp_socket_rx_window_current,
    )
    _outputs_write(pointers, counts + values)
    return NX_SUCCESS


def _nx_tcp_socket_state_wait(socket_ptr: NX_TCP_SOCKET, desired_state: int, wait_option: int) -> int:
    while True:
        if socket_ptr.nx_tcp_socket_id != NX_TCP_ID:
            return NX_PTR_ERROR
        if socket_ptr.nx_tcp_socket_state == desired_state:
            return NX_SUCCESS
        if wait_option == NX_NO_WAIT:
            return NX_NOT_SUCCESSFUL
        _tx_thread_sleep(1)
        if wait_option != NX_WAIT_FOREVER:
            wait_option -= 1


def _nx_tcp_socket_bytes_available(socket_ptr: NX_TCP_SOCKET, bytes_available: "Any") -> int:
    if not NX_TCP_SYN_SENT <= socket_ptr.nx_tcp_socket_state <= NX_TCP_ESTABLISHED:
        bytes_available[0] = 0
        return NX_NOT_CONNECTED
    bytes_available[0] = sum([packet.nx_packet_length for packet in socket_ptr._rx_ready])
    return NX_SUCCESS


def _nx_tcp_socket_mss_get(socket_ptr: NX_TCP_SOCKET, mss: "Any") -> int:
    if socket_ptr.nx_tcp_socket_state < NX_TCP_ESTABLISHED:
        mss[0] = socket_ptr.nx_tcp_socket_mss or socket_ptr._sim.config.NX_TCP_MSS_SIZE
    else:
        mss[0] = socket_ptr.nx_tcp_socket_connect_mss
    return NX_SUCCESS


def _nx_tcp_socket_mss_set(socket_ptr: NX_TCP_SOCKET, mss: int) -> int:
    if not mss:
        return NX_SIZE_ERROR
    if socket_ptr.nx_tcp_socket_state >= NX_TCP_SYN_SENT:
        return NX_NOT_SUCCESSFUL
    socket_ptr.nx_tcp_socket_mss = mss
    return NX_SUCCESS


def _nx_tcp_socket_mss_peer_get(socket_ptr: NX_TCP_SOCKET, peer_mss: "Any") -> int:
    peer_mss[0] = socket_ptr.nx_tcp_socket_peer_mss
    return NX_SUCCESS


def _connected(socket_ptr: NX_TCP_SOCKET) -> bool:
    return socket_ptr.nx_tcp_socket_state in (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED, NX_TCP_ESTABLISHED)


def _nx_tcp_socket_peer_info_get(socket_ptr: NX_TCP_SOCKET, peer_ip_address: "Any", peer_port: "Any") -> int:
    if not _connected(socket_ptr):
        return NX_NOT_CONNECTED
    peer_ip_address[0] = socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_address.v4
    peer_port[0] = socket_ptr.nx_tcp_socket_connect_port
    return NX_SUCCESS


def _nxd_tcp_socket_peer_info_get(socket_ptr: NX_TCP_SOCKET, peer_ip_address: "Any", peer_port: "Any") -> int:
    if not _connected(socket_ptr):
        return NX_NOT_CONNECTED
    key = socket_ptr._key
    address_fill(peer_ip_address, key[1] if key is not None else 0)
    peer_port[0] = socket_ptr.nx_tcp_socket_connect_port
    return NX_SUCCESS


def _nx_tcp_socket_transmit_configure(
    socket_ptr: NX_TCP_SOCKET, max_queue_depth: int, timeout: int, max_retries: int, timeout_shift: int
) -> int:
    socket_ptr.nx_tcp_socket_transmit_queue_maximum = max_queue_depth
    socket_ptr.nx_tcp_socket_timeout_rate = timeout
    socket_ptr.nx_tcp_socket_timeout_max_retries = max_retries
    socket_ptr.nx_tcp_socket_timeout_shift = timeout_shift & 0xFF
    return NX_SUCCESS


def _nx_tcp_socket_receive_queue_max_set(socket_ptr: NX_TCP_SOCKET, receive_queue_maximum: int) -> int:
    socket_ptr.nx_tcp_socket_receive_queue_maximum = receive_queue_maximum
    return NX_SUCCESS


# -- callbacks --------------------------------------------------------------------------------------


def _notify_set(socket_ptr: NX_TCP_SOCKET, field: str, function: "Notify") -> int:
    """Store a callback that the IP thread will call."""
    ip_callback_registered(socket_ptr.nx_tcp_socket_ip_ptr, function)
    setattr(socket_ptr, field, function)
    return NX_SUCCESS


def _nx_tcp_socket_receive_notify(socket_ptr: NX_TCP_SOCKET, tcp_receive_notify: "Notify") -> int:
    return _notify_set(socket_ptr, "nx_tcp_receive_callback", tcp_receive_notify)


def _nx_tcp_socket_window_update_notify_set(socket_ptr: NX_TCP_SOCKET, tcp_window_update_notify: "Notify") -> int:
    return _notify_set(socket_ptr, "nx_tcp_socket_window_update_notify", tcp_window_update_notify)


def _nx_tcp_socket_timed_wait_callback(socket_ptr: NX_TCP_SOCKET, tcp_timed_wait_callback: "Notify") -> int:
    return _notify_set(socket_ptr, "nx_tcp_socket_timed_wait_callback", tcp_timed_wait_callback)


def _nx_tcp_socket_disconnect_complete_notify(
    socket_ptr: NX_TCP_SOCKET, tcp_disconnect_complete_notify: "Notify"
) -> int:
    return _notify_set(socket_ptr, "nx_tcp_disconnect_complete_notify", tcp_disconnect_complete_notify)


def _nx_tcp_socket_establish_notify(socket_ptr: NX_TCP_SOCKET, tcp_establish_notify: "Notify") -> int:
    return _notify_set(socket_ptr, "nx_tcp_establish_notify", tcp_establish_notify)


def _nx_tcp_socket_queue_depth_notify_set(socket_ptr: NX_TCP_SOCKET, tcp_socket_queue_depth_notify: "Notify") -> int:
    return _notify_set(socket_ptr, "nx_tcp_socket_queue_depth_notify", tcp_socket_queue_depth_notify)
