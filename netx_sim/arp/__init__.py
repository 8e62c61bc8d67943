"""Address resolution for IPv4 over links with hardware addresses: cache, messages, services.

Read first: ``cache.py``, then ``message.py``.  Loaded by ``nx_arp_enable``; plugs into the slots of NX_IP.
"""

from netx_sim.arp.cache import NX_ARP, NX_ARP_SIZE
from netx_sim.arp.message import _nx_arp_announce_send, _nx_arp_packet_receive, _nx_arp_probe_send
from netx_sim.arp.services import (
    _nx_arp_dynamic_entries_invalidate,
    _nx_arp_dynamic_entry_set,
    _nx_arp_enable,
    _nx_arp_entry_delete,
    _nx_arp_gratuitous_send,
    _nx_arp_hardware_address_find,
    _nx_arp_info_get,
    _nx_arp_ip_address_find,
    _nx_arp_static_entries_delete,
    _nx_arp_static_entry_create,
    _nx_arp_static_entry_delete,
)

__all__ = [
    "NX_ARP",
    "NX_ARP_SIZE",
    "_nx_arp_announce_send",
    "_nx_arp_dynamic_entries_invalidate",
    "_nx_arp_dynamic_entry_set",
    "_nx_arp_enable",
    "_nx_arp_entry_delete",
    "_nx_arp_gratuitous_send",
    "_nx_arp_hardware_address_find",
    "_nx_arp_info_get",
    "_nx_arp_ip_address_find",
    "_nx_arp_packet_receive",
    "_nx_arp_probe_send",
    "_nx_arp_static_entries_delete",
    "_nx_arp_static_entry_create",
    "_nx_arp_static_entry_delete",
]
