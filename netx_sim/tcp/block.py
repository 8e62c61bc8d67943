"""The TCP socket, its state table, and what TCP keeps of an IP instance.

Fields named `nx_tcp_socket_*` are C's; those with a leading underscore are the host's. All knowledge of which state
may follow which is in `_TRANSITIONS`; `_state_set` is the only writer of the state.

Rules of this package:
- sequence numbers are compared by `netx_sim.seq` (or the same arithmetic, spelt out where it is hot);
- everything here runs with the mutex of the IP instance held;
- a packet in the transmit queue stays marked NX_PACKET_ENQUEUED until it is acknowledged, and is sent again only when
  the driver has marked it NX_DRIVER_TX_DONE.
"""

from netx_sim.address import NXD_ADDRESS
from netx_sim.constants import (
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_CLOSING,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_1,
    NX_TCP_FIN_WAIT_2,
    NX_TCP_LAST_ACK,
    NX_TCP_LISTEN_STATE,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_TCP_TIMED_WAIT,
)
from netx_sim.ring_waiters import RingWaiters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.kernel.thread_block import TX_THREAD
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

    Notify = Callable[["NX_TCP_SOCKET"], None] | None
    ListenNotify = Callable[["NX_TCP_SOCKET", int], None] | None

NEVER = 1 << 62  # a deadline that is not set

STATE_NAMES = (
    "",
    "CLOSED",
    "LISTEN",
    "SYN_SENT",
    "SYN_RECEIVED",
    "ESTABLISHED",
    "CLOSE_WAIT",
    "FIN_WAIT_1",
    "FIN_WAIT_2",
    "CLOSING",
    "TIMED_WAIT",
    "LAST_ACK",
)

_ENDED = (NX_TCP_CLOSED, NX_TCP_LISTEN_STATE)  # where a connection ends: a client's socket, a server's

# From a state to those that may follow it.
_TRANSITIONS = {
    NX_TCP_CLOSED: (NX_TCP_LISTEN_STATE, NX_TCP_SYN_SENT),
    NX_TCP_LISTEN_STATE: (NX_TCP_CLOSED, NX_TCP_SYN_RECEIVED),
    NX_TCP_SYN_SENT: (NX_TCP_CLOSED, NX_TCP_SYN_RECEIVED, NX_TCP_ESTABLISHED),
    NX_TCP_SYN_RECEIVED: _ENDED + (NX_TCP_ESTABLISHED,),
    NX_TCP_ESTABLISHED: _ENDED + (NX_TCP_CLOSE_WAIT, NX_TCP_FIN_WAIT_1),
    NX_TCP_CLOSE_WAIT: _ENDED + (NX_TCP_LAST_ACK,),
    NX_TCP_FIN_WAIT_1: _ENDED + (NX_TCP_FIN_WAIT_2, NX_TCP_CLOSING, NX_TCP_TIMED_WAIT),
    NX_TCP_FIN_WAIT_2: _ENDED + (NX_TCP_TIMED_WAIT,),
    NX_TCP_CLOSING: _ENDED + (NX_TCP_TIMED_WAIT,),
    NX_TCP_TIMED_WAIT: _ENDED + (NX_TCP_SYN_SENT,),
    NX_TCP_LAST_ACK: _ENDED,
}

# Called with (socket, old state, new state) after each change; for tests and tracing.
state_hooks: "list[Callable[[NX_TCP_SOCKET, int, int], None]]" = []


