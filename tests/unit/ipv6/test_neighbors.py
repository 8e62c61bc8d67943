"""Neighbour discovery beyond the recordings: advertisements, routers, prefixes, redirects, and what is not valid."""

import struct
from typing import Any

import pytest

from netx_sim import (
    ND_CACHE_STATE_DELAY,
    ND_CACHE_STATE_INCOMPLETE,
    ND_CACHE_STATE_REACHABLE,
    ND_CACHE_STATE_STALE,
    NX_ENTRY_NOT_FOUND,
    NX_NOT_SUCCESSFUL,
    NX_SUCCESS,
    NXD_ADDRESS,
    Ref,
    nx_packet_release,
    nxd_ipv6_default_router_get,
    nxd_nd_cache_entry_delete,
    nxd_nd_cache_entry_set,
    nxd_nd_cache_hardware_address_find,
    nxd_nd_cache_invalidate,
)
from tests.unit.ipv6.bench6 import (
    ALL_NODES,
    LINK_LOCAL,
    NA,
    NS,
    PEER,
    PREFIX,
    REDIRECT,
    ROUTER,
    Bench6,
    address,
    advertisement,
    icmp6,
    link_option,
    prefix_option,
    router_advertisement,
    solicitation,
)

SOLICITED, OVERRIDE = 0x40000000, 0x20000000
NEW_LINK = bytes.fromhex("0200000000aa")
FAR = 0x20020000 << 96 | 1
REACHABLE_AT_ONCE = SOLICITED | OVERRIDE


def state(bench: Bench6, number: int = PEER) -> int | None:
    entry = bench.neighbor(number)
    return entry.nx_nd_cache_nd_status if entry is not None else None


def link(bench: Bench6) -> int:
    return bench.neighbor()._msw << 32 | bench.neighbor()._lsw


def reachable(bench: Bench6) -> None:
    bench.know()
    bench.receive(advertisement())
    assert state(bench) == ND_CACHE_STATE_REACHABLE


@pytest.mark.parametrize(
    ("flags", "option", "expected", "new"),
    [
        (0, link_option(2, NEW_LINK), ND_CACHE_STATE_REACHABLE, False),
        (SOLICITED, link_option(2, NEW_LINK), ND_CACHE_STATE_REACHABLE, False),
        (OVERRIDE, link_option(2, NEW_LINK), ND_CACHE_STATE_STALE, True),
        (OVERRIDE | SOLICITED, link_option(2, NEW_LINK), ND_CACHE_STATE_REACHABLE, True),
        (OVERRIDE, link_option(2), ND_CACHE_STATE_REACHABLE, False),
        (0, b"", ND_CACHE_STATE_REACHABLE, False),
    ],
)
def test_what_an_advertisement_changes(flags: int, option: bytes, expected: int, new: bool) -> None:
    with Bench6() as bench:
        reachable(bench)
        bench.receive(advertisement(flags=flags, option=option))
        assert state(bench) == expected
        assert (link(bench) == int.from_bytes(NEW_LINK, "big")) is new


def test_unsolicited_it_resolves_but_does_not_confirm() -> None:
    with Bench6() as bench:
        bench.receive(solicitation(option=b""))
        assert state(bench) == ND_CACHE_STATE_INCOMPLETE
        bench.receive(advertisement(flags=0))
        assert state(bench) == ND_CACHE_STATE_DELAY  # stale, until the waiting answer used it
        assert bench.kinds() == [NS, NA]


def test_a_static_entry_listens_to_nobody() -> None:
    with Bench6() as bench:
        words = [PEER >> shift & 0xFFFFFFFF for shift in (96, 64, 32, 0)]
        assert nxd_nd_cache_entry_set(bench.ip, struct.pack("<IIII", *words), 0, NEW_LINK) == NX_SUCCESS
        bench.receive(advertisement())
        bench.receive(solicitation())
        assert link(bench) == int.from_bytes(NEW_LINK, "big")
        bench.sleep_until(4000)
        assert state(bench) == ND_CACHE_STATE_REACHABLE
        assert nxd_nd_cache_entry_delete(bench.ip, words) == NX_SUCCESS
        assert nxd_nd_cache_entry_delete(bench.ip, words) == NX_ENTRY_NOT_FOUND
        assert nxd_nd_cache_hardware_address_find(bench.ip, duo_of(words), Ref(), Ref(), Ref()) == NX_ENTRY_NOT_FOUND


