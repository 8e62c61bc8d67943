"""Where fetched mails go: a Maildir, an mbox or a folder of .eml files.

A mail that `store` returned for survives a power cut: it is written under a temporary name, synced, given its name,
and the folder is synced.  Nothing that exists is ever replaced.  `intend` is called once the place is known and before
anything can be seen there, so that after a kill `holds` can tell whether the mail got that far.
"""

import errno
import hashlib
import itertools
import os
import re
import socket
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from netx_pop3.store.errors import TargetError, TargetSpecError, target_error
from netx_pop3.store.journal import Entry, write_all
from netx_pop3.store.lines import blocks, native, quoted
from netx_pop3.store.mbox_lock import MboxLock

# Ends the names of files in the making, so that those of a killed run can be told from other programs' and removed.
_UNFINISHED = ".netx-pop3"

# A file system without hard links answers link() with one of these.
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


# The From_ line as the standard library writes it, up to the date.
_ENVELOPE = b"From MAILER-DAEMON "


class Sink(ABC):
    """One target.  Open it before the first store; errors are TargetError, one sentence each."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    @abstractmethod
    def folder(self) -> Path:
        """A folder on the file system of the target, for spooling."""

    @property
    @abstractmethod
    def journal_path(self) -> Path:
        """Where the journal of this target belongs."""

    def open(self) -> None:
        """Make the target if need be, check that it is what it should be, clear what a killed run left.

        Raises:
            TargetError: cannot be made or written, or holds something else.
        """
        try:
            self._open()
        except OSError as error:
            raise target_error(self.path, error) from error

    def store(self, mail: BinaryIO, intend: Callable[[str], object]) -> None:
        """Put the mail there and return when it is safe.

        Raises:
            TargetError: it is not there; nothing half-written can be seen.
        """
        try:
            self._store(mail, intend)
        except OSError as error:
            raise target_error(self.path, error) from error

    @abstractmethod
    def _open(self) -> None: ...

    @abstractmethod
    def _store(self, mail: BinaryIO, intend: Callable[[str], object]) -> None: ...

    @abstractmethod
    def holds(self, entry: Entry) -> bool:
        """Whether that very mail is in the target, whole."""


class MaildirSink(Sink):
    """`maildir:PATH`: LF line ends where that can be undone; the mail appears in new/."""

    def __init__(self, path: Path, stamp: "Callable[[], str] | None" = None) -> None:
        super().__init__(path)
        self._stamp = stamp or unique_stamp

    @property
    def folder(self) -> Path:
        return self.path / "tmp"

    @property
    def journal_path(self) -> Path:
        # Not a hidden folder: in a Maildir those are subfolders.
        return self.path / "netx-pop3.journal"

    def _open(self) -> None:
        names = {"tmp", "new", "cur"}
        found = {part.name for part in self.path.iterdir()} if self.path.is_dir() else names
        if not names <= found and found - names:  # a killed run may have made some of the three and nothing else
            raise TargetError(f"{self.path}: the folder is not empty and not a Maildir (tmp, new and cur are missing)")
        for folder in [self.path, *(self.path / name for name in names)]:
            make_folder(folder)
        remove_unfinished(self.folder)

    def _store(self, mail: BinaryIO, intend: Callable[[str], object]) -> None:
        name = self._stamp()
        unfinished = self.folder / (name + _UNFINISHED)
        with finished_file(unfinished, native(mail)):
            intend(name)
            place(unfinished, self.path / "new" / name)

    def holds(self, entry: Entry) -> bool:
        """In new/, or in cur/ with whatever a mail program added to the name."""
        if (self.path / "new" / entry.name).exists():
            return True
        with os.scandir(self.path / "cur") as files:
            return any(re.split("[:,]", file.name)[0] == entry.name for file in files)


class EmlSink(Sink):
    """`eml:DIR`: one file per mail, 000001.eml and on, byte for byte as on the wire (CR LF)."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._last = 0

    @property
    def folder(self) -> Path:
        return self.path

    @property
    def journal_path(self) -> Path:
        return self.path / ".netx-pop3.journal"

    def _open(self) -> None:
        make_folder(self.path)
        remove_unfinished(self.path)
        numbers = [int(name.stem) for name in self.path.glob("*.eml") if name.stem.isdecimal()]
        self._last = max(numbers, default=0)

    def _store(self, mail: BinaryIO, intend: Callable[[str], object]) -> None:
        name = f"{self._last + 1:06d}.eml"
        unfinished = self.path / ("." + name + _UNFINISHED)
        with finished_file(unfinished, blocks(mail)):
            intend(name)
            place(unfinished, self.path / name)
        self._last += 1

    def holds(self, entry: Entry) -> bool:
        """The file is there with the very bytes."""
        try:
            with (self.path / entry.name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == entry.digest
        except OSError:
            return False


class MboxSink(Sink):
    """`mbox:PATH`: appended under the locks mail programs use, quoted the mboxrd way.

    The name given to `intend` is "offset:length:digest" of what is appended, From_ line included.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time, patience: float = 10.0) -> None:
        super().__init__(path)
        self._clock = clock
        self._patience = patience

    @property
    def folder(self) -> Path:
        return self.path.parent

    @property
    def journal_path(self) -> Path:
        return self.path.with_name(f".{self.path.name}.netx-pop3.journal")

    def _lock(self) -> MboxLock:
        return MboxLock(self.path, self._patience)

    def _open(self) -> None:
        make_folder(self.path.parent)
        existed = self.path.exists()
        with self._lock() as fd:
            if os.pread(fd, 5, 0) not in (b"", b"From "):
                raise TargetError(f"{self.path}: the file is not an mbox (it does not begin with a From_ line)")
        if not existed:
            sync_folder(self.path.parent)

    def _envelope(self) -> bytes:
        return _ENVELOPE + time.asctime(time.gmtime(self._clock())).encode() + b"\n"

    def _store(self, mail: BinaryIO, intend: Callable[[str], object]) -> None:
        envelope = self._envelope()
        digest = hashlib.sha256(envelope)
        length = len(envelope)
        for block in quoted(native(mail)):
            digest.update(block)
            length += len(block)
        with self._lock() as fd:
            offset = self._end(fd)
            intend(f"{offset}:{length}:{digest.hexdigest()}")
            self._append(fd, itertools.chain([envelope], quoted(native(mail))), offset)

    def _end(self, fd: int) -> int:
        """Where the next mail begins: behind an empty line, which another program may have left out."""
        size = os.fstat(fd).st_size
        tail = os.pread(fd, 2, max(0, size - 2))
        missing = b"" if not size or tail == b"\n\n" else b"\n" if tail.endswith(b"\n") else b"\n\n"
        if missing:
            os.pwrite(fd, missing, size)
        return size + len(missing)

    def _append(self, fd: int, text: Iterable[bytes], offset: int) -> None:
        os.lseek(fd, offset, os.SEEK_SET)
        try:
            for block in text:
                write_all(fd, block)
            os.fsync(fd)
        except OSError:
            os.ftruncate(fd, offset)
            raise

    def holds(self, entry: Entry) -> bool:
        """The appended bytes are there; what a kill left of them is cut off."""
        place, length, digest = entry.name.split(":")
        offset, missing = int(place), int(length)
        found = hashlib.sha256()
        ours = True
        try:
            with self._lock() as fd:
                for block in _region(fd, offset, missing):
                    found.update(block)
                    ours = ours and b"\nFrom " not in block
                    missing -= len(block)
                if found.hexdigest() == digest:
                    return True
                if ours and missing and not entry.stored:
                    self._cut(fd, offset)
        except OSError as error:
            raise target_error(self.path, error) from error
        return False

    @staticmethod
    def _cut(fd: int, offset: int) -> None:
        """Remove the beginning of our own mail from the end of the file.

        Quoting leaves no line of a mail that begins with "From ", so the caller knows that nobody appended since.
        """
        begun = os.pread(fd, len(_ENVELOPE), offset)
        if begun and _ENVELOPE.startswith(begun):
            os.ftruncate(fd, offset)
            os.fsync(fd)


def _region(fd: int, offset: int, length: int) -> Iterator[bytes]:
    """A part of a file in large blocks that end at line ends where there are any."""
    while length > 0:
        block = os.pread(fd, min(length, 1 << 20), offset)
        if not block:
            return
        line = block.rfind(b"\n")
        if 0 < line < len(block) - 1:
            block = block[:line]  # the next block begins with this line end
        offset += len(block)
        length -= len(block)
        yield block


_COUNTER = itertools.count(1)


def unique_stamp() -> str:
    """A file name no other delivery ever gets: time, process, count and host, as the Maildir convention has it."""
    now = time.time_ns()
    host = socket.gethostname().replace("/", "\\057").replace(":", "\\072").replace(",", "\\054")
    return f"{now // 10**9}.M{now // 1000 % 10**6:06d}P{os.getpid()}Q{next(_COUNTER)}.{host}"


def make_folder(path: Path) -> None:
    """The folder and those above it, each one's entry on disk."""
    if path.is_dir():
        return
    if not path.parent.is_dir():
        make_folder(path.parent)
    path.mkdir(mode=0o700)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Put the names in a folder on disk."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def remove_unfinished(folder: Path) -> None:
    """Files a killed run of this program was writing: nobody else can be at it, the journal is locked."""
    for path in itertools.chain(folder.glob("*" + _UNFINISHED), folder.glob(".*" + _UNFINISHED)):
        path.unlink(missing_ok=True)


class finished_file:  # a context manager, named like the function it stands for
    """A new file with all of the text, synced; gone again when the block is left."""

    def __init__(self, path: Path, text: Iterable[bytes]) -> None:
        self._path = path
        self._text = text

    def __enter__(self) -> None:
        fd = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            for block in self._text:
                write_all(fd, block)
            os.fsync(fd)
        except OSError:
            self._path.unlink()
            raise
        finally:
            os.close(fd)

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)


def place(source: Path, target: Path) -> None:
    """Give a finished file its name, durably, unless the name is taken."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise TargetError(f"{target}: exists already and is left alone") from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise TargetError(f"{target}: exists already and is left alone") from None
        os.rename(source, target)
    sync_folder(target.parent)


_KINDS: dict[str, Callable[[Path], Sink]] = {"maildir": MaildirSink, "mbox": MboxSink, "eml": EmlSink}


def sink_for(spec: str) -> Sink:
    """The target that `maildir:PATH`, `mbox:PATH` or `eml:DIR` names.

    Raises:
        TargetSpecError: the text names none.
    """
    kind, colon, path = spec.partition(":")
    if not colon or kind.lower() not in _KINDS:
        raise TargetSpecError(f"{spec}: a target is maildir:PATH, mbox:PATH or eml:DIR")
    if not path:
        raise TargetSpecError(f"{spec}: the path behind {kind}: is missing")
    return _KINDS[kind.lower()](Path(path).expanduser())
