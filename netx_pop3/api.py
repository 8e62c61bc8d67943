"""The C names of the POP3 client in one place; `netx_pop3` hands them out on demand.

Services have `diagnosing` around them, so that an argument of the wrong type is a TypeError that names it.
"""

from netx_pop3 import core
from netx_pop3.client import (
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_item_size_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
    nxd_pop3_client_create,
)
from netx_pop3.constants import *
from netx_pop3.control import NX_POP3_CLIENT
from netx_sim.diagnose import diagnosing
from netx_sim.status import (
    NX_POP3_APOP_FAILED_MD5_DIGEST,
    NX_POP3_CLIENT_ERROR_CONSTANT,
    NX_POP3_CLIENT_INVALID_INDEX,
    NX_POP3_CLIENT_INVALID_STATE,
    NX_POP3_INSUFFICIENT_PACKET_PAYLOAD,
    NX_POP3_INVALID_MAIL_ITEM,
    NX_POP3_MAIL_BUFFER_OVERFLOW,
    NX_POP3_PARAM_ERROR,
    NX_POP3_SERVER_ERROR_STATUS,
)

__all__ = [name for name in globals() if name.startswith(("NX_POP3_", "nx_pop3_", "nxd_pop3_"))]

for _name in __all__:
    if _name.startswith("nx"):
        globals()[_name] = diagnosing(globals()[_name], getattr(core, "_" + _name, None))
