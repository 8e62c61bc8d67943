"""Time: the tick counter, what is due when, and the two ways of getting there.

Read first: ThreadX guide, chapter on time; the recording rules quoted at ``_insertion_tick``.

A tick passes only when nothing can run (or inside ``busy``).  With only simulated links the clock is
*virtual*: it jumps to the next tick at which something is due.  As soon as a link has a file
descriptor the clock is *real*: waits poll the descriptors, and ticks missed while the program
computed are made up at the next opportunity.

This file knows nothing of threads: an expiry is a function to call.
"""

from heapq import heapify, heappop, heappush

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

NEVER = 1 << 62  # a tick that does not come

# A device keeps its timers in a wheel of 32 slots, one a tick.
_WHEEL_SLOTS = 32

# Cancelled entries stay in the heap until it holds more of them than this and than live ones.
_CANCELLED_MAX = 256


class Timeout:
    """One pending expiry; ``function(argument)`` runs in the timer thread unless cancelled."""

    __slots__ = ("argument", "expiry", "function")

    def __init__(self, expiry: int, function: "Callable[[Any], None]", argument: "Any") -> None:
        self.expiry = expiry
        self.function: "Callable[[Any], None] | None" = function
        self.argument = argument


class PeriodicEvent:
    """Something a device does every ``period`` ticks from its creation on, mostly for nothing.

    ``function(argument)`` runs at each grid tick on which the clock stops.  Grid ticks that nobody
    ``want``s are passed over when the clock jumps.
    """

    __slots__ = ("argument", "function", "period", "phase", "sequence", "wanted")

    def __init__(
        self, period: int, phase: int, sequence: int, function: "Callable[[Any], None]", argument: "Any"
    ) -> None:
        self.period = period
        self.phase = phase
        self.sequence = sequence
        self.function = function
        self.argument = argument
        self.wanted = NEVER

    def first_after(self, tick: int) -> int:
        """The first grid tick later than ``tick``."""
        return self.phase + ((tick - self.phase) // self.period + 1) * self.period

    def last_until(self, tick: int) -> int:
        """The last grid tick not later than ``tick``."""
        return tick - (tick - self.phase) % self.period

    def acts_at(self, tick: int) -> bool:
        """Is ``tick`` on the grid?"""
        return (tick - self.phase) % self.period == 0 and tick > self.phase

    def want(self, tick: int) -> None:
        """Do not pass over the first grid tick at or after ``tick``."""
        grid = self.first_after(tick - 1)
        if grid < self.wanted:
            self.wanted = grid


def _insertion_tick(started: int, ticks: int) -> int:
    """When a device last put a timer of ``ticks``, started at ``started``, into its wheel.

    Timers of one tick act in the order of insertion, and one longer than the wheel is put in again
    every 32 ticks.  So a long timer acts after a short one that was started before the last turn.
    """
    return started + (ticks - 1) // _WHEEL_SLOTS * _WHEEL_SLOTS


class Clock:
    """The tick counter and everything that waits for it."""

    def __init__(self, ticks_per_second: int) -> None:
        self.now = 0
        self.tick_us = 1000000 // ticks_per_second
        self.real = False
        self._us = 0
        self._sequence = 0
        self._timeouts: "list[tuple[int, int, int, Timeout]]" = []
        self._cancelled = 0
        self._link_events: "list[tuple[int, int, Timeout]]" = []
        self._periodics: list[PeriodicEvent] = []
        self._links: "Any" = None
        self._host_us: "Callable[[], int]" = _no_host_clock
        self._real_zero_us = 0

    # -- asking ---------------------------------------------------------------------------------

    def now_us(self) -> int:
        """Microseconds since the start: virtual ones, or those of the host's clock on a real link."""
        if self.real:
            return self._host_us() - self._real_zero_us
        return max(self._us, self.now * self.tick_us)

    # -- what is due in ticks -------------------------------------------------------------------

    def timeout_add(self, ticks: int, function: "Callable[[Any], None]", argument: "Any") -> Timeout:
        """Call ``function(argument)`` in the timer thread ``ticks`` (at least 1) from now."""
        expiry = self.now + ticks
        timeout = Timeout(expiry, function, argument)
        self._sequence += 1
        heappush(self._timeouts, (expiry, _insertion_tick(self.now, ticks), self._sequence, timeout))
        return timeout

    def timeout_cancel(self, timeout: Timeout) -> None:
        """Forget it; harmless when it has run."""
        if timeout.function is None:
            return
        timeout.function = None
        timeout.argument = None
        self._cancelled += 1
        if self._cancelled > _CANCELLED_MAX and self._cancelled * 2 > len(self._timeouts):
            self._timeouts = [entry for entry in self._timeouts if entry[3].function is not None]
            heapify(self._timeouts)
            self._cancelled = 0

    def periodic_create(
        self, period: int, function: "Callable[[Any], None]", argument: "Any"
    ) -> PeriodicEvent:
        """Call ``function(argument)`` in the timer thread every ``period`` ticks (see PeriodicEvent)."""
        self._sequence += 1
        event = PeriodicEvent(period, self.now, self._sequence, function, argument)
        self._periodics.append(event)
        return event

    def periodic_delete(self, event: PeriodicEvent) -> None:
        """Stop a periodic event."""
        self._periodics.remove(event)

    def _next_timeout(self) -> int:
        heap = self._timeouts
        while heap and heap[0][3].function is None:
            heappop(heap)
            self._cancelled -= 1
        return heap[0][0] if heap else NEVER

    def _next_due(self) -> int:
        """The next tick at which something must happen, or NEVER."""
        due = self._next_timeout()
        for event in self._periodics:
            wanted = event.wanted
            if wanted <= self.now:
                wanted = event.first_after(self.now)
            if wanted < due:
                due = wanted
        return due

    def _is_due(self) -> bool:
        """Does anything act at this very tick?"""
        if self._next_timeout() <= self.now:
            return True
        for event in self._periodics:  # noqa: SIM110 - any() would take memory, and time
            if event.acts_at(self.now):
                return True
        return False

    def expire(self) -> None:
        """Run all that is due at this tick, in the device's order (see ``_insertion_tick``)."""
        now = self.now
        due: "list[tuple[int, int, Timeout]]" = []
        while self._next_timeout() <= now:
            entry = heappop(self._timeouts)
            due.append((entry[1], entry[2], entry[3]))
        for event in self._periodics:
            if event.acts_at(now):
                if event.wanted <= now:
                    event.wanted = NEVER
                inserted = _insertion_tick(now - event.period, event.period)
                due.append((inserted, event.sequence, Timeout(now, event.function, event.argument)))
        if len(due) > 1:
            due.sort(key=_order)
        for _, _, timeout in due:
            function = timeout.function
            if function is not None:
                timeout.function = None
                function(timeout.argument)

    # -- what is due in microseconds ------------------------------------------------------------

    def call_at_us(self, us: int, function: "Callable[[Any], None]", argument: "Any") -> Timeout:
        """Call ``function(argument)`` in interrupt context at ``us`` on the ``now_us`` scale."""
        event = Timeout(us, function, argument)
        self._sequence += 1
        heappush(self._link_events, (us, self._sequence, event))
        return event

    def call_cancel(self, event: Timeout) -> None:
        """Forget a ``call_at_us``."""
        event.function = None
        event.argument = None

    def _next_link_event(self) -> "Timeout | None":
        heap = self._link_events
        while heap:
            event = heap[0][2]
            if event.function is not None:
                return event
            heappop(heap)
        return None

    def _take_link_event(self) -> Timeout:
        event = heappop(self._link_events)[2]
        if event.expiry > self._us:
            self._us = event.expiry
        return event

    # -- real links -----------------------------------------------------------------------------

    def attach_fd(self, fd: int, on_readable: "Callable[[Any], None]", argument: "Any") -> None:
        """A link with a file descriptor: from now on the clock is real.

        ``on_readable(argument)`` runs in interrupt context whenever ``fd`` can be read.
        """
        if self._links is None:
            from netx_sim.kernel.links import Links, host_us

            self._links = Links()
            self._host_us = host_us
        self._links.add(fd, on_readable, argument)
        if not self.real:
            self._real_zero_us = self._host_us() - max(self._us, self.now * self.tick_us)
            self.real = True

    def detach_fd(self, fd: int) -> None:
        """The link is gone; with the last one the clock turns virtual again."""
        self._links.remove(fd)
        if not self._links.count():
            self._us = self.now * self.tick_us
            self.real = False

    def _real_tick(self) -> int:
        return (self._host_us() - self._real_zero_us) // self.tick_us


def _no_host_clock() -> int:
    """The host's clock before there is a real link: nobody asks."""
    raise RuntimeError("the clock is virtual")


def _order(due: "tuple[int, int, Timeout]") -> "tuple[int, int]":
    return due[0], due[1]
