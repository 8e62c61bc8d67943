"""Event flags: TX_EVENT_FLAGS_GROUP and the work behind ``tx_event_flags_*``.

A set looks at every waiter against the flags as they are after the set; what waiters with a clear
option consume is taken away after all were looked at.
"""

from netx_sim.constants_tx import (
    TX_AND,
    TX_AND_CLEAR,
    TX_CLEAR_ID,
    TX_EVENT_FLAG,
    TX_OR_CLEAR,
)
from netx_sim.kernel.objects import TX_EVENT_FLAGS_ID, next_created, put, wake_all
from netx_sim.kernel.simulation import current
from netx_sim.status import TX_DELETED, TX_NO_EVENTS, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD


class TX_EVENT_FLAGS_GROUP:
    """One group.  Created empty by the caller, filled by ``tx_event_flags_create``."""

    __slots__ = (
        "_notify",
        "_requests",
        "_sim",
        "_waiters",
        "tx_event_flags_group_current",
        "tx_event_flags_group_id",
        "tx_event_flags_group_name",
    )

    def __init__(self) -> None:
        self.tx_event_flags_group_id = TX_CLEAR_ID
        self.tx_event_flags_group_name: "Any" = None
        self.tx_event_flags_group_current = 0
        self._waiters: "list[TX_THREAD]" = []
        self._requests: "dict[int, tuple[int, int]]" = {}  # id of the waiter: (flags, option)
        self._notify: "Callable[[TX_EVENT_FLAGS_GROUP], None] | None" = None
        self._sim: "Simulation | None" = None

    @property
    def tx_event_flags_group_suspended_count(self) -> int:
        """Threads that wait."""
        return len(self._waiters)

    def __repr__(self) -> str:
        return "<TX_EVENT_FLAGS_GROUP " + str(self.tx_event_flags_group_name) + ">"


def _satisfied(flags: int, requested: int, option: int) -> bool:
    if option & TX_AND:
        return flags & requested == requested
    return bool(flags & requested)


def _clears(option: int) -> bool:
    return option in (TX_OR_CLEAR, TX_AND_CLEAR)


def _tx_event_flags_create(group_ptr: TX_EVENT_FLAGS_GROUP, name_ptr: "Any") -> int:
    group_ptr.__init__()  # type: ignore[misc]
    group_ptr._sim = current()
    group_ptr.tx_event_flags_group_name = name_ptr
    group_ptr.tx_event_flags_group_id = TX_EVENT_FLAGS_ID
    group_ptr._sim.event_flags.append(group_ptr)
    return TX_SUCCESS


def _tx_event_flags_delete(group_ptr: TX_EVENT_FLAGS_GROUP) -> int:
    sim = current()
    group_ptr.tx_event_flags_group_id = TX_CLEAR_ID
    sim.event_flags.remove(group_ptr)
    wake_all(sim, group_ptr._waiters, TX_DELETED)
    return TX_SUCCESS


def _tx_event_flags_get(
    group_ptr: TX_EVENT_FLAGS_GROUP,
    requested_flags: int,
    get_option: int,
    actual_flags_ptr: "Any",
    wait_option: int,
) -> int:
    flags = group_ptr.tx_event_flags_group_current
    actual_flags_ptr[0] = flags
    if requested_flags and _satisfied(flags, requested_flags, get_option):
        if _clears(get_option):
            group_ptr.tx_event_flags_group_current = flags & ~requested_flags
        return TX_SUCCESS
    if not wait_option or not requested_flags:
        return TX_NO_EVENTS
    sim = current()
    thread = sim.current
    group_ptr._requests[id(thread)] = (requested_flags, get_option)
    status = sim.wait(
        group_ptr._waiters, wait_option, None, None, TX_NO_EVENTS, TX_EVENT_FLAG, group_ptr
    )
    del group_ptr._requests[id(thread)]
    if status == TX_SUCCESS and thread is not None:
        actual_flags_ptr[0] = thread._wait_result
    elif status == TX_NO_EVENTS:
        actual_flags_ptr[0] = group_ptr.tx_event_flags_group_current
    return status


def _tx_event_flags_set(group_ptr: TX_EVENT_FLAGS_GROUP, flags_to_set: int, set_option: int) -> int:
    sim = current()
    if set_option & TX_AND:
        group_ptr.tx_event_flags_group_current &= flags_to_set
    else:
        group_ptr.tx_event_flags_group_current |= flags_to_set
        _serve_waiters(sim, group_ptr)
    if group_ptr._notify is not None:
        group_ptr._notify(group_ptr)
    sim.preempt()
    return TX_SUCCESS


def _serve_waiters(sim: "Simulation", group: TX_EVENT_FLAGS_GROUP) -> None:
    flags = group.tx_event_flags_group_current
    consumed = 0
    for thread in list(group._waiters):
        requested, option = group._requests[id(thread)]
        if _satisfied(flags, requested, option):
            if _clears(option):
                consumed |= requested
            sim.resume(thread, TX_SUCCESS, flags)
    group.tx_event_flags_group_current &= ~consumed


def _tx_event_flags_set_notify(group_ptr: TX_EVENT_FLAGS_GROUP, notify: "Any") -> int:
    group_ptr._notify = notify
    return TX_SUCCESS


def _tx_event_flags_info_get(
    group_ptr: TX_EVENT_FLAGS_GROUP,
    name: "Any",
    current_flags: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_group: "Any",
) -> int:
    waiters = group_ptr._waiters
    put(name, group_ptr.tx_event_flags_group_name)
    put(current_flags, group_ptr.tx_event_flags_group_current)
    put(first_suspended, waiters[0] if waiters else None)
    put(suspended_count, len(waiters))
    put(next_group, next_created(current().event_flags, group_ptr))
    return TX_SUCCESS
