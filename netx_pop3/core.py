"""The POP3 client's work, without argument checks: one function per service.

Read first: RFC 1939; `quirks` for what the device does instead; `exchange` for the dialogue all services share.

No lock is held: two threads must not use one client at the same time.
"""

from netx_pop3 import auth, reply
from netx_pop3.constants import NX_POP3_END_OF_MESSAGE, NX_POP3_END_OF_MESSAGE_TAG
from netx_pop3.exchange import (
    answer_read,
    byte_behind,
    command,
    command_send,
    config_of,
    numbered,
    one_line,
    reply_packet,
)
from netx_pop3.quirks import quirk, trap
from netx_sim.address import NXD_ADDRESS
from netx_sim.constants import (
    NX_ANY_PORT,
    NX_FALSE,
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_IP_VERSION_V4,
    NX_IP_VERSION_V6,
    NX_TCP_ID,
    NX_TRUE,
)
from netx_sim.diagnostics import listening
from netx_sim.packet import _nx_packet_release, packet_bytes
from netx_sim.ref import Ref
from netx_sim.status import (
    NX_NOT_CONNECTED,
    NX_POP3_CLIENT_INVALID_STATE,
    NX_POP3_INSUFFICIENT_PACKET_PAYLOAD,
    NX_POP3_INVALID_MAIL_ITEM,
    NX_POP3_PARAM_ERROR,
    NX_POP3_SERVER_ERROR_STATUS,
    NX_SUCCESS,
)
from netx_sim.tcp import (
    _nx_tcp_client_socket_bind,
    _nx_tcp_client_socket_unbind,
    _nx_tcp_socket_create,
    _nx_tcp_socket_delete,
    _nx_tcp_socket_disconnect,
    _nx_tcp_socket_receive,
    _nxd_tcp_client_socket_connect,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_pop3.control import NX_POP3_CLIENT
    from netx_sim.config import Config
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET, NX_PACKET_POOL

_MARK_SIZE = 5  # of the end mark CR LF . CR LF
_MASK = 0xFFFFFFFF


# -- create and delete -------------------------------------------------------------------------------


def _text(value: "Any", name: str) -> bytes:
    """A C string argument: bytes, or str as UTF-8, up to the first NUL."""
    if isinstance(value, str):
        value = value.encode()
    elif not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError(name + " must be bytes or str")
    text = bytes(value)
    end = text.find(b"\0")
    return text if end < 0 else text[:end]


def _nx_pop3_client_create(
    client_ptr: "NX_POP3_CLIENT",
    APOP_authentication: int,
    ip_ptr: "NX_IP",
    packet_pool_ptr: "NX_PACKET_POOL",
    server_ip_address: int,
    server_port: int,
    client_name: "Any",
    client_password: "Any",
) -> int:
    """By IPv4 address."""
    address = NXD_ADDRESS(NX_IP_VERSION_V4, server_ip_address)
    return _nxd_pop3_client_create(
        client_ptr, APOP_authentication, ip_ptr, packet_pool_ptr, address, server_port, client_name, client_password
    )


def _nxd_pop3_client_create(
    client_ptr: "NX_POP3_CLIENT",
    APOP_authentication: int,
    ip_ptr: "NX_IP",
    packet_pool_ptr: "NX_PACKET_POOL",
    server_ip_address: "NXD_ADDRESS",
    server_port: int,
    client_name: "Any",
    client_password: "Any",
) -> int:
    """Check the strings, make the socket, connect, log in.  On failure everything made so far stays."""
    client_ptr.nx_pop3_client_ready_to_download = NX_FALSE
    # A device looks at neither; an argument of the wrong type ends here, before anything is done.
    _ = packet_pool_ptr.nx_packet_pool_id, APOP_authentication | server_port
    name = _text(client_name, "client_name")
    password = _text(client_password, "client_password")
    config = ip_ptr._sim.config
    if len(name) > config.NX_POP3_MAX_USERNAME or len(password) > config.NX_POP3_MAX_PASSWORD:
        return NX_POP3_PARAM_ERROR
    socket = client_ptr.nx_pop3_client_tcp_socket
    if socket.nx_tcp_socket_id == NX_TCP_ID and socket._sim is ip_ptr._sim:
        raise trap("T-CREATE-TWICE")
    if ip_ptr._tcp_receive is None:
        raise trap("T-NO-TCP")
    client_ptr._zero()
    client_ptr.nx_pop3_client_name = name
    client_ptr.nx_pop3_client_password = password
    client_ptr.nx_pop3_client_enable_APOP_authentication = APOP_authentication
    _nx_tcp_socket_create(
        ip_ptr, socket, "POP3 Client socket", NX_IP_NORMAL, NX_FRAGMENT_OKAY, config.NX_IP_TIME_TO_LIVE,
        config.NX_POP3_CLIENT_TCP_WINDOW_SIZE, None, None,
    )  # fmt: skip
    client_ptr.nx_pop3_client_packet_pool_ptr = packet_pool_ptr
    status = _connect(client_ptr, server_ip_address, server_port, config) or _login(client_ptr)
    if status:
        quirk("Q-CREATE-FAIL-OPEN", status=status)
    client_ptr._logged_in = not status
    return status


def _connect(client_ptr: "NX_POP3_CLIENT", address: "NXD_ADDRESS", port: int, config: "Config") -> int:
    socket = client_ptr.nx_pop3_client_tcp_socket
    status = _nx_tcp_client_socket_bind(socket, NX_ANY_PORT, config.NX_IP_PERIODIC_RATE)
    if status:
        return status
    if address.nxd_ip_version not in (NX_IP_VERSION_V4, NX_IP_VERSION_V6):
        raise trap("T-VERSION")
    sim = socket.nx_tcp_socket_ip_ptr._sim
    begun = sim.now
    wait = config.NX_POP3_CLIENT_CONNECTION_TIMEOUT
    status = _nxd_tcp_client_socket_connect(socket, address, port, wait)
    repeats = socket.nx_tcp_socket_timeout_rate * socket.nx_tcp_socket_timeout_max_retries
    if status == NX_NOT_CONNECTED and repeats <= sim.now - begun < wait:
        quirk("Q-TIMEOUT-CONNECT", ticks=sim.now - begun)
    return status


def _login(client_ptr: "NX_POP3_CLIENT") -> int:
    """Read the greeting, then APOP if asked for and offered, then USER and PASS if that was refused."""
    status, greeting = reply_packet(client_ptr)
    if greeting is None:
        return status
    text = packet_bytes(greeting)
    one_line(text, byte_behind(greeting))
    if not reply.positive(text):
        _nx_packet_release(greeting)
        return NX_POP3_SERVER_ERROR_STATUS
    if client_ptr.nx_pop3_client_enable_APOP_authentication:
        client_ptr.nx_pop3_server_process_id = auth.time_stamp(text)
        if client_ptr.nx_pop3_server_process_id:
            status = _apop(client_ptr)
            if status != NX_POP3_SERVER_ERROR_STATUS:
                greeting._holder = "nobody: Q-GREETING-LEAK"
                quirk("Q-GREETING-LEAK", status=status)
                return status
            quirk("Q-APOP-FALLBACK")
        else:
            client_ptr.nx_pop3_client_enable_APOP_authentication = NX_FALSE
    status = _user_pass(client_ptr)
    _nx_packet_release(greeting)
    return status


def _apop(client_ptr: "NX_POP3_CLIENT") -> int:
    """RFC 1939 section 7."""
    stamp = client_ptr.nx_pop3_server_process_id
    password = client_ptr.nx_pop3_client_password
    if not auth.digest_fits(stamp, password):
        return NX_POP3_INSUFFICIENT_PACKET_PAYLOAD
    name = client_ptr.nx_pop3_client_name
    _no_line_end(name)
    digest = auth.apop_digest(stamp, password)
    return command(client_ptr, b"APOP " + name + b" " + digest + b"\r\n")[0]


def _user_pass(client_ptr: "NX_POP3_CLIENT") -> int:
    """RFC 1939 section 7, but that the answer to PASS does not count."""
    name = client_ptr.nx_pop3_client_name
    password = client_ptr.nx_pop3_client_password
    _no_line_end(name + password)
    status, answer, _ = command(client_ptr, b"USER " + name + b"\r\n")
    if status:
        return status
    status, answer, _ = command(client_ptr, b"PASS " + password + b"\r\n", 0, reply.first_word(answer))
    if status == NX_POP3_SERVER_ERROR_STATUS:
        quirk("Q-PASS-OK", answer=answer)
        status = NX_SUCCESS
    return status


def _no_line_end(text: bytes) -> None:
    if b"\r" in text or b"\n" in text:
        quirk("Q-CRLF-INJECT")


def _nx_pop3_client_delete(client_ptr: "NX_POP3_CLIENT") -> int:
    """Give back what the client holds and close; whatever goes wrong, the block is empty after it."""
    config = config_of(client_ptr)
    if client_ptr.nx_pop3_client_message_ptr is not None:
        _nx_packet_release(client_ptr.nx_pop3_client_message_ptr)
    socket = client_ptr.nx_pop3_client_tcp_socket
    status = _nx_tcp_socket_disconnect(socket, config.NX_POP3_CLIENT_DISCONNECT_TIMEOUT)
    if client_ptr._logged_in and status != NX_NOT_CONNECTED:
        quirk("Q-DELETE-NOQUIT")
    _nx_tcp_client_socket_unbind(socket)
    _nx_tcp_socket_delete(socket)
    socket.__init__()  # type: ignore[misc]  # the device zeroes the socket with the block
    client_ptr._zero()
    return NX_SUCCESS


# -- the maildrop ------------------------------------------------------------------------------------


def _nx_pop3_client_mail_items_get(
    client_ptr: "NX_POP3_CLIENT", number_mail_items: "Any", maildrop_total_size: "Any"
) -> int:
    """STAT."""
    status = command_send(client_ptr, b"STAT\r\n")
    if status:
        return status
    client_ptr.nx_pop3_client_maildrop_items = 0
    client_ptr.nx_pop3_client_total_message_size = 0
    status, answer, behind = answer_read(client_ptr)
    if status:
        return status
    status = NX_POP3_SERVER_ERROR_STATUS
    if reply.positive(answer):
        count, size = reply.stat_numbers(answer, behind)
        if count >= 0:
            client_ptr.nx_pop3_client_maildrop_items = count
        if size >= 0:
            client_ptr.nx_pop3_client_total_message_size = size
            status = NX_SUCCESS
    number_mail_items[0] = client_ptr.nx_pop3_client_maildrop_items
    maildrop_total_size[0] = client_ptr.nx_pop3_client_total_message_size
    return status


def _nx_pop3_client_mail_item_size_get(client_ptr: "NX_POP3_CLIENT", mail_item: int, size: "Any") -> int:
    """LIST n."""
    size[0] = 0
    if mail_item > client_ptr.nx_pop3_client_maildrop_items:
        quirk("Q-RETR-COUNT", item=mail_item, count=client_ptr.nx_pop3_client_maildrop_items)
        return NX_POP3_INVALID_MAIL_ITEM
    status, answer, behind = command(client_ptr, numbered(b"LIST", mail_item))
    if status:
        return status
    index, octets = reply.list_numbers(answer, behind)
    if index != mail_item or octets < 0:
        return NX_POP3_SERVER_ERROR_STATUS
    size[0] = octets
    return NX_SUCCESS


def _nx_pop3_client_mail_item_delete(client_ptr: "NX_POP3_CLIENT", mail_index: int) -> int:
    """DELE n."""
    if mail_index > client_ptr.nx_pop3_client_maildrop_items:
        quirk("Q-DELE-COUNT", item=mail_index, count=client_ptr.nx_pop3_client_maildrop_items)
    return command(client_ptr, numbered(b"DELE", mail_index))[0]


def _nx_pop3_client_quit(client_ptr: "NX_POP3_CLIENT") -> int:
    """QUIT.  The connection stays open."""
    status = command(client_ptr, b"QUIT\r\n", 1)[0]
    if not status:
        client_ptr._quit_done = True
        client_ptr._logged_in = False
    return status


# -- a message ---------------------------------------------------------------------------------------


def _nx_pop3_client_mail_item_get(client_ptr: "NX_POP3_CLIENT", mail_item: int, item_size: "Any") -> int:
    """RETR n: read the status line, keep what came behind it in the same packet."""
    client_ptr.nx_pop3_client_ready_to_download = NX_FALSE
    if mail_item > client_ptr.nx_pop3_client_maildrop_items:
        quirk("Q-RETR-COUNT", item=mail_item, count=client_ptr.nx_pop3_client_maildrop_items)
        return NX_POP3_INVALID_MAIL_ITEM
    status = command_send(client_ptr, numbered(b"RETR", mail_item))
    if status:
        return status
    status, packet = reply_packet(client_ptr)
    if packet is None:
        return status
    text = packet_bytes(packet)
    if not reply.positive(text):
        one_line(text, 0)
        _nx_packet_release(packet)
        return NX_POP3_SERVER_ERROR_STATUS
    client_ptr.nx_pop3_client_ready_to_download = NX_TRUE
    behind = byte_behind(packet)
    _begin_message(client_ptr, packet, text)
    item_size[0] = reply.retr_size(text, behind)
    return NX_SUCCESS


def _begin_message(client_ptr: "NX_POP3_CLIENT", packet: "NX_PACKET", text: bytes) -> None:
    """Cut the status line off.  Without a CR LF the cut lies one byte behind the data, and the rest is -1 bytes."""
    client_ptr._unread = True
    client_ptr._tail = b"\r\n"
    client_ptr._dots_told = False
    kept = client_ptr.nx_pop3_client_message_ptr
    if kept is not None:
        kept._holder = "nobody: Q-RETR-REPLACE"
        quirk("Q-RETR-REPLACE", length=kept.nx_packet_length)
    end = text.find(b"\r\n")
    cut = len(text) + 1 if end < 0 else end + 2
    if cut == len(text):
        client_ptr.nx_pop3_client_message_ptr = None
        _nx_packet_release(packet)
        return
    if end < 0:
        quirk("Q-RETR-SPLIT")
    packet.nx_packet_prepend_ptr += cut
    packet.nx_packet_length = (packet.nx_packet_length - cut) & _MASK
    packet._holder = "POP3 client, start of a message"
    client_ptr.nx_pop3_client_message_ptr = packet


def _nx_pop3_client_mail_item_message_get(
    client_ptr: "NX_POP3_CLIENT", recv_packet_ptr: "Any", bytes_retrieved: "Any", final_packet: "Any"
) -> int:
    """Hand out the kept packet, or wait for one, and judge by its last bytes whether it is the final one."""
    final_packet[0] = NX_FALSE
    bytes_retrieved[0] = 0
    if not client_ptr.nx_pop3_client_ready_to_download:
        return NX_POP3_CLIENT_INVALID_STATE
    config = config_of(client_ptr)
    packet = client_ptr.nx_pop3_client_message_ptr
    if packet is None:
        variable = Ref()
        socket = client_ptr.nx_pop3_client_tcp_socket
        status = _nx_tcp_socket_receive(socket, variable, config.NX_POP3_SERVER_REPLY_TIMEOUT)
        packet = variable.value
        if packet is None:
            recv_packet_ptr[0] = None
            return status
    client_ptr.nx_pop3_client_message_ptr = None
    packet._holder = "application"
    recv_packet_ptr[0] = packet
    length = packet.nx_packet_length
    count = _count_or_end(packet, length)
    bytes_retrieved[0] = length if count < 0 else count
    if count >= 0:
        final_packet[0] = NX_TRUE
        client_ptr.nx_pop3_client_ready_to_download = NX_FALSE
    if listening():
        _message_quirks(client_ptr, packet, count)
    return NX_SUCCESS


def _count_or_end(packet: "NX_PACKET", length: int) -> int:
    """Bytes to report for the final packet; -1 for one that does not look final.

    The last five bytes are looked for at `length` from the first payload's start, in a chain too.  A packet of up to
    five bytes is judged by its beginning, with whatever the payload holds behind its data.
    """
    memory = packet._mem
    start = packet.nx_packet_prepend_ptr
    if length > _MARK_SIZE:
        at = (start + length - _MARK_SIZE) & _MASK
        return length if bytes(memory[at : at + _MARK_SIZE]) == NX_POP3_END_OF_MESSAGE else -1
    text = bytes(memory[start : start + _MARK_SIZE])
    return 0 if text == NX_POP3_END_OF_MESSAGE or text[:3] == NX_POP3_END_OF_MESSAGE_TAG else -1


def _message_quirks(client_ptr: "NX_POP3_CLIENT", packet: "NX_PACKET", count: int) -> None:
    """Compare what the device makes of a packet with what the stream says; changes nothing but diagnostics."""
    if packet.nx_packet_next is None:
        data = bytes(packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr])
    else:
        quirk("Q-CHAIN", length=packet.nx_packet_length)
        data = packet_bytes(packet)
    tail = client_ptr._tail
    ended = data[-1:] == b"\n" and (tail + data[-5:])[-5:] == NX_POP3_END_OF_MESSAGE
    if not client_ptr._dots_told and (data.find(b"\r\n..") >= 0 or (tail + data[:3]).find(b"\r\n..") >= 0):
        client_ptr._dots_told = True
        quirk("Q-DOTS")
    client_ptr._tail = data[-4:] if len(data) >= 4 else (tail + data)[-4:]
    if ended or count >= 0:
        client_ptr._unread = False
    if count > 0:
        quirk("Q-EOM-INCLUDED")
    elif count == 0 and not ended:
        client_ptr._unread = True
        quirk("Q-EOM-FALSE", length=packet.nx_packet_length)
    elif count == 0 and packet.nx_packet_length == _MARK_SIZE:
        quirk("Q-EOM-BLANK")
    elif count < 0 and ended:
        quirk("Q-EOM-SPLIT")
