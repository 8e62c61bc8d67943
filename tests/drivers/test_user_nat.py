"""The way out without root: conformance, what can be reached, and what the library may do to us."""

import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network
from typing import Any

import pytest

from netx_drivers import libslirp
from netx_drivers.errors import LinkError
from netx_drivers.user_nat import NatNetwork, UserNatDriver
from netx_sim import (
    IP_ADDRESS,
    NX_DONT_FRAGMENT,
    NX_IP_NORMAL,
    NX_IP_TIME_TO_LIVE,
    NX_NOT_CONNECTED,
    NX_SUCCESS,
    NX_TCP_PACKET,
    NX_TCP_SOCKET,
    NX_UDP_PACKET,
    NX_UDP_SOCKET,
    Ref,
    diagnostics,
    nx_icmp_ping,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_client_socket_unbind,
    nx_tcp_socket_create,
    nx_tcp_socket_delete,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_receive,
    nx_tcp_socket_send,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_receive,
    nx_udp_socket_send,
    nx_udp_socket_unbind,
    packet_bytes,
    simulation,
    tx_thread_sleep,
)
from netx_sim.constants import NX_LINK_PACKET_SEND
from netx_sim.testing.driver_bench import Bench
from netx_sim.testing.driver_conformance import CHECKS, Check, run_check
from tests.drivers import rigs
from tests.drivers.nat_rig import HOST, Guest, NatRig
from tests.peers import netns

PATIENCE_S = 20
SECONDS = 100  # ticks


@pytest.fixture(autouse=True)
def _library(peer: Callable[[str], str]) -> None:
    peer("libslirp")