class NX_TCP_SOCKET:
    """One socket. Created empty by the caller, filled by `nx_tcp_socket_create`."""

    __slots__ = (
        "_ack_count",
        "_ack_deadline",
        "_binder",
        "_connect_waiters",
        "_deadline",
        "_disconnect_waiters",
        "_ip_tcp",
        "_key",
        "_order",
        "_probe_byte",
        "_receive_waiters",
        "_rx_ahead",
        "_rx_ready",
        "_scale_offered",
        "_segment_notify",
        "_send_waiters",
        "_sent",
        "_sim",
        "_bound",
        "_keepalive_deadline",
        "_window_sequence",
        "nx_tcp_disconnect_complete_notify",
        "nx_tcp_establish_notify",
        "nx_tcp_receive_callback",
        "nx_tcp_rcv_win_scale_value",
        "nx_tcp_snd_win_scale_value",
        "nx_tcp_socket_bytes_received",
        "nx_tcp_socket_bytes_sent",
        "nx_tcp_socket_checksum_errors",
        "nx_tcp_socket_client_type",
        "nx_tcp_socket_connect_interface",
        "nx_tcp_socket_connect_ip",
        "nx_tcp_socket_connect_mss",
        "nx_tcp_socket_connect_port",
        "nx_tcp_socket_disconnect_callback",
        "nx_tcp_socket_duplicated_ack_received",
        "nx_tcp_socket_fast_recovery",
        "nx_tcp_socket_fin_received",
        "nx_tcp_socket_fin_sequence",
        "nx_tcp_socket_fragment_enable",
        "nx_tcp_socket_id",
        "nx_tcp_socket_ip_ptr",
        "nx_tcp_socket_ipv6_addr",
        "nx_tcp_socket_keepalive_retries",
        "nx_tcp_socket_mss",
        "nx_tcp_socket_name",
        "nx_tcp_socket_next_hop_address",
        "nx_tcp_socket_packets_received",
        "nx_tcp_socket_packets_sent",
        "nx_tcp_socket_peer_mss",
        "nx_tcp_socket_port",
        "nx_tcp_socket_previous_highest_ack",
        "nx_tcp_socket_queue_depth_notify",
        "nx_tcp_socket_receive_queue_count",
        "nx_tcp_socket_receive_queue_maximum",
        "nx_tcp_socket_reserved_ptr",
        "nx_tcp_socket_retransmit_packets",
        "nx_tcp_socket_rx_sequence",
        "nx_tcp_socket_rx_sequence_acked",
        "nx_tcp_socket_rx_window_current",
        "nx_tcp_socket_rx_window_default",
        "nx_tcp_socket_rx_window_last_sent",
        "nx_tcp_socket_rx_window_maximum",
        "nx_tcp_socket_state",
        "nx_tcp_socket_time_to_live",
        "nx_tcp_socket_timed_wait_callback",
        "nx_tcp_socket_timeout_max_retries",
        "nx_tcp_socket_timeout_rate",
        "nx_tcp_socket_timeout_retries",
        "nx_tcp_socket_timeout_shift",
        "nx_tcp_socket_transmit_queue_maximum",
        "nx_tcp_socket_transmit_sent_count",
        "nx_tcp_socket_tx_outstanding_bytes",
        "nx_tcp_socket_tx_sequence",
        "nx_tcp_socket_tx_sequence_recover",
        "nx_tcp_socket_tx_slow_start_threshold",
        "nx_tcp_socket_tx_window_advertised",
        "nx_tcp_socket_tx_window_congestion",
        "nx_tcp_socket_type_of_service",
        "nx_tcp_socket_window_update_notify",
        "nx_tcp_socket_zero_window_probe_failure",
        "nx_tcp_socket_zero_window_probe_has_data",
        "nx_tcp_urgent_data_callback",
    )

    def __init__(self) -> None:
        self.nx_tcp_socket_id = 0
        self._identity_fields()
        self._sequence_fields()
        self._queue_fields()
        self._timer_fields()
        self._callback_fields()
        self._statistics_fields()

    def _identity_fields(self) -> None:
        self.nx_tcp_socket_name: "Any" = None
        self.nx_tcp_socket_client_type = 0
        self.nx_tcp_socket_port = 0
        self.nx_tcp_socket_mss = 0
        self.nx_tcp_socket_connect_ip = NXD_ADDRESS()
        self.nx_tcp_socket_connect_port = 0
        self.nx_tcp_socket_connect_mss = 0
        self.nx_tcp_socket_peer_mss = 0
        self.nx_tcp_socket_connect_interface: "NX_INTERFACE | None" = None
        self.nx_tcp_socket_next_hop_address = 0
        self.nx_tcp_socket_ipv6_addr: "Any" = None
        self.nx_tcp_socket_state = 0
        self.nx_tcp_socket_ip_ptr: "NX_IP" = None  # type: ignore[assignment]
        self.nx_tcp_socket_type_of_service = 0
        self.nx_tcp_socket_time_to_live = 0
        self.nx_tcp_socket_fragment_enable = 0
        self.nx_tcp_socket_reserved_ptr: "Any" = None
        self._sim: "Any" = None
        self._ip_tcp: "Tcp" = None  # type: ignore[assignment]
        self._order = 0  # of creation: timers of one tick act in it
        self._bound = False  # does it hold its port?
        self._key: "tuple[int, int, int] | None" = None  # local port, peer address, peer port: how segments find it

    def _sequence_fields(self) -> None:
        self.nx_tcp_socket_tx_sequence = 0
        self.nx_tcp_socket_rx_sequence = 0
        self.nx_tcp_socket_rx_sequence_acked = 0
        self.nx_tcp_socket_fin_sequence = 0
        self.nx_tcp_socket_fin_received = False
        self.nx_tcp_socket_tx_window_advertised = 0
        self.nx_tcp_socket_tx_window_congestion = 0
        self.nx_tcp_socket_tx_outstanding_bytes = 0
        self.nx_tcp_socket_tx_slow_start_threshold = 0
        self.nx_tcp_socket_tx_sequence_recover = 0
        self.nx_tcp_socket_previous_highest_ack = 0
        self.nx_tcp_socket_duplicated_ack_received = 0
        self.nx_tcp_socket_fast_recovery = 0
        self.nx_tcp_socket_rx_window_default = 0
        self.nx_tcp_socket_rx_window_maximum = 0
        self.nx_tcp_socket_rx_window_current = 0
        self.nx_tcp_socket_rx_window_last_sent = 0
        self.nx_tcp_socket_zero_window_probe_has_data = False
        self.nx_tcp_socket_zero_window_probe_failure = 0
        self._probe_byte = 0
        self._window_sequence = 0  # of the segment whose window field was last taken
        # Shifts of the window fields (RFC 7323 section 2): ours, the peer's.
        self.nx_tcp_rcv_win_scale_value = 0
        self.nx_tcp_snd_win_scale_value = 0
        self._scale_offered = False  # did the peer's SYN ask for window scaling?

    def _queue_fields(self) -> None:
        # Sent and not acknowledged, oldest first: packet, its first sequence number, bytes of data.
        self._sent: "list[tuple[NX_PACKET, int, int]]" = []
        self.nx_tcp_socket_transmit_sent_count = 0
        self.nx_tcp_socket_transmit_queue_maximum = 0
        # Received in order and not read; received ahead of a gap (with first sequence number), by sequence.
        self._rx_ready: "list[NX_PACKET]" = []
        self._rx_ahead: "list[tuple[int, NX_PACKET]]" = []
        self.nx_tcp_socket_receive_queue_count = 0
        self.nx_tcp_socket_receive_queue_maximum = 0
        self._binder: "TX_THREAD | None" = None  # the thread that last waited for a port for this socket
        self._connect_waiters: "list[TX_THREAD]" = []
        self._receive_waiters: "list[TX_THREAD]" = RingWaiters()
        self._send_waiters: "list[TX_THREAD]" = RingWaiters()
        self._disconnect_waiters: "list[TX_THREAD]" = []

    def _timer_fields(self) -> None:
        self._deadline = NEVER  # retransmission, or the end of TIMED_WAIT
        self._ack_deadline = NEVER
        self._keepalive_deadline = NEVER
        self._ack_count = 0  # segments received since the last acknowledgement
        self.nx_tcp_socket_timeout_rate = 0
        self.nx_tcp_socket_timeout_retries = 0
        self.nx_tcp_socket_timeout_max_retries = 0
        self.nx_tcp_socket_timeout_shift = 0
        self.nx_tcp_socket_keepalive_retries = 0

    def _callback_fields(self) -> None:
        self.nx_tcp_urgent_data_callback: "Notify" = None
        self.nx_tcp_socket_disconnect_callback: "Notify" = None
        self.nx_tcp_receive_callback: "Notify" = None
        self.nx_tcp_socket_window_update_notify: "Notify" = None
        self.nx_tcp_establish_notify: "Notify" = None
        self.nx_tcp_disconnect_complete_notify: "Notify" = None
        self.nx_tcp_socket_timed_wait_callback: "Notify" = None
        self.nx_tcp_socket_queue_depth_notify: "Notify" = None
        # The host's: after each segment that its state's handler has processed, when all is settled.
        self._segment_notify: "Notify" = None

    def _statistics_fields(self) -> None:
        self.nx_tcp_socket_packets_sent = 0
        self.nx_tcp_socket_bytes_sent = 0
        self.nx_tcp_socket_packets_received = 0
        self.nx_tcp_socket_bytes_received = 0
        self.nx_tcp_socket_retransmit_packets = 0
        self.nx_tcp_socket_checksum_errors = 0

    @property
    def nx_tcp_socket_timeout(self) -> int:
        """Ticks to the next retransmission or the end of TIMED_WAIT; 0 is off."""
        return 0 if self._deadline == NEVER else max(1, self._deadline - self._sim.now)

    def __repr__(self) -> str:
        state = STATE_NAMES[self.nx_tcp_socket_state]
        peer = ""
        if self.nx_tcp_socket_connect_port:
            peer = repr(self.nx_tcp_socket_connect_ip)[13:-1] + ":" + str(self.nx_tcp_socket_connect_port)
        return f"<NX_TCP_SOCKET {self.nx_tcp_socket_name} {self.nx_tcp_socket_port}>{peer} {state}>"


