"""Endings: what is left behind when a connection ends, and which waiting threads are told what.

event               connect, accept     receive             send                disconnect
reset, retry limit  NX_NOT_CONNECTED    NX_NOT_CONNECTED    NX_NOT_CONNECTED    NX_DISCONNECT_FAILED
peer's FIN          -                   NX_NOT_CONNECTED    waits on            -
orderly end         -                   NX_NOT_CONNECTED    NX_NOT_CONNECTED    NX_SUCCESS
"""

from netx_sim.constants import (
    NX_DRIVER_TX_DONE,
    NX_PACKET_ALLOCATED,
    NX_TCP_CLIENT,
    NX_TCP_CLOSED,
    NX_TCP_ESTABLISHED,
    NX_TCP_LISTEN_STATE,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_TCP_TIMED_WAIT,
)
from netx_sim.packet import _nx_packet_release
from netx_sim.status import NX_DISCONNECT_FAILED, NX_NOT_CONNECTED, NX_SUCCESS
from netx_sim.tcp.block import _state_set, peer_clear
from netx_sim.tcp.timers import timer_start, timers_stop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.kernel.thread_block import TX_THREAD
    from netx_sim.packet import NX_PACKET
    from netx_sim.tcp.block import NX_TCP_SOCKET

_HANDSHAKE = (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED)


# -- queues -----------------------------------------------------------------------------------------


def sent_release(packet: "NX_PACKET") -> None:
    """A sent packet is needed no more: free it, or leave that to the driver if it still has it."""
    packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
    if packet.nx_packet_queue_next == NX_DRIVER_TX_DONE:
        _nx_packet_release(packet)
    else:
        packet._holder = "driver"


def transmit_queue_flush(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Forget what was sent and not acknowledged."""
    sent, socket_ptr._sent = socket_ptr._sent, []
    socket_ptr.nx_tcp_socket_transmit_sent_count = 0
    for packet, _, _ in sent:
        sent_release(packet)


def received_release(packet: "NX_PACKET") -> None:
    """Free a packet of the receive queue."""
    packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
    _nx_packet_release(packet)


def receive_queue_flush(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Forget what was received and not read."""
    ready, ahead = socket_ptr._rx_ready, socket_ptr._rx_ahead
    socket_ptr._rx_ready, socket_ptr._rx_ahead = [], []
    socket_ptr.nx_tcp_socket_receive_queue_count = 0
    for packet in ready:
        received_release(packet)
    for _, packet in ahead:
        received_release(packet)


# -- waking -----------------------------------------------------------------------------------------


def wake_all(socket_ptr: "NX_TCP_SOCKET", waiters: "list[TX_THREAD]", status: int) -> None:
    """Every thread of a list goes on with `status`."""
    sim = socket_ptr._sim
    while waiters:
        sim.resume(waiters[0], status)


def _wake_users(socket_ptr: "NX_TCP_SOCKET", disconnect_status: int) -> None:
    """The connection is over for everybody who waits on it."""
    wake_all(socket_ptr, socket_ptr._disconnect_waiters, disconnect_status)
    wake_all(socket_ptr, socket_ptr._connect_waiters, NX_NOT_CONNECTED)
    wake_all(socket_ptr, socket_ptr._send_waiters, NX_NOT_CONNECTED)
    wake_all(socket_ptr, socket_ptr._receive_waiters, NX_NOT_CONNECTED)


# -- endings ----------------------------------------------------------------------------------------


def end_state_set(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Where a connection ends: a client's socket is closed, a server's listens."""
    client = socket_ptr.nx_tcp_socket_client_type == NX_TCP_CLIENT
    _state_set(socket_ptr, NX_TCP_CLOSED if client else NX_TCP_LISTEN_STATE)


def connection_clear(socket_ptr: "NX_TCP_SOCKET") -> None:
    """No connection any more: timers, transmit queue and peer are gone, what was received can still be read."""
    timers_stop(socket_ptr)
    transmit_queue_flush(socket_ptr)
    peer_clear(socket_ptr)
    socket_ptr.nx_tcp_socket_zero_window_probe_has_data = False
    end_state_set(socket_ptr)


def handshake_fail(socket_ptr: "NX_TCP_SOCKET") -> None:
    """No connection yet: the socket goes back, but the peer's segments still find it."""
    timers_stop(socket_ptr)
    end_state_set(socket_ptr)


def connection_end(socket_ptr: "NX_TCP_SOCKET", disconnect_status: int) -> None:
    """Clear the connection and tell those who wait."""
    connection_clear(socket_ptr)
    _wake_users(socket_ptr, disconnect_status)


def connection_reset(socket_ptr: "NX_TCP_SOCKET") -> None:
    """The peer, or the retry limit, has ended the connection. Nothing is sent here."""
    state = socket_ptr.nx_tcp_socket_state
    if state in _HANDSHAKE:
        handshake_fail(socket_ptr)
    else:
        connection_clear(socket_ptr)
    if state == NX_TCP_ESTABLISHED and socket_ptr.nx_tcp_socket_disconnect_callback is not None:
        socket_ptr.nx_tcp_socket_disconnect_callback(socket_ptr)
    if state > NX_TCP_SYN_RECEIVED:
        _disconnect_complete(socket_ptr)
    _wake_users(socket_ptr, NX_DISCONNECT_FAILED)


def timed_wait_enter(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Both sides have closed, we first: keep the port until no segment of the connection can be left (RFC 9293 3.6)."""
    config = socket_ptr._sim.config
    _state_set(socket_ptr, NX_TCP_TIMED_WAIT)
    timer_start(socket_ptr, 2 * config.NX_TCP_MAXIMUM_SEGMENT_LIFETIME * config.NX_IP_PERIODIC_RATE)
    if socket_ptr.nx_tcp_socket_disconnect_callback is not None:
        socket_ptr.nx_tcp_socket_disconnect_callback(socket_ptr)
    _disconnect_complete(socket_ptr)
    if socket_ptr.nx_tcp_socket_timed_wait_callback is not None:
        socket_ptr.nx_tcp_socket_timed_wait_callback(socket_ptr)
    _wake_users(socket_ptr, NX_SUCCESS)


def last_ack_end(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Both sides have closed, the peer first."""
    connection_clear(socket_ptr)
    _disconnect_complete(socket_ptr)
    _wake_users(socket_ptr, NX_SUCCESS)


def timed_wait_end(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Leave TIMED_WAIT, by time or because the socket is wanted."""
    connection_clear(socket_ptr)


def _disconnect_complete(socket_ptr: "NX_TCP_SOCKET") -> None:
    if socket_ptr.nx_tcp_disconnect_complete_notify is not None:
        socket_ptr.nx_tcp_disconnect_complete_notify(socket_ptr)
