"""The command as a whole: the demonstration as a process of its own, and fetch against a server on a simulated wire."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import pytest
from typer.testing import CliRunner

from netx_drivers import RamWire
from netx_pop3 import Account, MemoryStore, Pop3Server, maildrop_dialogue
from netx_pop3.cli import app, demo, fetch
from netx_pop3.cli.exits import Exit
from netx_pop3.cli.quirk_log import QuirkLog
from netx_pop3.maildrop import Host
from netx_pop3.quirks import quirk
from netx_sim.diagnostics import report

PATIENCE_S = 60
MAILS = [b"Subject: a\r\n\r\nx\r\n", b"Subject: b\r\n\r\n" + b"y" * 3000 + b"\r\n", b"Subject: a\r\n\r\nx\r\n"]


# -- the demonstration, as a process ----------------------------------------------------------------------------------


def program(*argv, cwd, **options):
    argv = [sys.executable, "-m", "netx_pop3.cli", *map(str, argv)]
    return subprocess.run(argv, capture_output=True, text=True, cwd=cwd, timeout=PATIENCE_S, check=False, **options)


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_demo_verifies_every_mail_and_is_the_same_on_every_run(tmp_path):
    first, second = (program("demo", cwd=tmp_path) for _ in range(2))
    assert (first.returncode, first.stderr) == (0, "")
    lines = first.stdout.splitlines()
    assert lines[-1] == "demo: 6 mails, 6 verified, 1 packets lost"
    assert lines[-2].startswith("lost to quirks of the device: 1 to Q-GREETING-LEAK (the greeting's packet")
    assert sum("equal to the server's copy" in line for line in lines) == 6
    for text in ("  C: APOP demo ", "  C: RETR 4", "  C: DELE 6", "  C: QUIT", "  S: +OK bye"):
        assert any(line.startswith(text) for line in lines)
    assert "pools before: client 20 of 20 packets free, server 64 of 64 packets free" in lines
    assert "pools after: client 19 of 20 packets free, server 64 of 64 packets free" in lines
    assert any(line.startswith("on the server: 0 mails left") for line in lines)
    assert second.stdout == first.stdout


def test_demo_writes_a_capture_and_a_maildir_and_replaces_only_its_own(tmp_path):
    assert program("demo", "--out", tmp_path / "a" / "b", cwd=tmp_path).returncode == 0
    folder = tmp_path / "a" / "b"
    mine = folder / "maildir" / "cur" / "mine:2,S"
    mine.write_bytes(b"untouched")
    before = files(folder)
    names = [f"{number}.netx-demo" for number in range(1, 7)]
    assert sorted(path.name for path in before if path.parent.name == "new") == names
    assert before[mine.relative_to(folder).with_name("mine:2,S")] == b"untouched"
    (folder / "maildir" / "new" / names[0]).rename(folder / "maildir" / "cur" / (names[0] + ":2,S"))
    assert program("demo", "--out", folder, cwd=tmp_path).returncode == 0
    assert files(folder) == before
    assert before[(folder / "demo.pcapng").relative_to(folder)][:4] == b"\x0a\x0d\x0d\x0a"


def test_demo_capture_is_clean_to_tshark(tmp_path, peer):
    tshark = peer("tshark")
    from tests.peers.judges import assert_clean_capture

    assert program("demo", cwd=tmp_path).returncode == 0
    assert_clean_capture(tshark, tmp_path / "netx-demo" / "demo.pcapng", ())


def test_demo_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").touch()
    done = program("demo", "--out", tmp_path / "file" / "x", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (7, "")
    assert done.stderr == f"netx-pop3: {tmp_path}/file/x: a part of the path is not a folder\n"


def test_version_and_usage(tmp_path):
    done = program("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "netx-pop3 0.1.0\n")
    assert program("fetch", cwd=tmp_path).returncode == Exit.USAGE
    assert program("nonsense", cwd=tmp_path).returncode == Exit.USAGE


# -- the demonstration, in this process -------------------------------------------------------------------------------


@pytest.fixture
def invoke(monkeypatch, tmp_path):
    """`invoke("fetch", ...)` in an empty folder, without a home and a terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETX_POP3_PASSWORD", "secret")
    return lambda *argv: CliRunner().invoke(app, [str(word) for word in argv])


