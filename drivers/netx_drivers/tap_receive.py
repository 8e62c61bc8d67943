"""Reading frames from a descriptor straight into packets of the instance's pool.

Read first: ``tap_offload.py``.  One ``readv`` scatters a frame: the virtio header into a buffer of
ours, the frame into packets, and what does not fit into a scratch area, from where it is copied.  The
packets are laid out for what came last: where one payload holds a full segment, each further packet
takes the data of one segment of a super-segment, and its headers are written in front afterwards;
where it does not, the packets lie end to end and become a chain.
"""

import errno
import os

from netx_drivers.ethernet import ALIGNMENT, HEADER, accepts, deliver, destination_at, ethertype_at, receive
from netx_drivers.tap_offload import (
    DATA_VALID,
    GSO_NONE,
    NEEDS_CSUM,
    TCP_CHECKSUM_AT,
    VNET,
    Splitter,
    finish_checksum,
    finish_segment,
    is_sound,
    is_tcp_fragment,
)
from netx_sim.constants import (
    NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM,
    NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM,
    NX_LINK_ETHERNET_IP,
    NX_LINK_ETHERNET_IPV6,
    NX_RECEIVE_PACKET,
)
from netx_sim.link import ip_packets_received
from netx_sim.packet import NX_PACKET, _nx_packet_release, packet_get

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_drivers.ethernet import Port

LONGEST = 70000  # bytes a read can give: 64 KiB of IP packet, the link header, and some room
_TCP_IPV4_HEAD = 54
_FRAMES_A_TURN = 32  # frames taken before the stack gets its turn
_SHORT = 200
_SEGMENTS_MAX = 64  # packets prepared for one super-segment
_RX = NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM | NX_INTERFACE_CAPABILITY_TCP_RX_CHECKSUM


