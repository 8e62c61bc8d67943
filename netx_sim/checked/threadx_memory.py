"""Queues, byte pools, block pools and the interrupt posture of ThreadX: checks in the device's order.

Read first: ThreadX guide, chapter 4.  The work is in ``netx_sim.kernel``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only, wait_allowed
from netx_sim.kernel import CONTEXT_ISR, CONTEXT_TIMER, current
from netx_sim.kernel import block_pool as blocks
from netx_sim.kernel import byte_pool as areas
from netx_sim.kernel import queue as queues
from netx_sim.kernel.objects import TX_BLOCK_POOL_ID, TX_BYTE_POOL_ID, TX_QUEUE_ID
from netx_sim.status import (
    TX_CALLER_ERROR,
    TX_FEATURE_NOT_ENABLED,
    TX_POOL_ERROR,
    TX_PTR_ERROR,
    TX_QUEUE_ERROR,
    TX_SIZE_ERROR,
    TX_WAIT_ERROR,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel.block_pool import TX_BLOCK_POOL
    from netx_sim.kernel.byte_pool import TX_BYTE_POOL
    from netx_sim.kernel.queue import TX_QUEUE

_MESSAGE_WORDS_MAXIMUM = 16
_BYTE_POOL_MINIMUM = 100  # bytes

# -- queues -----------------------------------------------------------------------------------------


def _no_queue(queue_ptr: "TX_QUEUE | None") -> bool:
    return queue_ptr is None or queue_ptr.tx_queue_id != TX_QUEUE_ID


def tx_queue_create(
    queue_ptr: "TX_QUEUE | None", name_ptr: "Any", message_size: int, queue_start: "Any", queue_size: int
) -> int:
    """Create a queue of messages of fixed size.

    Args:
        queue_ptr (TX_QUEUE): empty control block.
        name_ptr (str or bytes): shown in reports.
        message_size (int): words of 32 bits in a message, 1 to 16.
        queue_start (writable buffer): the device's memory for messages.
        queue_size (int): bytes of it; how many messages fit is the capacity.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or already created); TX_PTR_ERROR (memory null);
        TX_SIZE_ERROR (message size, or no message fits); TX_CALLER_ERROR (from the timer thread or an
        interrupt).
    """
    sim = current()
    if queue_ptr is None or queue_ptr in sim.queues:
        return TX_QUEUE_ERROR
    if queue_start is None:
        return TX_PTR_ERROR
    if not 0 < message_size <= _MESSAGE_WORDS_MAXIMUM or queue_size // (message_size * queues.WORD) == 0:
        return TX_SIZE_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return queues._tx_queue_create(queue_ptr, name_ptr, message_size, queue_start, queue_size)


def tx_queue_delete(queue_ptr: "TX_QUEUE | None") -> int:
    """Delete a queue; its waiters get TX_DELETED.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_queue(queue_ptr):
        return TX_QUEUE_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return queues._tx_queue_delete(queue_ptr)  # type: ignore[arg-type]


def tx_queue_flush(queue_ptr: "TX_QUEUE | None") -> int:
    """Drop all messages; waiting senders get success although theirs are dropped too.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created).
    """
    if _no_queue(queue_ptr):
        return TX_QUEUE_ERROR
    return queues._tx_queue_flush(queue_ptr)  # type: ignore[arg-type]


def _transfer_error(queue_ptr: "TX_QUEUE | None", message_ptr: "Any", wait_option: int) -> int:
    if _no_queue(queue_ptr):
        return TX_QUEUE_ERROR
    if message_ptr is None:
        return TX_PTR_ERROR
    return 0 if wait_allowed(current(), wait_option) else TX_WAIT_ERROR


