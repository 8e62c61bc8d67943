"""The dialogue behind a Maildrop: each command by its service, each reply read to the end of its line.

The services judge a reply by its first packet (Q-ONE-PACKET, Q-RETR-SPLIT, Q-CHAIN) and a message by the end of each
packet (Q-EOM-SPLIT, Q-EOM-FALSE, Q-EOM-BLANK).  TCP cuts where it likes, so here the packets are also watched as they
pass: what a service made of a reply counts only if the line itself says the same.  Further packets are fetched with
nx_pop3_client_mail_item_message_get, whose ready flag is set for that purpose.

A dialogue that was once out of step (silence, lost connection) is not used again: nothing in POP3 resynchronises it.
"""

from collections import deque
from collections.abc import Callable, Iterator

from netx_pop3.client import (
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_item_size_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
    nxd_pop3_client_create,
)
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.maildrop_errors import AuthenticationError, NetXError, ServerRefused, error_for
from netx_pop3.unstuff import Unstuffer
from netx_sim.address import NXD_ADDRESS
from netx_sim.constants import NX_TRUE
from netx_sim.ip import NX_IP
from netx_sim.packet import NX_PACKET_POOL, _nx_packet_release, packet_bytes
from netx_sim.ref import Ref
from netx_sim.status import NX_NOT_CONNECTED, NX_POP3_SERVER_ERROR_STATUS, NX_SUCCESS

# Called with (sent, text) for each command and each packet of a one-line reply.
Watch = Callable[[bool, bytes], None]

_LINE_MAX = 4096  # a server whose status line is longer than that speaks something else

# RFC 2449 section 8 and RFC 3206: the login was refused, but not for its name and password.
_NOT_THE_PASSWORD = (b"[IN-USE]", b"[LOGIN-DELAY]", b"[SYS/")


class Body:
    """A message that is being received: iterate for its bytes, as they were before the server doubled dots."""

    def __init__(self, dialogue: "Dialogue", first: bytes) -> None:
        self._dialogue = dialogue
        self._stream = Unstuffer()
        self._kept = deque([self._stream.feed(first)])
        self.wanted = True

    def __iter__(self) -> Iterator[bytes]:
        while True:
            while self._kept:
                data = self._kept.popleft()
                if data:
                    yield data
            if self._stream.finished:
                return
            self._kept.append(self._more())

    def _more(self) -> bytes:
        return self._stream.feed(self._dialogue.more())

    def settle(self) -> None:
        """Receive what is still to come, so that the next command can be sent; keep it if somebody reads on."""
        while not self._stream.finished:
            data = self._more()
            if self.wanted:
                self._kept.append(data)


