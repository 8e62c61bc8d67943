"""IGMP: joining and leaving, reports at the one-second event, queries of either version."""

from typing import Any

import pytest

from netx_sim import (
    NX_ALREADY_ENABLED,
    NX_CALLER_ERROR,
    NX_ENTRY_NOT_FOUND,
    NX_INTERFACE_CAPABILITY_IGMP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_IGMP_TX_CHECKSUM,
    NX_INVALID_INTERFACE,
    NX_IP,
    NX_IP_ADDRESS_ERROR,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
    NX_NO_MORE_ENTRIES,
    NX_NOT_ENABLED,
    NX_PTR_ERROR,
    NX_SUCCESS,
    Ref,
    nx_igmp_enable,
    nx_igmp_info_get,
    nx_igmp_loopback_disable,
    nx_igmp_loopback_enable,
    nx_igmp_multicast_interface_join,
    nx_igmp_multicast_interface_leave,
    nx_igmp_multicast_join,
    nx_igmp_multicast_leave,
    nx_ip_interface_attach,
    nx_ip_interface_detach,
    nx_ipv4_multicast_interface_join,
    nx_ipv4_multicast_interface_leave,
    nx_packet_allocate,
    nx_packet_release,
    tx_thread_sleep,
)
from netx_sim.wire import igmp
from netx_sim.wire.checksum import checksum
from tests.unit.ip.bench import PEER, Bench, RecordingDriver, header, parse

GROUP = 0xEF010203
OTHER = 0xEF010204
ALL_HOSTS = 0xE0000001
ALL_ROUTERS = 0xE0000002


class GroupDriver(RecordingDriver):
    """Also keeps (command, lsw) of the group requests."""

    def __init__(self, mapping: int = 0) -> None:
        super().__init__(mapping=mapping)
        self.groups: list[tuple[int, int]] = []

    def __call__(self, request: Any) -> None:
        if request.nx_ip_driver_command in (NX_LINK_MULTICAST_JOIN, NX_LINK_MULTICAST_LEAVE):
            assert request.nx_ip_driver_physical_address_msw == 0x0100
            self.groups.append((request.nx_ip_driver_command, request.nx_ip_driver_physical_address_lsw))
            request.nx_ip_driver_status = NX_SUCCESS
            return
        super().__call__(request)


class Igmp(Bench):
    """A bench with IGMP enabled at once and the groups 224.0.0.1 heard."""

    driver: GroupDriver

    def __init__(self, **arguments: Any) -> None:
        arguments.setdefault("driver", GroupDriver())
        super().__init__(arp_entries=0, **arguments)

    def __enter__(self) -> "Igmp":
        super().__enter__()
        assert nx_igmp_enable(self.ip) == NX_SUCCESS
        tx_thread_sleep(1)
        return self

    def info(self) -> list[int]:
        """Reports, queries, checksum errors, groups."""
        values = [Ref() for _ in range(4)]
        assert nx_igmp_info_get(self.ip, *values) == NX_SUCCESS
        return [value.value for value in values]

    def messages(self) -> list[tuple[int, int, int, int]]:
        """(tick, destination, type, group) of each message that left."""
        out = []
        for tick, _command, _msw, _lsw, frame in self.driver.sent:
            fields = parse(frame)
            assert (fields["first"], fields["ttl"], fields["protocol"]) == (0x46, 1, 2)
            assert frame[20:24] == bytes.fromhex("94040000")
            assert checksum(frame[24:]) == 0
            message = igmp.parse(frame, 24, len(frame))
            assert message is not None
            out.append((tick, fields["destination"], message.type, message.group))
        return out

    def query(self, max_response: int, group: int = 0, xor: int = 0, destination: int = ALL_HOSTS) -> None:
        self._igmp(igmp.QUERY, max_response, group, xor, destination)

    def _igmp(self, kind: int, max_response: int, group: int, xor: int = 0, destination: int = ALL_HOSTS) -> None:
        raw = bytearray(igmp.emit(igmp.IgmpMessage(kind, max_response, group)))
        raw[2] ^= xor
        self.receive(header(destination, PEER, 2, bytes(raw)))


