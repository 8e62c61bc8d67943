"""Maildirs and mboxes: served by the POP3 server, and filled by a fetch."""

import errno
import fcntl
import hashlib
import io
import mailbox
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_pop3.store import (
    EmlSink,
    MaildirSink,
    MaildirStore,
    MboxSink,
    MboxStore,
    TargetError,
    TargetSpecError,
    lines,
    mailboxes,
    mbox_lock,
    sink_for,
    sinks,
    store_for,
)
from netx_pop3.store.journal import Entry

PLAIN = b"Subject: plain\r\n\r\nhello\r\n"
FROMS = b"Subject: f\r\n\r\nFrom me\r\n>From you\r\n>>From them\r\nFromage\r\nFrom "
RAW = b"Subject: raw\r\n\r\n\xff\x00 bare\nlf and \r\r\n.\r\n"
BIG = b"Subject: big\r\n\r\n" + b"0123456789abcdef\r\n" * 12345
EMPTY = b""
MAILS = [PLAIN, FROMS, RAW, BIG, EMPTY]


def entry(mail: bytes, name: str, stored: bool = False) -> Entry:
    found = Entry(1, "u@h", hashlib.sha256(mail).hexdigest(), len(mail), name)
    found.stored = stored
    return found


def put(sink, mail: bytes) -> Entry:
    """Store a mail; the entry a journal would hold."""
    names = []
    sink.store(io.BytesIO(mail), names.append)
    assert len(names) == 1
    return entry(mail, names[0])


# -- line ends and quoting --------------------------------------------------------------------------------------------

pieces = st.lists(st.sampled_from([b"\n", b"\r\n", b"\r", b">", b"From ", b"Fr", b"om ", b"a"]), max_size=14)


@given(pieces, st.integers(1, 5))
def test_line_ends_and_quoting_do_not_depend_on_where_blocks_are_cut(parts, size):
    text = b"".join(parts)
    before, lines._BLOCK = lines._BLOCK, size
    try:
        file = io.BytesIO(text)
        undone = re.search(rb"(?<!\r)\n", text) is None and b"\r\r\n" not in text
        expected = text.replace(b"\r\n", b"\n") if undone else text
        assert b"".join(lines.native(file)) == expected
        body = re.sub(rb"(?m)^(>*From )", rb">\1", expected)
        ended = body if body.endswith(b"\n") or not body else body + b"\n"
        assert b"".join(lines.quoted(lines.native(file))) == ended + b"\n"
        wire = re.sub(rb"(?<!\r)\n", b"\r\n", text)
        last = b"" if not wire or wire.endswith(b"\n") else b"\r\n"
        assert b"".join(mailboxes.wire_blocks(file)) == wire + last
    finally:
        lines._BLOCK = before


# -- sinks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mail", MAILS)
def test_maildir_sink(tmp_path, mail):
    sink = MaildirSink(tmp_path / "a" / "box")
    sink.open()
    found = put(sink, mail)
    assert sink.holds(found)
    (key,) = mailbox.Maildir(sink.path).keys()
    stored = mailbox.Maildir(sink.path).get_bytes(key)
    assert stored == (mail if mail == RAW else mail.replace(b"\r\n", b"\n"))
    assert list((sink.path / "tmp").iterdir()) == []
    assert (sink.path / "new" / found.name).stat().st_mode & 0o777 == 0o600


def test_maildir_mail_is_known_after_a_mail_program_moved_it(tmp_path):
    sink = MaildirSink(tmp_path)
    sink.open()
    found = put(sink, PLAIN)
    (tmp_path / "new" / found.name).rename(tmp_path / "cur" / (found.name + ",S=24:2,S"))
    assert sink.holds(found)
    assert not sink.holds(entry(PLAIN, found.name[:-1]))


@pytest.mark.parametrize("mail", MAILS)
def test_eml_sink_keeps_every_byte(tmp_path, mail):
    sink = EmlSink(tmp_path / "mails")
    sink.open()
    found = put(sink, mail)
    assert found.name == "000001.eml"
    assert (sink.path / found.name).read_bytes() == mail
    assert sink.holds(found)
    assert not sink.holds(entry(b"another", found.name))
    assert not sink.holds(entry(mail, "000002.eml"))


def test_eml_numbers_go_on_behind_what_is_there(tmp_path):
    (tmp_path / "000041.eml").write_bytes(b"mine")
    (tmp_path / "notes.eml").write_bytes(b"mine too")
    sink = EmlSink(tmp_path)
    sink.open()
    assert [put(sink, PLAIN).name, put(sink, PLAIN).name] == ["000042.eml", "000043.eml"]
    assert (tmp_path / "000041.eml").read_bytes() == b"mine"


