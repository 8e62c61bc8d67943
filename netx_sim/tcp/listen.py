"""Listening ports: who takes a SYN.

A port has a socket attached (by listen or relisten) until a SYN is given to it; SYNs that come while none is attached
wait in a queue, whose oldest is dropped when it is full. The SYN-ACK goes out when accept has been called: at once if
it waits already, else from accept itself.
"""

from netx_sim.address import address_fill
from netx_sim.constants import NX_TCP_SYN_RECEIVED
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.packet import _nx_packet_release
from netx_sim.tcp.block import peer_set, port_take
from netx_sim.tcp.options import GOOD, MSS_DEFAULT_IPV4, MSS_DEFAULT_IPV6, options_read, scale_take
from netx_sim.tcp.output import no_socket_reset_send, own_mss, syn_send
from netx_sim.tcp.timers import timer_start
from netx_sim.wire.tcp import ACK, HEADER_SIZE, RST, SYN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.ip.block import NX_IP
    from netx_sim.tcp.block import NX_TCP_SOCKET, Listen, Segment

MASK = 0xFFFFFFFF


def listen_segment(ip_ptr: "NX_IP", segment: "Segment") -> bool:
    """A segment without a socket: is it for a listening port? If so its packet is taken."""
    listen = ip_ptr._tcp.listens.get(segment.port)
    if listen is None:
        return False
    flags = segment.flags
    if flags & RST:
        return _queued_syn_remove(listen, segment)
    if flags & ACK or not flags & SYN:
        return False
    judgement, mss, _ = _syn_options(segment)
    if judgement != GOOD or _mss_refused(ip_ptr, mss):
        no_socket_reset_send(ip_ptr, segment)
        _nx_packet_release(segment.packet)
    elif listen.socket is not None:
        socket_ptr, listen.socket = listen.socket, None
        syn_give(socket_ptr, listen, segment)
    else:
        _syn_queue(ip_ptr, listen, segment)
    return True


def _syn_options(segment: "Segment") -> "tuple[int, int, int]":
    start = segment.packet.nx_packet_prepend_ptr
    return options_read(segment.packet._mem, start + HEADER_SIZE, start + segment.header_length)


def _mss_refused(ip_ptr: "NX_IP", mss: int) -> bool:
    """With NX_ENABLE_TCP_MSS_CHECK a peer with a tiny segment size is refused."""
    config = ip_ptr._sim.config
    return bool(config.NX_ENABLE_TCP_MSS_CHECK) and (mss or MSS_DEFAULT_IPV4) < config.NX_TCP_MSS_MINIMUM


# -- the queue --------------------------------------------------------------------------------------


def _same_peer(one: "Segment", other: "Segment") -> bool:
    return one.source == other.source and one.source_port == other.source_port


def _syn_queue(ip_ptr: "NX_IP", listen: "Listen", segment: "Segment") -> None:
    """Keep a SYN for relisten, once for each peer; the oldest goes if there are too many."""
    for queued in listen.queue:
        if _same_peer(queued, segment):
            _nx_packet_release(segment.packet)
            return
    segment.packet._holder = "tcp listen queue"
    listen.queue.append(segment.copy())
    if len(listen.queue) > listen.queue_maximum:
        ip_ptr.nx_ip_tcp_connections_dropped += 1
        ip_ptr.nx_ip_tcp_receive_packets_dropped += 1
        _nx_packet_release(listen.queue.pop(0).packet)


def _queued_syn_remove(listen: "Listen", segment: "Segment") -> bool:
    """A reset withdraws the peer's SYN; without one it is nobody's."""
    for queued in listen.queue:
        if _same_peer(queued, segment):
            listen.queue.remove(queued)
            _nx_packet_release(queued.packet)
            _nx_packet_release(segment.packet)
            return True
    return False


def queued_syn_give(socket_ptr: "NX_TCP_SOCKET", listen: "Listen") -> None:
    """Give the oldest SYN of the queue to a socket."""
    syn_give(socket_ptr, listen, listen.queue.pop(0))


# -- giving a SYN to a socket -----------------------------------------------------------------------


def syn_give(socket_ptr: "NX_TCP_SOCKET", listen: "Listen", segment: "Segment") -> None:
    """Make the sender of a SYN the socket's peer; if accept has been called, answer. Then the listen callback.

    The SYN's packet is released first: in a small pool the answer may need it.
    """
    _, mss, scale = _syn_options(segment)
    interface = segment.packet.nx_packet_interface_ptr
    own_ipv6 = segment.packet.nx_packet_ipv6_address_ptr if segment.packet.nx_packet_ip_version == 6 else None
    _nx_packet_release(segment.packet)
    if not socket_ptr._bound:
        port_take(socket_ptr, segment.port)
    address_fill(socket_ptr.nx_tcp_socket_connect_ip, segment.source)
    peer_set(socket_ptr, segment.source, segment.source_port)
    socket_ptr.nx_tcp_socket_connect_interface = interface
    socket_ptr.nx_tcp_socket_ipv6_addr = own_ipv6
    if own_ipv6 is None:
        _, _, next_hop = _nx_ip_route_find(socket_ptr.nx_tcp_socket_ip_ptr, segment.source, interface)
        socket_ptr.nx_tcp_socket_next_hop_address = next_hop
    peer_mss = mss or (MSS_DEFAULT_IPV4 if own_ipv6 is None else MSS_DEFAULT_IPV6)
    socket_ptr.nx_tcp_socket_peer_mss = peer_mss
    socket_ptr.nx_tcp_socket_connect_mss = min(peer_mss, own_mss(socket_ptr))
    socket_ptr.nx_tcp_socket_tx_window_congestion = socket_ptr.nx_tcp_socket_connect_mss
    socket_ptr.nx_tcp_socket_rx_sequence = segment.sequence
    scale_take(socket_ptr, scale)
    if socket_ptr.nx_tcp_socket_state == NX_TCP_SYN_RECEIVED:
        syn_answer(socket_ptr)
    if listen.callback is not None:
        listen.callback(socket_ptr, segment.port)


def syn_answer(socket_ptr: "NX_TCP_SOCKET") -> None:
    """Accept has been called and a SYN is there: send the SYN-ACK, and have it repeated."""
    socket_ptr.nx_tcp_socket_rx_sequence = (socket_ptr.nx_tcp_socket_rx_sequence + 1) & MASK
    socket_ptr.nx_tcp_socket_tx_sequence = (socket_ptr.nx_tcp_socket_tx_sequence + 1) & MASK
    socket_ptr.nx_tcp_socket_timeout_retries = 0
    timer_start(socket_ptr, socket_ptr.nx_tcp_socket_timeout_rate)
    syn_send(socket_ptr)
