"""The nine services of the POP3 client, with the checks of the device's error-checking layer in its order.

The work is in `core.py`.  Every service waits, so it runs in a thread.
"""

from netx_pop3 import core
from netx_pop3.quirks import quirk
from netx_sim.constants import NX_IP_ID
from netx_sim.status import NX_POP3_CLIENT_INVALID_INDEX, NX_POP3_PARAM_ERROR, NX_PTR_ERROR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_pop3.control import NX_POP3_CLIENT
    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip import NX_IP
    from netx_sim.packet import NX_PACKET_POOL
    from netx_sim.ref import Ref

    Out = Ref | list[Any] | Any  # whatever takes `out[0] = value`


# -- create and delete -------------------------------------------------------------------------------


def nx_pop3_client_create(
    client_ptr: "NX_POP3_CLIENT | None",
    APOP_authentication: int,
    ip_ptr: "NX_IP | None",
    packet_pool_ptr: "NX_PACKET_POOL | None",
    server_ip_address: int,
    server_port: int,
    client_name: "bytes | str | None",
    client_password: "bytes | str | None",
) -> int:
    """Connect to a POP3 server by its IPv4 address and log in.

    Args:
        client_ptr (NX_POP3_CLIENT): empty block, filled here.
        APOP_authentication (int): 0 for USER and PASS; any other value for APOP where the server offers it.
        ip_ptr (NX_IP): instance with TCP enabled.
        packet_pool_ptr (NX_PACKET_POOL): for the commands; replies arrive in the pool of the link driver.
        server_ip_address (int): IPv4 address, `IP_ADDRESS(10, 0, 0, 1)`.
        server_port (int): 110 as a rule.
        client_name (bytes or str): up to NX_POP3_MAX_USERNAME (40) bytes.
        client_password (bytes or str): up to NX_POP3_MAX_PASSWORD (20) bytes; the APOP secret.

    Returns:
        int: NX_SUCCESS (also if the server refused the password: Q-PASS-OK); NX_PTR_ERROR (a null argument);
        NX_POP3_PARAM_ERROR (instance not created, address or port 0, name or password too long);
        NX_NO_FREE_PORTS (no local port); NX_IP_ADDRESS_ERROR (no route); NX_NO_INTERFACE_ADDRESS (no source
        address); NX_INVALID_INTERFACE (MTU too small); NX_NOT_CONNECTED (refused, silent, or closed on the way);
        NX_NO_PACKET (no reply in time, or no packet for a command); NX_INVALID_PARAMETERS (payload smaller than the
        headers); NX_POOL_DELETED; NX_INVALID_PACKET (greeting or reply longer than one payload);
        NX_POP3_INSUFFICIENT_PACKET_PAYLOAD (a command does not fit one payload); NX_WINDOW_OVERFLOW or
        NX_TX_QUEUE_DEPTH (command not sent in time); NX_POP3_SERVER_ERROR_STATUS (greeting or USER refused);
        NX_WAIT_ABORTED.  NX_POP3_APOP_FAILED_MD5_DIGEST is never returned.

    Raises:
        DeviceFault: TCP not enabled (T-NO-TCP), or the block still has its socket (T-CREATE-TWICE).

    Blocks: connect up to 11 s (Q-TIMEOUT-CONNECT), then NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for each reply.
    Packet: commands come from packet_pool_ptr; an APOP login loses the greeting's packet (Q-GREETING-LEAK).
    After a failure: call nx_pop3_client_delete before the next create (Q-CREATE-FAIL-OPEN).
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 sections 4 and 7.   Device quirks: Q-PASS-OK, Q-APOP-FALLBACK,
    Q-STAMP-OPEN, Q-STAMP-75, Q-CRLF-INJECT, Q-ONE-PACKET.
    """
    if (
        ip_ptr is None
        or client_ptr is None
        or packet_pool_ptr is None
        or client_name is None
        or client_password is None
    ):
        return NX_PTR_ERROR
    if ip_ptr.nx_ip_id != NX_IP_ID or not server_ip_address or not server_port:
        return NX_POP3_PARAM_ERROR
    return core._nx_pop3_client_create(
        client_ptr, APOP_authentication, ip_ptr, packet_pool_ptr, server_ip_address, server_port,
        client_name, client_password,
    )  # fmt: skip


