"""The server's side of one POP3 session: bytes in, replies out, no I/O.

Read first: RFC 1939, and RFC 2449 for CAPA and response codes.  A session is in one of three states; a command that
is not for the present state is refused.  Deletions are carried out by QUIT in the transaction state, and by nothing
else (section 6).  Commands may be pipelined; a line may end in CR LF or LF.
"""

from netx_pop3.server_body import Body, top_end
from netx_sim.md5 import md5_hexdigest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from netx_pop3.server_store import Message, Store

    class Way(Protocol):
        """Where a session's replies go."""

        def send(self, data: bytes) -> None:
            """Queue octets."""
            ...

        def send_body(self, body: Body) -> None:
            """Queue a message."""
            ...

        def finish(self) -> None:
            """Close the connection when all queued is sent."""
            ...


AUTHORIZATION = 1
TRANSACTION = 2
ENDED = 4

LINE_MAX = 255  # octets of a command line, CR LF included (RFC 2449 section 4)

_CAPABILITIES = (b"TOP", b"USER", b"UIDL", b"PIPELINING", b"RESP-CODES", b"IMPLEMENTATION netx-pop3")


class Account:
    """A user: the password and the maildrop.

    Args:
        password (bytes or str): also the APOP secret.
        store: see server_store.
    """

    __slots__ = ("password", "store")

    def __init__(self, password: "bytes | str", store: "Store") -> None:
        self.password = password.encode() if isinstance(password, str) else password
        self.store = store


