"""Packets and packet pools: NX_PACKET, NX_PACKET_POOL, allocation and release.  Data are in ``packet.py``.

Read first: NetX Duo guide, chapter 3, packet pools; the sizing rule at ``_layout``.

The pool lives in the caller's memory; a packet's pointers are offsets into that memory.  Who owns a
packet is told by its state mark (free, allocated, queued in TCP) exactly as on a device, and for
reports by ``_holder``: a send that succeeds takes the packet, a receive that succeeds gives it.

Functions here check nothing; the checks of the public services are in ``checked/packet.py``.
"""

from netx_sim.constants import (
    NX_DRIVER_TX_DONE,
    NX_PACKET_ALLOCATED,
    NX_PACKET_FREE,
    NX_PACKET_POOL_ID,
)
from netx_sim.diagnostics import report
from netx_sim.kernel import current
from netx_sim.leaks import TracedPackets, leaks_tell, program_line
from netx_sim.memory import address_of
from netx_sim.status import (
    NX_INVALID_PARAMETERS,
    NX_NO_PACKET,
    NX_POOL_DELETED,
    NX_PTR_ERROR,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel import Simulation
    from netx_sim.kernel.thread_block import TX_THREAD


class NX_PACKET:
    """One packet of a pool.  Made by the pool; pointers are offsets into the pool's memory."""

    __slots__ = (
        "_allocated_at",
        "_allocated_by",
        "_allocated_tick",
        "_holder",
        "_mem",
        "nx_packet_append_ptr",
        "nx_packet_data_end",
        "nx_packet_data_start",
        "nx_packet_destination_header",
        "nx_packet_fragment_next",
        "nx_packet_identical_copy",
        "nx_packet_interface_ptr",
        "nx_packet_ip_header",
        "nx_packet_ip_header_length",
        "nx_packet_ip_version",
        "nx_packet_ipv6_address_ptr",
        "nx_packet_last",
        "nx_packet_length",
        "nx_packet_next",
        "nx_packet_option_offset",
        "nx_packet_option_state",
        "nx_packet_pool_owner",
        "nx_packet_prepend_ptr",
        "nx_packet_queue_next",
        "nx_packet_reassembly_time",
        "nx_packet_tcp_queue_next",
    )

    def __init__(self, pool: "NX_PACKET_POOL | None" = None, start: int = 0, end: int = 0) -> None:
        self.nx_packet_pool_owner = pool
        self.nx_packet_data_start = start
        self.nx_packet_data_end = end
        self.nx_packet_prepend_ptr = start
        self.nx_packet_append_ptr = start
        self.nx_packet_next: "NX_PACKET | None" = None
        self.nx_packet_last: "NX_PACKET | None" = None
        self.nx_packet_queue_next: "Any" = None
        self.nx_packet_tcp_queue_next: "Any" = NX_PACKET_FREE
        self.nx_packet_fragment_next: "NX_PACKET | None" = None
        self.nx_packet_length = 0
        self.nx_packet_reassembly_time = 0
        self.nx_packet_option_state = 0
        self.nx_packet_destination_header = 0
        self.nx_packet_option_offset = 0
        self.nx_packet_ip_version = 0
        self.nx_packet_identical_copy = 0
        self.nx_packet_ip_header_length = 0
        self.nx_packet_interface_ptr: "Any" = None
        self.nx_packet_ipv6_address_ptr: "Any" = None
        self.nx_packet_ip_header: "int | None" = None
        self._mem: "Any" = pool._mem if pool is not None else None
        self._holder = ""
        self._allocated_at = ""
        self._allocated_by = ""
        self._allocated_tick = 0

    @property
    def nx_packet_address(self) -> "NX_PACKET":
        """The union of interface and IPv6 address; its members are fields of the packet itself here."""
        return self

    @property
    def nx_packet_union_next(self) -> "NX_PACKET":
        """The union of TCP queue and fragment links; its members are fields of the packet itself here."""
        return self

    def __len__(self) -> int:
        return self.nx_packet_length

    def __bool__(self) -> bool:
        return True

    def __bytes__(self) -> bytes:
        return packet_bytes(self)

    def __repr__(self) -> str:
        pool = self.nx_packet_pool_owner
        name = pool.nx_packet_pool_name if pool is not None else None
        return "<NX_PACKET of " + str(name) + " length " + str(self.nx_packet_length) + " held by " + self._holder + ">"


class TracedPacket(NX_PACKET):
    """A packet that knows since when its holder has it; in worlds that trace allocations."""

    __slots__ = ("_held_by", "_held_since")

    @property
    def _holder(self) -> str:
        return self._held_by

    @_holder.setter
    def _holder(self, holder: str) -> None:
        self._held_by = holder
        self._held_since: int = self.nx_packet_pool_owner._sim.now  # type: ignore[union-attr]


class NX_PACKET_POOL:
    """One pool.  Created empty by the caller, filled by ``nx_packet_pool_create``."""

    __slots__ = (
        "_address",
        "_free",
        "_low_watermark",
        "_mem",
        "_packets",
        "_sim",
        "_size",
        "_waiters",
        "nx_packet_pool_available",
        "nx_packet_pool_empty_requests",
        "nx_packet_pool_empty_suspensions",
        "nx_packet_pool_id",
        "nx_packet_pool_invalid_releases",
        "nx_packet_pool_name",
        "nx_packet_pool_payload_size",
        "nx_packet_pool_size",
        "nx_packet_pool_start",
        "nx_packet_pool_total",
    )

    def __init__(self) -> None:
        self.nx_packet_pool_id = 0
        self.nx_packet_pool_name: "Any" = None
        self.nx_packet_pool_available = 0
        self.nx_packet_pool_total = 0
        self.nx_packet_pool_empty_requests = 0
        self.nx_packet_pool_empty_suspensions = 0
        self.nx_packet_pool_invalid_releases = 0
        self.nx_packet_pool_start = 0
        self.nx_packet_pool_size = 0
        self.nx_packet_pool_payload_size = 0
        self._sim: "Simulation | None" = None
        self._mem: "Any" = None
        self._address = 0
        self._size = 0
        self._packets: "list[NX_PACKET]" = []
        self._free: "list[NX_PACKET]" = []
        self._waiters: "list[TX_THREAD]" = []
        self._low_watermark = 0

    @property
    def nx_packet_pool_suspended_count(self) -> int:
        """Threads that wait for a packet."""
        return len(self._waiters)

    @property
    def nx_packet_pool_available_list(self) -> "NX_PACKET | None":
        """Head of the free list."""
        return self._free[-1] if self._free else None

    @property
    def nx_packet_pool_suspension_list(self) -> "TX_THREAD | None":
        """The thread that has waited longest."""
        return self._waiters[0] if self._waiters else None

    @property
    def nx_packet_pool_created_next(self) -> "NX_PACKET_POOL | None":
        """The pool created after this one; after the last comes the first."""
        return self._neighbour(1)

    @property
    def nx_packet_pool_created_previous(self) -> "NX_PACKET_POOL | None":
        """The pool created before this one."""
        return self._neighbour(-1)

    def _neighbour(self, step: int) -> "NX_PACKET_POOL | None":
        pools: "list[NX_PACKET_POOL]" = self._sim.packet_pools if self._sim is not None else []
        return pools[(pools.index(self) + step) % len(pools)] if self in pools else None

    def __repr__(self) -> str:
        return (
            "<NX_PACKET_POOL "
            + str(self.nx_packet_pool_name)
            + " "
            + str(self.nx_packet_pool_available)
            + "/"
            + str(self.nx_packet_pool_total)
            + " free>"
        )


# -- pools ------------------------------------------------------------------------------------------


def _layout(address: int, size: int, payload_size: int, config: "Any") -> "tuple[int, int, int, int]":
    """Where packets lie: (offset of the first, usable bytes, header size, bytes from one to the next).

    Header and payload are each rounded up to the alignment; the rounding bytes are not usable.
    """
    alignment = config.NX_PACKET_ALIGNMENT
    start = -address % alignment
    usable = (size - start) // alignment * alignment
    header = -(-config.NX_SIM_PACKET_SIZE // alignment) * alignment
    step = -(-(header + payload_size) // alignment) * alignment
    return start, usable, header, step


def _nx_packet_pool_create(
    pool_ptr: NX_PACKET_POOL, name: "Any", payload_size: int, memory_ptr: "Any", memory_size: int
) -> int:
    sim = current()
    memory = memoryview(memory_ptr)
    pool_ptr.__init__()  # type: ignore[misc]
    address = address_of(memory_ptr)
    start, usable, header, step = _layout(address, memory_size, payload_size, sim.config)
    pool_ptr.nx_packet_pool_name = name
    pool_ptr.nx_packet_pool_payload_size = payload_size
    pool_ptr.nx_packet_pool_start = start
    pool_ptr.nx_packet_pool_size = usable
    pool_ptr._sim = sim
    pool_ptr._mem = memory
    pool_ptr._address = address
    pool_ptr._size = memory_size
    kind = TracedPacket if sim.trace_allocations else NX_PACKET
    for offset in range(start, start + usable - step + 1, step):
        pool_ptr._packets.append(kind(pool_ptr, offset + header, offset + header + payload_size))
    count = len(pool_ptr._packets)
    free = list(reversed(pool_ptr._packets))
    pool_ptr._free = TracedPackets(free) if sim.trace_allocations else free
    pool_ptr.nx_packet_pool_total = pool_ptr.nx_packet_pool_available = count
    if not sim.packet_pools:
        sim.at_end.append(lambda: leaks_tell(sim))
    sim.packet_pools.append(pool_ptr)
    pool_ptr.nx_packet_pool_id = NX_PACKET_POOL_ID
    return NX_SUCCESS


def _nx_packet_pool_delete(pool_ptr: NX_PACKET_POOL) -> int:
    sim = pool_ptr._sim
    assert sim is not None
    pool_ptr.nx_packet_pool_id = 0
    sim.packet_pools.remove(pool_ptr)
    while pool_ptr._waiters:
        sim.resume(pool_ptr._waiters[0], NX_POOL_DELETED)
    sim.preempt()
    return NX_SUCCESS


def _nx_packet_pool_info_get(
    pool_ptr: NX_PACKET_POOL,
    total_packets: "Any",
    free_packets: "Any",
    empty_pool_requests: "Any",
    empty_pool_suspensions: "Any",
    invalid_packet_releases: "Any",
) -> int:
    """What is wanted; a build without statistics counts the packets alone."""
    kept = 0 if pool_ptr._sim.config.NX_DISABLE_PACKET_INFO else 1  # type: ignore[union-attr]
    for pointer, value in (
        (total_packets, pool_ptr.nx_packet_pool_total),
        (free_packets, pool_ptr.nx_packet_pool_available),
        (empty_pool_requests, pool_ptr.nx_packet_pool_empty_requests * kept),
        (empty_pool_suspensions, pool_ptr.nx_packet_pool_empty_suspensions * kept),
        (invalid_packet_releases, pool_ptr.nx_packet_pool_invalid_releases * kept),
    ):
        if pointer is not None:
            pointer[0] = value
    return NX_SUCCESS


def _nx_packet_pool_low_watermark_set(pool_ptr: NX_PACKET_POOL, low_water_mark: int) -> int:
    pool_ptr._low_watermark = low_water_mark
    return NX_SUCCESS


# -- allocation and release -------------------------------------------------------------------------


def packet_get(pool: NX_PACKET_POOL, packet_type: int, owner: str) -> "NX_PACKET | None":
    """Take a packet without waiting; None if the pool is empty (which is counted)."""
    free = pool._free
    if not free:
        pool.nx_packet_pool_empty_requests += 1
        return None
    packet = free.pop()
    pool.nx_packet_pool_available -= 1
    packet.nx_packet_prepend_ptr = packet.nx_packet_append_ptr = packet.nx_packet_data_start + packet_type
    packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
    packet.nx_packet_ip_version = 4
    packet._holder = packet._allocated_by = owner
    packet._allocated_tick = pool._sim.now  # type: ignore[union-attr]
    return packet


def _blank(packet: NX_PACKET) -> None:
    """Bring a returned packet to the state in which the free list keeps it."""
    packet.nx_packet_next = None
    packet.nx_packet_last = None
    packet.nx_packet_queue_next = None
    packet.nx_packet_length = 0
    packet.nx_packet_interface_ptr = None
    packet.nx_packet_ip_header = None
    packet.nx_packet_ip_header_length = 0
    packet.nx_packet_identical_copy = 0


def _nx_packet_allocate(
    pool_ptr: NX_PACKET_POOL,
    packet_ptr: "Any",
    packet_type: int,
    wait_option: int,
    owner: str = "nx_packet_allocate",
) -> int:
    if pool_ptr.nx_packet_pool_payload_size < packet_type:
        return NX_INVALID_PARAMETERS
    packet_ptr[0] = None
    packet = packet_get(pool_ptr, packet_type, owner)
    if packet is None:
        if not wait_option:
            return NX_NO_PACKET
        status, packet = _wait_for_packet(pool_ptr, packet_type, wait_option, owner)
        if packet is None:
            return status
    packet_ptr[0] = packet
    return NX_SUCCESS


def _wait_for_packet(
    pool: NX_PACKET_POOL, packet_type: int, wait_option: int, owner: str
) -> "tuple[int, NX_PACKET | None]":
    """Join the waiters, first in first out; a release hands its packet over directly."""
    sim = pool._sim
    assert sim is not None
    pool.nx_packet_pool_empty_suspensions += 1
    thread = sim.current
    status = sim.wait(pool._waiters, wait_option, timeout_status=NX_NO_PACKET, what=pool)
    packet: "NX_PACKET | None" = thread._wait_result if thread is not None else None
    if packet is not None:
        packet.nx_packet_prepend_ptr = packet.nx_packet_append_ptr = packet.nx_packet_data_start + packet_type
        packet._holder = packet._allocated_by = owner
        if sim.trace_allocations:
            packet._allocated_at = program_line()
    return status, packet


def packet_of(packet_ptr: "Any") -> "NX_PACKET | None":
    """The packet behind a C packet argument: an NX_PACKET, or a variable (Ref) that holds one."""
    if packet_ptr is None or isinstance(packet_ptr, NX_PACKET):
        return packet_ptr
    held = packet_ptr[0]
    if held is None or isinstance(held, NX_PACKET):
        return held
    raise TypeError("packet_ptr must be an NX_PACKET or a variable that holds one")


def packet_null(packet_ptr: "Any") -> None:
    """Set the caller's variable to null, where the caller passed one."""
    if not isinstance(packet_ptr, NX_PACKET):
        packet_ptr[0] = None


def _nx_packet_release(packet_ptr: NX_PACKET) -> int:
    """Return a chain to its pools; stops at a packet that is not allocated."""
    packet: "NX_PACKET | None" = packet_ptr
    woken = None
    while packet is not None:
        pool = packet.nx_packet_pool_owner
        following = packet.nx_packet_next
        if packet.nx_packet_tcp_queue_next != NX_PACKET_ALLOCATED:
            _invalid_release(packet, pool)  # type: ignore[arg-type]
            return NX_PTR_ERROR
        _blank(packet)
        if pool._waiters:  # type: ignore[union-attr]
            woken = _hand_over(packet, pool)  # type: ignore[arg-type]
        else:
            packet.nx_packet_tcp_queue_next = NX_PACKET_FREE
            packet._holder = ""
            pool._free.append(packet)  # type: ignore[union-attr]
            pool.nx_packet_pool_available += 1  # type: ignore[union-attr]
        packet = following
    if woken is not None:
        woken.preempt()
    return NX_SUCCESS


def _invalid_release(packet: NX_PACKET, pool: NX_PACKET_POOL) -> None:
    pool.nx_packet_pool_invalid_releases += 1
    report("fault", "invalid-release", "a packet was released that is free or queued: " + repr(packet))


def _hand_over(packet: NX_PACKET, pool: NX_PACKET_POOL) -> "Simulation":
    """Give a returned packet to the first waiter; the free count does not change."""
    sim = pool._sim
    assert sim is not None
    packet.nx_packet_ip_version = 0  # as on a device: 4 only when got without waiting
    packet._allocated_tick = sim.now
    sim.resume(pool._waiters[0], NX_SUCCESS, packet)
    return sim


def _nx_packet_transmit_release(packet_ptr: NX_PACKET) -> int:
    """A driver is done: free the packet, or tell TCP, which still keeps it, that it may be resent."""
    if packet_ptr.nx_packet_tcp_queue_next not in (NX_PACKET_ALLOCATED, NX_PACKET_FREE):
        packet_ptr.nx_packet_queue_next = NX_DRIVER_TX_DONE
        packet_ptr.nx_packet_prepend_ptr += packet_ptr.nx_packet_ip_header_length
        packet_ptr.nx_packet_length -= packet_ptr.nx_packet_ip_header_length
        return NX_SUCCESS
    return _nx_packet_release(packet_ptr)


def packet_parts(packet_ptr: "NX_PACKET | None") -> "list[memoryview]":
    """The data of a packet and its chain, one view a packet that holds any."""
    pieces = []
    while packet_ptr is not None:
        start, end = packet_ptr.nx_packet_prepend_ptr, packet_ptr.nx_packet_append_ptr
        if end > start:
            pieces.append(packet_ptr._mem[start:end])
        packet_ptr = packet_ptr.nx_packet_next
    return pieces


def packet_bytes(packet_ptr: "NX_PACKET | None") -> bytes:
    """The data of a packet and its chain; stops at append, whatever the length field says."""
    if packet_ptr is not None and packet_ptr.nx_packet_next is None:
        return bytes(packet_ptr._mem[packet_ptr.nx_packet_prepend_ptr : packet_ptr.nx_packet_append_ptr])
    return b"".join([bytes(piece) for piece in packet_parts(packet_ptr)])
