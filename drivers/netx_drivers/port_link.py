"""What every driver for a single interface shares: its requests, one after the other, and coming and going.

Read first: ``ethernet.py``, which answers the requests that need no link.  A driver of this kind leads out of the
simulation, so it serves one interface at a time; it may be attached again once it was closed.  It fills in what its
link does in ``_attach``, ``_initialize``, ``_send``, ``_leave`` and ``_close_link``.

Runs on MicroPython.
"""

import select

from netx_drivers.ethernet import SENDS, Port, answer
from netx_sim.constants import (
    NX_FALSE,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_UNINITIALIZE,
    NX_TRUE,
)
from netx_sim.diagnostics import report
from netx_sim.link import _nx_ip_driver_link_status_event
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Self

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER

_ROOM_US = 1000  # how often a link that cannot tell when it takes more is tried


class PortLink:
    """A driver for one interface: a callable for ``nx_ip_create``, and a context manager that closes itself."""

    real_link = True
    kind = ""  # of the link, in what is reported about it

    def __init__(self) -> None:
        self._port: "Port | None" = None

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, request: "NX_IP_DRIVER") -> None:
        """Do one request of the stack."""
        port = self._port
        command = request.nx_ip_driver_command
        if port is None or port.interface is not request.nx_ip_driver_interface:
            status = self._unknown(request)
        elif command in SENDS:
            status = self._send(port, request)
        elif command == NX_LINK_INITIALIZE:
            status = self._initialize(port)
        elif command in (NX_LINK_UNINITIALIZE, NX_LINK_INTERFACE_DETACH):
            self.close()
            status = NX_SUCCESS
        else:
            status = self._answer(port, request)
        request.nx_ip_driver_status = status

    def close(self) -> None:
        """Give everything back: the packets that wait, what is watched, the link itself; harmless when it was done."""
        port = self._port
        if port is not None:
            port.interface.nx_interface_link_up = NX_FALSE
            self._leave(port)
            at_end = port.ip_ptr._sim.at_end
            if self.close in at_end:
                at_end.remove(self.close)
        self._port = None
        self._close_link()

    # -- for drivers to fill in -----------------------------------------------------------------

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> "Port | None":
        """What the driver is to know of an interface that comes; None if the link cannot be had."""
        raise NotImplementedError

    def _initialize(self, port: Port) -> int:
        """Set the interface up, and begin; may be asked again."""
        raise NotImplementedError

    def _send(self, port: Port, request: "NX_IP_DRIVER") -> int:
        """Send a packet, now or later, or drop it; it is given back in any case."""
        raise NotImplementedError

    def _answer(self, port: Port, request: "NX_IP_DRIVER") -> int:
        """Do a request that moves no packet."""
        return answer(port, request)

    def _leave(self, port: Port) -> None:
        """The interface goes: give back its packets, stop watching."""

    def _close_link(self) -> None:
        """Close what the driver has opened, with or without an interface."""

    # -- for drivers to use ---------------------------------------------------------------------

    def _unknown(self, request: "NX_IP_DRIVER") -> int:
        """A request for an interface that is not attached; only attaching, and only one, is allowed."""
        if request.nx_ip_driver_command in SENDS:
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        elif request.nx_ip_driver_command == NX_LINK_INTERFACE_ATTACH and self._port is None:
            ip_ptr = request.nx_ip_driver_ptr
            self._port = self._attach(ip_ptr, request.nx_ip_driver_interface)
            if self._port is None:
                return NX_NOT_SUCCESSFUL
            ip_ptr._sim.at_end.append(self.close)
            return NX_SUCCESS
        return NX_INVALID_INTERFACE

    def _complain(self, message: object) -> None:
        report("link", self.kind, str(message))

    def _set_link(self, port: Port, up: bool, message: str) -> None:
        """The link went down or up by itself: say so, to the stack as well."""
        interface = port.interface
        if bool(interface.nx_interface_link_up) != up:
            interface.nx_interface_link_up = NX_TRUE if up else NX_FALSE
            self._complain(message)
            _nx_ip_driver_link_status_event(port.ip_ptr, interface.nx_interface_index)


class Room:
    """Waits until a link takes more than it just did.

    Args:
        then: called in interrupt context, again and again until ``stop`` where the kernel tells of room.
    """

    def __init__(self, then: "Callable[[Any], None]") -> None:
        self._then = then
        self._timer: "Any" = None
        self._epoll: "Any" = None

    def wait(self, sim: "Any", argument: "Any", fd: "int | None") -> None:
        """Have ``then(argument)`` called: when the descriptor takes more, or in a while if there is none."""
        if fd is None or not hasattr(select, "epoll"):
            if self._timer is None:
                self._timer = sim.call_at_us(sim.now_us() + _ROOM_US, self._tried, argument)
        elif self._epoll is None:
            # An epoll descriptor is readable when what it watches is writable.
            self._epoll = select.epoll()
            self._epoll.register(fd, select.EPOLLOUT)
            sim.attach_fd(self._epoll.fileno(), self._then, argument)

    def _tried(self, argument: "Any") -> None:
        self._timer = None
        self._then(argument)

    def stop(self, sim: "Any") -> None:
        """There is nothing to wait for any more."""
        if self._timer is not None:
            sim.call_cancel(self._timer)
            self._timer = None
        if self._epoll is not None:
            sim.detach_fd(self._epoll.fileno())
            self._epoll.close()
            self._epoll = None
