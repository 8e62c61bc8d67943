"""The SLIP driver on descriptors, pseudo-terminals and UART objects."""

import errno
import logging
import os
import select
import socket
import sys
import tty
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netx_drivers import SlipDriver, slip_serial
from netx_drivers.cslip import Compressor
from netx_drivers.errors import LinkError
from netx_drivers.slip_codec import encode
from netx_drivers.slip_end import SlipEnd
from netx_drivers.slip_port import ObjectPort
from netx_sim import NX_NO_PACKET, NX_NOT_CONNECTED, NX_SUCCESS, diagnostics, simulation
from netx_sim.constants import (
    NX_LINK_ARP_SEND,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_SPEED,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_PACKET_SEND,
)
from netx_sim.snapshot import netstat
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL
from netx_sim.testing.driver_bench import Bench, DriverRig, ip_packet
from netx_sim.testing.driver_conformance import CHECKS, Check, run_check
from tests.drivers.slip_mail import WINDOW, Collector, Mailbox, mail, wire_form
from tests.drivers.slip_rigs import MTU, PairRig, PtyRig, Uart, UartRig, until
from tests.drivers.test_cslip import SYN, segment

RIGS: dict[str, Callable[[], DriverRig]] = {
    "pty": PtyRig,
    "pty-cslip": lambda: PtyRig(cslip=True),
    "pair": PairRig,
    "uart": UartRig,
}
SHORT_WAITS = {
    "NX_POP3_CLIENT_CONNECTION_TIMEOUT": 30,
    "NX_POP3_SERVER_REPLY_TIMEOUT": 30,
    "NX_POP3_CLIENT_DISCONNECT_TIMEOUT": 10,
}
DATA = ip_packet(b"data")


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def reports() -> Iterator[list[str]]:
    found: list[str] = []

    def note(kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        found.append(message)

    diagnostics.hooks.append(note)
    yield found
    diagnostics.hooks.remove(note)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("medium", RIGS)
def test_driver_conforms(medium: str, check: Check) -> None:
    run_check(check, RIGS[medium])


# -- what comes over the line ---------------------------------------------------------------------------


def test_banner_of_a_boot_loader_is_dropped() -> None:
    with Bench(PtyRig) as bench:
        bench.rig.put_bytes(b"Board 1.0 booting...\r\nOK\r\n")
        bench.expect_only()
        assert bench.rig.slip.statistics.junk == 26


def test_board_that_boots_again_in_the_middle_is_heard() -> None:
    with Bench(PtyRig) as bench:
        torn = encode(ip_packet(bytes(200)))[:100]
        bench.rig.put_bytes(encode(DATA) + torn + b"Board 1.0 booting...\r\n" + encode(DATA))
        assert [arrival.data for arrival in bench.expect_received(2)] == [DATA, DATA]
        assert bench.rig.slip.statistics.damaged == 1


@pytest.mark.parametrize(
    ("line", "counter"),
    [
        (encode(bytes(1501)), "too_long"),
        (b"\xc0" + b"x" * 100000 + b"\xc0", "too_long"),
        (b"\xc0E\xdbx\xc0", "damaged"),
        (b"\xc0hello\xc0", "damaged"),
        (b"\xc0Early\xc0", "damaged"),
        (encode(DATA[:-1]), "damaged"),
        (encode(b"`" + bytes(30)), "damaged"),
        (b"\xc0\x85half\xc0", "tossed"),
        (b"\xc0\x75" + bytes(50) + b"\xc0", "damaged"),
    ],
)
def test_bad_frame_is_dropped_and_counted(line: bytes, counter: str) -> None:
    with Bench(PtyRig) as bench:
        bench.rig.put_bytes(b"\xc0" + line)
        bench.expect_only()
        statistics = bench.rig.slip.statistics
        assert getattr(statistics, counter) == 1
        assert f"{counter}=1" in repr(statistics)
        assert f"{counter.replace('_', ' ')} 1" in netstat(bench.sim)


def test_peer_with_a_larger_mtu_is_heard() -> None:
    with Bench(lambda: PairRig(mtu=296)) as bench:
        data = ip_packet(bytes(1400))
        bench.rig.put(data)
        assert bench.expect_received(1)[0].data == data
        assert bench.interface.nx_interface_ip_mtu_size == 296


def test_flow_control_characters_stay_off_the_line() -> None:
    with Bench(lambda: PairRig(xonxoff=True)) as bench:
        data = ip_packet(bytes(range(256)))
        bench.send(NX_LINK_PACKET_SEND, bench.packet(data))
        bench.settle(lambda: select.select([bench.rig.far], [], [], 0)[0])
        line = bench.rig.far.recv(5000)
        assert line == encode(data, True)
        assert b"\x11" not in line
        assert b"\x13" not in line
        bench.rig.put(data)
        assert bench.expect_received(1)[0].data == data


# -- what waits for the port ----------------------------------------------------------------------------


def test_full_port_does_not_hold_up_the_stack() -> None:
    """A terminal takes some kilobytes that nobody reads: the others wait with the driver, and leave in order."""
    with Bench(PtyRig, packets=60) as bench:
        sent = [ip_packet(bytes([number]) * 1400) for number in range(40)]
        for data in sent:
            bench.send(NX_LINK_PACKET_SEND, bench.packet(data))
        waiting = 60 - bench.pool.nx_packet_pool_available
        assert 10 < waiting < 40
        bench.sim.wait(None, 2)
        assert 60 - bench.pool.nx_packet_pool_available == waiting
        assert bench.expect_sent(40) == sent
        bench.expect_no_loss()


def test_too_many_packets_do_not_wait() -> None:
    with Bench(lambda: UartRig(backlog=3)) as bench:
        sent = [ip_packet(bytes([number]) * 200) for number in range(6)]
        for data in sent:
            bench.send(NX_LINK_PACKET_SEND, bench.packet(data))
        assert bench.expect_sent(3) == sent[:3]
        assert bench.rig.slip.statistics.dropped_out == 3
        bench.expect_no_loss()


@pytest.mark.parametrize("epoll", [True, False])
def test_room_is_waited_for_with_and_without_epoll(monkeypatch: pytest.MonkeyPatch, epoll: bool) -> None:
    if not epoll:
        monkeypatch.delattr(select, "epoll")
    with Bench(PtyRig, packets=60) as bench:
        for number in range(40):
            bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(bytes([number]) * 1400)))
        assert [frame[-1] for frame in bench.expect_sent(40)] == list(range(40))
        bench.expect_no_loss()


