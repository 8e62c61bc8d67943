"""The work of the ARP services."""

from netx_sim.arp.cache import (
    NX_ARP_SIZE,
    ArpCache,
    cache_allocate,
    cache_dynamic_delete,
    cache_lookup,
    cache_make_static,
    cache_resolve,
    cache_static_delete,
)
from netx_sim.arp.message import (
    _nx_arp_announce_send,
    _nx_arp_packet_receive,
    arp_periodic,
    arp_resolve_send,
    request,
)
from netx_sim.ip.instance import ip_callback_registered
from netx_sim.ip.interface import physical_interfaces
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.status import (
    NX_DUPLICATED_ENTRY,
    NX_ENTRY_NOT_FOUND,
    NX_IP_ADDRESS_ERROR,
    NX_NO_MORE_ENTRIES,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.arp.cache import NX_ARP
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET


def _nx_arp_enable(ip_ptr: "NX_IP", arp_cache_memory: "Any", arp_cache_size: int) -> int:
    ip_ptr._arp = ArpCache(arp_cache_memory, arp_cache_size // NX_ARP_SIZE)
    ip_ptr._arp_receive = _nx_arp_packet_receive
    ip_ptr._arp_periodic = arp_periodic
    ip_ptr._arp_resolve_send = arp_resolve_send
    ip_ptr._arp_interface_detach = _interface_detach
    ip_ptr._delete_hooks.append(_delete)
    return NX_SUCCESS


def _interface_detach(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """Forget the entries of an interface."""
    for entry in list(ip_ptr._arp.active.values()):
        if entry.nx_arp_ip_interface is interface:
            _entry_delete(ip_ptr, entry)
    interface._arp_defend_until = 0


def _delete(ip_ptr: "NX_IP") -> None:
    """The instance is deleted: packets that wait for an answer go back."""
    for entry in list(ip_ptr._arp.active.values()):
        _entry_delete(ip_ptr, entry)


def _entry_delete(ip_ptr: "NX_IP", entry: "NX_ARP") -> None:
    if entry.nx_arp_route_static:
        cache_static_delete(ip_ptr, entry)
    else:
        cache_dynamic_delete(ip_ptr, entry)


def _on_link(ip_ptr: "NX_IP", ip_address: int) -> "NX_INTERFACE | None":
    """The interface on whose link an address is; None if it is reached through a router or not at all."""
    status, interface, next_hop = _nx_ip_route_find(ip_ptr, ip_address, None)
    if status or next_hop != ip_address:
        return None
    return interface


# -- static entries ---------------------------------------------------------------------------------


def _nx_arp_static_entry_create(ip_ptr: "NX_IP", ip_address: int, physical_msw: int, physical_lsw: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = _static_create(ip_ptr, ip_address, physical_msw, physical_lsw)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _static_create(ip_ptr: "NX_IP", ip_address: int, msw: int, lsw: int) -> int:
    interface = _on_link(ip_ptr, ip_address)
    if interface is None:
        return NX_IP_ADDRESS_ERROR
    entry = cache_lookup(ip_ptr, ip_address, interface)
    if entry is None:
        entry = cache_allocate(ip_ptr, ip_address, interface, True)
        if entry is None:
            return NX_NO_MORE_ENTRIES
    else:
        cache_make_static(ip_ptr, entry)
    cache_resolve(ip_ptr, entry, msw, lsw)
    return NX_SUCCESS


def _nx_arp_static_entry_delete(ip_ptr: "NX_IP", ip_address: int, physical_msw: int, physical_lsw: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_ENTRY_NOT_FOUND
    for entry in ip_ptr._arp.static:
        if (
            entry.nx_arp_ip_address == ip_address
            and entry.nx_arp_physical_address_msw == physical_msw
            and entry.nx_arp_physical_address_lsw == physical_lsw
        ):
            cache_static_delete(ip_ptr, entry)
            status = NX_SUCCESS
            break
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_arp_static_entries_delete(ip_ptr: "NX_IP") -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    for entry in list(ip_ptr._arp.static):
        cache_static_delete(ip_ptr, entry)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


# -- dynamic entries --------------------------------------------------------------------------------


def _nx_arp_dynamic_entry_set(ip_ptr: "NX_IP", ip_address: int, physical_msw: int, physical_lsw: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = _dynamic_set(ip_ptr, ip_address, physical_msw, physical_lsw)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _dynamic_set(ip_ptr: "NX_IP", ip_address: int, msw: int, lsw: int) -> int:
    interface = _on_link(ip_ptr, ip_address)
    if interface is None:
        return NX_IP_ADDRESS_ERROR
    entry = cache_lookup(ip_ptr, ip_address, interface)
    if entry is None:
        entry = cache_allocate(ip_ptr, ip_address, interface, False)
        if entry is None:
            return NX_NO_MORE_ENTRIES
    elif entry.nx_arp_route_static:
        return NX_DUPLICATED_ENTRY
    cache_resolve(ip_ptr, entry, msw, lsw)
    if not (msw or lsw):
        request(ip_ptr, entry, interface)
    return NX_SUCCESS


def _nx_arp_dynamic_entries_invalidate(ip_ptr: "NX_IP") -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    for entry in list(ip_ptr._arp.dynamic):
        if entry._active:
            cache_dynamic_delete(ip_ptr, entry)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def _nx_arp_entry_delete(ip_ptr: "NX_IP", ip_address: int) -> int:
    """Remove the entry of an address, static or dynamic; without ARP there is none."""
    if ip_ptr._arp is None:
        return NX_ENTRY_NOT_FOUND
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_ENTRY_NOT_FOUND
    for entry in list(ip_ptr._arp.active.values()):
        if entry.nx_arp_ip_address == ip_address:
            _entry_delete(ip_ptr, entry)
            status = NX_SUCCESS
            break
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


# -- asking -----------------------------------------------------------------------------------------


def _all_entries(ip_ptr: "NX_IP") -> "list[NX_ARP]":
    """Static ones first, then dynamic ones in use, then those that were: a device searches them too."""
    dynamic = ip_ptr._arp.dynamic
    used = [entry for entry in dynamic if entry._active]
    return list(ip_ptr._arp.static) + used + [entry for entry in dynamic if not entry._active]


def _nx_arp_hardware_address_find(ip_ptr: "NX_IP", ip_address: int, physical_msw: "Any", physical_lsw: "Any") -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_ENTRY_NOT_FOUND
    for entry in _all_entries(ip_ptr):
        msw, lsw = entry.nx_arp_physical_address_msw, entry.nx_arp_physical_address_lsw
        if entry.nx_arp_ip_address == ip_address and (msw or lsw):
            physical_msw[0] = msw
            physical_lsw[0] = lsw
            status = NX_SUCCESS
            break
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_arp_ip_address_find(ip_ptr: "NX_IP", ip_address: "Any", physical_msw: int, physical_lsw: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_ENTRY_NOT_FOUND
    for entry in _all_entries(ip_ptr):
        if entry.nx_arp_physical_address_msw == physical_msw and entry.nx_arp_physical_address_lsw == physical_lsw:
            ip_address[0] = entry.nx_arp_ip_address
            status = NX_SUCCESS
            break
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_arp_info_get(
    ip_ptr: "NX_IP",
    arp_requests_sent: "Any",
    arp_requests_received: "Any",
    arp_responses_sent: "Any",
    arp_responses_received: "Any",
    arp_dynamic_entries: "Any",
    arp_static_entries: "Any",
    arp_aged_entries: "Any",
    arp_invalid_messages: "Any",
) -> int:
    """The counters; null pointers are skipped."""
    for pointer, value in (
        (arp_requests_sent, ip_ptr.nx_ip_arp_requests_sent),
        (arp_requests_received, ip_ptr.nx_ip_arp_requests_received),
        (arp_responses_sent, ip_ptr.nx_ip_arp_responses_sent),
        (arp_responses_received, ip_ptr.nx_ip_arp_responses_received),
        (arp_dynamic_entries, ip_ptr.nx_ip_arp_dynamic_active_count),
        (arp_static_entries, ip_ptr.nx_ip_arp_static_entries),
        (arp_aged_entries, ip_ptr.nx_ip_arp_aged_entries),
        (arp_invalid_messages, ip_ptr.nx_ip_arp_invalid_messages),
    ):
        if pointer is not None:
            pointer[0] = value & 0xFFFFFFFF
    return NX_SUCCESS


# -- announcements ----------------------------------------------------------------------------------


def _nx_arp_gratuitous_send(ip_ptr: "NX_IP", response_handler: "Callable[[NX_IP, NX_PACKET], None] | None") -> int:
    """Announce the address of every interface that has one; the handler hears who else uses it."""
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    ip_ptr.nx_ip_arp_gratuitous_response_handler = response_handler
    ip_callback_registered(ip_ptr, response_handler)
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid and interface.nx_interface_ip_address:
            _nx_arp_announce_send(ip_ptr, interface.nx_interface_index)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS
