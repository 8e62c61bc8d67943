"""Raw IP packets: sent with any protocol number, received where no protocol wants them.

Loaded by the raw services; received packets reach ``raw_receive`` only while raw processing is on.
"""

from netx_sim.constants import NX_FRAGMENT_OKAY, NX_IP_RAW, NX_IP_TIME_TO_LIVE, NX_IP_VERSION_V4
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ip.send import _nx_ip_packet_send
from netx_sim.packet import _nx_packet_release
from netx_sim.status import NX_IP_ADDRESS_ERROR, NX_NO_PACKET, NX_NOT_ENABLED, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET


def _nx_ip_raw_packet_enable(ip_ptr: "NX_IP") -> int:
    ip_ptr.nx_ip_raw_ip_processing = 1
    ip_ptr._raw_receive = raw_receive
    return NX_SUCCESS


def _nx_ip_raw_packet_disable(ip_ptr: "NX_IP") -> int:
    """Off: queued packets are released, and whoever waits for one gets NX_NO_PACKET."""
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    ip_ptr.nx_ip_raw_ip_processing = 0
    ip_ptr._raw_receive = None
    queue = ip_ptr.nx_ip_raw_received_packet_queue
    while queue:
        _nx_packet_release(queue.pop(0))
    while ip_ptr.nx_ip_raw_packet_suspension_list:
        sim.resume(ip_ptr.nx_ip_raw_packet_suspension_list[0], NX_NO_PACKET)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    sim.preempt()
    return NX_SUCCESS


