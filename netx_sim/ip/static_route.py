"""The table of static routes (build flag NX_ENABLE_IP_STATIC_ROUTING)."""

from netx_sim.ip.route import interface_on_link
from netx_sim.status import (
    NX_IP_ADDRESS_ERROR,
    NX_NOT_SUCCESSFUL,
    NX_NOT_SUPPORTED,
    NX_OVERFLOW,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE


class NX_IP_ROUTING_ENTRY:
    """One static route."""

    __slots__ = (
        "nx_ip_routing_dest_ip",
        "nx_ip_routing_entry_ip_interface",
        "nx_ip_routing_net_mask",
        "nx_ip_routing_next_hop_address",
    )

    def __init__(self, network: int, mask: int, next_hop: int, interface: "NX_INTERFACE") -> None:
        self.nx_ip_routing_dest_ip = network
        self.nx_ip_routing_net_mask = mask
        self.nx_ip_routing_next_hop_address = next_hop
        self.nx_ip_routing_entry_ip_interface = interface


def _nx_ip_static_route_add(ip_ptr: "NX_IP", network_address: int, net_mask: int, next_hop: int) -> int:
    """Add a route, or give an existing one another next hop; longest mask first."""
    sim = ip_ptr._sim
    if not sim.config.NX_ENABLE_IP_STATIC_ROUTING:
        return NX_NOT_SUPPORTED
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = _add(ip_ptr, network_address & net_mask, net_mask, next_hop)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _add(ip_ptr: "NX_IP", network: int, mask: int, next_hop: int) -> int:
    interface = interface_on_link(ip_ptr, next_hop)
    if interface is None:
        return NX_IP_ADDRESS_ERROR
    table = ip_ptr.nx_ip_routing_table
    place = 0
    for entry in table:
        if entry.nx_ip_routing_net_mask == mask and entry.nx_ip_routing_dest_ip == network:
            entry.nx_ip_routing_next_hop_address = next_hop
            entry.nx_ip_routing_entry_ip_interface = interface
            return NX_SUCCESS
        if entry.nx_ip_routing_net_mask >= mask:
            place += 1
    if len(table) >= ip_ptr._sim.config.NX_IP_ROUTING_TABLE_SIZE:
        return NX_OVERFLOW
    table.insert(place, NX_IP_ROUTING_ENTRY(network, mask, next_hop, interface))
    return NX_SUCCESS


def _nx_ip_static_route_delete(ip_ptr: "NX_IP", network_address: int, net_mask: int) -> int:
    """Remove a route; an empty table is no error."""
    sim = ip_ptr._sim
    if not sim.config.NX_ENABLE_IP_STATIC_ROUTING:
        return NX_NOT_SUPPORTED
    sim.mutex_get(ip_ptr.nx_ip_protection)
    table = ip_ptr.nx_ip_routing_table
    status = NX_NOT_SUCCESSFUL if table else NX_SUCCESS
    for entry in table:
        if entry.nx_ip_routing_net_mask == net_mask and entry.nx_ip_routing_dest_ip == network_address & net_mask:
            table.remove(entry)
            status = NX_SUCCESS
            break
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status
