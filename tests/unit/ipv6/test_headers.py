"""IPv6 headers, extension headers, fragments and ICMPv6 beyond the recordings."""

import struct

import pytest

from netx_sim import (
    NX_INVALID_PARAMETERS,
    NX_NO_INTERFACE_ADDRESS,
    NX_NO_PACKET,
    NX_NO_RESPONSE,
    NX_NOT_ENABLED,
    NX_OVERFLOW,
    NX_PACKET_POOL,
    NX_SUCCESS,
    Ref,
    nx_ip_delete,
    nx_ip_fragment_disable,
    nx_ip_fragment_enable,
    nx_ip_raw_packet_enable,
    nx_ip_raw_packet_receive,
    nx_packet_allocate,
    nx_packet_pool_create,
    nx_packet_release,
    nxd_icmp_ping,
    nxd_ip_raw_packet_send,
    packet_bytes,
)
from netx_sim.wire import icmpv6, ipv6
from tests.unit.ipv6.bench6 import ALL_NODES, LINK_LOCAL, PEER, Bench6, address, duo, icmp6, packet6

ECHO = struct.pack(">HH", 7, 1) + b"data"
FAR = 0x20020000 << 96 | 1
GROUP = 0xFF02 << 112 | 5


def echo(source: int = PEER, destination: int = LINK_LOCAL) -> bytes:
    return icmp6(128, ECHO, source, destination)[40:]


def extended(
    *headers: tuple[int, bytes], last: int = 58, data: bytes | None = None, destination: int = LINK_LOCAL
) -> bytes:
    """A packet with extension headers, given as number and all bytes but the next header's number."""
    numbers = [number for number, _ in headers] + [last]
    body = b"".join(bytes((numbers[at + 1],)) + rest for at, (_, rest) in enumerate(headers))
    return packet6(
        numbers[0], body + (echo(destination=destination) if data is None else data), destination=destination
    )


def test_wire_forms() -> None:
    header = ipv6.Ipv6Header(PEER, LINK_LOCAL, 58, 4, 9)
    header.traffic_class = 0xA5
    raw = ipv6.emit(header)
    again = ipv6.parse(raw, 0, len(raw))
    assert again is not None
    assert [getattr(again, name) for name in again.__slots__] == [getattr(header, name) for name in header.__slots__]
    assert ipv6.parse(raw, 0, 39) is None
    assert ipv6.parse(b"\x45" + raw[1:], 0, 40) is None
    assert icmpv6.options(b"\x01\x01" + bytes(6), 0, 8) == [(1, 0)]


@pytest.mark.parametrize(
    ("headers", "answers"),
    [
        ([(60, bytes((0, 0, 1, 3, 0, 0, 0)))], [129]),  # Pad1, PadN
        ([(43, bytes((0, 9, 0, 0, 0, 0, 0)))], [129]),  # routing, no segments left
        ([(43, bytes((0, 9, 1, 0, 0, 0, 0)))], [4]),
        ([(60, bytes((0, 0x9E, 4, 0, 0, 0, 0)))], [4]),  # unknown option: tell
        ([(60, bytes((0, 0xDE, 4, 0, 0, 0, 0)))], [4]),  # unknown option: tell unless it went to a group
        ([(60, bytes((0, 0x5E, 4, 0, 0, 0, 0)))], []),
        ([(60, bytes((0, 1, 9, 0, 0, 0, 0)))], []),  # option beyond the header
        ([(60, bytes((0, 1, 3, 0, 0, 0, 1)))], []),  # option cut off
    ],
)
def test_extension_headers(headers: list[tuple[int, bytes]], answers: list[int]) -> None:
    with Bench6() as bench:
        bench.know()
        bench.receive(extended(*headers))
        assert bench.kinds() == answers


def test_an_option_that_went_to_a_group_is_told_of_only_if_it_says_so() -> None:
    with Bench6() as bench:
        bench.know()
        for option, answers in ((0xDE, []), (0x9E, [4])):
            bench.receive(extended((60, bytes((0, option, 4, 0, 0, 0, 0))), destination=ALL_NODES))
            assert bench.kinds() == answers


def test_an_extension_header_cut_off_is_dropped() -> None:
    with Bench6() as bench:
        bench.receive(extended((60, b"\x00\x01"), data=b""))
        bench.receive(packet6(44, b"\x3a\x00"))
        assert bench.info()["receive_dropped"] == 2


@pytest.mark.parametrize("frame", [packet6(200, b"data", destination=ALL_NODES), packet6(200, b"data", source=GROUP)])
def test_no_errors_about_groups(frame: bytes) -> None:
    with Bench6() as bench:
        bench.receive(frame)
        assert not bench.driver.sent
        assert bench.info()["receive_dropped"] == 1


def test_tcp_to_a_group_and_protocols_not_enabled_are_dropped() -> None:
    with Bench6(icmp=False) as bench:
        bench.receive(packet6(6, bytes(20), destination=ALL_NODES))
        bench.receive(packet6(17, bytes(20)))
        bench.receive(packet6(58, echo()))
        bench.receive(packet6(200, b"data"))
        bench.receive(packet6(44, bytes(8)))
        assert bench.info()["receive_dropped"] == 4
        assert not bench.driver.sent


