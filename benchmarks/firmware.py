"""(f) Firmware in C: sessions a second, a 16 MiB mail, what a call costs beyond Python's, the time to build and start.

Against the same from Python in the same run, and poplib over kernel loopback for the mail. Each rate is the best of
short runs that take turns with those of its reference, by the processor time of the process, for it never waits for
anything; poplib's, with its two processes, is by the clock. The cost of a call is the least average of any batch of 50
(see _calls.c): what else the computer does can only add to it.
Sets: RamWire(integrity=True) behind the RAM driver's symbol, so that neither end computes checksums; for the mail
NX_POP3_CLIENT_TCP_WINDOW_SIZE 65535 and the server's transmit queue 64 packets; a session loses a packet of the large
receive pool, as on a device. The server is a Python one in the same process.
"""

import ctypes
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._calls import SERVICES, Calls
from benchmarks._poplib import poplib_rate
from benchmarks._prerendered import mail
from benchmarks._ram_world import PORT, WINDOW, Node, Server, start_thread
from benchmarks.ram_throughput import ram_rate as python_body_rate
from benchmarks.sessions import Evergreen
from benchmarks.sessions import ram_rate as python_session_rate
from netx_c.cc.toolchain import archive, build_program, build_shared
from netx_c.port.binding import Port
from netx_c.port.drivers import Links, use_links
from netx_drivers import RamWire
from netx_pop3.server import Account, Pop3Server
from netx_sim import simulation

logging.getLogger("netx_sim.leak").setLevel(logging.ERROR)

HERE = Path(__file__).parent
SOURCES = [HERE / "_firmware.c", HERE / "_calls.c"]
EXAMPLES = HERE.parent / "ports/c/examples"
SESSIONS = 200
SIZE = 16 << 20
ROUNDS = 5


class Image:
    """The benchmark's firmware, and its port."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(str(build_shared(SOURCES, folder / "firmware.so", flags=["-O1"])))
        self.port = Port(self._symbol)

    def _symbol(self, name: str) -> int:
        try:
            return ctypes.cast(getattr(self._library, name), ctypes.c_void_p).value or 0
        except AttributeError:
            return 0

    def variable(self, name: str, count: int = 1) -> Any:
        """A global of the firmware."""
        return (ctypes.c_uint32 * count).in_dll(self._library, name)

    def run(self, entry: str, server: "Callable[[RamWire], object]", config: dict[str, Any] | None = None) -> None:
        """Play the firmware whose tx_application_define is `entry`, with a server of Python."""
        with simulation(config=self.port.config | (config or {})) as sim:
            wire = RamWire(integrity=True)
            use_links(sim, Links(around=lambda _driver: wire))
            self.port.open(sim)
            kept = []

            def define(_memory: object) -> None:
                kept.append(server(wire))
                self.port.call(self.port.symbol(entry))

            sim.run(define)

    def seconds(self) -> float:
        """What the sessions or the mail took."""
        if self.variable("failed")[0]:
            raise RuntimeError(f"a service failed in C: 0x{self.variable('failed')[0]:02X}")
        return float(self.variable("microseconds")[0]) / 1e6


def store_server(wire: RamWire) -> object:
    """The server of the session benchmark."""
    server = Node(1, wire, 40)
    Pop3Server(server.ip, server.pool, {"user": Account("password", Evergreen([mail(1000)]))}, PORT).start()
    return server


def session_rate(image: Image) -> float:
    """Sessions a second of the processor."""
    image.variable("sessions")[0] = SESSIONS
    image.run("define_sessions", store_server)
    return SESSIONS / image.seconds()


def body_rate(image: Image) -> float:
    """Megabytes a second of the processor, of one large mail."""
    config = {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW}
    image.run("define_mail", lambda wire: Server(Node(1, wire, 150), [SIZE]), config)
    return float(image.variable("octets")[0] / image.seconds() / 1e6)


def call_costs(image: Image) -> list[float]:
    """Microseconds a call from C, by place."""
    image.run("define_calls", store_server)
    if image.variable("calls_failed")[0]:
        raise RuntimeError(f"a service failed in C: {image.variable('calls_failed')[0]:#x}")
    return [value / 1e3 for value in image.variable("nanoseconds", len(SERVICES))]


def python_costs() -> list[float]:
    """Microseconds a call from Python, by place."""
    kept: list[object] = []

    def define(_memory: object) -> None:
        wire = RamWire(integrity=True)
        server, node = store_server(wire), Node(2, wire, 40)
        calls = Calls(node.ip, node.pool)

        def run(_input: object) -> None:
            calls.run(_input)
            sim.stop()

        kept.extend((calls, server, start_thread("calls", run, 16)))

    with simulation() as sim:
        sim.run(define)
    calls: Any = kept[0]
    return list(calls.costs)


def start_times(folder: Path) -> tuple[float, float]:
    """Seconds to build the mail reader with a server of its own beside it, and from its start to the first mail."""
    archive()
    sources = [EXAMPLES / "mail_reader/mail_reader.c", EXAMPLES / "two_nodes/mail_server.c", HERE / "_first_mail.c"]
    flags = [f"-I{EXAMPLES / 'mail_reader'}", "-DNETWORK_DRIVER=_nx_ram_network_driver", "-DNETX_TWO_NODES"]
    begin = time.perf_counter()
    program = build_program(sources, folder / "mail_reader", flags)
    built = time.perf_counter() - begin
    best = float("inf")
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        # After the last mail the server waits for ever, which the program says as it ends.
        with subprocess.Popen([program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
            assert running.stdout is not None
            if running.stdout.readline() != b"+OK\n":
                raise RuntimeError("the program collected nothing")
            best = min(best, time.perf_counter() - begin)
    return built, best


def best_of(rounds: int, *measures: Callable[[], float]) -> list[float]:
    """The best rate of each measure, of rounds in which they take turns."""
    return [max(column) for column in zip(*[[one() for one in measures] for _round in range(rounds)], strict=True)]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        image = Image(folder)
        rate, reference = best_of(
            ROUNDS, lambda: session_rate(image), lambda: python_session_rate(SESSIONS, time.process_time)
        )
        print(
            f"APOP sessions from C: {rate:.0f} a second (target 800); from Python {reference:.0f};"
            f" ratio {rate / reference:.2f}"
        )
        body, python_body, poplib = best_of(
            ROUNDS,
            lambda: body_rate(image),
            lambda: python_body_rate(rounds=1, clock=time.process_time),
            lambda: poplib_rate(SIZE, 1),
        )
        print(
            f"16 MiB mail from C: {body:.1f} MB/s (target 30); from Python {python_body:.1f}; ratio"
            f" {body / python_body:.2f}; poplib over loopback {poplib:.0f} MB/s; ratio {body / poplib:.2f}"
        )
        print_costs(image)
        built, first = start_times(folder)
        print(f"mail reader: built in {built:.2f} s, start to the first +OK {first * 1e3:.0f} ms")


def print_costs(image: Image) -> None:
    """What each service costs from C and from Python."""
    rounds = [(call_costs(image), python_costs()) for _round in range(ROUNDS)]
    from_c, from_python = ([min(column) for column in zip(*side, strict=True)] for side in zip(*rounds, strict=True))
    for service, cost, base in list(zip(SERVICES, from_c, from_python, strict=True))[1:]:
        print(f"{service}: {cost:.2f} us a call from C, {base:.2f} us from Python, {cost - base:+.2f} (target +3)")


if __name__ == "__main__":
    main()
