"""Media for the driver conformance suite: a RAM wire, a pair of sockets, and a TAP device with the kernel behind it."""

import errno
import os
import socket
from collections.abc import Callable
from typing import Any

from netx_drivers.capture import Capture
from netx_drivers.faults import Faults
from netx_drivers.ram import RamWire, default_wire, nx_ram_network_driver
from netx_drivers.tap import TapDriver
from netx_sim.constants import (
    NX_LINK_ENABLE,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_RAW_PACKET_SEND,
    NX_PHYSICAL_HEADER,
)
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.kernel import current
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import NX_PACKET, _nx_packet_release, packet_get, packet_write
from netx_sim.testing.driver_bench import DriverRig, make_pool
from tests.peers import netns

ETH_P_ALL = 3
PACKET_OUTGOING = 4


class Tapper:
    """A bare interface on a RAM wire: hears what the others send, and sends whatever it is told."""

    def __init__(self, driver: Callable[[NX_IP_DRIVER], None]) -> None:
        self.driver = driver
        self.heard: list[bytes] = []
        self.pool = make_pool("tapper", 2000, 80)
        self.ip = NX_IP()
        _nx_ip_create(self.ip, "tapper", 0x0A000002, 0xFFFFFF00, self.pool, driver, bytearray(64), 64, 1)
        self.interface = self.ip.nx_ip_interface[0]
        # Created by a thread it outranks, the instance has started: the ear comes behind the hooks of wrappers.
        if self.interface._receive_hooks is None:
            self.interface._receive_hooks = []
        self.interface._receive_hooks.append(self._hear)

    def _hear(self, ip_ptr: NX_IP, packet: NX_PACKET, ethertype: int) -> bool:
        start = packet.nx_packet_prepend_ptr - 14
        self.heard.append(bytes(packet._mem[start : packet.nx_packet_append_ptr]))
        _nx_packet_release(packet)
        return False

    def request(self, command: int, **fields: Any) -> int:
        request = NX_IP_DRIVER()
        request.nx_ip_driver_command = command
        request.nx_ip_driver_ptr = self.ip
        request.nx_ip_driver_interface = self.interface
        for name, value in fields.items():
            setattr(request, "nx_ip_driver_" + name, value)
        self.driver(request)
        status: int = request.nx_ip_driver_status
        return status

    def send(self, frame: bytes) -> None:
        packet = packet_get(self.pool, NX_PHYSICAL_HEADER, "tapper")
        assert packet is not None
        assert packet_write(packet, frame, self.pool, "tapper")
        assert self.request(NX_LINK_RAW_PACKET_SEND, packet=packet) == 0


class WireRig(DriverRig):
    """A RAM wire, with the bench at one end and a Tapper at the other; ``wrap`` puts wrappers round the bench's end."""

    def __init__(
        self, wire: Callable[[NX_IP_DRIVER], None] | None = None, wrap: Callable[[Any], Any] | None = None
    ) -> None:
        wire = RamWire() if wire is None else wire
        raw = default_wire(current()) if wire is nx_ram_network_driver else wire
        self.driver = wire if wrap is None else wrap(wire)
        self.tapper = Tapper(raw)
        for command in (NX_LINK_INTERFACE_ATTACH, NX_LINK_INITIALIZE, NX_LINK_ENABLE):
            self.tapper.request(command)
        # Hears the frames for the addresses the checks send to.
        for port in raw._ports.values():
            port.msw, port.lsw = 0x0200, 0x00000002

    def put(self, frame: bytes) -> None:
        self.tapper.send(frame)

    def take(self) -> list[bytes]:
        heard, self.tapper.heard = self.tapper.heard, []
        return heard


class SocketRig(DriverRig):
    """A TapDriver on one end of a socket pair, which carries frames like a TAP device does."""

    def __init__(self, wrap: Callable[[Any], Any] | None = None, **options: Any) -> None:
        self.near, self.far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.far.setblocking(False)
        self.tap = TapDriver(self.near.fileno(), **options)
        self.driver = self.tap if wrap is None else wrap(self.tap)

    def put(self, frame: bytes) -> None:
        self.far.send(frame)

    def take(self) -> list[bytes]:
        return _drain(lambda: self.far.recv(70000))

    def close(self) -> None:
        self.tap.close()
        self.near.close()
        self.far.close()


class Inside:
    """A TapDriver whose device lives in a namespace: it is opened there, also when it is attached again."""

    real_link = True

    def __init__(self, space: netns.Namespace, name: str, **options: Any) -> None:
        self.space = space
        self.tap: TapDriver = space.call(lambda: TapDriver(name, **options))

    def __call__(self, request: NX_IP_DRIVER) -> None:
        if request.nx_ip_driver_command == NX_LINK_INTERFACE_ATTACH:
            self.space.call(lambda: self.tap(request))
        else:
            self.tap(request)


class TapRig(DriverRig):
    """A TapDriver on a TAP device in a namespace; a packet socket of the kernel is the other end."""

    can_change_link = True

    def __init__(self, offload: bool | None = None, wrap: Callable[[Any], Any] | None = None) -> None:
        self.space = netns.Namespace()
        self.device = netns.Tap(self.space, "tap0", "10.9.9.1/24")
        self.socket = self.space.call(self._packet_socket)
        inside = Inside(self.space, "tap0", offload=offload)
        self.tap = inside.tap
        self.driver = inside if wrap is None else wrap(inside)

    def _packet_socket(self) -> socket.socket:
        packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        packets.bind(("tap0", ETH_P_ALL))
        packets.setblocking(False)
        return packets

    def put(self, frame: bytes) -> None:
        try:
            self.socket.send(frame)
        except OSError as error:
            # The socket tells once that the link was down meanwhile.
            if error.errno != errno.ENETDOWN:
                raise
            self.socket.send(frame)

    def take(self) -> list[bytes]:
        found = _drain(lambda: self.socket.recvfrom(70000))
        return [frame for frame, address in found if address[2] != PACKET_OUTGOING and frame[:3] != b"\x33\x33\x00"]

    def set_link(self, up: bool) -> None:
        (self.device.up if up else self.device.down)()

    def close(self) -> None:
        self.tap.close()
        self.socket.close()
        os.close(self.space.fd)


def _drain(receive: Callable[[], Any]) -> list[Any]:
    found = []
    while True:
        try:
            found.append(receive())
        except BlockingIOError:
            return found


def captured(driver: Any) -> Any:
    """A capture that goes nowhere."""
    import io

    return Capture(driver, io.BytesIO())


def faultless(driver: Any) -> Any:
    """A fault wrapper that does nothing, in both directions."""
    return Faults(driver, receive=True)
