"""The rings of created kernel objects and instances, as a debugger or a console of the firmware walks them.

A device links what is created in a ring, first created first: `tx_thread_created_next` of each, and a variable that
points to the first, with one that counts.  The stack has a list of each sort instead; here they become rings again.
"""

from typing import Any

from netx_c.port.layout import Struct
from netx_c.port.memory import pointer_set, words_at

# By struct: the list of the simulation, the variables' name without _ptr and _count, the fields' without _next.
_SORTS = {
    "TX_THREAD": ("threads", "_tx_thread_created", "tx_thread_created"),
    "TX_TIMER": ("timers", "_tx_timer_created", "tx_timer_created"),
    "TX_SEMAPHORE": ("semaphores", "_tx_semaphore_created", "tx_semaphore_created"),
    "TX_MUTEX": ("mutexes", "_tx_mutex_created", "tx_mutex_created"),
    "TX_EVENT_FLAGS_GROUP": ("event_flags", "_tx_event_flags_created", "tx_event_flags_group_created"),
    "TX_QUEUE": ("queues", "_tx_queue_created", "tx_queue_created"),
    "TX_BYTE_POOL": ("byte_pools", "_tx_byte_pool_created", "tx_byte_pool_created"),
    "TX_BLOCK_POOL": ("block_pools", "_tx_block_pool_created", "tx_block_pool_created"),
}


class _Ring:
    """One ring: where its variables lie, and what its members pointed to when they were last written."""

    def __init__(self, port: Any, layout: Struct, variables: str, fields: str) -> None:
        self.first = port.symbol(variables + "_ptr")
        self.count = words_at(port.symbol(variables + "_count"))
        self.next = layout.fields[fields + "_next"][0]
        self.previous = layout.fields[fields + "_previous"][0]
        self.written: dict[int, tuple[int, int]] = {}


class Rings:
    """All rings of one image.

    Args:
        port: whose structs and variables they are.
        layouts: where the fields of each struct lie.
    """

    def __init__(self, port: Any, layouts: dict[str, Struct]) -> None:
        self._port = port
        self._busy = False  # a block of Python's is written, which tells of itself
        self._rings = {
            name: _Ring(port, layouts[name], variables, fields)
            for name, (_created, variables, fields) in _SORTS.items()
            if name in layouts
        }
        for ring in self._rings.values():
            pointer_set(ring.first, 0)
            ring.count[0] = 0

    def update(self, name: str, registry: Any) -> None:
        """A block of this sort was created or deleted: write the pointers that are not the same as before."""
        ring = self._rings.get(name)
        if ring is None or self._busy:
            return
        twins = [registry.twin_of(block) for block in getattr(self._port.sim, _SORTS[name][0])]
        written: dict[int, tuple[int, int]] = {}
        for place, twin in enumerate(twins):
            around = (twins[(place + 1) % len(twins)].address, twins[place - 1].address)
            written[twin.address] = around
            if twin.address not in ring.written:
                self._show(twin)
            if ring.written.get(twin.address) != around:
                twin.link(ring.next, around[0])
                twin.link(ring.previous, around[1])
        ring.written = written
        ring.count[0] = len(twins)
        pointer_set(ring.first, twins[0].address if twins else 0)

    def _show(self, twin: Any) -> None:
        """Write a block that is new here: C may not have been shown it before."""
        self._busy = True
        try:
            twin.write()
        finally:
            self._busy = False
