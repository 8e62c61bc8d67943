"""The data of packets: append, copy, extract, and bytes as Python likes them.

Read first: ``packet_pool.py``, whose names this module hands on.  A chain is a row of packets whose
first one holds the length of all; what does not fit one payload goes into further packets, all or
nothing.

Functions here check nothing; the checks of the public services are in ``checked/packet.py``.
"""

from netx_sim.fault import DeviceFault
from netx_sim.packet_pool import (
    NX_PACKET,
    NX_PACKET_POOL,
    _nx_packet_allocate,
    _nx_packet_pool_create,
    _nx_packet_pool_delete,
    _nx_packet_pool_info_get,
    _nx_packet_pool_low_watermark_set,
    _nx_packet_release,
    _nx_packet_transmit_release,
    packet_bytes,
    packet_get,
    packet_null,
    packet_of,
    packet_parts,
)
from netx_sim.status import (
    NX_INVALID_PACKET,
    NX_NOT_SUPPORTED,
    NX_PACKET_OFFSET_ERROR,
    NX_SIZE_ERROR,
    NX_SUCCESS,
    NX_UNDERFLOW,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "NX_PACKET",
    "NX_PACKET_POOL",
    "_nx_packet_allocate",
    "_nx_packet_copy",
    "_nx_packet_data_adjust",
    "_nx_packet_data_append",
    "_nx_packet_data_extract_offset",
    "_nx_packet_data_retrieve",
    "_nx_packet_debug_info_get",
    "_nx_packet_length_get",
    "_nx_packet_pool_create",
    "_nx_packet_pool_delete",
    "_nx_packet_pool_info_get",
    "_nx_packet_pool_low_watermark_set",
    "_nx_packet_release",
    "_nx_packet_transmit_release",
    "packet_bytes",
    "packet_get",
    "packet_null",
    "packet_of",
    "packet_parts",
    "packet_write",
]


def _size_of(data: "Any", size: int) -> "memoryview":
    view = memoryview(data)
    if len(view) < size:
        raise TypeError("data_start: buffer of " + str(len(view)) + " bytes is shorter than data_size " + str(size))
    return view


def _nx_packet_data_append(
    packet_ptr: NX_PACKET, data_start: "Any", data_size: int, pool_ptr: NX_PACKET_POOL, wait_option: int
) -> int:
    """Fill the room in the last packet, then chain packets of ``pool_ptr``; all or nothing."""
    if isinstance(data_start, str):
        data_start = data_start.encode()
    view = _size_of(data_start, data_size)
    last = packet_ptr.nx_packet_last or packet_ptr
    room = last.nx_packet_data_end - last.nx_packet_append_ptr
    added: "list[NX_PACKET]" = []
    if data_size > room:
        status = _chain_allocate(pool_ptr, data_size - room, wait_option, added)
        if status:
            return status
    taken = 0
    for packet in [last] + added:
        count = min(packet.nx_packet_data_end - packet.nx_packet_append_ptr, data_size - taken)
        append = packet.nx_packet_append_ptr
        packet._mem[append : append + count] = view[taken : taken + count]
        packet.nx_packet_append_ptr = append + count
        taken += count
    for packet in added:
        last.nx_packet_next = packet
        packet_ptr.nx_packet_last = last = packet
    packet_ptr.nx_packet_length = (packet_ptr.nx_packet_length + data_size) & 0xFFFFFFFF
    return NX_SUCCESS


def _chain_allocate(
    pool: NX_PACKET_POOL, size: int, wait_option: int, added: "list[NX_PACKET]"
) -> int:
    """Allocate packets for ``size`` bytes; on failure none is kept."""
    sim = pool._sim
    if sim is not None and sim.config.NX_DISABLE_PACKET_CHAIN:
        return NX_SIZE_ERROR
    variable: "list[Any]" = [None]
    while size > 0:
        status = _nx_packet_allocate(pool, variable, 0, wait_option, "nx_packet_data_append")
        if status:
            for packet in added:
                _nx_packet_release(packet)
            return status
        added.append(variable[0])
        size -= pool.nx_packet_pool_payload_size
    return NX_SUCCESS


