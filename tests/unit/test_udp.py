"""UDP: what goes on the wire, what a reader gets, who gets a port. Statuses are shown by the recorded services."""

import struct
from collections.abc import Callable
from typing import Any

import pytest

from netx_sim import (
    IP_ADDRESS,
    NX_ANY_PORT,
    NX_DONT_FRAGMENT,
    NX_FRAGMENT_OKAY,
    NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM,
    NX_INVALID_INTERFACE,
    NX_INVALID_PACKET,
    NX_IP_ADDRESS_ERROR,
    NX_IP_MIN_DELAY,
    NX_IP_NORMAL,
    NX_NO_FREE_PORTS,
    NX_NO_INTERFACE_ADDRESS,
    NX_NO_PACKET,
    NX_NOT_BOUND,
    NX_NOT_ENABLED,
    NX_PORT_UNAVAILABLE,
    NX_PTR_ERROR,
    NX_SOCKET_UNBOUND,
    NX_STILL_BOUND,
    NX_SUCCESS,
    NX_UDP_PACKET,
    NX_UDP_SOCKET,
    NXD_ADDRESS,
    TX_AUTO_START,
    TX_THREAD,
    DeviceFault,
    Ref,
    nx_packet_allocate,
    nx_packet_release,
    nx_udp_enable,
    nx_udp_free_port_find,
    nx_udp_info_get,
    nx_udp_packet_info_extract,
    nx_udp_socket_bind,
    nx_udp_socket_bytes_available,
    nx_udp_socket_checksum_disable,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_info_get,
    nx_udp_socket_port_get,
    nx_udp_socket_receive,
    nx_udp_socket_receive_notify,
    nx_udp_socket_send,
    nx_udp_socket_source_send,
    nx_udp_socket_unbind,
    nx_udp_source_extract,
    nxd_udp_packet_info_extract,
    nxd_udp_socket_send,
    nxd_udp_socket_source_send,
    nxd_udp_source_extract,
    packet_bytes,
    tx_thread_create,
    tx_thread_sleep,
    tx_thread_wait_abort,
)
from netx_sim.wire import udp
from netx_sim.wire.checksum import finish, ones_sum, pseudo_ipv4
from tests.unit.ip.bench import OWN, PEER, Bench, RecordingDriver, header, parse

PORT = 6000
PEER_PORT = 7
IP_INFO = ("sent", "bytes_sent", "received", "bytes_received", "invalid", "dropped", "checksum_errors")


class Udp(Bench):
    """A bench on a point-to-point link, with UDP."""

    def __init__(self, **arguments: Any) -> None:
        arguments.setdefault("driver", RecordingDriver(mapping=0))
        super().__init__(arp_entries=0, **arguments)

    def __enter__(self) -> "Udp":
        super().__enter__()
        assert nx_udp_enable(self.ip) == NX_SUCCESS
        return self

    def socket(self, port: int = PORT, queue: int = 5, tos: int = NX_IP_NORMAL, fragment: int = 0) -> NX_UDP_SOCKET:
        socket = NX_UDP_SOCKET()
        assert nx_udp_socket_create(self.ip, socket, "udp", tos, fragment, 128, queue) == NX_SUCCESS
        if port:
            assert nx_udp_socket_bind(socket, port, 0) == NX_SUCCESS
        return socket

    def close(self, *sockets: NX_UDP_SOCKET) -> None:
        for socket in sockets:
            nx_udp_socket_unbind(socket)
            assert nx_udp_socket_delete(socket) == NX_SUCCESS

    def counters(self) -> dict[str, int]:
        values = [Ref() for _ in IP_INFO]
        assert nx_udp_info_get(self.ip, *values) == NX_SUCCESS
        return {name: value.value for name, value in zip(IP_INFO, values, strict=True)}

    def thread(self, entry: Callable[[int], None], priority: int) -> TX_THREAD:
        block = TX_THREAD()
        stack = bytearray(1024)
        status = tx_thread_create(block, "t", entry, 0, stack, 1024, priority, priority, 0, TX_AUTO_START)
        assert status == NX_SUCCESS
        return block


