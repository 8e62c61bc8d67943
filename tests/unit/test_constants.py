"""Constants and statuses have the values that the recordings of a device use."""

import json
from pathlib import Path

import pytest

import netx_sim
from netx_sim import constants, constants_ipv6, constants_tx, status

RECORDED = json.loads((Path(__file__).parents[1] / "vectors" / "api" / "common.json").read_text("utf-8"))
MODULES = (constants, constants_ipv6, constants_tx, status)


def value_of(name: str) -> object:
    """What a module of constants says; each name is in one of them only."""
    (found,) = [vars(module)[name] for module in MODULES if name in vars(module)]
    return found


@pytest.mark.parametrize("table", ["constants", "status_values"])
def test_values_are_the_recorded_ones(table: str) -> None:
    assert {name: value_of(name) for name in RECORDED[table]} == RECORDED[table]


def test_no_name_is_defined_twice() -> None:
    names = [name for module in MODULES for name in vars(module) if name.startswith(("NX", "TX_", "ND_", "IPV6_"))]
    assert len(names) == len(set(names)) > 600 - 40


def test_identifiers_and_null() -> None:
    assert constants.NX_IP_ID.to_bytes(4, "big") == b"IP  "
    assert constants.NX_TCP_ID.to_bytes(4, "big") == b"TCP "
    assert constants.NX_UDP_ID.to_bytes(4, "big") == b"UDP "
    assert constants.NX_PACKET_POOL_ID.to_bytes(4, "big") == b"PACK"
    assert constants.NX_NULL is constants_tx.TX_NULL is None


def test_packet_types_leave_room_for_their_headers() -> None:
    link, ipv4, ipv6, udp, tcp = 16, 20, 40, 8, 20
    assert constants.NX_IPv4_UDP_PACKET == link + ipv4 + udp
    assert constants.NX_IPv4_TCP_PACKET == link + ipv4 + tcp
    assert constants.NX_UDP_PACKET == constants_ipv6.NX_IPv6_UDP_PACKET == link + ipv6 + udp
    assert constants.NX_TCP_PACKET == constants_ipv6.NX_IPv6_TCP_PACKET == link + ipv6 + tcp


def test_the_package_hands_constants_out() -> None:
    assert netx_sim.NX_IP_ID == constants.NX_IP_ID
    assert netx_sim.TX_NO_WAIT == constants_tx.TX_NO_WAIT
    assert netx_sim.NX_NOT_CONNECTED == status.NX_NOT_CONNECTED
