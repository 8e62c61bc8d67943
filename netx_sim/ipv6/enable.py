"""Switching IPv6 and ICMPv6 on and off, and their part of the two timers."""

from netx_sim.constants import NX_LINK_MULTICAST_JOIN, NX_LINK_MULTICAST_LEAVE
from netx_sim.constants_ipv6 import NX_IPV6_ADDRESS_MANUAL_CONFIG, NX_IPV6_ADDRESS_MANUAL_DELETE
from netx_sim.ip.interface import physical_interfaces
from netx_sim.ip.thread import ip_fast_start
from netx_sim.ipv6.address import (
    address_clear,
    address_fill,
    address_remove,
    detection_fast,
    detection_slow,
    detection_want,
    fast_want,
    group_change,
)
from netx_sim.ipv6.block import ALL_NODES, LOOPBACK, interface_addresses, ipv6_of
from netx_sim.ipv6.icmpv6 import icmpv6_error, icmpv6_receive, ipv6_ping
from netx_sim.ipv6.nd import solicitations_slow, solicitations_start
from netx_sim.ipv6.neighbor import neighbor_delete, neighbors_clear, neighbors_fast, neighbors_slow
from netx_sim.ipv6.receive import ipv6_receive, peer_and_rest
from netx_sim.ipv6.route import lifetimes_slow
from netx_sim.ipv6.transport import address_used, max_payload, raw_send, tcp_send, tcp_source, udp_send
from netx_sim.status import NX_ALREADY_ENABLED, NX_NOT_SUPPORTED, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

_LOOPBACK_PREFIX_LENGTH = 128


def _nxd_ipv6_enable(ip_ptr: "NX_IP") -> int:
    sim = ip_ptr._sim
    if sim.config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    ipv6 = ipv6_of(ip_ptr)
    if ipv6.enabled:
        return NX_ALREADY_ENABLED
    sim.mutex_get(ip_ptr.nx_ip_protection)
    ipv6.enabled = True
    ip_ptr.nx_ipv6_hop_limit = 255
    _plug_in(ip_ptr)
    ip_fast_start(ip_ptr)
    if not sim.config.NX_DISABLE_LOOPBACK_INTERFACE:
        loopback = ip_ptr.nx_ip_interface[ip_ptr._loopback_index]
        address = ip_ptr.nx_ipv6_address[-1]
        address_fill(address, loopback, LOOPBACK, _LOOPBACK_PREFIX_LENGTH, NX_IPV6_ADDRESS_MANUAL_CONFIG)
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid:
            _interface_begin(ip_ptr, interface)
    if ip_ptr._icmpv6_wanted:
        _icmpv6_enable(ip_ptr)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def _plug_in(ip_ptr: "NX_IP") -> None:
    ip_ptr._ipv6_receive = ipv6_receive
    ip_ptr._ipv6_fast = _fast
    ip_ptr._ipv6_periodic = _slow
    ip_ptr._ipv6_payload = max_payload
    ip_ptr._ipv6_udp_send = udp_send
    ip_ptr._ipv6_tcp_send = tcp_send
    ip_ptr._ipv6_tcp_source = tcp_source
    ip_ptr._ipv6_peer = peer_and_rest
    ip_ptr._ipv6_raw_send = raw_send
    ip_ptr._ipv6_address_used = address_used
    ip_ptr._ipv6_interface_start = _group_join
    ip_ptr._ipv6_interface_attach = _interface_attach
    ip_ptr._ipv6_interface_detach = _interface_detach
    ip_ptr._ipv6_fragment_receive = _fragment_receive
    ip_ptr._ipv6_fragment_delete = _fragment_delete
    ip_ptr._icmpv6_enable = _icmpv6_enable
    if _delete not in ip_ptr._delete_hooks:
        ip_ptr._delete_hooks.append(_delete)


def _icmpv6_enable(ip_ptr: "NX_IP") -> None:
    """ICMPv6 with neighbour discovery; what the neighbour cache held is forgotten."""
    ipv6 = ipv6_of(ip_ptr)
    ipv6.icmp = True
    neighbors_clear(ip_ptr)
    ip_ptr._icmpv6_receive = icmpv6_receive
    ip_ptr._icmpv6_error = icmpv6_error
    ip_ptr._ipv6_ping = ipv6_ping


