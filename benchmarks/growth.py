"""(e) The cost of a mail as it grows from 1 KiB to 256 MiB over the RAM wire: time per octet, and memory.

Sets what ram_throughput.py sets. Memory is the most the process holds beyond what it held before the first mail; the
server's replies are views of one page of text, so that only the way of the mail is measured.
"""

import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import log_in, log_out, retrieve
from benchmarks._ram_world import PORT, SERVER_ADDRESS, TRANSMIT_QUEUE, WINDOW, EndlessServer, Node, start_thread
from netx_drivers import RamWire
from netx_sim import simulation

SIZES = [1 << 10, 16 << 10, 256 << 10, 4 << 20, 64 << 20, 256 << 20]
TARGET = "linear, memory flat"


def resident_kib() -> int:
    """The most memory the process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def measure(sizes: list[int]) -> list[tuple[int, float, int]]:
    """For each mail: octets, seconds, and the growth of memory so far in KiB."""
    results: list[tuple[int, float, int]] = []

    def define(_: object) -> None:
        wire = RamWire(integrity=True)
        server, client = Node(1, wire, 150), Node(2, wire, 150)

        def collect(_: object) -> None:
            session = log_in(client.ip, client.pool, SERVER_ADDRESS, PORT)
            retrieve(session, 1)
            before = resident_kib()
            for number in range(1, len(sizes) + 1):
                seconds, octets = retrieve(session, number)
                results.append((octets, seconds, resident_kib() - before))
            log_out(session)
            sim.stop()

        keep.extend((EndlessServer(server, sizes), start_thread("client", collect, 4)))

    keep: list[object] = []
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW}) as sim:
        sim.run(define)
    return results


def main() -> None:
    """Measure and print."""
    print(f"configuration: NX_POP3_CLIENT_TCP_WINDOW_SIZE={WINDOW}, transmit queue {TRANSMIT_QUEUE}, integrity=True")
    for octets, seconds, grown in measure(SIZES):
        rate = octets / seconds / 1e6
        print(f"mail of {octets / 1024:>9.0f} KiB: {seconds * 1000:9.2f} ms, {rate:6.1f} MB/s, memory +{grown} KiB")
    print(f"target: {TARGET}")


if __name__ == "__main__":
    main()
