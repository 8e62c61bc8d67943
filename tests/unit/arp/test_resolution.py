"""Resolving addresses: requests, repeats, queues, recycling."""

import pytest

from netx_sim import (
    NX_DUPLICATED_ENTRY,
    NX_ENTRY_NOT_FOUND,
    NX_IP_ADDRESS_ERROR,
    NX_LINK_ARP_SEND,
    NX_LINK_PACKET_SEND,
    NX_NO_MORE_ENTRIES,
    NX_SUCCESS,
    Ref,
    nx_arp_dynamic_entries_invalidate,
    nx_arp_dynamic_entry_set,
    nx_arp_entry_delete,
    nx_arp_ip_address_find,
    nx_arp_static_entries_delete,
    nx_arp_static_entry_create,
    nx_arp_static_entry_delete,
    nx_ip_delete,
    nx_packet_allocate,
    nx_packet_release,
)
from tests.unit.ip.bench import OWN_MAC, PEER, PEER_MAC, Bench, arp_info, arp_message, find


def test_the_first_packet_asks_and_the_answer_sends_it() -> None:
    with Bench() as bench:
        bench.send(PEER, b"first")
        request = bench.driver.sent[0]
        assert request[1:4] == (NX_LINK_ARP_SEND, 0xFFFF, 0xFFFFFFFF)
        assert request[4] == arp_message(1, OWN_MAC, bench.address, (0, 0), PEER)
        bench.send(PEER, b"second")
        bench.receive_arp(arp_message(2))
        assert [entry[1:4] for entry in bench.driver.sent[1:]] == [(NX_LINK_PACKET_SEND, *PEER_MAC)] * 2
        assert [entry[4][20:] for entry in bench.driver.sent[1:]] == [b"first", b"second"]
        bench.send(PEER, b"third")
        assert len(bench.driver.frames(NX_LINK_ARP_SEND)) == 1
        assert bench.info()["packets_sent"] == 3


@pytest.mark.parametrize(("start", "first"), [(0, 1000), (33, 1000), (99, 1000), (100, 1100), (133, 1100)])
def test_repeats_and_giving_up(start: int, first: int) -> None:
    """At the tenth one-second event and every ten after it; the eighteenth repeat is the last."""
    with Bench() as bench:
        if start:
            bench.sleep_until(start)
        bench.send(PEER, b"never answered")
        bench.sleep_until(first + 18000 - 1)
        assert bench.driver.ticks() == [start, *range(first, first + 18000, 1000)]
        assert bench.pool.nx_packet_pool_available == bench.packets - 1
        bench.sleep_until(first + 18001)
        assert len(bench.driver.sent) == 19
        assert bench.pool.nx_packet_pool_available == bench.packets
        assert arp_info(bench)["dynamic"] == 0
        assert bench.info()["send_dropped"] == 1


def test_configured_repeats() -> None:
    with Bench(config={"NX_ARP_UPDATE_RATE": 2, "NX_ARP_MAXIMUM_RETRIES": 3}) as bench:
        bench.send(PEER, b"never answered")
        bench.sleep_until(2000)
        assert bench.driver.ticks() == [0, 200, 400, 600]


def test_a_resolved_entry_lives_for_ever_unless_configured() -> None:
    with Bench() as bench:
        bench.receive_arp(arp_message(2))
        bench.sleep_until(100000)
        assert find(bench, PEER) == PEER_MAC
    with Bench(config={"NX_ARP_EXPIRATION_RATE": 5}) as bench:
        bench.receive_arp(arp_message(2))
        bench.sleep_until(499)
        assert arp_info(bench)["dynamic"] == 1
        bench.sleep_until(501)
        info = arp_info(bench)
        assert (info["dynamic"], info["aged"]) == (0, 1)


