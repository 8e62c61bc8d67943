"""The gateway's parts, and the whole of it with a line that is unplugged, in this process."""

import io
import os
import signal
import tempfile
from ipaddress import IPv4Address

import pytest
from rich.console import Console
from typer.testing import CliRunner

from netx_drivers import RamWire, SlipDriver, SlipWire
from netx_pop3.cli import app, gateway
from netx_pop3.cli.exits import Exit, UsageError
from netx_pop3.cli.gateway import Plan, StopSignal
from netx_pop3.cli.way import Way
from netx_pop3.maildrop import Host, Maildrop
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_sim import (
    IP_ADDRESS,
    NX_NO_WAIT,
    NX_SUCCESS,
    Ref,
    nx_icmp_ping,
    nx_packet_release,
    simulation,
    tx_thread_relinquish,
    tx_thread_sleep,
)
from tests.drivers.slip_rigs import PtyRig, until
from tests.peers.cable import Cable

LINE, BOARD = "192.168.7.1/24", "192.168.7.2"


@pytest.mark.parametrize(
    ("link", "mtu", "uplink"),
    [
        (None, 1006, "nat:?behind=192.168.7.2&mtu=1006"),
        (None, 296, "nat:?behind=192.168.7.2&mtu=296"),
        ("nat:10.77.0.0/16?mtu=1500", 1006, "nat:10.77.0.0/16?mtu=1500&behind=192.168.7.2"),
        ("tap:tap0", 1006, "tap:tap0"),
    ],
)
def test_a_nat_is_told_of_the_board_and_its_line(link, mtu, uplink):
    way = Way(link, "10.0.0.2/24") if link == "tap:tap0" else Way(link)
    assert Plan("/dev/ttyUSB0", 115200, mtu, way, LINE, BOARD).uplink == uplink


@pytest.mark.parametrize(
    ("line", "board"),
    [("mars", BOARD), (LINE, "mars"), (LINE, "192.168.8.2"), (LINE, "192.168.7.1"), ("1.2.3.4/40", BOARD)],
)
def test_addresses_of_the_line_that_cannot_be(line, board):
    with pytest.raises(UsageError, match="--board"):
        Plan("/dev/ttyUSB0", 115200, 1006, Way(None), line, board)


def test_the_line_wants_a_prefix_length():
    with pytest.raises(UsageError, match=r"--line 192\.168\.7\.1: the prefix length is missing, as in .*/24"):
        Plan("/dev/ttyUSB0", 115200, 1006, Way(None), "192.168.7.1", "192.168.7.2")


def command(*argv):
    return CliRunner().invoke(app, ["gateway", *argv])


def test_what_is_wrong_is_one_sentence():
    done = command("--slip", "/dev/netx-none")
    assert done.exit_code == Exit.LINK
    assert done.stderr.startswith("netx-pop3: there is no serial port /dev/netx-none")
    done = command("--slip", "/dev/netx-none", "--uplink", "tap:tap0")
    assert done.exit_code == Exit.USAGE
    assert done.stderr.startswith("netx-pop3: --uplink tap:tap0: give --address as well")
    board, near = os.openpty()
    done = command("--slip", os.ttyname(near), "--uplink", "foo:bar", "--address", "10.0.0.2/24")
    os.close(board)
    os.close(near)
    assert done.exit_code == Exit.USAGE
    assert done.stderr.startswith("netx-pop3: there is no link scheme 'foo'")


def test_signals_stop_it_and_are_given_back():
    before = signal.getsignal(signal.SIGTERM)
    with StopSignal() as stop:
        assert not stop.came
        signal.raise_signal(signal.SIGTERM)
        assert stop.came
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("terminal", [False, True])
def test_a_line_that_is_unplugged_comes_back(monkeypatch, tmp_path, terminal):
    rig = PtyRig.__new__(PtyRig)
    rig.folder = tempfile.TemporaryDirectory(prefix="netx-gateway-")
    rig.name = os.path.join(rig.folder.name, "tty")
    rig.plug_in()
    shown = io.StringIO()

    class Looks(StopSignal):
        """Pulls the plug at the second look, and puts it back at the fourth; the end is when the line is up."""

        looks = 0

        @property
        def came(self):
            self.looks += 1
            if self.looks == 2:
                rig.unplug()
            elif self.looks == 4:
                rig.plug_in()
            return self.looks > 100 or "is up" in shown.getvalue()

        @came.setter
        def came(self, value):
            pass

    monkeypatch.setattr(gateway, "StopSignal", Looks)
    console = Console(file=shown, force_terminal=terminal, width=300, highlight=False)
    way = Way("ram:", "10.0.0.2/24")
    capture = None if terminal else tmp_path / "line.pcapng"
    assert gateway.gateway(Plan(rig.name, 115200, 1006, way, LINE, BOARD, capture), console) == Exit.DONE
    rig.unplug()
    rig.folder.cleanup()
    text = shown.getvalue()
    assert text.index(f"{rig.name} is down") < text.index(f"{rig.name} is up")
    assert "0 packets forwarded, 0 dropped; line: 0 in (0 bytes)" in text
    assert terminal or capture.exists()


