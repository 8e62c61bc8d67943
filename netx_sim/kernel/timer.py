"""Application timers: TX_TIMER and the work behind ``tx_timer_*``.

Callbacks run in the system timer thread (priority 0) and must not wait.
"""

from netx_sim.constants_tx import TX_AUTO_ACTIVATE, TX_CLEAR_ID
from netx_sim.kernel.objects import TX_TIMER_ID, next_created, put
from netx_sim.kernel.simulation import current
from netx_sim.status import TX_ACTIVATE_ERROR, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel.clock import Timeout
    from netx_sim.kernel.simulation import Simulation


class TX_TIMER:
    """One timer.  Created empty by the caller, filled by ``tx_timer_create``."""

    __slots__ = (
        "_function",
        "_input",
        "_remaining",
        "_reschedule",
        "_sim",
        "_timeout",
        "tx_timer_id",
        "tx_timer_name",
    )

    def __init__(self) -> None:
        self.tx_timer_id = TX_CLEAR_ID
        self.tx_timer_name: "Any" = None
        self._sim: "Simulation | None" = None
        self._function: "Callable[[Any], None] | None" = None
        self._input: "Any" = 0
        self._remaining = 0  # ticks, while inactive
        self._reschedule = 0
        self._timeout: "Timeout | None" = None  # while active

    def __repr__(self) -> str:
        return "<TX_TIMER " + str(self.tx_timer_name) + ">"


def _expired(timer: TX_TIMER) -> None:
    timer._timeout = None
    timer._remaining = 0
    if timer._reschedule:
        timer._remaining = timer._reschedule
        _start(timer)
    timer._function(timer._input)  # type: ignore[misc]


def _start(timer: TX_TIMER) -> None:
    timer._timeout = timer._sim.timeout_add(timer._remaining, _expired, timer)  # type: ignore[union-attr]


def _stop(timer: TX_TIMER) -> None:
    timeout = timer._timeout
    if timeout is not None:
        sim = timer._sim
        assert sim is not None
        timer._remaining = max(timeout.expiry - sim.now, 0)
        timer._timeout = None
        sim.timeout_cancel(timeout)


def _tx_timer_create(
    timer_ptr: TX_TIMER,
    name_ptr: "Any",
    expiration_function: "Callable[[Any], None]",
    expiration_input: "Any",
    initial_ticks: int,
    reschedule_ticks: int,
    auto_activate: int,
) -> int:
    timer_ptr.__init__()  # type: ignore[misc]
    timer_ptr._sim = current()
    timer_ptr.tx_timer_name = name_ptr
    timer_ptr._function = expiration_function
    timer_ptr._input = expiration_input
    timer_ptr._remaining = initial_ticks
    timer_ptr._reschedule = reschedule_ticks
    timer_ptr.tx_timer_id = TX_TIMER_ID
    timer_ptr._sim.timers.append(timer_ptr)
    if auto_activate == TX_AUTO_ACTIVATE:
        _start(timer_ptr)
    return TX_SUCCESS


def _tx_timer_activate(timer_ptr: TX_TIMER) -> int:
    if timer_ptr._timeout is not None or not timer_ptr._remaining:
        return TX_ACTIVATE_ERROR
    _start(timer_ptr)
    return TX_SUCCESS


def _tx_timer_deactivate(timer_ptr: TX_TIMER) -> int:
    _stop(timer_ptr)
    return TX_SUCCESS


def _tx_timer_change(timer_ptr: TX_TIMER, initial_ticks: int, reschedule_ticks: int) -> int:
    if timer_ptr._timeout is None:
        timer_ptr._remaining = initial_ticks
        timer_ptr._reschedule = reschedule_ticks
    return TX_SUCCESS


def _tx_timer_delete(timer_ptr: TX_TIMER) -> int:
    _stop(timer_ptr)
    timer_ptr.tx_timer_id = TX_CLEAR_ID
    current().timers.remove(timer_ptr)
    return TX_SUCCESS


def _tx_timer_info_get(
    timer_ptr: TX_TIMER,
    name: "Any",
    active: "Any",
    remaining_ticks: "Any",
    reschedule_ticks: "Any",
    next_timer: "Any",
) -> int:
    sim = current()
    timeout = timer_ptr._timeout
    put(name, timer_ptr.tx_timer_name)
    put(active, int(timeout is not None))
    put(remaining_ticks, timer_ptr._remaining if timeout is None else timeout.expiry - sim.now)
    put(reschedule_ticks, timer_ptr._reschedule)
    put(next_timer, next_created(sim.timers, timer_ptr))
    return TX_SUCCESS