def datagram(data: bytes, port: int = PORT, source_port: int = PEER_PORT, source: int = PEER, **fields: int) -> bytes:
    """An IP packet with a datagram, its checksum right unless fields say otherwise."""
    length = fields.get("length", 8 + len(data))
    message = bytearray(udp.emit(udp.UdpHeader(source_port, port, length)) + data)
    total = pseudo_ipv4(source, OWN, 17, 8 + len(data)) + ones_sum(message)
    struct.pack_into(">H", message, 6, fields.get("checksum", finish(total) ^ fields.get("xor", 0)))
    return header(data=bytes(message), source=source)


def received(socket: NX_UDP_SOCKET, wait: int = 0) -> bytes | int:
    """The data of the next datagram, or the status."""
    packet = Ref("unset")
    status = nx_udp_socket_receive(socket, packet, wait)
    if status:
        assert packet.value is None
        return status
    data = packet_bytes(packet.value)
    assert len(data) == packet.value.nx_packet_length
    assert nx_packet_release(packet) == NX_SUCCESS
    return data


# -- sending ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 999, 1472])
def test_a_datagram_on_the_wire(size: int) -> None:
    data = bytes(i & 0xFF for i in range(size))
    with Udp() as bench:
        socket = bench.socket(tos=NX_IP_MIN_DELAY, fragment=NX_DONT_FRAGMENT)
        variable = Ref(bench.packet(data))
        assert nx_udp_socket_send(socket, variable, PEER, PEER_PORT) == NX_SUCCESS
        assert variable.value is None
        (sent,) = bench.driver.frames()
        fields = parse(sent)
        assert (fields["source"], fields["destination"]) == (OWN, PEER)
        assert (fields["tos"], fields["flags"], fields["ttl"], fields["protocol"]) == (0x10, 0x4000, 128, 17)
        message = udp.parse(sent, 20, len(sent))
        assert message is not None
        assert (message.source_port, message.destination_port, message.length) == (PORT, PEER_PORT, 8 + size)
        assert finish(pseudo_ipv4(OWN, PEER, 17, 8 + size) + ones_sum(sent[20:])) == 0
        assert sent[28:] == data
        assert bench.counters()["bytes_sent"] == socket.nx_udp_socket_bytes_sent == size
        bench.close(socket)


def test_a_computed_checksum_of_zero_is_sent_as_ffff() -> None:
    """RFC 768: zero on the wire would mean that there is none."""
    with Udp() as bench:
        socket = bench.socket()
        assert nx_udp_socket_send(socket, bench.packet(b"\0\0"), PEER, PEER_PORT) == NX_SUCCESS
        missing = struct.unpack_from(">H", bench.driver.frames()[0], 26)[0]
        assert nx_udp_socket_send(socket, bench.packet(struct.pack(">H", missing)), PEER, PEER_PORT) == NX_SUCCESS
        assert bench.driver.frames()[1][26:28] == b"\xff\xff"
        bench.close(socket)


@pytest.mark.parametrize("how", ["disabled", "capability"])
def test_no_checksum_where_none_is_wanted(how: str) -> None:
    with Udp() as bench:
        socket = bench.socket()
        if how == "disabled":
            assert nx_udp_socket_checksum_disable(socket) == NX_SUCCESS
        else:
            tx_thread_sleep(1)
            bench.ip.nx_ip_interface[0].nx_interface_capability_flag = NX_INTERFACE_CAPABILITY_UDP_TX_CHECKSUM
        assert nx_udp_socket_send(socket, bench.packet(b"abc"), PEER, PEER_PORT) == NX_SUCCESS
        assert bench.driver.frames()[0][26:28] == b"\0\0"
        bench.close(socket)


def test_a_chain_is_one_datagram() -> None:
    data = bytes(i & 0xFF for i in range(1001))
    with Udp(payload=128) as bench:
        socket = bench.socket()
        assert nx_udp_socket_send(socket, bench.packet(data), PEER, PEER_PORT) == NX_SUCCESS
        (sent,) = bench.driver.frames()
        assert bench.driver.chains == [9]
        assert sent[28:] == data
        assert finish(pseudo_ipv4(OWN, PEER, 17, 1009) + ones_sum(sent[20:])) == 0
        bench.close(socket)


