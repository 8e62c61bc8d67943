"""Neighbour discovery messages that arrive (RFC 4861), and what is done about them.

What the device does its own way: an advertisement without a hardware address resolves nothing; one without the
override flag that tells another address is ignored; answers to solicitations go through the neighbour cache, so an
unknown asker is asked for itself first.
"""

import struct

from netx_sim.constants_ipv6 import (
    ND_CACHE_STATE_CREATED,
    ND_CACHE_STATE_INCOMPLETE,
    NX_IPV6_ADDR_STATE_TENTATIVE,
)
from netx_sim.ip.thread import ip_periodic_base
from netx_sim.ipv6.address import detection_failed
from netx_sim.ipv6.block import (
    ALL_NODES,
    interface_addresses,
    ipv6_of,
    is_link_local,
    is_multicast,
    same_prefix,
    solicited_node,
    usable,
)
from netx_sim.ipv6.nd_send import (
    checksum_put,
    message_fill,
    message_make,
    own_link_address,
    router_solicitation_send,
)
from netx_sim.ipv6.neighbor import (
    address_learn,
    destination_add,
    neighbor_add,
    neighbor_reachable,
    neighbor_stale,
    waiting_send,
)
from netx_sim.ipv6.receive import addresses_of
from netx_sim.ipv6.route import prefix_learn, router_find, router_forget, router_learn
from netx_sim.ipv6.send import ipv6_send
from netx_sim.packet import _nx_packet_release
from netx_sim.wire.icmpv6 import (
    ADVERTISEMENT_AT,
    ADVERTISEMENT_FORMAT,
    LINK_ADDRESS_SIZE,
    NEIGHBOR_ADVERTISEMENT,
    NEIGHBOR_SIZE,
    NEIGHBOR_SOLICITATION,
    OPTION_PREFIX,
    OPTION_SOURCE_ADDRESS,
    OPTION_TARGET_ADDRESS,
    OVERRIDE_FLAG,
    PREFIX_AUTONOMOUS,
    PREFIX_FORMAT,
    PREFIX_ON_LINK,
    PREFIX_SIZE,
    PROTOCOL,
    REDIRECT,
    REDIRECT_DESTINATION_AT,
    REDIRECT_SIZE,
    ROUTER_ADVERTISEMENT,
    ROUTER_ADVERTISEMENT_SIZE,
    ROUTER_SOLICITATION_SIZE,
    SOLICITED_FLAG,
    TARGET_AT,
    link_address,
    options,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.ipv6.block import ND_CACHE_ENTRY, NXD_IPV6_ADDRESS
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

    Option = tuple[int, int]

_HOP_LIMIT_AT = 7
_DISCOVERY_HOP_LIMIT = 255
_PREFIX_LENGTH = 64
_PREFIX_USED = PREFIX_ON_LINK | PREFIX_AUTONOMOUS
_LINK_LOCAL_LENGTH = 10
_LINK_LOCAL = 0xFE80 << 112


# -- common -----------------------------------------------------------------------------------------


def _options(packet: "NX_PACKET", code: int, size: int) -> "list[Option] | None":
    """The options behind `size` bytes of message, or None if the message is not valid (RFC 4861 section 6.1, 7.1)."""
    start = packet.nx_packet_prepend_ptr
    header = packet.nx_packet_ip_header
    assert header is not None
    if code or packet._mem[header + _HOP_LIMIT_AT] != _DISCOVERY_HOP_LIMIT:
        return None
    if packet.nx_packet_append_ptr - start < size:
        return None
    return options(packet._mem, start + size, packet.nx_packet_append_ptr)


def _link_address(packet: "NX_PACKET", found: "list[Option]", kind: int) -> "tuple[int, int] | None":
    """The hardware address in the last option of a kind."""
    address = None
    for option, at in found:
        if option == kind:
            address = link_address(packet._mem, at)
    return address


def _number(packet: "NX_PACKET", at: int) -> int:
    start = packet.nx_packet_prepend_ptr + at
    return int.from_bytes(packet._mem[start : start + 16], "big")


def _hear(ip_ptr: "NX_IP", number: int, interface: "NX_INTERFACE", link: "tuple[int, int]") -> None:
    """A neighbour told its hardware address unasked: what is new makes its entry stale (RFC 4861 section 7.2.3)."""
    entry = ipv6_of(ip_ptr).neighbors.get(number) or neighbor_add(ip_ptr, number, interface)
    if entry is None or entry.nx_nd_cache_is_static:
        return
    pending = entry.nx_nd_cache_nd_status in (ND_CACHE_STATE_CREATED, ND_CACHE_STATE_INCOMPLETE)
    if pending or (entry._msw, entry._lsw) != link:
        address_learn(entry, link[0], link[1])
        neighbor_stale(entry)
        waiting_send(ip_ptr, entry)


# -- neighbours -------------------------------------------------------------------------------------


def _solicitation(ip_ptr: "NX_IP", packet: "NX_PACKET", code: int) -> bool:
    """Somebody asks for an address; if it is one of ours, answer."""
    found = _options(packet, code, NEIGHBOR_SIZE)
    if found is None:
        return False
    target = _number(packet, TARGET_AT)
    peer, destination = addresses_of(packet)
    link = _link_address(packet, found, OPTION_SOURCE_ADDRESS)
    if is_multicast(target) or (not peer and (link is not None or destination != solicited_node(target))):
        return False
    address = _own_address(packet, target)
    if address is None:
        return True
    if address.nxd_ipv6_address_state == NX_IPV6_ADDR_STATE_TENTATIVE:
        if not peer:
            detection_failed(ip_ptr, address)
    elif usable(address):
        if link is not None:
            _hear(ip_ptr, peer, packet.nx_packet_interface_ptr, link)
        _advertise(ip_ptr, address, peer)
    return True


def _own_address(packet: "NX_PACKET", number: int) -> "NXD_IPV6_ADDRESS | None":
    """The address of the interface a packet came by."""
    for address in interface_addresses(packet.nx_packet_interface_ptr):
        if address._number == number:
            return address
    return None


def _advertise(ip_ptr: "NX_IP", address: "NXD_IPV6_ADDRESS", peer: int) -> None:
    """Tell whoever asked our hardware address; all nodes, if it asked from :: (RFC 4861 section 7.2.4)."""
    interface = address.nxd_ipv6_address_attached
    flags = OVERRIDE_FLAG | (SOLICITED_FLAG if peer else 0)
    body = struct.pack(">I", flags) + address._bytes + own_link_address(interface, OPTION_TARGET_ADDRESS)
    packet = message_make(ip_ptr, NEIGHBOR_SIZE + LINK_ADDRESS_SIZE, "neighbour advertisement")
    if packet is None:
        return
    message_fill(packet, NEIGHBOR_ADVERTISEMENT, body)
    checksum_put(packet, interface, address._number, peer or ALL_NODES)
    ipv6_send(ip_ptr, packet, address, peer or ALL_NODES, PROTOCOL, _DISCOVERY_HOP_LIMIT)


def _advertisement(ip_ptr: "NX_IP", packet: "NX_PACKET", code: int) -> bool:
    """A neighbour tells its hardware address; or it has the address we are about to take."""
    found = _options(packet, code, NEIGHBOR_SIZE)
    if found is None:
        return False
    target = _number(packet, TARGET_AT)
    (flags,) = struct.unpack_from(">I", packet._mem, packet.nx_packet_prepend_ptr + ADVERTISEMENT_AT)
    _peer, destination = addresses_of(packet)
    if is_multicast(target) or (is_multicast(destination) and flags & SOLICITED_FLAG):
        return False
    address = _own_address(packet, target)
    if address is not None:
        if address.nxd_ipv6_address_state == NX_IPV6_ADDR_STATE_TENTATIVE:
            detection_failed(ip_ptr, address)
        return True
    entry = ipv6_of(ip_ptr).neighbors.get(target)
    if entry is not None and not entry.nx_nd_cache_is_static:
        _answered(ip_ptr, entry, _link_address(packet, found, OPTION_TARGET_ADDRESS), flags)
    return True


def _answered(ip_ptr: "NX_IP", entry: "ND_CACHE_ENTRY", link: "tuple[int, int] | None", flags: int) -> None:
    """What an advertisement changes (RFC 4861 section 7.2.5, but for an address without the override flag)."""
    pending = entry.nx_nd_cache_nd_status in (ND_CACHE_STATE_CREATED, ND_CACHE_STATE_INCOMPLETE)
    changed = link is not None and (entry._msw, entry._lsw) != link
    if (pending and link is None) or (not pending and changed and not flags & OVERRIDE_FLAG):
        return
    if link is not None:
        address_learn(entry, link[0], link[1])
    if flags & SOLICITED_FLAG:
        neighbor_reachable(ip_ptr, entry)
    elif pending or changed:
        neighbor_stale(entry)
    waiting_send(ip_ptr, entry)


# -- routers ----------------------------------------------------------------------------------------


def _router_advertisement(ip_ptr: "NX_IP", packet: "NX_PACKET", code: int) -> bool:
    """A router tells what holds on the link (RFC 4861 section 6.3.4)."""
    found = _options(packet, code, ROUTER_ADVERTISEMENT_SIZE)
    router, _destination = addresses_of(packet)
    if found is None or not is_link_local(router):
        return False
    ipv6 = ipv6_of(ip_ptr)
    interface = packet.nx_packet_interface_ptr
    at = packet.nx_packet_prepend_ptr + ADVERTISEMENT_AT
    hop_limit, flags, lifetime, reachable, retransmission = struct.unpack_from(ADVERTISEMENT_FORMAT, packet._mem, at)
    ipv6.solicitations.pop(interface.nx_interface_index, None)
    ip_ptr.nx_ipv6_hop_limit = hop_limit or ip_ptr.nx_ipv6_hop_limit
    if reachable:
        ip_ptr.nx_ipv6_reachable_timer = max(1, reachable // 1000)
    if retransmission:
        ip_ptr.nx_ipv6_retrans_timer_ticks = max(1, retransmission // 100)
    _router_take(ip_ptr, router, lifetime, interface)
    link = _link_address(packet, found, OPTION_SOURCE_ADDRESS)
    if link is not None:
        _hear(ip_ptr, router, interface, link)
    for option, place in found:
        if option == OPTION_PREFIX:
            _prefix_take(ip_ptr, packet, place, interface)
    if ipv6.ra_callback is not None:
        ipv6.ra_callback(ip_ptr, flags)
    return True


def _router_take(ip_ptr: "NX_IP", number: int, lifetime: int, interface: "NX_INTERFACE") -> None:
    """A lifetime of 0 says that it is no default router any more."""
    if lifetime:
        router_learn(ip_ptr, number, lifetime, interface)
        return
    router = router_find(ip_ptr, number)
    if router is not None:
        router_forget(ip_ptr, router)


def _prefix_take(ip_ptr: "NX_IP", packet: "NX_PACKET", at: int, interface: "NX_INTERFACE") -> None:
    """Only a prefix of 64 bits that is on the link and for autonomous addresses counts."""
    if packet._mem[at + 1] << 3 < PREFIX_SIZE:
        return
    _kind, _size, length, flags, valid, preferred, _reserved, prefix = struct.unpack_from(
        PREFIX_FORMAT, packet._mem, at
    )
    number = int.from_bytes(prefix, "big") >> 64 << 64
    if (
        flags & _PREFIX_USED == _PREFIX_USED
        and length == _PREFIX_LENGTH
        and preferred <= valid
        and not same_prefix(number, _LINK_LOCAL, _LINK_LOCAL_LENGTH)
        and not is_multicast(number)
    ):
        prefix_learn(ip_ptr, interface, number, valid)


def _redirect(ip_ptr: "NX_IP", packet: "NX_PACKET", code: int) -> bool:
    """The router we use for a destination knows a better neighbour for it (RFC 4861 section 8.3)."""
    found = _options(packet, code, REDIRECT_SIZE)
    router, _destination = addresses_of(packet)
    if found is None or not is_link_local(router):
        return False
    target = _number(packet, TARGET_AT)
    number = _number(packet, REDIRECT_DESTINATION_AT)
    if is_multicast(number) or not (is_link_local(target) or target == number):
        return False
    ipv6 = ipv6_of(ip_ptr)
    interface = packet.nx_packet_interface_ptr
    known = ipv6.destinations.get(number)
    if known is not None and known.neighbor._number != router:
        return False
    link = _link_address(packet, found, OPTION_TARGET_ADDRESS)
    if link is not None:
        _hear(ip_ptr, target, interface, link)
    entry = ipv6.neighbors.get(target) or neighbor_add(ip_ptr, target, interface)
    if known is None:
        destination_add(ip_ptr, number, target, interface)
    elif entry is not None:
        known.neighbor = entry
    return True


HANDLERS = {
    NEIGHBOR_SOLICITATION: _solicitation,
    NEIGHBOR_ADVERTISEMENT: _advertisement,
    ROUTER_ADVERTISEMENT: _router_advertisement,
    REDIRECT: _redirect,
}


# -- router solicitation ----------------------------------------------------------------------------


def solicitations_start(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """Routers are to be asked for, as soon as there is a link-local address to ask from."""
    config = ip_ptr._sim.config
    first = ip_periodic_base(ip_ptr) + config.NX_ICMPV6_RTR_SOLICITATION_DELAY * ip_ptr._periodic_event.period
    ipv6_of(ip_ptr).solicitations[interface.nx_interface_index] = (config.NX_ICMPV6_MAX_RTR_SOLICITATIONS, first)
    interface.nx_ipv6_rtr_solicitation_max = config.NX_ICMPV6_MAX_RTR_SOLICITATIONS
    interface.nx_ipv6_rtr_solicitation_count = config.NX_ICMPV6_MAX_RTR_SOLICITATIONS
    interface.nx_ipv6_rtr_solicitation_interval = config.NX_ICMPV6_RTR_SOLICITATION_INTERVAL
    interface._router_solicitation_at = first


def solicitations_slow(ip_ptr: "NX_IP") -> None:
    """The one-second event: solicit routers on the interfaces where that is due."""
    pending = ipv6_of(ip_ptr).solicitations
    now = ip_ptr._sim.now
    for index, (left, tick) in list(pending.items()):
        interface = ip_ptr.nx_ip_interface[index]
        if tick <= now and _router_solicit(ip_ptr, interface):
            seconds = ip_ptr._sim.config.NX_ICMPV6_RTR_SOLICITATION_INTERVAL
            left, tick = left - 1, now + seconds * ip_ptr._periodic_event.period
            pending[index] = (left, tick)
            interface.nx_ipv6_rtr_solicitation_count = left
            if not left:
                del pending[index]
        if index in pending and tick > now:
            ip_ptr._periodic_event.want(tick)
        interface._router_solicitation_at = tick


def _router_solicit(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> bool:
    """Send one; a packet is taken before it is known whether there is an address to send from."""
    packet = message_make(ip_ptr, ROUTER_SOLICITATION_SIZE + LINK_ADDRESS_SIZE, "router solicitation")
    if packet is None:
        return False
    for address in interface_addresses(interface):
        if is_link_local(address._number) and usable(address):
            router_solicitation_send(ip_ptr, interface, packet, address._number)
            return True
    _nx_packet_release(packet)
    return False