def test_mbox_sink_is_read_by_the_standard_library_and_unquotes_to_the_mail(tmp_path):
    sink = MboxSink(tmp_path / "inbox", clock=lambda: 0.0)
    sink.open()
    for mail in MAILS:
        found = put(sink, mail)
        assert sink.holds(found)
    first = b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nSubject: plain\n\nhello\n\n"
    assert sink.path.read_bytes().startswith(first)
    box = mailbox.mbox(sink.path)
    stored = [re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key)) for key in box.iterkeys()]
    box.close()
    expected = [mail if mail == RAW else mail.replace(b"\r\n", b"\n") for mail in MAILS]
    assert [text.rstrip(b"\n") for text in stored] == [text.rstrip(b"\n") for text in expected]
    assert not sink.path.with_name("inbox.lock").exists()


@pytest.mark.parametrize("ending", [b"text", b"text\n", b"text\n\n"])
def test_mbox_sink_ends_the_last_mail_of_another_program(tmp_path, ending):
    path = tmp_path / "inbox"
    path.write_bytes(b"From x Thu Jan  1 00:00:00 1970\n\n" + ending)
    sink = MboxSink(path)
    sink.open()
    put(sink, PLAIN)
    assert b"\n\ntext\n\nFrom MAILER-DAEMON " in path.read_bytes()


@pytest.mark.parametrize("kept", [3, 20, 60])
def test_mbox_sink_cuts_off_what_a_kill_left(tmp_path, kept):
    sink = MboxSink(tmp_path / "inbox")
    sink.open()
    put(sink, PLAIN)
    before = sink.path.read_bytes()
    found = put(sink, FROMS)
    os.truncate(sink.path, len(before) + kept)
    assert not sink.holds(found)
    assert sink.path.read_bytes() == before


def test_mbox_sink_cuts_nothing_that_others_appended(tmp_path):
    sink = MboxSink(tmp_path / "inbox")
    sink.open()
    found = put(sink, PLAIN)
    os.truncate(sink.path, 50)
    with sink.path.open("ab") as file:
        file.write(b"\nFrom x\n\n")
    before = sink.path.read_bytes()
    assert not sink.holds(found)
    assert sink.path.read_bytes() == before


def test_mbox_sink_tells_what_the_system_says(tmp_path, monkeypatch):
    def broken(fd, length, offset):
        raise OSError(errno.EIO, "Input/output error")

    sink = MboxSink(tmp_path / "inbox")
    sink.open()
    found = put(sink, PLAIN)
    monkeypatch.setattr(sinks.os, "pread", broken)
    with pytest.raises(TargetError, match="input/output error"):
        sink.holds(found)


def test_mbox_sink_cuts_nothing_it_did_not_write(tmp_path):
    sink = MboxSink(tmp_path / "inbox")
    sink.open()
    found = put(sink, PLAIN)
    sink.path.write_bytes(b"From somebody else\n")
    assert not sink.holds(found)
    assert not sink.holds(entry(PLAIN, "500:60:aa"))
    assert sink.path.read_bytes() == b"From somebody else\n"


def test_mbox_region_is_measured_in_blocks_that_keep_lines_whole(tmp_path):
    (tmp_path / "file").write_bytes(b"ab\nFrom cd\n" * 200000)
    with (tmp_path / "file").open("rb") as file:
        blocks = list(sinks._region(file.fileno(), 3, 2000000))
    assert b"".join(blocks) == (b"ab\nFrom cd\n" * 200000)[3:2000003]
    assert len(blocks) > 1
    assert sum(block.count(b"\nFrom ") for block in blocks) == b"".join(blocks).count(b"\nFrom ")


# -- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("maildir", "maildir: a target is maildir:PATH, mbox:PATH or eml:DIR"),
        ("ftp:x", "ftp:x: a target is maildir:PATH, mbox:PATH or eml:DIR"),
        ("/home/u/Mail", "/home/u/Mail: a target is maildir:PATH, mbox:PATH or eml:DIR"),
        ("mbox:", "mbox:: the path behind mbox: is missing"),
    ],
)
def test_bad_target(spec, sentence):
    with pytest.raises(TargetSpecError) as caught:
        sink_for(spec)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(("spec", "kind"), [("maildir:~/m", MaildirSink), ("MBOX:m", MboxSink), ("eml:a:b", EmlSink)])
