"""(f) Firmware in C: sessions a second, a 16 MiB mail, what a call costs beyond Python's, the time to build and start.

Against the same from Python in the same run, and poplib over kernel loopback for the mail.
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

from benchmarks._poplib import poplib_rate
from benchmarks._prerendered import mail
from benchmarks._ram_world import PORT, WINDOW, Node, Server
from benchmarks.ram_throughput import ram_rate as python_body_rate
from benchmarks.sessions import Evergreen
from benchmarks.sessions import ram_rate as python_session_rate
from netx_c.cc.toolchain import archive, build_program, build_shared
from netx_c.port.binding import Port
from netx_c.port.drivers import Links, use_links
from netx_drivers import RamWire
from netx_pop3.server import Account, Pop3Server
from netx_sim import (
    NX_TCP_PACKET,
    NX_TCP_SOCKET,
    TX_QUEUE,
    TX_SEMAPHORE,
    Ref,
    nx_ip_address_get,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_socket_create,
    nx_tcp_socket_mss_get,
    nx_tcp_socket_transmit_configure,
    simulation,
    tx_queue_create,
    tx_queue_receive,
    tx_queue_send,
    tx_semaphore_create,
    tx_semaphore_get,
    tx_semaphore_put,
    tx_time_get,
)

logging.getLogger("netx_sim.leak").setLevel(logging.ERROR)

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "ports/c/examples"
SESSIONS = 1000
SIZE = 16 << 20
CALLS = 20000
ROUNDS = 3
NAMES = (
    "tx_time_get",
    "tx_semaphore_put/get",
    "tx_queue_send/receive",
    "nx_packet_allocate/release",
    "nx_packet_data_append",
    "nx_ip_address_get",
    "nx_tcp_socket_mss_get",
    "nx_tcp_socket_transmit_configure",
)


class Image:
    """The benchmark's firmware, and its port."""

    def __init__(self, folder: Path) -> None:
        self._library = ctypes.CDLL(str(build_shared([HERE / "_firmware.c"], folder / "firmware.so", flags=["-O1"])))
        self.port = Port(self._symbol)

    def _symbol(self, name: str) -> int:
        try:
            return ctypes.cast(getattr(self._library, name), ctypes.c_void_p).value or 0
        except AttributeError:
            return 0

    def variable(self, name: str, count: int = 1) -> Any:
        """A global of the firmware."""
        return (ctypes.c_uint32 * count).in_dll(self._library, name)

    def run(self, entry: str, server: "Callable[[RamWire], object]", config: dict[str, Any] | None = None) -> float:
        """Seconds that the firmware took."""
        with simulation(config=self.port.config | (config or {})) as sim:
            wire = RamWire(integrity=True)
            use_links(sim, Links(around=lambda _driver: wire))
            self.port.open(sim)
            kept = []

            def define(_memory: object) -> None:
                kept.append(server(wire))
                self.port.call(self.port.symbol(entry))

            begin = time.perf_counter()
            sim.run(define)
            return time.perf_counter() - begin


def store_server(wire: RamWire) -> object:
    """The server of the session benchmark."""
    server = Node(1, wire, 40)
    Pop3Server(server.ip, server.pool, {"user": Account("password", Evergreen([mail(1000)]))}, PORT).start()
    return server


def session_rate(image: Image) -> float:
    """Sessions a second."""
    image.variable("sessions")[0] = SESSIONS
    image.variable("sessions_done")[0] = 0
    seconds = image.run("define_sessions", store_server)
    return float(image.variable("sessions_done")[0] / seconds)


def body_rate(image: Image) -> float:
    """Megabytes a second of one large mail."""
    image.variable("sessions")[0] = 1
    image.variable("sessions_done")[0] = image.variable("octets")[0] = 0
    config = {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW}
    seconds = image.run("define_sessions", lambda wire: Server(Node(1, wire, 150), [SIZE]), config)
    return float(image.variable("octets")[0] / seconds / 1e6)


def call_costs(image: Image) -> list[float]:
    """Microseconds a call from C."""
    image.run("define_calls", lambda wire: wire)
    return [value / 1e3 for value in image.variable("nanoseconds", len(NAMES))]


def python_costs() -> list[float]:
    """Microseconds a call from Python."""
    with simulation():
        node = Node(2, RamWire(integrity=True), 40)
        semaphore, queue, tcp, packet, word = TX_SEMAPHORE(), TX_QUEUE(), NX_TCP_SOCKET(), Ref(), bytearray(4)
        tx_semaphore_create(semaphore, "semaphore", 1)
        tx_queue_create(queue, "queue", 1, bytearray(64), 64)
        nx_tcp_socket_create(node.ip, tcp, "socket", 0, 0, 128, 8192, None, None)
        kept = Ref()
        nx_packet_allocate(node.pool, kept, NX_TCP_PACKET, 0)

        def append() -> None:
            nx_packet_data_append(kept.value, word, 4, node.pool, 0)
            kept.value.nx_packet_append_ptr = kept.value.nx_packet_prepend_ptr
            kept.value.nx_packet_length = 0

        out, mask = Ref(), Ref()
        bodies: list[tuple[int, Callable[[], object]]] = [
            (1, tx_time_get),
            (2, lambda: (tx_semaphore_put(semaphore), tx_semaphore_get(semaphore, 0))),
            (2, lambda: (tx_queue_send(queue, word, 0), tx_queue_receive(queue, word, 0))),
            (2, lambda: (nx_packet_allocate(node.pool, packet, NX_TCP_PACKET, 0), nx_packet_release(packet))),
            (1, append),
            (1, lambda: nx_ip_address_get(node.ip, out, mask)),
            (1, lambda: nx_tcp_socket_mss_get(tcp, out)),
            (1, lambda: nx_tcp_socket_transmit_configure(tcp, 20, 100, 10, 0)),
        ]
        costs = [_cost(body) / calls for calls, body in bodies]
        nx_packet_release(kept)
        return costs


def _cost(body: "Callable[[], object]") -> float:
    begin = time.perf_counter()
    for _round in range(CALLS):
        body()
    return (time.perf_counter() - begin) / CALLS * 1e6


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


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        image = Image(folder)
        rate = max(session_rate(image) for _round in range(ROUNDS))
        reference = max(python_session_rate() for _round in range(ROUNDS))
        print(
            f"APOP sessions from C: {rate:.0f} a second (target 800); from Python {reference:.0f};"
            f" ratio {rate / reference:.2f}"
        )
        body = max(body_rate(image) for _round in range(ROUNDS))
        python_body, poplib = python_body_rate(), poplib_rate(SIZE, ROUNDS)
        print(
            f"16 MiB mail from C: {body:.1f} MB/s (target 30); from Python {python_body:.1f}; ratio"
            f" {body / python_body:.2f}; poplib over loopback {poplib:.0f} MB/s; ratio {body / poplib:.2f}"
        )
        costs = [min(column) for column in zip(*[call_costs(image) for _round in range(ROUNDS)], strict=True)]
        python = [min(column) for column in zip(*[python_costs() for _round in range(ROUNDS)], strict=True)]
        for service, cost, base in zip(NAMES, costs, python, strict=True):
            print(f"{service}: {cost:.2f} us a call from C, {base:.2f} us from Python, {cost - base:+.2f} (target +3)")
        built, first = start_times(folder)
        print(f"mail reader: built in {built:.2f} s, start to the first +OK {first * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