@pytest.mark.leaks
def test_demo_fails_if_a_mail_differs(invoke, monkeypatch):
    monkeypatch.setattr(demo.Demo, "compare", lambda self, mail, spool: None)
    done = invoke("demo")
    assert done.exit_code == Exit.UNVERIFIED
    assert done.stdout.endswith("demo: 6 mails, 0 verified, 1 packets lost\n")
    assert "NOT equal to the server's copy" in done.stdout


@pytest.mark.leaks
def test_demo_fails_if_a_packet_is_lost_to_no_quirk(invoke, monkeypatch):
    monkeypatch.setattr(demo, "_out_of", lambda pool: ["TCP receive queue"])
    done = invoke("demo")
    assert done.exit_code == Exit.UNVERIFIED
    assert "2 to no known quirk, held by TCP receive queue" in done.stdout


def test_demo_in_a_folder_that_cannot_be_written(invoke, monkeypatch, tmp_path):
    monkeypatch.setattr(demo.os, "access", lambda path, mode: False)
    monkeypatch.setattr(demo.tempfile, "mkdtemp", lambda prefix: str(tmp_path / (prefix + "x")))
    assert demo._folder(None) == tmp_path / "netx-demo-x"
    assert (tmp_path / "netx-demo-x").is_dir()


def test_nothing_lost_is_said_too():
    assert demo._named(Counter()) == "lost to quirks of the device: nothing"


@pytest.mark.leaks
def test_demo_in_a_terminal_has_a_bar(invoke, monkeypatch):
    from rich.console import Console

    monkeypatch.setattr("netx_pop3.cli._console", lambda: Console(force_terminal=True, width=100, highlight=False))
    done = invoke("demo")
    assert done.exit_code == 0
    assert "1.4/1.4 MB" in done.stdout
    assert done.stdout.endswith("demo: 6 mails, 6 verified, 1 packets lost\n")


# -- fetch, over a simulated wire -------------------------------------------------------------------------------------


class ServedHost(Host):
    """The client's instance, and beside it one with a server, in the simulation that fetch opens."""

    store = MemoryStore()
    apop = True

    def __init__(self, driver, address, gateway):
        self._there = Host(driver, "10.0.0.1/24")
        account = Account("secret", self.store)
        self._server = Pop3Server(self._there.ip, self._there.pool, {"u": account}, apop=self.apop)
        self._server.start()
        super().__init__(driver, address, gateway)

    def close(self):
        super().close()
        self._server.stop()
        self._there.close()


@pytest.fixture
def server(monkeypatch):
    """What is on the server, as a function."""
    store = MemoryStore(MAILS)
    monkeypatch.setattr(ServedHost, "store", store)
    monkeypatch.setattr(fetch, "Host", ServedHost)
    monkeypatch.setattr(fetch, "driver_for_url", lambda url: RamWire())
    return lambda: [bytes(message.read(0, message.size)) for message in store.messages()]


def arguments(*more, url="pop3://u@10.0.0.1", to="eml:mails"):
    return ("fetch", url, "--link", "ram:", "--address", "10.0.0.2/24", "--to", to, "--no-apop", *more)


def on_disk(path):
    return [file.read_bytes() for file in sorted(path.glob("*.eml"))]


def test_fetch_keeps_by_default(invoke, server, tmp_path):
    done = invoke(*arguments())
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"3 mails, {sum(map(len, MAILS))} bytes",
        "mail 1 of 3: 17 bytes, stored",
        f"mail 2 of 3: {len(MAILS[1])} bytes, stored",
        "mail 3 of 3: 17 bytes, stored",
        "3 mails fetched (3050 bytes), 3 stored in eml:mails; left on the server",
    ]
    assert on_disk(tmp_path / "mails") == MAILS
    assert server() == MAILS
    again = invoke(*arguments())
    assert again.stdout.endswith("0 stored in eml:mails, 3 stored before; left on the server\n")
    assert on_disk(tmp_path / "mails") == MAILS


def test_fetch_deletes_when_told(invoke, server, tmp_path):
    done = invoke(*arguments("--delete"))
    assert done.stdout.endswith("3 stored in eml:mails; 3 deleted on the server\n")
    assert on_disk(tmp_path / "mails") == MAILS
    assert server() == []


@pytest.mark.leaks
def test_fetch_with_apop_tells_the_quirk(invoke, server):
    done = invoke(*arguments("--apop"))
    assert done.exit_code == 0
    assert "device quirks met: Q-GREETING-LEAK 1\n" in done.stdout


