"""What C has beyond the services: the kernel's entry, drivers' symbols, exported variables, and the host's own calls.

The host's calls are those of `include/netx_host.h`.
"""

from collections.abc import Callable
from typing import Any

from netx_c.port.drivers import driver, links_of
from netx_c.port.memory import Region, area, pointer_set, words_at
from netx_pop3.reply import WORD_SIZE
from netx_sim.kernel import CONTEXT_INIT, CONTEXT_ISR, CONTEXT_THREAD
from netx_sim.leaks import leak_report
from netx_sim.snapshot import netstat

DRIVERS = (
    "_nx_ram_network_driver",
    "_nx_ram_network_driver_256",
    "_nx_ram_network_driver_512",
    "_nx_ram_network_driver_1024",
    "_nx_ram_network_driver_1500",
    "_nx_ram_network_driver_3000",
    "_nx_linux_network_driver",
    "nx_host_network_driver",
)
# Names that the port exports besides, for the same drivers.
_ALIASES = {"nx_ram_network_driver": "_nx_ram_network_driver", "nx_linux_network_driver": "_nx_linux_network_driver"}
# tx_thread_system_state as a device shows it: a thread runs; an interrupt; before the kernel runs.
_SYSTEM_STATE = {CONTEXT_THREAD: 0, CONTEXT_ISR: 1, CONTEXT_INIT: 0xF0F0F0F1}
_CALLBACK = "VOID (*)(ULONG argument)"


class Word:
    """A 32-bit result of a driver's request: C writes it, Python's own variable gets it."""

    __slots__ = ("_region", "address", "target")

    def __init__(self, target: Any) -> None:
        self._region = Region(8)
        self.address = self._region.address
        self.target = target
        try:
            start = target[0]
        except (IndexError, TypeError):
            start = 0
        words_at(self.address)[0] = start if isinstance(start, int) else 0

    def give(self) -> None:
        """Hand the value on."""
        self.target[0] = words_at(self.address)[0]


class Watched:
    """The variables that a device's library exports: who runs, what was created."""

    def __init__(self, port: Any) -> None:
        self._port = port
        self._current = port.symbol("_tx_thread_current_ptr")
        self._state = words_at(port.symbol("_tx_thread_system_state"))
        self._clock = words_at(port.symbol("_tx_timer_system_clock"))
        self._disabled = words_at(port.symbol("_tx_thread_preempt_disable"))
        self._lists = [
            (port.symbol(name + "_ptr"), words_at(port.symbol(name + "_count")), attribute)
            for name, attribute in (("_nx_ip_created", "ip_instances"), ("_nx_packet_pool_created", "packet_pools"))
        ]
        self._counts = [-1, -1]
        self._last: tuple[Any, ...] = ()

    def write(self) -> None:
        """Bring them up to date."""
        sim = self._port.sim
        now = (
            sim.current,
            sim.context,
            sim.now + sim.time_offset,
            sim.preempt_disable,
            len(sim.ip_instances),
            len(sim.packet_pools),
        )
        if now != self._last:
            self._changed(now)

    def _changed(self, now: tuple[Any, ...]) -> None:
        current, context, clock, disabled, *counts = now
        self._last = now
        pointer_set(self._current, self._port.address(current))
        self._state[0] = _SYSTEM_STATE.get(context, 0)
        self._clock[0] = clock & 0xFFFFFFFF
        self._disabled[0] = disabled
        for place, (pointer, count, attribute) in enumerate(self._lists):
            if counts[place] != self._counts[place]:
                created = getattr(self._port.sim, attribute)
                self._counts[place] = count[0] = counts[place]
                pointer_set(pointer, self._port.address(created[0]) if created else 0)
                self._port.relink()


def driver_at(port: Any, address: int) -> Callable[..., Any] | None:
    """The Python driver behind the symbol at this address, or None for a driver written in C."""
    for name in (*DRIVERS, *_ALIASES):
        if port.symbol("netx_own_" + name) == address:
            found: Callable[..., Any] = driver(_ALIASES.get(name, name), port.sim)
            return found
    return None


def function(port: Any, symbol: str) -> Callable[..., Any] | None:
    """The Python function behind a C function that is no service; None for a service."""
    if symbol in DRIVERS:
        return _driver_call(port, symbol)
    makers: dict[str, Callable[[Any], Callable[..., Any]]] = {
        "_tx_initialize_kernel_enter": _kernel_enter,
        "_nx_pop3_parse_response": _parse_response,
        "_tx_thread_context_save": _context_save,
        "_tx_thread_context_restore": _context_restore,
        "_tx_timer_interrupt": _timer_interrupt,
        "netx_busy": _busy,
        "netx_interrupt": _interrupt,
        "netx_after_us": _after_us,
        "netx_fd_attach": _fd_attach,
        "netx_fd_detach": _fd_detach,
        "netx_random": _random,
        "netx_stop": _stop,
        "netx_netstat": _netstat,
        "netx_leaks": _leaks,
    }
    return makers[symbol](port) if symbol in makers else None


