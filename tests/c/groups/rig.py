"""Test firmware in C, group by group: how it is compiled, loaded and run.

A configuration is one image with all groups in it.  Each group then runs in a simulation of its own.
"""

import ctypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netx_c.cc.toolchain import build_shared
from netx_c.port.binding import Port
from netx_drivers.ram import default_wire
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import (
    IP_ADDRESS,
    NX_IP,
    NX_PACKET_POOL,
    nx_arp_enable,
    nx_ip_create,
    nx_packet_pool_create,
    nx_tcp_enable,
    simulation,
)
from netx_sim.snapshot import netstat

FIRMWARE = Path(__file__).parent / "firmware"
COMMON = FIRMWARE / "check.c"
WARNINGS = ("-Wall", "-Wextra", "-Wpedantic", "-Werror")
_LENGTH = 300  # of a failure's text, as in check.c
_SHOWN = 20

# By name: how many checks a group makes at least.
GROUPS: dict[str, int] = {
    "threads": 140,
    "timers": 75,
    "semaphores": 65,
    "mutexes": 75,
    "events": 60,
    "queues": 450,
    "pools": 95,
    "time": 50,
    "packets": 240,
    "ip": 180,
    "arp": 70,
    "icmp": 75,
    "igmp": 70,
    "udp": 180,
    "tcp": 290,
    "ipv6": 120,
    "pop3": 105,
    "md5": 180,
    "drivers": 200,
    "blocks": 400,
    "fields": 100,
}


# Mails of the server that the group pop3 talks to.
MAILS = (
    b"Subject: one\r\n\r\nHello\r\n",
    b"Subject: two\r\n\r\n" + b"\r\n".join([b"x" * 69] * 32) + b"\r\n" + b"y" * 8 + b"\r\n",
    b"abc\r\n",
)


@dataclass(frozen=True)
class Configuration:
    """How the groups are compiled."""

    name: str
    compiler: str = "gcc"
    flags: tuple[str, ...] = ()
    cxx: bool = False
    sanitize: str = ""
    defines: Mapping[str, object] = field(default_factory=dict)
    include: tuple[Path, ...] = ()

    def build(self, folder: Path, sources: Sequence[Path]) -> Path:
        """Compile and link the sources; the image."""
        files = [_as_cxx(source, folder) for source in sources] if self.cxx else list(sources)
        include = [FIRMWARE, *self.include]
        flags = [*WARNINGS, *self.flags]
        output = folder / f"{self.name}.so"
        return build_shared(files, output, include, self.defines, flags, self.sanitize, compiler=self.compiler)


def _as_cxx(source: Path, folder: Path) -> Path:
    """The same file under a name that says C++."""
    link = folder / f"{source.stem}.cpp"
    if not link.exists():
        link.symlink_to(source)
    return link


def sources() -> list[Path]:
    """All groups, and what they share."""
    return [COMMON, *(FIRMWARE / f"{name}.c" for name in GROUPS)]


def mail_server(sim: Any, _port: Port) -> None:
    """Before the group pop3: an instance in Python with a POP3 server, on the RAM wire of the simulation."""
    pool, ip_ptr, size = NX_PACKET_POOL(), NX_IP(), 100 * 1600
    nx_packet_pool_create(pool, "server", 1536, bytearray(size), size)
    nx_ip_create(
        ip_ptr, "server", IP_ADDRESS(10, 0, 0, 1), 0xFFFFFF00, pool, default_wire(sim), bytearray(2048), 2048, 1
    )
    nx_arp_enable(ip_ptr, bytearray(1024), 1024)
    nx_tcp_enable(ip_ptr)
    Pop3Server(ip_ptr, pool, {"mary": Account("secret", MemoryStore(MAILS))}).start()


# By group: what is called in front of it.
BEFORE: "dict[str, Callable[[Any, Port], None]]" = {"pop3": mail_server}


class Image:
    """A compiled image and its port."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.library = ctypes.CDLL(str(path))
        self.port = Port(self.symbol)

    def symbol(self, name: str) -> int:
        """The address of a symbol, 0 if there is none."""
        try:
            return ctypes.cast(getattr(self.library, name), ctypes.c_void_p).value or 0
        except AttributeError:
            return 0

    def number(self, name: str) -> int:
        """A variable of 32 bits."""
        return ctypes.c_uint32.in_dll(self.library, name).value

    def failures(self) -> list[str]:
        """The checks that have failed so far, by file and line."""
        shown = min(self.number("check_failed"), _SHOWN)
        texts = (ctypes.c_char * _LENGTH * _SHOWN).in_dll(self.library, "check_failures")
        return [texts[index].value.decode() for index in range(shown)]

    def forget(self) -> None:
        """Count from 0."""
        for name in ("check_count", "check_failed"):
            ctypes.c_uint32.in_dll(self.library, name).value = 0


@dataclass
class Outcome:
    """What a run of a group has shown."""

    checks: int
    failures: list[str]
    state: str  # netstat at the end


def run_group(image: Image, group: str) -> Outcome:
    """Run one group, with what it needs around it."""
    return run(image, f"group_{group}", BEFORE.get(group))


def run(
    image: Image, entry: str, before: "Callable[[Any, Port], None] | None" = None, seed: int = 1, **options: Any
) -> Outcome:
    """Run a group's function as tx_application_define, then the world to its end.

    Args:
        image: holds the group.
        entry: the function.
        before: called in front of it, in initialisation too: with the simulation and the port.
        seed: of the simulation.
        options: further ones of the simulation.
    """
    image.forget()
    port = image.port
    with simulation(seed=seed, config=port.config, **options) as sim:
        port.open(sim)

        def define(_memory: Any) -> None:
            if before is not None:
                before(sim, port)
            port.call(image.symbol(entry))

        try:
            sim.run(define)
        finally:
            port.refresh()
            outcome = Outcome(image.number("check_count"), image.failures(), netstat(sim))
    return outcome
