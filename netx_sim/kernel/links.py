"""Real links: the host's clock, and one poll object for their file descriptors.

Loaded only when a real link is attached, so a simulation of simulated links never needs ``select``.
"""

import select
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class Links:
    """The descriptors of one simulation."""

    def __init__(self) -> None:
        self._poll = select.poll()
        # MicroPython's ipoll is poll without a list and tuples for garbage collection.
        self._ready: "Any" = getattr(self._poll, "ipoll", self._poll.poll)
        self._callbacks: "dict[int, tuple[Callable[[Any], None], Any]]" = {}

    def add(self, fd: int, on_readable: "Callable[[Any], None]", argument: "Any") -> None:
        """Watch ``fd`` for input."""
        self._poll.register(fd, select.POLLIN)
        self._callbacks[fd] = (on_readable, argument)

    def remove(self, fd: int) -> None:
        """Stop watching ``fd``; harmless when it is not watched."""
        if self._callbacks.pop(fd, None) is not None:
            self._poll.unregister(fd)

    def watches(self, fd: int) -> bool:
        """Is ``fd`` watched?"""
        return fd in self._callbacks

    def count(self) -> int:
        """Descriptors watched."""
        return len(self._callbacks)

    def wait(self, milliseconds: int) -> "list[tuple[Callable[[Any], None], Any]]":
        """Callbacks whose descriptor became readable (or failed) within ``milliseconds``."""
        found = []
        for entry in self._ready(milliseconds):
            callback = self._callbacks.get(entry[0])
            if callback is not None:
                found.append(callback)
        return found


if hasattr(time, "monotonic_ns"):

    def host_us() -> int:
        """Microseconds on a clock of the host that only goes forward."""
        return time.monotonic_ns() // 1000

else:  # MicroPython: a counter that wraps, made long by adding up its steps
    _ticks: "Any" = time
    _elapsed = [0, _ticks.ticks_us()]

    def host_us() -> int:
        """Microseconds on a clock of the host that only goes forward."""
        tick = _ticks.ticks_us()
        _elapsed[0] += _ticks.ticks_diff(tick, _elapsed[1])
        _elapsed[1] = tick
        return int(_elapsed[0])
