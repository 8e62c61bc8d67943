"""Server sockets: listening ports, and taking connections from them."""

from netx_sim.constants import (
    NX_NO_WAIT,
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_ESTABLISHED,
    NX_TCP_LISTEN_STATE,
    NX_TCP_SERVER,
    NX_TCP_SYN_RECEIVED,
)
from netx_sim.ip.instance import ip_callback_registered
from netx_sim.packet import _nx_packet_release
from netx_sim.status import (
    NX_ALREADY_BOUND,
    NX_CONNECTION_PENDING,
    NX_DUPLICATE_LISTEN,
    NX_ENTRY_NOT_FOUND,
    NX_IN_PROGRESS,
    NX_INVALID_RELISTEN,
    NX_MAX_LISTEN,
    NX_NOT_CLOSED,
    NX_NOT_LISTEN_STATE,
    NX_SUCCESS,
)
from netx_sim.tcp.api_client import connect_wait, connection_fields_reset, port_hand_over
from netx_sim.tcp.block import NX_TCP_SOCKET, Listen, _state_set, is_bound, port_leave
from netx_sim.tcp.close import receive_queue_flush, transmit_queue_flush
from netx_sim.tcp.listen import queued_syn_give, syn_answer
from netx_sim.tcp.timers import timers_stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import ListenNotify

MASK = 0xFFFFFFFF


# -- listening ports --------------------------------------------------------------------------------


def _socket_free(socket_ptr: NX_TCP_SOCKET) -> int:
    """Only a closed socket without a port can listen."""
    if socket_ptr.nx_tcp_socket_state != NX_TCP_CLOSED:
        return NX_NOT_CLOSED
    return NX_ALREADY_BOUND if is_bound(socket_ptr) else NX_SUCCESS


def _attach(socket_ptr: NX_TCP_SOCKET, port: int) -> None:
    socket_ptr.nx_tcp_socket_port = port
    socket_ptr.nx_tcp_socket_client_type = NX_TCP_SERVER
    _state_set(socket_ptr, NX_TCP_LISTEN_STATE)


def _nx_tcp_server_socket_listen(
    ip_ptr: "NX_IP",
    port: int,
    socket_ptr: NX_TCP_SOCKET,
    listen_queue_size: int,
    tcp_listen_callback: "ListenNotify",
) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    listens = ip_ptr._tcp.listens
    status = _socket_free(socket_ptr)
    if not status:
        if port in listens:
            status = NX_DUPLICATE_LISTEN
        elif len(listens) >= sim.config.NX_MAX_LISTEN_REQUESTS:
            status = NX_MAX_LISTEN
        else:
            ip_callback_registered(ip_ptr, tcp_listen_callback)
            listens[port] = Listen(port, socket_ptr, listen_queue_size, tcp_listen_callback)
            _attach(socket_ptr, port)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_tcp_server_socket_relisten(ip_ptr: "NX_IP", port: int, socket_ptr: NX_TCP_SOCKET) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    listen = ip_ptr._tcp.listens.get(port)
    status = _socket_free(socket_ptr)
    if not status:
        if listen is None or listen.socket is not None:
            status = NX_INVALID_RELISTEN
        else:
            _attach(socket_ptr, port)
            if listen.queue:
                queued_syn_give(socket_ptr, listen)
                status = NX_CONNECTION_PENDING
            else:
                listen.socket = socket_ptr
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_tcp_server_socket_unlisten(ip_ptr: "NX_IP", port: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    listen = ip_ptr._tcp.listens.get(port)
    status = NX_SUCCESS
    if listen is None:
        status = NX_ENTRY_NOT_FOUND
    elif listen.socket is not None and listen.socket.nx_tcp_socket_state != NX_TCP_LISTEN_STATE:
        status = NX_NOT_LISTEN_STATE
    else:
        if listen.socket is not None:
            _state_set(listen.socket, NX_TCP_CLOSED)
        del ip_ptr._tcp.listens[port]
        for segment in listen.queue:
            _nx_packet_release(segment.packet)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


# -- connections ------------------------------------------------------------------------------------


def _nx_tcp_server_socket_accept(socket_ptr: NX_TCP_SOCKET, wait_option: int) -> int:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    state = socket_ptr.nx_tcp_socket_state
    status = NX_IN_PROGRESS
    if state == NX_TCP_ESTABLISHED:
        status = NX_SUCCESS
    elif state == NX_TCP_LISTEN_STATE:
        _accept_start(socket_ptr)
    elif state != NX_TCP_SYN_RECEIVED:
        status = NX_NOT_LISTEN_STATE
    if status != NX_IN_PROGRESS or wait_option == NX_NO_WAIT or sim.current is ip_ptr.nx_ip_thread:
        sim.mutex_put(ip_ptr.nx_ip_protection)
        return status
    status = connect_wait(socket_ptr, wait_option)
    if status:
        # The handshake is undone, so that the next accept can answer the same SYN.
        socket_ptr.nx_tcp_socket_rx_sequence = (socket_ptr.nx_tcp_socket_rx_sequence - 1) & MASK
    return status


def _accept_start(socket_ptr: NX_TCP_SOCKET) -> None:
    """Be ready for the handshake; if a SYN is there already, answer it."""
    socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_tcp_connections += 1
    socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_tcp_passive_connections += 1
    offered = socket_ptr._scale_offered
    connection_fields_reset(socket_ptr)
    if socket_ptr._key is not None and not offered:
        socket_ptr.nx_tcp_rcv_win_scale_value = 0
    _state_set(socket_ptr, NX_TCP_SYN_RECEIVED)
    if socket_ptr._key is not None:
        syn_answer(socket_ptr)


def _nx_tcp_server_socket_unaccept(socket_ptr: NX_TCP_SOCKET) -> int:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    state = socket_ptr.nx_tcp_socket_state
    status = NX_SUCCESS
    if state >= NX_TCP_CLOSE_WAIT or (state == NX_TCP_CLOSED and socket_ptr._bound):
        timers_stop(socket_ptr)
        transmit_queue_flush(socket_ptr)
        _state_set(socket_ptr, NX_TCP_LISTEN_STATE)
    if socket_ptr.nx_tcp_socket_state != NX_TCP_LISTEN_STATE:
        status = NX_NOT_LISTEN_STATE
    else:
        _detach(socket_ptr)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _detach(socket_ptr: NX_TCP_SOCKET) -> None:
    """Leave the port, with all that is still queued; a socket that no SYN was given to leaves its listen request."""
    tcp = socket_ptr._ip_tcp
    listen = tcp.listens.get(socket_ptr.nx_tcp_socket_port)
    if listen is not None and listen.socket is socket_ptr:
        listen.socket = None
    if socket_ptr._bound:
        port_leave(socket_ptr)
        port_hand_over(tcp, socket_ptr.nx_tcp_socket_port)
    receive_queue_flush(socket_ptr)
    _state_set(socket_ptr, NX_TCP_CLOSED)
