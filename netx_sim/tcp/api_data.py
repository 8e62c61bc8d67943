"""Sending, receiving, and closing a connection."""

from netx_sim.constants import (
    NX_NO_WAIT,
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_CLOSING,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_1,
    NX_TCP_LAST_ACK,
    NX_TCP_LISTEN_STATE,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_TCP_TIMED_WAIT,
    NX_IPv4_TCP_PACKET,
)
from netx_sim.constants_ipv6 import NX_IPV6_ADDR_STATE_VALID, NX_IPv6_TCP_PACKET
from netx_sim.packet import _nx_packet_allocate, _nx_packet_data_append, _nx_packet_release, packet_get
from netx_sim.status import (
    NX_DISCONNECT_FAILED,
    NX_IN_PROGRESS,
    NX_INVALID_PACKET,
    NX_INVALID_PARAMETERS,
    NX_NO_INTERFACE_ADDRESS,
    NX_NO_PACKET,
    NX_NOT_BOUND,
    NX_NOT_CONNECTED,
    NX_SUCCESS,
    NX_TX_QUEUE_DEPTH,
    NX_WAIT_ABORTED,
    NX_WINDOW_OVERFLOW,
)
from netx_sim.tcp.acknowledge import usable_window
from netx_sim.tcp.api_socket import _nx_tcp_socket_state_wait
from netx_sim.tcp.block import NEVER, NX_TCP_SOCKET, _state_set
from netx_sim.tcp.close import connection_end, handshake_fail, wake_all
from netx_sim.tcp.data import front_cut, ready_take
from netx_sim.tcp.output import abort_send, data_send, fin_send
from netx_sim.tcp.timers import timer_start
from netx_sim.tcp.waits import socket_wait

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.packet import NX_PACKET

MASK = 0xFFFFFFFF

_MAY_SEND = (NX_TCP_ESTABLISHED, NX_TCP_CLOSE_WAIT)
_HANDSHAKE = (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED)
_MAY_DISCONNECT = (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED, NX_TCP_ESTABLISHED, NX_TCP_CLOSE_WAIT)
_NO_MORE_DATA = (
    NX_TCP_CLOSED,
    NX_TCP_LISTEN_STATE,
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSING,
    NX_TCP_TIMED_WAIT,
    NX_TCP_LAST_ACK,
)


# -- sending ----------------------------------------------------------------------------------------


def _nx_tcp_socket_send(socket_ptr: NX_TCP_SOCKET, packet_ptr: "NX_PACKET", wait_option: int) -> int:
    if not packet_ptr.nx_packet_length:
        return NX_INVALID_PACKET
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    if socket_ptr.nx_tcp_socket_state in _HANDSHAKE and wait_option != NX_NO_WAIT:
        _nx_tcp_socket_state_wait(socket_ptr, NX_TCP_ESTABLISHED, wait_option)
    sim.mutex_get(ip_ptr.nx_ip_protection)
    while True:
        status = _may_send(socket_ptr)
        if status:
            break
        if socket_ptr.nx_tcp_socket_transmit_sent_count >= socket_ptr.nx_tcp_socket_transmit_queue_maximum:
            status = NX_TX_QUEUE_DEPTH
        else:
            window = usable_window(socket_ptr)
            if window > 0:
                status = _segment_send(socket_ptr, packet_ptr, window, wait_option)
                if status == NX_IN_PROGRESS:
                    continue
                break
            status = NX_WINDOW_OVERFLOW
            _window_wanted(socket_ptr, packet_ptr)
        if wait_option == NX_NO_WAIT:
            break
        status = _room_wait(socket_ptr, wait_option)
        sim.mutex_get(ip_ptr.nx_ip_protection)
        if status:
            break
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _may_send(socket_ptr: NX_TCP_SOCKET) -> int:
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    if socket_ptr.nx_tcp_socket_state not in _MAY_SEND:
        return NX_NOT_CONNECTED
    own_ipv6 = socket_ptr.nx_tcp_socket_ipv6_addr
    if own_ipv6 is not None and own_ipv6.nxd_ipv6_address_state != NX_IPV6_ADDR_STATE_VALID:
        return NX_NO_INTERFACE_ADDRESS
    return NX_SUCCESS


def _segment_send(socket_ptr: NX_TCP_SOCKET, packet: "NX_PACKET", window: int, wait_option: int) -> int:
    """Send one segment. NX_IN_PROGRESS: part of the data is out; NX_SUCCESS: all of it, the packet is taken."""
    length = packet.nx_packet_length
    mss = socket_ptr.nx_tcp_socket_connect_mss
    size = window if window < mss else mss
    if length <= size:
        if not (packet.nx_packet_prepend_ptr - packet.nx_packet_data_start) & 3 and (
            packet.nx_packet_next is None or not _small_chain(socket_ptr, packet)
        ):
            data_send(socket_ptr, packet, length)
            return NX_SUCCESS
        size = length
    status, piece = _piece_make(socket_ptr, packet, size, wait_option)
    if piece is None:
        return status
    data_send(socket_ptr, piece, size)
    if size == length:
        _nx_packet_release(packet)
        return NX_SUCCESS
    front_cut(packet, size)
    return NX_IN_PROGRESS


