"""The last step of sending IPv6: the size limit, the counters, the driver."""

from netx_sim.link import driver_send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET


def link_out(ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", command: int, msw: int, lsw: int) -> None:
    """Give a packet with its IPv6 header to the driver, in fragments if it is longer than the MTU.  Packet: taken."""
    length = packet.nx_packet_length
    if length > interface.nx_interface_ip_mtu_size:
        from netx_sim.ipv6.fragment import fragments_send

        fragments_send(ip_ptr, packet, interface, command, msw, lsw)
        return
    ip_ptr.nx_ip_total_packets_sent += 1
    ip_ptr.nx_ip_total_bytes_sent += length - packet.nx_packet_ip_header_length
    driver_send(ip_ptr, interface, command, packet, msw, lsw)
