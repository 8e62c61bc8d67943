"""The NetX Duo POP3 client on the host, and a POP3 server to talk to.

`from netx_pop3 import *` brings the nine services, the control block, the constants and the statuses.  Importing the
package loads nothing: boards import submodules and pay for what they use.  `Maildrop` and the stores need CPython.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_pop3.client import (
        nx_pop3_client_create as nx_pop3_client_create,
    )
    from netx_pop3.client import (
        nx_pop3_client_delete as nx_pop3_client_delete,
    )
    from netx_pop3.client import (
        nx_pop3_client_mail_item_delete as nx_pop3_client_mail_item_delete,
    )
    from netx_pop3.client import (
        nx_pop3_client_mail_item_get as nx_pop3_client_mail_item_get,
    )
    from netx_pop3.client import (
        nx_pop3_client_mail_item_message_get as nx_pop3_client_mail_item_message_get,
    )
    from netx_pop3.client import (
        nx_pop3_client_mail_item_size_get as nx_pop3_client_mail_item_size_get,
    )
    from netx_pop3.client import (
        nx_pop3_client_mail_items_get as nx_pop3_client_mail_items_get,
    )
    from netx_pop3.client import (
        nx_pop3_client_quit as nx_pop3_client_quit,
    )
    from netx_pop3.client import (
        nxd_pop3_client_create as nxd_pop3_client_create,
    )
    from netx_pop3.constants import *
    from netx_pop3.control import NX_POP3_CLIENT as NX_POP3_CLIENT
    from netx_pop3.maildrop import Maildrop as Maildrop
    from netx_pop3.server import (
        Account as Account,
    )
    from netx_pop3.server import (
        MemoryStore as MemoryStore,
    )
    from netx_pop3.server import (
        Pop3Server as Pop3Server,
    )
    from netx_pop3.server_script import ScriptedServer as ScriptedServer
    from netx_pop3.store import MaildirStore as MaildirStore
    from netx_pop3.store import MboxStore as MboxStore
    from netx_sim.status import (
        NX_POP3_APOP_FAILED_MD5_DIGEST as NX_POP3_APOP_FAILED_MD5_DIGEST,
    )
    from netx_sim.status import (
        NX_POP3_CLIENT_ERROR_CONSTANT as NX_POP3_CLIENT_ERROR_CONSTANT,
    )
    from netx_sim.status import (
        NX_POP3_CLIENT_INVALID_INDEX as NX_POP3_CLIENT_INVALID_INDEX,
    )
    from netx_sim.status import (
        NX_POP3_CLIENT_INVALID_STATE as NX_POP3_CLIENT_INVALID_STATE,
    )
    from netx_sim.status import (
        NX_POP3_INSUFFICIENT_PACKET_PAYLOAD as NX_POP3_INSUFFICIENT_PACKET_PAYLOAD,
    )
    from netx_sim.status import (
        NX_POP3_INVALID_MAIL_ITEM as NX_POP3_INVALID_MAIL_ITEM,
    )
    from netx_sim.status import (
        NX_POP3_MAIL_BUFFER_OVERFLOW as NX_POP3_MAIL_BUFFER_OVERFLOW,
    )
    from netx_sim.status import (
        NX_POP3_PARAM_ERROR as NX_POP3_PARAM_ERROR,
    )
    from netx_sim.status import (
        NX_POP3_SERVER_ERROR_STATUS as NX_POP3_SERVER_ERROR_STATUS,
    )

# Names that have a home of their own; nx_pop3_... and NX_POP3_... are looked for in _FAMILY.
_HOMES = {
    "NX_POP3_CLIENT": "netx_pop3.control",
    "Pop3Server": "netx_pop3.server",
    "Account": "netx_pop3.server",
    "MemoryStore": "netx_pop3.server",
    "ScriptedServer": "netx_pop3.server_script",
    "Maildrop": "netx_pop3.maildrop",
    "MaildirStore": "netx_pop3.store",
    "MboxStore": "netx_pop3.store",
}
_FAMILY = ("netx_pop3.constants", "netx_sim.status", "netx_pop3.client")


def _module(name: str) -> object:
    return __import__(name, None, None, ("__name__",))


def _is_ours(name: str) -> bool:
    return name.startswith(("nx_pop3_", "nxd_pop3_", "NX_POP3_"))


def _all() -> "list[str]":
    """What `import *` brings: the C names.  The rest is imported by name."""
    names = ["NX_POP3_CLIENT"]
    for module in _FAMILY:
        names += [name for name in dir(_module(module)) if _is_ours(name) and name not in names]
    return names


def __getattr__(name: str) -> object:
    if name == "__all__":
        return _all()
    if name in _HOMES:
        return getattr(_module(_HOMES[name]), name)
    if _is_ours(name):
        for module in _FAMILY:
            if hasattr(_module(module), name):
                return getattr(_module(module), name)
    # "from netx_pop3 import core" asks here before it looks for a file; MicroPython looks no further.
    try:
        return _module("netx_pop3." + name)
    except ImportError:
        raise AttributeError("module netx_pop3 has no attribute " + name)