def test_enable_tells_the_link_to_hear_all_hosts() -> None:
    with Igmp() as bench:
        assert bench.driver.groups == [(NX_LINK_MULTICAST_JOIN, 0x5E000001)]
        assert nx_igmp_enable(bench.ip) == NX_ALREADY_ENABLED
        assert bench.messages() == []
        assert bench.info() == [0, 0, 0, 0]


def test_a_join_is_reported_once_at_the_next_event_and_a_leave_at_once() -> None:
    with Igmp() as bench:
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        assert bench.driver.groups[1:] == [(NX_LINK_MULTICAST_JOIN, 0x5E010203)]
        bench.sleep_until(1000)
        assert nx_igmp_multicast_leave(bench.ip, GROUP) == NX_SUCCESS
        assert bench.driver.groups[2:] == [(NX_LINK_MULTICAST_LEAVE, 0x5E010203)]
        assert bench.messages() == [
            (100, GROUP, igmp.REPORT_V2, GROUP),
            (1000, ALL_ROUTERS, igmp.LEAVE, GROUP),
        ]
        assert bench.info() == [1, 0, 0, 0]


def test_a_group_joined_twice_is_left_twice() -> None:
    with Igmp() as bench:
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        assert bench.info()[3] == 1
        assert nx_igmp_multicast_leave(bench.ip, GROUP) == NX_SUCCESS
        assert bench.info()[3] == 1
        assert nx_igmp_multicast_leave(bench.ip, GROUP) == NX_SUCCESS
        assert bench.info()[3] == 0
        assert nx_igmp_multicast_leave(bench.ip, GROUP) == NX_ENTRY_NOT_FOUND
        assert len(bench.driver.groups) == 3


def test_there_is_an_end_to_groups() -> None:
    with Igmp(config={"NX_MAX_MULTICAST_GROUPS": 2}) as bench:
        statuses = [nx_igmp_multicast_join(bench.ip, GROUP + number) for number in range(3)]
        assert statuses == [NX_SUCCESS, NX_SUCCESS, NX_NO_MORE_ENTRIES]


def test_joined_groups_are_received_and_others_are_not() -> None:
    with Igmp() as bench:
        bench.deliver_to("_udp_receive")
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.receive(header(GROUP, data=b"for the group"))
        bench.receive(header(OTHER, data=b"for others"))
        assert bench.delivered == [b"for the group"]


# -- queries ----------------------------------------------------------------------------------------


def test_a_general_query_is_answered_for_every_group_within_the_time_given() -> None:
    with Igmp() as bench:
        groups = [GROUP + number for number in range(6)]
        for group in groups:
            assert nx_igmp_multicast_join(bench.ip, group) == NX_SUCCESS
        bench.sleep_until(150)
        bench.driver.sent.clear()
        bench.query(50)
        bench.sleep_until(2000)
        reports = bench.messages()
        assert sorted(report[3] for report in reports) == groups
        ticks = [report[0] for report in reports]
        assert min(ticks) >= 200
        assert max(ticks) <= 600
        assert len(set(ticks)) > 1  # not all at the same moment
        assert bench.info()[1] == 1


def test_a_query_about_one_group_is_answered_for_that_one() -> None:
    with Igmp() as bench:
        for group in (GROUP, OTHER):
            assert nx_igmp_multicast_join(bench.ip, group) == NX_SUCCESS
        bench.sleep_until(150)
        bench.driver.sent.clear()
        bench.query(10, OTHER, destination=OTHER)
        bench.sleep_until(2000)
        assert bench.messages() == [(200, OTHER, igmp.REPORT_V2, OTHER)]


def test_a_report_planned_early_enough_stays_and_a_later_one_is_brought_forward() -> None:
    with Igmp() as bench:
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.query(250)
        bench.sleep_until(150)
        assert [report[0] for report in bench.messages()] == [100]
        bench.ip.nx_ipv4_multicast_entry[0].nx_ipv4_multicast_update_time = 900
        bench.query(10)
        bench.sleep_until(1000)
        assert [report[0] for report in bench.messages()] == [100, 200]


