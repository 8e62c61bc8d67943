"""`netx-pop3 fetch`: collect the mails of a real server over a link of this computer, or through it."""

import signal
from collections.abc import Callable
from contextlib import ExitStack
from ipaddress import ip_address
from pathlib import Path
from types import FrameType
from typing import Any

from rich.console import Console

from netx_drivers.capture import Capture
from netx_drivers.url import driver_for_url
from netx_pop3.cli.collect import Collector, Stopped, Tally
from netx_pop3.cli.exits import Exit, UsageError
from netx_pop3.cli.location import Location, parse_location, resolve
from netx_pop3.cli.password import find_password
from netx_pop3.cli.quirk_log import QuirkLog
from netx_pop3.cli.show import octets_text, progress_on
from netx_pop3.cli.way import Way
from netx_pop3.maildrop import Host, Maildrop
from netx_pop3.store import Journal, Sink, sink_for
from netx_pop3.store.errors import target_error
from netx_sim.kernel import simulation


class Plan:
    """What the command line asks for, checked before anything is opened."""

    def __init__(
        self,
        url: str,
        link: str | None,
        address: str | None,
        gateway: str | None,
        apop: bool,
        keep: bool,
        target: str,
        capture: Path | None = None,
    ) -> None:
        self.location: Location = parse_location(url)
        server = resolve(self.location.host, 6 if address and ":" in address else 4)
        self.way = Way(link, address, gateway, version=ip_address(server).version)
        self.server = self.way.to(server)
        self.apop = apop
        self.keep = keep
        self.target = target
        self.sink: Sink = sink_for(target)
        self.capture = capture


class StopKey:
    """Ctrl-C while mails are collected: the first asks to end the session well, the second ends it at once."""

    def __init__(self, collector: Collector, console: Console) -> None:
        self._collector = collector
        self._console = console
        self._before: Any = None

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGINT, self._pressed)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _pressed(self, number: int, frame: FrameType | None) -> None:
        if self._collector.stop:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            raise KeyboardInterrupt
        self._collector.stop = True
        try:
            self._console.print("stopping; Ctrl-C again to stop at once")
        except RuntimeError:
            pass  # the signal came in the middle of another line; the buffer cannot be written to now


def fetch(plan: Plan, console: Console, ask: Callable[[str], str] | None = None) -> Exit:
    """Do it.

    Raises:
        Any of exits.EXPECTED.
    """
    password = find_password(plan.location.user, plan.location.host, ask)
    with ExitStack() as stack:
        quirks = stack.enter_context(QuirkLog())
        plan.sink.open()
        journal = Journal(plan.sink.journal_path)
        journal.open()
        stack.callback(journal.close)
        journal.settle(plan.sink.holds)
        progress = stack.enter_context(progress_on(console))
        collector = Collector(plan.sink, journal, str(plan.location), plan.keep, progress)
        try:
            _session(plan, password, collector, console)
        except Stopped:
            stack.close()
            _summary(plan, collector.tally, console)
            raise KeyboardInterrupt from None
    if quirks.met:
        console.print(f"device quirks met: {quirks}")
    _summary(plan, collector.tally, console)
    return Exit.DONE


def _session(plan: Plan, password: str, collector: Collector, console: Console) -> None:
    location = plan.location
    with simulation(config=plan.way.config), Host(_driver(plan), plan.way.address, plan.way.gateway) as host:
        drop = Maildrop(
            plan.server, location.user, password, ip=host.ip, pool=host.pool, apop=plan.apop, port=location.port
        )
        with drop, StopKey(collector, console):
            collector.run(drop)


def _driver(plan: Plan) -> Any:
    """The link, in the open simulation."""
    try:
        driver = driver_for_url(plan.way.link)
    except ValueError as error:
        raise UsageError(f"--link {plan.way.link}: {error}") from error
    return driver if plan.capture is None else captured(driver, plan.capture)


def captured(driver: Any, path: Path) -> Capture:
    """The driver with a capture around it.

    Raises:
        TargetError: the file cannot be written.
    """
    try:
        return Capture(driver, path)
    except OSError as error:
        raise target_error(path, error) from error


def _summary(plan: Plan, tally: Tally, console: Console) -> None:
    known = f", {tally.known} stored before" if tally.known else ""
    left = "left on the server" if plan.keep else f"{tally.deleted} deleted on the server"
    fetched = f"{tally.fetched} mails fetched ({octets_text(tally.octets)})"
    console.print(f"{fetched}, {tally.stored} stored in {plan.target}{known}; {left}")