def raw_receive(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    """Give a packet to the first waiter, or keep it; one too many is dropped.  Packet: taken."""
    waiters = ip_ptr.nx_ip_raw_packet_suspension_list
    if waiters:
        packet._holder = "application"
        ip_ptr._sim.resume(waiters[0], NX_SUCCESS, packet)
        ip_ptr._sim.preempt()
    elif len(ip_ptr.nx_ip_raw_received_packet_queue) >= ip_ptr.nx_ip_raw_received_packet_max:
        ip_ptr.nx_ip_receive_packets_dropped += 1
        _nx_packet_release(packet)
    else:
        packet._holder = "raw receive queue"
        ip_ptr.nx_ip_raw_received_packet_queue.append(packet)


def _nx_ip_raw_packet_receive(ip_ptr: "NX_IP", packet_ptr: "Any", wait_option: int) -> int:
    """The oldest packet, or wait for one; the output is written only on success."""
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    packet: "NX_PACKET | None" = None
    if not ip_ptr.nx_ip_raw_ip_processing:
        status = NX_NOT_ENABLED
    elif ip_ptr.nx_ip_raw_received_packet_queue:
        packet = ip_ptr.nx_ip_raw_received_packet_queue.pop(0)
        packet._holder = "application"
    elif not wait_option:
        status = NX_NO_PACKET
    else:
        thread = sim.current
        status = sim.wait(
            ip_ptr.nx_ip_raw_packet_suspension_list,
            wait_option,
            ip_ptr.nx_ip_protection,
            timeout_status=NX_NO_PACKET,
            what=ip_ptr,
        )
        if not status and thread is not None:
            packet_ptr[0] = thread._wait_result
        return status
    if packet is not None:
        packet_ptr[0] = packet
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_ip_raw_receive_queue_max_set(ip_ptr: "NX_IP", queue_max: int) -> int:
    ip_ptr.nx_ip_raw_received_packet_max = queue_max
    return NX_SUCCESS


# -- sending ----------------------------------------------------------------------------------------


def _nx_ip_raw_packet_send(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET", destination_ip: int, type_of_service: int) -> int:
    """Send with protocol 255; without a route the packet stays the caller's."""
    if not ip_ptr.nx_ip_raw_ip_processing:
        return NX_NOT_ENABLED
    status, interface, next_hop = _nx_ip_route_find(ip_ptr, destination_ip, None)
    if status:
        return NX_IP_ADDRESS_ERROR
    _send(
        ip_ptr,
        packet_ptr,
        interface,
        destination_ip,
        type_of_service,
        NX_IP_TIME_TO_LIVE,
        NX_IP_RAW,
        next_hop,
    )
    return NX_SUCCESS


def _nx_ip_raw_packet_source_send(
    ip_ptr: "NX_IP", packet_ptr: "NX_PACKET", destination_ip: int, address_index: int, type_of_service: int
) -> int:
    """As above from one interface; without a route the packet is taken and dropped."""
    if not ip_ptr.nx_ip_raw_ip_processing:
        return NX_NOT_ENABLED
    interface = ip_ptr.nx_ip_interface[address_index]
    _, _, next_hop = _nx_ip_route_find(ip_ptr, destination_ip, interface)
    _send(
        ip_ptr,
        packet_ptr,
        interface,
        destination_ip,
        type_of_service,
        NX_IP_TIME_TO_LIVE,
        NX_IP_RAW,
        next_hop,
    )
    return NX_SUCCESS


def _nxd_ip_raw_packet_send(
    ip_ptr: "NX_IP", packet_ptr: "NX_PACKET", destination_ip: "NXD_ADDRESS", protocol: int, ttl: int, tos: int
) -> int:
    """Send with a chosen protocol; over IPv4 without a route the packet is taken and dropped."""
    if not ip_ptr.nx_ip_raw_ip_processing:
        return NX_NOT_ENABLED
    if destination_ip.nxd_ip_version != NX_IP_VERSION_V4:
        return _ipv6_send(ip_ptr, packet_ptr, destination_ip, -1, protocol, ttl, tos)
    address = destination_ip.nxd_ip_address.v4
    _, interface, next_hop = _nx_ip_route_find(ip_ptr, address, None)
    _send(ip_ptr, packet_ptr, interface, address, tos, ttl, protocol << 16, next_hop)
    return NX_SUCCESS


def _nxd_ip_raw_packet_source_send(
    ip_ptr: "NX_IP",
    packet_ptr: "NX_PACKET",
    destination_ip: "NXD_ADDRESS",
    address_index: int,
    protocol: int,
    ttl: int,
    tos: int,
) -> int:
    """As above from one interface (IPv4) or one address (IPv6)."""
    if destination_ip.nxd_ip_version != NX_IP_VERSION_V4:
        return _ipv6_send(ip_ptr, packet_ptr, destination_ip, address_index, protocol, ttl, tos)
    address = destination_ip.nxd_ip_address.v4
    interface = ip_ptr.nx_ip_interface[address_index]
    _, _, next_hop = _nx_ip_route_find(ip_ptr, address, interface)
    _send(ip_ptr, packet_ptr, interface, address, tos, ttl, protocol << 16, next_hop)
    return NX_SUCCESS


def _send(
    ip_ptr: "NX_IP",
    packet: "NX_PACKET",
    interface: "NX_INTERFACE | None",
    destination: int,
    tos: int,
    ttl: int,
    protocol: int,
    next_hop: int,
) -> None:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    packet.nx_packet_interface_ptr = interface
    packet._holder = "IP send"
    _nx_ip_packet_send(ip_ptr, packet, destination, tos, ttl, protocol, NX_FRAGMENT_OKAY, next_hop)
    sim.mutex_put(ip_ptr.nx_ip_protection)


def _ipv6_send(
    ip_ptr: "NX_IP",
    packet: "NX_PACKET",
    destination: "NXD_ADDRESS",
    address_index: int,
    protocol: int,
    ttl: int,
    tos: int,
) -> int:
    """Over IPv6, once that is enabled; until then there is no address to send from."""
    if ip_ptr._ipv6_raw_send is None:
        return NX_IP_ADDRESS_ERROR
    return ip_ptr._ipv6_raw_send(ip_ptr, packet, destination, address_index, protocol, ttl, tos)
