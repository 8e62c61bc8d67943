"""Thread and time services of ThreadX: the checks of the error-checking layer, in the device's order.

Read first: ThreadX guide, chapter 4.  The work is in ``netx_sim.kernel.thread``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.constants_tx import TX_THREAD_ID
from netx_sim.kernel import CONTEXT_INIT, CONTEXT_ISR, current
from netx_sim.kernel.thread import (
    _tx_thread_create,
    _tx_thread_delete,
    _tx_thread_entry_exit_notify,
    _tx_thread_identify,
    _tx_thread_info_get,
    _tx_thread_preemption_change,
    _tx_thread_priority_change,
    _tx_thread_relinquish,
    _tx_thread_reset,
    _tx_thread_resume,
    _tx_thread_sleep,
    _tx_thread_suspend,
    _tx_thread_terminate,
    _tx_thread_time_slice_change,
    _tx_thread_wait_abort,
    _tx_time_get,
    _tx_time_set,
)
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.memory import address_of, overlap
from netx_sim.status import (
    TX_CALLER_ERROR,
    TX_FEATURE_NOT_ENABLED,
    TX_PRIORITY_ERROR,
    TX_PTR_ERROR,
    TX_SIZE_ERROR,
    TX_START_ERROR,
    TX_SUSPEND_ERROR,
    TX_THREAD_ERROR,
    TX_THRESH_ERROR,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel import Simulation


def _no_thread(thread_ptr: "TX_THREAD | None") -> bool:
    return thread_ptr is None or thread_ptr.tx_thread_id != TX_THREAD_ID


def _init_or_isr(sim: "Simulation") -> bool:
    return sim.context in (CONTEXT_INIT, CONTEXT_ISR)


def _stack_taken(sim: "Simulation", stack_start: "Any", stack_size: int) -> bool:
    address = address_of(stack_start)
    stack_size = max(stack_size, 1)
    for other in sim.threads:
        if other.tx_thread_stack_start is not None and overlap(
            address, stack_size, address_of(other.tx_thread_stack_start), other.tx_thread_stack_size
        ):
            return True
    return False


def tx_thread_create(
    thread_ptr: "TX_THREAD | None",
    name_ptr: "Any",
    entry_function: "Any",
    entry_input: "Any",
    stack_start: "Any",
    stack_size: int,
    priority: int,
    preempt_threshold: int,
    time_slice: int,
    auto_start: int,
) -> int:
    """Create a thread; it starts as soon as it is the best to run, or on ``tx_thread_resume``.

    Args:
        thread_ptr (TX_THREAD): empty control block.
        name_ptr (str or bytes): shown in reports.
        entry_function: called with entry_input; its return completes the thread.
        entry_input (int): 32 bits on a device; any object here.
        stack_start (writable buffer): the device's stack; the host uses a stack of its own.
        stack_size (int): bytes.
        priority (int): 0 (highest) to 31.
        preempt_threshold (int): only threads with a lower number preempt; priority = normal.
        time_slice (int): ticks before equals get their turn; 0 = none.
        auto_start (int): TX_AUTO_START or TX_DONT_START.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null, already created); TX_PTR_ERROR (stack or
        entry null, stack overlaps another thread's); TX_SIZE_ERROR (stack below TX_MINIMUM_STACK);
        TX_PRIORITY_ERROR; TX_THRESH_ERROR (above the priority); TX_START_ERROR; TX_CALLER_ERROR (from
        the timer thread or an interrupt).

    Source: ThreadX guide ch. 4.
    """
    sim = current()
    if thread_ptr is None:
        return TX_THREAD_ERROR
    if thread_ptr in sim.threads:
        return TX_THREAD_ERROR
    if stack_start is None or entry_function is None or _stack_taken(sim, stack_start, stack_size):
        return TX_PTR_ERROR
    if stack_size < sim.config.TX_MINIMUM_STACK:
        return TX_SIZE_ERROR
    if priority >= sim.config.TX_MAX_PRIORITIES:
        return TX_PRIORITY_ERROR
    if preempt_threshold > priority:
        return TX_THRESH_ERROR
    if auto_start > 1:
        return TX_START_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return _tx_thread_create(
        thread_ptr,
        name_ptr,
        entry_function,
        entry_input,
        stack_start,
        stack_size,
        priority,
        preempt_threshold,
        time_slice,
        auto_start,
    )


def tx_thread_delete(thread_ptr: "TX_THREAD | None") -> int:
    """Delete a completed or terminated thread.

    Returns:
        int: TX_SUCCESS; TX_CALLER_ERROR (initialisation or interrupt; checked first);
        TX_THREAD_ERROR (null or not created); TX_DELETE_ERROR (neither completed nor terminated).

    Source: ThreadX guide ch. 4.
    """
    if _init_or_isr(current()):
        return TX_CALLER_ERROR
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    return _tx_thread_delete(thread_ptr)  # type: ignore[arg-type]


def tx_thread_entry_exit_notify(thread_ptr: "TX_THREAD | None", thread_entry_exit_notify: "Any") -> int:
    """Have a function called when the thread is entered (0) and left (1).

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_FEATURE_NOT_ENABLED (compiled out).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    if current().config.TX_DISABLE_NOTIFY_CALLBACKS:
        return TX_FEATURE_NOT_ENABLED
    return _tx_thread_entry_exit_notify(thread_ptr, thread_entry_exit_notify)  # type: ignore[arg-type]


def tx_thread_identify() -> "TX_THREAD | None":
    """The running thread; null during initialisation; the system timer thread in a timer callback."""
    return _tx_thread_identify()


def tx_thread_info_get(
    thread_ptr: "TX_THREAD | None",
    name: "Any",
    state: "Any",
    run_count: "Any",
    priority: "Any",
    preemption_threshold: "Any",
    time_slice: "Any",
    next_thread: "Any",
    next_suspended_thread: "Any",
) -> int:
    """Read what the kernel knows of a thread; each output may be None.

    The priority is the thread's own one, also while it runs at an inherited one.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    return _tx_thread_info_get(
        thread_ptr,  # type: ignore[arg-type]
        name,
        state,
        run_count,
        priority,
        preemption_threshold,
        time_slice,
        next_thread,
        next_suspended_thread,
    )


def tx_thread_preemption_change(thread_ptr: "TX_THREAD | None", new_threshold: int, old_threshold: "Any") -> int:
    """Change the preemption threshold; 0 keeps every other thread from preempting.

    Args:
        thread_ptr (TX_THREAD): created thread.
        new_threshold (int): at most the thread's priority.
        old_threshold (Ref[int], out): the former one.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_PTR_ERROR (output null);
        TX_CALLER_ERROR (initialisation or interrupt); TX_THRESH_ERROR (above the priority).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    if old_threshold is None:
        return TX_PTR_ERROR
    if _init_or_isr(current()):
        return TX_CALLER_ERROR
    if new_threshold > thread_ptr._base_priority:  # type: ignore[union-attr]
        return TX_THRESH_ERROR
    return _tx_thread_preemption_change(thread_ptr, new_threshold, old_threshold)  # type: ignore[arg-type]


def tx_thread_priority_change(thread_ptr: "TX_THREAD | None", new_priority: int, old_priority: "Any") -> int:
    """Change a thread's priority; its preemption threshold becomes the same.

    Args:
        thread_ptr (TX_THREAD): created thread.
        new_priority (int): 0 to 31.
        old_priority (Ref[int], out): the former one.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_PTR_ERROR (output null);
        TX_PRIORITY_ERROR; TX_CALLER_ERROR (initialisation or interrupt).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    if old_priority is None:
        return TX_PTR_ERROR
    sim = current()
    if new_priority >= sim.config.TX_MAX_PRIORITIES:
        return TX_PRIORITY_ERROR
    if _init_or_isr(sim):
        return TX_CALLER_ERROR
    return _tx_thread_priority_change(thread_ptr, new_priority, old_priority)  # type: ignore[arg-type]


def tx_thread_relinquish() -> None:
    """Let other ready threads of the same priority run first."""
    sim = current()
    if threads_only(sim):
        _tx_thread_relinquish()


def tx_thread_reset(thread_ptr: "TX_THREAD | None") -> int:
    """Prepare a completed or terminated thread for another run from its entry; it stays suspended.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_CALLER_ERROR (not from a thread);
        TX_NOT_DONE (the caller itself, or neither completed nor terminated).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return _tx_thread_reset(thread_ptr)  # type: ignore[arg-type]


def tx_thread_resume(thread_ptr: "TX_THREAD | None") -> int:
    """Resume a thread suspended by ``tx_thread_suspend`` or created without auto start.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_SUSPEND_LIFTED (a delayed suspension
        was cancelled); TX_RESUME_ERROR (not suspended).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    return _tx_thread_resume(thread_ptr)  # type: ignore[arg-type]


def tx_thread_sleep(timer_ticks: int) -> int:
    """Suspend the caller until the n-th tick from now.

    Returns:
        int: TX_SUCCESS; TX_CALLER_ERROR (not from a thread, or preemption is locked);
        TX_WAIT_ABORTED.

    Blocks: timer_ticks ticks.
    Source: ThreadX guide ch. 4.
    """
    sim = current()
    if not threads_only(sim) or sim.preempt_disable:
        return TX_CALLER_ERROR
    return _tx_thread_sleep(timer_ticks)


def tx_thread_suspend(thread_ptr: "TX_THREAD | None") -> int:
    """Suspend a thread; if it waits for something, once that wait has ended.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_SUSPEND_ERROR (completed or
        terminated, or the caller itself while preemption is locked).

    Blocks: the caller, if it suspends itself, until it is resumed.
    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    sim = current()
    if thread_ptr is sim.current and sim.preempt_disable:
        return TX_SUSPEND_ERROR
    return _tx_thread_suspend(thread_ptr)  # type: ignore[arg-type]


def tx_thread_terminate(thread_ptr: "TX_THREAD | None") -> int:
    """End a thread wherever it is; its mutexes are released, other resources leak.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_CALLER_ERROR (initialisation or
        interrupt).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    if _init_or_isr(current()):
        return TX_CALLER_ERROR
    return _tx_thread_terminate(thread_ptr)  # type: ignore[arg-type]


def tx_thread_time_slice_change(thread_ptr: "TX_THREAD | None", new_time_slice: int, old_time_slice: "Any") -> int:
    """Change the time slice in ticks; 0 = none.

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_PTR_ERROR (output null);
        TX_CALLER_ERROR (initialisation or interrupt).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    if old_time_slice is None:
        return TX_PTR_ERROR
    if _init_or_isr(current()):
        return TX_CALLER_ERROR
    return _tx_thread_time_slice_change(thread_ptr, new_time_slice, old_time_slice)  # type: ignore[arg-type]


def tx_thread_wait_abort(thread_ptr: "TX_THREAD | None") -> int:
    """End the wait of another thread; its service returns TX_WAIT_ABORTED (0x1A).

    Returns:
        int: TX_SUCCESS; TX_THREAD_ERROR (null or not created); TX_WAIT_ABORT_ERROR (it does not wait).

    Source: ThreadX guide ch. 4.
    """
    if _no_thread(thread_ptr):
        return TX_THREAD_ERROR
    return _tx_thread_wait_abort(thread_ptr)  # type: ignore[arg-type]


def tx_time_get() -> int:
    """The 32-bit tick counter."""
    return _tx_time_get()


def tx_time_set(new_time: int) -> None:
    """Set the tick counter; timers and waits are not affected."""
    _tx_time_set(new_time)
