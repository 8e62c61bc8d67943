"""Where a received datagram came from. Its headers still lie in front of the data, until the packet is changed."""

import struct

from netx_sim.address import NXD_ADDRESS
from netx_sim.constants import NX_IP_VERSION_V4, NX_IP_VERSION_V6, NX_PROTOCOL_UDP
from netx_sim.fault import DeviceFault
from netx_sim.status import NX_INVALID_PACKET, NX_SUCCESS
from netx_sim.udp.block import write_those_wanted
from netx_sim.wire.udp import HEADER_SIZE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.packet import NX_PACKET

_IPV4_SOURCE_AT = 12  # places of the source address in an IP header
_IPV6_SOURCE_AT = 8
_NO_INTERFACE = 0xFFFFFFFF


def _nxd_udp_source_extract(packet_ptr: "NX_PACKET", ip_address: "NXD_ADDRESS", port: "Any") -> int:
    if not _source_address(packet_ptr, ip_address):
        return NX_INVALID_PACKET
    port[0] = _source_port(packet_ptr)
    return NX_SUCCESS


def _nx_udp_source_extract(packet_ptr: "NX_PACKET", ip_address: "Any", port: "Any") -> int:
    ip_address[0] = _ipv4_source(packet_ptr)
    port[0] = _source_port(packet_ptr)
    return NX_SUCCESS


def _nxd_udp_packet_info_extract(
    packet_ptr: "NX_PACKET", ip_address: "NXD_ADDRESS | None", protocol: "Any", port: "Any", interface_index: "Any"
) -> int:
    version = packet_ptr.nx_packet_ip_version
    if version not in (NX_IP_VERSION_V4, NX_IP_VERSION_V6):
        return NX_INVALID_PACKET
    if ip_address is not None:
        if packet_ptr.nx_packet_ip_header is None:
            raise DeviceFault("Q-UDP-EXTRACT-FRESH", "a packet that was never received has no header: a bus fault")
        _source_address(packet_ptr, ip_address)
    interface = packet_ptr.nx_packet_interface_ptr
    return write_those_wanted(
        (protocol, NX_PROTOCOL_UDP),
        (port, _source_port(packet_ptr)),
        (interface_index, _NO_INTERFACE if interface is None else interface.nx_interface_index),
    )


def _nx_udp_packet_info_extract(
    packet_ptr: "NX_PACKET", ip_address: "Any", protocol: "Any", port: "Any", interface_index: "Any"
) -> int:
    """An IPv6 datagram is refused only after all but the address was written, as on the device."""
    address = NXD_ADDRESS() if ip_address is not None else None
    status = _nxd_udp_packet_info_extract(packet_ptr, address, protocol, port, interface_index)
    if status:
        return status
    if packet_ptr.nx_packet_ip_version != NX_IP_VERSION_V4:
        return NX_INVALID_PACKET
    if address is not None:
        ip_address[0] = address.nxd_ip_address.v4
    return NX_SUCCESS


def _source_address(packet_ptr: "NX_PACKET", ip_address: "NXD_ADDRESS") -> bool:
    """Write version and source address of a received packet; of four words only the first is IPv4's to write."""
    version = packet_ptr.nx_packet_ip_version
    if version == NX_IP_VERSION_V4:
        ip_address.nxd_ip_address.v4 = _ipv4_source(packet_ptr)
    elif version == NX_IP_VERSION_V6:
        at = packet_ptr.nx_packet_ip_header + _IPV6_SOURCE_AT  # type: ignore[operator]
        ip_address.nxd_ip_address.v6[:] = list(struct.unpack_from(">IIII", packet_ptr._mem, at))
    else:
        return False
    ip_address.nxd_ip_version = version
    return True


def _ipv4_source(packet_ptr: "NX_PACKET") -> int:
    at = packet_ptr.nx_packet_ip_header + _IPV4_SOURCE_AT  # type: ignore[operator]
    (source,) = struct.unpack_from(">I", packet_ptr._mem, at)
    return int(source)


def _source_port(packet_ptr: "NX_PACKET") -> int:
    """From the header that lies before the data, wherever prepend now points."""
    (port,) = struct.unpack_from(">H", packet_ptr._mem, packet_ptr.nx_packet_prepend_ptr - HEADER_SIZE)
    return int(port)
