"""What every driver of an Ethernet-like link needs: framing, receiving, and the plain requests.

Read first: the NetX Duo guide, chapter on drivers.  A driver gets a request record, does what the
command says and writes the status.  ``Port`` holds what it knows of one interface and answers all
requests that have nothing to do with moving frames; ``frame_start`` writes the Ethernet header of a
packet to be sent; ``receive_bytes`` and ``deliver`` hand a frame up.

The IP header of a received frame lies 16 bytes into the payload: 14 for the Ethernet header and 2 so
that the header is aligned to four bytes, as devices do it.
"""

from struct import pack_into

from netx_sim.constants import (
    NX_FALSE,
    NX_INTERFACE_CAPABILITY_GET,
    NX_INTERFACE_CAPABILITY_SET,
    NX_INTERFACE_TYPE_ETHERNET,
    NX_LINK_ARP_RESPONSE_SEND,
    NX_LINK_ARP_SEND,
    NX_LINK_DEFERRED_PROCESSING,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_ETHERNET_ARP,
    NX_LINK_ETHERNET_IP,
    NX_LINK_ETHERNET_IPV6,
    NX_LINK_ETHERNET_RARP,
    NX_LINK_FACTORY_ADDRESS_GET,
    NX_LINK_GET_ALLOC_ERRORS,
    NX_LINK_GET_DUPLEX_TYPE,
    NX_LINK_GET_ERROR_COUNT,
    NX_LINK_GET_INTERFACE_TYPE,
    NX_LINK_GET_RX_COUNT,
    NX_LINK_GET_SPEED,
    NX_LINK_GET_STATUS,
    NX_LINK_GET_TX_COUNT,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
    NX_LINK_PACKET_BROADCAST,
    NX_LINK_PACKET_SEND,
    NX_LINK_RARP_SEND,
    NX_LINK_RAW_PACKET_SEND,
    NX_LINK_RX_DISABLE,
    NX_LINK_RX_ENABLE,
    NX_LINK_SET_PHYSICAL_ADDRESS,
    NX_RECEIVE_PACKET,
    NX_TRUE,
)
from netx_sim.link import (
    _nx_arp_packet_deferred_receive,
    _nx_ip_packet_deferred_receive,
    _nx_rarp_packet_deferred_receive,
)
from netx_sim.packet import _nx_packet_release, packet_get, packet_write
from netx_sim.status import NX_ENTRY_NOT_FOUND, NX_NO_MORE_ENTRIES, NX_SUCCESS, NX_UNHANDLED_COMMAND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

    Answer = Callable[["Port", NX_IP_DRIVER], int]

HEADER = 14
HEADER_FORMAT = ">HIHIH"  # destination, source (each as NetX splits an address), EtherType
ALIGNMENT = 2  # bytes in front of a received frame
BROADCAST = 0xFFFFFFFFFFFF
IPV6_GROUP_MSW = 0x3333
FULL_DUPLEX = 1

# The requests that send a packet, and the EtherType each gets (an IPv6 packet: see frame_start).
SENDS = {
    NX_LINK_PACKET_SEND: NX_LINK_ETHERNET_IP,
    NX_LINK_PACKET_BROADCAST: NX_LINK_ETHERNET_IP,
    NX_LINK_ARP_SEND: NX_LINK_ETHERNET_ARP,
    NX_LINK_ARP_RESPONSE_SEND: NX_LINK_ETHERNET_ARP,
    NX_LINK_RARP_SEND: NX_LINK_ETHERNET_RARP,
    NX_LINK_RAW_PACKET_SEND: 0,
}


def frame_start(request: "NX_IP_DRIVER", msw: int, lsw: int) -> int:
    """Write the Ethernet header of the packet to be sent; the offset at which the frame starts.

    The header goes into the room in front of the prepend pointer.  The pointer and the length stay as
    they are, so there is nothing to restore after transmission.  A raw packet has its header already.
    """
    packet: "NX_PACKET" = request.nx_ip_driver_packet
    ethertype = SENDS[request.nx_ip_driver_command]
    if not ethertype:
        return packet.nx_packet_prepend_ptr
    if ethertype == NX_LINK_ETHERNET_IP and packet.nx_packet_ip_version == 6:
        ethertype = NX_LINK_ETHERNET_IPV6
    start = packet.nx_packet_prepend_ptr - HEADER
    pack_into(
        HEADER_FORMAT,
        packet._mem,
        start,
        request.nx_ip_driver_physical_address_msw,
        request.nx_ip_driver_physical_address_lsw,
        msw,
        lsw,
        ethertype,
    )
    return start


