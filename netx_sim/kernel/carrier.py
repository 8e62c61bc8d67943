"""Carriers: the operating system threads on whose stacks the kernel's threads live.

Exactly one carrier holds the *baton* and runs; the others are blocked on their own raw lock.  The
simulation's first thread lives on the stack of its caller (the root carrier), so a program with one
application thread has one operating system thread and never switches.

The lock is the cheapest hand-over there is: a Condition costs half as much again.
"""

try:
    import _thread
except ImportError:  # a board without threads: the root carrier is the only one
    _thread = None  # type: ignore[assignment]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.scheduler import Scheduler
    from netx_sim.kernel.thread_block import TX_THREAD


class Carrier:
    """One stack.  ``job`` is the thread that a woken, empty carrier shall begin."""

    __slots__ = ("_lock", "ident", "job", "number", "top")

    def __init__(self, number: int) -> None:
        self.number = number
        self.job: "TX_THREAD | None" = None
        self.top: "TX_THREAD | None" = None  # the context that may go on here
        self.ident = 0
        self._lock: "Any" = None
        if _thread is not None:
            self._lock = _thread.allocate_lock()
            self._lock.acquire()

    def wake(self) -> None:
        """Give this carrier the baton."""
        self._lock.release()

    def sleep(self) -> None:
        """Block until somebody gives this carrier the baton."""
        self._lock.acquire()


def this_os_thread() -> int:
    """Identity of the operating system thread that asks."""
    return _thread.get_ident() if _thread is not None else 0


def carrier_start(scheduler: "Scheduler", carrier: Carrier) -> None:
    """Start the operating system thread behind ``carrier``; it waits for the baton."""
    if _thread is None:
        raise RuntimeError("a further thread needs its own stack, and this runtime has no _thread")
    try:
        import threading
    except ImportError:
        _thread.start_new_thread(scheduler.carrier_main, (carrier,))
        return
    # A real threading.Thread, so that debuggers and coverage see it.
    name = "netx-carrier-" + str(carrier.number)
    threading.Thread(target=scheduler.carrier_main, args=(carrier,), name=name, daemon=True).start()
