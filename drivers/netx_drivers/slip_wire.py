"""A serial line with SLIP, simulated: two interfaces of this process, every byte in its time.

Read first: ``slip_end.py``.  A frame is handed up when the stop bit of its END byte is over, at the
exact microsecond, and a packet stays with the driver until its last byte is out.  So "how long does
this mailbox take at 9600 baud" is answered in milliseconds, and the answer is that of the real line.
"""

import random

from netx_drivers.ethernet import SENDS
from netx_drivers.slip_codec import END
from netx_drivers.slip_end import ADDRESS_COMMANDS, DEFAULT_BAUD, DEFAULT_MTU, SlipEnd, check_options
from netx_sim.constants import (
    NX_FALSE,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_UNINITIALIZE,
)
from netx_sim.link import interface_setup
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

ENDS = 2
BITS_8N1 = 10  # start bit, eight data bits, stop bit
_US = 1000000
_BYTE_BITS = 8


class _Far(SlipEnd):
    """One end of a simulated line, and what it still sends."""

    def __init__(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE", mtu: int, cslip: "bool | str") -> None:
        SlipEnd.__init__(self, ip_ptr, interface, mtu, cslip)
        self.busy_until = 0  # microseconds times baud, so that no rounding adds up
        self.held: "dict[NX_PACKET, Any]" = {}


class SlipWire:
    """A serial line between two interfaces; a driver to be given to both ``nx_ip_create``.

    Args:
        baud (int): bits per second, those that frame a byte included.
        mtu (int): largest IP packet.
        cslip (bool): compress TCP/IP headers (RFC 1144) at both ends.
        noise (float): probability of a byte to be damaged.
        loss (float): probability of a byte to vanish.
        seed (int): of noise and loss: the same seed damages the same bytes of the same traffic.
        bits (int): bit times of one byte on the line; 10 for 8N1, 11 with parity.
        noise_bits (int): bits turned over in a damaged byte, 8 for all.  With fewer, the checksum of TCP
            misses some segments that are damaged twice: two opposite flips in one bit column cancel.

    A third interface is refused.  Each direction has the line for itself.  One wire belongs to one
    simulation; interfaces of an earlier one are forgotten.
    """

    def __init__(
        self,
        baud: int = DEFAULT_BAUD,
        mtu: int = DEFAULT_MTU,
        cslip: bool = False,
        noise: float = 0.0,
        loss: float = 0.0,
        seed: int = 0,
        bits: int = BITS_8N1,
        noise_bits: int = _BYTE_BITS,
    ) -> None:
        check_options(mtu, cslip)
        if baud <= 0 or bits <= 0:
            raise ValueError("baud and bits must be above 0")
        if not (0 <= noise < 1 and 0 <= loss < 1):
            raise ValueError("noise and loss are probabilities, from 0 to below 1")
        self.baud = baud
        self.mtu = mtu
        if not 1 <= noise_bits <= _BYTE_BITS:
            raise ValueError("noise_bits must be from 1 to 8")
        self.cslip = cslip
        self.noise = noise
        self.noise_bits = noise_bits
        self.loss = loss
        self.bits = bits
        self.flipped = 0  # bytes damaged so far
        self.lost = 0  # bytes that vanished so far
        self._chance = random.Random(seed)
        self._ends: "dict[NX_INTERFACE, _Far]" = {}
        self._sim: "Any" = None

    def __repr__(self) -> str:
        return "<SlipWire " + str(self.baud) + " baud, " + str(len(self._ends)) + " ends>"

    def __call__(self, request: "NX_IP_DRIVER") -> None:
        """Do one request of the stack."""
        end = self._ends.get(request.nx_ip_driver_interface)
        command = request.nx_ip_driver_command
        if end is None:
            request.nx_ip_driver_status = self._unknown(request)
        elif command in SENDS:
            request.nx_ip_driver_status = self._send(end, command, request.nx_ip_driver_packet)
        elif command in (NX_LINK_INTERFACE_DETACH, NX_LINK_UNINITIALIZE):
            request.nx_ip_driver_status = self._detach(end)
        elif command == NX_LINK_INITIALIZE:
            interface_setup(end.port.interface, self.mtu, 0, 0, NX_FALSE)
            end.port.interface.nx_interface_capability_flag = 0
            end.port.interface.nx_interface_additional_link_info = end.statistics
            request.nx_ip_driver_status = NX_SUCCESS
        else:
            request.nx_ip_driver_status = end.answer(request)

    def end_of(self, interface: "NX_INTERFACE") -> SlipEnd:
        """The end of the line at an interface, for its statistics.

        Raises:
            KeyError: it is not attached.
        """
        return self._ends[interface]

    # -- coming and going -----------------------------------------------------------------------

    def _unknown(self, request: "NX_IP_DRIVER") -> int:
        """A request for an interface that is not attached; only attaching is allowed."""
        if request.nx_ip_driver_command in SENDS:
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        elif request.nx_ip_driver_command == NX_LINK_INTERFACE_ATTACH:
            return self._attach(request.nx_ip_driver_ptr, request.nx_ip_driver_interface)
        return NX_INVALID_INTERFACE

    def _attach(self, ip_ptr: "NX_IP", interface: "NX_INTERFACE") -> int:
        if ip_ptr._sim is not self._sim:
            self._ends = {}
            self._sim = ip_ptr._sim
        if len(self._ends) == ENDS:
            return NX_INVALID_INTERFACE
        end = _Far(ip_ptr, interface, self.mtu, self.cslip)
        end.port.speed = self.baud
        self._ends[interface] = end
        return NX_SUCCESS

    def _detach(self, end: _Far) -> int:
        """Forget an end; what it had not sent yet is given back and never arrives."""
        end.port.interface.nx_interface_link_up = NX_FALSE
        del self._ends[end.port.interface]
        for packet, event in end.held.items():
            self._sim.call_cancel(event)
            _nx_packet_transmit_release(packet)
        end.held = {}
        return NX_SUCCESS

    # -- the line -------------------------------------------------------------------------------

    def _send(self, end: _Far, command: int, packet: "NX_PACKET") -> int:
        if command in ADDRESS_COMMANDS or not end.port.interface.nx_interface_link_up:
            # There are no hardware addresses to ask for.
            end.dropped()
            _nx_packet_transmit_release(packet)
            return NX_NOT_SUCCESSFUL if command in ADDRESS_COMMANDS else NX_SUCCESS
        data = end.frame(packet)
        start = max(end.busy_until, self._sim.now_us() * self.baud)
        end.busy_until = start + len(data) * self.bits * _US
        packet._holder = "link driver, sending"
        end.held[packet] = self._sim.call_at_us(-(-end.busy_until // self.baud), self._sent, (end, packet))
        if self.noise or self.loss:
            self._transmit_badly(end, data, start)
        else:
            self._transmit(end, data, start, len(data))
        return NX_SUCCESS

    def _sent(self, item: "tuple[_Far, NX_PACKET]") -> None:
        """The last byte of a packet is out."""
        end, packet = item
        del end.held[packet]
        _nx_packet_transmit_release(packet)

    def _transmit(self, end: _Far, data: bytes, start: int, count: int) -> None:
        """Have ``data`` received when ``count`` bytes after ``start`` are over."""
        due = -(-(start + count * self.bits * _US) // self.baud)
        self._sim.call_at_us(due, self._arrive, (end, data))

    def _transmit_badly(self, end: _Far, data: bytes, start: int) -> None:
        """The same over a bad line: an END byte where none was sent ends a frame early."""
        gone = self._some(len(data), self.loss)
        bad = bytearray(data)
        for place in self._some(len(data), self.noise):
            for bit in self._chance.sample(range(_BYTE_BITS), self.noise_bits):
                bad[place] ^= 1 << bit
            self.flipped += 1
        self.lost += len(gone)
        vanished = set(gone)
        piece = bytearray()
        for place, value in enumerate(bad):
            if place not in vanished:
                piece.append(value)
                if value == END and place:
                    self._transmit(end, bytes(piece), start, place + 1)
                    piece = bytearray()
        if piece:
            self._transmit(end, bytes(piece), start, len(bad))

    def _some(self, count: int, probability: float) -> "list[int]":
        """Places of the bytes, of so many, that something happens to."""
        if not probability:
            return []
        draw = self._chance.random
        return [place for place in range(count) if draw() < probability]

    def _arrive(self, item: "tuple[_Far, bytes]") -> None:
        """The other end has received bytes; those of an end that is gone by now are lost."""
        sender, data = item
        if self._ends.get(sender.port.interface) is sender:
            for end in list(self._ends.values()):
                if end is not sender:
                    end.feed(data)
