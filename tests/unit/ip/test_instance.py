"""Creating and deleting an instance, its thread, its timers and its questions."""

from typing import Any

import pytest

from netx_sim import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_INVALID_INTERFACE,
    NX_IP,
    NX_IP_ADDRESS_ERROR,
    NX_IP_ARP_ENABLED,
    NX_IP_INITIALIZE_DONE,
    NX_IP_LINK_ENABLED,
    NX_IP_UDP_ENABLED,
    NX_LINK_DISABLE,
    NX_LINK_GET_STATUS,
    NX_LINK_UNINITIALIZE,
    NX_NOT_SUCCESSFUL,
    NX_NOT_SUPPORTED,
    NX_OPTION_ERROR,
    NX_PACKET_POOL,
    NX_PTR_ERROR,
    NX_SIZE_ERROR,
    NX_SOCKETS_BOUND,
    NX_SUCCESS,
    NX_UNHANDLED_COMMAND,
    NXD_ADDRESS,
    DeviceFault,
    Ref,
    nx_arp_enable,
    nx_ip_auxiliary_packet_pool_set,
    nx_ip_create,
    nx_ip_delete,
    nx_ip_forwarding_disable,
    nx_ip_forwarding_enable,
    nx_ip_interface_status_check,
    nx_ip_max_payload_size_find,
    nx_ip_status_check,
    nx_packet_pool_create,
    nx_system_initialize,
    simulation,
)
from netx_sim.ip import ip_fast_base, ip_fast_start, ip_periodic_base
from netx_sim.link import ip_event_set
from tests.unit.ip.bench import MASK, PEER, Bench, RecordingDriver, header


def create(bench: Bench, **changes: Any) -> int:
    """A second instance, with one argument changed."""
    arguments = {
        "ip_ptr": NX_IP(),
        "name": "second",
        "ip_address": PEER,
        "network_mask": MASK,
        "default_pool": bench.pool,
        "ip_link_driver": RecordingDriver(),
        "memory_ptr": bytearray(1024),
        "memory_size": 1024,
        "priority": 1,
    }
    arguments.update(changes)
    return nx_ip_create(*arguments.values())


def test_the_checks_of_create() -> None:
    with Bench() as bench:
        stack = bench.ip.nx_ip_thread.tx_thread_stack_start
        for changes, status in (
            ({"ip_ptr": None}, NX_PTR_ERROR),
            ({"default_pool": NX_PACKET_POOL()}, NX_PTR_ERROR),
            ({"ip_link_driver": None}, NX_PTR_ERROR),
            ({"memory_ptr": None}, NX_PTR_ERROR),
            ({"memory_size": 199, "priority": 32}, NX_SIZE_ERROR),
            ({"priority": 32, "ip_ptr": bench.ip}, NX_OPTION_ERROR),
            ({"ip_ptr": bench.ip, "ip_address": 0xE0000001}, NX_PTR_ERROR),
            ({"memory_ptr": memoryview(stack)[512:], "ip_address": 0xE0000001}, NX_PTR_ERROR),
            ({"ip_address": 0xE0000001}, NX_IP_ADDRESS_ERROR),
            ({}, NX_SUCCESS),
        ):
            assert create(bench, **changes) == status, changes
        statuses: list[int] = []
        bench.sim.interrupt(lambda: statuses.append(create(bench)))
        assert statuses == [NX_CALLER_ERROR]


def test_what_a_compiler_would_refuse() -> None:
    with Bench() as bench:
        with pytest.raises(TypeError, match="memory_size"):
            create(bench, memory_size=4096)
        with pytest.raises(TypeError, match="ip_ptr must be NX_IP"):
            nx_ip_delete(bench.pool)


def test_the_thread_starts_when_scheduling_allows() -> None:
    with simulation() as sim:
        bench = Bench()
        bench.world = _Given(sim)  # type: ignore[assignment]

        def define(_memory: object) -> None:
            nx_system_initialize()
            bench.__enter__()
            assert bench.ip.nx_ip_initialize_done == 0
            assert bench.driver.commands == []

        sim.run(define)
        assert bench.ip.nx_ip_initialize_done == 1


class _Given:
    def __init__(self, sim: Any) -> None:
        self.sim = sim

    def __enter__(self) -> Any:
        return self.sim


