"""TCP/IP header compression for slow lines (RFC 1144): 40 bytes of headers become 3 to 16.

Read first: RFC 1144 sections 3.2 and 4.  Both ends keep the last header of each of up to 16
connections; what is sent is how the next one differs.  The first byte tells the three kinds apart:

    4x or 6x   an IP packet as it is
    7x         an IP packet whose protocol field holds the number of its connection: "remember this"
    8x to Fx   a compressed header: the change mask

A lost or damaged frame makes the two ends disagree.  Then the TCP checksum, which is always sent, is
wrong until the sender repeats a segment, which goes as "remember this".

Runs on MicroPython.  No packet pools here: bytes in, bytes out.
"""

from struct import pack, pack_into, unpack_from

from netx_sim.wire.checksum import checksum

CONNECTIONS = 16  # what every implementation has, and what a peer may use without agreement

# The change mask.
_COMPRESSED = 0x80
_NEW_CONNECTION = 0x40
_NEW_ID = 0x20
_PUSH = 0x10
_NEW_SEQUENCE = 0x08
_NEW_ACK = 0x04
_NEW_WINDOW = 0x02
_URGENT = 0x01
_WHAT = 0x0F
# Two combinations that cannot happen stand for two that happen all the time.
_ECHOED = _NEW_SEQUENCE | _NEW_WINDOW | _URGENT
_DATA = _NEW_SEQUENCE | _NEW_ACK | _NEW_WINDOW | _URGENT

_REMEMBER = 0x70
_TCP = 6
_ID_AT, _FRAGMENT_AT, _PROTOCOL_AT, _CHECKSUM_AT, _ADDRESSES_AT = 4, 6, 9, 10, 12
_IP_HEADER = 20
_TCP_HEADER = 20
_TCP_FORMAT = ">IIBBHHH"  # from the sequence number on: number, acknowledgement, offset, flags, window, sum, urgent
_FIN_SYN_RST_ACK = 0x17
_ACK_FLAG, _PUSH_FLAG, _URGENT_FLAG = 0x10, 0x08, 0x20
_NOT_A_FRAGMENT = 0x3FFF  # more fragments, and the offset


def is_remember(frame: bytes) -> bool:
    """Is this a sound "remember this" frame?  Its IP checksum proves that a peer compresses headers."""
    return len(frame) >= _IP_HEADER + _TCP_HEADER and frame[0] >> 4 == 7 and _restored(frame) is not None


def is_left_alone(packet: bytes) -> bool:
    """Is this a sound packet that no peer sends as it is that compresses headers?"""
    tcp = (packet[0] & 0x0F) * 4
    return _eligible(packet, tcp) and not checksum(packet[:tcp])


def _eligible(packet: bytes, tcp: int) -> bool:
    """Is it for compression at all: an IPv4 packet, no fragment, with a TCP header of an established connection?"""
    return (
        packet[0] >> 4 == 4
        and len(packet) >= tcp + _TCP_HEADER
        and packet[_PROTOCOL_AT] == _TCP
        and not unpack_from(">H", packet, _FRAGMENT_AT)[0] & _NOT_A_FRAGMENT
        and packet[tcp + 13] & _FIN_SYN_RST_ACK == _ACK_FLAG
    )


def _restored(frame: bytes) -> "bytearray | None":
    """The packet in a "remember this" frame; None if its IP header is damaged."""
    packet = bytearray(frame)
    packet[0] = (packet[0] & 0x0F) | 0x40
    packet[_PROTOCOL_AT] = _TCP
    header = (packet[0] & 0x0F) * 4
    if header < _IP_HEADER or len(packet) < header + _TCP_HEADER or checksum(packet[:header]):
        return None
    return packet


def _number(value: int) -> bytes:
    """A difference: one byte from 1 to 255, else a zero and two bytes."""
    return pack(">B", value) if 0 < value < 256 else pack(">BH", 0, value)


