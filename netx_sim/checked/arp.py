"""ARP services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, ARP services.  The work is in ``netx_sim.arp``.
"""

from netx_sim.arp.cache import NX_ARP_SIZE
from netx_sim.arp.services import (
    _nx_arp_dynamic_entries_invalidate,
    _nx_arp_dynamic_entry_set,
    _nx_arp_enable,
    _nx_arp_entry_delete,
    _nx_arp_gratuitous_send,
    _nx_arp_hardware_address_find,
    _nx_arp_info_get,
    _nx_arp_ip_address_find,
    _nx_arp_static_entries_delete,
    _nx_arp_static_entry_create,
    _nx_arp_static_entry_delete,
)
from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.checked.ip_interface import no_ip
from netx_sim.constants import NX_IP_CLASS_D_MASK, NX_IP_CLASS_D_TYPE, NX_IP_LIMITED_BROADCAST
from netx_sim.ip.interface import physical_interfaces
from netx_sim.kernel import current
from netx_sim.status import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_INVALID_PARAMETERS,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_ENABLED,
    NX_PTR_ERROR,
    NX_SIZE_ERROR,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET


def _enabled_thread(ip_ptr: "NX_IP") -> int:
    """The usual end of the checks: ARP enabled, then an ordinary thread calls."""
    if ip_ptr._arp is None:
        return NX_NOT_ENABLED
    return NX_SUCCESS if threads_only(current()) else NX_CALLER_ERROR


def _enabled_thread_or_init(ip_ptr: "NX_IP") -> int:
    """As above, where initialisation may call too."""
    if ip_ptr._arp is None:
        return NX_NOT_ENABLED
    return NX_SUCCESS if not_isr_not_timer(current()) else NX_CALLER_ERROR


def _no_host(ip_address: int) -> bool:
    """Is it no address of one host: 0, a group, or everybody?"""
    return (
        not ip_address or ip_address & NX_IP_CLASS_D_MASK == NX_IP_CLASS_D_TYPE or ip_address == NX_IP_LIMITED_BROADCAST
    )


def nx_arp_enable(ip_ptr: "NX_IP | None", arp_cache_memory: "Any", arp_cache_size: int) -> int:
    """Switch ARP on and make its cache.

    Args:
        ip_ptr (NX_IP): created instance.
        arp_cache_memory (writable buffer): the cache; belongs to the instance from now on.
        arp_cache_size (int): bytes of it; each entry takes 52.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_ALREADY_ENABLED;
        NX_SIZE_ERROR (not one entry fits); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or arp_cache_memory is None:
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if ip_ptr._arp is not None:
        return NX_ALREADY_ENABLED
    if arp_cache_size < NX_ARP_SIZE:
        return NX_SIZE_ERROR
    if len(memoryview(arp_cache_memory)) < arp_cache_size:
        raise TypeError("arp_cache_size: " + str(arp_cache_size) + " is beyond the end of arp_cache_memory")
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_arp_enable(ip_ptr, arp_cache_memory, arp_cache_size)


# -- static entries ---------------------------------------------------------------------------------


def nx_arp_static_entry_create(ip_ptr: "NX_IP | None", ip_address: int, physical_msw: int, physical_lsw: int) -> int:
    """Tie an address to a hardware address for good; packets that wait for it are sent.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (int): address on an attached network.
        physical_msw (int): upper 16 bits of the hardware address.
        physical_lsw (int): lower 32 bits.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (0, a group, everybody;
        or not on an attached network); NX_INVALID_PARAMETERS (hardware address 0); NX_NOT_ENABLED;
        NX_CALLER_ERROR (from an interrupt or a timer); NX_NO_MORE_ENTRIES (all entries are static).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if _no_host(ip_address):
        return NX_IP_ADDRESS_ERROR
    if not (physical_msw or physical_lsw):
        return NX_INVALID_PARAMETERS
    assert ip_ptr is not None
    status = _enabled_thread_or_init(ip_ptr)
    return status or _nx_arp_static_entry_create(ip_ptr, ip_address, physical_msw, physical_lsw)


def nx_arp_static_entry_delete(ip_ptr: "NX_IP | None", ip_address: int, physical_msw: int, physical_lsw: int) -> int:
    """Remove one static entry; address and hardware address must both match.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (address 0);
        NX_INVALID_PARAMETERS (hardware address 0); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_ENTRY_NOT_FOUND.

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    if not (physical_msw or physical_lsw):
        return NX_INVALID_PARAMETERS
    assert ip_ptr is not None
    status = _enabled_thread(ip_ptr)
    return status or _nx_arp_static_entry_delete(ip_ptr, ip_address, physical_msw, physical_lsw)


def nx_arp_static_entries_delete(ip_ptr: "NX_IP | None") -> int:
    """Remove all static entries.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    return _enabled_thread_or_init(ip_ptr) or _nx_arp_static_entries_delete(ip_ptr)