def test_a_failed_send_leaves_the_packet_as_it_was() -> None:
    with Udp() as bench:
        socket = bench.socket(port=0)
        packet = bench.packet(b"abc")
        variable = Ref(packet)
        prepend = packet.nx_packet_prepend_ptr
        assert nx_udp_socket_send(socket, variable, PEER, PEER_PORT) == NX_NOT_BOUND
        assert nx_udp_socket_bind(socket, PORT, 0) == NX_SUCCESS
        assert nx_udp_socket_send(socket, variable, IP_ADDRESS(9, 9, 9, 9), PEER_PORT) == NX_IP_ADDRESS_ERROR
        assert variable.value is packet
        assert (packet.nx_packet_prepend_ptr, packet.nx_packet_length) == (prepend, 3)
        nx_packet_release(packet)
        bench.close(socket)


def test_to_the_own_address_it_comes_back() -> None:
    with Udp() as bench:
        socket = bench.socket()
        tx_thread_sleep(1)
        assert nxd_udp_socket_send(socket, bench.packet(b"self"), NXD_ADDRESS(4, OWN), PORT) == NX_SUCCESS
        assert received(socket) == b"self"
        assert bench.driver.frames() == []
        bench.close(socket)


def test_source_send_needs_an_interface_in_use() -> None:
    with Udp(config={"NX_MAX_PHYSICAL_INTERFACES": 2}) as bench:
        socket = bench.socket()
        tx_thread_sleep(1)
        packet = bench.packet(b"abc")
        assert nx_udp_socket_source_send(socket, packet, PEER, PEER_PORT, 1) == NX_INVALID_INTERFACE
        assert nx_udp_socket_source_send(socket, packet, PEER, PEER_PORT, 3) == NX_INVALID_INTERFACE
        variable = Ref(packet)
        assert nxd_udp_socket_source_send(socket, variable, NXD_ADDRESS(4, PEER), PEER_PORT, 0) == NX_SUCCESS
        assert variable.value is packet  # this service does not null the caller's variable
        assert len(bench.driver.frames()) == 1
        bench.close(socket)


def test_source_send_looks_at_the_socket_and_its_instance() -> None:
    with Udp() as bench:
        socket, packet = bench.socket(), bench.packet(b"abc")
        socket.nx_udp_socket_ip_ptr = None
        assert nx_udp_socket_source_send(socket, packet, PEER, PEER_PORT, 0) == NX_PTR_ERROR
        socket.nx_udp_socket_ip_ptr = bench.ip
        identifier, bench.ip.nx_ip_id = bench.ip.nx_ip_id, 0
        assert nx_udp_socket_source_send(socket, packet, PEER, PEER_PORT, 0) == NX_PTR_ERROR
        bench.ip.nx_ip_id = identifier
        receive_slot, bench.ip._udp_receive = bench.ip._udp_receive, None
        assert nx_udp_socket_source_send(socket, packet, PEER, PEER_PORT, 0) == NX_NOT_ENABLED
        assert nxd_udp_socket_source_send(socket, packet, NXD_ADDRESS(4, PEER), PEER_PORT, 0) == NX_NOT_ENABLED
        bench.ip._udp_receive = receive_slot
        nx_packet_release(packet)
        bench.close(socket)


def test_without_ipv6_there_is_no_ipv6_address_to_send_from() -> None:
    peer = NXD_ADDRESS(6, (0xFE800000, 0, 0, 2))
    with Udp() as bench:
        socket, packet = bench.socket(), bench.packet(b"abc")
        assert nxd_udp_socket_send(socket, packet, peer, PEER_PORT) == NX_NO_INTERFACE_ADDRESS
        assert nxd_udp_socket_source_send(socket, packet, peer, PEER_PORT, 3) == NX_NO_INTERFACE_ADDRESS
        assert nxd_udp_socket_source_send(socket, packet, peer, PEER_PORT, 4) == NX_INVALID_INTERFACE
        calls: list[tuple[Any, ...]] = []
        bench.ip._ipv6_udp_send = lambda *arguments: calls.append(arguments) or NX_SUCCESS
        assert nxd_udp_socket_send(socket, packet, peer, PEER_PORT) == NX_SUCCESS
        assert nxd_udp_socket_source_send(socket, packet, peer, PEER_PORT, 2) == NX_SUCCESS
        assert calls == [(socket, packet, peer, PEER_PORT, None), (socket, packet, peer, PEER_PORT, 2)]
        nx_udp_socket_unbind(socket)
        assert nxd_udp_socket_send(socket, packet, peer, PEER_PORT) == NX_NOT_BOUND
        nx_packet_release(packet)
        bench.close(socket)