def frame_views(packet: "NX_PACKET", start: int) -> "list[memoryview]":
    """The bytes of a frame where they lie, one view a packet of the chain; ``start`` is the first's."""
    views: "list[memoryview]" = [packet._mem[start : packet.nx_packet_append_ptr]]
    following = packet.nx_packet_next
    while following is not None:
        views.append(following._mem[following.nx_packet_prepend_ptr : following.nx_packet_append_ptr])
        following = following.nx_packet_next
    return views


def frame_bytes(packet: "NX_PACKET", start: int) -> bytes:
    """A copy of the frame that starts at ``start`` of the packet."""
    return b"".join(frame_views(packet, start))


def receive_bytes(port: "Port", parts: "list[Any]") -> "NX_PACKET | None":
    """Put a received frame into packets of the instance's default pool, without waiting.

    Args:
        port: where it came in.
        parts: the frame, in any number of buffers.

    Returns:
        The packet, a chain if the frame is longer than one payload, its prepend pointer at the first
        byte of the frame; None if the pool had not enough, and then nothing is held.
    """
    pool = port.ip_ptr.nx_ip_default_packet_pool
    packet = packet_get(pool, NX_RECEIVE_PACKET, "link driver")
    if packet is None:
        return None
    packet.nx_packet_prepend_ptr += ALIGNMENT
    packet.nx_packet_append_ptr = packet.nx_packet_prepend_ptr
    for part in parts:
        if not packet_write(packet, part, pool, "link driver"):
            _nx_packet_release(packet)
            return None
    return packet


def ethertype_at(packet: "NX_PACKET", start: int) -> int:
    """The EtherType of the frame that starts at ``start``."""
    mem = packet._mem
    ethertype: int = mem[start + 12] << 8 | mem[start + 13]
    return ethertype


def destination_at(mem: "Any", start: int) -> int:
    """The destination address of the frame at ``start``, as one number of 48 bits."""
    return int.from_bytes(mem[start : start + 6], "big")


def accepts(port: "Port", destination: int) -> bool:
    """Would the interface's hardware take a frame for ``destination``?  What joined, and all IPv6 groups."""
    msw, lsw = destination >> 32, destination & 0xFFFFFFFF
    if not msw & 0x0100:
        return lsw == port.lsw and msw == port.msw
    return destination == BROADCAST or msw == IPV6_GROUP_MSW or (msw, lsw) in port.groups


def deliver(ip_ptr: "NX_IP", interface: "NX_INTERFACE", packet: "NX_PACKET", ethertype: int) -> None:
    """Queue a received packet for the IP thread by its EtherType; release what nobody wants.

    Prepend is at the IP header or ARP message, the link header is still in front of it.
    """
    packet.nx_packet_interface_ptr = interface
    if ethertype in (NX_LINK_ETHERNET_IP, NX_LINK_ETHERNET_IPV6):
        _nx_ip_packet_deferred_receive(ip_ptr, packet)
    elif ethertype == NX_LINK_ETHERNET_ARP:
        _nx_arp_packet_deferred_receive(ip_ptr, packet)
    elif ethertype == NX_LINK_ETHERNET_RARP:
        _nx_rarp_packet_deferred_receive(ip_ptr, packet)
    else:
        _nx_packet_release(packet)


def receive(port: "Port", parts: "list[Any]") -> bool:
    """Receive one frame from buffers; False if it was lost because the pool is empty."""
    packet = receive_bytes(port, parts)
    if packet is None:
        port.alloc_errors += 1
        return False
    ethertype = ethertype_at(packet, packet.nx_packet_prepend_ptr)
    packet.nx_packet_prepend_ptr += HEADER
    packet.nx_packet_length -= HEADER
    port.rx_count += 1
    deliver(port.ip_ptr, port.interface, packet, ethertype)
    return True


