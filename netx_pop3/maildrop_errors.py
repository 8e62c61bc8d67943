"""A status that is not NX_SUCCESS, as an exception of Python."""

from netx_sim.status import (
    NX_NO_PACKET,
    NX_NOT_BOUND,
    NX_NOT_CONNECTED,
    NX_POP3_SERVER_ERROR_STATUS,
    NX_SUCCESS,
    status_name,
)


class NetXError(Exception):
    """A service answered with something else than NX_SUCCESS.

    Args:
        status: what it returned.
        service: its name.
        reply: what the server said, where it said something.
    """

    def __init__(self, status: int, service: str, reply: bytes = b"") -> None:
        self.status = status
        self.service = service
        self.reply = reply
        said = ": " + reply.decode("utf-8", "replace") if reply else ""
        super().__init__(f"{service}: {self.status_name} (0x{status:02X}){said}")

    @property
    def status_name(self) -> str:
        """The status by its C name."""
        return status_name(self.status)


class ServerRefused(NetXError):
    """The server answered -ERR, or something that is no POP3 reply."""


class AuthenticationError(ServerRefused):
    """The server does not accept the name or the password."""


class ConnectionLost(NetXError):
    """There is no connection: refused, nobody there, or closed meanwhile."""


class ReplyTimeout(NetXError):
    """The server is silent, or the pool had no packet for a command."""


_KINDS: dict[int, type[NetXError]] = {
    NX_NO_PACKET: ReplyTimeout,
    NX_NOT_BOUND: ConnectionLost,
    NX_NOT_CONNECTED: ConnectionLost,
    NX_POP3_SERVER_ERROR_STATUS: ServerRefused,
}


def error_for(status: int, service: str, reply: bytes = b"") -> NetXError:
    """The exception for a status."""
    return _KINDS.get(status, NetXError)(status, service, reply)


def check(status: int, service: str) -> None:
    """Raise unless a service succeeded."""
    if status != NX_SUCCESS:
        raise error_for(status, service)
