"""The SLIP driver on pyserial's URLs: loops, sockets, and terminal servers."""

import logging
import os
import select
import socket

import pytest

from netx_drivers import SlipDriver, slip_serial
from netx_drivers.slip_codec import encode
from netx_sim import NX_SUCCESS, simulation
from netx_sim.constants import NX_LINK_PACKET_SEND
from netx_sim.testing.driver_bench import Bench, DriverRig, ip_packet
from tests.drivers.serial_server import SerialServer
from tests.drivers.slip_mail import Collector, Mailbox, mail, wire_form
from tests.drivers.slip_rigs import MTU, until

OLD_THREADING = pytest.mark.filterwarnings(r"ignore:set(Daemon|Name)")  # in pyserial


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def test_loop_gives_back_what_is_sent() -> None:
    class Loop(DriverRig):
        ethernet = False

        def __init__(self) -> None:
            self.driver = self.slip = SlipDriver("loop://", mtu=MTU)

        def close(self) -> None:
            self.slip.close()

    with Bench(Loop) as bench:
        data = [ip_packet(bytes([number]) * 900) for number in range(20)]
        for packet in data:
            bench.send(NX_LINK_PACKET_SEND, bench.packet(packet))
        assert [arrival.data for arrival in bench.expect_received(20)] == data
        bench.expect_no_loss()


def test_socket_url_and_the_loss_of_its_peer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, simulation() as sim:
        port = listener.getsockname()[1]
        with SlipDriver(f"socket://127.0.0.1:{port}", retry_ms=5) as driver:
            far, _ = listener.accept()
            collector = Collector(driver, 20)
            interface = collector.host.ip.nx_ip_interface[0]
            far.sendall(b"\xc0" + encode(ip_packet(b"x")))
            until(sim, lambda: driver.statistics.packets_in == 1)
            far.close()
            until(sim, lambda: not interface.nx_interface_link_up)
            again, _ = listener.accept()
            until(sim, lambda: interface.nx_interface_link_up)
            again.sendall(encode(ip_packet(b"y")))
            until(sim, lambda: driver.statistics.packets_in == 2)
            again.close()


@OLD_THREADING
def test_mail_through_a_terminal_server() -> None:
    """RFC 2217: bytes of 255 are doubled, speed and flow control are asked of the far port."""
    with SerialServer() as far, simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 16384}):
        content = [b"Subject: every byte\r\n\r\n" + bytes(range(14, 256)) * 100 + b"\r\n", mail(100)]
        Mailbox(SlipDriver(far.line, mtu=MTU), content)
        driver = SlipDriver(far.url, 57600, mtu=MTU, rtscts=True)
        assert (far.serial.baudrate, far.serial.rtscts) == (57600, True)
        assert Collector(driver).collect(2) == (NX_SUCCESS, [wire_form(text) for text in content])
        assert not driver.statistics.damaged


@OLD_THREADING
def test_terminal_server_that_comes_back() -> None:
    with SerialServer() as far, simulation() as sim, SlipDriver(far.url, retry_ms=5) as driver:
        collector = Collector(driver, 20)
        interface = collector.host.ip.nx_ip_interface[0]
        os.write(far.line, b"\xc0" + encode(ip_packet(b"x")))
        until(sim, lambda: driver.statistics.packets_in == 1)
        far.drop()
        until(sim, lambda: not interface.nx_interface_link_up)
        until(sim, lambda: interface.nx_interface_link_up)
        os.write(far.line, encode(ip_packet(b"y")))
        until(sim, lambda: driver.statistics.packets_in == 2)


def test_pump_ends_when_its_port_does() -> None:
    import serial

    port = serial.serial_for_url("loop://", timeout=0)
    pump = slip_serial.Pump(port)
    near = slip_serial.FdPort(pump.near.fileno(), "loop", pump.close)
    port.close()
    look = select.poll()
    look.register(near.fd, select.POLLIN)
    assert look.poll(5000)
    with pytest.raises(ConnectionResetError):
        near.read()
    near.close()
    near.close()