_SLOTS = (
    "_ipv6_receive",
    "_ipv6_fast",
    "_ipv6_periodic",
    "_ipv6_payload",
    "_ipv6_udp_send",
    "_ipv6_raw_send",
    "_ipv6_address_used",
    "_ipv6_interface_start",
    "_ipv6_interface_attach",
    "_ipv6_interface_detach",
    "_ipv6_fragment_delete",
    "_ipv6_tcp_source",
    "_icmpv6_enable",
    "_icmpv6_receive",
    "_icmpv6_error",
    "_ipv6_ping",
)


def _nxd_ipv6_disable(ip_ptr: "NX_IP") -> int:
    """Remove addresses, neighbours and routers, and unplug."""
    sim = ip_ptr._sim
    ipv6 = ipv6_of(ip_ptr)
    if not ipv6.enabled:
        return NX_SUCCESS
    sim.mutex_get(ip_ptr.nx_ip_protection)
    ipv6.enabled = ipv6.icmp = False
    for address in ip_ptr.nx_ipv6_address[:-1]:
        if address.nxd_ipv6_address_valid:
            address_remove(ip_ptr, address, NX_IPV6_ADDRESS_MANUAL_DELETE)
    if ip_ptr.nx_ipv6_address[-1].nxd_ipv6_address_valid:
        address_clear(ip_ptr.nx_ipv6_address[-1])
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid:
            group_change(ip_ptr, interface, ALL_NODES, NX_LINK_MULTICAST_LEAVE)
    _delete(ip_ptr)
    for slot in _SLOTS:
        setattr(ip_ptr, slot, None)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def _delete(ip_ptr: "NX_IP") -> None:
    """Give back all packets and forget everybody."""
    ipv6 = ipv6_of(ip_ptr)
    neighbors_clear(ip_ptr)
    ipv6.routers.clear()
    ipv6.prefixes.clear()
    ipv6.solicitations.clear()
    _fragment_delete(ip_ptr)


def _fragment_receive(ip_ptr: "NX_IP", packet: "NX_PACKET") -> None:
    from netx_sim.ipv6.fragment import fragment_receive

    fragment_receive(ip_ptr, packet)


def _fragment_delete(ip_ptr: "NX_IP") -> None:
    if ipv6_of(ip_ptr).assemblies:
        from netx_sim.ipv6.fragment import assemblies_clear

        assemblies_clear(ip_ptr)


# -- interfaces -------------------------------------------------------------------------------------


def _group_join(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """Every host listens to the group of all nodes (RFC 4291 section 2.8)."""
    group_change(ip_ptr, interface, ALL_NODES, NX_LINK_MULTICAST_JOIN)


def _interface_begin(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    _group_join(ip_ptr, interface)
    solicitations_start(ip_ptr, interface)


def _interface_attach(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> int:
    solicitations_start(ip_ptr, interface)
    return NX_SUCCESS


def _interface_detach(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """End everything that uses the interface."""
    ipv6 = ipv6_of(ip_ptr)
    for address in interface_addresses(interface):
        address_remove(ip_ptr, address, NX_IPV6_ADDRESS_MANUAL_DELETE)
    ipv6.routers[:] = [router for router in ipv6.routers if router.interface is not interface]
    ipv6.prefixes[:] = [prefix for prefix in ipv6.prefixes if prefix.interface is not interface]
    for entry in list(ip_ptr.nx_ipv6_nd_cache):
        if entry.nx_nd_cache_interface_ptr is interface:
            neighbor_delete(ip_ptr, entry)
    ipv6.solicitations.pop(interface.nx_interface_index, None)


# -- the timers -------------------------------------------------------------------------------------


def _fast(ip_ptr: "NX_IP") -> None:
    """The fast event."""
    detection_fast(ip_ptr)
    neighbors_fast(ip_ptr)
    fast_want(ip_ptr)


def _slow(ip_ptr: "NX_IP") -> None:
    """The one-second event, in the device's order."""
    ipv6 = ipv6_of(ip_ptr)
    if ipv6.assemblies:
        from netx_sim.ipv6.fragment import assemblies_slow

        assemblies_slow(ip_ptr)
    detection_slow(ip_ptr)
    neighbors_slow(ip_ptr)
    lifetimes_slow(ip_ptr)
    if ipv6.icmp:
        solicitations_slow(ip_ptr)
    detection_want(ip_ptr)
