"""Exit statuses of the command, and the one sentence each error is told in."""

from enum import IntEnum

from netx_drivers.errors import LinkError
from netx_pop3.maildrop_errors import AuthenticationError, ConnectionLost, NetXError, ReplyTimeout, ServerRefused
from netx_pop3.store import TargetError, TargetSpecError
from netx_sim.fault import DeviceFault
from netx_sim.status import (
    NX_IP_ADDRESS_ERROR,
    NX_NO_INTERFACE_ADDRESS,
    NX_POP3_INSUFFICIENT_PACKET_PAYLOAD,
    NX_POP3_PARAM_ERROR,
    status_name,
)


class Exit(IntEnum):
    """What the command ends with; documented in docs/cli.md."""

    DONE = 0
    UNVERIFIED = 1
    USAGE = 2
    LINK = 3
    CONNECTION = 4
    LOGIN = 5
    SERVER = 6
    TARGET = 7
    SERVICE = 8
    BUILD = 9
    FAULT = 70
    INTERRUPTED = 130


class UsageError(Exception):
    """An option or argument is none; the text is one sentence."""


class BuildImpossible(Exception):
    """Nothing can be compiled here; the text is one sentence."""


_SENTENCES = {
    NX_IP_ADDRESS_ERROR: "the server is outside the network of --address: name a router to it with --gateway",
    NX_NO_INTERFACE_ADDRESS: (
        "the server is outside the network of --address (name a router to it with --gateway), "
        "or another host on the link has that address"
    ),
    NX_POP3_PARAM_ERROR: "a user name may have 40 bytes and a password 20, and neither address nor port may be 0",
    NX_POP3_INSUFFICIENT_PACKET_PAYLOAD: "a command does not fit into one packet",
}

# Exceptions, most special first, and what they end the command with.
_EXITS: tuple[tuple[type[BaseException], Exit], ...] = (
    (UsageError, Exit.USAGE),
    (BuildImpossible, Exit.BUILD),
    (TargetSpecError, Exit.USAGE),
    (TargetError, Exit.TARGET),
    (LinkError, Exit.LINK),
    (AuthenticationError, Exit.LOGIN),
    (ServerRefused, Exit.SERVER),
    (ConnectionLost, Exit.CONNECTION),
    (ReplyTimeout, Exit.CONNECTION),
    (NetXError, Exit.SERVICE),
    (DeviceFault, Exit.FAULT),
    (KeyboardInterrupt, Exit.INTERRUPTED),
)

EXPECTED = tuple(kind for kind, _ in _EXITS)


def exit_of(error: BaseException) -> Exit:
    """The exit status for an exception of EXPECTED."""
    return next(status for kind, status in _EXITS if isinstance(error, kind))


def sentence(error: BaseException) -> str:
    """What to tell the user."""
    if isinstance(error, KeyboardInterrupt):
        return "stopped"
    if isinstance(error, DeviceFault):
        return f"a device would not survive this ({error.quirk_id}): {error.what}"
    if isinstance(error, NetXError):
        said = error.reply.decode("utf-8", "replace").strip()
        return f"{_cause(error)} ({status_name(error.status)} from {error.service}{said and ': ' + said})"
    return str(error)


def _cause(error: NetXError) -> str:
    if isinstance(error, AuthenticationError):
        return "the server refused the name or the password"
    if isinstance(error, ServerRefused):
        return "the server refused" if error.reply.startswith(b"-") else "the server's answer cannot be understood"
    if isinstance(error, ConnectionLost):
        return "no connection to the server" if error.service.endswith("_create") else "the connection was lost"
    if isinstance(error, ReplyTimeout):
        return "the server did not answer in time"
    return _SENTENCES.get(error.status, "a service failed")
