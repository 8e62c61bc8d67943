"""Connections of a server on NetX sockets, driven by callbacks: no thread, no waiting.

Read first: NetX Duo guide, TCP server sockets; `server_session.Way` for what is offered above.

All work is done where a segment has just been processed (in the IP thread), or, for timers, in a kernel activity that
holds the instance's mutex.  So nothing here waits: sends are tried without waiting and go on when the peer's next
segment makes room; a close sends its FIN and leaves the rest to the stack.
"""

from netx_sim.constants import (
    NX_IP_VERSION_V4,
    NX_NO_WAIT,
    NX_TCP_CLOSE_WAIT,
    NX_TCP_ESTABLISHED,
    NX_TCP_PACKET,
    NX_TCP_TIMED_WAIT,
    NX_IPv4_TCP_PACKET,
)
from netx_sim.packet import _nx_packet_release, packet_bytes, packet_get
from netx_sim.status import NX_NO_PACKET
from netx_sim.tcp import (
    NX_TCP_SOCKET,
    _nx_tcp_server_socket_accept,
    _nx_tcp_server_socket_unaccept,
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
    from netx_pop3.server_listener import Listener
    from netx_sim.packet import NX_PACKET

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
            self.heard = self.listener.sim.now  # whoever acknowledges is not silent
            self.pump()
        elif state == NX_TCP_CLOSE_WAIT:
            self._end()
            self._close()

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
        while socket.nx_tcp_socket_receive_queue_count and not _nx_tcp_socket_receive(socket, variable, NX_NO_WAIT):
            packet: "NX_PACKET" = variable[0]
            data = packet_bytes(packet)
            _nx_packet_release(packet)
            if self._peer is not None:
                self._peer.receive(data)

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
        if not left and not self._queue:
            return None
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
        self._end()
        if self._reset:
            _nx_tcp_socket_disconnect(self.socket, NX_NO_WAIT)
            self.recycle()
        else:
            self._close()
