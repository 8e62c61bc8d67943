"""IPv6 fragments (RFC 8200 section 4.5), sent and received.  Loaded when the first one comes or goes.

What the device does its own way: sending needs no enable call, receiving does (``nx_ip_fragment_enable``); a
datagram with overlapping fragments never becomes complete; the time to collect one is NX_IPV6_MAX_REASSEMBLY_TIME,
counted in one-second events, and acts one event after the count has reached 0.
"""

import struct

from netx_sim.constants import NX_IP_VERSION_V6
from netx_sim.constants_ipv6 import NX_IPv6_PACKET
from netx_sim.ip.reassembly import (
    assemblies_expired,
    assembly_begin,
    fragment_insert,
    fragments_chain,
    fragments_release,
    is_complete,
)
from netx_sim.ipv6.block import ipv6_of
from netx_sim.ipv6.receive import addresses_of, drop, headers_process
from netx_sim.link import driver_send
from netx_sim.packet import (
    _nx_packet_release,
    _nx_packet_transmit_release,
    packet_get,
    packet_parts,
    packet_write,
)
from netx_sim.wire.icmpv6 import (
    ERRONEOUS_HEADER_FIELD,
    PARAMETER_PROBLEM,
    REASSEMBLY_TIME_EXCEEDED,
    TIME_EXCEEDED,
)
from netx_sim.wire.ipv6 import (
    FRAGMENT,
    FRAGMENT_FORMAT,
    FRAGMENT_OFFSET_MASK,
    FRAGMENT_SIZE,
    HEADER_SIZE,
    MORE_FRAGMENTS,
    NEXT_HEADER_AT,
    PAYLOAD_LENGTH_AT,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.ip.reassembly import Assembly
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET


# -- receiving --------------------------------------------------------------------------------------


def fragment_receive(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Collect a fragment, prepend at its fragment header.  Packet: taken."""
    start = packet.nx_packet_prepend_ptr
    if packet.nx_packet_append_ptr - start < FRAGMENT_SIZE:
        drop(ip_ptr, packet)
        return
    ip_ptr.nx_ip_total_fragments_received += 1
    ip_ptr.nx_ip_total_bytes_received += packet.nx_packet_length
    if ip_ptr._fragment_assembly is None:
        _nx_packet_release(packet)
        return
    _next_header, _reserved, field, identification = struct.unpack_from(FRAGMENT_FORMAT, packet._mem, start)
    if field & MORE_FRAGMENTS and packet.nx_packet_length & 7:
        if ip_ptr._icmpv6_error is not None:
            pointer = PAYLOAD_LENGTH_AT
            ip_ptr._icmpv6_error(ip_ptr, packet, PARAMETER_PROBLEM, ERRONEOUS_HEADER_FIELD, pointer)
        _nx_packet_release(packet)
        return
    _collect(ip_ptr, packet, field, identification)


def _collect(ip_ptr: "NX_IP", packet: "NX_PACKET", field: int, identification: int) -> None:
    """Put a fragment to the others of its datagram, and send that on its way when it is complete."""
    assemblies = ipv6_of(ip_ptr).assemblies
    source, destination = addresses_of(packet)
    key = (identification, source, destination)
    assembly = assemblies.get(key)
    if assembly is None:
        seconds = ip_ptr._sim.config.NX_IPV6_MAX_REASSEMBLY_TIME
        assembly = assemblies[key] = assembly_begin(ip_ptr, seconds)
    packet._holder = "IPv6 reassembly"
    fragment_insert(assembly, packet, field & FRAGMENT_OFFSET_MASK, FRAGMENT_SIZE, field & MORE_FRAGMENTS)
    if is_complete(assembly):
        del assemblies[key]
        _deliver(ip_ptr, assembly)


def _deliver(ip_ptr: "NX_IP", assembly: "Assembly") -> None:
    """Pass the first fragment's own header, and go on with what it names."""
    head = fragments_chain(assembly, FRAGMENT_SIZE)
    ip_ptr.nx_ip_packets_reassembled += 1
    ip_ptr.nx_ip_total_bytes_received += FRAGMENT_SIZE
    start = head.nx_packet_prepend_ptr
    next_header: int = head._mem[start]
    head.nx_packet_prepend_ptr = start + FRAGMENT_SIZE
    head.nx_packet_length -= FRAGMENT_SIZE
    headers_process(ip_ptr, head, next_header, start - head.nx_packet_ip_header)  # type: ignore[operator]


def assemblies_slow(ip_ptr: "NX_IP") -> None:
    """The one-second event: give up datagrams whose time is over."""
    for assembly in assemblies_expired(ip_ptr, ipv6_of(ip_ptr).assemblies):
        offset, _, packet = assembly.fragments[0]
        if not offset and ip_ptr._icmpv6_error is not None:
            ip_ptr._icmpv6_error(ip_ptr, packet, TIME_EXCEEDED, REASSEMBLY_TIME_EXCEEDED, 0)
        fragments_release(assembly)


def assemblies_clear(ip_ptr: "NX_IP") -> None:
    """Give back all that was collected."""
    assemblies = ipv6_of(ip_ptr).assemblies
    for assembly in assemblies.values():
        fragments_release(assembly)
    assemblies.clear()


# -- sending ----------------------------------------------------------------------------------------


def fragments_send(
    ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", command: int, msw: int, lsw: int
) -> None:
    """Send a packet with its IPv6 header in fragments, in new packets of the default pool.  Packet: released."""
    ip_ptr.nx_ip_total_fragment_requests += 1
    whole = b"".join([bytes(piece) for piece in packet_parts(packet)])
    step = (interface.nx_interface_ip_mtu_size - HEADER_SIZE - FRAGMENT_SIZE) & ~7
    identification = ip_ptr._sim.random() << 1 & 0xFFFFFFFF
    data = whole[HEADER_SIZE:]
    for offset in range(0, len(data), max(step, 8)):
        part = data[offset : offset + step]
        more = MORE_FRAGMENTS if offset + step < len(data) else 0
        extension = struct.pack(FRAGMENT_FORMAT, whole[NEXT_HEADER_AT], 0, offset | more, identification)
        made = _fragment_make(ip_ptr, interface, whole, extension, part) if step >= 8 else None
        if made is None:
            ip_ptr.nx_ip_fragment_failures += 1
            ip_ptr.nx_ip_send_packets_dropped += 1
            break
        ip_ptr.nx_ip_total_packets_sent += 1
        ip_ptr.nx_ip_total_fragments_sent += 1
        ip_ptr.nx_ip_total_bytes_sent += HEADER_SIZE + len(part)  # the device counts the header, not the extension
        driver_send(ip_ptr, interface, command, made, msw, lsw)
    else:
        ip_ptr.nx_ip_successful_fragment_requests += 1
    _nx_packet_transmit_release(packet)


def _fragment_make(
    ip_ptr: "NX_IP", interface: "NX_INTERFACE", whole: bytes, extension: bytes, part: bytes
) -> "NX_PACKET | None":
    """One fragment in a packet, or a chain, of the default pool; None if that has run out."""
    pool = ip_ptr.nx_ip_default_packet_pool
    made = packet_get(pool, NX_IPv6_PACKET - HEADER_SIZE, "IPv6 fragment")
    if made is None:
        return None
    if not packet_write(made, whole[:HEADER_SIZE] + extension + part, pool, "IPv6 fragment"):
        _nx_packet_release(made)
        return None
    start = made.nx_packet_prepend_ptr
    struct.pack_into(">HB", made._mem, start + PAYLOAD_LENGTH_AT, FRAGMENT_SIZE + len(part), FRAGMENT)
    made.nx_packet_interface_ptr = interface
    made.nx_packet_ip_header = start
    made.nx_packet_ip_version = NX_IP_VERSION_V6
    made.nx_packet_ip_header_length = HEADER_SIZE
    return made
