"""Interfaces: start, attach, detach, properties, link changes and direct commands."""

from typing import Any

import pytest

from netx_sim import (
    NX_DUPLICATED_ENTRY,
    NX_INVALID_INTERFACE,
    NX_LINK_DEFERRED_PROCESSING,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_SPEED,
    NX_LINK_GET_STATUS,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_SET_PHYSICAL_ADDRESS,
    NX_NO_MORE_ENTRIES,
    NX_NOT_SUPPORTED,
    NX_PTR_ERROR,
    NX_SUCCESS,
    NX_UNHANDLED_COMMAND,
    DeviceFault,
    Ref,
    never_waits,
    nx_arp_dynamic_entry_set,
    nx_arp_info_get,
    nx_arp_static_entry_create,
    nx_ip_address_change_notify,
    nx_ip_address_set,
    nx_ip_driver_direct_command,
    nx_ip_driver_interface_direct_command,
    nx_ip_gateway_address_get,
    nx_ip_gateway_address_set,
    nx_ip_interface_address_get,
    nx_ip_interface_address_mapping_configure,
    nx_ip_interface_attach,
    nx_ip_interface_capability_get,
    nx_ip_interface_capability_set,
    nx_ip_interface_detach,
    nx_ip_interface_info_get,
    nx_ip_interface_mtu_set,
    nx_ip_interface_physical_address_get,
    nx_ip_interface_physical_address_set,
    nx_ip_link_status_change_notify_set,
    nx_ip_static_route_add,
)
from netx_sim.link import _nx_ip_driver_deferred_processing, _nx_ip_driver_link_status_event
from tests.unit.ip.bench import MASK, OWN, PEER, Bench, RecordingDriver

TWO = {"NX_MAX_PHYSICAL_INTERFACES": 2, "NX_ENABLE_IP_STATIC_ROUTING": 1}
START = [NX_LINK_INTERFACE_ATTACH, NX_LINK_INITIALIZE, NX_LINK_ENABLE]


def information(bench: Bench, index: int) -> list[Any]:
    values = [Ref() for _ in range(6)]
    assert nx_ip_interface_info_get(bench.ip, index, *values) == NX_SUCCESS
    return [value.value for value in values]


def test_the_ip_thread_brings_the_interface_up() -> None:
    with Bench() as bench:
        assert bench.driver.commands == START
        assert information(bench, 0) == ["PRI", OWN, MASK, 1500, 0x0011, 0x22334456]
        loopback = bench.ip.nx_ip_interface[1]
        assert (loopback.nx_interface_ip_address, loopback.nx_interface_ip_mtu_size) == (0x7F000001, 65535)


def test_a_driver_that_never_touches_the_link_flag_is_up() -> None:
    def silent(request: Any) -> None:
        request.nx_ip_driver_status = NX_SUCCESS

    with Bench(driver=silent) as bench:  # type: ignore[arg-type]
        assert bench.ip.nx_ip_interface[0].nx_interface_link_up


def test_attach_while_running_starts_the_driver_at_once() -> None:
    with Bench(config=TWO) as bench:
        driver = RecordingDriver(mac=(1, 2))
        assert nx_ip_interface_attach(bench.ip, "two", OWN, MASK, driver) == NX_DUPLICATED_ENTRY
        assert nx_ip_interface_attach(bench.ip, "two", 0x0B000001, MASK, driver) == NX_SUCCESS
        assert driver.commands == START
        assert information(bench, 1) == ["two", 0x0B000001, MASK, 1500, 1, 2]
        assert nx_ip_interface_attach(bench.ip, "three", 0x0C000001, MASK, driver) == NX_NO_MORE_ENTRIES


def test_attach_before_the_ip_thread_ran_leaves_the_driver_to_it() -> None:
    driver = RecordingDriver()
    bench = Bench(config=TWO)
    with bench.world as sim:

        def define(_memory: object) -> None:
            bench.world = _Nothing()  # type: ignore[assignment]
            bench.sim = sim
            bench.__enter__()
            assert nx_ip_interface_attach(bench.ip, "two", 0x0B000001, MASK, driver) == NX_SUCCESS
            assert driver.commands == []

        sim.run(define)
        assert bench.driver.commands == driver.commands == START


