"""Which interface and which next hop lead to an IPv4 address, and the gateway.

The order is the device's: own addresses, attached networks, static routes (longest mask first), link
local addresses (RFC 3927), the gateway, and at last any interface with a link local address.  Only
interfaces that are in use and up count.
"""

from netx_sim.constants import NX_IP_CLASS_D_MASK, NX_IP_CLASS_D_TYPE, NX_IP_LIMITED_BROADCAST
from netx_sim.status import NX_IP_ADDRESS_ERROR, NX_NOT_FOUND, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE

    Route = tuple[int, "NX_INTERFACE | None", int]

_LINK_LOCAL_NETWORK = 0xA9FE0000  # 169.254/16
_LINK_LOCAL_MASK = 0xFFFF0000

_NO_ROUTE: "Route" = (NX_IP_ADDRESS_ERROR, None, 0)


def _nx_ip_route_find(ip_ptr: "NX_IP", destination: int, interface: "NX_INTERFACE | None") -> "Route":
    """The way to ``destination``: (status, interface, next hop).

    Args:
        ip_ptr: the instance.
        destination (int): IPv4 address.
        interface: the only one to use, or None for any.
    """
    usable = [
        candidate
        for candidate in ip_ptr.nx_ip_interface
        if candidate.nx_interface_valid
        and candidate.nx_interface_link_up
        and (interface is None or candidate is interface)
    ]
    if destination & NX_IP_CLASS_D_MASK == NX_IP_CLASS_D_TYPE or destination == NX_IP_LIMITED_BROADCAST:
        if usable and (interface is not None or usable[0].nx_interface_index != ip_ptr._loopback_index):
            return NX_SUCCESS, usable[0], destination
        return _NO_ROUTE
    found = _attached(usable, destination)
    if found is not None:
        return NX_SUCCESS, found, destination
    return _indirect(ip_ptr, usable, destination)


def _attached(usable: "list[NX_INTERFACE]", destination: int) -> "NX_INTERFACE | None":
    """The interface that has the address, else the first on whose network it is."""
    for candidate in usable:
        if candidate.nx_interface_ip_address == destination and destination:
            return candidate
    for candidate in usable:
        if destination & candidate.nx_interface_ip_network_mask == candidate.nx_interface_ip_network and (
            candidate.nx_interface_ip_address
        ):
            return candidate
    return None


def _indirect(ip_ptr: "NX_IP", usable: "list[NX_INTERFACE]", destination: int) -> "Route":
    """Destinations that are on no network of ours."""
    if not destination:
        return _NO_ROUTE
    for entry in ip_ptr.nx_ip_routing_table:
        if destination & entry.nx_ip_routing_net_mask == entry.nx_ip_routing_dest_ip:
            if entry.nx_ip_routing_entry_ip_interface in usable:
                return NX_SUCCESS, entry.nx_ip_routing_entry_ip_interface, entry.nx_ip_routing_next_hop_address
    if destination & _LINK_LOCAL_MASK == _LINK_LOCAL_NETWORK and usable:
        return NX_SUCCESS, usable[0], destination
    gateway = ip_ptr.nx_ip_gateway_address
    interface = ip_ptr.nx_ip_gateway_interface
    if gateway and interface in usable and interface is not None:
        if gateway & interface.nx_interface_ip_network_mask == interface.nx_interface_ip_network:
            return NX_SUCCESS, interface, gateway
    for candidate in usable:
        if candidate.nx_interface_ip_address & _LINK_LOCAL_MASK == _LINK_LOCAL_NETWORK:
            return NX_SUCCESS, candidate, destination
    return _NO_ROUTE


def interface_on_link(ip_ptr: "NX_IP", address: int) -> "NX_INTERFACE | None":
    """The first interface in use on whose network ``address`` is, whether up or not."""
    for candidate in ip_ptr.nx_ip_interface:
        if candidate.nx_interface_valid and (
            address & candidate.nx_interface_ip_network_mask == candidate.nx_interface_ip_network
        ):
            return candidate
    return None


# -- the gateway ------------------------------------------------------------------------------------


def _nx_ip_gateway_address_set(ip_ptr: "NX_IP", ip_address: int) -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_IP_ADDRESS_ERROR
    interface = interface_on_link(ip_ptr, ip_address)
    if interface is not None:
        ip_ptr.nx_ip_gateway_address = ip_address
        ip_ptr.nx_ip_gateway_interface = interface
        status = NX_SUCCESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_ip_gateway_address_get(ip_ptr: "NX_IP", ip_address: "Any") -> int:
    if not ip_ptr.nx_ip_gateway_address:
        return NX_NOT_FOUND
    ip_address[0] = ip_ptr.nx_ip_gateway_address
    return NX_SUCCESS


def _nx_ip_gateway_address_clear(ip_ptr: "NX_IP") -> int:
    ip_ptr.nx_ip_gateway_address = 0
    ip_ptr.nx_ip_gateway_interface = None
    return NX_SUCCESS
