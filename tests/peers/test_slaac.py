"""Stateless address configuration (RFC 4862) from the advertisements of a real daemon: radvd in a namespace."""

import re
from ipaddress import IPv6Address, IPv6Network

import pytest

from netx_drivers import Capture
from netx_pop3.maildrop import Host, Maildrop
from netx_sim import (
    NX_SUCCESS,
    NXD_ADDRESS,
    Ref,
    nxd_ipv6_address_set,
    nxd_ipv6_default_router_get,
    simulation,
)
from tests.peers.conftest import DEVICE
from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.kernel_rig import dual, kernel_ipv6, must, own6, packets_out, program, text6, until
from tests.peers.mails import mails
from tests.peers.radvd import Radvd
from tests.peers.requirement import require

PREFIX = "fd00:9:9:9::/64"
ON_LINK = "fd00:9:9:9::1"
BEYOND = "fd00:5::1"  # another network, for which the router has to be asked
SMALL = (1, 2, 3, 6)
ASKED = pytest.mark.parametrize("shy", [False, True], ids=["unasked", "asked"])


@pytest.fixture(scope="module")
def router(tap):
    """The namespace's kernel as router; it also has an address of a network the device knows nothing of."""
    kernel_ipv6(tap, f"{ON_LINK}/64")
    tap.space.run("ip", "-6", "addr", "add", f"{BEYOND}/128", "dev", "lo", "nodad")
    tap.space.run("sysctl", "-q", "-w", "net.ipv6.conf.all.forwarding=1")
    return tap


@pytest.fixture(scope="module", params=[ON_LINK, BEYOND], ids=["on-link", "beyond"])
def dovecot6(request, router):
    with Dovecot(require("dovecot"), mails(), request.param, router.space, failure_delay="0") as server:
        yield server


@pytest.fixture
def host(router, tap_driver, peer, tmp_path, seed):
    """An instance that only has its link-local address to begin with; its capture is judged afterwards."""
    tshark = peer("tshark")
    capture = tmp_path / "tap.pcapng"
    with simulation(seed=seed), Host(Capture(tap_driver(offload=False), str(capture)), DEVICE) as made:
        dual(made)
        must(nxd_ipv6_address_set(made.ip, 0, None, 10, None))
        yield made
        assert packets_out(made) == 0
    assert_clean_capture(tshark, capture, (PORT,))


def interface_id(address):
    return int(IPv6Address(address)) & (1 << 64) - 1


@ASKED
def test_the_advertised_prefix_becomes_an_address_that_mail_comes_over(host, router, dovecot6, peer, shy):
    """EUI-64 below the prefix, the router by its link-local address."""
    with Radvd(peer("radvd"), router, PREFIX, shy) as daemon:
        address = configured(host)
        assert address, daemon.log
        assert IPv6Address(address) in IPv6Network(PREFIX)
        assert interface_id(address) == interface_id(own6(host, 0))
        assert default_router(host) == link_local(router)
        with Maildrop(dovecot6.address, USER, PASSWORD, ip=host.ip, port=PORT, apop=False) as drop:
            got = [drop.mail(number).raw for number in SMALL]
    expected = fetched_by_poplib(dovecot6)
    assert got == [expected[number - 1] for number in SMALL]
    assert f"rip={address}" in dovecot6.log  # that is where the server saw the device


def link_local(tap):
    """The address that the kernel made for its side."""
    (line,) = tap.space.run("ip", "-6", "-oneline", "addr", "show", "dev", tap.name, "scope", "link").splitlines()
    return re.search(r"inet6 (\S+)/64", line).group(1)


def configured(host):
    """The address made of the prefix, once both that one and the link-local one are known to be unique."""
    return until(host, lambda: own6(host, 0) and own6(host))


def default_router(host):
    address, lifetime, length = NXD_ADDRESS(), Ref(), Ref()
    status = nxd_ipv6_default_router_get(host.ip, 0, address, lifetime, length)
    return text6(address) if status == NX_SUCCESS else ""


def test_the_kernel_reaches_the_address(host, router, peer):
    with Radvd(peer("radvd"), router, PREFIX) as daemon:
        address = configured(host)
        assert address, daemon.log
        argv = [peer("ping"), "-6", "-n", "-c", "2", "-i", "0.2", "-W", "5", "-s", "4000", address]
        status, output = program(host, router.space, *argv)
    assert status == 0, output
    assert "2 received" in output