def packet_write(packet: NX_PACKET, data: "Any", pool: NX_PACKET_POOL, owner: str) -> bool:
    """Append all of ``data`` without waiting, chaining packets of ``pool``; False if it ran out."""
    size = len(data)
    append = packet.nx_packet_append_ptr
    if packet.nx_packet_last is None and size <= packet.nx_packet_data_end - append:
        packet._mem[append : append + size] = data
        packet.nx_packet_append_ptr = append + size
        packet.nx_packet_length += size
        return True
    if _nx_packet_data_append(packet, data, size, pool, 0):
        return False
    following = packet.nx_packet_next
    while following is not None:
        following._holder = following._allocated_by = owner
        following = following.nx_packet_next
    return True


def _nx_packet_data_retrieve(packet_ptr: NX_PACKET, buffer_start: "Any", bytes_copied: "Any") -> int:
    buffer = memoryview(buffer_start)
    remaining = packet_ptr.nx_packet_length
    copied = 0
    for piece in packet_parts(packet_ptr):
        count = min(len(piece), remaining)
        _check_room(buffer, copied + count, "buffer_start")
        buffer[copied : copied + count] = piece[:count]
        copied += count
        remaining -= count
    bytes_copied[0] = copied
    return NX_INVALID_PACKET if remaining else NX_SUCCESS


def _check_room(buffer: memoryview, size: int, name: str) -> None:
    if len(buffer) < size:
        raise TypeError(name + ": buffer of " + str(len(buffer)) + " bytes is too short")


def _nx_packet_data_extract_offset(
    packet_ptr: NX_PACKET, offset: int, buffer_start: "Any", buffer_length: int, bytes_copied: "Any"
) -> int:
    length = packet_ptr.nx_packet_length
    if offset >= length:
        if offset or length:
            return NX_PACKET_OFFSET_ERROR
        bytes_copied[0] = 0
        return NX_SUCCESS
    wanted = min(buffer_length, length - offset)
    buffer = memoryview(buffer_start)
    _check_room(buffer, wanted, "buffer_start")
    copied = 0
    for piece in packet_parts(packet_ptr):
        if offset >= len(piece):
            offset -= len(piece)
            continue
        count = min(len(piece) - offset, wanted - copied)
        buffer[copied : copied + count] = piece[offset : offset + count]
        copied += count
        offset = 0
    if copied < wanted:
        return NX_PACKET_OFFSET_ERROR
    bytes_copied[0] = copied
    return NX_SUCCESS


def _nx_packet_copy(
    packet_ptr: NX_PACKET, new_packet_ptr: "Any", pool_ptr: NX_PACKET_POOL, wait_option: int
) -> int:
    """Copy a chain, headroom of the first packet included; chain boundaries may differ."""
    new_packet_ptr[0] = None
    if not packet_ptr.nx_packet_length:
        return NX_INVALID_PACKET
    variable: "list[Any]" = [None]
    status = _nx_packet_allocate(pool_ptr, variable, 0, wait_option, "nx_packet_copy")
    if status:
        return status
    copy: NX_PACKET = variable[0]
    headroom = packet_ptr.nx_packet_prepend_ptr - packet_ptr.nx_packet_data_start
    _copy_headroom(packet_ptr, copy, headroom)
    for piece in packet_parts(packet_ptr):
        status = _nx_packet_data_append(copy, piece, len(piece), pool_ptr, wait_option)
        if status:
            _nx_packet_release(copy)
            return status
    _copy_fields(packet_ptr, copy)
    if copy.nx_packet_length != packet_ptr.nx_packet_length:
        _nx_packet_release(copy)
        return NX_INVALID_PACKET
    new_packet_ptr[0] = copy
    return NX_SUCCESS


