"""Where IPv6 of a device crashes, hangs or loses something, the host says so by name."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netx_sim import (
    NX_NO_INTERFACE_ADDRESS,
    NX_PACKET_POOL,
    NX_SUCCESS,
    NX_UDP_SOCKET,
    DeviceFault,
    Ref,
    diagnostics,
    nx_ip_max_payload_size_find,
    nx_ip_raw_packet_enable,
    nx_packet_pool_create,
    nx_packet_release,
    nx_udp_enable,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nxd_icmp_source_ping,
    nxd_ip_raw_packet_source_send,
    nxd_nd_cache_entry_set,
    nxd_nd_cache_hardware_address_find,
    nxd_nd_cache_invalidate,
    nxd_nd_cache_ip_address_find,
    nxd_udp_socket_send,
    nxd_udp_socket_source_send,
)
from tests.unit.ipv6.bench6 import PEER, Bench6, duo

LOOPBACK_INDEX = 3


@pytest.fixture
def told() -> Iterator[list[str]]:
    """The traps reported during the test, by id."""
    found: list[str] = []

    def note(kind: str, name: str, _message: str, _fields: dict[str, Any]) -> None:
        if kind == "trap":
            found.append(name)

    diagnostics.hooks.append(note)
    yield found
    diagnostics.hooks.remove(note)


def udp_socket(bench: Bench6) -> NX_UDP_SOCKET:
    assert nx_udp_enable(bench.ip) == NX_SUCCESS
    socket = NX_UDP_SOCKET()
    assert nx_udp_socket_create(bench.ip, socket, "socket", 0, 0, 128, 5) == NX_SUCCESS
    assert nx_udp_socket_bind(socket, 5000, 0) == NX_SUCCESS
    return socket


def payload_of_an_unused_address(bench: Bench6) -> None:
    nx_ip_max_payload_size_find(bench.ip, duo(PEER), 2, 1, 2, 6, Ref(), Ref())


def raw_from_an_unused_address(bench: Bench6) -> None:
    assert nx_ip_raw_packet_enable(bench.ip) == NX_SUCCESS
    packet = bench.packet(b"data")
    try:
        nxd_ip_raw_packet_source_send(bench.ip, packet, duo(PEER), 2, 200, 64, 0)
    finally:
        assert nx_packet_release(packet) == NX_SUCCESS


def ping_from_loopback(bench: Bench6) -> None:
    nxd_icmp_source_ping(bench.ip, duo(PEER), LOOPBACK_INDEX, b"", 0, Ref(), 10)


def datagram_from_loopback(bench: Bench6) -> None:
    nxd_udp_socket_source_send(udp_socket(bench), bench.packet(b"data"), duo(PEER), 7, LOOPBACK_INDEX)


def address_of_a_neighbor_without_interface(bench: Bench6) -> None:
    assert nxd_nd_cache_entry_set(bench.ip, [1, 2, 3, 4], 0, bytes(6)) == NX_SUCCESS
    nxd_nd_cache_hardware_address_find(bench.ip, duo(1 << 96 | 2 << 64 | 3 << 32 | 4), Ref(), Ref(), Ref())


def search_of_a_neighbor_without_interface(bench: Bench6) -> None:
    assert nxd_nd_cache_entry_set(bench.ip, [1, 2, 3, 4], 0, bytes((1, 2, 3, 4, 5, 6))) == NX_SUCCESS
    nxd_nd_cache_ip_address_find(bench.ip, duo(0), 0x0102, 0x03040506, Ref())


def small_payload(bench: Bench6) -> None:
    pool = NX_PACKET_POOL()
    assert nx_packet_pool_create(pool, "small", 52, bytearray(500), 500) == NX_SUCCESS
    bench.ip._small_pool = pool
    bench.sleep_until(100)


@pytest.mark.leaks
@pytest.mark.parametrize(
    ("name", "link_local", "act"),
    [
        ("NX-IPV6-UNUSED", True, payload_of_an_unused_address),
        ("NX-IPV6-UNUSED", True, raw_from_an_unused_address),
        ("NX-IPV6-LOOPBACK-SOURCE", True, ping_from_loopback),
        ("NX-IPV6-LOOPBACK-SOURCE", True, datagram_from_loopback),
        ("NX-ND-NO-INTERFACE", False, address_of_a_neighbor_without_interface),
        ("NX-ND-NO-INTERFACE", False, search_of_a_neighbor_without_interface),
        ("NX-ND-SMALL-PAYLOAD", False, small_payload),
    ],
)
def test_where_a_device_crashes_or_hangs_the_fault_has_the_name(
    name: str, link_local: bool, act: Callable[[Bench6], None]
) -> None:
    with pytest.raises(DeviceFault, match=name), Bench6(link_local=link_local) as bench:
        act(bench)


def test_packets_for_a_ninth_destination_vanish(told: list[str]) -> None:
    with Bench6() as bench:
        socket = udp_socket(bench)
        for number in range(9):
            packet = bench.packet(b"data")
            assert nxd_udp_socket_send(socket, packet, duo(PEER + number), 7) == NX_SUCCESS
        assert told == ["Q-ND-FULL"]
        assert bench.kinds() == [135] * 8
        assert nxd_nd_cache_invalidate(bench.ip) == NX_SUCCESS
        assert bench.pool.nx_packet_pool_available == 20


def test_the_oldest_of_five_waiting_packets_is_dropped(told: list[str]) -> None:
    with Bench6() as bench:
        socket = udp_socket(bench)
        for number in range(5):
            assert nxd_udp_socket_send(socket, bench.packet(bytes((number,))), duo(PEER), 7) == NX_SUCCESS
        assert told == ["Q-ND-OVERFLOW"]
        assert [packet._mem[packet.nx_packet_append_ptr - 1] for packet in bench.neighbor()._waiting] == [1, 2, 3, 4]
        assert nxd_nd_cache_invalidate(bench.ip) == NX_SUCCESS


def test_a_send_without_a_way_says_so(told: list[str]) -> None:
    with Bench6() as bench:
        index = bench.add(0x20010DB8 << 96 | 1)
        socket = udp_socket(bench)
        packet = bench.packet(b"data")
        far = 0x20020000 << 96 | 1
        assert nxd_udp_socket_send(socket, packet, duo(far), 7) == NX_NO_INTERFACE_ADDRESS
        assert nxd_udp_socket_source_send(socket, packet, duo(far), 7, index) == NX_SUCCESS
        assert told == ["Q-NO-ROUTE-DROP"]