def nxd_pop3_client_create(
    client_ptr: "NX_POP3_CLIENT | None",
    APOP_authentication: int,
    ip_ptr: "NX_IP | None",
    packet_pool_ptr: "NX_PACKET_POOL | None",
    server_duo_address: "NXD_ADDRESS | None",
    server_port: int,
    client_name: "bytes | str | None",
    client_password: "bytes | str | None",
) -> int:
    """Connect to a POP3 server by its IPv4 or IPv6 address and log in.

    Args:
        server_duo_address (NXD_ADDRESS): version 4 or 6 and the address.
        All others as in nx_pop3_client_create.

    Returns:
        int: as nx_pop3_client_create, but that address 0 is not looked for.

    Raises:
        DeviceFault: as nx_pop3_client_create, and T-VERSION for a version other than 4 and 6.

    Blocks: as nx_pop3_client_create.   Packet: as there.
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 sections 4 and 7.
    """
    if (
        ip_ptr is None
        or client_ptr is None
        or packet_pool_ptr is None
        or server_duo_address is None
        or client_name is None
        or client_password is None
    ):
        return NX_PTR_ERROR
    if ip_ptr.nx_ip_id != NX_IP_ID or not server_port:
        return NX_POP3_PARAM_ERROR
    return core._nxd_pop3_client_create(
        client_ptr, APOP_authentication, ip_ptr, packet_pool_ptr, server_duo_address, server_port,
        client_name, client_password,
    )  # fmt: skip


def nx_pop3_client_delete(client_ptr: "NX_POP3_CLIENT | None") -> int:
    """Close the connection and empty the block.  No QUIT is sent.

    Args:
        client_ptr (NX_POP3_CLIENT): created client, also one whose create failed.

    Returns:
        int: NX_SUCCESS, whatever the disconnect returned; NX_PTR_ERROR (null).

    Raises:
        DeviceFault: the block holds no client: never created, refused for its arguments, or deleted (T-NO-CLIENT).

    Blocks: up to NX_POP3_CLIENT_DISCONNECT_TIMEOUT (10 s) if the peer does not close.
    Packet: a kept start of a message is released.  The pool is not deleted.
    Source: NetX Duo POP3 Client guide ch. 3.   Device quirks: Q-DELETE-NOQUIT.
    """
    if client_ptr is None:
        return NX_PTR_ERROR
    return core._nx_pop3_client_delete(client_ptr)


def nx_pop3_client_quit(client_ptr: "NX_POP3_CLIENT | None") -> int:
    """End the session (QUIT), so that the server carries out the deletions.  The connection stays open.

    Args:
        client_ptr (NX_POP3_CLIENT): created client.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null); NX_POP3_SERVER_ERROR_STATUS (not +OK); NX_INVALID_PARAMETERS (payload
        smaller than the headers); NX_POP3_INSUFFICIENT_PACKET_PAYLOAD (fewer than 8 bytes free behind them);
        NX_NO_PACKET (no packet for the command, or no reply in time); NX_POOL_DELETED; NX_NOT_BOUND;
        NX_NOT_CONNECTED; NX_WINDOW_OVERFLOW or NX_TX_QUEUE_DEPTH (not sent in time); NX_INVALID_PACKET (reply longer
        than one payload); NX_WAIT_ABORTED.

    Raises:
        DeviceFault: the block holds no client (T-NO-CLIENT).

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for the reply.
    Source: RFC 1939 sections 5 and 6; the guide's example calls it.   Device quirks: Q-QUIT-SIZE, Q-QUIT-OPEN.
    """
    if client_ptr is None:
        return NX_PTR_ERROR
    return core._nx_pop3_client_quit(client_ptr)


# -- the maildrop ------------------------------------------------------------------------------------


def nx_pop3_client_mail_items_get(
    client_ptr: "NX_POP3_CLIENT | None", number_mail_items: "Out", maildrop_total_size: "Out"
) -> int:
    """Ask for the number of mails and their total size (STAT).

    Args:
        client_ptr (NX_POP3_CLIENT): created client.
        number_mail_items (Ref[int], out): mails; written whenever a reply was read, 0 if it names none.
        maildrop_total_size (Ref[int], out): octets of all; likewise.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a null argument); NX_POP3_SERVER_ERROR_STATUS (not +OK, or a number missing);
        and those of nx_pop3_client_quit, but that 7 bytes do behind the headers.

    Raises:
        DeviceFault: the block holds no client (T-NO-CLIENT).

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for the reply.
    Sets the count against which mail numbers are checked (Q-RETR-COUNT).
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 section 5.   Device quirks: Q-SPACES, Q-STALE5, Q-HYPHEN.
    """
    if client_ptr is None or number_mail_items is None or maildrop_total_size is None:
        return NX_PTR_ERROR
    return core._nx_pop3_client_mail_items_get(client_ptr, number_mail_items, maildrop_total_size)


def nx_pop3_client_mail_item_size_get(client_ptr: "NX_POP3_CLIENT | None", mail_item: int, size: "Out") -> int:
    """Ask for the size of one mail (LIST n).

    Args:
        client_ptr (NX_POP3_CLIENT): created client.
        mail_item (int): from 1 up to the count of the last nx_pop3_client_mail_items_get.
        size (Ref[int], out): octets; 0 on every failure but the first two.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a null argument); NX_POP3_CLIENT_INVALID_INDEX (mail 0);
        NX_POP3_INVALID_MAIL_ITEM (above the count; nothing is sent); NX_POP3_SERVER_ERROR_STATUS (not +OK, another
        mail's number, or no size); and those of nx_pop3_client_quit.

    Raises:
        DeviceFault: the block holds no client (T-NO-CLIENT).

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for the reply.
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 section 5.   Device quirks: Q-LIST-TAIL, Q-LIST-BARE.
    """
    if client_ptr is None or size is None:
        return NX_PTR_ERROR
    if mail_item == 0:
        quirk("Q-LIST-BARE")
        return NX_POP3_CLIENT_INVALID_INDEX
    return core._nx_pop3_client_mail_item_size_get(client_ptr, mail_item, size)


