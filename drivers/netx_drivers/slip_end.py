"""One end of a SLIP line as a driver of either kind sees it: packets to bytes, bytes to packets, counters.

Read first: ``slip_codec.py`` and ``cslip.py``.  What is here knows no port and no clock, so the
simulated line and the real one behave alike.  Runs on MicroPython.

A received packet lies as one from Ethernet does: 16 bytes into the payload, so that it is aligned and
has room for the header of another link it may be forwarded to.
"""

from netx_drivers.ethernet import Port, answer, frame_views
from netx_drivers.slip_codec import SlipDecoder, encode
from netx_sim.constants import (
    NX_INTERFACE_TYPE_OTHER,
    NX_LINK_ARP_RESPONSE_SEND,
    NX_LINK_ARP_SEND,
    NX_LINK_GET_INTERFACE_TYPE,
    NX_LINK_RARP_SEND,
    NX_PHYSICAL_HEADER,
)
from netx_sim.link import ip_packets_received
from netx_sim.packet import _nx_packet_release, packet_get, packet_write
from netx_sim.status import NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
    from netx_sim.packet import NX_PACKET

DEFAULT_BAUD = 115200
DEFAULT_MTU = 1006  # RFC 1055
LEAST_MTU = 68  # RFC 791
LONGEST = 1500  # what is received at least, whatever is sent: a peer may have a larger MTU
ADDRESS_COMMANDS = (NX_LINK_ARP_SEND, NX_LINK_ARP_RESPONSE_SEND, NX_LINK_RARP_SEND)
CSLIP_MODES = (False, True, "never")


class LineStatistics:
    """What happened on a line so far; also shown by ``netstat``.

    Attributes:
        packets_in, packets_out, bytes_in, bytes_out: bytes are those on the line.
        junk: bytes before the first END.
        too_long, damaged: frames dropped; damaged ones have an ESC without meaning, or hold no IP packet.
        compressed_in, compressed_out: packets whose header was compressed.
        tossed: compressed packets dropped since a loss, because they could not be told apart.
        no_packet: packets lost because the pool was empty.
        dropped_out: packets not sent: the line was down, or too many waited.
    """

    __slots__ = (
        "bytes_in",
        "bytes_out",
        "compressed_in",
        "compressed_out",
        "damaged",
        "dropped_out",
        "junk",
        "no_packet",
        "packets_in",
        "packets_out",
        "too_long",
        "tossed",
    )

    def __init__(self) -> None:
        self.packets_in = self.packets_out = self.bytes_in = self.bytes_out = 0
        self.junk = self.too_long = self.damaged = 0
        self.compressed_in = self.compressed_out = self.tossed = 0
        self.no_packet = self.dropped_out = 0

    def __repr__(self) -> str:
        counts = [(name, getattr(self, name)) for name in _STATISTICS]
        return "<LineStatistics " + " ".join([name + "=" + str(count) for name, count in counts if count]) + ">"

    def netstat_line(self) -> str:
        """One line for ``netstat``."""
        counts = [(name, getattr(self, name)) for name in _STATISTICS]
        return "line " + ", ".join([name.replace("_", " ") + " " + str(count) for name, count in counts])


_STATISTICS = (
    "packets_in",
    "packets_out",
    "bytes_in",
    "bytes_out",
    "compressed_in",
    "compressed_out",
    "junk",
    "too_long",
    "damaged",
    "tossed",
    "no_packet",
    "dropped_out",
)


def check_options(mtu: int, cslip: "bool | str") -> None:
    """Refuse what no line can be.

    Raises:
        ValueError: the message names the option.
    """
    if not LEAST_MTU <= mtu <= 0xFFFF:
        raise ValueError("mtu must be from " + str(LEAST_MTU) + " to 65535 bytes")
    if cslip not in CSLIP_MODES:
        raise ValueError('cslip must be True, False (until the peer does it) or "never"')


def _is_whole(packet: "bytes | bytearray") -> bool:
    """Is all there that the length in the header announces?  Text and torn frames are found out here."""
    size = len(packet)
    if packet[0] < 0x60:
        return size >= 20 and (packet[2] << 8 | packet[3]) <= size
    return size >= 40 and (packet[4] << 8 | packet[5]) + 40 <= size


