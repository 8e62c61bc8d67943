"""Who runs: ready lists, preemption, waiting, and the baton between stacks.

Read first: ``carrier.py`` (stacks) and ``clock.py`` (time).  The rules are ThreadX's: the ready
thread with the numerically lowest priority runs; equals run first in, first out; a preemption
threshold keeps lesser priorities out; preemption happens inside services and in ``busy`` only.

The mechanism: **whoever has to wait runs the world.**  A thread that waits calls ``_dispatch``, which
runs whatever is ready until the thread itself is the best choice again.  *Activities* (the timer
thread, the IP threads) have no stack of their own as a rule: ``_dispatch`` calls their function on
the stack of the thread that waits.  That is right only while the activity outranks the thread below
it and never waits for it; otherwise the activity gets a carrier of its own.
"""

from netx_sim.constants_tx import (
    TX_COMPLETED,
    TX_READY,
    TX_SUSPENDED,
    TX_TERMINATED,
    TX_THREAD_ENTRY,
    TX_THREAD_EXIT,
)
from netx_sim.fault import SimulationDeadlock, ThreadExit, WorldStopped
from netx_sim.kernel.carrier import Carrier, carrier_start, this_os_thread
from netx_sim.kernel.clock import NEVER
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.kernel.threads import CONTEXT_ISR, CONTEXT_THREAD, CONTEXT_TIMER, Threads
from netx_sim.status import TX_WAIT_ABORTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Two stacks on a wire without latency can keep each other at work for ever, for example with
# acknowledgements that answer acknowledgements (RFC 5961 section 5 would limit them; a device does not).
WORK_MAXIMUM = 2000000

_POLL_SLICE_MS = 100  # a longer poll is cut, so that Ctrl-C reaches a program on any stack


