"""A list of waiting threads that turns when one gives up."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import SupportsIndex

    from netx_sim.kernel.thread_block import TX_THREAD

    _Waiters = list[TX_THREAD]
else:
    _Waiters = list


class RingWaiters(_Waiters):
    """Threads waiting on a socket, the next to be served first.

    The device keeps them in a ring, and one that leaves it (its wait ended or was aborted) leaves the ring's head at
    its successor. So after the second of three gave up the third is served before the first. When the first leaves,
    served or not, the order stays.
    """

    def __delitem__(self, at: "SupportsIndex | slice") -> None:
        """Take one thread out; its successor becomes the first."""
        index = int(at)  # type: ignore[arg-type]
        self[:] = self[index + 1 :] + self[:index]
