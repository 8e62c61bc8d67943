"""A Linux TAP device as the link of an instance, with checksum and segmentation offload where there is any.

Read first: ``port_link.py`` for the requests, ``tap_receive.py`` for how frames come in.  A TAP link is
real: from NX_LINK_INITIALIZE on the clock of the simulation is the host's.

Who owns what: a device given by name is opened when the driver is made, and closed by
NX_LINK_UNINITIALIZE, by ``close`` or at the end of the simulation; attaching it again opens it again.
A descriptor that is passed in stays the caller's: it is made non-blocking, is never closed here, and
has to stay open until then.  A packet to be sent is released at once, or, when the device takes no more
for the moment, once it is out; at most ``backlog`` wait, and one more is dropped and counted.
"""

import errno
import os
import sys
import zlib

from netx_drivers.errors import LinkError
from netx_drivers.ethernet import Port, answer, frame_start, frame_views
from netx_drivers.port_link import PortLink, Room
from netx_drivers.tap_offload import PLAIN_HEADER, leave_checksum
from netx_drivers.tap_receive import FrameReader
from netx_sim.constants import (
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM,
    NX_LINK_ENABLE,
    NX_TRUE,
)
from netx_sim.link import interface_setup
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.status import NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_drivers.tap_device import TapDevice
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

    Waiting = tuple[NX_PACKET, list[Any]]

__all__ = ["LinkError", "TapDriver"]

BACKLOG = 64
_OFFLOAD = (
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM
    | NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM
    | NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM
)
_LOCAL_MSW = 0x024E  # a locally administered address; the rest follows from the device's name
_TAKES_NO_MORE = (errno.EAGAIN, errno.ENOBUFS, errno.ENOMEM)
_DROPS_FRAME = (errno.EIO, errno.EINVAL, errno.EMSGSIZE, errno.EFAULT)  # EIO: the interface is down


