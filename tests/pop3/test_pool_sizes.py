"""The smallest pools: what works, and what fails one byte and one packet below."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from netx_pop3.cli import app
from netx_pop3.cli.exits import Exit, UsageError
from netx_pop3.cli.pool import client_pool, explanation, instance_pool, least, shared_pool, size_of, smallest
from netx_pop3.cli.pool_session import Outcome, Plan, attempt

pytestmark = pytest.mark.leaks  # minimal pools, APOP logins


@pytest.mark.parametrize(("text", "size"), [("300", 300), ("64K", 65536), ("2m", 2 << 20)])
def test_sizes(text, size):
    assert size_of(text) == size


@pytest.mark.parametrize("text", ["", "K", "-1", "1.5K", "3G"])
def test_what_is_no_size(text):
    with pytest.raises(UsageError, match="is no size"):
        size_of(text)


def test_least():
    for limit in (1, 50, 99, 100):
        assert least(0, 100, lambda number, limit=limit: number >= limit) == limit


@pytest.mark.parametrize("length", [0, 1, 17, 40])
def test_the_client_s_pool_is_as_large_as_apop(length):
    """APOP, the name and 32 digits: 97 bytes and the name."""
    found = client_pool(Plan(user_length=length))
    assert (found.payload, found.packets) == (97 + length, 1)
    assert found.byte_less == "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD from nxd_pop3_client_create"
    assert found.packet_less == "NX_SIZE_ERROR from nx_packet_pool_create"


@pytest.mark.parametrize("length", [0, 40])
def test_over_ipv6_headers_are_20_bytes_longer(length):
    plan = Plan(user_length=length, mail_size=3000, ipv6=True)
    found = client_pool(plan)
    assert (found.payload, found.packets) == (117 + length, 1)
    assert f"{117 + length} bytes" in "\n".join(explanation(plan))


def test_over_ipv6_the_instance_s_payload_holds_a_whole_frame_too():
    assert instance_pool(Plan(ipv6=True)).payload == 2 + 14 + 1500


@pytest.mark.parametrize(("user", "password", "payload"), [(40, 20, 104), (1, 20, 84), (0, 0, 65)])
def test_without_apop_the_longer_of_user_and_pass_counts(user, password, payload):
    """LIST 1 and RETR 1 want 65 bytes at least."""
    plan = Plan(user_length=user, password_length=password, apop=False)
    assert client_pool(plan).payload == payload


@pytest.mark.parametrize("mtu", [576, 1500])
def test_the_instance_s_payload_holds_a_whole_frame(mtu):
    found = instance_pool(Plan(mtu=mtu, mail_size=5000))
    assert found.payload == 2 + 14 + mtu
    assert "NX_INVALID_PACKET" in found.byte_less
    assert found.packets <= 4
    assert found.packet_less


def test_each_apop_login_costs_the_instance_a_packet():
    one, five = (instance_pool(Plan(sessions=sessions, mail_size=300)).packets for sessions in (1, 5))
    assert five - one == 4
    assert instance_pool(Plan(sessions=5, mail_size=300, apop=False)).packets == one - (1 if one == 3 else 0)


def test_a_shared_pool_has_the_larger_payload():
    plan = Plan(mail_size=300)
    shared = shared_pool(plan)
    assert shared.payload == max(instance_pool(plan).payload, client_pool(plan).payload)
    assert shared.packets >= instance_pool(plan).packets
    assert shared.fluent >= shared.packets


@pytest.mark.parametrize("plan", [Plan(), Plan(apop=False), Plan(mtu=576, mail_size=65536)])
def test_the_answers_are_confirmed_by_sessions(plan):
    client, instance = client_pool(plan), instance_pool(plan)
    assert not attempt(plan, (client.payload, client.packets), (instance.payload, instance.packets)).failure
    shared = shared_pool(plan)
    assert not attempt(plan, None, (shared.payload, shared.packets)).failure
    for payload, packets in ((shared.payload - 1, shared.packets), (shared.payload, shared.packets - 1)):
        assert attempt(plan, None, (payload, packets)).failure


def test_what_no_pool_can_mend_is_an_error():
    plan = Plan(user_length=41)
    assert attempt(plan, plan.plenty(), plan.plenty()).failure == "NX_POP3_PARAM_ERROR from nxd_pop3_client_create"
    with pytest.raises(UsageError, match="no pool makes such a session work"):
        client_pool(plan)


def test_fluent_counts_the_time():
    """With few packets a session may work by repeats, at the price of seconds."""
    found = smallest(Plan(), lambda payload, packets: Outcome("" if packets > 1 else "no", 10 if packets > 6 else 300))
    assert (found.packets, found.fluent) == (2, 7)


def test_the_guide_is_explained():
    text = "\n".join(explanation(Plan()))
    assert "137 bytes" in text
    assert "up to 3 to 23 bytes" in text
    assert "APOP" not in "\n".join(explanation(Plan(apop=False)))


def test_the_command():
    result = CliRunner().invoke(app, ["pool", "--mail-size", "300", "--user-length", "10"])
    assert result.exit_code == Exit.DONE
    assert "the client's own pool: payload 107 bytes, 1 packet\n" in result.stdout
    assert CliRunner().invoke(app, ["pool", "--mail-size", "big"]).exit_code == Exit.USAGE
    assert CliRunner().invoke(app, ["pool", "--user-length", "41"]).exit_code == Exit.USAGE


def test_what_the_searched_sessions_meet_is_not_told():
    argv = [sys.executable, "-m", "netx_pop3.cli", "pool", "--mail-size", "20000", "--user-length", "10"]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=110, check=False)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    assert "(Q-GREETING-LEAK)" in done.stdout
