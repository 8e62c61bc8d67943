"""A serial line with SLIP (RFC 1055) as the link of an instance: a board on a cable, a pseudo-terminal, a UART.

Read first: ``slip_end.py`` for what goes over the line, ``slip_port.py`` for the ports.  A serial link is
real: from NX_LINK_INITIALIZE on the clock of the simulation is the host's.

Who owns what: a port given by name is opened when the driver is made, closed by NX_LINK_UNINITIALIZE, by
``close`` or at the end of the simulation, and opened again when the driver is attached again.  A
descriptor or an object that is passed in stays the caller's.  A packet to be sent is released when its
last byte is with the port; at most ``backlog`` wait, and one more is dropped and counted.

Runs on MicroPython, with a ``machine.UART`` or the descriptor of a terminal.
"""

import select

from netx_drivers.ethernet import SENDS
from netx_drivers.slip_end import (
    ADDRESS_COMMANDS,
    DEFAULT_BAUD,
    DEFAULT_MTU,
    LineStatistics,
    SlipEnd,
    check_options,
)
from netx_drivers.slip_port import HAS_DESCRIPTORS, open_port
from netx_sim.constants import (
    NX_FALSE,
    NX_LINK_DISABLE,
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
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

BACKLOG = 256
RETRY_MS = 200
_READS_A_TURN = 16  # before the stack gets its turn
_POLL_US = 1000  # for ports that tell nothing


class SlipDriver:
    """The serial port ``port`` as the link of one interface.

    Args:
        port: a device ("/dev/ttyUSB0"), a pyserial URL ("socket://host:port", "rfc2217://...",
            "loop://"), a descriptor, a ``machine.UART`` or what reads and writes like one.
        baud (int): bits per second, for a port given by name; 8N1.
        mtu (int): largest IP packet sent.  Received are packets of up to 1500 bytes, or of ``mtu``.
        cslip: True compresses TCP/IP headers (RFC 1144) from the start, False as soon as the peer was
            seen to do it, "never" neither does nor understands it.
        rtscts (bool): hardware flow control, for a port given by name.
        xonxoff (bool): software flow control; XON and XOFF in packets are escaped then, which the peer
            has to know (see ``slip_codec.py``).
        backlog (int): most packets that wait for the port.
        retry_ms (int): how often a port that went away is looked for.

    Raises:
        ValueError: an option no line can have.
        LinkError: the port cannot be opened; the message names what mends it.

    A port that goes away (unplugged, the other end closed) takes the link down, and up again when it is
    back: looked for under its name, or at the descriptor.  The stack is told both.
    """

    real_link = True

    def __init__(
        self,
        port: "Any",
        baud: int = DEFAULT_BAUD,
        mtu: int = DEFAULT_MTU,
        cslip: "bool | str" = False,
        rtscts: bool = False,
        xonxoff: bool = False,
        backlog: int = BACKLOG,
        retry_ms: int = RETRY_MS,
    ) -> None:
        check_options(mtu, cslip)
        if baud <= 0:
            raise ValueError("baud must be above 0")
        self._where = port
        self._baud = baud
        self._mtu = mtu
        self._cslip = cslip
        self._flow = (rtscts, xonxoff)
        self._backlog_limit = backlog
        self._retry_ms = retry_ms
        self._end: "SlipEnd | None" = None
        self._queue: "list[NX_PACKET]" = []  # the first one is partly sent
        self._rest: "bytes | memoryview" = b""  # of the first one, as it goes over the line
        self._enabled = False
        self._started = False
        self._watched = False
        self._writable: "Any" = None
        self._timer: "Any" = None  # until the port may take more
        self._poller: "Any" = None  # until a port without events is looked at
        self._reopener: "Any" = None
        self.statistics = LineStatistics()
        self._port: "Any" = self._open()

    def __repr__(self) -> str:
        return "<SlipDriver " + (str(self._where) if self._port is None else self._port.name) + ">"

    def __enter__(self) -> "SlipDriver":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def compressing(self) -> bool:
        """Are the headers compressed of what is sent?"""
        return self._end is not None and self._end.compressing

    def __call__(self, request: "NX_IP_DRIVER") -> None:
        """Do one request of the stack."""
        end = self._end
        command = request.nx_ip_driver_command
        if end is None or end.port.interface is not request.nx_ip_driver_interface:
            request.nx_ip_driver_status = self._unknown(request)
        elif command in SENDS:
            request.nx_ip_driver_status = self._send(end, command, request.nx_ip_driver_packet)
        elif command == NX_LINK_INITIALIZE:
            request.nx_ip_driver_status = self._initialize(end)
        elif command in (NX_LINK_UNINITIALIZE, NX_LINK_INTERFACE_DETACH):
            self.close()
            request.nx_ip_driver_status = NX_SUCCESS
        else:
            request.nx_ip_driver_status = end.answer(request)
            if command in (NX_LINK_ENABLE, NX_LINK_DISABLE):
                self._enabled = command == NX_LINK_ENABLE
                end.port.interface.nx_interface_link_up = int(self._enabled and self._port is not None)

    # -- coming and going -----------------------------------------------------------------------

    def _open(self) -> "Any":
        return open_port(self._where, self._baud, *self._flow)

    def _unknown(self, request: "NX_IP_DRIVER") -> int:
        """A request for an interface that is not attached; only attaching, and only one, is allowed."""
        if request.nx_ip_driver_command in SENDS:
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        elif request.nx_ip_driver_command == NX_LINK_INTERFACE_ATTACH and self._end is None:
            return self._attach(request.nx_ip_driver_ptr, request.nx_ip_driver_interface)
        return NX_INVALID_INTERFACE

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> int:
        if self._port is None:
            try:
                self._port = self._open()
            except OSError as error:
                report("link", "slip", str(error))
                return NX_NOT_SUCCESSFUL
        self._end = end = SlipEnd(ip_ptr, interface, self._mtu, self._cslip, self._flow[1])
        end.port.speed = self._baud
        self.statistics = end.statistics
        ip_ptr._sim.at_end.append(self.close)
        return NX_SUCCESS

    def _initialize(self, end: SlipEnd) -> int:
        interface_setup(end.port.interface, self._mtu, 0, 0, NX_FALSE)
        end.port.interface.nx_interface_capability_flag = 0
        end.port.interface.nx_interface_additional_link_info = end.statistics
        if not self._started:
            self._started = True
            self._watch(end)
            if HAS_DESCRIPTORS and self._port.fd is not None:
                self._look_again(end)
        return NX_SUCCESS

    def _look_again(self, end: SlipEnd) -> None:
        """Be ready to have a lost port back; until then this keeps the clock real."""
        from netx_drivers.slip_serial import Reopener

        self._reopener = Reopener(self._open, self._retry_ms / 1000)
        end.port.ip_ptr._sim.attach_fd(self._reopener.fd, self._on_reopened, end)

    def _watch(self, end: SlipEnd) -> None:
        """Have the port read when it has something, or every millisecond if it cannot tell."""
        port = self._port
        if port.watch is None:
            self._on_poll(port)
        else:
            end.port.ip_ptr._sim.attach_fd(port.watch, self._on_readable, port)
            self._watched = True

    def close(self) -> None:
        """Give everything back: packets that wait, the watch on the port, the port."""
        end = self._end
        if end is not None:
            sim = end.port.ip_ptr._sim
            end.port.interface.nx_interface_link_up = NX_FALSE
            self._leave_port(end)
            if self._reopener is not None:
                sim.detach_fd(self._reopener.fd)
                self._reopener.close()
                self._reopener = None
            if self.close in sim.at_end:
                sim.at_end.remove(self.close)
        elif self._port is not None:
            self._port.close()
        self._port = self._end = None
        self._started = self._enabled = False

    def _leave_port(self, end: SlipEnd) -> None:
        """Let go of the port, with all that waits for it."""
        sim = end.port.ip_ptr._sim
        queue, self._queue, self._rest = self._queue, [], b""
        for packet in queue:
            end.dropped()
            _nx_packet_transmit_release(packet)
        self._stop_waiting(sim)
        if self._poller is not None:
            sim.call_cancel(self._poller)
            self._poller = None
        port, self._port = self._port, None
        if port is not None:
            if self._watched:
                sim.detach_fd(port.watch)
                self._watched = False
            port.close()

    def _lost(self, error: OSError) -> None:
        """The port is gone: the link is down until it is back."""
        end, port = self._end, self._port
        if end is None or port is None:
            return
        self._leave_port(end)
        end.reset()
        self._set_link(end, False, port.name + " is gone (" + str(error) + ")")
        if self._reopener is not None:
            self._reopener.start()

    def _on_reopened(self, end: SlipEnd) -> None:
        if self._reopener is None:
            return
        self._port = self._reopener.take()
        self._watch(end)
        if self._enabled:
            self._set_link(end, True, self._port.name + " is back")

    def _set_link(self, end: SlipEnd, up: bool, message: str) -> None:
        interface = end.port.interface
        if bool(interface.nx_interface_link_up) != up:
            interface.nx_interface_link_up = NX_TRUE if up else NX_FALSE
            report("link", "slip", message)
            _nx_ip_driver_link_status_event(end.port.ip_ptr, interface.nx_interface_index)

    # -- receiving ------------------------------------------------------------------------------

    def _on_readable(self, port: "Any") -> None:
        end = self._end
        if end is None or port is not self._port:
            return
        try:
            for _ in range(_READS_A_TURN):
                data = port.read()
                if not data:
                    break
                end.feed(data)
        except OSError as error:
            self._lost(error)

    def _on_poll(self, port: "Any") -> None:
        """Look at a port that cannot be watched, and again in a while."""
        self._poller = None
        self._on_readable(port)
        end = self._end
        if end is not None and port is self._port:
            sim = end.port.ip_ptr._sim
            self._poller = sim.call_at_us(sim.now_us() + _POLL_US, self._on_poll, port)

    # -- sending --------------------------------------------------------------------------------

    def _send(self, end: SlipEnd, command: int, packet: "NX_PACKET") -> int:
        """Send a packet, or have it wait behind others, or drop it; it is given back in any case."""
        refused = command in ADDRESS_COMMANDS  # there are no hardware addresses to ask for
        waiting = len(self._queue)
        if refused or not end.port.interface.nx_interface_link_up or waiting >= self._backlog_limit:
            end.dropped()
            _nx_packet_transmit_release(packet)
            return NX_NOT_SUCCESSFUL if refused else NX_SUCCESS
        self._queue.append(packet)
        packet._holder = "link driver, waiting for the port"
        if not waiting:
            self._rest = end.frame(packet)
            self._on_writable(end)
        return NX_SUCCESS

    def _on_writable(self, end: SlipEnd) -> None:
        """Send what waits, as far as the port takes it."""
        self._timer = None
        queue = self._queue
        try:
            while queue:
                rest = self._rest
                taken = self._port.write(rest)
                if taken < len(rest):
                    self._rest = memoryview(rest)[taken:]
                    self._wait(end)
                    return
                _nx_packet_transmit_release(queue.pop(0))
                self._rest = end.frame(queue[0]) if queue else b""
        except OSError as error:
            self._lost(error)
            return
        if self._writable is not None:
            self._stop_waiting(end.port.ip_ptr._sim)

    def _wait(self, end: SlipEnd) -> None:
        """Have ``_on_writable`` called when the port may take more."""
        sim = end.port.ip_ptr._sim
        if self._port.fd is None or not hasattr(select, "epoll"):
            self._timer = sim.call_at_us(sim.now_us() + _POLL_US, self._on_writable, end)
        elif self._writable is None:
            # An epoll descriptor is readable when what it watches is writable.
            self._writable = select.epoll()
            self._writable.register(self._port.fd, select.EPOLLOUT)
            sim.attach_fd(self._writable.fileno(), self._on_writable, end)

    def _stop_waiting(self, sim: "Any") -> None:
        if self._timer is not None:
            sim.call_cancel(self._timer)
            self._timer = None
        if self._writable is not None:
            sim.detach_fd(self._writable.fileno())
            self._writable.close()
            self._writable = None
