"""The client against Dovecot on the kernel's IPv6, through TAP: it gets what poplib gets."""

import pytest

from netx_drivers import Capture
from netx_pop3.maildrop import AuthenticationError, Host, Maildrop
from netx_sim import simulation
from tests.peers.conftest import DEVICE
from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.kernel_rig import DEVICE6, KERNEL6, ONE_SOLICITATION, dual, kernel_ipv6, packets_out, static6
from tests.peers.mails import mails
from tests.peers.requirement import require

OFFLOAD = pytest.mark.parametrize("offload", [False, True], ids=["plain", "offload"])
APOP = pytest.mark.parametrize("apop", [False, True], ids=["user-pass", "apop"])


@pytest.fixture(scope="module")
def dovecot6(tap):
    kernel_ipv6(tap, f"{KERNEL6}/64")
    with Dovecot(require("dovecot"), mails(), KERNEL6, tap.space, failure_delay="0") as server:
        yield server


@pytest.fixture
def host(dovecot6, tap_driver, offload, peer, tmp_path, seed):
    """An instance with a static IPv6 address; its capture is judged afterwards."""
    tshark = peer("tshark")
    capture = tmp_path / "tap.pcapng"
    with (
        simulation(seed=seed, config=ONE_SOLICITATION),
        Host(Capture(tap_driver(offload=offload), str(capture)), DEVICE) as made,
    ):
        dual(made)
        static6(made, DEVICE6)
        yield made
    assert_clean_capture(tshark, capture, (PORT,), linux=KERNEL6)


@OFFLOAD
@APOP
def test_every_mail_is_what_poplib_gets(host, dovecot6, apop, offload):
    with Maildrop(KERNEL6, USER, PASSWORD, ip=host.ip, port=PORT, apop=apop) as drop:
        got = [mail.raw for mail in drop]
    assert got == fetched_by_poplib(dovecot6)
    assert packets_out(host) == (1 if apop else 0)  # an APOP login costs a device one packet: Q-GREETING-LEAK


@pytest.mark.parametrize("offload", [False], ids=["plain"])
def test_a_refused_login_is_an_exception_of_maildrop(host, offload):
    with pytest.raises(AuthenticationError), Maildrop(KERNEL6, USER, "wrong", ip=host.ip, port=PORT):
        pass
    assert packets_out(host) == 0