class _Connection:
    """The last header of one connection, at either end of the line."""

    __slots__ = ("ack", "flow", "header", "ident", "length", "sequence", "size", "urgent", "window")

    def __init__(self) -> None:
        self.flow = b""  # addresses and ports
        self.header = bytearray()
        self.size = 0  # of the header
        self.length = 0  # of the packet
        self.ident = self.sequence = self.ack = self.window = self.urgent = 0

    def remember(self, packet: "bytes | bytearray", tcp: int, size: int) -> None:
        """Take over the headers of a packet whose TCP header is at ``tcp``, with the data behind ``size``."""
        self.header = bytearray(packet[:size])
        self.size = size
        self.length = len(packet)
        self.ident = packet[_ID_AT] << 8 | packet[_ID_AT + 1]
        self.sequence, self.ack, _, _, self.window, _, self.urgent = unpack_from(_TCP_FORMAT, packet, tcp + 4)


class Compressor:
    """The sending end of a line.

    Attributes:
        compressed (int): packets sent with a compressed header.
        remembered (int): packets sent as "remember this".
    """

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self.compressed = self.remembered = 0
        self.reset()

    def reset(self) -> None:
        """The other end may have forgotten all: send every connection anew."""
        self._slots: "dict[bytes, int]" = {}
        self._states = [_Connection() for _ in range(self._connections)]
        self._used = list(range(self._connections))  # the least recently used first
        self._last = -1

    def compress(self, packet: bytes) -> bytes:
        """What to send for an IP packet: a compressed one, "remember this", or the packet as it is."""
        tcp = (packet[0] & 0x0F) * 4
        if not _eligible(packet, tcp):
            return packet
        size = tcp + (packet[tcp + 12] >> 4) * 4
        if len(packet) < size or size < tcp + _TCP_HEADER or len(packet) != unpack_from(">H", packet, 2)[0]:
            return packet
        flow = packet[_ADDRESSES_AT:_IP_HEADER] + packet[tcp : tcp + 4]
        slot = self._slots.get(flow)
        changes = None
        if slot is None:
            slot = self._take_slot(flow)
        else:
            if self._used[-1] != slot:
                self._used.remove(slot)
                self._used.append(slot)
            changes = self._changes(self._states[slot], packet, tcp, size)
        self._states[slot].remember(packet, tcp, size)
        return self._remember(slot, packet) if changes is None else self._short(slot, packet, tcp, size, changes)

    def _take_slot(self, flow: bytes) -> int:
        """The slot that was not used for the longest time, for a new connection."""
        slot = self._used.pop(0)
        self._used.append(slot)
        state = self._states[slot]
        if state.flow:
            del self._slots[state.flow]
        state.flow = flow
        self._slots[flow] = slot
        return slot

    def _remember(self, slot: int, packet: bytes) -> bytes:
        self._last = slot
        self.remembered += 1
        frame = bytearray(packet)
        frame[0] |= _REMEMBER
        frame[_PROTOCOL_AT] = slot
        return bytes(frame)

    def _short(self, slot: int, packet: bytes, tcp: int, size: int, changes: "tuple[int, bytes]") -> bytes:
        """The compressed packet: mask, connection if it is another one, TCP checksum, differences, data."""
        mask, differences = changes
        self.compressed += 1
        total = packet[tcp + 16 : tcp + 18]
        if slot == self._last:
            return pack(">B", mask | _COMPRESSED) + total + differences + packet[size:]
        self._last = slot
        return pack(">BB", mask | _COMPRESSED | _NEW_CONNECTION, slot) + total + differences + packet[size:]

    def _changes(self, old: _Connection, packet: bytes, tcp: int, size: int) -> "tuple[int, bytes] | None":
        """Mask and differences (RFC 1144 section 3.2.2); None if the header changed in another way."""
        if not _same_otherwise(old, packet, tcp, size):
            return None
        sequence, ack, _, flags, window, _, urgent = unpack_from(_TCP_FORMAT, packet, tcp + 4)
        mask = 0
        differences = b""
        if flags & _URGENT_FLAG:
            mask = _URGENT
            differences = _number(urgent)
        elif urgent != old.urgent:
            return None
        if window != old.window:
            mask |= _NEW_WINDOW
            differences += _number((window - old.window) & 0xFFFF)
        ack_step = (ack - old.ack) & 0xFFFFFFFF
        step = (sequence - old.sequence) & 0xFFFFFFFF
        if ack_step > 0xFFFF or step > 0xFFFF:
            return None
        if ack_step:
            mask |= _NEW_ACK
            differences += _number(ack_step)
        if step:
            mask |= _NEW_SEQUENCE
            differences += _number(step)
        before = old.length - old.size
        if mask in (_NEW_SEQUENCE, _NEW_SEQUENCE | _NEW_ACK) and step == before:
            if mask == _NEW_SEQUENCE:
                mask, differences = _DATA, b""
            elif ack_step == step:
                mask, differences = _ECHOED, b""
        elif mask in (_ECHOED, _DATA) or (not mask and (before or len(packet) == old.length)):
            # The first two would be taken for the special cases; the last is a segment sent again, or a probe.
            return None
        ident = ((packet[_ID_AT] << 8 | packet[_ID_AT + 1]) - old.ident) & 0xFFFF
        if ident != 1:
            mask |= _NEW_ID
            differences += _number(ident)
        return (mask | _PUSH if flags & _PUSH_FLAG else mask), differences


