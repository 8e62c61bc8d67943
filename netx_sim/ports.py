"""The search for a free port, the same for TCP and UDP."""

from netx_sim.constants import NX_MAX_PORT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from netx_sim.kernel import Simulation


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
    for port in range(first, start):
        if port not in taken:
            return port
    return 0