def test_fetch_writes_a_capture(invoke, server, tmp_path, peer):
    from tests.peers.judges import assert_clean_capture

    assert invoke(*arguments("--capture", tmp_path / "x.pcapng")).exit_code == 0
    assert b"RETR 3\r\n" in (tmp_path / "x.pcapng").read_bytes()
    assert_clean_capture(peer("tshark"), tmp_path / "x.pcapng")


def test_fetch_with_a_gateway(invoke, server):
    assert invoke(*arguments("--gateway", "10.0.0.254")).exit_code == 0


def test_fetch_without_the_library_of_its_usual_link(invoke, monkeypatch):
    from netx_drivers import libslirp

    monkeypatch.setattr(libslirp, "LIBRARY", "libslirp-none.so.0")
    done = invoke("fetch", "pop3://u@localhost", "--to", "eml:mails")
    assert done.exit_code == Exit.LINK
    assert done.stderr == (
        "netx-pop3: the link nat: needs the library libslirp-none.so.0, which cannot be loaded; "
        "mend it with: sudo apt-get install libslirp0\n"
    )


@pytest.mark.parametrize("link", ["tap0", "foo:bar", "tap:tap0?mtu=x"])
def test_a_link_that_is_none(invoke, link):
    argv = ("fetch", "pop3://u@10.0.0.1", "--link", link, "--address", "10.0.0.2/24", "--to", "eml:mails")
    done = invoke(*argv)
    assert done.exit_code == Exit.USAGE
    assert done.stderr.startswith(f"netx-pop3: --link {link}: ")


@pytest.mark.parametrize(
    ("argv", "status", "sentence"),
    [
        (arguments(url="http://u@h"), Exit.USAGE, "the form is pop3://USER@HOST[:PORT]"),
        (arguments(url="pop3://u:secret@h"), Exit.USAGE, "leave the password out of the URL"),
        (arguments(url="pop3://u@10.0.0.1:0"), Exit.USAGE, "there is no port 0"),
        (arguments(url="pop3://u@10.9.0.1"), Exit.SERVICE, "--gateway"),
        (arguments(to="ftp:x"), Exit.USAGE, "a target is maildir:PATH, mbox:PATH or eml:DIR"),
        (arguments("--gateway", "10.9.9.9"), Exit.USAGE, "outside 10.0.0.0/24"),
        (arguments(to="eml:/dev/null/x"), Exit.TARGET, "a part of the path is not a folder"),
        (arguments(url="pop3://u@10.0.0.1:111"), Exit.CONNECTION, "NX_NOT_CONNECTED from nxd_pop3_client_create"),
        (arguments(url="pop3://v@10.0.0.1"), Exit.LOGIN, "the server refused the name or the password"),
        (arguments(url=f"pop3://{'u' * 41}@10.0.0.1"), Exit.SERVICE, "NX_POP3_PARAM_ERROR"),
        (arguments("--capture", "/dev/null/x"), Exit.TARGET, "/dev/null/x: a part of the path is not a folder"),
    ],
)
def test_fetch_tells_errors_in_one_sentence(invoke, server, argv, status, sentence):
    done = invoke(*argv)
    assert done.exit_code == status
    assert sentence in done.stderr
    assert done.stderr.startswith("netx-pop3: ")
    assert done.stderr.count("\n") == 1
    assert server() == MAILS


def test_fetch_without_a_password(invoke, server, monkeypatch):
    monkeypatch.delenv("NETX_POP3_PASSWORD")
    done = invoke(*arguments())
    assert done.exit_code == Exit.USAGE
    assert "no password for u at 10.0.0.1" in done.stderr


