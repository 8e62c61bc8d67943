"""Neighbour cache services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, IPv6 services.  The work is in ``netx_sim.ipv6``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.checked.ip_interface import no_ip
from netx_sim.constants import NX_IP_VERSION_V6
from netx_sim.ipv6.cache import (
    _nxd_nd_cache_entry_delete,
    _nxd_nd_cache_entry_set,
    _nxd_nd_cache_hardware_address_find,
    _nxd_nd_cache_invalidate,
    _nxd_nd_cache_ip_address_find,
)
from netx_sim.kernel import current
from netx_sim.status import NX_CALLER_ERROR, NX_INVALID_INTERFACE, NX_INVALID_PARAMETERS, NX_PTR_ERROR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP

__all__ = [
    "nxd_nd_cache_entry_delete",
    "nxd_nd_cache_entry_set",
    "nxd_nd_cache_hardware_address_find",
    "nxd_nd_cache_invalidate",
    "nxd_nd_cache_ip_address_find",
]


def nxd_nd_cache_entry_set(ip_ptr: "NX_IP | None", dest_ip: "Any", interface_index: int, mac: "Any") -> int:
    """Put a neighbour into the cache that stays and is never asked for.

    Args:
        ip_ptr (NX_IP): created instance.
        dest_ip (four ints or a buffer of 16 bytes): its address, as words in host order.
        interface_index (int): the device takes it for the index of one of its own addresses, and the entry belongs
            to the interface of that address.
        mac (bytes-like): its hardware address, 6 bytes.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_INTERFACE (no such
        interface); NX_CALLER_ERROR (from an interrupt or a timer); NX_NOT_SUCCESSFUL (no room); NX_NOT_SUPPORTED
        (built with NX_DISABLE_IPV6).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or dest_ip is None or mac is None:
        return NX_PTR_ERROR
    if not 0 <= interface_index < ip_ptr._loopback_index:  # type: ignore[union-attr]
        return NX_INVALID_INTERFACE
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_nd_cache_entry_set(ip_ptr, dest_ip, interface_index, mac)  # type: ignore[arg-type]


def nxd_nd_cache_entry_delete(ip_ptr: "NX_IP | None", dest_ip: "Any") -> int:
    """Remove a neighbour from the cache.

    Args:
        ip_ptr (NX_IP): created instance.
        dest_ip (four ints or a buffer of 16 bytes): its address, as words in host order.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_CALLER_ERROR (from an interrupt or a
        timer); NX_ENTRY_NOT_FOUND.

    Packet: those waiting for it are released.
    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or dest_ip is None:
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nxd_nd_cache_entry_delete(ip_ptr, dest_ip)  # type: ignore[arg-type]


def nxd_nd_cache_hardware_address_find(
    ip_ptr: "NX_IP | None",
    ip_address: "NXD_ADDRESS | None",
    physical_msw: "Any",
    physical_lsw: "Any",
    interface_index: "Any",
) -> int:
    """Read a neighbour's hardware address; one that is still being asked for has 0.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (NXD_ADDRESS): its address.
        physical_msw (Ref[int], out): most significant 2 bytes.
        physical_lsw (Ref[int], out): least significant 4 bytes.
        interface_index (Ref[int], out): where it is.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_PARAMETERS (version not 6);
        NX_CALLER_ERROR (not from a thread); NX_ENTRY_NOT_FOUND (nothing is written).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None or physical_msw is None or physical_lsw is None:
        return NX_PTR_ERROR
    if ip_address.nxd_ip_version != NX_IP_VERSION_V6:
        return NX_INVALID_PARAMETERS
    if interface_index is None:
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nxd_nd_cache_hardware_address_find(ip_ptr, ip_address, physical_msw, physical_lsw, interface_index)  # type: ignore[arg-type]


def nxd_nd_cache_ip_address_find(
    ip_ptr: "NX_IP | None",
    ip_address: "NXD_ADDRESS | None",
    physical_msw: int,
    physical_lsw: int,
    interface_index: "Any",
) -> int:
    """Find the neighbour that has a hardware address.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (NXD_ADDRESS, out): its address.
        physical_msw (int): most significant 2 bytes of the hardware address.
        physical_lsw (int): least significant 4 bytes.
        interface_index (Ref[int], out): where it is.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_PARAMETERS (hardware address
        0); NX_CALLER_ERROR (not from a thread); NX_ENTRY_NOT_FOUND (nothing is written).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None or interface_index is None:
        return NX_PTR_ERROR
    if not physical_msw and not physical_lsw:
        return NX_INVALID_PARAMETERS
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nxd_nd_cache_ip_address_find(ip_ptr, ip_address, physical_msw, physical_lsw, interface_index)  # type: ignore[arg-type]


def nxd_nd_cache_invalidate(ip_ptr: "NX_IP | None") -> int:
    """Empty the neighbour cache, static entries too.

    Args:
        ip_ptr (NX_IP): created instance.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null, or not created); NX_CALLER_ERROR (not from a thread).

    Packet: those waiting for a neighbour are released.
    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nxd_nd_cache_invalidate(ip_ptr)  # type: ignore[arg-type]
