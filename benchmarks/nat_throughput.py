"""A 16 MiB mail by NAT without root from a server on the loopback, against poplib over kernel loopback in one run.

The server holds its replies ready in memory and serves both clients. Needs libslirp, no privileges.

Sets: NX_TCP_ACK_EVERY_N_PACKETS (off on a device, which acknowledges after 200 ms or when reading opens half the
window: a sender in slow start waits for that) and the client's window, the largest without scaling, which libslirp does
not do. Its segments have 32 KiB at most, whatever the MTU.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import log_in, log_out, retrieve
from benchmarks._poplib import prerendered, retrieve_rate
from netx_drivers import UserNatDriver
from netx_sim import (
    IP_ADDRESS,
    NX_IP,
    NX_PACKET_POOL,
    nx_arp_enable,
    nx_ip_create,
    nx_ip_delete,
    nx_packet_pool_create,
    nx_tcp_enable,
    simulation,
)

SIZE = 16 << 20
ROUNDS = 6
HOST = IP_ADDRESS(10, 0, 2, 2)
GUEST = IP_ADDRESS(10, 0, 2, 15)
MASK = 0xFFFFFF00
WINDOW = 65535


@dataclass
class Setting:
    """What is measured."""

    mtu: int
    acknowledge_every: int
    target: str

    def config(self) -> dict[str, Any]:
        """For the simulation."""
        return {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW, "NX_TCP_ACK_EVERY_N_PACKETS": self.acknowledge_every}


SETTINGS = (Setting(65521, 1, " (target 1.0)"), Setting(1500, 4, ""))


def must(status: int) -> None:
    """A service that has to succeed."""
    if status:
        raise RuntimeError(f"status 0x{status:02X}")


def rates(setting: Setting, port: int) -> tuple[float, float]:
    """Megabytes a second, the best of some rounds, of the device and of poplib, in turns."""
    ours, theirs = [], []
    with simulation(config=setting.config()):
        pool, ip = NX_PACKET_POOL(), NX_IP()
        payload = setting.mtu + 19 & ~3
        memory = bytearray((3 * WINDOW // setting.mtu + 40) * (payload + 64))
        must(nx_packet_pool_create(pool, "pool", payload, memory, len(memory)))
        must(nx_ip_create(ip, "ip", GUEST, MASK, pool, UserNatDriver(mtu=setting.mtu), bytearray(2048), 2048, 1))
        must(nx_arp_enable(ip, bytearray(1040), 1040))
        must(nx_tcp_enable(ip))
        for _ in range(ROUNDS):
            client = log_in(ip, pool, HOST, port)
            seconds, octets = retrieve(client, 1)
            log_out(client)
            ours.append(octets / seconds / 1e6)
            theirs.append(retrieve_rate(port))
        nx_ip_delete(ip)
    return max(ours), max(theirs)


def main() -> None:
    """Print a line for each setting, and its configuration."""
    with prerendered("127.0.0.1", SIZE) as port:
        for setting in SETTINGS:
            ours, theirs = rates(setting, port)
            print(f"configuration: MTU {setting.mtu}, " + ", ".join(f"{k}={v}" for k, v in setting.config().items()))
            print(
                f"NAT without root, {SIZE >> 20} MiB mail: {ours:.0f} MB/s, {ours / theirs:.1f} times poplib's"
                f" {theirs:.0f} MB/s over kernel loopback{setting.target}"
            )


if __name__ == "__main__":
    main()
