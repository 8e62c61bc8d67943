"""The choice of interface and next hop, gateways and static routes."""

from collections.abc import Iterator

import pytest

from netx_sim import (
    NX_IP_ADDRESS_ERROR,
    NX_LINK_DISABLE,
    NX_NOT_FOUND,
    NX_NOT_SUCCESSFUL,
    NX_NOT_SUPPORTED,
    NX_OVERFLOW,
    NX_PTR_ERROR,
    NX_SUCCESS,
    Ref,
    nx_ip_driver_interface_direct_command,
    nx_ip_gateway_address_clear,
    nx_ip_gateway_address_get,
    nx_ip_gateway_address_set,
    nx_ip_interface_address_set,
    nx_ip_interface_attach,
    nx_ip_static_route_add,
    nx_ip_static_route_delete,
)
from netx_sim.ip import _nx_ip_route_find
from tests.unit.ip.bench import MASK, OWN, PEER, Bench, RecordingDriver

SECOND = 0xC0A80001  # 192.168.0.1/16
GATEWAY = 0x0A0000FE
FAR = 0x08080808


@pytest.fixture
def bench() -> Iterator[Bench]:
    """10.0.0.1/24 and 192.168.0.1/16."""
    config = {"NX_MAX_PHYSICAL_INTERFACES": 3, "NX_ENABLE_IP_STATIC_ROUTING": 1, "NX_IP_ROUTING_TABLE_SIZE": 3}
    with Bench(config=config) as bench:
        driver = RecordingDriver(mac=(0x11, 0x1111))
        assert nx_ip_interface_attach(bench.ip, "second", SECOND, 0xFFFF0000, driver) == NX_SUCCESS
        yield bench


def route(bench: Bench, destination: int, only: int | None = None) -> tuple[int, int] | int:
    """(interface index, next hop), or the status."""
    interface = None if only is None else bench.ip.nx_ip_interface[only]
    status, found, next_hop = _nx_ip_route_find(bench.ip, destination, interface)
    return status if found is None else (found.nx_interface_index, next_hop)


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        (OWN, (0, OWN)),
        (PEER, (0, PEER)),
        (SECOND, (1, SECOND)),
        (0xC0A8FFFE, (1, 0xC0A8FFFE)),
        (0x7F000001, (3, 0x7F000001)),
        (0x7F112233, (3, 0x7F112233)),
        (0xFFFFFFFF, (0, 0xFFFFFFFF)),
        (0xE0000005, (0, 0xE0000005)),
        (0xA9FE0102, (0, 0xA9FE0102)),
        (FAR, NX_IP_ADDRESS_ERROR),
        (0, NX_IP_ADDRESS_ERROR),
    ],
)
def test_without_a_gateway(bench: Bench, destination: int, expected: object) -> None:
    assert route(bench, destination) == expected


@pytest.mark.parametrize(
    ("destination", "only", "expected"),
    [
        (0xFFFFFFFF, 1, (1, 0xFFFFFFFF)),
        (0xE0000005, 1, (1, 0xE0000005)),
        (PEER, 1, NX_IP_ADDRESS_ERROR),
        (PEER, 0, (0, PEER)),
        (0x7F000001, 0, NX_IP_ADDRESS_ERROR),
        (PEER, 2, NX_IP_ADDRESS_ERROR),
    ],
)
def test_by_one_interface_only(bench: Bench, destination: int, only: int, expected: object) -> None:
    assert route(bench, destination, only) == expected


def test_an_interface_that_is_down_does_not_count(bench: Bench) -> None:
    assert nx_ip_driver_interface_direct_command(bench.ip, NX_LINK_DISABLE, 0, Ref()) == NX_SUCCESS
    assert route(bench, PEER) == NX_IP_ADDRESS_ERROR
    assert route(bench, 0xFFFFFFFF) == (1, 0xFFFFFFFF)
    assert nx_ip_driver_interface_direct_command(bench.ip, NX_LINK_DISABLE, 1, Ref()) == NX_SUCCESS
    assert route(bench, 0xFFFFFFFF) == NX_IP_ADDRESS_ERROR  # the loopback interface is not for everybody


