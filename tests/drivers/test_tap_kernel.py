"""TAP against the kernel's own stack: both directions, with and without offload, small payloads and large frames."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from netx_drivers.capture import Capture
from netx_drivers.faults import Faults
from netx_drivers.tap import TapDriver
from netx_sim import (
    IP_ADDRESS,
    NX_ANY_PORT,
    NX_FRAGMENT_OKAY,
    NX_IP,
    NX_IP_NORMAL,
    NX_PACKET_POOL,
    NX_SUCCESS,
    NX_TCP_SOCKET,
    NX_UDP_SOCKET,
    NX_IPv4_TCP_PACKET,
    NX_IPv4_UDP_PACKET,
    Ref,
    nx_arp_enable,
    nx_icmp_enable,
    nx_icmp_ping,
    nx_ip_create,
    nx_ip_delete,
    nx_ip_fragment_enable,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_pool_create,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_client_socket_unbind,
    nx_tcp_enable,
    nx_tcp_socket_create,
    nx_tcp_socket_delete,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_receive,
    nx_tcp_socket_send,
    nx_udp_enable,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_receive,
    nx_udp_socket_send,
    nx_udp_socket_unbind,
    packet_bytes,
    simulation,
)
from netx_sim.testing.frames import internet_checksum
from tests.peers import netns
from tests.peers.judges import assert_clean_capture

KERNEL, DEVICE = "10.9.9.1", "10.9.9.2"
KERNEL_ADDRESS, DEVICE_ADDRESS = IP_ADDRESS(10, 9, 9, 1), IP_ADDRESS(10, 9, 9, 2)
PATIENCE = 1000
PATIENCE_S = 20
OFFLOAD = pytest.mark.parametrize("offload", [False, True], ids=["plain", "offload"])
CONFIG = {"NX_TCP_ACK_EVERY_N_PACKETS": 4}


@pytest.fixture
def space(peer: Callable[[str], str]) -> Iterator[netns.Namespace]:
    peer("tap")
    with netns.Namespace() as made:
        netns.Tap(made, "tap0", f"{KERNEL}/24")
        yield made


class Device:
    """An instance on the TAP device; a context manager that leaves nothing behind."""

    def __init__(
        self,
        space: netns.Namespace,
        offload: bool,
        payload: int = 1600,
        packets: int = 120,
        wrap: Callable[[Any], Any] = lambda driver: driver,
    ) -> None:
        self._world = simulation(config=CONFIG)
        self.sim = self._world.__enter__()
        self.tap: TapDriver = space.call(lambda: TapDriver("tap0", offload=offload))
        self.pool, self.ip = NX_PACKET_POOL(), NX_IP()
        memory, stack = bytearray(packets * (payload + 64)), bytearray(2048)
        must(nx_packet_pool_create(self.pool, "pool", payload, memory, len(memory)))
        driver = wrap(self.tap)
        must(nx_ip_create(self.ip, "device", DEVICE_ADDRESS, 0xFFFFFF00, self.pool, driver, stack, len(stack), 1))
        must(nx_arp_enable(self.ip, bytearray(1040), 1040))
        must(nx_icmp_enable(self.ip))
        must(nx_udp_enable(self.ip))
        must(nx_tcp_enable(self.ip))
        must(nx_ip_fragment_enable(self.ip))

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        try:
            if kind is None:
                must(nx_ip_delete(self.ip))
                assert self.pool.nx_packet_pool_available == self.pool.nx_packet_pool_total
        finally:
            self._world.__exit__(kind, value, trace)

    def connect(self, port: int, window: int = 60000) -> NX_TCP_SOCKET:
        made = NX_TCP_SOCKET()
        must(nx_tcp_socket_create(self.ip, made, "tcp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, window, None, None))
        must(nx_tcp_client_socket_bind(made, NX_ANY_PORT, 0))
        must(nx_tcp_client_socket_connect(made, KERNEL_ADDRESS, port, PATIENCE))
        return made

    def close(self, used: NX_TCP_SOCKET) -> None:
        nx_tcp_socket_disconnect(used, PATIENCE)
        nx_tcp_client_socket_unbind(used)
        must(nx_tcp_socket_delete(used))

    def packet(self, data: bytes, kind: int) -> Ref:
        packet = Ref()
        must(nx_packet_allocate(self.pool, packet, kind, PATIENCE))
        must(nx_packet_data_append(packet.value, data, len(data), self.pool, PATIENCE))
        return packet


def must(status: int) -> None:
    assert status == NX_SUCCESS, hex(status)


class Peer:
    """A socket of the kernel in the namespace, and a thread that serves it; what it saw is in `got`."""

    def __init__(self, space: netns.Namespace, kind: int, serve: Callable[[socket.socket], Any]) -> None:
        self.socket: socket.socket = space.call(lambda: self._open(kind))
        self.port = self.socket.getsockname()[1]
        self.got: list[Any] = []
        self._thread = threading.Thread(target=lambda: self.got.append(serve(self.socket)))
        self._thread.start()

    def _open(self, kind: int) -> socket.socket:
        made = socket.socket(socket.AF_INET, kind)
        made.settimeout(PATIENCE_S)
        made.bind((KERNEL, 0))
        if kind == socket.SOCK_STREAM:
            made.listen()
        return made

    def result(self) -> Any:
        self._thread.join(PATIENCE_S)
        self.socket.close()
        return self.got[0]


def text(size: int) -> bytes:
    return bytes(number * 31 % 251 for number in range(size))


# -- TCP ------------------------------------------------------------------------------------------------


def sends(data: bytes) -> Callable[[socket.socket], None]:
    def serve(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(data)

    return serve


def receives(listener: socket.socket) -> bytes:
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(PATIENCE_S)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def download(device: Device, port: int) -> tuple[bytes, int]:
    """All that the server sends, and the longest packet it came in."""
    used = device.connect(port)
    parts: list[bytes] = []
    packet = Ref()
    while nx_tcp_socket_receive(used, packet, PATIENCE) == NX_SUCCESS:
        parts.append(packet_bytes(packet.value))
        nx_packet_release(packet)
    device.close(used)
    return b"".join(parts), max(map(len, parts))


@OFFLOAD
@pytest.mark.parametrize(("payload", "packets"), [(1600, 120), (256, 700)])
def test_stream_from_the_kernel_arrives_in_segments(
    space: netns.Namespace, offload: bool, payload: int, packets: int
) -> None:
    data = text(700_001)
    server = Peer(space, socket.SOCK_STREAM, sends(data))
    with Device(space, offload, payload, packets) as device:
        assert device.tap.offload == offload
        got, longest = download(device, server.port)
        server.result()
        assert got == data
        assert longest == 1460


@OFFLOAD
def test_stream_to_the_kernel_has_right_checksums(space: netns.Namespace, offload: bool) -> None:
    data = text(300_000)
    server = Peer(space, socket.SOCK_STREAM, receives)
    with Device(space, offload) as device:
        used = device.connect(server.port)
        for at in range(0, len(data), 1000):
            must(nx_tcp_socket_send(used, device.packet(data[at : at + 1000], NX_IPv4_TCP_PACKET), PATIENCE))
        while used.nx_tcp_socket_transmit_sent_count:
            device.sim.wait(None, 1)
        device.close(used)
        assert server.result() == data


@pytest.mark.parametrize("mtu", [576, 9000, 65521])
def test_other_frame_sizes(space: netns.Namespace, mtu: int) -> None:
    space.run("ip", "link", "set", "tap0", "mtu", str(mtu))
    data = text(500_000)
    server = Peer(space, socket.SOCK_STREAM, sends(data))
    with Device(space, True, mtu + 20, max(60, 150000 // mtu)) as device:
        got, longest = download(device, server.port)
        server.result()
        assert got == data
        assert longest <= mtu - 40


@OFFLOAD
def test_stream_through_loss_and_damage_arrives_whole(space: netns.Namespace, offload: bool) -> None:
    """On a real link a fault wrapper disturbs both directions, and turns offload's trust off."""
    data = text(120_000)
    server = Peer(space, socket.SOCK_STREAM, sends(data))
    faults: list[Faults] = []

    def wrap(driver: TapDriver) -> Faults:
        faults.append(Faults(driver, seed=5, corrupt=0.05, duplicate=0.05, reorder=0.02))
        return faults[0]

    with Device(space, offload, wrap=wrap) as device:
        assert device.ip.nx_ip_interface[0].nx_interface_capability_flag == 0
        got, _ = download(device, server.port)
        server.result()
        assert got == data
        assert min(faults[0].counts.corrupted, faults[0].counts.duplicated) > 0


