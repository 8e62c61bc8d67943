"""What the port tables of TCP and UDP have in common: the search for a free port, and the threads that wait for one."""

from netx_sim.constants import NX_MAX_PORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from netx_sim.kernel import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD

    _Waiters = list[TX_THREAD]
else:
    _Waiters = list


class PortWaiters(_Waiters):
    """Threads waiting in bind for a port to become free, the next to get it first.

    The device keeps them in a ring, and one that gives up leaves the ring's head at its successor. So after the second
    of three gave up the third is served before the first; when the first gives up the order stays.
    """

    def remove(self, thread: "TX_THREAD") -> None:
        """Take a thread out; its successor becomes the first."""
        at = self.index(thread)
        self[:] = self[at + 1 :] + self[:at]


def port_search_start(sim: "Simulation") -> int:
    """Where the search for NX_ANY_PORT starts: anywhere in the range it covers."""
    first = sim.config.NX_SEARCH_PORT_START
    return first + sim.random() % (NX_MAX_PORT - first + 1)


def port_find(sim: "Simulation", taken: "Container[int]", start: int) -> int:
    """The first port from `start` up that is not taken, going on from NX_SEARCH_PORT_START after 65535; 0 if none."""
    first = sim.config.NX_SEARCH_PORT_START
    for port in range(start, NX_MAX_PORT + 1):
        if port not in taken:
            return port
    for port in range(first, min(start, NX_MAX_PORT + 1) if start > first else NX_MAX_PORT + 1):
        if port not in taken:
            return port
    return 0