def _copy_headroom(source: NX_PACKET, copy: NX_PACKET, headroom: int) -> None:
    """Same prepend offset, with the bytes in front of it."""
    begin, start = copy.nx_packet_data_start, source.nx_packet_data_start
    if headroom > copy.nx_packet_data_end - begin:
        _nx_packet_release(copy)
        raise DeviceFault(
            "Q-COPY-OFFSET",
            "nx_packet_copy into a pool whose payload is smaller than the data's offset makes a malformed packet",
        )
    copy._mem[begin : begin + headroom] = source._mem[start : start + headroom]
    copy.nx_packet_prepend_ptr = copy.nx_packet_append_ptr = begin + headroom


def _copy_fields(source: NX_PACKET, copy: NX_PACKET) -> None:
    copy.nx_packet_ip_version = source.nx_packet_ip_version
    copy.nx_packet_interface_ptr = source.nx_packet_interface_ptr
    copy.nx_packet_ip_header_length = source.nx_packet_ip_header_length
    header = source.nx_packet_ip_header
    if header is not None:
        copy.nx_packet_ip_header = header - source.nx_packet_data_start + copy.nx_packet_data_start


def _nx_packet_length_get(packet_ptr: NX_PACKET, length: "Any") -> int:
    length[0] = packet_ptr.nx_packet_length
    return NX_SUCCESS


def _nx_packet_data_adjust(packet_ptr: NX_PACKET, header_size: int) -> int:
    """Make room for ``header_size`` bytes in front of the data: by moving it, or by a second packet."""
    start, end = packet_ptr.nx_packet_data_start, packet_ptr.nx_packet_data_end
    prepend, append = packet_ptr.nx_packet_prepend_ptr, packet_ptr.nx_packet_append_ptr
    if prepend - start >= header_size:
        return NX_SUCCESS
    if end - start < header_size:
        return NX_UNDERFLOW
    size = append - prepend
    keep = min(size, end - start - header_size)
    if keep < size:
        status = _split_tail(packet_ptr, prepend + keep, header_size)
        if status:
            return status
    packet_ptr._mem[start + header_size : start + header_size + keep] = bytes(
        packet_ptr._mem[prepend : prepend + keep]
    )
    packet_ptr.nx_packet_prepend_ptr = start + header_size
    packet_ptr.nx_packet_append_ptr = start + header_size + keep
    return NX_SUCCESS


def _split_tail(packet: NX_PACKET, tail: int, header_size: int) -> int:
    """Move the data from offset ``tail`` on into a new packet behind this one."""
    if header_size & 1:
        return NX_NOT_SUPPORTED
    variable: "list[Any]" = [None]
    pool = packet.nx_packet_pool_owner
    status = _nx_packet_allocate(pool, variable, 0, 0, "nx_packet_data_adjust")  # type: ignore[arg-type]
    if status:
        return status
    added: NX_PACKET = variable[0]
    moved = packet.nx_packet_append_ptr - tail
    begin = added.nx_packet_data_start
    added._mem[begin : begin + moved] = packet._mem[tail : tail + moved]
    added.nx_packet_append_ptr = begin + moved
    added.nx_packet_next = packet.nx_packet_next
    packet.nx_packet_next = added
    if packet.nx_packet_last is None or packet.nx_packet_last is packet:
        packet.nx_packet_last = added
    return NX_SUCCESS


def _nx_packet_debug_info_get(
    pool_ptr: NX_PACKET_POOL,
    packet_index: int,
    packet_pptr: "Any",
    packet_status: "Any",
    thread_info: "Any",
    file_info: "Any",
    line: "Any",
) -> int:
    """State of packet number ``packet_index`` of a pool (a debug build's service)."""
    packet = pool_ptr._packets[packet_index]
    mark = packet.nx_packet_tcp_queue_next
    packet_pptr[0] = packet
    packet_status[0] = mark if isinstance(mark, int) else 0
    thread_info[0] = packet._holder
    file_info[0] = packet._allocated_by
    line[0] = packet._allocated_tick
    return NX_SUCCESS
