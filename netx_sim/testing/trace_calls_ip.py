"""The calls of a packet trace on ICMP, ARP, IP, IPv6 and the totals."""

from typing import TYPE_CHECKING, Any

from netx_sim.testing.frames import pattern_bytes
from netx_sim.testing.services import call, public
from netx_sim.testing.trace_calls_support import (
    Args,
    Call,
    Outs,
    Result,
    allocate,
    described,
    duo,
    v4,
    words_of,
    words_text,
)

if TYPE_CHECKING:
    from netx_sim.testing.trace_world import TraceWorld

NX_SUCCESS = 0
_NO_INDEX = 99  # what the recording shows for an address index that was not written


def _on_ip(service: str) -> Call:
    """A call that takes the instance only."""

    def act(world: "TraceWorld", _args: Args) -> Result:
        return call(service, world.ip), None

    return act


def _totals(service: str, *names: str) -> Call:
    """An information call: one number for each name, in the order of the service's outputs."""

    def act(world: "TraceWorld", _args: Args) -> Result:
        cells = [public("Ref")(0) for _ in names]
        status = call(service, world.ip, *cells)
        return status, {name: cell[0] for name, cell in zip(names, cells, strict=True)}

    return act


def _ping(world: "TraceWorld", args: Args) -> Result:
    cell = public("Ref")()
    data = pattern_bytes(0, args["length"])
    status = call("nxd_icmp_ping", world.ip, duo(args["address"]), data, len(data), cell, args["wait"])
    return status, described(cell[0]) if status == NX_SUCCESS else None


# ARP


def _with_mac(service: str) -> Call:
    def act(world: "TraceWorld", args: Args) -> Result:
        msw, lsw = int(args["mac_msw"], 16), int(args["mac_lsw"], 16)
        return call(service, world.ip, v4(args["address"]), msw, lsw), None

    return act


def _arp_delete(world: "TraceWorld", args: Args) -> Result:
    return call("nx_arp_entry_delete", world.ip, v4(args["address"])), None


def _arp_find(world: "TraceWorld", args: Args) -> Result:
    msw, lsw = public("Ref")(0), public("Ref")(0)
    status = call("nx_arp_hardware_address_find", world.ip, v4(args["address"]), msw, lsw)
    return status, {"mac": f"{msw[0]:04x}{lsw[0]:08x}"}


def _arp_gratuitous(world: "TraceWorld", args: Args) -> Result:
    def response(_ip: Any, packet: Any) -> None:
        world.callback("arp_gratuitous_response")
        call("nx_packet_release", packet)

    handler = public("never_waits")(response) if args["handler"] else None
    return call("nx_arp_gratuitous_send", world.ip, handler), None


def _arp_probe(world: "TraceWorld", args: Args) -> Result:
    """No public service: what automatic addressing does inside for a probe."""
    return call("_nx_arp_probe_send", world.ip, 0, v4(args["address"])) or NX_SUCCESS, None


def _arp_announce(world: "TraceWorld", _args: Args) -> Result:
    """No public service: what automatic addressing does inside to announce its address."""
    return call("_nx_arp_announce_send", world.ip, 0) or NX_SUCCESS, None


# IPv4


def _ip_address_set(world: "TraceWorld", args: Args) -> Result:
    return call("nx_ip_address_set", world.ip, v4(args["address"]), v4(args["mask"])), None


def _ip_gateway_set(world: "TraceWorld", args: Args) -> Result:
    return call("nx_ip_gateway_address_set", world.ip, v4(args["address"])), None


def _ip_status_check(world: "TraceWorld", args: Args) -> Result:
    actual = public("Ref")(0)
    return call("nx_ip_status_check", world.ip, args["needed"], actual, args["wait"]), {"actual": actual[0]}


def _raw_recv(world: "TraceWorld", args: Args) -> Result:
    cell = public("Ref")()
    status = call("nx_ip_raw_packet_receive", world.ip, cell, args["wait"])
    return status, described(cell[0]) if status == NX_SUCCESS else None


def _raw_send(world: "TraceWorld", args: Args) -> Result:
    status, packet = allocate(world, "NX_IP_PACKET", pattern_bytes(args.get("pattern", 0), args["length"]))
    if packet is None:
        return status, {"stage": "allocate"}
    how = (args["protocol"], args["ttl"], args["tos"])
    status = call("nxd_ip_raw_packet_send", world.ip, packet, duo(args["address"]), *how)
    if status != NX_SUCCESS:
        call("nx_packet_release", packet)
    return status, None


def _igmp(service: str) -> Call:
    def act(world: "TraceWorld", args: Args) -> Result:
        return call(service, world.ip, v4(args["address"])), None

    return act


# IPv6


def _ipv6_address_set(world: "TraceWorld", args: Args) -> Result:
    index = public("Ref")(_NO_INDEX)
    block = None if args["address"] == "linklocal" else duo(args["address"])
    status = call("nxd_ipv6_address_set", world.ip, 0, block, args["prefix"], index)
    return status, {"index": index[0]}


def _ipv6_address_get(world: "TraceWorld", args: Args) -> Result:
    block, prefix, interface = public("NXD_ADDRESS")(), public("Ref")(0), public("Ref")(0)
    status = call("nxd_ipv6_address_get", world.ip, args["index"], block, prefix, interface)
    outs: Outs = {"address": words_text(block), "prefix": prefix[0]}
    outs["state"] = world.ip.nx_ipv6_address[args["index"]].nxd_ipv6_address_state
    return status, outs


