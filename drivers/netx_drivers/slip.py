"""A serial line with SLIP (RFC 1055) as the link of an instance: a board on a cable, a pseudo-terminal, a UART.

Read first: ``port_link.py`` for the requests, ``slip_end.py`` for what goes over the line, ``slip_port.py`` for the
ports.  A serial link is real: from NX_LINK_INITIALIZE on the clock of the simulation is the host's.

Who owns what: a port given by name is opened when the driver is made, closed by NX_LINK_UNINITIALIZE, by
``close`` or at the end of the simulation, and opened again when the driver is attached again.  A
descriptor or an object that is passed in stays the caller's.  A packet to be sent is released when its
last byte is with the port; at most ``backlog`` wait, and one more is dropped and counted.

Runs on MicroPython, with a ``machine.UART`` or the descriptor of a terminal.
"""

from netx_drivers.port_link import PortLink, Room
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
)
from netx_sim.link import interface_setup
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.status import NX_NOT_SUCCESSFUL, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_drivers.ethernet import Port
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

BACKLOG = 256
RETRY_MS = 200
_READS_A_TURN = 16  # before the stack gets its turn
_POLL_US = 1000  # for ports that tell nothing


class SlipDriver(PortLink):
    """The serial port ``port`` as the link of one interface.

    Args:
        port: a device ("/dev/ttyUSB0"), a pyserial URL ("socket://host:port", "rfc2217://...",
            "loop://"), a descriptor, a ``machine.UART`` or what reads and writes like one.
        baud (int): bits per second, for a port given by name; 8N1.
        mtu (int): largest IP packet sent.  Received are packets of up to 1500 bytes, or of ``mtu``.
        cslip: True compresses TCP/IP headers (RFC 1144) from the start, False as long as the peer is
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

    kind = "slip"

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
        PortLink.__init__(self)
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
        self._room = Room(self._on_writable)
        self._poller: "Any" = None  # until a port without events is looked at
        self._reopener: "Any" = None
        self.statistics = LineStatistics()
        self._line: "Any" = self._open()

    def __repr__(self) -> str:
        return "<SlipDriver " + (str(self._where) if self._line is None else self._line.name) + ">"

    @property
    def compressing(self) -> bool:
        """Are the headers compressed of what is sent?"""
        return self._end is not None and self._end.compressing

    # -- coming and going -----------------------------------------------------------------------

    def _open(self) -> "Any":
        return open_port(self._where, self._baud, *self._flow)

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> "Port | None":
        if self._line is None:
            try:
                self._line = self._open()
            except OSError as error:
                self._complain(error)
                return None
        self._end = end = SlipEnd(ip_ptr, interface, self._mtu, self._cslip, self._flow[1])
        end.port.speed = self._baud
        self.statistics = end.statistics
        return end.port

    def _initialize(self, port: "Port") -> int:
        end = self._end
        assert end is not None
        interface_setup(port.interface, self._mtu, 0, 0, NX_FALSE)
        port.interface.nx_interface_capability_flag = 0
        port.interface.nx_interface_additional_link_info = end.statistics
        if not self._started:
            self._started = True
            self._watch(end)
            if HAS_DESCRIPTORS and self._line.fd is not None:
                self._look_again(end)
        return NX_SUCCESS

    def _look_again(self, end: SlipEnd) -> None:
        """Be ready to have a lost port back; until then this keeps the clock real."""
        from netx_drivers.slip_serial import Reopener

        self._reopener = Reopener(self._open, self._retry_ms / 1000)
        end.port.ip_ptr._sim.attach_fd(self._reopener.fd, self._on_reopened, end)

    def _watch(self, end: SlipEnd) -> None:
        """Have the port read when it has something, or every millisecond if it cannot tell."""
        line = self._line
        if line.watch is None:
            self._on_poll(line)
        else:
            end.port.ip_ptr._sim.attach_fd(line.watch, self._on_readable, line)
            self._watched = True

    def _answer(self, port: "Port", request: "NX_IP_DRIVER") -> int:
        end, command = self._end, request.nx_ip_driver_command
        assert end is not None
        status = end.answer(request)
        if command in (NX_LINK_ENABLE, NX_LINK_DISABLE):
            self._enabled = command == NX_LINK_ENABLE
            port.interface.nx_interface_link_up = int(self._enabled and self._line is not None)
        return status

    def _leave(self, port: "Port") -> None:
        end = self._end
        assert end is not None
        self._leave_line(end)
        if self._reopener is not None:
            port.ip_ptr._sim.detach_fd(self._reopener.fd)
            self._reopener.close()
            self._reopener = None
        self._end = None
        self._started = self._enabled = False

    def _close_link(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    def _leave_line(self, end: SlipEnd) -> None:
        """Let go of the port, with all that waits for it."""
        sim = end.port.ip_ptr._sim
        queue, self._queue, self._rest = self._queue, [], b""
        for packet in queue:
            end.dropped()
            _nx_packet_transmit_release(packet)
        self._room.stop(sim)
        if self._poller is not None:
            sim.call_cancel(self._poller)
            self._poller = None
        if self._watched:
            sim.detach_fd(self._line.watch)
            self._watched = False
        self._close_link()

    def _lost(self, error: OSError) -> None:
        """The port is gone: the link is down until it is back."""
        end, line = self._end, self._line
        if end is None or line is None:
            return
        self._leave_line(end)
        end.reset()
        self._set_link(end.port, False, line.name + " is gone (" + str(error) + ")")
        if self._reopener is not None:
            self._reopener.start()

    def _on_reopened(self, end: SlipEnd) -> None:
        if self._reopener is None:
            return
        self._line = self._reopener.take()
        self._watch(end)
        if self._enabled:
            self._set_link(end.port, True, self._line.name + " is back")

    # -- receiving ------------------------------------------------------------------------------

    def _on_readable(self, line: "Any") -> None:
        end = self._end
        if end is None or line is not self._line:
            return
        try:
            for _ in range(_READS_A_TURN):
                data = line.read()
                if not data:
                    break
                end.feed(data)
        except OSError as error:
            self._lost(error)

    def _on_poll(self, line: "Any") -> None:
        """Look at a port that cannot be watched, and again in a while."""
        self._poller = None
        self._on_readable(line)
        end = self._end
        if end is not None and line is self._line:
            sim = end.port.ip_ptr._sim
            self._poller = sim.call_at_us(sim.now_us() + _POLL_US, self._on_poll, line)

    # -- sending --------------------------------------------------------------------------------

    def _send(self, port: "Port", request: "NX_IP_DRIVER") -> int:
        """Send a packet, or have it wait behind others, or drop it; it is given back in any case."""
        end, packet = self._end, request.nx_ip_driver_packet
        assert end is not None
        refused = request.nx_ip_driver_command in ADDRESS_COMMANDS  # there are no hardware addresses to ask for
        waiting = len(self._queue)
        if refused or not port.interface.nx_interface_link_up or waiting >= self._backlog_limit:
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
        queue = self._queue
        try:
            while queue:
                rest = self._rest
                taken = self._line.write(rest)
                if taken < len(rest):
                    self._rest = memoryview(rest)[taken:]
                    self._room.wait(end.port.ip_ptr._sim, end, self._line.fd)
                    return
                _nx_packet_transmit_release(queue.pop(0))
                self._rest = end.frame(queue[0]) if queue else b""
        except OSError as error:
            self._lost(error)
            return
        self._room.stop(end.port.ip_ptr._sim)
