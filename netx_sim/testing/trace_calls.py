"""The calls that the application threads of a packet trace make, one function per kind.

Each takes the running world and the arguments of the step, and gives back the status and what the call wrote
(None where the recording has no outputs). Names and meanings are those of the trace format.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from netx_sim.testing.frames import pattern_bytes
from netx_sim.testing.services import call, public
from netx_sim.testing.trace_calls_ip import IP_CALLS
from netx_sim.testing.trace_calls_support import Args, Call, Outs, Result, allocate, described, duo, v4
from netx_sim.testing.trace_driver import chain_length

if TYPE_CHECKING:
    from netx_sim.testing.trace_world import TraceWorld

NX_SUCCESS = 0
_NOT_WRITTEN = 0x5A5A5A5A  # what the recording shows for an output that a POP3 service left alone


def _silent(callback: Callable[..., None]) -> Callable[..., None]:
    """The callback with the promise that it calls nothing that waits."""
    promised: Callable[..., None] = public("never_waits")(callback)
    return promised


def _tcp(world: "TraceWorld", args: Args) -> Any:
    return world.tcp_sockets.setdefault(args["socket"], public("NX_TCP_SOCKET")())


def _tcp_create(world: "TraceWorld", args: Args) -> Result:
    socket = _tcp(world, args)

    def notify(name: str) -> Callable[[Any], None]:
        return _silent(lambda block: world.callback(name, world.tcp_sockets, block))

    how = (args.get("tos", public("NX_IP_NORMAL")), args.get("fragment", public("NX_FRAGMENT_OKAY")))
    name = f"socket {args['socket']}"
    status = call(
        "nx_tcp_socket_create",
        *(world.ip, socket, name, *how, args.get("ttl", 128), args["window"]),
        *(notify("urgent"), notify("disconnect")),
    )
    if status == NX_SUCCESS:
        call("nx_tcp_socket_receive_notify", socket, notify("receive"))
        call("nx_tcp_socket_window_update_notify_set", socket, notify("window_update"))
    return status, None


def _tcp_bind(world: "TraceWorld", args: Args) -> Result:
    return call("nx_tcp_client_socket_bind", _tcp(world, args), args["port"], args["wait"]), None


def _on_tcp(service: str, *keys: str) -> Call:
    """A call that only passes the socket and numbers on."""

    def act(world: "TraceWorld", args: Args) -> Result:
        return call(service, _tcp(world, args), *(args[key] for key in keys)), None

    return act


def _tcp_connect(world: "TraceWorld", args: Args) -> Result:
    return call(
        "nxd_tcp_client_socket_connect", _tcp(world, args), duo(args["address"]), args["port"], args["wait"]
    ), None


def _tcp_listen(world: "TraceWorld", args: Args) -> Result:
    def listened(block: Any, port: int) -> None:
        world.callback("listen", world.tcp_sockets, block, port=port)

    socket, backlog = _tcp(world, args), args["backlog"]
    return call("nx_tcp_server_socket_listen", world.ip, args["port"], socket, backlog, _silent(listened)), None


def _tcp_relisten(world: "TraceWorld", args: Args) -> Result:
    return call("nx_tcp_server_socket_relisten", world.ip, args["port"], _tcp(world, args)), None


def _tcp_unlisten(world: "TraceWorld", args: Args) -> Result:
    return call("nx_tcp_server_socket_unlisten", world.ip, args["port"]), None


def _sender(packet_type: str) -> Call:
    def send(world: "TraceWorld", args: Args) -> Result:
        data = pattern_bytes(args["pattern"], args["length"])
        status, packet = allocate(world, packet_type, data)
        if packet is None:
            return status, {"stage": "allocate"}
        outs: Outs = {"packets": chain_length(packet[0])}
        status = call("nx_tcp_socket_send", _tcp(world, args), packet, args["wait"])
        if status != NX_SUCCESS:
            outs["length_left"] = packet[0].nx_packet_length
            call("nx_packet_release", packet)
        return status, outs

    return send


def _tcp_recv(world: "TraceWorld", args: Args) -> Result:
    cell = public("Ref")()
    status = call("nx_tcp_socket_receive", _tcp(world, args), cell, args["wait"])
    return status, described(cell[0]) if status == NX_SUCCESS else None


def _tcp_mss_get(world: "TraceWorld", args: Args) -> Result:
    own, peer = public("Ref")(0), public("Ref")(0)
    socket = _tcp(world, args)
    status = call("nx_tcp_socket_mss_get", socket, own)
    call("nx_tcp_socket_mss_peer_get", socket, peer)
    return status, {"mss": own[0], "peer_mss": peer[0]}


def _tcp_bytes_available(world: "TraceWorld", args: Args) -> Result:
    count = public("Ref")(0)
    return call("nx_tcp_socket_bytes_available", _tcp(world, args), count), {"bytes": count[0]}


def _tcp_peer_info(world: "TraceWorld", args: Args) -> Result:
    address, port = public("Ref")(0), public("Ref")(0)
    status = call("nx_tcp_socket_peer_info_get", _tcp(world, args), address, port)
    return status, {"address": f"{address[0]:08x}", "port": port[0]}


_TCP_INFO = {
    "state": "nx_tcp_socket_state",
    "tx_window": "nx_tcp_socket_tx_window_advertised",
    "cwnd": "nx_tcp_socket_tx_window_congestion",
    "ssthresh": "nx_tcp_socket_tx_slow_start_threshold",
    "outstanding": "nx_tcp_socket_tx_outstanding_bytes",
    "mss": "nx_tcp_socket_connect_mss",
    "rx_window": "nx_tcp_socket_rx_window_current",
    "tx_queued": "nx_tcp_socket_transmit_sent_count",
    "rx_queued": "nx_tcp_socket_receive_queue_count",
    "rx_seq": "nx_tcp_socket_rx_sequence",
    "tx_seq": "nx_tcp_socket_tx_sequence",
    "retries": "nx_tcp_socket_timeout_retries",
    "dup_acks": "nx_tcp_socket_duplicated_ack_received",
    "fast_recovery": "nx_tcp_socket_fast_recovery",
}


def _tcp_info(world: "TraceWorld", args: Args) -> Result:
    socket = _tcp(world, args)
    return NX_SUCCESS, {key: int(getattr(socket, name)) for key, name in _TCP_INFO.items()}


# UDP


def _udp(world: "TraceWorld", args: Args) -> Any:
    return world.udp_sockets.setdefault(args["socket"], public("NX_UDP_SOCKET")())


def _udp_create(world: "TraceWorld", args: Args) -> Result:
    socket = _udp(world, args)
    fragment = args.get("fragment", public("NX_FRAGMENT_OKAY"))
    how = (public("NX_IP_NORMAL"), fragment, args.get("ttl", 128), args["queue_maximum"])
    status = call("nx_udp_socket_create", world.ip, socket, f"socket {args['socket']}", *how)
    if status == NX_SUCCESS:
        notify = _silent(lambda block: world.callback("udp_receive", world.udp_sockets, block))
        call("nx_udp_socket_receive_notify", socket, notify)
    return status, None


def _on_udp(service: str, *keys: str) -> Call:
    def act(world: "TraceWorld", args: Args) -> Result:
        return call(service, _udp(world, args), *(args[key] for key in keys)), None

    return act


def _udp_send(world: "TraceWorld", args: Args) -> Result:
    data = pattern_bytes(args.get("pattern", 0), args["length"])
    status, packet = allocate(world, "NX_UDP_PACKET", data)
    if packet is None:
        return status, {"stage": "allocate"}
    status = call("nxd_udp_socket_send", _udp(world, args), packet, duo(args["address"]), args["port"])
    if status != NX_SUCCESS:
        call("nx_packet_release", packet)
    return status, None


def _udp_recv(world: "TraceWorld", args: Args) -> Result:
    cell = public("Ref")()
    status = call("nx_udp_socket_receive", _udp(world, args), cell, args["wait"])
    if status != NX_SUCCESS:
        return status, None
    source, port = public("NXD_ADDRESS")(), public("Ref")(0)
    call("nxd_udp_source_extract", cell[0], source, port)
    version = source.nxd_ip_version
    word = source.nxd_ip_address.v4 if version == 4 else source.nxd_ip_address.v6[3]
    outs: Outs = {"source_port": port[0], "source_version": version}
    outs["source"] = f"{word:08x}"  # of an IPv6 address the recorder kept the last word
    return status, {**outs, **described(cell[0])}


def _udp_bytes_available(world: "TraceWorld", args: Args) -> Result:
    count = public("Ref")(0)
    return call("nx_udp_socket_bytes_available", _udp(world, args), count), {"bytes": count[0]}


# pools, threads, link


def _available(world: "TraceWorld") -> int:
    return int(world.pool.nx_packet_pool_available)


def _pool(world: "TraceWorld", _args: Args) -> Result:
    pool = world.pool
    outs: Outs = {"available": _available(world), "empty_requests": pool.nx_packet_pool_empty_requests}
    outs["invalid_releases"] = pool.nx_packet_pool_invalid_releases
    return NX_SUCCESS, outs


def _pool_drain(world: "TraceWorld", args: Args) -> Result:
    while _available(world) > args["keep"]:
        cell = public("Ref")()
        if call("nx_packet_allocate", world.pool, cell, public("NX_RECEIVE_PACKET"), 0):
            break
        world.held_packets.append(cell[0])
    return NX_SUCCESS, {"available": _available(world)}


def _pool_fill(world: "TraceWorld", _args: Args) -> Result:
    while world.held_packets:
        call("nx_packet_release", world.held_packets.pop(0))
    return NX_SUCCESS, {"available": _available(world)}


def _driver_hold(world: "TraceWorld", args: Args) -> Result:
    world.driver.hold(args["on"])
    return NX_SUCCESS, None


def _link(world: "TraceWorld", args: Args) -> Result:
    world.driver.link_change(args["up"])
    return NX_SUCCESS, None


def _wait_abort(world: "TraceWorld", args: Args) -> Result:
    return call("tx_thread_wait_abort", world.threads[args["thread"]]), None


# POP3


def _pop3_create(world: "TraceWorld", args: Args) -> Result:
    world.pop3_client = public("NX_POP3_CLIENT")()
    server = v4(args["address"])
    who = (args["user"], args["password"])
    service = public("nx_pop3_client_create")
    return service(world.pop3_client, args["apop"], world.ip, world.pool, server, args["port"], *who), None


def _pop3(service: str, *outputs: str, index: bool = False) -> Call:
    """A POP3 call with the mail index if it has one, and that many numbers written."""

    def act(world: "TraceWorld", args: Args) -> Result:
        cells = [public("Ref")(_NOT_WRITTEN) for _ in outputs]
        status = call(service, world.pop3_client, *([args["index"]] if index else []), *cells)
        outs = {name: cell[0] for name, cell in zip(outputs, cells, strict=True)}
        return status, outs or None

    return act


def _pop3_msg(world: "TraceWorld", _args: Args) -> Result:
    packet, count, final = public("Ref")(), public("Ref")(_NOT_WRITTEN), public("Ref")(_NOT_WRITTEN)
    status = call("nx_pop3_client_mail_item_message_get", world.pop3_client, packet, count, final)
    outs: Outs = {"bytes": count[0], "final": final[0]}
    if status == NX_SUCCESS:
        outs.update(described(packet[0]))
    return status, outs


CALLS: dict[str, Call] = {
    "tcp_create": _tcp_create,
    "tcp_bind": _tcp_bind,
    "tcp_unbind": _on_tcp("nx_tcp_client_socket_unbind"),
    "tcp_delete": _on_tcp("nx_tcp_socket_delete"),
    "tcp_connect": _tcp_connect,
    "tcp_listen": _tcp_listen,
    "tcp_relisten": _tcp_relisten,
    "tcp_unlisten": _tcp_unlisten,
    "tcp_accept": _on_tcp("nx_tcp_server_socket_accept", "wait"),
    "tcp_unaccept": _on_tcp("nx_tcp_server_socket_unaccept"),
    "tcp_send": _sender("NX_TCP_PACKET"),
    "tcp_send_v4": _sender("NX_IPv4_TCP_PACKET"),
    "tcp_recv": _tcp_recv,
    "tcp_disconnect": _on_tcp("nx_tcp_socket_disconnect", "wait"),
    "tcp_state_wait": _on_tcp("nx_tcp_socket_state_wait", "state", "wait"),
    "tcp_mss_set": _on_tcp("nx_tcp_socket_mss_set", "mss"),
    "tcp_mss_get": _tcp_mss_get,
    "tcp_transmit_configure": _on_tcp(
        "nx_tcp_socket_transmit_configure", "max_queue_depth", "timeout", "retries", "shift"
    ),
    "tcp_bytes_available": _tcp_bytes_available,
    "tcp_peer_info": _tcp_peer_info,
    "tcp_info": _tcp_info,
    "udp_create": _udp_create,
    "udp_bind": _on_udp("nx_udp_socket_bind", "port", "wait"),
    "udp_unbind": _on_udp("nx_udp_socket_unbind"),
    "udp_delete": _on_udp("nx_udp_socket_delete"),
    "udp_send": _udp_send,
    "udp_recv": _udp_recv,
    "udp_checksum_disable": _on_udp("nx_udp_socket_checksum_disable"),
    "udp_checksum_enable": _on_udp("nx_udp_socket_checksum_enable"),
    "udp_bytes_available": _udp_bytes_available,
    "pool": _pool,
    "pool_drain": _pool_drain,
    "pool_fill": _pool_fill,
    "driver_hold": _driver_hold,
    "link": _link,
    "wait_abort": _wait_abort,
    "pop3_create": _pop3_create,
    "pop3_stat": _pop3("nx_pop3_client_mail_items_get", "items", "size"),
    "pop3_list": _pop3("nx_pop3_client_mail_item_size_get", "size", index=True),
    "pop3_retr": _pop3("nx_pop3_client_mail_item_get", "size", index=True),
    "pop3_msg": _pop3_msg,
    "pop3_dele": _pop3("nx_pop3_client_mail_item_delete", index=True),
    "pop3_quit": _pop3("nx_pop3_client_quit"),
    "pop3_delete": _pop3("nx_pop3_client_delete"),
    **IP_CALLS,
}