# -- dynamic entries --------------------------------------------------------------------------------


def nx_arp_dynamic_entry_set(ip_ptr: "NX_IP | None", ip_address: int, physical_msw: int, physical_lsw: int) -> int:
    """Set a dynamic entry; with hardware address 0 a request is sent instead.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (0, a group, everybody;
        or not on an attached network); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread);
        NX_DUPLICATED_ENTRY (a static entry exists); NX_NO_MORE_ENTRIES (all entries are static).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if _no_host(ip_address):
        return NX_IP_ADDRESS_ERROR
    assert ip_ptr is not None
    status = _enabled_thread(ip_ptr)
    return status or _nx_arp_dynamic_entry_set(ip_ptr, ip_address, physical_msw, physical_lsw)


def nx_arp_dynamic_entries_invalidate(ip_ptr: "NX_IP | None") -> int:
    """Take all dynamic entries out of use; packets that wait for an answer are dropped.

    A device leaves the addresses in the memory of the entries, and the two find services still see
    them until the entries are used again.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    return _enabled_thread(ip_ptr) or _nx_arp_dynamic_entries_invalidate(ip_ptr)


def nx_arp_entry_delete(ip_ptr: "NX_IP | None", ip_address: int) -> int:
    """Remove the entry of an address, static or dynamic.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (address 0);
        NX_CALLER_ERROR (from an interrupt or a timer); NX_ENTRY_NOT_FOUND (also when ARP is not
        enabled).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_arp_entry_delete(ip_ptr, ip_address)  # type: ignore[arg-type]


# -- asking -----------------------------------------------------------------------------------------


def nx_arp_hardware_address_find(
    ip_ptr: "NX_IP | None", ip_address: int, physical_msw: "Any", physical_lsw: "Any"
) -> int:
    """Look up a hardware address in the cache; nothing is sent.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (int): the address.
        physical_msw (Ref[int], out): upper 16 bits of the hardware address.
        physical_lsw (Ref[int], out): lower 32 bits.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_IP_ADDRESS_ERROR
        (address 0); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread); NX_ENTRY_NOT_FOUND (outputs
        not written).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or physical_msw is None or physical_lsw is None:
        return NX_PTR_ERROR
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    assert ip_ptr is not None
    status = _enabled_thread(ip_ptr)
    return status or _nx_arp_hardware_address_find(ip_ptr, ip_address, physical_msw, physical_lsw)


def nx_arp_ip_address_find(ip_ptr: "NX_IP | None", ip_address: "Any", physical_msw: int, physical_lsw: int) -> int:
    """Look up the address (Ref[int]) of a hardware address in the cache; nothing is sent.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_PARAMETERS
        (hardware address 0); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread); NX_ENTRY_NOT_FOUND
        (output not written).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None:
        return NX_PTR_ERROR
    if not (physical_msw or physical_lsw):
        return NX_INVALID_PARAMETERS
    assert ip_ptr is not None
    status = _enabled_thread(ip_ptr)
    return status or _nx_arp_ip_address_find(ip_ptr, ip_address, physical_msw, physical_lsw)


def nx_arp_info_get(
    ip_ptr: "NX_IP | None",
    arp_requests_sent: "Any",
    arp_requests_received: "Any",
    arp_responses_sent: "Any",
    arp_responses_received: "Any",
    arp_dynamic_entries: "Any",
    arp_static_entries: "Any",
    arp_aged_entries: "Any",
    arp_invalid_messages: "Any",
) -> int:
    """Read the counters of ARP; each output (Ref[int]) may be None.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created); NX_NOT_ENABLED; NX_CALLER_ERROR
        (not from a thread).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    return _enabled_thread(ip_ptr) or _nx_arp_info_get(
        ip_ptr,
        arp_requests_sent,
        arp_requests_received,
        arp_responses_sent,
        arp_responses_received,
        arp_dynamic_entries,
        arp_static_entries,
        arp_aged_entries,
        arp_invalid_messages,
    )


def nx_arp_gratuitous_send(
    ip_ptr: "NX_IP | None", response_handler: "Callable[[NX_IP, NX_PACKET], None] | None"
) -> int:
    """Announce the address of every interface that has one.

    Args:
        ip_ptr (NX_IP): created instance.
        response_handler (callable or None): called as (ip_ptr, packet_ptr), in the IP thread, when
            another host turns out to use our address; the packet is the handler's.

    Returns:
        int: NX_SUCCESS (also if no packet was free to announce with); NX_PTR_ERROR (null or not
        created); NX_IP_ADDRESS_ERROR (no interface has an address); NX_NOT_ENABLED; NX_CALLER_ERROR
        (not from a thread).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if not [interface for interface in physical_interfaces(ip_ptr) if interface.nx_interface_ip_address]:
        return NX_IP_ADDRESS_ERROR
    return _enabled_thread(ip_ptr) or _nx_arp_gratuitous_send(ip_ptr, response_handler)
