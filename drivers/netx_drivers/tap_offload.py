"""Unfinished checksums and super-segments, as Linux hands them over with a virtio_net_hdr.

Read first: VIRTIO 1.1 section 5.1.6, packet transmission.  A frame the kernel made itself comes with a
checksum that holds only the pseudo header, and a TCP frame may be up to 64 KiB long with one header.
Here such a frame becomes what a device would have received: segments of the size the receiver asked
for, each with headers of its own.  Functions on bytes only; no packets, no descriptors.
"""

import struct

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
    ip_at = start + HEADER
    ethertype = mem[start + 12] << 8 | mem[start + 13]
    if ethertype == _IPV4:
        end = ip_at + (mem[ip_at + 2] << 8 | mem[ip_at + 3])
    elif ethertype == _IPV6:
        end = ip_at + _IPV6_HEADER + (mem[ip_at + 4] << 8 | mem[ip_at + 5])
    else:
        return PLAIN_HEADER
    tcp_at = tcp_offset(mem, ip_at)
    if not tcp_at:
        return PLAIN_HEADER
    struct.pack_into(">H", mem, tcp_at + TCP_CHECKSUM_AT, pseudo_sum(mem, ip_at, end - tcp_at) % 65535)
    return VNET.pack(NEEDS_CSUM, GSO_NONE, 0, 0, tcp_at - start, TCP_CHECKSUM_AT)


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
        finished (bool): compute the checksums; else they stay as they are, for a stack that skips them.
    """

    __slots__ = ("_finished", "_flags", "_head", "_id", "_ip_sum", "_sequence", "_tcp_at")

    def __init__(self, head: bytes, tcp_at: int, finished: bool) -> None:
        self._head = bytearray(head)
        self._tcp_at = tcp_at
        self._finished = finished
        self._flags = head[tcp_at + 13]
        self._sequence = int.from_bytes(head[tcp_at + 4 : tcp_at + 8], "big")
        self._id = -1
        self._ip_sum = 0
        if head[HEADER] >> 4 == 4:
            self._id = head[HEADER + 4] << 8 | head[HEADER + 5]
            self._head[HEADER + 2 : HEADER + 6] = bytes(4)
            self._head[HEADER + 10 : HEADER + 12] = bytes(2)
            self._ip_sum = ones_sum(self._head[HEADER:tcp_at])

    def head(self, number: int, offset: int, piece: "Any", size: int, last: bool) -> bytearray:
        """Headers of segment ``number``, good until the next call.

        Args:
            number (int): from 0.
            offset (int): of its data in those of the super-segment.
            piece: its data, looked at only if checksums are to be finished.
            size (int): how many bytes they are.
            last (bool): nothing follows.
        """
        head = self._head
        tcp_at = self._tcp_at
        segment = len(head) - tcp_at + size
        if self._id < 0:
            struct.pack_into(">H", head, HEADER + 4, segment + tcp_at - HEADER - _IPV6_HEADER)
        else:
            total = segment + tcp_at - HEADER
            identification = self._id + number & 0xFFFF
            struct.pack_into(">HH", head, HEADER + 2, total, identification)
            struct.pack_into(">H", head, HEADER + 10, finish(self._ip_sum + total + identification))
        struct.pack_into(">I", head, tcp_at + 4, self._sequence + offset & 0xFFFFFFFF)
        # RFC 9293 3.8.3, RFC 3168 6.1.2: PSH and FIN belong to the last segment, CWR to the first.
        head[tcp_at + 13] = self._flags & ~((0 if last else _FIN_PSH) | (_CWR if number else 0))
        if self._finished:
            self._finish(head, piece, segment)
        return head

    def _finish(self, head: bytearray, piece: "Any", segment: int) -> None:
        tcp_at = self._tcp_at
        head[tcp_at + TCP_CHECKSUM_AT : tcp_at + TCP_CHECKSUM_AT + 2] = b"\0\0"
        total = pseudo_sum(head, HEADER, segment) + ones_sum(head[tcp_at:]) + ones_sum(piece)
        struct.pack_into(">H", head, tcp_at + TCP_CHECKSUM_AT, finish(total))
