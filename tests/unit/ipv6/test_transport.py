"""TCP, UDP and POP3 over IPv6."""

import struct
from collections.abc import Iterator
from typing import Any

import pytest

from netx_pop3 import nx_pop3_client_delete, nxd_pop3_client_create
from netx_sim import (
    NX_IP_PERIODIC_RATE,
    NX_NOT_CONNECTED,
    NX_SUCCESS,
    NX_TCP_SOCKET,
    NX_UDP_SOCKET,
    NXD_ADDRESS,
    Ref,
    nx_icmp_enable,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_unbind,
    nx_tcp_enable,
    nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen,
    nx_tcp_server_socket_relisten,
    nx_tcp_server_socket_unaccept,
    nx_tcp_server_socket_unlisten,
    nx_tcp_socket_create,
    nx_tcp_socket_delete,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_mss_get,
    nx_tcp_socket_receive,
    nx_tcp_socket_send,
    nx_udp_enable,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_receive,
    nxd_icmp_enable,
    nxd_ipv6_address_get,
    nxd_ipv6_address_set,
    nxd_ipv6_enable,
    nxd_tcp_client_socket_connect,
    nxd_tcp_socket_peer_info_get,
    nxd_udp_socket_send,
    nxd_udp_source_extract,
    packet_bytes,
    simulation,
    tx_thread_sleep,
)
from netx_sim.constants import NX_TCP_PACKET, NX_UDP_PACKET
from tests.pop3.rig import GREETING, Rig
from tests.unit.ipv6.bench6 import LINK_LOCAL, PEER, Bench6, duo, packet6, sum6

SYN, ACK, RST, PSH = 2, 16, 4, 8
WAIT = 500