def test_raw_processing_takes_what_nobody_wants() -> None:
    with Bench6() as bench:
        assert nx_ip_raw_packet_enable(bench.ip) == NX_SUCCESS
        bench.receive(packet6(200, b"data"))
        found = Ref()
        assert nx_ip_raw_packet_receive(bench.ip, found, 0) == NX_SUCCESS
        assert packet_bytes(found.value) == b"data"
        assert nx_packet_release(found) == NX_SUCCESS
        packet = bench.packet(b"data")
        assert (
            nxd_ip_raw_packet_send(bench.ip, packet, duo(0x20020000 << 96 | 1), 200, 64, 0) == NX_NO_INTERFACE_ADDRESS
        )
        assert nx_packet_release(packet) == NX_SUCCESS


# -- fragments --------------------------------------------------------------------------------------


def fragment(offset: int, more: int, data: bytes, identification: int = 1) -> bytes:
    return packet6(44, struct.pack(">BBHI", 58, 0, offset | more, identification) + data)


def test_fragments_are_kept_for_61_events_and_then_told_of() -> None:
    with Bench6() as bench:
        assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
        bench.know()
        bench.receive(fragment(0, 1, bytes(8)))
        bench.receive(fragment(16, 0, bytes(8), identification=2))
        bench.sleep_until(6350)
        assert 3 not in bench.kinds()
        bench.know()
        bench.sleep_until(6450)
        (tick, _, packet) = next(entry for entry in bench.messages() if entry[1] == 3)
        assert (tick, packet[41]) == (6400, 1)
        assert bench.kinds().count(3) == 1
        assert bench.pool.nx_packet_pool_available == 20


def test_fragments_out_of_order() -> None:
    with Bench6() as bench:
        assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
        bench.know()
        message = echo()
        bench.receive(fragment(8, 0, message[8:]))
        bench.receive(fragment(0, 1, message[:8]))
        assert bench.kinds() == [129]


def test_fragments_go_when_fragmentation_is_switched_off_and_when_the_instance_is_deleted() -> None:
    with Bench6() as bench:
        for end in (nx_ip_fragment_disable, nx_ip_delete):
            assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
            bench.receive(fragment(0, 1, bytes(8)))
            assert bench.pool.nx_packet_pool_available == 19
            assert end(bench.ip) == NX_SUCCESS
            assert bench.pool.nx_packet_pool_available == 20


def test_a_long_ping_needs_packets_for_its_fragments() -> None:
    with Bench6(packets=4) as bench:
        bench.know()
        held = [bench.packet(b"x"), bench.packet(b"x")]
        assert nxd_icmp_ping(bench.ip, duo(PEER), bytes(1453), 1453, Ref(), 5) == NX_NO_RESPONSE
        assert len(bench.driver.sent) == 2  # fragments leave one by one
        held.append(bench.packet(b"x"))
        assert nxd_icmp_ping(bench.ip, duo(PEER), bytes(1453), 1453, Ref(), 5) == NX_NO_RESPONSE
        assert len(bench.driver.sent) == 2
        assert bench.ip.nx_ip_fragment_failures == 1
        for packet in held:
            assert nx_packet_release(packet) == NX_SUCCESS


# -- ping -------------------------------------------------------------------------------------------


def test_ping_statuses() -> None:
    with Bench6(packets=2) as bench:
        reply = Ref()
        assert nxd_icmp_ping(bench.ip, duo(PEER), bytes(4000), 4000, reply, 0) == NX_OVERFLOW
        assert nxd_icmp_ping(bench.ip, duo(ALL_NODES), b"", 0, reply, 0) == NX_NO_RESPONSE
        held = [bench.packet(b"x"), bench.packet(b"x")]
        assert nxd_icmp_ping(bench.ip, duo(PEER), b"", 0, reply, 0) == NX_NO_PACKET
        for packet in held:
            assert nx_packet_release(packet) == NX_SUCCESS
        small = NX_PACKET_POOL()
        assert nx_packet_pool_create(small, "small", 60, bytearray(500), 500) == NX_SUCCESS
        whole, bench.ip.nx_ip_default_packet_pool = bench.ip.nx_ip_default_packet_pool, small
        assert nxd_icmp_ping(bench.ip, duo(PEER), b"", 0, reply, 0) == NX_INVALID_PARAMETERS
        bench.ip.nx_ip_default_packet_pool = whole


def test_no_ping_without_icmpv6() -> None:
    with Bench6(icmp=False) as bench:
        assert nxd_icmp_ping(bench.ip, duo(PEER), b"", 0, Ref(), 0) == NX_NOT_ENABLED


def test_messages_that_mean_nothing_here_are_counted() -> None:
    with Bench6() as bench:
        bench.receive(icmp6(130, bytes(4)))
        bench.receive(icmp6(1, bytes(4) + address(PEER)))
        bench.receive(packet6(58, b"\x80\x00"))
        assert bench.ip.nx_ip_icmp_unhandled_messages == 2
        assert bench.ip.nx_ip_icmp_invalid_packets == 1
        assert not bench.driver.sent


def test_an_error_is_not_sent_without_a_packet_or_room_in_it() -> None:
    with Bench6() as bench:
        bench.know()
        small = NX_PACKET_POOL()
        assert nx_packet_pool_create(small, "small", 88, bytearray(300), 300) == NX_SUCCESS
        bench.ip._small_pool = small
        bench.receive(packet6(200, b"data"))
        assert not bench.driver.sent
        assert small.nx_packet_pool_available == small.nx_packet_pool_total
        held = [Ref() for _ in range(small.nx_packet_pool_total)]
        for packet in held:
            assert nx_packet_allocate(small, packet, 0, 0) == NX_SUCCESS
        bench.receive(packet6(200, b"data"))
        assert not bench.driver.sent
        for packet in held:
            assert nx_packet_release(packet) == NX_SUCCESS