class Listen:
    """A listening port: the socket that takes the next connection, or the queue of those that ask meanwhile."""

    __slots__ = ("callback", "port", "queue", "queue_maximum", "socket")

    def __init__(self, port: int, socket: NX_TCP_SOCKET, queue_maximum: int, callback: "ListenNotify") -> None:
        self.port = port
        self.socket: "NX_TCP_SOCKET | None" = socket
        self.queue_maximum = queue_maximum
        self.queue: "list[Segment]" = []
        self.callback = callback


class Segment:
    """A received segment, its header parsed once. `length` counts data bytes; addresses are keys (address.py)."""

    __slots__ = (
        "acknowledgement",
        "flags",
        "header_length",
        "length",
        "packet",
        "port",
        "sequence",
        "source",
        "source_port",
        "window",
    )

    def __init__(self) -> None:
        self.packet: "NX_PACKET" = None  # type: ignore[assignment]
        self.source = 0
        self.source_port = 0
        self.port = 0
        self.sequence = 0
        self.acknowledgement = 0
        self.flags = 0
        self.window = 0
        self.header_length = 0
        self.length = 0

    def copy(self) -> "Segment":
        """One that stays as it is when the next segment is parsed."""
        other = Segment()
        for name in Segment.__slots__:
            setattr(other, name, getattr(self, name))
        return other