class Scheduler(Threads):
    """Who runs on which stack, and how time passes when nobody can."""

    def __init__(self, ticks_per_second: int, priorities: int) -> None:
        Threads.__init__(self, ticks_per_second, priorities)
        self._carriers: "list[Carrier]" = []
        self._spare: "list[Carrier]" = []
        self._body: "TX_THREAD | None" = None
        self._error: "BaseException | None" = None
        self._stopping = False
        self._closing = False
        self._abort_requested = False
        self._next_poll_us = 0  # on the host's clock
        self._work = 0  # runs of activities since time passed or an application thread ran
        self._timer_thread = TX_THREAD()
        self.activity_create(self._timer_thread, "System Timer Thread", 0, self.expire, None)
        self._timer_thread._context = CONTEXT_TIMER

    # -- choosing and switching -----------------------------------------------------------------

    def _dispatch(self, me: TX_THREAD) -> None:
        """Run the world on this stack until ``me`` is the one to run."""
        try:
            while True:
                if self._error is not None or self._stopping:
                    self._raise_stop()
                if me._unwind:
                    raise ThreadExit
                best = self._best()
                if best is me:
                    break
                if best is None:
                    self._idle()
                elif best._carrier is not None:
                    self._switch_to(best)
                elif best._activity is not None and self._may_borrow(best, me):
                    self._borrow(best)
                else:
                    self._pass_baton(self._carrier_for(best))
        except BaseException:
            self._abandon_wait(me)
            raise
        if self._held and me in self._held:
            self._held.remove(me)
        if me._activity is None:
            self._work = 0
        me.tx_thread_run_count += 1
        self.current = me
        self.context = me._context

    def _abandon_wait(self, me: TX_THREAD) -> None:
        """An exception leaves a wait: the thread waits no more, so that its clean-up can run."""
        if me.tx_thread_state > TX_SUSPENDED:
            self.wait_leave(me)
            self.ready_add(me)
        if me in self._held:
            self._held.remove(me)
        self.current = me
        self.context = me._context

    def _run_activity(self, thread: TX_THREAD) -> None:
        """Run a ready activity on this stack until it has nothing to do."""
        self._work += 1
        if self._work > WORK_MAXIMUM:
            self._work = 0
            raise SimulationDeadlock(
                "work without end at tick " + str(self.now) + ", so nothing else can run\n" + self.who_waits()
            )
        gate = thread._gate
        if gate is not None and gate.tx_mutex_owner is not thread:
            if gate.tx_mutex_ownership_count:
                self.ready_remove(thread)
                self._await_gate(thread, gate)
                return
            gate.tx_mutex_ownership_count = 1
            gate.tx_mutex_owner = thread
        carrier = self._carrier
        below = carrier.top
        carrier.top = thread
        thread._carrier = carrier
        thread._running = True
        self.current = thread
        self.context = thread._context
        try:
            while thread._pending:
                thread._pending = False
                thread._activity()  # type: ignore[misc]
        finally:
            carrier.top = below
            thread._carrier = None
            thread._running = False
            self.current = None
            if thread.tx_thread_state == TX_READY:
                self.ready_remove(thread)
            thread.tx_thread_state = TX_SUSPENDED if thread._activity is not None else TX_TERMINATED
            if gate is not None and gate.tx_mutex_owner is thread:
                self._mutex_release(gate)

    def _may_borrow(self, activity: TX_THREAD, below: TX_THREAD) -> bool:
        """An activity may use a waiter's stack if it never has to make way for that waiter."""
        return not activity._own_stack and activity.tx_thread_priority <= below.tx_thread_priority

    def _borrow(self, activity: TX_THREAD) -> None:
        try:
            self._run_activity(activity)
        except Exception as error:
            if self._carrier is self._root and self._root.top is self._body:
                raise
            self._fail(error)
            self._raise_stop()

    def _switch_to(self, thread: TX_THREAD) -> None:
        carrier = thread._carrier
        if carrier is self._carrier:
            raise RuntimeError(
                "a callback waits for the thread whose stack it runs on; it was promised never to wait"
            )
        self._pass_baton(carrier)  # type: ignore[arg-type]

    def _pass_baton(self, carrier: Carrier) -> None:
        """Let ``carrier`` run; back when somebody chooses a thread of this stack."""
        mine = self._carrier
        self._carrier = carrier
        carrier.wake()
        while True:
            try:
                mine.sleep()
                break
            except KeyboardInterrupt as interrupt:
                # Ctrl-C arrived while another stack runs: stop the world there first.
                self._error = interrupt

    def _carrier_for(self, job: TX_THREAD) -> Carrier:
        if self._spare:
            carrier = self._spare.pop()
        else:
            carrier = Carrier(len(self._carriers) + 1)
            self._carriers.append(carrier)
            carrier_start(self, carrier)
        carrier.job = job
        return carrier

    def carrier_main(self, carrier: Carrier) -> None:
        """What a further operating system thread does: jobs, one after the other."""
        carrier.ident = this_os_thread()
        carrier.sleep()
        while not self._closing:
            job = carrier.job
            carrier.job = None
            try:
                if job is not None:
                    self._run_job(job)
                self._run_jobs_here()
            except WorldStopped:
                pass
            except BaseException as error:  # noqa: BLE001 - raised again from run
                self._fail(error)
            if not self._closing:
                self._leave_baton(carrier)
                carrier.sleep()
        self._carrier = self._root
        self._root.wake()

    def _run_job(self, job: TX_THREAD) -> None:
        if job._activity is not None:
            self._run_activity(job)
        else:
            self._run_thread(job)

    def _run_jobs_here(self) -> None:
        """An empty stack takes whatever has none, until the turn comes to a thread that has one."""
        while self._error is None and not self._stopping:
            best = self._best()
            if best is None:
                if self._all_done():
                    return
                self._idle()
            elif best._carrier is not None:
                return
            else:
                self._run_job(best)

    def _leave_baton(self, carrier: Carrier) -> None:
        """This stack is empty: park it and let the next one run."""
        self._spare.append(carrier)
        best = self._best()
        stop = self._error is not None or self._stopping or best is None
        following = self._root if stop or best is None or best._carrier is None else best._carrier
        self._carrier = following
        following.wake()

    def _run_thread(self, thread: TX_THREAD) -> None:
        """Run an application thread from its entry to its end on this stack."""
        carrier = self._carrier
        below = carrier.top
        carrier.top = thread
        thread._carrier = carrier
        thread.tx_thread_run_count += 1
        self.current = thread
        self.context = CONTEXT_THREAD
        try:
            if thread._exit_notify is not None:
                thread._exit_notify(thread, TX_THREAD_ENTRY)
            thread.tx_thread_entry(thread.tx_thread_entry_parameter)  # type: ignore[misc]
            if thread._exit_notify is not None:
                thread._exit_notify(thread, TX_THREAD_EXIT)
            self.thread_end(thread, TX_COMPLETED)
        except ThreadExit:
            pass
        except WorldStopped:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again from run
            self._fail(error)
        finally:
            carrier.top = below
            thread._carrier = None
            thread._unwind = False
            self.current = None

    def thread_end(self, thread: TX_THREAD, state: int) -> None:
        """COMPLETED or TERMINATED: off every list, its mutexes given back."""
        if thread.tx_thread_state == TX_READY:
            self.ready_remove(thread)
            if thread in self._held:
                self._held.remove(thread)
        else:
            self.wait_leave(thread)
        thread._suspend_pending = False
        thread.tx_thread_state = state
        self.mutexes_release(thread)

    def mutexes_release(self, thread: TX_THREAD) -> None:
        """Give back all mutexes of an ended thread (the simulation knows them)."""

    def unwind(self, thread: TX_THREAD) -> None:
        """Unwind the stack of a terminated thread, at once where that stack is free to run."""
        carrier = thread._carrier
        if carrier is None:
            return
        thread._unwind = True
        if thread is self.current:
            raise ThreadExit
        if carrier is not self._carrier and carrier.top is thread:
            running, context = self.current, self.context
            self._pass_baton(carrier)
            self.current, self.context = running, context

    def relinquish(self) -> None:
        """Let the running thread's ready equals go first."""
        thread = self.current
        if thread is None:
            return
        if self.real:
            self.poll_links(0)
        self.rotate(thread)
        if self._best() is not thread:
            self._dispatch(thread)

    # -- time passing ---------------------------------------------------------------------------

    def _idle(self) -> None:
        """Nothing is ready: let time pass until something is due."""
        self._work = 0
        self.current = None
        if self._abort_requested:
            self._abort_requested = False
            self._abort_body()
            return
        if self.real:
            self._idle_real()
            return
        due = self._next_due()
        event = self._next_link_event()
        if event is not None:
            tick = event.expiry // self.tick_us
            if tick <= self.now and due > self.now:
                self._run_interrupt(self._take_link_event())
                return
            due = min(due, tick)
        if due >= NEVER:
            self._dead()
        self._stop_at(due)

    def _stop_at(self, tick: int) -> None:
        """The clock stands at ``tick``: the timer thread is ready if anything is due."""
        self.now = tick
        if self._is_due():
            self.activity_signal(self._timer_thread)

    def _run_interrupt(self, event: "Any") -> None:
        function = event.function
        event.function = None
        before = self.context
        self.context = CONTEXT_ISR
        try:
            function(event.argument)
        finally:
            self.context = before

    def _idle_real(self) -> None:
        due_us = min(self._next_due() * self.tick_us, NEVER)
        event = self._next_link_event()
        if event is not None:
            due_us = min(due_us, event.expiry)
        wait_ms = max(0, (due_us - self.now_us() + 999) // 1000)
        self.poll_links(min(wait_ms, _POLL_SLICE_MS))

    def keep_up(self) -> None:
        """A program that computes still sees frames and ticks: at most one poll a tick."""
        if self._host_us() >= self._next_poll_us:
            self.poll_links(0)

    def poll_links(self, milliseconds: int) -> None:
        """Real clock: take what the links have, then make up for the ticks that have passed."""
        for function, argument in self._links.wait(milliseconds):
            before = self.context
            self.context = CONTEXT_ISR
            try:
                function(argument)
            finally:
                self.context = before
        if not self.real:
            return
        event = self._next_link_event()
        while event is not None and event.expiry <= self.now_us():
            self._run_interrupt(self._take_link_event())
            event = self._next_link_event()
        tick = self._real_tick()
        self._next_poll_us = self._real_zero_us + (tick + 1) * self.tick_us
        if tick > self.now and not self._timer_thread._pending and not self._timer_thread._running:
            self._stop_at(min(tick, max(self._next_due(), self.now + 1)))

    def busy(self, ticks: int) -> None:
        """The running thread uses the CPU for ``ticks`` of its own.

        The clock runs, timers act, time slices end, and the thread can be preempted; time in which
        others run meanwhile is not counted.
        """
        for _ in range(ticks):
            thread = self.current
            self._stop_at(self.now + 1)
            if thread is not None:
                self.preempt()
                if self._slice_ended(thread):
                    self.rotate(thread)
                    self._dispatch(thread)

    def _slice_ended(self, thread: TX_THREAD) -> bool:
        """One tick of the time slice is used; has it ended with an equal ready to go on?"""
        if not thread.tx_thread_time_slice:
            return False
        thread.tx_thread_time_slice -= 1
        if thread.tx_thread_time_slice:
            return False
        thread.tx_thread_time_slice = thread._new_time_slice
        return (
            thread.tx_thread_preempt_threshold == thread.tx_thread_priority
            and len(self._ready[thread.tx_thread_priority]) > 1
        )

    def interrupt(self, function: "Callable[[], Any]") -> None:
        """Call ``function`` in interrupt context, then preempt if due."""
        before = self.context
        self.context = CONTEXT_ISR
        try:
            function()
        finally:
            self.context = before
        self.preempt()

    # -- the end --------------------------------------------------------------------------------

    def _all_done(self) -> bool:
        """Has every application thread ended?"""
        for thread in self.threads:
            if thread._activity is None and thread.tx_thread_state not in (TX_COMPLETED, TX_TERMINATED):
                return False
        return True

    def _dead(self) -> None:
        self._fail(SimulationDeadlock("nothing can happen any more\n" + self.who_waits()))
        self._raise_stop()

    def who_waits(self) -> str:
        """One line a thread: its state and what it waits for."""
        raise NotImplementedError

    def _fail(self, error: BaseException) -> None:
        if self._error is None:
            self._error = error

    def _raise_stop(self) -> None:
        """The world has ended: the first cause at the root's body, a plain unwinding elsewhere."""
        error = self._error
        if error is not None and self._carrier is self._root and self._root.top is self._body:
            self._error = None
            raise error
        raise WorldStopped

    def request_stop(self, error: BaseException) -> None:
        """End the simulation with ``error`` where a thread next waits; safe in a signal handler, unlike a raise."""
        self._fail(error)

    def request_abort(self) -> None:
        """Abort the wait of the simulation's own thread (status 0x1A); safe in a signal handler."""
        self._abort_requested = True

    def _abort_body(self) -> None:
        for thread in self.threads:
            if thread is self._body or (self._body is None and thread._activity is None):
                self.resume(thread, TX_WAIT_ABORTED)

    def stop(self) -> None:
        """End the simulation now: every thread is unwound and ``run`` returns."""
        self._stopping = True
        raise WorldStopped

    def run_threads(self) -> None:
        """Schedule on the root's stack until every application thread has ended."""
        while not self._stopping and self._error is None:
            best = self._best()
            if best is None:
                if self._all_done():
                    break
                self._idle_at_root()
            elif best._carrier is not None:
                self._pass_baton(best._carrier)
            else:
                self._run_root_job(best)
        error = self._error
        if error is not None:
            self._error = None
            raise error

    def _idle_at_root(self) -> None:
        try:
            self._idle()
        except SimulationDeadlock as error:
            self._fail(error)

    def _run_root_job(self, job: TX_THREAD) -> None:
        try:
            self._run_job(job)
        except WorldStopped:
            pass
        except Exception as error:  # noqa: BLE001 - raised again from run
            self._fail(error)

    def close(self) -> None:
        """Unwind whatever still lives on other stacks, and let their threads end."""
        self._stopping = self._closing = True
        for carrier in self._carriers:
            self._carrier = carrier
            carrier.wake()
            self._root.sleep()
        self._carrier = self._root
        self._carriers = []
        self._spare = []
