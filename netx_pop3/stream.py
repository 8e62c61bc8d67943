"""One mail, packet by packet, to wherever it is wanted: no more of it is held than one packet's worth.

For boards, and for mails larger than memory.  The services judge a message by the end of each packet, and TCP cuts
where it likes (Q-EOM-SPLIT, Q-EOM-FALSE, Q-EOM-BLANK, Q-RETR-SPLIT); here the end is looked for in the stream.
"""

from netx_pop3.core import _nx_pop3_client_mail_item_get, _nx_pop3_client_mail_item_message_get
from netx_pop3.unstuff import Unstuffer
from netx_sim.constants import NX_TRUE
from netx_sim.packet import _nx_packet_release, packet_bytes
from netx_sim.ref import Ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_pop3.control import NX_POP3_CLIENT


def mail_stream(client_ptr: "NX_POP3_CLIENT", mail_item: int, write: "Callable[[bytes], Any]") -> int:
    """Receive one mail and hand it on as it comes, without the server's dots and end mark.

    Args:
        client_ptr (NX_POP3_CLIENT): created client, after nx_pop3_client_mail_items_get.
        mail_item (int): from 1.
        write: called with the bytes of each packet; a file's `write` will do.

    Returns:
        int: NX_SUCCESS: the whole mail was written; else what nx_pop3_client_mail_item_get or
        nx_pop3_client_mail_item_message_get returned, and the client is good for nx_pop3_client_delete only.

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for each packet.
    Packet: each is released before the next is waited for.  If write raises, the rest of the mail is still to come.
    """
    status = _nx_pop3_client_mail_item_get(client_ptr, mail_item, Ref())
    if status:
        return status
    kept = client_ptr.nx_pop3_client_message_ptr
    # A status line without CR LF in its packet: the rest of it comes first (Q-RETR-SPLIT).
    in_line = kept is not None and kept.nx_packet_prepend_ptr > kept.nx_packet_append_ptr
    stream = Unstuffer()
    variable, count, final = Ref(), Ref(), Ref()
    while not stream.finished:
        # A device stops at what it takes for the end.
        client_ptr.nx_pop3_client_ready_to_download = NX_TRUE
        status = _nx_pop3_client_mail_item_message_get(client_ptr, variable, count, final)
        if status:
            return status
        data = packet_bytes(variable.value)
        _nx_packet_release(variable.value)
        if in_line:
            end = data.find(b"\n") + 1
            in_line = not end
            data = data[end:] if end else b""
        text = stream.feed(data)
        if text:
            write(text)
    client_ptr.nx_pop3_client_ready_to_download = 0
    return status