def test_the_report_of_another_host_serves_for_ours() -> None:
    with Igmp() as bench:
        for group in (GROUP, OTHER):
            assert nx_igmp_multicast_join(bench.ip, group) == NX_SUCCESS
        bench._igmp(igmp.REPORT_V2, 0, GROUP, destination=GROUP)
        bench._igmp(igmp.REPORT_V1, 0, GROUP + 9)
        bench.sleep_until(1000)
        assert [report[3] for report in bench.messages()] == [OTHER]


def test_a_version_1_router_gets_version_1_reports_and_no_leave() -> None:
    with Igmp() as bench:
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.sleep_until(150)
        bench.driver.sent.clear()
        bench.query(0)
        bench.sleep_until(1500)
        ((tick, _destination, kind, _group),) = bench.messages()
        assert kind == igmp.REPORT_V1
        assert 200 <= tick <= 1100
        assert nx_igmp_multicast_leave(bench.ip, GROUP) == NX_SUCCESS
        assert len(bench.messages()) == 1
        bench.query(10)
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.sleep_until(2000)
        assert bench.messages()[1][2] == igmp.REPORT_V2


def test_junk_is_counted() -> None:
    with Igmp() as bench:
        bench.query(10, xor=1)
        bench.receive(header(ALL_HOSTS, PEER, 2, b"\x11\0\0"))
        bench._igmp(0x99, 0, GROUP)
        assert bench.info() == [0, 0, 1, 0]
        assert bench.ip.nx_ip_igmp_invalid_packets == 3


def test_a_link_may_vouch_for_checksums() -> None:
    with Igmp() as bench:
        bench.ip.nx_ip_interface[0].nx_interface_capability_flag = (
            NX_INTERFACE_CAPABILITY_IGMP_RX_CHECKSUM | NX_INTERFACE_CAPABILITY_IGMP_TX_CHECKSUM
        )
        bench.query(10, xor=1)
        assert bench.info()[1] == 1
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.sleep_until(150)
        assert bench.driver.frames()[0][26:28] == b"\0\0"


@pytest.mark.parametrize("payload", [44, 1536])
def test_without_a_packet_that_holds_it_a_report_is_lost(payload: int) -> None:
    with Igmp(payload=payload, packets=1) as bench:
        held = Ref()
        if payload > 44:
            assert nx_packet_allocate(bench.pool, held, 0, 0) == NX_SUCCESS
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.sleep_until(300)
        assert bench.messages() == []
        assert bench.info()[0] == 0
        if held.value is not None:
            nx_packet_release(held)


# -- loopback, interfaces, no IGMP ------------------------------------------------------------------


@pytest.mark.parametrize("looped", [False, True])
def test_what_is_sent_to_a_group_comes_back_if_that_was_asked_for(looped: bool) -> None:
    with Igmp(driver=GroupDriver(mapping=1)) as bench:
        bench.deliver_to("_udp_receive")
        assert nx_igmp_loopback_enable(bench.ip) == NX_SUCCESS
        if not looped:
            assert nx_igmp_loopback_disable(bench.ip) == NX_SUCCESS
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        bench.send(GROUP, b"hello")
        assert bench.delivered == ([b"hello"] if looped else [])
        assert len(bench.driver.frames()) == 1


