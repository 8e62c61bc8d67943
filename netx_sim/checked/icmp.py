"""ICMP services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, ICMP services. The work is in ``netx_sim.icmp``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.constants import NX_IP_ID, NX_IP_VERSION_V4, NX_IP_VERSION_V6
from netx_sim.icmp import (
    _nx_icmp_enable,
    _nx_icmp_info_get,
    _nx_icmp_ping,
    _nxd_icmp_enable,
    _nxd_icmp_ping,
    _nxd_icmp_source_ping,
)
from netx_sim.status import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_INVALID_INTERFACE,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_ENABLED,
    NX_PTR_ERROR,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP


def nx_icmp_enable(ip_ptr: "NX_IP | None") -> int:
    """Bring ICMP for IPv4 into an instance: echo requests are answered, and errors are reported to senders.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_ALREADY_ENABLED; NX_CALLER_ERROR (from an interrupt or
        a timer).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._icmp_receive is not None:
        return NX_ALREADY_ENABLED
    if not not_isr_not_timer(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_icmp_enable(ip_ptr)


def nxd_icmp_enable(ip_ptr: "NX_IP | None") -> int:
    """Bring ICMP of both IP versions into an instance; of IPv6, neighbour and address detection with it.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS, also if enabled already; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if not not_isr_not_timer(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nxd_icmp_enable(ip_ptr)


def nx_icmp_info_get(
    ip_ptr: "NX_IP | None",
    pings_sent: "Any",
    ping_timeouts: "Any",
    ping_threads_suspended: "Any",
    ping_responses_received: "Any",
    icmp_checksum_errors: "Any",
    icmp_unhandled_messages: "Any",
) -> int:
    """Read the ICMP counters of an instance; each output may be None.

    Args:
        ip_ptr (NX_IP): created instance.
        pings_sent (Ref[int], out): echo requests sent.
        ping_timeouts (Ref[int], out): pings whose wait ran out; a ping with wait 0 is none.
        ping_threads_suspended (Ref[int], out): threads that wait for a reply now.
        ping_responses_received (Ref[int], out): echo replies, also those nobody waited for.
        icmp_checksum_errors (Ref[int], out): messages dropped for their checksum.
        icmp_unhandled_messages (Ref[int], out): messages of other types.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt or a
        timer).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._icmp_receive is None:
        return NX_NOT_ENABLED
    if not not_isr_not_timer(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_icmp_info_get(
        ip_ptr,
        pings_sent,
        ping_timeouts,
        ping_threads_suspended,
        ping_responses_received,
        icmp_checksum_errors,
        icmp_unhandled_messages,
    )


def nx_icmp_ping(
    ip_ptr: "NX_IP | None", ip_address: int, data: "Any", data_size: int, response_ptr: "Any", wait_option: int
) -> int:
    """Send an echo request to an IPv4 address and wait for the reply.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (int): whom to ask, in host order.
        data (bytes-like or str): sent along, and expected back.
        data_size (int): bytes of it.
        response_ptr (Ref[NX_PACKET], out): the data of the reply; null if none came.
        wait_option (int): ticks to wait for a packet to send with, and again for the reply.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance or response null, instance not created); NX_IP_ADDRESS_ERROR (address
        0, or no route); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread); NX_NO_PACKET (none free in time);
        NX_INVALID_PARAMETERS (payload too small for the headers); NX_NO_RESPONSE (no reply in time; with wait 0
        always); NX_WAIT_ABORTED.

    Blocks: up to twice wait_option ticks.
    Packet: the reply is the caller's.
    Source: NetX Duo guide ch. 4; RFC 792.
    """
    if ip_ptr is None or response_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    if ip_ptr._icmp_receive is None:
        return NX_NOT_ENABLED
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_icmp_ping(ip_ptr, ip_address, data, data_size, response_ptr, wait_option)


def nxd_icmp_ping(
    ip_ptr: "NX_IP | None",
    ip_address: "NXD_ADDRESS | None",
    data_ptr: "Any",
    data_size: int,
    response_ptr: "Any",
    wait_option: int,
) -> int:
    """Send an echo request to an address of either version and wait for the reply.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (NXD_ADDRESS): whom to ask.
        data_ptr (bytes-like or str): sent along, and expected back.
        data_size (int): bytes of it.
        response_ptr (Ref[NX_PACKET], out): the data of the reply; null if none came.
        wait_option (int): ticks to wait for a packet to send with, and again for the reply.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance or response null, instance not created); NX_IP_ADDRESS_ERROR (address
        null, version neither 4 nor 6, no IPv4 route); NX_NOT_ENABLED (ICMP of that version); NX_CALLER_ERROR (not from
        a thread); NX_NO_PACKET (none free in time); NX_INVALID_PARAMETERS (payload too small for the headers);
        NX_NO_RESPONSE (no reply in time; with wait 0 always); NX_WAIT_ABORTED; over IPv6 also NX_NO_INTERFACE_ADDRESS
        (no address to send from) and NX_OVERFLOW (the data did not fit).

    Blocks: up to twice wait_option ticks.
    Packet: the reply is the caller's.
    Source: NetX Duo guide ch. 4; RFC 792; RFC 4443.
    """
    status = _ping_arguments(ip_ptr, ip_address, response_ptr)
    if status:
        return status
    assert ip_ptr is not None
    assert ip_address is not None
    if not _enabled(ip_ptr, ip_address):
        return NX_NOT_ENABLED
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nxd_icmp_ping(ip_ptr, ip_address, data_ptr, data_size, response_ptr, wait_option)


def _ping_arguments(ip_ptr: "NX_IP | None", ip_address: "NXD_ADDRESS | None", response_ptr: "Any") -> int:
    if ip_ptr is None or response_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_address is None or ip_address.nxd_ip_version not in (NX_IP_VERSION_V4, NX_IP_VERSION_V6):
        return NX_IP_ADDRESS_ERROR
    return NX_SUCCESS


def _enabled(ip_ptr: "NX_IP", ip_address: "NXD_ADDRESS") -> bool:
    """Is ICMP of that version enabled?"""
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return ip_ptr._icmp_receive is not None
    return ip_ptr._ipv6_ping is not None


def nxd_icmp_source_ping(
    ip_ptr: "NX_IP | None",
    ip_address: "NXD_ADDRESS | None",
    address_index: int,
    data_ptr: "Any",
    data_size: int,
    response_ptr: "Any",
    wait_option: int,
) -> int:
    """As ``nxd_icmp_ping``, from a certain one of our addresses.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (NXD_ADDRESS): whom to ask.
        address_index (int): index of the interface (IPv4) or of the address (IPv6).
        data_ptr (bytes-like or str): sent along, and expected back.
        data_size (int): bytes of it.
        response_ptr (Ref[NX_PACKET], out): the data of the reply; null if none came.
        wait_option (int): ticks to wait for a packet to send with, and again for the reply.

    Returns:
        int: as ``nxd_icmp_ping``, and NX_INVALID_INTERFACE (index out of range, or an unused IPv6 entry). Over IPv4 a
        missing route is not reported: NX_NO_RESPONSE.

    Blocks: up to twice wait_option ticks.
    Packet: the reply is the caller's.
    Source: NetX Duo guide ch. 4.
    """
    status = _ping_arguments(ip_ptr, ip_address, response_ptr)
    if status:
        return status
    assert ip_ptr is not None
    assert ip_address is not None
    if not _index_valid(ip_ptr, ip_address, address_index):
        return NX_INVALID_INTERFACE
    if not _enabled(ip_ptr, ip_address):
        return NX_NOT_ENABLED
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nxd_icmp_source_ping(ip_ptr, ip_address, address_index, data_ptr, data_size, response_ptr, wait_option)


def _index_valid(ip_ptr: "NX_IP", ip_address: "NXD_ADDRESS", address_index: int) -> bool:
    """An interface there is room for, used or not; or an IPv6 address in use, of which there is none without IPv6."""
    if ip_address.nxd_ip_version == NX_IP_VERSION_V4:
        return 0 <= address_index < len(ip_ptr.nx_ip_interface)
    return ip_ptr._ipv6_address_used is not None and ip_ptr._ipv6_address_used(ip_ptr, address_index)
