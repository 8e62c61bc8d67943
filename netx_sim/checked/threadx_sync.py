"""Timers, semaphores and mutexes of ThreadX: checks in the device's order.

Read first: ThreadX guide, chapter 4.  The work is in ``netx_sim.kernel``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only, wait_allowed
from netx_sim.kernel import CONTEXT_INIT, CONTEXT_ISR, current
from netx_sim.kernel import mutex as mutexes
from netx_sim.kernel import semaphore as semaphores
from netx_sim.kernel import timer as timers
from netx_sim.kernel.objects import TX_MUTEX_ID, TX_SEMAPHORE_ID, TX_TIMER_ID
from netx_sim.status import (
    TX_ACTIVATE_ERROR,
    TX_CALLER_ERROR,
    TX_FEATURE_NOT_ENABLED,
    TX_INHERIT_ERROR,
    TX_INVALID_CEILING,
    TX_MUTEX_ERROR,
    TX_SEMAPHORE_ERROR,
    TX_TICK_ERROR,
    TX_TIMER_ERROR,
    TX_WAIT_ERROR,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.mutex_block import TX_MUTEX
    from netx_sim.kernel.semaphore import TX_SEMAPHORE
    from netx_sim.kernel.timer import TX_TIMER

# -- timers -----------------------------------------------------------------------------------------


def _no_timer(timer_ptr: "TX_TIMER | None") -> bool:
    return timer_ptr is None or timer_ptr.tx_timer_id != TX_TIMER_ID


def tx_timer_create(
    timer_ptr: "TX_TIMER | None",
    name_ptr: "Any",
    expiration_function: "Any",
    expiration_input: "Any",
    initial_ticks: int,
    reschedule_ticks: int,
    auto_activate: int,
) -> int:
    """Create a timer whose function runs in the system timer thread; it must not wait.

    Args:
        timer_ptr (TX_TIMER): empty control block.
        name_ptr (str or bytes): shown in reports.
        expiration_function: called with expiration_input.
        expiration_input: its argument.
        initial_ticks (int): ticks to the first expiry, at least 1.
        reschedule_ticks (int): ticks between further ones; 0 = one-shot.
        auto_activate (int): TX_AUTO_ACTIVATE or TX_NO_ACTIVATE.

    Returns:
        int: TX_SUCCESS; TX_TIMER_ERROR (null or already created); TX_TICK_ERROR (initial_ticks 0);
        TX_ACTIVATE_ERROR; TX_CALLER_ERROR (from the timer thread or an interrupt).

    Source: ThreadX guide ch. 4.
    """
    sim = current()
    if timer_ptr is None or timer_ptr in sim.timers:
        return TX_TIMER_ERROR
    if not initial_ticks:
        return TX_TICK_ERROR
    if auto_activate > 1:
        return TX_ACTIVATE_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return timers._tx_timer_create(
        timer_ptr,
        name_ptr,
        expiration_function,
        expiration_input,
        initial_ticks,
        reschedule_ticks,
        auto_activate,
    )


def tx_timer_activate(timer_ptr: "TX_TIMER | None") -> int:
    """Start a timer for the ticks it has left.

    Returns:
        int: TX_SUCCESS; TX_TIMER_ERROR (null or not created); TX_ACTIVATE_ERROR (already active, or an
        expired one-shot without ``tx_timer_change``).
    """
    if _no_timer(timer_ptr):
        return TX_TIMER_ERROR
    return timers._tx_timer_activate(timer_ptr)  # type: ignore[arg-type]


def tx_timer_deactivate(timer_ptr: "TX_TIMER | None") -> int:
    """Stop a timer; the remaining time is kept.

    Returns:
        int: TX_SUCCESS (also if it was inactive); TX_TIMER_ERROR (null or not created).
    """
    if _no_timer(timer_ptr):
        return TX_TIMER_ERROR
    return timers._tx_timer_deactivate(timer_ptr)  # type: ignore[arg-type]


def tx_timer_change(timer_ptr: "TX_TIMER | None", initial_ticks: int, reschedule_ticks: int) -> int:
    """Set the ticks of an inactive timer; an active one is left as it is.

    Returns:
        int: TX_SUCCESS; TX_TIMER_ERROR (null or not created); TX_TICK_ERROR (initial_ticks 0);
        TX_CALLER_ERROR (initialisation).
    """
    if _no_timer(timer_ptr):
        return TX_TIMER_ERROR
    if not initial_ticks:
        return TX_TICK_ERROR
    if current().context == CONTEXT_INIT:
        return TX_CALLER_ERROR
    return timers._tx_timer_change(timer_ptr, initial_ticks, reschedule_ticks)  # type: ignore[arg-type]


def tx_timer_delete(timer_ptr: "TX_TIMER | None") -> int:
    """Delete a timer.

    Returns:
        int: TX_SUCCESS; TX_TIMER_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_timer(timer_ptr):
        return TX_TIMER_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return timers._tx_timer_delete(timer_ptr)  # type: ignore[arg-type]


