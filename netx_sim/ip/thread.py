"""The IP thread: what it does each time it is woken, and the two timers that wake it.

A device's IP thread waits for event flags and handles those that are set in a fixed order, holding
the instance's mutex.  Here the thread is a kernel activity gated by that mutex.

Timers: a one-second event from ``nx_ip_create`` on, and a fast event (100 ms) from the first of
``nx_tcp_enable`` and ``nxd_ipv6_enable`` on.  The kernel passes over ticks of these timers that nobody
wants, so a protocol that counts events asks ``ip_fast_base`` or ``ip_periodic_base`` where the count
stands and wants the tick at which it will have to act.
"""

from netx_sim.constants import (
    NX_IP_ARP_REC_EVENT,
    NX_IP_DRIVER_DEFERRED_EVENT,
    NX_IP_FAST_EVENT,
    NX_IP_ICMP_EVENT,
    NX_IP_IGMP_ENABLE_EVENT,
    NX_IP_IGMP_EVENT,
    NX_IP_LINK_STATUS_EVENT,
    NX_IP_PERIODIC_EVENT,
    NX_IP_RARP_REC_EVENT,
    NX_IP_RECEIVE_EVENT,
    NX_IP_TCP_CLEANUP_DEFERRED,
    NX_IP_TCP_EVENT,
    NX_IP_UNFRAG_EVENT,
)
from netx_sim.ip.interface import interfaces_deferred_processing, interfaces_link_status, interfaces_start
from netx_sim.ip.receive import _nx_ip_packet_receive
from netx_sim.link import DRIVER_PACKET_EVENT, ip_event_note
from netx_sim.packet import _nx_packet_release

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP, PacketSlot
    from netx_sim.packet import NX_PACKET

_PACKET_EVENTS = NX_IP_RECEIVE_EVENT | NX_IP_TCP_EVENT
_TIMER_EVENTS = NX_IP_FAST_EVENT | NX_IP_PERIODIC_EVENT


def ip_thread_run(ip_ptr: "NX_IP") -> None:
    """One wake-up of the IP thread; the mutex is held."""
    if not ip_ptr.nx_ip_initialize_done:
        interfaces_start(ip_ptr)
        ip_ptr.nx_ip_initialize_done = 1
    events, ip_ptr._woken_by = ip_ptr._woken_by, 0
    if events:
        _handle(ip_ptr, events)
    while ip_ptr._events:
        events, ip_ptr._events = ip_ptr._events, 0
        _handle(ip_ptr, events)


def _handle(ip_ptr: "NX_IP", events: int) -> None:
    """The events of one wait, in the device's order."""
    if events & NX_IP_RECEIVE_EVENT:
        _received(ip_ptr)
    if events & NX_IP_TCP_EVENT and ip_ptr._tcp_queue_process is not None:
        ip_ptr._tcp_queue_process(ip_ptr)
    if events & ~_PACKET_EVENTS:
        if events & _TIMER_EVENTS:
            _timers(ip_ptr, events)
        _other_events(ip_ptr, events)


def _received(ip_ptr: "NX_IP") -> None:
    """Packets that drivers handed over, and those looped back while they are handled."""
    queue = ip_ptr._deferred_received
    while queue:
        ip_ptr._deferred_received = []
        for packet in queue:
            _nx_ip_packet_receive(ip_ptr, packet)
        queue = ip_ptr._deferred_received


def _timers(ip_ptr: "NX_IP", events: int) -> None:
    """The fast event, then the one-second event."""
    now = ip_ptr._sim.now
    if events & NX_IP_FAST_EVENT:
        ip_ptr._fast_processed = now
        if ip_ptr._ipv6_fast is not None:
            ip_ptr._ipv6_fast(ip_ptr)
        if ip_ptr._tcp_fast is not None:
            ip_ptr._tcp_fast(ip_ptr)
    if events & NX_IP_PERIODIC_EVENT:
        ip_ptr._periodic_processed = now
        for slot in (
            ip_ptr._arp_periodic,
            ip_ptr._igmp_periodic,
            ip_ptr._fragment_timeout,
            ip_ptr._tcp_periodic,
            ip_ptr._ipv6_periodic,
        ):
            if slot is not None:
                slot(ip_ptr)


