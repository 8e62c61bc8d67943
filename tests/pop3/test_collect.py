"""Fetching into a target: what is kept, what is deleted, and a kill at every step."""

import errno
import mailbox
import os
from collections import Counter
from pathlib import Path

import pytest

from netx_pop3.cli import collect
from netx_pop3.cli.collect import Collector, Progress, Stopped
from netx_pop3.maildrop_errors import ConnectionLost, ServerRefused, error_for
from netx_pop3.store import EmlSink, Journal, MaildirSink, MboxSink, TargetError

ACCOUNT = "u@10.0.0.1:110"
MAILS = [b"Subject: a\r\n\r\nx\r\n", b"Subject: b\r\n\r\nFrom y\r\n", b"Subject: a\r\n\r\nx\r\n", b""]
FEW = [MAILS[0], MAILS[2]]  # two equal ones


class Server:
    """A maildrop that outlives its sessions."""

    def __init__(self, mails=MAILS):
        self.mails = list(mails)
        self.retrieved = 0

    def session(self):
        return Drop(self)


class Drop:
    """What the collector uses of a Maildrop; deletes at quit() and never before."""

    def __init__(self, server):
        self._server = server
        self._marked = set()
        self.count = len(server.mails)
        self.size = sum(map(len, server.mails))
        self.open = True

    def __iter__(self):
        return (Mail(self, number) for number in range(1, self.count + 1))

    def retrieve(self, number):
        self._server.retrieved += 1
        return self._server.mails[number - 1]

    def mark(self, number):
        self._marked.add(number)

    def quit(self):
        mails = enumerate(self._server.mails, 1)
        self._server.mails = [mail for number, mail in mails if number not in self._marked]
        self.open = False


class Mail:
    def __init__(self, drop, number):
        self._drop = drop
        self.number = number

    def chunks(self):
        data = self._drop.retrieve(self.number)
        yield from (data[at : at + 7] for at in range(0, len(data), 7))

    def delete(self):
        self._drop.mark(self.number)


class Mute(Progress):
    pass


def run(sink, server, keep=False, drop=None, check=None, stop_at=0):
    """One fetch, as the command does it; the tally."""
    sink.open()
    journal = Journal(sink.journal_path)
    journal.open()
    try:
        journal.settle(sink.holds)
        collector = Collector(sink, journal, ACCOUNT, keep, Stop(stop_at) if stop_at else None, check)
        if stop_at:
            collector._progress.collector = collector
        collector.run(drop or server.session())
        return collector.tally
    finally:
        journal.close()


class Stop(Progress):
    """Presses Ctrl-C after so many pieces."""

    def __init__(self, pieces):
        self._left = pieces

    def received(self, octets):
        self._left -= 1
        if not self._left:
            self.collector.stop = True


def stored(sink):
    """What is in the target, with the line ends of the wire."""
    if isinstance(sink, EmlSink):
        return Counter(path.read_bytes() for path in sink.path.glob("*.eml"))
    if isinstance(sink, MaildirSink):
        box = mailbox.Maildir(sink.path)
        return Counter(box.get_bytes(key).replace(b"\n", b"\r\n") for key in box.keys())  # noqa: SIM118
    box = mailbox.mbox(sink.path)
    mails = [box.get_bytes(key).replace(b"\n>From ", b"\nFrom ").replace(b"\n", b"\r\n") for key in box.iterkeys()]
    box.close()
    return Counter(mails)


KINDS = [MaildirSink, MboxSink, EmlSink]


@pytest.fixture(params=KINDS)
def sink(request, tmp_path):
    return request.param(tmp_path / "box")


def test_all_is_stored_then_deleted(sink):
    server = Server()
    tally = run(sink, server)
    assert stored(sink) == Counter(MAILS)
    assert server.mails == []
    assert (tally.fetched, tally.stored, tally.known, tally.deleted) == (4, 4, 0, 4)
    assert tally.octets == sum(map(len, MAILS))
    assert sink.journal_path.read_bytes() == b"", "nothing is left to remember"


def test_kept_mails_are_stored_once_however_often_they_are_fetched(sink):
    server = Server()
    run(sink, server, keep=True)
    tally = run(sink, server, keep=True)
    assert (tally.fetched, tally.stored, tally.known, tally.deleted) == (4, 0, 4, 0)
    server.mails.append(b"new\r\n")
    assert run(sink, server, keep=True).stored == 1
    assert stored(sink) == Counter([*MAILS, b"new\r\n"])
    assert server.mails == [*MAILS, b"new\r\n"]


