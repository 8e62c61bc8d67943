"""Asking an IP instance: statistics, status bits, the largest payload."""

from netx_sim.constants import (
    NX_IP_ADDRESS_RESOLVED,
    NX_IP_ARP_ENABLED,
    NX_IP_IGMP_ENABLED,
    NX_IP_INITIALIZE_DONE,
    NX_IP_INTERFACE_LINK_ENABLED,
    NX_IP_LINK_ENABLED,
    NX_IP_RARP_COMPLETE,
    NX_IP_TCP_ENABLED,
    NX_IP_UDP_ENABLED,
    NX_IP_VERSION_V4,
    NX_LINK_GET_STATUS,
    NX_PROTOCOL_UDP,
)
from netx_sim.constants_tx import TX_SLEEP
from netx_sim.fault import DeviceFault
from netx_sim.link import driver_request
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL, NX_SUCCESS, NX_UNHANDLED_COMMAND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE

STATUS_BITS = (
    NX_IP_INITIALIZE_DONE
    | NX_IP_ADDRESS_RESOLVED
    | NX_IP_LINK_ENABLED
    | NX_IP_ARP_ENABLED
    | NX_IP_UDP_ENABLED
    | NX_IP_TCP_ENABLED
    | NX_IP_IGMP_ENABLED
    | NX_IP_RARP_COMPLETE
    | NX_IP_INTERFACE_LINK_ENABLED
)

_LINK_BITS = NX_IP_LINK_ENABLED | NX_IP_INTERFACE_LINK_ENABLED
_ADDRESS_BITS = NX_IP_ADDRESS_RESOLVED | NX_IP_RARP_COMPLETE

_IPV4_HEADER = 20
_TCP_HEADER = 20
_UDP_HEADER = 8


def _nx_ip_info_get(
    ip_ptr: "NX_IP",
    ip_total_packets_sent: "Any",
    ip_total_bytes_sent: "Any",
    ip_total_packets_received: "Any",
    ip_total_bytes_received: "Any",
    ip_invalid_packets: "Any",
    ip_receive_packets_dropped: "Any",
    ip_receive_checksum_errors: "Any",
    ip_send_packets_dropped: "Any",
    ip_total_fragments_sent: "Any",
    ip_total_fragments_received: "Any",
) -> int:
    """The counters, modulo 2^32; null pointers are skipped.  A build without statistics writes zeros."""
    kept = not ip_ptr._sim.config.NX_DISABLE_IP_INFO
    for pointer, value in (
        (ip_total_packets_sent, ip_ptr.nx_ip_total_packets_sent),
        (ip_total_bytes_sent, ip_ptr.nx_ip_total_bytes_sent),
        (ip_total_packets_received, ip_ptr.nx_ip_total_packets_received),
        (ip_total_bytes_received, ip_ptr.nx_ip_total_bytes_received),
        (ip_invalid_packets, ip_ptr.nx_ip_invalid_packets),
        (ip_receive_packets_dropped, ip_ptr.nx_ip_receive_packets_dropped),
        (ip_receive_checksum_errors, ip_ptr.nx_ip_receive_checksum_errors),
        (ip_send_packets_dropped, ip_ptr.nx_ip_send_packets_dropped),
        (ip_total_fragments_sent, ip_ptr.nx_ip_total_fragments_sent),
        (ip_total_fragments_received, ip_ptr.nx_ip_total_fragments_received),
    ):
        if pointer is not None:
            pointer[0] = value & 0xFFFFFFFF if kept else 0
    return NX_SUCCESS


# -- status -----------------------------------------------------------------------------------------


def _nx_ip_status_check(ip_ptr: "NX_IP", needed_status: int, actual_status: "Any", wait_option: int) -> int:
    return _nx_ip_interface_status_check(ip_ptr, 0, needed_status, actual_status, wait_option)


