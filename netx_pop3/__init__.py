"""The NetX Duo POP3 client on the host, and a POP3 server to talk to.

`from netx_pop3 import *` brings the nine services, the control block, the constants and the statuses.  Importing the
package loads nothing: boards import submodules and pay for what they use.  `Maildrop` and the stores need CPython.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_pop3.client import *
    from netx_pop3.constants import *
    from netx_pop3.control import *
    from netx_pop3.maildrop import Maildrop as Maildrop
    from netx_pop3.maildrop_errors import AuthenticationError as AuthenticationError
    from netx_pop3.maildrop_errors import ConnectionLost as ConnectionLost
    from netx_pop3.maildrop_errors import NetXError as NetXError
    from netx_pop3.maildrop_errors import ReplyTimeout as ReplyTimeout
    from netx_pop3.maildrop_errors import ServerRefused as ServerRefused
    from netx_pop3.server import Account as Account
    from netx_pop3.server import MemoryStore as MemoryStore
    from netx_pop3.server import Pop3Server as Pop3Server
    from netx_pop3.server_script import ScriptedServer as ScriptedServer
    from netx_pop3.store import MaildirStore as MaildirStore
    from netx_pop3.store import MboxStore as MboxStore
    from netx_sim.status import *

# Names that are not C's, and where each is at home.
_HOMES = {
    "Account": "netx_pop3.server",
    "AuthenticationError": "netx_pop3.maildrop_errors",
    "ConnectionLost": "netx_pop3.maildrop_errors",
    "MaildirStore": "netx_pop3.store",
    "Maildrop": "netx_pop3.maildrop",
    "MboxStore": "netx_pop3.store",
    "MemoryStore": "netx_pop3.server",
    "NetXError": "netx_pop3.maildrop_errors",
    "Pop3Server": "netx_pop3.server",
    "ReplyTimeout": "netx_pop3.maildrop_errors",
    "ScriptedServer": "netx_pop3.server_script",
    "ServerRefused": "netx_pop3.maildrop_errors",
}


def _module(name: str) -> object:
    return __import__(name, None, None, ("__name__",))


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(_module(_HOMES[name]), name)
    if name == "__all__" or name.startswith(("nx_pop3_", "nxd_pop3_", "NX_POP3_")):
        return getattr(_module("netx_pop3.api"), name)
    # "from netx_pop3 import core" asks here before it looks for a file; MicroPython looks no further.
    try:
        return _module("netx_pop3." + name)
    except ImportError:
        raise AttributeError("module netx_pop3 has no attribute " + name)
