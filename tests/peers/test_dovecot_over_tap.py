"""The client against Dovecot through TAP: it gets what poplib gets, and failures end in the statuses of a device."""

import pytest

from netx_drivers import Capture
from netx_pop3.client import (
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.maildrop import AuthenticationError, Host, Maildrop
from netx_sim import IP_ADDRESS, Ref, nx_packet_release, packet_bytes, simulation
from netx_sim.status import NX_NO_PACKET, NX_NOT_CONNECTED, NX_POP3_SERVER_ERROR_STATUS, NX_SUCCESS
from tests.peers.conftest import DEVICE, KERNEL
from tests.peers.dovecot import PASSWORD, PORT, USER
from tests.peers.judges import assert_clean_capture, fetched_by_poplib

SMALL = (1, 2, 3, 6)  # mails of one segment
HUGE = 4
END = b"\r\n.\r\n"
SHORT_WAITS = pytest.mark.parametrize("patience", [100], ids=["1s"])  # ticks, instead of 10 s: this clock is real

OFFLOAD = pytest.mark.parametrize("offload", [False, True], ids=["plain", "offload"])
APOP = pytest.mark.parametrize("apop", [False, True], ids=["user-pass", "apop"])


@pytest.fixture
def patience():
    """Ticks to wait for the server; the device's own figure if None."""
    return None  # noqa: RET501 - a value, not an omission


@pytest.fixture
def offload():
    return False


@pytest.fixture
def world(patience, seed):
    waits = ("NX_POP3_SERVER_REPLY_TIMEOUT", "NX_POP3_CLIENT_DISCONNECT_TIMEOUT")
    with simulation(seed=seed, config=dict.fromkeys(waits, patience) if patience else {}) as sim:
        yield sim


@pytest.fixture
def host(world, tap_driver, offload, peer, tmp_path):
    """An instance on the TAP device; its packets are counted and its capture is judged afterwards."""
    driver = tap_driver(offload=offload)
    tshark = peer("tshark")
    capture = tmp_path / "tap.pcapng"
    with Host(Capture(driver, str(capture)), DEVICE) as made:
        yield made
    world.close()
    assert_clean_capture(tshark, capture, (PORT,), linux=KERNEL)


def packets_out(host):
    return host.pool.nx_packet_pool_total - host.pool.nx_packet_pool_available


def log_in(host, user=USER, password=PASSWORD, apop=False):
    client = NX_POP3_CLIENT()
    server = IP_ADDRESS(*map(int, KERNEL.split(".")))
    assert nx_pop3_client_create(client, int(apop), host.ip, host.pool, server, PORT, user, password) == NX_SUCCESS
    return client


def stat(client):
    count, size = Ref(), Ref()
    return nx_pop3_client_mail_items_get(client, count, size), count.value


def piece(client):
    """(status, bytes, final) of the next part of a message."""
    packet, size, final = Ref(), Ref(), Ref()
    status = nx_pop3_client_mail_item_message_get(client, packet, size, final)
    if status:
        return status, b"", False
    data = packet_bytes(packet.value)
    assert nx_packet_release(packet.value) == NX_SUCCESS
    return status, data, bool(final.value)


def message(client, number):
    """A whole message by the plain services, as it is on the wire."""
    assert nx_pop3_client_mail_item_get(client, number, Ref()) == NX_SUCCESS
    parts, final = [], False
    while not final:
        status, data, final = piece(client)
        assert status == NX_SUCCESS
        parts.append(data)
    return b"".join(parts)


@OFFLOAD
@APOP
def test_every_mail_is_what_poplib_gets(host, dovecot, apop, offload):
    with Maildrop(KERNEL, USER, PASSWORD, ip=host.ip, port=PORT, apop=apop) as drop:
        got = [mail.raw for mail in drop]
    assert got == fetched_by_poplib(dovecot)
    assert packets_out(host) == (1 if apop else 0)  # an APOP login costs a device one packet: Q-GREETING-LEAK


@OFFLOAD
def test_the_plain_services_get_small_mails(host, dovecot, offload):
    expected = fetched_by_poplib(dovecot)
    client = log_in(host)
    assert stat(client) == (NX_SUCCESS, len(expected))
    for number in SMALL:
        wire = message(client, number)
        assert wire.endswith(END)
        assert wire.removesuffix(END[2:]) == expected[number - 1].replace(b"\r\n.", b"\r\n..")
    assert nx_pop3_client_quit(client) == NX_SUCCESS
    assert nx_pop3_client_delete(client) == NX_SUCCESS
    assert packets_out(host) == 0


@APOP
@pytest.mark.parametrize(
    ("user", "password"), [(USER, "wrong"), ("nobody", PASSWORD)], ids=["wrong-password", "unknown-user"]
)
def test_a_refused_login_shows_at_the_first_command(host, dovecot, user, password, apop):
    """Q-PASS-OK: create succeeds whatever the server says to PASS."""
    client = log_in(host, user, password, apop)
    assert stat(client) == (NX_POP3_SERVER_ERROR_STATUS, 0)
    assert nx_pop3_client_delete(client) == NX_SUCCESS
    assert packets_out(host) == 0


def test_a_refused_login_is_an_exception_of_maildrop(host, dovecot):
    with pytest.raises(AuthenticationError), Maildrop(KERNEL, USER, "wrong", ip=host.ip, port=PORT):
        pass
    assert packets_out(host) == 0


@OFFLOAD
def test_a_server_killed_in_the_middle_of_a_mail(host, dovecot, offload):
    client = log_in(host)
    assert stat(client)[0] == NX_SUCCESS
    assert nx_pop3_client_mail_item_get(client, HUGE, Ref()) == NX_SUCCESS
    assert piece(client)[0] == NX_SUCCESS
    dovecot.kill_sessions()
    status = NX_SUCCESS
    while status == NX_SUCCESS:
        status, _, final = piece(client)
        assert not final
    assert status == NX_NOT_CONNECTED
    assert stat(client)[0] == NX_NOT_CONNECTED
    assert nx_pop3_client_delete(client) == NX_SUCCESS
    assert packets_out(host) == 0


@OFFLOAD
@SHORT_WAITS
def test_the_link_goes_down_in_the_middle_of_a_mail(host, dovecot, tap, offload):
    client = log_in(host)
    assert stat(client)[0] == NX_SUCCESS
    assert nx_pop3_client_mail_item_get(client, HUGE, Ref()) == NX_SUCCESS
    assert piece(client)[0] == NX_SUCCESS
    tap.down()
    status = NX_SUCCESS
    while status == NX_SUCCESS:
        status, _, final = piece(client)
        assert not final
    assert status == NX_NO_PACKET
    assert nx_pop3_client_delete(client) == NX_SUCCESS
    assert packets_out(host) == 0
