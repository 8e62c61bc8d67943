"""IPv6 against the Linux kernel through TAP: ping both ways, long ones too, autoconfiguration, TCP both ways."""

import socket
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netx_drivers import TapDriver
from netx_sim import *
from netx_sim import NX_IP, NX_PACKET_POOL
from netx_sim.ipv6.block import words_of
from netx_sim.wire.icmpv6 import ROUTER_ADVERTISEMENT
from tests.peers.netns import PATIENCE_S, Namespace, Tap
from tests.peers.requirement import require

KERNEL = "2001:db8:1::1"
DEVICE = "2001:db8:1::2"
LONG = 4000
WAIT = 300
PORT = 7


def duo(text: str) -> NXD_ADDRESS:
    return NXD_ADDRESS(6, words_of(int.from_bytes(socket.inet_pton(socket.AF_INET6, text), "big")))


@pytest.fixture(scope="module")
def tap6() -> Iterator[Tap]:
    """A TAP device with an IPv6 address on the kernel's side."""
    require("tap")
    with Namespace() as space:
        tap = Tap(space, "tap0", "10.0.0.1/24")
        for switch in ("accept_dad", "dad_transmits", "disable_ipv6"):
            _switch_off(space, switch)
        space.run("ip", "addr", "add", KERNEL + "/64", "dev", "tap0", "nodad")
        yield tap


def _switch_off(space: Namespace, switch: str) -> None:
    path = Path("/proc/sys/net/ipv6/conf/tap0", switch)
    space.call(lambda: path.write_text("0", encoding="ascii"))


class Device:
    """An instance on the TAP device; the clock is the host's, so duplicate detection is switched off."""

    def __init__(self, tap: Tap, offload: bool) -> None:
        self.driver = tap.space.call(lambda: TapDriver(tap.name, offload=offload))
        self.pool, self.ip = NX_PACKET_POOL(), NX_IP()
        memory = bytearray(60 * 1600)
        assert nx_packet_pool_create(self.pool, "pool", 1536, memory, len(memory)) == NX_SUCCESS
        status = nx_ip_create(self.ip, "ip", 0x0A000002, 0xFFFFFF00, self.pool, self.driver, bytearray(2048), 2048, 1)
        assert status == NX_SUCCESS
        assert nx_tcp_enable(self.ip) == NX_SUCCESS
        assert nx_ip_fragment_enable(self.ip) == NX_SUCCESS
        assert nxd_ipv6_enable(self.ip) == NX_SUCCESS
        assert nxd_icmp_enable(self.ip) == NX_SUCCESS
        tx_thread_sleep(2)

    def configure(self) -> None:
        assert nxd_ipv6_address_set(self.ip, 0, None, 10, None) == NX_SUCCESS
        assert nxd_ipv6_address_set(self.ip, 0, duo(DEVICE), 64, None) == NX_SUCCESS

    def ping(self, size: int) -> bytes:
        reply = Ref()
        assert nxd_icmp_ping(self.ip, duo(KERNEL), bytes(size), size, reply, WAIT) == NX_SUCCESS
        data = packet_bytes(reply.value)
        assert nx_packet_release(reply) == NX_SUCCESS
        return data

    def socket(self) -> NX_TCP_SOCKET:
        made = NX_TCP_SOCKET()
        assert nx_tcp_socket_create(self.ip, made, "socket", 0, 0, 128, 8192, None, None) == NX_SUCCESS
        return made


@pytest.fixture(params=[False, True], ids=["plain", "offload"])
def device(tap6: Tap, request: pytest.FixtureRequest) -> Iterator[Device]:
    with simulation(config={"NX_DISABLE_IPV6_DAD": 1}):
        made = Device(tap6, request.param)
        yield made
        assert nx_ip_delete(made.ip) == NX_SUCCESS
        made.driver.close()


