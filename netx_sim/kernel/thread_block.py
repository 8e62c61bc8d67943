"""TX_THREAD: the control block of a thread, and of the two kinds of entity without an entry.

Fields named ``tx_thread_*`` are C's.  The rest, with a leading underscore, is the kernel's own.
"""

from netx_sim.constants_tx import TX_CLEAR_ID, TX_READY, TX_STACK_FILL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel.carrier import Carrier
    from netx_sim.kernel.clock import Timeout
    from netx_sim.kernel.mutex_block import TX_MUTEX
    from netx_sim.kernel.simulation import Simulation


class TX_THREAD:
    """One thread.  Created empty by the caller, filled by ``tx_thread_create``."""

    __slots__ = (
        "_activity",
        "_blocked_on",
        "_carrier",
        "_context",
        "_exit_notify",
        "_gate",
        "_base_priority",
        "_base_threshold",
        "_inherited",
        "_new_time_slice",
        "_next_suspended",
        "_on_timeout",
        "_outranked_by",
        "_own_stack",
        "_pending",
        "_queue",
        "_running",
        "_sim",
        "_status",
        "_suspend_pending",
        "_timeout",
        "_timeout_status",
        "_unwind",
        "_wait_result",
        "_wait_what",
        "tx_thread_entry",
        "tx_thread_entry_parameter",
        "tx_thread_id",
        "tx_thread_name",
        "tx_thread_preempt_threshold",
        "tx_thread_priority",
        "tx_thread_run_count",
        "tx_thread_stack_end",
        "tx_thread_stack_size",
        "tx_thread_stack_start",
        "tx_thread_state",
        "tx_thread_time_slice",
    )

    def __init__(self) -> None:
        self.tx_thread_id = TX_CLEAR_ID
        self.tx_thread_run_count = 0
        self.tx_thread_stack_start: "Any" = None
        self.tx_thread_stack_end = 0
        self.tx_thread_stack_size = 0
        self.tx_thread_time_slice = 0
        self.tx_thread_name: "Any" = None
        self.tx_thread_priority = 0
        self.tx_thread_state = TX_READY
        self.tx_thread_preempt_threshold = 0
        self.tx_thread_entry: "Callable[[Any], None] | None" = None
        self.tx_thread_entry_parameter: "Any" = 0
        self._sim: "Simulation | None" = None
        # Scheduling.  _outranked_by is the bit mask of the priorities that preempt this thread.
        self._outranked_by = 0
        self._base_priority = 0
        self._base_threshold = 0
        self._inherited = False
        self._new_time_slice = 0
        self._carrier: "Carrier | None" = None
        self._unwind = False
        self._suspend_pending = False
        self._exit_notify: "Callable[[Any, int], None] | None" = None
        # The wait in progress.
        self._queue: "list[TX_THREAD] | None" = None
        self._next_suspended: "TX_THREAD | None" = None  # as it was in the last queue, like a device's
        self._status = 0
        self._wait_result: "Any" = None
        self._wait_what: "Any" = None
        self._timeout: "Timeout | None" = None
        self._on_timeout: "Callable[[TX_THREAD], None] | None" = None
        self._timeout_status = 0
        self._blocked_on: "TX_MUTEX | None" = None
        # Activities: entities that run a function whenever they are signalled.
        self._activity: "Callable[[], None] | None" = None
        self._gate: "TX_MUTEX | None" = None
        self._context = 1
        self._pending = False
        self._running = False
        self._own_stack = False

    def __repr__(self) -> str:
        return "<TX_THREAD " + str(self.tx_thread_name) + " priority " + str(self.tx_thread_priority) + ">"

    def _rank(self, priority: int, threshold: int) -> None:
        """Set priority and threshold in force."""
        self.tx_thread_priority = priority
        self.tx_thread_preempt_threshold = threshold
        self._outranked_by = (1 << threshold) - 1


_FILL = bytes([TX_STACK_FILL & 0xFF]) * 128


def stack_fill(stack: "Any", size: int) -> None:
    """Fill the memory of a stack as a device does; who looks how much was used finds that nothing was."""
    view = memoryview(stack)
    size = min(size, len(view))
    for start in range(0, size, len(_FILL)):
        end = min(start + len(_FILL), size)
        view[start:end] = _FILL[: end - start]
