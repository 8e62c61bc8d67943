"""Ping and UDP against the kernel's own stack, IPv4 and IPv6, whole and in fragments, both ways."""

import re
import socket

import pytest

from netx_drivers import Capture
from netx_pop3.maildrop import Host
from netx_sim import (
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_IP_VERSION_V4,
    NX_UDP_SOCKET,
    NXD_ADDRESS,
    NX_IPv4_UDP_PACKET,
    NX_IPv6_UDP_PACKET,
    Ref,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_receive,
    nx_udp_socket_unbind,
    nxd_icmp_ping,
    nxd_udp_socket_send,
    nxd_udp_source_extract,
    packet_bytes,
    simulation,
)
from netx_sim.address import IP_ADDRESS
from tests.peers.conftest import DEVICE, KERNEL
from tests.peers.judges import assert_clean_capture
from tests.peers.kernel_rig import (
    DEVICE6,
    KERNEL6,
    PATIENCE,
    PATIENCE_S,
    address6,
    dual,
    kernel_ipv6,
    meanwhile,
    must,
    packets_out,
    program,
    static6,
)

DEVICE4 = DEVICE.split("/", maxsplit=1)[0]
PORT = 7007
SIZES = [0, 56, 1452, 4000, 20000]
COUNT = 3
NO_DETECTION = {"NX_DISABLE_IPV6_DAD": 1}  # this clock is real, and addresses are for other tests
OFFLOAD = pytest.mark.parametrize("offload", [False, True], ids=["plain", "offload"])


class Way:
    """One version of IP: both ends' addresses."""

    def __init__(self, version, kernel, device, to_kernel):
        self.version = version
        self.family = socket.AF_INET6 if version == 6 else socket.AF_INET
        self.kind = NX_IPv6_UDP_PACKET if version == 6 else NX_IPv4_UDP_PACKET
        self.kernel = kernel
        self.device = device
        self.to_kernel = to_kernel

    def __repr__(self):
        return f"v{self.version}"


WAYS = [
    Way(4, KERNEL, DEVICE4, NXD_ADDRESS(NX_IP_VERSION_V4, IP_ADDRESS(*map(int, KERNEL.split("."))))),
    Way(6, KERNEL6, DEVICE6, address6(KERNEL6)),
]


@pytest.fixture(params=WAYS, ids=repr)
def way(request):
    return request.param


@pytest.fixture(scope="module")
def space(tap):
    kernel_ipv6(tap, f"{KERNEL6}/64")
    return tap.space


@pytest.fixture
def host(space, tap_driver, offload, way, peer, tmp_path, seed):
    """An instance with an address of each version; its capture is judged, and no packet stays out."""
    tshark = peer("tshark")
    capture = tmp_path / "tap.pcapng"
    driver = Capture(tap_driver(offload=offload), str(capture))
    with simulation(seed=seed, config=NO_DETECTION), Host(driver, DEVICE) as made:
        dual(made)
        if way.version == 6:
            static6(made, DEVICE6)
        yield made
        assert packets_out(made) == 0
    assert_clean_capture(tshark, capture, linux=way.kernel)


def text(size):
    return bytes(number * 31 % 251 for number in range(size))


# -- ping -----------------------------------------------------------------------------------------------


@OFFLOAD
@pytest.mark.parametrize("size", SIZES)
def test_the_kernels_ping_gets_what_it_sent(host, space, way, size, peer):
    """ping compares each byte of the replies: "wrong data byte" would be on its output."""
    argv = [peer("ping"), f"-{way.version}", "-n", "-c", str(COUNT), "-i", "0.1", "-W", "5", "-s", str(size)]
    status, output = program(host, space, *argv, way.device)
    assert status == 0, output
    assert f"{COUNT} packets transmitted, {COUNT} received, 0% packet loss" in output
    assert len(re.findall(rf"{size + 8} bytes from {way.device}", output)) == COUNT
    assert "wrong data" not in output


@OFFLOAD
@pytest.mark.parametrize("size", SIZES)
def test_a_ping_to_the_kernel_comes_back(host, way, size):
    reply = Ref()
    must(nxd_icmp_ping(host.ip, way.to_kernel, text(size), size, reply, PATIENCE))
    assert packet_bytes(reply.value) == text(size)
    must(nx_packet_release(reply))


# -- UDP ------------------------------------------------------------------------------------------------


@pytest.fixture
def udp(host):
    made = NX_UDP_SOCKET()
    must(nx_udp_socket_create(host.ip, made, "udp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 64, 5))
    must(nx_udp_socket_bind(made, PORT, 0))
    yield made
    must(nx_udp_socket_unbind(made))
    must(nx_udp_socket_delete(made))


def kernel_socket(space, way):
    made = space.call(lambda: socket.socket(way.family, socket.SOCK_DGRAM))
    made.settimeout(PATIENCE_S)
    made.bind((way.kernel, 0))
    return made


def send(host, udp, way, data, to, port):
    packet = Ref()
    must(nx_packet_allocate(host.pool, packet, way.kind, 0))
    must(nx_packet_data_append(packet.value, data, len(data), host.pool, 0))
    must(nxd_udp_socket_send(udp, packet, to, port))


@OFFLOAD
@pytest.mark.parametrize("size", SIZES[1:])
def test_the_kernel_echoes_a_datagram(host, space, udp, way, size):
    with kernel_socket(space, way) as peer_socket:
        send(host, udp, way, text(size), way.to_kernel, peer_socket.getsockname()[1])

        def echo():
            data, sender = peer_socket.recvfrom(65536)
            peer_socket.sendto(data[::-1], sender)
            return data, sender[:2]

        assert meanwhile(host, space, echo) == (text(size), (way.device, PORT))
        packet = Ref()
        must(nx_udp_socket_receive(udp, packet, PATIENCE))
    assert packet_bytes(packet.value) == text(size)[::-1]
    must(nx_packet_release(packet))


@OFFLOAD
@pytest.mark.parametrize("size", SIZES[1:])
def test_a_datagram_of_the_kernel_is_echoed(host, space, udp, way, size):
    with kernel_socket(space, way) as peer_socket:
        peer_socket.sendto(text(size), (way.device, PORT))
        packet, sender, port = Ref(), NXD_ADDRESS(), Ref()
        must(nx_udp_socket_receive(udp, packet, PATIENCE))
        must(nxd_udp_source_extract(packet.value, sender, port))
        data = packet_bytes(packet.value)
        must(nx_packet_release(packet))
        assert repr(sender) == repr(way.to_kernel)
        send(host, udp, way, data[::-1], sender, port.value)
        assert meanwhile(host, space, lambda: peer_socket.recvfrom(65536)[0]) == text(size)[::-1]


@pytest.mark.parametrize("offload", [False], ids=["plain"])
def test_a_port_without_socket_is_told_to_the_kernel(host, space, way):
    """The device answers with ICMP port unreachable, and the kernel gives that to the socket that sent."""
    with kernel_socket(space, way) as peer_socket:
        peer_socket.connect((way.device, PORT + 1))
        peer_socket.send(b"anybody?")
        with pytest.raises(ConnectionRefusedError):
            meanwhile(host, space, lambda: peer_socket.recv(100))
