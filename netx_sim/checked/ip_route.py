"""Services of routes and of the optional parts of an IP instance: the device's checks, in its order.

Read first: NetX Duo guide, chapter 4, IP services.  The work is in ``netx_sim.ip``.
"""

from netx_sim.checked.callers import not_isr, not_isr_not_timer
from netx_sim.checked.ip_interface import no_ip
from netx_sim.constants import NX_PACKET_POOL_ID
from netx_sim.ip.instance import (
    _nx_ip_auxiliary_packet_pool_set,
    _nx_ip_forwarding_disable,
    _nx_ip_forwarding_enable,
    _nx_ip_fragment_disable,
    _nx_ip_fragment_enable,
)
from netx_sim.ip.route import (
    _nx_ip_gateway_address_clear,
    _nx_ip_gateway_address_get,
    _nx_ip_gateway_address_set,
)
from netx_sim.kernel import current
from netx_sim.status import NX_CALLER_ERROR, NX_IP_ADDRESS_ERROR, NX_NOT_SUPPORTED, NX_PTR_ERROR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET_POOL


# -- routes -----------------------------------------------------------------------------------------


def nx_ip_gateway_address_set(ip_ptr: "NX_IP | None", ip_address: int) -> int:
    """Set the gateway for all that is on no attached network.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (address 0, or on no
        interface's network); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not ip_address:
        return NX_IP_ADDRESS_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_gateway_address_set(ip_ptr, ip_address)  # type: ignore[arg-type]


def nx_ip_gateway_address_get(ip_ptr: "NX_IP | None", ip_address: "Any") -> int:
    """Read the gateway's address into ``ip_address`` (Ref[int]).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_CALLER_ERROR (from an
        interrupt or a timer); NX_NOT_FOUND (none is set).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None:
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_gateway_address_get(ip_ptr, ip_address)  # type: ignore[arg-type]


def nx_ip_gateway_address_clear(ip_ptr: "NX_IP | None") -> int:
    """Forget the gateway.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt or a
        timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_gateway_address_clear(ip_ptr)  # type: ignore[arg-type]


def nx_ip_static_route_add(ip_ptr: "NX_IP | None", network_address: int, net_mask: int, next_hop: int) -> int:
    """Send what is for a network by way of ``next_hop``; a route to the same network is changed.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_IP_STATIC_ROUTING is set; then
        NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt or a
        timer); NX_IP_ADDRESS_ERROR (next hop on no interface's network); NX_OVERFLOW (table full).

    Source: NetX Duo guide ch. 4.
    """
    sim = current()
    if not sim.config.NX_ENABLE_IP_STATIC_ROUTING:
        return NX_NOT_SUPPORTED
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(sim):
        return NX_CALLER_ERROR
    from netx_sim.ip.static_route import _nx_ip_static_route_add

    return _nx_ip_static_route_add(ip_ptr, network_address, net_mask, next_hop)  # type: ignore[arg-type]


def nx_ip_static_route_delete(ip_ptr: "NX_IP | None", network_address: int, net_mask: int) -> int:
    """Remove a static route.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_IP_STATIC_ROUTING is set; then
        NX_SUCCESS (also when there are no routes at all); NX_PTR_ERROR (null or not created);
        NX_CALLER_ERROR (from an interrupt or a timer); NX_NOT_SUCCESSFUL (no such route).

    Source: NetX Duo guide ch. 4.
    """
    sim = current()
    if not sim.config.NX_ENABLE_IP_STATIC_ROUTING:
        return NX_NOT_SUPPORTED
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(sim):
        return NX_CALLER_ERROR
    from netx_sim.ip.static_route import _nx_ip_static_route_delete

    return _nx_ip_static_route_delete(ip_ptr, network_address, net_mask)  # type: ignore[arg-type]


# -- optional parts ---------------------------------------------------------------------------------


def nx_ip_fragment_enable(ip_ptr: "NX_IP | None") -> int:
    """Send long IPv4 packets in fragments and assemble received ones, both off before.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt or a
        timer); NX_NOT_SUPPORTED (NX_DISABLE_FRAGMENTATION).

    Source: NetX Duo guide ch. 4.
    """
    return _switch(ip_ptr, _nx_ip_fragment_enable)


def nx_ip_fragment_disable(ip_ptr: "NX_IP | None") -> int:
    """Neither send nor assemble fragments any more; those held are released.

    Returns:
        int: as ``nx_ip_fragment_enable``.

    Source: NetX Duo guide ch. 4.
    """
    return _switch(ip_ptr, _nx_ip_fragment_disable)


def _switch(ip_ptr: "NX_IP | None", work: "Callable[[NX_IP], int]") -> int:
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return work(ip_ptr)  # type: ignore[arg-type]


def nx_ip_forwarding_enable(ip_ptr: "NX_IP | None") -> int:
    """Send on received packets that are for other hosts.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (from an interrupt);
        NX_NOT_SUPPORTED (NX_DISABLE_IPV4).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr(current()):
        return NX_CALLER_ERROR
    return _nx_ip_forwarding_enable(ip_ptr)  # type: ignore[arg-type]


def nx_ip_forwarding_disable(ip_ptr: "NX_IP | None") -> int:
    """Drop received packets that are for other hosts, as at the start.

    Returns:
        int: as ``nx_ip_forwarding_enable``.

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr(current()):
        return NX_CALLER_ERROR
    return _nx_ip_forwarding_disable(ip_ptr)  # type: ignore[arg-type]


def nx_ip_auxiliary_packet_pool_set(ip_ptr: "NX_IP | None", auxiliary_pool: "NX_PACKET_POOL | None") -> int:
    """Give an instance a second pool for its small packets.

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_DUAL_PACKET_POOL is set; then
        NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance or pool not created); NX_CALLER_ERROR (from
        an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    sim = current()
    if not sim.config.NX_ENABLE_DUAL_PACKET_POOL:
        return NX_NOT_SUPPORTED
    if no_ip(ip_ptr) or auxiliary_pool is None or auxiliary_pool.nx_packet_pool_id != NX_PACKET_POOL_ID:
        return NX_PTR_ERROR
    if not not_isr_not_timer(sim):
        return NX_CALLER_ERROR
    return _nx_ip_auxiliary_packet_pool_set(ip_ptr, auxiliary_pool)  # type: ignore[arg-type]