def test_ctrl_c_at_the_prompt(invoke, server, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(fetch, "find_password", interrupt)
    done = invoke(*arguments())
    assert (done.exit_code, done.stderr) == (Exit.INTERRUPTED, "netx-pop3: stopped\n")


def pressing(monkeypatch, presses):
    """Ctrl-C, so many times, when the first piece of the second mail has come."""
    received = fetch.Collector._receive

    def receive(self, mail, spool):
        if mail.number == 2:
            for _ in range(presses):
                signal.raise_signal(signal.SIGINT)
        return received(self, mail, spool)

    monkeypatch.setattr(fetch.Collector, "_receive", receive)


def test_ctrl_c_ends_the_session_well(invoke, server, monkeypatch, tmp_path):
    before = signal.getsignal(signal.SIGINT)
    with monkeypatch.context() as patch:
        pressing(patch, 1)
        done = invoke(*arguments("--delete"))
    assert (done.exit_code, done.stderr) == (Exit.INTERRUPTED, "netx-pop3: stopped\n")
    assert "stopping; Ctrl-C again to stop at once\n" in done.stdout
    assert done.stdout.endswith("1 mails fetched (17 bytes), 1 stored in eml:mails; 1 deleted on the server\n")
    assert on_disk(tmp_path / "mails") == MAILS[:1]
    assert server() == MAILS[1:]
    assert signal.getsignal(signal.SIGINT) is before
    invoke(*arguments("--delete"))
    assert on_disk(tmp_path / "mails") == MAILS


def test_ctrl_c_twice_stops_at_once(invoke, server, monkeypatch, tmp_path):
    before = signal.getsignal(signal.SIGINT)
    with monkeypatch.context() as patch:
        pressing(patch, 2)
        done = invoke(*arguments("--delete"))
    assert (done.exit_code, done.stderr) == (Exit.INTERRUPTED, "netx-pop3: stopped\n")
    assert server() == MAILS
    assert signal.getsignal(signal.SIGINT) is before
    invoke(*arguments("--delete"))
    assert on_disk(tmp_path / "mails") == MAILS
    assert server() == []


def test_quirks_are_counted_by_name_and_only_those_that_do_harm():
    with QuirkLog() as log:
        quirk("Q-LATE")
        quirk("Q-LATE")
        quirk("Q-CASE")
        quirk("Q-CHAIN")
        report("link", "down", "the link is down")
    quirk("Q-NUL")
    assert str(log) == "Q-CHAIN 1, Q-LATE 2"


# -- a kill at every service call and at every write ------------------------------------------------------------------


class Killed(BaseException):
    """SIGKILL: nothing this process does from here on has any effect."""


class Reaper:
    """Kills before or after the n-th call of a service, or of what writes to the disk."""

    SERVICES = tuple(name for name in dir(maildrop_dialogue) if name.startswith(("nx_pop3_", "nxd_pop3_")))
    OS = ("write", "fsync", "link", "unlink", "ftruncate")

    def __init__(self, monkeypatch, at):
        self._at = at
        self._steps = 0
        self._opened = set()
        self.dead = False
        opened, closed = os.open, os.close
        monkeypatch.setattr(os, "open", lambda *args, **options: self._note(opened(*args, **options)))
        monkeypatch.setattr(os, "close", lambda fd: (self._opened.discard(fd), closed(fd)))
        for place, names in ((maildrop_dialogue, self.SERVICES), (os, self.OS)):
            for name in names:
                monkeypatch.setattr(place, name, self._lethal(getattr(place, name)))

    def _lethal(self, function):
        def call(*args, **options):
            self._step()
            result = function(*args, **options)
            self._step()
            return result

        return call

    def _note(self, fd):
        self._opened.add(fd)
        return fd

    def bury(self):
        """The system closes what a dead process had open, and so gives up its locks."""
        for fd in self._opened:
            os.close(fd)

    def _step(self):
        self._steps += 1
        if self.dead or self._steps == self._at:
            self.dead = True
            raise Killed


@pytest.mark.leaks
def test_killed_at_every_service_call_and_every_write(invoke, server, monkeypatch, tmp_path):
    assert len(Reaper.SERVICES) == 8
    at = 0
    finished = False
    while not finished:
        at += 1
        folder = tmp_path / f"killed-{at}"
        store = MemoryStore(MAILS[:2])
        monkeypatch.setattr(ServedHost, "store", store)
        with monkeypatch.context() as patch, suppress(Killed):
            reaper = Reaper(patch, at)
            invoke(*arguments("--delete", to=f"eml:{folder}"))
        reaper.bury()
        finished = not reaper.dead
        store.unlock()  # the server saw the connection go
        gone = Counter(MAILS[:2]) - Counter(server_mails(store))
        assert gone <= Counter(on_disk(folder)), f"step {at}: deleted before it was on disk"
        done = invoke(*arguments("--delete", to=f"eml:{folder}"))
        assert done.exit_code == 0, f"step {at}: {done.stderr}"
        assert on_disk(folder) == MAILS[:2], f"step {at}"
        assert server_mails(store) == []
    assert at > 50


def server_mails(store):
    return [bytes(message.read(0, message.size)) for message in store.messages()]


# -- the documents ----------------------------------------------------------------------------------------------------


def test_exit_statuses_are_documented():
    with open(os.path.join(os.path.dirname(__file__), "../../docs/cli.md"), encoding="utf-8") as file:
        documented = re.findall(r"^\| (\d+) \|", file.read(), re.MULTILINE)
    assert [int(number) for number in documented] == sorted(Exit)
