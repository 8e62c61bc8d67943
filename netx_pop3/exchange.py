"""One command of the POP3 client and its reply: one packet out, one packet in.

Read first: RFC 1939 section 3.  Nothing is reassembled over packets, drained or pipelined; what follows from that are
the quirks named below.  A device's client module is compiled without error checking, so the stack is called by its
unchecked cores and no error-layer status appears here.
"""

from netx_pop3 import reply
from netx_pop3.quirks import quirk, trap
from netx_sim.constants import NX_IP_VERSION_V4, NX_TCP_PACKET, NX_IPv4_TCP_PACKET
from netx_sim.packet import _nx_packet_allocate, _nx_packet_release, packet_bytes
from netx_sim.ref import Ref
from netx_sim.status import (
    NX_INVALID_PACKET,
    NX_NO_PACKET,
    NX_POP3_INSUFFICIENT_PACKET_PAYLOAD,
    NX_POP3_SERVER_ERROR_STATUS,
    NX_SUCCESS,
)
from netx_sim.tcp import _nx_tcp_socket_receive, _nx_tcp_socket_send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_pop3.control import NX_POP3_CLIENT
    from netx_sim.config import Config
    from netx_sim.packet import NX_PACKET

_NUMBER_LIMIT = 1000000000  # a mail number from here up is left out of its command


def config_of(client_ptr: "NX_POP3_CLIENT") -> "Config":
    """The tunables of the client's world; a block that holds no client ends here."""
    pool = client_ptr.nx_pop3_client_packet_pool_ptr
    ip_ptr = client_ptr.nx_pop3_client_tcp_socket.nx_tcp_socket_ip_ptr
    if pool is None or ip_ptr is None:
        raise trap("T-NO-CLIENT")
    return ip_ptr._sim.config


def command_send(client_ptr: "NX_POP3_CLIENT", text: bytes, spare: int = 0) -> int:
    """Put a command into one packet and send it.  The text, and `spare` more, must not fill the payload quite."""
    config = config_of(client_ptr)
    if client_ptr._unread:
        quirk("Q-NOT-DRAINED", command=text[:4])
    if client_ptr._quit_done:
        quirk("Q-QUIT-OPEN", command=text[:4])
    socket = client_ptr.nx_pop3_client_tcp_socket
    version = socket.nx_tcp_socket_connect_ip.nxd_ip_version
    packet_type = NX_IPv4_TCP_PACKET if version == NX_IP_VERSION_V4 else NX_TCP_PACKET
    variable = Ref()
    pool: "Any" = client_ptr.nx_pop3_client_packet_pool_ptr
    status = _nx_packet_allocate(pool, variable, packet_type, config.NX_POP3_CLIENT_PACKET_TIMEOUT, "POP3 client")
    if status:
        return status
    packet: "NX_PACKET" = variable.value
    start = packet.nx_packet_append_ptr
    end = start + len(text)
    if end + spare >= packet.nx_packet_data_end:
        if end < packet.nx_packet_data_end:
            quirk("Q-QUIT-SIZE")
        _nx_packet_release(packet)
        return NX_POP3_INSUFFICIENT_PACKET_PAYLOAD
    packet._mem[start:end] = text
    packet.nx_packet_append_ptr = end
    packet.nx_packet_length = len(text)
    status = _nx_tcp_socket_send(socket, packet, config.NX_POP3_TCP_SOCKET_SEND_WAIT)
    if status:
        _nx_packet_release(packet)
    elif client_ptr._watch is not None:
        client_ptr._watch(True, text)
    return status


def reply_packet(client_ptr: "NX_POP3_CLIENT") -> "tuple[int, NX_PACKET | None]":
    """Wait for one packet; a chain is refused.  The caller releases the packet."""
    wait = config_of(client_ptr).NX_POP3_SERVER_REPLY_TIMEOUT
    variable = Ref()
    status = _nx_tcp_socket_receive(client_ptr.nx_pop3_client_tcp_socket, variable, wait)
    if status:
        if status == NX_NO_PACKET:
            quirk("Q-LATE")
        return status, None
    packet: "NX_PACKET" = variable.value
    if client_ptr._watch is not None:
        client_ptr._watch(False, packet_bytes(packet))
    if packet.nx_packet_next is not None:
        quirk("Q-CHAIN", length=packet.nx_packet_length)
        _nx_packet_release(packet)
        return NX_INVALID_PACKET, None
    return NX_SUCCESS, packet


def byte_behind(packet: "NX_PACKET") -> int:
    """The byte of the payload behind the data, at which the device looks if the data end with CR."""
    append = packet.nx_packet_append_ptr
    return packet._mem[append] if append < packet.nx_packet_data_end else 0


def one_line(text: bytes, behind: int) -> None:
    """Say so if a packet holds less or more than the one line a reply is."""
    end = reply.line_end(text, behind)
    if end + 2 != len(text):
        quirk("Q-ONE-PACKET", cut=end >= len(text) - 1)


def answer_read(client_ptr: "NX_POP3_CLIENT") -> "tuple[int, bytes, int]":
    """Wait for a one-line reply: status, the packet's bytes, and the byte behind them."""
    status, packet = reply_packet(client_ptr)
    if packet is None:
        return status, b"", 0
    text = packet_bytes(packet)
    behind = byte_behind(packet)
    _nx_packet_release(packet)
    one_line(text, behind)
    return NX_SUCCESS, text, behind


def command(client_ptr: "NX_POP3_CLIENT", text: bytes, spare: int = 0, old: bytes = b"") -> "tuple[int, bytes, int]":
    """Send a command and read its answer; refused or unreadable answers give their status."""
    status = command_send(client_ptr, text, spare)
    if status:
        return status, b"", 0
    status, answer, behind = answer_read(client_ptr)
    if not status and not reply.positive(answer, old):
        status = NX_POP3_SERVER_ERROR_STATUS
    return status, answer, behind


def numbered(verb: bytes, number: int) -> bytes:
    """`verb n` and CR LF; from ten digits on the number is left out."""
    if number >= _NUMBER_LIMIT:
        quirk("Q-BIGNUM", number=number)
        return verb + b" \r\n"
    return b"%s %d\r\n" % (verb, number)