def nx_pop3_client_mail_item_delete(client_ptr: "NX_POP3_CLIENT | None", mail_index: int) -> int:
    """Mark one mail as deleted (DELE n).  The server removes it at QUIT.

    Args:
        client_ptr (NX_POP3_CLIENT): created client.
        mail_index (int): from 1; not checked against the count (Q-DELE-COUNT).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null); NX_POP3_CLIENT_INVALID_INDEX (mail 0); NX_POP3_SERVER_ERROR_STATUS
        (not +OK); and those of nx_pop3_client_quit.

    Raises:
        DeviceFault: the block holds no client (T-NO-CLIENT).

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for the reply.
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 section 5.   Device quirks: Q-DELE-COUNT, Q-BIGNUM.
    """
    if client_ptr is None:
        return NX_PTR_ERROR
    if mail_index == 0:
        return NX_POP3_CLIENT_INVALID_INDEX
    return core._nx_pop3_client_mail_item_delete(client_ptr, mail_index)


# -- a message ---------------------------------------------------------------------------------------


def nx_pop3_client_mail_item_get(client_ptr: "NX_POP3_CLIENT | None", mail_item: int, item_size: "Out") -> int:
    """Ask for one mail (RETR n) and learn its size.  The mail follows by nx_pop3_client_mail_item_message_get.

    Args:
        client_ptr (NX_POP3_CLIENT): created client.
        mail_item (int): from 1 up to the count of the last nx_pop3_client_mail_items_get.
        item_size (Ref[int], out): octets as the server states them; 0 if +OK names none; untouched on failure.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a null argument); NX_POP3_CLIENT_INVALID_INDEX (mail 0);
        NX_POP3_INVALID_MAIL_ITEM (above the count; nothing is sent); NX_POP3_SERVER_ERROR_STATUS (not +OK); and those
        of nx_pop3_client_quit.

    Raises:
        DeviceFault: the block holds no client (T-NO-CLIENT).

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for the reply.
    Packet: bytes behind the status line stay in nx_pop3_client_message_ptr for ..._message_get; else released.
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 section 5.   Device quirks: Q-RETR-SPLIT, Q-RETR-COUNT,
    Q-RETR-REPLACE.
    """
    if client_ptr is None or item_size is None:
        return NX_PTR_ERROR
    if mail_item == 0:
        return NX_POP3_CLIENT_INVALID_INDEX
    return core._nx_pop3_client_mail_item_get(client_ptr, mail_item, item_size)


def nx_pop3_client_mail_item_message_get(
    client_ptr: "NX_POP3_CLIENT | None", recv_packet_ptr: "Out", bytes_retrieved: "Out", final_packet: "Out"
) -> int:
    """Get the next packet of the mail that nx_pop3_client_mail_item_get asked for.

    Args:
        client_ptr (NX_POP3_CLIENT): created client.
        recv_packet_ptr (Ref[NX_PACKET], out): the packet; null if none came in time.
        bytes_retrieved (Ref[int], out): its bytes, the end mark included (Q-EOM-INCLUDED); 0 if the end mark came
            in a packet of its own.
        final_packet (Ref[int], out): NX_TRUE with the packet that ends the mail.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a null argument); NX_POP3_CLIENT_INVALID_STATE (no mail asked for, or its last
        packet was given: bytes 0, final NX_FALSE, packet untouched); NX_NO_PACKET (nothing came in time; the call
        may be repeated); NX_NOT_BOUND; NX_NOT_CONNECTED; NX_WAIT_ABORTED.

    Raises:
        DeviceFault: the block holds no client but its ready flag is set (T-NO-CLIENT).

    Blocks: up to NX_POP3_SERVER_REPLY_TIMEOUT (10 s) for a packet.
    Packet: the caller's on success, to be released also when bytes_retrieved is 0.
    Source: NetX Duo POP3 Client guide ch. 3; RFC 1939 section 3.   Device quirks: Q-EOM-SPLIT, Q-EOM-FALSE,
    Q-EOM-BLANK, Q-EOM-INCLUDED, Q-DOTS, Q-CHAIN, Q-RETR-SPLIT.
    """
    if client_ptr is None or recv_packet_ptr is None or bytes_retrieved is None or final_packet is None:
        return NX_PTR_ERROR
    return core._nx_pop3_client_mail_item_message_get(client_ptr, recv_packet_ptr, bytes_retrieved, final_packet)
