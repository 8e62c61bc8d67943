"""IGMP versions 1 and 2, host side (RFC 1112 appendix I, RFC 2236), and the IPv4 multicast groups of an instance.

Read first: NetX Duo guide, chapter 3, IGMP; RFC 2236 sections 3 and 6.

Groups can be joined without IGMP; then no router is told. Reports go out with the one-second event of the IP thread:
after a join with the next one, after a query with one chosen at random within the time the router gives. The version
spoken is that of the router last heard, 2 until then; version 1 has no leave message.

Functions here check nothing; the checks of the public services are in ``checked/igmp.py``.
"""

from netx_sim.constants import (
    NX_ALL_HOSTS_ADDRESS,
    NX_ALL_ROUTERS_ADDRESS,
    NX_FRAGMENT_OKAY,
    NX_IGMP_HOST_VERSION_1,
    NX_IGMP_HOST_VERSION_2,
    NX_IGMP_MAX_UPDATE_TIME,
    NX_IGMP_PACKET,
    NX_IGMP_TTL,
    NX_INTERFACE_CAPABILITY_IGMP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_IGMP_TX_CHECKSUM,
    NX_IP_IGMP,
    NX_IP_IGMP_ENABLE_EVENT,
    NX_IP_MULTICAST_LOWER,
    NX_IP_MULTICAST_MASK,
    NX_IP_MULTICAST_UPPER,
    NX_IP_NORMAL,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
)
from netx_sim.ip.block import NX_IPV4_MULTICAST_ENTRY
from netx_sim.ip.send import _nx_ip_packet_send
from netx_sim.ip.thread import ip_periodic_base
from netx_sim.link import driver_request, ip_event_set
from netx_sim.message_sum import packet_sum
from netx_sim.packet import _nx_packet_release, packet_get
from netx_sim.status import NX_ENTRY_NOT_FOUND, NX_NO_MORE_ENTRIES, NX_SUCCESS
from netx_sim.wire.checksum import finish
from netx_sim.wire.igmp import LEAVE, MESSAGE_SIZE, QUERY, REPORT_V1, REPORT_V2, emit_into, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET
    from netx_sim.wire.igmp import IgmpMessage

_ROUTER_ALERT_SIZE = 4  # the IP option every IGMP message carries (RFC 2113)
_RESPONSES_PER_SECOND = 10  # a query's maximum response time counts tenths of a second


def _nx_igmp_enable(ip_ptr: "NX_IP") -> int:
    ip_ptr.nx_ip_igmp_router_version = NX_IGMP_HOST_VERSION_2
    ip_ptr._igmp_receive = _nx_igmp_packet_receive
    ip_ptr._igmp_periodic = _nx_igmp_periodic_processing
    ip_ptr._igmp_process = _all_hosts_join
    ip_ptr._igmp_interface_detach = _interface_detach
    # The links are told by the IP thread, which has to bring them up first.
    ip_event_set(ip_ptr, NX_IP_IGMP_ENABLE_EVENT)
    return NX_SUCCESS


def _all_hosts_join(ip_ptr: "NX_IP") -> None:
    """Every link has to hear 224.0.0.1, to which queries go (RFC 1112 section 4)."""
    for interface in ip_ptr.nx_ip_interface:
        if interface.nx_interface_valid:
            _link_tell(ip_ptr, interface, NX_LINK_MULTICAST_JOIN, NX_ALL_HOSTS_ADDRESS)


def _link_tell(ip_ptr: "NX_IP", interface: "NX_INTERFACE", command: int, group: int) -> None:
    """Have the driver accept a group's hardware address, or no longer; the loopback interface has none."""
    if interface.nx_interface_link_driver_entry is not None:
        lsw = NX_IP_MULTICAST_LOWER | (group & NX_IP_MULTICAST_MASK)
        driver_request(ip_ptr, interface, command, None, NX_IP_MULTICAST_UPPER, lsw)


def _nx_igmp_loopback_enable(ip_ptr: "NX_IP") -> int:
    ip_ptr.nx_ip_igmp_global_loopback_enable = 1
    return NX_SUCCESS


def _nx_igmp_loopback_disable(ip_ptr: "NX_IP") -> int:
    ip_ptr.nx_ip_igmp_global_loopback_enable = 0
    return NX_SUCCESS


