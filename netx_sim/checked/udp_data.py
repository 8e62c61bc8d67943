"""UDP services that move datagrams: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, UDP services. The work is in ``netx_sim.udp``.
"""

from netx_sim.checked.callers import threads_only
from netx_sim.constants import (
    NX_IP_ID,
    NX_IP_VERSION_V4,
    NX_IP_VERSION_V6,
    NX_MAX_PORT,
    NX_PACKET_ALLOCATED,
    NX_UDP_ID,
)
from netx_sim.kernel import current
from netx_sim.packet import packet_null, packet_of
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_INVALID_INTERFACE,
    NX_INVALID_PACKET,
    NX_INVALID_PORT,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_ENABLED,
    NX_OVERFLOW,
    NX_PTR_ERROR,
    NX_SUCCESS,
    NX_UNDERFLOW,
)
from netx_sim.udp.block import ip_of
from netx_sim.udp.extract import (
    _nx_udp_packet_info_extract,
    _nx_udp_source_extract,
    _nxd_udp_packet_info_extract,
    _nxd_udp_source_extract,
)
from netx_sim.udp.receive import _nx_udp_socket_bytes_available, _nx_udp_socket_receive
from netx_sim.udp.send import (
    _nx_udp_socket_send,
    _nx_udp_socket_source_send,
    _nxd_udp_socket_send,
    _nxd_udp_socket_source_send,
)
from netx_sim.udp.socket import _nx_udp_socket_receive_notify

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET
    from netx_sim.udp.block import NX_UDP_SOCKET

_IPV4_ROOM = 28  # bytes of the IP and UDP headers
_IPV6_ROOM = 48


# -- sending ----------------------------------------------------------------------------------------


def _outside(packet: "NX_PACKET", room: int) -> int:
    """NX_UNDERFLOW: no room for the headers in front of the data. NX_OVERFLOW: the data leave the payload. Else 0."""
    if packet.nx_packet_prepend_ptr - packet.nx_packet_data_start < room:
        return NX_UNDERFLOW
    if packet.nx_packet_append_ptr > packet.nx_packet_data_end:
        return NX_OVERFLOW
    return NX_SUCCESS


def _not_allocated(packet: "NX_PACKET | None") -> bool:
    """Null, released already, or still in a queue of the stack?"""
    return packet is None or packet.nx_packet_tcp_queue_next != NX_PACKET_ALLOCATED


def nx_udp_socket_send(socket_ptr: "NX_UDP_SOCKET | None", packet_ptr: "Any", ip_address: int, port: int) -> int:
    """Send a datagram to an IPv4 address.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.
        packet_ptr (NX_PACKET or Ref): the data, with room for the headers in front; a variable is set to null on
            success.
        ip_address (int): where to, in host order.
        port (int): the peer's port; 0 is allowed.

    Returns:
        int: NX_SUCCESS (given to IP: it may still be lost waiting for ARP, or be too long for the link); NX_PTR_ERROR
        (a pointer null, socket not created, packet not allocated); NX_NOT_ENABLED; NX_IP_ADDRESS_ERROR (address 0, or
        no route); NX_INVALID_PORT (above 65535); NX_UNDERFLOW (fewer than 28 bytes in front of the data); NX_OVERFLOW
        (append pointer beyond the payload); NX_CALLER_ERROR (not from a thread); NX_NOT_BOUND.

    Packet: taken on success; on failure the caller's, unchanged.
    Source: NetX Duo guide ch. 4; RFC 768.
    """
    packet = packet_of(packet_ptr)
    if socket_ptr is None or packet is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID or _not_allocated(packet):
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    if not 0 <= port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    status = _outside(packet, _IPV4_ROOM) or _not_a_thread(ip_ptr)
    return status or _nulled(packet_ptr, _nx_udp_socket_send(socket_ptr, packet, ip_address, port))


