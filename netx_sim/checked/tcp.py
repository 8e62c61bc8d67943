"""TCP services: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, TCP services. Here: what moves data and closes connections, and the names of
all the others, which are in `tcp_socket`, `tcp_client`, `tcp_server` and `tcp_notify`. The work is in `netx_sim.tcp`.
"""

from netx_sim.checked.callers import threads_only
from netx_sim.checked.tcp_client import (
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_client_socket_port_get,
    nx_tcp_client_socket_unbind,
    nx_tcp_free_port_find,
    nxd_tcp_client_socket_connect,
)
from netx_sim.checked.tcp_notify import (
    nx_tcp_socket_disconnect_complete_notify,
    nx_tcp_socket_establish_notify,
    nx_tcp_socket_queue_depth_notify_set,
    nx_tcp_socket_receive_notify,
    nx_tcp_socket_timed_wait_callback,
    nx_tcp_socket_window_update_notify_set,
)
from netx_sim.checked.tcp_server import (
    nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen,
    nx_tcp_server_socket_relisten,
    nx_tcp_server_socket_unaccept,
    nx_tcp_server_socket_unlisten,
)
from netx_sim.checked.tcp_socket import (
    no_socket,
    nx_tcp_enable,
    nx_tcp_info_get,
    nx_tcp_socket_bytes_available,
    nx_tcp_socket_create,
    nx_tcp_socket_delete,
    nx_tcp_socket_info_get,
    nx_tcp_socket_mss_get,
    nx_tcp_socket_mss_peer_get,
    nx_tcp_socket_mss_set,
    nx_tcp_socket_peer_info_get,
    nx_tcp_socket_receive_queue_max_set,
    nx_tcp_socket_state_wait,
    nx_tcp_socket_transmit_configure,
    nxd_tcp_socket_peer_info_get,
    on_socket,
)
from netx_sim.constants import NX_PACKET_ALLOCATED
from netx_sim.packet import packet_null, packet_of
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_INVALID_PACKET,
    NX_NOT_CONNECTED,
    NX_NOT_ENABLED,
    NX_OVERFLOW,
    NX_PTR_ERROR,
    NX_UNDERFLOW,
)
from netx_sim.tcp.api_data import _nx_tcp_socket_disconnect, _nx_tcp_socket_receive, _nx_tcp_socket_send
from netx_sim.tcp.output import headers_size

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.tcp.block import NX_TCP_SOCKET

__all__ = [
    "nx_tcp_client_socket_bind",
    "nx_tcp_client_socket_connect",
    "nx_tcp_client_socket_port_get",
    "nx_tcp_client_socket_unbind",
    "nx_tcp_enable",
    "nx_tcp_free_port_find",
    "nx_tcp_info_get",
    "nx_tcp_server_socket_accept",
    "nx_tcp_server_socket_listen",
    "nx_tcp_server_socket_relisten",
    "nx_tcp_server_socket_unaccept",
    "nx_tcp_server_socket_unlisten",
    "nx_tcp_socket_bytes_available",
    "nx_tcp_socket_create",
    "nx_tcp_socket_delete",
    "nx_tcp_socket_disconnect",
    "nx_tcp_socket_disconnect_complete_notify",
    "nx_tcp_socket_establish_notify",
    "nx_tcp_socket_info_get",
    "nx_tcp_socket_mss_get",
    "nx_tcp_socket_mss_peer_get",
    "nx_tcp_socket_mss_set",
    "nx_tcp_socket_peer_info_get",
    "nx_tcp_socket_queue_depth_notify_set",
    "nx_tcp_socket_receive",
    "nx_tcp_socket_receive_notify",
    "nx_tcp_socket_receive_queue_max_set",
    "nx_tcp_socket_send",
    "nx_tcp_socket_state_wait",
    "nx_tcp_socket_timed_wait_callback",
    "nx_tcp_socket_transmit_configure",
    "nx_tcp_socket_window_update_notify_set",
    "nxd_tcp_client_socket_connect",
    "nxd_tcp_socket_peer_info_get",
]


