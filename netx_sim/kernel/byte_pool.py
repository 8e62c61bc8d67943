"""Byte pools: TX_BYTE_POOL and the work behind ``tx_byte_*``.

Memory is a row of fragments, each with 8 bytes of overhead (two pointers of a 32-bit device), closed by
an end mark that counts as one fragment.  A search starts where the last one ended, and merges a free
fragment that is too small with free ones behind it; a release merges nothing.
"""

from netx_sim.constants_tx import TX_BYTE_MEMORY, TX_CLEAR_ID
from netx_sim.kernel.objects import TX_BYTE_POOL_ID, next_created, prioritize, put, wake_all
from netx_sim.kernel.simulation import current
from netx_sim.memory import address_of
from netx_sim.status import TX_DELETED, TX_NO_MEMORY, TX_PTR_ERROR, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD

OVERHEAD = 8
ALIGNMENT = 4
_SPLIT_MINIMUM = 20  # what is left over by less stays with the block


class TX_BYTE_POOL:
    """One pool.  Created empty by the caller, filled by ``tx_byte_pool_create``."""

    __slots__ = (
        "_address",
        "_fragments",
        "_mem",
        "_search",
        "_sim",
        "_sizes",
        "_waiters",
        "tx_byte_pool_available",
        "tx_byte_pool_id",
        "tx_byte_pool_name",
        "tx_byte_pool_owner",
    )

    def __init__(self) -> None:
        self.tx_byte_pool_id = TX_CLEAR_ID
        self.tx_byte_pool_name: "Any" = None
        self.tx_byte_pool_available = 0
        self.tx_byte_pool_owner: "TX_THREAD | None" = None
        self._mem: "Any" = None
        self._address = 0
        # Fragments in address order, the end mark left out: [offset, size with overhead, free?].
        self._fragments: "list[list[int]]" = []
        self._search = 0  # offset at which the next search starts
        self._sizes: "dict[int, int]" = {}  # id of a waiting thread: bytes it wants
        self._waiters: "list[TX_THREAD]" = []
        self._sim: "Simulation | None" = None

    @property
    def tx_byte_pool_suspended_count(self) -> int:
        """Threads that wait."""
        return len(self._waiters)

    def __repr__(self) -> str:
        return "<TX_BYTE_POOL " + str(self.tx_byte_pool_name) + ">"


def _tx_byte_pool_create(pool_ptr: TX_BYTE_POOL, name_ptr: "Any", pool_start: "Any", pool_size: int) -> int:
    pool_ptr.__init__()  # type: ignore[misc]
    pool_ptr._sim = current()
    pool_ptr.tx_byte_pool_name = name_ptr
    pool_ptr._mem = memoryview(pool_start)
    pool_ptr._address = address_of(pool_start)
    usable = pool_size // ALIGNMENT * ALIGNMENT - OVERHEAD
    pool_ptr.tx_byte_pool_available = usable
    pool_ptr._fragments = [[0, usable, 1]]
    pool_ptr.tx_byte_pool_id = TX_BYTE_POOL_ID
    pool_ptr._sim.byte_pools.append(pool_ptr)
    return TX_SUCCESS


def _tx_byte_pool_delete(pool_ptr: TX_BYTE_POOL) -> int:
    sim = current()
    pool_ptr.tx_byte_pool_id = TX_CLEAR_ID
    sim.byte_pools.remove(pool_ptr)
    wake_all(sim, pool_ptr._waiters, TX_DELETED)
    return TX_SUCCESS


def size_of(pool: TX_BYTE_POOL) -> int:
    """Bytes of memory, the end mark included."""
    last = pool._fragments[-1]
    return last[0] + last[1] + OVERHEAD


def _tx_byte_allocate(pool_ptr: TX_BYTE_POOL, memory_ptr: "Any", memory_size: int, wait_option: int) -> int:
    size = -(-memory_size // ALIGNMENT) * ALIGNMENT
    memory = _take(pool_ptr, size)
    if memory is None and wait_option:
        sim = current()
        thread = sim.current
        pool_ptr._sizes[id(thread)] = size
        status = sim.wait(pool_ptr._waiters, wait_option, None, None, TX_NO_MEMORY, TX_BYTE_MEMORY, pool_ptr)
        del pool_ptr._sizes[id(thread)]
        memory_ptr[0] = thread._wait_result if status == TX_SUCCESS and thread is not None else None
        return status
    memory_ptr[0] = memory
    return TX_SUCCESS if memory is not None else TX_NO_MEMORY


def _take(pool: TX_BYTE_POOL, size: int) -> "memoryview | None":
    """First fit from the search position on, merging as needed; None if nothing fits."""
    if pool.tx_byte_pool_available < size + OVERHEAD:
        return None
    fragments = pool._fragments
    index = _index_of(pool, pool._search)
    for _ in range(len(fragments) + 1):
        index %= len(fragments)
        fragment = fragments[index]
        if fragment[2]:
            while fragment[1] - OVERHEAD < size and index + 1 < len(fragments) and fragments[index + 1][2]:
                fragment[1] += fragments.pop(index + 1)[1]
            if fragment[1] - OVERHEAD >= size:
                return _use(pool, index, size)
        index += 1
        if index > len(fragments):
            index = 0
    return None


def _index_of(pool: TX_BYTE_POOL, offset: int) -> int:
    for index, fragment in enumerate(pool._fragments):
        if fragment[0] <= offset < fragment[0] + fragment[1]:
            return index
    return 0


def _use(pool: TX_BYTE_POOL, index: int, size: int) -> memoryview:
    offset, whole, _ = fragment = pool._fragments[index]
    used = size + OVERHEAD
    if whole - used >= _SPLIT_MINIMUM:
        pool._fragments.insert(index + 1, [offset + used, whole - used, 1])
        fragment[1] = used
    fragment[2] = 0
    pool.tx_byte_pool_available -= fragment[1]
    pool._search = offset + fragment[1]
    start = offset + OVERHEAD
    view: memoryview = pool._mem[start : start + size]
    return view


def _tx_byte_release(memory_ptr: "Any") -> int:
    sim = current()
    address = address_of(memory_ptr)
    for pool in sim.byte_pools:
        for fragment in pool._fragments:
            if pool._address + fragment[0] + OVERHEAD == address and not fragment[2]:
                fragment[2] = 1
                pool.tx_byte_pool_available += fragment[1]
                pool._search = fragment[0]
                _serve_waiters(sim, pool)
                return TX_SUCCESS
    return TX_PTR_ERROR


def _serve_waiters(sim: "Simulation", pool: TX_BYTE_POOL) -> None:
    """In list order, until one cannot be served."""
    while pool._waiters:
        thread = pool._waiters[0]
        memory = _take(pool, pool._sizes[id(thread)])
        if memory is None:
            break
        sim.resume(thread, TX_SUCCESS, memory)
    sim.preempt()


def _tx_byte_pool_prioritize(pool_ptr: TX_BYTE_POOL) -> int:
    prioritize(pool_ptr._waiters)
    return TX_SUCCESS


def _tx_byte_pool_info_get(
    pool_ptr: TX_BYTE_POOL,
    name: "Any",
    available_bytes: "Any",
    fragments: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_pool: "Any",
) -> int:
    waiters = pool_ptr._waiters
    put(name, pool_ptr.tx_byte_pool_name)
    put(available_bytes, pool_ptr.tx_byte_pool_available)
    put(fragments, len(pool_ptr._fragments) + 1)
    put(first_suspended, waiters[0] if waiters else None)
    put(suspended_count, len(waiters))
    put(next_pool, next_created(current().byte_pools, pool_ptr))
    return TX_SUCCESS
