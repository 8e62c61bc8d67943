"""Receiving IPv4: validity, addresses, options, and who gets the packet."""

from typing import Any

import pytest

from netx_sim import (
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM,
    nx_ip_address_set,
    nx_ip_raw_packet_enable,
    nx_packet_release,
)
from netx_sim.ip import NX_IPV4_MULTICAST_ENTRY
from netx_sim.link import _nx_ip_packet_deferred_receive
from tests.unit.ip.bench import OWN, PEER, Bench, header

DATA = b"0123456789abcdefghijklmnop"

# what arrives -> (data delivered or None, counted as invalid, counted as dropped, as a checksum error)
VALIDITY = {
    "plain": (header(data=DATA), DATA, 0, 0, 0),
    "padded": (header(data=DATA) + bytes(10), DATA, 0, 0, 0),
    "no bytes": (b"", None, 1, 1, 0),
    "ten bytes": (header(data=DATA)[:10], None, 1, 1, 0),
    "only a header": (header(), None, 1, 1, 0),
    "total length below the header": (header(data=DATA, total_length=19), None, 1, 1, 0),
    "total length of a header": (header(data=DATA, total_length=20), None, 1, 1, 0),
    "total length above the frame": (header(data=DATA, total_length=100), None, 1, 1, 0),
    "header of four words": (header(data=DATA, first=0x44), None, 1, 1, 0),
    "header beyond the frame": (header(data=DATA, first=0x4F), None, 1, 1, 0),
    "version 5": (header(data=DATA, first=0x55), None, 1, 1, 0),
    "version 6 without IPv6": (header(data=DATA, first=0x65), None, 1, 1, 0),
    "wrong checksum": (header(data=DATA, checksum_xor=1), None, 1, 1, 1),
    "time to live 0": (header(data=DATA, ttl=0), DATA, 0, 0, 0),
    "don't fragment": (header(data=DATA, flags=0x4000), DATA, 0, 0, 0),
    "evil bit": (header(data=DATA, flags=0x8000), DATA, 0, 0, 0),
    "no operations": (header(data=DATA, options=bytes([1, 1, 1, 1])), DATA, 0, 0, 0),
    "end of list": (header(data=DATA, options=bytes([0, 7, 0, 0])), DATA, 0, 0, 0),
    "source route": (header(data=DATA, options=bytes.fromhex("8307040a00000300")), DATA, 0, 0, 0),
    "router alert": (header(data=DATA, options=bytes.fromhex("94040000")), DATA, 0, 0, 0),
    "option too long": (header(data=DATA, options=bytes.fromhex("07ff0400")), None, 0, 1, 0),
    "option of length 0": (header(data=DATA, options=bytes.fromhex("07000400")), None, 0, 1, 0),
    "option without a length": (header(data=DATA, options=bytes.fromhex("01010107")), None, 0, 1, 0),
    "wrong checksum with options": (header(data=DATA, options=bytes(4), checksum_xor=9), None, 1, 1, 1),
    "fragment without fragmentation": (header(data=DATA, flags=0x2000), None, 0, 1, 0),
}


@pytest.mark.parametrize("name", VALIDITY)
def test_only_valid_packets_reach_a_protocol(name: str) -> None:
    packet, data, invalid, dropped, wrong = VALIDITY[name]
    with Bench() as bench:
        bench.deliver_to("_udp_receive")
        bench.receive(packet)
        assert bench.delivered == ([] if data is None else [data])
        info = bench.info()
        assert info["packets_received"] == 1
        assert (info["invalid"], info["receive_dropped"], info["checksum_errors"]) == (invalid, dropped, wrong)
        assert info["bytes_received"] == len(data or b"")


@pytest.mark.parametrize("options", [b"", bytes([1, 1, 1, 1])], ids=["no-options", "options"])
def test_a_protocol_is_told_of_the_header_in_front_of_its_own(options: bytes) -> None:
    """Options are gone by then: the header counts 20 bytes in every packet."""
    told: list[tuple[int, int, int]] = []

    def take(_ip: Any, packet: Any) -> None:
        distance = packet.nx_packet_prepend_ptr - packet.nx_packet_ip_header
        told.append((packet.nx_packet_ip_version, packet.nx_packet_ip_header_length, distance))
        nx_packet_release(packet)

    with Bench() as bench:
        bench.ip._udp_receive = take
        bench.receive(header(data=DATA, options=options))
    assert told == [(4, 20, 20)]


@pytest.mark.parametrize(
    ("destination", "accepted"),
    [
        (OWN, True),
        (0, True),
        (0x0A0000FF, True),
        (0xFFFFFFFF, True),
        (0x7F000001, True),
        (0x7FFFFFFF, True),
        (0xE0000001, True),
        (PEER, False),
        (0x0A000000, False),
        (0x0AFFFFFF, False),
        (0xE0000005, False),
        (0xF0000001, False),
    ],
)
def test_destinations(destination: int, accepted: bool) -> None:
    with Bench() as bench:
        bench.deliver_to("_udp_receive")
        bench.receive(header(destination, data=DATA))
        assert bool(bench.delivered) == accepted
        assert bench.info()["receive_dropped"] == int(not accepted)
        assert bench.ip.nx_ip_invalid_receive_address == int(not accepted)