def _same_otherwise(old: _Connection, packet: bytes, tcp: int, size: int) -> bool:
    """Are all fields the same of which a compressed header says nothing?"""
    header = old.header
    return (
        size == old.size
        and packet[:2] == header[:2]
        and packet[_FRAGMENT_AT:_CHECKSUM_AT] == header[_FRAGMENT_AT:_CHECKSUM_AT]
        and packet[tcp + 12] == header[tcp + 12]
        and packet[_IP_HEADER:tcp] == header[_IP_HEADER:tcp]
        and (packet[tcp + 13] & ~(_PUSH_FLAG | _URGENT_FLAG)) == (header[tcp + 13] & ~(_PUSH_FLAG | _URGENT_FLAG))
        and packet[tcp + _TCP_HEADER : size] == header[tcp + _TCP_HEADER : size]
    )


class Decompressor:
    """The receiving end of a line.

    Attributes:
        expanded (int): packets whose header was compressed.
        remembered (int): packets that came as "remember this".
        errors (int): frames that made no sense: an unknown connection, a header cut short.
        tossed (int): frames dropped since a loss, because it was not certain of which connection they are.
    """

    def __init__(self, connections: int = CONNECTIONS) -> None:
        self._connections = connections
        self.expanded = self.remembered = self.errors = self.tossed = 0
        self.reset()

    def reset(self) -> None:
        """Forget all connections."""
        self._states = [_Connection() for _ in range(self._connections)]
        self._last = 0
        self._tossing = True

    def lost(self) -> None:
        """A frame was lost or damaged: until one names its connection, no more are believed."""
        self._tossing = True

    def expand(self, frame: bytes) -> "bytes | bytearray | None":
        """The packet in a frame of any of the three kinds; None if there is none."""
        kind = frame[0] >> 4
        if kind < 7:
            return frame
        packet = self._remember(frame) if kind == 7 else self._expand(frame)
        if packet is None:
            self._tossing = True
        return packet

    def _remember(self, frame: bytes) -> "bytearray | None":
        slot = frame[_PROTOCOL_AT] if len(frame) > _PROTOCOL_AT else self._connections
        packet = _restored(frame) if slot < self._connections else None
        if packet is None:
            self.errors += 1
            return None
        tcp = (packet[0] & 0x0F) * 4
        size = tcp + (packet[tcp + 12] >> 4) * 4
        if not tcp + _TCP_HEADER <= size <= len(packet):
            self.errors += 1
            return None
        self._states[slot].remember(packet, tcp, size)
        self._last = slot
        self._tossing = False
        self.remembered += 1
        return packet

    def _expand(self, frame: bytes) -> "bytearray | None":
        mask = frame[0]
        at = 1
        if mask & _NEW_CONNECTION and len(frame) > 1:
            at = 2
            self._last = frame[1]
            self._tossing = False
        elif self._tossing:
            self.tossed += 1
            return None
        state = self._states[self._last] if self._last < self._connections else None
        if state is None or not state.size or len(frame) < at + 2 + _differences_size(frame, at + 2):
            self.errors += 1
            return None
        data_at = _change(state, frame, at + 2)
        state.length = state.size + len(frame) - data_at
        self.expanded += 1
        return _header_now(state, mask, frame[at : at + 2]) + frame[data_at:]


