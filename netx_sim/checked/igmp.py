"""IGMP and IPv4 multicast services: the checks of the device's error-checking layer.

Read first: NetX Duo guide, chapter 4, IGMP services. The work is in ``netx_sim.igmp``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.constants import NX_IP_CLASS_D_MASK, NX_IP_CLASS_D_TYPE, NX_IP_ID
from netx_sim.igmp import (
    _nx_igmp_enable,
    _nx_igmp_info_get,
    _nx_igmp_loopback_disable,
    _nx_igmp_loopback_enable,
    _nx_ipv4_multicast_interface_join,
    _nx_ipv4_multicast_interface_leave,
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

    from netx_sim.ip.block import NX_IP

_PRIMARY_INTERFACE = 0


def nx_igmp_enable(ip_ptr: "NX_IP | None") -> int:
    """Bring IGMP into an instance; its links are told to accept 224.0.0.1.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_ALREADY_ENABLED; NX_CALLER_ERROR (from an interrupt or
        a timer).

    Source: NetX Duo guide ch. 4; RFC 2236.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._igmp_receive is not None:
        return NX_ALREADY_ENABLED
    if not not_isr_not_timer(ip_ptr._sim):
        return NX_CALLER_ERROR
    return _nx_igmp_enable(ip_ptr)


def _on_instance(ip_ptr: "NX_IP | None") -> int:
    """The checks that the settings and counters share; 0 if all hold."""
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._igmp_receive is None:
        return NX_NOT_ENABLED
    return NX_SUCCESS if not_isr_not_timer(ip_ptr._sim) else NX_CALLER_ERROR


def nx_igmp_info_get(
    ip_ptr: "NX_IP | None",
    igmp_reports_sent: "Any",
    igmp_queries_received: "Any",
    igmp_checksum_errors: "Any",
    current_groups_joined: "Any",
) -> int:
    """Read the IGMP counters of an instance; each output may be None.

    Args:
        ip_ptr (NX_IP): created instance.
        igmp_reports_sent (Ref[int], out): membership reports.
        igmp_queries_received (Ref[int], out): queries of routers.
        igmp_checksum_errors (Ref[int], out): messages dropped for their checksum.
        current_groups_joined (Ref[int], out): groups joined now.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an interrupt or a
        timer).

    Source: NetX Duo guide ch. 4.
    """
    return _on_instance(ip_ptr) or _nx_igmp_info_get(
        ip_ptr,  # type: ignore[arg-type]
        igmp_reports_sent,
        igmp_queries_received,
        igmp_checksum_errors,
        current_groups_joined,
    )


def nx_igmp_loopback_enable(ip_ptr: "NX_IP | None") -> int:
    """Loop what is sent to groups joined from now on back to the instance itself.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: as ``nx_igmp_info_get``.

    Source: NetX Duo guide ch. 4.
    """
    return _on_instance(ip_ptr) or _nx_igmp_loopback_enable(ip_ptr)  # type: ignore[arg-type]


def nx_igmp_loopback_disable(ip_ptr: "NX_IP | None") -> int:
    """Do not loop back what is sent to groups joined from now on; so it is after enabling IGMP.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: as ``nx_igmp_info_get``.

    Source: NetX Duo guide ch. 4.
    """
    return _on_instance(ip_ptr) or _nx_igmp_loopback_disable(ip_ptr)  # type: ignore[arg-type]


def _group_arguments(ip_ptr: "NX_IP", group_address: int, interface_index: int) -> int:
    """The checks that joining and leaving share; 0 if all hold."""
    if group_address & NX_IP_CLASS_D_MASK != NX_IP_CLASS_D_TYPE:
        return NX_IP_ADDRESS_ERROR
    if not 0 <= interface_index < ip_ptr._loopback_index:
        return NX_INVALID_INTERFACE
    if not ip_ptr.nx_ip_interface[interface_index].nx_interface_valid:
        return NX_INVALID_INTERFACE
    return NX_SUCCESS if threads_only(ip_ptr._sim) else NX_CALLER_ERROR


