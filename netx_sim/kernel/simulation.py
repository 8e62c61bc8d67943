"""A simulation: one ThreadX and NetX world, with its configuration, its seed and its objects.

Worlds do not see each other.  Services act on the innermost open ``simulation``; without one, on a
default world made on first use.
"""

from netx_sim.config import Config
from netx_sim.constants_tx import TX_COMPLETED, TX_INT_ENABLE, TX_READY, TX_THREAD_ID
from netx_sim.diagnose import unchecked
from netx_sim.fault import ThreadExit, WorldStopped
from netx_sim.kernel.mutex_block import TX_MUTEX
from netx_sim.kernel.scheduler import Scheduler
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.kernel.threads import CONTEXT_INIT, CONTEXT_THREAD

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_BODY_PRIORITY = 16
_CALLS_PER_TICK = 10000  # a loop that only reads the time must not stand still in virtual time

_STATE_NAMES = (
    "ready",
    "completed",
    "terminated",
    "suspended",
    "sleeps",
    "waits for a queue",
    "waits for a semaphore",
    "waits for event flags",
    "waits for a block pool",
    "waits for a byte pool",
    "waits for I/O",
    "waits for a file",
    "waits in NetX",
    "waits for a mutex",
    "changes priority",
)

_open: "list[Simulation]" = []
_default: "list[Simulation]" = []

# Called with every simulation that is made; for test tools.
created_hooks: "list[Callable[[Simulation], None]]" = []


class Simulation(Scheduler):
    """One world.  ``simulation(...)`` makes and opens one.

    Public for users: ``now``, ``config``, ``run``, ``interrupt``, ``busy``, ``stop``.
    """

    def __init__(
        self, seed: int = 0, config: "dict[str, Any] | None" = None, trace_allocations: bool = False
    ) -> None:
        self.config = Config(config or {})
        self.trace_allocations = trace_allocations
        Scheduler.__init__(self, self.config.TX_TIMER_TICKS_PER_SECOND, self.config.TX_MAX_PRIORITIES)
        self.seed = seed
        self._random = (seed * 2654435761 + 0x9E3779B9) & 0xFFFFFFFF or 1
        self.time_offset = 0  # tx_time_set moves what tx_time_get says, and nothing else
        self._time_reads = 0
        self.timers: "list[Any]" = []
        self.mutexes: "list[TX_MUTEX]" = []
        self.semaphores: "list[Any]" = []
        self.event_flags: "list[Any]" = []
        self.queues: "list[Any]" = []
        self.byte_pools: "list[Any]" = []
        self.block_pools: "list[Any]" = []
        self._postures: "dict[TX_THREAD | None, int]" = {}  # of threads that have interrupts disabled
        self._held_ticks = 0
        self._held_interrupts: "list[Callable[[], Any]]" = []
        self.packet_pools: "list[Any]" = []
        self.ip_instances: "list[Any]" = []
        self.default_wire: "Any" = None  # what nx_ram_network_driver drives
        self.at_end: "list[Callable[[], None]]" = []
        self._begin_body()
        for hook in created_hooks:
            hook(self)

    def random(self) -> int:
        """31 random bits, as C's rand() gives them; the sequence follows from the seed."""
        value = self._random
        value ^= (value << 13) & 0xFFFFFFFF
        value ^= value >> 17
        value ^= (value << 5) & 0xFFFFFFFF
        self._random = value
        return value >> 1

    # -- interrupts that a thread holds off -------------------------------------------------------

    def interrupt_control(self, new_posture: int) -> int:
        """Set the posture of who runs; the former one.

        Where interrupts are disabled the clock stands and no interrupt comes; both are made up for when they are
        enabled again.  A thread that waits lets the others run with interrupts, as a device's threads each have their
        own posture.
        """
        thread = self.current if self.context == CONTEXT_THREAD else None
        former = self._postures.pop(thread, TX_INT_ENABLE)
        if new_posture != TX_INT_ENABLE:
            self._postures[thread] = new_posture
        elif former != TX_INT_ENABLE:
            self._make_up()
        return former

    @property
    def held_off(self) -> bool:
        """Is there something to make up for when interrupts are enabled?"""
        return self._held_ticks > 0 or bool(self._held_interrupts)

    def _masked(self) -> bool:
        return bool(self._postures) and self.context == CONTEXT_THREAD and self.current in self._postures

    def _make_up(self) -> None:
        while self._held_interrupts:
            self.interrupt(self._held_interrupts.pop(0))
        ticks, self._held_ticks = self._held_ticks, 0
        self.busy(ticks)

    def busy(self, ticks: int) -> None:
        """The running thread uses the CPU for ``ticks`` of its own; see `Scheduler.busy`."""
        if self._masked():
            self._held_ticks += ticks
        else:
            Scheduler.busy(self, ticks)

    def interrupt(self, function: "Callable[[], Any]") -> None:
        """Call ``function`` in interrupt context, then preempt if due; later if interrupts are disabled."""
        if self._masked():
            self._held_interrupts.append(function)
        else:
            Scheduler.interrupt(self, function)

    def keep_up(self) -> None:
        """Real clock: see frames and ticks, unless interrupts are disabled."""
        if not self._masked():
            Scheduler.keep_up(self)

    def thread_end(self, thread: TX_THREAD, state: int) -> None:
        """The thread has ended, and its posture with it."""
        self._postures.pop(thread, None)
        Scheduler.thread_end(self, thread, state)

    # -- the two ways to run --------------------------------------------------------------------

    def _begin_body(self) -> None:
        """The caller's own code is a thread, until it calls ``run``."""
        body = TX_THREAD()
        body.tx_thread_id = TX_THREAD_ID
        body.tx_thread_name = "main"
        body._rank(_BODY_PRIORITY, _BODY_PRIORITY)
        body._base_priority = body._base_threshold = _BODY_PRIORITY
        body._sim = self
        body._carrier = self._root
        self._root.top = self._body = body
        self.threads.append(body)
        self.ready_add(body)
        self.current = body
        self.context = CONTEXT_THREAD

    def _end_body(self) -> None:
        body = self._body
        if body is None:
            return
        if body.tx_thread_state == TX_READY:
            self.ready_remove(body)
        body.tx_thread_state = TX_COMPLETED
        body.tx_thread_id = 0
        body._carrier = None
        self.threads.remove(body)
        self._body = self._root.top = self.current = None

    def run(self, tx_application_define: "Callable[[Any], None] | None" = None) -> None:
        """``tx_kernel_enter``: initialise, then schedule until every application thread has ended.

        Args:
            tx_application_define: called once in initialisation context with the first unused
                memory, a bytearray of TX_LINUX_MEMORY_SIZE bytes; creates threads and objects.

        Raises:
            SimulationDeadlock: every thread waits for ever; the message says for what.
            Exception: whatever left a thread entry or a callback.
        """
        self._end_body()
        self.context = CONTEXT_INIT
        try:
            if tx_application_define is not None:
                tx_application_define(bytearray(self.config.TX_LINUX_MEMORY_SIZE))
            self.context = CONTEXT_THREAD
            self.run_threads()
        except WorldStopped:
            pass

    def close(self) -> None:
        """End the world: threads are unwound, links and captures told."""
        Scheduler.close(self)
        at_end, self.at_end = self.at_end, []
        for function in at_end:
            function()

    # -- asking ---------------------------------------------------------------------------------

    def time_get(self) -> int:
        """Ticks as ``tx_time_get`` counts them."""
        if self.real:
            self.poll_links(0)
            self.preempt()
        else:
            self._time_reads += 1
            if self._time_reads >= _CALLS_PER_TICK:
                self._time_reads = 0
                Scheduler.busy(self, 1)
        return (self.now + self.time_offset) & 0xFFFFFFFF

    def mutexes_release(self, thread: TX_THREAD) -> None:
        """Give back the mutexes of an ended thread."""
        for mutex in self.mutexes:
            if mutex.tx_mutex_owner is thread and mutex.tx_mutex_ownership_count:
                self._mutex_release(mutex)

    def who_waits(self) -> str:
        """One line a thread: its state and what it waits for."""
        return "\n".join([describe_thread(thread) for thread in self.threads if thread._activity is None])