class SlipEnd:
    """Framing, compression and counters of one interface on one line.

    Args:
        ip_ptr, interface: whose packets these are.
        mtu (int): largest packet sent.
        cslip: True compresses TCP/IP headers from the start, False once the peer was seen to do it and
            until it is seen not to (a board with other firmware), "never" neither does nor understands it.
        flow (bool): keep XON and XOFF off the line.
    """

    def __init__(
        self, ip_ptr: "NX_IP", interface: "NX_INTERFACE", mtu: int, cslip: "bool | str", flow: bool = False
    ) -> None:
        self.port = Port(ip_ptr, interface, 0, 0)
        self.statistics = LineStatistics()
        self.flow = flow
        self.cslip = cslip
        self._decoder = SlipDecoder(max(mtu, LONGEST), flow)
        self._compressor: "Any" = None
        self._decompressor: "Any" = None
        if cslip != "never":  # a board that does without does not load it
            from netx_drivers.cslip import Compressor, Decompressor, is_left_alone, is_remember

            self._is_left_alone: "Any" = is_left_alone
            self._new_compressor: "Any" = Compressor
            self._is_remember: "Any" = is_remember
            self._compressor = Compressor() if cslip is True else None
            self._decompressor = Decompressor()

    @property
    def compressing(self) -> bool:
        """Are headers compressed that are sent?"""
        return self._compressor is not None

    def reset(self) -> None:
        """The line was interrupted: nothing of what either end remembers holds any more."""
        self._decoder.reset()
        if self._compressor is not None:
            self._compressor.reset()
        if self._decompressor is not None:
            self._decompressor.reset()

    # -- sending --------------------------------------------------------------------------------

    def frame(self, packet: "NX_PACKET") -> bytes:
        """The bytes on the line for a packet to be sent; the packet stays as it is."""
        views = frame_views(packet, packet.nx_packet_prepend_ptr)
        data = bytes(views[0]) if len(views) == 1 else b"".join(views)
        statistics = self.statistics
        compressor = self._compressor
        if compressor is not None and data:
            before = compressor.compressed
            data = compressor.compress(data)
            statistics.compressed_out += compressor.compressed - before
        data = encode(data, self.flow)
        self.port.tx_count += 1
        statistics.packets_out += 1
        statistics.bytes_out += len(data)
        return data

    # -- receiving ------------------------------------------------------------------------------

    def feed(self, data: bytes) -> None:
        """Take bytes from the line, and hand up the packets that they complete."""
        statistics, decoder = self.statistics, self._decoder
        statistics.bytes_in += len(data)
        frames = decoder.feed(data)
        lost = decoder.damaged + decoder.too_long
        if lost != statistics.damaged + statistics.too_long or decoder.junk != statistics.junk:
            self._count_losses()
        if not frames:
            return
        if self._compressor is not None and self.cslip is False:
            self._follow_peer(frames)
        packets = []
        for frame in frames:
            found = frame if 0x40 <= frame[0] < 0x50 else self._unusual(frame)
            if found is not None and not _is_whole(found):
                self._damaged()
            elif found is not None:
                packet = self._receive(found)
                if packet is not None:
                    packets.append(packet)
        if packets:
            ip_packets_received(self.port.ip_ptr, self.port.interface, packets)

    def _follow_peer(self, frames: "list[bytes]") -> None:
        """A peer that sends headers as they are would not understand ours either."""
        for frame in frames:
            if self._is_left_alone(frame):
                self._compressor = None
                return

    def _count_losses(self) -> None:
        """Take over the decoder's counters; what was lost makes compressed headers uncertain."""
        statistics, decoder = self.statistics, self._decoder
        if self._decompressor is not None:
            self._decompressor.lost()
        self.port.error_count += decoder.damaged + decoder.too_long - statistics.damaged - statistics.too_long
        statistics.junk = decoder.junk
        statistics.too_long = decoder.too_long
        statistics.damaged = decoder.damaged

    def _unusual(self, frame: bytes) -> "bytes | bytearray | None":
        """The packet in a frame that is no IPv4 packet; None if it is none at all."""
        kind = frame[0] >> 4
        if kind == 6:
            return frame
        decompressor = self._decompressor
        if decompressor is None or kind < 7:
            self._damaged()
            return None
        if kind == 7 and self._compressor is None and self._is_remember(frame):
            self._compressor = self._new_compressor()
        errors = decompressor.errors
        packet: "bytes | bytearray | None" = decompressor.expand(frame)
        if decompressor.errors != errors:
            self._damaged()
        self.statistics.tossed = decompressor.tossed
        self.statistics.compressed_in = decompressor.expanded
        return packet

    def _damaged(self) -> None:
        self._decoder.damaged += 1
        self._count_losses()

    def _receive(self, data: "bytes | bytearray") -> "NX_PACKET | None":
        """The packet in which data travel up; None if the interface does not receive, or the pool is empty."""
        port = self.port
        if not port.rx_enabled or not port.interface.nx_interface_link_up:
            return None
        pool = port.ip_ptr.nx_ip_default_packet_pool
        packet = packet_get(pool, NX_PHYSICAL_HEADER, "link driver")
        if packet is None or not packet_write(packet, data, pool, "link driver"):
            if packet is not None:
                _nx_packet_release(packet)
            port.alloc_errors += 1
            self.statistics.no_packet += 1
            return None
        if data[0] >= 0x60:
            packet.nx_packet_ip_version = 6
        packet.nx_packet_interface_ptr = port.interface
        port.rx_count += 1
        self.statistics.packets_in += 1
        return packet

    def dropped(self) -> None:
        """A packet was not sent."""
        self.port.error_count += 1
        self.statistics.dropped_out += 1

    def answer(self, request: "NX_IP_DRIVER") -> int:
        """Do a request that moves no packet; its status."""
        if request.nx_ip_driver_command == NX_LINK_GET_INTERFACE_TYPE:
            request.nx_ip_driver_return_ptr[0] = NX_INTERFACE_TYPE_OTHER
            return NX_SUCCESS
        return answer(self.port, request)
