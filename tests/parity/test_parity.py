"""The Python names are the device's: services, parameters, constants, fields of control blocks, configuration."""

import inspect
from typing import Any

import pytest

from netx_pop3 import NX_POP3_CLIENT
from netx_sim import (
    NX_IP,
    NX_NULL,
    NX_PACKET,
    NX_PACKET_POOL,
    NX_SUCCESS,
    Config,
    nx_packet_pool_create,
    simulation,
)
from netx_sim.arp.cache import NX_ARP
from netx_sim.config import FLAGS, TUNABLES
from tests.parity.device_api import API, SERVICES, public

# What does not exist yet.  The table must shrink: a name in it that exists fails.
MISSING_SERVICES: set[str] = set()
MISSING_FIELDS: set[tuple[str, str]] = set()
MISSING_BLOCKS: set[str] = set()

# Deliberate differences, with the reason.
OTHER_PARAMETERS = {
    "tx_kernel_enter": "C links tx_application_define by its name, Python is given the function",
}
NO_FUNCTION = {
    "tx_application_define": "the application's own function; it is the argument of tx_kernel_enter",
}
OTHER_CONSTANTS = {
    "TX_BYTE_BLOCK_FREE": "cut to the 32 bits of the device; the listed value is a 64-bit host's",
}
PADDING = {"nx_packet_reserved", "nx_interface_reserved"}  # bytes without a meaning

CONSTANTS = {**API["constants"], **API["constants_with_build_options"]}
FLAG_NAMES = {flag[0] for flag in FLAGS}
TUNABLE_DEFAULTS = {tunable[0]: tunable[1] for tunable in TUNABLES}


@pytest.mark.parametrize("name", SERVICES)
def test_service_takes_the_parameters_of_the_device(name: str) -> None:
    service = public(name)
    if name in MISSING_SERVICES:
        assert service is None, f"{name} exists now: take it out of MISSING_SERVICES"
        pytest.xfail("not there yet")
    if name in NO_FUNCTION:
        assert service is None
        return
    assert service is not None
    parameters = list(inspect.signature(service).parameters.values())
    if name in OTHER_PARAMETERS:
        return
    assert [parameter.name for parameter in parameters] == [given["name"] for given in SERVICES[name]["params"]]
    assert all(parameter.default is inspect.Parameter.empty for parameter in parameters)


@pytest.mark.parametrize("name", SERVICES)
def test_service_says_what_it_does(name: str) -> None:
    service = public(name)
    if service is not None:
        assert inspect.getdoc(service)


@pytest.mark.parametrize("name", CONSTANTS)
def test_constant_has_the_value_of_the_device(name: str) -> None:
    if name in FLAG_NAMES:
        assert not getattr(Config(), name)
        return
    value: Any = public(name)
    if isinstance(value, bytes):
        value = value.decode("ascii")
    wanted = CONSTANTS[name]
    if name.endswith("_NULL"):
        assert (value, NX_NULL, wanted) == (None, None, 0)
    elif name in OTHER_CONSTANTS:
        assert value == wanted & 0xFFFFFFFF != wanted
    else:
        assert value == wanted


def block_of(name: str) -> Any:
    """An empty control block of a type."""
    known = {"NX_ARP": NX_ARP, "NX_POP3_CLIENT": NX_POP3_CLIENT}
    kind = known.get(name) or public(name)
    return None if kind is None else kind()


@pytest.mark.parametrize(
    ("block", "field"), [(block, field["field"]) for block, fields in API["structs"].items() for field in fields]
)
def test_control_block_has_the_field(block: str, field: str) -> None:
    with simulation():
        value = block_of(block)
        if block in MISSING_BLOCKS:
            assert value is None, f"{block} exists now: take it out of MISSING_BLOCKS"
            pytest.xfail("not there yet")
        if field in PADDING:
            return
        if (block, field) in MISSING_FIELDS:
            assert not hasattr(value, field), f"{field} exists now: take it out of MISSING_FIELDS"
            pytest.xfail("not there yet")
        for name in field.split("."):
            value = getattr(value, name)


@pytest.mark.parametrize("macro", API["config_macros"], ids=lambda macro: macro["name"])
def test_tunable_has_the_default_of_the_device(macro: dict[str, Any]) -> None:
    for name in macro["name"].split(" / "):
        if isinstance(macro["default"], int):
            assert TUNABLE_DEFAULTS[name] == macro["default"]
        else:
            assert name in TUNABLE_DEFAULTS or name in FLAG_NAMES


@pytest.mark.parametrize("flag", API["build_flags"], ids=lambda flag: flag["name"].split(" ")[0])
def test_build_flag_is_configuration_and_off(flag: dict[str, Any]) -> None:
    for name in flag["name"].split(" / "):
        assert not getattr(Config(), name)
        with simulation(config={name: 1}) as sim:
            assert getattr(sim.config, name)


def test_created_pools_are_a_ring() -> None:
    with simulation():
        pools = [NX_PACKET_POOL() for _ in range(3)]
        assert pools[0].nx_packet_pool_created_next is None
        for pool in pools:
            assert nx_packet_pool_create(pool, "pool", 64, bytearray(1000), 1000) == NX_SUCCESS
        assert [pool.nx_packet_pool_created_next for pool in pools] == [pools[1], pools[2], pools[0]]
        assert [pool.nx_packet_pool_created_previous for pool in pools] == [pools[2], pools[0], pools[1]]
        assert pools[0].nx_packet_pool_suspension_list is None


def test_members_of_a_packet_s_unions_are_its_fields() -> None:
    with simulation():
        packet = NX_PACKET()
        packet.nx_packet_address.nx_packet_interface_ptr = "interface"
        packet.nx_packet_union_next.nx_packet_fragment_next = packet
        assert packet.nx_packet_interface_ptr == "interface"
        assert packet.nx_packet_fragment_next is packet


def test_an_arp_entry_counts_seconds_to_its_next_act() -> None:
    with simulation():
        entry = NX_ARP()
        assert (entry.nx_arp_entry_next_update, entry.nx_arp_packets_waiting) == (0, None)
        entry._deadline = 901
        assert entry.nx_arp_entry_next_update == 10


def test_the_ip_thread_s_events_can_be_seen() -> None:
    ip_ptr = NX_IP()
    ip_ptr._events = 6
    assert ip_ptr.nx_ip_events.tx_event_flags_group_current == 6
