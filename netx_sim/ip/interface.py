"""Interfaces: attach and detach, their properties, direct driver commands, and the IP thread's part of it."""

from netx_sim.constants import (
    NX_LINK_DEFERRED_PROCESSING,
    NX_LINK_ENABLE,
    NX_LINK_GET_STATUS,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_SET_PHYSICAL_ADDRESS,
)
from netx_sim.fault import DeviceFault
from netx_sim.kernel import callback_registered
from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER, driver_request
from netx_sim.status import (
    NX_DUPLICATED_ENTRY,
    NX_INVALID_INTERFACE,
    NX_NO_MORE_ENTRIES,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
    NX_UNHANDLED_COMMAND,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP


def physical_interfaces(ip_ptr: "NX_IP") -> "list[NX_INTERFACE]":
    """All slots but the loopback one."""
    return ip_ptr.nx_ip_interface[: ip_ptr._loopback_index]


def interface_configure(
    interface: NX_INTERFACE, name: "Any", ip_address: int, network_mask: int, driver: "Any"
) -> None:
    """Fill an empty slot."""
    interface.nx_interface_valid = 1
    interface.nx_interface_name = name
    interface.nx_interface_link_driver_entry = driver
    _address_put(interface, ip_address, network_mask)


def _address_put(interface: NX_INTERFACE, ip_address: int, network_mask: int) -> None:
    interface.nx_interface_ip_address = ip_address
    interface.nx_interface_ip_network_mask = network_mask
    interface.nx_interface_ip_network = ip_address & network_mask


# -- the IP thread's part ---------------------------------------------------------------------------


def interfaces_start(ip_ptr: "NX_IP") -> None:
    """The IP thread's first run: bring up every interface there is."""
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid:
            interface_start(ip_ptr, interface)


def interface_start(ip_ptr: "NX_IP", interface: NX_INTERFACE) -> None:
    """ATTACH, INITIALIZE, ENABLE; the link counts as up until the driver says otherwise."""
    interface.nx_interface_link_up = 1
    driver_request(ip_ptr, interface, NX_LINK_INTERFACE_ATTACH)
    driver_request(ip_ptr, interface, NX_LINK_INITIALIZE)
    driver_request(ip_ptr, interface, NX_LINK_ENABLE)
    if ip_ptr._ipv6_interface_start is not None:
        ip_ptr._ipv6_interface_start(ip_ptr, interface)


def interfaces_deferred_processing(ip_ptr: "NX_IP") -> None:
    """A driver asked to be called from the IP thread; which one is not recorded."""
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid:
            driver_request(ip_ptr, interface, NX_LINK_DEFERRED_PROCESSING)


def interfaces_link_status(ip_ptr: "NX_IP") -> None:
    """Tell the application of link changes, with the state that the driver answers."""
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid and interface.nx_interface_link_status_change:
            interface.nx_interface_link_status_change = 0
            notify = ip_ptr.nx_ip_link_status_change_callback
            if notify is not None:
                link_up = [0]
                driver_request(ip_ptr, interface, NX_LINK_GET_STATUS, link_up)
                notify(ip_ptr, interface.nx_interface_index, link_up[0])


def _nx_ip_link_status_change_notify_set(
    ip_ptr: "NX_IP", link_status_change_notify: "Callable[[NX_IP, int, int], None]"
) -> int:
    ip_ptr.nx_ip_link_status_change_callback = link_status_change_notify
    if ip_ptr.nx_ip_thread is not None:
        callback_registered(ip_ptr.nx_ip_thread, link_status_change_notify)
    return NX_SUCCESS


# -- attach and detach ------------------------------------------------------------------------------


def _nx_ip_interface_attach(
    ip_ptr: "NX_IP", interface_name: "Any", ip_address: int, network_mask: int, ip_link_driver: "Any"
) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = _attach(ip_ptr, interface_name, ip_address, network_mask, ip_link_driver)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _attach(ip_ptr: "NX_IP", name: "Any", ip_address: int, network_mask: int, driver: "Any") -> int:
    free: "NX_INTERFACE | None" = None
    for interface in physical_interfaces(ip_ptr):
        if not interface.nx_interface_valid:
            free = free or interface
        elif ip_address and interface.nx_interface_ip_address == ip_address:
            return NX_DUPLICATED_ENTRY
    if free is None:
        return NX_NO_MORE_ENTRIES
    interface_configure(free, name, ip_address, network_mask, driver)
    if ip_ptr.nx_ip_initialize_done:
        interface_start(ip_ptr, free)
    if ip_ptr._ipv6_interface_attach is not None:
        return ip_ptr._ipv6_interface_attach(ip_ptr, free)
    return NX_SUCCESS


def _nx_ip_interface_detach(ip_ptr: "NX_IP", index: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    interface = ip_ptr.nx_ip_interface[index]
    status = NX_INVALID_INTERFACE
    if interface.nx_interface_valid:
        _detach(ip_ptr, interface)
        status = NX_SUCCESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _detach(ip_ptr: "NX_IP", interface: NX_INTERFACE) -> None:
    """End everything that uses the interface, tell the driver, and empty the slot."""
    for slot in (
        ip_ptr._tcp_interface_detach,
        ip_ptr._arp_interface_detach,
        ip_ptr._igmp_interface_detach,
        ip_ptr._ipv6_interface_detach,
    ):
        if slot is not None:
            slot(ip_ptr, interface)
    if ip_ptr.nx_ip_gateway_interface is interface:
        ip_ptr.nx_ip_gateway_address = 0
        ip_ptr.nx_ip_gateway_interface = None
    for entry in list(ip_ptr.nx_ip_routing_table):
        if entry.nx_ip_routing_entry_ip_interface is interface:
            ip_ptr.nx_ip_routing_table.remove(entry)
    driver_request(ip_ptr, interface, NX_LINK_INTERFACE_DETACH)
    interface.__init__(interface.nx_interface_index)  # type: ignore[misc]


# -- properties -------------------------------------------------------------------------------------


def _nx_ip_interface_info_get(
    ip_ptr: "NX_IP",
    interface_index: int,
    interface_name: "Any",
    ip_address: "Any",
    network_mask: "Any",
    mtu_size: "Any",
    physical_address_msw: "Any",
    physical_address_lsw: "Any",
) -> int:
    interface = ip_ptr.nx_ip_interface[interface_index]
    if not interface.nx_interface_valid:
        return NX_INVALID_INTERFACE
    for pointer, value in (
        (interface_name, interface.nx_interface_name),
        (ip_address, interface.nx_interface_ip_address),
        (network_mask, interface.nx_interface_ip_network_mask),
        (mtu_size, interface.nx_interface_ip_mtu_size),
        (physical_address_msw, interface.nx_interface_physical_address_msw),
        (physical_address_lsw, interface.nx_interface_physical_address_lsw),
    ):
        if pointer is not None:
            pointer[0] = value
    return NX_SUCCESS


def _nx_ip_interface_address_get(ip_ptr: "NX_IP", interface_index: int, ip_address: "Any", network_mask: "Any") -> int:
    interface = ip_ptr.nx_ip_interface[interface_index]
    ip_address[0] = interface.nx_interface_ip_address
    network_mask[0] = interface.nx_interface_ip_network_mask
    return NX_SUCCESS


def _nx_ip_interface_address_set(ip_ptr: "NX_IP", interface_index: int, ip_address: int, network_mask: int) -> int:
    """Change address and mask; the application is told, in the caller's context, if they differ."""
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    interface = ip_ptr.nx_ip_interface[interface_index]
    changed = interface.nx_interface_ip_address != ip_address or interface.nx_interface_ip_network_mask != network_mask
    _address_put(interface, ip_address, network_mask)
    ip_ptr._arp_resolved.clear()  # what counts as a broadcast address may have changed
    notify = ip_ptr.nx_ip_address_change_notify
    information = ip_ptr.nx_ip_address_change_notify_additional_info
    sim.mutex_put(ip_ptr.nx_ip_protection)
    if changed and notify is not None:
        notify(ip_ptr, information)
    return NX_SUCCESS


def _nx_ip_address_change_notify(
    ip_ptr: "NX_IP", ip_address_change_notify: "Callable[[NX_IP, Any], None] | None", additional_info: "Any"
) -> int:
    ip_ptr.nx_ip_address_change_notify = ip_address_change_notify
    ip_ptr.nx_ip_address_change_notify_additional_info = additional_info
    return NX_SUCCESS


def _nx_ip_interface_mtu_set(ip_ptr: "NX_IP", interface_index: int, mtu_size: int) -> int:
    ip_ptr.nx_ip_interface[interface_index].nx_interface_ip_mtu_size = mtu_size
    return NX_SUCCESS


def _nx_ip_interface_physical_address_get(
    ip_ptr: "NX_IP", interface_index: int, physical_msw: "Any", physical_lsw: "Any"
) -> int:
    interface = ip_ptr.nx_ip_interface[interface_index]
    physical_msw[0] = interface.nx_interface_physical_address_msw
    physical_lsw[0] = interface.nx_interface_physical_address_lsw
    return NX_SUCCESS


def _nx_ip_interface_physical_address_set(
    ip_ptr: "NX_IP", interface_index: int, physical_msw: int, physical_lsw: int, update_driver: int
) -> int:
    """Change the hardware address, after the driver (if it is to be asked) has agreed."""
    interface = ip_ptr.nx_ip_interface[interface_index]
    if update_driver:
        request = _request(ip_ptr, interface, NX_LINK_SET_PHYSICAL_ADDRESS, None)
        request.nx_ip_driver_status = NX_UNHANDLED_COMMAND
        request.nx_ip_driver_physical_address_msw = physical_msw
        request.nx_ip_driver_physical_address_lsw = physical_lsw
        status = _driver_call(interface, request)
        if status:
            return status
    interface.nx_interface_physical_address_msw = physical_msw
    interface.nx_interface_physical_address_lsw = physical_lsw
    return NX_SUCCESS


def _nx_ip_interface_address_mapping_configure(ip_ptr: "NX_IP", interface_index: int, mapping_needed: int) -> int:
    ip_ptr.nx_ip_interface[interface_index].nx_interface_address_mapping_needed = mapping_needed
    ip_ptr._arp_resolved.clear()
    return NX_SUCCESS


def _nx_ip_interface_capability_get(ip_ptr: "NX_IP", interface_index: int, interface_capability_flag: "Any") -> int:
    if not ip_ptr._sim.config.NX_ENABLE_INTERFACE_CAPABILITY:
        return NX_NOT_SUPPORTED
    interface = ip_ptr.nx_ip_interface[interface_index]
    if not interface.nx_interface_valid:
        return NX_INVALID_INTERFACE
    interface_capability_flag[0] = interface.nx_interface_capability_flag
    return NX_SUCCESS


def _nx_ip_interface_capability_set(ip_ptr: "NX_IP", interface_index: int, interface_capability_flag: int) -> int:
    if not ip_ptr._sim.config.NX_ENABLE_INTERFACE_CAPABILITY:
        return NX_NOT_SUPPORTED
    interface = ip_ptr.nx_ip_interface[interface_index]
    if not interface.nx_interface_valid:
        return NX_INVALID_INTERFACE
    interface.nx_interface_capability_flag = interface_capability_flag
    return NX_SUCCESS


# -- direct commands --------------------------------------------------------------------------------


def _request(ip_ptr: "NX_IP", interface: NX_INTERFACE, command: int, return_ptr: "Any") -> NX_IP_DRIVER:
    request = NX_IP_DRIVER()
    request.nx_ip_driver_ptr = ip_ptr
    request.nx_ip_driver_interface = interface
    request.nx_ip_driver_command = command
    request.nx_ip_driver_return_ptr = return_ptr
    return request


def _driver_call(interface: NX_INTERFACE, request: NX_IP_DRIVER) -> int:
    driver = interface.nx_interface_link_driver_entry
    if driver is None:
        raise DeviceFault(
            "NX-DETACHED-INTERFACE", "the device calls the driver of a detached interface through a null pointer"
        )
    driver(request)
    return request.nx_ip_driver_status


def _nx_ip_driver_direct_command(ip_ptr: "NX_IP", command: int, return_value_ptr: "Any") -> int:
    return _nx_ip_driver_interface_direct_command(ip_ptr, command, 0, return_value_ptr)


def _nx_ip_driver_interface_direct_command(
    ip_ptr: "NX_IP", command: int, interface_index: int, return_value_ptr: "Any"
) -> int:
    """Ask the driver something; its answer and status come back as they are."""
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    interface = ip_ptr.nx_ip_interface[interface_index]
    try:
        status = _driver_call(interface, _request(ip_ptr, interface, command, return_value_ptr))
    finally:
        sim.mutex_put(ip_ptr.nx_ip_protection)
    return status