class Tcp:
    """What TCP keeps of one IP instance."""

    __slots__ = (
        "ack_every",
        "ack_rate",
        "binders",
        "cleanups",
        "connections",
        "fast_period",
        "ip_ptr",
        "keepalive",
        "listens",
        "low_watermark",
        "next_due",
        "orders",
        "ports",
        "scaling",
        "segment",
        "sim",
        "timed",
    )

    def __init__(self, ip_ptr: "NX_IP") -> None:
        config = ip_ptr._sim.config
        rate = config.NX_IP_PERIODIC_RATE
        self.ip_ptr = ip_ptr
        self.sim = ip_ptr._sim
        # Ticks, rounded up to whole ones, and the build flags that received segments ask for.
        self.fast_period = -(-rate // config.NX_TCP_FAST_TIMER_RATE)
        self.ack_rate = -(-rate // config.NX_TCP_ACK_TIMER_RATE)
        self.ack_every = config.NX_TCP_ACK_EVERY_N_PACKETS
        self.keepalive = bool(config.NX_ENABLE_TCP_KEEPALIVE)
        self.scaling = bool(config.NX_ENABLE_TCP_WINDOW_SCALING)
        self.low_watermark = bool(config.NX_ENABLE_LOW_WATERMARK)
        # Sockets that hold a port; threads that wait for one; sockets with a peer; listening ports.
        self.ports: "dict[int, list[NX_TCP_SOCKET]]" = {}
        self.binders: "dict[int, list[TX_THREAD]]" = {}
        self.connections: "dict[tuple[int, int, int], NX_TCP_SOCKET]" = {}
        self.listens: "dict[int, Listen]" = {}
        # Sockets that have a deadline, and the earliest of them (or earlier).
        self.timed: "set[NX_TCP_SOCKET]" = set()
        self.next_due = NEVER
        self.cleanups: "list[TX_THREAD]" = []
        self.orders = 0
        self.segment = Segment()  # the one being processed


def _state_set(socket_ptr: NX_TCP_SOCKET, state: int) -> None:
    """Change the state; nothing else writes it."""
    old = socket_ptr.nx_tcp_socket_state
    if old == state:
        return
    if __debug__ and state not in _TRANSITIONS[old]:
        raise AssertionError(f"no way from {STATE_NAMES[old]} to {STATE_NAMES[state]}: {socket_ptr!r}")
    socket_ptr.nx_tcp_socket_state = state
    for hook in state_hooks:
        hook(socket_ptr, old, state)


# -- how segments find a socket ---------------------------------------------------------------------


def peer_set(socket_ptr: NX_TCP_SOCKET, address: int, port: int) -> None:
    """From now on the peer's segments are the socket's; `address` is a key."""
    peer_clear(socket_ptr)
    socket_ptr.nx_tcp_socket_connect_port = port
    key = (socket_ptr.nx_tcp_socket_port, address, port)
    socket_ptr._key = key
    connections = socket_ptr._ip_tcp.connections
    if key not in connections:  # the first socket of two with the same peer keeps it
        connections[key] = socket_ptr


def peer_clear(socket_ptr: NX_TCP_SOCKET) -> None:
    """The peer's segments find no socket any more."""
    key = socket_ptr._key
    if key is None:
        return
    socket_ptr._key = None
    connections = socket_ptr._ip_tcp.connections
    if connections.get(key) is not socket_ptr:
        return
    del connections[key]
    for other in socket_ptr._ip_tcp.ports.get(socket_ptr.nx_tcp_socket_port, ()):
        if other._key == key:
            connections[key] = other
            return


def waits_in_bind(socket_ptr: NX_TCP_SOCKET) -> bool:
    """Does a thread wait for a port for this socket?"""
    thread = socket_ptr._binder
    return (
        thread is not None
        and thread._wait_what is socket_ptr
        and thread._queue is socket_ptr._ip_tcp.binders.get(socket_ptr.nx_tcp_socket_port)
    )


def is_bound(socket_ptr: NX_TCP_SOCKET) -> bool:
    """Does the socket hold its port, or wait for one?"""
    return socket_ptr._bound or waits_in_bind(socket_ptr)


def port_take(socket_ptr: NX_TCP_SOCKET, port: int) -> None:
    """The socket holds a port (a server's port may be held by several)."""
    socket_ptr.nx_tcp_socket_port = port
    socket_ptr._bound = True
    socket_ptr._ip_tcp.ports.setdefault(port, []).append(socket_ptr)


def port_leave(socket_ptr: NX_TCP_SOCKET) -> None:
    """The socket holds its port no more, and forgets its peer."""
    peer_clear(socket_ptr)
    ports = socket_ptr._ip_tcp.ports
    holders = ports[socket_ptr.nx_tcp_socket_port]
    holders.remove(socket_ptr)
    if not holders:
        del ports[socket_ptr.nx_tcp_socket_port]
    socket_ptr._bound = False
