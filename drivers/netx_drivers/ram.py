"""A simulated wire: any number of interfaces, in this process, joined by copying frames.

Read first: ``ethernet.py``.  ``nx_ram_network_driver`` is the wire every program finds without making
one, with the device's limit of four interfaces; ``RamWire`` is one of your own, without that limit,
and if wanted with a bandwidth and a latency.  Runs on MicroPython.

The rules are those of the device's RAM driver.  A frame goes to every other interface whose hardware
address it names; to all others for the broadcast address, for any 33:33 address and for the zero
address; for other multicast addresses to the interfaces that joined; never back to its sender.  Each
receiver gets a copy in a packet of its own default pool, taken without waiting; when one pool is
empty the frame is lost for this receiver and all after it.  The sender is not preempted meanwhile.
Nothing else is ever lost, and order is kept; for loss, delay and damage wrap the wire in ``Faults``.
"""

from netx_drivers.ethernet import (
    ALIGNMENT,
    BROADCAST,
    HEADER,
    IPV6_GROUP_MSW,
    SENDS,
    Port,
    answer,
    deliver,
    destination_at,
    frame_bytes,
    frame_start,
    frame_views,
    receive,
)
from netx_sim.constants import (
    NX_FALSE,
    NX_INTERFACE_CAPABILITY_CHECKSUM_ALL,
    NX_INTERFACE_CAPABILITY_SET,
    NX_LINK_DEFERRED_PROCESSING,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_ALLOC_ERRORS,
    NX_LINK_GET_ERROR_COUNT,
    NX_LINK_GET_RX_COUNT,
    NX_LINK_GET_STATUS,
    NX_LINK_GET_TX_COUNT,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
    NX_LINK_SET_PHYSICAL_ADDRESS,
    NX_LINK_UNINITIALIZE,
    NX_RECEIVE_PACKET,
    NX_TRUE,
)
from netx_sim.link import interface_setup
from netx_sim.packet import _nx_packet_transmit_release, packet_get
from netx_sim.status import NX_INVALID_INTERFACE, NX_SUCCESS, NX_UNHANDLED_COMMAND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

ADDRESS_MSW = 0x0011
ADDRESS_LSW = 0x22334456  # of slot 0; the others follow
MULTICASTS = 3  # joined addresses an interface can hold
DEVICE_INTERFACES = 4
DEFAULT_MTU = 1500
_ROUTES_KEPT = 64  # destinations remembered per sender
_US = 1000000


