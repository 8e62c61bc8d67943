"""Raw IP services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, raw IP services.  The work is in ``netx_sim.ip.raw``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.checked.ip_interface import no_ip
from netx_sim.constants import NX_IP_VERSION_V4, NX_IP_VERSION_V6
from netx_sim.ip.raw import (
    _nx_ip_raw_packet_disable,
    _nx_ip_raw_packet_enable,
    _nx_ip_raw_packet_receive,
    _nx_ip_raw_packet_send,
    _nx_ip_raw_packet_source_send,
    _nx_ip_raw_receive_queue_max_set,
    _nxd_ip_raw_packet_send,
    _nxd_ip_raw_packet_source_send,
)
from netx_sim.kernel import current
from netx_sim.packet import packet_null, packet_of
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_INVALID_INTERFACE,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_ENABLED,
    NX_NOT_SUPPORTED,
    NX_PTR_ERROR,
    NX_SUCCESS,
    NX_UNDERFLOW,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET

_IPV4_HEADER = 20
_IPV6_HEADER = 40


def nx_ip_raw_packet_enable(ip_ptr: "NX_IP | None") -> int:
    """Keep received IPv4 packets of protocols that the stack does not know, and allow sending such.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt or a
        timer).

    Source: NetX Duo guide ch. 4.
    """
    return _switch(ip_ptr, _nx_ip_raw_packet_enable)


def nx_ip_raw_packet_disable(ip_ptr: "NX_IP | None") -> int:
    """Switch raw processing off; kept packets are released, and who waits for one gets NX_NO_PACKET.

    Returns:
        int: as ``nx_ip_raw_packet_enable``.

    Source: NetX Duo guide ch. 4.
    """
    return _switch(ip_ptr, _nx_ip_raw_packet_disable)


def _switch(ip_ptr: "NX_IP | None", work: "Callable[[NX_IP], int]") -> int:
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return work(ip_ptr)  # type: ignore[arg-type]


def nx_ip_raw_receive_queue_max_set(ip_ptr: "NX_IP | None", queue_max: int) -> int:
    """Set how many raw packets are kept for the application; further ones are dropped.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt or a
        timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_raw_receive_queue_max_set(ip_ptr, queue_max)  # type: ignore[arg-type]


def nx_ip_raw_packet_filter_set(
    ip_ptr: "NX_IP | None", raw_packet_filter: "Callable[[NX_IP, int, NX_PACKET], int] | None"
) -> int:
    """Choose which raw packets to take; a default build has no such filter.

    Returns:
        int: NX_NOT_SUPPORTED, whatever the arguments.

    Source: NetX Duo guide ch. 4.
    """
    return NX_NOT_SUPPORTED


def nx_ip_raw_packet_receive(ip_ptr: "NX_IP | None", packet_ptr: "Any", wait_option: int) -> int:
    """Take the oldest raw packet.

    Args:
        ip_ptr (NX_IP): created instance.
        packet_ptr (Ref[NX_PACKET], out): the packet, its IP header in front of the data; not written
            on error.
        wait_option (int): ticks to wait for one.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_CALLER_ERROR (not from
        a thread); NX_NOT_ENABLED (raw processing is off); NX_NO_PACKET (none in time, or raw
        processing was switched off, or the instance deleted); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks; waiters are served first in, first out.
    Packet: the caller's.
    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or packet_ptr is None:
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nx_ip_raw_packet_receive(ip_ptr, packet_ptr, wait_option)  # type: ignore[arg-type]


# -- sending ----------------------------------------------------------------------------------------


def _headroom(packet: "NX_PACKET") -> int:
    return packet.nx_packet_prepend_ptr - packet.nx_packet_data_start


def nx_ip_raw_packet_send(ip_ptr: "NX_IP | None", packet_ptr: "Any", destination_ip: int, type_of_service: int) -> int:
    """Send a packet with protocol 255 over IPv4.

    Args:
        ip_ptr (NX_IP): created instance.
        packet_ptr (NX_PACKET or Ref): the data; a variable is set to null on success.
        destination_ip (int): where to.
        type_of_service (int): NX_IP_NORMAL, NX_IP_MIN_DELAY, ...

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_IP_ADDRESS_ERROR
        (address 0, or no route); NX_UNDERFLOW (fewer than 20 bytes free in front of the data);
        NX_CALLER_ERROR (not from a thread); NX_NOT_ENABLED (raw processing is off).

    Packet: taken on success.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if no_ip(ip_ptr) or packet is None:
        return NX_PTR_ERROR
    if not destination_ip:
        return NX_IP_ADDRESS_ERROR
    if _headroom(packet) < _IPV4_HEADER:
        return NX_UNDERFLOW
    if not threads_only(current()):
        return NX_CALLER_ERROR
    status = _nx_ip_raw_packet_send(ip_ptr, packet, destination_ip, type_of_service)  # type: ignore[arg-type]
    if not status:
        packet_null(packet_ptr)
    return status