def _nx_igmp_info_get(
    ip_ptr: "NX_IP",
    igmp_reports_sent: "Any",
    igmp_queries_received: "Any",
    igmp_checksum_errors: "Any",
    current_groups_joined: "Any",
) -> int:
    for pointer, value in (
        (igmp_reports_sent, ip_ptr.nx_ip_igmp_reports_sent),
        (igmp_queries_received, ip_ptr.nx_ip_igmp_queries_received),
        (igmp_checksum_errors, ip_ptr.nx_ip_igmp_checksum_errors),
        (current_groups_joined, ip_ptr.nx_ip_igmp_groups_joined),
    ):
        if pointer is not None:
            pointer[0] = value & 0xFFFFFFFF
    return NX_SUCCESS


# -- groups -----------------------------------------------------------------------------------------


def _nx_ipv4_multicast_interface_join(ip_ptr: "NX_IP", group_address: int, interface_index: int) -> int:
    interface = ip_ptr.nx_ip_interface[interface_index]
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    entry = _entry_find(ip_ptr, group_address, interface)
    status = NX_SUCCESS
    if entry is not None:
        entry.nx_ipv4_multicast_join_count += 1
    elif len(ip_ptr.nx_ipv4_multicast_entry) >= sim.config.NX_MAX_MULTICAST_GROUPS:
        status = NX_NO_MORE_ENTRIES
    else:
        entry = NX_IPV4_MULTICAST_ENTRY(group_address, interface)
        entry.nx_ipv4_multicast_loopback_enable = bool(ip_ptr.nx_ip_igmp_global_loopback_enable)
        ip_ptr.nx_ipv4_multicast_entry.append(entry)
        ip_ptr.nx_ip_igmp_groups_joined += 1
        _link_tell(ip_ptr, interface, NX_LINK_MULTICAST_JOIN, group_address)
        if ip_ptr._igmp_receive is not None:
            _report_after(ip_ptr, entry, 1)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nx_ipv4_multicast_interface_leave(ip_ptr: "NX_IP", group_address: int, interface_index: int) -> int:
    interface = ip_ptr.nx_ip_interface[interface_index]
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    entry = _entry_find(ip_ptr, group_address, interface)
    status = NX_SUCCESS
    if entry is None:
        status = NX_ENTRY_NOT_FOUND
    elif entry.nx_ipv4_multicast_join_count > 1:
        entry.nx_ipv4_multicast_join_count -= 1
    else:
        _entry_remove(ip_ptr, entry)
        _link_tell(ip_ptr, interface, NX_LINK_MULTICAST_LEAVE, group_address)
        if ip_ptr._igmp_receive is not None and ip_ptr.nx_ip_igmp_router_version != NX_IGMP_HOST_VERSION_1:
            _message_send(ip_ptr, interface, LEAVE, group_address, NX_ALL_ROUTERS_ADDRESS)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _entry_find(ip_ptr: "NX_IP", group: int, interface: "NX_INTERFACE") -> "NX_IPV4_MULTICAST_ENTRY | None":
    for entry in ip_ptr.nx_ipv4_multicast_entry:
        if entry.nx_ipv4_multicast_join_list == group and entry.nx_ipv4_multicast_join_interface_list is interface:
            return entry
    return None


def _entry_remove(ip_ptr: "NX_IP", entry: "NX_IPV4_MULTICAST_ENTRY") -> None:
    ip_ptr.nx_ipv4_multicast_entry.remove(entry)
    ip_ptr.nx_ip_igmp_groups_joined -= 1