def while_running(process: Any) -> tuple[int, str]:
    """Let the device work until a program has ended."""
    for _ in range(PATIENCE_S * 20):
        if process.poll() is not None:
            break
        tx_thread_sleep(5)
    else:
        process.kill()
    text, _ = process.communicate()
    return process.returncode, text


def test_ping_both_ways(tap6: Tap, device: Device) -> None:
    device.configure()
    assert len(device.ping(56)) == 56
    assert len(device.ping(LONG)) == LONG
    for size in (56, LONG):
        command = tap6.space.command("ping", "-6", "-c", "2", "-i", "0.2", "-W", "2", "-s", str(size), DEVICE)
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        status, text = while_running(process)
        assert status == 0, text


def test_the_device_connects(tap6: Tap, device: Device) -> None:
    device.configure()
    listener = tap6.space.call(lambda: socket.create_server((KERNEL, PORT), family=socket.AF_INET6))
    listener.settimeout(PATIENCE_S)

    def echo() -> None:
        connection, _ = listener.accept()
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)

    thread = threading.Thread(target=echo, name="echo")
    thread.start()
    client = device.socket()
    assert nx_tcp_client_socket_bind(client, NX_ANY_PORT, NX_NO_WAIT) == NX_SUCCESS
    assert nxd_tcp_client_socket_connect(client, duo(KERNEL), PORT, WAIT) == NX_SUCCESS
    text = bytes(range(256)) * 16
    packet, got = Ref(), b""
    assert nx_packet_allocate(device.pool, packet, NX_TCP_PACKET, NX_NO_WAIT) == NX_SUCCESS
    assert nx_packet_data_append(packet.value, text, len(text), device.pool, NX_NO_WAIT) == NX_SUCCESS
    assert nx_tcp_socket_send(client, packet, WAIT) == NX_SUCCESS
    while len(got) < len(text):
        assert nx_tcp_socket_receive(client, packet, WAIT) == NX_SUCCESS
        got += packet_bytes(packet.value)
        assert nx_packet_release(packet) == NX_SUCCESS
    assert got == text
    nx_tcp_socket_disconnect(client, WAIT)
    assert nx_tcp_client_socket_unbind(client) == NX_SUCCESS
    assert nx_tcp_socket_delete(client) == NX_SUCCESS
    thread.join(PATIENCE_S)
    listener.close()


def advertise(tap: Tap) -> None:
    """A router advertisement with the prefix 2001:db8:7::/64, sent by the kernel's side."""
    prefix = socket.inet_pton(socket.AF_INET6, "2001:db8:7::")
    option = struct.pack(">BBBBIII", 3, 4, 64, 0xC0, 3600, 1800, 0) + prefix
    message = struct.pack(">BBHBBHII", ROUTER_ADVERTISEMENT, 0, 0, 64, 0, 1800, 0, 0) + option

    def send() -> None:
        with socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as raw:
            index = socket.if_nametoindex(tap.name)
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
            raw.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
            raw.sendto(message, ("ff02::1", 0, 0, index))

    tap.space.call(send)


def test_an_address_from_a_router_advertisement(tap6: Tap, device: Device) -> None:
    assert nxd_ipv6_address_set(device.ip, 0, None, 10, None) == NX_SUCCESS
    address, prefix, interface = NXD_ADDRESS(), Ref(), Ref()
    for _ in range(50):  # until the kernel's link-local address, which comes with the carrier, is there
        advertise(tap6)
        tx_thread_sleep(10)
        if nxd_ipv6_address_get(device.ip, 1, address, prefix, interface) == NX_SUCCESS:
            break
    assert address.nxd_ip_address.v6[:2] == [0x20010DB8, 0x00070000]
    assert prefix.value == 64
    lifetime = Ref()
    assert nxd_ipv6_default_router_get(device.ip, 0, address, lifetime, prefix) == NX_SUCCESS
    assert address.nxd_ip_address.v6[0] == 0xFE800000