@OFFLOAD
def test_tshark_accepts_a_capture(
    space: netns.Namespace, offload: bool, tmp_path: Path, peer: Callable[[str], str]
) -> None:
    tshark = peer("tshark")
    path = tmp_path / "tap.pcapng"
    data = text(200_000)
    server = Peer(space, socket.SOCK_STREAM, sends(data))
    with Device(space, offload, wrap=lambda driver: Capture(driver, path)) as device:
        got, _ = download(device, server.port)
        server.result()
        assert got == data
    assert_clean_capture(tshark, path, linux=KERNEL)


# -- UDP and ICMP ---------------------------------------------------------------------------------------


@OFFLOAD
@pytest.mark.parametrize("size", [1, 1472, 4000, 20000])
def test_datagram_there_and_back(space: netns.Namespace, offload: bool, size: int) -> None:
    """Above the MTU in fragments, both ways."""

    def echo(used: socket.socket) -> int:
        data, sender = used.recvfrom(65536)
        used.sendto(data[::-1], sender)
        return len(data)

    server = Peer(space, socket.SOCK_DGRAM, echo)
    data = text(size)
    with Device(space, offload) as device:
        used = NX_UDP_SOCKET()
        must(nx_udp_socket_create(device.ip, used, "udp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 5))
        must(nx_udp_socket_bind(used, NX_ANY_PORT, 0))
        must(nx_udp_socket_send(used, device.packet(data, NX_IPv4_UDP_PACKET), KERNEL_ADDRESS, server.port))
        packet = Ref()
        must(nx_udp_socket_receive(used, packet, PATIENCE))
        assert packet_bytes(packet.value) == data[::-1]
        nx_packet_release(packet)
        assert server.result() == size
        must(nx_udp_socket_unbind(used))
        must(nx_udp_socket_delete(used))


@OFFLOAD
def test_ping_to_the_kernel(space: netns.Namespace, offload: bool) -> None:
    with Device(space, offload) as device:
        reply = Ref()
        must(nx_icmp_ping(device.ip, KERNEL_ADDRESS, b"hello kernel", 12, reply, PATIENCE))
        assert packet_bytes(reply.value) == b"hello kernel"
        nx_packet_release(reply)


@OFFLOAD
@pytest.mark.parametrize("size", [0, 56, 4000])
def test_ping_from_the_kernel(space: netns.Namespace, offload: bool, size: int) -> None:
    """Above the MTU in fragments, both ways; the kernel assembles and judges the checksum of what it hands out."""

    def ping() -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        made.setblocking(False)
        request = struct.pack(">BBHHH", 8, 0, 0, 0x1234, 1) + text(size)
        made.sendto(request[:2] + struct.pack(">H", internet_checksum(request)) + request[4:], (DEVICE, 0))
        return made

    with Device(space, offload) as device:
        device.sim.wait(None, 1)
        with space.call(ping) as pinger:
            reply = _received(device, pinger)
    icmp = reply[20:]
    assert icmp[:2] + icmp[4:] == b"\0\0" + bytes.fromhex("12340001") + text(size)
    assert internet_checksum(icmp) == 0


def _received(device: Device, pinger: socket.socket) -> bytes:
    """What arrives at a socket of the kernel while the device works."""
    for _ in range(PATIENCE):
        try:
            return pinger.recv(65536)
        except BlockingIOError:
            device.sim.wait(None, 1)
    raise AssertionError("no reply")
