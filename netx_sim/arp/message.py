"""ARP messages: requests, announcements and probes sent, everything received, and the repeats.

Read first: RFC 826, RFC 5227.  The device checks neither hardware and protocol type nor the sizes in
a message, and it believes any sender: both are kept.
"""

import struct

from netx_sim.arp.cache import (
    cache_allocate,
    cache_dynamic_delete,
    cache_lookup,
    cache_resolve,
    deadline_set,
)
from netx_sim.constants import (
    NX_ARP_MESSAGE_SIZE,
    NX_ARP_OPTION_REQUEST,
    NX_ARP_OPTION_RESPONSE,
    NX_LINK_ARP_RESPONSE_SEND,
    NX_LINK_ARP_SEND,
    NX_LINK_PACKET_SEND,
)
from netx_sim.ip.send import link_send
from netx_sim.ip.thread import ip_periodic_base
from netx_sim.link import driver_send
from netx_sim.packet import _nx_packet_release, _nx_packet_transmit_release, packet_get
from netx_sim.traps import trapped
from netx_sim.wire import arp as wire

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.arp.cache import NX_ARP
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

_BROADCAST_MSW = 0xFFFF
_BROADCAST_LSW = 0xFFFFFFFF


# -- sending ----------------------------------------------------------------------------------------


def _message_send(ip_ptr: "NX_IP", interface: "NX_INTERFACE", sender_ip: int, target_ip: int) -> None:
    """Broadcast a request; silently not sent if no packet is free."""
    packet = packet_get(ip_ptr._small_pool, ip_ptr._sim.config.NX_PHYSICAL_HEADER, "ARP request")
    if packet is None:
        return
    start = packet.nx_packet_prepend_ptr
    if packet.nx_packet_data_end - start < NX_ARP_MESSAGE_SIZE:
        _nx_packet_release(packet)
        return
    msw = interface.nx_interface_physical_address_msw
    lsw = interface.nx_interface_physical_address_lsw
    wire.emit_into(packet._mem, start, NX_ARP_OPTION_REQUEST, msw, lsw, sender_ip, 0, 0, target_ip)
    packet.nx_packet_append_ptr = start + NX_ARP_MESSAGE_SIZE
    packet.nx_packet_length = NX_ARP_MESSAGE_SIZE
    packet.nx_packet_interface_ptr = interface
    ip_ptr.nx_ip_arp_requests_sent += 1
    driver_send(ip_ptr, interface, NX_LINK_ARP_SEND, packet, _BROADCAST_MSW, _BROADCAST_LSW)


def _nx_arp_packet_send(ip_ptr: "NX_IP", destination_ip: int, interface: "NX_INTERFACE") -> None:
    """Ask who has an address."""
    _message_send(ip_ptr, interface, interface.nx_interface_ip_address, destination_ip)


def _nx_arp_announce_send(ip_ptr: "NX_IP", interface_index: int) -> None:
    """Tell everybody our address: a request for it from itself (RFC 5227 section 2.3)."""
    interface = ip_ptr.nx_ip_interface[interface_index]
    address = interface.nx_interface_ip_address
    _message_send(ip_ptr, interface, address, address)


def _nx_arp_probe_send(ip_ptr: "NX_IP", interface_index: int, probe_address: int) -> None:
    """Ask whether anybody has an address that we might take: a request from 0.0.0.0 (RFC 5227 section 2.1.1)."""
    _message_send(ip_ptr, ip_ptr.nx_ip_interface[interface_index], 0, probe_address)