class _Nothing:
    def __enter__(self) -> None:
        return None


def test_detach_forgets_everything_about_the_interface() -> None:
    with Bench(config=TWO) as bench:
        ip = bench.ip
        gone: list[str] = []
        ip._tcp_interface_detach = lambda _ip, interface: gone.append(interface.nx_interface_name)
        assert nx_ip_gateway_address_set(ip, PEER) == NX_SUCCESS
        assert nx_ip_static_route_add(ip, 0x08000000, 0xFF000000, PEER) == NX_SUCCESS
        assert nx_arp_static_entry_create(ip, PEER, 1, 2) == NX_SUCCESS
        assert nx_arp_dynamic_entry_set(ip, PEER + 1, 1, 3) == NX_SUCCESS
        bench.send(PEER + 2, b"waits for an answer")
        assert nx_ip_interface_detach(ip, 0) == NX_SUCCESS
        assert bench.driver.commands[-1] == NX_LINK_INTERFACE_DETACH
        assert gone == ["PRI"]
        assert nx_ip_gateway_address_get(ip, Ref()) != NX_SUCCESS
        assert ip.nx_ip_routing_table == []
        counts = [Ref() for _ in range(8)]
        assert nx_arp_info_get(ip, *counts) == NX_SUCCESS
        assert (counts[4].value, counts[5].value) == (0, 0)
        assert bench.pool.nx_packet_pool_available == bench.packets
        assert nx_ip_interface_detach(ip, 0) == NX_INVALID_INTERFACE
        assert nx_ip_interface_info_get(ip, 0, *[None] * 6) == NX_INVALID_INTERFACE
        assert nx_ip_interface_address_get(ip, 0, Ref(), Ref()) == NX_INVALID_INTERFACE


def test_a_direct_command_to_a_detached_interface_is_a_fault() -> None:
    with Bench(config=TWO) as bench:
        assert nx_ip_driver_interface_direct_command(bench.ip, NX_LINK_GET_STATUS, 1, Ref()) == NX_INVALID_INTERFACE
        assert nx_ip_interface_detach(bench.ip, 0) == NX_SUCCESS
        with pytest.raises(DeviceFault, match="null pointer"):
            nx_ip_driver_direct_command(bench.ip, NX_LINK_GET_STATUS, Ref())
        assert not bench.ip.nx_ip_protection.tx_mutex_ownership_count


def test_direct_commands_answer_what_the_driver_answers() -> None:
    with Bench() as bench:
        answer = Ref(77)
        assert nx_ip_driver_direct_command(bench.ip, NX_LINK_GET_STATUS, answer) == NX_SUCCESS
        assert answer.value == 1
        assert nx_ip_driver_direct_command(bench.ip, NX_LINK_DISABLE, answer) == NX_SUCCESS
        assert nx_ip_driver_interface_direct_command(bench.ip, NX_LINK_GET_STATUS, 0, answer) == NX_SUCCESS
        assert answer.value == 0
        assert nx_ip_driver_direct_command(bench.ip, NX_LINK_GET_SPEED, answer) == NX_UNHANDLED_COMMAND


def test_link_changes_are_told_in_the_ip_thread() -> None:
    with Bench() as bench:
        told: list[tuple[int, int, object]] = []

        @never_waits
        def notify(ip: Any, index: int, up: int) -> None:
            told.append((index, up, ip._sim.current))

        _nx_ip_driver_link_status_event(bench.ip, 0)  # nobody listens yet
        assert nx_ip_link_status_change_notify_set(bench.ip, notify) == NX_SUCCESS
        bench.ip.nx_ip_interface[0].nx_interface_link_up = 0
        bench.sim.interrupt(lambda: _nx_ip_driver_link_status_event(bench.ip, 0))
        bench.ip.nx_ip_interface[0].nx_interface_link_up = 1
        bench.sim.interrupt(lambda: _nx_ip_driver_link_status_event(bench.ip, 0))
        thread = bench.ip.nx_ip_thread
        assert told == [(0, 0, thread), (0, 1, thread)]