class Port:
    """One interface of an instance, as its driver sees it."""

    __slots__ = (
        "alloc_errors",
        "busy_until",
        "capability",
        "error_count",
        "factory",
        "group_limit",
        "groups",
        "held",
        "interface",
        "ip_ptr",
        "lsw",
        "msw",
        "routes",
        "rx_count",
        "rx_enabled",
        "slot",
        "speed",
        "tx_count",
    )

    def __init__(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE", msw: int, lsw: int) -> None:
        self.ip_ptr = ip_ptr
        self.interface = interface
        self.msw = msw
        self.lsw = lsw
        self.factory = (msw, lsw)
        self.groups: "list[tuple[int, int]]" = []
        self.group_limit = 0  # none
        self.capability = 0  # what the link can take over from the stack
        self.speed = 0
        self.rx_enabled = True
        self.rx_count = 0
        self.tx_count = 0
        self.error_count = 0
        self.alloc_errors = 0
        # of a RAM wire: place on it, receivers by destination, packets still being sent, when that ends
        self.slot = 0
        self.routes: "dict[int, list[Port]]" = {}
        self.held: "dict[NX_PACKET, Any]" = {}
        self.busy_until = 0


def _enable(port: Port, request: "NX_IP_DRIVER") -> int:
    port.interface.nx_interface_link_up = NX_TRUE
    return NX_SUCCESS


def _disable(port: Port, request: "NX_IP_DRIVER") -> int:
    port.interface.nx_interface_link_up = NX_FALSE
    return NX_SUCCESS


def _join(port: Port, request: "NX_IP_DRIVER") -> int:
    if port.group_limit and len(port.groups) >= port.group_limit:
        return NX_NO_MORE_ENTRIES
    port.groups.append((request.nx_ip_driver_physical_address_msw, request.nx_ip_driver_physical_address_lsw))
    return NX_SUCCESS


def _leave(port: Port, request: "NX_IP_DRIVER") -> int:
    group = (request.nx_ip_driver_physical_address_msw, request.nx_ip_driver_physical_address_lsw)
    if group not in port.groups:
        return NX_ENTRY_NOT_FOUND
    port.groups.remove(group)
    return NX_SUCCESS


def _status(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.interface.nx_interface_link_up
    return NX_SUCCESS


def _speed(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.speed
    return NX_SUCCESS


def _duplex(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = FULL_DUPLEX
    return NX_SUCCESS


def _interface_type(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = NX_INTERFACE_TYPE_ETHERNET
    return NX_SUCCESS


def _error_count(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.error_count
    return NX_SUCCESS


def _rx_count(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.rx_count
    return NX_SUCCESS


def _tx_count(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.tx_count
    return NX_SUCCESS


def _alloc_errors(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.alloc_errors
    return NX_SUCCESS


def _address_set(port: Port, request: "NX_IP_DRIVER") -> int:
    port.msw = request.nx_ip_driver_physical_address_msw
    port.lsw = request.nx_ip_driver_physical_address_lsw
    return NX_SUCCESS


def _factory_address(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_physical_address_msw = port.factory[0]
    request.nx_ip_driver_physical_address_lsw = port.factory[1]
    return NX_SUCCESS


def _rx_enable(port: Port, request: "NX_IP_DRIVER") -> int:
    port.rx_enabled = True
    return NX_SUCCESS


def _rx_disable(port: Port, request: "NX_IP_DRIVER") -> int:
    port.rx_enabled = False
    return NX_SUCCESS


def _capability_get(port: Port, request: "NX_IP_DRIVER") -> int:
    request.nx_ip_driver_return_ptr[0] = port.capability
    return NX_SUCCESS


def _capability_set(port: Port, request: "NX_IP_DRIVER") -> int:
    port.interface.nx_interface_capability_flag = request.nx_ip_driver_return_ptr[0] & port.capability
    return NX_SUCCESS


def _nothing(port: Port, request: "NX_IP_DRIVER") -> int:
    return NX_SUCCESS


ANSWERS: "dict[int, Answer]" = {
    NX_LINK_ENABLE: _enable,
    NX_LINK_DISABLE: _disable,
    NX_LINK_MULTICAST_JOIN: _join,
    NX_LINK_MULTICAST_LEAVE: _leave,
    NX_LINK_GET_STATUS: _status,
    NX_LINK_GET_SPEED: _speed,
    NX_LINK_GET_DUPLEX_TYPE: _duplex,
    NX_LINK_GET_ERROR_COUNT: _error_count,
    NX_LINK_GET_RX_COUNT: _rx_count,
    NX_LINK_GET_TX_COUNT: _tx_count,
    NX_LINK_GET_ALLOC_ERRORS: _alloc_errors,
    NX_LINK_GET_INTERFACE_TYPE: _interface_type,
    NX_LINK_SET_PHYSICAL_ADDRESS: _address_set,
    NX_LINK_FACTORY_ADDRESS_GET: _factory_address,
    NX_LINK_RX_ENABLE: _rx_enable,
    NX_LINK_RX_DISABLE: _rx_disable,
    NX_INTERFACE_CAPABILITY_GET: _capability_get,
    NX_INTERFACE_CAPABILITY_SET: _capability_set,
    NX_LINK_DEFERRED_PROCESSING: _nothing,
}


def answer(port: Port, request: "NX_IP_DRIVER") -> int:
    """Do a request that moves no frame; its status, NX_UNHANDLED_COMMAND for an unknown one."""
    handler = ANSWERS.get(request.nx_ip_driver_command)
    return NX_UNHANDLED_COMMAND if handler is None else handler(port, request)