def _nx_ip_interface_status_check(
    ip_ptr: "NX_IP", interface_index: int, needed_status: int, actual_status: "Any", wait_option: int
) -> int:
    """Look at the bits asked for, again every NX_IP_STATUS_CHECK_WAIT_TIME ticks until all are true."""
    sim = ip_ptr._sim
    interface = ip_ptr.nx_ip_interface[interface_index]
    poll = sim.config.NX_IP_STATUS_CHECK_WAIT_TIME
    while True:
        sim.mutex_get(ip_ptr.nx_ip_protection)
        if needed_status & _LINK_BITS and interface.nx_interface_link_driver_entry is None:
            sim.mutex_put(ip_ptr.nx_ip_protection)
            return NX_NOT_SUCCESSFUL
        found = _status_bits(ip_ptr, interface, needed_status) & needed_status
        sim.mutex_put(ip_ptr.nx_ip_protection)
        actual_status[0] = found
        if found == needed_status:
            return NX_SUCCESS
        if not wait_option:
            return NX_NOT_SUCCESSFUL
        nap = min(poll, wait_option)
        wait_option -= nap
        sim.wait(None, nap, state=TX_SLEEP)


def _status_bits(ip_ptr: "NX_IP", interface: "NX_INTERFACE", needed: int) -> int:
    """What is true now; the driver is asked only if the link is."""
    bits = NX_IP_INITIALIZE_DONE if ip_ptr.nx_ip_initialize_done else 0
    if interface.nx_interface_ip_address:
        bits |= _ADDRESS_BITS
    for bit, slot in (
        (NX_IP_ARP_ENABLED, ip_ptr._arp),
        (NX_IP_UDP_ENABLED, ip_ptr._udp_receive),
        (NX_IP_TCP_ENABLED, ip_ptr._tcp_receive),
        (NX_IP_IGMP_ENABLED, ip_ptr._igmp_receive),
    ):
        if slot is not None:
            bits |= bit
    if needed & _LINK_BITS and _link_is_up(ip_ptr, interface):
        bits |= _LINK_BITS
    return bits


def _link_is_up(ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> bool:
    """The driver's answer; its silence leaves it to the interface's own flag."""
    answer = [0]
    status = driver_request(ip_ptr, interface, NX_LINK_GET_STATUS, answer)
    if status == NX_UNHANDLED_COMMAND:
        return bool(interface.nx_interface_link_up)
    return status == NX_SUCCESS and bool(answer[0])


# -- payload ----------------------------------------------------------------------------------------


def _nx_ip_max_payload_size_find(
    ip_ptr: "NX_IP",
    dest_address: "Any",
    if_index: int,
    src_port: int,
    dest_port: int,
    protocol: int,
    start_offset_ptr: "Any",
    payload_length_ptr: "Any",
) -> int:
    """Where the payload of a packet starts and how long it can be without fragmentation."""
    config = ip_ptr._sim.config
    if dest_address.nxd_ip_version != NX_IP_VERSION_V4:
        if ip_ptr._ipv6_payload is None:
            raise DeviceFault(
                "NX-IPV6-OFF", "the device reads the MTU through the empty IPv6 address of an instance without IPv6"
            )
        return ip_ptr._ipv6_payload(ip_ptr, if_index, protocol, start_offset_ptr, payload_length_ptr)
    if if_index >= ip_ptr._loopback_index or not ip_ptr.nx_ip_interface[if_index].nx_interface_ip_address:
        return NX_INVALID_INTERFACE
    transport = _UDP_HEADER if protocol == NX_PROTOCOL_UDP else _TCP_HEADER
    headers = _IPV4_HEADER + transport
    if start_offset_ptr is not None:
        start_offset_ptr[0] = config.NX_PHYSICAL_HEADER + headers
    if payload_length_ptr is not None:
        mtu = ip_ptr.nx_ip_interface[if_index].nx_interface_ip_mtu_size
        payload_length_ptr[0] = (mtu - headers) & 0xFFFFFFFF
    return NX_SUCCESS
