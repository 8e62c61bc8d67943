"""Block pools: TX_BLOCK_POOL and the work behind ``tx_block_*``.

Each block of fixed size has 4 bytes of overhead (one pointer of a 32-bit device) in front.
"""

from netx_sim.constants_tx import TX_BLOCK_MEMORY, TX_CLEAR_ID
from netx_sim.kernel.objects import TX_BLOCK_POOL_ID, next_created, prioritize, put, wake_all
from netx_sim.kernel.simulation import current
from netx_sim.memory import address_of
from netx_sim.status import TX_DELETED, TX_NO_MEMORY, TX_PTR_ERROR, TX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.simulation import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD

OVERHEAD = 4
ALIGNMENT = 4


class TX_BLOCK_POOL:
    """One pool.  Created empty by the caller, filled by ``tx_block_pool_create``."""

    __slots__ = (
        "_address",
        "_block_size",
        "_free",
        "_mem",
        "_sim",
        "_waiters",
        "tx_block_pool_id",
        "tx_block_pool_name",
        "tx_block_pool_total",
    )

    def __init__(self) -> None:
        self.tx_block_pool_id = TX_CLEAR_ID
        self.tx_block_pool_name: "Any" = None
        self.tx_block_pool_total = 0
        self._block_size = 0
        self._mem: "Any" = None
        self._address = 0
        self._free: "list[int]" = []  # offsets of free blocks, the next to be taken last
        self._waiters: "list[TX_THREAD]" = []
        self._sim: "Simulation | None" = None

    @property
    def tx_block_pool_available(self) -> int:
        """Blocks free."""
        return len(self._free)

    @property
    def tx_block_pool_suspended_count(self) -> int:
        """Threads that wait."""
        return len(self._waiters)

    def __repr__(self) -> str:
        return "<TX_BLOCK_POOL " + str(self.tx_block_pool_name) + ">"


def block_step(block_size: int) -> int:
    """Bytes from one block to the next."""
    return -(-block_size // ALIGNMENT) * ALIGNMENT + OVERHEAD


def _tx_block_pool_create(
    pool_ptr: TX_BLOCK_POOL, name_ptr: "Any", block_size: int, pool_start: "Any", pool_size: int
) -> int:
    pool_ptr.__init__()  # type: ignore[misc]
    pool_ptr._sim = current()
    pool_ptr.tx_block_pool_name = name_ptr
    pool_ptr._block_size = block_size
    pool_ptr._mem = memoryview(pool_start)
    pool_ptr._address = address_of(pool_start)
    step = block_step(block_size)
    pool_ptr.tx_block_pool_total = pool_size // step
    pool_ptr._free = [number * step for number in range(pool_ptr.tx_block_pool_total)]
    pool_ptr._free.reverse()
    pool_ptr.tx_block_pool_id = TX_BLOCK_POOL_ID
    pool_ptr._sim.block_pools.append(pool_ptr)
    return TX_SUCCESS


def _tx_block_pool_delete(pool_ptr: TX_BLOCK_POOL) -> int:
    sim = current()
    pool_ptr.tx_block_pool_id = TX_CLEAR_ID
    sim.block_pools.remove(pool_ptr)
    wake_all(sim, pool_ptr._waiters, TX_DELETED)
    return TX_SUCCESS


def _view(pool: TX_BLOCK_POOL, offset: int) -> memoryview:
    start = offset + OVERHEAD
    view: memoryview = pool._mem[start : start + pool._block_size]
    return view


def _tx_block_allocate(pool_ptr: TX_BLOCK_POOL, block_ptr: "Any", wait_option: int) -> int:
    if pool_ptr._free:
        block_ptr[0] = _view(pool_ptr, pool_ptr._free.pop())
        return TX_SUCCESS
    block_ptr[0] = None
    if not wait_option:
        return TX_NO_MEMORY
    sim = current()
    thread = sim.current
    status = sim.wait(pool_ptr._waiters, wait_option, None, None, TX_NO_MEMORY, TX_BLOCK_MEMORY, pool_ptr)
    if status == TX_SUCCESS and thread is not None:
        block_ptr[0] = thread._wait_result
    return status


def _tx_block_release(block_ptr: "Any") -> int:
    """Back to its pool, or straight to the first waiter."""
    sim = current()
    address = address_of(block_ptr) - OVERHEAD
    for pool in sim.block_pools:
        offset = address - pool._address
        step = block_step(pool._block_size)
        if 0 <= offset < pool.tx_block_pool_total * step and offset % step == 0:
            if pool._waiters:
                sim.resume(pool._waiters[0], TX_SUCCESS, _view(pool, offset))
                sim.preempt()
            else:
                pool._free.append(offset)
            return TX_SUCCESS
    return TX_PTR_ERROR


def _tx_block_pool_prioritize(pool_ptr: TX_BLOCK_POOL) -> int:
    prioritize(pool_ptr._waiters)
    return TX_SUCCESS


def _tx_block_pool_info_get(
    pool_ptr: TX_BLOCK_POOL,
    name: "Any",
    available_blocks: "Any",
    total_blocks: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_pool: "Any",
) -> int:
    waiters = pool_ptr._waiters
    put(name, pool_ptr.tx_block_pool_name)
    put(available_blocks, pool_ptr.tx_block_pool_available)
    put(total_blocks, pool_ptr.tx_block_pool_total)
    put(first_suspended, waiters[0] if waiters else None)
    put(suspended_count, len(waiters))
    put(next_pool, next_created(current().block_pools, pool_ptr))
    return TX_SUCCESS