# -- receiving --------------------------------------------------------------------------------------

DATA = b"0123456789"

# what arrives -> what a reader gets, and the counters invalid and checksum_errors after that
ARRIVALS = {
    "right": (datagram(DATA), DATA, 0, 0),
    "empty": (datagram(b""), b"", 0, 0),
    "no checksum": (datagram(DATA, checksum=0), DATA, 0, 0),
    "wrong checksum": (datagram(DATA, xor=1), NX_NO_PACKET, 1, 1),
    "states less than is there": (datagram(DATA, length=9), DATA, 0, 0),
    "states less than a header": (datagram(DATA, length=3), DATA, 0, 0),
    "states more than is there": (datagram(DATA, length=19), NX_NO_PACKET, 1, 0),
    "header cut short": (header(data=bytes(7)), NX_NO_PACKET, 1, 0),
}


@pytest.mark.parametrize("name", ARRIVALS)
def test_what_a_reader_gets(name: str) -> None:
    packet, expected, invalid, errors = ARRIVALS[name]
    with Udp() as bench:
        socket = bench.socket()
        bench.receive(packet)
        assert received(socket) == expected
        counters = bench.counters()
        assert (counters["invalid"], counters["checksum_errors"]) == (invalid, errors)
        assert counters["received"] == (1 if name == "header cut short" or "more" in name else 1 - errors)
        assert counters["bytes_received"] == (len(expected) if isinstance(expected, bytes) else 0)
        assert socket.nx_udp_socket_checksum_errors == errors
        bench.close(socket)


@pytest.mark.parametrize("how", ["disabled", "capability"])
def test_a_wrong_checksum_passes_where_none_is_looked_at(how: str) -> None:
    with Udp() as bench:
        socket = bench.socket()
        tx_thread_sleep(1)
        if how == "disabled":
            assert nx_udp_socket_checksum_disable(socket) == NX_SUCCESS
        else:
            bench.ip.nx_ip_interface[0].nx_interface_capability_flag = NX_INTERFACE_CAPABILITY_UDP_RX_CHECKSUM
        bench.receive(datagram(DATA, xor=1))
        assert received(socket) == DATA
        bench.close(socket)


def test_a_wrong_checksum_starts_the_readers_wait_again() -> None:
    with Udp() as bench:
        socket = bench.socket()
        tx_thread_sleep(1)
        bench.sim.call_at_us((bench.sim.now + 30) * 10000, lambda _: bench.receive(datagram(DATA, xor=1)), None)
        start = bench.sim.now
        assert received(socket, 50) == NX_NO_PACKET
        assert bench.sim.now - start == 80
        bench.close(socket)


def test_the_queue_keeps_the_newest() -> None:
    with Udp() as bench:
        socket = bench.socket(queue=2)
        for number in range(4):
            bench.receive(datagram(bytes([number] * (number + 1))))
        available, dropped, queued = Ref(), Ref(), Ref()
        assert nx_udp_socket_bytes_available(socket, available) == NX_SUCCESS
        assert available.value == 7
        assert nx_udp_socket_info_get(socket, None, None, None, None, queued, dropped, None) == NX_SUCCESS
        assert (queued.value, dropped.value) == (2, 2)
        assert socket.nx_udp_socket_receive_count == 2
        assert received(socket) == b"\2\2\2"
        assert received(socket) == b"\3\3\3\3"
        bench.close(socket)


def test_notify_runs_for_each_arrival_even_a_spoilt_one() -> None:
    with Udp() as bench:
        socket = bench.socket()
        seen: list[Any] = []
        assert nx_udp_socket_receive_notify(socket, seen.append) == NX_SUCCESS
        bench.receive(datagram(DATA, xor=1))
        bench.receive(datagram(DATA))
        assert seen == [socket, socket]
        assert nx_udp_socket_receive_notify(socket, None) == NX_SUCCESS
        bench.receive(datagram(DATA))
        assert len(seen) == 2
        bench.close(socket)