def test_good_target(spec, kind, monkeypatch):
    monkeypatch.setenv("HOME", "/home/u")
    sink = sink_for(spec)
    assert type(sink) is kind
    assert str(sink.path) == spec.split(":", 1)[1].replace("~", "/home/u")
    assert sink.journal_path.parent in (sink.path, sink.path.parent)
    assert sink.folder in (sink.path, sink.path.parent, sink.path / "tmp")


def test_a_folder_of_other_things_is_not_made_a_maildir(tmp_path):
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(TargetError, match="not a Maildir"):
        MaildirSink(tmp_path).open()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thesis.tex"]


def test_a_file_that_is_no_mbox_is_left_alone(tmp_path):
    (tmp_path / "notes").write_bytes(b"Dear diary")
    with pytest.raises(TargetError, match="not an mbox"):
        MboxSink(tmp_path / "notes").open()
    assert (tmp_path / "notes").read_bytes() == b"Dear diary"


@pytest.mark.parametrize("kind", [MaildirSink, EmlSink, MboxSink])
def test_a_path_through_a_file(tmp_path, kind):
    (tmp_path / "file").touch()
    with pytest.raises(TargetError, match=r"file|folder"):
        kind(tmp_path / "file" / "x").open()


def test_an_mbox_that_is_a_folder(tmp_path):
    with pytest.raises(TargetError, match=f"^{tmp_path}: it is a folder$"):
        MboxSink(tmp_path).open()


def full_disk(fd, data):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("kind", [MaildirSink, EmlSink, MboxSink])
def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch, kind):
    sink = kind(tmp_path / "box")
    sink.open()
    put(sink, PLAIN)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    monkeypatch.setattr(sinks, "write_all", full_disk)
    with pytest.raises(TargetError, match=f"^{tmp_path}/box: the disk is full$"):
        sink.store(io.BytesIO(PLAIN), lambda name: None)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("kind", [MaildirSink, EmlSink])
def test_nothing_is_replaced(tmp_path, monkeypatch, kind):
    sink = kind(tmp_path)
    sink.open()
    name = put(sink, PLAIN).name
    monkeypatch.setattr(sink, "_stamp", lambda: name, raising=False)
    monkeypatch.setattr(sink, "_last", 0, raising=False)
    with pytest.raises(TargetError, match="exists already and is left alone"):
        put(sink, RAW)
    assert sink.holds(entry(PLAIN, name))


def no_links(source, target):
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_file_system_without_hard_links(tmp_path, monkeypatch):
    monkeypatch.setattr(sinks.os, "link", no_links)
    sink = EmlSink(tmp_path)
    sink.open()
    assert sink.holds(put(sink, PLAIN))
    sink._last = 0
    with pytest.raises(TargetError, match="exists already"):
        put(sink, RAW)
    assert sink.holds(entry(PLAIN, "000001.eml"))


def test_other_link_errors_are_told(tmp_path, monkeypatch):
    def broken(source, target):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(sinks.os, "link", broken)
    sink = EmlSink(tmp_path)
    sink.open()
    with pytest.raises(TargetError, match="input/output error"):
        put(sink, PLAIN)


def test_what_a_killed_run_was_writing_is_removed(tmp_path):
    sink = MaildirSink(tmp_path)
    sink.open()
    (tmp_path / "tmp" / "1.M1P1Q1.host.netx-pop3").write_bytes(b"half")
    (tmp_path / "tmp" / "other").write_bytes(b"another program's")
    sink.open()
    assert [path.name for path in (tmp_path / "tmp").iterdir()] == ["other"]


def test_mail_is_synced_before_it_gets_its_name_and_the_folder_after(tmp_path, monkeypatch):
    events = []
    fsync, link = os.fsync, os.link
    monkeypatch.setattr(sinks.os, "fsync", lambda fd: (events.append(os.readlink(f"/proc/self/fd/{fd}")), fsync(fd)))
    monkeypatch.setattr(sinks.os, "link", lambda a, b: (events.append("link"), link(a, b)))
    sink = EmlSink(tmp_path)
    sink.open()
    sink.store(io.BytesIO(PLAIN), lambda name: events.append("intend " + name))
    unfinished = str(tmp_path / ".000001.eml.netx-pop3")
    assert events == [unfinished, "intend 000001.eml", "link", str(tmp_path)]


# -- the locks of an mbox ---------------------------------------------------------------------------------------------