def test_kept_mails_are_forgotten_when_they_are_gone_from_the_server(sink):
    server = Server()
    run(sink, server, keep=True)
    server.mails = []
    run(sink, server, keep=True)
    assert sink.journal_path.read_bytes() == b""
    server.mails = [MAILS[0]]
    run(sink, server, keep=True)
    assert stored(sink) == Counter([*MAILS, MAILS[0]]), "the same text, but another mail"


def test_a_kept_mail_that_was_thrown_away_stays_away_until_it_would_be_deleted(tmp_path):
    sink = EmlSink(tmp_path / "box")
    server = Server(MAILS[:1])
    run(sink, server, keep=True)
    (sink.path / "000001.eml").unlink()
    run(sink, server, keep=True)
    assert stored(sink) == Counter()
    run(sink, server)
    assert stored(sink) == Counter(MAILS[:1]), "nothing is deleted on the server that is not on disk"
    assert server.mails == []


def test_other_accounts_are_another_matter(sink, monkeypatch):
    run(sink, Server(), keep=True)
    monkeypatch.setattr("test_collect.ACCOUNT" if __name__ == "test_collect" else f"{__name__}.ACCOUNT", "v@h:110")
    run(sink, Server(), keep=True)
    assert stored(sink) == Counter(MAILS * 2)


def test_check_sees_each_whole_mail_before_it_is_stored(sink):
    seen = []

    def check(mail, spool):
        spool.seek(0)
        seen.append((mail.number, spool.read(), sum(stored(sink).values())))

    run(sink, Server(), check=check)
    assert seen == [(number, mail, number - 1) for number, mail in enumerate(MAILS, 1)]


# -- endings that are not the good one --------------------------------------------------------------------------------


def test_ctrl_c_near_the_end_of_a_mail_ends_the_session_well(sink):
    server = Server()
    with pytest.raises(Stopped):
        run(sink, server, stop_at=4)
    assert stored(sink) == Counter(MAILS[:1])
    assert server.mails == MAILS[1:], "what is safe is deleted"
    assert sink.journal_path.read_bytes() == b""
    run(sink, server)
    assert stored(sink) == Counter(MAILS)


def test_ctrl_c_far_from_the_end_of_a_mail_leaves_all_on_the_server(sink, monkeypatch):
    monkeypatch.setattr(collect, "_PATIENCE", 3)
    server = Server()
    with pytest.raises(Stopped):
        run(sink, server, stop_at=4)
    assert server.mails == MAILS
    tally = run(sink, server)
    assert (tally.known, tally.stored, tally.deleted) == (1, 3, 4)
    assert stored(sink) == Counter(MAILS)


def test_ctrl_c_before_the_first_mail(sink):
    server = Server()
    sink.open()
    journal = Journal(sink.journal_path)
    journal.open()
    collector = Collector(sink, journal, ACCOUNT, keep=False)
    collector.stop = True
    with pytest.raises(Stopped):
        collector.run(server.session())
    journal.close()
    assert server.mails == MAILS