def test_an_unknown_port_is_reported_to_the_sender() -> None:
    with Udp() as bench:
        bench.note_errors()
        bench.receive(datagram(DATA, port=99))
        assert bench.errors == [(3, 3)]
        bench.ip._icmp_error = None
        bench.receive(datagram(DATA, port=99))
        assert bench.ip.nx_ip_udp_no_port_for_delivery == 2


# -- readers ----------------------------------------------------------------------------------------


def test_readers_are_served_first_in_first_out_and_unbind_sends_them_away() -> None:
    with Udp() as bench:
        socket = bench.socket()
        log: list[Any] = []
        bench.thread(lambda _: log.append(("a", received(socket, 100))), 9)
        bench.thread(lambda _: log.append(("b", received(socket, 100))), 8)
        bench.thread(lambda _: log.append(("c", received(socket, 100))), 7)
        bench.receive(datagram(b"one"))
        assert log == [("a", b"one")]
        assert nx_udp_socket_unbind(socket) == NX_SUCCESS
        assert log[1:] == [("b", NX_SOCKET_UNBOUND), ("c", NX_SOCKET_UNBOUND)]
        bench.close(socket)


def test_after_the_second_of_three_readers_gave_up_the_third_is_served_first() -> None:
    with Udp() as bench:
        socket = bench.socket()
        log: list[Any] = []
        bench.thread(lambda _: log.append(("a", received(socket, 100))), 9)
        second = bench.thread(lambda _: log.append(("b", received(socket, 100))), 8)
        bench.thread(lambda _: log.append(("c", received(socket, 100))), 7)
        assert tx_thread_wait_abort(second) == NX_SUCCESS
        bench.receive(datagram(b"one"))
        bench.receive(datagram(b"two"))
        assert log[1:] == [("c", b"one"), ("a", b"two")]
        bench.close(socket)


# -- ports ------------------------------------------------------------------------------------------


def test_any_port_is_a_free_one_of_the_range_and_may_run_out() -> None:
    with Udp(config={"NX_SEARCH_PORT_START": 65534}) as bench:
        sockets = [bench.socket(port=0) for _ in range(3)]
        assert [nx_udp_socket_bind(socket, NX_ANY_PORT, 0) for socket in sockets] == [
            NX_SUCCESS,
            NX_SUCCESS,
            NX_NO_FREE_PORTS,
        ]
        ports = [Ref(), Ref()]
        for socket, port in zip(sockets, ports, strict=False):
            assert nx_udp_socket_port_get(socket, port) == NX_SUCCESS
        assert sorted(port.value for port in ports) == [65534, 65535]
        found = Ref()
        assert nx_udp_free_port_find(bench.ip, 65534, found) == NX_NO_FREE_PORTS
        assert nx_udp_free_port_find(bench.ip, 65533, found) == NX_SUCCESS
        assert found.value == 65533
        bench.close(*sockets)


def test_any_port_starts_anywhere_in_the_range() -> None:
    with Udp() as bench:
        sockets = [bench.socket(port=0) for _ in range(20)]
        for socket in sockets:
            assert nx_udp_socket_bind(socket, NX_ANY_PORT, 0) == NX_SUCCESS
        ports = {socket.nx_udp_socket_port for socket in sockets}
        assert min(ports) >= 49152
        assert max(ports) - min(ports) > 1000
        bench.close(*sockets)


def test_a_freed_port_goes_to_the_waiter_which_can_be_unbound_meanwhile() -> None:
    with Udp() as bench:
        first, second, third = bench.socket(), bench.socket(port=0), bench.socket(port=0)
        log: list[Any] = []
        bench.thread(lambda _: log.append(nx_udp_socket_bind(second, PORT, 100)), 9)
        bench.thread(lambda _: log.append(nx_udp_socket_bind(third, PORT, 100)), 9)
        assert nx_udp_socket_unbind(second) == NX_SUCCESS
        assert log == [NX_PORT_UNAVAILABLE]
        assert nx_udp_socket_unbind(first) == NX_SUCCESS
        assert log == [NX_PORT_UNAVAILABLE, NX_SUCCESS]
        bench.receive(datagram(DATA))
        assert received(third) == DATA
        assert nx_udp_socket_delete(third) == NX_STILL_BOUND
        bench.close(first, second, third)


