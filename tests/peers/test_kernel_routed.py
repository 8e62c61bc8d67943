"""An instance between two TAP devices forwards for the kernels of two namespaces: pings, and a whole POP3 session."""

import pytest

from netx_drivers import Capture
from netx_pop3.maildrop import Host
from netx_sim import IP_ADDRESS, nx_ip_forwarding_enable, nx_ip_interface_attach, simulation
from tests.peers.dovecot import PORT, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.kernel_rig import dual, meanwhile, must, packets_out, program
from tests.peers.mails import mails
from tests.peers.netns import Namespace, Tap
from tests.peers.requirement import require

READER, SERVER = "10.1.0.1", "10.2.0.1"
ROUTER_LEFT, ROUTER_RIGHT = "10.1.0.254", "10.2.0.254"
MASK = 0xFFFFFF00
CONFIG = {"NX_MAX_PHYSICAL_INTERFACES": 2}
PACKETS = 256


@pytest.fixture(scope="module")
def left():
    """The reader's namespace: all it knows is the router."""
    require("tap")
    with Namespace() as space:
        tap = Tap(space, "left0", READER + "/24")
        space.run("ip", "route", "add", "default", "via", ROUTER_LEFT)
        yield tap


@pytest.fixture(scope="module")
def right():
    """The server's namespace."""
    require("tap")
    with Namespace() as space:
        tap = Tap(space, "right0", SERVER + "/24")
        space.run("ip", "route", "add", "default", "via", ROUTER_RIGHT)
        yield tap


@pytest.fixture(scope="module")
def dovecot_right(right):
    with Dovecot(require("dovecot"), mails(), SERVER, right.space, failure_delay="0") as server:
        yield server


def driver(tap, capture):
    from netx_drivers import TapDriver

    return Capture(tap.space.call(lambda: TapDriver(tap.name, offload=False)), str(capture))


@pytest.fixture
def router(left, right, peer, tmp_path, seed):
    """The instance between; both of its captures are judged."""
    tshark = peer("tshark")
    captures = [tmp_path / "left.pcapng", tmp_path / "right.pcapng"]
    with (
        simulation(seed=seed, config=CONFIG),
        Host(driver(left, captures[0]), ROUTER_LEFT + "/24", None, PACKETS) as made,
    ):
        dual(made)
        address = IP_ADDRESS(*map(int, ROUTER_RIGHT.split(".")))
        must(nx_ip_interface_attach(made.ip, "right", address, MASK, driver(right, captures[1])))
        must(nx_ip_forwarding_enable(made.ip))
        yield made
        assert packets_out(made) == 0
    for capture, linux in zip(captures, (READER, SERVER), strict=True):
        assert_clean_capture(tshark, capture, (PORT,), linux=linux)


def ping(router, left, peer, *options):
    return program(router, left.space, peer("ping"), "-n", "-c", "3", "-i", "0.1", "-W", "5", *options, SERVER)


@pytest.mark.parametrize("size", [56, 4000, 20000])
def test_pings_get_through(router, left, peer, size):
    ping(router, left, peer, "-s", "56")  # the router learns the server's hardware address
    status, output = ping(router, left, peer, "-s", str(size))
    assert status == 0, output
    assert output.count(f"{size + 8} bytes from {SERVER}: icmp_seq=") == 3
    assert "ttl=63" in output  # a router is between
    assert "wrong data" not in output


def test_a_burst_to_a_new_host_loses_its_beginning(router, left, peer):
    """Q-ARP-OVERFLOW: of 14 fragments four wait for the hardware address, so the first ping is lost."""
    status, output = ping(router, left, peer, "-s", "20000")
    assert status == 0, output
    assert [f"icmp_seq={number} " in output for number in (1, 2, 3)] == [False, True, True]


def test_a_packet_out_of_time_ends_at_the_router(router, left, peer):
    status, output = ping(router, left, peer, "-t", "1")
    assert status == 1
    assert "0 received" in output


def test_a_session_gets_through(router, left, dovecot_right):
    got = meanwhile(router, left.space, lambda: fetched_by_poplib(dovecot_right, left.space))
    assert got == fetched_by_poplib(dovecot_right)