def tx_timer_info_get(
    timer_ptr: "TX_TIMER | None",
    name: "Any",
    active: "Any",
    remaining_ticks: "Any",
    reschedule_ticks: "Any",
    next_timer: "Any",
) -> int:
    """Read what the kernel knows of a timer; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_TIMER_ERROR (null or not created).
    """
    if _no_timer(timer_ptr):
        return TX_TIMER_ERROR
    return timers._tx_timer_info_get(timer_ptr, name, active, remaining_ticks, reschedule_ticks, next_timer)  # type: ignore[arg-type]


# -- semaphores -------------------------------------------------------------------------------------


def _no_semaphore(semaphore_ptr: "TX_SEMAPHORE | None") -> bool:
    return semaphore_ptr is None or semaphore_ptr.tx_semaphore_id != TX_SEMAPHORE_ID


def tx_semaphore_create(semaphore_ptr: "TX_SEMAPHORE | None", name_ptr: "Any", initial_count: int) -> int:
    """Create a counting semaphore.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or already created); TX_CALLER_ERROR (from the timer
        thread or an interrupt).
    """
    sim = current()
    if semaphore_ptr is None or semaphore_ptr in sim.semaphores:
        return TX_SEMAPHORE_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return semaphores._tx_semaphore_create(semaphore_ptr, name_ptr, initial_count)


def tx_semaphore_delete(semaphore_ptr: "TX_SEMAPHORE | None") -> int:
    """Delete a semaphore; its waiters get TX_DELETED.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return semaphores._tx_semaphore_delete(semaphore_ptr)  # type: ignore[arg-type]


def tx_semaphore_get(semaphore_ptr: "TX_SEMAPHORE | None", wait_option: int) -> int:
    """Take one instance.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created); TX_WAIT_ERROR (a wait outside a
        thread); TX_NO_INSTANCE; TX_DELETED and TX_WAIT_ABORTED (during the wait).

    Blocks: up to wait_option ticks.
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    if not wait_allowed(current(), wait_option):
        return TX_WAIT_ERROR
    return semaphores._tx_semaphore_get(semaphore_ptr, wait_option)  # type: ignore[arg-type]


def tx_semaphore_put(semaphore_ptr: "TX_SEMAPHORE | None") -> int:
    """Give one instance: to the first waiter, else to the count.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created).
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    return semaphores._tx_semaphore_put(semaphore_ptr)  # type: ignore[arg-type]


def tx_semaphore_ceiling_put(semaphore_ptr: "TX_SEMAPHORE | None", ceiling: int) -> int:
    """Give one instance unless the count has reached the ceiling.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created); TX_INVALID_CEILING (0);
        TX_CEILING_EXCEEDED.
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    if not ceiling:
        return TX_INVALID_CEILING
    return semaphores._tx_semaphore_ceiling_put(semaphore_ptr, ceiling)  # type: ignore[arg-type]


def tx_semaphore_put_notify(semaphore_ptr: "TX_SEMAPHORE | None", semaphore_put_notify: "Any") -> int:
    """Have a function called after every put.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created); TX_FEATURE_NOT_ENABLED.
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    if current().config.TX_DISABLE_NOTIFY_CALLBACKS:
        return TX_FEATURE_NOT_ENABLED
    return semaphores._tx_semaphore_put_notify(semaphore_ptr, semaphore_put_notify)  # type: ignore[arg-type]


def tx_semaphore_prioritize(semaphore_ptr: "TX_SEMAPHORE | None") -> int:
    """Put the highest-priority waiter in front.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created).
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    return semaphores._tx_semaphore_prioritize(semaphore_ptr)  # type: ignore[arg-type]


