"""`netx-pop3 fetch` as a user runs it: a process of its own, a real server, a TAP device, kills and Ctrl-C."""

import hashlib
import json
import mailbox
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.peers.conftest import DEVICE, KERNEL
from tests.peers.dovecot import PASSWORD, PORT, USER, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.kernel_rig import DEVICE6, KERNEL6, kernel_ipv6
from tests.peers.mails import mails

PATIENCE_S = 60
URL = f"pop3://{USER}@{KERNEL}:{PORT}"


@pytest.fixture
def server(tap, peer):
    """A server whose mails may be deleted."""
    with Dovecot(peer("dovecot"), mails(), KERNEL, tap.space, failure_delay="0") as dovecot:
        yield dovecot


@pytest.fixture
def small_server(tap, peer):
    """The same without the huge mail."""
    content = [mail for mail in mails() if len(mail) < 100_000]
    with Dovecot(peer("dovecot"), content, KERNEL, tap.space, failure_delay="0") as dovecot:
        yield dovecot


@pytest.fixture
def command(tap, monkeypatch, tmp_path):
    """`command("fetch", ...)`: the command line that runs netx-pop3 inside the namespace."""
    monkeypatch.setenv("NETX_POP3_PASSWORD", PASSWORD)
    monkeypatch.setenv("HOME", str(tmp_path))

    def build(*argv):
        return tap.space.command(sys.executable, "-m", "netx_pop3.cli", *map(str, argv))

    return build


def fetch_arguments(target, *more):
    return ("fetch", URL, "--link", "tap:tap0", "--address", DEVICE, "--to", target, *more)


def run(argv):
    return subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=False)


def digests(texts):
    return Counter(hashlib.sha256(text).hexdigest() for text in texts)


def in_maildir(path):
    box = mailbox.Maildir(path, create=False)
    return digests(box.get_bytes(key).replace(b"\n", b"\r\n") for key in box.keys())  # noqa: SIM118


def in_folder(path):
    return digests(file.read_bytes() for file in path.glob("*.eml"))


def test_all_mails_go_to_a_maildir_and_from_the_server(server, command, tmp_path, peer):
    expected = fetched_by_poplib(server)
    capture = tmp_path / "fetch.pcapng"
    box = tmp_path / "box"
    done = run(command(*fetch_arguments(f"maildir:{box}", "--delete", "--capture", capture)))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    count = len(expected)
    assert done.stdout.endswith(f" {count} stored in maildir:{box}; {count} deleted on the server\n")
    assert in_maildir(box) == digests(expected)
    assert fetched_by_poplib(server) == []
    assert_clean_capture(peer("tshark"), capture, (PORT,))


def test_kept_mails_are_stored_once(server, command, tmp_path):
    expected = fetched_by_poplib(server)
    argv = command(*fetch_arguments(f"eml:{tmp_path}/mails", "--no-apop"))
    assert run(argv).returncode == 0
    done = run(argv)
    assert done.returncode == 0
    assert f"0 stored in eml:{tmp_path}/mails, {len(expected)} stored before; left on the server" in done.stdout
    assert in_folder(tmp_path / "mails") == digests(expected)
    assert fetched_by_poplib(server) == expected


def test_a_server_that_speaks_ipv6(tap, command, tmp_path, peer):
    """The address is used once it is known that nobody else has it."""
    kernel_ipv6(tap, f"{KERNEL6}/64")
    content = [mail for mail in mails() if len(mail) < 100_000]
    capture = tmp_path / "fetch.pcapng"
    with Dovecot(peer("dovecot"), content, KERNEL6, tap.space, failure_delay="0") as server:
        expected = fetched_by_poplib(server)
        url = f"pop3://{USER}@[{KERNEL6}]:{PORT}"
        options = ("--link", "tap:tap0", "--address", f"{DEVICE6}/64", "--gateway", KERNEL6, "--capture", capture)
        done = run(command("fetch", url, "--to", f"eml:{tmp_path}/mails", *options))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert in_folder(tmp_path / "mails") == digests(expected)
    assert_clean_capture(peer("tshark"), capture, (PORT,), linux=KERNEL6)


