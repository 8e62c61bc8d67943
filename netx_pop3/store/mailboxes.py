"""A Maildir or an mbox as the maildrop of one user of the POP3 server (the contract is in server_store).

The files are read through the standard library's `mailbox`.  A POP3 server sends CR LF line ends and counts them in
the size (RFC 1939 section 11), files usually hold LF: each LF that has no CR gets one, and a last line without end gets
CR LF.  A mail is never held in memory as a whole.
"""

import contextlib
import fcntl
import hashlib
import mailbox
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from netx_pop3.store.errors import TargetError, TargetSpecError, target_error
from netx_pop3.store.lines import blocks

if TYPE_CHECKING:
    from netx_pop3.server_store import Message, Store

_UID_MAX = 70  # RFC 1939 section 7


def wire_blocks(file: BinaryIO) -> Iterator[bytes]:
    """A stored mail with the line ends of the wire."""
    last = b"\n"
    for block in blocks(file):
        last = block[-1:]
        yield block.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if last != b"\n":
        yield b"\r\n"


class StoredMessage:
    """One mail of a maildrop on disk.

    Args:
        key: what `mailbox` calls it.
        uid: the same in every session.
        size: octets on the wire.
        open_file: gives the mail as stored.
    """

    def __init__(self, key: str, uid: bytes, size: int, open_file: "Callable[[], BinaryIO]") -> None:
        self.key = key
        self.uid = uid
        self.size = size
        self._open_file = open_file
        self._file: BinaryIO | None = None
        self._blocks: Iterator[bytes] = iter(())
        self._held = b""
        self._offset = 0

    def read(self, offset: int, length: int) -> bytes:
        """A piece of the mail; reading on from the last piece costs nothing extra, going back begins anew."""
        if self._file is None or offset < self._offset:
            self._rewind()
        self._skip(offset)
        piece = self._take(length)
        if self._offset >= self.size:
            self.close()
        return piece

    def _rewind(self) -> None:
        self.close()
        self._file = self._open_file()
        self._blocks = wire_blocks(self._file)
        self._held = b""
        self._offset = 0

    def _skip(self, offset: int) -> None:
        while self._offset < offset and self._take(min(1 << 16, offset - self._offset)):
            pass

    def _take(self, length: int) -> bytes:
        parts = [self._held]
        have = len(self._held)
        while have < length:
            block = next(self._blocks, b"")
            if not block:
                break
            parts.append(block)
            have += len(block)
        text = b"".join(parts)
        self._held = text[length:]
        self._offset += min(length, len(text))
        return text[:length]

    def close(self) -> None:
        """Let go of the file; the next read opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None


class _Maildrop:
    """What both kinds share: open messages are closed when the session ends."""

    def __init__(self, path: "str | os.PathLike[str]") -> None:
        self.path = Path(path)
        self._messages: list[StoredMessage] = []

    def _close_messages(self) -> None:
        for message in self._messages:
            message.close()
        self._messages = []


class MaildirStore(_Maildrop):
    """A Maildir.  Locked by flock on the folder, so that a second session, here or elsewhere, is refused.

    The unique id of a mail is its file's base name.
    """

    def __init__(self, path: "str | os.PathLike[str]") -> None:
        super().__init__(path)
        if not (self.path / "cur").is_dir():
            raise TargetError(f"{self.path}: not a Maildir (there is no folder cur)")
        self._box = mailbox.Maildir(self.path, factory=None, create=False)
        self._sizes: dict[str, int] = {}  # a delivered file is never changed, so each is measured once
        self._lock = -1

    def lock(self) -> bool:
        """Take the maildrop for one session."""
        fd = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            return False
        self._lock = fd
        return True

    def messages(self) -> list[StoredMessage]:
        """The mails in new/ and cur/, oldest name first."""
        keys = sorted(self._box.keys(), key=_age)
        self._sizes = {key: self._sizes[key] if key in self._sizes else self._measure(key) for key in keys}
        self._messages = [StoredMessage(key, _uid(key), self._sizes[key], self._opener(key)) for key in keys]
        return self._messages

    def _opener(self, key: str) -> "Callable[[], BinaryIO]":
        def open_file() -> BinaryIO:
            try:
                return cast("BinaryIO", self._box.get_file(key))
            except KeyError:
                raise FileNotFoundError(key) from None

        return open_file

    def _measure(self, key: str) -> int:
        with cast("IO[bytes]", self._opener(key)()) as file:
            return sum(len(block) for block in wire_blocks(cast("BinaryIO", file)))

    def commit(self, deleted: "Sequence[Message]") -> bool:
        """Remove mails for good; one that is gone already counts as removed."""
        removed = True
        for message in deleted:
            try:
                self._box.discard(cast("StoredMessage", message).key)
            except OSError:
                removed = False
        return removed

    def unlock(self) -> None:
        """Give the maildrop back."""
        self._close_messages()
        os.close(self._lock)
        self._lock = -1


class MboxStore(_Maildrop):
    """An mbox file.  Locked for the session by fcntl and a dot-lock, as mail programs do.

    The unique id of a mail is a digest of its bytes, and its number among equal ones.
    """

    def __init__(self, path: "str | os.PathLike[str]") -> None:
        super().__init__(path)
        if not self.path.is_file():
            raise TargetError(f"{self.path}: there is no such mbox file")
        self._box: mailbox.mbox | None = None

    def lock(self) -> bool:
        """Take the maildrop for one session."""
        if self._box is not None:
            return False
        box = mailbox.mbox(self.path, factory=None, create=False)
        try:
            box.lock()
        except mailbox.ExternalClashError:
            box.close()
            return False
        self._box = box
        return True

    def messages(self) -> list[StoredMessage]:
        """The mails, in the file's order."""
        box = self._opened()
        equal: Counter[str] = Counter()
        self._messages = [self._message(box, key, equal) for key in box.iterkeys()]
        return self._messages

    def _opened(self) -> mailbox.mbox:
        if self._box is None:
            raise OSError("the maildrop is not locked")
        return self._box

    @staticmethod
    def _message(box: mailbox.mbox, key: str, equal: "Counter[str]") -> StoredMessage:
        def open_file() -> BinaryIO:
            return cast("BinaryIO", box.get_file(key))

        digest = hashlib.sha256()
        size = 0
        for block in wire_blocks(open_file()):
            digest.update(block)
            size += len(block)
        name = digest.hexdigest()[:48]
        equal[name] += 1
        return StoredMessage(key, b"%s-%d" % (name.encode(), equal[name]), size, open_file)

    def commit(self, deleted: "Sequence[Message]") -> bool:
        """Remove mails for good: the file is written anew beside the old one and put in its place."""
        box = self._opened()
        try:
            for message in deleted:
                box.remove(cast("StoredMessage", message).key)
            box.flush()
        except (OSError, mailbox.Error):
            return False
        return True

    def unlock(self) -> None:
        """Give the maildrop back."""
        self._close_messages()
        box, self._box = self._opened(), None
        with contextlib.suppress(mailbox.Error, OSError):  # close tries once more what commit could not do
            box.close()


def _age(key: str) -> tuple[int, str]:
    """Maildir names begin with the seconds of delivery."""
    seconds = key.split(".", 1)[0]
    return (int(seconds) if seconds.isdecimal() else 0, key)


def _uid(key: str) -> bytes:
    """The name, if RFC 1939 section 7 allows it as it is, else its digest."""
    if len(key) <= _UID_MAX and all("!" <= character <= "~" for character in key):
        return key.encode()
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest().encode()


_KINDS: "dict[str, Callable[[str], Store]]" = {"maildir": MaildirStore, "mbox": MboxStore}


def store_for(spec: str) -> "Store":
    """The maildrop that `maildir:PATH` or `mbox:PATH` names.

    Raises:
        TargetError: the text names none, or there is none.
    """
    kind, colon, path = spec.partition(":")
    if not colon or not path or kind.lower() not in _KINDS:
        raise TargetSpecError(f"{spec}: a maildrop is maildir:PATH or mbox:PATH")
    try:
        return _KINDS[kind.lower()](str(Path(path).expanduser()))
    except OSError as error:
        raise target_error(path, error) from error
