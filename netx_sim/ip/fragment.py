"""IPv4 fragmentation and reassembly; loaded by ``nx_ip_fragment_enable``.

Read first: RFC 791 section 3.2.  What the device does its own way:

* the time to collect a datagram is the larger of the TTL of the first fragment to arrive and
  NX_IPV4_MAX_REASSEMBLY_TIME, counted in one-second events, and it acts one event after the count
  has reached 0;
* a fragment at an offset that is there already is a duplicate; any other overlap is kept, and a
  datagram that holds one never becomes complete;
* a datagram sent in fragments is cut when its hardware address is known: fragments are made, filled
  and handed to the driver one by one, in new packets from the default pool.
"""

import struct

from netx_sim.constants import (
    NX_ICMP_FRT_EXCEEDED_CODE,
    NX_ICMP_TIME_EXCEEDED_TYPE,
    NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM,
    NX_IP_MORE_FRAGMENT,
    NX_IP_OFFSET_MASK,
    NX_IPv4_PACKET,
)
from netx_sim.ip.reassembly import (
    assemblies_expired,
    assembly_begin,
    fragment_insert,
    fragments_chain,
    fragments_release,
    is_complete,
)
from netx_sim.ip.receive import ip_deliver
from netx_sim.link import driver_send
from netx_sim.packet import (
    _nx_packet_release,
    _nx_packet_transmit_release,
    packet_get,
    packet_parts,
    packet_write,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.ip.reassembly import Assembly
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

_HEADER_SIZE = 20
_WORDS = ">IIIII"


def fragment_enable(ip_ptr: "NX_IP") -> None:
    """Plug in."""
    ip_ptr.nx_ip_fragment_processing = _nx_ip_fragment_packet
    ip_ptr._fragment_assembly = _nx_ip_fragment_assembly
    ip_ptr._fragment_timeout = _nx_ip_fragment_timeout_check
    if ip_ptr._fragment_delete is None:
        ip_ptr._fragment_delete = fragment_disable
        ip_ptr._delete_hooks.append(fragment_disable)


def fragment_disable(ip_ptr: "NX_IP") -> None:
    """Unplug, and give back all that was collected."""
    ip_ptr.nx_ip_fragment_processing = None
    ip_ptr._fragment_assembly = None
    ip_ptr._fragment_timeout = None
    received, ip_ptr._fragment_received = ip_ptr._fragment_received, []
    for packet in received:
        _nx_packet_release(packet)
    for datagram in ip_ptr._fragment_assemblies.values():
        fragments_release(datagram)
    ip_ptr._fragment_assemblies.clear()


# -- receiving --------------------------------------------------------------------------------------


def _nx_ip_fragment_assembly(ip_ptr: "NX_IP") -> None:
    """Sort received fragments into their datagrams and deliver those that are complete."""
    queue, ip_ptr._fragment_received = ip_ptr._fragment_received, []
    for packet in queue:
        _, second, third, source, destination = struct.unpack_from(_WORDS, packet._mem, packet.nx_packet_prepend_ptr)
        key = (second >> 16, third >> 16 & 0xFF, source, destination)
        datagram = ip_ptr._fragment_assemblies.get(key)
        if datagram is None:
            seconds = max(third >> 24, ip_ptr._sim.config.NX_IPV4_MAX_REASSEMBLY_TIME)
            datagram = ip_ptr._fragment_assemblies[key] = assembly_begin(ip_ptr, seconds)
        offset = (second & NX_IP_OFFSET_MASK) << 3
        fragment_insert(datagram, packet, offset, _HEADER_SIZE, second & NX_IP_MORE_FRAGMENT)
        if is_complete(datagram):
            del ip_ptr._fragment_assemblies[key]
            _deliver(ip_ptr, datagram, third >> 16 & 0xFF)


def _deliver(ip_ptr: "NX_IP", datagram: "Assembly", protocol: int) -> None:
    """Pass the whole on behind the first fragment's header."""
    head = fragments_chain(datagram, _HEADER_SIZE)
    ip_ptr.nx_ip_packets_reassembled += 1
    ip_ptr.nx_ip_total_bytes_received += head.nx_packet_length  # the device counts the header here
    ip_deliver(ip_ptr, head, protocol)


def _nx_ip_fragment_timeout_check(ip_ptr: "NX_IP") -> None:
    """The one-second event: give up datagrams whose time is over."""
    for datagram in assemblies_expired(ip_ptr, ip_ptr._fragment_assemblies):
        offset, _, packet = datagram.fragments[0]
        if not offset and ip_ptr._icmp_error is not None:
            ip_ptr._icmp_error(ip_ptr, packet, NX_ICMP_TIME_EXCEEDED_TYPE, NX_ICMP_FRT_EXCEEDED_CODE)
        fragments_release(datagram)


# -- sending ----------------------------------------------------------------------------------------


def _nx_ip_fragment_packet(driver_req_ptr: "NX_IP_DRIVER") -> None:
    """Send the packet of a driver request in fragments.  Packet: released as transmitted."""
    ip_ptr: "NX_IP" = driver_req_ptr.nx_ip_driver_ptr
    interface = driver_req_ptr.nx_ip_driver_interface
    packet = driver_req_ptr.nx_ip_driver_packet
    assert interface is not None
    assert packet is not None
    command = driver_req_ptr.nx_ip_driver_command
    msw = driver_req_ptr.nx_ip_driver_physical_address_msw
    lsw = driver_req_ptr.nx_ip_driver_physical_address_lsw
    ip_ptr.nx_ip_total_fragment_requests += 1
    size = packet.nx_packet_ip_header_length or _HEADER_SIZE
    header = bytes(packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_prepend_ptr + size])
    step = (interface.nx_interface_ip_mtu_size - size) & ~7
    data = b"".join([bytes(piece) for piece in packet_parts(packet)])[size:]
    first_offset = struct.unpack_from(">H", header, 6)[0]
    for offset in range(0, len(data), max(step, 8)):
        part = data[offset : offset + step]
        more = offset + step < len(data) or first_offset & NX_IP_MORE_FRAGMENT
        field = (first_offset & NX_IP_OFFSET_MASK) + (offset >> 3) | (NX_IP_MORE_FRAGMENT if more else 0)
        made = _fragment_make(ip_ptr, interface, header, field, part) if step >= 8 else None
        if made is None:
            ip_ptr.nx_ip_fragment_failures += 1
            ip_ptr.nx_ip_send_packets_dropped += 1
            break
        ip_ptr.nx_ip_total_packets_sent += 1
        ip_ptr.nx_ip_total_fragments_sent += 1
        ip_ptr.nx_ip_total_bytes_sent += len(part)
        driver_send(ip_ptr, interface, command, made, msw, lsw)
    else:
        ip_ptr.nx_ip_successful_fragment_requests += 1
    _nx_packet_transmit_release(packet)


def _fragment_make(
    ip_ptr: "NX_IP", interface: "NX_INTERFACE", header: bytes, field: int, part: bytes
) -> "NX_PACKET | None":
    """One fragment in a packet, or a chain, of the default pool; None if that has run out."""
    pool = ip_ptr.nx_ip_default_packet_pool
    made = packet_get(pool, NX_IPv4_PACKET - len(header), "IP fragment")
    if made is None:
        return None
    if not packet_write(made, header + part, pool, "IP fragment"):
        _nx_packet_release(made)
        return None
    start = made.nx_packet_prepend_ptr
    struct.pack_into(">HHH", made._mem, start + 2, len(header) + len(part), _identification(header), field)
    summed = 0
    if not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM:
        struct.pack_into(">H", made._mem, start + 10, 0)
        words = int.from_bytes(made._mem[start : start + len(header)], "big")
        summed = 0xFFFF - (words % 0xFFFF or 0xFFFF)
    struct.pack_into(">H", made._mem, start + 10, summed)
    made.nx_packet_interface_ptr = interface
    made.nx_packet_ip_header = start
    made.nx_packet_ip_header_length = len(header)
    return made


def _identification(header: bytes) -> int:
    return header[4] << 8 | header[5]
