"""ICMP: echo, ping and the errors that go out. Statuses are shown by the recorded services."""

from typing import Any

import pytest

from netx_sim import (
    IP_ADDRESS,
    NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_ICMPV4_TX_CHECKSUM,
    NX_INVALID_INTERFACE,
    NX_INVALID_PARAMETERS,
    NX_NO_PACKET,
    NX_NO_RESPONSE,
    NX_NOT_ENABLED,
    NX_PACKET,
    NX_SUCCESS,
    NXD_ADDRESS,
    Ref,
    nx_icmp_enable,
    nx_icmp_info_get,
    nx_icmp_ping,
    nx_packet_allocate,
    nx_packet_release,
    nx_udp_enable,
    nxd_icmp_enable,
    nxd_icmp_ping,
    nxd_icmp_source_ping,
    packet_bytes,
    tx_thread_sleep,
)
from netx_sim.icmp import _nxd_icmp_ping, _nxd_icmp_source_ping
from netx_sim.wire import icmp
from netx_sim.wire.checksum import checksum
from tests.unit.ip.bench import OWN, PEER, Bench, RecordingDriver, header, parse

INFO = ("sent", "timeouts", "suspended", "responses", "checksum_errors", "unhandled")


class Icmp(Bench):
    """A bench on a point-to-point link, with ICMP and UDP."""

    def __init__(self, **arguments: Any) -> None:
        arguments.setdefault("driver", RecordingDriver(mapping=0))
        super().__init__(arp_entries=0, **arguments)

    def __enter__(self) -> "Icmp":
        super().__enter__()
        assert nx_icmp_enable(self.ip) == NX_SUCCESS
        assert nx_udp_enable(self.ip) == NX_SUCCESS
        tx_thread_sleep(1)
        return self

    def counters(self) -> dict[str, int]:
        values = [Ref() for _ in INFO]
        assert nx_icmp_info_get(self.ip, *values) == NX_SUCCESS
        return {name: value.value for name, value in zip(INFO, values, strict=True)}

    def at(self, tick: int, data: bytes) -> None:
        """A packet arrives at that tick."""
        self.sim.call_at_us(tick * 10000, lambda _: self.receive(data), None)

    def ping(self, data: bytes = b"abc", wait: int = 100) -> tuple[int, bytes | None]:
        reply = Ref()
        status = nx_icmp_ping(self.ip, PEER, data, len(data), reply, wait)
        if status:
            assert reply.value is None
            return status, None
        answer = packet_bytes(reply.value)
        assert nx_packet_release(reply) == NX_SUCCESS
        return status, answer


def message(kind: int, rest: int = 0, data: bytes = b"", code: int = 0, **fields: int) -> bytes:
    raw = bytearray(icmp.emit(icmp.IcmpMessage(kind, code, rest, data)))
    raw[2] ^= fields.get("xor", 0)
    return header(protocol=1, data=bytes(raw), source=fields.get("source", PEER))


# -- echo -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", [256, 1536])
def test_an_echo_request_is_answered_with_its_own_data(payload: int) -> None:
    data = bytes(i & 0xFF for i in range(701))
    with Icmp(payload=payload) as bench:
        bench.receive(message(icmp.ECHO_REQUEST, 0x12340005, data, code=9))
        (sent,) = bench.driver.frames()
        fields = parse(sent)
        assert (fields["source"], fields["destination"], fields["ttl"]) == (OWN, PEER, 128)
        answer = icmp.parse(sent, 20, len(sent))
        assert answer is not None
        assert (answer.type, answer.code, answer.rest, answer.data) == (icmp.ECHO_REPLY, 9, 0x12340005, data)
        assert checksum(sent[20:]) == 0


def test_an_answer_needs_a_route_back_by_the_same_interface() -> None:
    with Icmp() as bench:
        bench.receive(message(icmp.ECHO_REQUEST, source=IP_ADDRESS(9, 9, 9, 9)))
        bench.receive(message(icmp.ECHO_REQUEST, source=IP_ADDRESS(127, 0, 0, 1)))
        assert bench.driver.frames() == []
        assert (bench.ip.nx_ip_pings_received, bench.ip.nx_ip_pings_responded_to) == (2, 0)