def _not_a_thread(ip_ptr: "NX_IP") -> int:
    return NX_SUCCESS if threads_only(ip_ptr._sim) else NX_CALLER_ERROR


def _nulled(packet_ptr: "Any", status: int) -> int:
    """Null the caller's variable after success."""
    if not status:
        packet_null(packet_ptr)
    return status


def nx_udp_socket_source_send(
    socket_ptr: "NX_UDP_SOCKET | None", packet_ptr: "Any", ip_address: int, port: int, address_index: int
) -> int:
    """Send a datagram to an IPv4 address by a certain interface.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.
        packet_ptr (NX_PACKET or Ref): as for ``nx_udp_socket_send``.
        ip_address (int): where to, in host order.
        port (int): the peer's port; 0 is allowed.
        address_index (int): index of the interface.

    Returns:
        int: as ``nx_udp_socket_send``, and NX_INVALID_INTERFACE (no such interface, or not in use).

    Packet: taken on success; on failure the caller's, unchanged.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if socket_ptr is None or packet is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID or _not_allocated(packet):
        return NX_PTR_ERROR
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    if not 0 <= port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    ip_ptr = socket_ptr.nx_udp_socket_ip_ptr
    if ip_ptr is None:
        return NX_PTR_ERROR
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if not 0 <= address_index < len(ip_ptr.nx_ip_interface):
        return NX_INVALID_INTERFACE
    if not ip_ptr.nx_ip_interface[address_index].nx_interface_valid:
        return NX_INVALID_INTERFACE
    status = _outside(packet, _IPV4_ROOM) or _not_a_thread(ip_ptr)
    return status or _nulled(
        packet_ptr, _nx_udp_socket_source_send(socket_ptr, packet, ip_address, port, address_index)
    )


def nxd_udp_socket_send(
    socket_ptr: "NX_UDP_SOCKET | None", packet_ptr: "Any", ip_address: "NXD_ADDRESS | None", port: int
) -> int:
    """Send a datagram to an address of either version.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.
        packet_ptr (NX_PACKET or Ref): the data, with room for the headers in front; a variable is set to null on
            success.
        ip_address (NXD_ADDRESS): where to.
        port (int): the peer's port; 0 is allowed.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, socket not created, packet not allocated); NX_NOT_ENABLED;
        NX_IP_ADDRESS_ERROR (version neither 4 nor 6, address 0 or ::, no IPv4 route); NX_INVALID_PORT (above 65535);
        NX_UNDERFLOW (fewer than 28 bytes in front of the data, 48 for IPv6); NX_OVERFLOW (append pointer beyond the
        payload); NX_CALLER_ERROR (not from a thread); NX_NOT_BOUND; NX_NO_INTERFACE_ADDRESS (no IPv6 address to send
        from).

    Packet: taken on success; on failure the caller's, unchanged.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if socket_ptr is None or ip_address is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    if packet is None or _not_allocated(packet):
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if _is_nowhere(ip_address):
        return NX_IP_ADDRESS_ERROR
    if not 0 <= port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    status = _outside(packet, _room(ip_address)) or _not_a_thread(ip_ptr)
    return status or _nulled(packet_ptr, _nxd_udp_socket_send(socket_ptr, packet, ip_address, port))


def _is_nowhere(ip_address: "NXD_ADDRESS") -> bool:
    """An unknown version, 0.0.0.0 or ::?"""
    version = ip_address.nxd_ip_version
    if version == NX_IP_VERSION_V4:
        return not ip_address.nxd_ip_address.v4
    return version != NX_IP_VERSION_V6 or not any(ip_address.nxd_ip_address.v6)


def _room(ip_address: "NXD_ADDRESS") -> int:
    return _IPV4_ROOM if ip_address.nxd_ip_version == NX_IP_VERSION_V4 else _IPV6_ROOM


