"""Sending IPv4: the header, where a packet goes, and what becomes of one that cannot go."""

from typing import Any

import pytest

from netx_sim import (
    NX_DONT_FRAGMENT,
    NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM,
    NX_IP_ADDRESS_ERROR,
    NX_IP_MIN_DELAY,
    NX_LINK_DISABLE,
    NX_LINK_PACKET_BROADCAST,
    NX_LINK_PACKET_SEND,
    NX_PACKET_ENQUEUED,
    NX_SUCCESS,
    Ref,
    nx_arp_static_entry_create,
    nx_ip_driver_direct_command,
    nx_ip_interface_mtu_set,
    nx_packet_release,
)
from netx_sim.ip import NX_IPV4_MULTICAST_ENTRY
from netx_sim.wire.checksum import checksum
from tests.unit.ip.bench import OWN, PEER, PEER_MAC, Bench, RecordingDriver, parse

DATA = b"abcdefgh" * 5


def resolved(bench: Bench) -> Bench:
    assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
    return bench


def test_the_header() -> None:
    with Bench() as bench:
        resolved(bench).send(PEER, DATA, tos=NX_IP_MIN_DELAY, ttl=77, fragment=NX_DONT_FRAGMENT)
        (_, command, msw, lsw, packet) = bench.driver.sent[0]
        assert (command, msw, lsw) == (NX_LINK_PACKET_SEND, *PEER_MAC)
        fields = parse(packet)
        assert fields.pop("checksum") != 0
        assert checksum(packet[:20]) == 0
        assert fields == {
            "first": 0x45,
            "tos": 0x10,
            "length": 20 + len(DATA),
            "id": 1,
            "flags": 0x4000,
            "ttl": 77,
            "protocol": 17,
            "source": OWN,
            "destination": PEER,
        }
        assert packet[20:] == DATA
        info = bench.info()
        assert (info["packets_sent"], info["bytes_sent"]) == (1, len(DATA))


def test_identifications_count_from_one_over_everything_sent_and_wrap() -> None:
    with Bench() as bench:
        resolved(bench)
        for protocol in (17, 1, 6):
            bench.send(PEER, DATA, protocol=protocol)
        bench.ip.nx_ip_packet_id = 0x1FFFF
        bench.send(PEER, DATA)
        bench.send(PEER, DATA)
        assert [parse(packet)["id"] for packet in bench.driver.frames()] == [1, 2, 3, 0xFFFF, 0]


def test_the_length_field_is_cut_to_sixteen_bits() -> None:
    with Bench(packets=60) as bench:
        resolved(bench)
        nx_ip_interface_mtu_set(bench.ip, 0, 100000)
        bench.send(PEER, bytes(65530))
        assert parse(bench.driver.frames()[0])["length"] == (65530 + 20) & 0xFFFF


def test_igmp_messages_carry_the_router_alert_option() -> None:
    with Bench() as bench:
        bench.send(0xEF010203, b"12345678", protocol=2, ttl=1)
        packet = bench.driver.frames()[0]
        assert packet[0] == 0x46
        assert packet[20:24] == bytes.fromhex("94040000")
        assert checksum(packet[:24]) == 0
        assert packet[24:] == b"12345678"


def test_a_link_that_computes_checksums_gets_none() -> None:
    with Bench() as bench:
        bench.ip.nx_ip_interface[0].nx_interface_capability_flag = NX_INTERFACE_CAPABILITY_IPV4_TX_CHECKSUM
        resolved(bench).send(PEER, DATA)
        assert parse(bench.driver.frames()[0])["checksum"] == 0


@pytest.mark.parametrize(
    ("destination", "command", "msw", "lsw"),
    [
        (0xFFFFFFFF, NX_LINK_PACKET_BROADCAST, 0xFFFF, 0xFFFFFFFF),
        (0x0A0000FF, NX_LINK_PACKET_BROADCAST, 0xFFFF, 0xFFFFFFFF),
        (0xE0000001, NX_LINK_PACKET_SEND, 0x0100, 0x5E000001),
        (0xEF810203, NX_LINK_PACKET_SEND, 0x0100, 0x5E010203),
    ],
)
def test_everybody_and_groups_need_no_resolution(destination: int, command: int, msw: int, lsw: int) -> None:
    with Bench() as bench:
        assert bench.send(destination, DATA) == NX_SUCCESS
        assert bench.driver.sent[0][1:4] == (command, msw, lsw)


@pytest.mark.parametrize("destination", [0xFFFFFFFF, 0x0A0000FF, 0xE0000001, PEER])
def test_a_point_to_point_link_takes_everything_as_it_is(destination: int) -> None:
    with Bench(driver=RecordingDriver(mapping=0)) as bench:
        bench.send(destination, DATA)
        assert bench.driver.sent[0][1] == NX_LINK_PACKET_SEND