def nx_ip_raw_packet_source_send(
    ip_ptr: "NX_IP | None", packet_ptr: "Any", destination_ip: int, address_index: int, type_of_service: int
) -> int:
    """``nx_ip_raw_packet_send`` from a chosen interface.

    Args:
        ip_ptr (NX_IP): created instance.
        packet_ptr (NX_PACKET or Ref): the data; a variable is set to null on success.
        destination_ip (int): where to.
        address_index (int): the interface, loopback included.
        type_of_service (int): NX_IP_NORMAL, NX_IP_MIN_DELAY, ...

    Returns:
        int: NX_SUCCESS (also without a route: the packet is dropped then); NX_PTR_ERROR (a pointer
        null, instance not created); NX_IP_ADDRESS_ERROR (address 0); NX_INVALID_INTERFACE (no such
        interface); NX_UNDERFLOW (fewer than 20 bytes free in front of the data); NX_CALLER_ERROR (not
        from a thread); NX_NOT_ENABLED (raw processing is off).

    Packet: taken on success.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if no_ip(ip_ptr) or packet is None:
        return NX_PTR_ERROR
    if not destination_ip:
        return NX_IP_ADDRESS_ERROR
    assert ip_ptr is not None
    if address_index > ip_ptr._loopback_index:
        return NX_INVALID_INTERFACE
    if _headroom(packet) < _IPV4_HEADER:
        return NX_UNDERFLOW
    if not threads_only(current()):
        return NX_CALLER_ERROR
    status = _nx_ip_raw_packet_source_send(ip_ptr, packet, destination_ip, address_index, type_of_service)
    if not status:
        packet_null(packet_ptr)
    return status


def nxd_ip_raw_packet_send(
    ip_ptr: "NX_IP | None",
    packet_ptr: "Any",
    destination_ip: "NXD_ADDRESS | None",
    protocol: int,
    ttl: int,
    tos: int,
) -> int:
    """Send a packet of any protocol over IPv4 or IPv6.

    Args:
        ip_ptr (NX_IP): created instance.
        packet_ptr (NX_PACKET or Ref): the data; a variable is set to null on success.
        destination_ip (NXD_ADDRESS): where to.
        protocol (int): protocol number, 0 to 255.
        ttl (int): time to live, or hop limit.
        tos (int): type of service.

    Returns:
        int: NX_SUCCESS (over IPv4 also without a route: the packet is dropped then); NX_PTR_ERROR (a
        pointer null, instance not created); NX_IP_ADDRESS_ERROR (address null, of no version, or all
        zero); NX_UNDERFLOW (fewer bytes free in front of the data than the IP header takes);
        NX_CALLER_ERROR (not from a thread); NX_NOT_ENABLED (raw processing is off).

    Packet: taken on success.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if no_ip(ip_ptr) or packet is None:
        return NX_PTR_ERROR
    if _no_version(destination_ip):
        return NX_IP_ADDRESS_ERROR
    assert destination_ip is not None
    status = _destination(packet, destination_ip)
    if status:
        return status
    if not threads_only(current()):
        return NX_CALLER_ERROR
    status = _nxd_ip_raw_packet_send(ip_ptr, packet, destination_ip, protocol, ttl, tos)  # type: ignore[arg-type]
    if not status:
        packet_null(packet_ptr)
    return status


def _no_version(address: "NXD_ADDRESS | None") -> bool:
    return address is None or address.nxd_ip_version not in (NX_IP_VERSION_V4, NX_IP_VERSION_V6)


def _destination(packet: "NX_PACKET", address: "NXD_ADDRESS") -> int:
    """Check an address of either version, and the room that its header takes."""
    is_ipv4 = address.nxd_ip_version == NX_IP_VERSION_V4
    if not (address.nxd_ip_address.v4 if is_ipv4 else any(address.nxd_ip_address.v6)):
        return NX_IP_ADDRESS_ERROR
    if _headroom(packet) < (_IPV4_HEADER if is_ipv4 else _IPV6_HEADER):
        return NX_UNDERFLOW
    return NX_SUCCESS


def nxd_ip_raw_packet_source_send(
    ip_ptr: "NX_IP | None",
    packet_ptr: "NX_PACKET | None",
    destination_ip: "NXD_ADDRESS | None",
    address_index: int,
    protocol: int,
    ttl: int,
    tos: int,
) -> int:
    """``nxd_ip_raw_packet_send`` from a chosen interface (IPv4) or address (IPv6).

    Args:
        ip_ptr (NX_IP): created instance.
        packet_ptr (NX_PACKET): the data.
        destination_ip (NXD_ADDRESS): where to.
        address_index (int): the interface, loopback included, or the index of the IPv6 source address.
        protocol (int): protocol number, 0 to 255.
        ttl (int): time to live, or hop limit.
        tos (int): type of service.

    Returns:
        int: NX_SUCCESS (over IPv4 also without a route: the packet is dropped then); NX_PTR_ERROR (a
        pointer null, instance not created); NX_NOT_ENABLED (raw processing is off);
        NX_IP_ADDRESS_ERROR (address null or of no version); NX_INVALID_INTERFACE (no such index);
        NX_IP_ADDRESS_ERROR (address all zero); NX_UNDERFLOW (fewer bytes free in front of the data
        than the IP header takes); NX_CALLER_ERROR (not from a thread).

    Packet: taken on success; the caller's variable is not touched.
    Source: NetX Duo guide ch. 4.
    """
    packet = packet_of(packet_ptr)
    if no_ip(ip_ptr) or packet is None:
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if not ip_ptr.nx_ip_raw_ip_processing:
        return NX_NOT_ENABLED
    if _no_version(destination_ip):
        return NX_IP_ADDRESS_ERROR
    assert destination_ip is not None
    is_ipv4 = destination_ip.nxd_ip_version == NX_IP_VERSION_V4
    if address_index > (ip_ptr._loopback_index if is_ipv4 else current().config.NX_MAX_IPV6_ADDRESSES):
        return NX_INVALID_INTERFACE
    status = _destination(packet, destination_ip)
    if status:
        return status
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nxd_ip_raw_packet_source_send(ip_ptr, packet, destination_ip, address_index, protocol, ttl, tos)