def test_deleted_instance_takes_back_what_waits() -> None:
    with Bench(PtyRig, packets=60) as bench:
        for _ in range(40):
            bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(bytes(1400))))
        bench.delete()
        bench.expect_no_loss()


# -- the port goes and comes ----------------------------------------------------------------------------


def test_unplugged_port_drops_what_waits_and_comes_back_with_nothing_of_it(reports: list[str]) -> None:
    with Bench(PtyRig, packets=60) as bench:
        for _ in range(40):
            bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(bytes(1400))))
        bench.rig.unplug()
        assert bench.settle(lambda: bench.link_events == [0])
        bench.expect_no_loss()
        bench.send(NX_LINK_PACKET_SEND, bench.packet(DATA))
        bench.rig.plug_in()
        assert bench.settle(lambda: bench.link_events == [0, 1])
        bench.send(NX_LINK_PACKET_SEND, bench.packet(DATA))
        assert bench.expect_sent(1) == [DATA]
        assert "is gone" in reports[0]
        assert "is back" in reports[1]


def test_port_that_comes_back_to_a_disabled_link_leaves_it_down() -> None:
    with Bench(PtyRig) as bench:
        bench.request(NX_LINK_DISABLE)
        bench.rig.unplug()
        bench.settle(lambda: bench.rig.slip._line is None)
        bench.request(NX_LINK_ENABLE)
        assert bench.interface.nx_interface_link_up == 0
        bench.request(NX_LINK_DISABLE)
        bench.rig.plug_in()
        assert bench.settle(lambda: bench.rig.slip._line is not None)
        assert bench.interface.nx_interface_link_up == 0
        bench.request(NX_LINK_ENABLE)
        bench.expect_only()


def test_driver_may_be_closed_while_its_port_is_away() -> None:
    with Bench(PtyRig) as bench:
        bench.rig.unplug()
        assert bench.settle(lambda: bench.link_events == [0])
        bench.delete()
        assert bench.rig.slip._reopener is None


def test_missing_port_fails_the_attachment(reports: list[str]) -> None:
    with Bench(PtyRig) as bench:
        bench.delete()
        bench.rig.unplug()
        request = bench.request(NX_LINK_INTERFACE_ATTACH)
        assert request.nx_ip_driver_status == NX_NOT_SUCCESSFUL
        assert "no serial port" in reports[-1]


