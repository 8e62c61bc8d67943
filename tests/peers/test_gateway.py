"""`netx-pop3 gateway`: a board on a serial line collects from a Dovecot on this computer's loopback, through NAT."""

import os
import signal
import subprocess
import sys
import tty

import pytest

from netx_drivers.slip import SlipDriver
from netx_pop3 import Maildrop
from netx_pop3.maildrop import Host
from netx_sim.kernel import simulation
from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.mails import mails

PATIENCE_S = 60


@pytest.fixture
def server(peer):
    peer("libslirp")
    content = [mail for mail in mails() if len(mail) < 100_000] + [b"Subject: long\n\n" + b"0123456789 " * 9000 + b"\n"]
    with Dovecot(peer("dovecot"), content, failure_delay="0") as dovecot:
        yield dovecot


@pytest.fixture
def line():
    """A pseudo-terminal: the board's descriptor, and the name of the gateway's end."""
    board, near = os.openpty()
    tty.setraw(near)
    yield board, os.ttyname(near)
    os.close(board)
    os.close(near)


@pytest.fixture
def gateway(line, tmp_path):
    """The command, running; it is ready when its first line has been read."""
    argv = [sys.executable, "-m", "netx_pop3.cli", "gateway", "--slip", line[1], "--capture", tmp_path / "line.pcapng"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([str(word) for word in argv], env=os.environ | {"PYTHONUNBUFFERED": "1"}, **pipes) as process:
        yield process
        if process.poll() is None:
            process.kill()


def collect(descriptor, seed):
    """What the board fetches: over its line, from the server behind its router.

    With another seed it comes from another port: the router's side remembers the one of an ended connection.
    """
    with (
        simulation(seed, config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 8192}),
        Host(SlipDriver(descriptor), "192.168.7.2/24", "192.168.7.1") as host,
        Maildrop("10.0.2.2", USER, PASSWORD, ip=host.ip, pool=host.pool, port=PORT) as drop,
    ):
        return [mail.raw for mail in drop]


@pytest.mark.leaks
def test_a_board_collects_and_is_reset(server, line, gateway, tmp_path, peer):
    """The greeting's packet of an APOP session is lost to the device's quirk."""
    expected = fetched_by_poplib(server)
    assert gateway.stdout.readline() == "the board is to be 192.168.7.2, its router 192.168.7.1; nat: leads on\n"
    assert collect(line[0], 1) == expected
    os.write(line[0], b"\xc0half a packet, and then the banner of a boot loader\r\n")
    assert collect(line[0], 2) == expected
    gateway.send_signal(signal.SIGINT)
    output, errors = gateway.communicate(timeout=PATIENCE_S)
    assert (gateway.returncode, errors) == (0, "")
    assert " packets forwarded, 0 dropped; line: " in output
    assert_clean_capture(peer("tshark"), tmp_path / "line.pcapng", (PORT,))
