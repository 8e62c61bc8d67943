"""Connections of a server on NetX sockets, driven by callbacks: no thread, no waiting.

Read first: NetX Duo guide, TCP server sockets; `server_session.Way` for what is offered above.

All work is done where a segment has just been processed (in the IP thread), or, for timers, in a kernel activity that
holds the instance's mutex.  So nothing here waits: sends are tried without waiting and go on when the peer's next
segment makes room; a close sends its FIN and leaves the rest to the stack.

A socket that has closed first stays in TIME_WAIT, and is taken for the next connection only when no other is free.
"""

from netx_sim.constants import (
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_IP_VERSION_V4,
    NX_NO_WAIT,
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_2,
    NX_TCP_LISTEN_STATE,
    NX_TCP_PACKET,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_TIMED_WAIT,
    NX_IPv4_TCP_PACKET,
)
from netx_sim.kernel.simulation import never_waits
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.packet import _nx_packet_release, packet_bytes, packet_get
from netx_sim.status import NX_NO_PACKET, NX_SUCCESS
from netx_sim.tcp import (
    NX_TCP_SOCKET,
    _nx_tcp_server_socket_accept,
    _nx_tcp_server_socket_listen,
    _nx_tcp_server_socket_relisten,
    _nx_tcp_server_socket_unaccept,
    _nx_tcp_server_socket_unlisten,
    _nx_tcp_socket_create,
    _nx_tcp_socket_delete,
    _nx_tcp_socket_disconnect,
    _nx_tcp_socket_receive,
    _nx_tcp_socket_send,
)
from netx_sim.tcp.api_data import _close_start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Protocol

    from netx_pop3.server_body import Body
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET, NX_PACKET_POOL

    class Peer(Protocol):
        """What talks over a connection."""

        def begin(self) -> None:
            """The client has connected."""
            ...

        def receive(self, data: bytes) -> None:
            """Octets from the client."""
            ...

        def end(self) -> None:
            """The client is gone, or the connection."""
            ...


_RETRY_TICKS = 1  # after a packet pool was found empty
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