def _interface_detach(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> None:
    """An interface goes away, and its groups with it; nobody is told."""
    for entry in list(ip_ptr.nx_ipv4_multicast_entry):
        if entry.nx_ipv4_multicast_join_interface_list is interface:
            _entry_remove(ip_ptr, entry)


# -- reports ----------------------------------------------------------------------------------------


def _report_after(ip_ptr: "NX_IP", entry: "NX_IPV4_MULTICAST_ENTRY", events: int) -> None:
    """Report a group at that one-second event from here.

    The field of the entry, a count of seconds on a device, holds the tick of that event here; 0 is none.
    """
    due = ip_periodic_base(ip_ptr) + events * ip_ptr._periodic_event.period
    entry.nx_ipv4_multicast_update_time = due
    ip_ptr._periodic_event.want(due)


def _nx_igmp_periodic_processing(ip_ptr: "NX_IP") -> None:
    """The one-second event: send the reports that are due, and see to it that the others get their turn."""
    now = ip_ptr._sim.now
    for entry in ip_ptr.nx_ipv4_multicast_entry:
        due = entry.nx_ipv4_multicast_update_time
        if due > now:
            ip_ptr._periodic_event.want(due)
        elif due:
            entry.nx_ipv4_multicast_update_time = 0
            _report_send(ip_ptr, entry)


def _report_send(ip_ptr: "NX_IP", entry: "NX_IPV4_MULTICAST_ENTRY") -> None:
    """A report goes to the group itself (RFC 2236 section 9)."""
    group = entry.nx_ipv4_multicast_join_list
    kind = REPORT_V1 if ip_ptr.nx_ip_igmp_router_version == NX_IGMP_HOST_VERSION_1 else REPORT_V2
    if _message_send(ip_ptr, entry.nx_ipv4_multicast_join_interface_list, kind, group, group):
        ip_ptr.nx_ip_igmp_reports_sent += 1


def _message_send(ip_ptr: "NX_IP", interface: "NX_INTERFACE", kind: int, group: int, destination: int) -> bool:
    """Send a message; False if no packet was free, and then nothing is."""
    packet = packet_get(ip_ptr._small_pool, NX_IGMP_PACKET + _ROUTER_ALERT_SIZE, "IGMP message")
    if packet is None:
        return False
    start = packet.nx_packet_prepend_ptr
    if start + MESSAGE_SIZE > packet.nx_packet_data_end:
        _nx_packet_release(packet)
        return False
    emit_into(packet._mem, start, kind, 0, group)
    if interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_IGMP_TX_CHECKSUM:
        packet._mem[start + 2 : start + 4] = b"\0\0"
    packet.nx_packet_append_ptr = start + MESSAGE_SIZE
    packet.nx_packet_length = MESSAGE_SIZE
    packet.nx_packet_interface_ptr = interface
    _nx_ip_packet_send(
        ip_ptr, packet, destination, NX_IP_NORMAL, NX_IGMP_TTL, NX_IP_IGMP, NX_FRAGMENT_OKAY, destination
    )
    return True


# -- receiving --------------------------------------------------------------------------------------


def _nx_igmp_packet_receive(ip_ptr: "NX_IP", packet_ptr: "NX_PACKET") -> None:
    """A message from IP, prepend at its header; in the IP thread. Packet: taken."""
    interface: "NX_INTERFACE" = packet_ptr.nx_packet_interface_ptr
    message = parse(packet_ptr._mem, packet_ptr.nx_packet_prepend_ptr, packet_ptr.nx_packet_append_ptr)
    if message is None:
        ip_ptr.nx_ip_igmp_invalid_packets += 1
    elif not interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_IGMP_RX_CHECKSUM and finish(
        packet_sum(packet_ptr)
    ):
        ip_ptr.nx_ip_igmp_invalid_packets += 1
        ip_ptr.nx_ip_igmp_checksum_errors += 1
    elif message.type == QUERY:
        _query(ip_ptr, interface, message)
    elif message.type in (REPORT_V1, REPORT_V2):
        _report_of_another(ip_ptr, interface, message.group)
    else:
        ip_ptr.nx_ip_igmp_invalid_packets += 1
    _nx_packet_release(packet_ptr)


def _query(ip_ptr: "NX_IP", interface: "NX_INTERFACE", message: "IgmpMessage") -> None:
    """Plan a report of every group, or of the one asked about, at a random moment within the time given."""
    ip_ptr.nx_ip_igmp_queries_received += 1
    if message.max_response:
        ip_ptr.nx_ip_igmp_router_version = NX_IGMP_HOST_VERSION_2
        seconds = max(message.max_response // _RESPONSES_PER_SECOND, 1)
    else:
        ip_ptr.nx_ip_igmp_router_version = NX_IGMP_HOST_VERSION_1
        seconds = NX_IGMP_MAX_UPDATE_TIME
    for entry in ip_ptr.nx_ipv4_multicast_entry:
        if entry.nx_ipv4_multicast_join_interface_list is not interface:
            continue
        if message.group in (0, entry.nx_ipv4_multicast_join_list) and not _planned_within(ip_ptr, entry, seconds):
            _report_after(ip_ptr, entry, 1 + ip_ptr._sim.random() % seconds)


def _planned_within(ip_ptr: "NX_IP", entry: "NX_IPV4_MULTICAST_ENTRY", seconds: int) -> bool:
    """Is a report planned that comes early enough for this query too (RFC 2236 section 3)?"""
    due = entry.nx_ipv4_multicast_update_time
    return 0 < due <= ip_periodic_base(ip_ptr) + seconds * ip_ptr._periodic_event.period


def _report_of_another(ip_ptr: "NX_IP", interface: "NX_INTERFACE", group: int) -> None:
    """Another host has reported the group: ours is not needed any more (RFC 2236 section 3)."""
    entry = _entry_find(ip_ptr, group, interface)
    if entry is not None:
        entry.nx_ipv4_multicast_update_time = 0
