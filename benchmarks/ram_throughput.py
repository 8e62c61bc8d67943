"""(a) A 16 MiB mail over the RAM wire, against poplib over kernel loopback in the same run.

Sets: NX_POP3_CLIENT_TCP_WINDOW_SIZE 65535 (a device's 1460 otherwise); the server's transmit queue 64 packets (20
otherwise), so that it can fill that window; RamWire(integrity=True), so that neither end computes checksums.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import log_in, log_out, retrieve
from benchmarks._poplib import poplib_rate
from benchmarks._ram_world import PORT, SERVER_ADDRESS, TRANSMIT_QUEUE, WINDOW, Node, Server, start_thread
from netx_drivers import RamWire
from netx_sim import simulation

SIZE = 16 << 20
ROUNDS = 3
TARGET_MB_S = 60


def ram_rate(size: int = SIZE, rounds: int = ROUNDS, clock: Callable[[], float] = time.perf_counter) -> float:
    """Megabytes a second of the best of some rounds."""
    best = [0.0]

    def define(_: object) -> None:
        wire = RamWire(integrity=True)
        server, client = Node(1, wire, 150), Node(2, wire, 150)

        def collect(_: object) -> None:
            session = log_in(client.ip, client.pool, SERVER_ADDRESS, PORT)
            for _round in range(rounds):
                seconds, octets = retrieve(session, 1, clock)
                best[0] = max(best[0], octets / seconds / 1e6)
            log_out(session)
            sim.stop()

        keep.extend((Server(server, [size]), start_thread("client", collect, 4)))

    keep: list[object] = []
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW}) as sim:
        sim.run(define)
    return best[0]


def main() -> None:
    """Measure and print."""
    reference = poplib_rate(SIZE, ROUNDS)
    rate = ram_rate()
    print(f"configuration: NX_POP3_CLIENT_TCP_WINDOW_SIZE={WINDOW}, transmit queue {TRANSMIT_QUEUE}, integrity=True")
    print(
        f"RAM wire, {SIZE >> 20} MiB mail: {rate:.1f} MB/s (target {TARGET_MB_S}); poplib over loopback"
        f" {reference:.0f} MB/s; ratio {rate / reference:.2f}"
    )


if __name__ == "__main__":
    main()
