"""Fragmentation and reassembly of IPv4."""

from itertools import permutations

import pytest

from netx_sim import (
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
    Ref,
    nx_arp_static_entry_create,
    nx_ip_delete,
    nx_ip_fragment_disable,
    nx_ip_fragment_enable,
    nx_ip_interface_mtu_set,
    nx_packet_allocate,
    nx_packet_release,
)
from netx_sim.wire.checksum import checksum
from tests.unit.ip.bench import PEER, PEER_MAC, Bench, RecordingDriver, header, parse

DATA = bytes(i & 0xFF for i in range(108))


def enabled(bench: Bench) -> Bench:
    assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
    bench.deliver_to("_udp_receive")
    bench.note_errors()
    return bench


def piece(first: int, last: int, more: bool | None = None, **fields: int) -> bytes:
    """Bytes first..last of DATA as a fragment."""
    more = last < len(DATA) if more is None else more
    flags = (0x2000 if more else 0) | first >> 3
    return header(data=DATA[first:last], flags=flags, **fields)


# -- receiving --------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations([(0, 40), (40, 80), (80, 108)])))
def test_fragments_assemble_in_any_order(order: tuple[tuple[int, int], ...]) -> None:
    with Bench() as bench:
        enabled(bench)
        for first, last in order:
            bench.receive(piece(first, last))
        assert bench.delivered == [DATA]
        info = bench.info()
        assert (info["packets_received"], info["fragments_received"]) == (3, 3)
        assert info["bytes_received"] == len(DATA) + 20
        assert bench.ip.nx_ip_packets_reassembled == 1


def test_fragments_that_are_chains_themselves() -> None:
    with Bench(payload=64) as bench:
        enabled(bench)
        for first, last in ((80, 108), (0, 80)):
            bench.receive(piece(first, last))
        assert bench.delivered == [DATA]


def test_an_exact_duplicate_is_no_harm() -> None:
    with Bench() as bench:
        enabled(bench)
        for first, last in ((0, 40), (40, 80), (0, 40), (40, 80), (80, 108)):
            bench.receive(piece(first, last))
        assert bench.delivered == [DATA]
        assert bench.info()["receive_dropped"] == 0


def test_interleaved_datagrams_are_told_apart() -> None:
    with Bench() as bench:
        enabled(bench)
        for identification in (1, 2):
            bench.receive(piece(0, 40, id=identification))
        bench.receive(piece(40, 108, id=2, source=PEER + 1))
        bench.receive(piece(40, 108, id=2, protocol=6))
        assert bench.delivered == []
        bench.receive(piece(40, 108, id=2))
        bench.receive(piece(40, 108, id=1))
        assert bench.delivered == [DATA, DATA]
        assert nx_ip_fragment_disable(bench.ip) == NX_SUCCESS  # gives back the two loose ones


def test_overlapping_fragments_are_held_and_never_assemble() -> None:
    with Bench() as bench:
        enabled(bench)
        for first, last in ((0, 48), (40, 88), (80, 108)):
            bench.receive(piece(first, last))
        assert bench.delivered == []
        assert bench.pool.nx_packet_pool_available == bench.packets - 3
        bench.sleep_until(6600)
        assert bench.pool.nx_packet_pool_available == bench.packets
        assert bench.errors == [(11, 1)]


def test_a_fragment_whose_length_is_no_multiple_of_8_is_dropped_unless_it_is_the_last() -> None:
    with Bench() as bench:
        enabled(bench)
        bench.receive(piece(0, 53, more=True))
        assert bench.info()["receive_dropped"] == 1
        bench.receive(piece(0, 56))
        bench.receive(piece(56, 108))
        assert bench.delivered == [DATA]


@pytest.mark.parametrize(
    ("ttl", "arrival", "end"),
    [
        (1, 133, 1700),
        (14, 133, 1700),
        (15, 133, 1700),
        (16, 133, 1800),
        (64, 33, 6500),
        (255, 133, 25700),
        (64, 100, 6600),
    ],
)
def test_the_time_to_collect_a_datagram(ttl: int, arrival: int, end: int) -> None:
    """The larger of TTL and 15 one-second events, and one more."""
    with Bench() as bench:
        enabled(bench)
        bench.sleep_until(arrival)
        bench.receive(piece(0, 56, ttl=ttl))
        bench.sleep_until(end - 1)
        assert bench.errors == []
        bench.sleep_until(end + 1)
        assert bench.errors == [(11, 1)]
        assert bench.ip.nx_ip_reassembly_failures == 1


def test_a_later_fragment_does_not_extend_the_time() -> None:
    with Bench() as bench:
        enabled(bench)
        bench.sleep_until(133)
        bench.receive(piece(0, 40, ttl=3))
        bench.sleep_until(1133)
        bench.receive(piece(40, 80, ttl=200))
        bench.sleep_until(1701)
        assert bench.errors == [(11, 1)]
        assert bench.pool.nx_packet_pool_available == bench.packets


