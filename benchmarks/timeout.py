"""(d) A reply timeout of 10 s in virtual time: what the wait costs the host.

Sets nothing: the client waits for the reply to STAT as long as a device does, NX_POP3_SERVER_REPLY_TIMEOUT, 1000 ticks.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import log_in
from benchmarks._ram_world import PORT, SERVER_ADDRESS, Node, SilentServer, start_thread
from netx_drivers import RamWire
from netx_pop3.client import nx_pop3_client_mail_items_get
from netx_pop3.control import NX_POP3_CLIENT
from netx_sim import NX_NO_PACKET, Ref, simulation, tx_time_get

ROUNDS = 50
TARGET_MS = 2.0


def measure() -> tuple[list[float], int]:
    """Milliseconds of each timeout, and the ticks it lasted."""
    costs: list[float] = []
    ticks = [0]

    def define(_: object) -> None:
        wire = RamWire()
        server, client = Node(1, wire, 40), Node(2, wire, 40)

        def wait(_: object) -> None:
            session = log_in(client.ip, client.pool, SERVER_ADDRESS, PORT)
            costs.extend(one_timeout(session, ticks) for _round in range(ROUNDS))
            sim.stop()

        keep.extend((SilentServer(server, answered=2), start_thread("client", wait, 4)))

    keep: list[object] = []
    with simulation() as sim:
        sim.run(define)
    return costs, ticks[0]


def one_timeout(session: NX_POP3_CLIENT, ticks: list[int]) -> float:
    """Milliseconds of the host for one STAT that is never answered."""
    before, begin = tx_time_get(), time.perf_counter()
    status = nx_pop3_client_mail_items_get(session, Ref(), Ref())
    seconds = time.perf_counter() - begin
    ticks[0] = tx_time_get() - before
    if status != NX_NO_PACKET:
        raise RuntimeError(f"status 0x{status:02X}, expected NX_NO_PACKET")
    return seconds * 1000


def main() -> None:
    """Measure and print."""
    costs, ticks = measure()
    costs.sort()
    print("configuration: defaults")
    print(
        f"reply timeout of {ticks} ticks in virtual time: median {costs[len(costs) // 2]:.3f} ms, worst"
        f" {costs[-1]:.3f} ms (target {TARGET_MS:.0f} ms)"
    )


if __name__ == "__main__":
    main()
