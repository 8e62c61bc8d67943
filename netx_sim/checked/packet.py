"""Packet and pool services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, packet services.  The work is in ``netx_sim.packet``.
"""

from netx_sim.checked.callers import not_isr, not_isr_not_timer, threads_only, wait_allowed
from netx_sim.constants import NX_PACKET_POOL_ID
from netx_sim.kernel import current
from netx_sim.memory import address_of, overlap
from netx_sim.packet import (
    NX_PACKET,
    NX_PACKET_POOL,
    _nx_packet_allocate,
    _nx_packet_copy,
    _nx_packet_data_adjust,
    _nx_packet_data_append,
    _nx_packet_data_extract_offset,
    _nx_packet_data_retrieve,
    _nx_packet_debug_info_get,
    _nx_packet_length_get,
    _nx_packet_pool_create,
    _nx_packet_pool_delete,
    _nx_packet_pool_info_get,
    _nx_packet_pool_low_watermark_set,
    _nx_packet_release,
    _nx_packet_transmit_release,
    packet_null,
    packet_of,
)
from netx_sim.packet_pool import _layout
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_NOT_SUPPORTED,
    NX_OPTION_ERROR,
    NX_OVERFLOW,
    NX_PTR_ERROR,
    NX_SIZE_ERROR,
    NX_SUCCESS,
    NX_UNDERFLOW,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _no_pool(pool_ptr: "NX_PACKET_POOL | None") -> bool:
    return pool_ptr is None or pool_ptr.nx_packet_pool_id != NX_PACKET_POOL_ID


def _no_owner(packet: NX_PACKET) -> bool:
    return _no_pool(packet.nx_packet_pool_owner)


def _outside_payload(packet: NX_PACKET) -> int:
    """NX_UNDERFLOW or NX_OVERFLOW if the pointers have left the payload, else 0."""
    if packet.nx_packet_prepend_ptr < packet.nx_packet_data_start:
        return NX_UNDERFLOW
    if packet.nx_packet_append_ptr > packet.nx_packet_data_end:
        return NX_OVERFLOW
    return NX_SUCCESS