def test_delete_tells_the_driver_and_gives_everything_back() -> None:
    with Bench() as bench:
        ip = bench.ip
        ip.nx_ip_udp_created_sockets_count = 1
        assert nx_ip_delete(ip) == NX_SOCKETS_BOUND
        ip.nx_ip_udp_created_sockets_count = 0
        bench.send(PEER, b"waits for an answer")
        ip._deferred_received.append(bench.received(header(data=b"not processed yet")))
        assert nx_ip_delete(ip) == NX_SUCCESS
        assert bench.driver.commands[-2:] == [NX_LINK_DISABLE, NX_LINK_UNINITIALIZE]
        assert bench.pool.nx_packet_pool_available == bench.packets
        assert nx_ip_delete(ip) == NX_PTR_ERROR
        assert create(bench, ip_ptr=ip) == NX_SUCCESS  # the block can be used again


def test_events_of_one_wake_up_are_handled_in_the_devices_order() -> None:
    with Bench() as bench:
        ip, order = bench.ip, []

        def note(name: str) -> Any:
            return lambda *_: order.append(name)

        for slot in (
            "_tcp_queue_process",
            "_ipv6_fast",
            "_tcp_fast",
            "_arp_periodic",
            "_igmp_periodic",
            "_fragment_timeout",
            "_tcp_periodic",
            "_ipv6_periodic",
            "_igmp_process",
            "_fragment_assembly",
            "_icmp_queue_process",
            "_tcp_cleanup_deferred",
        ):
            setattr(ip, slot, note(slot))
        bench.deliver_to("_udp_receive")
        bench.sim.mutex_get(ip.nx_ip_protection)
        bench.receive(header(data=b"first"))
        ip_event_set(ip, 0xFFFFFFFF)
        assert order == []
        assert bench.delivered == []
        bench.sim.mutex_put(ip.nx_ip_protection)
        assert bench.delivered == [b"first"]
        assert order == [
            "_tcp_queue_process",
            "_ipv6_fast",
            "_tcp_fast",
            "_arp_periodic",
            "_igmp_periodic",
            "_fragment_timeout",
            "_tcp_periodic",
            "_ipv6_periodic",
            "_igmp_process",
            "_fragment_assembly",
            "_icmp_queue_process",
            "_tcp_cleanup_deferred",
        ]


def test_the_count_of_timer_events_stands_still_until_the_ip_thread_has_handled_them() -> None:
    with Bench() as bench:
        ip, seen = bench.ip, []
        ip_fast_start(ip)
        ip_fast_start(ip)  # once is enough
        assert (ip_fast_base(ip), ip_periodic_base(ip)) == (0, 0)
        bench.sleep_until(95)
        assert (ip_fast_base(ip), ip_periodic_base(ip)) == (90, 0)

        def look(where: str) -> Any:
            return lambda *_: seen.append((where, ip_fast_base(ip), ip_periodic_base(ip)))

        ip._tcp_fast, ip._tcp_periodic = look("fast"), look("periodic")
        bench.deliver_to("_udp_receive")
        bench.sim.timeout_add(5, look("timer"), None)
        bench.sleep_until(100)
        look("thread")()
        assert seen == [
            ("timer", 90, 0),
            ("fast", 100, 0),
            ("periodic", 100, 100),
            ("thread", 100, 100),
        ]


# -- questions --------------------------------------------------------------------------------------


def test_status_is_polled_until_it_is_true() -> None:
    with Bench(arp_entries=0) as bench:
        actual = Ref()
        needed = NX_IP_INITIALIZE_DONE | NX_IP_ARP_ENABLED
        assert nx_ip_status_check(bench.ip, needed, actual, 7) == NX_NOT_SUCCESSFUL
        assert (actual.value, bench.sim.now) == (NX_IP_INITIALIZE_DONE, 7)
        bench.sim.call_at_us(95000, lambda _: nx_arp_enable_from_interrupt(bench), None)
        assert nx_ip_status_check(bench.ip, needed, actual, 50) == NX_SUCCESS
        assert (actual.value, bench.sim.now) == (needed, 10)
        assert nx_ip_interface_status_check(bench.ip, 0, NX_IP_UDP_ENABLED, actual, 0) == NX_NOT_SUCCESSFUL


def nx_arp_enable_from_interrupt(bench: Bench) -> None:
    bench.ip._arp = object()


