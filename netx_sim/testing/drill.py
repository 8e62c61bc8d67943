"""Packet scripts against the stack: `Drill` is one instance on a link, with a peer that is you.

    with Drill() as drill:
        drill.established(mss=1000)
        drill.send_in_flight(segments=5)
        drill('''
          +.05  < .  1:1(0) ack 1001              // the first arrived, the second is lost
          +0    < .  1:1(0) ack 1001   x3         // duplicates
          +0    > P. 1001:2001(1000) ack 1        // resent now, not at the timeout
        ''')
        drill.silent_for(0.5)

Time is virtual. The block is an application thread of low priority: what the stack does at a tick is over before the
script looks at it. A mismatch raises DrillMismatch with the line of the script, what was expected and what came, all
packets so far, and the state of the stack. `drill_fixture` has the pytest fixture, `docs/drill.md` the manual.
"""

from collections.abc import Callable
from typing import Any

from netx_sim.testing.drill_notation import TICKS_PER_SECOND, Line, packet_text, parse_script, stream_bytes
from netx_sim.testing.drill_peer import Captured, Peer
from netx_sim.testing.services import MissingServiceError, call, public, status_text
from netx_sim.testing.trace_driver import TraceDriver

LOCAL, PEER, MASK = 0x0A000001, 0x0A000002, 0xFFFFFF00
LOCAL_PORT, PEER_PORT = 5000, 8080
_PATIENCE = 60 * TICKS_PER_SECOND  # how long a line without a time waits
_TOLERANCE = 1  # ticks
_STACK = 4096
_PACKET_HEADER = 60
_IP_PRIORITY, _BACKGROUND_PRIORITY = 1, 4
FOREVER = 0xFFFFFFFF
NX_SUCCESS = 0


class DrillMismatch(AssertionError):
    """The stack did something else than the script says."""


