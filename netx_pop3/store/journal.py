"""What was stored from which account and may still be on the server: the memory of an interrupted fetch.

POP3 deletes at QUIT only (RFC 1939 section 6), so a fetch that dies before leaves all its mails on the server although
they are on disk.  The client has no UIDL; a mail is recognised by its digest and length once it was fetched again.

The file holds one JSON object per line, only ever appended to:

    {"op": "intend", "id": 7, "account": "u@10.0.0.1:110", "digest": "...", "size": 320, "name": "..."}
    {"op": "stored", "id": 7}
    {"op": "gone", "id": 7}

`intend` is on disk before the mail becomes visible in the mailbox, so that after a kill the mailbox can be asked
whether that very mail got there.  `gone` follows when the server confirmed QUIT.  A line cut short by a kill is
dropped when the file is opened.  When nothing is left to remember the file is emptied.
"""

import fcntl
import json
import os
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from netx_pop3.store.errors import TargetError, target_error


class Entry:
    """One mail that is, or was about to be, in the mailbox."""

    __slots__ = ("account", "digest", "id", "name", "size", "stored")

    def __init__(self, number: int, account: str, digest: str, size: int, name: str) -> None:
        self.id = number
        self.account = account
        self.digest = digest
        self.size = size
        self.name = name
        self.stored = False

    @property
    def key(self) -> tuple[str, str, int]:
        """What a refetched mail is recognised by."""
        return (self.account, self.digest, self.size)


class Journal:
    """The journal file of one target, locked for this process while open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[int, Entry] = {}
        self._fd = -1
        self._next = 1

    def open(self) -> None:
        """Lock and read the file, made if need be; a torn last line is cut off.

        Raises:
            TargetError: not writable, or another fetch has it open.
        """
        try:
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            self._lock()
            self._read()
        except OSError as error:
            self._drop()
            raise target_error(self.path, error) from error
        except TargetError:
            self._drop()
            raise

    def _lock(self) -> None:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise TargetError(f"{self.path}: another fetch into this mailbox is running") from None

    def _read(self) -> None:
        with open(self._fd, "rb", closefd=False) as file:
            text = file.read()
        whole = text.rfind(b"\n") + 1
        if whole < len(text):
            os.ftruncate(self._fd, whole)
        for line in text[:whole].splitlines():
            self._replay(line)

    def _replay(self, line: bytes) -> None:
        try:
            record = json.loads(line)
            number = int(record["id"])
            if record["op"] == "intend":
                fields = (_text(record["account"]), _text(record["digest"]), int(record["size"]), _text(record["name"]))
                self.entries[number] = Entry(number, *fields)
            elif record["op"] == "stored":
                self.entries[number].stored = True
            else:
                self.entries.pop(number, None)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise TargetError(f"{self.path}: not a journal of this program (line {line[:40]!r})") from None
        self._next = max(self._next, number + 1)

    def _append(self, records: Iterable[dict[str, Any]], durable: bool) -> None:
        text = "".join(json.dumps(record) + "\n" for record in records).encode()
        before = os.fstat(self._fd).st_size
        try:
            write_all(self._fd, text)
            if durable:
                os.fsync(self._fd)
        except OSError as error:
            os.ftruncate(self._fd, before)
            raise target_error(self.path, error) from error

    def intend(self, account: str, digest: str, size: int, name: str) -> Entry:
        """Remember, durably, that this mail is about to appear under this name."""
        entry = Entry(self._next, account, digest, size, name)
        record = {"op": "intend", "id": entry.id, "account": account, "digest": digest, "size": size, "name": name}
        self._append([record], durable=True)
        self._next += 1
        self.entries[entry.id] = entry
        return entry

    def stored(self, entry: Entry) -> None:
        """The mail is safely in the mailbox.  Not synced: without this line the mailbox itself is asked."""
        self._append([{"op": "stored", "id": entry.id}], durable=False)
        entry.stored = True

    def gone(self, entries: Iterable[Entry]) -> None:
        """These mails are not on the server any more: forget them."""
        known = [entry for entry in entries if entry.id in self.entries]
        if known:
            self._append([{"op": "gone", "id": entry.id} for entry in known], durable=True)
        for entry in known:
            del self.entries[entry.id]

    def settle(self, holds: "Callable[[Entry], bool]") -> None:
        """Decide what a kill left open: `holds` says whether the mailbox has that mail, whole."""
        for entry in [entry for entry in self.entries.values() if not entry.stored]:
            if holds(entry):
                self.stored(entry)
            else:
                self.gone([entry])

    def recognise(self, account: str) -> "Recognised":
        """The mails of an account that are stored and were on the server when last seen."""
        return Recognised([entry for entry in self.entries.values() if entry.account == account and entry.stored])

    def close(self) -> None:
        """Unlock; an empty memory leaves an empty file."""
        if self._fd >= 0 and not self.entries:
            os.ftruncate(self._fd, 0)
        self._drop()

    def _drop(self) -> None:
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


class Recognised:
    """Hands out each remembered mail once, so that two equal mails on the server are two mails on disk."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._waiting: dict[tuple[str, str, int], deque[Entry]] = defaultdict(deque)
        for entry in entries:
            self._waiting[entry.key].append(entry)

    def take(self, account: str, digest: str, size: int) -> Entry | None:
        """The entry of a mail just fetched, if it is on disk already."""
        waiting = self._waiting.get((account, digest, size))
        return waiting.popleft() if waiting else None

    def unseen(self) -> list[Entry]:
        """Entries nobody took: after a whole session, mails that are not on the server any more."""
        return [entry for waiting in self._waiting.values() for entry in waiting]


def write_all(fd: int, data: bytes) -> None:
    """os.write until all is written."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