def test_a_wrong_checksum_is_dropped_unless_the_link_vouches_for_it() -> None:
    with Icmp() as bench:
        bench.receive(message(icmp.ECHO_REQUEST, xor=1))
        assert bench.driver.frames() == []
        assert bench.counters()["checksum_errors"] == 1
        bench.ip.nx_ip_interface[0].nx_interface_capability_flag = (
            NX_INTERFACE_CAPABILITY_ICMPV4_RX_CHECKSUM | NX_INTERFACE_CAPABILITY_ICMPV4_TX_CHECKSUM
        )
        bench.receive(message(icmp.ECHO_REQUEST, xor=1))
        (sent,) = bench.driver.frames()
        assert sent[22:24] == b"\0\0"  # and computes it


def test_messages_too_short_or_of_other_types_are_dropped() -> None:
    with Icmp() as bench:
        bench.receive(header(protocol=1, data=b"\x08\0\xf7\xff"))
        bench.receive(message(icmp.PARAMETER_PROBLEM))
        assert bench.driver.frames() == []
        assert bench.counters()["unhandled"] == 1
        assert bench.ip.nx_ip_icmp_invalid_packets == 1


# -- ping -------------------------------------------------------------------------------------------


def test_a_ping_and_its_reply() -> None:
    with Icmp() as bench:
        bench.at(31, message(icmp.ECHO_REPLY, 0x00010000, b"reply"))
        assert bench.ping() == (NX_SUCCESS, b"reply")
        assert bench.sim.now == 31
        (sent,) = bench.driver.frames()
        request = icmp.parse(sent, 20, len(sent))
        assert request is not None
        assert (request.type, request.code, request.rest, request.data) == (icmp.ECHO_REQUEST, 0, 0x00010000, b"abc")
        assert checksum(sent[20:]) == 0


def test_a_reply_belongs_to_the_ping_with_its_sequence_number() -> None:
    with Icmp() as bench:
        bench.at(20, message(icmp.ECHO_REPLY, 0x00010001, b"other"))
        bench.at(30, message(icmp.ECHO_REPLY, 0x99990000, b"mine", source=IP_ADDRESS(10, 0, 0, 77)))
        assert bench.ping() == (NX_SUCCESS, b"mine")
        assert bench.counters()["responses"] == 2


def test_sequence_numbers_wrap_at_16_bits() -> None:
    with Icmp() as bench:
        bench.ip.nx_ip_icmp_sequence = 0xFFFF
        assert bench.ping(wait=0) == (NX_NO_RESPONSE, None)
        assert bench.ping(wait=0) == (NX_NO_RESPONSE, None)
        assert [frame[26:28] for frame in bench.driver.frames()] == [b"\xff\xff", b"\0\0"]
        assert bench.counters()["timeouts"] == 0


def test_waiting_pings_are_counted_and_described() -> None:
    with Icmp() as bench:
        seen: list[Any] = []

        def look(_: Any) -> None:
            seen.append(len(bench.ip.nx_ip_icmp_ping_suspension_list))
            seen.append(repr(bench.ip.nx_ip_icmp_ping_suspension_list[0]._wait_what))

        bench.sim.call_at_us(200000, look, None)
        assert bench.ping(wait=50) == (NX_NO_RESPONSE, None)
        assert seen == [1, "echo reply 0 to <NX_IP ip>"]
        assert bench.counters()["timeouts"] == 1


def test_data_beyond_a_payload_are_chained() -> None:
    data = bytes(i & 0xFF for i in range(500))
    with Icmp(payload=128) as bench:
        assert bench.ping(data, wait=0) == (NX_NO_RESPONSE, None)
        assert bench.driver.frames()[0][28:] == data
        assert bench.driver.chains[0] > 1


def test_a_pool_too_small_or_too_empty() -> None:
    with Icmp(payload=40) as bench:
        assert bench.ping(wait=0) == (NX_INVALID_PARAMETERS, None)
    with Icmp(payload=128, packets=3) as bench:
        assert bench.ping(bytes(1000), wait=5) == (NX_NO_PACKET, None)
        assert bench.pool.nx_packet_pool_available == 3


