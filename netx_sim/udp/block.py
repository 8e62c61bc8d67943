"""NX_UDP_SOCKET: the control block of a UDP socket, and what all parts of UDP need of it."""

from netx_sim.ring_waiters import RingWaiters
from netx_sim.status import NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.kernel.thread_block import TX_THREAD
    from netx_sim.packet import NX_PACKET


class NX_UDP_SOCKET:
    """A UDP socket. Created empty by the caller, filled by ``nx_udp_socket_create``."""

    __slots__ = (
        "nx_udp_socket_id",
        "nx_udp_socket_name",
        "nx_udp_socket_port",
        "nx_udp_socket_ip_ptr",
        "nx_udp_socket_packets_sent",
        "nx_udp_socket_bytes_sent",
        "nx_udp_socket_packets_received",
        "nx_udp_socket_bytes_received",
        "nx_udp_socket_invalid_packets",
        "nx_udp_socket_packets_dropped",
        "nx_udp_socket_checksum_errors",
        "nx_udp_socket_type_of_service",
        "nx_udp_socket_time_to_live",
        "nx_udp_socket_fragment_enable",
        "nx_udp_socket_disable_checksum",
        "nx_udp_socket_queue_maximum",
        "nx_udp_socket_reserved_ptr",
        "nx_udp_receive_callback",
        "_bound",
        "_queue",
        "_receivers",
        "_port_waiters",
        "_binder",
    )

    def __init__(self) -> None:
        self.nx_udp_socket_id = 0
        self._reset()

    def _reset(self) -> None:
        """All fields but the id as in a zeroed control block."""
        self.nx_udp_socket_name: "Any" = None
        self.nx_udp_socket_port = 0
        self.nx_udp_socket_ip_ptr: "NX_IP | None" = None
        self.nx_udp_socket_packets_sent = 0
        self.nx_udp_socket_bytes_sent = 0
        self.nx_udp_socket_packets_received = 0
        self.nx_udp_socket_bytes_received = 0
        self.nx_udp_socket_invalid_packets = 0
        self.nx_udp_socket_packets_dropped = 0
        self.nx_udp_socket_checksum_errors = 0
        self.nx_udp_socket_type_of_service = 0
        self.nx_udp_socket_time_to_live = 0
        self.nx_udp_socket_fragment_enable = 0
        self.nx_udp_socket_disable_checksum = 0
        self.nx_udp_socket_queue_maximum = 0
        self.nx_udp_socket_reserved_ptr: "Any" = None
        self.nx_udp_receive_callback: "Callable[[NX_UDP_SOCKET], None] | None" = None
        self._bound = False
        self._queue: "list[NX_PACKET]" = []
        self._receivers = RingWaiters()  # threads waiting for a datagram
        self._port_waiters = RingWaiters()  # threads waiting for this socket's port
        self._binder: "TX_THREAD | None" = None  # the thread that waits in bind for this socket

    @property
    def nx_udp_socket_receive_count(self) -> int:
        """Datagrams in the receive queue."""
        return len(self._queue)

    def __repr__(self) -> str:
        return "<NX_UDP_SOCKET " + str(self.nx_udp_socket_name) + " port " + str(self.nx_udp_socket_port) + ">"


def ip_of(socket_ptr: NX_UDP_SOCKET) -> "NX_IP":
    """The instance of a created socket."""
    ip_ptr = socket_ptr.nx_udp_socket_ip_ptr
    assert ip_ptr is not None
    return ip_ptr


def write_those_wanted(*outputs: "tuple[Any, int]") -> int:
    """Write each value whose output pointer is not null."""
    for pointer, value in outputs:
        if pointer is not None:
            pointer[0] = value & 0xFFFFFFFF
    return NX_SUCCESS


def wake(socket_ptr: NX_UDP_SOCKET, thread: "TX_THREAD", status: int, result: "Any" = None) -> None:
    """Let a waiting thread go on, at once if it outranks the running one, which still holds the instance's mutex."""
    sim = ip_of(socket_ptr)._sim
    sim.resume(thread, status, result)
    sim.preempt()
