"""Unfinished checksums and super-segments, as Linux hands them over with a virtio_net_hdr.

Read first: VIRTIO 1.1 section 5.1.6, packet transmission.  A frame the kernel made itself comes with a
checksum that holds only the pseudo header, and a TCP frame may be up to 64 KiB long with one header.
Here such a frame becomes what a device would have received: segments of the size the receiver asked
for, each with headers of its own.  Functions on bytes only; no packets, no descriptors.
"""

import struct
from functools import cache

from netx_drivers.ethernet import HEADER
from netx_sim.wire.checksum import finish, ones_sum, ones_sum_chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

# struct virtio_net_hdr, in the machine's byte order
VNET = struct.Struct("=BBHHHH")  # flags, gso_type, hdr_len, gso_size, csum_start, csum_offset
NEEDS_CSUM = 1
DATA_VALID = 2
GSO_NONE = 0
GSO_ECN = 0x80  # a bit beside the type
PLAIN_HEADER = VNET.pack(0, GSO_NONE, 0, 0, 0, 0)

TCP = 6
UDP = 17
TCP_CHECKSUM_AT = 16
UDP_CHECKSUM_AT = 6
_IPV4 = 0x0800
_IPV6 = 0x86DD
_IPV4_HEADER = 20
_IPV6_HEADER = 40
_FIN_PSH = 0x09
_CWR = 0x80
_MORE_OR_OFFSET = 0x3FFF


def pseudo_sum(mem: "Any", ip_at: int, length: int) -> int:
    """Sum of the pseudo header of the TCP segment of ``length`` bytes behind the IP header at ``ip_at``."""
    if mem[ip_at] >> 4 == 6:
        return int.from_bytes(mem[ip_at + 8 : ip_at + 40], "big") + TCP + length
    return int.from_bytes(mem[ip_at + 12 : ip_at + 20], "big") + TCP + length


def tcp_offset(mem: "Any", ip_at: int) -> int:
    """Where the TCP header of the packet at ``ip_at`` is; 0 if it holds none, or only a part of one."""
    if mem[ip_at] >> 4 == 6:
        return ip_at + _IPV6_HEADER if mem[ip_at + 6] == TCP else 0
    if mem[ip_at + 9] != TCP or _is_fragment(mem, ip_at):
        return 0
    header: int = (mem[ip_at] & 15) * 4
    return ip_at + header


def is_tcp_fragment(mem: "Any", ip_at: int) -> bool:
    """Is the packet at ``ip_at`` a part of a TCP segment that IPv4 cut up?"""
    return mem[ip_at] >> 4 == 4 and mem[ip_at + 9] == TCP and _is_fragment(mem, ip_at)


def _is_fragment(mem: "Any", ip_at: int) -> bool:
    return bool((mem[ip_at + 6] << 8 | mem[ip_at + 7]) & _MORE_OR_OFFSET)


def leave_checksum(mem: "Any", start: int) -> bytes:
    """Prepare the frame at ``start`` for a kernel that finishes TCP checksums; its virtio header."""
    ethertype, version, total, fragment, protocol = _IPV4_LOOK.unpack_from(mem, start + HEADER - 2)
    if ethertype == _IPV4 and protocol == TCP and not fragment & _MORE_OR_OFFSET:
        header = (version & 15) * 4
        summed = int.from_bytes(mem[start + 26 : start + 34], "big") + TCP + total - header
        struct.pack_into(">H", mem, start + HEADER + header + TCP_CHECKSUM_AT, summed % 65535)
        return _FINISH_TCP4 if header == _IPV4_HEADER else _finish_tcp(HEADER + header)
    if ethertype == _IPV6 and mem[start + HEADER + 6] == TCP:
        tcp_at = start + HEADER + _IPV6_HEADER
        length = mem[start + HEADER + 4] << 8 | mem[start + HEADER + 5]
        struct.pack_into(">H", mem, tcp_at + TCP_CHECKSUM_AT, pseudo_sum(mem, start + HEADER, length) % 65535)
        return _finish_tcp(HEADER + _IPV6_HEADER)
    return PLAIN_HEADER


def _finish_tcp(tcp_at: int) -> bytes:
    return VNET.pack(NEEDS_CSUM, GSO_NONE, 0, 0, tcp_at, TCP_CHECKSUM_AT)


# EtherType, version and header length, total length, flags and offset, protocol
_IPV4_LOOK = struct.Struct(">HBxH2xHxB")
_FINISH_TCP4 = _finish_tcp(34)


def finish_checksum(parts: "Sequence[Any]", start: int, offset: int) -> None:
    """Finish a checksum that holds the sum of the pseudo header, in a frame in writable parts.

    Args:
        parts: the frame.
        start (int): offset in the frame at which the covered bytes begin.
        offset (int): where the field is, from ``start``.
    """
    value = finish(ones_sum_chain(_behind(parts, start)))
    if not value and offset == UDP_CHECKSUM_AT:
        value = 0xFFFF  # RFC 768: zero would mean that there is none
    _put(parts, start + offset, value >> 8)
    _put(parts, start + offset + 1, value & 0xFF)