def arp_resolve_send(ip_ptr: "NX_IP", packet: "NX_PACKET", interface: "NX_INTERFACE", next_hop: int) -> None:
    """Send a packet to its next hop, or keep it and ask for the hardware address."""
    entry = cache_lookup(ip_ptr, next_hop, interface)
    if entry is None:
        entry = cache_allocate(ip_ptr, next_hop, interface, False)
        if entry is None:
            ip_ptr.nx_ip_send_packets_dropped += 1
            _nx_packet_transmit_release(packet)
            return
        _keep(ip_ptr, entry, packet)
        request(ip_ptr, entry, interface)
        return
    msw, lsw = entry.nx_arp_physical_address_msw, entry.nx_arp_physical_address_lsw
    if msw or lsw:
        ip_ptr._arp_resolved[next_hop] = entry
        link_send(ip_ptr, packet, interface, NX_LINK_PACKET_SEND, msw, lsw)
    else:
        _keep(ip_ptr, entry, packet)


def _keep(ip_ptr: "NX_IP", entry: "NX_ARP", packet: "NX_PACKET") -> None:
    """Queue a packet until the answer comes; the oldest of too many is dropped."""
    packet._holder = "ARP queue"
    entry._waiting.append(packet)
    if len(entry._waiting) > ip_ptr._sim.config.NX_ARP_MAX_QUEUE_DEPTH:
        ip_ptr.nx_ip_send_packets_dropped += 1
        trapped("Q-ARP-OVERFLOW", address=entry.nx_arp_ip_address)
        _nx_packet_transmit_release(entry._waiting.pop(0))


def request(ip_ptr: "NX_IP", entry: "NX_ARP", interface: "NX_INTERFACE") -> None:
    """Send the first request of an entry and see to its repeats."""
    deadline_set(ip_ptr, entry, ip_ptr._sim.config.NX_ARP_UPDATE_RATE)
    _nx_arp_packet_send(ip_ptr, entry.nx_arp_ip_address, interface)


# -- the one-second event ---------------------------------------------------------------------------


def arp_periodic(ip_ptr: "NX_IP") -> None:
    """Repeat requests that are due, give up those repeated often enough, end the life of old entries."""
    now = ip_ptr._sim.now
    for entry in list(ip_ptr._arp.dynamic):
        if entry._deadline and entry._active:
            if entry._deadline <= now:
                _entry_due(ip_ptr, entry)
            if entry._deadline:
                ip_ptr._periodic_event.want(entry._deadline)


def _entry_due(ip_ptr: "NX_IP", entry: "NX_ARP") -> None:
    config = ip_ptr._sim.config
    interface = entry.nx_arp_ip_interface
    resolved = entry.nx_arp_physical_address_msw or entry.nx_arp_physical_address_lsw
    if resolved or entry.nx_arp_retries >= config.NX_ARP_MAXIMUM_RETRIES or interface is None:
        ip_ptr.nx_ip_arp_aged_entries += 1
        cache_dynamic_delete(ip_ptr, entry)
        return
    if entry._waiting and not entry.nx_arp_retries:
        trapped("Q-ARP-KEEPS", address=entry.nx_arp_ip_address, packets=len(entry._waiting))
    entry.nx_arp_retries += 1
    request(ip_ptr, entry, interface)


# -- receiving --------------------------------------------------------------------------------------