def nxd_udp_socket_source_send(
    socket_ptr: "NX_UDP_SOCKET | None",
    packet_ptr: "NX_PACKET | None",
    ip_address: "NXD_ADDRESS | None",
    port: int,
    address_index: int,
) -> int:
    """Send a datagram to an address of either version, from a certain one of our addresses.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.
        packet_ptr (NX_PACKET): the data; the caller's variable is not nulled by this service.
        ip_address (NXD_ADDRESS): where to.
        port (int): the peer's port; 0 is allowed.
        address_index (int): index of the interface (IPv4) or of the address (IPv6).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, socket not created); NX_NOT_ENABLED; NX_INVALID_INTERFACE (index
        out of range); NX_IP_ADDRESS_ERROR (address 0 or ::, no IPv4 route); NX_UNDERFLOW; NX_OVERFLOW;
        NX_INVALID_PORT (above 65535); NX_CALLER_ERROR (not from a thread); NX_NOT_BOUND; NX_NO_INTERFACE_ADDRESS (no
        IPv6 address to send from). The state of the packet is not looked at.

    Packet: taken on success; on failure the caller's, unchanged.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if socket_ptr is None or packet is None or ip_address is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    if not 0 <= address_index < _addresses(ip_ptr, ip_address):
        return NX_INVALID_INTERFACE
    if _is_nowhere(ip_address):
        return NX_IP_ADDRESS_ERROR
    status = _outside(packet, _room(ip_address))
    if status:
        return status
    if not 0 <= port <= NX_MAX_PORT:
        return NX_INVALID_PORT
    return _not_a_thread(ip_ptr) or _nxd_udp_socket_source_send(socket_ptr, packet, ip_address, port, address_index)


def _addresses(ip_ptr: "NX_IP", ip_address: "NXD_ADDRESS") -> int:
    """How many addresses of that version an instance has room for, loopback included."""
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return len(ip_ptr.nx_ip_interface)
    return ip_ptr._sim.config.NX_MAX_IPV6_ADDRESSES + 1


# -- receiving --------------------------------------------------------------------------------------


def nx_udp_socket_receive(socket_ptr: "NX_UDP_SOCKET | None", packet_ptr: "Any", wait_option: int) -> int:
    """Receive the next datagram.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.
        packet_ptr (Ref[NX_PACKET], out): the datagram, prepend at its data; null if none came.
        wait_option (int): ticks to wait for one; a datagram with a wrong checksum starts the wait again.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, socket not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_BOUND; NX_NO_PACKET (none in time); NX_SOCKET_UNBOUND (during the wait); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks; readers are served first in, first out.
    Packet: the caller's.
    Source: NetX Duo guide ch. 4; RFC 768.
    """
    if socket_ptr is None or packet_ptr is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    return _not_a_thread(ip_ptr) or _nx_udp_socket_receive(socket_ptr, packet_ptr, wait_option)


def nx_udp_socket_receive_notify(
    socket_ptr: "NX_UDP_SOCKET | None", udp_receive_notify: "Callable[[NX_UDP_SOCKET], None] | None"
) -> int:
    """Have a function called in the IP thread for each datagram that arrives.

    Args:
        socket_ptr (NX_UDP_SOCKET): created socket.
        udp_receive_notify (callable or None): called with the socket, also for datagrams that a receive call will
            find to have a wrong checksum; None switches off.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (socket null or not created).

    Source: NetX Duo guide ch. 4.
    """
    if socket_ptr is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    return _nx_udp_socket_receive_notify(socket_ptr, udp_receive_notify)


def nx_udp_socket_bytes_available(socket_ptr: "NX_UDP_SOCKET | None", bytes_available: "Any") -> int:
    """Read how many data bytes wait in the receive queue, those with a wrong checksum included.

    Args:
        socket_ptr (NX_UDP_SOCKET): bound socket.
        bytes_available (Ref[int], out): bytes; 0 if not bound.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, socket not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_SUCCESSFUL (not bound).

    Source: NetX Duo guide ch. 4.
    """
    if socket_ptr is None or bytes_available is None or socket_ptr.nx_udp_socket_id != NX_UDP_ID:
        return NX_PTR_ERROR
    ip_ptr = ip_of(socket_ptr)
    if ip_ptr._udp_receive is None:
        return NX_NOT_ENABLED
    return _not_a_thread(ip_ptr) or _nx_udp_socket_bytes_available(socket_ptr, bytes_available)


# -- where a datagram came from ---------------------------------------------------------------------


def nx_udp_source_extract(packet_ptr: "NX_PACKET | None", ip_address: "Any", port: "Any") -> int:
    """Read the IPv4 address and port a received datagram came from; from any context.

    Args:
        packet_ptr (NX_PACKET): a datagram as received.
        ip_address (Ref[int], out): the sender's address, in host order.
        port (Ref[int], out): its port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null); NX_INVALID_PACKET (no IPv4 header, or fewer than 28 bytes in
        front of the data). Outputs are untouched on error.

    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if packet is None or ip_address is None or port is None:
        return NX_PTR_ERROR
    if packet.nx_packet_ip_header is None or packet.nx_packet_ip_version != NX_IP_VERSION_V4:
        return NX_INVALID_PACKET
    if packet.nx_packet_prepend_ptr - packet.nx_packet_data_start < _IPV4_ROOM:
        return NX_INVALID_PACKET
    return _nx_udp_source_extract(packet, ip_address, port)