def test_by_ipv6_only_if_it_is_there() -> None:
    peer = NXD_ADDRESS(6, (0xFE800000, 0, 0, 2))
    with Icmp() as bench:
        reply = Ref()
        assert nxd_icmp_ping(bench.ip, peer, b"", 0, reply, 0) == NX_NOT_ENABLED
        assert nxd_icmp_source_ping(bench.ip, peer, 0, b"", 0, reply, 0) == NX_INVALID_INTERFACE
        assert _nxd_icmp_ping(bench.ip, peer, b"", 0, reply, 0) == NX_NOT_ENABLED
        assert _nxd_icmp_source_ping(bench.ip, peer, 0, b"", 0, reply, 0) == NX_NOT_ENABLED
        calls: list[Any] = []
        bench.ip._ipv6_address_used = lambda _ip, index: index == 1
        assert nxd_icmp_source_ping(bench.ip, peer, 0, b"", 0, reply, 0) == NX_INVALID_INTERFACE
        assert nxd_icmp_source_ping(bench.ip, peer, 1, b"", 0, reply, 0) == NX_NOT_ENABLED
        bench.ip._ipv6_ping = lambda *arguments: calls.append(arguments[2]) or NX_SUCCESS
        assert nxd_icmp_ping(bench.ip, peer, b"", 0, reply, 0) == NX_SUCCESS
        assert nxd_icmp_source_ping(bench.ip, peer, 1, b"", 0, reply, 0) == NX_SUCCESS
        assert calls == [None, 1]


def test_nxd_icmp_enable_brings_icmpv6_along() -> None:
    with Icmp() as bench:
        told: list[Any] = []
        bench.ip._icmpv6_enable = told.append
        assert nxd_icmp_enable(bench.ip) == NX_SUCCESS
        assert told == [bench.ip]


# -- errors -----------------------------------------------------------------------------------------

UDP_TO_NOBODY = bytes.fromhex("0007270f00140000") + b"twelve bytes"


def test_an_error_quotes_the_ip_header_and_eight_bytes() -> None:
    offending = header(data=UDP_TO_NOBODY)
    with Icmp() as bench:
        bench.receive(offending)
        (sent,) = bench.driver.frames()
        assert parse(sent)["ttl"] == 255
        error = icmp.parse(sent, 20, len(sent))
        assert error is not None
        assert (error.type, error.code, error.rest) == (icmp.DESTINATION_UNREACHABLE, icmp.PORT_UNREACHABLE, 0)
        assert error.data == offending[:28]
        assert checksum(sent[20:]) == 0


def test_an_unknown_protocol_is_unreachable_and_less_than_eight_bytes_are_quoted_as_they_are() -> None:
    offending = header(protocol=200, data=b"abc")
    with Icmp() as bench:
        bench.receive(offending)
        (sent,) = bench.driver.frames()
        assert sent[20:22] == bytes([icmp.DESTINATION_UNREACHABLE, icmp.PROTOCOL_UNREACHABLE])
        assert sent[28:] == offending


@pytest.mark.parametrize(
    ("source", "destination"),
    [
        (PEER, 0x0A0000FF),
        (PEER, 0xFFFFFFFF),
        (PEER, 0xE0000001),
        (0, OWN),
        (0xE0000005, OWN),
        (0x0A0000FF, OWN),
        (0x09090909, OWN),
    ],
)
def test_no_error_about_or_to_what_is_not_one_reachable_host(source: int, destination: int) -> None:
    with Icmp() as bench:
        bench.receive(header(source=source, destination=destination, data=UDP_TO_NOBODY))
        assert bench.driver.frames() == []


def test_no_error_without_a_packet_or_room_in_one() -> None:
    with Icmp(packets=2) as bench:
        held = Ref()
        assert nx_packet_allocate(bench.pool, held, 0, 0) == NX_SUCCESS
        bench.receive(header(data=UDP_TO_NOBODY))
        assert bench.driver.frames() == []
        assert bench.pool.nx_packet_pool_empty_requests == 1
        nx_packet_release(held)
    with Icmp(payload=68) as bench:
        packet: NX_PACKET = bench.packet(header(data=UDP_TO_NOBODY), room=0)
        packet.nx_packet_interface_ptr = bench.ip.nx_ip_interface[0]
        packet.nx_packet_ip_header = packet.nx_packet_prepend_ptr
        assert bench.ip._icmp_error is not None
        bench.ip._icmp_error(bench.ip, packet, 3, 3)
        assert bench.driver.frames() == []
        nx_packet_release(packet)