def test_without_the_first_fragment_nobody_is_told() -> None:
    with Bench() as bench:
        enabled(bench)
        bench.receive(piece(56, 108))
        bench.sleep_until(7000)
        assert bench.errors == []
        assert bench.pool.nx_packet_pool_available == bench.packets


def test_disabling_and_deleting_give_back_what_is_held() -> None:
    with Bench() as bench:
        enabled(bench)
        bench.receive(piece(0, 40))
        assert nx_ip_fragment_disable(bench.ip) == NX_SUCCESS
        assert bench.pool.nx_packet_pool_available == bench.packets
        bench.receive(piece(0, 40))
        assert bench.info()["receive_dropped"] == 1
        assert nx_ip_fragment_enable(bench.ip) == NX_SUCCESS
        bench.receive(piece(0, 40))
        assert nx_ip_delete(bench.ip) == NX_SUCCESS
        assert bench.pool.nx_packet_pool_available == bench.packets


def test_a_build_without_fragmentation() -> None:
    with Bench(config={"NX_DISABLE_FRAGMENTATION": 1}) as bench:
        assert nx_ip_fragment_enable(bench.ip) == NX_NOT_SUPPORTED
        assert nx_ip_fragment_disable(bench.ip) == NX_NOT_SUPPORTED


# -- sending ----------------------------------------------------------------------------------------


def sent_pieces(bench: Bench) -> list[tuple[int, int, bool]]:
    """(offset, bytes, more) of each fragment that went out, after checking the headers."""
    pieces = []
    for frame in bench.driver.frames(0):
        fields = parse(frame)
        assert checksum(frame[:20]) == 0
        assert fields["length"] == len(frame)
        pieces.append(((fields["flags"] & 0x1FFF) << 3, len(frame) - 20, bool(fields["flags"] & 0x2000)))
    return pieces


@pytest.mark.parametrize(
    ("size", "mtu", "expected"),
    [
        (1480, 1500, [(0, 1480, False)]),
        (1481, 1500, [(0, 1480, True), (1480, 1, False)]),
        (2960, 1500, [(0, 1480, True), (1480, 1480, False)]),
        (1408, 576, [(0, 552, True), (552, 552, True), (1104, 304, False)]),
        (40, 45, [(0, 24, True), (24, 16, False)]),
    ],
)
def test_fragments_are_as_long_as_the_link_allows(size: int, mtu: int, expected: list[tuple[int, int, bool]]) -> None:
    data = bytes(i * 7 & 0xFF for i in range(size))
    with Bench(driver=RecordingDriver(mtu=mtu)) as bench:
        enabled(bench)
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        bench.send(PEER, data)
        assert sent_pieces(bench) == expected
        assert b"".join(frame[20:] for frame in bench.driver.frames()) == data
        assert {parse(frame)["id"] for frame in bench.driver.frames()} == {1}
        info = bench.info()
        assert (info["packets_sent"], info["bytes_sent"]) == (len(expected), size)
        assert info["fragments_sent"] == (len(expected) if len(expected) > 1 else 0)


def test_small_payloads_make_chained_fragments() -> None:
    with Bench(payload=256, packets=60) as bench:
        enabled(bench)
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        bench.send(PEER, bytes(3008))
        assert bench.driver.chains == [6, 6, 1]


def test_an_unresolved_datagram_waits_as_one_packet_and_is_cut_when_it_can_go() -> None:
    with Bench(packets=30) as bench:
        enabled(bench)
        bench.send(PEER, bytes(8000))
        assert bench.driver.frames(0) == []
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        assert len(sent_pieces(bench)) == 6


def test_a_pool_that_runs_out_ends_the_datagram() -> None:
    with Bench(packets=4) as bench:
        enabled(bench)
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        bench.driver.hold = True  # so that each fragment sent keeps its packet
        bench.send(PEER, bytes(4000))
        assert len(bench.driver.frames()) == 1
        info = bench.info()
        assert (info["fragments_sent"], info["send_dropped"]) == (1, 1)
        assert bench.ip.nx_ip_fragment_failures == 1
        bench.driver.release_held()
        assert bench.pool.nx_packet_pool_available == 4


def test_a_fragment_that_needs_a_longer_chain_than_is_free_is_not_sent() -> None:
    with Bench(payload=256, packets=20) as bench:
        enabled(bench)
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        packet = bench.packet(bytes(3008))  # takes 13 of them
        taken = []
        while bench.pool.nx_packet_pool_available > 4:
            variable = Ref()
            assert nx_packet_allocate(bench.pool, variable, 0, 0) == NX_SUCCESS
            taken.append(variable.value)
        bench.send(PEER, b"", packet=packet)
        assert bench.driver.sent == []
        assert bench.ip.nx_ip_fragment_failures == 1
        for each in taken:
            assert nx_packet_release(each) == NX_SUCCESS


def test_an_mtu_below_a_header_and_eight_bytes_cannot_carry_fragments() -> None:
    with Bench() as bench:
        enabled(bench)
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        nx_ip_interface_mtu_set(bench.ip, 0, 27)
        bench.send(PEER, bytes(100))
        assert bench.driver.sent == []
        assert bench.info()["send_dropped"] == 1
