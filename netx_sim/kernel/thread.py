"""Threads: the work behind ``tx_thread_*``.  Checks are in ``checked/threadx.py``.

Read first: ThreadX guide, chapter 3, thread execution; ``scheduler.py`` for who runs.
"""

from netx_sim.constants_tx import (
    TX_AUTO_START,
    TX_CLEAR_ID,
    TX_COMPLETED,
    TX_READY,
    TX_SLEEP,
    TX_SUSPENDED,
    TX_TERMINATED,
    TX_THREAD_ID,
)
from netx_sim.kernel.objects import next_created, put
from netx_sim.kernel.simulation import current
from netx_sim.kernel.thread_block import TX_THREAD, stack_fill
from netx_sim.memory import address_of
from netx_sim.status import (
    TX_DELETE_ERROR,
    TX_NOT_DONE,
    TX_RESUME_ERROR,
    TX_SUCCESS,
    TX_SUSPEND_ERROR,
    TX_SUSPEND_LIFTED,
    TX_WAIT_ABORT_ERROR,
    TX_WAIT_ABORTED,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def _tx_thread_create(
    thread_ptr: TX_THREAD,
    name_ptr: "Any",
    entry_function: "Callable[[Any], None]",
    entry_input: "Any",
    stack_start: "Any",
    stack_size: int,
    priority: int,
    preempt_threshold: int,
    time_slice: int,
    auto_start: int,
) -> int:
    sim = current()
    thread_ptr.__init__()  # type: ignore[misc]
    thread_ptr._sim = sim
    thread_ptr.tx_thread_name = name_ptr
    thread_ptr.tx_thread_entry = entry_function
    thread_ptr.tx_thread_entry_parameter = entry_input
    thread_ptr.tx_thread_stack_start = stack_start
    thread_ptr.tx_thread_stack_size = stack_size
    thread_ptr.tx_thread_stack_end = address_of(stack_start) + stack_size - 1
    stack_fill(stack_start, stack_size)
    thread_ptr._base_priority = priority
    thread_ptr._base_threshold = preempt_threshold
    thread_ptr._rank(priority, preempt_threshold)
    slice_used = time_slice if preempt_threshold == priority else 0
    thread_ptr.tx_thread_time_slice = thread_ptr._new_time_slice = slice_used
    thread_ptr.tx_thread_state = TX_SUSPENDED
    thread_ptr.tx_thread_id = TX_THREAD_ID
    sim.threads.append(thread_ptr)
    if auto_start == TX_AUTO_START:
        sim.ready_add(thread_ptr)
        sim.preempt()
    return TX_SUCCESS


def _tx_thread_delete(thread_ptr: TX_THREAD) -> int:
    if thread_ptr.tx_thread_state not in (TX_COMPLETED, TX_TERMINATED):
        return TX_DELETE_ERROR
    thread_ptr.tx_thread_id = TX_CLEAR_ID
    current().threads.remove(thread_ptr)
    return TX_SUCCESS


def _tx_thread_entry_exit_notify(thread_ptr: TX_THREAD, notify: "Any") -> int:
    thread_ptr._exit_notify = notify
    return TX_SUCCESS


def _tx_thread_identify() -> "TX_THREAD | None":
    return current().current


def _tx_thread_info_get(
    thread_ptr: TX_THREAD,
    name: "Any",
    state: "Any",
    run_count: "Any",
    priority: "Any",
    preemption_threshold: "Any",
    time_slice: "Any",
    next_thread: "Any",
    next_suspended_thread: "Any",
) -> int:
    put(name, thread_ptr.tx_thread_name)
    put(state, thread_ptr.tx_thread_state)
    put(run_count, thread_ptr.tx_thread_run_count)
    put(priority, thread_ptr._base_priority)  # its own one, not an inherited one
    put(preemption_threshold, thread_ptr._base_threshold)
    put(time_slice, thread_ptr.tx_thread_time_slice)
    put(next_thread, next_created(current().threads, thread_ptr))
    queue = thread_ptr._queue
    put(next_suspended_thread, next_created(queue, thread_ptr) if queue else thread_ptr._next_suspended)
    return TX_SUCCESS


def _tx_thread_preemption_change(thread_ptr: TX_THREAD, new_threshold: int, old_threshold: "Any") -> int:
    sim = current()
    old_threshold[0] = thread_ptr._base_threshold
    thread_ptr._base_threshold = new_threshold
    thread_ptr._rank(thread_ptr.tx_thread_priority, min(new_threshold, thread_ptr.tx_thread_priority))
    if new_threshold != thread_ptr.tx_thread_priority:
        thread_ptr.tx_thread_time_slice = thread_ptr._new_time_slice = 0
    sim.preempt()
    return TX_SUCCESS


def _tx_thread_priority_change(thread_ptr: TX_THREAD, new_priority: int, old_priority: "Any") -> int:
    sim = current()
    old_priority[0] = thread_ptr._base_priority
    thread_ptr._base_priority = thread_ptr._base_threshold = new_priority
    if not thread_ptr._inherited:
        sim.rank(thread_ptr, new_priority, new_priority)
    sim.preempt()
    return TX_SUCCESS


def _tx_thread_relinquish() -> None:
    current().relinquish()


def _tx_thread_reset(thread_ptr: TX_THREAD) -> int:
    sim = current()
    if thread_ptr is sim.current or thread_ptr.tx_thread_state not in (TX_COMPLETED, TX_TERMINATED):
        return TX_NOT_DONE
    thread_ptr._rank(thread_ptr._base_priority, thread_ptr._base_threshold)
    thread_ptr.tx_thread_time_slice = thread_ptr._new_time_slice
    thread_ptr.tx_thread_state = TX_SUSPENDED
    return TX_SUCCESS


def _tx_thread_resume(thread_ptr: TX_THREAD) -> int:
    sim = current()
    if thread_ptr._suspend_pending:
        thread_ptr._suspend_pending = False
        return TX_SUSPEND_LIFTED
    if thread_ptr.tx_thread_state != TX_SUSPENDED or thread_ptr._activity is not None:
        return TX_RESUME_ERROR
    sim.ready_add(thread_ptr)
    sim.preempt()
    return TX_SUCCESS


def _tx_thread_sleep(timer_ticks: int) -> int:
    if not timer_ticks:
        return TX_SUCCESS
    return current().wait(None, timer_ticks, timeout_status=TX_SUCCESS, state=TX_SLEEP)


def _tx_thread_suspend(thread_ptr: TX_THREAD) -> int:
    sim = current()
    state = thread_ptr.tx_thread_state
    if state in (TX_COMPLETED, TX_TERMINATED):
        return TX_SUSPEND_ERROR
    if state == TX_READY:
        sim.suspend_ready(thread_ptr)
    elif state != TX_SUSPENDED:
        thread_ptr._suspend_pending = True
    return TX_SUCCESS


def _tx_thread_terminate(thread_ptr: TX_THREAD) -> int:
    sim = current()
    if thread_ptr.tx_thread_state in (TX_COMPLETED, TX_TERMINATED):
        return TX_SUCCESS
    if thread_ptr._exit_notify is not None:
        thread_ptr._exit_notify(thread_ptr, 1)
    sim.thread_end(thread_ptr, TX_TERMINATED)
    sim.unwind(thread_ptr)
    sim.preempt()
    return TX_SUCCESS


def _tx_thread_time_slice_change(thread_ptr: TX_THREAD, new_time_slice: int, old_time_slice: "Any") -> int:
    old_time_slice[0] = thread_ptr._new_time_slice
    thread_ptr._new_time_slice = thread_ptr.tx_thread_time_slice = new_time_slice
    return TX_SUCCESS


def _tx_thread_wait_abort(thread_ptr: TX_THREAD) -> int:
    if thread_ptr.tx_thread_state <= TX_SUSPENDED:
        return TX_WAIT_ABORT_ERROR
    sim = current()
    sim.resume(thread_ptr, TX_WAIT_ABORTED)
    sim.preempt()
    return TX_SUCCESS


def _tx_time_get() -> int:
    return current().time_get()


def _tx_time_set(new_time: int) -> None:
    sim = current()
    sim.time_offset = new_time - sim.now


def tx_kernel_enter(tx_application_define: "Any" = None) -> None:
    """Initialise and run the current simulation; see ``Simulation.run``."""
    current().run(tx_application_define)