def _other_events(ip_ptr: "NX_IP", events: int) -> None:
    """What comes after packets and timers, in the device's order."""
    if events & NX_IP_ARP_REC_EVENT:
        queue, ip_ptr._arp_deferred_received = ip_ptr._arp_deferred_received, []
        _queued(ip_ptr, queue, ip_ptr._arp_receive)
    if events & NX_IP_RARP_REC_EVENT:
        queue, ip_ptr._rarp_deferred_received = ip_ptr._rarp_deferred_received, []
        _queued(ip_ptr, queue, ip_ptr._rarp_receive)
    if events & (NX_IP_IGMP_EVENT | NX_IP_IGMP_ENABLE_EVENT) and ip_ptr._igmp_process is not None:
        ip_ptr._igmp_process(ip_ptr)
    if events & NX_IP_UNFRAG_EVENT and ip_ptr._fragment_assembly is not None:
        ip_ptr._fragment_assembly(ip_ptr)
    if events & NX_IP_ICMP_EVENT and ip_ptr._icmp_queue_process is not None:
        ip_ptr._icmp_queue_process(ip_ptr)
    if events & DRIVER_PACKET_EVENT:
        _driver_packets(ip_ptr)
    if events & NX_IP_DRIVER_DEFERRED_EVENT:
        interfaces_deferred_processing(ip_ptr)
    if events & NX_IP_TCP_CLEANUP_DEFERRED and ip_ptr._tcp_cleanup_deferred is not None:
        ip_ptr._tcp_cleanup_deferred(ip_ptr)
    if events & NX_IP_LINK_STATUS_EVENT:
        interfaces_link_status(ip_ptr)


def _driver_packets(ip_ptr: "NX_IP") -> None:
    """Give the driver's own handler what the driver queued for it."""
    queue, ip_ptr._driver_deferred_received = ip_ptr._driver_deferred_received, []
    for packet in queue:
        ip_ptr._driver_packet_handler(packet)  # type: ignore[misc]


def _queued(ip_ptr: "NX_IP", queue: "list[NX_PACKET]", slot: "PacketSlot") -> None:
    """Give the packets of a queue to a protocol that may have been switched off meanwhile."""
    for packet in queue:
        if slot is not None:
            slot(ip_ptr, packet)
        else:
            _nx_packet_release(packet)


# -- the timers -------------------------------------------------------------------------------------


def ip_periodic_start(ip_ptr: "NX_IP") -> None:
    """Start the one-second event."""
    sim = ip_ptr._sim
    ip_ptr._periodic_event = sim.periodic_create(sim.config.NX_IP_PERIODIC_RATE, _periodic_fire, ip_ptr)
    ip_ptr._periodic_processed = sim.now


def ip_fast_start(ip_ptr: "NX_IP") -> None:
    """Start the fast event, unless it runs: TCP and IPv6 call this when they are enabled."""
    if ip_ptr._fast_event is None:
        sim = ip_ptr._sim
        period = (sim.config.NX_IP_PERIODIC_RATE + sim.config.NX_IP_FAST_TIMER_RATE - 1) // (
            sim.config.NX_IP_FAST_TIMER_RATE
        )
        ip_ptr._fast_event = sim.periodic_create(period, _fast_fire, ip_ptr)
        ip_ptr._fast_processed = sim.now


def ip_timers_stop(ip_ptr: "NX_IP") -> None:
    """Stop both."""
    ip_ptr._sim.periodic_delete(ip_ptr._periodic_event)
    if ip_ptr._fast_event is not None:
        ip_ptr._sim.periodic_delete(ip_ptr._fast_event)
        ip_ptr._fast_event = None


def _periodic_fire(ip_ptr: "NX_IP") -> None:
    ip_event_note(ip_ptr, NX_IP_PERIODIC_EVENT)


def _fast_fire(ip_ptr: "NX_IP") -> None:
    ip_event_note(ip_ptr, NX_IP_FAST_EVENT)


def ip_fast_base(ip_ptr: "NX_IP") -> int:
    """The last fast tick that the IP thread has handled; the n-th fast event from here is n periods later.

    A fast tick whose event is still to be handled counts as one to come.  Only after ``ip_fast_start``.
    """
    event = ip_ptr._fast_event
    now = ip_ptr._sim.now
    last = event.last_until(now)  # type: ignore[union-attr]
    if (last == now and ip_ptr._fast_processed != now) or (ip_ptr._events | ip_ptr._woken_by) & NX_IP_FAST_EVENT:
        return last - event.period  # type: ignore[union-attr]
    return last


def ip_periodic_base(ip_ptr: "NX_IP") -> int:
    """As ``ip_fast_base``, of the one-second event."""
    event = ip_ptr._periodic_event
    now = ip_ptr._sim.now
    last = event.last_until(now)
    if (last == now and ip_ptr._periodic_processed != now) or (
        (ip_ptr._events | ip_ptr._woken_by) & NX_IP_PERIODIC_EVENT
    ):
        return last - event.period
    return last
