"""The IPv4 instance: creating it, its thread, interfaces, routes, sending and receiving.

Read first: ``block.py`` (the control block and the slots into which protocols plug), then ``thread.py``
(what happens when).  ``fragment``, ``forward``, ``raw`` and ``static_route`` are loaded when used.
"""

from netx_sim.address import NXD_ADDRESS
from netx_sim.ip.block import NX_IP, NX_IPV4_MULTICAST_ENTRY
from netx_sim.ip.instance import _nx_ip_create, _nx_ip_delete, _nx_system_initialize, ip_callback_registered
from netx_sim.ip.receive import _nx_ip_packet_receive, group_joined, ip_deliver
from netx_sim.ip.route import _nx_ip_route_find
from netx_sim.ip.send import _nx_ip_packet_send, is_broadcast, link_send
from netx_sim.ip.thread import ip_fast_base, ip_fast_start, ip_periodic_base

__all__ = [
    "NXD_ADDRESS",
    "NX_IP",
    "NX_IPV4_MULTICAST_ENTRY",
    "_nx_ip_create",
    "_nx_ip_delete",
    "_nx_ip_packet_receive",
    "_nx_ip_packet_send",
    "_nx_ip_route_find",
    "_nx_system_initialize",
    "group_joined",
    "ip_callback_registered",
    "ip_deliver",
    "ip_fast_base",
    "ip_fast_start",
    "ip_periodic_base",
    "is_broadcast",
    "link_send",
]