class Connection:
    """One server socket: its connection, and what is still to be sent on it.

    Octets wait in `_queue` as bytes, as a Body that makes them when there is room, or as a tuple of one bytes that is
    to be a segment of its own.
    """

    __slots__ = (
        "_at", "_begun", "_chunk", "_data", "_exact", "_finishing", "_packet", "_packet_type", "_peer", "_queue",
        "_reset", "_variable", "heard", "listener", "number", "socket",
    )  # fmt: skip

    def __init__(self, listener: "Listener") -> None:
        self.listener = listener
        self.socket = NX_TCP_SOCKET()
        self._variable: "list[Any]" = [None]
        self._packet: "NX_PACKET | None" = None
        self._peer: "Peer | None" = None
        self._clear()

    def _clear(self) -> None:
        """As before the first connection."""
        self.number = 0
        self.heard = 0  # tick of the last segment
        self._begun = False
        self._finishing = False
        self._reset = False
        self._exact = False
        self._queue: "list[bytes | tuple[bytes] | Body]" = []
        self._data: "bytes | memoryview" = b""
        self._at = 0
        self._chunk = 0
        self._packet_type = NX_TCP_PACKET
        packet, self._packet = self._packet, None
        if packet is not None:
            _nx_packet_release(packet)

    # -- for the peer ---------------------------------------------------------------------------

    def send(self, data: bytes) -> None:
        """Queue octets; what is queued in one go may share a segment."""
        self._queue.append(data)

    def send_body(self, body: "Body") -> None:
        """Queue a message."""
        self._queue.append(body)

    def send_segment(self, data: bytes) -> None:
        """Queue octets that are to be a segment of their own."""
        self._queue.append((data,))

    def finish(self) -> None:
        """Close when all that is queued is sent."""
        self._finishing = True

    def reset(self) -> None:
        """Abort when all that is queued is sent."""
        self._finishing = self._reset = True

    def after(self, ticks: int, function: "Callable[[], None]") -> None:
        """Call `function` that many ticks from now, unless the connection has ended by then."""
        self.listener.after(ticks, self, function)

    # -- what happens ---------------------------------------------------------------------------

    def accept(self) -> None:
        """A client asks for a connection: answer."""
        self.heard = self.listener.sim.now
        _nx_tcp_server_socket_accept(self.socket, NX_NO_WAIT)

    def work(self) -> None:
        """A segment was processed: begin, read, send on, or end."""
        socket = self.socket
        state = socket.nx_tcp_socket_state
        if not self._begun:
            if state < NX_TCP_ESTABLISHED:
                return
            self._begin()
        if socket.nx_tcp_socket_receive_queue_count:
            self._read()
        if state == NX_TCP_ESTABLISHED:
            self.pump()
        elif state == NX_TCP_CLOSE_WAIT:
            self._end()
            self._close()
        elif state in _RECLAIMABLE:
            self.listener.attach_next()

    def _begin(self) -> None:
        """The handshake is complete."""
        self._begun = True
        socket = self.socket
        version = socket.nx_tcp_socket_connect_ip.nxd_ip_version
        self._packet_type = NX_IPv4_TCP_PACKET if version == NX_IP_VERSION_V4 else NX_TCP_PACKET
        room = self.listener.pool.nx_packet_pool_payload_size - self._packet_type
        self._chunk = min(socket.nx_tcp_socket_connect_mss, room)
        self.number = self.listener.count()
        self._peer = self.listener.make_peer(self)
        self._peer.begin()

    def _read(self) -> None:
        socket = self.socket
        variable = self._variable
        self.heard = self.listener.sim.now
        while not _nx_tcp_socket_receive(socket, variable, NX_NO_WAIT):
            packet: "NX_PACKET" = variable[0]
            data = packet_bytes(packet)
            _nx_packet_release(packet)
            if self._peer is not None:
                self._peer.receive(data)
            if not socket.nx_tcp_socket_receive_queue_count:
                return

    def closed(self) -> None:
        """The connection is over; in TIME_WAIT the socket is kept as long as another is free."""
        self._end()
        if self.socket.nx_tcp_socket_state == NX_TCP_TIMED_WAIT:
            self.listener.attach_next()
        else:
            self.recycle()

    def _end(self) -> None:
        """Tell the peer, once; what is still to be sent is dropped."""
        peer, self._peer = self._peer, None
        if peer is not None:
            peer.end()
        self._queue = []
        self._data = b""
        self._at = 0
        packet, self._packet = self._packet, None
        if packet is not None:
            _nx_packet_release(packet)

    def _close(self) -> None:
        """Send our FIN; the stack does the rest."""
        socket = self.socket
        socket.nx_tcp_socket_ip_ptr.nx_ip_tcp_disconnections += 1
        _close_start(socket)

    def recycle(self) -> None:
        """Make the socket ready for the next connection."""
        self._end()
        self._clear()
        _nx_tcp_server_socket_unaccept(self.socket)
        self.listener.free(self)

    # -- sending --------------------------------------------------------------------------------

    def pump(self) -> None:
        """Send what there is room for."""
        socket = self.socket
        while True:
            packet = self._packet
            if packet is None:
                packet = self._next_packet()
                if packet is None:
                    break
                self._packet = packet
            if not self._has_room(packet.nx_packet_length):
                return
            status = _nx_tcp_socket_send(socket, packet, NX_NO_WAIT)
            if status:
                if status == NX_NO_PACKET:
                    self.after(_RETRY_TICKS, self.pump)
                return
            self._packet = None
        if self._finishing and not self._queue and self._at >= len(self._data):
            self._finish()

    def _has_room(self, size: int) -> bool:
        """Send a whole segment, or wait for an acknowledgement if one is sure to come soon.

        A receiver acknowledges at once what fills half its window.  With nothing outstanding the stack must be asked,
        so that it probes a closed window.
        """
        socket = self.socket
        outstanding = socket.nx_tcp_socket_tx_outstanding_bytes
        if not outstanding:
            return True
        window = socket.nx_tcp_socket_tx_window_advertised
        congestion = socket.nx_tcp_socket_tx_window_congestion
        if congestion < window:
            window = congestion
        room = window - outstanding
        if room >= size:
            return socket.nx_tcp_socket_transmit_sent_count < socket.nx_tcp_socket_transmit_queue_maximum
        return room > 0 and 2 * outstanding < window

    def _next_packet(self) -> "NX_PACKET | None":
        """A packet with the next octets, none if there are none; if the pool is empty, later."""
        data = self._data
        left = len(data) - self._at
        if left < self._chunk and self._queue and not (self._exact and left):
            data = self._data = self._gather(bytes(data[self._at :]) if left else b"")
            self._at = 0
            left = len(data)
        size = left if left < self._chunk else self._chunk
        if size <= 0:
            return None
        packet = packet_get(self.listener.pool, self._packet_type, "POP3 server")
        if packet is None:
            self.after(_RETRY_TICKS, self.pump)
            return None
        start = packet.nx_packet_append_ptr
        end = packet.nx_packet_append_ptr = start + size
        at = self._at
        packet._mem[start:end] = data[at : at + size] if left > size or at else data
        packet.nx_packet_length = size
        self._at = at + size
        return packet

    def _gather(self, rest: bytes) -> "bytes | memoryview":
        """The next octets of the queue, at least a segment's worth if there are as many."""
        queue = self._queue
        parts = [rest] if rest else []
        size = len(rest)
        self._exact = False
        while queue and size < self._chunk:
            entry = queue[0]
            if isinstance(entry, tuple):
                if not parts:
                    self._exact = True
                    parts.append(entry[0])
                    queue.pop(0)
                break
            if isinstance(entry, bytes):
                piece = entry
                queue.pop(0)
            else:
                piece = self._piece(entry)
                if not piece:
                    queue.pop(0)
            parts.append(piece)
            size += len(piece)
        if len(parts) == 1:
            return memoryview(parts[0])
        return memoryview(b"".join(parts))

    def _piece(self, body: "Body") -> bytes:
        """The next piece of a message; if it cannot be read, nothing but a reset tells the client so in time."""
        try:
            return body.next_piece()
        except OSError:
            self._queue[:] = [body]
            self.reset()
            return b""

    def _finish(self) -> None:
        if self.socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED:
            return
        self._end()
        if self._reset:
            _nx_tcp_socket_disconnect(self.socket, NX_NO_WAIT)
            self.recycle()
        else:
            self._close()


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
        if connection in self._used:
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
