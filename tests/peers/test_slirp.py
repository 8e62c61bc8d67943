"""Mail over SLIP through slirp, a program that speaks SLIP on its terminal and reaches this computer's loopback."""

import os
import subprocess
import tty

import pytest

from netx_drivers import SlipDriver
from netx_pop3.maildrop import Host, Maildrop
from netx_sim import IP_ADDRESS, Ref, nx_icmp_ping, nx_packet_release, packet_bytes, simulation
from netx_sim.status import NX_SUCCESS
from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.judges import fetched_by_poplib
from tests.peers.mails import mails

LOOPBACK = "10.0.2.2"  # how slirp calls this computer
DEVICE = "10.0.2.15/24"
PINGS = 20

pytestmark = pytest.mark.slow


@pytest.fixture
def line(peer):
    """The master end of a terminal with slirp at the other end."""
    program = peer("slirp")
    master, slave = os.openpty()
    tty.setraw(slave)
    process = subprocess.Popen([program], stdin=slave, stdout=slave, stderr=subprocess.DEVNULL)
    os.close(slave)
    yield master
    process.terminate()
    process.wait(10)
    os.close(master)


def ping(host, data=b"hello"):
    """The data that came back, or None."""
    answer = Ref()
    if nx_icmp_ping(host.ip, IP_ADDRESS(10, 0, 2, 2), data, len(data), answer, 50) != NX_SUCCESS:
        return None
    back = packet_bytes(answer.value)
    nx_packet_release(answer)
    return back


def wake(host):
    """The first packet from a peer that sends no END in front of it cannot be told from junk."""
    assert any(ping(host) for _ in range(PINGS)), "slirp does not answer"


@pytest.mark.parametrize("cslip", [False, True])
def test_every_mail_of_a_dovecot_beyond_slirp(peer, line, cslip):
    """Headers are compressed both ways as soon as one end begins: slirp waits for the other."""
    with Dovecot(peer("dovecot"), mails(), failure_delay="0") as server, simulation():
        expected = fetched_by_poplib(server)
        driver = SlipDriver(line, mtu=1500, cslip=cslip)
        with Host(driver, DEVICE, gateway=LOOPBACK) as host:
            wake(host)
            with Maildrop(LOOPBACK, USER, PASSWORD, ip=host.ip, pool=host.pool, port=PORT, apop=False) as drop:
                assert [mail.raw for mail in drop] == expected
            statistics = driver.statistics
            assert bool(statistics.compressed_in) == bool(statistics.compressed_out) == cslip
            assert not statistics.damaged
            assert not statistics.tossed


def test_bytes_that_need_escapes_come_back(line):
    with simulation():
        driver = SlipDriver(line, mtu=1500)
        with Host(driver, DEVICE, gateway=LOOPBACK) as host:
            wake(host)
            for data in (bytes(range(256)), b"\xc0\xdb\xdc\xdd" * 200):
                assert ping(host, data) == data