def tx_queue_send(queue_ptr: "TX_QUEUE | None", source_ptr: "Any", wait_option: int) -> int:
    """Send a message to the end of a queue; a waiting receiver gets it directly.

    Args:
        queue_ptr (TX_QUEUE): created queue.
        source_ptr (buffer, list of ints, or Ref for one word): the message; copied.
        wait_option (int): ticks to wait for a free slot.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created); TX_PTR_ERROR (message null);
        TX_WAIT_ERROR (a wait outside a thread); TX_QUEUE_FULL; TX_DELETED and TX_WAIT_ABORTED (during
        the wait).

    Blocks: up to wait_option ticks.
    """
    return _transfer_error(queue_ptr, source_ptr, wait_option) or queues._tx_queue_send(
        queue_ptr,  # type: ignore[arg-type]
        source_ptr,
        wait_option,
    )


def tx_queue_front_send(queue_ptr: "TX_QUEUE | None", source_ptr: "Any", wait_option: int) -> int:
    """Send a message to the front of a queue; otherwise as ``tx_queue_send``.

    Returns:
        int: as ``tx_queue_send``.

    Blocks: up to wait_option ticks, ahead of other senders.
    """
    return _transfer_error(queue_ptr, source_ptr, wait_option) or queues._tx_queue_front_send(
        queue_ptr,  # type: ignore[arg-type]
        source_ptr,
        wait_option,
    )


def tx_queue_receive(queue_ptr: "TX_QUEUE | None", destination_ptr: "Any", wait_option: int) -> int:
    """Take the first message of a queue.

    Args:
        queue_ptr (TX_QUEUE): created queue.
        destination_ptr (writable buffer, list, or Ref for one word, out): the message.
        wait_option (int): ticks to wait for one.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created); TX_PTR_ERROR (destination null);
        TX_WAIT_ERROR (a wait outside a thread); TX_QUEUE_EMPTY; TX_DELETED and TX_WAIT_ABORTED (during
        the wait).

    Blocks: up to wait_option ticks.
    """
    return _transfer_error(queue_ptr, destination_ptr, wait_option) or queues._tx_queue_receive(
        queue_ptr,  # type: ignore[arg-type]
        destination_ptr,
        wait_option,
    )


def tx_queue_send_notify(queue_ptr: "TX_QUEUE | None", queue_send_notify: "Any") -> int:
    """Have a function called after every message sent.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created); TX_FEATURE_NOT_ENABLED.
    """
    if _no_queue(queue_ptr):
        return TX_QUEUE_ERROR
    if current().config.TX_DISABLE_NOTIFY_CALLBACKS:
        return TX_FEATURE_NOT_ENABLED
    return queues._tx_queue_send_notify(queue_ptr, queue_send_notify)  # type: ignore[arg-type]


def tx_queue_prioritize(queue_ptr: "TX_QUEUE | None") -> int:
    """Put the highest-priority waiter in front.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created).
    """
    if _no_queue(queue_ptr):
        return TX_QUEUE_ERROR
    return queues._tx_queue_prioritize(queue_ptr)  # type: ignore[arg-type]


def tx_queue_info_get(
    queue_ptr: "TX_QUEUE | None",
    name: "Any",
    enqueued: "Any",
    available_storage: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_queue: "Any",
) -> int:
    """Read what the kernel knows of a queue; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_QUEUE_ERROR (null or not created).
    """
    if _no_queue(queue_ptr):
        return TX_QUEUE_ERROR
    return queues._tx_queue_info_get(
        queue_ptr,  # type: ignore[arg-type]
        name,
        enqueued,
        available_storage,
        first_suspended,
        suspended_count,
        next_queue,
    )


# -- byte pools -------------------------------------------------------------------------------------


def _no_byte_pool(pool_ptr: "TX_BYTE_POOL | None") -> bool:
    return pool_ptr is None or pool_ptr.tx_byte_pool_id != TX_BYTE_POOL_ID


def tx_byte_pool_create(pool_ptr: "TX_BYTE_POOL | None", name_ptr: "Any", pool_start: "Any", pool_size: int) -> int:
    """Create a pool of memory that is handed out in pieces of any size.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or already created); TX_PTR_ERROR (memory null);
        TX_SIZE_ERROR (below 100 bytes); TX_CALLER_ERROR (from the timer thread or an interrupt).
    """
    sim = current()
    if pool_ptr is None or pool_ptr in sim.byte_pools:
        return TX_POOL_ERROR
    if pool_start is None:
        return TX_PTR_ERROR
    if pool_size < _BYTE_POOL_MINIMUM:
        return TX_SIZE_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return areas._tx_byte_pool_create(pool_ptr, name_ptr, pool_start, pool_size)