def nxd_udp_source_extract(packet_ptr: "NX_PACKET | None", ip_address: "NXD_ADDRESS | None", port: "Any") -> int:
    """Read the address and port a received datagram came from.

    Args:
        packet_ptr (NX_PACKET): a datagram as received.
        ip_address (NXD_ADDRESS, out): the sender's address; of an IPv4 one only version and first word are written.
        port (Ref[int], out): its port.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null); NX_INVALID_PACKET (no IP header, or of no known version);
        NX_CALLER_ERROR (not from a thread). Outputs are untouched on error.

    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if packet is None or ip_address is None or port is None:
        return NX_PTR_ERROR
    if packet.nx_packet_ip_header is None:
        return NX_INVALID_PACKET
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nxd_udp_source_extract(packet, ip_address, port)


def nx_udp_packet_info_extract(
    packet_ptr: "NX_PACKET | None", ip_address: "Any", protocol: "Any", port: "Any", interface_index: "Any"
) -> int:
    """Read where and how an IPv4 datagram was received; each output may be None.

    Args:
        packet_ptr (NX_PACKET): a datagram as received. One that was never received faults: DeviceFault.
        ip_address (Ref[int], out): the sender's address, in host order.
        protocol (Ref[int], out): 17.
        port (Ref[int], out): the sender's port.
        interface_index (Ref[int], out): the interface it came by.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (packet null); NX_CALLER_ERROR (not from a thread); NX_INVALID_PACKET (of no
        known version; or of IPv6, and then all but the address was written).

    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if packet is None:
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nx_udp_packet_info_extract(packet, ip_address, protocol, port, interface_index)


def nxd_udp_packet_info_extract(
    packet_ptr: "NX_PACKET | None",
    ip_address: "NXD_ADDRESS | None",
    protocol: "Any",
    port: "Any",
    interface_index: "Any",
) -> int:
    """Read where and how a datagram was received; each output may be None.

    Args:
        packet_ptr (NX_PACKET): a datagram as received. One that was never received faults: DeviceFault.
        ip_address (NXD_ADDRESS, out): the sender's address; of an IPv4 one only version and first word are written.
        protocol (Ref[int], out): 17.
        port (Ref[int], out): the sender's port.
        interface_index (Ref[int], out): the interface it came by.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (packet null); NX_CALLER_ERROR (not from a thread); NX_INVALID_PACKET (of no
        known version).

    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if packet is None:
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nxd_udp_packet_info_extract(packet, ip_address, protocol, port, interface_index)
