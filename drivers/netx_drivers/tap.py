"""A Linux TAP device as the link of an instance, with checksum and segmentation offload where there is any.

Read first: ``ethernet.py`` for the requests, ``tap_receive.py`` for how frames come in.  A TAP link is
real: from NX_LINK_INITIALIZE on the clock of the simulation is the host's.

Who owns what: a device given by name is opened when the driver is made, and closed by
NX_LINK_UNINITIALIZE, by ``close`` or at the end of the simulation; attaching it again opens it again.
A descriptor that is passed in stays the caller's: it is made non-blocking, is never closed here, and
has to stay open until then.  A packet to be sent is released at once, or, when the device takes no more
for the moment, once it is out; at most ``backlog`` wait, and one more is dropped and counted.
"""

import errno
import os
import select
import sys
import zlib

from netx_drivers.errors import LinkError
from netx_drivers.ethernet import SENDS, Port, answer, frame_start, frame_views
from netx_drivers.tap_offload import PLAIN_HEADER, leave_checksum
from netx_drivers.tap_receive import FrameReader
from netx_sim.constants import (
    NX_FALSE,
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_TX_CHECKSUM,
    NX_LINK_ENABLE,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_UNINITIALIZE,
    NX_TRUE,
)
from netx_sim.diagnostics import report
from netx_sim.link import _nx_ip_driver_link_status_event, interface_setup
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

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
_RETRY_US = 1000
_TAKES_NO_MORE = (errno.EAGAIN, errno.ENOBUFS, errno.ENOMEM)
_DROPS_FRAME = (errno.EIO, errno.EINVAL, errno.EMSGSIZE, errno.EFAULT)  # EIO: the interface is down


class TapDriver:
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

    real_link = True

    def __init__(
        self,
        name_or_fd: "str | int",
        mtu: "int | None" = None,
        offload: "bool | None" = None,
        address: "int | None" = None,
        backlog: int = BACKLOG,
    ) -> None:
        self._name_or_fd = name_or_fd
        self._offload = offload
        self._mtu = mtu
        self._address = address
        self._backlog_limit = backlog
        self._port: "Port | None" = None
        self._reader: "FrameReader | None" = None
        self._backlog: "list[Waiting]" = []
        self._writable: "select.epoll | None" = None
        self._retry: "Any" = None
        self._full = 0  # errno of the last write that was refused for the moment
        self._started = False
        self._device: "TapDevice | None" = _open(name_or_fd, offload)

    def __repr__(self) -> str:
        return f"<TapDriver {self._device.name if self._device else self._name_or_fd}>"

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def offload(self) -> bool:
        """Does the kernel hand over super-segments and unfinished checksums?"""
        return self._device is not None and self._device.segments

    def __call__(self, request: "NX_IP_DRIVER") -> None:
        """Do one request of the stack."""
        port = self._port
        command = request.nx_ip_driver_command
        if port is None or port.interface is not request.nx_ip_driver_interface:
            request.nx_ip_driver_status = self._unknown(request)
        elif command in SENDS:
            request.nx_ip_driver_status = NX_SUCCESS
            self._send(port, request)
        elif command == NX_LINK_INITIALIZE:
            request.nx_ip_driver_status = self._initialize(port)
        elif command in (NX_LINK_UNINITIALIZE, NX_LINK_INTERFACE_DETACH):
            self.close()
            request.nx_ip_driver_status = NX_SUCCESS
        else:
            request.nx_ip_driver_status = answer(port, request)
            if command == NX_LINK_ENABLE and self._device is not None:
                port.interface.nx_interface_link_up = int(self._device.is_up())

    # -- coming and going -----------------------------------------------------------------------

    def _unknown(self, request: "NX_IP_DRIVER") -> int:
        """A request for an interface that is not attached; only attaching, and only one, is allowed."""
        if request.nx_ip_driver_command in SENDS:
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        elif request.nx_ip_driver_command == NX_LINK_INTERFACE_ATTACH and self._port is None:
            return self._attach(request.nx_ip_driver_ptr, request.nx_ip_driver_interface)
        return NX_INVALID_INTERFACE

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> int:
        if self._device is None:
            try:
                self._device = _open(self._name_or_fd, self._offload)
            except LinkError as error:
                report("link", "tap", str(error))
                return NX_NOT_SUCCESSFUL
        address = self._address
        if address is None:
            address = _LOCAL_MSW << 32 | zlib.crc32(self._device.name.encode())
        self._port = port = Port(ip_ptr, interface, address >> 32, address & 0xFFFFFFFF)
        port.capability = _OFFLOAD if self._device.segments else 0
        ip_ptr._sim.at_end.append(self.close)
        return NX_SUCCESS

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

    def close(self) -> None:
        """Give everything back: packets that wait, the watch on the descriptor, the device."""
        device, port = self._device, self._port
        if port is not None:
            port.interface.nx_interface_link_up = NX_FALSE
            self._stop(port, device)
        self._port = self._reader = None
        if device is not None:
            device.close()
            self._device = None

    def _stop(self, port: Port, device: "TapDevice | None") -> None:
        sim = port.ip_ptr._sim
        for packet, _ in self._backlog:
            _nx_packet_transmit_release(packet)
        self._backlog = []
        self._stop_waiting(sim)
        if self._started and device is not None:
            sim.detach_fd(device.fd)
            if device.watch is not None:
                sim.detach_fd(device.watch.fileno())
        self._started = False
        if self.close in sim.at_end:
            sim.at_end.remove(self.close)

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

    def _set_link(self, port: Port, up: bool, message: str) -> None:
        interface = port.interface
        if bool(interface.nx_interface_link_up) != up:
            interface.nx_interface_link_up = NX_TRUE if up else NX_FALSE
            report("link", "tap", message)
            _nx_ip_driver_link_status_event(port.ip_ptr, interface.nx_interface_index)

    # -- sending --------------------------------------------------------------------------------

    def _send(self, port: Port, request: "NX_IP_DRIVER") -> None:
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
        sim = port.ip_ptr._sim
        device = self._device
        assert device is not None
        if self._full != errno.EAGAIN:
            # Out of kernel memory: no event tells when that is over.
            self._retry = sim.call_at_us(sim.now_us() + _RETRY_US, self._on_writable, port)
        elif self._writable is None:
            # An epoll descriptor is readable when what it watches is writable.
            self._writable = select.epoll()
            self._writable.register(device.fd, select.EPOLLOUT)
            sim.attach_fd(self._writable.fileno(), self._on_writable, port)

    def _on_writable(self, port: Port) -> None:
        self._retry = None
        while self._backlog:
            packet, views = self._backlog[0]
            if not self._write(port, views):
                self._wait(port)
                return
            del self._backlog[0]
            _nx_packet_transmit_release(packet)
        self._stop_waiting(port.ip_ptr._sim)

    def _stop_waiting(self, sim: "Any") -> None:
        if self._retry is not None:
            sim.call_cancel(self._retry)
            self._retry = None
        if self._writable is not None:
            sim.detach_fd(self._writable.fileno())
            self._writable.close()
            self._writable = None


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