def test_without_a_free_packet_the_request_waits_for_its_repeat() -> None:
    with Bench(packets=2) as bench:
        other = Ref()
        assert nx_packet_allocate(bench.pool, other, 0, 0) == NX_SUCCESS
        bench.send(PEER, b"takes the last packet")
        assert bench.driver.sent == []
        assert nx_packet_release(other) == NX_SUCCESS
        bench.sleep_until(1001)
        assert bench.driver.ticks() == [1000]
        assert nx_ip_delete(bench.ip) == NX_SUCCESS


def test_a_payload_too_small_for_a_message_sends_none() -> None:
    with Bench(payload=40) as bench:
        bench.send(PEER, b"", packet=bench.packet(b"d", room=36))
        assert bench.driver.sent == []
        assert nx_ip_delete(bench.ip) == NX_SUCCESS


def test_a_fifth_waiting_packet_drops_the_oldest() -> None:
    with Bench() as bench:
        for number in range(6):
            bench.send(PEER, bytes([number]))
        assert bench.pool.nx_packet_pool_available == bench.packets - 4
        bench.receive_arp(arp_message(2))
        assert [frame[20] for frame in bench.driver.frames(NX_LINK_PACKET_SEND)] == [2, 3, 4, 5]
        info = bench.info()
        assert (info["packets_sent"], info["send_dropped"]) == (4, 2)


def test_a_full_cache_recycles_the_entry_created_longest_ago() -> None:
    with Bench(arp_entries=3) as bench:
        for number in range(3):
            assert nx_arp_dynamic_entry_set(bench.ip, PEER + number, 1, number) == NX_SUCCESS
        bench.send(PEER, b"use does not refresh it")
        bench.send(PEER + 9, b"needs an entry")
        assert find(bench, PEER) == NX_ENTRY_NOT_FOUND
        assert find(bench, PEER + 1) == (1, 1)
        bench.send(PEER, b"asks again")
        assert len(bench.driver.frames(NX_LINK_ARP_SEND)) == 2
        assert nx_ip_delete(bench.ip) == NX_SUCCESS


def test_recycling_an_unresolved_entry_drops_its_packets() -> None:
    with Bench(arp_entries=1) as bench:
        bench.send(PEER, b"lost")
        bench.send(PEER + 1, b"waits")
        assert bench.pool.nx_packet_pool_available == bench.packets - 1
        assert bench.info()["send_dropped"] == 1
        bench.receive_arp(arp_message(2))  # recycles in turn
        assert bench.driver.frames(NX_LINK_PACKET_SEND) == []
        assert bench.pool.nx_packet_pool_available == bench.packets


# -- the services -----------------------------------------------------------------------------------


def test_static_entries() -> None:
    with Bench(arp_entries=2) as bench:
        ip = bench.ip
        assert nx_arp_static_entry_create(ip, 0x08080808, 1, 1) == NX_IP_ADDRESS_ERROR
        bench.send(PEER, b"waits")
        assert nx_arp_static_entry_create(ip, PEER, 1, 1) == NX_SUCCESS
        assert bench.driver.sent[-1][2:4] == (1, 1)
        assert (arp_info(bench)["dynamic"], arp_info(bench)["static"]) == (0, 1)
        assert nx_arp_static_entry_create(ip, PEER, 1, 2) == NX_SUCCESS  # another hardware address
        assert find(bench, PEER) == (1, 2)
        assert nx_arp_dynamic_entry_set(ip, PEER, 3, 3) == NX_DUPLICATED_ENTRY
        assert nx_arp_static_entry_create(ip, PEER + 1, 1, 3) == NX_SUCCESS
        assert nx_arp_static_entry_create(ip, PEER + 2, 1, 4) == NX_NO_MORE_ENTRIES
        assert nx_arp_dynamic_entry_set(ip, PEER + 2, 1, 4) == NX_NO_MORE_ENTRIES
        bench.send(PEER + 2, b"no entry for it")
        assert bench.info()["send_dropped"] == 1
        assert nx_arp_static_entry_delete(ip, PEER, 1, 1) == NX_ENTRY_NOT_FOUND
        assert nx_arp_static_entry_delete(ip, PEER, 1, 2) == NX_SUCCESS
        assert find(bench, PEER) == NX_ENTRY_NOT_FOUND
        assert nx_arp_static_entries_delete(ip) == NX_SUCCESS
        assert arp_info(bench)["static"] == 0
        bench.send(PEER, b"asks now")
        assert len(bench.driver.frames(NX_LINK_ARP_SEND)) == 2
        assert nx_ip_delete(ip) == NX_SUCCESS