def test_groups_are_joined_by_interface_and_go_with_it() -> None:
    with Igmp(config={"NX_MAX_PHYSICAL_INTERFACES": 2}) as bench:
        assert nx_igmp_multicast_interface_join(bench.ip, GROUP, 1) == NX_INVALID_INTERFACE
        driver = GroupDriver()
        assert nx_ip_interface_attach(bench.ip, "second", 0x0B000001, 0xFF000000, driver) == NX_SUCCESS
        assert nx_igmp_multicast_interface_join(bench.ip, GROUP, 1) == NX_SUCCESS
        assert nx_igmp_multicast_join(bench.ip, GROUP) == NX_SUCCESS
        assert nx_igmp_multicast_interface_leave(bench.ip, OTHER, 1) == NX_ENTRY_NOT_FOUND
        assert driver.groups == [(NX_LINK_MULTICAST_JOIN, 0x5E010203)]
        assert bench.info()[3] == 2
        bench.query(10)
        bench.sleep_until(150)
        assert [frame[16:20] for frame in driver.frames()] == [GROUP.to_bytes(4, "big")]
        assert nx_ip_interface_detach(bench.ip, 1) == NX_SUCCESS
        assert bench.info()[3] == 1
        assert nx_igmp_multicast_interface_leave(bench.ip, GROUP, 1) == NX_INVALID_INTERFACE


def test_without_igmp_groups_are_joined_silently() -> None:
    with Bench(arp_entries=0, driver=GroupDriver()) as bench:
        tx_thread_sleep(1)
        bench.deliver_to("_udp_receive")
        assert nx_ipv4_multicast_interface_join(bench.ip, GROUP, 0) == NX_SUCCESS
        bench.receive(header(GROUP, data=b"for the group"))
        assert bench.delivered == [b"for the group"]
        bench.sleep_until(300)
        assert nx_ipv4_multicast_interface_leave(bench.ip, GROUP, 0) == NX_SUCCESS
        assert bench.driver.frames() == []


# -- checks -----------------------------------------------------------------------------------------

ON_GROUP = (nx_igmp_multicast_join, nx_igmp_multicast_leave)
ON_INTERFACE = (nx_igmp_multicast_interface_join, nx_igmp_multicast_interface_leave)
WITHOUT_IGMP = (nx_ipv4_multicast_interface_join, nx_ipv4_multicast_interface_leave)
ON_INSTANCE = (nx_igmp_loopback_enable, nx_igmp_loopback_disable)


@pytest.mark.parametrize("service", [*ON_GROUP, *ON_INTERFACE, *WITHOUT_IGMP])
def test_checks_of_joining_and_leaving(service: Any) -> None:
    index = () if service in ON_GROUP else (0,)
    with Igmp() as bench:
        statuses: list[int] = []
        assert service(None, GROUP, *index) == NX_PTR_ERROR
        assert service(NX_IP(), GROUP, *index) == NX_PTR_ERROR
        assert service(bench.ip, 0x0A000002, *index) == NX_IP_ADDRESS_ERROR
        assert service(bench.ip, 0xF0000000, *index) == NX_IP_ADDRESS_ERROR
        if index:
            assert service(bench.ip, GROUP, 1) == NX_INVALID_INTERFACE
        bench.sim.interrupt(lambda: statuses.append(service(bench.ip, GROUP, *index)))
        assert statuses == [NX_CALLER_ERROR]


@pytest.mark.parametrize("service", [*ON_GROUP, *ON_INTERFACE, *ON_INSTANCE, nx_igmp_info_get])
def test_igmp_has_to_be_enabled(service: Any) -> None:
    rest = {
        **dict.fromkeys(ON_GROUP, (GROUP,)),
        **dict.fromkeys(ON_INTERFACE, (GROUP, 0)),
        nx_igmp_info_get: (None,) * 4,
    }
    with Bench() as bench:
        assert service(bench.ip, *rest.get(service, ())) == NX_NOT_ENABLED


@pytest.mark.parametrize("service", [nx_igmp_enable, *ON_INSTANCE, nx_igmp_info_get])
def test_checks_of_the_others(service: Any) -> None:
    rest = (None,) * 4 if service is nx_igmp_info_get else ()
    with Igmp() as bench:
        statuses: list[int] = []
        assert service(None, *rest) == NX_PTR_ERROR
        assert service(NX_IP(), *rest) == NX_PTR_ERROR
        if service is nx_igmp_enable:
            bench.ip._igmp_receive = None
        bench.sim.interrupt(lambda: statuses.append(service(bench.ip, *rest)))
        assert statuses == [NX_CALLER_ERROR]
        assert service(bench.ip, *rest) == NX_SUCCESS
