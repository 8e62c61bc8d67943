"""The neighbour cache (RFC 4861 sections 5.1 and 7.3) and its timers, and the destinations that use it.

What the device does its own way: solicitations are spaced by the retransmission time in fast events plus one; the
last of them is waited for as long; a reachable entry becomes stale, and a delayed one is probed, at one-second
events. There is room for NX_IPV6_DESTINATION_TABLE_SIZE destinations, each in use as long as its neighbour is
known: packets to one more vanish.
"""

from netx_sim.constants import NX_LINK_PACKET_SEND
from netx_sim.constants_ipv6 import (
    ND_CACHE_STATE_CREATED,
    ND_CACHE_STATE_DELAY,
    ND_CACHE_STATE_INCOMPLETE,
    ND_CACHE_STATE_INVALID,
    ND_CACHE_STATE_PROBE,
    ND_CACHE_STATE_REACHABLE,
    ND_CACHE_STATE_STALE,
)
from netx_sim.ip.thread import ip_fast_base, ip_periodic_base
from netx_sim.ipv6.block import ND_CACHE_ENTRY, Destination, ipv6_of, solicited_node
from netx_sim.ipv6.nd_send import solicitation_send
from netx_sim.ipv6.output import link_out
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.traps import trapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.ipv6.block import NXD_IPV6_ADDRESS
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET


# -- entries ----------------------------------------------------------------------------------------


def neighbor_add(ip_ptr: "NX_IP", number: int, interface: "NX_INTERFACE | None") -> "ND_CACHE_ENTRY | None":
    """A new entry; in a full cache the oldest stale one makes room, and without one there is none."""
    cache = ip_ptr.nx_ipv6_nd_cache
    if len(cache) >= ip_ptr._sim.config.NX_IPV6_NEIGHBOR_CACHE_SIZE:
        for old in cache:
            if old.nx_nd_cache_nd_status == ND_CACHE_STATE_STALE and not old.nx_nd_cache_is_static:
                neighbor_delete(ip_ptr, old)
                break
        else:
            return None
    entry = ND_CACHE_ENTRY(number, interface)
    cache.append(entry)
    ipv6_of(ip_ptr).neighbors[number] = entry
    return entry


def neighbor_delete(ip_ptr: "NX_IP", entry: ND_CACHE_ENTRY) -> None:
    """Remove an entry; what waits for its answer is dropped, and its destinations are forgotten."""
    ipv6 = ipv6_of(ip_ptr)
    del ipv6.neighbors[entry._number]
    ip_ptr.nx_ipv6_nd_cache.remove(entry)
    entry.nx_nd_cache_nd_status = ND_CACHE_STATE_INVALID
    for number, destination in list(ipv6.destinations.items()):
        if destination.neighbor is entry:
            del ipv6.destinations[number]
    waiting, entry._waiting = entry._waiting, []
    for packet in waiting:
        ip_ptr.nx_ip_send_packets_dropped += 1
        _nx_packet_transmit_release(packet)


def neighbors_clear(ip_ptr: "NX_IP") -> None:
    """Empty the cache, static entries too, and the destinations."""
    for entry in list(ip_ptr.nx_ipv6_nd_cache):
        neighbor_delete(ip_ptr, entry)
    ipv6_of(ip_ptr).destinations.clear()


def destinations_forget(ip_ptr: "NX_IP", number: int) -> None:
    """Have the destinations that go by a neighbour looked up again."""
    ipv6 = ipv6_of(ip_ptr)
    for destination_number, destination in list(ipv6.destinations.items()):
        if destination.neighbor._number == number:
            del ipv6.destinations[destination_number]


def destination_add(ip_ptr: "NX_IP", number: int, next_hop: int, interface: "NX_INTERFACE") -> "Destination | None":
    """A new destination with its neighbour; None if either table has no room."""
    ipv6 = ipv6_of(ip_ptr)
    if len(ipv6.destinations) >= ip_ptr._sim.config.NX_IPV6_DESTINATION_TABLE_SIZE:
        trapped("Q-ND-FULL", ip_ptr=ip_ptr)
        return None
    entry = ipv6.neighbors.get(next_hop) or neighbor_add(ip_ptr, next_hop, interface)
    if entry is None:
        return None
    destination = ipv6.destinations[number] = Destination(entry)
    return destination


# -- states -----------------------------------------------------------------------------------------


def _after_fast(ip_ptr: "NX_IP", events: int) -> int:
    """The tick of the n-th fast event from here, which is then not passed over."""
    event = ip_ptr._fast_event
    assert event is not None
    tick = ip_fast_base(ip_ptr) + events * event.period
    event.want(tick)
    return tick


def _after_slow(ip_ptr: "NX_IP", events: int) -> int:
    """As above, of the one-second event."""
    event = ip_ptr._periodic_event
    tick = ip_periodic_base(ip_ptr) + events * event.period
    event.want(tick)
    return tick


def _state_set(entry: ND_CACHE_ENTRY, state: int, fast: int = 0, slow: int = 0) -> None:
    """Change an entry's state; nothing else writes it."""
    entry.nx_nd_cache_nd_status = state
    entry._fast_deadline = fast
    entry._slow_deadline = slow


def neighbor_reachable(ip_ptr: "NX_IP", entry: ND_CACHE_ENTRY) -> None:
    """It has just answered."""
    _state_set(entry, ND_CACHE_STATE_REACHABLE, 0, _after_slow(ip_ptr, ip_ptr.nx_ipv6_reachable_timer))