def nx_packet_pool_create(
    pool_ptr: "NX_PACKET_POOL | None", name: "Any", payload_size: int, memory_ptr: "Any", memory_size: int
) -> int:
    """Make a pool of fixed-size packets in the caller's memory.

    Args:
        pool_ptr (NX_PACKET_POOL): empty control block.
        name (str or bytes): shown in reports.
        payload_size (int): bytes of payload of each packet.
        memory_ptr (writable buffer): the pool's memory; stays in use until the pool is deleted.
        memory_size (int): bytes of it to use; each packet takes the payload and 60 bytes, each
            rounded up to 4.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (pool or memory null, pool already created, memory overlaps
        another pool's); NX_SIZE_ERROR (payload 0, or not one packet fits); NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if pool_ptr is None or memory_ptr is None:
        return NX_PTR_ERROR
    sim = current()
    if memory_size <= sim.config.NX_PACKET_ALIGNMENT or not payload_size:
        return NX_SIZE_ERROR
    if len(memoryview(memory_ptr)) < memory_size:
        raise TypeError("memory_size: " + str(memory_size) + " is beyond the end of memory_ptr")
    address = address_of(memory_ptr)
    _start, usable, _header, step = _layout(address, memory_size, payload_size, sim.config)
    if usable < step:
        return NX_SIZE_ERROR
    for other in sim.packet_pools:
        if other is pool_ptr or overlap(address, memory_size, other._address, other._size):
            return NX_PTR_ERROR
    if not not_isr_not_timer(sim):
        return NX_CALLER_ERROR
    return _nx_packet_pool_create(pool_ptr, name, payload_size, memory_ptr, memory_size)


def nx_packet_pool_delete(pool_ptr: "NX_PACKET_POOL | None") -> int:
    """Delete a pool; threads that wait for a packet get NX_POOL_DELETED.

    Packets still in use are not looked for.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (not from a thread).

    Source: NetX Duo guide ch. 4.
    """
    if _no_pool(pool_ptr):
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nx_packet_pool_delete(pool_ptr)  # type: ignore[arg-type]


def nx_packet_pool_info_get(
    pool_ptr: "NX_PACKET_POOL | None",
    total_packets: "Any",
    free_packets: "Any",
    empty_pool_requests: "Any",
    empty_pool_suspensions: "Any",
    invalid_packet_releases: "Any",
) -> int:
    """Read the counters of a pool; each output may be None.

    Args:
        pool_ptr (NX_PACKET_POOL): created pool.
        total_packets (Ref[int], out): packets in the pool.
        free_packets (Ref[int], out): packets free now.
        empty_pool_requests (Ref[int], out): allocations that found the pool empty.
        empty_pool_suspensions (Ref[int], out): allocations that waited.
        invalid_packet_releases (Ref[int], out): releases of packets that were not allocated.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt).

    Source: NetX Duo guide ch. 4.
    """
    if _no_pool(pool_ptr):
        return NX_PTR_ERROR
    if not not_isr(current()):
        return NX_CALLER_ERROR
    return _nx_packet_pool_info_get(
        pool_ptr,  # type: ignore[arg-type]
        total_packets,
        free_packets,
        empty_pool_requests,
        empty_pool_suspensions,
        invalid_packet_releases,
    )


def nx_packet_pool_low_watermark_set(pool_ptr: "NX_PACKET_POOL | None", low_water_mark: int) -> int:
    """Keep received TCP data and IP fragments only while more packets than this are free.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_LOW_WATERMARK is set; then
        NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (not from a thread).

    Source: NetX Duo guide ch. 4.
    """
    sim = current()
    if not sim.config.NX_ENABLE_LOW_WATERMARK:
        return NX_NOT_SUPPORTED
    if _no_pool(pool_ptr):
        return NX_PTR_ERROR
    if not threads_only(sim):
        return NX_CALLER_ERROR
    return _nx_packet_pool_low_watermark_set(pool_ptr, low_water_mark)  # type: ignore[arg-type]


def nx_packet_allocate(
    pool_ptr: "NX_PACKET_POOL | None", packet_ptr: "Any", packet_type: int, wait_option: int
) -> int:
    """Take a packet from a pool.

    Args:
        pool_ptr (NX_PACKET_POOL): created pool.
        packet_ptr (Ref[NX_PACKET], out): the packet; null if none came.
        packet_type (int): room kept in front of the data, such as NX_TCP_PACKET.
        wait_option (int): ticks to wait for a packet.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, pool not created); NX_OPTION_ERROR (type no
        multiple of 4); NX_CALLER_ERROR (a wait outside a thread); NX_INVALID_PARAMETERS (payload
        smaller than the type; output not written); NX_NO_PACKET (none free in time);
        NX_POOL_DELETED and NX_WAIT_ABORTED (during the wait).

    Blocks: up to wait_option ticks; waiters are served first in, first out whatever their priority.
    Packet: the caller's.
    Source: NetX Duo guide ch. 4.
    """
    if _no_pool(pool_ptr) or packet_ptr is None:
        return NX_PTR_ERROR
    if packet_type & 3:
        return NX_OPTION_ERROR
    if wait_option and not wait_allowed(pool_ptr._sim, wait_option):  # type: ignore[union-attr,arg-type]
        return NX_CALLER_ERROR
    return _nx_packet_allocate(pool_ptr, packet_ptr, packet_type, wait_option)  # type: ignore[arg-type]


def _release_checked(packet_ptr: "Any", release: "Any") -> int:
    packet = packet_of(packet_ptr)
    if packet is None or _no_owner(packet):
        return NX_PTR_ERROR
    outside = _outside_payload(packet)
    if outside:
        return outside
    status: int = release(packet)
    if not status:
        packet_null(packet_ptr)
    return status


def nx_packet_release(packet_ptr: "Any") -> int:
    """Return a packet and its chain to its pool; the first waiting thread gets it.

    Args:
        packet_ptr (NX_PACKET or Ref): the packet; a variable is set to null on success.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null, no created pool, or not in the allocated state, which
        the pool counts); NX_UNDERFLOW and NX_OVERFLOW (its pointers have left the payload).

    Source: NetX Duo guide ch. 4.
    """
    return _release_checked(packet_ptr, _nx_packet_release)


def nx_packet_transmit_release(packet_ptr: "Any") -> int:
    """For drivers: done with a packet.  Frees it, or marks it sent where TCP still keeps it.

    Args:
        packet_ptr (NX_PACKET or Ref): the packet; a variable is set to null on success.

    Returns:
        int: as ``nx_packet_release``.

    Source: NetX Duo guide ch. 5.
    """
    return _release_checked(packet_ptr, _nx_packet_transmit_release)


def nx_packet_data_append(
    packet_ptr: "NX_PACKET | None",
    data_start: "Any",
    data_size: int,
    pool_ptr: "NX_PACKET_POOL | None",
    wait_option: int,
) -> int:
    """Copy data to the end of a packet, chaining further packets where it does not fit.

    Args:
        packet_ptr (NX_PACKET): the packet.
        data_start (buffer or str): the data.
        data_size (int): bytes of it to copy.
        pool_ptr (NX_PACKET_POOL): where further packets come from.
        wait_option (int): ticks to wait for each of them.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, pool not created); NX_SIZE_ERROR (size 0, or
        chains are compiled out and it does not fit); NX_UNDERFLOW, NX_OVERFLOW (the packet's
        pointers have left the payload); NX_CALLER_ERROR (a wait outside a thread); NX_NO_PACKET,
        NX_POOL_DELETED, NX_WAIT_ABORTED, NX_INVALID_PARAMETERS (from the allocation; the packet is
        unchanged).

    Blocks: up to wait_option ticks for each packet.
    Source: NetX Duo guide ch. 4.
    """
    if pool_ptr is None or packet_ptr is None or data_start is None or _no_pool(pool_ptr):
        return NX_PTR_ERROR
    if not data_size:
        return NX_SIZE_ERROR
    outside = _outside_payload(packet_ptr)
    if outside:
        return outside
    if not wait_allowed(current(), wait_option):
        return NX_CALLER_ERROR
    return _nx_packet_data_append(packet_ptr, data_start, data_size, pool_ptr, wait_option)


def nx_packet_data_retrieve(packet_ptr: "NX_PACKET | None", buffer_start: "Any", bytes_copied: "Any") -> int:
    """Copy all data of a packet and its chain into a buffer, which must be large enough.

    Args:
        packet_ptr (NX_PACKET): the packet.
        buffer_start (writable buffer, out): at least the packet's length.
        bytes_copied (Ref[int], out): bytes copied.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null); NX_INVALID_PACKET (the chain holds fewer bytes
        than its length says).

    Source: NetX Duo guide ch. 4.
    """
    if packet_ptr is None or buffer_start is None or bytes_copied is None:
        return NX_PTR_ERROR
    return _nx_packet_data_retrieve(packet_ptr, buffer_start, bytes_copied)


def nx_packet_data_extract_offset(
    packet_ptr: "NX_PACKET | None", offset: int, buffer_start: "Any", buffer_length: int, bytes_copied: "Any"
) -> int:
    """Copy part of the data of a packet and its chain.

    Args:
        packet_ptr (NX_PACKET): the packet.
        offset (int): first byte wanted.
        buffer_start (writable buffer, out): where to.
        buffer_length (int): most bytes to copy.
        bytes_copied (Ref[int], out): bytes copied; not written on error.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null); NX_PACKET_OFFSET_ERROR (the offset is not
        below the length, except 0 on an empty packet; or the chain ends early).

    Source: NetX Duo guide ch. 4.
    """
    if packet_ptr is None or buffer_start is None or bytes_copied is None:
        return NX_PTR_ERROR
    return _nx_packet_data_extract_offset(packet_ptr, offset, buffer_start, buffer_length, bytes_copied)


def nx_packet_copy(
    packet_ptr: "NX_PACKET | None", new_packet_ptr: "Any", pool_ptr: "NX_PACKET_POOL | None", wait_option: int
) -> int:
    """Copy a packet and its chain, with the bytes in front of its data.

    Args:
        packet_ptr (NX_PACKET): the packet to copy.
        new_packet_ptr (Ref[NX_PACKET], out): the copy; null on error.
        pool_ptr (NX_PACKET_POOL): where the copy comes from.
        wait_option (int): ticks to wait for each packet.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, pool not created); NX_UNDERFLOW, NX_OVERFLOW (the
        packet's pointers have left the payload); NX_CALLER_ERROR (a wait outside a thread);
        NX_INVALID_PACKET (no data, or less than the length says); NX_NO_PACKET, NX_POOL_DELETED,
        NX_WAIT_ABORTED (from the allocation).

    Raises:
        DeviceFault: Q-COPY-OFFSET, the pool's payload is smaller than the offset of the packet's data.

    Blocks: up to wait_option ticks for each packet.
    Packet: the copy is the caller's.
    Source: NetX Duo guide ch. 4.
    """
    if pool_ptr is None or packet_ptr is None or new_packet_ptr is None or _no_pool(pool_ptr):
        return NX_PTR_ERROR
    outside = _outside_payload(packet_ptr)
    if outside:
        return outside
    if not wait_allowed(current(), wait_option):
        return NX_CALLER_ERROR
    return _nx_packet_copy(packet_ptr, new_packet_ptr, pool_ptr, wait_option)


def nx_packet_data_adjust(packet_ptr: NX_PACKET, header_size: int) -> int:
    """Make room in front of the data; an internal service of the device, without checks.

    Args:
        packet_ptr (NX_PACKET): the packet.
        header_size (int): bytes wanted in front of its data.

    Returns:
        int: NX_SUCCESS; NX_UNDERFLOW (payload smaller than that); NX_NOT_SUPPORTED (an odd size where
        the data must be split); NX_NO_PACKET (none free for the split); NX_INVALID_PARAMETERS.

    Source: recorded.
    """
    return _nx_packet_data_adjust(packet_ptr, header_size)


def nx_packet_debug_info_get(
    pool_ptr: NX_PACKET_POOL,
    packet_index: int,
    packet_pptr: "Any",
    packet_status: "Any",
    thread_info: "Any",
    file_info: "Any",
    line: "Any",
) -> int:
    """Look at one packet of a pool by number; an internal service of a debug build, without checks.

    Args:
        pool_ptr (NX_PACKET_POOL): created pool.
        packet_index (int): 0 is the first in memory.
        packet_pptr (Ref[NX_PACKET], out): the packet.
        packet_status (Ref[int], out): its state mark (NX_PACKET_FREE, NX_PACKET_ALLOCATED, ...).
        thread_info (Ref[str], out): who holds it.
        file_info (Ref[str], out): the service that allocated it.
        line (Ref[int], out): the tick at which it did.

    Returns:
        int: NX_SUCCESS.

    Source: NetX Duo guide, NX_ENABLE_PACKET_DEBUG_INFO.
    """
    return _nx_packet_debug_info_get(
        pool_ptr, packet_index, packet_pptr, packet_status, thread_info, file_info, line
    )


def nx_packet_length_get(packet_ptr: "NX_PACKET | None", length: "Any") -> int:
    """Read the length of a packet and its chain, in bytes.

    Args:
        packet_ptr (NX_PACKET): the packet.
        length (Ref[int], out): bytes.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or the packet has no created pool).

    Source: NetX Duo guide ch. 4.
    """
    if packet_ptr is None or length is None or _no_owner(packet_ptr):
        return NX_PTR_ERROR
    return _nx_packet_length_get(packet_ptr, length)
