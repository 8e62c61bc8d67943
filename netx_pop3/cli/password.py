"""Where the password comes from: the environment, netrc or a prompt; never the command line, which others can see."""

import getpass
import netrc
import os
import sys
from collections.abc import Callable
from pathlib import Path

from netx_pop3.cli.exits import UsageError

VARIABLE = "NETX_POP3_PASSWORD"


def find_password(user: str, host: str, ask: Callable[[str], str] | None = None) -> str:
    """The password of a user.

    Raises:
        UsageError: there is none, and nobody to ask.
    """
    found = os.environ.get(VARIABLE)
    if found is not None:
        return found
    found = _from_netrc(user, host)
    if found is not None:
        return found
    if ask is None and not sys.stdin.isatty():
        raise UsageError(
            f"no password for {user} at {host}: set {VARIABLE}, add the account to ~/.netrc, or run in a terminal"
        )
    return (ask or getpass.getpass)(f"Password of {user} at {host}: ")


def _from_netrc(user: str, host: str) -> str | None:
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    try:
        entry = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return None
    except (netrc.NetrcParseError, OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be used: {error}") from error
    if entry is None or entry[0] not in (user, ""):
        return None
    return entry[2]