def test_a_joined_group_is_accepted_on_its_interface() -> None:
    with Bench() as bench:
        bench.deliver_to("_udp_receive")
        group = 0xEF010203
        bench.receive(header(group, data=b"too early"))
        bench.ip.nx_ipv4_multicast_entry.append(NX_IPV4_MULTICAST_ENTRY(group, bench.ip.nx_ip_interface[0]))
        bench.receive(header(group, data=b"now"))
        assert bench.delivered == [b"now"]


def udp(port: int) -> bytes:
    return bytes([0, 7]) + port.to_bytes(2, "big") + bytes(8)


@pytest.mark.parametrize(
    ("destination", "protocol", "data", "accepted"),
    [
        (0xFFFFFFFF, 17, udp(6000), True),
        (0xFFFFFFFF, 17, udp(68), True),
        (PEER, 17, udp(68), True),
        (PEER, 17, udp(67), False),
        (0xFFFFFFFF, 6, udp(68), False),
        (0, 17, udp(69), False),
        (0xE0000001, 17, udp(69), False),
        (PEER, 17, b"abc", False),
    ],
)
def test_without_an_address(destination: int, protocol: int, data: bytes, accepted: bool) -> None:
    with Bench(address=0) as bench:
        bench.deliver_to("_udp_receive")
        bench.deliver_to("_tcp_receive")
        bench.receive(header(destination, protocol=protocol, data=data))
        assert bool(bench.delivered) == accepted


@pytest.mark.parametrize("protocol", [1, 2, 6, 17])
def test_protocols_that_are_not_enabled_are_dropped_silently(protocol: int) -> None:
    with Bench() as bench:
        bench.note_errors()
        bench.receive(header(protocol=protocol, data=DATA))
        assert bench.errors == []
        assert bench.info()["receive_dropped"] == 1


@pytest.mark.parametrize(("protocol", "slot"), [(1, "_icmp_receive"), (2, "_igmp_receive"), (6, "_tcp_receive")])
def test_each_protocol_gets_its_packets(protocol: int, slot: str) -> None:
    with Bench() as bench:
        bench.deliver_to(slot)
        bench.receive(header(protocol=protocol, data=DATA))
        assert bench.delivered == [DATA]


def test_an_unknown_protocol_is_answered_with_protocol_unreachable() -> None:
    with Bench() as bench:
        bench.receive(header(protocol=200, data=DATA))
        assert bench.info()["receive_dropped"] == 1  # and nobody to tell
        bench.note_errors()
        bench.receive(header(protocol=200, data=DATA))
        assert bench.errors == [(3, 2)]
        assert bench.ip.nx_ip_unknown_protocols_received == 2


def test_raw_processing_takes_only_what_no_protocol_knows() -> None:
    with Bench() as bench:
        bench.note_errors()
        assert nx_ip_raw_packet_enable(bench.ip) == 0
        bench.receive(header(protocol=6, data=DATA))
        assert bench.info()["receive_dropped"] == 1
        assert bench.ip.nx_ip_raw_received_packet_queue == []
        assert bench.errors == []


def test_a_packet_without_an_interface_came_in_on_the_first() -> None:
    with Bench() as bench:
        seen: list[object] = []

        def take(ip: object, packet: Any) -> None:
            seen.append(packet.nx_packet_interface_ptr)
            nx_packet_release(packet)

        bench.ip._udp_receive = take
        packet = bench.received(header(data=DATA))
        packet.nx_packet_interface_ptr = None
        bench.sim.interrupt(lambda: _nx_ip_packet_deferred_receive(bench.ip, packet))
        assert seen == [bench.ip.nx_ip_interface[0]]


@pytest.mark.parametrize("surplus", [1, 200, 300, 500])
def test_padding_is_cut_off_the_end_of_a_chain(surplus: int) -> None:
    data = bytes(range(200)) * 2
    with Bench(payload=256) as bench:
        bench.deliver_to("_udp_receive")
        bench.receive(header(data=data) + bytes(surplus))
        assert bench.delivered == [data]
        assert bench.pool.nx_packet_pool_available == bench.pool.nx_packet_pool_total


def test_checksums_are_not_looked_at_where_the_link_guarantees_them() -> None:
    with Bench() as bench:
        bench.deliver_to("_udp_receive")
        bench.ip.nx_ip_interface[0].nx_interface_capability_flag = NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM
        bench.receive(header(data=DATA, checksum_xor=0x55))
        assert bench.delivered == [DATA]


def test_upper_layers_see_a_header_of_twenty_bytes_right_before_the_data() -> None:
    with Bench() as bench:
        seen: list[bytes] = []

        def take(_ip: object, packet: Any) -> None:
            start, data = packet.nx_packet_ip_header, packet.nx_packet_prepend_ptr
            seen.append(bytes(packet._mem[start:data]))
            nx_packet_release(packet)

        bench.ip._udp_receive = take
        bench.receive(header(data=DATA, options=bytes.fromhex("94040000")))
        assert len(seen[0]) == 20
        assert seen[0][0] == 0x45
        assert seen[0][12:16] == PEER.to_bytes(4, "big")
        assert seen[0][2:4] == (24 + len(DATA)).to_bytes(2, "big")  # the total length stays as received


def test_a_new_address_counts_at_once() -> None:
    with Bench() as bench:
        bench.deliver_to("_udp_receive")
        assert nx_ip_address_set(bench.ip, 0x0A000009, 0xFFFFFF00) == 0
        bench.receive(header(OWN, data=b"old"))
        bench.receive(header(0x0A000009, data=b"new"))
        assert bench.delivered == [b"new"]