class RamWire:
    """A wire between interfaces of this process; a driver to be given to ``nx_ip_create``.

    Args:
        bandwidth: bits per second at which each interface sends, or None for no limit.  A packet stays
            with the driver until its last bit is out, so TCP does not resend it meanwhile.  What counts
            is the frame: Ethernet header and IP packet, no preamble, padding or check sequence.
        latency_us (int): microseconds from the last bit sent to the frame received.
        mtu (int): largest IP packet.
        integrity (bool): tell the stack that frames cannot be damaged here, so that it computes and
            verifies no checksums.  Frames then carry none; a wrapper that needs them takes it back.
        limit: most interfaces at a time, or None.

    One wire belongs to one simulation; interfaces of an earlier one are forgotten.
    """

    def __init__(
        self,
        bandwidth: "int | None" = None,
        latency_us: int = 0,
        mtu: int = DEFAULT_MTU,
        integrity: bool = False,
        limit: "int | None" = None,
    ) -> None:
        if bandwidth is not None and bandwidth <= 0:
            raise ValueError("bandwidth must be above 0 bits per second, or None for no limit")
        if latency_us < 0:
            raise ValueError("latency_us must not be negative")
        self.bandwidth = bandwidth
        self.latency_us = latency_us
        self.mtu = mtu
        self.limit = limit
        self._timed = bandwidth is not None or latency_us > 0
        self._capability = NX_INTERFACE_CAPABILITY_CHECKSUM_ALL if integrity else 0
        self._ports: "dict[NX_INTERFACE, Port]" = {}
        self._sim: "Any" = None

    def __repr__(self) -> str:
        return "<" + type(self).__name__ + " of " + str(len(self._ports)) + " interfaces>"

    def __call__(self, request: "NX_IP_DRIVER") -> None:
        """Do one request of the stack."""
        port = self._ports.get(request.nx_ip_driver_interface)
        if port is None:
            request.nx_ip_driver_status = self._unknown(request)
        elif request.nx_ip_driver_command in SENDS:
            request.nx_ip_driver_status = NX_SUCCESS
            self._send(port, request)
        else:
            request.nx_ip_driver_status = self._answer(port, request)

    # -- sending --------------------------------------------------------------------------------

    def _send(self, port: Port, request: "NX_IP_DRIVER") -> None:
        packet = request.nx_ip_driver_packet
        start = frame_start(request, port.msw, port.lsw)
        if not port.interface.nx_interface_link_up:
            port.error_count += 1
            _nx_packet_transmit_release(packet)
            return
        port.tx_count += 1
        if self._timed:
            self._send_timed(port, packet, start)
            return
        sim = self._sim
        sim.preempt_disable += 1
        try:
            destination = destination_at(packet._mem, start)
            for receiver in port.routes.get(destination) or self._receivers(port, destination):
                if not _copy_in(receiver, packet, start):
                    break
            _nx_packet_transmit_release(packet)
        finally:
            sim.preempt_disable -= 1
        sim.preempt()

    def _receivers(self, port: Port, destination: int) -> "list[Port]":
        """Find who gets a frame; remembered by destination until anything about the wire changes."""
        receivers = self._find_receivers(port, destination)
        if len(port.routes) >= _ROUTES_KEPT:
            port.routes = {}
        port.routes[destination] = receivers
        return receivers

    def _find_receivers(self, sender: Port, destination: int) -> "list[Port]":
        msw, lsw = address = (destination >> 32, destination & 0xFFFFFFFF)
        everyone = destination in (0, BROADCAST) or msw == IPV6_GROUP_MSW
        return [
            port
            for port in sorted(self._ports.values(), key=_slot_of)
            if port is not sender
            and port.rx_enabled
            and (everyone or (port.msw == msw and port.lsw == lsw) or address in port.groups)
        ]

    # -- sending on a wire that takes time --------------------------------------------------------

    def _send_timed(self, port: Port, packet: "NX_PACKET", start: int) -> None:
        sim = self._sim
        frame = frame_bytes(packet, start)
        sent_us = sim.now_us()
        if self.bandwidth is None:
            _nx_packet_transmit_release(packet)
        else:
            sent_us = self._occupy(port, len(frame), sent_us)
            packet._holder = "link driver, sending"
            port.held[packet] = sim.call_at_us(sent_us, self._sent, (port, packet))
        sim.call_at_us(sent_us + self.latency_us, self._arrive, (port, frame))

    def _occupy(self, port: Port, size: int, now_us: int) -> int:
        """Put ``size`` bytes behind what the interface still sends; when the last bit is out.

        Times are kept as microseconds times bits per second, so that no rounding adds up.
        """
        bandwidth = self.bandwidth or 1
        port.busy_until = max(port.busy_until, now_us * bandwidth) + size * 8 * _US
        return -(-port.busy_until // bandwidth)

    def _sent(self, item: "tuple[Port, NX_PACKET]") -> None:
        """The last bit is out."""
        port, packet = item
        del port.held[packet]
        _nx_packet_transmit_release(packet)

    def _arrive(self, item: "tuple[Port, bytes]") -> None:
        """A frame reaches the other interfaces."""
        port, frame = item
        destination = destination_at(frame, 0)
        for receiver in port.routes.get(destination) or self._receivers(port, destination):
            if not receive(receiver, [frame]):
                break

    # -- everything else ------------------------------------------------------------------------

    def _unknown(self, request: "NX_IP_DRIVER") -> int:
        """A request for an interface that is not attached; only attaching is allowed."""
        if request.nx_ip_driver_command == NX_LINK_INTERFACE_ATTACH:
            return self._attach(request.nx_ip_driver_ptr, request.nx_ip_driver_interface)
        if request.nx_ip_driver_command in SENDS:
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        return NX_INVALID_INTERFACE

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> int:
        if ip_ptr._sim is not self._sim:
            self._ports = {}
            self._sim = ip_ptr._sim
        taken = [port.slot for port in self._ports.values()]
        slot = 0
        while slot in taken:
            slot += 1
        if self.limit is not None and slot >= self.limit:
            return NX_INVALID_INTERFACE
        port = Port(ip_ptr, interface, ADDRESS_MSW, ADDRESS_LSW + slot)
        port.slot = slot
        port.group_limit = MULTICASTS
        port.capability = self._capability
        port.speed = self.bandwidth or 0
        self._ports[interface] = port
        self._forget_routes()
        return NX_SUCCESS

    def _answer(self, port: Port, request: "NX_IP_DRIVER") -> int:
        command = request.nx_ip_driver_command
        if command == NX_LINK_INITIALIZE:
            interface_setup(port.interface, self.mtu, port.msw, port.lsw, NX_TRUE)
            port.interface.nx_interface_capability_flag = self._capability
            return NX_SUCCESS
        if command == NX_LINK_INTERFACE_ATTACH:
            return NX_SUCCESS
        if command in (NX_LINK_INTERFACE_DETACH, NX_LINK_UNINITIALIZE):
            return self._detach(port)
        status = answer(port, request)
        if command == NX_INTERFACE_CAPABILITY_SET:
            self._share_capability(port.interface.nx_interface_capability_flag)
        self._forget_routes()
        return status

    def _share_capability(self, flags: int) -> None:
        """Checksums are left out by both ends of a wire or by none."""
        self._capability = flags
        for port in self._ports.values():
            port.capability = flags
            port.interface.nx_interface_capability_flag = flags

    def _detach(self, port: Port) -> int:
        """Forget an interface; what it had not sent yet is given back and never arrives."""
        port.interface.nx_interface_link_up = NX_FALSE
        del self._ports[port.interface]
        for packet, event in port.held.items():
            self._sim.call_cancel(event)
            _nx_packet_transmit_release(packet)
        port.held = {}
        self._forget_routes()
        return NX_SUCCESS

    def _forget_routes(self) -> None:
        for port in self._ports.values():
            port.routes = {}


def _slot_of(port: Port) -> int:
    return port.slot


def _copy_in(receiver: Port, packet: "NX_PACKET", start: int) -> bool:
    """Copy a frame into the receiver's pool and hand it up; False if that pool is empty."""
    size = packet.nx_packet_append_ptr - start
    pool = receiver.ip_ptr.nx_ip_default_packet_pool
    if packet.nx_packet_next is not None or size + ALIGNMENT > pool.nx_packet_pool_payload_size:
        return receive(receiver, frame_views(packet, start))
    copy = packet_get(pool, NX_RECEIVE_PACKET, "link driver")
    if copy is None:
        receiver.alloc_errors += 1
        return False
    at = copy.nx_packet_data_start + ALIGNMENT
    mem = copy._mem
    mem[at : at + size] = packet._mem[start : start + size]
    copy.nx_packet_prepend_ptr = at + HEADER
    copy.nx_packet_append_ptr = at + size
    copy.nx_packet_length = size - HEADER
    receiver.rx_count += 1
    deliver(receiver.ip_ptr, receiver.interface, copy, mem[at + 12] << 8 | mem[at + 13])
    return True


class _DeviceWire(RamWire):
    """The wire behind ``nx_ram_network_driver``: what the device's RAM driver answers."""

    def _answer(self, port: Port, request: "NX_IP_DRIVER") -> int:
        command = request.nx_ip_driver_command
        if command == NX_LINK_GET_STATUS:
            # The state told is always that of the instance's first interface.
            request.nx_ip_driver_return_ptr[0] = port.ip_ptr.nx_ip_interface[0].nx_interface_link_up
            return NX_SUCCESS
        if command in _DEVICE_COUNTERS:
            request.nx_ip_driver_return_ptr[0] = 0
            return NX_SUCCESS
        if command not in _DEVICE_COMMANDS:
            return NX_UNHANDLED_COMMAND
        return RamWire._answer(self, port, request)


_DEVICE_COUNTERS = (
    NX_LINK_GET_ERROR_COUNT,
    NX_LINK_GET_RX_COUNT,
    NX_LINK_GET_TX_COUNT,
    NX_LINK_GET_ALLOC_ERRORS,
)
_DEVICE_COMMANDS = (
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_UNINITIALIZE,
    NX_LINK_ENABLE,
    NX_LINK_DISABLE,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
    NX_LINK_SET_PHYSICAL_ADDRESS,
    NX_LINK_DEFERRED_PROCESSING,
    # Not the device's, but how a wrapper that needs checksums asks for them.
    NX_INTERFACE_CAPABILITY_SET,
)


def default_wire(sim: "Any") -> RamWire:
    """The wire behind ``nx_ram_network_driver`` in a simulation, made on demand."""
    if sim.default_wire is None:
        sim.default_wire = _DeviceWire(limit=DEVICE_INTERFACES)
    wire: RamWire = sim.default_wire
    return wire


def nx_ram_network_driver(driver_req_ptr: "NX_IP_DRIVER") -> None:
    """The default wire of the simulation, as a driver: the device's RAM driver.

    At most four interfaces share it.  GET_STATUS tells the state of the instance's first interface,
    the counters are always 0, and requests it does not know are answered NX_UNHANDLED_COMMAND, those
    of an interface it does not know NX_INVALID_INTERFACE.
    """
    default_wire(driver_req_ptr.nx_ip_driver_ptr._sim)(driver_req_ptr)
