"""`netx-pop3 fetch` without a link: a Dovecot on the loopback, and one command of a user without any privilege."""

import hashlib
import mailbox
import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.mails import mails
from tests.peers.netns import Namespace

PATIENCE_S = 120
URL = f"pop3://{USER}@localhost:{PORT}"


@pytest.fixture
def server(peer):
    """A server on this computer's loopback; it is an ordinary user, too."""
    peer("libslirp")
    with Dovecot(peer("dovecot"), mails(), failure_delay="0") as dovecot:
        yield dovecot


@pytest.fixture
def server6(peer):
    """The same on the loopback of IPv6."""
    peer("libslirp")
    with Dovecot(peer("dovecot"), mails(), peer("ipv6"), failure_delay="0") as dovecot:
        yield dovecot


@pytest.fixture
def fetch(monkeypatch, tmp_path):
    """`fetch("--to", ...)`: run the command with every capability given up."""
    monkeypatch.setenv("NETX_POP3_PASSWORD", PASSWORD)
    monkeypatch.setenv("HOME", str(tmp_path))
    give_up = [] if os.getuid() else ["setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]

    def run(*argv, url=URL, space=None):
        argv = [*give_up, sys.executable, "-m", "netx_pop3.cli", "fetch", url, *map(str, argv)]
        argv = argv if space is None else space.command(*argv)
        return subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=False)

    return run


def digests(texts):
    return Counter(hashlib.sha256(text).hexdigest() for text in texts)


def test_one_command_fetches_all_mails(server, fetch, tmp_path):
    expected = fetched_by_poplib(server)
    done = fetch("--to", f"maildir:{tmp_path}/box", "--delete")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    count = len(expected)
    assert done.stdout.endswith(f" {count} stored in maildir:{tmp_path}/box; {count} deleted on the server\n")
    box = mailbox.Maildir(tmp_path / "box", create=False)
    stored = digests(box.get_bytes(key).replace(b"\n", b"\r\n") for key in box.keys())  # noqa: SIM118
    assert stored == digests(expected)
    assert fetched_by_poplib(server) == []


@pytest.mark.parametrize(
    ("options", "host"),
    [
        ((), "127.0.0.1"),
        (("--no-apop",), "10.0.2.2"),
        (("--link", "nat:10.77.0.0/16?mtu=1000", "--address", "10.77.4.4/16"), "localhost"),
    ],
)
def test_byte_for_byte_what_poplib_fetches(server, fetch, tmp_path, peer, options, host):
    expected = fetched_by_poplib(server)
    capture = tmp_path / "nat.pcapng"
    done = fetch("--to", f"eml:{tmp_path}/mails", "--capture", capture, *options, url=URL.replace("localhost", host))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert [path.read_bytes() for path in sorted((tmp_path / "mails").glob("*.eml"))] == expected
    assert_clean_capture(peer("tshark"), capture, (PORT,))


@pytest.mark.parametrize(
    ("options", "host"),
    [
        ((), "[::1]"),
        (("--no-apop",), "[fec0::2]"),
        (("--link", "nat:10.77.0.0/16?mtu=1280", "--address", "fec0::77/64", "--gateway", "fe80::2"), "[::1]"),
    ],
)
def test_a_server_that_speaks_ipv6(server6, fetch, tmp_path, peer, options, host):
    expected = fetched_by_poplib(server6)
    capture = tmp_path / "nat.pcapng"
    url = URL.replace("localhost", host)
    done = fetch("--to", f"eml:{tmp_path}/mails", "--capture", capture, *options, url=url)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert [path.read_bytes() for path in sorted((tmp_path / "mails").glob("*.eml"))] == expected
    assert_clean_capture(peer("tshark"), capture, (PORT,))


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1"])
def test_a_server_beyond_this_computer(fetch, tmp_path, peer, address):
    """Whatever this computer reaches: here an address of its own, in a namespace, that is not the loopback's."""
    peer("tap")
    peer("libslirp")
    with Namespace() as space:
        space.run("ip", "addr", "add", address, "dev", "lo", *(["nodad"] if ":" in address else []))
        small = [mail for mail in mails() if len(mail) < 100_000]
        with Dovecot(peer("dovecot"), small, address, space, failure_delay="0") as server:
            host = f"[{address}]" if ":" in address else address
            done = fetch("--to", f"eml:{tmp_path}/mails", url=URL.replace("localhost", host), space=space)
            expected = fetched_by_poplib(server)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert [path.read_bytes() for path in sorted((tmp_path / "mails").glob("*.eml"))] == expected


def test_how_long_a_real_mailbox_takes_at_9600_baud(server, fetch):
    """In one command: collected from the server, where it stays, and once more over a simulated line."""
    argv = [sys.executable, "-m", "netx_pop3.cli", "time", URL, "--baud", "9600", "--window", "4380"]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    expected = fetched_by_poplib(server)
    first, second = done.stdout.splitlines()[:2]
    assert first == f"{len(expected)} mails, {sum(map(len, expected)) / 1e6:.1f} MB"
    assert second.startswith("9600 baud: 2 h ")


def test_a_wrong_password(server, fetch, tmp_path, monkeypatch):
    monkeypatch.setenv("NETX_POP3_PASSWORD", "wrong")
    done = fetch("--to", f"eml:{tmp_path}/mails")
    assert done.returncode == 5
    assert done.stderr.startswith("netx-pop3: the server refused the name or the password")


def test_nobody_listens(fetch, tmp_path, peer):
    peer("libslirp")
    done = fetch("--to", f"eml:{tmp_path}/mails", url=URL.replace(str(PORT), "9"))
    assert done.returncode == 4
    assert done.stderr == "netx-pop3: no connection to the server (NX_NOT_CONNECTED from nxd_pop3_client_create)\n"