RIGS: dict[str, Callable[[], NatRig]] = {
    "nat": NatRig,
    "nat-captured": lambda: NatRig(wrap=rigs.captured),
    "nat-both": lambda: NatRig(wrap=lambda driver: rigs.faultless(rigs.captured(driver))),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("medium", RIGS)
def test_driver_conforms(medium: str, check: Check) -> None:
    run_check(check, RIGS[medium])


# -- what can be reached --------------------------------------------------------------------------------


@contextmanager
def server(work: Callable[[socket.socket], None], sessions: int = 1, host: str = "127.0.0.1") -> Iterator[int]:
    """A TCP server on the loopback, in a thread of its own that knows nothing of the simulation; its port."""
    with socket.create_server((host, 0), backlog=16) as listener:
        listener.settimeout(PATIENCE_S)

        def serve() -> None:
            for _ in range(sessions):
                connection = listener.accept()[0]
                connection.settimeout(PATIENCE_S)
                with connection:
                    work(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


class Talk:
    """One TCP connection of a guest; a context manager."""

    def __init__(self, guest: Guest, port: int, window: int = 32768, host: int = HOST) -> None:
        self.guest = guest
        self.socket = NX_TCP_SOCKET()
        options = (NX_IP_NORMAL, NX_DONT_FRAGMENT, NX_IP_TIME_TO_LIVE, window, None, None)
        assert nx_tcp_socket_create(guest.ip, self.socket, "talk", *options) == 0
        assert nx_tcp_client_socket_bind(self.socket, 0, 0) == 0
        self.status = nx_tcp_client_socket_connect(self.socket, host, port, 5 * SECONDS)

    def __enter__(self) -> "Talk":
        assert self.status == NX_SUCCESS
        return self

    def __exit__(self, *_: object) -> None:
        nx_tcp_socket_disconnect(self.socket, 5 * SECONDS)
        self.end()

    def end(self) -> None:
        assert nx_tcp_client_socket_unbind(self.socket) == 0
        assert nx_tcp_socket_delete(self.socket) == 0

    def send(self, data: bytes) -> None:
        for at in range(0, len(data), 1400):
            packet = Ref()
            assert nx_packet_allocate(self.guest.pool, packet, NX_TCP_PACKET, 5 * SECONDS) == 0
            piece = data[at : at + 1400]
            assert nx_packet_data_append(packet.value, piece, len(piece), self.guest.pool, 5 * SECONDS) == 0
            assert nx_tcp_socket_send(self.socket, packet, 10 * SECONDS) == 0

    def receive(self, count: int) -> bytes:
        pieces = []
        while count > 0:
            packet = Ref()
            assert nx_tcp_socket_receive(self.socket, packet, 10 * SECONDS) == 0
            pieces.append(packet_bytes(packet.value))
            count -= len(pieces[-1])
            nx_packet_release(packet.value)
        return b"".join(pieces)


def echo(connection: socket.socket) -> None:
    while data := connection.recv(65536):
        connection.sendall(data)


def test_this_computer_answers_ping() -> None:
    with simulation(), Guest() as guest:
        packet = Ref()
        assert nx_icmp_ping(guest.ip, HOST, b"are you there", 13, packet, 5 * SECONDS) == NX_SUCCESS
        assert packet_bytes(packet.value).endswith(b"are you there")
        nx_packet_release(packet.value)


def test_a_server_on_the_loopback_and_back() -> None:
    data = bytes(index * 7 % 251 for index in range(300_000))
    with server(echo) as port, simulation(), Guest() as guest, Talk(guest, port) as talk:
        for at in range(0, len(data), 10_000):
            talk.send(data[at : at + 10_000])
            assert talk.receive(10_000) == data[at : at + 10_000]


def test_a_slow_reader_gets_all_in_order() -> None:
    """More than the library and the kernel hold for a reader that waits: descriptors are watched for room, too."""
    data = bytes(index % 253 for index in range(2_000_000))
    got: list[bytes] = []
    begin = threading.Event()

    def late(connection: socket.socket) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
        assert begin.wait(PATIENCE_S)
        while piece := connection.recv(1000):
            got.append(piece)

    with server(late) as port, simulation(), Guest() as guest, Talk(guest, port) as talk:
        talk.send(data[:100_000])
        begin.set()
        talk.send(data[100_000:])
    assert b"".join(got) == data


def test_many_connections_one_after_the_other() -> None:
    """Descriptors come and go, and their numbers come again."""
    with server(echo, 60) as port, simulation(), Guest() as guest:
        for number in range(60):
            with Talk(guest, port) as talk:
                talk.send(b"number %d" % number)
                assert talk.receive(8) == b"number %d" % number


def test_connections_side_by_side() -> None:
    def hold(connection: socket.socket) -> None:
        connection.sendall(connection.recv(100))

    with server(hold, 5) as port, simulation(), Guest() as guest:
        talks = [Talk(guest, port) for _ in range(5)]
        for number, talk in enumerate(talks):
            talk.send(b"line %d" % number)
            assert talk.receive(6) == b"line %d" % number
        for talk in talks:
            talk.__exit__()


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with simulation(), Guest() as guest:
        talk = Talk(guest, port)
        assert talk.status == NX_NOT_CONNECTED
        talk.end()


@pytest.mark.parametrize(("size", "mtu", "payload"), [(6, 1500, 1568), (65000, 65521, 65544)])
def test_datagrams(size: int, mtu: int, payload: int) -> None:
    """One answer is one frame, up to the MTU."""
    inet = (socket.AF_INET, socket.SOCK_DGRAM)
    with socket.socket(*inet) as peer, simulation(), Guest(payload=payload, packets=9, mtu=mtu) as guest:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(PATIENCE_S)
        udp, packet = NX_UDP_SOCKET(), Ref()
        assert nx_udp_socket_create(guest.ip, udp, "udp", NX_IP_NORMAL, NX_DONT_FRAGMENT, 64, 8) == 0
        assert nx_udp_socket_bind(udp, 4000, 0) == 0
        assert nx_packet_allocate(guest.pool, packet, NX_UDP_PACKET, 0) == 0
        assert nx_packet_data_append(packet.value, b"question", 8, guest.pool, 0) == 0
        assert nx_udp_socket_send(udp, packet, HOST, peer.getsockname()[1]) == 0
        tx_thread_sleep(1)
        data, address = peer.recvfrom(100)
        assert data == b"question"
        peer.sendto(b"a" * size, address)
        assert nx_udp_socket_receive(udp, packet, 5 * SECONDS) == 0
        assert packet_bytes(packet.value) == b"a" * size
        assert packet.value.nx_packet_next is None
        nx_packet_release(packet.value)
        assert nx_udp_socket_unbind(udp) == 0
        assert nx_udp_socket_delete(udp) == 0


@pytest.mark.parametrize(
    ("mtu", "payload", "packets", "size", "largest"),
    [(65521, 65544, 12, 1_000_000, 32768), (236, 256, 400, 20_000, 176)],
    ids=["the library's largest segment", "a small board"],
)
def test_frames_are_as_long_as_the_mtu_asks_for(mtu: int, payload: int, packets: int, size: int, largest: int) -> None:
    data = bytes(size)

    def pour(connection: socket.socket) -> None:
        connection.sendall(data)
        assert connection.recv(10) == b""

    with server(pour) as port, simulation(), Guest(payload=payload, packets=packets, mtu=mtu) as guest:
        with Talk(guest, port, window=65535) as talk:
            sizes = []
            while sum(sizes) < len(data):
                sizes.append(len(talk.receive(1)))
        assert max(sizes) == largest


def test_what_is_beyond_the_network_is_reached_by_the_gateway(peer: Callable[[str], str]) -> None:
    """Any address that this computer reaches: here one in a namespace."""
    peer("tap")

    def inside() -> bytes:
        there = IP_ADDRESS(192, 0, 2, 1)
        with (
            server(echo, host="192.0.2.1") as port,
            simulation(),
            Guest() as guest,
            Talk(guest, port, host=there) as talk,
        ):
            talk.send(b"hello")
            return talk.receive(5)

    with netns.Namespace() as space:
        space.run("ip", "addr", "add", "192.0.2.1/32", "dev", "lo")
        assert space.call(inside) == b"hello"


@pytest.mark.parametrize("wanted", [True, False])
def test_ipv6_router_is_there_when_it_is_asked_for(wanted: bool) -> None:
    """RFC 4861 4.1: a router solicitation to all routers; the advertisement names fec0::/64."""
    with Bench(lambda: NatRig(ipv6=wanted)) as bench:
        packet = bench.packet(solicitation(), version=6)
        assert bench.send(NX_LINK_PACKET_SEND, packet, bytes.fromhex("333300000002")) == NX_SUCCESS
        bench.settle(lambda: bench.received, 20)
        heard = [arrival.data for arrival in bench.received if arrival.ethertype == 0x86DD]
    assert any(data[40] == 134 and bytes.fromhex("fec0" + "00" * 14) in data for data in heard) == wanted


def solicitation() -> bytes:
    source, destination = bytes.fromhex("fe80" + "00" * 13 + "0f"), bytes.fromhex("ff02" + "00" * 13 + "02")
    message = bytes((133, 0, 0, 0, 0, 0, 0, 0))
    words = struct.unpack(">24H", source + destination + struct.pack(">II", 8, 58) + message)
    total = sum(words)
    checksum = 0xFFFF - (total % 0xFFFF or 0xFFFF)
    header = struct.pack(">IHBB", 6 << 28, 8, 58, 255) + source + destination
    return header + message[:2] + struct.pack(">H", checksum) + message[4:]


def test_a_host_behind_the_instance_is_announced() -> None:
    with Bench(lambda: NatRig(behind="192.168.7.2")) as bench:
        announcement = bench.rig.take()[0]
        assert announcement[:14] == b"\xff" * 6 + bench.address + b"\x08\x06"
        assert announcement[28:32] == announcement[38:42] == bytes((192, 168, 7, 2))
    with pytest.raises(ValueError, match="300"):
        UserNatDriver(behind="192.168.7.300")


# -- the kernel's polling -------------------------------------------------------------------------------


def test_waiting_costs_no_turns() -> None:
    """A connection that is idle, or whose other end hung up unheard, does not keep the processor busy."""

    def leave(connection: socket.socket) -> None:
        connection.recv(5)

    with server(leave) as port, simulation(), Guest() as guest, Talk(guest, port) as talk:
        talk.send(b"hello")
        tx_thread_sleep(10)
        turns = []
        turn = guest.driver._nat.turn
        guest.driver._nat.turn = lambda: (turns.append(1), turn())[1]
        tx_thread_sleep(60)
        assert len(turns) < 10


def test_the_clock_is_real_until_the_link_is_closed() -> None:
    with simulation() as sim:
        with Guest():
            tx_thread_sleep(1)
            assert sim.real
        assert not sim.real


def test_no_descriptor_is_left_open() -> None:
    from pathlib import Path

    def descriptors() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = descriptors()
    with server(echo) as port, simulation(), Guest() as guest, Talk(guest, port) as talk:
        talk.send(b"hello")
        assert talk.receive(5) == b"hello"
    with simulation():
        driver = Guest().driver
        tx_thread_sleep(1)
        assert driver._nat is not None
    assert driver._nat is None
    assert descriptors() == before


def test_close_gives_back_what_has_not_been_handed_up() -> None:
    with simulation(), Guest() as guest:
        tx_thread_sleep(1)
        with guest.driver as driver:
            driver._arrived(bytes.fromhex("024e0a00020f") + bytes(50))
            driver._turn_soon(driver._port)
            assert guest.pool.nx_packet_pool_available == guest.pool.nx_packet_pool_total - 1
        assert guest.pool.nx_packet_pool_available == guest.pool.nx_packet_pool_total
        driver.close()
        driver._arrived(bytes(64))
        driver._on_ready(None)
        driver._prepare(None)


# -- trouble --------------------------------------------------------------------------------------------


@pytest.fixture
def reports() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        seen.append(message)

    diagnostics.hooks.append(note)
    yield seen
    diagnostics.hooks.remove(note)


def test_missing_library_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libslirp, "LIBRARY", "libslirp-none.so.0")
    with pytest.raises(LinkError) as caught:
        UserNatDriver()
    assert "libslirp-none.so.0" in caught.value.trouble
    assert caught.value.remedy == "sudo apt-get install libslirp0"


def test_other_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(LinkError, match="nat: needs Linux, this is darwin"):
        UserNatDriver()


def test_library_that_refuses(monkeypatch: pytest.MonkeyPatch, reports: list[str]) -> None:
    class Refusing:
        def slirp_new(self, *_: object) -> Any:
            return libslirp.ffi.NULL

    monkeypatch.setattr(libslirp, "load", Refusing)
    with simulation(), Guest() as guest:
        tx_thread_sleep(1)
        assert guest.driver._nat is None
    assert any("libslirp refuses to start" in message for message in reports)


@pytest.mark.parametrize("mtu", [0, 67, 65522])
def test_mtu_that_cannot_be(mtu: int) -> None:
    with pytest.raises(ValueError, match=f"mtu is 68 to 65521, not {mtu}"):
        UserNatDriver(mtu=mtu)


def test_mtu_that_ipv6_does_not_allow() -> None:
    with pytest.raises(ValueError, match="mtu is 1280 at least for IPv6, not 1279"):
        UserNatDriver(mtu=1279, ipv6=True)


def test_addresses_of_a_network() -> None:
    usual, other = NatNetwork(), NatNetwork("192.168.8.32/27")
    assert (usual.guest, usual.host, usual.nameserver) == ("10.0.2.15/24", "10.0.2.2", "10.0.2.3")
    assert (other.guest, other.host, other.nameserver) == ("192.168.8.47/27", "192.168.8.34", "192.168.8.35")
    assert repr(UserNatDriver(network="10.5.0.0/16")) == "<UserNatDriver 10.5.0.0/16>"


class Alone:
    """The library without a driver."""

    def __init__(self) -> None:
        self.now = 0
        self.frames: list[bytes] = []
        self.nat = libslirp.Nat(
            IPv4Network("10.0.2.0/24"), 1500, False, self.on_frame, lambda message: None, lambda: self.now
        )

    def on_frame(self, frame: Any) -> None:
        self.frames.append(bytes(frame))


@pytest.fixture
def alone() -> Iterator[Alone]:
    made = Alone()
    yield made
    made.nat.close()
    made.nat.close()


QUESTION = bytes.fromhex("ffffffffffff 024e0a00020f 0806 0001080006040001 024e0a00020f 0a00020f 000000000000 0a000202")


def test_library_answers_at_once(alone: Alone) -> None:
    alone.nat.send(QUESTION)
    assert [frame[:6].hex() for frame in alone.frames] == ["024e0a00020f"]
    assert alone.nat.prepare() == libslirp.PAUSE_MS


def test_what_a_callback_raises_comes_out_of_the_call(alone: Alone) -> None:
    alone.on_frame = alone.nat._on_frame = lambda frame: 1 // 0  # type: ignore[assignment,method-assign]
    with pytest.raises(ZeroDivisionError):
        alone.nat.send(QUESTION)
    alone.nat._note(None, KeyError("first"), None)
    alone.nat._note(None, KeyError("second"), None)
    with pytest.raises(KeyError, match="first"):
        alone.nat.turn()
    alone.nat.turn()


def test_what_the_library_says_of_a_frame_is_reported(reports: list[str]) -> None:
    with simulation(), Guest() as guest:
        tx_thread_sleep(1)
        guest.driver._nat._callbacks.guest_error(libslirp.ffi.new("char[]", b"odd frame"), libslirp.ffi.NULL)
    assert reports == ["odd frame"]


def test_timers_run_when_they_are_due(alone: Alone) -> None:
    calls: list[int] = []
    ffi, callbacks = libslirp.ffi, alone.nat._callbacks
    function = ffi.callback("void(void *)", lambda argument: calls.append(int(ffi.cast("intptr_t", argument))))
    first, second = (callbacks.timer_new(function, ffi.cast("void *", number), ffi.NULL) for number in (7, 8))
    assert alone.nat.prepare() == libslirp.PAUSE_MS
    callbacks.timer_mod(first, 50, ffi.NULL)
    callbacks.timer_mod(second, 20, ffi.NULL)
    assert alone.nat.prepare() == 20
    alone.now = 30_000_000
    assert alone.nat.prepare() == 0
    alone.nat.turn()
    alone.nat.turn()
    assert calls == [8]
    assert alone.nat.prepare() == 20
    callbacks.timer_free(first, ffi.NULL)
    alone.now = 60_000_000
    alone.nat.turn()
    assert calls == [8]