def test_link_status_comes_from_the_driver() -> None:
    with Bench() as bench:
        actual, interface = Ref(), bench.ip.nx_ip_interface[0]
        assert nx_ip_status_check(bench.ip, NX_IP_LINK_ENABLED, actual, 0) == NX_SUCCESS
        bench.driver.refuse[NX_LINK_GET_STATUS] = NX_UNHANDLED_COMMAND
        assert nx_ip_status_check(bench.ip, NX_IP_LINK_ENABLED, actual, 0) == NX_SUCCESS
        interface.nx_interface_link_up = 0
        assert nx_ip_status_check(bench.ip, NX_IP_LINK_ENABLED, actual, 0) == NX_NOT_SUCCESSFUL
        interface.nx_interface_link_up = 1
        bench.driver.refuse[NX_LINK_GET_STATUS] = 0x20
        assert nx_ip_status_check(bench.ip, NX_IP_LINK_ENABLED, actual, 0) == NX_NOT_SUCCESSFUL
        interface.nx_interface_link_driver_entry = None
        actual.value = "untouched"
        assert nx_ip_status_check(bench.ip, NX_IP_LINK_ENABLED, actual, 50) == NX_NOT_SUCCESSFUL
        assert actual.value == "untouched"


def test_the_largest_payload() -> None:
    with Bench() as bench:
        offset, length, address = Ref(), Ref(), NXD_ADDRESS(4, PEER)
        for protocol, expected in ((6, (56, 1460)), (17, (44, 1472))):
            assert nx_ip_max_payload_size_find(bench.ip, address, 0, 1, 2, protocol, offset, length) == NX_SUCCESS
            assert (offset.value, length.value) == expected
        assert nx_ip_max_payload_size_find(bench.ip, address, 0, 1, 2, 6, None, None) == NX_SUCCESS
        assert nx_ip_max_payload_size_find(bench.ip, address, 1, 1, 2, 6, None, None) == NX_INVALID_INTERFACE
        assert nx_ip_max_payload_size_find(bench.ip, NXD_ADDRESS(5), 0, 1, 2, 6, None, None) == NX_IP_ADDRESS_ERROR
        assert nx_ip_max_payload_size_find(bench.ip, address, 0, 1, 2, 1, None, None) == NX_NOT_SUPPORTED
        with pytest.raises(DeviceFault):
            nx_ip_max_payload_size_find(bench.ip, NXD_ADDRESS(6, (1, 2, 3, 4)), 0, 1, 2, 6, offset, length)


# -- optional parts ---------------------------------------------------------------------------------


def test_forwarding_needs_ipv4() -> None:
    with Bench(config={"NX_DISABLE_IPV4": 1}) as bench:
        assert nx_ip_forwarding_enable(bench.ip) == NX_NOT_SUPPORTED
        assert nx_ip_forwarding_disable(bench.ip) == NX_NOT_SUPPORTED


def test_arp_takes_its_packets_from_the_auxiliary_pool() -> None:
    with Bench(config={"NX_ENABLE_DUAL_PACKET_POOL": 1}) as bench:
        small = NX_PACKET_POOL()
        assert nx_ip_auxiliary_packet_pool_set(bench.ip, small) == NX_PTR_ERROR
        assert nx_packet_pool_create(small, "small", 64, bytearray(124), 124) == NX_SUCCESS
        assert nx_ip_auxiliary_packet_pool_set(bench.ip, small) == NX_SUCCESS
        bench.driver.hold = True
        bench.send(PEER, b"who has")
        assert small.nx_packet_pool_available == 0
        bench.driver.release_held()
        assert nx_ip_delete(bench.ip) == NX_SUCCESS
    with Bench() as bench:
        assert nx_ip_auxiliary_packet_pool_set(bench.ip, bench.pool) == NX_NOT_SUPPORTED


def test_arp_enable_checks() -> None:
    with Bench(arp_entries=0) as bench:
        assert nx_arp_enable(bench.ip, bytearray(52), 51) == NX_SIZE_ERROR
        with pytest.raises(TypeError, match="arp_cache_size"):
            nx_arp_enable(bench.ip, bytearray(52), 104)
        assert nx_arp_enable(bench.ip, bytearray(52), 52) == NX_SUCCESS
        assert nx_arp_enable(bench.ip, bytearray(52), 52) == NX_ALREADY_ENABLED