def test_a_static_entry_for_the_broadcast_address_is_not_used() -> None:
    with Bench() as bench:
        assert nx_arp_static_entry_create(bench.ip, 0x0A0000FF, 1, 2) == NX_SUCCESS
        bench.send(0x0A0000FF, DATA)
        bench.send(0x0A0000FF, DATA)
        assert [entry[1] for entry in bench.driver.sent] == [NX_LINK_PACKET_BROADCAST] * 2


# -- the loop inside --------------------------------------------------------------------------------


@pytest.mark.parametrize(("destination", "source"), [(OWN, OWN), (0x7F000001, 0x7F000001), (0x7F123456, 0x7F000001)])
def test_own_addresses_are_looped_inside(destination: int, source: int) -> None:
    with Bench() as bench:
        sources: list[int] = []

        def take(_ip: Any, packet: Any) -> None:
            sources.append(int.from_bytes(packet._mem[packet.nx_packet_ip_header + 12 :][:4], "big"))
            nx_packet_release(packet)

        bench.ip._udp_receive = take
        nx_ip_interface_mtu_set(bench.ip, 0, 30)  # which the loop does not look at
        bench.send(destination, DATA)
        assert sources == [source]
        assert bench.driver.sent == []
        info = bench.info()
        assert (info["packets_sent"], info["packets_received"], info["bytes_received"]) == (1, 1, len(DATA))


def test_without_a_free_packet_the_looped_one_is_lost() -> None:
    with Bench(packets=1) as bench:
        bench.deliver_to("_udp_receive")
        bench.send(OWN, DATA)
        assert bench.delivered == []
        assert bench.info()["receive_dropped"] == 1


def test_without_the_loopback_interface_there_is_no_127() -> None:
    with Bench(config={"NX_DISABLE_LOOPBACK_INTERFACE": 1}) as bench:
        assert bench.send(0x7F000001, DATA) == NX_IP_ADDRESS_ERROR


def test_a_group_joined_with_loopback_hears_itself() -> None:
    with Bench() as bench:
        bench.deliver_to("_udp_receive")
        group = 0xEF010203
        entry = NX_IPV4_MULTICAST_ENTRY(group, bench.ip.nx_ip_interface[0])
        bench.ip.nx_ipv4_multicast_entry.append(entry)
        bench.send(group, DATA)
        entry.nx_ipv4_multicast_loopback_enable = False
        bench.send(group, DATA)
        assert bench.delivered == [DATA]
        assert len(bench.driver.sent) == 2


# -- what cannot go ---------------------------------------------------------------------------------


def test_without_a_route_the_packet_is_dropped() -> None:
    with Bench() as bench:
        assert bench.send(0x0B000001, DATA) == NX_IP_ADDRESS_ERROR
        assert bench.driver.sent == []
        assert bench.info()["send_dropped"] == 1
        assert bench.ip.nx_ip_transmit_no_route_errors == 1


def test_a_link_that_is_down_is_no_route() -> None:
    with Bench() as bench:
        assert nx_ip_driver_direct_command(bench.ip, NX_LINK_DISABLE, Ref()) == NX_SUCCESS
        assert bench.send(PEER, DATA) == NX_IP_ADDRESS_ERROR
        assert bench.send(0xFFFFFFFF, DATA) == NX_IP_ADDRESS_ERROR


def test_without_room_for_the_header_the_packet_is_dropped() -> None:
    with Bench() as bench:
        bench.send(PEER, b"", packet=bench.packet(DATA, room=16))
        assert bench.driver.sent == []
        assert bench.ip.nx_ip_invalid_transmit_packets == 1


@pytest.mark.parametrize("fragment", [0, NX_DONT_FRAGMENT])
def test_longer_than_the_link_carries_is_dropped_but_uses_an_identification(fragment: int) -> None:
    with Bench() as bench:
        resolved(bench).send(PEER, bytes(1481), fragment=fragment)
        assert bench.info()["send_dropped"] == 1
        bench.send(PEER, bytes(1480), fragment=fragment)
        assert [parse(packet)["id"] for packet in bench.driver.frames()] == [2]


def test_without_arp_a_mapped_link_cannot_be_used() -> None:
    with Bench(arp_entries=0) as bench:
        bench.send(PEER, DATA)
        assert bench.driver.sent == []
        assert bench.info()["send_dropped"] == 1


# -- what TCP relies on -----------------------------------------------------------------------------


def test_a_retransmission_with_the_same_header_keeps_its_identification() -> None:
    with Bench() as bench:
        resolved(bench)
        packet = bench.packet(DATA)
        packet.nx_packet_tcp_queue_next = NX_PACKET_ENQUEUED
        bench.send(PEER, b"", packet=packet)
        bench.send(PEER, DATA)
        packet.nx_packet_identical_copy = 1
        bench.send(PEER, b"", packet=packet)
        bench.send(PEER, b"", packet=packet)
        assert [parse(frame)["id"] for frame in bench.driver.frames()] == [1, 2, 1, 3]
        assert packet.nx_packet_length == len(DATA)  # the driver's release undid the header
        packet.nx_packet_tcp_queue_next = 0xAAAAAAAA
        assert nx_packet_release(packet) == NX_SUCCESS