def neighbor_stale(entry: ND_CACHE_ENTRY) -> None:
    """Its hardware address is known but not confirmed."""
    _state_set(entry, ND_CACHE_STATE_STALE)


def neighbor_static(entry: ND_CACHE_ENTRY) -> None:
    """The application says so, once and for all."""
    entry.nx_nd_cache_is_static = 1
    _state_set(entry, ND_CACHE_STATE_REACHABLE)


def address_learn(entry: ND_CACHE_ENTRY, msw: int, lsw: int) -> None:
    """Write the hardware address."""
    entry._msw, entry._lsw = msw, lsw


def waiting_send(ip_ptr: "NX_IP", entry: ND_CACHE_ENTRY) -> None:
    """The address is known: send what has waited for it, oldest first."""
    waiting, entry._waiting = entry._waiting, []
    for packet in waiting:
        _send(ip_ptr, entry, packet)


def _send(ip_ptr: "NX_IP", entry: ND_CACHE_ENTRY, packet: "NX_PACKET") -> None:
    """To a known hardware address; using a stale entry starts the delay after which it is probed."""
    if entry.nx_nd_cache_nd_status == ND_CACHE_STATE_STALE:
        delay = ip_ptr._sim.config.NX_DELAY_FIRST_PROBE_TIME
        _state_set(entry, ND_CACHE_STATE_DELAY, 0, _after_slow(ip_ptr, delay))
    interface = packet.nx_packet_interface_ptr
    link_out(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, entry._msw, entry._lsw)


def neighbor_send(ip_ptr: "NX_IP", entry: ND_CACHE_ENTRY, packet: "NX_PACKET", source: "NXD_IPV6_ADDRESS") -> None:
    """Send a packet to a neighbour, or keep it until the neighbour has been asked.  Packet: taken."""
    state = entry.nx_nd_cache_nd_status
    if entry.nx_nd_cache_outgoing_address is None:
        entry.nx_nd_cache_outgoing_address = source
    if state not in (ND_CACHE_STATE_CREATED, ND_CACHE_STATE_INCOMPLETE):
        _send(ip_ptr, entry, packet)
        return
    packet._holder = "ND queue"
    entry._waiting.append(packet)
    if state == ND_CACHE_STATE_CREATED:
        entry.nx_nd_cache_interface_ptr = source.nxd_ipv6_address_attached
        entry.nx_nd_cache_num_solicit = ip_ptr._sim.config.NX_MAX_MULTICAST_SOLICIT
        _state_set(entry, ND_CACHE_STATE_INCOMPLETE)
        _ask(ip_ptr, entry)
    elif len(entry._waiting) > ip_ptr._sim.config.NX_ND_MAX_QUEUE_DEPTH:
        trapped("Q-ND-OVERFLOW", ip_ptr=ip_ptr)
        ip_ptr.nx_ip_send_packets_dropped += 1
        _nx_packet_transmit_release(entry._waiting.pop(0))


def _ask(ip_ptr: "NX_IP", entry: ND_CACHE_ENTRY) -> None:
    """One more solicitation: to the group while nothing is known, else to the neighbour itself."""
    entry.nx_nd_cache_num_solicit -= 1
    entry._fast_deadline = _after_fast(ip_ptr, ip_ptr.nx_ipv6_retrans_timer_ticks + 1)
    interface = entry.nx_nd_cache_interface_ptr
    source = entry.nx_nd_cache_outgoing_address
    if interface is None or not ipv6_of(ip_ptr).icmp:
        return
    if entry.nx_nd_cache_nd_status == ND_CACHE_STATE_PROBE:
        solicitation_send(ip_ptr, interface, source, entry._number, entry._number, entry._msw, entry._lsw)
    else:
        solicitation_send(ip_ptr, interface, source, entry._number, solicited_node(entry._number))


# -- the timers -------------------------------------------------------------------------------------


def neighbors_fast(ip_ptr: "NX_IP") -> None:
    """The fast event: ask again, or give up those that did not answer the last time either."""
    now = ip_ptr._sim.now
    for entry in list(ip_ptr.nx_ipv6_nd_cache):
        if not entry._fast_deadline:
            continue
        if entry._fast_deadline > now:
            ip_ptr._fast_event.want(entry._fast_deadline)  # type: ignore[union-attr]
        elif entry.nx_nd_cache_num_solicit:
            _ask(ip_ptr, entry)
        else:
            neighbor_delete(ip_ptr, entry)


def neighbors_slow(ip_ptr: "NX_IP") -> None:
    """The one-second event: reachable ones become stale, delayed ones are probed from the next fast event on."""
    now = ip_ptr._sim.now
    for entry in ip_ptr.nx_ipv6_nd_cache:
        if not entry._slow_deadline:
            continue
        if entry._slow_deadline > now:
            ip_ptr._periodic_event.want(entry._slow_deadline)
        elif entry.nx_nd_cache_nd_status == ND_CACHE_STATE_REACHABLE:
            neighbor_stale(entry)
        else:
            entry.nx_nd_cache_num_solicit = ip_ptr._sim.config.NX_MAX_UNICAST_SOLICIT
            _state_set(entry, ND_CACHE_STATE_PROBE, _after_fast(ip_ptr, 1))
