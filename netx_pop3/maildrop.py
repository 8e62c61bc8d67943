"""A maildrop as Python sees it, on top of the POP3 client's services.

    with Maildrop("10.0.0.1", "user", "secret", ip=ip, pool=pool) as drop:
        for mail in drop:
            print(mail.size, mail.message["Subject"])
            mail.delete()

Leaving the block sends QUIT, and only then does the server delete what was marked (RFC 1939 section 6).  Leaving it by
an exception closes the connection without QUIT: all mails stay where they were.  What a device would trip over, replies
and end marks cut anywhere by TCP, is read right here; see docs/maildrop.md.
"""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import TYPE_CHECKING

from netx_pop3.maildrop_dialogue import Body, Dialogue, Watch
from netx_pop3.maildrop_errors import (
    AuthenticationError,
    ConnectionLost,
    NetXError,
    ReplyTimeout,
    ServerRefused,
    check,
)
from netx_pop3.maildrop_host import Host, nxd_address

if TYPE_CHECKING:
    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip import NX_IP
    from netx_sim.link import NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET_POOL

__all__ = [
    "AuthenticationError",
    "ConnectionLost",
    "Host",
    "Mail",
    "Maildrop",
    "NetXError",
    "ReplyTimeout",
    "ServerRefused",
    "check",
]


class Mail:
    """One mail of a maildrop.  Nothing is asked of the server until a property needs it."""

    def __init__(self, drop: "Maildrop", number: int) -> None:
        self._drop = drop
        self._size = -1
        self._raw: bytes | None = None
        self.number = number

    @property
    def size(self) -> int:
        """Octets, as the server states them in its answer to LIST."""
        if self._size < 0:
            self._size = self._drop._open_dialogue().size(self.number)
        return self._size

    @property
    def raw(self) -> bytes:
        """The mail as it is stored on the server; fetched once and kept."""
        if self._raw is None:
            self._raw = b"".join(self.chunks())
        return self._raw

    @property
    def message(self) -> EmailMessage:
        """The mail parsed, with the modern policy of the standard library."""
        return message_from_bytes(self.raw, policy=policy.default)

    def chunks(self) -> Iterator[bytes]:
        """The bytes of `raw`, a packet's worth at a time, for mails one does not want in memory.

        Other commands may be used meanwhile (the rest of the mail is then held in memory), and one may stop early (the
        rest is received and thrown away when the next command is due).
        """
        if self._raw is not None:
            yield self._raw
            return
        body: Body = self._drop._open_dialogue().retrieve(self.number)
        try:
            yield from body
        finally:
            body.wanted = False

    def stream(self, write: Callable[[bytes], object]) -> int:
        """Hand the bytes of `raw` to `write` as they come, a packet's worth at a time, without ever holding the mail.

        `mail.stream(file.write)` saves it.  What `write` raises comes out, and the rest of the mail is thrown away.

        Returns:
            How many bytes that were.
        """
        octets = 0
        for chunk in self.chunks():
            write(chunk)
            octets += len(chunk)
        return octets

    def delete(self) -> None:
        """Mark the mail for deletion, which happens when the session ends with QUIT."""
        self._drop._open_dialogue().delete(self.number)
        self._drop._deleted.add(self.number)

    @property
    def deleted(self) -> bool:
        """Whether it was marked in this session."""
        return self.number in self._drop._deleted

    def __repr__(self) -> str:
        return f"<Mail {self.number} of {self._drop!r}>"