def test_the_gateway(bench: Bench) -> None:
    address = Ref(5)
    assert nx_ip_gateway_address_get(bench.ip, address) == NX_NOT_FOUND
    assert address.value == 5
    assert nx_ip_gateway_address_set(bench.ip, FAR) == NX_IP_ADDRESS_ERROR
    assert nx_ip_gateway_address_set(bench.ip, 0) == NX_IP_ADDRESS_ERROR
    assert nx_ip_gateway_address_set(bench.ip, GATEWAY) == NX_SUCCESS
    assert nx_ip_gateway_address_get(bench.ip, address) == NX_SUCCESS
    assert address.value == GATEWAY
    assert route(bench, FAR) == (0, GATEWAY)
    assert route(bench, FAR, 1) == NX_IP_ADDRESS_ERROR
    assert nx_ip_gateway_address_clear(bench.ip) == NX_SUCCESS
    assert route(bench, FAR) == NX_IP_ADDRESS_ERROR


def test_a_gateway_that_no_longer_matches_its_interface_is_not_used(bench: Bench) -> None:
    assert nx_ip_gateway_address_set(bench.ip, GATEWAY) == NX_SUCCESS
    assert nx_ip_interface_address_set(bench.ip, 0, 0x0B000001, MASK) == NX_SUCCESS
    assert route(bench, FAR) == NX_IP_ADDRESS_ERROR


def test_at_last_an_interface_with_a_link_local_address(bench: Bench) -> None:
    assert nx_ip_interface_address_set(bench.ip, 1, 0xA9FE0001, 0xFFFF0000) == NX_SUCCESS
    assert route(bench, FAR) == (1, FAR)


def test_static_routes_go_by_the_longest_mask(bench: Bench) -> None:
    ip = bench.ip
    assert nx_ip_gateway_address_set(ip, GATEWAY) == NX_SUCCESS
    assert nx_ip_static_route_delete(ip, 1, 1) == NX_SUCCESS  # of an empty table
    assert nx_ip_static_route_add(ip, 0x08000000, 0xFF000000, PEER) == NX_SUCCESS
    assert nx_ip_static_route_add(ip, 0x08080000, 0xFFFF0000, 0xC0A80009) == NX_SUCCESS
    assert nx_ip_static_route_add(ip, 0x08080000, 0xFFFF0000, FAR) == NX_IP_ADDRESS_ERROR
    assert route(bench, FAR) == (1, 0xC0A80009)
    assert route(bench, 0x08010101) == (0, PEER)
    assert route(bench, 0x09010101) == (0, GATEWAY)
    assert nx_ip_static_route_add(ip, 0x08080000, 0xFFFF0000, 0xC0A8000A) == NX_SUCCESS  # another next hop
    assert route(bench, FAR) == (1, 0xC0A8000A)
    assert nx_ip_static_route_add(ip, 0x09000000, 0xFF000000, PEER) == NX_SUCCESS
    assert nx_ip_static_route_add(ip, 0x0C000000, 0xFF000000, PEER) == NX_OVERFLOW
    assert nx_ip_static_route_delete(ip, 0x0C000000, 0xFF000000) == NX_NOT_SUCCESSFUL
    assert nx_ip_static_route_delete(ip, 0x08080000, 0xFFFF0000) == NX_SUCCESS
    assert route(bench, FAR) == (0, PEER)
    assert nx_ip_static_route_add(None, 0, 0, 0) == NX_PTR_ERROR
    assert nx_ip_static_route_delete(None, 0, 0) == NX_PTR_ERROR


def test_a_static_route_by_an_interface_that_is_down_is_passed_over(bench: Bench) -> None:
    assert nx_ip_static_route_add(bench.ip, 0x08000000, 0xFF000000, 0xC0A80009) == NX_SUCCESS
    assert nx_ip_gateway_address_set(bench.ip, GATEWAY) == NX_SUCCESS
    assert nx_ip_driver_interface_direct_command(bench.ip, NX_LINK_DISABLE, 1, Ref()) == NX_SUCCESS
    assert route(bench, FAR) == (0, GATEWAY)


def test_a_default_build_has_no_static_routes() -> None:
    with Bench() as bench:
        assert nx_ip_static_route_add(bench.ip, 0, 0, 0) == NX_NOT_SUPPORTED
        assert nx_ip_static_route_delete(bench.ip, 0, 0) == NX_NOT_SUPPORTED
