"""A server that plays a script: exact segments, splits, delays, FIN, RST, silence; and checks what the client sends.

    server = ScriptedServer(ip, pool)
    server.reply(b"+OK ready\r\n")
    server.expect(b"STAT\r\n").reply(b"+OK 2 ", b"320\r\n")
    server.expect(b"QUIT\r\n").delay(50).reply(b"+OK\r\n").fin()
    server.start()
    ...
    assert not server.check()

Steps run in order.  What comes while no step waits for it is kept for the next `expect`; what differs is noted, and
the script goes on, so that the client is not left waiting.
"""

from netx_pop3.server_link import Connection
from netx_pop3.server_listener import Listener

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET_POOL

_REPLY = "reply"
_EXPECT = "expect"
_RECEIVE = "receive"
_DELAY = "delay"
_FIN = "fin"
_RESET = "reset"
_SILENT = "silent"


class _Play:
    """A script on one connection."""

    __slots__ = ("_connection", "_got", "_index", "_silent", "_steps", "_waiting", "differences", "heard")

    def __init__(self, steps: "list[tuple[str, Any]]") -> None:
        self._steps = steps
        self._connection: "Connection | None" = None
        self._index = 0
        self._got = b""
        self._waiting = False
        self._silent = False
        self.heard: "list[bytes]" = []  # the client's segments
        self.differences: "list[str]" = []

    def take(self, connection: Connection) -> "_Play":
        """Play on this connection."""
        self._connection = connection
        return self

    # -- what the connection tells --------------------------------------------------------------

    def begin(self) -> None:
        """The client has connected."""
        self._go_on()

    def receive(self, data: bytes) -> None:
        """A segment from the client."""
        self.heard.append(data)
        self._got += data
        if not self._waiting:
            self._go_on()

    def end(self) -> None:
        """The connection is over."""
        self._connection = None

    # -- steps ----------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Do steps until one has to wait."""
        while self._index < len(self._steps) and self._connection is not None:
            kind, argument = self._steps[self._index]
            if not self._step(self._connection, kind, argument):
                return
            self._index += 1

    def _step(self, connection: Connection, kind: str, argument: "Any") -> bool:
        """Do one step; False if it has to wait."""
        if kind == _EXPECT:
            return self._expect(argument)
        if kind == _RECEIVE:
            return self._take(len(self._got)) if self._got else False
        if kind == _DELAY:
            self._waiting = True
            self._index += 1
            connection.after(argument, self._waited)
            return False
        if kind == _REPLY:
            connection.send_segment(argument)
        elif kind == _FIN:
            connection.finish()
        elif kind == _RESET:
            connection.reset()
        else:
            self._silent = True
        return True

    def _waited(self) -> None:
        self._waiting = False
        self._go_on()
        if self._connection is not None:
            self._connection.pump()

    def _expect(self, wanted: bytes) -> bool:
        """Compare as much as came; wait for the rest if that much is right."""
        got = self._got[: len(wanted)]
        if got != wanted[: len(got)]:
            self.differences.append(f"step {self._index}: expected {wanted!r}, the client sent {self._got!r}")
            return self._take(len(self._got))
        return self._take(len(wanted)) if len(got) == len(wanted) else False

    def _take(self, count: int) -> bool:
        self._got = self._got[count:]
        return True

    def result(self) -> "list[str]":
        """Everything that is not as the script says, so far."""
        found = list(self.differences)
        if self._index < len(self._steps):
            kind, argument = self._steps[self._index]
            what = kind if argument is None else f"{kind} {argument!r}"
            found.append(f"step {self._index}: {what} was not reached, the client sent {self._got!r} before it")
        elif self._got and not self._silent:
            found.append(f"behind the script the client sent {self._got!r}")
        return found


class ScriptedServer:
    """Plays one script for each connection, in order; a client too many is reset, and noted.

    Args:
        ip_ptr (NX_IP): instance with TCP enabled.
        packet_pool_ptr (NX_PACKET_POOL): for the replies.
        port (int): to listen on.
        window (int): receive window, in bytes.
    """

    def __init__(self, ip_ptr: "NX_IP", packet_pool_ptr: "NX_PACKET_POOL", port: int = 110, window: int = 4096) -> None:
        self._listener = Listener(ip_ptr, packet_pool_ptr, port, self._next_play, 2, 5, window, 0, 0)
        self._steps: "list[tuple[str, Any]]" = []
        self._plays = [_Play(self._steps)]
        self._begun = 0

    def start(self) -> int:
        """Listen; the status of nx_tcp_server_socket_listen."""
        return self._listener.start()

    def stop(self) -> int:
        """Drop connections and listen no more; the status of nx_tcp_server_socket_unlisten."""
        return self._listener.stop()

    # -- writing the script ---------------------------------------------------------------------

    def _add(self, kind: str, argument: "Any" = None) -> "ScriptedServer":
        self._steps.append((kind, argument))
        return self

    def reply(self, *segments: bytes) -> "ScriptedServer":
        """Send these octets, each argument in a segment of its own (several if it is longer than the MSS)."""
        for segment in segments:
            self._add(_REPLY, segment)
        return self

    def expect(self, data: bytes) -> "ScriptedServer":
        """Wait for these octets, however they are cut; anything else is a difference."""
        return self._add(_EXPECT, data)

    def receive(self) -> "ScriptedServer":
        """Wait for a segment, whatever it holds."""
        return self._add(_RECEIVE)

    def delay(self, ticks: int) -> "ScriptedServer":
        """Wait."""
        return self._add(_DELAY, ticks)

    def fin(self) -> "ScriptedServer":
        """Close in order, behind all that was sent."""
        return self._add(_FIN)

    def reset(self) -> "ScriptedServer":
        """Abort with RST, behind all that was sent."""
        return self._add(_RESET)

    def silent(self) -> "ScriptedServer":
        """Say nothing more, and take whatever comes."""
        return self._add(_SILENT)

    def next_connection(self) -> "ScriptedServer":
        """What follows is the script of the next connection."""
        self._steps = []
        self._plays.append(_Play(self._steps))
        return self

    # -- what came of it ------------------------------------------------------------------------

    def heard(self, connection: int = 1) -> "list[bytes]":
        """The client's segments on a connection, counted from 1."""
        return self._plays[connection - 1].heard

    def check(self) -> "list[str]":
        """Differences between the script and what the client did; empty if there are none."""
        found: "list[str]" = []
        for number, play in enumerate(self._plays, 1):
            where = f"connection {number}, " if len(self._plays) > 1 else ""
            found += [where + line for line in play.result()]
        return found

    def _next_play(self, connection: Connection) -> _Play:
        if self._begun == len(self._plays):
            self._plays.append(_Play([(_RESET, None)]))
            self._plays[-1].differences.append("a connection the script does not know")
        play = self._plays[self._begun]
        self._begun += 1
        return play.take(connection)
