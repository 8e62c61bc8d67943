"""Threads as data: ready lists, waits, mutexes and activities.  Who runs next is in ``scheduler.py``.

A waiting thread is on the list of what it waits for (first in, first out) and may have a time-out in
the clock.  Whoever wakes it takes it off both and gives it a status.
"""

from netx_sim.constants_tx import (
    TX_MUTEX_SUSP,
    TX_READY,
    TX_SUSPENDED,
    TX_TCP_IP,
    TX_TERMINATED,
    TX_WAIT_FOREVER,
)
from netx_sim.fault import ForeignThreadError
from netx_sim.kernel.carrier import Carrier, this_os_thread
from netx_sim.kernel.clock import Clock
from netx_sim.kernel.thread_block import TX_THREAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel.mutex_block import TX_MUTEX

CONTEXT_INIT = 0
CONTEXT_THREAD = 1
CONTEXT_TIMER = 2
CONTEXT_ISR = 3


class Threads(Clock):
    """The threads of one simulation, and what each waits for."""

    def __init__(self, ticks_per_second: int, priorities: int) -> None:
        Clock.__init__(self, ticks_per_second)
        self.current: "TX_THREAD | None" = None
        self.context = CONTEXT_INIT
        self.preempt_disable = 0
        self.threads: "list[TX_THREAD]" = []
        self._ready: "list[list[TX_THREAD]]" = [[] for _ in range(priorities)]
        self._bits = 0
        self._priority_of_bit = {1 << priority: priority for priority in range(priorities)}
        self._held: "list[TX_THREAD]" = []
        self._root = Carrier(0)
        self._root.ident = this_os_thread()
        self._carrier = self._root

    def _dispatch(self, me: TX_THREAD) -> None:
        """Run others until ``me`` is the one to run."""
        raise NotImplementedError

    def keep_up(self) -> None:
        """Real clock: let frames and ticks in while a program computes."""
        raise NotImplementedError

    # -- ready lists ----------------------------------------------------------------------------

    def ready_add(self, thread: TX_THREAD) -> None:
        """Make ready, behind its equals."""
        priority = thread.tx_thread_priority
        self._ready[priority].append(thread)
        self._bits |= 1 << priority
        thread.tx_thread_state = TX_READY

    def ready_remove(self, thread: TX_THREAD) -> None:
        """No longer ready."""
        priority = thread.tx_thread_priority
        ready = self._ready[priority]
        ready.remove(thread)
        if not ready:
            self._bits &= ~(1 << priority)

    def rotate(self, thread: TX_THREAD) -> None:
        """Put a ready thread behind its equals."""
        ready = self._ready[thread.tx_thread_priority]
        ready.remove(thread)
        ready.append(thread)

    def rank(self, thread: TX_THREAD, priority: int, threshold: int) -> None:
        """Change priority and threshold in force; a ready thread goes behind its new equals.

        So does the running one, which nevertheless goes on until something outranks it.
        """
        if thread.tx_thread_state == TX_READY and thread in self._ready[thread.tx_thread_priority]:
            self.ready_remove(thread)
            thread._rank(priority, threshold)
            self.ready_add(thread)
        else:
            thread._rank(priority, threshold)

    def _best(self) -> "TX_THREAD | None":
        bits = self._bits
        if not bits:
            return None
        priority = self._priority_of_bit[bits & -bits]
        for held in reversed(self._held):
            # Preempted, but its threshold still keeps this priority out.
            if held.tx_thread_preempt_threshold <= priority:
                return held
        return self._ready[priority][0]

    # -- waiting and waking ---------------------------------------------------------------------

    def wait(
        self,
        queue: "list[TX_THREAD] | None",
        wait_option: int,
        mutex: "TX_MUTEX | None" = None,
        on_timeout: "Callable[[TX_THREAD], None] | None" = None,
        timeout_status: int = 0,
        state: int = TX_TCP_IP,
        what: "Any" = None,
        position: "int | None" = None,
    ) -> int:
        """Suspend the running thread until it is resumed; the answer is the waker's status.

        Args:
            queue: list of waiters to join at the end, or None.
            wait_option (int): ticks, or 0xFFFFFFFF for no limit; never 0.
            mutex: held by the caller; released completely once the thread is queued, not taken again.
            on_timeout: called in the timer thread when the time is up; must see to a later ``resume``.
            timeout_status (int): status of a wait whose time is up, where ``on_timeout`` is None.
            state (int): TX_* state shown meanwhile.
            what: the object waited for, for reports.
            position: where in the queue, None for the end.
        """
        thread = self.current
        if thread is None:
            raise RuntimeError("only a thread can wait")
        self._check_os_thread()
        if queue is not None:
            queue.insert(len(queue) if position is None else position, thread)
        thread._queue = queue
        thread._on_timeout = on_timeout
        thread._timeout_status = timeout_status
        thread._wait_what = what
        thread._wait_result = None
        if wait_option != TX_WAIT_FOREVER:
            thread._timeout = self.timeout_add(wait_option, self._wait_expired, thread)
        self.ready_remove(thread)
        thread.tx_thread_state = state
        if mutex is not None:
            self._mutex_release(mutex)
        self._dispatch(thread)
        return thread._status

    def _wait_expired(self, thread: TX_THREAD) -> None:
        thread._timeout = None
        on_timeout = thread._on_timeout
        if on_timeout is None:
            self.resume(thread, thread._timeout_status)
        else:
            on_timeout(thread)

    def resume(self, thread: TX_THREAD, status: int, result: "Any" = None) -> None:
        """Wake a waiting thread with ``status``; no preemption here.  Ignored if it does not wait."""
        if thread.tx_thread_state <= TX_SUSPENDED:
            return
        self.wait_leave(thread)
        thread._status = status
        thread._wait_result = result
        if thread._suspend_pending:
            thread._suspend_pending = False
            thread.tx_thread_state = TX_SUSPENDED
        else:
            self.ready_add(thread)

    def wait_leave(self, thread: TX_THREAD) -> None:
        """Take a thread off the list it waits on and cancel its time-out."""
        queue = thread._queue
        if queue is not None:
            thread._queue = None
            if thread in queue:
                index = queue.index(thread)
                thread._next_suspended = queue[(index + 1) % len(queue)]
                del queue[index]
        timeout = thread._timeout
        if timeout is not None:
            thread._timeout = None
            self.timeout_cancel(timeout)
        thread._on_timeout = None
        thread._wait_what = None
        thread._blocked_on = None

    def preempt(self) -> None:
        """Preemption point: let a ready thread that outranks the running one go first."""
        thread = self.current
        if (
            thread is not None
            and self._bits & thread._outranked_by
            and not self.preempt_disable
            and self.context != CONTEXT_ISR
        ):
            if thread.tx_thread_preempt_threshold != thread.tx_thread_priority:
                self._held.append(thread)
            self._dispatch(thread)

    def suspend_ready(self, thread: TX_THREAD) -> None:
        """Suspend a ready thread; the running one stays here until it is resumed."""
        self.ready_remove(thread)
        thread.tx_thread_state = TX_SUSPENDED
        if thread in self._held:
            self._held.remove(thread)
        if thread is self.current and self.context == CONTEXT_THREAD:
            self._dispatch(thread)

    # -- mutexes (the fast part; services are in mutex.py) ----------------------------------------

    def mutex_get(self, mutex: "TX_MUTEX") -> None:
        """Take a mutex, waiting for ever if another thread holds it."""
        thread = self.current
        if this_os_thread() != self._carrier.ident:
            self._check_os_thread()
        if not mutex.tx_mutex_ownership_count:
            mutex.tx_mutex_ownership_count = 1
            mutex.tx_mutex_owner = thread
        elif mutex.tx_mutex_owner is thread:
            mutex.tx_mutex_ownership_count += 1
        else:
            self.mutex_wait(mutex, TX_WAIT_FOREVER, 0)
        if self.real:
            self.keep_up()

    def mutex_wait(self, mutex: "TX_MUTEX", wait_option: int, timeout_status: int) -> int:
        """Wait until the mutex is handed over."""
        thread = self.current
        if thread is not None:
            thread._blocked_on = mutex
            self.mutex_inherit(mutex, thread)
        return self.wait(mutex._waiters, wait_option, None, None, timeout_status, TX_MUTEX_SUSP, mutex)

    def mutex_put(self, mutex: "TX_MUTEX") -> None:
        """Give a mutex back (the caller holds it), then a preemption point."""
        mutex.tx_mutex_ownership_count -= 1
        if not mutex.tx_mutex_ownership_count:
            mutex.tx_mutex_owner = None
            if mutex._waiters:
                self._mutex_hand_over(mutex)
            thread = self.current
            if thread is not None and self._bits & thread._outranked_by:
                self.preempt()

    def mutex_inherit(self, mutex: "TX_MUTEX", waiter: TX_THREAD) -> None:
        """Raise the owner of an inheriting mutex to the waiter's priority."""
        owner = mutex.tx_mutex_owner
        if mutex._inherit and owner is not None and waiter.tx_thread_priority < owner.tx_thread_priority:
            owner._inherited = True
            priority = waiter.tx_thread_priority
            self.rank(owner, priority, min(owner.tx_thread_preempt_threshold, priority))

    def _mutex_release(self, mutex: "TX_MUTEX") -> None:
        mutex.tx_mutex_ownership_count = 0
        mutex.tx_mutex_owner = None
        if mutex._waiters:
            self._mutex_hand_over(mutex)

    def _mutex_hand_over(self, mutex: "TX_MUTEX") -> None:
        """The first waiter owns the mutex and is ready."""
        thread = mutex._waiters[0]
        if mutex._inherit:
            thread = min(mutex._waiters, key=_priority_of)
        mutex.tx_mutex_owner = thread
        mutex.tx_mutex_ownership_count = 1
        self.resume(thread, 0)

    # -- activities -----------------------------------------------------------------------------

    def activity_create(
        self,
        thread: TX_THREAD,
        name: "Any",
        priority: int,
        run: "Callable[[], None]",
        gate: "TX_MUTEX | None",
    ) -> None:
        """Make ``thread`` an entity whose ``run`` is called whenever it is signalled.

        ``gate`` is taken for it before ``run`` and given back after; it starts only when that is free.
        """
        thread.tx_thread_name = name
        thread._rank(priority, priority)
        thread._base_priority = thread._base_threshold = priority
        thread.tx_thread_state = TX_SUSPENDED
        thread._activity = run
        thread._gate = gate
        thread._sim = self  # type: ignore[assignment]
        self.threads.append(thread)

    def activity_delete(self, thread: TX_THREAD) -> None:
        """The entity is never run again."""
        thread._pending = False
        if thread.tx_thread_state == TX_READY:
            if not thread._running:
                self.ready_remove(thread)
        else:
            self.wait_leave(thread)
        if not thread._running:
            thread.tx_thread_state = TX_TERMINATED
        thread._activity = None
        self.threads.remove(thread)

    def activity_signal(self, thread: TX_THREAD) -> None:
        """Make the entity ready, unless it is so already; no preemption here."""
        if thread._pending:
            return
        thread._pending = True
        if thread._running or thread._activity is None:
            return
        gate = thread._gate
        if gate is None or not gate.tx_mutex_ownership_count or gate.tx_mutex_owner is thread:
            self.ready_add(thread)
        else:
            self._await_gate(thread, gate)

    def _await_gate(self, thread: TX_THREAD, gate: "TX_MUTEX") -> None:
        thread.tx_thread_state = TX_MUTEX_SUSP
        thread._queue = gate._waiters
        thread._wait_what = gate
        gate._waiters.append(thread)

    def _check_os_thread(self) -> None:
        if this_os_thread() != self._carrier.ident:
            raise ForeignThreadError("services may be called from the simulation's own threads only")


def _priority_of(thread: TX_THREAD) -> int:
    return thread.tx_thread_priority
