"""Frames of any kind into a running instance: ARP, IPv4, IPv6 and what they carry, with a TCP connection alive."""

import struct
from typing import Any

from netx_drivers import RamWire
from netx_drivers.ethernet import receive
from netx_sim import *
from netx_sim.packet import _nx_packet_transmit_release
from tests.fuzz.source import Source
from tests.fuzz.worlds import play
from tests.property.two_hosts import PORT, Host

UDP_PORT = 6000
MOST_FRAMES = 1000
HOST, PEER, STRANGER = 0x0A000001, 0x0A000002, 0x0A000063
LINK = 0xFE80 << 112
HOST6, PEER6 = LINK | 0x021122FFFE334456, LINK | 0x021122FFFE334457
ADDRESSES = (HOST, PEER, STRANGER, 0x0A0000FF, 0xFFFFFFFF, 0xE0000001, 0, 0x7F000001, 0xE0000009)
ADDRESSES6 = (HOST6, PEER6, LINK | 0x99, 0xFF02 << 112 | 1, 0xFF02 << 112 | 0x1FF334456, 0, 1, 0x20010DB8 << 96 | 9)
PROTOCOLS = (1, 2, 6, 17, 58, 0, 43, 44, 60, 59, 99)
EXTENSIONS = (58, 44, 0, 43, 60, 17, 6, 59)
ND = (133, 134, 135, 136, 137, 128, 129, 1, 2, 3, 4, 130)


class CutWire(RamWire):
    """A wire that falls silent after so many frames.

    One forged segment that fits can move the two ends of a connection apart for good.  Then each answers the other's
    acknowledgement with one of its own (RFC 9293 section 3.10.7.4), for ever, as devices without the limit of
    RFC 5961 section 10 do; and on a wire that takes no time, in no time.
    """

    frames = 0

    def _send(self, port: Any, request: Any) -> None:
        self.frames += 1
        if self.frames > MOST_FRAMES:
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        else:
            super()._send(port, request)


class Net:
    """Two instances; the first gets the frames.  A connection between them, and a UDP socket on the first."""

    def __init__(self, sim: Any, source: Source, six: bool) -> None:
        self.sim = sim
        self.wire = CutWire(integrity=source.number() & 7 != 0)
        self.host, self.peer = Host(1, self.wire), Host(2, self.wire)
        tx_thread_sleep(1)
        self.server, self.client, self.udp = self.host.tcp_socket(), self.peer.tcp_socket(), NX_UDP_SOCKET()
        how = (NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 5)
        assert nx_udp_socket_create(self.host.ip, self.udp, "udp", *how) == NX_SUCCESS
        assert nx_udp_socket_bind(self.udp, UDP_PORT, 0) == NX_SUCCESS
        nx_igmp_enable(self.host.ip)
        nx_igmp_multicast_join(self.host.ip, 0xE0000009)
        nx_ip_raw_packet_enable(self.host.ip)
        if six:
            self._six()
        self._connect()

    def _six(self) -> None:
        for host in (self.host, self.peer):
            assert nxd_ipv6_enable(host.ip) == NX_SUCCESS
            assert nxd_icmp_enable(host.ip) == NX_SUCCESS
            assert nxd_ipv6_address_set(host.ip, 0, None, 10, None) == NX_SUCCESS
        tx_thread_sleep(400)

    def _connect(self) -> None:
        assert nx_tcp_server_socket_listen(self.host.ip, PORT, self.server, 5, None) == NX_SUCCESS
        assert nx_tcp_client_socket_bind(self.client, 2000, 0) == NX_SUCCESS
        nx_tcp_client_socket_connect(self.client, HOST, PORT, 0)
        assert nx_tcp_server_socket_accept(self.server, 500) == NX_SUCCESS

    def inject(self, ethertype: int, message: bytes) -> None:
        """A frame arrives at the first instance."""
        port = self.wire._ports[self.host.ip.nx_ip_interface[0]]
        frame = bytes.fromhex("001122334456001122334457") + ethertype.to_bytes(2, "big") + message
        self.sim.interrupt(lambda: receive(port, [frame]))

    def use(self, order: int) -> None:
        """The application does something."""
        what = order % 8
        if what == 0:
            tx_thread_sleep(order)
        elif what < 4:
            host, socket = ((self.host, self.server), (self.peer, self.client))[what & 1]
            packet = host.packet(b"data" * order, wait=0)
            if packet is not None and nx_tcp_socket_send(socket, packet, order) != NX_SUCCESS:
                nx_packet_release(packet)
        elif what < 6:
            self._take(nx_tcp_socket_receive, (self.server, self.client)[what & 1], order)
        elif what == 6:
            self._take(nx_udp_socket_receive, self.udp, 0)
        else:
            nx_tcp_socket_disconnect((self.server, self.client)[order >> 3 & 1], order)

    @staticmethod
    def _take(service: Any, socket: Any, wait: int) -> int:
        packet = Ref()
        status: int = service(socket, packet, wait)
        if status == NX_SUCCESS:
            nx_packet_release(packet)
        return status

    def close(self) -> None:
        """Give everything back, and expect that it can be."""
        for socket in (self.client, self.server):
            nx_tcp_socket_disconnect(socket, 0)
        nx_tcp_server_socket_unaccept(self.server)
        assert nx_tcp_server_socket_unlisten(self.host.ip, PORT) == NX_SUCCESS
        nx_tcp_client_socket_unbind(self.client)
        for socket in (self.server, self.client):
            assert nx_tcp_socket_delete(socket) == NX_SUCCESS
        assert nx_udp_socket_unbind(self.udp) == NX_SUCCESS
        assert nx_udp_socket_delete(self.udp) == NX_SUCCESS
        tx_thread_sleep(20000)
        packet = Ref()
        for host in (self.host, self.peer):
            while nx_ip_raw_packet_receive(host.ip, packet, 0) == NX_SUCCESS:
                nx_packet_release(packet)


