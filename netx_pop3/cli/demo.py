"""`netx-pop3 demo`: a server and a client in this process collect six mails, and every byte is compared."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from rich.console import Console

from netx_drivers.ram import RamWire
from netx_pop3.cli import collect
from netx_pop3.cli.collect import Collector
from netx_pop3.cli.demo_mails import demo_mails
from netx_pop3.cli.exits import Exit
from netx_pop3.cli.fetch import captured
from netx_pop3.cli.quirk_log import QuirkLog
from netx_pop3.cli.show import Bar
from netx_pop3.maildrop import Host, Mail, Maildrop
from netx_pop3.quirks import QUIRKS
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_pop3.store import Journal, MaildirSink
from netx_pop3.store.errors import target_error
from netx_sim.kernel import Simulation, simulation
from netx_sim.packet import NX_PACKET_POOL

_SERVER = "10.0.0.1"
_CLIENT = "10.0.0.2"
_USER = "demo"
_PASSWORD = "tanstaaf"  # noqa: S105 - the secret of RFC 1939's APOP example
_SEED = 1939
_CLIENT_PACKETS = 20
_BITS_PER_SECOND = 10_000_000
_LATENCY_US = 100
_LINE_MAX = 90  # of the dialogue
_LOST_TO = "nobody: "  # what the holder of a packet lost to a quirk begins with


class Demo(collect.Progress):
    """One demonstration: what is shown and what is compared."""

    def __init__(self, console: Console, bar: Bar | None) -> None:
        self._console = console
        self._bar = bar
        self._mails = demo_mails()
        self._equal = False
        self.verified = 0
        self.store = MemoryStore(octets for _, octets in self._mails)

    @property
    def count(self) -> int:
        """Mails in the maildrop."""
        return len(self._mails)

    # -- told by the collector ------------------------------------------------------------------

    def begin(self, count: int, octets: int) -> None:
        if self._bar is not None:
            self._bar.begin(count, octets)

    def mail(self, mail: Mail) -> None:
        if self._bar is not None:
            self._bar.mail(mail)

    def received(self, octets: int) -> None:
        if self._bar is not None:
            self._bar.received(octets)

    def compare(self, mail: Mail, spool: BinaryIO) -> None:
        """With the server's own copy, byte for byte."""
        spool.seek(0)
        self._equal = spool.read() == self._mails[mail.number - 1][1]
        self.verified += self._equal

    def kept(self, mail: Mail, size: int, known: bool) -> None:
        name = self._mails[mail.number - 1][0]
        verdict = "equal to the server's copy" if self._equal else "NOT equal to the server's copy"
        self._console.print(f"mail {mail.number}, {name}: {size} bytes, {verdict}, stored")

    def dialogue(self, sent: bool, text: bytes) -> None:
        """A command, or the first line of a reply."""
        line = text.partition(b"\r\n")[0].decode("ascii", "replace")
        self._console.print(f"  {'C' if sent else 'S'}: {line[:_LINE_MAX]}")


def demo(out: Path | None, console: Console) -> Exit:
    """Run it; the exit status says whether every mail was verified."""
    folder = _folder(out)
    with ExitStack() as stack:
        stack.enter_context(QuirkLog())
        bar = stack.enter_context(Bar(console)) if console.is_terminal else None
        show = Demo(console, bar)
        lost = _collect(show, folder, console)
    console.print(f"capture: {folder / 'demo.pcapng'}")
    console.print(f"mails: {folder / 'maildir'}")
    console.print(_named(lost))
    console.print(f"demo: {show.count} mails, {show.verified} verified, {lost.total()} packets lost")
    explained = all(holder.startswith(_LOST_TO) for holder in lost)
    return Exit.DONE if show.verified == show.count and explained else Exit.UNVERIFIED


def _collect(show: Demo, folder: Path, console: Console) -> "Counter[str]":
    """Holders of the packets that did not come back."""
    lost: Counter[str] = Counter()
    wire = RamWire(bandwidth=_BITS_PER_SECOND, latency_us=_LATENCY_US)
    with (
        simulation(seed=_SEED) as sim,
        captured(wire, folder / "demo.pcapng") as capture,
        Host(wire, _SERVER + "/24") as there,
        Host(capture, _CLIENT + "/24", packets=_CLIENT_PACKETS) as here,
    ):
        console.print(f"server at {_SERVER} and client at {_CLIENT}: two NetX instances on a simulated 10 Mbit/s wire")
        pools = {"client": here.pool, "server": there.pool}
        _show_pools("before", pools, console)
        server = Pop3Server(there.ip, there.pool, {_USER: Account(_PASSWORD, show.store)})
        server.start()
        drop = Maildrop(_SERVER, _USER, _PASSWORD, ip=here.ip, watch=show.dialogue)
        _session(show, drop, folder / "maildir")
        server.stop()
        _show_pools("after", pools, console)
        _show_end(show, sim, console)
        for pool in pools.values():
            lost.update(_out_of(pool))
    return lost


def _session(show: Demo, drop: Maildrop, target: Path) -> None:
    sink = MaildirSink(target, _stamps(target).__next__)
    sink.open()
    journal = Journal(sink.journal_path)
    journal.open()
    try:
        with drop:
            Collector(sink, journal, _USER, keep=False, progress=show, check=show.compare).run(drop)
    finally:
        journal.close()


def _stamps(target: Path) -> Iterator[str]:
    """The same file names on every run; those of an earlier one are removed, and nothing else."""
    for path in [*target.glob("new/*.netx-demo"), *target.glob("cur/*.netx-demo*")]:
        path.unlink()
    number = 0
    while True:
        number += 1
        yield f"{number}.netx-demo"


def _folder(out: Path | None) -> Path:
    """Where to write: as asked for, else ./netx-demo, else a temporary folder."""
    folder = out or Path("netx-demo")
    if out is None and not os.access(folder if folder.exists() else Path(), os.W_OK):
        folder = Path(tempfile.mkdtemp(prefix="netx-demo-"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise target_error(folder, error) from error
    return folder


def _show_pools(when: str, pools: dict[str, NX_PACKET_POOL], console: Console) -> None:
    levels = [
        f"{name} {pool.nx_packet_pool_available} of {pool.nx_packet_pool_total} packets free"
        for name, pool in pools.items()
    ]
    console.print(f"pools {when}: {', '.join(levels)}")


def _show_end(show: Demo, sim: Simulation, console: Console) -> None:
    left = len(show.store.messages())
    console.print(f"on the server: {left} mails left; {sim.now_us() / 1e6:.2f} s went by on the wire")


def _out_of(pool: NX_PACKET_POOL) -> list[str]:
    """Who holds the packets that are not in their pool."""
    free = set(map(id, pool._free))
    return [packet._holder for packet in pool._packets if id(packet) not in free]


def _named(lost: "Counter[str]") -> str:
    """The quirks that lost packets, by name."""
    if not lost:
        return "lost to quirks of the device: nothing"
    parts = []
    for holder, count in sorted(lost.items()):
        quirk = QUIRKS.get(holder.removeprefix(_LOST_TO))
        why = f"{quirk.quirk_id} ({quirk.what})" if quirk is not None else f"no known quirk, held by {holder}"
        parts.append(f"{count} to {why}")
    return "lost to quirks of the device: " + "; ".join(parts)