def _nx_arp_packet_receive(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """Process a received message, in the IP thread.  Packet: taken, prepend at the message."""
    start = packet_ptr.nx_packet_prepend_ptr
    message = wire.parse(packet_ptr._mem, start, packet_ptr.nx_packet_append_ptr)
    if message is None or message.operation not in (NX_ARP_OPTION_REQUEST, NX_ARP_OPTION_RESPONSE):
        ip_ptr.nx_ip_arp_invalid_messages += 1
        _nx_packet_release(packet_ptr)
        return
    interface: "NX_INTERFACE" = packet_ptr.nx_packet_interface_ptr or ip_ptr.nx_ip_interface[0]
    if _conflicts(interface, message):
        _conflict(ip_ptr, interface, message, packet_ptr)
        return
    is_request = message.operation == NX_ARP_OPTION_REQUEST
    if is_request:
        ip_ptr.nx_ip_arp_requests_received += 1
    else:
        ip_ptr.nx_ip_arp_responses_received += 1
    if message.sender_ip:
        _learn(ip_ptr, interface, message)
    if is_request and message.target_ip == interface.nx_interface_ip_address and message.target_ip:
        _respond(ip_ptr, interface, message, packet_ptr)
    else:
        _nx_packet_release(packet_ptr)


def _learn(ip_ptr: "NX_IP", interface: "NX_INTERFACE", message: "wire.ArpMessage") -> None:
    """Note the sender's hardware address; static entries are never overwritten."""
    entry = cache_lookup(ip_ptr, message.sender_ip, interface)
    if entry is None:
        entry = cache_allocate(ip_ptr, message.sender_ip, interface, False)
    if entry is not None and not entry.nx_arp_route_static:
        cache_resolve(ip_ptr, entry, message.sender_msw, message.sender_lsw)


def _respond(ip_ptr: "NX_IP", interface: "NX_INTERFACE", message: "wire.ArpMessage", packet: "NX_PACKET") -> None:
    """Answer in the same packet; types and sizes stay as they came."""
    start = packet.nx_packet_prepend_ptr
    struct.pack_into(
        ">HHIIHII",
        packet._mem,
        start + 6,
        NX_ARP_OPTION_RESPONSE,
        interface.nx_interface_physical_address_msw,
        interface.nx_interface_physical_address_lsw,
        interface.nx_interface_ip_address,
        message.sender_msw,
        message.sender_lsw,
        message.sender_ip,
    )
    packet.nx_packet_append_ptr = start + NX_ARP_MESSAGE_SIZE  # padding off
    packet.nx_packet_length = NX_ARP_MESSAGE_SIZE
    packet.nx_packet_interface_ptr = interface
    ip_ptr.nx_ip_arp_responses_sent += 1
    driver_send(ip_ptr, interface, NX_LINK_ARP_RESPONSE_SEND, packet, message.sender_msw, message.sender_lsw)


# -- address conflicts ------------------------------------------------------------------------------


def _conflicts(interface: "NX_INTERFACE", message: "wire.ArpMessage") -> bool:
    """Does another host use our address, or the one we are probing for (RFC 5227 sections 2.1.1 and 2.4)?"""
    if (
        message.sender_msw == interface.nx_interface_physical_address_msw
        and message.sender_lsw == interface.nx_interface_physical_address_lsw
    ):
        return False
    address, probed = interface.nx_interface_ip_address, interface.nx_interface_ip_probe_address
    if address and message.sender_ip == address:
        return True
    return bool(probed) and (
        message.sender_ip == probed
        or (not message.sender_ip and message.target_ip == probed and message.operation == NX_ARP_OPTION_REQUEST)
    )


def _conflict(ip_ptr: "NX_IP", interface: "NX_INTERFACE", message: "wire.ArpMessage", packet: "NX_PACKET") -> None:
    """Defend the address, but not too often, and tell the application.  The packet goes to its handler."""
    index = interface.nx_interface_index
    if message.sender_ip and message.sender_ip == interface.nx_interface_ip_address:
        _defend(ip_ptr, interface)
    notify = interface.nx_interface_ip_conflict_notify_handler
    if notify is not None:
        notify(ip_ptr, index, interface.nx_interface_ip_probe_address, message.sender_msw, message.sender_lsw)
    handler = ip_ptr.nx_ip_arp_gratuitous_response_handler
    if handler is not None:
        packet._holder = "application"
        handler(ip_ptr, packet)
    else:
        _nx_packet_release(packet)


def _defend(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """Announce our address, at most once per NX_ARP_DEFEND_INTERVAL."""
    base = ip_periodic_base(ip_ptr)
    if base < interface._arp_defend_until:
        return
    interval = ip_ptr._sim.config.NX_ARP_DEFEND_INTERVAL
    interface._arp_defend_until = base + interval * ip_ptr._periodic_event.period
    _nx_arp_announce_send(ip_ptr, interface.nx_interface_index)
