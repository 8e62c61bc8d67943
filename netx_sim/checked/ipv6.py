"""IPv6 services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, IPv6 services.  The work is in ``netx_sim.ipv6``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.checked.ip_interface import no_ip
from netx_sim.constants import NX_IP_VERSION_V6
from netx_sim.ip.instance import ip_callback_registered
from netx_sim.ipv6.address import _nxd_ipv6_address_delete, _nxd_ipv6_address_get, _nxd_ipv6_address_set
from netx_sim.ipv6.block import NXD_IPV6_ADDRESS, ipv6_of, is_unicast, number_of
from netx_sim.ipv6.enable import _nxd_ipv6_disable, _nxd_ipv6_enable
from netx_sim.ipv6.route import (
    _nxd_ipv6_default_router_add,
    _nxd_ipv6_default_router_delete,
    _nxd_ipv6_default_router_get,
)
from netx_sim.kernel import current
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_INVALID_INTERFACE,
    NX_INVALID_PARAMETERS,
    NX_IP_ADDRESS_ERROR,
    NX_NO_INTERFACE_ADDRESS,
    NX_NOT_ENABLED,
    NX_NOT_SUPPORTED,
    NX_PTR_ERROR,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP

__all__ = [
    "NXD_IPV6_ADDRESS",
    "nxd_icmpv6_ra_flag_callback_set",
    "nxd_ipv6_address_change_notify",
    "nxd_ipv6_address_delete",
    "nxd_ipv6_address_get",
    "nxd_ipv6_address_set",
    "nxd_ipv6_default_router_add",
    "nxd_ipv6_default_router_delete",
    "nxd_ipv6_default_router_get",
    "nxd_ipv6_disable",
    "nxd_ipv6_enable",
    "nxd_ipv6_multicast_interface_join",
    "nxd_ipv6_multicast_interface_leave",
]

_LINK_LOCAL_LENGTH = 10


def nxd_ipv6_enable(ip_ptr: "NX_IP | None") -> int:
    """Bring IPv6 into an instance; ::1 becomes usable, and routers are asked for once there is an address.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null, or not created); NX_CALLER_ERROR (from an interrupt or a timer);
        NX_ALREADY_ENABLED; NX_NOT_SUPPORTED (built with NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4; RFC 8200.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_enable(ip_ptr)  # type: ignore[arg-type]


def nxd_ipv6_disable(ip_ptr: "NX_IP | None") -> int:
    """Take IPv6 out of an instance: its addresses, neighbours and routers are removed.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS (also if it was off); NX_PTR_ERROR (null, or not created); NX_CALLER_ERROR (from an interrupt
        or a timer).

    Packet: those waiting for a neighbour are released.
    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_disable(ip_ptr)  # type: ignore[arg-type]


# -- addresses --------------------------------------------------------------------------------------


def nxd_ipv6_address_set(
    ip_ptr: "NX_IP | None",
    interface_index: int,
    ip_address: "NXD_ADDRESS | None",
    prefix_length: int,
    address_index: "Any",
) -> int:
    """Give an interface an address; with ICMPv6 it is tentative for some seconds, until it has proved unique.

    Args:
        ip_ptr (NX_IP): created instance.
        interface_index (int): a physical interface in use.
        ip_address (NXD_ADDRESS or None): the address; None makes a link-local one from the hardware address.
        prefix_length (int): bits of the network; 10 for a link-local address.
        address_index (Ref[int] or None, out): its place in the table.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created); NX_IP_ADDRESS_ERROR (version not 6, unless the
        prefix length is 10; not a unicast address; None with another prefix length than 10); NX_INVALID_INTERFACE
        (no such interface, or not in use); NX_CALLER_ERROR (from an interrupt or a timer); NX_DUPLICATED_ENTRY (the
        instance has it already); NX_NO_MORE_ENTRIES (the table is full); NX_NOT_SUPPORTED (built with
        NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4; RFC 4862 section 5.4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    given = ip_address is not None
    if given and prefix_length != _LINK_LOCAL_LENGTH and ip_address.nxd_ip_version != NX_IP_VERSION_V6:  # type: ignore[union-attr]
        return NX_IP_ADDRESS_ERROR
    if _no_interface(ip_ptr, interface_index):  # type: ignore[arg-type]
        return NX_INVALID_INTERFACE
    if given and not is_unicast(number_of(ip_address.nxd_ip_address.v6)):  # type: ignore[union-attr]
        return NX_IP_ADDRESS_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_address_set(ip_ptr, interface_index, ip_address, prefix_length, address_index)  # type: ignore[arg-type]


def _no_interface(ip_ptr: "NX_IP", index: int) -> bool:
    """No physical interface in use?"""
    return not 0 <= index < ip_ptr._loopback_index or not ip_ptr.nx_ip_interface[index].nx_interface_valid


def nxd_ipv6_address_get(
    ip_ptr: "NX_IP | None",
    address_index: int,
    ip_address: "NXD_ADDRESS | None",
    prefix_length: "Any",
    interface_index: "Any",
) -> int:
    """Read an address that may be used.

    Args:
        ip_ptr (NX_IP): created instance.
        address_index (int): its place in the table; NX_MAX_IPV6_ADDRESSES is ::1.
        ip_address (NXD_ADDRESS, out): the address; :: if there is none, or a tentative one.
        prefix_length (Ref[int], out): bits of its network; 0 if there is none.
        interface_index (Ref[int], out): its interface; not written if there is none.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_NO_INTERFACE_ADDRESS (no such index,
        unused, or still tentative); NX_CALLER_ERROR (from an interrupt or a timer); NX_NOT_SUPPORTED (built with
        NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None or prefix_length is None or interface_index is None:
        return NX_PTR_ERROR
    if _no_index(address_index):
        return NX_NO_INTERFACE_ADDRESS
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_address_get(ip_ptr, address_index, ip_address, prefix_length, interface_index)  # type: ignore[arg-type]


def _no_index(address_index: int) -> bool:
    """Outside of the table, loopback included?"""
    return not 0 <= address_index <= current().config.NX_MAX_IPV6_ADDRESSES


def nxd_ipv6_address_delete(ip_ptr: "NX_IP | None", address_index: int) -> int:
    """Remove an address, and leave its group.

    Args:
        ip_ptr (NX_IP): created instance.
        address_index (int): its place in the table.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created); NX_NO_INTERFACE_ADDRESS (no such index, or
        unused); NX_CALLER_ERROR (from an interrupt or a timer); NX_NOT_SUPPORTED (built with NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if _no_index(address_index):
        return NX_NO_INTERFACE_ADDRESS
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_address_delete(ip_ptr, address_index)  # type: ignore[arg-type]


def nxd_ipv6_address_change_notify(
    ip_ptr: "NX_IP | None",
    ip_address_change_notify: "Callable[[NX_IP, int, int, int, list[int]], None] | None",
) -> int:
    """Have a function called when an address comes, proves unique or not, or goes.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address_change_notify (callable or None): called with instance, what happened (NX_IPV6_ADDRESS_...),
            interface index, address index and the four words of the address; None switches off.

    Returns:
        int: NX_SUCCESS; NX_NOT_ENABLED (a build without NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY, before all else);
        NX_PTR_ERROR (instance null or not created); NX_CALLER_ERROR (not from a thread); NX_NOT_SUPPORTED (built
        with NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4.
    """
    config = current().config
    if not config.NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY:
        return NX_NOT_ENABLED
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    if config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    ip_callback_registered(ip_ptr, ip_address_change_notify)  # type: ignore[arg-type]
    ipv6_of(ip_ptr).change_notify = ip_address_change_notify  # type: ignore[arg-type]
    return NX_SUCCESS


# -- routers ----------------------------------------------------------------------------------------


def nxd_ipv6_default_router_add(
    ip_ptr: "NX_IP | None", router_addr: "NXD_ADDRESS | None", router_lifetime: int, interface_index: int
) -> int:
    """Add a default router, or renew one.

    Args:
        ip_ptr (NX_IP): created instance.
        router_addr (NXD_ADDRESS): its address, on the link of the interface.
        router_lifetime (int): seconds, of which 16 bits count; 0xFFFF never ends.
        interface_index (int): a physical interface in use.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_PARAMETERS (version not 6);
        NX_INVALID_INTERFACE (no such interface, or not in use); NX_CALLER_ERROR (from an interrupt or a timer);
        NX_IP_ADDRESS_ERROR (no unicast address, or a global one in no network of the interface);
        NX_NO_MORE_ENTRIES (the table is full); NX_NOT_SUPPORTED (built with NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4; RFC 4861 section 6.3.4.
    """
    if no_ip(ip_ptr) or router_addr is None:
        return NX_PTR_ERROR
    if router_addr.nxd_ip_version != NX_IP_VERSION_V6:
        return NX_INVALID_PARAMETERS
    if _no_interface(ip_ptr, interface_index):  # type: ignore[arg-type]
        return NX_INVALID_INTERFACE
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_default_router_add(ip_ptr, router_addr, router_lifetime, interface_index)  # type: ignore[arg-type]


def nxd_ipv6_default_router_delete(ip_ptr: "NX_IP | None", router_addr: "NXD_ADDRESS | None") -> int:
    """Remove a default router.

    Args:
        ip_ptr (NX_IP): created instance.
        router_addr (NXD_ADDRESS): its address.

    Returns:
        int: NX_SUCCESS (also if there is no router at all); NX_PTR_ERROR (a pointer null, instance not created);
        NX_INVALID_PARAMETERS (version not 6); NX_CALLER_ERROR (from an interrupt or a timer); NX_NOT_FOUND (there
        are others, but not this one).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or router_addr is None:
        return NX_PTR_ERROR
    if router_addr.nxd_ip_version != NX_IP_VERSION_V6:
        return NX_INVALID_PARAMETERS
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_ipv6_default_router_delete(ip_ptr, router_addr)  # type: ignore[arg-type]


def nxd_ipv6_default_router_get(
    ip_ptr: "NX_IP | None",
    interface_index: int,
    router_addr: "NXD_ADDRESS | None",
    router_lifetime: "Any",
    prefix_length: "Any",
) -> int:
    """Read the first default router of an interface; from any context.

    Args:
        ip_ptr (NX_IP): created instance.
        interface_index (int): a physical interface there is room for.
        router_addr (NXD_ADDRESS, out): its address.
        router_lifetime (Ref[int], out): seconds left.
        prefix_length (Ref[int], out): 10 for a link-local address, else 64.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_INTERFACE (no such
        interface); NX_NOT_FOUND (it has no router; nothing is written).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or router_addr is None or router_lifetime is None or prefix_length is None:
        return NX_PTR_ERROR
    if not 0 <= interface_index < ip_ptr._loopback_index:  # type: ignore[union-attr]
        return NX_INVALID_INTERFACE
    return _nxd_ipv6_default_router_get(ip_ptr, interface_index, router_addr, router_lifetime, prefix_length)  # type: ignore[arg-type]


# -- beyond the catalogue ---------------------------------------------------------------------------


def nxd_icmpv6_ra_flag_callback_set(ip_ptr: "NX_IP | None", ra_callback: "Callable[[NX_IP, int], None] | None") -> int:
    """Have a function called with the flags of each valid router advertisement.

    Args:
        ip_ptr (NX_IP): created instance.
        ra_callback (callable or None): called in the IP thread with instance and flags (0x80 managed addresses,
            0x40 other configuration); None switches off.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created).

    Source: RFC 4861 section 4.2.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    ip_callback_registered(ip_ptr, ra_callback)  # type: ignore[arg-type]
    ipv6_of(ip_ptr).ra_callback = ra_callback  # type: ignore[arg-type]
    return NX_SUCCESS


def nxd_ipv6_multicast_interface_join(
    ip_ptr: "NX_IP | None", group_address: "NXD_ADDRESS | None", interface_index: int
) -> int:
    """Joining IPv6 groups is not compiled in: NX_NOT_SUPPORTED, whatever is asked."""
    return NX_NOT_SUPPORTED


def nxd_ipv6_multicast_interface_leave(
    ip_ptr: "NX_IP | None", group_address: "NXD_ADDRESS | None", interface_index: int
) -> int:
    """As joining: NX_NOT_SUPPORTED."""
    return NX_NOT_SUPPORTED
