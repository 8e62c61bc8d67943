"""Traps of the device: each is provoked, reported with its consequence, and behaves as the catalogue says."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import netx_sim
from netx_sim import *
from netx_sim import diagnostics, traps
from netx_sim.testing.drill import Drill
from netx_sim.testing.drill_fixture import drill, make_drill  # noqa: F401
from tests.unit.ip.bench import PEER, Bench

Maker = Callable[..., Drill]


@pytest.fixture
def told() -> Iterator[list[str]]:
    """The traps reported during the test, by id."""
    found: list[str] = []

    def note(kind: str, name: str, message: str, _fields: dict[str, Any]) -> None:
        if kind == "trap":
            found.append(name)
            assert message == traps.TRAPS[name].what + "; " + traps.TRAPS[name].consequence

    diagnostics.hooks.append(note)
    yield found
    diagnostics.hooks.remove(note)


def test_every_trap_says_what_it_means_and_what_to_do() -> None:
    for name, entry in traps.TRAPS.items():
        assert re.fullmatch(r"Q-[A-Z0-9-]+", name)
        assert all((entry.what, entry.consequence, entry.remedy))
        assert name in repr(entry)


def test_every_trap_is_named_where_it_is_made() -> None:
    sources = [path.read_text() for path in Path(netx_sim.__path__[0]).rglob("*.py") if path.name != "traps.py"]
    text = "".join(sources)
    assert set(re.findall(r'trapped\("(Q-[A-Z0-9-]+)"', text)) == set(traps.TRAPS)
    assert set(re.findall(r'DeviceFault\(\s*"([A-Z0-9-]+)"', text)) == set(traps.FAULTS)


@pytest.mark.leaks
def test_arp_keeps_the_syns_of_a_deleted_socket(told: list[str]) -> None:
    """A connect to a silent host gives up after 11 s; ARP has the SYNs for 190 s."""
    with Bench() as bench:
        assert nx_tcp_enable(bench.ip) == NX_SUCCESS
        bench.sleep_until(5)
        socket = NX_TCP_SOCKET()
        assert nx_tcp_socket_create(bench.ip, socket, "socket", 0, 0, 128, 1460, None, None) == NX_SUCCESS
        assert nx_tcp_client_socket_bind(socket, NX_ANY_PORT, NX_NO_WAIT) == NX_SUCCESS
        begun = bench.sim.now
        assert nx_tcp_client_socket_connect(socket, PEER, 110, 3000) == NX_NOT_CONNECTED
        assert 1080 <= bench.sim.now - begun <= 1100
        assert told.count("Q-ARP-KEEPS") == 1
        assert told.count("Q-CONNECT-11S") == 1
        assert "Q-ARP-OVERFLOW" in told  # eleven SYNs, room for four
        assert nx_tcp_client_socket_unbind(socket) == NX_SUCCESS
        assert nx_tcp_socket_delete(socket) == NX_SUCCESS
        assert [leak.holder for leak in leak_report()] == ["ARP queue"] * 4
        bench.sleep_until(begun + 18900)
        assert len(leak_report()) == 4
        bench.sleep_until(begun + 19200)
        assert leak_report() == []


def test_a_burst_to_a_new_host_loses_its_beginning(told: list[str]) -> None:
    with Bench() as bench:
        bench.sleep_until(5)
        for number in range(5):
            assert bench.send(PEER, bytes([number])) == NX_SUCCESS
        assert told == ["Q-ARP-OVERFLOW"]
        nx_arp_static_entry_create(bench.ip, PEER, 0x0200, 2)
        assert [frame[-1] for frame in bench.driver.frames(NX_LINK_PACKET_SEND)] == [1, 2, 3, 4]


def test_a_window_of_one_segment_is_acknowledged_late(drill: Drill, told: list[str]) -> None:  # noqa: F811
    """Fewer than 730 of 1460 bytes: 200 ms until the peer may go on."""
    drill.established(window=1460)
    drill.align()
    drill("+0 < P. 1:101(100) ack 1")
    assert drill.receive()[0] == NX_SUCCESS
    drill(".1~.3 > . 1:1(0) ack 101")
    assert told == ["Q-LATE-ACK"]


def test_a_wide_window_is_no_trap(drill: Drill, told: list[str]) -> None:  # noqa: F811
    drill.established(window=8192)
    drill("+0 < P. 1:101(100) ack 1")
    assert drill.receive()[0] == NX_SUCCESS
    drill(".1~.3 > . 1:1(0) ack 101")
    assert told == []


def test_a_connect_that_ends_by_its_own_wait_is_no_trap(drill: Drill, told: list[str]) -> None:  # noqa: F811
    opening = drill.connect(wait=150)
    drill.sleep(2)
    drill.take_all()
    assert opening.status == NX_NOT_CONNECTED
    assert told == []


def test_a_control_segment_needs_a_packet(drill: Drill, told: list[str]) -> None:  # noqa: F811
    """An acknowledgement that finds none is not sent, and nobody is told."""
    drill.established()
    packets = []
    while True:
        packet = Ref()
        if nx_packet_allocate(drill.pool, packet, 0, NX_NO_WAIT) != NX_SUCCESS:
            break
        packets.append(packet)
    assert nx_tcp_socket_disconnect(drill.socket, NX_NO_WAIT) == NX_IN_PROGRESS
    drill.silent_for(0.5)
    assert told == ["Q-CONTROL-LOST"]
    for packet in packets:
        assert nx_packet_release(packet) == NX_SUCCESS


def test_a_payload_below_the_headers_sends_no_syn(told: list[str]) -> None:
    with Bench(payload=60) as bench:
        assert nx_tcp_enable(bench.ip) == NX_SUCCESS
        nx_arp_static_entry_create(bench.ip, PEER, 0x0200, 2)
        bench.sleep_until(5)
        socket = NX_TCP_SOCKET()
        assert nx_tcp_socket_create(bench.ip, socket, "socket", 0, 0, 128, 1460, None, None) == NX_SUCCESS
        assert nx_tcp_client_socket_bind(socket, NX_ANY_PORT, NX_NO_WAIT) == NX_SUCCESS
        assert nx_tcp_client_socket_connect(socket, PEER, 110, 150) == NX_NOT_CONNECTED
        assert set(told) == {"Q-CONTROL-LOST"}
        assert bench.driver.frames() == []
        nx_tcp_client_socket_unbind(socket)


def test_a_datagram_above_the_mtu_vanishes(told: list[str]) -> None:
    with Bench() as bench:
        bench.sleep_until(5)
        nx_arp_static_entry_create(bench.ip, PEER, 0x0200, 2)
        assert bench.send(PEER, b"", packet=bench.packet(bytes(2000))) == NX_SUCCESS
        assert (bench.driver.frames(), told) == ([], ["Q-MTU-DROP"])
        assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
        assert bench.send(PEER, b"", packet=bench.packet(bytes(2000))) == NX_SUCCESS
        assert len(bench.driver.frames()) == 2


def test_a_queue_of_datagrams_keeps_the_newest(told: list[str]) -> None:
    with Bench() as bench:
        assert nx_udp_enable(bench.ip) == NX_SUCCESS
        bench.sleep_until(5)
        socket, packet = NX_UDP_SOCKET(), Ref()
        assert nx_udp_socket_create(bench.ip, socket, "socket", 0, 0, 128, 1) == NX_SUCCESS
        assert nx_udp_socket_bind(socket, 9, NX_NO_WAIT) == NX_SUCCESS
        for text in (b"old!", b"new!"):
            packet = Ref(bench.packet(text))
            assert nx_udp_socket_send(socket, packet, IP_ADDRESS(127, 0, 0, 1), 9) == NX_SUCCESS
        tx_thread_sleep(1)
        assert told == ["Q-UDP-OVERFLOW"]
        assert nx_udp_socket_receive(socket, packet, NX_NO_WAIT) == NX_SUCCESS
        assert packet_bytes(packet.value) == b"new!"
        assert nx_packet_release(packet) == NX_SUCCESS


def test_a_raw_packet_without_a_route_vanishes(told: list[str]) -> None:
    with Bench() as bench:
        bench.sleep_until(5)
        assert nx_ip_raw_packet_enable(bench.ip) == NX_SUCCESS
        packet = Ref(bench.packet(b"data"))
        address = NXD_ADDRESS(NX_IP_VERSION_V4, IP_ADDRESS(8, 8, 8, 8))
        assert nxd_ip_raw_packet_send(bench.ip, packet, address, 99, 128, 0) == NX_SUCCESS
        assert told == ["Q-NO-ROUTE-DROP"]


def unchecked() -> None:
    with Bench(config={"NX_DISABLE_ERROR_CHECKING": 1}):
        nx_tcp_enable(None)


def payload_offset_without_ipv6() -> None:
    with Bench() as bench:
        address = NXD_ADDRESS(NX_IP_VERSION_V6, [1, 2, 3, 4])
        nx_ip_max_payload_size_find(bench.ip, address, 0, 1, 2, NX_PROTOCOL_UDP, Ref(), Ref())


def copy_into_a_smaller_payload() -> None:
    with Bench() as bench:
        small, packet = NX_PACKET_POOL(), Ref()
        assert nx_packet_pool_create(small, "small", 32, bytearray(500), 500) == NX_SUCCESS
        assert nx_packet_allocate(bench.pool, packet, NX_TCP_PACKET, NX_NO_WAIT) == NX_SUCCESS
        assert nx_packet_data_append(packet.value, b"data", 4, bench.pool, NX_NO_WAIT) == NX_SUCCESS
        try:
            nx_packet_copy(packet.value, Ref(), small, NX_NO_WAIT)
        finally:
            nx_packet_release(packet)


def source_of_a_fresh_packet() -> None:
    with Bench() as bench:
        packet = Ref()
        assert nx_packet_allocate(bench.pool, packet, NX_UDP_PACKET, NX_NO_WAIT) == NX_SUCCESS
        try:
            nx_udp_packet_info_extract(packet.value, Ref(), Ref(), Ref(), Ref())
        finally:
            nx_packet_release(packet)


def command_to_a_detached_interface() -> None:
    with Bench() as bench:
        bench.sleep_until(5)
        assert nx_ip_interface_detach(bench.ip, 0) == NX_SUCCESS
        nx_ip_driver_interface_direct_command(bench.ip, NX_LINK_GET_STATUS, 0, Ref())


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("T-UNCHECKED", unchecked),
        ("NX-IPV6-OFF", payload_offset_without_ipv6),
        ("Q-COPY-OFFSET", copy_into_a_smaller_payload),
        ("Q-UDP-EXTRACT-FRESH", source_of_a_fresh_packet),
        ("NX-DETACHED-INTERFACE", command_to_a_detached_interface),
    ],
)
def test_where_a_device_crashes_the_fault_has_the_name(name: str, act: Callable[[], None]) -> None:
    assert name in traps.FAULTS
    with pytest.raises(DeviceFault, match=name):
        act()