def _behind(parts: "Sequence[Any]", start: int) -> "list[Any]":
    """The parts without the first ``start`` bytes."""
    behind = []
    for part in parts:
        if start < len(part):
            behind.append(part[start:])
        start = max(0, start - len(part))
    return behind


def _put(parts: "Sequence[Any]", at: int, value: int) -> None:
    for part in parts:
        if at < len(part):
            part[at] = value
            return
        at -= len(part)


def is_sound(frame: "Any") -> bool:
    """Are the IPv4 header and the TCP checksum of a frame right?  True for anything else.

    For frames nobody vouches for, on an interface whose stack was told not to look.
    """
    if len(frame) < HEADER + _IPV4_HEADER:
        return True
    ethertype = frame[12] << 8 | frame[13]
    if ethertype == _IPV4:
        header = (frame[HEADER] & 15) * 4
        end = HEADER + (frame[HEADER + 2] << 8 | frame[HEADER + 3])
        if ones_sum(frame[HEADER : HEADER + header]) != 0xFFFF:
            return False
    elif ethertype == _IPV6:
        end = HEADER + _IPV6_HEADER + (frame[HEADER + 4] << 8 | frame[HEADER + 5])
    else:
        return True
    tcp_at = tcp_offset(frame, HEADER)
    if not tcp_at:
        return True
    segment = frame[tcp_at:end]
    return finish(pseudo_sum(frame, HEADER, len(segment)) + ones_sum(segment)) == 0


class Splitter:
    """Headers for the segments of one TCP super-segment (what a device's peer would have sent).

    Args:
        head: the headers of the super-segment, link header included.
        tcp_at (int): where the TCP header is in them.

    The TCP checksum in them is that of the super-segment; see ``finish_segment``.
    """

    __slots__ = ("_front", "_ident", "_ip_sum", "_layout", "_middle", "_ports", "_rest", "_sequence", "_tails", "size")

    def __init__(self, head: bytes, tcp_at: int) -> None:
        self.size = len(head)
        flags = head[tcp_at + 13]
        plain = flags & ~(_FIN_PSH | _CWR)
        # RFC 9293 3.8.3, RFC 3168 6.1.2: PSH and FIN belong to the last segment, CWR to the first.
        kinds = {(False, False): plain, (True, False): plain | flags & _CWR, (False, True): plain | flags & _FIN_PSH}
        kinds[True, True] = flags
        before, behind = head[tcp_at + 8 : tcp_at + 13], head[tcp_at + 14 :]
        self._tails = {kind: before + bytes((value,)) + behind for kind, value in kinds.items()}
        self._sequence = int.from_bytes(head[tcp_at + 4 : tcp_at + 8], "big")
        version_4 = head[HEADER] >> 4 == 4
        self._ident = head[HEADER + 4] << 8 | head[HEADER + 5] if version_4 else -1
        # The fields that differ, and what is between them.
        middle = _IPV4_FIELDS if version_4 else _IPV6_FIELDS
        self._layout = _struct(f"{middle}{tcp_at + 4 - struct.calcsize(middle)}sI{self.size - tcp_at - 8}s")
        self._ports = head[struct.calcsize(middle) : tcp_at + 4]
        self._front = head[: HEADER + 2] if version_4 else head[: HEADER + 4]
        self._rest = self.size - HEADER if version_4 else self.size - HEADER - _IPV6_HEADER
        self._middle = head[HEADER + 6 : HEADER + 10]
        constant = head[HEADER : HEADER + 2] + self._middle + head[HEADER + 12 : tcp_at]
        self._ip_sum = ones_sum(constant) if version_4 else 0

    def write(self, mem: "Any", at: int, number: int, offset: int, size: int, last: bool) -> None:
        """Write the headers of segment ``number`` (from 0) to ``at``.

        Args:
            mem: where to.
            at (int): place in it.
            number (int): of the segment, from 0.
            offset (int): of its data in those of the super-segment.
            size (int): of its data.
            last (bool): nothing follows.
        """
        total = self._rest + size
        sequence = self._sequence + offset & 0xFFFFFFFF
        tail = self._tails[not number, last]
        if self._ident < 0:
            self._layout.pack_into(mem, at, self._front, total, self._ports, sequence, tail)
            return
        ident = self._ident + number & 0xFFFF
        checksum = 65535 - ((self._ip_sum + total + ident) % 65535 or 65535)
        self._layout.pack_into(mem, at, self._front, total, ident, self._middle, checksum, self._ports, sequence, tail)


# link header, version, service type; total length; identification; flags, lifetime, protocol; checksum
_IPV4_FIELDS = ">16sHH4sH"
# link header, version, class, flow; payload length
_IPV6_FIELDS = ">18sH"


@cache
def _struct(layout: str) -> struct.Struct:
    return struct.Struct(layout)


def finish_segment(frame: "Any", tcp_at: int) -> None:
    """Compute the TCP checksum of a writable frame that ends with its segment."""
    struct.pack_into(">H", frame, tcp_at + TCP_CHECKSUM_AT, 0)
    segment = frame[tcp_at:]
    total = pseudo_sum(frame, HEADER, len(segment)) + ones_sum(segment)
    struct.pack_into(">H", frame, tcp_at + TCP_CHECKSUM_AT, finish(total))