class FrameReader:
    """Takes frames from one descriptor for one interface.

    Args:
        port: the interface.
        fd (int): the descriptor, not blocking.
        vnet (bool): frames come behind a virtio_net_hdr.
        mtu (int): of the interface, for the first guess at how frames look.
    """

    def __init__(self, port: "Port", fd: int, vnet: bool, mtu: int) -> None:
        self._port = port
        self._fd = fd
        self._vnet = bytearray(VNET.size) if vnet else None
        self._scratch = memoryview(bytearray(LONGEST))
        self._pool = port.ip_ptr.nx_ip_default_packet_pool
        payload = self._pool.nx_packet_pool_payload_size
        self._head = _TCP_IPV4_HEAD
        self._stride = HEADER + mtu - _TCP_IPV4_HEAD
        self._longest = HEADER + mtu
        self._expected = 1  # packets the next frame will fill
        self._whole = ALIGNMENT + HEADER + mtu <= payload
        if not self._whole:
            self._expected = -(-(ALIGNMENT + HEADER + mtu) // payload)
        self._slots: "list[NX_PACKET]" = []
        self._views: "list[memoryview]" = []
        self._known: "dict[NX_PACKET, memoryview]" = {}  # of the packets met so far, as following ones

    def drain(self) -> None:
        """Take the frames that are there, up to a limit.

        A super-segment ends the turn, since the stack has enough to do with it; and so does a short frame, because a
        question or an answer seldom has another behind it, and asking for that costs as much as the frame.

        Raises:
            OSError: the descriptor is no longer of use.
        """
        try:
            for _ in range(_FRAMES_A_TURN):
                self._prepare()
                size = self._read()
                self._take(size)
                if size < _SHORT or size > self._longest:
                    break
        except BlockingIOError:
            pass
        finally:
            for packet in self._slots:
                _nx_packet_release(packet)
            self._slots = []

    def _prepare(self) -> None:
        """Have packets for the frame that is expected, as far as the pool gives them."""
        slots, pool = self._slots, self._pool
        for _ in range(min(self._expected - len(slots), pool.nx_packet_pool_available)):
            packet = packet_get(pool, NX_RECEIVE_PACKET, "link driver")
            if packet is not None:
                slots.append(packet)
        views: "list[memoryview]" = []
        known = self._known
        for packet in slots:
            view = known.get(packet)
            if view is None:
                view = known[packet] = self._following_view(packet)
            views.append(view)
        if slots:
            views[0] = self._first_view(slots[0])
        views.append(self._scratch)
        self._views = views

    def _first_view(self, packet: NX_PACKET) -> memoryview:
        """Where a frame begins in a packet: all of it, or as much of a chain as one payload holds."""
        start = packet.nx_packet_data_start + ALIGNMENT
        end = start + self._head + self._stride if self._whole else packet.nx_packet_data_end
        view: memoryview = packet._mem[start:end]
        return view

    def _following_view(self, packet: NX_PACKET) -> memoryview:
        """Where it goes on in a further packet: behind the headers to be written, or at the very start."""
        start, end = packet.nx_packet_data_start, packet.nx_packet_data_end
        if self._whole:
            start += ALIGNMENT + self._head
            end = start + self._stride
        view: memoryview = packet._mem[start:end]
        return view

    def _read(self) -> int:
        """Read one frame into what is prepared; its size."""
        views: "list[Any]" = self._views if self._vnet is None else [self._vnet, *self._views]
        count = os.readv(self._fd, views)
        if not count:
            raise ConnectionResetError(errno.ECONNRESET, "the other end closed")
        return count if self._vnet is None else count - VNET.size

    def _take(self, size: int) -> None:
        """Pass on the frame of ``size`` bytes that was read."""
        if size < HEADER or not self._wanted():
            return
        if self._vnet is None:
            self._pass_on(size)
            return
        flags, gso_type, _, gso_size, start, offset = VNET.unpack_from(self._vnet)
        if gso_type != GSO_NONE:
            self._split(size, gso_size, start)
        elif self._settle(size, flags, start, offset):
            self._pass_on(size)

    def _wanted(self) -> bool:
        """Is the interface receiving, and is the frame addressed to it?"""
        port = self._port
        receiving = port.rx_enabled and port.interface.nx_interface_link_up
        return bool(receiving) and accepts(port, destination_at(self._views[0], 0))

    # -- one frame ------------------------------------------------------------------------------

    def _parts(self, size: int) -> "list[memoryview]":
        """The first ``size`` bytes of what was read, where they lie."""
        parts = []
        for view in self._views:
            if size <= 0:
                break
            parts.append(view[:size])
            size -= len(view)
        return parts

    def _settle(self, size: int, flags: int, start: int, offset: int) -> bool:
        """Make the checksum of a frame what the stack expects; False if the frame is damaged."""
        interface = self._port.interface
        trusting = interface.nx_interface_capability_flag & _RX
        if flags & NEEDS_CSUM:
            if not (self._leaves_unfinished() and offset == TCP_CHECKSUM_AT):
                finish_checksum(self._parts(size), start, offset)
            return True
        if trusting and not flags & DATA_VALID:
            first = self._views[0]
            if _is_ip(first) and is_tcp_fragment(first, HEADER):
                # Nobody can vouch for the whole of it; from now on the stack looks for itself.
                interface.nx_interface_capability_flag &= ~_RX
            elif not is_sound(b"".join(self._parts(size))):
                self._port.error_count += 1
                return False
        return True

    def _leaves_unfinished(self) -> bool:
        """May TCP checksums stay unfinished?  The stack must not look at them, nor pass packets on to others."""
        port = self._port
        trusting = port.interface.nx_interface_capability_flag & _RX
        return bool(trusting) and port.ip_ptr.nx_ip_forward_packet_process is None

    def _pass_on(self, size: int) -> None:
        """Hand the frame to the stack: the packets it lies in, or a copy where it lies badly."""
        slots = self._slots
        if self._whole:
            self._expected = (self._expected + 1) // 2
        if slots and size <= len(self._views[0]):
            packet = slots.pop(0)
            start = packet.nx_packet_data_start + ALIGNMENT
            packet.nx_packet_prepend_ptr = start
            packet.nx_packet_append_ptr = start + size
            self._hand_up(packet, size)
            return
        parts = self._parts(size)
        if self._whole or len(parts) > len(slots):
            receive(self._port, parts)
        else:
            self._hand_up_chain(parts, size)

    def _hand_up_chain(self, parts: "list[memoryview]", size: int) -> None:
        """The frame lies in as many packets as it has parts."""
        used = len(parts)
        chain = self._slots[:used]
        del self._slots[:used]
        for packet, part, following in zip(chain, parts, [*chain[1:], None], strict=True):
            packet.nx_packet_append_ptr = packet.nx_packet_data_start + len(part)
            packet.nx_packet_next = following
        first = chain[0]
        first.nx_packet_append_ptr += ALIGNMENT
        first.nx_packet_prepend_ptr = first.nx_packet_data_start + ALIGNMENT
        first.nx_packet_last = chain[-1]
        self._hand_up(first, size)

    def _hand_up(self, packet: NX_PACKET, size: int) -> None:
        """Strip the link header and queue the packet; its prepend pointer is at the frame."""
        ethertype = ethertype_at(packet, packet.nx_packet_prepend_ptr)
        packet.nx_packet_prepend_ptr += HEADER
        packet.nx_packet_length = size - HEADER
        port = self._port
        port.rx_count += 1
        deliver(port.ip_ptr, port.interface, packet, ethertype)

    # -- super-segments -------------------------------------------------------------------------

    def _split(self, size: int, stride: int, tcp_at: int) -> None:
        """Make packets of a TCP super-segment of ``size`` bytes, ``stride`` bytes of data each."""
        first = self._views[0]
        head = tcp_at + (first[tcp_at + 12] >> 4) * 4
        splitter = Splitter(bytes(first[:head]), tcp_at)
        finish_at = 0 if self._leaves_unfinished() else tcp_at
        if self._slots and head == self._head and stride == self._stride and self._whole:
            self._split_in_place(splitter, size - head, finish_at)
        else:
            self._split_by_copy(splitter, b"".join(self._parts(size))[head:], stride, finish_at)
            self._learn(head, stride)
        if self._whole:
            self._expected = min(-(-(size - head) // stride), _SEGMENTS_MAX)

    def _learn(self, head: int, stride: int) -> None:
        """Expect super-segments of this form, if a packet can hold one of their segments."""
        if self._whole and ALIGNMENT + head + stride <= self._pool.nx_packet_pool_payload_size:
            self._head = head
            self._stride = stride
            self._known = {}

    def _split_in_place(self, splitter: Splitter, size: int, finish_at: int) -> None:
        """The data of each segment are in a packet already, those of the last ones in the scratch area."""
        head, stride = self._head, self._stride
        number = offset = 0
        filled = self._slots[: -(-size // stride)]
        del self._slots[: len(filled)]
        for packet in filled:
            count = size - offset
            last = count <= stride
            if not last:
                count = stride
            start = packet.nx_packet_data_start + ALIGNMENT
            mem = packet._mem
            splitter.write(mem, start, number, offset, count, last)
            packet.nx_packet_prepend_ptr = start + HEADER
            packet.nx_packet_append_ptr = end = start + head + count
            packet.nx_packet_length = head + count - HEADER
            if finish_at:
                finish_segment(mem[start:end], finish_at)
            number += 1
            offset += count
        port = self._port
        port.rx_count += number
        ip_packets_received(port.ip_ptr, port.interface, filled)
        if offset < size:
            self._split_by_copy(splitter, self._scratch[: size - offset], stride, finish_at, number, offset)

    def _split_by_copy(
        self,
        splitter: Splitter,
        data: "bytes | memoryview",
        stride: int,
        finish_at: int,
        number: int = 0,
        before: int = 0,
    ) -> None:
        """Copy segments from a buffer: ``number`` segments with ``before`` bytes of data went before."""
        size = len(data)
        for at in range(0, size, stride):
            piece = data[at : at + stride]
            frame = bytearray(splitter.size) + piece
            splitter.write(frame, 0, number, before + at, len(piece), at + stride >= size)
            if finish_at:
                finish_segment(frame, finish_at)
            receive(self._port, [frame])
            number += 1


def _is_ip(frame: memoryview) -> bool:
    return (frame[12] << 8 | frame[13]) in (NX_LINK_ETHERNET_IP, NX_LINK_ETHERNET_IPV6)
