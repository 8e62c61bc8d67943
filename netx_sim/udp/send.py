"""Sending datagrams. A send never waits; one that is too long for the link is IP's to cut or to drop."""

import struct

from netx_sim.constants import NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM, NX_IP_UDP, NX_IP_VERSION_V4, NX_PROTOCOL_UDP
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ip.send import _nx_ip_packet_send
from netx_sim.message_sum import packet_sum
from netx_sim.status import NX_IP_ADDRESS_ERROR, NX_NO_INTERFACE_ADDRESS, NX_NOT_BOUND
from netx_sim.udp.block import NX_UDP_SOCKET, ip_of
from netx_sim.wire.checksum import finish, pseudo_ipv4
from netx_sim.wire.udp import CHECKSUM_AT, FORMAT, HEADER_SIZE, NO_CHECKSUM, ZERO_CHECKSUM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.address import NXD_ADDRESS
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET


def _nx_udp_socket_send(socket_ptr: NX_UDP_SOCKET, packet_ptr: "NX_PACKET", ip_address: int, port: int) -> int:
    return _send_ipv4(socket_ptr, packet_ptr, ip_address, port, None)


def _nx_udp_socket_source_send(
    socket_ptr: NX_UDP_SOCKET, packet_ptr: "NX_PACKET", ip_address: int, port: int, address_index: int
) -> int:
    interface = ip_of(socket_ptr).nx_ip_interface[address_index]
    return _send_ipv4(socket_ptr, packet_ptr, ip_address, port, interface)


def _nxd_udp_socket_send(
    socket_ptr: NX_UDP_SOCKET, packet_ptr: "NX_PACKET", ip_address: "NXD_ADDRESS", port: int
) -> int:
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return _send_ipv4(socket_ptr, packet_ptr, ip_address.nxd_ip_address.v4, port, None)
    return _send_ipv6(socket_ptr, packet_ptr, ip_address, port, None)


def _nxd_udp_socket_source_send(
    socket_ptr: NX_UDP_SOCKET, packet_ptr: "NX_PACKET", ip_address: "NXD_ADDRESS", port: int, address_index: int
) -> int:
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return _nx_udp_socket_source_send(socket_ptr, packet_ptr, ip_address.nxd_ip_address.v4, port, address_index)
    return _send_ipv6(socket_ptr, packet_ptr, ip_address, port, address_index)


def _send_ipv6(
    socket_ptr: NX_UDP_SOCKET,
    packet_ptr: "NX_PACKET",
    ip_address: "NXD_ADDRESS",
    port: int,
    address_index: "int | None",
) -> int:
    """Without IPv6 there is no address to send from."""
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    ipv6_udp_send = ip_of(socket_ptr)._ipv6_udp_send
    if ipv6_udp_send is None:
        return NX_NO_INTERFACE_ADDRESS
    return ipv6_udp_send(socket_ptr, packet_ptr, ip_address, port, address_index)


def _send_ipv4(
    socket_ptr: NX_UDP_SOCKET,
    packet_ptr: "NX_PACKET",
    ip_address: int,
    port: int,
    interface: "NX_INTERFACE | None",
) -> int:
    if not socket_ptr._bound:
        return NX_NOT_BOUND
    ip_ptr = ip_of(socket_ptr)
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status, outgoing, next_hop = _nx_ip_route_find(ip_ptr, ip_address, interface)
    if outgoing is None:
        sim.mutex_put(ip_ptr.nx_ip_protection)
        return NX_IP_ADDRESS_ERROR
    packet_ptr.nx_packet_ip_version = NX_IP_VERSION_V4
    packet_ptr.nx_packet_interface_ptr = outgoing
    capability = outgoing.nx_interface_capability_flag
    with_checksum = not (
        socket_ptr.nx_udp_socket_disable_checksum or capability & NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM
    )
    udp_header_add(
        socket_ptr,
        packet_ptr,
        port,
        pseudo_ipv4(outgoing.nx_interface_ip_address, ip_address, NX_PROTOCOL_UDP, 0) if with_checksum else 0,
    )
    _nx_ip_packet_send(
        ip_ptr,
        packet_ptr,
        ip_address,
        socket_ptr.nx_udp_socket_type_of_service,
        socket_ptr.nx_udp_socket_time_to_live,
        NX_IP_UDP,
        socket_ptr.nx_udp_socket_fragment_enable,
        next_hop,
    )
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def udp_header_add(socket_ptr: NX_UDP_SOCKET, packet_ptr: "NX_PACKET", port: int, pseudo_sum: int) -> None:
    """Count a datagram and put its header in front of the data.

    Args:
        socket_ptr: the sending socket.
        packet_ptr: prepend at the data.
        port (int): the peer's.
        pseudo_sum (int): sum of the pseudo header but for its length field; 0 to send no checksum.
    """
    ip_ptr = ip_of(socket_ptr)
    size = packet_ptr.nx_packet_length
    ip_ptr.nx_ip_udp_packets_sent += 1
    ip_ptr.nx_ip_udp_bytes_sent += size
    socket_ptr.nx_udp_socket_packets_sent += 1
    socket_ptr.nx_udp_socket_bytes_sent += size
    length = size + HEADER_SIZE
    prepend = packet_ptr.nx_packet_prepend_ptr - HEADER_SIZE
    packet_ptr.nx_packet_prepend_ptr = prepend
    packet_ptr.nx_packet_length = length
    struct.pack_into(
        FORMAT, packet_ptr._mem, prepend, socket_ptr.nx_udp_socket_port, port, length & 0xFFFF, NO_CHECKSUM
    )
    if pseudo_sum:
        checksum = finish(pseudo_sum + length + packet_sum(packet_ptr)) or ZERO_CHECKSUM
        struct.pack_into(">H", packet_ptr._mem, prepend + CHECKSUM_AT, checksum)
