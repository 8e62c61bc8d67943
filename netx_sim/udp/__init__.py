"""UDP (RFC 768). Read first: NetX Duo guide, chapter 3, UDP.

The functions check nothing; the checks of the public services are in ``checked/udp.py``. ``receive`` has the enable
service, which puts UDP into an IP instance. IPv6 plugs in by the instance's slot ``_ipv6_udp_send``.
"""

from netx_sim.udp.block import NX_UDP_SOCKET
from netx_sim.udp.extract import (
    _nx_udp_packet_info_extract,
    _nx_udp_source_extract,
    _nxd_udp_packet_info_extract,
    _nxd_udp_source_extract,
)
from netx_sim.udp.info import _nx_udp_info_get, _nx_udp_socket_info_get
from netx_sim.udp.receive import _nx_udp_enable, _nx_udp_socket_bytes_available, _nx_udp_socket_receive
from netx_sim.udp.send import (
    _nx_udp_socket_send,
    _nx_udp_socket_source_send,
    _nxd_udp_socket_send,
    _nxd_udp_socket_source_send,
)
from netx_sim.udp.socket import (
    _nx_udp_free_port_find,
    _nx_udp_socket_bind,
    _nx_udp_socket_checksum_disable,
    _nx_udp_socket_checksum_enable,
    _nx_udp_socket_create,
    _nx_udp_socket_delete,
    _nx_udp_socket_port_get,
    _nx_udp_socket_receive_notify,
    _nx_udp_socket_unbind,
)

__all__ = [
    "NX_UDP_SOCKET",
    "_nx_udp_enable",
    "_nx_udp_free_port_find",
    "_nx_udp_info_get",
    "_nx_udp_packet_info_extract",
    "_nx_udp_socket_bind",
    "_nx_udp_socket_bytes_available",
    "_nx_udp_socket_checksum_disable",
    "_nx_udp_socket_checksum_enable",
    "_nx_udp_socket_create",
    "_nx_udp_socket_delete",
    "_nx_udp_socket_info_get",
    "_nx_udp_socket_port_get",
    "_nx_udp_socket_receive",
    "_nx_udp_socket_receive_notify",
    "_nx_udp_socket_send",
    "_nx_udp_socket_source_send",
    "_nx_udp_socket_unbind",
    "_nx_udp_source_extract",
    "_nxd_udp_packet_info_extract",
    "_nxd_udp_socket_send",
    "_nxd_udp_socket_source_send",
    "_nxd_udp_source_extract",
]
