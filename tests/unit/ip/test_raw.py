"""Raw IP packets."""

import pytest

from netx_sim import (
    NX_IP_ADDRESS_ERROR,
    NX_NO_PACKET,
    NX_NOT_ENABLED,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
    NX_UNDERFLOW,
    NXD_ADDRESS,
    Ref,
    nx_arp_static_entry_create,
    nx_ip_raw_packet_disable,
    nx_ip_raw_packet_enable,
    nx_ip_raw_packet_filter_set,
    nx_ip_raw_packet_receive,
    nx_ip_raw_packet_send,
    nx_ip_raw_packet_source_send,
    nx_ip_raw_receive_queue_max_set,
    nx_packet_release,
    nxd_ip_raw_packet_send,
    nxd_ip_raw_packet_source_send,
    packet_bytes,
)
from tests.unit.ip.bench import PEER, PEER_MAC, Bench, header, parse

FAR = 0x08080808


def raw(bench: Bench) -> Bench:
    assert nx_ip_raw_packet_enable(bench.ip) == NX_SUCCESS
    assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
    return bench


def taken(bench: Bench, wait: int = 0) -> bytes | int:
    variable = Ref()
    status = nx_ip_raw_packet_receive(bench.ip, variable, wait)
    if status:
        assert variable.value is None
        return status
    data = packet_bytes(variable.value)
    assert nx_packet_release(variable.value) == NX_SUCCESS
    return data


def test_packets_of_unknown_protocols_are_kept_in_order() -> None:
    with Bench() as bench:
        raw(bench)
        assert taken(bench) == NX_NO_PACKET
        for number in (1, 2, 3):
            bench.receive(header(protocol=200, data=bytes([number])))
        assert [taken(bench) for _ in range(4)] == [b"\1", b"\2", b"\3", NX_NO_PACKET]


def test_one_too_many_is_dropped() -> None:
    with Bench() as bench:
        raw(bench)
        assert nx_ip_raw_receive_queue_max_set(bench.ip, 2) == NX_SUCCESS
        for number in (1, 2, 3):
            bench.receive(header(protocol=200, data=bytes([number])))
        assert [taken(bench) for _ in range(3)] == [b"\1", b"\2", NX_NO_PACKET]
        assert bench.info()["receive_dropped"] == 1


def test_a_waiter_gets_the_packet_or_its_time_ends() -> None:
    with Bench() as bench:
        raw(bench)
        bench.sim.call_at_us(50000, lambda _: bench.receive(header(protocol=200, data=b"late")), None)
        assert taken(bench, 20) == b"late"
        assert bench.sim.now == 5
        assert taken(bench, 20) == NX_NO_PACKET
        assert bench.sim.now == 25


def test_switching_off_releases_what_is_kept() -> None:
    with Bench() as bench:
        raw(bench)
        bench.receive(header(protocol=200, data=b"kept"))
        assert nx_ip_raw_packet_disable(bench.ip) == NX_SUCCESS
        assert bench.pool.nx_packet_pool_available == bench.packets
        assert taken(bench) == NX_NOT_ENABLED


def test_a_default_build_has_no_filter() -> None:
    assert nx_ip_raw_packet_filter_set(None, None) == NX_NOT_SUPPORTED


def test_sending() -> None:
    with Bench() as bench:
        raw(bench)
        ip = bench.ip
        variable = Ref(bench.packet(b"255"))
        assert nx_ip_raw_packet_send(ip, variable, PEER, 0x100000) == NX_SUCCESS
        assert variable.value is None
        assert nx_ip_raw_packet_source_send(ip, bench.packet(b"from"), PEER, 0, 0) == NX_SUCCESS
        assert nxd_ip_raw_packet_send(ip, bench.packet(b"200"), NXD_ADDRESS(4, PEER), 200, 9, 0) == NX_SUCCESS
        kept = bench.packet(b"201")
        assert nxd_ip_raw_packet_source_send(ip, kept, NXD_ADDRESS(4, PEER), 0, 201, 8, 0) == NX_SUCCESS
        sent = [(parse(frame)["protocol"], parse(frame)["ttl"], frame[20:]) for frame in bench.driver.frames()]
        assert sent == [(255, 128, b"255"), (255, 128, b"from"), (200, 9, b"200"), (201, 8, b"201")]
        assert parse(bench.driver.frames()[0])["tos"] == 0x10


def test_without_a_route() -> None:
    """The plain service refuses; the others take the packet and drop it."""
    with Bench() as bench:
        raw(bench)
        ip, packet, far = bench.ip, bench.packet(b"stays"), NXD_ADDRESS(4, FAR)
        assert nx_ip_raw_packet_send(ip, packet, FAR, 0) == NX_IP_ADDRESS_ERROR
        assert nx_packet_release(packet) == NX_SUCCESS
        assert nx_ip_raw_packet_source_send(ip, bench.packet(b"x"), FAR, 0, 0) == NX_SUCCESS
        assert nxd_ip_raw_packet_send(ip, bench.packet(b"x"), far, 200, 64, 0) == NX_SUCCESS
        assert nxd_ip_raw_packet_source_send(ip, bench.packet(b"x"), far, 0, 200, 64, 0) == NX_SUCCESS
        assert bench.driver.sent == []
        assert bench.pool.nx_packet_pool_available == bench.packets


@pytest.mark.parametrize("kind", ["send", "source_send", "nxd_send", "nxd_source_send"])
def test_refusals(kind: str) -> None:
    with Bench() as bench:
        services = {
            "send": lambda packet: nx_ip_raw_packet_send(bench.ip, packet, PEER, 0),
            "source_send": lambda packet: nx_ip_raw_packet_source_send(bench.ip, packet, PEER, 0, 0),
            "nxd_send": lambda packet: nxd_ip_raw_packet_send(bench.ip, packet, NXD_ADDRESS(4, PEER), 200, 64, 0),
            "nxd_source_send": lambda packet: nxd_ip_raw_packet_source_send(
                bench.ip, packet, NXD_ADDRESS(4, PEER), 0, 200, 64, 0
            ),
        }
        packet = bench.packet(b"data")
        assert services[kind](packet) == NX_NOT_ENABLED
        raw(bench)
        narrow = bench.packet(b"data", room=16)
        assert services[kind](narrow) == NX_UNDERFLOW
        for each in (packet, narrow):
            assert nx_packet_release(each) == NX_SUCCESS


def test_ipv6_needs_ipv6() -> None:
    with Bench() as bench:
        raw(bench)
        packet, address = bench.packet(b"data"), NXD_ADDRESS(6, (0x20010DB8, 0, 0, 1))
        assert nxd_ip_raw_packet_send(bench.ip, packet, address, 200, 64, 0) == NX_IP_ADDRESS_ERROR
        assert nxd_ip_raw_packet_source_send(bench.ip, packet, address, 0, 200, 64, 0) == NX_IP_ADDRESS_ERROR
        assert nx_packet_release(packet) == NX_SUCCESS
