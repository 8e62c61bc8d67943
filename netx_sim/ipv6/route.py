"""Default routers and prefixes, how long they last, and which neighbour a destination's packets go to.

A lifetime is counted in one-second events, and what it belongs to goes at the event after the count has reached 0.
"""

from netx_sim.address import address_fill as duo_fill
from netx_sim.constants import NX_IP_VERSION_V6
from netx_sim.constants_ipv6 import NX_IPV6_ADDRESS_LIFETIME_EXPIRED, NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG
from netx_sim.ip.thread import ip_periodic_base
from netx_sim.ipv6.address import address_configure, address_find, address_remove, interface_identifier
from netx_sim.ipv6.block import (
    INFINITE,
    Lasting,
    interface_addresses,
    ipv6_of,
    is_link_local,
    is_unicast,
    number_of,
    same_prefix,
)
from netx_sim.ipv6.neighbor import destinations_forget
from netx_sim.status import (
    NX_IP_ADDRESS_ERROR,
    NX_NO_MORE_ENTRIES,
    NX_NOT_FOUND,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE

_ENDLESS_ROUTER = 0xFFFF
_LINK_LOCAL_LENGTH = 10
_PREFIX_LENGTH = 64
_V6_MARK = 1 << 128


# -- lifetimes --------------------------------------------------------------------------------------


def lasting_renew(ip_ptr: "NX_IP", lasting: Lasting, lifetime: int, endless: bool) -> None:
    """Start a lifetime anew."""
    lasting.lifetime = lifetime
    lasting.since = ip_periodic_base(ip_ptr)
    lasting.endless = endless
    _want(ip_ptr, lasting)


def _end(ip_ptr: "NX_IP", lasting: Lasting) -> int:
    """The event at which it goes."""
    return lasting.since + (lasting.lifetime + 1) * ip_ptr._periodic_event.period


def _want(ip_ptr: "NX_IP", lasting: Lasting) -> None:
    if not lasting.endless:
        ip_ptr._periodic_event.want(_end(ip_ptr, lasting))


def lifetime_left(ip_ptr: "NX_IP", lasting: Lasting) -> int:
    """Seconds left, as the counter of a device shows them."""
    if lasting.endless:
        return lasting.lifetime
    passed = (ip_periodic_base(ip_ptr) - lasting.since) // ip_ptr._periodic_event.period
    return max(0, lasting.lifetime - passed)


def lifetimes_slow(ip_ptr: "NX_IP") -> None:
    """The one-second event: remove what has lasted long enough."""
    ipv6 = ipv6_of(ip_ptr)
    now = ip_ptr._sim.now
    for router in list(ipv6.routers):
        if not router.endless and _end(ip_ptr, router) <= now:
            router_forget(ip_ptr, router)
    for prefix in list(ipv6.prefixes):
        if not prefix.endless and _end(ip_ptr, prefix) <= now:
            prefix_forget(ip_ptr, prefix)
    for lasting in ipv6.routers + ipv6.prefixes:
        _want(ip_ptr, lasting)


# -- routers ----------------------------------------------------------------------------------------


def router_find(ip_ptr: "NX_IP", number: int) -> "Lasting | None":
    """The entry of a default router."""
    for router in ipv6_of(ip_ptr).routers:
        if router.number == number:
            return router
    return None


def router_learn(ip_ptr: "NX_IP", number: int, lifetime: int, interface: "NX_INTERFACE") -> bool:
    """Add a router or renew it; False if there is no room."""
    ipv6 = ipv6_of(ip_ptr)
    router = router_find(ip_ptr, number)
    if router is None:
        if len(ipv6.routers) >= ip_ptr._sim.config.NX_IPV6_DEFAULT_ROUTER_TABLE_SIZE:
            return False
        router = Lasting(number, interface)
        ipv6.routers.append(router)
    lasting_renew(ip_ptr, router, lifetime & 0xFFFF, lifetime & 0xFFFF == _ENDLESS_ROUTER)
    return True


def router_forget(ip_ptr: "NX_IP", router: Lasting) -> None:
    """Remove a router; destinations behind it are to be looked up again."""
    ipv6_of(ip_ptr).routers.remove(router)
    destinations_forget(ip_ptr, router.number)


def _nxd_ipv6_default_router_add(
    ip_ptr: "NX_IP", router_addr: "NXD_ADDRESS", router_lifetime: int, interface_index: int
) -> int:
    sim = ip_ptr._sim
    if sim.config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    number = number_of(router_addr.nxd_ip_address.v6)
    interface = ip_ptr.nx_ip_interface[interface_index]
    sim.mutex_get(ip_ptr.nx_ip_protection)
    if not is_unicast(number) or not (is_link_local(number) or _on_network(number, interface)):
        status = NX_IP_ADDRESS_ERROR
    else:
        learnt = router_learn(ip_ptr, number, router_lifetime, interface)
        status = NX_SUCCESS if learnt else NX_NO_MORE_ENTRIES
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _on_network(number: int, interface: "NX_INTERFACE") -> bool:
    """Is it in the network of one of the interface's addresses?"""
    for address in interface_addresses(interface):
        if same_prefix(number, address._number, address.nxd_ipv6_address_prefix_length):
            return True
    return False


def _nxd_ipv6_default_router_delete(ip_ptr: "NX_IP", router_addr: "NXD_ADDRESS") -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = NX_SUCCESS
    if ipv6_of(ip_ptr).routers:
        router = router_find(ip_ptr, number_of(router_addr.nxd_ip_address.v6))
        if router is None:
            status = NX_NOT_FOUND
        else:
            router_forget(ip_ptr, router)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nxd_ipv6_default_router_get(
    ip_ptr: "NX_IP", interface_index: int, router_addr: "NXD_ADDRESS", router_lifetime: "Any", prefix_length: "Any"
) -> int:
    for router in ipv6_of(ip_ptr).routers:
        if router.interface.nx_interface_index == interface_index:
            duo_fill(router_addr, _V6_MARK | router.number)
            router_addr.nxd_ip_version = NX_IP_VERSION_V6
            router_lifetime[0] = lifetime_left(ip_ptr, router)
            prefix_length[0] = _LINK_LOCAL_LENGTH if is_link_local(router.number) else _PREFIX_LENGTH
            return NX_SUCCESS
    return NX_NOT_FOUND


# -- prefixes ---------------------------------------------------------------------------------------


def prefix_learn(ip_ptr: "NX_IP", interface: "NX_INTERFACE", number: int, lifetime: int) -> None:
    """A router advertised a prefix on which we may make an address (RFC 4862 section 5.5.3)."""
    ipv6 = ipv6_of(ip_ptr)
    prefix = None
    for known in ipv6.prefixes:
        if known.number == number:
            prefix = known
    if prefix is None:
        full = len(ipv6.prefixes) >= ip_ptr._sim.config.NX_IPV6_PREFIX_LIST_TABLE_SIZE
        if not lifetime or full:
            return
        prefix = Lasting(number, interface)
        prefix.length = _PREFIX_LENGTH
        ipv6.prefixes.append(prefix)
    elif not lifetime:
        prefix_forget(ip_ptr, prefix)
        return
    lasting_renew(ip_ptr, prefix, lifetime, lifetime == INFINITE)
    own = number | interface_identifier(interface)
    if address_find(ip_ptr, own) is None:
        address_configure(ip_ptr, interface, own, _PREFIX_LENGTH, NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG)


def prefix_forget(ip_ptr: "NX_IP", prefix: Lasting) -> None:
    """Remove a prefix and the address made on it."""
    ipv6_of(ip_ptr).prefixes.remove(prefix)
    for address in ip_ptr.nx_ipv6_address[:-1]:
        if (
            address.nxd_ipv6_address_valid
            and address.nxd_ipv6_address_ConfigurationMethod == NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG
            and same_prefix(address._number, prefix.number, prefix.length)
        ):
            address_remove(ip_ptr, address, NX_IPV6_ADDRESS_LIFETIME_EXPIRED)


# -- next hops --------------------------------------------------------------------------------------


def next_hop_find(ip_ptr: "NX_IP", destination: int, interface: "NX_INTERFACE") -> int:
    """The neighbour to hand a packet to: the destination itself on the link, else a router; 0 if there is none."""
    if is_link_local(destination) or _attached(ip_ptr, destination, interface):
        return destination
    for router in ipv6_of(ip_ptr).routers:
        if router.interface is interface:
            return router.number
    return 0


def _attached(ip_ptr: "NX_IP", destination: int, interface: "NX_INTERFACE") -> bool:
    """Is the destination in a network of the interface?"""
    for prefix in ipv6_of(ip_ptr).prefixes:
        if prefix.interface is interface and same_prefix(prefix.number, destination, prefix.length):
            return True
    for address in interface_addresses(interface):
        length = address.nxd_ipv6_address_prefix_length
        if length and not is_link_local(address._number) and same_prefix(address._number, destination, length):
            return True
    return False