def test_a_socket_that_waits_to_receive_does_not_wait_to_bind() -> None:
    with Udp() as bench:
        first, second = bench.socket(), bench.socket(port=0)
        log: list[Any] = []

        def bind_and_read(_: int) -> None:
            log.append(nx_udp_socket_bind(second, PORT, 100))
            log.append(received(second, 100))

        bench.thread(bind_and_read, 9)
        assert nx_udp_socket_unbind(first) == NX_SUCCESS
        assert nx_udp_socket_unbind(second) == NX_SUCCESS
        assert log == [NX_SUCCESS, NX_SOCKET_UNBOUND]
        bench.close(first, second)


# -- where a datagram came from ---------------------------------------------------------------------


def test_extract_of_a_received_datagram() -> None:
    with Udp() as bench:
        socket, packet = bench.socket(), Ref()
        bench.receive(datagram(DATA, source=IP_ADDRESS(10, 0, 0, 9), source_port=4711))
        assert nx_udp_socket_receive(socket, packet, 0) == NX_SUCCESS
        address, port, protocol, index = Ref(), Ref(), Ref(), Ref()
        assert nx_udp_source_extract(packet.value, address, port) == NX_SUCCESS
        assert (address.value, port.value) == (0x0A000009, 4711)
        either = NXD_ADDRESS(0, (1, 2, 3, 4))
        assert nxd_udp_source_extract(packet.value, either, port) == NX_SUCCESS
        assert (either.nxd_ip_version, either.nxd_ip_address.v6) == (4, [0x0A000009, 2, 3, 4])
        assert nx_udp_packet_info_extract(packet.value, address, protocol, port, index) == NX_SUCCESS
        assert (protocol.value, index.value) == (17, 0)
        nx_packet_release(packet)
        bench.close(socket)


def test_extract_of_an_ipv6_datagram() -> None:
    """The IPv4 form refuses it, but only after it has written all but the address."""
    source = (0xFE800000, 0, 0, 2)
    with Udp() as bench:
        packet = bench.packet(b"x" * 60)
        start = packet.nx_packet_prepend_ptr
        struct.pack_into(">IIII", packet._mem, start + 8, *source)
        struct.pack_into(">H", packet._mem, start + 40, 4711)
        packet.nx_packet_ip_version, packet.nx_packet_ip_header = 6, start
        packet.nx_packet_interface_ptr = bench.ip.nx_ip_interface[0]
        packet.nx_packet_prepend_ptr += 48
        address, either, port, index = Ref("kept"), NXD_ADDRESS(), Ref(), Ref()
        assert nxd_udp_source_extract(packet, either, port) == NX_SUCCESS
        assert (either.nxd_ip_version, tuple(either.nxd_ip_address.v6), port.value) == (6, source, 4711)
        assert nx_udp_packet_info_extract(packet, address, None, port, index) == NX_INVALID_PACKET
        assert (address.value, port.value, index.value) == ("kept", 4711, 0)
        packet.nx_packet_ip_version = 5
        assert nxd_udp_source_extract(packet, either, port) == NX_INVALID_PACKET
        assert nxd_udp_packet_info_extract(packet, either, None, None, None) == NX_INVALID_PACKET
        packet.nx_packet_prepend_ptr = start
        nx_packet_release(packet)


def test_extract_of_a_packet_that_was_never_received_faults() -> None:
    with Udp() as bench:
        packet = Ref()
        assert nx_packet_allocate(bench.pool, packet, NX_UDP_PACKET, 0) == NX_SUCCESS
        index = Ref()
        assert nxd_udp_packet_info_extract(packet.value, None, None, None, index) == NX_SUCCESS
        assert index.value == 0xFFFFFFFF
        with pytest.raises(DeviceFault, match="Q-UDP-EXTRACT-FRESH"):
            nx_udp_packet_info_extract(packet.value, Ref(), None, None, None)
        nx_packet_release(packet)


def test_repr_names_socket_and_port() -> None:
    with Udp() as bench:
        socket = bench.socket(fragment=NX_FRAGMENT_OKAY)
        assert repr(socket) == "<NX_UDP_SOCKET udp port 6000>"
        bench.close(socket)