def test_mbox_lock_excludes_the_standard_library(tmp_path):
    path = tmp_path / "inbox"
    with mbox_lock.MboxLock(path, 0.0):
        code = "import mailbox, sys; box = mailbox.mbox(sys.argv[1]); box.lock()"
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, timeout=60, check=False)
        assert b"ExternalClashError" in done.stderr
    box = mailbox.mbox(path)
    box.lock()
    with pytest.raises(TargetError, match=f"^{path}: locked by another program$"):
        MboxSink(path, patience=0.0).open()
    box.close()


def test_mbox_lock_waits(tmp_path, monkeypatch):
    path = tmp_path / "inbox"
    dot = path.with_name("inbox.lock")
    dot.write_text(str(os.getpid()))
    monkeypatch.setattr(mbox_lock.time, "sleep", lambda pause: dot.unlink())
    with mbox_lock.MboxLock(path, 10.0):
        assert dot.read_text() == f"{os.getpid()}\n"
    assert not dot.exists()


def test_mbox_lock_respects_a_process_that_holds_fcntl(tmp_path):
    path = tmp_path / "inbox"
    code = "import fcntl, sys; f = open(sys.argv[1], 'ab'); fcntl.lockf(f, 2); print('ok', flush=True)"
    holder = [sys.executable, "-c", code + "; sys.stdin.read()", path]
    with subprocess.Popen(holder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"ok\n"
        with pytest.raises(TargetError, match="locked"), mbox_lock.MboxLock(path, 0.0):
            pass
        process.communicate(timeout=60)


def test_mbox_lock_of_a_dead_process_is_broken(tmp_path, monkeypatch):
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    path = tmp_path / "inbox"
    path.with_name("inbox.lock").write_bytes(done.stdout)
    monkeypatch.setattr(mbox_lock, "_PAUSE", 0.0)
    with mbox_lock.MboxLock(path, 10.0):
        assert path.with_name("inbox.lock").read_bytes() != done.stdout
    assert not path.with_name("inbox.lock").exists()


@pytest.mark.parametrize("text", ["", "somebody", "1"])
def test_mbox_lock_of_unknown_origin_is_respected(tmp_path, text):
    path = tmp_path / "inbox"
    path.with_name("inbox.lock").write_text(text)
    with pytest.raises(TargetError, match="locked"), mbox_lock.MboxLock(path, 0.0):
        pass
    assert path.with_name("inbox.lock").read_text() == text


def test_mbox_in_a_folder_that_may_not_be_written(tmp_path, monkeypatch):
    def refuse(source, target):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(mbox_lock.os, "link", refuse)
    with mbox_lock.MboxLock(tmp_path / "inbox", 0.0) as fd:
        assert os.fstat(fd).st_size == 0


def test_mbox_lock_tells_other_errors_and_lets_go(tmp_path, monkeypatch):
    def full(source, target):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(mbox_lock.os, "link", full)
    lock = mbox_lock.MboxLock(tmp_path / "inbox", 0.0)
    with pytest.raises(TargetError, match="the disk is full"), lock:
        pass
    assert lock._fd == -1


# -- behind the server ------------------------------------------------------------------------------------------------


def maildir(path, mails):
    mailbox.Maildir(path)
    for number, mail in enumerate(mails):
        (box_path := path / ("cur" if number % 2 else "new")).mkdir(exist_ok=True)
        (box_path / (f"{100 + number}.h" + (":2,S" if number % 2 else ""))).write_bytes(mail)
    return MaildirStore(path)


def mbox(path, mails):
    text = b"".join(b"From x Thu Jan  1 00:00:00 1970\n" + mail + b"\n" for mail in mails)
    path.write_bytes(text)
    return MboxStore(path)


STORED = [b"Subject: a\n\nlf\n", b"Subject: b\r\n\r\ncrlf\r\n", b"Subject: c\n\n" + b"x" * 200000 + b"\n" * 70000]
SENT = [re.sub(rb"(?<!\r)\n", b"\r\n", mail) for mail in STORED]


@pytest.fixture(params=[maildir, mbox])
def store(request, tmp_path):
    return request.param(tmp_path / "box", STORED)


def test_messages_have_the_octets_of_the_wire(store):
    assert store.lock()
    messages = store.messages()
    assert [message.size for message in messages] == [len(mail) for mail in SENT]
    assert [message.read(0, message.size + 5) for message in messages] == SENT
    assert all(re.fullmatch(rb"[!-~]{1,70}", message.uid) for message in messages)
    assert len({message.uid for message in messages}) == 3
    store.unlock()


def test_messages_can_be_read_in_any_pieces(store):
    store.lock()
    big = store.messages()[2]
    pieces = [big.read(offset, 7001) for offset in range(0, big.size, 7001)]
    assert b"".join(pieces) == SENT[2]
    assert big.read(200010, 30) == SENT[2][200010:200040]
    assert big.read(5, 10) == SENT[2][5:15]
    assert big.read(big.size, 10) == b""
    store.unlock()


def test_reading_on_does_not_begin_anew(store, monkeypatch):
    store.lock()
    big = store.messages()[2]
    opened = []
    open_file = big._open_file
    monkeypatch.setattr(big, "_open_file", lambda: (opened.append(1), open_file())[1])
    for offset in range(0, big.size, 1000):
        big.read(offset, 1000)
    assert opened == [1]
    store.unlock()


def test_ids_are_the_same_in_every_session_and_commit_removes(store):
    store.lock()
    messages = store.messages()
    uids = [message.uid for message in messages]
    messages[2].read(0, 10)
    assert store.commit([messages[0], messages[2]])
    store.unlock()
    assert store.lock()
    (left,) = store.messages()
    assert left.uid == uids[1]
    assert left.read(0, 99) == SENT[1]
    store.unlock()


def test_one_session_at_a_time(store):
    other = type(store)(store.path)
    assert store.lock()
    assert not other.lock()
    store.unlock()
    assert other.lock()
    other.unlock()


def test_a_second_session_on_the_same_object(store):
    assert store.lock()
    assert not store.lock()
    store.unlock()


def test_equal_mails_in_an_mbox_have_ids_of_their_own(tmp_path):
    store = mbox(tmp_path / "box", [STORED[0]] * 3)
    store.lock()
    uids = [message.uid for message in store.messages()]
    assert [uid[-2:] for uid in uids] == [b"-1", b"-2", b"-3"]
    store.unlock()


def test_mbox_that_changed_under_the_lock_is_not_rewritten(tmp_path):
    store = mbox(tmp_path / "box", STORED)
    store.lock()
    messages = store.messages()
    with store.path.open("ab") as file:
        file.write(b"From y Thu Jan  1 00:00:00 1970\n\nnew\n")
    assert not store.commit(messages)
    store.unlock()
    assert store.path.read_bytes().count(b"\nFrom ") == 3


def test_mbox_needs_the_lock(tmp_path):
    with pytest.raises(OSError, match="not locked"):
        mbox(tmp_path / "box", STORED).messages()


def test_maildir_mail_that_went_away_is_an_oserror(tmp_path):
    store = maildir(tmp_path / "box", STORED)
    store.lock()
    messages = store.messages()
    (tmp_path / "box" / "new" / "100.h").unlink()
    with pytest.raises(FileNotFoundError):
        messages[0].read(0, 10)
    assert store.commit([messages[0]])
    store.unlock()


def test_maildir_mail_that_cannot_be_removed(tmp_path, monkeypatch):
    store = maildir(tmp_path / "box", STORED)

    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied")

    store.lock()
    messages = store.messages()
    with monkeypatch.context() as patch:
        patch.setattr(mailbox.os, "remove", refuse)
        assert not store.commit(messages[:1])
    store.unlock()


def test_maildir_order_and_ids_of_odd_names(tmp_path):
    names = ["99.a", "1000.b", "x\u00e9", "y" * 80]
    mailbox.Maildir(tmp_path / "box")
    for name in names:
        (tmp_path / "box" / "new" / name).write_bytes(b"x\n")
    store = MaildirStore(tmp_path / "box")
    store.lock()
    uids = [message.uid for message in store.messages()]
    assert uids[2:] == [b"99.a", b"1000.b"]
    assert all(len(uid) == 64 for uid in uids[:2])
    store.unlock()


def test_maildir_of_another_lock_holder(tmp_path):
    store = maildir(tmp_path / "box", STORED)
    fd = os.open(tmp_path / "box", os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    assert not store.lock()
    os.close(fd)


def test_store_for_tells_what_the_system_says(tmp_path, monkeypatch):
    def broken(path):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setitem(mailboxes._KINDS, "mbox", broken)
    with pytest.raises(TargetError, match=r"^/x: input/output error$"):
        store_for("mbox:/x")


def test_store_for(tmp_path):
    maildir(tmp_path / "dir", STORED)
    mbox(tmp_path / "file", STORED)
    assert isinstance(store_for(f"maildir:{tmp_path}/dir"), MaildirStore)
    assert isinstance(store_for(f"mbox:{tmp_path}/file"), MboxStore)
    for spec in ("maildir", "mbox:", "eml:x", f"maildir:{tmp_path}", f"mbox:{tmp_path}/none"):
        with pytest.raises(TargetError):
            store_for(spec)