def describe_thread(thread: TX_THREAD) -> str:
    """One line: name, state, what it waits for."""
    line = "  thread " + str(thread.tx_thread_name) + " " + _STATE_NAMES[thread.tx_thread_state]
    if thread._wait_what is not None:
        line += ": " + repr(thread._wait_what)
    return line


class simulation:
    """``with simulation(seed=0, config={...}) as sim:`` a fresh ThreadX and NetX world.

    Args:
        seed (int): of every random choice in the world.
        config (dict): tunables by name, as in ``netx_sim.config``.
        trace_allocations (bool): note for each packet the line of the program that allocated it, for leak reports.

    Calls inside the block act on the world.  The block is a thread of priority 16 until it calls
    ``sim.run``.  Worlds nest; leaving the block ends the world.
    """

    def __init__(
        self, seed: int = 0, config: "dict[str, Any] | None" = None, trace_allocations: bool = False
    ) -> None:
        self._sim = Simulation(seed, config, trace_allocations)

    def __enter__(self) -> Simulation:
        _open.append(self._sim)
        _checks_choose()
        return self._sim

    def __exit__(self, kind: "Any", value: "Any", trace: "Any") -> bool:
        try:
            self._sim.close()
        finally:
            _open.remove(self._sim)
            _checks_choose()
        return kind is not None and issubclass(kind, (WorldStopped, ThreadExit))


def _checks_choose() -> None:
    """Have the public services check their arguments, unless the current world is one without checks."""
    unchecked[:] = [True] if _open and _open[-1].config.NX_DISABLE_ERROR_CHECKING else []


def current() -> Simulation:
    """The world that services act on."""
    if _open:
        return _open[-1]
    if not _default:
        _default.append(Simulation())
    return _default[0]


def never_waits(function: "Any") -> "Any":
    """Promise that a callback calls no service that waits (decorator).

    The kernel may then run it, and the IP thread that calls it, on the stack of whichever thread
    waits, which is much cheaper than a stack of its own.
    """
    try:
        function._never_waits = True
    except AttributeError:
        pass  # MicroPython: functions take no attributes, and no activity has its own stack
    return function


def callback_registered(activity: TX_THREAD, function: "Any") -> None:
    """An activity will call ``function``: give it its own stack unless that promised not to wait."""
    if function is not None and not getattr(function, "_never_waits", False) and _HAS_THREADS:
        activity._own_stack = True


try:
    import _thread  # noqa: F401

    _HAS_THREADS = hasattr(never_waits, "__code__")
except ImportError:
    _HAS_THREADS = False
