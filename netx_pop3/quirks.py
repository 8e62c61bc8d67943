"""What a device does that its guide or RFC 1939 does not say: the catalogue, and the event that reports each one.

The host does the same as the device, and says so: `quirk(id)` stands at the line that makes the behaviour and is
called once per occurrence.  Programs listen with `netx_sim.diagnostics.hooks`; on CPython every event also goes to
the logger `netx_pop3.quirks`, as a warning where the device comes to harm, as information where it only differs.

Traps, where a device would crash or hang, are in TRAPS; `trap(id)` gives the exception to raise.
"""

from netx_sim.diagnostics import report
from netx_sim.fault import DeviceFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Quirk:
    """One entry of the catalogue.

    Args:
        quirk_id (str): stable name, `Q-...` or `T-...`.
        harm (bool): the device loses something, or answers wrongly; False if it merely differs.
        what (str): what the device does.
        consequence (str): what the application sees.
        remedy (str): what to do about it.
    """

    __slots__ = ("consequence", "harm", "message", "quirk_id", "remedy", "what")

    def __init__(self, quirk_id: str, harm: bool, what: str, consequence: str, remedy: str) -> None:
        self.quirk_id = quirk_id
        self.harm = harm
        self.what = what
        self.consequence = consequence
        self.remedy = remedy
        self.message = what + "; " + consequence

    def __repr__(self) -> str:
        return "<Quirk " + self.quirk_id + ": " + self.what + ">"


_LOGIN = (
    (
        "Q-PASS-OK",
        True,
        "the answer to PASS is not looked at",
        "create succeeds with a wrong password, the first STAT fails with NX_POP3_SERVER_ERROR_STATUS",
        "call nx_pop3_client_mail_items_get before trusting the login",
    ),
    (
        "Q-GREETING-LEAK",
        True,
        "the greeting's packet is not released after an APOP login, or after one that failed for anything but -ERR",
        "one packet of the receive pool is lost for each login",
        "size the receive pool for the number of logins, or log in with USER and PASS",
    ),
    (
        "Q-CREATE-FAIL-OPEN",
        False,
        "a failed create leaves socket, port and connection behind",
        "they stay in use, and a second create on the same block crashes",
        "call nx_pop3_client_delete before creating again",
    ),
    (
        "Q-APOP-FALLBACK",
        True,
        "APOP was refused, so name and password follow in clear text",
        "the password is exposed although APOP was asked for",
        "none on the client's side; let the server drop the connection after a refused APOP",
    ),
    (
        "Q-STAMP-OPEN",
        True,
        "a '<' without '>' in the greeting is taken for a time stamp",
        "the digest is computed over the wrong text and refused",
        "server: no bare '<' in the greeting",
    ),
    (
        "Q-STAMP-75",
        True,
        "a time stamp above 75 bytes is cut",
        "the digest is computed over the wrong text and refused",
        "server: keep the time stamp within 75 bytes",
    ),
    (
        "Q-CRLF-INJECT",
        True,
        "a line end inside the name or password is sent as it is",
        "what follows it is a command of its own to the server",
        "check names and passwords before create",
    ),
    (
        "Q-MD5-NAME",
        False,
        "APOP uses plain MD5 as RFC 1939 has it, not the SASL DIGEST-MD5 the guide names",
        "none: every APOP server expects this",
        "none needed",
    ),
    (
        "Q-TIMEOUT-CONNECT",
        False,
        "the connect gave up when the SYN repeats ran out, not after NX_POP3_CLIENT_CONNECTION_TIMEOUT",
        "create fails after about 11 s, not the 30 s of the guide",
        "raise NX_TCP_MAXIMUM_RETRIES to wait longer",
    ),
)

_REPLIES = (
    (
        "Q-ONE-PACKET",
        True,
        "a reply is what one packet holds, whether that is less or more than one line",
        "the rest of a cut reply is read as the next reply; what follows the first line is thrown away",
        "server: send each reply in one segment of its own",
    ),
    (
        "Q-LATE",
        True,
        "the wait for a reply ran out, and nothing remembers that one is owed",
        "a late reply will be taken for the answer to the next command",
        "delete the client after NX_NO_PACKET and create it again",
    ),
    (
        "Q-CHAIN",
        True,
        "a segment longer than one packet payload is not understood",
        "a reply gives NX_INVALID_PACKET; in a message the end mark is looked for in the wrong place",
        "give the receive pool payloads of at least the MSS and its headers",
    ),
    (
        "Q-PREFIX",
        False,
        "anything that starts with +OK is a positive reply",
        "+OKAY is accepted",
        "none needed",
    ),
    (
        "Q-CASE",
        False,
        "+OK in lower case is refused",
        "NX_POP3_SERVER_ERROR_STATUS, as RFC 1939 allows",
        "server: send status indicators in upper case",
    ),
    (
        "Q-HYPHEN",
        False,
        "a hyphen ends the first word",
        "+OK-2 300 is read as +OK, 2 and 300",
        "server: put a space behind +OK",
    ),
    (
        "Q-SPACES",
        True,
        "two spaces make an empty word",
        "the number behind them is not found: NX_POP3_SERVER_ERROR_STATUS",
        "server: one space between words",
    ),
    (
        "Q-NUL",
        True,
        "an empty reply, or one that starts with a NUL, leaves the word buffer as it was",
        "old contents decide; here they are zeros, on a device whatever the stack held",
        "server: send no such reply",
    ),
    (
        "Q-STALE5",
        True,
        "a number of five digits or more is not terminated in the word buffer",
        "digits left over behind it are appended: an earlier number's, or what the stack held (here zeros)",
        "check sizes from 10000 up against the sum of nx_pop3_client_mail_item_size_get",
    ),
    (
        "Q-LIST-TAIL",
        True,
        "the size in a LIST reply is read on top of the mail's number",
        "the digits of the number that the size does not cover are appended to it",
        "take the size from nx_pop3_client_mail_item_get",
    ),
    (
        "Q-LIST-BARE",
        False,
        "LIST without a number cannot be sent",
        "each mail's size has to be asked for by its number",
        "call nx_pop3_client_mail_item_size_get for each mail",
    ),
    (
        "Q-RETR-COUNT",
        False,
        "a mail number above the count of the last STAT is refused without asking the server",
        "every number is refused before the first STAT; mail that came since is not seen",
        "call nx_pop3_client_mail_items_get first",
    ),
    (
        "Q-DELE-COUNT",
        False,
        "DELE is sent for any number, whatever the last STAT counted",
        "the server decides, with NX_POP3_SERVER_ERROR_STATUS",
        "compare the number with nx_pop3_client_maildrop_items",
    ),
    (
        "Q-BIGNUM",
        True,
        "a mail number of ten digits is left out of the command",
        "DELE goes out without a number",
        "none needed for numbers a server gave",
    ),
)