def test_terminal_given_as_a_descriptor_comes_back_when_it_is_opened_again() -> None:
    """The caller holds the master end; the program at the other end is stopped and started."""
    with simulation() as sim:
        master, slave = os.openpty()
        name = os.ttyname(slave)
        with SlipDriver(master, retry_ms=5) as driver:
            collector = Collector(driver, 20)
            interface = collector.host.ip.nx_ip_interface[0]
            sim.wait(None, 1)
            os.close(slave)
            until(sim, lambda: not interface.nx_interface_link_up)
            slave = os.open(name, os.O_RDWR | os.O_NOCTTY)
            until(sim, lambda: interface.nx_interface_link_up)
        os.close(master)
        os.close(slave)


def test_other_end_of_a_descriptor_that_closed_is_not_found_again() -> None:
    with Bench(PairRig) as bench:
        bench.rig.far.close()
        assert bench.settle(lambda: bench.link_events == [0])
        with pytest.raises(LinkError, match="other end"):
            slip_serial.open_descriptor(bench.rig.near)


@pytest.mark.parametrize("moment", ["reading", "writing"])
def test_uart_that_breaks_takes_the_link_down(moment: str) -> None:
    with Bench(UartRig) as bench:
        uart = bench.rig.uart
        if moment == "reading":
            uart.broken = True
        else:
            bench.rig.slip._line._write = _broken
            bench.send(NX_LINK_PACKET_SEND, bench.packet(DATA))
        assert bench.settle(lambda: bench.link_events == [0])
        assert not bench.sim.real
        bench.expect_no_loss()


def _broken(data: bytes) -> int:
    raise OSError(errno.EIO, "broken")


# -- mail -----------------------------------------------------------------------------------------------


def pty_pair() -> tuple[int, int]:
    master, slave = os.openpty()
    tty.setraw(slave)
    return master, slave


@pytest.fixture
def pair() -> Iterator[tuple[int, int]]:
    ends = pty_pair()
    yield ends
    for fd in ends:
        os.close(fd)


@pytest.mark.parametrize("cslip", [(False, False), (True, True), (True, False), (False, True)])
def test_mail_over_a_terminal(pair: tuple[int, int], cslip: tuple[bool, bool]) -> None:
    """Both ends compress as soon as one does."""
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW, "NX_TCP_ACK_EVERY_N_PACKETS": 2}):
        content = [mail(300000), mail(100)]
        server, client = (SlipDriver(fd, mtu=MTU, cslip=how) for fd, how in zip(pair, cslip, strict=True))
        Mailbox(server, content)
        status, messages = Collector(client).collect(2)
        assert (status, messages) == (NX_SUCCESS, [wire_form(text) for text in content])
        assert server.compressing == client.compressing == any(cslip)
        assert bool(client.statistics.compressed_in) == any(cslip)


def test_compression_may_be_refused_altogether() -> None:
    with Bench(lambda: PairRig(cslip="never")) as bench:
        bench.rig.far.send(b"\xc0" + encode(Compressor().compress(segment(b"data"))))
        bench.expect_only()
        assert bench.rig.slip.statistics.damaged == 1
        assert not bench.rig.slip.compressing


def test_mail_over_a_uart_in_virtual_time() -> None:
    """Two UART objects, cabled together: 64 bytes a millisecond each way."""
    with simulation() as sim:
        one, other = Uart(), Uart()
        one.sent, other.sent = other.incoming, one.incoming
        content = mail(3000)
        Mailbox(SlipDriver(one), [content])
        collector = Collector(SlipDriver(other))
        assert collector.collect() == (NX_SUCCESS, [wire_form(content)])
        assert not sim.real


@pytest.mark.leaks  # the server's end of the connection is left to retransmit, which takes minutes of a real clock
def test_port_unplugged_in_the_middle_of_a_mail_ends_in_the_status_of_a_device() -> None:
    with simulation(config=SHORT_WAITS | {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 4096}) as sim:
        rig = PtyRig()
        Mailbox(SlipDriver(os.dup(rig.far), mtu=MTU, retry_ms=5), [mail(100000)])
        collector = Collector(rig.slip)
        server_end: Any = sim.ip_instances[0].nx_ip_interface[0].nx_interface_link_driver_entry
        collector.after_first_piece = lambda: (server_end.close(), os.close(server_end._where), rig.unplug())[0]
        status, messages = collector.collect()
        assert status in (NX_NO_PACKET, NX_NOT_CONNECTED)
        assert wire_form(mail(100000)).startswith(messages[0])
        assert not collector.host.ip.nx_ip_interface[0].nx_interface_link_up
        assert collector.host.pool.nx_packet_pool_available == collector.host.pool.nx_packet_pool_total
        rig.close()


