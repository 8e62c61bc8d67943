"""Serial lines for the tests: a simulated one with a listener at its far end, and real ones on a pseudo-terminal."""

from collections.abc import Callable
from typing import Any

from netx_drivers.slip_wire import SlipWire
from netx_sim.constants import NX_LINK_ENABLE, NX_LINK_INITIALIZE, NX_LINK_INTERFACE_ATTACH, NX_LINK_PACKET_SEND
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import NX_PACKET, _nx_packet_release, packet_bytes, packet_get, packet_write
from netx_sim.testing.driver_bench import DriverRig, make_pool

MTU = 1500
FAR_ADDRESS = 0x0A000002


class FarEnd:
    """A bare interface on a simulated line: hears what the other end sends, and sends whatever it is told."""

    def __init__(self, wire: Callable[[NX_IP_DRIVER], None]) -> None:
        self.wire = wire
        self.heard: list[bytes] = []
        self.times: list[int] = []
        self.pool = make_pool("far end", 1600, 80)
        self.ip = NX_IP()
        _nx_ip_create(self.ip, "far", FAR_ADDRESS, 0xFFFFFF00, self.pool, wire, bytearray(64), 64, 1)
        self.interface = self.ip.nx_ip_interface[0]
        self.interface._receive_hooks = [self._hear]
        for command in (NX_LINK_INTERFACE_ATTACH, NX_LINK_INITIALIZE, NX_LINK_ENABLE):
            self.request(command)

    def _hear(self, ip_ptr: NX_IP, packet: NX_PACKET, ethertype: int) -> bool:
        self.heard.append(packet_bytes(packet))
        self.times.append(ip_ptr._sim.now_us())
        _nx_packet_release(packet)
        return False

    def request(self, command: int, **fields: Any) -> int:
        request = NX_IP_DRIVER()
        request.nx_ip_driver_command = command
        request.nx_ip_driver_ptr = self.ip
        request.nx_ip_driver_interface = self.interface
        for name, value in fields.items():
            setattr(request, "nx_ip_driver_" + name, value)
        self.wire(request)
        status: int = request.nx_ip_driver_status
        return status

    def send(self, data: bytes) -> None:
        packet = packet_get(self.pool, 16, "far end")
        assert packet is not None
        assert packet_write(packet, data, self.pool, "far end")
        assert self.request(NX_LINK_PACKET_SEND, packet=packet) == 0


class SlipWireRig(DriverRig):
    """A simulated line, with the bench at one end."""

    ethernet = False

    def __init__(self, wire: SlipWire | None = None, wrap: Callable[[Any], Any] | None = None) -> None:
        raw = wire or SlipWire(1_000_000, mtu=MTU)
        self.driver = raw if wrap is None else wrap(raw)
        self.far = FarEnd(raw)

    def put(self, frame: bytes) -> None:
        self.far.send(frame)

    def take(self) -> list[bytes]:
        heard, self.far.heard = self.far.heard, []
        return heard
