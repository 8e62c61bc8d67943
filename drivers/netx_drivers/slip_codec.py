"""SLIP framing (RFC 1055): packets to bytes and back, by whole-buffer operations.

A frame is the packet between two END bytes, with END and ESC inside it written as two bytes.  The END
in front is not required by the RFC's table but by its text: it ends whatever noise came before.

Rules of this file: no state but the decoder's, no packet pools, no clock.  Runs on MicroPython, so it
uses only ``bytes`` methods which both have.

Beyond RFC 1055, for lines on which XON and XOFF are taken for flow control: with ``flow`` these two
are escaped as well, in the way of the Bluetooth three-wire UART transport (ESC DE, ESC DF).  Both ends
have to agree on it.
"""

END = 0xC0
ESC = 0xDB
XON = 0x11
XOFF = 0x13

_END = b"\xc0"
_ESC = b"\xdb"
_XON = b"\x11"
_XOFF = b"\x13"
_ESC_END = b"\xdb\xdc"
_ESC_ESC = b"\xdb\xdd"
_ESC_XON = b"\xdb\xde"
_ESC_XOFF = b"\xdb\xdf"


def encode(packet: bytes, flow: bool = False) -> bytes:
    """The bytes on the line for ``packet``.

    Args:
        packet (bytes): anything, END and ESC included.
        flow (bool): keep XON and XOFF off the line, too.
    """
    packet = packet.replace(_ESC, _ESC_ESC).replace(_END, _ESC_END)
    if flow:
        packet = packet.replace(_XON, _ESC_XON).replace(_XOFF, _ESC_XOFF)
    return _END + packet + _END


def decode(frame: bytes, flow: bool = False) -> "bytes | None":
    """The packet in what stood between two END bytes; None if an ESC has no meaning.

    RFC 1055 leaves it open what to do with such a frame; it cannot be what was sent.
    """
    escapes = frame.count(_ESC)
    if not escapes:
        return frame
    known = frame.count(_ESC_END) + frame.count(_ESC_ESC)
    if flow:
        known += frame.count(_ESC_XON) + frame.count(_ESC_XOFF)
    if known != escapes:
        return None
    if flow:
        frame = frame.replace(_ESC_XON, _XON).replace(_ESC_XOFF, _XOFF)
    return frame.replace(_ESC_END, _END).replace(_ESC_ESC, _ESC)


class SlipDecoder:
    """Finds the packets in a stream of bytes that comes in pieces of any size.

    Args:
        longest (int): longer packets are dropped; so much, twice for escapes, is all that is kept.
        flow (bool): see ``encode``.

    Attributes:
        junk (int): bytes dropped because no END was seen yet, such as the banner of a boot loader.
        damaged (int): frames dropped because of an ESC without meaning.
        too_long (int): frames dropped because of their length.
    """

    def __init__(self, longest: int, flow: bool = False) -> None:
        self.longest = longest
        self.flow = flow
        self.junk = self.damaged = self.too_long = 0
        self.reset()

    def reset(self) -> None:
        """Forget what came so far; the next packet begins behind the next END."""
        self._synchronous = False
        self._parts: "list[bytes]" = []  # of the frame that has not ended yet
        self._kept = 0

    def feed(self, data: bytes) -> "list[bytes]":
        """The packets that ``data`` completes, in order.  Empty frames are no packets (RFC 1055)."""
        frames = data.split(_END)
        last = len(frames) - 1
        rest = frames[last]
        if not last:
            self._keep(rest)
            return []
        frames[last] = b""
        frames[0] = self._finish(frames[0])
        self._keep(rest)
        packets = []
        longest = self.longest
        for frame in frames:
            if frame:
                packet = frame if _ESC not in frame else decode(frame, self.flow)
                if packet is None:
                    self.damaged += 1
                elif len(packet) > longest:
                    self.too_long += 1
                else:
                    packets.append(packet)
        return packets

    def _keep(self, data: bytes) -> None:
        """Remember the beginning of a frame, unless it is junk or too long already."""
        if not self._synchronous:
            self.junk += len(data)
        elif data:
            self._kept += len(data)
            if self._kept <= 2 * self.longest:
                self._parts.append(data)
            else:
                self._parts = []

    def _finish(self, data: bytes) -> bytes:
        """The frame that an END behind ``data`` ends; empty if it is to be dropped."""
        if not self._synchronous:
            self._synchronous = True
            self.junk += len(data)
            return b""
        if not self._kept:
            return data
        self._keep(data)
        if not self._parts:
            self.too_long += 1
        frame = b"".join(self._parts)
        self._parts = []
        self._kept = 0
        return frame
