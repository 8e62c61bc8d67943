"""Sending on packets for other hosts."""

from collections.abc import Iterator

import pytest

from netx_sim import (
    NX_SUCCESS,
    nx_arp_static_entry_create,
    nx_ip_forwarding_disable,
    nx_ip_forwarding_enable,
    nx_ip_fragment_enable,
    nx_ip_interface_attach,
    nx_ip_interface_mtu_set,
)
from netx_sim.wire.checksum import checksum
from tests.unit.ip.bench import MASK, PEER_MAC, Bench, RecordingDriver, header, parse

BEYOND = 0x0B000009


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A router between 10.0.0.0/24 and 11.0.0.0/24, where 11.0.0.9 is known."""
    with Bench(config={"NX_MAX_PHYSICAL_INTERFACES": 2}) as bench:
        bench.second = RecordingDriver(mac=(1, 2))  # type: ignore[attr-defined]
        assert nx_ip_interface_attach(bench.ip, "two", 0x0B000001, MASK, bench.second) == NX_SUCCESS  # type: ignore[attr-defined]
        assert nx_arp_static_entry_create(bench.ip, BEYOND, *PEER_MAC) == NX_SUCCESS
        assert nx_ip_forwarding_enable(bench.ip) == NX_SUCCESS
        bench.note_errors()
        bench.deliver_to("_udp_receive")
        yield bench


def beyond(bench: Bench) -> list[bytes]:
    return bench.second.frames()  # type: ignore[attr-defined]


def test_one_hop_less_and_a_correct_checksum(bench: Bench) -> None:
    bench.receive(header(BEYOND, data=b"data", ttl=9))
    (packet,) = beyond(bench)
    assert parse(packet)["ttl"] == 8
    assert checksum(packet[:20]) == 0
    assert packet[20:] == b"data"
    assert bench.ip.nx_ip_packets_forwarded == 1


def test_options_go_along(bench: Bench) -> None:
    bench.receive(header(BEYOND, data=b"data", options=bytes.fromhex("94040000")))
    (packet,) = beyond(bench)
    assert packet[0] == 0x46
    assert checksum(packet[:24]) == 0


@pytest.mark.parametrize("ttl", [0, 1])
def test_the_last_hop_is_not_taken(bench: Bench, ttl: int) -> None:
    bench.receive(header(BEYOND, data=b"data", ttl=ttl))
    assert beyond(bench) == []
    assert bench.errors == [(11, 0)]
    assert bench.info()["receive_dropped"] == 1


def test_without_a_route_it_is_dropped(bench: Bench) -> None:
    bench.receive(header(0x08080808, data=b"data"))
    assert bench.info()["receive_dropped"] == 1


def test_our_other_address_is_reached(bench: Bench) -> None:
    bench.receive(header(0x0B000001, data=b"data"))
    assert bench.delivered == [b"data"]
    bench.receive(header(0x0B000001, data=b"data1234", flags=0x2000))
    assert bench.delivered == [b"data"]
    assert bench.info()["receive_dropped"] == 1


@pytest.mark.parametrize(("flags", "sent"), [(0, 2), (0x4000, 0)])
def test_too_long_for_the_next_link(bench: Bench, flags: int, sent: int) -> None:
    assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
    assert nx_ip_interface_mtu_set(bench.ip, 1, 200) == NX_SUCCESS
    bench.receive(header(BEYOND, data=bytes(300), flags=flags))
    assert len(beyond(bench)) == sent


def test_a_forwarded_fragment_is_cut_further_and_keeps_its_place(bench: Bench) -> None:
    assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
    assert nx_ip_interface_mtu_set(bench.ip, 1, 200) == NX_SUCCESS
    bench.receive(header(BEYOND, data=bytes(304), flags=0x2000 | 100))
    assert [parse(packet)["flags"] for packet in beyond(bench)] == [0x2000 | 100, 0x2000 | 122]


def test_switched_off_it_is_dropped_again(bench: Bench) -> None:
    assert nx_ip_forwarding_disable(bench.ip) == NX_SUCCESS
    bench.receive(header(BEYOND, data=b"data"))
    assert beyond(bench) == []
    assert bench.info()["receive_dropped"] == 1