def _driver_call(port: Any, symbol: str) -> Callable[[int], int]:
    """C calls a Python driver itself: a driver of its own in front of it."""
    python_driver = links_of(port.sim).inner(symbol, port.sim)

    def call(address: int) -> int:
        request = port.request_at(address)
        python_driver(request)
        port.refresh()
        port.request_done(request)
        return 0

    return call


def _kernel_enter(port: Any) -> Callable[[], int]:
    def call() -> int:
        return int(port.kernel_enter())

    return call


def _busy(port: Any) -> Callable[[int], int]:
    def call(ticks: int) -> int:
        port.read_instances()
        port.sim.busy(ticks)
        port.refresh()
        return 0

    return call


def _interrupt(port: Any) -> Callable[[int, int], int]:
    def call(address: int, argument: int) -> int:
        run = port.function(address, _CALLBACK)
        port.sim.interrupt(lambda: run(argument))
        port.refresh()
        return 0

    return call


def _context_save(port: Any) -> Callable[[], int]:
    def call() -> int:
        port.interrupted.append(port.sim.context)
        port.sim.context = CONTEXT_ISR
        port.refresh()
        return 0

    return call


def _context_restore(port: Any) -> Callable[[], int]:
    def call() -> int:
        if port.interrupted:
            port.read_instances()
            port.sim.context = port.interrupted.pop()
            port.sim.preempt()
            port.refresh()
        return 0

    return call


def _timer_interrupt(port: Any) -> Callable[[], int]:
    tick = _busy(port)
    return lambda: tick(1)


def _after_us(port: Any) -> Callable[[int, int, int], int]:
    def call(microseconds: int, address: int, argument: int) -> int:
        sim = port.sim
        sim.call_at_us(sim.now_us() + microseconds, port.function(address, _CALLBACK), argument)
        return 0

    return call


def _fd_attach(port: Any) -> Callable[[int, int, int], int]:
    def call(fd: int, address: int, argument: int) -> int:
        try:
            port.sim.attach_fd(fd, port.function(address, _CALLBACK), argument)
        except (OSError, OverflowError, ValueError):  # as a number of 32 bits, a negative one is too large
            return 0xFFFFFFFF
        return 0

    return call


def _fd_detach(port: Any) -> Callable[[int], int]:
    def call(fd: int) -> int:
        links = port.sim._links
        if links is None or not links.watches(fd):
            return 0xFFFFFFFF
        port.sim.detach_fd(fd)
        return 0

    return call


def _random(port: Any) -> Callable[[], int]:
    def call() -> int:
        return int(port.sim.random())

    return call


def _stop(port: Any) -> Callable[[], int]:
    def call() -> int:
        port.sim.stop()
        return 0

    return call


def _netstat(port: Any) -> Callable[[], int]:
    def call() -> int:
        print(netstat(port.sim), flush=True)  # noqa: T201 - asked for by the program
        return 0

    return call


def _leaks(port: Any) -> Callable[[], int]:
    def call() -> int:
        out = sum(pool.nx_packet_pool_total - pool.nx_packet_pool_available for pool in port.sim.packet_pools)
        if out:
            print(leak_report(port.sim), flush=True)  # noqa: T201 - asked for by the program
        return int(out)

    return call


def _parse_response(_port: Any) -> Callable[..., int]:
    """The client's own parser: one argument of a reply, as text or as a number."""

    def call(
        buffer: int, argument_index: int, length: int, argument: int, argument_length: int, to_int: int, last: int
    ) -> int:
        reply = bytes(area(buffer, length) or b"")
        word = parse_response(reply, argument_index, bool(last))
        target = area(argument, argument_length)
        if to_int:
            digits = word[: argument_length or WORD_SIZE]
            words_at(argument)[0] = int(digits) & 0xFFFFFFFF if digits.isdigit() else 0
        else:
            kept = word[:argument_length]
            target[: len(kept)] = kept
        return 0

    return call


def parse_response(reply: bytes, argument_index: int, last: bool) -> bytes:
    """Word number `argument_index` (from 1) of the first line; the last one reaches to the end of the line."""
    line = reply.split(b"\r\n", 1)[0]
    words = line.split(b" ", argument_index - 1 if last else -1)
    return words[argument_index - 1] if 0 < argument_index <= len(words) else b""


__all__ = ["DRIVERS", "Watched", "Word", "driver_at", "function", "parse_response"]
