"""A listening port of the server and the sockets behind it.

Read first: `server_link`.  Callbacks reach a connection through its socket; timers run in a kernel activity that holds
the mutex of the IP instance.

A socket that has closed first stays in TIME_WAIT, and is taken for the next connection only when no other is free.
"""

from netx_pop3.server_link import Connection
from netx_sim.constants import (
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_NO_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_FIN_WAIT_2,
    NX_TCP_LISTEN_STATE,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_TIMED_WAIT,
)
from netx_sim.kernel.simulation import never_waits
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.status import NX_SUCCESS
from netx_sim.tcp import (
    NX_TCP_SOCKET,
    _nx_tcp_server_socket_listen,
    _nx_tcp_server_socket_relisten,
    _nx_tcp_server_socket_unaccept,
    _nx_tcp_server_socket_unlisten,
    _nx_tcp_socket_create,
    _nx_tcp_socket_delete,
    _nx_tcp_socket_disconnect,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_pop3.server_link import Peer
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET_POOL

_SWEEP_TICKS = 1200  # a handshake is given up, or has ended, within this; what is idle is looked for as often

_RECLAIMABLE = (NX_TCP_LISTEN_STATE, NX_TCP_TIMED_WAIT)


@never_waits
def _on_connect(socket_ptr: NX_TCP_SOCKET, _port: int) -> None:
    """Listen callback: a SYN was given to the socket."""
    connection: "Connection" = socket_ptr.nx_tcp_socket_reserved_ptr
    connection.listener.connected(connection)


@never_waits
def _on_segment(socket_ptr: NX_TCP_SOCKET) -> None:
    connection: "Connection" = socket_ptr.nx_tcp_socket_reserved_ptr
    connection.work()


@never_waits
def _on_closed(socket_ptr: NX_TCP_SOCKET) -> None:
    """Both sides have closed, or the connection was reset."""
    connection: "Connection" = socket_ptr.nx_tcp_socket_reserved_ptr
    connection.closed()


class Listener:
    """A listening port and its sockets.

    Args:
        ip_ptr (NX_IP): instance with TCP enabled.
        pool (NX_PACKET_POOL): for what is sent.
        port (int): to listen on.
        make_peer: called with the Connection once a client has connected; gives the Peer.
        connections (int): sockets, so connections at a time.
        backlog (int): further clients that wait.
        window (int): receive window of each socket, in bytes.
        transmit_queue (int): packets a socket may have unacknowledged; 0 for NX_TCP_MAXIMUM_TX_QUEUE.
        idle (int): ticks without a segment after which a connection is reset; 0 for never.
        retransmit (int): ticks after which a segment is sent again first; 0 for NX_TCP_TRANSMIT_TIMER_RATE.
    """

    def __init__(
        self,
        ip_ptr: "NX_IP",
        pool: "NX_PACKET_POOL",
        port: int,
        make_peer: "Callable[[Connection], Peer]",
        connections: int,
        backlog: int,
        window: int,
        transmit_queue: int,
        idle: int,
        retransmit: int = 0,
    ) -> None:
        self.sim = ip_ptr._sim
        self.pool = pool
        self.make_peer = make_peer
        self._ip_ptr = ip_ptr
        self._port = port
        self._backlog = backlog
        self._window = window
        self._transmit_queue = transmit_queue
        self._idle = idle
        self._retransmit = retransmit
        self._connections = [Connection(self) for _ in range(connections)]
        self._free: "list[Connection]" = []
        self._used: "list[Connection]" = []  # by the time of their connecting
        self._count = 0
        self._calls: "list[tuple[int, Connection, int, Callable[[], None]]]" = []
        self._sweeping = False
        self._thread = TX_THREAD()

    # -- start and stop -------------------------------------------------------------------------

    def start(self) -> int:
        """Make the sockets and listen; the status of the listen."""
        for connection in self._connections:
            self._socket_make(connection)
        first = self._connections[0]
        status = _nx_tcp_server_socket_listen(self._ip_ptr, self._port, first.socket, self._backlog, _on_connect)
        if status:
            self._sockets_delete()
            return status
        self._free = self._connections[1:]
        self._used = [first]
        priority = self._ip_ptr.nx_ip_thread.tx_thread_priority
        self.sim.activity_create(
            self._thread, "server timers", priority, self._run_calls, self._ip_ptr.nx_ip_protection
        )
        return NX_SUCCESS

    def _socket_make(self, connection: Connection) -> None:
        socket = connection.socket
        ttl = self.sim.config.NX_IP_TIME_TO_LIVE
        _nx_tcp_socket_create(
            self._ip_ptr, socket, "POP3 server", NX_IP_NORMAL, NX_FRAGMENT_OKAY, ttl, self._window, None, None
        )
        socket.nx_tcp_socket_reserved_ptr = connection
        socket._segment_notify = _on_segment
        socket.nx_tcp_disconnect_complete_notify = _on_closed
        if self._transmit_queue:
            socket.nx_tcp_socket_transmit_queue_maximum = self._transmit_queue
        if self._retransmit:
            socket.nx_tcp_socket_timeout_rate = self._retransmit

    def stop(self) -> int:
        """Reset all connections, stop listening, delete the sockets; the status of the unlisten."""
        for connection in self._connections:
            connection.socket.nx_tcp_disconnect_complete_notify = None
            connection.socket._segment_notify = None
            connection._end()
            connection._clear()
            _nx_tcp_socket_disconnect(connection.socket, NX_NO_WAIT)
        status = _nx_tcp_server_socket_unlisten(self._ip_ptr, self._port)
        for connection in self._connections:
            if connection.socket.nx_tcp_socket_state != NX_TCP_CLOSED:
                _nx_tcp_server_socket_unaccept(connection.socket)
        self._sockets_delete()
        self.sim.activity_delete(self._thread)
        self._calls = []
        return status

    def _sockets_delete(self) -> None:
        for connection in self._connections:
            _nx_tcp_socket_delete(connection.socket)

    # -- sockets for the next connection --------------------------------------------------------

    def count(self) -> int:
        """The number of the connection that begins now, from 1."""
        self._count += 1
        return self._count

    def connected(self, connection: Connection) -> None:
        """A SYN was given to a connection's socket: answer it, and let another socket take the next."""
        connection.accept()
        self._sweep_later()
        self.attach_next()

    def free(self, connection: Connection) -> None:
        """A socket can be used again."""
        self._used.remove(connection)
        self._free.append(connection)
        self.attach_next()

    def attach_next(self) -> None:
        """If no socket waits for the next client, let a free one do it, or else the one longest in TIME_WAIT."""
        listen = self._ip_ptr._tcp.listens.get(self._port)
        if listen is None or listen.socket is not None:
            return
        if not self._free:
            for connection in self._used:
                if connection._begun and connection.socket.nx_tcp_socket_state in _RECLAIMABLE:
                    connection.recycle()  # which comes back here
                    return
            return
        connection = self._free.pop(0)
        self._used.append(connection)
        _nx_tcp_server_socket_relisten(self._ip_ptr, self._port, connection.socket)

    # -- timers ---------------------------------------------------------------------------------

    def after(self, ticks: int, connection: Connection, function: "Callable[[], None]") -> None:
        """Call `function` in the server's activity, if the connection is still the same then."""
        self._calls.append((self.sim.now + ticks, connection, connection.number, function))
        self.sim.timeout_add(max(ticks, 1), self._wake, None)

    def _wake(self, _: "Any") -> None:
        self.sim.activity_signal(self._thread)

    def _run_calls(self) -> None:
        """What is due, with the mutex of the IP instance held."""
        now = self.sim.now
        due = [call for call in self._calls if call[0] <= now]
        self._calls = [call for call in self._calls if call[0] > now]
        for _, connection, number, function in due:
            if connection.number == number and connection._peer is not None:
                function()
        if self._sweeping:
            self._sweep()

    def _sweep_later(self) -> None:
        if not self._sweeping:
            self._sweeping = True
            self._next_sweep = self.sim.now + _SWEEP_TICKS
            self.sim.timeout_add(_SWEEP_TICKS, self._wake, None)

    def _sweep(self) -> None:
        """Take back sockets whose handshake came to nothing, and those whose client is silent for too long."""
        now = self.sim.now
        if now < self._next_sweep:
            return
        self._sweeping = False
        listen = self._ip_ptr._tcp.listens.get(self._port)
        attached = listen.socket if listen is not None else None
        for connection in list(self._used):
            state = connection.socket.nx_tcp_socket_state
            if connection.socket is attached:
                continue
            if state == NX_TCP_LISTEN_STATE:
                connection.recycle()
            elif state == NX_TCP_SYN_RECEIVED:
                self._sweep_later()
            elif state == NX_TCP_FIN_WAIT_2:
                self._sweep_close(connection, now)
            elif self._idle and connection._peer is not None:
                if now - connection.heard >= self._idle:
                    _nx_tcp_socket_disconnect(connection.socket, NX_NO_WAIT)
                    connection.recycle()
                else:
                    self._sweep_later()

    def _sweep_close(self, connection: Connection, now: int) -> None:
        """A client that does not close its side, which no timer of TCP's ends, loses the connection."""
        if now - connection.heard >= _SWEEP_TICKS:
            connection.recycle()
        else:
            self._sweep_later()
