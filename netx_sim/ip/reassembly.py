"""Putting fragments together again, as IPv4 and IPv6 do alike (RFC 791 section 3.2, RFC 8200 section 4.5).

An Assembly holds the fragments of one datagram by offset.  A datagram with overlapping fragments never
becomes complete, as on the device; its time is counted in one-second events and acts one event after
the count has reached 0.  Loaded with the first of ``ip.fragment`` and ``ipv6.fragment``.
"""

from netx_sim.ip.thread import ip_periodic_base
from netx_sim.packet import _nx_packet_release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET


class Assembly:
    """The fragments of one datagram, by offset."""

    __slots__ = ("deadline", "fragments", "total")

    def __init__(self, deadline: int) -> None:
        self.deadline = deadline
        self.total = -1  # bytes of data, once the last fragment has told
        self.fragments: "list[tuple[int, int, NX_PACKET]]" = []  # (offset, bytes, packet), by offset


def assembly_begin(ip_ptr: "NX_IP", seconds: int) -> Assembly:
    """An empty one that may take `seconds`."""
    event = ip_ptr._periodic_event
    assembly = Assembly(ip_periodic_base(ip_ptr) + (seconds + 1) * event.period)
    event.want(assembly.deadline)
    return assembly


def fragment_insert(assembly: Assembly, packet: "NX_PACKET", offset: int, header_size: int, more: int) -> None:
    """Put a fragment in its place; one whose offset is there already is released."""
    size = packet.nx_packet_length - header_size
    place = 0
    for there, _, _ in assembly.fragments:
        if there == offset:
            _nx_packet_release(packet)
            return
        if there < offset:
            place += 1
    assembly.fragments.insert(place, (offset, size, packet))
    if not more:
        assembly.total = offset + size


def is_complete(assembly: Assembly) -> bool:
    """Does each fragment begin exactly where the one before it ends, up to the last?"""
    expected = 0
    for offset, size, _ in assembly.fragments:
        if offset != expected:
            return False
        expected += size
    return expected == assembly.total


def fragments_chain(assembly: Assembly, header_size: int) -> "NX_PACKET":
    """Chain the data of all, without their headers, behind the first fragment, which keeps its own."""
    head = assembly.fragments[0][2]
    tail = head.nx_packet_last or head
    for _, size, packet in assembly.fragments[1:]:
        packet.nx_packet_prepend_ptr += header_size
        tail.nx_packet_next = packet
        tail = packet.nx_packet_last or packet
        packet.nx_packet_last = None
        head.nx_packet_length += size
    head.nx_packet_last = tail if tail is not head else None
    return head


def assemblies_expired(ip_ptr: "NX_IP", assemblies: "dict[Any, Assembly]") -> "list[Assembly]":
    """Take out and count those whose time is over; the event of the others' deadlines is wanted again."""
    now = ip_ptr._sim.now
    expired = []
    for key, assembly in list(assemblies.items()):
        if assembly.deadline > now:
            ip_ptr._periodic_event.want(assembly.deadline)
        else:
            expired.append(assemblies.pop(key))
            ip_ptr.nx_ip_reassembly_failures += 1
    return expired


def fragments_release(assembly: Assembly) -> None:
    """Give back all that was collected."""
    for _, _, packet in assembly.fragments:
        _nx_packet_release(packet)
