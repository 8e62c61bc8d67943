"""TCP (RFC 9293) as the device's stack does it, which is not always as the RFC says.

Read in this order: `block` (the socket, the state table, what an IP instance keeps), `timers` (deadlines on the
device's grid), `output` (what goes out), `acknowledge` and `data` (what an acceptable segment does), `states` (one
handler per state), `input` (from a received packet to its handler), `close` (endings and who is woken), `periodic`
(expired deadlines). The services' work is in the `api_*` files, their checks in `netx_sim.checked.tcp`.

Loaded by `nx_tcp_enable` only, which plugs it into the IP instance.
"""

from netx_sim.tcp.api_client import (
    _nx_tcp_client_socket_bind,
    _nx_tcp_client_socket_connect,
    _nx_tcp_client_socket_port_get,
    _nx_tcp_client_socket_unbind,
    _nx_tcp_free_port_find,
    _nxd_tcp_client_socket_connect,
)
from netx_sim.tcp.api_data import _nx_tcp_socket_disconnect, _nx_tcp_socket_receive, _nx_tcp_socket_send
from netx_sim.tcp.api_server import (
    _nx_tcp_server_socket_accept,
    _nx_tcp_server_socket_listen,
    _nx_tcp_server_socket_relisten,
    _nx_tcp_server_socket_unaccept,
    _nx_tcp_server_socket_unlisten,
)
from netx_sim.tcp.api_socket import (
    _nx_tcp_enable,
    _nx_tcp_info_get,
    _nx_tcp_socket_bytes_available,
    _nx_tcp_socket_create,
    _nx_tcp_socket_delete,
    _nx_tcp_socket_disconnect_complete_notify,
    _nx_tcp_socket_establish_notify,
    _nx_tcp_socket_info_get,
    _nx_tcp_socket_mss_get,
    _nx_tcp_socket_mss_peer_get,
    _nx_tcp_socket_mss_set,
    _nx_tcp_socket_peer_info_get,
    _nx_tcp_socket_queue_depth_notify_set,
    _nx_tcp_socket_receive_notify,
    _nx_tcp_socket_receive_queue_max_set,
    _nx_tcp_socket_state_wait,
    _nx_tcp_socket_timed_wait_callback,
    _nx_tcp_socket_transmit_configure,
    _nx_tcp_socket_window_update_notify_set,
    _nxd_tcp_socket_peer_info_get,
)
from netx_sim.tcp.block import NX_TCP_SOCKET

__all__ = [
    "NX_TCP_SOCKET",
    "_nx_tcp_client_socket_bind",
    "_nx_tcp_client_socket_connect",
    "_nx_tcp_client_socket_port_get",
    "_nx_tcp_client_socket_unbind",
    "_nx_tcp_enable",
    "_nx_tcp_free_port_find",
    "_nx_tcp_info_get",
    "_nx_tcp_server_socket_accept",
    "_nx_tcp_server_socket_listen",
    "_nx_tcp_server_socket_relisten",
    "_nx_tcp_server_socket_unaccept",
    "_nx_tcp_server_socket_unlisten",
    "_nx_tcp_socket_bytes_available",
    "_nx_tcp_socket_create",
    "_nx_tcp_socket_delete",
    "_nx_tcp_socket_disconnect",
    "_nx_tcp_socket_disconnect_complete_notify",
    "_nx_tcp_socket_establish_notify",
    "_nx_tcp_socket_info_get",
    "_nx_tcp_socket_mss_get",
    "_nx_tcp_socket_mss_peer_get",
    "_nx_tcp_socket_mss_set",
    "_nx_tcp_socket_peer_info_get",
    "_nx_tcp_socket_queue_depth_notify_set",
    "_nx_tcp_socket_receive",
    "_nx_tcp_socket_receive_notify",
    "_nx_tcp_socket_receive_queue_max_set",
    "_nx_tcp_socket_send",
    "_nx_tcp_socket_state_wait",
    "_nx_tcp_socket_timed_wait_callback",
    "_nx_tcp_socket_transmit_configure",
    "_nx_tcp_socket_window_update_notify_set",
    "_nxd_tcp_client_socket_connect",
    "_nxd_tcp_socket_peer_info_get",
]