def nx_tcp_socket_send(socket_ptr: "NX_TCP_SOCKET | None", packet_ptr: "Any", wait_option: int) -> int:
    """Send the data of a packet, cut into segments where the windows or the segment size ask for it.

    Args:
        socket_ptr (NX_TCP_SOCKET): connected socket (ESTABLISHED or CLOSE_WAIT).
        packet_ptr (NX_PACKET or Ref): allocated with NX_TCP_PACKET, or with 40 bytes (IPv6: 60) free in front of its
            data; a variable is set to null on success.
        wait_option (int): ticks to wait at each point where there is no room.

    Returns:
        int: NX_SUCCESS (all data sent); NX_PTR_ERROR (socket null or not created); NX_INVALID_PACKET (packet null, not
        in the allocated state, without data, or with less than its length says, which is noticed only when it has to
        be copied); NX_NOT_ENABLED; NX_NOT_CONNECTED (no peer, another state, or the connection ended during the wait);
        NX_UNDERFLOW (no room for the headers); NX_OVERFLOW (append pointer beyond the payload); NX_CALLER_ERROR (not
        from a thread); NX_NOT_BOUND; NX_NO_PACKET, NX_INVALID_PARAMETERS (a copy was needed and the packet's pool had
        none, or has a payload too small); NX_WINDOW_OVERFLOW (no room in the windows); NX_TX_QUEUE_DEPTH (transmit
        queue full); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks at each such point.
    Packet: taken on success. After a failure it is the caller's, and holds only what was not sent.
    Source: NetX Duo guide ch. 4; RFC 9293 section 3.8.
    """
    if no_socket(socket_ptr):
        return NX_PTR_ERROR
    packet = packet_of(packet_ptr)
    if packet is None or packet.nx_packet_tcp_queue_next != NX_PACKET_ALLOCATED:
        return NX_INVALID_PACKET
    ip_ptr = socket_ptr.nx_tcp_socket_ip_ptr  # type: ignore[union-attr]
    if ip_ptr._tcp is None:
        return NX_NOT_ENABLED
    if socket_ptr._key is None:  # type: ignore[union-attr]
        return NX_NOT_CONNECTED
    headers = headers_size(socket_ptr.nx_tcp_socket_connect_ip.nxd_ip_version)  # type: ignore[union-attr]
    if packet.nx_packet_prepend_ptr - packet.nx_packet_data_start < headers:
        return NX_UNDERFLOW
    if packet.nx_packet_append_ptr > packet.nx_packet_data_end:
        return NX_OVERFLOW
    if not threads_only(ip_ptr._sim):
        return NX_CALLER_ERROR
    status = _nx_tcp_socket_send(socket_ptr, packet, wait_option)  # type: ignore[arg-type]
    if not status:
        packet_null(packet_ptr)
    return status


def nx_tcp_socket_receive(socket_ptr: "NX_TCP_SOCKET | None", packet_ptr: "Any", wait_option: int) -> int:
    """Read the next segment's data.

    Args:
        socket_ptr (NX_TCP_SOCKET): bound socket.
        packet_ptr (Ref[NX_PACKET], out): the data of one segment, perhaps chained; null on error.
        wait_option (int): ticks to wait for data.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, or not created); NX_NOT_ENABLED; NX_CALLER_ERROR (not from a
        thread); NX_NOT_BOUND; NX_NOT_CONNECTED (nothing queued and none can come, or the connection ended during the
        wait); NX_NO_PACKET (nothing in order, and wait 0 or run out); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks.
    Packet: the caller's. What was queued before a FIN or a reset can still be read.
    Source: NetX Duo guide ch. 4.
    """
    if no_socket(socket_ptr) or packet_ptr is None:
        return NX_PTR_ERROR
    return on_socket(socket_ptr, threads_only) or _nx_tcp_socket_receive(socket_ptr, packet_ptr, wait_option)  # type: ignore[arg-type]


def nx_tcp_socket_disconnect(socket_ptr: "NX_TCP_SOCKET | None", wait_option: int) -> int:
    """Close a connection: in order with a wait, by a reset without.

    Args:
        socket_ptr (NX_TCP_SOCKET): socket with a connection, or one that is opening.
        wait_option (int): ticks to wait for the exchange of FINs; 0 resets (unless NX_DISABLE_RESET_DISCONNECT).

    Returns:
        int: NX_SUCCESS (closed in order, or an opening connection given up); NX_PTR_ERROR (null or not created);
        NX_NOT_ENABLED; NX_CALLER_ERROR (not from a thread); NX_NOT_CONNECTED (not SYN_SENT, SYN_RECEIVED, ESTABLISHED
        or CLOSE_WAIT); NX_IN_PROGRESS (wait 0: reset and closed); NX_DISCONNECT_FAILED (not finished in time, or reset:
        closed all the same); NX_WAIT_ABORTED.

    Blocks: up to wait_option ticks. Other threads that wait on the socket are sent away when it is over.
    Packet: those not acknowledged are released at the end; unread ones stay until unbind or unaccept.
    Source: NetX Duo guide ch. 4; RFC 9293 section 3.6.
    """
    return on_socket(socket_ptr, threads_only) or _nx_tcp_socket_disconnect(socket_ptr, wait_option)  # type: ignore[arg-type]