def _ipv6_address_delete(world: "TraceWorld", args: Args) -> Result:
    return call("nxd_ipv6_address_delete", world.ip, args["index"]), None


def _ipv6_router_add(world: "TraceWorld", args: Args) -> Result:
    return call("nxd_ipv6_default_router_add", world.ip, duo(args["address"]), args["lifetime"], 0), None


def _ipv6_router_get(world: "TraceWorld", _args: Args) -> Result:
    block, lifetime, prefix = public("NXD_ADDRESS")(), public("Ref")(0), public("Ref")(0)
    status = call("nxd_ipv6_default_router_get", world.ip, 0, block, lifetime, prefix)
    return status, {"address": words_text(block), "lifetime": lifetime[0], "prefix": prefix[0]}


def _ipv6_mcast_join(world: "TraceWorld", args: Args) -> Result:
    return call("nxd_ipv6_multicast_interface_join", world.ip, duo(args["address"]), 0), None


def _nd_set(world: "TraceWorld", args: Args) -> Result:
    mac = bytes.fromhex(args["mac_msw"] + args["mac_lsw"])
    return call("nxd_nd_cache_entry_set", world.ip, words_of(args["address"]), 0, mac), None


def _nd_find(world: "TraceWorld", args: Args) -> Result:
    msw, lsw, interface = public("Ref")(0), public("Ref")(0), public("Ref")(0)
    status = call("nxd_nd_cache_hardware_address_find", world.ip, duo(args["address"]), msw, lsw, interface)
    state = _nd_state(world, words_of(args["address"]))
    return status, {"mac": f"{msw[0]:04x}{lsw[0]:08x}", "nd_status": state}


def _nd_state(world: "TraceWorld", words: list[int]) -> int | None:
    """The state of the neighbour's cache entry; there is no service for it."""
    for entry in world.ip.nx_ipv6_nd_cache:
        if entry.nx_nd_cache_nd_status and list(entry.nx_nd_cache_dest_ip) == words:
            return int(entry.nx_nd_cache_nd_status)
    return None


IP_CALLS: dict[str, Call] = {
    "ping": _ping,
    "arp_static": _with_mac("nx_arp_static_entry_create"),
    "arp_static_delete": _with_mac("nx_arp_static_entry_delete"),
    "arp_dynamic": _with_mac("nx_arp_dynamic_entry_set"),
    "arp_invalidate": _on_ip("nx_arp_dynamic_entries_invalidate"),
    "arp_delete": _arp_delete,
    "arp_find": _arp_find,
    "arp_gratuitous": _arp_gratuitous,
    "arp_probe": _arp_probe,
    "arp_announce": _arp_announce,
    "ip_address_set": _ip_address_set,
    "ip_gateway_set": _ip_gateway_set,
    "ip_fragment_enable": _on_ip("nx_ip_fragment_enable"),
    "ip_fragment_disable": _on_ip("nx_ip_fragment_disable"),
    "ip_forwarding_enable": _on_ip("nx_ip_forwarding_enable"),
    "ip_status_check": _ip_status_check,
    "raw_enable": _on_ip("nx_ip_raw_packet_enable"),
    "raw_recv": _raw_recv,
    "raw_send": _raw_send,
    "igmp_enable": _on_ip("nx_igmp_enable"),
    "igmp_join": _igmp("nx_igmp_multicast_join"),
    "igmp_leave": _igmp("nx_igmp_multicast_leave"),
    "ipv6_enable": _on_ip("nxd_ipv6_enable"),
    "ipv6_disable": _on_ip("nxd_ipv6_disable"),
    "icmp6_enable": _on_ip("nxd_icmp_enable"),
    "ipv6_address_set": _ipv6_address_set,
    "ipv6_address_get": _ipv6_address_get,
    "ipv6_address_delete": _ipv6_address_delete,
    "ipv6_router_add": _ipv6_router_add,
    "ipv6_router_get": _ipv6_router_get,
    "ipv6_mcast_join": _ipv6_mcast_join,
    "nd_set": _nd_set,
    "nd_invalidate": _on_ip("nxd_nd_cache_invalidate"),
    "nd_find": _nd_find,
    "tcp_totals": _totals(
        "nx_tcp_info_get",
        *("packets_sent", "bytes_sent", "packets_received", "bytes_received", "invalid_packets", "receive_dropped"),
        *("checksum_errors", "connections", "disconnections", "connections_dropped", "retransmits"),
    ),
    "udp_totals": _totals(
        "nx_udp_info_get",
        *("packets_sent", "bytes_sent", "packets_received", "bytes_received", "invalid_packets", "receive_dropped"),
        "checksum_errors",
    ),
    "ip_totals": _totals(
        "nx_ip_info_get",
        *("packets_sent", "bytes_sent", "packets_received", "bytes_received", "invalid_packets", "receive_dropped"),
        *("checksum_errors", "send_dropped", "fragments_sent", "fragments_received"),
    ),
    "arp_totals": _totals(
        "nx_arp_info_get",
        *("requests_sent", "requests_received", "responses_sent", "responses_received"),
        *("dynamic_entries", "static_entries", "aged_entries", "invalid_messages"),
    ),
    "icmp_totals": _totals(
        "nx_icmp_info_get",
        *("pings_sent", "ping_timeouts", "ping_threads_suspended", "ping_responses_received"),
        *("checksum_errors", "unhandled_messages"),
    ),
}
