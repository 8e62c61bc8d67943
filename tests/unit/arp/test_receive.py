"""Received ARP messages: who is believed, who is answered, and conflicts."""

from typing import Any

import pytest

from netx_sim import (
    NX_ENTRY_NOT_FOUND,
    NX_IP_ADDRESS_ERROR,
    NX_LINK_ARP_RESPONSE_SEND,
    NX_LINK_ARP_SEND,
    NX_SUCCESS,
    never_waits,
    nx_arp_gratuitous_send,
    nx_arp_static_entry_create,
    nx_ip_address_set,
    nx_packet_release,
    packet_bytes,
)
from netx_sim.arp import _nx_arp_announce_send, _nx_arp_probe_send
from tests.unit.ip.bench import MASK, OWN, OWN_MAC, PEER, PEER_MAC, Bench, arp_info, arp_message, find

ANNOUNCEMENT = arp_message(1, OWN_MAC, OWN, (0, 0), OWN)


@pytest.mark.parametrize("prefix", ["00010800060400", "00020800060400", "00010806060400", "00010800060800"])
def test_a_request_for_us_is_answered_whatever_its_types_say(prefix: str) -> None:
    with Bench() as bench:
        bench.receive_arp(bytes.fromhex(prefix) + arp_message(1)[7:] + bytes(18))  # padded as Ethernet does
        (_, command, msw, lsw, answer) = bench.driver.sent[0]
        assert (command, msw, lsw) == (NX_LINK_ARP_RESPONSE_SEND, *PEER_MAC)
        assert answer == bytes.fromhex(prefix) + arp_message(2, OWN_MAC, OWN, PEER_MAC, PEER)[7:]
        info = arp_info(bench)
        assert (info["requests_received"], info["responses_sent"], info["dynamic"]) == (1, 1, 1)


def test_a_request_for_another_teaches_us_its_sender() -> None:
    with Bench() as bench:
        bench.receive_arp(arp_message(1, target_ip=0x0A00004D))
        assert bench.driver.sent == []
        assert find(bench, PEER) == PEER_MAC


@pytest.mark.parametrize("address", [0xC0A80101, 0x0A0000FF, 0xFFFFFFFF, 0xE0000001])
def test_any_sender_is_believed(address: int) -> None:
    with Bench() as bench:
        bench.receive_arp(arp_message(1, sender_ip=address))
        assert find(bench, address) == PEER_MAC
        assert len(bench.driver.sent) == 1


def test_a_sender_without_an_address_is_answered_but_not_stored() -> None:
    with Bench() as bench:
        bench.receive_arp(arp_message(1, sender_ip=0))
        assert len(bench.driver.frames(NX_LINK_ARP_RESPONSE_SEND)) == 1
        assert arp_info(bench)["dynamic"] == 0


def test_a_hardware_address_of_zero_makes_an_unresolved_entry() -> None:
    with Bench() as bench:
        bench.receive_arp(arp_message(1, sender_mac=(0, 0)))
        assert find(bench, PEER) == NX_ENTRY_NOT_FOUND
        assert arp_info(bench)["dynamic"] == 1


@pytest.mark.parametrize("message", [arp_message(0), arp_message(3), arp_message(8), arp_message(1)[:20], b""])
def test_invalid_messages_are_counted(message: bytes) -> None:
    with Bench() as bench:
        bench.receive_arp(message)
        assert bench.driver.sent == []
        info = arp_info(bench)
        assert (info["invalid"], info["requests_received"], info["dynamic"]) == (1, 0, 0)


def test_a_newer_message_overwrites_but_not_a_static_entry() -> None:
    with Bench() as bench:
        bench.send(PEER, b"first")
        bench.receive_arp(arp_message(2))
        bench.receive_arp(arp_message(2, sender_mac=(9, 9), target_ip=0x0A000009))
        bench.send(PEER, b"second")
        assert bench.driver.sent[-1][2:4] == (9, 9)
        assert nx_arp_static_entry_create(bench.ip, PEER, *PEER_MAC) == NX_SUCCESS
        bench.receive_arp(arp_message(2, sender_mac=(9, 9)))
        assert find(bench, PEER) == PEER_MAC


def test_entries_stay_when_our_address_changes() -> None:
    with Bench() as bench:
        bench.receive_arp(arp_message(2))
        assert nx_ip_address_set(bench.ip, 0x0A000003, MASK) == NX_SUCCESS
        bench.send(PEER, b"known")
        assert bench.driver.sent[0][2:4] == PEER_MAC