_MESSAGES = (
    (
        "Q-RETR-SPLIT",
        True,
        "the status line of RETR has no CR LF in its packet, so the kept packet gets length 4294967295",
        "message_get hands out a packet that points behind its data; a 64-bit build crashes on it",
        "server: send the status line in one segment",
    ),
    (
        "Q-RETR-REPLACE",
        True,
        "the kept start of a message is forgotten by the next RETR",
        "its packet is lost",
        "read every message to its end",
    ),
    (
        "Q-NOT-DRAINED",
        True,
        "a command was sent while parts of a message were still to come",
        "they are read as the reply",
        "call nx_pop3_client_mail_item_message_get until it reports the final packet",
    ),
    (
        "Q-EOM-SPLIT",
        True,
        "the end mark of the message was cut by a segment boundary, so it is not seen",
        "the next message_get waits NX_POP3_SERVER_REPLY_TIMEOUT and returns NX_NO_PACKET",
        "look for CR LF . CR LF in the stream yourself, as netx_pop3.Maildrop does",
    ),
    (
        "Q-EOM-FALSE",
        True,
        "a short packet that starts with . CR LF is taken for the end",
        "the message is cut there, the rest is read as the next reply",
        "look for CR LF . CR LF in the stream yourself",
    ),
    (
        "Q-EOM-BLANK",
        True,
        "a packet of CR LF . CR LF alone counts no bytes",
        "the last line end of the message is lost to a caller who goes by the count",
        "add the first CR LF of such a packet to the message",
    ),
    (
        "Q-DOTS",
        False,
        "dots doubled by the server are handed out as received",
        "lines that start with a dot have one too many",
        "remove one dot at the start of each line that has two",
    ),
    (
        "Q-EOM-INCLUDED",
        False,
        "the end mark is part of the data and of the count",
        "the message has . CR LF too many",
        "strip it",
    ),
)

_CLOSING = (
    (
        "Q-QUIT-SIZE",
        True,
        "QUIT wants one byte more than it sends",
        "a pool with 63 bytes of payload does for STAT but not for QUIT",
        "give the client's pool one byte more",
    ),
    (
        "Q-QUIT-OPEN",
        False,
        "QUIT left the connection open, so the next command is sent all the same",
        "NX_NOT_CONNECTED once the server closed",
        "call nx_pop3_client_delete after nx_pop3_client_quit",
    ),
    (
        "Q-DELETE-NOQUIT",
        True,
        "delete closes the connection without QUIT",
        "the server carries out none of the session's deletions",
        "call nx_pop3_client_quit first",
    ),
)

QUIRKS: "dict[str, Quirk]" = {row[0]: Quirk(*row) for row in _LOGIN + _REPLIES + _MESSAGES + _CLOSING}

# id, what was done, what the device does
TRAPS: "dict[str, tuple[str, str]]" = {
    "T-NO-TCP": ("create on an IP instance without TCP", "crashes: nothing checks that TCP was enabled"),
    "T-NO-CLIENT": ("a service on a block without a client", "crashes: it follows a null pointer of the zeroed block"),
    "T-CREATE-TWICE": ("create on a block whose socket exists", "crashes: the instance's list of sockets is broken"),
    "T-VERSION": ("create with an address of no known IP version", "hangs: create never returns"),
}


def quirk(quirk_id: str, **fields: "Any") -> None:
    """Report one occurrence of a quirk; `fields` go to the hooks beside the catalogue's text."""
    entry = QUIRKS[quirk_id]
    report("quirk", quirk_id, entry.message, harm=entry.harm, **fields)


def trap(trap_id: str) -> DeviceFault:
    """The exception for a situation in which a device crashes or hangs."""
    done, outcome = TRAPS[trap_id]
    report("fault", trap_id, done + ": the device " + outcome)
    return DeviceFault(trap_id, done + ": the device " + outcome)
