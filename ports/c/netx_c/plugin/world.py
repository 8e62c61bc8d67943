"""The simulation of one test: made fresh, seeded, watched, and at the end asked what is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from netx_c.plugin.firmware import Firmware
from netx_c.plugin.leftovers import Leftovers
from netx_c.plugin.wire import TestLinks, Wire
from netx_c.port.drivers import use_links
from netx_sim import diagnostics
from netx_sim.config import Config
from netx_sim.constants_tx import TX_AUTO_START
from netx_sim.kernel import Simulation, simulation
from netx_sim.kernel.thread import _tx_thread_create, _tx_thread_sleep
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.snapshot import netstat

__tracebackhide__ = True  # what is wrong is wrong in the test, whose line pytest shows

_SETTLE = 1000  # ticks in which packets on their way can come home after the test: ten seconds
_OBJECTS = (
    "ip_instances", "packet_pools", "timers", "mutexes", "semaphores", "event_flags", "queues", "byte_pools",
    "block_pools",
)  # fmt: skip
_STACK = 1024
_OWN_THREADS = 2  # the timer thread and the test's own


class StillWaitingError(AssertionError):
    """What a test waited for did not happen in time."""


class ConfigurationError(Exception):
    """Tunables that cannot be those of this simulation."""


class World:
    """The `netx` fixture.  What it has not itself, its simulation has: `netx.now`, `netx.busy(3)`, `netx.run()`.

    Args:
        seed: of every random choice.
        config: tunables and build flags that were asked for by the test; they win over those of the firmware.
        link: what firmware that uses `nx_host_network_driver` gets, as a URL.
        record: file that takes a capture of all links.
    """

    def __init__(
        self, seed: int, config: dict[str, Any] | None = None, link: str = "ram:", record: Path | None = None
    ) -> None:
        self.seed = seed
        self.title = ""
        self.record = record
        self.wire = Wire(seed, record)
        self.firmwares: list[Firmware] = []
        self.reports: dict[tuple[str, str, str, bool], int] = {}  # how often: kind, name, message, does harm
        self.hosts: dict[str, Any] = {}  # of the servers, by address
        self.servers: list[Any] = []
        self._part = "setup"
        self._asked = dict(config or {})
        self._link = link
        self._configured: dict[str, Any] = dict(self._asked)
        diagnostics.hooks.append(self._report)
        self._open()

    def _open(self) -> None:
        self._context = simulation(self.seed, self._configured, trace_allocations=True)
        self.sim: Simulation = self._context.__enter__()
        self.leftovers = Leftovers(self.sim)
        self.leftovers.part = self._part
        self.wire.attach(self.sim)
        use_links(self.sim, TestLinks(self.wire, self._link))

    def close(self) -> None:
        """End the simulation, then unload what ran in it."""
        try:
            self._context.__exit__(None, None, None)
        finally:
            diagnostics.hooks.remove(self._report)
            self.wire.close()
            for firmware in self.firmwares:
                firmware.close()

    @property
    def part(self) -> str:
        """Which part of the test runs: setup, call, or what fixtures do for themselves in it."""
        return self._part

    @part.setter
    def part(self, part: str) -> None:
        self._part = self.leftovers.part = part

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or "sim" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.sim, name)

    def __repr__(self) -> str:
        return f"<netx at tick {self.sim.now}, seed {self.seed}>"

    def _report(self, kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        entry = (kind, name, message, bool(fields.get("harm", True)))
        self.reports[entry] = self.reports.get(entry, 0) + 1

    # -- time -------------------------------------------------------------------------------------

    def sleep(self, ticks: int) -> None:
        """Let time pass for the test, so that others run: 100 ticks are a second."""
        _tx_thread_sleep(ticks)

    def until(self, condition: "Callable[[], Any] | Any", ticks: int = 6000, what: str = "") -> None:
        """Let time pass until `condition()` is true, or a thread of `firmware.thread` has ended.

        Args:
            condition: asked at every tick.
            ticks: most ticks to wait; 6000 are a minute.
            what: what is waited for, for the message.

        Raises:
            StillWaitingError: it is not true after so many ticks; the message says who waits for what.
        """
        asked = condition if callable(condition) else lambda: condition.done
        for _ in range(ticks):
            if asked():
                return
            _tx_thread_sleep(1)
        if not asked():
            text = what or "the condition to hold"
            raise StillWaitingError(f"waited {ticks} ticks for {text}, in vain\n{self.sim.who_waits()}")

    # -- configuration ------------------------------------------------------------------------------

    def configure(self, config: dict[str, int], who: str) -> None:
        """Take over the tunables that a firmware was compiled with.

        A simulation in which nothing has happened yet is made again with them; later they must be the same.

        Raises:
            ConfigurationError: they differ from those of the simulation, which is in use.
        """
        wanted = {**config, **self._asked}
        effective = Config(wanted)
        differing = [name for name in wanted if getattr(effective, name) != getattr(self.sim.config, name)]
        if not differing:
            return
        if self._used():
            names = ", ".join(f"{name}={wanted[name]} (here {getattr(self.sim.config, name)})" for name in differing)
            raise ConfigurationError(
                f"{who} was compiled with {names}, but the simulation is in use already; build this firmware first, "
                "or give the values that shall hold for all: @pytest.mark.netx(config={...})"
            )
        self._configured = wanted
        self._context.__exit__(None, None, None)
        self._open()

    def _used(self) -> bool:
        sim = self.sim
        several = len(sim.threads) > _OWN_THREADS or any(getattr(sim, name) for name in _OBJECTS)
        return several or sim.now > 0 or bool(self.firmwares)

    # -- the end ------------------------------------------------------------------------------------

    def forgive(self, thread: Any) -> None:
        """A thread that goes with the test needs no delete."""
        self.leftovers.forgive(thread)

    def pending_error(self) -> BaseException | None:
        """What ended the world while the test did not look."""
        return self.sim._error

    def settle(self) -> None:
        """Give packets that are on their way the time to come home."""
        sim = self.sim
        if sim.real or sim._stopping:
            return
        try:
            if sim._body is not None:
                self._wait_for_packets(0)
            elif self.leftovers.packets():
                self._run_on()
        except Exception:  # noqa: BLE001 - the test is over; what is out now stays out
            return

    def _wait_for_packets(self, _: int) -> None:
        for _tick in range(_SETTLE):
            if not self.leftovers.packets():
                return
            _tx_thread_sleep(1)

    def _run_on(self) -> None:
        """The test is no thread any more, since it has called `run`: let another one wait."""
        thread = TX_THREAD()
        stack = bytearray(_STACK)
        lowest = self.sim.config.TX_MAX_PRIORITIES - 1
        _tx_thread_create(
            thread, "end of test", self._wait_for_packets, 0, stack, _STACK, lowest, lowest, 0, TX_AUTO_START
        )
        self.leftovers.forgive(thread)
        self.sim.run_threads()

    def differences(self) -> list[str]:
        """What the scripts of servers and the client did not agree on."""
        return [line for server in self.servers if hasattr(server, "check") for line in server.check()]

    def netstat(self) -> str:
        """The state of everything as text."""
        return netstat(self.sim)
