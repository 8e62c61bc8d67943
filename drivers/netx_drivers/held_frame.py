"""Copies of frames outside any pool: what a fault wrapper holds back, and how it lets go again."""

from netx_drivers.ethernet import ALIGNMENT, HEADER, deliver
from netx_sim.constants import NX_LINK_RAW_PACKET_SEND, NX_PACKET_ALLOCATED, NX_PHYSICAL_HEADER, NX_RECEIVE_PACKET
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import NX_PACKET, NX_PACKET_POOL, _nx_packet_release, packet_get, packet_write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE


class HeldFrame:
    """A frame on its way out, with the request it came in; or on its way in, with its EtherType."""

    __slots__ = ("command", "data", "ethertype", "event", "interface", "ip_ptr", "ip_version", "lsw", "msw", "sent")

    def __init__(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE", data: bytes) -> None:
        self.ip_ptr = ip_ptr
        self.interface = interface
        self.data = data
        self.event: "Any" = None  # when it is let go
        self.sent = False
        self.ethertype = 0
        self.command = self.msw = self.lsw = 0
        self.ip_version = 4

    def request(self) -> NX_IP_DRIVER:
        """The send request for this frame, with a packet of its own."""
        request = NX_IP_DRIVER()
        request.nx_ip_driver_command = self.command
        request.nx_ip_driver_ptr = self.ip_ptr
        request.nx_ip_driver_interface = self.interface
        request.nx_ip_driver_physical_address_msw = self.msw
        request.nx_ip_driver_physical_address_lsw = self.lsw
        request.nx_ip_driver_packet = self._packet()
        return request

    def _packet(self) -> NX_PACKET:
        """A packet outside the application's pools, laid out as the stack lays out a packet to be sent."""
        skip = _link_header(self.interface)
        if self.command == NX_LINK_RAW_PACKET_SEND:
            skip = 0
        memory = bytearray(NX_PHYSICAL_HEADER - skip) + self.data
        packet = NX_PACKET(_private_pool(self.ip_ptr, memory), 0, len(memory))
        packet.nx_packet_prepend_ptr = NX_PHYSICAL_HEADER
        packet.nx_packet_append_ptr = len(memory)
        packet.nx_packet_length = len(memory) - NX_PHYSICAL_HEADER
        packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
        packet.nx_packet_ip_version = self.ip_version
        packet.nx_packet_interface_ptr = self.interface
        packet._holder = packet._allocated_by = "fault wrapper"
        return packet

    def arrive(self) -> None:
        """Receive the frame in a packet of the instance's pool; lost if that is empty."""
        pool = self.ip_ptr.nx_ip_default_packet_pool
        packet = packet_get(pool, NX_RECEIVE_PACKET, "link driver")
        if packet is None:
            return
        skip = _link_header(self.interface)
        packet.nx_packet_prepend_ptr += ALIGNMENT if skip else 0
        packet.nx_packet_append_ptr = packet.nx_packet_prepend_ptr
        if not packet_write(packet, self.data, pool, "link driver"):
            _nx_packet_release(packet)
            return
        packet.nx_packet_prepend_ptr += skip
        packet.nx_packet_length -= skip
        deliver(self.ip_ptr, self.interface, packet, self.ethertype)


def _link_header(interface: "NX_INTERFACE") -> int:
    return HEADER if interface.nx_interface_address_mapping_needed else 0


def _private_pool(ip_ptr: "NX_IP", memory: bytearray) -> NX_PACKET_POOL:
    """A pool for one packet, unknown to the simulation."""
    pool = NX_PACKET_POOL()
    pool.nx_packet_pool_name = "fault wrapper"
    pool._sim = ip_ptr._sim
    pool._mem = memoryview(memory)
    return pool