# -- frames -------------------------------------------------------------------------------------------


def ipv4_packet(source: Source, protocol: int, payload: bytes) -> bytes:
    """A header with the right lengths and, mostly, no fragment; options in one of eight."""
    choice = source.number()
    options = source.take(4 * (source.number() % 11)) if choice & 7 == 7 else b""
    options += bytes(-len(options) % 4)
    fragment = source.number(2) & 0xBFFF if choice & 0x18 == 0x18 else 0
    ident, length = choice >> 6, 20 + len(options) + len(payload)
    addresses = (source.pick(ADDRESSES), HOST if choice & 0x20 else source.pick(ADDRESSES))
    fields = (0x45 + len(options) // 4, 0, length, ident, fragment, 64, protocol, 0, *addresses)
    header = struct.pack(">BBHHHBBHII", *fields) + options
    return header[:10] + struct.pack(">H", wire_checksum(header)) + header[12:] + payload


def wire_checksum(header: bytes) -> int:
    total = sum(struct.unpack(f">{len(header) // 2}H", header)) % 0xFFFF
    return 0xFFFF - total


def tcp_segment(net: Net, source: Source) -> bytes:
    """A segment near the live connection's window, from the client's port or another."""
    socket = net.server
    choice = source.number()
    options = source.take(source.number() % 41) if choice & 3 == 3 else b""
    options += bytes(-len(options) % 4)
    ports = (2000 if choice & 0x0C else source.number(2), PORT if choice & 0x30 else source.number(2))
    near = [source.number(2) % 0x3000 - 0x1000 if choice & bit else 0 for bit in (0x40, 0x80)]
    sequence = (socket.nx_tcp_socket_rx_sequence + near[0]) & 0xFFFFFFFF
    acknowledged = (socket.nx_tcp_socket_tx_sequence + near[1]) & 0xFFFFFFFF
    flags, window = source.number(), source.number(2)
    size = (5 + len(options) // 4) << 12
    return struct.pack(">HHIIHHHH", *ports, sequence, acknowledged, size | flags & 0x3F, window, 0, 0) + options


def transport(net: Net, source: Source, protocol: int) -> bytes:
    """The beginning of a payload that suits the protocol."""
    if protocol == 6:
        return tcp_segment(net, source) + source.piece()
    if protocol == 17:
        data = source.piece()
        length = source.number(2) if source.number() & 7 == 7 else 8 + len(data)
        return struct.pack(">HHHH", source.number(2), source.pick((UDP_PORT, 1)), length, 0) + data
    if protocol == 58:
        data = source.piece()
        return struct.pack(">BBHI", source.pick(ND), source.number() & 1, 0, source.number()) + data
    return source.piece()


def ipv6_packet(net: Net, source: Source) -> bytes:
    """Up to three extension headers, then a payload; addresses and hop limits as neighbours need them."""
    choice = source.number()
    ends = (source.pick(ADDRESSES6), HOST6 if choice & 3 else source.pick(ADDRESSES6))
    addresses = [end.to_bytes(16, "big") for end in ends]
    kinds = [source.pick(EXTENSIONS) for _ in range(choice >> 2 & 3)] + [58 if choice & 16 else source.pick(EXTENSIONS)]
    body = transport(net, source, kinds[-1])
    for kind, behind in zip(kinds[-2::-1], kinds[:0:-1], strict=True):
        header = bytes((behind, source.number() % 3)) + source.take(6).ljust(6, b"\0")
        body = (header if kind != 58 else b"") + body
    length = source.number(2) if source.number() & 15 == 15 else len(body)
    return struct.pack(">IHBB", 6 << 28, length & 0xFFFF, kinds[0], 255) + b"".join(addresses) + body


def arp_message(source: Source) -> bytes:
    """A message about neighbours, well formed but for a byte now and then."""
    fields = (1, 0x0800, 6, 4, source.number() % 5, b"\0\x11\x22\x33" + source.take(2).ljust(2, b"\0"))
    ends = (source.pick(ADDRESSES), bytes(6), source.pick(ADDRESSES))
    message = struct.pack(">HHBBH6sI6sI", *fields, *ends)
    if source.number() & 7 == 7:
        at = source.number() % len(message)
        message = message[:at] + source.take(1) + message[at + 1 :]
    return message[: len(message) - (source.number() % 40 if source.number() & 15 == 15 else 0)]


def raw(source: Source) -> tuple[int, bytes]:
    """Any bytes under any type."""
    return source.pick((0x0800, 0x86DD, 0x0806, 0x8035, source.number(2))), source.piece()


def frames(data: bytes, six: bool, kinds: str) -> None:
    """Frames of these kinds, and between them what the application does."""

    def body(sim: Any) -> None:
        source = Source(data)
        net = Net(sim, source, six)
        for _ in range(60):
            if not source:
                break
            kind = source.pick(kinds)
            if kind == "u":
                net.use(source.number())
            elif kind == "r":
                net.inject(*raw(source))
            elif kind == "a":
                net.inject(0x0806 if source.number() & 7 else 0x8035, arp_message(source))
            elif kind == "6":
                net.inject(0x86DD, ipv6_packet(net, source))
            else:
                protocol = 6 if kind == "t" else source.pick(PROTOCOLS)
                net.inject(0x0800, ipv4_packet(source, protocol, transport(net, source, protocol)))
        net.close()

    play(body)


def neighbours(data: bytes) -> None:
    """ARP and RARP messages, and raw frames."""
    frames(data, six=False, kinds="aaaaru")


def ipv4_frames(data: bytes) -> None:
    """IPv4 packets of every protocol, fragments and options among them."""
    frames(data, six=False, kinds="44444aru")


def ipv6_frames(data: bytes) -> None:
    """IPv6 packets with extension headers, and neighbour discovery."""
    frames(data, six=True, kinds="66666ru")


def tcp_connection(data: bytes) -> None:
    """Segments of a stranger, and of one who knows the numbers, into a connection in use."""
    frames(data, six=False, kinds="tttttuu4")
