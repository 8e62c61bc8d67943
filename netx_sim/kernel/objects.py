"""What the services of all kernel objects share: waking waiters, prioritising, next of the created list."""


# Ids of created objects; 0 in a block that is not created.
TX_TIMER_ID = 0x4154494D
TX_SEMAPHORE_ID = 0x53454D41
TX_MUTEX_ID = 0x4D555445
TX_EVENT_FLAGS_ID = 0x4456444E
TX_QUEUE_ID = 0x51554555
TX_BYTE_POOL_ID = 0x42595445
TX_BLOCK_POOL_ID = 0x424C4F43

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD



def wake_all(sim: "Simulation", waiters: "list[TX_THREAD]", status: int) -> None:
    """Wake every waiter with ``status``, in order, then a preemption point."""
    for thread in list(waiters):
        sim.resume(thread, status)
    sim.preempt()


def prioritize(waiters: "list[TX_THREAD]") -> None:
    """Put the highest-priority waiter (the first of equals) in front."""
    if not waiters:
        return
    best = waiters[0]
    for thread in waiters:
        if thread.tx_thread_priority < best.tx_thread_priority:
            best = thread
    waiters.remove(best)
    waiters.insert(0, best)


def next_created(created: "list[Any]", item: "Any") -> "Any":
    """The object after ``item`` in the (circular) list of created ones."""
    return created[(created.index(item) + 1) % len(created)]


def put(pointer: "Any", value: "Any") -> None:
    """Write an output that may be null."""
    if pointer is not None:
        pointer[0] = value