class Session:
    """One dialogue.

    Args:
        way: takes the replies.
        find_account: gives the Account of a user name, or None.
        stamp (bytes): APOP time stamp for the greeting; empty if APOP is not offered.
    """

    __slots__ = (
        "_deleted",
        "_find_account",
        "_input",
        "_messages",
        "_overlong",
        "_store",
        "_user",
        "_way",
        "stamp",
        "state",
    )

    def __init__(self, way: "Way", find_account: "Callable[[bytes], Account | None]", stamp: bytes = b"") -> None:
        self._way = way
        self._find_account = find_account
        self._input = b""
        self._overlong = False
        self._user: "bytes | None" = None
        self._store: "Store | None" = None
        self._messages: "list[Message]" = []
        self._deleted: "set[int]" = set()
        self.stamp = stamp
        self.state = AUTHORIZATION

    # -- the two ends of a dialogue --------------------------------------------------------------

    def begin(self) -> None:
        """The client has connected: greet it."""
        self._way.send(b"+OK netx-pop3 ready " + self.stamp + b"\r\n" if self.stamp else b"+OK netx-pop3 ready\r\n")

    def end(self) -> None:
        """The connection is gone.  Without QUIT nothing is deleted (RFC 1939 section 6)."""
        self.state = ENDED
        store, self._store = self._store, None
        if store is not None:
            store.unlock()

    # -- lines ----------------------------------------------------------------------------------

    def receive(self, data: bytes) -> None:
        """Octets from the client, cut anywhere."""
        lines = (self._input + data).split(b"\n")
        rest = lines.pop()
        for line in lines:
            if self.state == ENDED:
                return
            if self._overlong or len(line) >= LINE_MAX:
                self._overlong = False
                self._way.send(b"-ERR line too long\r\n")
            else:
                self._command(line[:-1] if line[-1:] == b"\r" else line)
        if len(rest) >= LINE_MAX:
            self._overlong = True
            rest = b""
        self._input = rest

    def _command(self, line: bytes) -> None:
        space = line.find(b" ")
        verb = (line if space < 0 else line[:space]).upper()
        argument = b"" if space < 0 else line[space + 1 :]
        entry = _COMMANDS.get(verb)
        if entry is None:
            self._way.send(b"-ERR unknown command\r\n")
        elif not entry[0] & self.state:
            self._way.send(b"-ERR not now\r\n")
        else:
            try:
                entry[1](self, argument)
            except OSError:
                self._way.send(b"-ERR [SYS/TEMP] the maildrop cannot be read\r\n")

    # -- authorization --------------------------------------------------------------------------

    def _do_user(self, name: bytes) -> None:
        self._user = name
        self._way.send(b"+OK\r\n")

    def _do_pass(self, password: bytes) -> None:
        name, self._user = self._user, None
        if name is None:
            self._way.send(b"-ERR USER first\r\n")
            return
        account = self._find_account(name)
        if account is None or account.password != password:
            self._way.send(b"-ERR [AUTH] wrong name or password\r\n")
        else:
            self._open(account.store)

    def _do_apop(self, argument: bytes) -> None:
        cut = argument.rfind(b" ")
        account = self._find_account(argument[:cut]) if cut > 0 and self.stamp else None
        if account is None or md5_hexdigest(self.stamp + account.password) != argument[cut + 1 :].lower():
            self._way.send(b"-ERR [AUTH] wrong name or password\r\n")
        else:
            self._open(account.store)

    def _open(self, store: "Store") -> None:
        if not store.lock():
            self._way.send(b"-ERR [IN-USE] the maildrop is locked by another session\r\n")
            return
        self._store = store
        try:
            self._messages = list(store.messages())
        except OSError:
            self._store = None
            store.unlock()
            raise
        self.state = TRANSACTION
        self._way.send(b"+OK %d messages (%d octets)\r\n" % self._totals())

    # -- transaction ----------------------------------------------------------------------------

    def _totals(self) -> "tuple[int, int]":
        """Messages that are not marked as deleted, and their octets."""
        messages = self._messages
        deleted = self._deleted
        if not deleted:
            return len(messages), sum([message.size for message in messages])
        sizes = [message.size for index, message in enumerate(messages, 1) if index not in deleted]
        return len(sizes), sum(sizes)

    def _number(self, argument: bytes) -> int:
        """The message that an argument names; 0 if it names none, after the client was told."""
        number = int(argument) if argument.isdigit() and len(argument) < 10 else 0
        if not 0 < number <= len(self._messages) or number in self._deleted:
            self._way.send(b"-ERR no such message\r\n")
            return 0
        return number

    def _do_stat(self, _: bytes) -> None:
        self._way.send(b"+OK %d %d\r\n" % self._totals())

    def _do_list(self, argument: bytes) -> None:
        if not argument:
            self._send_table(b"+OK %d messages (%d octets)\r\n" % self._totals(), False)
            return
        number = self._number(argument)
        if number:
            self._way.send(b"+OK %d %d\r\n" % (number, self._messages[number - 1].size))

    def _do_uidl(self, argument: bytes) -> None:
        if not argument:
            self._send_table(b"+OK\r\n", True)
            return
        number = self._number(argument)
        if number:
            self._way.send(b"+OK %d " % number + self._messages[number - 1].uid + b"\r\n")

    def _send_table(self, status: bytes, with_uid: bool) -> None:
        """A line for each message: its number, and its unique id or its size."""
        lines = [status]
        for number, message in enumerate(self._messages, 1):
            if number not in self._deleted:
                value = message.uid if with_uid else b"%d" % message.size
                lines.append(b"%d " % number + value + b"\r\n")
        lines.append(b".\r\n")
        self._way.send(b"".join(lines))

    def _do_retr(self, argument: bytes) -> None:
        number = self._number(argument)
        if number:
            message = self._messages[number - 1]
            self._way.send_body(Body(b"+OK %d octets\r\n" % message.size, message, message.size))

    def _do_top(self, argument: bytes) -> None:
        words = argument.split(b" ")
        if len(words) != 2 or not words[1].isdigit():
            self._way.send(b"-ERR TOP wants a message and a number of lines\r\n")
            return
        number = self._number(words[0])
        if number:
            message = self._messages[number - 1]
            self._way.send_body(Body(b"+OK\r\n", message, top_end(message, int(words[1]))))

    def _do_dele(self, argument: bytes) -> None:
        number = self._number(argument)
        if number:
            self._deleted.add(number)
            self._way.send(b"+OK message %d deleted\r\n" % number)

    def _do_rset(self, _: bytes) -> None:
        self._deleted.clear()
        self._way.send(b"+OK %d messages (%d octets)\r\n" % self._totals())

    # -- in any state ---------------------------------------------------------------------------

    def _do_noop(self, _: bytes) -> None:
        self._way.send(b"+OK\r\n")

    def _do_capa(self, _: bytes) -> None:
        self._way.send(b"+OK\r\n" + b"\r\n".join(_CAPABILITIES) + b"\r\n.\r\n")

    def _do_quit(self, _: bytes) -> None:
        """In the transaction state this is the UPDATE state: now, and only now, the marked messages go."""
        removed = True
        if self._store is not None and self._deleted:
            try:
                removed = self._store.commit([self._messages[number - 1] for number in sorted(self._deleted)])
            except OSError:
                removed = False
        self.end()
        self._way.send(b"+OK bye\r\n" if removed else b"-ERR [SYS/PERM] some deleted messages were not removed\r\n")
        self._way.finish()


_ANY = AUTHORIZATION | TRANSACTION

# keyword: states in which it is taken, what it does
_COMMANDS: "dict[bytes, tuple[int, Callable[[Session, bytes], None]]]" = {
    b"USER": (AUTHORIZATION, Session._do_user),
    b"PASS": (AUTHORIZATION, Session._do_pass),
    b"APOP": (AUTHORIZATION, Session._do_apop),
    b"STAT": (TRANSACTION, Session._do_stat),
    b"LIST": (TRANSACTION, Session._do_list),
    b"UIDL": (TRANSACTION, Session._do_uidl),
    b"RETR": (TRANSACTION, Session._do_retr),
    b"TOP": (TRANSACTION, Session._do_top),
    b"DELE": (TRANSACTION, Session._do_dele),
    b"RSET": (TRANSACTION, Session._do_rset),
    b"NOOP": (TRANSACTION, Session._do_noop),
    b"CAPA": (_ANY, Session._do_capa),
    b"QUIT": (_ANY, Session._do_quit),
}