# -- requests and refusals ------------------------------------------------------------------------------


def test_one_interface_and_no_hardware_addresses() -> None:
    with Bench(UartRig) as bench:
        assert bench.send(NX_LINK_ARP_SEND, bench.packet(bytes(28))) == NX_NOT_SUCCESSFUL
        assert bench.ask(NX_LINK_GET_SPEED) == (NX_SUCCESS, 115200)
        other = bench.request(NX_LINK_INTERFACE_ATTACH, interface=type(bench.interface)(1))
        assert other.nx_ip_driver_status == NX_INVALID_INTERFACE
        bench.expect_no_loss()


def test_name_is_told() -> None:
    rig = PairRig()
    assert repr(rig.slip) == f"<SlipDriver descriptor {rig.near.fileno()}>"
    rig.slip.close()
    assert repr(rig.slip) == f"<SlipDriver {rig.near.fileno()}>"
    rig.close()
    assert ObjectPort(Uart()).name == "the port"


@pytest.mark.parametrize("options", [{"baud": 0}, {"mtu": 20}, {"cslip": "maybe"}])
def test_impossible_line_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        SlipDriver(Uart(), **options)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "plugging it in"),
        (errno.EACCES, "dialout"),
        (errno.EBUSY, "in use"),
        (errno.EIO, "cannot be opened"),
    ],
)
def test_refusal_names_what_mends_it(monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    import serial

    def refuse(*_: Any, **__: Any) -> None:
        raise serial.SerialException(number, "no")

    monkeypatch.setattr(serial, "serial_for_url", refuse)
    with pytest.raises(LinkError, match=words):
        SlipDriver("/dev/ttyUSB0")


def test_unknown_url_is_refused() -> None:
    with pytest.raises(LinkError, match="cannot be opened"):
        SlipDriver("nonsense://x")


def test_missing_pyserial_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "serial", None)
    with pytest.raises(LinkError, match="pip install pyserial"):
        SlipDriver("/dev/ttyUSB0")


def test_flow_control_is_asked_of_pyserial(monkeypatch: pytest.MonkeyPatch) -> None:
    import serial

    asked: dict[str, Any] = {}
    near, far = socket.socketpair()

    def fake(name: str, **options: Any) -> Any:
        asked.update(options, name=name)
        return near

    monkeypatch.setattr(serial, "serial_for_url", fake)
    SlipDriver("/dev/ttyUSB0", 9600, rtscts=True).close()
    far.close()
    assert asked == {"name": "/dev/ttyUSB0", "baudrate": 9600, "rtscts": True, "xonxoff": False, "timeout": 0}


def test_compression_begins_with_the_first_sound_header_only() -> None:
    with Bench(PairRig) as bench:
        bench.rig.far.send(b"\xc0\x75" + bytes(60) + b"\xc0")
        bench.expect_only()
        assert not bench.rig.slip.compressing
        assert isinstance(bench.rig.slip._end, SlipEnd)


def test_compression_ends_with_the_first_whole_header_of_a_peer_that_stopped() -> None:
    """A board that was reset with other firmware; one that compresses sends some headers whole as well."""
    with Bench(PairRig) as bench:
        rig, expected = bench.rig, 0

        def hear(packet: bytes, compressing: bool) -> None:
            nonlocal expected
            rig.put(packet)
            expected += 1
            assert bench.settle(lambda: rig.slip.statistics.packets_in == expected)
            assert rig.slip.compressing == compressing

        remember = Compressor().compress(segment(b"data"))
        hear(segment(b"data"), False)
        hear(remember, True)
        damaged = bytearray(segment(b"data"))
        damaged[8] ^= 1  # a time to live that does not fit the checksum
        for packet in (segment(flags=SYN), segment(b"x", fragment=0x2000), DATA, bytes(damaged)):
            hear(packet, True)
        hear(segment(b"more"), False)
        hear(remember, True)
        bench.received.clear()


def test_compression_that_was_asked_for_stays() -> None:
    with Bench(lambda: PairRig(cslip=True)) as bench:
        bench.rig.put(segment(b"data"))
        assert bench.settle(lambda: bench.rig.slip.statistics.packets_in == 1)
        assert bench.rig.slip.compressing
