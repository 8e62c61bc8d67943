"""What TCP, UDP, raw IP and the payload query ask of IPv6, by the slots of NX_IP."""

from netx_sim.constants import NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM, NX_PROTOCOL_UDP
from netx_sim.fault import DeviceFault
from netx_sim.ipv6.address import source_find
from netx_sim.ipv6.block import number_of, usable
from netx_sim.ipv6.send import ipv6_send
from netx_sim.status import NX_IP_ADDRESS_ERROR, NX_NO_INTERFACE_ADDRESS, NX_SUCCESS
from netx_sim.udp.block import ip_of
from netx_sim.udp.send import udp_header_add
from netx_sim.wire.ipv6 import HEADER_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET
    from netx_sim.udp.block import NX_UDP_SOCKET

_UDP_HEADER = 8
_TCP_HEADER = 20
_V6_MASK = (1 << 128) - 1


def address_used(ip_ptr: "NX_IP", address_index: int) -> bool:
    """Does an index name an address in use, valid yet or not?"""
    table = ip_ptr.nx_ipv6_address
    return 0 <= address_index < len(table) and bool(table[address_index].nxd_ipv6_address_valid)


def max_payload(
    ip_ptr: "NX_IP", address_index: int, protocol: int, start_offset_ptr: "Any", payload_length_ptr: "Any"
) -> int:
    """Where the payload of a packet starts and how long it can be without fragmentation."""
    if not 0 <= address_index < len(ip_ptr.nx_ipv6_address):
        return NX_IP_ADDRESS_ERROR
    address = ip_ptr.nx_ipv6_address[address_index]
    if not address.nxd_ipv6_address_valid:
        raise DeviceFault("NX-IPV6-UNUSED", "the device reads the MTU through the null interface of an unused address")
    headers = HEADER_SIZE + (_UDP_HEADER if protocol == NX_PROTOCOL_UDP else _TCP_HEADER)
    if start_offset_ptr is not None:
        start_offset_ptr[0] = ip_ptr._sim.config.NX_PHYSICAL_HEADER + headers
    if payload_length_ptr is not None:
        mtu = address.nxd_ipv6_address_attached.nx_interface_ip_mtu_size
        payload_length_ptr[0] = (mtu - headers) & 0xFFFFFFFF
    return NX_SUCCESS


def raw_send(
    ip_ptr: "NX_IP",
    packet: "NX_PACKET",
    ip_address: "NXD_ADDRESS",
    address_index: int,
    protocol: int,
    ttl: int,
    _tos: int,
) -> int:
    """Send a packet of any protocol; without a chosen address the protocol number is lost on the way to the header."""
    destination = number_of(ip_address.nxd_ip_address.v6)
    if address_index >= 0:
        source = ip_ptr.nx_ipv6_address[address_index]
        if not source.nxd_ipv6_address_valid:
            raise DeviceFault("NX-IPV6-UNUSED", "the device sends from an unused address and never comes back")
    else:
        source = source_find(ip_ptr, destination)
        protocol = 0
        if source is None:
            return NX_NO_INTERFACE_ADDRESS
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    packet._holder = "IP send"
    ipv6_send(ip_ptr, packet, source, destination, protocol & 0xFF, ttl & 0xFF)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def udp_send(
    socket_ptr: "NX_UDP_SOCKET", packet: "NX_PACKET", ip_address: "NXD_ADDRESS", port: int, address_index: "int | None"
) -> int:
    """Send a datagram; its checksum is never left out (RFC 8200 section 8.1)."""
    ip_ptr = ip_of(socket_ptr)
    sim = ip_ptr._sim
    destination = number_of(ip_address.nxd_ip_address.v6)
    sim.mutex_get(ip_ptr.nx_ip_protection)
    if address_index is None:
        source = source_find(ip_ptr, destination)
    else:
        source = ip_ptr.nx_ipv6_address[address_index]
    if source is None or not usable(source):
        sim.mutex_put(ip_ptr.nx_ip_protection)
        return NX_NO_INTERFACE_ADDRESS
    capability = source.nxd_ipv6_address_attached.nx_interface_capability_flag
    offload = capability & NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM
    pseudo_sum = 0 if offload else source._number + destination + NX_PROTOCOL_UDP
    udp_header_add(socket_ptr, packet, port, pseudo_sum)
    ipv6_send(ip_ptr, packet, source, destination, NX_PROTOCOL_UDP, ip_ptr.nx_ipv6_hop_limit)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def tcp_send(ip_ptr: "NX_IP", packet: "NX_PACKET", source: "Any", peer: int) -> None:
    """Send a complete segment; `peer` is an address key.  Packet: taken."""
    ipv6_send(ip_ptr, packet, source, peer & _V6_MASK, 6, ip_ptr.nx_ipv6_hop_limit)


def tcp_source(ip_ptr: "NX_IP", peer: int, interface: "Any") -> "Any":
    """The address to speak to a peer from, given as an address key; None if there is none."""
    return source_find(ip_ptr, peer & _V6_MASK, interface)