def tx_semaphore_info_get(
    semaphore_ptr: "TX_SEMAPHORE | None",
    name: "Any",
    current_value: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_semaphore: "Any",
) -> int:
    """Read what the kernel knows of a semaphore; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_SEMAPHORE_ERROR (null or not created).
    """
    if _no_semaphore(semaphore_ptr):
        return TX_SEMAPHORE_ERROR
    return semaphores._tx_semaphore_info_get(
        semaphore_ptr,  # type: ignore[arg-type]
        name,
        current_value,
        first_suspended,
        suspended_count,
        next_semaphore,
    )


# -- mutexes ----------------------------------------------------------------------------------------


def _no_mutex(mutex_ptr: "TX_MUTEX | None") -> bool:
    return mutex_ptr is None or mutex_ptr.tx_mutex_id != TX_MUTEX_ID


def tx_mutex_create(mutex_ptr: "TX_MUTEX | None", name_ptr: "Any", inherit: int) -> int:
    """Create a recursive mutex.

    Args:
        mutex_ptr (TX_MUTEX): empty control block.
        name_ptr (str or bytes): shown in reports.
        inherit (int): TX_INHERIT or TX_NO_INHERIT.

    Returns:
        int: TX_SUCCESS; TX_MUTEX_ERROR (null or already created); TX_INHERIT_ERROR; TX_CALLER_ERROR
        (from the timer thread or an interrupt).
    """
    sim = current()
    if mutex_ptr is None or mutex_ptr in sim.mutexes:
        return TX_MUTEX_ERROR
    if inherit > 1:
        return TX_INHERIT_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return mutexes._tx_mutex_create(mutex_ptr, name_ptr, inherit)


def tx_mutex_delete(mutex_ptr: "TX_MUTEX | None") -> int:
    """Delete a mutex; its waiters get TX_DELETED.

    Returns:
        int: TX_SUCCESS; TX_MUTEX_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_mutex(mutex_ptr):
        return TX_MUTEX_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return mutexes._tx_mutex_delete(mutex_ptr)  # type: ignore[arg-type]


def tx_mutex_get(mutex_ptr: "TX_MUTEX | None", wait_option: int) -> int:
    """Own a mutex; recursive.

    Returns:
        int: TX_SUCCESS; TX_MUTEX_ERROR (null or not created); TX_WAIT_ERROR (a wait outside a thread);
        TX_CALLER_ERROR (interrupt); TX_NOT_AVAILABLE; TX_DELETED and TX_WAIT_ABORTED (during the wait).

    Blocks: up to wait_option ticks.
    """
    if _no_mutex(mutex_ptr):
        return TX_MUTEX_ERROR
    sim = current()
    if not wait_allowed(sim, wait_option):
        return TX_WAIT_ERROR
    if sim.context == CONTEXT_ISR:
        return TX_CALLER_ERROR
    return mutexes._tx_mutex_get(mutex_ptr, wait_option)  # type: ignore[arg-type]


def tx_mutex_put(mutex_ptr: "TX_MUTEX | None") -> int:
    """Give a mutex back; the first waiter (with inheritance the highest) owns it next.

    Returns:
        int: TX_SUCCESS; TX_MUTEX_ERROR (null or not created); TX_CALLER_ERROR (interrupt);
        TX_NOT_OWNED.
    """
    if _no_mutex(mutex_ptr):
        return TX_MUTEX_ERROR
    if current().context == CONTEXT_ISR:
        return TX_CALLER_ERROR
    return mutexes._tx_mutex_put(mutex_ptr)  # type: ignore[arg-type]


def tx_mutex_prioritize(mutex_ptr: "TX_MUTEX | None") -> int:
    """Put the highest-priority waiter in front.

    Returns:
        int: TX_SUCCESS; TX_MUTEX_ERROR (null or not created).
    """
    if _no_mutex(mutex_ptr):
        return TX_MUTEX_ERROR
    return mutexes._tx_mutex_prioritize(mutex_ptr)  # type: ignore[arg-type]


def tx_mutex_info_get(
    mutex_ptr: "TX_MUTEX | None",
    name: "Any",
    count: "Any",
    owner: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_mutex: "Any",
) -> int:
    """Read what the kernel knows of a mutex; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_MUTEX_ERROR (null or not created).
    """
    if _no_mutex(mutex_ptr):
        return TX_MUTEX_ERROR
    return mutexes._tx_mutex_info_get(mutex_ptr, name, count, owner, first_suspended, suspended_count, next_mutex)  # type: ignore[arg-type]
