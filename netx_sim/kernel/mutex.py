"""Mutexes: the work behind ``tx_mutex_*``.  The fast get and put of the stack are in ``scheduler.py``.

With TX_INHERIT the owner runs at its highest waiter's priority until its put.  A waiter that gives up
does not lower the owner again before that put, and inheritance does not pass along a chain of two
mutexes, as on a device.
"""

from netx_sim.constants_tx import TX_CLEAR_ID
from netx_sim.kernel.mutex_block import TX_MUTEX
from netx_sim.kernel.objects import TX_MUTEX_ID, next_created, prioritize, put, wake_all
from netx_sim.kernel.simulation import current
from netx_sim.status import TX_DELETED, TX_NOT_AVAILABLE, TX_NOT_OWNED, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD


def _tx_mutex_create(mutex_ptr: TX_MUTEX, name_ptr: "Any", inherit: int) -> int:
    mutex_ptr.__init__()  # type: ignore[misc]
    mutex_ptr._sim = current()
    mutex_ptr.tx_mutex_name = name_ptr
    mutex_ptr._inherit = bool(inherit)
    mutex_ptr.tx_mutex_id = TX_MUTEX_ID
    mutex_ptr._sim.mutexes.append(mutex_ptr)
    return TX_SUCCESS


def _tx_mutex_delete(mutex_ptr: TX_MUTEX) -> int:
    sim = current()
    mutex_ptr.tx_mutex_id = TX_CLEAR_ID
    sim.mutexes.remove(mutex_ptr)
    owner = mutex_ptr.tx_mutex_owner
    mutex_ptr.tx_mutex_ownership_count = 0
    mutex_ptr.tx_mutex_owner = None
    if owner is not None:
        _priority_restore(sim, owner)
    wake_all(sim, mutex_ptr._waiters, TX_DELETED)
    return TX_SUCCESS


def _tx_mutex_get(mutex_ptr: TX_MUTEX, wait_option: int) -> int:
    sim = current()
    if mutex_ptr.tx_mutex_ownership_count and mutex_ptr.tx_mutex_owner is not sim.current:
        if not wait_option:
            return TX_NOT_AVAILABLE
        return sim.mutex_wait(mutex_ptr, wait_option, TX_NOT_AVAILABLE)
    mutex_ptr.tx_mutex_owner = sim.current
    mutex_ptr.tx_mutex_ownership_count += 1
    return TX_SUCCESS


def _tx_mutex_put(mutex_ptr: TX_MUTEX) -> int:
    sim = current()
    owner = mutex_ptr.tx_mutex_owner
    if not mutex_ptr.tx_mutex_ownership_count or owner is not sim.current:
        return TX_NOT_OWNED
    last = mutex_ptr.tx_mutex_ownership_count == 1
    if last and owner is not None and mutex_ptr._inherit and owner._inherited:
        mutex_ptr.tx_mutex_owner = None  # it no longer counts for what the owner inherits
        _priority_restore(sim, owner)
        mutex_ptr.tx_mutex_owner = owner
    sim.mutex_put(mutex_ptr)
    return TX_SUCCESS


def _priority_restore(sim: "Simulation", owner: "TX_THREAD") -> None:
    """Back to the thread's own priority, or the highest that waits for another of its mutexes."""
    if not owner._inherited:
        return
    priority, threshold = owner._base_priority, owner._base_threshold
    owner._inherited = False
    for mutex in sim.mutexes:
        if mutex.tx_mutex_owner is owner and mutex._inherit:
            for waiter in mutex._waiters:
                if waiter.tx_thread_priority < priority:
                    priority = threshold = waiter.tx_thread_priority
                    owner._inherited = True
    sim.rank(owner, priority, min(priority, threshold))


def _tx_mutex_prioritize(mutex_ptr: TX_MUTEX) -> int:
    prioritize(mutex_ptr._waiters)
    return TX_SUCCESS


def _tx_mutex_info_get(
    mutex_ptr: TX_MUTEX,
    name: "Any",
    count: "Any",
    owner: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_mutex: "Any",
) -> int:
    waiters = mutex_ptr._waiters
    put(name, mutex_ptr.tx_mutex_name)
    put(count, mutex_ptr.tx_mutex_ownership_count)
    put(owner, mutex_ptr.tx_mutex_owner)
    put(first_suspended, waiters[0] if waiters else None)
    put(suspended_count, len(waiters))
    put(next_mutex, next_created(current().mutexes, mutex_ptr))
    return TX_SUCCESS
