"""Creating and deleting UDP sockets, binding them to ports, and their settings. Read first: ``netx_sim/ports.py``."""

from netx_sim.constants import NX_ANY_PORT, NX_UDP_ID
from netx_sim.ip import ip_callback_registered
from netx_sim.packet import _nx_packet_release
from netx_sim.ports import port_find, port_search_start
from netx_sim.ring_waiters import RingWaiters
from netx_sim.status import (
    NX_ALREADY_BOUND,
    NX_NO_FREE_PORTS,
    NX_NOT_BOUND,
    NX_PORT_UNAVAILABLE,
    NX_SOCKET_UNBOUND,
    NX_STILL_BOUND,
    NX_SUCCESS,
)
from netx_sim.udp.block import NX_UDP_SOCKET, ip_of, wake

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP


def _nx_udp_socket_create(
    ip_ptr: "NX_IP",
    socket_ptr: NX_UDP_SOCKET,
    name: "Any",
    type_of_service: int,
    fragment: int,
    time_to_live: int,
    queue_maximum: int,
) -> int:
    socket_ptr._reset()
    socket_ptr.nx_udp_socket_name = name
    socket_ptr.nx_udp_socket_ip_ptr = ip_ptr
    socket_ptr.nx_udp_socket_type_of_service = type_of_service
    socket_ptr.nx_udp_socket_fragment_enable = fragment
    socket_ptr.nx_udp_socket_time_to_live = time_to_live
    socket_ptr.nx_udp_socket_queue_maximum = queue_maximum
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    socket_ptr.nx_udp_socket_id = NX_UDP_ID
    ip_ptr.nx_ip_udp_created_sockets_ptr.append(socket_ptr)
    ip_ptr.nx_ip_udp_created_sockets_count += 1
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def _nx_udp_socket_delete(socket_ptr: NX_UDP_SOCKET) -> int:
    """A thread that waits in bind is no obstacle here: its bind may yet succeed, on a deleted socket."""
    ip_ptr = ip_of(socket_ptr)
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_STILL_BOUND
    if not socket_ptr._bound:
        socket_ptr.nx_udp_socket_id = 0
        ip_ptr.nx_ip_udp_created_sockets_ptr.remove(socket_ptr)
        ip_ptr.nx_ip_udp_created_sockets_count -= 1
        status = NX_SUCCESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_udp_free_port_find(ip_ptr: "NX_IP", port: int, free_port_ptr: "Any") -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    free = port_find(sim, ip_ptr.nx_ip_udp_port_table, port)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    if not free:
        return NX_NO_FREE_PORTS
    free_port_ptr[0] = free
    return NX_SUCCESS


def _nx_udp_socket_bind(socket_ptr: NX_UDP_SOCKET, port: int, wait_option: int) -> int:
    ip_ptr = ip_of(socket_ptr)
    sim = ip_ptr._sim
    table = ip_ptr.nx_ip_udp_port_table
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_ALREADY_BOUND
    if not socket_ptr._bound and not _waits_in_bind(socket_ptr):
        if port == NX_ANY_PORT:
            port = port_find(sim, table, port_search_start(sim))
        owner = table.get(port)
        if not port:
            status = NX_NO_FREE_PORTS
        elif owner is None:
            _take_port(socket_ptr, port)
            status = NX_SUCCESS
        elif not wait_option:
            status = NX_PORT_UNAVAILABLE
        else:
            socket_ptr.nx_udp_socket_port = port
            socket_ptr._binder = sim.current
            return sim.wait(
                owner._port_waiters,
                wait_option,
                ip_ptr.nx_ip_protection,
                timeout_status=NX_PORT_UNAVAILABLE,
                what=socket_ptr,
            )
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _take_port(socket_ptr: NX_UDP_SOCKET, port: int) -> None:
    ip_of(socket_ptr).nx_ip_udp_port_table[port] = socket_ptr
    socket_ptr.nx_udp_socket_port = port
    socket_ptr._bound = True


def _waits_in_bind(socket_ptr: NX_UDP_SOCKET) -> bool:
    """Does the thread that last waited to bind this socket still wait to do so?"""
    thread = socket_ptr._binder
    return thread is not None and thread._wait_what is socket_ptr and thread._queue is not socket_ptr._receivers


def _nx_udp_socket_unbind(socket_ptr: NX_UDP_SOCKET) -> int:
    ip_ptr = ip_of(socket_ptr)
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    if _waits_in_bind(socket_ptr):
        wake(socket_ptr, socket_ptr._binder, NX_PORT_UNAVAILABLE)  # type: ignore[arg-type]
    elif not socket_ptr._bound:
        status = NX_NOT_BOUND
    else:
        socket_ptr._bound = False
        del ip_ptr.nx_ip_udp_port_table[socket_ptr.nx_udp_socket_port]
        _drain(socket_ptr)
        _hand_port_over(socket_ptr)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _drain(socket_ptr: NX_UDP_SOCKET) -> None:
    """Release what is queued and send the readers away."""
    while socket_ptr._queue:
        _nx_packet_release(socket_ptr._queue.pop(0))
    while socket_ptr._receivers:
        wake(socket_ptr, socket_ptr._receivers[0], NX_SOCKET_UNBOUND)


def _hand_port_over(socket_ptr: NX_UDP_SOCKET) -> None:
    """Give the freed port to the first that waits for it; the others go on waiting, now for that socket."""
    waiters = socket_ptr._port_waiters
    if not waiters:
        return
    thread = waiters[0]
    heir: NX_UDP_SOCKET = thread._wait_what
    socket_ptr._port_waiters = RingWaiters()
    heir._port_waiters = waiters
    _take_port(heir, socket_ptr.nx_udp_socket_port)
    wake(heir, thread, NX_SUCCESS)


def _nx_udp_socket_port_get(socket_ptr: NX_UDP_SOCKET, port_ptr: "Any") -> int:
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    port_ptr[0] = socket_ptr.nx_udp_socket_port
    return NX_SUCCESS


def _checksum_set(socket_ptr: NX_UDP_SOCKET, disable: int) -> int:
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    socket_ptr.nx_udp_socket_disable_checksum = disable
    return NX_SUCCESS


def _nx_udp_socket_checksum_enable(socket_ptr: NX_UDP_SOCKET) -> int:
    return _checksum_set(socket_ptr, 0)


def _nx_udp_socket_checksum_disable(socket_ptr: NX_UDP_SOCKET) -> int:
    return _checksum_set(socket_ptr, 1)


def _nx_udp_socket_receive_notify(
    socket_ptr: NX_UDP_SOCKET, udp_receive_notify: "Callable[[NX_UDP_SOCKET], None] | None"
) -> int:
    ip_callback_registered(ip_of(socket_ptr), udp_receive_notify)
    socket_ptr.nx_udp_receive_callback = udp_receive_notify
    return NX_SUCCESS
