"""The services that look into the neighbour cache and change it."""

import struct

from netx_sim.address import address_fill
from netx_sim.fault import DeviceFault
from netx_sim.ipv6.block import ipv6_of, number_of
from netx_sim.ipv6.neighbor import address_learn, neighbor_add, neighbor_delete, neighbor_static, neighbors_clear
from netx_sim.status import NX_ENTRY_NOT_FOUND, NX_NOT_SUCCESSFUL, NX_NOT_SUPPORTED, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.ipv6.block import ND_CACHE_ENTRY

_V6_MARK = 1 << 128


def _number(words: "Any") -> int:
    """Four ints, or a buffer with four words in the byte order of the device."""
    if isinstance(words, (bytes, bytearray, memoryview)):
        words = struct.unpack("<IIII", bytes(words[:16]))
    return number_of(words)


def _nxd_nd_cache_entry_set(ip_ptr: "NX_IP", dest_ip: "Any", interface_index: int, mac: "Any") -> int:
    sim = ip_ptr._sim
    if sim.config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    msw, lsw = struct.unpack(">HI", bytes(mac[:6]))
    number = _number(dest_ip)
    sim.mutex_get(ip_ptr.nx_ip_protection)
    ipv6 = ipv6_of(ip_ptr)
    own = ip_ptr.nx_ipv6_address[interface_index]
    entry = ipv6.neighbors.get(number) or neighbor_add(ip_ptr, number, None)
    status = NX_NOT_SUCCESSFUL
    if entry is not None:
        entry.nx_nd_cache_interface_ptr = own.nxd_ipv6_address_attached
        entry.nx_nd_cache_outgoing_address = own
        address_learn(entry, msw, lsw)
        neighbor_static(entry)
        status = NX_SUCCESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _nxd_nd_cache_entry_delete(ip_ptr: "NX_IP", dest_ip: "Any") -> int:
    sim = ip_ptr._sim
    number = _number(dest_ip)
    sim.mutex_get(ip_ptr.nx_ip_protection)
    entry = ipv6_of(ip_ptr).neighbors.get(number)
    status = NX_ENTRY_NOT_FOUND
    if entry is not None:
        neighbor_delete(ip_ptr, entry)
        status = NX_SUCCESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _interface_index(entry: "ND_CACHE_ENTRY") -> int:
    interface = entry.nx_nd_cache_interface_ptr
    if interface is None:
        raise DeviceFault(
            "NX-ND-NO-INTERFACE",
            "the device reads the index of a null interface: the entry was set for an unused address of its own",
        )
    return interface.nx_interface_index


def _nxd_nd_cache_hardware_address_find(
    ip_ptr: "NX_IP", ip_address: "NXD_ADDRESS", physical_msw: "Any", physical_lsw: "Any", interface_index: "Any"
) -> int:
    entry = ipv6_of(ip_ptr).neighbors.get(number_of(ip_address.nxd_ip_address.v6))
    if entry is None:
        return NX_ENTRY_NOT_FOUND
    physical_msw[0] = entry._msw
    physical_lsw[0] = entry._lsw
    interface_index[0] = _interface_index(entry)
    return NX_SUCCESS


def _nxd_nd_cache_ip_address_find(
    ip_ptr: "NX_IP", ip_address: "NXD_ADDRESS", physical_msw: int, physical_lsw: int, interface_index: "Any"
) -> int:
    ipv6_of(ip_ptr)
    for entry in ip_ptr.nx_ipv6_nd_cache:
        if entry._msw == physical_msw and entry._lsw == physical_lsw:
            address_fill(ip_address, _V6_MARK | entry._number)
            interface_index[0] = _interface_index(entry)
            return NX_SUCCESS
    return NX_ENTRY_NOT_FOUND


def _nxd_nd_cache_invalidate(ip_ptr: "NX_IP") -> int:
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    neighbors_clear(ip_ptr)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS
