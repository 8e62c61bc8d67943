"""Counting semaphores: TX_SEMAPHORE and the work behind ``tx_semaphore_*``."""

from netx_sim.constants_tx import TX_CLEAR_ID, TX_SEMAPHORE_SUSP
from netx_sim.kernel.objects import TX_SEMAPHORE_ID, next_created, prioritize, put, wake_all
from netx_sim.kernel.simulation import current
from netx_sim.status import TX_CEILING_EXCEEDED, TX_DELETED, TX_NO_INSTANCE, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD


class TX_SEMAPHORE:
    """One semaphore.  Created empty by the caller, filled by ``tx_semaphore_create``."""

    __slots__ = (
        "_notify",
        "_sim",
        "_waiters",
        "tx_semaphore_count",
        "tx_semaphore_id",
        "tx_semaphore_name",
    )

    def __init__(self) -> None:
        self.tx_semaphore_id = TX_CLEAR_ID
        self.tx_semaphore_name: "Any" = None
        self.tx_semaphore_count = 0
        self._waiters: "list[TX_THREAD]" = []
        self._notify: "Callable[[TX_SEMAPHORE], None] | None" = None
        self._sim: "Simulation | None" = None

    @property
    def tx_semaphore_suspended_count(self) -> int:
        """Threads that wait."""
        return len(self._waiters)

    def __repr__(self) -> str:
        return "<TX_SEMAPHORE " + str(self.tx_semaphore_name) + ">"


def _tx_semaphore_create(semaphore_ptr: TX_SEMAPHORE, name_ptr: "Any", initial_count: int) -> int:
    semaphore_ptr.__init__()  # type: ignore[misc]
    semaphore_ptr._sim = current()
    semaphore_ptr.tx_semaphore_name = name_ptr
    semaphore_ptr.tx_semaphore_count = initial_count
    semaphore_ptr.tx_semaphore_id = TX_SEMAPHORE_ID
    semaphore_ptr._sim.semaphores.append(semaphore_ptr)
    return TX_SUCCESS


def _tx_semaphore_delete(semaphore_ptr: TX_SEMAPHORE) -> int:
    sim = current()
    semaphore_ptr.tx_semaphore_id = TX_CLEAR_ID
    sim.semaphores.remove(semaphore_ptr)
    wake_all(sim, semaphore_ptr._waiters, TX_DELETED)
    return TX_SUCCESS


def _tx_semaphore_get(semaphore_ptr: TX_SEMAPHORE, wait_option: int) -> int:
    if semaphore_ptr.tx_semaphore_count:
        semaphore_ptr.tx_semaphore_count -= 1
        return TX_SUCCESS
    if not wait_option:
        return TX_NO_INSTANCE
    waiters = semaphore_ptr._waiters
    return current().wait(
        waiters, wait_option, None, None, TX_NO_INSTANCE, TX_SEMAPHORE_SUSP, semaphore_ptr
    )


def _tx_semaphore_put(semaphore_ptr: TX_SEMAPHORE) -> int:
    sim = current()
    if semaphore_ptr._waiters:
        sim.resume(semaphore_ptr._waiters[0], TX_SUCCESS)
        sim.preempt()
    else:
        semaphore_ptr.tx_semaphore_count = (semaphore_ptr.tx_semaphore_count + 1) & 0xFFFFFFFF
    if semaphore_ptr._notify is not None:
        semaphore_ptr._notify(semaphore_ptr)
    return TX_SUCCESS


def _tx_semaphore_ceiling_put(semaphore_ptr: TX_SEMAPHORE, ceiling: int) -> int:
    if not semaphore_ptr._waiters and semaphore_ptr.tx_semaphore_count >= ceiling:
        return TX_CEILING_EXCEEDED
    return _tx_semaphore_put(semaphore_ptr)


def _tx_semaphore_put_notify(semaphore_ptr: TX_SEMAPHORE, notify: "Any") -> int:
    semaphore_ptr._notify = notify
    return TX_SUCCESS


def _tx_semaphore_prioritize(semaphore_ptr: TX_SEMAPHORE) -> int:
    prioritize(semaphore_ptr._waiters)
    return TX_SUCCESS


def _tx_semaphore_info_get(
    semaphore_ptr: TX_SEMAPHORE,
    name: "Any",
    current_value: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_semaphore: "Any",
) -> int:
    waiters = semaphore_ptr._waiters
    put(name, semaphore_ptr.tx_semaphore_name)
    put(current_value, semaphore_ptr.tx_semaphore_count)
    put(first_suspended, waiters[0] if waiters else None)
    put(suspended_count, len(waiters))
    put(next_semaphore, next_created(current().semaphores, semaphore_ptr))
    return TX_SUCCESS