def test_deferred_driver_work_is_done_in_the_ip_thread() -> None:
    with Bench() as bench:
        bench.sim.interrupt(lambda: _nx_ip_driver_deferred_processing(bench.ip))
        assert bench.driver.commands[len(START) :] == [NX_LINK_DEFERRED_PROCESSING]


def test_the_application_hears_of_address_changes_in_its_own_context() -> None:
    with Bench() as bench:
        told: list[tuple[object, object]] = []

        def notify(ip: Any, information: object) -> None:
            assert not ip.nx_ip_protection.tx_mutex_ownership_count
            told.append((information, ip._sim.current))

        me = bench.sim.current
        assert nx_ip_address_change_notify(bench.ip, notify, "extra") == NX_SUCCESS
        for address, mask in ((OWN, MASK), (PEER, MASK), (PEER, 0xFFFF0000), (0, 0)):
            assert nx_ip_address_set(bench.ip, address, mask) == NX_SUCCESS
        assert told == [("extra", me)] * 3
        assert nx_ip_address_change_notify(bench.ip, None, None) == NX_SUCCESS
        assert nx_ip_address_set(bench.ip, OWN, MASK) == NX_SUCCESS
        assert len(told) == 3


def test_properties() -> None:
    with Bench() as bench:
        msw, lsw = Ref(), Ref()
        assert nx_ip_interface_physical_address_set(bench.ip, 0, 1, 2, 0) == NX_SUCCESS
        assert NX_LINK_SET_PHYSICAL_ADDRESS not in bench.driver.commands
        assert nx_ip_interface_physical_address_set(bench.ip, 0, 3, 4, 1) == NX_SUCCESS
        assert NX_LINK_SET_PHYSICAL_ADDRESS in bench.driver.commands
        bench.driver.refuse[NX_LINK_SET_PHYSICAL_ADDRESS] = NX_UNHANDLED_COMMAND
        assert nx_ip_interface_physical_address_set(bench.ip, 0, 5, 6, 1) == NX_UNHANDLED_COMMAND
        assert nx_ip_interface_physical_address_get(bench.ip, 0, msw, lsw) == NX_SUCCESS
        assert (msw.value, lsw.value) == (3, 4)
        assert nx_ip_interface_mtu_set(bench.ip, 0, 900) == NX_SUCCESS
        assert information(bench, 0)[3] == 900
        assert nx_ip_interface_address_mapping_configure(bench.ip, 0, 0) == NX_SUCCESS
        bench.send(PEER, b"needs no ARP now")
        assert [entry[1] for entry in bench.driver.sent] == [0]


def test_capabilities_where_they_are_compiled_in() -> None:
    with Bench(config={"NX_ENABLE_INTERFACE_CAPABILITY": 1}) as bench:
        flag = Ref()
        assert nx_ip_interface_capability_set(bench.ip, 0, 5) == NX_SUCCESS
        assert nx_ip_interface_capability_get(bench.ip, 0, flag) == NX_SUCCESS
        assert flag.value == 5
        assert nx_ip_interface_capability_get(None, 0, flag) == NX_PTR_ERROR
        assert nx_ip_interface_capability_get(bench.ip, 9, None) == NX_INVALID_INTERFACE
        assert nx_ip_interface_capability_get(bench.ip, 0, None) == NX_PTR_ERROR
        assert nx_ip_interface_capability_set(None, 0, 5) == NX_PTR_ERROR
        assert nx_ip_interface_detach(bench.ip, 0) == NX_SUCCESS
        assert nx_ip_interface_capability_set(bench.ip, 0, 5) == NX_INVALID_INTERFACE
        assert nx_ip_interface_capability_get(bench.ip, 0, flag) == NX_INVALID_INTERFACE
    with Bench() as bench:
        assert nx_ip_interface_capability_set(bench.ip, 0, 5) == NX_NOT_SUPPORTED
        assert nx_ip_interface_capability_get(None, 9, None) == NX_NOT_SUPPORTED
