"""TX_MUTEX: the control block of a mutex."""

from netx_sim.constants_tx import TX_CLEAR_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD


class TX_MUTEX:
    """One mutex.  Created empty by the caller, filled by ``tx_mutex_create``."""

    __slots__ = (
        "_inherit",
        "_sim",
        "_waiters",
        "tx_mutex_id",
        "tx_mutex_name",
        "tx_mutex_owner",
        "tx_mutex_ownership_count",
    )

    def __init__(self) -> None:
        self.tx_mutex_id = TX_CLEAR_ID
        self.tx_mutex_name: "Any" = None
        self.tx_mutex_ownership_count = 0
        self.tx_mutex_owner: "TX_THREAD | None" = None
        self._waiters: "list[TX_THREAD]" = []
        self._inherit = False
        self._sim: "Simulation | None" = None

    @property
    def tx_mutex_suspended_count(self) -> int:
        """Threads that wait."""
        return len(self._waiters)

    def __repr__(self) -> str:
        return "<TX_MUTEX " + str(self.tx_mutex_name) + " held by " + repr(self.tx_mutex_owner) + ">"