def test_without_an_address_no_request_is_for_us() -> None:
    with Bench(address=0) as bench:
        bench.receive_arp(arp_message(1, target_ip=0))
        assert bench.driver.sent == []


# -- announcements, probes, conflicts ---------------------------------------------------------------


def test_what_announcements_and_probes_look_like() -> None:
    with Bench() as bench:
        _nx_arp_announce_send(bench.ip, 0)
        _nx_arp_probe_send(bench.ip, 0, 0x0A000033)
        assert nx_arp_gratuitous_send(bench.ip, None) == NX_SUCCESS
        assert bench.driver.frames(NX_LINK_ARP_SEND) == [
            ANNOUNCEMENT,
            arp_message(1, OWN_MAC, 0, (0, 0), 0x0A000033),
            ANNOUNCEMENT,
        ]
        assert nx_ip_address_set(bench.ip, 0, 0) == NX_SUCCESS
        assert nx_arp_gratuitous_send(bench.ip, None) == NX_IP_ADDRESS_ERROR


def conflicts(bench: Bench) -> list[tuple[int, ...]]:
    told: list[tuple[int, ...]] = []

    @never_waits
    def notify(_ip: Any, *arguments: int) -> None:
        told.append(arguments)

    bench.ip.nx_ip_interface[0].nx_interface_ip_conflict_notify_handler = notify
    return told


@pytest.mark.parametrize("operation", [1, 2])
def test_a_conflict_is_defended_at_most_every_ten_seconds(operation: int) -> None:
    with Bench() as bench:
        told = conflicts(bench)
        seconds_left = []
        for tick in (33, 133, 999, 1001, 1233, 2233):
            bench.sleep_until(tick)
            bench.receive_arp(arp_message(operation, sender_ip=OWN))
            seconds_left.append(bench.ip.nx_ip_interface[0].nx_interface_arp_defend_timeout)
        assert bench.driver.ticks() == [33, 1001, 2233]
        assert seconds_left == [10, 9, 1, 10, 8, 10]
        assert set(bench.driver.frames()) == {ANNOUNCEMENT}
        assert told == [(0, 0, *PEER_MAC)] * 6
        info = arp_info(bench)
        assert (info["requests_received"], info["responses_received"], info["dynamic"]) == (0, 0, 0)


def test_every_conflict_is_defended_with_an_interval_of_zero() -> None:
    with Bench(config={"NX_ARP_DEFEND_INTERVAL": 0}) as bench:
        for _ in range(3):
            bench.receive_arp(arp_message(1, sender_ip=OWN))
        assert len(bench.driver.sent) == 3


def test_our_own_message_come_back_is_no_conflict() -> None:
    with Bench() as bench:
        told = conflicts(bench)
        bench.receive_arp(ANNOUNCEMENT)
        assert told == []


@pytest.mark.parametrize(
    ("message", "conflict"),
    [
        (arp_message(2, sender_ip=0x0A000033), True),
        (arp_message(1, sender_ip=0x0A000033), True),
        (arp_message(1, sender_ip=0, target_ip=0x0A000033), True),
        (arp_message(1, sender_ip=0, target_ip=0x0A000034), False),
        (arp_message(2, sender_ip=0, target_ip=0x0A000033), False),
        (arp_message(1, OWN_MAC, 0, (0, 0), 0x0A000033), False),
    ],
)
def test_while_probing(message: bytes, conflict: bool) -> None:
    """RFC 5227 section 2.1.1: the address in use, or another host probing for it."""
    with Bench(address=0) as bench:
        told = conflicts(bench)
        bench.ip.nx_ip_interface[0].nx_interface_ip_probe_address = 0x0A000033
        bench.receive_arp(message)
        assert told == ([(0, 0x0A000033, *PEER_MAC)] if conflict else [])
        assert bench.driver.sent == []  # nothing of ours to defend yet


def test_the_handler_of_an_announcement_gets_the_packet() -> None:
    with Bench() as bench:
        got: list[bytes] = []

        @never_waits
        def handler(ip: Any, packet: Any) -> None:
            assert ip is bench.ip
            got.append(packet_bytes(packet))
            assert nx_packet_release(packet) == NX_SUCCESS

        assert nx_arp_gratuitous_send(bench.ip, handler) == NX_SUCCESS
        bench.receive_arp(arp_message(2, sender_ip=OWN))
        bench.receive_arp(arp_message(2))
        assert got == [arp_message(2, sender_ip=OWN)]