def test_a_board_that_takes_nothing_leaves_packets_for_others():
    """A terminal that nobody reads is full after some packets; what is for the board may not fill the pool."""
    board, near = os.openpty()
    plan = Plan(os.ttyname(near), 115200, 1006, Way("ram:lab", "10.0.0.2/24"), LINE, BOARD)
    with simulation(config={"NX_MAX_PHYSICAL_INTERFACES": 2}):
        uplink, slip, line = gateway._drivers(plan)
        with Host(uplink, "10.0.0.2/24", packets=gateway._PACKETS) as router, slip:
            gateway._route(router.ip, plan, line, Console(file=io.StringIO()))
            with Host(uplink, "10.0.0.1/24", "10.0.0.2") as far:
                answer, there = Ref(), int(IPv4Address(BOARD))
                for _ in range(2 * gateway._PACKETS):
                    nx_icmp_ping(far.ip, there, bytes(900), 900, answer, NX_NO_WAIT)
                    tx_thread_relinquish()
                assert slip.statistics.dropped_out > 100
                assert nx_icmp_ping(far.ip, IP_ADDRESS(10, 0, 0, 2), b"you", 3, answer, 100) == NX_SUCCESS
                nx_packet_release(answer)
    os.close(board)
    os.close(near)


def test_what_is_for_an_unplugged_board_goes_nowhere(tmp_path):
    """Without the line its network has no route but the default one, which leads back to the sender's side."""
    with Cable(tmp_path) as cable, simulation(config={"NX_MAX_PHYSICAL_INTERFACES": 2}) as sim:
        plan = Plan(cable.name, 115200, 1006, Way("ram:lab", "10.0.0.2/24", "10.0.0.9"), LINE, BOARD)
        uplink, slip, line = gateway._drivers(plan)
        with (
            Host(uplink, "10.0.0.2/24", "10.0.0.9") as router,
            slip,
            Host(uplink, "10.0.0.1/24", "10.0.0.2") as far,
            Host(uplink, "10.0.0.9/24") as default,
            Host(SlipDriver(cable.board), f"{BOARD}/24", "192.168.7.1"),
        ):
            gateway._route(router.ip, plan, line, Console(file=io.StringIO()))

            def ping():
                answer = Ref()
                status = nx_icmp_ping(far.ip, int(IPv4Address(BOARD)), b"you", 3, answer, 30)
                if status == NX_SUCCESS:
                    nx_packet_release(answer)
                return status == NX_SUCCESS

            def settled(up):
                until(sim, lambda: router.ip.nx_ip_interface[1].nx_interface_link_up == up)
                tx_thread_sleep(1)

            assert ping()
            cable.unplug()
            settled(0)
            heard = default.ip.nx_ip_total_packets_received
            assert not ping()
            assert default.ip.nx_ip_total_packets_received == heard
            cable.plug_in()
            settled(1)
            assert any(ping() for _ in range(10))


def test_a_month_of_mail_every_six_hours():
    """In virtual time: a board on a line of 9600 baud, the gateway, and a server beyond it."""
    six_hours, content = 6 * 3600 * 100, [b"Subject: hourly\r\n\r\n" + b"measured\r\n" * 20]
    plan = Plan("the line", 9600, 296, Way("ram:", "10.0.0.2/24"), LINE, BOARD)
    said = io.StringIO()
    with simulation(config={"NX_MAX_PHYSICAL_INTERFACES": 2, "NX_POP3_CLIENT_TCP_WINDOW_SIZE": 1024}) as sim:
        uplink, line = RamWire(), SlipWire(9600, 296)
        router = Host(uplink, "10.0.0.2/24")
        gateway._route(router.ip, plan, line, Console(file=said))
        far = Host(uplink, "10.0.0.1/24", "10.0.0.2")
        server = Pop3Server(far.ip, far.pool, {b"board": Account(b"secret", MemoryStore(content))})
        assert server.start() == NX_SUCCESS
        board = Host(line, f"{BOARD}/24", "192.168.7.1")
        for _ in range(30 * 4):
            with Maildrop("10.0.0.1", "board", "secret", ip=board.ip, pool=board.pool, apop=False) as drop:
                assert [mail.raw for mail in drop] == content
            tx_thread_sleep(six_hours)
        assert sim.now > 30 * 24 * 3600 * 100
        statistics = line.end_of(router.ip.nx_ip_interface[1]).statistics
        assert router.ip.nx_ip_packets_forwarded == statistics.packets_in + statistics.packets_out
        assert router.ip.nx_ip_receive_packets_dropped == 0
        assert server.stop() == NX_SUCCESS
        for host in (board, far, router):
            assert host.pool.nx_packet_pool_available == host.pool.nx_packet_pool_total
