"""(c) A 16 MiB mail through TAP from a server on the kernel's stack, against poplib over kernel loopback in one run.

Lines: MTU 1500 with offload and two windows, 64 KiB packets with offload, and whole sessions. A rate is the best of
some RETRs of one session: in the first the kernel is in slow start and waits for acknowledgements. The server holds its
replies ready in memory and serves both clients. Needs root or an unprivileged user namespace: runs in a network
namespace of its own.

Sets: NX_TCP_ACK_EVERY_N_PACKETS (off on a device, which acknowledges after 200 ms or when reading opens half the
window: a sender in slow start waits for that), the client's window, NX_ENABLE_TCP_WINDOW_SCALING where the window is
above 64 KiB.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks._fetch import log_in, log_out, retrieve, run_session
from benchmarks._poplib import poplib_rate, prerendered, session_rate
from netx_drivers import TapDriver
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
ROUNDS = 4
SESSIONS = 400
KERNEL = IP_ADDRESS(10, 9, 9, 1)
DEVICE = IP_ADDRESS(10, 9, 9, 2)
MASK = 0xFFFFFF00
INSIDE = "--inside"


@dataclass
class Setting:
    """What is measured: the link's MTU and the configuration of the stack."""

    name: str
    mtu: int
    window: int
    acknowledge_every: int
    target: float

    def config(self) -> dict[str, Any]:
        """For the simulation."""
        return {
            "NX_POP3_CLIENT_TCP_WINDOW_SIZE": self.window,
            "NX_TCP_ACK_EVERY_N_PACKETS": self.acknowledge_every,
            "NX_ENABLE_TCP_WINDOW_SCALING": self.window > 65535,
        }


BODIES = (
    Setting("MTU 1500, 64 KiB window", 1500, 65535, 8, 2.0),
    Setting("MTU 1500, window scaling", 1500, 1 << 20, 64, 2.0),
    Setting("64 KiB packets", 65521, 4 << 20, 2, 5.0),
)
SHORT = Setting("sessions", 1500, 65535, 8, 1.0)


class Device:
    """An instance on the TAP device, in a simulation of its own; a context manager."""

    def __init__(self, setting: Setting, spare: int = 0) -> None:
        command("ip", "link", "set", "tap0", "mtu", str(setting.mtu))
        self._world = simulation(config=setting.config())
        self._world.__enter__()
        self.pool, self.ip = NX_PACKET_POOL(), NX_IP()
        payload = setting.mtu + 19 & ~3
        packets = 3 * setting.window // setting.mtu + 40 + spare
        memory = bytearray(packets * (payload + 64))
        self._must(nx_packet_pool_create(self.pool, "pool", payload, memory, len(memory)))
        driver = TapDriver("tap0", offload=True)
        self._must(nx_ip_create(self.ip, "ip", DEVICE, MASK, self.pool, driver, bytearray(2048), 2048, 1))
        self._must(nx_arp_enable(self.ip, bytearray(1040), 1040))
        self._must(nx_tcp_enable(self.ip))

    def _must(self, status: int) -> None:
        if status:
            raise RuntimeError(f"status 0x{status:02X}")

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        nx_ip_delete(self.ip)
        self._world.__exit__(kind, value, trace)


def command(*argv: str) -> None:
    """Run a program that has to succeed."""
    subprocess.run(argv, check=True)


def make_link() -> None:
    """A TAP device, and the loopback, in the namespace we are in."""
    command("ip", "link", "set", "lo", "up")
    command("ip", "tuntap", "add", "dev", "tap0", "mode", "tap", "vnet_hdr")
    Path("/proc/sys/net/ipv6/conf/tap0/disable_ipv6").write_text("1", encoding="ascii")
    command("ip", "addr", "add", "10.9.9.1/24", "dev", "tap0")
    command("ip", "link", "set", "tap0", "up")


def body_rate(setting: Setting, port: int) -> float:
    """Megabytes a second of the best of some rounds."""
    with Device(setting) as device:
        client = log_in(device.ip, device.pool, KERNEL, port)
        rates = []
        for _ in range(ROUNDS):
            seconds, octets = retrieve(client, 1)
            rates.append(octets / seconds / 1e6)
        log_out(client)
    return max(rates)


def device_session_rate(port: int) -> float:
    """Sessions a second: connect, APOP, STAT, RETR, DELE, QUIT."""
    # The device never gives back the greeting of an APOP session: one packet each.
    with Device(SHORT, spare=SESSIONS) as device:
        begin = time.perf_counter()
        for _ in range(SESSIONS):
            run_session(device.ip, device.pool, KERNEL, port)
        return SESSIONS / (time.perf_counter() - begin)


def measure() -> None:
    """All lines; inside the namespace."""
    try:
        make_link()
        TapDriver("tap0", offload=True).close()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"skipped, no TAP device with offload here: {error}")
        return
    reference = poplib_rate(SIZE, ROUNDS)
    print(f"poplib over kernel loopback, {SIZE >> 20} MiB mail: {reference:.0f} MB/s")
    with prerendered("0.0.0.0", SIZE) as port:
        for setting in BODIES:
            rate = body_rate(setting, port)
            print(f"configuration: MTU {setting.mtu}, " + ", ".join(f"{k}={v}" for k, v in setting.config().items()))
            print(
                f"TAP with offload, {setting.name}: {rate:.0f} MB/s, {rate / reference:.1f} times poplib"
                f" (target {setting.target:.0f})"
            )
    with prerendered("0.0.0.0", 1024) as port:
        theirs, ours = session_rate(port, SESSIONS), device_session_rate(port)
        print(f"configuration: MTU {SHORT.mtu}, " + ", ".join(f"{k}={v}" for k, v in SHORT.config().items()))
        print(
            f"TAP with offload, sessions with a 1 KiB mail: {ours:.0f} a second, {ours / theirs:.1f} times poplib's"
            f" {theirs:.0f} (target {SHORT.target:.0f})"
        )


def main() -> None:
    """Enter a namespace, then measure."""
    if INSIDE in sys.argv:
        measure()
        return
    unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    sys.exit(subprocess.run([*unshare, sys.executable, __file__, INSIDE], check=False).returncode)


if __name__ == "__main__":
    main()
