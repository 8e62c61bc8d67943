"""IPv6 in builds with other flags."""

from typing import Any

import pytest

from netx_sim import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_IPV6_ADDRESS_BASED_ON_INTERFACE,
    NX_IPV6_ADDRESS_DAD_FAILURE,
    NX_IPV6_ADDRESS_DAD_SUCCESSFUL,
    NX_IPV6_ADDRESS_MANUAL_DELETE,
    NX_NO_INTERFACE_ADDRESS,
    NX_NOT_ENABLED,
    NX_NOT_SUPPORTED,
    NX_PTR_ERROR,
    NX_SUCCESS,
    NXD_ADDRESS,
    Ref,
    nx_packet_release,
    nxd_icmp_enable,
    nxd_icmp_ping,
    nxd_ipv6_address_change_notify,
    nxd_ipv6_address_delete,
    nxd_ipv6_address_get,
    nxd_ipv6_address_set,
    nxd_ipv6_default_router_add,
    nxd_ipv6_enable,
    nxd_ipv6_multicast_interface_join,
    nxd_ipv6_multicast_interface_leave,
    nxd_nd_cache_entry_set,
)
from tests.unit.ip.bench import Bench
from tests.unit.ipv6.bench6 import GLOBAL, LINK_LOCAL, ROUTER, Bench6, advertisement, duo

NOTIFY = {"NX_ENABLE_IPV6_ADDRESS_CHANGE_NOTIFY": 1}


@pytest.mark.provokes(
    "nxd_ipv6_enable NX_NOT_SUPPORTED",
    "nxd_ipv6_address_set NX_NOT_SUPPORTED",
    "nxd_ipv6_address_get NX_NOT_SUPPORTED",
    "nxd_ipv6_default_router_add NX_NOT_SUPPORTED",
    "nxd_nd_cache_entry_set NX_NOT_SUPPORTED",
)
def test_a_build_without_ipv6_supports_none_of_it() -> None:
    with Bench(config={"NX_DISABLE_IPV6": 1}) as bench:
        assert nxd_ipv6_enable(bench.ip) == NX_NOT_SUPPORTED
        assert nxd_ipv6_address_set(bench.ip, 0, duo(GLOBAL), 64, None) == NX_NOT_SUPPORTED
        assert nxd_ipv6_address_get(bench.ip, 0, NXD_ADDRESS(), Ref(), Ref()) == NX_NOT_SUPPORTED
        assert nxd_ipv6_address_delete(bench.ip, 0) == NX_NOT_SUPPORTED
        assert nxd_ipv6_default_router_add(bench.ip, duo(ROUTER), 100, 0) == NX_NOT_SUPPORTED
        assert nxd_nd_cache_entry_set(bench.ip, [1, 2, 3, 4], 0, bytes(6)) == NX_NOT_SUPPORTED


@pytest.mark.provokes("nxd_ipv6_address_change_notify NX_NOT_SUPPORTED")
def test_no_change_notify_without_ipv6() -> None:
    with Bench(config={**NOTIFY, "NX_DISABLE_IPV6": 1}) as bench:
        assert nxd_ipv6_address_change_notify(bench.ip, None) == NX_NOT_SUPPORTED


@pytest.mark.provokes("nxd_ipv6_address_change_notify NX_SUCCESS NX_PTR_ERROR NX_CALLER_ERROR")
def test_change_notify_tells_what_becomes_of_addresses() -> None:
    told: list[tuple[int, int, int]] = []

    def notify(_ip: Any, what: int, interface: int, index: int, words: list[int]) -> None:
        assert len(words) == 4
        told.append((what, interface, index))

    with Bench6(link_local=False, config=NOTIFY) as bench:
        assert nxd_ipv6_address_change_notify(None, notify) == NX_PTR_ERROR
        statuses: list[int] = []
        bench.sim.interrupt(lambda: statuses.append(nxd_ipv6_address_change_notify(bench.ip, notify)))
        assert statuses == [NX_CALLER_ERROR]
        assert nxd_ipv6_address_change_notify(bench.ip, notify) == NX_SUCCESS
        assert nxd_ipv6_address_set(bench.ip, 0, None, 10, None) == NX_SUCCESS
        bench.sleep_until(305)
        assert nxd_ipv6_address_delete(bench.ip, 0) == NX_SUCCESS
        assert nxd_ipv6_address_set(bench.ip, 0, None, 10, None) == NX_SUCCESS
        bench.receive(advertisement(LINK_LOCAL, 0x20000000, destination=0xFF02 << 112 | 1))
        bench.sleep_until(310)
        set_, good, bad, gone = (
            NX_IPV6_ADDRESS_BASED_ON_INTERFACE,
            NX_IPV6_ADDRESS_DAD_SUCCESSFUL,
            NX_IPV6_ADDRESS_DAD_FAILURE,
            NX_IPV6_ADDRESS_MANUAL_DELETE,
        )
        assert told == [(what, 0, 0) for what in (set_, good, gone, set_, bad)]


def test_change_notify_is_not_there_by_default() -> None:
    with Bench() as bench:
        assert nxd_ipv6_address_change_notify(bench.ip, None) == NX_NOT_ENABLED


def test_without_duplicate_detection_an_address_is_valid_at_once() -> None:
    with Bench6(link_local=False, config={"NX_DISABLE_IPV6_DAD": 1}) as bench:
        assert nxd_ipv6_address_set(bench.ip, 0, duo(GLOBAL), 64, None) == NX_SUCCESS
        assert nxd_ipv6_address_get(bench.ip, 0, NXD_ADDRESS(), Ref(), Ref()) == NX_SUCCESS
        bench.sleep_until(500)
        assert not bench.driver.sent


def test_no_loopback_address_without_a_loopback_interface() -> None:
    with Bench6(config={"NX_DISABLE_LOOPBACK_INTERFACE": 1}) as bench:
        reply = Ref()
        assert nxd_icmp_ping(bench.ip, duo(1), b"", 0, reply, 10) == NX_NO_INTERFACE_ADDRESS


def test_icmp_may_be_enabled_before_ipv6() -> None:
    with Bench() as bench:
        assert nxd_icmp_enable(bench.ip) == NX_SUCCESS
        assert nxd_ipv6_enable(bench.ip) == NX_SUCCESS
        assert nxd_ipv6_enable(bench.ip) == NX_ALREADY_ENABLED
        reply = Ref()
        assert nxd_icmp_ping(bench.ip, duo(1), b"ab", 2, reply, 10) == NX_SUCCESS
        assert nx_packet_release(reply) == NX_SUCCESS


def test_groups_are_not_compiled_in() -> None:
    with Bench6() as bench:
        assert nxd_ipv6_multicast_interface_join(bench.ip, duo(0xFF02 << 112 | 5), 0) == NX_NOT_SUPPORTED
        assert nxd_ipv6_multicast_interface_leave(bench.ip, duo(0xFF02 << 112 | 5), 0) == NX_NOT_SUPPORTED