def test_dynamic_entries() -> None:
    with Bench() as bench:
        ip = bench.ip
        assert nx_arp_dynamic_entry_set(ip, 0x08080808, 1, 1) == NX_IP_ADDRESS_ERROR
        assert nx_arp_dynamic_entry_set(ip, PEER, 1, 1) == NX_SUCCESS
        bench.send(PEER, b"known")
        assert nx_arp_dynamic_entry_set(ip, PEER, 0, 0) == NX_SUCCESS  # forget it and ask
        assert find(bench, PEER) == NX_ENTRY_NOT_FOUND
        bench.send(PEER, b"waits")
        assert [entry[1] for entry in bench.driver.sent] == [NX_LINK_PACKET_SEND, NX_LINK_ARP_SEND]
        assert nx_arp_dynamic_entry_set(ip, PEER, 1, 2) == NX_SUCCESS
        assert bench.driver.sent[-1][2:4] == (1, 2)


def test_invalidated_entries_are_not_used_but_still_found() -> None:
    """A device leaves the addresses in the entries' memory, and its find services search that."""
    with Bench() as bench:
        ip, address = bench.ip, Ref()
        assert nx_arp_dynamic_entry_set(ip, PEER, *PEER_MAC) == NX_SUCCESS
        bench.send(PEER + 1, b"dropped")
        assert nx_arp_dynamic_entries_invalidate(ip) == NX_SUCCESS
        assert arp_info(bench)["dynamic"] == 0
        assert bench.pool.nx_packet_pool_available == bench.packets
        assert find(bench, PEER) == PEER_MAC
        assert nx_arp_ip_address_find(ip, address, *PEER_MAC) == NX_SUCCESS
        assert address.value == PEER
        bench.send(PEER, b"has to ask")
        assert len(bench.driver.frames(NX_LINK_ARP_SEND)) == 2
        assert nx_ip_delete(ip) == NX_SUCCESS


def test_deleting_the_entry_of_an_address() -> None:
    with Bench() as bench:
        ip = bench.ip
        assert nx_arp_entry_delete(ip, PEER) == NX_ENTRY_NOT_FOUND
        assert nx_arp_static_entry_create(ip, PEER, 1, 1) == NX_SUCCESS
        bench.send(PEER + 1, b"waits")
        assert nx_arp_entry_delete(ip, PEER) == NX_SUCCESS
        assert nx_arp_entry_delete(ip, PEER + 1) == NX_SUCCESS
        info = arp_info(bench)
        assert (info["dynamic"], info["static"]) == (0, 0)
        assert bench.pool.nx_packet_pool_available == bench.packets
        bench.sleep_until(5000)
        assert len(bench.driver.sent) == 1  # no repeat of the deleted entry's request


def test_which_address_has_a_hardware_address() -> None:
    with Bench() as bench:
        ip, address = bench.ip, Ref("untouched")
        assert nx_arp_ip_address_find(ip, address, 1, 1) == NX_ENTRY_NOT_FOUND
        assert address.value == "untouched"
        assert nx_arp_dynamic_entry_set(ip, PEER, 1, 1) == NX_SUCCESS
        assert nx_arp_static_entry_create(ip, PEER + 1, 1, 1) == NX_SUCCESS
        assert nx_arp_ip_address_find(ip, address, 1, 1) == NX_SUCCESS
        assert address.value == PEER + 1  # static ones are searched first
