"""Moving mails from a maildrop to a target, so that a kill at any moment loses none and stores none twice.

POP3 deletes at QUIT only, so a mail is marked when it is safely stored and goes away when the session ends well.  A
session that ends otherwise leaves its mails on the server; the journal of the target recognises them when they are
fetched again (by digest and length, for the client has no UIDL), and they are deleted without being stored twice.
"""

import hashlib
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from netx_pop3.maildrop_errors import NetXError
from netx_pop3.store import Entry, Journal, Recognised, Sink, TargetError
from netx_pop3.store.errors import target_error

if TYPE_CHECKING:
    from netx_pop3.maildrop import Mail, Maildrop

_SPOOL = 4 << 20  # a mail up to this size does not touch the disk before it is complete

# When stopped amid a mail: this much more is received to reach its end and QUIT; beyond, the connection is closed.
_PATIENCE = 256 << 10


class Stopped(Exception):
    """The user asked to stop."""


class Progress:
    """Told what happens; this one says nothing."""

    def begin(self, count: int, octets: int) -> None:
        """The maildrop is open."""

    def mail(self, mail: "Mail") -> None:
        """A mail is about to be fetched."""

    def received(self, octets: int) -> None:
        """So many more bytes of it came."""

    def kept(self, mail: "Mail", size: int, known: bool) -> None:
        """It is safely stored; it was before, if known."""


class Tally:
    """What was done, and what a caller may want to compare."""

    def __init__(self) -> None:
        self.fetched = 0
        self.octets = 0
        self.stored = 0
        self.known = 0
        self.deleted = 0


Check = Callable[["Mail", BinaryIO], None]


class Collector:
    """One fetch.

    Args:
        sink: an open target.
        journal: its journal, open and settled.
        account: whose mails these are, "user@host:port".
        keep: leave the mails on the server.
        progress: told what happens.
        check: called with each complete mail before it is stored.
    """

    def __init__(
        self,
        sink: Sink,
        journal: Journal,
        account: str,
        keep: bool,
        progress: Progress | None = None,
        check: Check | None = None,
    ) -> None:
        self._sink = sink
        self._journal = journal
        self._account = account
        self._keep = keep
        self._progress = progress or Progress()
        self._check = check
        self._chunks: Iterator[bytes] = iter(())
        self._marked: list[Entry] = []
        self.tally = Tally()
        self.stop = False

    def run(self, drop: "Maildrop") -> Tally:
        """Fetch all mails of an open maildrop and end its session.

        Raises:
            Stopped: `stop` was set; what had been stored by then is deleted on the server if QUIT could be reached.
            TargetError: a mail could not be stored; it is still on the server.
            NetXError: a service failed; no mail is lost.
        """
        known = self._journal.recognise(self._account)
        self._progress.begin(drop.count, drop.size)
        try:
            for mail in drop:
                self._go_on()
                self._collect(mail, known)
            self._go_on()
        except (Stopped, TargetError):
            self._leave_early(drop)
            raise
        self._quit(drop, known.unseen())
        return self.tally

    def _go_on(self) -> None:
        if self.stop:
            raise Stopped

    def _quit(self, drop: "Maildrop", unseen: list[Entry]) -> None:
        """After a confirmed QUIT the marked mails are gone, as are those that a complete session did not show."""
        drop.quit()
        self._journal.gone(self._marked + unseen)
        self.tally.deleted = len(self._marked)

    def _leave_early(self, drop: "Maildrop") -> None:
        """Delete what is safe, if the session can be ended soon; what cannot be deleted is recognised next time."""
        left = _PATIENCE
        try:
            for chunk in self._chunks:
                left -= len(chunk)
                if left < 0:
                    return
            self._quit(drop, [])
        except NetXError:
            return

    # -- one mail -------------------------------------------------------------------------------

    def _collect(self, mail: "Mail", known: Recognised) -> None:
        self._progress.mail(mail)
        with self._spool() as file:
            spool = cast("BinaryIO", file)
            digest, size = self._receive(mail, spool)
            if self._check is not None:
                self._check(mail, spool)
            entry = self._known(known.take(self._account, digest, size))
            was_known = entry is not None
            if entry is None:
                entry = self._store(spool, digest, size)
        self._count(size, was_known)
        self._progress.kept(mail, size, was_known)
        if not self._keep:
            mail.delete()
            self._marked.append(entry)

    def _spool(self) -> "SpooledTemporaryFile[bytes]":
        return SpooledTemporaryFile(_SPOOL, dir=str(self._sink.folder))

    def _receive(self, mail: "Mail", spool: "IO[bytes]") -> tuple[str, int]:
        digest = hashlib.sha256()
        size = 0
        self._chunks = mail.chunks()
        for chunk in self._chunks:
            try:
                spool.write(chunk)
            except OSError as error:
                raise target_error(self._sink.folder, error) from error
            digest.update(chunk)
            size += len(chunk)
            self._progress.received(len(chunk))
            self._go_on()
        return digest.hexdigest(), size

    def _known(self, entry: Entry | None) -> Entry | None:
        """Whether a mail fetched before need not be stored.

        To be deleted on the server it must still be in the target; to be kept there it is enough that it once was, or
        a mail that was read and thrown away would come back with each fetch.
        """
        if entry is None or self._keep or self._sink.holds(entry):
            return entry
        self._journal.gone([entry])
        return None

    def _store(self, spool: BinaryIO, digest: str, size: int) -> Entry:
        entries: list[Entry] = []
        self._sink.store(spool, lambda name: entries.append(self._journal.intend(self._account, digest, size, name)))
        self._journal.stored(entries[0])
        return entries[0]

    def _count(self, size: int, known: bool) -> None:
        tally = self.tally
        tally.fetched += 1
        tally.octets += size
        tally.known += known
        tally.stored += not known