def test_a_mail_that_cannot_be_stored_stays_on_the_server_and_those_before_it_go(sink, monkeypatch):
    server = Server()
    store = type(sink)._store
    calls = []

    def full_at_the_third(self, mail, intend):
        calls.append(1)
        if len(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        store(self, mail, intend)

    monkeypatch.setattr(type(sink), "_store", full_at_the_third)
    with pytest.raises(TargetError, match="the disk is full"):
        run(sink, server)
    assert server.mails == MAILS[2:]
    assert stored(sink) == Counter(MAILS[:2])


def test_a_spool_that_is_full(sink, monkeypatch):
    class Full:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def write(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

    server = Server()
    monkeypatch.setattr(collect, "SpooledTemporaryFile", lambda size, dir: Full())  # noqa: A006
    with pytest.raises(TargetError, match="the disk is full"):
        run(sink, server)
    assert server.mails == MAILS


def test_a_lost_connection_loses_no_mail(sink):
    server = Server()
    drop = server.session()
    fetch = drop.retrieve

    def lost(number):
        if number == 3:
            raise error_for(0x38, "nx_pop3_client_mail_item_get")
        return fetch(number)

    drop.retrieve = lost
    with pytest.raises(ConnectionLost):
        run(sink, server, drop=drop)
    assert server.mails == MAILS
    assert run(sink, server).known == 2
    assert stored(sink) == Counter(MAILS)
    assert server.mails == []


def test_a_connection_lost_on_the_way_out_is_still_ctrl_c(sink):
    server = Server()
    drop = server.session()

    def lost():
        raise error_for(0x38, "nx_pop3_client_quit")

    drop.quit = lost
    with pytest.raises(Stopped):
        run(sink, server, drop=drop, stop_at=4)
    run(sink, server)
    assert stored(sink) == Counter(MAILS)


def test_a_quit_that_is_refused_forgets_nothing(sink):
    server = Server()
    drop = server.session()

    def refused():
        raise error_for(0xB4, "nx_pop3_client_quit", b"-ERR some deleted messages were not removed")

    drop.quit = refused
    with pytest.raises(ServerRefused):
        run(sink, server, drop=drop)
    tally = run(sink, server)
    assert (tally.known, tally.stored, tally.deleted) == (4, 0, 4)
    assert stored(sink) == Counter(MAILS)


# -- a kill at every step ---------------------------------------------------------------------------------------------


class Killed(BaseException):
    """SIGKILL: nothing this process does from here on has any effect."""


class Reaper:
    """Counts what has effects outside the process, and kills before or after the n-th."""

    OS = ("open", "write", "pwrite", "fsync", "link", "rename", "unlink", "ftruncate", "mkdir")

    def __init__(self, monkeypatch, at):
        self._at = at
        self.steps = 0
        self.dead = False
        self._opened = set()
        close = os.close
        monkeypatch.setattr(os, "close", lambda fd: (self._opened.discard(fd), close(fd)))
        self._open = os.open
        write = os.write
        monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[: len(data) // 2 + 1]))  # so writes get torn
        for name in self.OS:
            monkeypatch.setattr(os, name, self._lethal(getattr(os, name)))
        monkeypatch.setattr(Path, "write_bytes", self._lethal(Path.write_bytes))
        for name in ("retrieve", "mark", "quit"):
            monkeypatch.setattr(Drop, name, self._lethal(getattr(Drop, name)))

    def _step(self):
        self.steps += 1
        if self.dead or self.steps == self._at:
            self.dead = True
            raise Killed

    def _lethal(self, function):
        def call(*args, **options):
            self._step()
            result = function(*args, **options)
            if function is self._open:
                self._opened.add(result)
            self._step()
            return result

        return call

    def bury(self):
        """The system closes what a dead process had open, and so gives up its locks."""
        for fd in self._opened:
            os.close(fd)


@pytest.fixture
def no_waiting(monkeypatch):
    """A lock left behind is found out at once; nobody else is there to wait for."""
    monkeypatch.setattr("netx_pop3.store.mbox_lock._PAUSE", 0.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("keep", [False, True])
def test_killed_at_every_step_loses_nothing_and_stores_nothing_twice(tmp_path, monkeypatch, no_waiting, kind, keep):
    at = 0
    finished = False
    while not finished:
        at += 1
        sink = kind(tmp_path / str(at) / "box")
        server = Server(FEW)
        with monkeypatch.context() as patch:
            reaper = Reaper(patch, at)
            try:
                run(sink, server, keep)
            except Killed:
                pass
            finished = not reaper.dead
        reaper.bury()
        missing = Counter(FEW) - Counter(server.mails)
        assert not missing or missing <= stored(sink), f"killed at step {at}: deleted before it was on disk"
        leave_as_a_dead_process_does(sink)
        run(sink, server, keep)
        assert stored(sink) == Counter(FEW), f"killed at step {at}"
        assert server.mails == (FEW if keep else [])
    assert at > 40


def leave_as_a_dead_process_does(sink):
    """The lock file of an mbox names this living process; in earnest it names the dead one."""
    dot = sink.path.with_name(sink.path.name + ".lock")
    if dot.exists():
        assert dot.read_text() == f"{os.getpid()}\n"
        dot.write_text(str(dead_process()))


def dead_process():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child