@pytest.mark.slow
def test_killed_again_and_again_it_loses_nothing_and_stores_nothing_twice(small_server, command, tmp_path):
    """SIGKILL after the first, the second, ... line of output: each run gets a bit further."""
    server = small_server
    expected = fetched_by_poplib(server)
    argv = command(*fetch_arguments(f"maildir:{tmp_path}/box", "--delete"))
    for lines in range(1, len(expected) + 2):
        with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
            for _ in range(lines):
                process.stdout.readline()
            process.kill()
        on_disk = in_maildir(tmp_path / "box")
        assert max(on_disk.values(), default=0) <= 1
        left = digests(fetched_by_poplib(server))
        assert left | on_disk == digests(expected)
    done = run(argv)
    assert done.returncode == 0, done.stderr
    assert in_maildir(tmp_path / "box") == digests(expected)
    assert fetched_by_poplib(server) == []


def test_ctrl_c_ends_the_session_and_the_next_run_finishes(server, command, tmp_path):
    expected = fetched_by_poplib(server)
    argv = command(*fetch_arguments(f"eml:{tmp_path}/mails", "--delete"))
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while not process.stdout.readline().startswith("mail 2"):
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (130, "netx-pop3: stopped\n")
    assert run(argv).returncode == 0
    assert in_folder(tmp_path / "mails") == digests(expected)
    assert fetched_by_poplib(server) == []


@pytest.mark.parametrize("apop", ["--apop", "--no-apop"])
def test_a_wrong_password(server, command, tmp_path, monkeypatch, apop):
    monkeypatch.setenv("NETX_POP3_PASSWORD", "wrong")
    done = run(command(*fetch_arguments(f"eml:{tmp_path}/mails", apop)))
    assert done.returncode == 5
    cause = "netx-pop3: the server refused the name or the password (NX_POP3_SERVER_ERROR_STATUS from "
    assert done.stderr.startswith(cause)
    assert done.stderr.count("\n") == 1


def test_nobody_listens(tap, command, tmp_path):
    argv = fetch_arguments(f"eml:{tmp_path}/mails")
    done = run(command(*argv[:1], URL.replace(str(PORT), "9"), *argv[2:]))
    assert done.returncode == 4
    assert done.stderr == "netx-pop3: no connection to the server (NX_NOT_CONNECTED from nxd_pop3_client_create)\n"


def test_a_link_that_is_not_there(tap, command, tmp_path):
    argv = fetch_arguments(f"eml:{tmp_path}/mails")
    done = run(command(*(word.replace("tap0", "tap9") for word in argv)))
    assert done.returncode == 3
    assert "tap9" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_password_is_asked_for_in_a_terminal(server, command, tmp_path, monkeypatch):
    """On a pseudo-terminal there is a prompt, which does not show what is typed, and a progress bar."""
    monkeypatch.delenv("NETX_POP3_PASSWORD")
    argv = command(*fetch_arguments(f"eml:{tmp_path}/mails"))
    pid, fd = os.forkpty()
    if pid == 0:
        os.execvp(argv[0], argv)
    shown = b""
    typed = False
    try:
        while piece := os.read(fd, 4096):
            shown += piece
            if not typed and b"Password of u at 10.0.0.1: " in shown:
                os.write(fd, PASSWORD.encode() + b"\n")
                typed = True
    except OSError:  # the terminal is gone
        pass
    os.close(fd)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, shown
    assert PASSWORD.encode() not in shown
    assert b"B/s" in shown
    assert in_folder(tmp_path / "mails") == digests(fetched_by_poplib(server))


def test_ctrl_c_while_nobody_answers_stops_at_once(tap, command, tmp_path):
    argv = fetch_arguments(f"eml:{tmp_path}/mails")
    argv = command(*argv[:1], "pop3://u@10.0.0.77", *argv[2:])
    before = frames_from(tap)
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: frames_from(tap) > before)
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (130, "netx-pop3: stopped\n")
    assert time.monotonic() - begun < 5


def frames_from(tap):
    """How many frames the kernel got from the device's side."""
    (link,) = json.loads(tap.space.run("ip", "-j", "-s", "link", "show", tap.name))
    return link["stats64"]["rx"]["packets"]


def wait_for(condition):
    """A process of its own has got that far."""
    end = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