class Maildrop:
    """A session with a POP3 server, from the `with` line to the end of the block.

    Args:
        host: the server's address, "10.0.0.1" or an NXD_ADDRESS.
        user: up to 40 bytes.
        password: up to 20 bytes, also the APOP secret.
        ip: the instance to use, with TCP enabled.
        pool: for the commands; the instance's default pool if not given.
        apop: log in with APOP where the server offers it.  A device whose APOP is refused sends the password in clear.
        port: of the server.
        link: without `ip`, what to build an instance on: a URL for driver_for_url ("tap:tap0"), or a driver.
        address: of that instance, with the prefix length: "10.0.0.2/24", or "fd00::2/64" for a server of IPv6.
        gateway: of that instance.
        watch: called with (sent, text) for each command and each reply; a PASS command's text holds the password.

    Raises:
        AuthenticationError: name or password refused.
        ServerRefused: the server does not want to talk, or speaks something else.
        ConnectionLost: nobody there, or refused.
        ReplyTimeout: silence for NX_POP3_SERVER_REPLY_TIMEOUT.
        NetXError: any other status.
        ValueError: an argument that is none.
    """

    def __init__(
        self,
        host: "str | NXD_ADDRESS",
        user: str | bytes,
        password: str | bytes,
        *,
        ip: "NX_IP | None" = None,
        pool: "NX_PACKET_POOL | None" = None,
        apop: bool = True,
        port: int = 110,
        link: "str | Callable[[NX_IP_DRIVER], None] | None" = None,
        address: str | None = None,
        gateway: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        if (ip is None) == (link is None):
            raise ValueError("give either ip, an instance, or link, what to build one on")
        if link is not None and address is None:
            raise ValueError("link needs the instance's address, such as 10.0.0.2/24")
        self._server = nxd_address(host) if isinstance(host, str) else host
        self._login = (_login_text(user, "user"), _login_text(password, "password"))
        self._ip = ip
        self._pool = pool
        self._apop = apop
        self._port = port
        self._link = link
        self._address = address
        self._gateway = gateway
        self._watch = watch
        self._own: Host | None = None
        self._dialogue: Dialogue | None = None
        self._deleted: set[int] = set()
        self.count = 0
        self.size = 0

    def __repr__(self) -> str:
        return f"<Maildrop {self._login[0].decode(errors='replace')}@{self._server!r}>"

    # -- the session ----------------------------------------------------------------------------

    def __enter__(self) -> "Maildrop":
        return self.open()

    def open(self) -> "Maildrop":
        """Connect and log in; `count` and `size` are those of the maildrop from here on."""
        if self._dialogue is not None:
            raise ValueError("the maildrop is open")
        self._deleted = set()
        dialogue = Dialogue(self._watch)
        try:
            ip, pool = self._instance()
            self.count, self.size = dialogue.open(ip, pool, self._server, self._port, *self._login, self._apop)
        except BaseException:
            self._close(dialogue)
            raise
        self._dialogue = dialogue
        return self

    def _instance(self) -> "tuple[NX_IP, NX_PACKET_POOL]":
        ip = self._ip
        if ip is None:
            assert self._link is not None
            assert self._address is not None
            self._own = Host(self._link, self._address, self._gateway)
            ip = self._own.ip
        pool = self._pool or ip.nx_ip_default_packet_pool
        assert pool is not None
        return ip, pool

    def quit(self) -> None:
        """End the session: what was marked is deleted now, then the connection is closed.

        Raises:
            NetXError: the server did not confirm, so marked mails may still be there.  The session is over anyway.
        """
        dialogue = self._open_dialogue()
        try:
            dialogue.quit()
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection without QUIT: nothing is deleted.  Does nothing after quit()."""
        dialogue, self._dialogue = self._dialogue, None
        if dialogue is not None:
            self._close(dialogue)

    def _close(self, dialogue: Dialogue) -> None:
        try:
            dialogue.close()
        finally:
            own, self._own = self._own, None
            if own is not None:
                own.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.close()
        elif self._dialogue is not None:
            self.quit()

    def _open_dialogue(self) -> Dialogue:
        if self._dialogue is None:
            raise ValueError("the maildrop is closed")
        return self._dialogue

    # -- the mails ------------------------------------------------------------------------------

    def __len__(self) -> int:
        return self.count

    def __bool__(self) -> bool:
        return True  # an empty maildrop is a maildrop

    def __iter__(self) -> Iterator[Mail]:
        """The mails in the server's order, without those marked as deleted."""
        for number in range(1, self.count + 1):
            if number not in self._deleted:
                yield Mail(self, number)

    def mail(self, number: int) -> Mail:
        """A mail by its number, from 1.

        Raises:
            IndexError: there is none.
        """
        if not 0 < number <= self.count:
            raise IndexError(f"mail {number} of {self.count}")
        return Mail(self, number)


def _login_text(text: str | bytes, name: str) -> bytes:
    """A name or password; the client would send a line end in it as it is (Q-CRLF-INJECT)."""
    data = text.encode() if isinstance(text, str) else bytes(text)
    if any(character in data for character in b"\r\n\0"):
        raise ValueError(f"the {name} holds a line end or a NUL")
    return data