def duo_of(words: list[int]) -> NXD_ADDRESS:
    return NXD_ADDRESS(6, words)


def test_a_full_cache_gives_up_its_oldest_stale_entry() -> None:
    with Bench6(config={"NX_IPV6_NEIGHBOR_CACHE_SIZE": 2}) as bench:
        for number in (ROUTER, ROUTER + 1):
            bench.receive(router_advertisement(link_option(1), source=number))
        assert (state(bench, ROUTER), state(bench, ROUTER + 1)) == (ND_CACHE_STATE_STALE, ND_CACHE_STATE_STALE)
        bench.receive(solicitation())
        assert state(bench, ROUTER) is None
        assert state(bench) == ND_CACHE_STATE_DELAY
        assert nxd_nd_cache_entry_set(bench.ip, [1, 2, 3, 4], 0, NEW_LINK) == NX_SUCCESS
        assert nxd_nd_cache_entry_set(bench.ip, [1, 2, 3, 5], 0, NEW_LINK) == NX_NOT_SUCCESSFUL
        bench.driver.sent.clear()
        bench.receive(solicitation(source=PEER + 1))
        assert not bench.driver.sent  # no room for the asker: no answer


@pytest.mark.parametrize(
    "frame",
    [
        solicitation(hop_limit=64),
        solicitation(option=link_option(1) + b"\x01"),
        solicitation(option=link_option(1) + bytes((1, 9)) + bytes(6)),
        solicitation(source=0, option=link_option(1)),
        solicitation(source=0, option=b"", destination=LINK_LOCAL),
        icmp6(NS, bytes(8)),
        advertisement(target=ALL_NODES),
        advertisement(destination=ALL_NODES, flags=SOLICITED),
        icmp6(NA, bytes(8)),
        router_advertisement(source=PREFIX | 1),
        icmp6(134, bytes(4), source=ROUTER, destination=ALL_NODES),
        icmp6(REDIRECT, bytes(36), source=PREFIX | 1),
        icmp6(REDIRECT, bytes(8), source=ROUTER),
        icmp6(REDIRECT, bytes(4) + address(PREFIX | 1) + address(FAR), source=ROUTER),
        icmp6(REDIRECT, bytes(4) + address(ROUTER) + address(ALL_NODES), source=ROUTER),
    ],
)
def test_messages_that_are_not_valid_change_nothing(frame: bytes) -> None:
    with Bench6() as bench:
        bench.receive(frame)
        assert bench.ip.nx_ip_icmp_invalid_packets == 1
        assert not bench.ip.nx_ipv6_nd_cache
        assert not bench.ip._ipv6.routers
        assert not bench.driver.sent


def test_questions_about_others_are_not_answered() -> None:
    with Bench6() as bench:
        bench.receive(solicitation(target=PEER + 5))
        bench.receive(advertisement(target=PEER + 5))
        assert not bench.driver.sent
        assert not bench.ip.nx_ipv6_nd_cache


def test_without_a_free_packet_nothing_is_answered() -> None:
    with Bench6(packets=4) as bench:
        held = [bench.packet(b"x") for _ in range(3)]
        bench.receive(solicitation())
        assert not bench.driver.sent
        held.append(bench.packet(b"x"))
        bench.sleep_until(1000)
        assert not bench.driver.sent  # no router solicitation either
        for packet in held:
            assert nx_packet_release(packet) == NX_SUCCESS
        bench.receive(solicitation(source=0, option=b"", destination=0xFF02 << 112 | 0x1FF334456))
        assert NA in bench.kinds()


# -- routers ----------------------------------------------------------------------------------------


def router(bench: Bench6) -> int | None:
    """Lifetime of the router, None without one."""
    lifetime = Ref()
    status = nxd_ipv6_default_router_get(bench.ip, 0, NXD_ADDRESS(), lifetime, Ref())
    return lifetime.value if not status else None