def nx_igmp_multicast_join(ip_ptr: "NX_IP | None", group_address: int) -> int:
    """Join an IPv4 multicast group on the first interface.

    Args:
        ip_ptr (NX_IP): created instance.
        group_address (int): 224.0.0.0 to 239.255.255.255, in host order.

    Returns:
        int: NX_SUCCESS (joined once more, if it was already); NX_PTR_ERROR (null or not created); NX_NOT_ENABLED;
        NX_IP_ADDRESS_ERROR (no group's address); NX_INVALID_INTERFACE (interface not in use); NX_CALLER_ERROR (not
        from a thread); NX_NO_MORE_ENTRIES (NX_MAX_MULTICAST_GROUPS joined).

    Source: NetX Duo guide ch. 4; RFC 2236.
    """
    return nx_igmp_multicast_interface_join(ip_ptr, group_address, _PRIMARY_INTERFACE)


def nx_igmp_multicast_interface_join(ip_ptr: "NX_IP | None", group_address: int, interface_index: int) -> int:
    """Join an IPv4 multicast group on an interface.

    Args:
        ip_ptr (NX_IP): created instance.
        group_address (int): 224.0.0.0 to 239.255.255.255, in host order.
        interface_index (int): a physical interface in use.

    Returns:
        int: as ``nx_igmp_multicast_join``.

    Source: NetX Duo guide ch. 4; RFC 2236.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._igmp_receive is None:
        return NX_NOT_ENABLED
    status = _group_arguments(ip_ptr, group_address, interface_index)
    return status or _nx_ipv4_multicast_interface_join(ip_ptr, group_address, interface_index)


def nx_igmp_multicast_leave(ip_ptr: "NX_IP | None", group_address: int) -> int:
    """Leave an IPv4 multicast group on the first interface; the last of several joins counts.

    Args:
        ip_ptr (NX_IP): created instance.
        group_address (int): the group, in host order.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_IP_ADDRESS_ERROR (no group's address);
        NX_INVALID_INTERFACE (interface not in use); NX_CALLER_ERROR (not from a thread); NX_ENTRY_NOT_FOUND (not
        joined).

    Source: NetX Duo guide ch. 4; RFC 2236.
    """
    return nx_igmp_multicast_interface_leave(ip_ptr, group_address, _PRIMARY_INTERFACE)


def nx_igmp_multicast_interface_leave(ip_ptr: "NX_IP | None", group_address: int, interface_index: int) -> int:
    """Leave an IPv4 multicast group on an interface.

    Args:
        ip_ptr (NX_IP): created instance.
        group_address (int): the group, in host order.
        interface_index (int): a physical interface in use.

    Returns:
        int: as ``nx_igmp_multicast_leave``.

    Source: NetX Duo guide ch. 4; RFC 2236.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    if ip_ptr._igmp_receive is None:
        return NX_NOT_ENABLED
    status = _group_arguments(ip_ptr, group_address, interface_index)
    return status or _nx_ipv4_multicast_interface_leave(ip_ptr, group_address, interface_index)


def nx_ipv4_multicast_interface_join(ip_ptr: "NX_IP | None", group_address: int, interface_index: int) -> int:
    """Join an IPv4 multicast group on an interface, with or without IGMP; without it no router is told.

    Args:
        ip_ptr (NX_IP): created instance.
        group_address (int): 224.0.0.0 to 239.255.255.255, in host order.
        interface_index (int): a physical interface in use.

    Returns:
        int: as ``nx_igmp_multicast_join``, but for NX_NOT_ENABLED.

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    status = _group_arguments(ip_ptr, group_address, interface_index)
    return status or _nx_ipv4_multicast_interface_join(ip_ptr, group_address, interface_index)


def nx_ipv4_multicast_interface_leave(ip_ptr: "NX_IP | None", group_address: int, interface_index: int) -> int:
    """Leave an IPv4 multicast group on an interface, with or without IGMP.

    Args:
        ip_ptr (NX_IP): created instance.
        group_address (int): the group, in host order.
        interface_index (int): a physical interface in use.

    Returns:
        int: as ``nx_igmp_multicast_leave``, but for NX_NOT_ENABLED.

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID:
        return NX_PTR_ERROR
    status = _group_arguments(ip_ptr, group_address, interface_index)
    return status or _nx_ipv4_multicast_interface_leave(ip_ptr, group_address, interface_index)