class Rig6(Rig):
    """Client and server with a link-local address each."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.addresses: list[NXD_ADDRESS] = []
        for ip in (self.server_ip, self.ip):
            assert nxd_ipv6_enable(ip) == NX_SUCCESS
            assert nxd_icmp_enable(ip) == NX_SUCCESS
            assert nxd_ipv6_address_set(ip, 0, None, 10, None) == NX_SUCCESS
        tx_thread_sleep(4 * NX_IP_PERIODIC_RATE)
        for ip in (self.server_ip, self.ip):
            address = NXD_ADDRESS()
            assert nxd_ipv6_address_get(ip, 0, address, Ref(), Ref()) == NX_SUCCESS
            self.addresses.append(address)

    def socket(self, ip: Any, window: int = 8192) -> NX_TCP_SOCKET:
        socket = NX_TCP_SOCKET()
        assert nx_tcp_socket_create(ip, socket, "socket", 0, 0, 128, window, None, None) == NX_SUCCESS
        return socket


@pytest.fixture
def rig() -> Iterator[Rig6]:
    with simulation():
        yield Rig6()


def send(pool: Any, socket: NX_TCP_SOCKET, data: bytes) -> None:
    packet = Ref()
    assert nx_packet_allocate(pool, packet, NX_TCP_PACKET, 0) == NX_SUCCESS
    assert nx_packet_data_append(packet.value, data, len(data), pool, 0) == NX_SUCCESS
    assert nx_tcp_socket_send(socket, packet, WAIT) == NX_SUCCESS


def receive(socket: NX_TCP_SOCKET, size: int) -> bytes:
    data = b""
    while len(data) < size:
        packet = Ref()
        assert nx_tcp_socket_receive(socket, packet, WAIT) == NX_SUCCESS
        data += packet_bytes(packet.value)
        assert nx_packet_release(packet) == NX_SUCCESS
    return data


def test_a_connection_from_listen_to_relisten(rig: Rig6) -> None:
    server, client = rig.socket(rig.server_ip), rig.socket(rig.ip)
    assert nx_tcp_server_socket_listen(rig.server_ip, 80, server, 5, None) == NX_SUCCESS
    assert nx_tcp_client_socket_bind(client, 4000, 0) == NX_SUCCESS
    for _ in range(2):
        nx_tcp_server_socket_accept(server, 0)
        assert nxd_tcp_client_socket_connect(client, rig.addresses[0], 80, WAIT) == NX_SUCCESS
        peer, port, mss = NXD_ADDRESS(), Ref(), Ref()
        assert nxd_tcp_socket_peer_info_get(server, peer, port) == NX_SUCCESS
        assert peer.nxd_ip_address.v6 == rig.addresses[1].nxd_ip_address.v6
        assert nx_tcp_socket_mss_get(client, mss) == NX_SUCCESS
        assert mss.value == 1440
        text = bytes(range(256)) * 20
        send(rig.receive_pool, client, text)
        assert receive(server, len(text)) == text
        send(rig.server_pool, server, text)
        assert receive(client, len(text)) == text
        assert nx_tcp_socket_disconnect(client, 0) != NX_SUCCESS  # a reset
        assert nx_tcp_server_socket_unaccept(server) == NX_SUCCESS
        assert nx_tcp_server_socket_relisten(rig.server_ip, 80, server) == NX_SUCCESS
    assert nx_tcp_server_socket_unlisten(rig.server_ip, 80) == NX_SUCCESS
    assert nxd_tcp_client_socket_connect(client, rig.addresses[0], 80, WAIT) == NX_NOT_CONNECTED
    assert nx_tcp_client_socket_unbind(client) == NX_SUCCESS
    assert nx_tcp_socket_delete(client) == NX_SUCCESS
    assert nx_tcp_socket_delete(server) == NX_SUCCESS


def test_a_pop3_session(rig: Rig6) -> None:
    rig.script(GREETING, b"+OK\r\n", b"+OK\r\n", b"+OK 2 320\r\n", b"+OK 5 octets\r\nabc\r\n.\r\n", b"+OK\r\n")
    status = nxd_pop3_client_create(rig.client, 0, rig.ip, rig.pool, rig.addresses[0], 110, b"user", b"pass")
    assert status == NX_SUCCESS
    assert rig.stat() == ("NX_SUCCESS", 2, 320)
    assert rig.retr(1) == ("NX_SUCCESS", 5)
    assert rig.read().startswith(b"abc\r\n")
    assert nx_pop3_client_delete(rig.client) == NX_SUCCESS


def test_datagrams_between_two_hosts(rig: Rig6) -> None:
    sockets = []
    for ip, port in ((rig.server_ip, 7), (rig.ip, 5000)):
        assert nx_udp_enable(ip) == NX_SUCCESS
        socket = NX_UDP_SOCKET()
        assert nx_udp_socket_create(ip, socket, "socket", 0, 0, 128, 5) == NX_SUCCESS
        assert nx_udp_socket_bind(socket, port, 0) == NX_SUCCESS
        sockets.append(socket)
    packet = Ref()
    assert nx_packet_allocate(rig.receive_pool, packet, NX_UDP_PACKET, 0) == NX_SUCCESS
    assert nx_packet_data_append(packet.value, b"hello", 5, rig.receive_pool, 0) == NX_SUCCESS
    assert nxd_udp_socket_send(sockets[1], packet, rig.addresses[0], 7) == NX_SUCCESS
    assert nx_udp_socket_receive(sockets[0], packet, WAIT) == NX_SUCCESS
    source, port_of_sender = NXD_ADDRESS(), Ref()
    assert nxd_udp_source_extract(packet.value, source, port_of_sender) == NX_SUCCESS
    assert (source.nxd_ip_version, port_of_sender.value) == (6, 5000)
    assert source.nxd_ip_address.v6 == rig.addresses[1].nxd_ip_address.v6
    assert packet_bytes(packet.value) == b"hello"
    assert nx_packet_release(packet) == NX_SUCCESS


# -- against frames ---------------------------------------------------------------------------------


def segment(flags: int, sequence: int, acknowledgement: int, data: bytes = b"", options: bytes = b"") -> bytes:
    size = 20 + len(options)
    head = struct.pack(">HHIIBBHHH", 80, 4000, sequence, acknowledgement, size << 2, flags, 8192, 0, 0)
    whole = bytearray(head + options + data)
    struct.pack_into(">H", whole, 16, sum6(bytes(whole), 6, PEER, LINK_LOCAL))
    return packet6(6, bytes(whole))


def sent(bench: Bench6) -> list[tuple[int, ...]]:
    """Flags, sequence, acknowledgement and bytes of data of the segments sent, their checksums verified."""
    found = []
    for frame in bench.driver.frames():
        if frame[6] != 6:
            continue
        assert not sum6(frame[40:], 6, LINK_LOCAL, PEER)
        sequence, acknowledgement, size, flags = struct.unpack_from(">IIBB", frame, 44)
        found.append((flags, sequence, acknowledgement, len(frame) - 40 - (size >> 2)))
    return found


class TcpBench(Bench6):
    """A client socket bound to port 4000; the peer is known."""

    def __enter__(self) -> "TcpBench":
        super().__enter__()
        assert nx_tcp_enable(self.ip) == NX_SUCCESS
        self.socket = NX_TCP_SOCKET()
        assert nx_tcp_socket_create(self.ip, self.socket, "socket", 0, 0, 128, 8192, None, None) == NX_SUCCESS
        assert nx_tcp_client_socket_bind(self.socket, 4000, 0) == NX_SUCCESS
        self.know()
        return self

    def connect(self, options: bytes = b"") -> int:
        """Connect to the peer, which answers a tick later; the next sequence number."""

        def answer(_: Any) -> None:
            sequence = sent(self)[0][1]
            self.receive(segment(SYN | ACK, 1000, sequence + 1, options=options))

        self.sim.call_at_us((self.sim.now + 1) * 10000, answer, None)
        assert nxd_tcp_client_socket_connect(self.socket, duo(PEER), 80, WAIT) == NX_SUCCESS
        return sent(self)[0][1] + 1

    def end(self) -> None:
        nx_tcp_socket_disconnect(self.socket, 0)
        assert nx_tcp_client_socket_unbind(self.socket) == NX_SUCCESS
        assert nx_tcp_socket_delete(self.socket) == NX_SUCCESS


def test_a_peer_that_names_no_segment_size_gets_1220() -> None:
    with TcpBench() as bench:
        bench.connect()
        mss = Ref()
        assert nx_tcp_socket_mss_get(bench.socket, mss) == NX_SUCCESS
        assert mss.value == 1220
        bench.end()


def test_a_segment_is_repeated_with_what_has_come_meanwhile() -> None:
    with TcpBench() as bench:
        start = bench.connect(options=bytes.fromhex("020405a0"))
        send(bench.pool, bench.socket, b"data")
        bench.sleep_until(bench.sim.now + 100)
        bench.receive(segment(PSH | ACK, 1001, start, b"abc"))
        bench.sleep_until(bench.sim.now + 150)
        data = [entry[1:] for entry in sent(bench) if entry[3]]
        assert data[0] == data[1] == (start, 1001, 4)
        assert data[-1] == (start, 1004, 4)
        bench.end()


def test_resets_answer_segments_of_nobody() -> None:
    with TcpBench() as bench:
        bench.end()
        bench.driver.sent.clear()
        bench.receive(segment(SYN, 5, 0))
        bench.receive(segment(ACK, 5, 99))
        bench.receive(segment(RST, 5, 99))
        assert sent(bench) == [(RST | ACK, 0, 6, 0), (RST, 99, 0, 0)]
        held = [bench.packet(b"x") for _ in range(19)]
        bench.receive(segment(ACK, 5, 99))
        assert len(sent(bench)) == 2
        for packet in held:
            assert nx_packet_release(packet) == NX_SUCCESS


def test_a_listener_takes_the_default_segment_size() -> None:
    with TcpBench() as bench:
        bench.end()
        server = NX_TCP_SOCKET()
        assert nx_tcp_socket_create(bench.ip, server, "server", 0, 0, 128, 8192, None, None) == NX_SUCCESS
        assert nx_tcp_server_socket_listen(bench.ip, 4000, server, 5, None) == NX_SUCCESS
        nx_tcp_server_socket_accept(server, 0)
        bench.receive(segment(SYN, 5, 0))
        assert (server.nx_tcp_socket_connect_mss, server.nx_tcp_socket_connect_ip.nxd_ip_version) == (1220, 6)
        assert sent(bench)[-1][0] == SYN | ACK
        bench.receive(segment(RST, 6, 0))
        assert nx_tcp_server_socket_unlisten(bench.ip, 4000) == NX_SUCCESS
        assert nx_tcp_server_socket_unaccept(server) == NX_SUCCESS
        assert nx_tcp_socket_delete(server) == NX_SUCCESS


def test_a_datagram_for_nobody_is_not_told_of_without_icmpv6() -> None:
    with Bench6(icmp=False) as bench:
        assert nx_udp_enable(bench.ip) == NX_SUCCESS
        assert nx_icmp_enable(bench.ip) == NX_SUCCESS
        bench.receive(packet6(17, struct.pack(">HHHH", 7, 9, 8, 0)))
        assert not bench.driver.sent
