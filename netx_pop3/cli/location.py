"""`pop3://USER@HOST[:PORT]`, and the addresses of the link."""

import socket
from ipaddress import ip_address, ip_interface
from urllib.parse import unquote, urlsplit

from netx_pop3.cli.exits import UsageError

_FORM = "the form is pop3://USER@HOST[:PORT]"
_PORT = 110


class Location:
    """Whose maildrop, and where."""

    def __init__(self, user: str, host: str, port: int) -> None:
        self.user = user
        self.host = host
        self.port = port

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.user}@{host}:{self.port}"


def parse_location(text: str) -> Location:
    """The parts of a pop3 URL.

    Raises:
        UsageError: it is none.
    """
    try:
        url = urlsplit(text)
        port = _PORT if url.port is None else url.port
    except ValueError as error:
        raise UsageError(f"{text}: {error}; {_FORM}") from error
    if url.password is not None:
        # Not repeated: what is on the command line is in the process list, and need not be in a log as well.
        raise UsageError(f"leave the password out of the URL, others can see the command line; {_FORM}")
    if url.scheme != "pop3" or not url.hostname or not url.username or url.path not in ("", "/") or url.query:
        raise UsageError(f"{text}: not a maildrop; {_FORM}")
    if not port:
        raise UsageError(f"{text}: there is no port 0; {_FORM}")
    return Location(unquote(url.username), url.hostname, port)


def resolve(host: str, version: int = 4) -> str:
    """The address of a host, of that version of IP if it has one.

    Names are looked up by this computer, for a device has no resolver here.

    Raises:
        UsageError: there is none.
    """
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None, socket.AF_UNSPEC, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UsageError(f"{host}: no address is known for this host ({error})") from error
    wanted = socket.AF_INET if version == 4 else socket.AF_INET6
    found.sort(key=lambda entry: entry[0] != wanted)
    return str(found[0][4][0])


def check_addresses(address: str, gateway: str | None) -> None:
    """Whether the link's own addresses make sense.

    Raises:
        UsageError: they do not.
    """
    try:
        own = ip_interface(address)
    except ValueError as error:
        raise UsageError(f"--address {address}: give the address and its prefix length, as in 10.0.0.2/24") from error
    if "/" not in address:
        raise UsageError(
            f"--address {address}: the prefix length is missing, as in {address}/{24 if own.version == 4 else 64}"
        )
    if gateway is None:
        return
    try:
        router = ip_address(gateway)
    except ValueError as error:
        raise UsageError(f"--gateway {gateway}: not an address") from error
    if router not in own.network and not (router.version == own.version == 6 and router.is_link_local):
        raise UsageError(f"--gateway {gateway}: outside {own.network}, the network of --address")