def tx_byte_pool_delete(pool_ptr: "TX_BYTE_POOL | None") -> int:
    """Delete a pool; its waiters get TX_DELETED.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_byte_pool(pool_ptr):
        return TX_POOL_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return areas._tx_byte_pool_delete(pool_ptr)  # type: ignore[arg-type]


def tx_byte_allocate(
    pool_ptr: "TX_BYTE_POOL | None", memory_ptr: "Any", memory_size: int, wait_option: int
) -> int:
    """Take memory from a pool.

    Args:
        pool_ptr (TX_BYTE_POOL): created pool.
        memory_ptr (Ref[memoryview], out): the memory; null where none was had.
        memory_size (int): bytes; rounded up to 4, with 8 bytes of overhead.
        wait_option (int): ticks to wait.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created); TX_PTR_ERROR (output null); TX_SIZE_ERROR
        (0, or more than the pool has in all); TX_CALLER_ERROR (from the timer thread or an interrupt);
        TX_WAIT_ERROR (a wait during initialisation or in an interrupt); TX_NO_MEMORY; TX_DELETED and
        TX_WAIT_ABORTED (during the wait).

    Blocks: up to wait_option ticks.
    """
    if _no_byte_pool(pool_ptr):
        return TX_POOL_ERROR
    if memory_ptr is None:
        return TX_PTR_ERROR
    if not memory_size or memory_size > areas.size_of(pool_ptr):  # type: ignore[arg-type]
        return TX_SIZE_ERROR
    sim = current()
    if sim.context == CONTEXT_TIMER:
        return TX_CALLER_ERROR
    if not wait_allowed(sim, wait_option):
        return TX_WAIT_ERROR
    if sim.context == CONTEXT_ISR:
        return TX_CALLER_ERROR
    return areas._tx_byte_allocate(pool_ptr, memory_ptr, memory_size, wait_option)  # type: ignore[arg-type]


def tx_byte_release(memory_ptr: "Any") -> int:
    """Give memory back to the pool it came from.

    Args:
        memory_ptr (memoryview): as ``tx_byte_allocate`` gave it.

    Returns:
        int: TX_SUCCESS; TX_PTR_ERROR (null, not from a byte pool, or already free); TX_CALLER_ERROR
        (from the timer thread or an interrupt).
    """
    if memory_ptr is None:
        return TX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return TX_CALLER_ERROR
    return areas._tx_byte_release(memory_ptr)


def tx_byte_pool_prioritize(pool_ptr: "TX_BYTE_POOL | None") -> int:
    """Put the highest-priority waiter in front.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created).
    """
    if _no_byte_pool(pool_ptr):
        return TX_POOL_ERROR
    return areas._tx_byte_pool_prioritize(pool_ptr)  # type: ignore[arg-type]


def tx_byte_pool_info_get(
    pool_ptr: "TX_BYTE_POOL | None",
    name: "Any",
    available_bytes: "Any",
    fragments: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_pool: "Any",
) -> int:
    """Read what the kernel knows of a pool; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created).
    """
    if _no_byte_pool(pool_ptr):
        return TX_POOL_ERROR
    return areas._tx_byte_pool_info_get(
        pool_ptr,  # type: ignore[arg-type]
        name,
        available_bytes,
        fragments,
        first_suspended,
        suspended_count,
        next_pool,
    )


# -- block pools ------------------------------------------------------------------------------------


def _no_block_pool(pool_ptr: "TX_BLOCK_POOL | None") -> bool:
    return pool_ptr is None or pool_ptr.tx_block_pool_id != TX_BLOCK_POOL_ID


def tx_block_pool_create(
    pool_ptr: "TX_BLOCK_POOL | None", name_ptr: "Any", block_size: int, pool_start: "Any", pool_size: int
) -> int:
    """Create a pool of blocks of one size.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or already created); TX_PTR_ERROR (memory null);
        TX_SIZE_ERROR (not even one block fits); TX_CALLER_ERROR (from the timer thread or an interrupt).
    """
    sim = current()
    if pool_ptr is None or pool_ptr in sim.block_pools:
        return TX_POOL_ERROR
    if pool_start is None:
        return TX_PTR_ERROR
    if not block_size or blocks.block_step(block_size) > pool_size:
        return TX_SIZE_ERROR
    if not not_isr_not_timer(sim):
        return TX_CALLER_ERROR
    return blocks._tx_block_pool_create(pool_ptr, name_ptr, block_size, pool_start, pool_size)


def tx_block_pool_delete(pool_ptr: "TX_BLOCK_POOL | None") -> int:
    """Delete a pool; its waiters get TX_DELETED.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created); TX_CALLER_ERROR (not from a thread).
    """
    if _no_block_pool(pool_ptr):
        return TX_POOL_ERROR
    if not threads_only(current()):
        return TX_CALLER_ERROR
    return blocks._tx_block_pool_delete(pool_ptr)  # type: ignore[arg-type]


def tx_block_allocate(pool_ptr: "TX_BLOCK_POOL | None", block_ptr: "Any", wait_option: int) -> int:
    """Take a block.

    Args:
        pool_ptr (TX_BLOCK_POOL): created pool.
        block_ptr (Ref[memoryview], out): the block.
        wait_option (int): ticks to wait.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created); TX_PTR_ERROR (output null);
        TX_WAIT_ERROR (a wait outside a thread); TX_NO_MEMORY; TX_DELETED and TX_WAIT_ABORTED (during
        the wait).

    Blocks: up to wait_option ticks.
    """
    if _no_block_pool(pool_ptr):
        return TX_POOL_ERROR
    if block_ptr is None:
        return TX_PTR_ERROR
    if not wait_allowed(current(), wait_option):
        return TX_WAIT_ERROR
    return blocks._tx_block_allocate(pool_ptr, block_ptr, wait_option)  # type: ignore[arg-type]


def tx_block_release(block_ptr: "Any") -> int:
    """Give a block back; the first waiter gets it.

    Returns:
        int: TX_SUCCESS; TX_PTR_ERROR (null or no block of a created pool).
    """
    if block_ptr is None:
        return TX_PTR_ERROR
    return blocks._tx_block_release(block_ptr)


def tx_block_pool_prioritize(pool_ptr: "TX_BLOCK_POOL | None") -> int:
    """Put the highest-priority waiter in front.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created).
    """
    if _no_block_pool(pool_ptr):
        return TX_POOL_ERROR
    return blocks._tx_block_pool_prioritize(pool_ptr)  # type: ignore[arg-type]


def tx_block_pool_info_get(
    pool_ptr: "TX_BLOCK_POOL | None",
    name: "Any",
    available_blocks: "Any",
    total_blocks: "Any",
    first_suspended: "Any",
    suspended_count: "Any",
    next_pool: "Any",
) -> int:
    """Read what the kernel knows of a pool; each output may be None.

    Returns:
        int: TX_SUCCESS; TX_POOL_ERROR (null or not created).
    """
    if _no_block_pool(pool_ptr):
        return TX_POOL_ERROR
    return blocks._tx_block_pool_info_get(
        pool_ptr,  # type: ignore[arg-type]
        name,
        available_blocks,
        total_blocks,
        first_suspended,
        suspended_count,
        next_pool,
    )


def tx_interrupt_control(new_posture: int) -> int:
    """Set the interrupt posture of the running thread.  What it has held off comes when it enables interrupts again.

    Args:
        new_posture (int): TX_INT_DISABLE or TX_INT_ENABLE.

    Returns:
        int: the former posture.
    """
    return current().interrupt_control(new_posture)
