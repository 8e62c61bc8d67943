"""The journal of a fetch: what it remembers over a kill, and what it forgets."""

import errno
import json
import os

import pytest

from netx_pop3.store import Journal, TargetError, journal

ACCOUNT = "u@10.0.0.1:110"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


def opened(path):
    book = Journal(path)
    book.open()
    return book


def killed(book):
    """The process is gone: nothing more is written, the lock is."""
    os.close(book._fd)
    book._fd = -1


def test_a_stored_mail_is_recognised_after_a_kill(path):
    book = opened(path)
    book.stored(book.intend(ACCOUNT, "aa", 5, "one"))
    killed(book)
    book = opened(path)
    known = book.recognise(ACCOUNT)
    assert known.take(ACCOUNT, "aa", 6) is None
    assert known.take(ACCOUNT, "ab", 5) is None
    assert known.take(ACCOUNT, "aa", 5).name == "one"
    assert known.take(ACCOUNT, "aa", 5) is None, "one entry stands for one mail"
    assert book.recognise("other@10.0.0.1:110").take(ACCOUNT, "aa", 5) is None
    book.close()


def test_equal_mails_are_two_mails(path):
    book = opened(path)
    for name in ("one", "two"):
        book.stored(book.intend(ACCOUNT, "aa", 5, name))
    known = book.recognise(ACCOUNT)
    assert [known.take(ACCOUNT, "aa", 5).name for _ in range(2)] == ["one", "two"]
    assert known.unseen() == []
    book.close()


def test_an_intended_mail_is_settled_by_asking_the_mailbox(path):
    book = opened(path)
    for name in ("there", "not"):
        book.intend(ACCOUNT, "aa", 5, name)
    killed(book)
    book = opened(path)
    assert book.recognise(ACCOUNT).take(ACCOUNT, "aa", 5) is None
    book.settle(lambda entry: entry.name == "there")
    killed(book)
    book = opened(path)
    assert [(entry.name, entry.stored) for entry in book.entries.values()] == [("there", True)]
    book.close()


def test_what_is_gone_is_forgotten_and_an_empty_memory_is_an_empty_file(path):
    book = opened(path)
    entries = [book.intend(ACCOUNT, "aa", 5, name) for name in ("one", "two")]
    for entry in entries:
        book.stored(entry)
    book.gone(book.recognise(ACCOUNT).unseen()[:1])
    book.gone(entries[:1])
    killed(book)
    book = opened(path)
    (left,) = book.entries.values()
    assert left.name == "two"
    assert book.intend(ACCOUNT, "bb", 1, "three").id == 3, "numbers are not used twice"
    book.gone(list(book.entries.values()))
    book.close()
    assert path.read_bytes() == b""


@pytest.mark.parametrize("kept", range(1, 8))
def test_a_torn_line_is_cut_off(path, kept):
    book = opened(path)
    book.stored(book.intend(ACCOUNT, "aa", 5, "one"))
    killed(book)
    whole = path.read_bytes()
    path.write_bytes(whole + json.dumps({"op": "gone", "id": 1}).encode()[: kept * 3])
    book = opened(path)
    assert len(book.entries) == 1
    assert path.read_bytes() == whole
    book.close()


def test_intents_are_synced_and_written_before_they_count(path, monkeypatch):
    book = opened(path)
    synced = []
    monkeypatch.setattr(journal.os, "fsync", lambda fd: synced.append(path.read_bytes()))
    book.intend(ACCOUNT, "aa", 5, "one")
    assert [json.loads(text)["name"] for text in synced] == ["one"]
    killed(book)


def test_two_fetches_into_one_mailbox(path):
    book = opened(path)
    with pytest.raises(TargetError, match="another fetch into this mailbox is running"):
        opened(path)
    book.close()
    opened(path).close()


@pytest.mark.parametrize(
    "text", [b"Dear diary\n", b"[1]\n", b'{"op": "stored", "id": 9}\n', b'{"op": "intend", "id": 1}\n']
)
def test_a_file_that_is_no_journal_is_left_alone(path, text):
    path.write_bytes(text)
    with pytest.raises(TargetError, match="not a journal of this program"):
        opened(path)
    assert path.read_bytes() == text


def test_a_folder_that_does_not_exist(path):
    with pytest.raises(TargetError, match="the folder above it does not exist"):
        opened(path / "x" / "journal")


def test_a_full_disk_leaves_whole_lines(path, monkeypatch):
    def full(fd):
        raise OSError(errno.ENOSPC, "No space left on device")

    book = opened(path)
    book.stored(book.intend(ACCOUNT, "aa", 5, "one"))
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(journal.os, "fsync", full)
        with pytest.raises(TargetError, match="the disk is full"):
            book.intend(ACCOUNT, "bb", 5, "two")
    assert path.read_bytes() == before
    assert len(book.entries) == 1
    book.close()


def test_writes_are_finished_when_the_system_takes_part_of_them(path, monkeypatch):
    write = os.write
    monkeypatch.setattr(journal.os, "write", lambda fd, data: write(fd, data[:3]))
    book = opened(path)
    book.intend(ACCOUNT, "aa", 5, "one")
    killed(book)
    assert json.loads(path.read_bytes())["digest"] == "aa"


def test_closing_what_never_opened():
    Journal("/nowhere").close()
