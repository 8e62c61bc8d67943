"""`netx-pop3 gateway`: a board with MicroPython collects from a Dovecot over a serial line, through NAT and TAP."""

import hashlib
import os
import re
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from netx_drivers.slip import SlipDriver
from netx_pop3 import Maildrop
from netx_pop3.maildrop import Host
from netx_sim.kernel import simulation
from tests.micropython.test_boards import HEAP, ROOT, SOURCE_ROOTS
from tests.peers.cable import Cable
from tests.peers.conftest import DEVICE, KERNEL
from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.gateway_rig import MTU, PATIENCE_S, Gateway, counters
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.mails import mails

LONG = b"Subject: long\n\n" + b"0123456789 " * 60000 + b"\n"
BOARD = Path(__file__).with_name("gateway_board.py")

pytestmark = pytest.mark.slow


def content():
    return [mail for mail in mails() if len(mail) < 100_000] + [LONG]


class Board:
    """The example for boards, running; a reset is its end."""

    def __init__(self, program, cable, server, seed):
        path = os.pathsep.join([*map(str, SOURCE_ROOTS), str(ROOT / "ports" / "micropython"), ".frozen"])
        argv = [program, "-X", HEAP, BOARD, cable.board, server, PORT, USER, PASSWORD, seed]
        self.process = subprocess.Popen(
            [str(word) for word in argv], env=os.environ | {"MICROPYPATH": path}, pass_fds=[cable.board],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def fetched(self):
        """What it printed of the mails it collected, once it is done."""
        output, _ = self.process.communicate(timeout=PATIENCE_S)
        *lines, last = [line for line in output.splitlines() if line != "begin"]
        assert last == "status 0", output
        return lines

    def reset_in_mail(self, number):
        """Let it go on until a mail begins, and end it while it is received."""
        for line in self.process.stdout:
            number -= line == "begin\n"
            if not number:
                break
        self.process.kill()
        assert "mail" not in self.process.stdout.read()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()


@pytest.fixture
def cable(tmp_path):
    with Cable(tmp_path) as made:
        yield made


@pytest.fixture
def server(peer):
    peer("libslirp")
    with Dovecot(peer("dovecot"), content(), failure_delay="0") as dovecot:
        yield dovecot


@pytest.fixture
def tap_server(peer, tap):
    with Dovecot(peer("dovecot"), content(), KERNEL, tap.space, failure_delay="0") as dovecot:
        yield dovecot


def expected(server):
    """What a board prints that collects all mails."""
    return [f"mail {len(mail)} {hashlib.sha256(mail).hexdigest()}" for mail in fetched_by_poplib(server)]


def test_a_board_collects_is_reset_and_unplugged(server, cable, peer, tmp_path):
    """One gateway all the while.  With the same seed the board comes from the same port again, into a connection that
    the NAT still knows; after a session that ended well it would have to wait for that, so it takes another seed."""
    micropython, capture = peer("micropython"), tmp_path / "line.pcapng"
    wanted = expected(server)
    with Gateway(cable, "--capture", capture) as gateway:
        assert gateway.line() == "the board is to be 192.168.7.2, its router 192.168.7.1; nat: leads on\n"
        assert Board(micropython, cable, "10.0.2.2", 1).fetched() == wanted
        Board(micropython, cable, "10.0.2.2", 2).reset_in_mail(len(wanted))
        cable.noise(b"\xc0half a packet, and then the banner of a boot loader\r\n")
        assert Board(micropython, cable, "10.0.2.2", 2).fetched() == wanted
        cable.unplug()
        assert gateway.line() == f"{cable.name} is down\n"
        cable.plug_in()
        assert gateway.line() == f"{cable.name} is up\n"
        assert Board(micropython, cable, "10.0.2.2", 3).fetched() == wanted
        output = gateway.end()
    forwarded, dropped, received, sent, junk, lost, used = counters(output)
    assert forwarded == received + sent > 3000
    assert (dropped, lost, used) == (0, 0, 0)
    assert junk in (1, 2)  # the noise, and what it was sending when it was reset
    assert_clean_capture(peer("tshark"), capture, (PORT,))


def test_a_board_collects_through_tap(tap_server, tap, cable, peer, tmp_path):
    """The kernel has a route to the line; counters are shown as they run, in a terminal."""
    micropython, capture = peer("micropython"), tmp_path / "line.pcapng"
    tap.space.run("ip", "route", "replace", "192.168.7.0/24", "via", DEVICE.split("/")[0])
    screen, terminal = os.openpty()
    options = ("--uplink", f"tap:{tap.name}", "--address", DEVICE)
    with Gateway(
        cable, "--capture", capture, *options, command=lambda argv: tap.space.command(*argv), output=terminal
    ) as gateway:
        seen = read_until(screen, r"tap:tap0 leads on")
        assert Board(micropython, cable, KERNEL, 1).fetched() == expected(tap_server)
        seen += read_until(screen, r"[1-9]\d{3} packets forwarded, 0 dropped")
        gateway.end(signal.SIGTERM)
        seen += read_until(screen, r"packets forwarded[^\x1b]*\n")
    os.close(screen)
    os.close(terminal)
    forwarded, dropped, received, sent, junk, lost, used = counters(seen)
    assert forwarded == received + sent > 3000
    assert (dropped, junk, lost, used) == (0, 0, 0, 0)
    shown = {int(count) for count in re.findall(r"(\d+) packets forwarded", seen)}
    assert len(shown) > 2, "the counters do not run"
    assert_clean_capture(peer("tshark"), capture, (PORT,), linux=KERNEL)


def read_until(screen, pattern):
    """What appears on a terminal until something is there."""
    seen, end = "", time.monotonic() + PATIENCE_S
    while not re.search(pattern, seen):
        assert select.select([screen], [], [], max(0, end - time.monotonic()))[0], seen
        seen += os.read(screen, 65536).decode()
    return seen


@pytest.mark.leaks
@pytest.mark.parametrize(("cslip", "options"), [(False, ()), (True, ()), (False, ("--xonxoff",))])
def test_a_host_as_the_board(server, cable, cslip, options):
    """Header compression is heard, flow control has to be told.  An APOP session loses a packet to a quirk."""
    with Gateway(cable, *options) as gateway:
        gateway.line()
        with (
            simulation(1, config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 8192}),
            SlipDriver(cable.board, mtu=MTU, cslip=cslip, xonxoff=bool(options)) as driver,
            Host(driver, "192.168.7.2/24", "192.168.7.1") as host,
            Maildrop("10.0.2.2", USER, PASSWORD, ip=host.ip, pool=host.pool, port=PORT) as drop,
        ):
            got = [mail.raw for mail in drop]
            assert bool(driver.statistics.compressed_in) == cslip
            assert not driver.statistics.damaged
        assert got == fetched_by_poplib(server)
        assert counters(gateway.end())[-1] == 0
