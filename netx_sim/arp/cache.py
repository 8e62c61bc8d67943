"""The ARP cache: entries in the caller's memory, which one is recycled, and who waits for an answer.

A device keeps the dynamic entries in one list, unused ones first, then by age; the head is taken
for the next address, so a full cache loses the entry created longest ago.  Entries that are taken
out of use keep their addresses until they are taken again, and the two find services still see them.

Repeats are counted in one-second events; an entry stores the tick of the event at which it acts.
"""

from netx_sim.constants import NX_LINK_PACKET_SEND
from netx_sim.ip.send import link_send
from netx_sim.ip.thread import ip_periodic_base
from netx_sim.kernel import current
from netx_sim.packet import _nx_packet_transmit_release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

NX_ARP_SIZE = 52  # sizeof(NX_ARP) on a 32-bit device: it decides how many entries the memory holds


class NX_ARP:
    """One cache entry."""

    __slots__ = (
        "_active",
        "_deadline",
        "_waiting",
        "nx_arp_ip_address",
        "nx_arp_ip_interface",
        "nx_arp_physical_address_lsw",
        "nx_arp_physical_address_msw",
        "nx_arp_retries",
        "nx_arp_route_static",
    )

    def __init__(self) -> None:
        self.nx_arp_route_static = 0
        self.nx_arp_retries = 0
        self.nx_arp_ip_address = 0
        self.nx_arp_physical_address_msw = 0
        self.nx_arp_physical_address_lsw = 0
        self.nx_arp_ip_interface: "NX_INTERFACE | None" = None
        self._active = False
        self._deadline = 0  # tick of the one-second event at which it acts; 0 for never
        self._waiting: "list[NX_PACKET]" = []

    @property
    def nx_arp_entry_next_update(self) -> int:
        """Seconds to the next repeat, or to the end of the entry; 0 never."""
        sim = current()
        return -(-(self._deadline - sim.now) // sim.config.NX_IP_PERIODIC_RATE) if self._deadline else 0

    @property
    def nx_arp_packets_waiting(self) -> "NX_PACKET | None":
        """The packet that has waited longest for the answer."""
        return self._waiting[0] if self._waiting else None

    def __repr__(self) -> str:
        kind = "static" if self.nx_arp_route_static else "dynamic"
        return "<NX_ARP " + kind + " " + hex(self.nx_arp_ip_address) + ">"


class ArpCache:
    """All entries of an instance."""

    __slots__ = ("active", "dynamic", "memory", "static")

    def __init__(self, memory: "object", count: int) -> None:
        self.memory = memory
        self.dynamic = [NX_ARP() for _ in range(count)]  # unused first, then oldest first
        self.static: "list[NX_ARP]" = []
        self.active: "dict[int, NX_ARP]" = {}  # by address and interface


def _key(ip_address: int, interface: "NX_INTERFACE") -> int:
    return ip_address << 8 | interface.nx_interface_index


def cache_lookup(ip_ptr: "NX_IP", ip_address: int, interface: "NX_INTERFACE") -> "NX_ARP | None":
    """The entry in use for an address, resolved or not."""
    found: "NX_ARP | None" = ip_ptr._arp.active.get(_key(ip_address, interface))
    return found


def cache_allocate(ip_ptr: "NX_IP", ip_address: int, interface: "NX_INTERFACE", static: bool) -> "NX_ARP | None":
    """Take an entry for an address: an unused one, else the dynamic one created longest ago."""
    cache: ArpCache = ip_ptr._arp
    if not cache.dynamic:
        return None
    entry = cache.dynamic.pop(0)
    if entry._active:
        _deactivate(ip_ptr, entry)
    entry.nx_arp_ip_address = ip_address
    entry.nx_arp_ip_interface = interface
    entry.nx_arp_physical_address_msw = entry.nx_arp_physical_address_lsw = 0
    entry.nx_arp_retries = 0
    entry._active = True
    cache.active[_key(ip_address, interface)] = entry
    if static:
        entry.nx_arp_route_static = 1
        cache.static.append(entry)
        ip_ptr.nx_ip_arp_static_entries += 1
    else:
        cache.dynamic.append(entry)
        ip_ptr.nx_ip_arp_dynamic_active_count += 1
    return entry


def _deactivate(ip_ptr: "NX_IP", entry: NX_ARP) -> None:
    """Out of use; the packets that wait for its answer are dropped, the addresses stay behind."""
    cache: ArpCache = ip_ptr._arp
    interface = entry.nx_arp_ip_interface
    if interface is not None:
        cache.active.pop(_key(entry.nx_arp_ip_address, interface), None)
    ip_ptr._arp_resolved.pop(entry.nx_arp_ip_address, None)
    entry._active = False
    entry._deadline = 0
    if entry.nx_arp_route_static:
        entry.nx_arp_route_static = 0
        ip_ptr.nx_ip_arp_static_entries -= 1
    else:
        ip_ptr.nx_ip_arp_dynamic_active_count -= 1
    packets, entry._waiting = entry._waiting, []
    for packet in packets:
        ip_ptr.nx_ip_send_packets_dropped += 1
        _nx_packet_transmit_release(packet)


def cache_dynamic_delete(ip_ptr: "NX_IP", entry: NX_ARP) -> None:
    """Take a dynamic entry out of use; it is the first to be taken again."""
    _deactivate(ip_ptr, entry)
    ip_ptr._arp.dynamic.remove(entry)
    ip_ptr._arp.dynamic.insert(0, entry)


def cache_static_delete(ip_ptr: "NX_IP", entry: NX_ARP) -> None:
    """Turn a static entry into an unused dynamic one, its addresses cleared."""
    _deactivate(ip_ptr, entry)
    entry.nx_arp_ip_address = 0
    entry.nx_arp_physical_address_msw = entry.nx_arp_physical_address_lsw = 0
    ip_ptr._arp.static.remove(entry)
    ip_ptr._arp.dynamic.insert(0, entry)


def cache_make_static(ip_ptr: "NX_IP", entry: NX_ARP) -> None:
    """Turn a dynamic entry in use into a static one."""
    if not entry.nx_arp_route_static:
        entry.nx_arp_route_static = 1
        entry._deadline = 0
        ip_ptr._arp.dynamic.remove(entry)
        ip_ptr._arp.static.append(entry)
        ip_ptr.nx_ip_arp_dynamic_active_count -= 1
        ip_ptr.nx_ip_arp_static_entries += 1


def cache_resolve(ip_ptr: "NX_IP", entry: NX_ARP, msw: int, lsw: int) -> None:
    """Note the hardware address and send what waited for it, in order."""
    entry.nx_arp_physical_address_msw = msw
    entry.nx_arp_physical_address_lsw = lsw
    entry.nx_arp_retries = 0
    life = ip_ptr._sim.config.NX_ARP_EXPIRATION_RATE
    deadline_set(ip_ptr, entry, 0 if entry.nx_arp_route_static else life)
    interface = entry.nx_arp_ip_interface
    if not (msw or lsw):
        ip_ptr._arp_resolved.pop(entry.nx_arp_ip_address, None)
    elif interface is not None:
        packets, entry._waiting = entry._waiting, []
        for packet in packets:
            link_send(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, msw, lsw)


def deadline_set(ip_ptr: "NX_IP", entry: NX_ARP, events: int) -> None:
    """Act at the ``events``-th one-second event from now; 0 for never."""
    if not events:
        entry._deadline = 0
        return
    event = ip_ptr._periodic_event
    entry._deadline = ip_periodic_base(ip_ptr) + events * event.period
    event.want(entry._deadline)