class TapDriver(PortLink):
    """The TAP device ``name_or_fd`` as the link of one interface.

    Args:
        name_or_fd: name of a TAP device that exists and is up, or a descriptor: of a TAP device, or
            anything else that carries one Ethernet frame per read and write (a socket pair).
        mtu: largest IP packet; None takes the device's.
        offload: None uses what the kernel offers and reports what it does not, False uses none, True
            fails without.
        address: hardware address as 48-bit number; None makes one from the name.
        backlog (int): most packets that wait for the device.

    Raises:
        LinkError: the device cannot be had; the message names the command that mends it.

    With offload, super-segments of up to 64 KiB are split into segments of the size the stack asked
    for, and checksums of TCP are neither computed nor verified where the kernel vouches for them.  A
    wrapper that needs checksums takes that back by NX_INTERFACE_CAPABILITY_SET.

    The link goes down and up with the device (``ip link set tap0 down``), where the driver may watch
    it: not for a descriptor of a device in another network namespace.
    """

    kind = "tap"

    def __init__(
        self,
        name_or_fd: "str | int",
        mtu: "int | None" = None,
        offload: "bool | None" = None,
        address: "int | None" = None,
        backlog: int = BACKLOG,
    ) -> None:
        super().__init__()
        self._name_or_fd = name_or_fd
        self._offload = offload
        self._mtu = mtu
        self._address = address
        self._backlog_limit = backlog
        self._reader: "FrameReader | None" = None
        self._backlog: "list[Waiting]" = []
        self._room = Room(self._on_writable)
        self._full = 0  # errno of the last write that was refused for the moment
        self._started = False
        self._device: "TapDevice | None" = _open(name_or_fd, offload)

    def __repr__(self) -> str:
        return f"<TapDriver {self._device.name if self._device else self._name_or_fd}>"

    @property
    def offload(self) -> bool:
        """Does the kernel hand over super-segments and unfinished checksums?"""
        return self._device is not None and self._device.segments

    # -- coming and going -----------------------------------------------------------------------

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> "Port | None":
        if self._device is None:
            try:
                self._device = _open(self._name_or_fd, self._offload)
            except LinkError as error:
                self._complain(error)
                return None
        address = self._address
        if address is None:
            address = _LOCAL_MSW << 32 | zlib.crc32(self._device.name.encode())
        port = Port(ip_ptr, interface, address >> 32, address & 0xFFFFFFFF)
        port.capability = _OFFLOAD if self._device.segments else 0
        return port

    def _initialize(self, port: Port) -> int:
        device = self._device
        assert device is not None
        mtu = device.mtu() if self._mtu is None else self._mtu
        interface_setup(port.interface, mtu, port.msw, port.lsw, NX_TRUE)
        port.interface.nx_interface_capability_flag = port.capability
        self._reader = FrameReader(port, device.fd, device.vnet, mtu)
        if not self._started:
            self._started = True
            sim = port.ip_ptr._sim
            sim.attach_fd(device.fd, self._on_readable, self._reader)
            if device.watch is not None:
                sim.attach_fd(device.watch.fileno(), self._on_link_change, port)
        return NX_SUCCESS

    def _answer(self, port: Port, request: "NX_IP_DRIVER") -> int:
        status = answer(port, request)
        if request.nx_ip_driver_command == NX_LINK_ENABLE and self._device is not None:
            port.interface.nx_interface_link_up = int(self._device.is_up())
        return status

    def _leave(self, port: Port) -> None:
        sim, device = port.ip_ptr._sim, self._device
        for packet, _ in self._backlog:
            _nx_packet_transmit_release(packet)
        self._backlog = []
        self._room.stop(sim)
        if self._started and device is not None:
            sim.detach_fd(device.fd)
            if device.watch is not None:
                sim.detach_fd(device.watch.fileno())
        self._started = False
        self._reader = None

    def _close_link(self) -> None:
        if self._device is not None:
            self._device.close()
            self._device = None

    # -- receiving ------------------------------------------------------------------------------

    def _on_readable(self, reader: "FrameReader") -> None:
        try:
            reader.drain()
        except OSError as error:
            self._lost(error)

    def _lost(self, error: OSError) -> None:
        """The descriptor is of no use any more: the device was removed, or the other end closed."""
        port, device = self._port, self._device
        if port is None or device is None:
            return
        port.ip_ptr._sim.detach_fd(device.fd)
        self._set_link(port, False, f"{device.name} is gone ({error.strerror})")

    def _on_link_change(self, port: Port) -> None:
        device = self._device
        for up in device.link_changes() if device is not None else ():
            self._set_link(port, up, f"{self._name_or_fd} is {'up' if up else 'down'}")

    # -- sending --------------------------------------------------------------------------------

    def _send(self, port: Port, request: "NX_IP_DRIVER") -> int:
        packet = request.nx_ip_driver_packet
        start = frame_start(request, port.msw, port.lsw)
        views: "list[Any]" = frame_views(packet, start)
        device = self._device
        assert device is not None
        if device.vnet:
            views.insert(0, _vnet_header(port, packet, start))
        if not port.interface.nx_interface_link_up:
            port.error_count += 1
            _nx_packet_transmit_release(packet)
        elif self._backlog:
            self._keep(port, packet, views)
        elif self._write(port, views):
            _nx_packet_transmit_release(packet)
        else:
            self._keep(port, packet, views)
            self._wait(port)
        return NX_SUCCESS

    def _write(self, port: Port, views: "list[Any]") -> bool:
        """Send one frame; False if the device takes no more for the moment.  A refused frame is dropped."""
        device = self._device
        assert device is not None
        try:
            os.writev(device.fd, views)
        except OSError as error:
            if error.errno in _TAKES_NO_MORE:
                self._full = error.errno
                return False
            port.error_count += 1
            if error.errno not in _DROPS_FRAME:
                self._lost(error)
            return True
        port.tx_count += 1
        return True

    def _keep(self, port: Port, packet: "NX_PACKET", views: "list[Any]") -> None:
        """Have a packet wait for the device, unless too many do."""
        if len(self._backlog) >= self._backlog_limit:
            port.error_count += 1
            _nx_packet_transmit_release(packet)
            return
        packet._holder = "link driver, waiting for the device"
        self._backlog.append((packet, views))

    def _wait(self, port: Port) -> None:
        """Have ``_on_writable`` called when the device may take more."""
        device = self._device
        assert device is not None
        # Out of kernel memory: no event tells when that is over.
        self._room.wait(port.ip_ptr._sim, port, device.fd if self._full == errno.EAGAIN else None)

    def _on_writable(self, port: Port) -> None:
        while self._backlog:
            packet, views = self._backlog[0]
            if not self._write(port, views):
                self._wait(port)
                return
            del self._backlog[0]
            _nx_packet_transmit_release(packet)
        self._room.stop(port.ip_ptr._sim)


def _vnet_header(port: Port, packet: "NX_PACKET", start: int) -> bytes:
    """The virtio header of a frame; with offload the kernel is to finish TCP checksums."""
    if port.interface.nx_interface_capability_flag & NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM:
        return leave_checksum(packet._mem, start)
    return PLAIN_HEADER


def _open(name_or_fd: "str | int", offload: "bool | None") -> "TapDevice":
    if not sys.platform.startswith("linux"):
        raise LinkError(f"TAP links need Linux, this is {sys.platform}", "using the link ram:, or a Linux machine")
    from netx_drivers.tap_device import TapDevice

    return TapDevice(name_or_fd, offload)