class Background:
    """A service running in a thread of its own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.done = False
        self.result: Any = None

    @property
    def status(self) -> Any:
        """The status of the service, None while it runs."""
        return self.result if self.done else None


class Drill:
    """One IP instance 10.0.0.1/24 with TCP, UDP and ICMP, on a link whose other end is the script.

    Args:
        config: tunables and build flags of the simulation by name.
        payload, packets: of the one packet pool.
        mtu: of the link, which carries bare IP packets (no ARP).
        seed: of the stack's random numbers.
        wrap: called with the link driver; the driver it returns is used instead (fault injection, capture).
    """

    def __init__(
        self,
        config: dict[str, int] | None = None,
        *,
        payload: int = 1536,
        packets: int = 60,
        mtu: int = 1500,
        seed: int = 1,
        wrap: Callable[[Any], Any] = lambda driver: driver,
    ) -> None:
        self._simulation = public("simulation")(seed=seed, config=config or {})
        self._layout = (payload, packets)
        self._wrap = wrap
        self.link = TraceDriver({"link": "point_to_point", "mtu": mtu}, self._record)
        self.log: list[str] = []
        self._captured: list[Captured] = []
        self._backgrounds: list[Background] = []
        self._sockets: list[Any] = []
        self._udp_sockets: list[Any] = []
        self._peers: list[Peer] = []
        self._base = 0
        self._failed = False
        self.sim: Any = None
        self.pool: Any = None
        self.ip: Any = None
        self.socket: Any = None

    # life

    def __enter__(self) -> "Drill":
        self.sim = self._simulation.__enter__()
        self.pool, self.ip = public("NX_PACKET_POOL")(), public("NX_IP")()
        payload, packets = self._layout
        memory, stack = bytearray(packets * (_PACKET_HEADER + (payload + 3) // 4 * 4) + 3), bytearray(_STACK)
        self._must("nx_packet_pool_create", self.pool, "drill", payload, memory, len(memory))
        driver = self._wrap(self.link)
        how = (LOCAL, MASK, self.pool, driver, stack, len(stack), _IP_PRIORITY)
        self._must("nx_ip_create", self.ip, "drill", *how)
        for service in ("nx_tcp_enable", "nx_udp_enable", "nx_icmp_enable"):
            self._must(service, self.ip)
        self.peer = self.new_peer(PEER_PORT)
        self.align()
        return self

    def __exit__(self, kind: type[BaseException] | None = None, value: object = None, trace: object = None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._simulation.__exit__(kind, value, trace)

    def _finish(self) -> None:
        left = None
        if self._captured and not self._failed:
            got = f"{len(self._captured)} packets that no line expects"
            left = self._mismatch(None, "no more packets", got, self._captured[0])
        self._clean_up()
        if left is not None:
            raise left

    def _clean_up(self) -> None:
        self.link.hold(0)
        for socket in self._sockets:
            call("nx_tcp_socket_disconnect", socket, 0)
        self.sleep(0.3)
        for socket in self._sockets:
            self._drain("nx_tcp_socket_receive", socket)
            self._close(socket)
        for socket in self._udp_sockets:
            self._drain("nx_udp_socket_receive", socket)
            call("nx_udp_socket_unbind", socket)
            call("nx_udp_socket_delete", socket)
        call("nx_ip_delete", self.ip)

    def _close(self, socket: Any) -> None:
        port = socket.nx_tcp_socket_port
        if socket.nx_tcp_socket_client_type != public("NX_TCP_CLIENT"):
            call("nx_tcp_server_socket_unaccept", socket)
            call("nx_tcp_server_socket_unlisten", self.ip, port)
        call("nx_tcp_client_socket_unbind", socket)
        call("nx_tcp_socket_delete", socket)

    @staticmethod
    def _drain(service: str, socket: Any) -> None:
        cell = public("Ref")()
        while call(service, socket, cell, 0) == NX_SUCCESS:
            call("nx_packet_release", cell[0])

    def _must(self, service: str, *args: object) -> None:
        status = call(service, *args)
        if status:
            raise DrillMismatch(f"{service} answered {status_text(status)}")

    # time

    @property
    def tick(self) -> int:
        """The present tick."""
        return int(self.sim.now)

    def sleep(self, seconds: float) -> None:
        """Let time pass; packets that leave meanwhile wait for the script."""
        ticks = round(seconds * TICKS_PER_SECOND)
        if ticks > 0:
            call("tx_thread_sleep", ticks)

    def align(self, ticks: int = 10) -> None:
        """Sleep to the next multiple of `ticks`: 10 for the fast timer, 100 for the one-second timer."""
        call("tx_thread_sleep", ticks - self.tick % ticks)
        self._base = self.tick

    def silent_for(self, seconds: float) -> None:
        """The stack sends nothing for that long."""
        self.sleep(seconds)
        if self._captured:
            raise self._mismatch(None, f"silence for {seconds} s", "a packet", self._captured[0])

    def take_all(self) -> list[str]:
        """The packets that no line expected so far, in the notation; they count as seen."""
        captured, self._captured = self._captured, []
        return [packet.text(self._peer_of(packet)) for packet in captured]

    # the other end

    def new_peer(self, port: int, iss: int = 0x10000000, local_port: int = LOCAL_PORT) -> Peer:
        """One more connection (or UDP flow) to play: call the result with scripts of its own."""
        peer = Peer(self, (LOCAL, local_port), (PEER, port), iss)
        self._peers.append(peer)
        return peer

    def replace_peer(self, port: int = PEER_PORT, iss: int = 0x10000000) -> Peer:
        """Play the first connection from another port, or with another initial sequence number."""
        self._peers.remove(self.peer)
        self.peer = self.new_peer(port, iss)
        return self.peer

    def __call__(self, script: str) -> None:
        """Play a script on the first connection."""
        self.peer(script)

    def play(self, peer: Peer, script: str) -> None:
        """Play a script on the connection of `peer`; its times count from now."""
        self._base = self.tick
        for line in parse_script(script):
            for _ in range(line.times):
                if line.outgoing:
                    self._expect(peer, line, script)
                else:
                    self._inject(peer, line)

    def _inject(self, peer: Peer, line: Line) -> None:
        due = self._base + (line.earliest or 0)
        self.sleep((due - self.tick) / TICKS_PER_SECOND)
        self._base = self.tick
        fields = peer.complete(line.fields)
        self._note("<", packet_text(fields))
        self.link.receive(peer.frame(fields), 0)

    def _expect(self, peer: Peer, line: Line, script: str) -> None:
        earliest = self._base + line.earliest if line.earliest is not None else None
        latest = self._base + line.latest if line.latest is not None else self._base + _PATIENCE
        while not self._captured and self.tick < latest + _TOLERANCE:
            call("tx_thread_sleep", 1)
        if not self._captured:
            raise self._mismatch(line, line.text, "nothing", script=script)
        captured = self._captured.pop(0)
        if earliest is not None and not earliest - _TOLERANCE <= captured.tick <= latest + _TOLERANCE:
            seconds = (captured.tick - self._base) / TICKS_PER_SECOND
            raise self._mismatch(line, line.text, f"it, but at +{seconds:.2f}", captured, script)
        wrong = peer.differences(line.fields, captured.words)
        if wrong:
            raise self._mismatch(line, line.text, f"{captured.text(peer)}   ({', '.join(wrong)})", script=script)
        self._base = captured.tick

    def _record(self, **event: Any) -> None:
        if "frame" not in event:
            return
        captured = Captured(self.tick, event["frame"])
        for peer in self._peers:
            peer.learn(captured.words)
        self._note(">", captured.text(self._peer_of(captured)))
        self._captured.append(captured)

    def _peer_of(self, captured: Captured) -> Peer:
        return next((peer for peer in self._peers if peer.owns(captured.words)), self._peers[0])

    def _note(self, way: str, text: str) -> None:
        self.log.append(f"{self.tick / TICKS_PER_SECOND:9.2f} {way} {text}")

    def _mismatch(
        self, line: Line | None, expected: str, got: str, captured: Captured | None = None, script: str = ""
    ) -> DrillMismatch:
        self._failed = True
        text = [f"script line {line.number}" if line else "after the script"]
        text += [f"  expected {expected}", f"  got      {got}"]
        if captured:
            text.append(f"           {captured.tick / TICKS_PER_SECOND:.2f} > {captured.text(self._peer_of(captured))}")
        if script and line:
            marked = enumerate(script.splitlines(), 1)
            text += ["script:", *(f"{'=>' if number == line.number else '  '} {row.strip()}" for number, row in marked)]
        text += ["packets:", *self.log]
        return DrillMismatch("\n".join([*text, *self._state()]))

    def _state(self) -> list[str]:
        try:
            snapshot = public("netstat")
        except MissingServiceError:
            return []
        return ["state:", str(snapshot(self.sim))]

    # the application

    def start(self, service: str | Callable[..., Any], *args: Any) -> Background:
        """Run a service in a thread of priority 4, so that it can wait while the script goes on."""
        function = public(service) if isinstance(service, str) else service
        job = Background(str(service))

        def entry(_argument: int) -> None:
            job.result = function(*args)
            job.done = True

        stack = bytearray(_STACK)
        block, priority = public("TX_THREAD")(), _BACKGROUND_PRIORITY
        self._must("tx_thread_create", block, "drill", entry, 0, stack, len(stack), priority, priority, 0, 1)
        self._backgrounds.append(job)
        return job

    def create_socket(self, window: int = 8192, *, urgent: Any = None, disconnect: Any = None) -> Any:
        """A TCP socket of the instance, deleted at the end; the latest one is `socket`."""
        self.socket = socket = public("NX_TCP_SOCKET")()
        how = (public("NX_IP_NORMAL"), public("NX_FRAGMENT_OKAY"), 128, window, urgent, disconnect)
        self._must("nx_tcp_socket_create", self.ip, socket, "drill", *how)
        self._sockets.append(socket)
        return socket

    def create_udp_socket(self, port: int = LOCAL_PORT, queue: int = 5) -> Any:
        """A bound UDP socket, deleted at the end."""
        socket = public("NX_UDP_SOCKET")()
        self._must("nx_udp_socket_create", self.ip, socket, "drill", 0, 0, 128, queue)
        self._must("nx_udp_socket_bind", socket, port, 0)
        self._udp_sockets.append(socket)
        return socket

    def connect(self, window: int = 8192, wait: int = FOREVER) -> Background:
        """A socket bound to port 5000 connects to the peer in the background; its SYN is the next packet."""
        socket = self.create_socket(window)
        self._must("nx_tcp_client_socket_bind", socket, LOCAL_PORT, 0)
        return self.start("nx_tcp_client_socket_connect", socket, PEER, PEER_PORT, wait)

    def listen(self, window: int = 8192, backlog: int = 5, callback: Any = None) -> Any:
        """A socket that listens on port 5000."""
        socket = self.create_socket(window)
        self._must("nx_tcp_server_socket_listen", self.ip, LOCAL_PORT, socket, backlog, callback)
        return socket

    def established(
        self, mss: int = 1460, window: int = 8192, peer_window: int = 65535, options: str = "", server: bool = False
    ) -> Any:
        """A connected socket: the stack's MSS is lowered to `mss` or the peer offers it, whichever is asked."""
        if server:
            return self._accepted(mss, window, peer_window)
        job = self.connect(window)
        self(f"""
          +0 > S 0:0(0)
          +0 < S. 0:0(0) ack 1 win {peer_window} <mss {mss}{options}>
          +0 > . 1:1(0) ack 1
        """)
        if job.status != NX_SUCCESS:
            raise DrillMismatch(f"connect gave {status_text(job.status)}")
        self.peer.window = peer_window
        self.align()
        return self.socket

    def _accepted(self, mss: int, window: int, peer_window: int) -> Any:
        socket = self.listen(window)
        job = self.start("nx_tcp_server_socket_accept", socket, FOREVER)
        self(f"""
          +0 < S 0:0(0) win {peer_window} <mss {mss}>
          +0 > S. 0:0(0) ack 1
          +0 < . 1:1(0) ack 1 win {peer_window}
        """)
        if job.status != NX_SUCCESS:
            raise DrillMismatch(f"accept gave {status_text(job.status)}")
        self.peer.window = peer_window
        self.align()
        return socket

    def packet(self, data: bytes, kind: str = "NX_TCP_PACKET") -> Any:
        """A packet with those bytes from the pool, in the variable that holds it."""
        cell = public("Ref")()
        self._must("nx_packet_allocate", self.pool, cell, public(kind), 0)
        if data:
            self._must("nx_packet_data_append", cell[0], data, len(data), self.pool, 0)
        return cell

    def send(self, length: int, wait: int = 0) -> int:
        """Send the next `length` bytes of the stream from this thread; the status."""
        cell = self.packet(stream_bytes(self.peer.sent + 1, length))
        status = call("nx_tcp_socket_send", self.socket, cell, wait)
        if status == NX_SUCCESS:
            self.peer.sent += length
        else:
            call("nx_packet_release", cell)
        return status

    def send_in_flight(self, segments: int = 1, length: int = 0) -> None:
        """Send full segments (or of `length`) and take them off the wire: they are under way, not acknowledged."""
        size = length or int(self.socket.nx_tcp_socket_connect_mss)
        for _ in range(segments):
            first = self.peer.sent + 1
            status = self.send(size)
            if status:
                raise DrillMismatch(f"send gave {status_text(status)}")
            self(f"+0 > P. {first}:{first + size}({size})")

    def receive(self, wait: int = 0) -> tuple[int, bytes]:
        """Read from the socket in this thread: status and data."""
        cell = public("Ref")()
        status = call("nx_tcp_socket_receive", self.socket, cell, wait)
        if status:
            return status, b""
        data = bytes(public("packet_bytes")(cell[0]))
        call("nx_packet_release", cell[0])
        return status, data