def _piece_type(socket_ptr: NX_TCP_SOCKET) -> int:
    return NX_IPv4_TCP_PACKET if socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_version != 6 else NX_IPv6_TCP_PACKET


def _small_chain(socket_ptr: NX_TCP_SOCKET, packet: "NX_PACKET") -> bool:
    """A chain that would fit into one packet is copied into one, if one is free."""
    pool = packet.nx_packet_pool_owner
    room = pool.nx_packet_pool_payload_size - _piece_type(socket_ptr)  # type: ignore[union-attr]
    return bool(pool._free) and packet.nx_packet_length <= room  # type: ignore[union-attr]


def _piece_make(
    socket_ptr: NX_TCP_SOCKET, packet: "NX_PACKET", size: int, wait_option: int
) -> "tuple[int, NX_PACKET | None]":
    """Copy the first `size` bytes of a chain into a packet of its pool, which may have to be waited for."""
    pool = packet.nx_packet_pool_owner
    assert pool is not None
    packet_type = _piece_type(socket_ptr)
    payload = pool.nx_packet_pool_payload_size
    if payload < packet_type:
        return NX_INVALID_PARAMETERS, None
    if pool._free and size <= payload - packet_type:
        piece = packet_get(pool, packet_type, "nx_tcp_socket_send")
        status = NX_SUCCESS if piece is not None else NX_NO_PACKET
        wait_option = NX_NO_WAIT
    else:
        status, piece = _piece_wait(socket_ptr, pool, packet_type, wait_option)
    if piece is None:
        return status, None
    status = _piece_fill(packet, piece, size, wait_option)
    if status:
        _nx_packet_release(piece)
        return status, None
    return NX_SUCCESS, piece


def _piece_wait(
    socket_ptr: NX_TCP_SOCKET, pool: "Any", packet_type: int, wait_option: int
) -> "tuple[int, NX_PACKET | None]":
    """Allocate with the sender's own wait; others can use the IP instance meanwhile."""
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    variable: "list[Any]" = [None]
    if wait_option != NX_NO_WAIT and not pool._free:
        ip_ptr._sim.mutex_put(ip_ptr.nx_ip_protection)
        status = _nx_packet_allocate(pool, variable, packet_type, wait_option, "nx_tcp_socket_send")
        ip_ptr._sim.mutex_get(ip_ptr.nx_ip_protection)
    else:
        status = _nx_packet_allocate(pool, variable, packet_type, NX_NO_WAIT, "nx_tcp_socket_send")
    if not status and _may_send(socket_ptr):
        _nx_packet_release(variable[0])
        return NX_NOT_CONNECTED, None
    return status, variable[0]


def _piece_fill(packet: "NX_PACKET", piece: "NX_PACKET", size: int, wait_option: int) -> int:
    """Copy from pool memory to pool memory; a chain shorter than it says is found out here."""
    pool = packet.nx_packet_pool_owner
    assert pool is not None
    part: "NX_PACKET | None" = packet
    while size and part is not None:
        start = part.nx_packet_prepend_ptr
        count = min(part.nx_packet_append_ptr - start, size)
        append = piece.nx_packet_append_ptr
        if piece.nx_packet_last is None and count <= piece.nx_packet_data_end - append:
            piece._mem[append : append + count] = part._mem[start : start + count]
            piece.nx_packet_append_ptr = append + count
            piece.nx_packet_length += count
        else:
            status = _nx_packet_data_append(piece, part._mem[start : start + count], count, pool, wait_option)
            if status:
                return status
        size -= count
        part = part.nx_packet_next
    return NX_INVALID_PACKET if size else NX_SUCCESS


def _window_wanted(socket_ptr: NX_TCP_SOCKET, packet: "NX_PACKET") -> None:
    """There is something to send that the window keeps back: if it is closed, probes ask with its first byte."""
    part: "NX_PACKET | None" = packet
    while part is not None and part.nx_packet_prepend_ptr == part.nx_packet_append_ptr:
        part = part.nx_packet_next
    if part is not None:
        socket_ptr._probe_byte = part._mem[part.nx_packet_prepend_ptr]
    socket_ptr.nx_tcp_socket_zero_window_probe_has_data = True
    if socket_ptr._deadline == NEVER:
        socket_ptr.nx_tcp_socket_timeout_retries = 0
        timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)


