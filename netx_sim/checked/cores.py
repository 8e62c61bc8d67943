"""What a service is in a build without error checking: its core, by the name with an underscore.

A few have a core of another name, or one with an argument more.
"""

import sys

from netx_sim.igmp import _nx_ipv4_multicast_interface_join, _nx_ipv4_multicast_interface_leave
from netx_sim.ip.interface import (
    _nx_ip_driver_interface_direct_command,
    _nx_ip_interface_address_get,
    _nx_ip_interface_address_set,
)
from netx_sim.ip.static_route import _nx_ip_static_route_add, _nx_ip_static_route_delete

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP


def _join(ip_ptr: "NX_IP", group_address: int) -> int:
    return _nx_ipv4_multicast_interface_join(ip_ptr, group_address, 0)


def _leave(ip_ptr: "NX_IP", group_address: int) -> int:
    return _nx_ipv4_multicast_interface_leave(ip_ptr, group_address, 0)


def _address_get(ip_ptr: "NX_IP", ip_address: "Any", network_mask: "Any") -> int:
    return _nx_ip_interface_address_get(ip_ptr, 0, ip_address, network_mask)


def _address_set(ip_ptr: "NX_IP", ip_address: int, network_mask: int) -> int:
    return _nx_ip_interface_address_set(ip_ptr, 0, ip_address, network_mask)


def _direct_command(ip_ptr: "NX_IP", command: int, return_value_ptr: "Any") -> int:
    return _nx_ip_driver_interface_direct_command(ip_ptr, command, 0, return_value_ptr)


_OTHERS: "dict[str, Callable[..., Any]]" = {
    "nx_igmp_multicast_join": _join,
    "nx_igmp_multicast_interface_join": _nx_ipv4_multicast_interface_join,
    "nx_igmp_multicast_leave": _leave,
    "nx_igmp_multicast_interface_leave": _nx_ipv4_multicast_interface_leave,
    "nx_ip_address_get": _address_get,
    "nx_ip_address_set": _address_set,
    "nx_ip_driver_direct_command": _direct_command,
    "nx_ip_static_route_add": _nx_ip_static_route_add,
    "nx_ip_static_route_delete": _nx_ip_static_route_delete,
}


def core_of(service: "Callable[..., Any]") -> "Callable[..., Any] | None":
    """The core of a public service; None for one that has no checks of its own, and on a board."""
    name = service.__name__
    if name in _OTHERS:
        return _OTHERS[name]
    core: "Callable[..., Any] | None" = getattr(sys.modules.get(getattr(service, "__module__", "")), "_" + name, None)
    return core