def test_a_router_leaves_by_a_lifetime_of_0() -> None:
    with Bench6() as bench:
        bench.receive(router_advertisement(lifetime=0))
        assert router(bench) is None
        bench.receive(router_advertisement(lifetime=0xFFFF))
        bench.sleep_until(2000)
        assert router(bench) == 0xFFFF
        bench.receive(router_advertisement(lifetime=0))
        assert router(bench) is None


def test_times_of_an_advertisement() -> None:
    with Bench6() as bench:
        bench.receive(router_advertisement(reachable=2000, retransmission=2000, hop_limit=9))
        assert bench.ip.nx_ipv6_hop_limit == 9
        bench.driver.sent.clear()
        reachable(bench)
        bench.sleep_until(505)
        assert state(bench) == ND_CACHE_STATE_STALE  # at the second one-second event
        bench.sleep_until(512)
        bench.receive(solicitation(source=PEER + 1, option=b""))
        bench.sleep_until(1400)
        ticks = [tick for tick, kind, packet in bench.messages() if kind == NS]
        assert ticks[:3] == [512, 720, 930]
        assert nxd_nd_cache_invalidate(bench.ip) == NX_SUCCESS


def autoconfigured(bench: Bench6) -> list[int]:
    return [entry._number for entry in bench.ip.nx_ipv6_address[:-1] if entry._number >> 64 == PREFIX >> 64]


@pytest.mark.parametrize(
    "fields",
    [
        {"flags": 0x80},
        {"flags": 0x40},
        {"length": 56},
        {"valid": 0},
        {"valid": 10, "preferred": 11},
        {"prefix": 0xFE80 << 112},
        {"prefix": 0xFF0E << 112},
    ],
)
def test_prefixes_not_used(fields: dict[str, Any]) -> None:
    with Bench6() as bench:
        bench.receive(router_advertisement(prefix_option(**fields), bytes((3, 1)) + bytes(6)))
        assert not bench.ip._ipv6.prefixes
        assert not autoconfigured(bench)


def test_an_advertised_address_lasts_as_long_as_its_prefix() -> None:
    with Bench6() as bench:
        bench.receive(router_advertisement(prefix_option(valid=5)))
        bench.sleep_until(700)
        bench.receive(router_advertisement(prefix_option(valid=5)))
        assert len(autoconfigured(bench)) == 1
        bench.sleep_until(1250)
        assert len(autoconfigured(bench)) == 1
        bench.sleep_until(1350)
        assert not autoconfigured(bench)
        assert not bench.ip._ipv6.prefixes
        bench.receive(router_advertisement(prefix_option()))
        bench.receive(router_advertisement(prefix_option(valid=0)))
        assert not autoconfigured(bench)


def test_the_prefix_list_is_full_after_eight() -> None:
    with Bench6() as bench:
        for number in range(9):
            bench.receive(router_advertisement(prefix_option(prefix=PREFIX + (number << 64))))
        assert len(bench.ip._ipv6.prefixes) == 8


def test_the_router_list_is_full_after_eight() -> None:
    with Bench6() as bench:
        for number in range(9):
            bench.receive(router_advertisement(source=ROUTER + number))
        assert len(bench.ip._ipv6.routers) == 8


def test_redirects_of_other_routers_are_not_followed() -> None:
    with Bench6() as bench:
        bench.receive(router_advertisement(link_option(1), prefix_option()))
        bench.sleep_until(900)
        body = bytes(4) + address(ROUTER + 9) + address(FAR)
        bench.receive(icmp6(REDIRECT, body + link_option(2, NEW_LINK), source=ROUTER))
        assert bench.ip._ipv6.destinations[FAR].neighbor._number == ROUTER + 9
        bench.receive(icmp6(REDIRECT, bytes(4) + address(ROUTER + 8) + address(FAR), source=ROUTER + 1))
        assert bench.ip._ipv6.destinations[FAR].neighbor._number == ROUTER + 9
        bench.receive(icmp6(REDIRECT, bytes(4) + address(ROUTER + 7) + address(FAR), source=ROUTER + 9))
        assert bench.ip._ipv6.destinations[FAR].neighbor._number == ROUTER + 7
