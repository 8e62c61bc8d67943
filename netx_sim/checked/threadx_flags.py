"""Event flags of ThreadX: checks in the device's order.

Read first: ThreadX guide, chapter 4.  The work is in ``netx_sim.kernel.event_flags``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only, wait_allowed
from netx_sim.constants_tx import TX_AND, TX_AND_CLEAR, TX_OR
from netx_sim.kernel import current
from netx_sim.kernel import event_flags as flags
from netx_sim.kernel.objects import TX_EVENT_FLAGS_ID
from netx_sim.status import (
    TX_CALLER_ERROR,
    TX_FEATURE_NOT_ENABLED,
    TX_GROUP_ERROR,
    TX_OPTION_ERROR,
    TX_PTR_ERROR,
    TX_WAIT_ERROR,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.event_flags import TX_EVENT_FLAGS_GROUP


def _no_group(group_ptr: "TX_EVENT_FLAGS_GROUP | None") -> bool:
    return group_ptr is None or group_ptr.tx_event_flags_group_id != TX_EVENT_FLAGS_ID


def tx_event_flags_create(group_ptr: "TX_EVENT_FLAGS_GROUP | None", name_ptr: "Any") -> int:
    """Create a group of 32 flags, all clear.

    Returns:
        int: TX_SUCCESS; TX_GROUP_ERROR (null or already created); TX_CALLER_ERROR (from the timer
        thread or an interrupt).
    """
    sim = current()
    if group_ptr is None or group_ptr in sim.event_flags:
        return TX_GROUP_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return flags._tx_event_flags_create(group_ptr, name_ptr)


def tx_event_flags_delete(group_ptr: "TX_EVENT_FLAGS_GROUP | None") -> int:
    """Delete a group; its waiters get TX_DELETED.

    Returns:
        int: TX_SUCCESS; TX_GROUP_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_group(group_ptr):
        return TX_GROUP_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return flags._tx_event_flags_delete(group_ptr)  # type: ignore[arg-type]


def tx_event_flags_get(
    group_ptr: "TX_EVENT_FLAGS_GROUP | None",
    requested_flags: int,
    get_option: int,
    actual_flags_ptr: "Any",
    wait_option: int,
) -> int:
    """Wait for flags.

    Args:
        group_ptr (TX_EVENT_FLAGS_GROUP): created group.
        requested_flags (int): the flags wanted.
        get_option (int): TX_OR, TX_OR_CLEAR, TX_AND or TX_AND_CLEAR.
        actual_flags_ptr (Ref[int], out): the flags found, before any clearing; written also without
            success.
        wait_option (int): ticks to wait.

    Returns:
        int: TX_SUCCESS; TX_GROUP_ERROR (null or not created); TX_PTR_ERROR (output null);
        TX_WAIT_ERROR (a wait outside a thread); TX_OPTION_ERROR; TX_NO_EVENTS; TX_DELETED and
        TX_WAIT_ABORTED (during the wait).

    Blocks: up to wait_option ticks.
    """
    if _no_group(group_ptr):
        return TX_GROUP_ERROR
    if actual_flags_ptr is None:
        return TX_PTR_ERROR
    if not wait_allowed(current(), wait_option):
        return TX_WAIT_ERROR
    if get_option > TX_AND_CLEAR:
        return TX_OPTION_ERROR
    return flags._tx_event_flags_get(group_ptr, requested_flags, get_option, actual_flags_ptr, wait_option)  # type: ignore[arg-type]


def tx_event_flags_set(group_ptr: "TX_EVENT_FLAGS_GROUP | None", flags_to_set: int, set_option: int) -> int:
    """Set flags (TX_OR) or mask them out (TX_AND), and wake every waiter whose request is met.

    Returns:
        int: TX_SUCCESS; TX_GROUP_ERROR (null or not created); TX_OPTION_ERROR.
    """
    if _no_group(group_ptr):
        return TX_GROUP_ERROR
    if set_option not in (TX_OR, TX_AND):
        return TX_OPTION_ERROR
    return flags._tx_event_flags_set(group_ptr, flags_to_set, set_option)  # type: ignore[arg-type]


def tx_event_flags_set_notify(group_ptr: "TX_EVENT_FLAGS_GROUP | None", events_set_notify: "Any") -> int:
    """Have a function called after every set.

    Returns:
        int: TX_SUCCESS; TX_GROUP_ERROR (null or not created); TX_FEATURE_NOT_ENABLED.
    """
    if _no_group(group_ptr):
        return TX_GROUP_ERROR
    if current().config.TX_DISABLE_NOTIFY_CALLBACKS:
        return TX_FEATURE_NOT_ENABLED
    return flags._tx_event_flags_set_notify(group_ptr, events_set_notify)  # type: ignore[arg-type]


def tx_event_flags_info_get(
    group_ptr: "TX_EVENT_FLAGS_GROUP | None",
    name: "Any",
    current_flags: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_group: "Any",
) -> int:
    """Read what the kernel knows of a group; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_GROUP_ERROR (null or not created).
    """
    if _no_group(group_ptr):
        return TX_GROUP_ERROR
    return flags._tx_event_flags_info_get(group_ptr, name, current_flags, first_suspended, suspended_count, next_group)  # type: ignore[arg-type]
