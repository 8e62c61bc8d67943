"""A 16 MiB mail over SLIP on a pseudo-terminal of unlimited speed, between two processes.

Sets: NX_POP3_CLIENT_TCP_WINDOW_SIZE 65535 (a device's 1460 otherwise); NX_TCP_ACK_EVERY_N_PACKETS 8, because a device
acknowledges so late that a sender in slow start stands still; the server's transmit queue 64 packets (20 otherwise);
MTU 1500 (1006 otherwise). Each end computes and verifies its checksums.
"""

import os
import sys
import tty
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import log_in, log_out, retrieve
from benchmarks._ram_world import PORT, SERVER_ADDRESS, TRANSMIT_QUEUE, WINDOW, EndlessServer, Node
from netx_drivers import SlipDriver
from netx_sim import simulation

SIZE = 16 << 20
ROUNDS = 3
MTU = 1500
ACK_EVERY = 8
TARGET_MB_S = 20
_PACKETS = 150
_CONFIG = {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW, "NX_TCP_ACK_EVERY_N_PACKETS": ACK_EVERY}


def serve(fd: int) -> None:
    """Be the server at one end, until the other end is closed."""
    with simulation(config=_CONFIG) as sim, SlipDriver(fd, mtu=MTU) as driver:

        def define(_: object) -> None:
            node = Node(1, driver, _PACKETS)
            node.ip.nx_ip_link_status_change_callback = lambda *_: sim.stop()
            keep.append(EndlessServer(node, [SIZE]))

        keep: list[object] = []
        sim.run(define)


def collect(fd: int) -> float:
    """Be the client at the other end; megabytes a second of the best round."""
    with simulation(config=_CONFIG), SlipDriver(fd, mtu=MTU) as driver:
        node = Node(2, driver, _PACKETS)
        session = log_in(node.ip, node.pool, SERVER_ADDRESS, PORT)
        best = 0.0
        for _ in range(ROUNDS):
            seconds, octets = retrieve(session, 1)
            best = max(best, octets / seconds / 1e6)
        log_out(session)
        return best


def slip_rate() -> float:
    """The same with a process for the server."""
    master, slave = os.openpty()
    tty.setraw(slave)
    child = os.fork()
    if not child:
        os.close(slave)
        serve(master)
        os._exit(0)
    os.close(master)
    try:
        return collect(slave)
    finally:
        os.close(slave)
        os.waitpid(child, 0)


def main() -> None:
    """Measure and print."""
    rate = slip_rate()
    print(
        f"configuration: NX_POP3_CLIENT_TCP_WINDOW_SIZE={WINDOW}, NX_TCP_ACK_EVERY_N_PACKETS={ACK_EVERY},"
        f" transmit queue {TRANSMIT_QUEUE}, MTU {MTU}"
    )
    print(f"SLIP over a pty, {SIZE >> 20} MiB mail: {rate:.1f} MB/s (target {TARGET_MB_S})")


if __name__ == "__main__":
    main()
