"""Serial lines for the tests: a simulated one with a listener at its far end, and real ones on a pseudo-terminal."""

import contextlib
import errno
import os
import socket
import tempfile
import tty
from collections.abc import Callable
from typing import Any

from netx_drivers.slip import SlipDriver
from netx_drivers.slip_codec import SlipDecoder, encode
from netx_drivers.slip_wire import SlipWire
from netx_sim.constants import NX_LINK_ENABLE, NX_LINK_INITIALIZE, NX_LINK_INTERFACE_ATTACH, NX_LINK_PACKET_SEND
from netx_sim.ip import NX_IP, _nx_ip_create
from netx_sim.kernel import current
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


class PtyRig(DriverRig):
    """A SlipDriver on a pseudo-terminal that it opens by name; the tests hold the other end.

    The name is a link, so that a new terminal can be plugged in under it.
    """

    ethernet = False
    can_change_link = True

    def __init__(self, wrap: Callable[[Any], Any] | None = None, **options: Any) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="netx-slip-")
        self.name = os.path.join(self.folder.name, "tty")
        self.far = -1
        self.plug_in()
        self.slip = SlipDriver(self.name, **{"mtu": MTU, "retry_ms": 5} | options)
        self.driver = self.slip if wrap is None else wrap(self.slip)

    def plug_in(self) -> None:
        self.far, near = os.openpty()
        tty.setraw(near)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.name)
        os.symlink(os.ttyname(near), self.name)
        # The terminal lasts as long as somebody has it open.
        self.near = near
        os.set_blocking(self.far, False)
        self.decoder = SlipDecoder(MTU)

    def unplug(self) -> None:
        os.close(self.far)
        os.close(self.near)
        os.unlink(self.name)
        self.far = -1

    def set_link(self, up: bool) -> None:
        (self.plug_in if up else self.unplug)()

    def put(self, frame: bytes) -> None:
        self.put_bytes(encode(frame))

    def put_bytes(self, data: bytes) -> None:
        """Write to the line as fast as the driver reads."""
        while data:
            try:
                data = data[os.write(self.far, data) :]
            except BlockingIOError:
                current().wait(None, 1)

    def take_bytes(self) -> bytes:
        found = b""
        while True:
            try:
                found += os.read(self.far, 65536)
            except BlockingIOError:
                return found

    def take(self) -> list[bytes]:
        return self.decoder.feed(self.take_bytes())

    def close(self) -> None:
        self.slip.close()
        if self.far >= 0:
            self.unplug()
        self.folder.cleanup()


class PairRig(DriverRig):
    """A SlipDriver on one end of a pair of sockets, given as a descriptor."""

    ethernet = False

    def __init__(self, **options: Any) -> None:
        self.near, self.far = socket.socketpair()
        self.far.setblocking(False)
        self.decoder = SlipDecoder(MTU)
        self.slip = self.driver = SlipDriver(self.near.fileno(), **{"mtu": MTU, "retry_ms": 5} | options)

    def put(self, frame: bytes) -> None:
        self.far.send(encode(frame, self.slip._flow[1]))

    def take(self) -> list[bytes]:
        try:
            return self.decoder.feed(self.far.recv(1 << 20))
        except BlockingIOError:
            return []

    def close(self) -> None:
        self.slip.close()
        self.near.close()
        self.far.close()


class Uart:
    """A UART object as boards have it: takes a few bytes at a time, gives None for nothing."""

    def __init__(self, room: int = 64) -> None:
        self.room = room
        self.sent = bytearray()
        self.incoming = bytearray()
        self.broken = False

    def any(self) -> int:
        if self.broken:
            raise OSError(errno.EIO, "broken")
        return len(self.incoming)

    def read(self, size: int) -> bytes | None:
        data = bytes(self.incoming[:size])
        del self.incoming[:size]
        return data or None

    def write(self, data: bytes | memoryview) -> int | None:
        count = min(len(data), self.room)
        self.sent += data[:count]
        return count or None


class UartRig(DriverRig):
    """A SlipDriver on a UART object, which tells nothing of its own: in virtual time."""

    ethernet = False

    def __init__(self, **options: Any) -> None:
        self.uart = Uart()
        self.decoder = SlipDecoder(MTU)
        self.slip = self.driver = SlipDriver(self.uart, **{"mtu": MTU} | options)

    def put(self, frame: bytes) -> None:
        self.uart.incoming += encode(frame)

    def take(self) -> list[bytes]:
        sent = bytes(self.uart.sent)
        self.uart.sent.clear()
        return self.decoder.feed(sent)

    def close(self) -> None:
        self.slip.close()


def until(sim: Any, condition: Callable[[], object]) -> None:
    """Let the instances work until the condition holds."""
    for _ in range(500):
        if condition():
            return
        sim.wait(None, 1)
    raise AssertionError("it did not come")
