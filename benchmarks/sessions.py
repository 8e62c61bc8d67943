"""(b) POP3 sessions a second over the RAM wire, against poplib over kernel loopback in the same run.

A session: connect, greeting, APOP, STAT, RETR of 1 KiB, DELE, QUIT, close; both ends in this process and on one thread.
Sets: RamWire(integrity=True), so that neither end computes checksums. The client is a device's with its defaults.
"""

import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import run_session
from benchmarks._poplib import prerendered, session_rate
from benchmarks._prerendered import mail
from benchmarks._ram_world import PORT, SERVER_ADDRESS, Node
from netx_drivers import RamWire
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import simulation, tx_thread_sleep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netx_pop3.server_store import Message

# Each APOP login loses a packet, as on a device; that is known, and not what is measured.
logging.getLogger("netx_sim.leak").setLevel(logging.ERROR)

SIZE = 1000  # rounded up to whole lines, with the reply's first and last line about 1 KiB
SESSIONS = 500
ROUNDS = 5
TARGET = 1500


class Evergreen(MemoryStore):
    """Takes every deletion and removes nothing, so that each session finds its mail."""

    def commit(self, deleted: "Sequence[Message]") -> bool:
        return bool(deleted)


def ram_rate(count: int = SESSIONS, clock: "Callable[[], float]" = time.perf_counter) -> float:
    """Sessions a second of one run. Each loses a packet of the receive pool (Q-GREETING-LEAK), so that is large."""
    with simulation():
        wire = RamWire(integrity=True)
        server, client = Node(1, wire, 40), Node(2, wire, count + 20)
        accounts = {"user": Account("password", Evergreen([mail(SIZE)]))}
        Pop3Server(server.ip, server.pool, accounts, PORT).start()
        tx_thread_sleep(2)
        run_session(client.ip, client.pool, SERVER_ADDRESS, PORT)
        begin = clock()
        for _session in range(count):
            run_session(client.ip, client.pool, SERVER_ADDRESS, PORT)
        return count / (clock() - begin)


def main() -> None:
    """Measure and print."""
    with prerendered("127.0.0.1", SIZE) as port:
        reference = max(session_rate(port, SESSIONS) for _round in range(ROUNDS))
    rate = max(ram_rate() for _round in range(ROUNDS))
    print("configuration: integrity=True, client with defaults")
    print(
        f"RAM wire, APOP sessions of {len(mail(SIZE))} octets: {rate:.0f} a second, both ends (target {TARGET});"
        f" poplib over loopback {reference:.0f} a second, one end; ratio {rate / reference:.2f}"
    )


if __name__ == "__main__":
    main()
