"""The conformance suite notices drivers that do not conform: one typical mistake each."""

from collections.abc import Callable
from typing import Any

import pytest

from netx_drivers import ram
from netx_drivers.ethernet import SENDS
from netx_drivers.ram import RamWire
from netx_sim.constants import (
    NX_LINK_DISABLE,
    NX_LINK_GET_STATUS,
    NX_LINK_INITIALIZE,
    NX_LINK_MULTICAST_LEAVE,
    NX_LINK_PACKET_SEND,
    NX_LINK_RAW_PACKET_SEND,
    NX_LINK_UNINITIALIZE,
    NX_LINK_USER_COMMAND,
)
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import packet_get
from netx_sim.testing import driver_checks as suite
from netx_sim.testing.driver_conformance import CHECKS, Check, check_driver, run_check
from tests.drivers.rigs import WireRig

Driver = Callable[[NX_IP_DRIVER], None]


def mistaken(mistake: Callable[[Driver, NX_IP_DRIVER], None]) -> Callable[[], WireRig]:
    """A rig whose driver makes a mistake."""

    def wrap(driver: Driver) -> Driver:
        return lambda request: mistake(driver, request)

    return lambda: WireRig(wrap=wrap)


def status_forgotten(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command != NX_LINK_USER_COMMAND:
        driver(request)


def everything_succeeds(driver: Driver, request: NX_IP_DRIVER) -> None:
    driver(request)
    request.nx_ip_driver_status = 0


def no_mtu(driver: Driver, request: NX_IP_DRIVER) -> None:
    driver(request)
    if request.nx_ip_driver_command == NX_LINK_INITIALIZE:
        request.nx_ip_driver_interface.nx_interface_ip_mtu_size = 0


def group_address(driver: Driver, request: NX_IP_DRIVER) -> None:
    driver(request)
    if request.nx_ip_driver_command == NX_LINK_INITIALIZE:
        request.nx_ip_driver_interface.nx_interface_physical_address_msw = 0x0111


def link_never_down(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command == NX_LINK_DISABLE:
        request.nx_ip_driver_status = 0
    else:
        driver(request)


def status_is_a_lie(driver: Driver, request: NX_IP_DRIVER) -> None:
    driver(request)
    if request.nx_ip_driver_command == NX_LINK_GET_STATUS:
        request.nx_ip_driver_return_ptr[0] = 1


def header_left_on(driver: Driver, request: NX_IP_DRIVER) -> None:
    driver(request)
    if request.nx_ip_driver_command in SENDS:
        request.nx_ip_driver_packet.nx_packet_prepend_ptr -= 14


def packet_kept(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command in SENDS:
        request.nx_ip_driver_status = 0
    else:
        driver(request)


def packet_released_twice(driver: Driver, request: NX_IP_DRIVER) -> None:
    driver(request)
    if request.nx_ip_driver_command in SENDS:
        ram._nx_packet_transmit_release(request.nx_ip_driver_packet)


def chain_ignored(driver: Driver, request: NX_IP_DRIVER) -> None:
    packet = request.nx_ip_driver_packet
    following = packet.nx_packet_next if packet is not None else None
    if following is not None:
        packet.nx_packet_next = packet.nx_packet_last = None
        ram._nx_packet_transmit_release(following)
    driver(request)


def ipv6_sent_as_ipv4(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command == NX_LINK_PACKET_SEND:
        request.nx_ip_driver_packet.nx_packet_ip_version = 4
    driver(request)


def broadcast_to_nobody(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_physical_address_msw == 0xFFFF:
        request.nx_ip_driver_physical_address_lsw = 0x12345678
    driver(request)


def raw_gets_a_header(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command == NX_LINK_RAW_PACKET_SEND:
        request.nx_ip_driver_command = NX_LINK_PACKET_SEND
    driver(request)


def groups_never_left(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command == NX_LINK_MULTICAST_LEAVE:
        request.nx_ip_driver_status = 0
    else:
        driver(request)


def never_lets_go(driver: Driver, request: NX_IP_DRIVER) -> None:
    if request.nx_ip_driver_command == NX_LINK_UNINITIALIZE:
        request.nx_ip_driver_status = 0
    else:
        driver(request)


MISTAKES: list[tuple[Callable[[Driver, NX_IP_DRIVER], None], Check]] = [
    (status_forgotten, suite.status_is_always_written),
    (status_forgotten, suite.unknown_commands_are_refused),
    (everything_succeeds, suite.unknown_interface_is_refused),
    (no_mtu, suite.initialize_describes_the_link),
    (group_address, suite.initialize_describes_the_link),
    (link_never_down, suite.nothing_is_sent_while_disabled),
    (status_is_a_lie, suite.enable_and_disable_set_the_link),
    (header_left_on, suite.packet_is_restored_and_kept_by_tcp),
    (packet_kept, suite.packet_is_given_back_once),
    (packet_released_twice, suite.packet_is_given_back_once),
    (chain_ignored, suite.chain_is_followed),
    (ipv6_sent_as_ipv4, suite.frame_is_sent_whole),
    (broadcast_to_nobody, suite.broadcast_is_sent_to_all),
    (raw_gets_a_header, suite.raw_frame_is_sent_as_it_is),
    (groups_never_left, suite.multicast_is_joined_and_left),
    (never_lets_go, suite.deleted_instance_is_forgotten),
]


@pytest.mark.leaks
@pytest.mark.parametrize(("mistake", "check"), MISTAKES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_mistake_is_noticed(mistake: Any, check: Check) -> None:
    with pytest.raises(AssertionError):
        run_check(check, mistaken(mistake))


def _shifted(ip_ptr: Any, interface: Any, packet: Any, ethertype: int) -> None:
    data = bytes(packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr])
    packet.nx_packet_prepend_ptr += 1
    packet.nx_packet_append_ptr += 1
    packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr] = data
    _deliver(ip_ptr, interface, packet, ethertype)


def _without_interface(ip_ptr: Any, interface: Any, packet: Any, ethertype: int) -> None:
    packet.nx_packet_length += 14
    _deliver(ip_ptr, interface, packet, ethertype)


def _everything_is_ip(ip_ptr: Any, interface: Any, packet: Any, ethertype: int) -> None:
    _deliver(ip_ptr, interface, packet, 0x0800)


def _first_payload_only(port: Any, parts: list[Any]) -> bool:
    room = port.ip_ptr.nx_ip_default_packet_pool.nx_packet_pool_payload_size - 2
    return _receive(port, [b"".join(bytes(part) for part in parts)[:room]])


def _leaves_packets(port: Any, parts: list[Any]) -> bool:
    if not _receive(port, parts):
        packet_get(port.ip_ptr.nx_ip_default_packet_pool, 0, "mistake")
        return False
    return True


_deliver, _receive = ram.deliver, ram.receive

RECEIVING: list[tuple[dict[str, Any], Check]] = [
    ({"deliver": _shifted}, suite.packet_arrives_laid_out),
    ({"deliver": _without_interface}, suite.packet_arrives_laid_out),
    ({"deliver": _everything_is_ip}, suite.ethertypes_are_told_apart),
    ({"receive": _first_payload_only}, suite.long_frame_becomes_a_chain),
    ({"receive": _leaves_packets}, suite.nothing_is_lost_when_half_a_chain_fits),
]


@pytest.mark.leaks
@pytest.mark.parametrize(
    ("changes", "check"), RECEIVING, ids=[next(iter(changes.values())).__name__ for changes, _ in RECEIVING]
)
def test_mistake_in_receiving_is_noticed(
    changes: dict[str, Any], check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in changes.items():
        monkeypatch.setattr(ram, name, value)
    with pytest.raises(AssertionError):
        run_check(check, WireRig)


class _Promiscuous(RamWire):
    """Hears everything."""

    def _find_receivers(self, sender: Any, destination: int) -> list[Any]:
        return [port for port in self._ports.values() if port is not sender]


@pytest.mark.parametrize("check", [suite.only_own_frames_arrive, suite.multicast_is_joined_and_left])
def test_promiscuous_driver_is_noticed(check: Check) -> None:
    with pytest.raises(AssertionError):
        run_check(check, lambda: WireRig(_Promiscuous()))


@pytest.mark.leaks
def test_report_names_the_rule_and_the_reason() -> None:
    with pytest.raises(AssertionError) as caught:
        check_driver(mistaken(chain_ignored))
    text = str(caught.value)
    assert "chain_is_followed: 2 pieces" in text
    assert "A chain is one frame." in text
    assert f"of {len(CHECKS)} checks failed" in text


def test_checks_can_be_left_out_by_name() -> None:
    check_driver(mistaken(raw_gets_a_header), skip=["raw_frame_is_sent_as_it_is"])
    with pytest.raises(ValueError, match="no such checks: order_is_lost"):
        check_driver(WireRig, skip=["order_is_lost"])


def test_enabled_is_what_the_suite_calls_it() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS) >= 15
    assert all(check.__doc__ for check in CHECKS)