def _header_now(state: _Connection, mask: int, total: bytes) -> bytearray:
    """The header of a connection after its differences are applied; ``total`` is the TCP checksum."""
    header = state.header
    tcp = (header[0] & 0x0F) * 4
    flags = header[tcp + 13] & ~(_PUSH_FLAG | _URGENT_FLAG)
    if mask & _PUSH:
        flags |= _PUSH_FLAG
    if mask & _URGENT and mask & _WHAT not in (_ECHOED, _DATA):
        flags |= _URGENT_FLAG
    header[tcp + 13] = flags
    header[tcp + 16 : tcp + 18] = total
    pack_into(">II", header, tcp + 4, state.sequence, state.ack)
    pack_into(">H", header, tcp + 14, state.window)
    pack_into(">H", header, tcp + 18, state.urgent)
    pack_into(">HH", header, 2, state.length, state.ident)
    pack_into(">H", header, _CHECKSUM_AT, 0)
    pack_into(">H", header, _CHECKSUM_AT, checksum(header[:tcp]))
    return header


def _differences_size(frame: bytes, at: int) -> int:
    """Bytes that the differences in a frame take, whether or not all of them are there."""
    mask = frame[0]
    count = 1 if mask & _NEW_ID else 0
    if mask & _WHAT not in (_ECHOED, _DATA):
        for bit in (_NEW_SEQUENCE, _NEW_ACK, _NEW_WINDOW, _URGENT):
            if mask & bit:
                count += 1
    size = 0
    while count:
        size += 1 if at + size < len(frame) and frame[at + size] else 3
        count -= 1
    return size


def _change(state: _Connection, frame: bytes, at: int) -> int:
    """Apply the differences, in the order urgent, window, acknowledgement, sequence, ID; where data begin."""
    mask = frame[0]
    what = mask & _WHAT
    before = state.length - state.size
    if what == _DATA:
        state.sequence = (state.sequence + before) & 0xFFFFFFFF
    elif what == _ECHOED:
        state.sequence = (state.sequence + before) & 0xFFFFFFFF
        state.ack = (state.ack + before) & 0xFFFFFFFF
    else:
        if what & _URGENT:
            state.urgent, at = _difference(frame, at)
        if what & _NEW_WINDOW:
            step, at = _difference(frame, at)
            state.window = (state.window + step) & 0xFFFF
        if what & _NEW_ACK:
            step, at = _difference(frame, at)
            state.ack = (state.ack + step) & 0xFFFFFFFF
        if what & _NEW_SEQUENCE:
            step, at = _difference(frame, at)
            state.sequence = (state.sequence + step) & 0xFFFFFFFF
    step = 1
    if mask & _NEW_ID:
        step, at = _difference(frame, at)
    state.ident = (state.ident + step) & 0xFFFF
    return at


def _difference(frame: bytes, at: int) -> "tuple[int, int]":
    """A number as ``_number`` writes it, and where the next one is."""
    value = frame[at]
    if value:
        return value, at + 1
    return frame[at + 1] << 8 | frame[at + 2], at + 3
