"""Between the stack and a link driver: interfaces, driver requests, and what a driver calls.

A driver is a callable that takes an NX_IP_DRIVER and sets its ``nx_ip_driver_status``.  It is called
with the mutex of the IP instance held and must not wait.  The request object is used again for the
next call: a driver must not keep it.

Receiving: allocate from the instance's default pool, put the frame so that its IP header lies on a
4-byte boundary, strip the link header, and hand the packet to one of the ``..._deferred_receive``
functions here, from any context.
"""

from netx_sim.constants import (
    NX_IP_ARP_REC_EVENT,
    NX_IP_DRIVER_DEFERRED_EVENT,
    NX_IP_LINK_STATUS_EVENT,
    NX_IP_RARP_REC_EVENT,
    NX_IP_RECEIVE_EVENT,
    NX_LINK_ETHERNET_ARP,
    NX_LINK_ETHERNET_IP,
    NX_LINK_ETHERNET_IPV6,
    NX_LINK_ETHERNET_RARP,
)
from netx_sim.kernel import current
from netx_sim.packet import NX_PACKET, _nx_packet_release

DRIVER_PACKET_EVENT = 0x00000200  # of the IP thread: a driver handed packets over as deferred work

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def _seconds_to(tick: int) -> int:
    """One-second events until a tick at which one is; 0 when it is over."""
    sim = current()
    return max(0, -(-(tick - sim.now) // sim.config.NX_IP_PERIODIC_RATE))


class NX_INTERFACE:
    """One interface of an IP instance; lives in ``ip_ptr.nx_ip_interface``."""

    __slots__ = (
        "_arp_defend_until",
        "_receive_hooks",
        "_request",
        "_router_solicitation_at",
        "nx_interface_additional_link_info",
        "nx_interface_address_mapping_needed",
        "nx_interface_capability_flag",
        "nx_interface_index",
        "nx_interface_ip_address",
        "nx_interface_ip_conflict_notify_handler",
        "nx_interface_ip_mtu_size",
        "nx_interface_ip_network",
        "nx_interface_ip_network_mask",
        "nx_interface_ip_probe_address",
        "nx_interface_link_driver_entry",
        "nx_interface_link_status_change",
        "nx_interface_link_up",
        "nx_interface_name",
        "nx_interface_physical_address_lsw",
        "nx_interface_physical_address_msw",
        "nx_interface_valid",
        "nx_ipv6_rtr_solicitation_count",
        "nx_ipv6_rtr_solicitation_interval",
        "nx_ipv6_rtr_solicitation_max",
        "nxd_interface_ipv6_address_list_head",
    )

    def __init__(self, index: int = 0) -> None:
        self.nx_interface_name: "Any" = None
        self.nx_interface_valid = 0
        self.nx_interface_address_mapping_needed = 0
        self.nx_interface_link_up = 0
        self.nx_interface_index = index
        self.nx_interface_link_status_change = 0
        self.nx_interface_physical_address_msw = 0
        self.nx_interface_physical_address_lsw = 0
        self.nx_interface_ip_address = 0
        self.nx_interface_ip_network_mask = 0
        self.nx_interface_ip_network = 0
        self.nxd_interface_ipv6_address_list_head: "Any" = None
        self.nx_interface_ip_mtu_size = 0
        self.nx_ipv6_rtr_solicitation_max = 0
        self.nx_ipv6_rtr_solicitation_count = 0
        self.nx_ipv6_rtr_solicitation_interval = 0
        self._router_solicitation_at = 0  # tick of the one-second event at which the next is due
        self.nx_interface_additional_link_info: "Any" = None
        self.nx_interface_link_driver_entry: "Callable[[NX_IP_DRIVER], None] | None" = None
        self._arp_defend_until = 0  # tick of the one-second event before which our address is not defended again
        self.nx_interface_ip_probe_address = 0
        self.nx_interface_ip_conflict_notify_handler: "Callable[[Any, int, int, int, int], None] | None" = None
        # Checksums the link guarantees or computes: NX_INTERFACE_CAPABILITY_* bits.
        self.nx_interface_capability_flag = 0
        # Wrappers that look at every received packet: fn(ip_ptr, packet, ethertype) -> pass it on?
        self._receive_hooks: "list[Callable[[Any, NX_PACKET, int], bool]] | None" = None
        self._request = NX_IP_DRIVER()

    @property
    def nx_interface_arp_defend_timeout(self) -> int:
        """Seconds until our address may be defended again."""
        return _seconds_to(self._arp_defend_until) if self._arp_defend_until else 0

    @property
    def nx_ipv6_rtr_solicitation_timer(self) -> int:
        """Seconds to the next router solicitation."""
        return _seconds_to(self._router_solicitation_at) if self.nx_ipv6_rtr_solicitation_count else 0

    def __repr__(self) -> str:
        return "<NX_INTERFACE " + str(self.nx_interface_index) + " " + str(self.nx_interface_name) + ">"


class NX_IP_DRIVER:
    """One request to a driver."""

    __slots__ = (
        "nx_ip_driver_command",
        "nx_ip_driver_interface",
        "nx_ip_driver_packet",
        "nx_ip_driver_physical_address_lsw",
        "nx_ip_driver_physical_address_msw",
        "nx_ip_driver_ptr",
        "nx_ip_driver_return_ptr",
        "nx_ip_driver_status",
    )

    def __init__(self) -> None:
        self.nx_ip_driver_command = 0
        self.nx_ip_driver_status = 0
        self.nx_ip_driver_physical_address_msw = 0
        self.nx_ip_driver_physical_address_lsw = 0
        self.nx_ip_driver_packet: "Any" = None
        self.nx_ip_driver_return_ptr: "Any" = None
        self.nx_ip_driver_ptr: "Any" = None
        self.nx_ip_driver_interface: "Any" = None


def driver_request(
    ip_ptr: "Any", interface: NX_INTERFACE, command: int, return_ptr: "Any" = None, msw: int = 0, lsw: int = 0
) -> int:
    """Send one request without a packet to the interface's driver; its status."""
    request = NX_IP_DRIVER()
    request.nx_ip_driver_command = command
    request.nx_ip_driver_ptr = ip_ptr
    request.nx_ip_driver_interface = interface
    request.nx_ip_driver_return_ptr = return_ptr
    request.nx_ip_driver_physical_address_msw = msw
    request.nx_ip_driver_physical_address_lsw = lsw
    interface.nx_interface_link_driver_entry(request)  # type: ignore[misc]
    return request.nx_ip_driver_status


def driver_send(
    ip_ptr: "Any", interface: NX_INTERFACE, command: int, packet: "NX_PACKET", msw: int, lsw: int
) -> None:
    """Hand a packet to the interface's driver, which gives it back with a transmit release."""
    request = interface._request
    request.nx_ip_driver_command = command
    request.nx_ip_driver_ptr = ip_ptr
    request.nx_ip_driver_interface = interface
    request.nx_ip_driver_packet = packet
    request.nx_ip_driver_physical_address_msw = msw
    request.nx_ip_driver_physical_address_lsw = lsw
    interface.nx_interface_link_driver_entry(request)  # type: ignore[misc]


def interface_setup(
    interface: NX_INTERFACE, mtu: int, mac_msw: int, mac_lsw: int, mapping_needed: int
) -> None:
    """What a driver does on NX_LINK_INITIALIZE: MTU (IP bytes), hardware address, address mapping."""
    interface.nx_interface_ip_mtu_size = mtu
    interface.nx_interface_physical_address_msw = mac_msw
    interface.nx_interface_physical_address_lsw = mac_lsw
    interface.nx_interface_address_mapping_needed = mapping_needed


# -- what a driver calls ----------------------------------------------------------------------------


def ip_event_note(ip_ptr: "Any", events: int) -> None:
    """Set events of the IP thread, which becomes ready; no preemption here.

    The thread waits for any event, so it wakes with those that end its wait; what is set before it runs comes after
    them. That is why a frame that arrives on a tick of the fast timer is handled behind the timer.
    """
    thread = ip_ptr.nx_ip_thread
    if thread._pending or thread._running:
        ip_ptr._events |= events
    else:
        ip_ptr._woken_by = events
    ip_ptr._sim.activity_signal(thread)


def ip_event_set(ip_ptr: "Any", events: int) -> None:
    """Set events of the IP thread; it runs at once if it outranks the caller and may preempt."""
    ip_event_note(ip_ptr, events)
    ip_ptr._sim.preempt()


def _passes_hooks(ip_ptr: "Any", packet: "NX_PACKET", ethertype: int) -> bool:
    interface = packet.nx_packet_interface_ptr
    if interface is None or not interface._receive_hooks:
        return True
    return all(hook(ip_ptr, packet, ethertype) for hook in interface._receive_hooks)


def _nx_ip_packet_deferred_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Give a received IP packet to the IP thread.

    Packet: taken.  Prepend is at the IP header; ``nx_packet_interface_ptr`` tells the interface.
    """
    interface = packet_ptr.nx_packet_interface_ptr
    if interface is not None and interface._receive_hooks:
        version = packet_ptr._mem[packet_ptr.nx_packet_prepend_ptr] >> 4
        ethertype = NX_LINK_ETHERNET_IPV6 if version == 6 else NX_LINK_ETHERNET_IP
        if not _passes_hooks(ip_ptr, packet_ptr, ethertype):
            return
    packet_ptr._holder = "IP receive queue"
    ip_ptr._deferred_received.append(packet_ptr)
    ip_event_set(ip_ptr, NX_IP_RECEIVE_EVENT)


def ip_packets_received(ip_ptr: "Any", interface: NX_INTERFACE, packets: "list[NX_PACKET]") -> None:
    """Give several received IP packets of one interface to the IP thread, as one deferred receive for each does.

    For links that take many frames at a time.  Packets: taken.
    """
    if interface._receive_hooks:
        for packet in packets:
            packet.nx_packet_interface_ptr = interface
            _nx_ip_packet_deferred_receive(ip_ptr, packet)
    elif packets:
        for packet in packets:
            packet.nx_packet_interface_ptr = interface
            packet._holder = "IP receive queue"
        ip_ptr._deferred_received += packets
        ip_event_set(ip_ptr, NX_IP_RECEIVE_EVENT)


def _nx_ip_packet_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Process a received IP packet now; from the IP thread only.  Packet: taken."""
    ip_ptr._ip_receive(ip_ptr, packet_ptr)


def _nx_arp_packet_deferred_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Give a received ARP message to the IP thread; released if ARP is not enabled.  Packet: taken."""
    if not _passes_hooks(ip_ptr, packet_ptr, NX_LINK_ETHERNET_ARP):
        return
    if ip_ptr._arp_receive is None:
        _nx_packet_release(packet_ptr)
        return
    packet_ptr._holder = "ARP receive queue"
    ip_ptr._arp_deferred_received.append(packet_ptr)
    ip_event_set(ip_ptr, NX_IP_ARP_REC_EVENT)


def _nx_arp_packet_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Process a received ARP message now; from the IP thread only.  Packet: taken."""
    if ip_ptr._arp_receive is None:
        _nx_packet_release(packet_ptr)
    else:
        ip_ptr._arp_receive(ip_ptr, packet_ptr)


def _nx_rarp_packet_deferred_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Give a received RARP message to the IP thread; released where RARP is off.  Packet: taken."""
    if not _passes_hooks(ip_ptr, packet_ptr, NX_LINK_ETHERNET_RARP):
        return
    if ip_ptr._rarp_receive is None:
        _nx_packet_release(packet_ptr)
        return
    ip_ptr._rarp_deferred_received.append(packet_ptr)
    ip_event_set(ip_ptr, NX_IP_RARP_REC_EVENT)


def _nx_rarp_packet_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Process a received RARP message now; released where RARP is off.  Packet: taken."""
    if ip_ptr._rarp_receive is None:
        _nx_packet_release(packet_ptr)
    else:
        ip_ptr._rarp_receive(ip_ptr, packet_ptr)


def _nx_ip_driver_deferred_enable(ip_ptr: "Any", driver_deferred_packet_handler: "Any") -> None:
    """Have the IP thread call ``handler(packet)`` for what the driver gives to ``_nx_ip_driver_deferred_receive``.

    Only in a build with NX_DRIVER_DEFERRED_PROCESSING: a driver then hands raw frames over in its
    interrupt and looks at them in the IP thread.
    """
    ip_ptr._driver_packet_handler = driver_deferred_packet_handler


def _nx_ip_driver_deferred_receive(ip_ptr: "Any", packet_ptr: "NX_PACKET") -> None:
    """Give a received frame to the driver's own handler in the IP thread; released where there is none.

    Packet: taken.
    """
    if ip_ptr._driver_packet_handler is None or not ip_ptr._sim.config.NX_DRIVER_DEFERRED_PROCESSING:
        _nx_packet_release(packet_ptr)
        return
    packet_ptr._holder = "driver deferred queue"
    ip_ptr._driver_deferred_received.append(packet_ptr)
    ip_event_set(ip_ptr, DRIVER_PACKET_EVENT)


def _nx_ip_driver_deferred_processing(ip_ptr: "Any") -> None:
    """Have the IP thread call the driver with NX_LINK_DEFERRED_PROCESSING; from any context."""
    ip_event_set(ip_ptr, NX_IP_DRIVER_DEFERRED_EVENT)


def _nx_ip_driver_link_status_event(ip_ptr: "Any", interface_index: int) -> None:
    """Tell the stack that the link of an interface went up or down; from any context."""
    ip_ptr.nx_ip_interface[interface_index].nx_interface_link_status_change = 1
    ip_event_set(ip_ptr, NX_IP_LINK_STATUS_EVENT)
