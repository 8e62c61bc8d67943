"""Mailboxes on disk: behind the POP3 server, and as the place fetched mails go to.

`MaildirStore` and `MboxStore` give the server a maildrop (see server_store).  `sink_for("maildir:PATH")` gives a
place to put mails; `Journal` remembers which of them may still be on the server.
"""

from netx_pop3.store.errors import TargetError, TargetSpecError
from netx_pop3.store.journal import Entry, Journal, Recognised
from netx_pop3.store.mailboxes import MaildirStore, MboxStore, store_for
from netx_pop3.store.sinks import EmlSink, MaildirSink, MboxSink, Sink, sink_for

__all__ = [
    "EmlSink",
    "Entry",
    "Journal",
    "MaildirSink",
    "MaildirStore",
    "MboxSink",
    "MboxStore",
    "Recognised",
    "Sink",
    "TargetError",
    "TargetSpecError",
    "sink_for",
    "store_for",
]