class Dialogue:
    """One session of one client."""

    def __init__(self, watch: Watch | None = None) -> None:
        self._client = NX_POP3_CLIENT()
        self._client._watch = self._saw
        self._watch = watch
        self._seen: list[bytes] = []
        self._commands: list[bytes] = []
        self._body: Body | None = None
        self._broken = NX_SUCCESS

    def _saw(self, sent: bool, text: bytes) -> None:
        if sent:
            self._seen.clear()
            self._commands.append(text)
        else:
            self._seen.append(text)
        if self._watch is not None:
            self._watch(sent, text)

    # -- login ----------------------------------------------------------------------------------

    def open(
        self, ip: NX_IP, pool: NX_PACKET_POOL, server: NXD_ADDRESS, port: int, user: bytes, password: bytes, apop: bool
    ) -> tuple[int, int]:
        """Connect, log in, ask for the number of mails and their size."""
        service = "nxd_pop3_client_create"
        status = nxd_pop3_client_create(self._client, int(apop), ip, pool, server, port, user, password)
        answer = b"".join(self._seen)
        if status:
            self._broken = status
            line = answer.partition(b"\r\n")[0] if status == NX_POP3_SERVER_ERROR_STATUS else b""
            raise self._login_error(status, service, line)
        # Q-PASS-OK: a refused password is a success to the service, and shows at the first STAT.
        refused = answer.startswith(b"-")
        try:
            return self.stat()
        except NetXError as error:
            if refused:
                line = answer.partition(b"\r\n")[0]
                raise self._login_error(error.status, error.service, line) from error
            raise

    def _login_error(self, status: int, service: str, line: bytes) -> NetXError:
        """Without a command sent it was the greeting that was refused."""
        if self._commands and line.startswith(b"-") and not any(code in line for code in _NOT_THE_PASSWORD):
            return AuthenticationError(status, service, line)
        return ServerRefused(status, service, line) if line else error_for(status, service)

    # -- commands -------------------------------------------------------------------------------

    def stat(self) -> tuple[int, int]:
        """Number of mails and their octets."""
        service = "nx_pop3_client_mail_items_get"
        count, size = Ref(0), Ref(0)
        line = self._command(service, lambda: nx_pop3_client_mail_items_get(self._client, count, size))
        items, octets = self._numbers(line, service)
        # The service may have read a cut reply (Q-ONE-PACKET); RETR and LIST go by this count.
        self._client.nx_pop3_client_maildrop_items = items
        return items, octets

    def size(self, number: int) -> int:
        """Octets of a mail as LIST gives them."""
        service = "nx_pop3_client_mail_item_size_get"
        size = Ref(0)
        line = self._command(service, lambda: nx_pop3_client_mail_item_size_get(self._client, number, size))
        listed, octets = self._numbers(line, service)
        if listed != number:
            raise ServerRefused(NX_POP3_SERVER_ERROR_STATUS, service, line)
        return octets

    def _numbers(self, line: bytes, service: str) -> tuple[int, int]:
        words = line.split()
        if len(words) < 3 or not words[1].isdigit() or not words[2].isdigit():
            raise ServerRefused(NX_POP3_SERVER_ERROR_STATUS, service, line)
        return int(words[1]), int(words[2])

    def delete(self, number: int) -> None:
        """Mark a mail as deleted."""
        service = "nx_pop3_client_mail_item_delete"
        self._command(service, lambda: nx_pop3_client_mail_item_delete(self._client, number))

    def quit(self) -> None:
        """End the session: the server carries out the deletions."""
        self._command("nx_pop3_client_quit", lambda: nx_pop3_client_quit(self._client))

    def retrieve(self, number: int) -> Body:
        """Begin to receive a mail."""
        service = "nx_pop3_client_mail_item_get"
        size = Ref(0)
        _, first = self._exchange(service, lambda: nx_pop3_client_mail_item_get(self._client, number, size))
        self._body = Body(self, first)
        return self._body

    def _command(self, service: str, call: Callable[[], int]) -> bytes:
        return self._exchange(service, call)[0]

    def _exchange(self, service: str, call: Callable[[], int]) -> tuple[bytes, bytes]:
        """Call a service; the reply's line, and what came behind it."""
        self._settle(service)
        self._seen.clear()
        status = call()
        text = b"".join(self._seen)
        if not text:
            raise self._break(status, service)
        self._drop_kept()
        while b"\r\n" not in text:
            if len(text) > _LINE_MAX:
                raise self._break(NX_POP3_SERVER_ERROR_STATUS, service)
            text += self.more(service)
        line, _, rest = text.partition(b"\r\n")
        if not line.startswith(b"+OK"):
            raise ServerRefused(NX_POP3_SERVER_ERROR_STATUS, service, line)
        return line, rest

    def _settle(self, service: str) -> None:
        """Before a command: the last message must be at its end (Q-NOT-DRAINED)."""
        if self._broken:
            raise error_for(self._broken, service)
        body, self._body = self._body, None
        if body is not None:
            body.settle()

    def _break(self, status: int, service: str) -> NetXError:
        self._broken = status or NX_NOT_CONNECTED
        return error_for(self._broken, service)

    def _drop_kept(self) -> None:
        """The start of a message that RETR kept was seen already; with its length it may be unusable (Q-RETR-SPLIT)."""
        if self._client.nx_pop3_client_message_ptr is not None:
            self.more()

    def more(self, service: str = "nx_pop3_client_mail_item_message_get") -> bytes:
        """The bytes of the next packet, whatever the service makes of them."""
        client = self._client
        client.nx_pop3_client_ready_to_download = NX_TRUE
        packet, count, final = Ref(), Ref(0), Ref(0)
        status = nx_pop3_client_mail_item_message_get(client, packet, count, final)
        if status:
            raise self._break(status, service)
        try:
            return packet_bytes(packet.value)
        finally:
            _nx_packet_release(packet.value)

    # -- the end --------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the connection and give everything back.  Without quit() before it, nothing gets deleted."""
        if self._client.nx_pop3_client_packet_pool_ptr is not None:  # else create refused its arguments
            nx_pop3_client_delete(self._client)
        self._broken = NX_NOT_CONNECTED
