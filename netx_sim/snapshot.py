"""netstat: a printable snapshot of a simulation, and what a failing test prints.

Threads and what each waits for; pools; of each IP instance its interfaces, ARP entries and sockets
with their queues and windows; packets that are out, by who holds them.
"""

from netx_sim.kernel import current
from netx_sim.kernel.simulation import describe_thread
from netx_sim.leaks import packets_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.kernel import Simulation
    from netx_sim.packet import NX_PACKET_POOL


def dotted(address: int) -> str:
    """An IPv4 address as text."""
    return ".".join([str(address >> shift & 0xFF) for shift in (24, 16, 8, 0)])


def netstat(sim: "Simulation | None" = None) -> str:
    """The state of a simulation as text, one line a fact.

    Args:
        sim: the simulation; None for the current one.

    Returns:
        str: lines of threads, pools, instances, sockets.
    """
    if sim is None:
        sim = current()
    lines = ["tick " + str(sim.now) + (" (real clock)" if sim.real else "")]
    lines.extend([describe_thread(thread) for thread in sim.threads])
    for pool in sim.packet_pools:
        lines.extend(_pool_lines(pool))
    for ip_ptr in sim.ip_instances:
        lines.extend(_instance_lines(ip_ptr))
    return "\n".join(lines)


def _pool_lines(pool: "NX_PACKET_POOL") -> "list[str]":
    lines = [
        "  pool "
        + str(pool.nx_packet_pool_name)
        + " "
        + str(pool.nx_packet_pool_available)
        + "/"
        + str(pool.nx_packet_pool_total)
        + " free, payload "
        + str(pool.nx_packet_pool_payload_size)
        + ", empty "
        + str(pool.nx_packet_pool_empty_requests)
        + ", invalid releases "
        + str(pool.nx_packet_pool_invalid_releases)
    ]
    holders: "dict[tuple[str, str], int]" = {}
    for packet in packets_out(pool):
        key = (packet._holder, packet._allocated_by)
        holders[key] = holders.get(key, 0) + 1
    lines.extend(["    " + str(holders[key]) + " held by " + key[0] + ", allocated by " + key[1] for key in holders])
    return lines


def _instance_lines(ip_ptr: "Any") -> "list[str]":
    lines = ["  ip " + str(ip_ptr.nx_ip_name)]
    for entry in ip_ptr.nx_ip_interface:
        if entry.nx_interface_valid:
            lines.append(_interface_line(entry))
            tell = getattr(entry.nx_interface_additional_link_info, "netstat_line", None)
            if tell is not None:  # the driver keeps statistics of the line
                lines.append("      " + tell())
    lines.extend(_arp_lines(ip_ptr))
    lines.extend(_ipv6_lines(ip_ptr))
    for socket in ip_ptr.nx_ip_tcp_created_sockets_ptr:
        lines.extend(_tcp_lines(socket))
    lines.extend([_udp_line(socket) for socket in ip_ptr.nx_ip_udp_created_sockets_ptr])
    return lines


def _interface_line(interface: "Any") -> str:
    return (
        "    interface "
        + str(interface.nx_interface_name)
        + " "
        + dotted(interface.nx_interface_ip_address)
        + "/"
        + dotted(interface.nx_interface_ip_network_mask)
        + " mtu "
        + str(interface.nx_interface_ip_mtu_size)
        + (" up" if interface.nx_interface_link_up else " down")
    )


def _udp_line(socket: "Any") -> str:
    return (
        "    udp "
        + str(socket.nx_udp_socket_name)
        + " port "
        + str(socket.nx_udp_socket_port)
        + " queued "
        + str(socket.nx_udp_socket_receive_count)
    )


def _arp_lines(ip_ptr: "Any") -> "list[str]":
    cache = getattr(ip_ptr, "_arp", None)
    lines = []
    for entry in cache.active.values() if cache is not None else ():
        mac = f"{entry.nx_arp_physical_address_msw:04x}{entry.nx_arp_physical_address_lsw:08x}"
        state = mac if int(mac, 16) else "unresolved, " + str(len(entry._waiting)) + " waiting"
        lines.append("    arp " + dotted(entry.nx_arp_ip_address) + " " + state)
    return lines


_ND_STATES = ("invalid", "incomplete", "reachable", "stale", "delay", "probe", "created")
_ADDRESS_STATES = ("unknown", "tentative", "preferred", "deprecated", "valid")


def _ipv6_lines(ip_ptr: "Any") -> "list[str]":
    """Addresses, neighbours and routers; IPv6 is not loaded for it."""
    lines = []
    for address in ip_ptr.nx_ipv6_address:
        if address.nxd_ipv6_address_valid:
            state = _ADDRESS_STATES[address.nxd_ipv6_address_state]
            prefix = "/" + str(address.nxd_ipv6_address_prefix_length)
            lines.append("    ipv6 " + colons(address.nxd_ipv6_address) + prefix + " " + state)
    for entry in ip_ptr.nx_ipv6_nd_cache:
        state = f"{entry._msw:04x}{entry._lsw:08x} " + _ND_STATES[entry.nx_nd_cache_nd_status]
        waiting = ", " + str(len(entry._waiting)) + " waiting" if entry._waiting else ""
        lines.append("    nd " + colons(entry.nx_nd_cache_dest_ip) + " " + state + waiting)
    return lines


def colons(words: "list[int]") -> str:
    """An IPv6 address given as four words."""
    return ":".join([f"{word >> shift & 0xFFFF:x}" for word in words for shift in (16, 0)])


def _tcp_lines(socket: "Any") -> "list[str]":
    return [
        "    tcp " + repr(socket),
        "      rx window "
        + str(socket.nx_tcp_socket_rx_window_current)
        + " queued "
        + str(socket.nx_tcp_socket_receive_queue_count)
        + ", tx window "
        + str(socket.nx_tcp_socket_tx_window_advertised)
        + " congestion "
        + str(socket.nx_tcp_socket_tx_window_congestion)
        + " outstanding "
        + str(socket.nx_tcp_socket_tx_outstanding_bytes)
        + " queued "
        + str(socket.nx_tcp_socket_transmit_sent_count)
        + ", retries "
        + str(socket.nx_tcp_socket_timeout_retries),
    ]