def _room_wait(socket_ptr: NX_TCP_SOCKET, wait_option: int) -> int:
    """Wait for an acknowledgement; the mutex is released. Once woken, only what outranks the IP thread preempts."""
    sim = socket_ptr._sim
    thread = sim.current
    threshold = thread.tx_thread_preempt_threshold
    ip_priority = socket_ptr.nx_tcp_socket_ip_ptr.nx_ip_thread.tx_thread_priority
    sim.rank(thread, thread.tx_thread_priority, min(threshold, ip_priority))
    try:
        return socket_wait(socket_ptr, socket_ptr._send_waiters, wait_option)
    finally:
        sim.rank(thread, thread.tx_thread_priority, threshold)


# -- receiving --------------------------------------------------------------------------------------


def _nx_tcp_socket_receive(socket_ptr: NX_TCP_SOCKET, packet_ptr: "Any", wait_option: int) -> int:
    packet_ptr[0] = None
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    if not socket_ptr._bound:
        status = NX_NOT_BOUND
    elif socket_ptr._rx_ready:
        packet_ptr[0] = ready_take(socket_ptr)
    elif socket_ptr.nx_tcp_socket_state in _NO_MORE_DATA:
        status = NX_NOT_CONNECTED
    elif wait_option == NX_NO_WAIT or sim.current is ip_ptr.nx_ip_thread:
        status = NX_NO_PACKET
    else:
        thread = sim.current
        status = socket_wait(socket_ptr, socket_ptr._receive_waiters, wait_option)
        if not status and thread is not None:
            packet_ptr[0] = thread._wait_result
        return status
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


# -- closing ----------------------------------------------------------------------------------------


def _nx_tcp_socket_disconnect(socket_ptr: NX_TCP_SOCKET, wait_option: int) -> int:
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    state = socket_ptr.nx_tcp_socket_state
    if state not in _MAY_DISCONNECT:
        status = NX_NOT_CONNECTED
    else:
        ip_ptr.nx_ip_tcp_disconnections += 1
        if state in _HANDSHAKE:
            _handshake_give_up(socket_ptr)
            status = NX_SUCCESS
        elif wait_option == NX_NO_WAIT and not sim.config.NX_DISABLE_RESET_DISCONNECT:
            abort_send(socket_ptr)
            connection_end(socket_ptr, NX_DISCONNECT_FAILED)
            status = NX_IN_PROGRESS
        else:
            _close_start(socket_ptr)
            if wait_option != NX_NO_WAIT and sim.current is not ip_ptr.nx_ip_thread:
                return _close_wait(socket_ptr, wait_option)
            status = NX_IN_PROGRESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _handshake_give_up(socket_ptr: NX_TCP_SOCKET) -> None:
    """No connection yet: a SYN that is out is forgotten silently, a SYN that was answered gets a FIN."""
    if socket_ptr.nx_tcp_socket_state == NX_TCP_SYN_RECEIVED and socket_ptr._key is not None:
        sequence = socket_ptr.nx_tcp_socket_tx_sequence
        fin_send(socket_ptr, sequence)
        socket_ptr.nx_tcp_socket_tx_sequence = (sequence + 1) & MASK
        if not socket_ptr._connect_waiters:  # else the waiting accept does it
            socket_ptr.nx_tcp_socket_rx_sequence = (socket_ptr.nx_tcp_socket_rx_sequence - 1) & MASK
    handshake_fail(socket_ptr)
    wake_all(socket_ptr, socket_ptr._connect_waiters, NX_NOT_CONNECTED)


def _close_start(socket_ptr: NX_TCP_SOCKET) -> None:
    """Send our FIN, behind all data; the timer repeats it, with what is left of the count if data are out."""
    sequence = socket_ptr.nx_tcp_socket_tx_sequence
    established = socket_ptr.nx_tcp_socket_state == NX_TCP_ESTABLISHED
    _state_set(socket_ptr, NX_TCP_FIN_WAIT_1 if established else NX_TCP_LAST_ACK)
    if not socket_ptr._sent:
        socket_ptr.nx_tcp_socket_timeout_retries = 0
        timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)
    fin_send(socket_ptr, sequence)
    socket_ptr.nx_tcp_socket_tx_sequence = (sequence + 1) & MASK


def _close_wait(socket_ptr: NX_TCP_SOCKET, wait_option: int) -> int:
    """Wait for the end of the exchange; the mutex is released. A wait that is aborted closes the socket, too."""
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr
    status = socket_wait(socket_ptr, socket_ptr._disconnect_waiters, wait_option)
    if status == NX_WAIT_ABORTED and socket_ptr.nx_tcp_socket_state >= NX_TCP_ESTABLISHED:
        ip_ptr._sim.mutex_get(ip_ptr.nx_ip_protection)
        connection_end(socket_ptr, NX_DISCONNECT_FAILED)
        ip_ptr._sim.mutex_put(ip_ptr.nx_ip_protection)
    return status
