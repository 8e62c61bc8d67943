"""A real Linux kernel at the other end of the line: user-mode Linux with its own SLIP driver, plain and compressing."""

import os
import random
import select
import subprocess
import sys
import time
import tty
from pathlib import Path

import pytest

from netx_drivers import SlipDriver
from netx_drivers.slip_codec import END
from netx_pop3.maildrop import Host, Maildrop
from netx_sim import IP_ADDRESS, NX_SUCCESS, Ref, nx_icmp_ping, nx_packet_release, packet_bytes, simulation

GUEST = Path(__file__).parent / "uml_guest.py"
KERNEL = "10.0.2.2"
DEVICE = "10.0.2.15/24"
PATIENCE_S = 30.0
SIZE = 1 << 20
NUDGE_US = 1000

pytestmark = pytest.mark.slow


def mail():
    """A megabyte of lines that neither compress nor repeat, with dots and bytes that need escapes."""
    chance = random.Random(5)
    lines = [b"Subject: a megabyte", b""]
    while sum(map(len, lines)) < SIZE:
        text = chance.randbytes(60).replace(b"\r", b"x").replace(b"\n", b"y").replace(b"\0", b"z")
        lines += [text] * 20 + [b".", b"..", b"\xc0\xdb" * 20]
    return b"\r\n".join(lines) + b"\r\n"


class Kernel:
    """A user-mode Linux whose serial port is a terminal; the tests have its master end."""

    def __init__(self, program, mode, file):
        self.line, slave = os.openpty()
        tty.setraw(slave)
        argv = [program, "mem=128M", "root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "con=null"]
        argv += ["con0=fd:0,fd:1", f"ssl0=tty:{os.ttyname(slave)}", "quiet", f"init={sys.executable}"]
        argv += ["--", str(GUEST), mode, str(file)]
        self.process = subprocess.Popen(
            argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
        self.said = b""
        try:
            self.until(b"READY")
        except BaseException:
            self.close()
            raise
        finally:
            os.close(slave)

    def until(self, words):
        """Wait until it has said something."""
        end = time.monotonic() + PATIENCE_S
        while words not in self.said:
            left = end - time.monotonic()
            assert left > 0, self.said
            if select.select([self.process.stdout], [], [], left)[0]:
                heard = os.read(self.process.stdout.fileno(), 4096)
                assert heard, self.said
                self.said += heard

    def nudge(self, sim):
        """Its serial port sends the second of two frames only when something comes in: an empty frame will do."""
        try:
            os.write(self.line, bytes([END]))
        except BlockingIOError:
            pass
        sim.call_at_us(sim.now_us() + NUDGE_US, self.nudge, sim)

    def close(self):
        os.killpg(self.process.pid, 9)
        self.process.wait(10)
        self.process.stdin.close()
        self.process.stdout.close()
        os.close(self.line)


@pytest.fixture
def content(tmp_path):
    return mail()


@pytest.fixture(params=["slip", "cslip"])
def kernel(request, peer, tmp_path, content):
    file = tmp_path / "mail"
    file.write_bytes(content)
    made = Kernel(peer("linux.uml"), request.param, file)
    yield made
    made.close()


def test_pings_both_ways_and_a_megabyte_intact(request, kernel, content):
    """The driver is not told which mode it is: it hears it."""
    compressing = "cslip" in request.node.name
    with simulation() as sim:
        driver = SlipDriver(kernel.line, mtu=1500)
        with Host(driver, DEVICE) as host:
            sim.wait(None, 2)
            kernel.nudge(sim)
            answer, data = Ref(), bytes(range(256))
            assert nx_icmp_ping(host.ip, IP_ADDRESS(10, 0, 2, 2), data, len(data), answer, 500) == NX_SUCCESS
            assert packet_bytes(answer.value) == data
            nx_packet_release(answer)
            kernel.process.stdin.write(b"ping\n")
            kernel.process.stdin.flush()
            for _ in range(500):
                sim.wait(None, 1)
                if driver.statistics.packets_in > 1:
                    break
            with Maildrop(KERNEL, "u", "p", ip=host.ip, pool=host.pool, apop=False) as drop:
                assert [item.raw for item in drop] == [content]
            assert driver.compressing == compressing
            assert bool(driver.statistics.compressed_in) == compressing
            assert not driver.statistics.damaged
        kernel.until(b"PING answered")
