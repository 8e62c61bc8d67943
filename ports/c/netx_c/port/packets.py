"""Packets: the payload is the caller's own memory; the header is a C struct beside it.

A pool holds as many packets as on a 32-bit device, so there are 60 bytes for the header of each, and a header of this
host does not fit there: the headers of a pool lie in a table of their own.  Where the layout asks for the host's size
(NX_SIM_PACKET_SIZE), they lie in the pool, in front of their payload.

Headers are brought up to date when a packet comes to C, and read when C passes it to a service.
"""

import struct
from collections import deque
from collections.abc import Callable
from typing import Any

from netx_c.port.layout import Struct
from netx_c.port.memory import CHAR, Region, area, buffer_address, cast, ffi
from netx_sim.packet import NX_PACKET, NX_PACKET_POOL

_CODES = {1: "B", 2: "H", 4: "I", 8: "Q"}
_IN_MEMORY = ("nx_packet_prepend_ptr", "nx_packet_append_ptr", "nx_packet_data_start", "nx_packet_data_end")
_PACKETS = ("nx_packet_next", "nx_packet_last")
_MARKS = ("nx_packet_queue_next", "nx_packet_tcp_queue_next")  # a packet, or a number that says what it is
_PLAIN = (
    "nx_packet_length",
    "nx_packet_reassembly_time",
    "nx_packet_option_state",
    "nx_packet_destination_header",
    "nx_packet_option_offset",
    "nx_packet_ip_version",
    "nx_packet_identical_copy",
    "nx_packet_ip_header_length",
)
# Unions, and the members of theirs that share their place with another one.
_UNIONS = ("nx_packet_union_next", "nx_packet_fragment_next", "nx_packet_address", "nx_packet_ipv6_address_ptr")
_POINTER = 8  # alignment that a header needs to lie in the pool
_PAYLOAD_MAXIMUM = 1 << 24
_LONE = 512  # packets of no pool that C can have at a time


class Header:
    """The header of one packet: where it lies, and what was in it when C and Python last agreed."""

    __slots__ = ("address", "base", "buffer", "image", "memory", "packet", "pool")

    def __init__(self, packet: NX_PACKET, address: int, size: int, base: int, pool: int, memory: Any = None) -> None:
        self.packet = packet
        self.address = address
        self.buffer = ffi.buffer(cast(CHAR, address), size)
        self.image: bytes | None = None
        self.base = base  # the address of offset 0 of the payload
        self.pool = pool  # the address of the pool's block
        self.memory = memory  # what keeps the header's own


def _row_of_headers(pool: NX_PACKET_POOL, size: int) -> tuple[int, int, Any]:
    """Where the headers of a pool lie: the address of the first, the step to the next, and memory made for them."""
    starts = [packet.nx_packet_data_start for packet in pool._packets[:2]]
    step = starts[-1] - starts[0]
    room = step - pool.nx_packet_pool_payload_size
    first = pool._address + pool.nx_packet_pool_start
    if room >= size and not (step | first) % _POINTER:
        return first, step, None
    region = Region(size * len(pool._packets))
    return region.address, size, region


class Packets:
    """All packets that C can name.

    Args:
        layout (Struct): NX_PACKET as the image was compiled with it.
        address (callable): the C address of a control block.
        block (callable): the Python block at an address of an NX_PACKET_POOL or NX_INTERFACE.
    """

    def __init__(self, layout: Struct, address: Callable[[Any], int], block: Callable[[int, str], Any]) -> None:
        self.size = layout.size
        self._address_of_block = address
        self._block = block
        self._by_address: dict[int, Header] = {}
        self._headers: dict[NX_PACKET, Header] = {}
        self._lone: deque[Header] = deque()
        self._compile(layout)

    def _compile(self, layout: Struct) -> None:
        """Write out the function that packs a header; it runs for every packet that C gets."""
        names = {name.rsplit(".", 1)[-1]: where for name, where in layout.fields.items()}
        for name in _UNIONS:
            names.pop(name, None)
        order = sorted(names, key=lambda name: names[name][0])
        form, place, terms = "<", 0, []
        for name in order:
            offset, size = names[name]
            form += f"{offset - place}x{_CODES[size]}"
            place = offset + size
            terms.append(_TERMS.get(name) or (f"p.{name}" if name in _PLAIN else "0"))
        self.form = struct.Struct(form + f"{self.size - place}x")
        self._index = {name: index for index, name in enumerate(order)}
        scope: dict[str, Any] = {"pack": self.form.pack, "link": self._link, "other": self._address_of_block}
        exec(f"def image(p, base, pool): return pack({', '.join(terms)})", scope)  # noqa: S102 - written here
        lines = [f"    p.{name} = v[{order.index(name)}] - base" for name in _IN_MEMORY]
        lines += [f"    p.{name} = v[{order.index(name)}]" for name in _PLAIN]
        exec("def take(p, v, base):\n" + "\n".join(lines), scope)  # noqa: S102
        self._image: Callable[[NX_PACKET, int, int], bytes] = scope["image"]
        self._take_numbers: Callable[[NX_PACKET, tuple[int, ...], int], None] = scope["take"]
        self._pointers = [(name, index) for name, index in self._index.items() if name not in _IN_MEMORY + _PLAIN]

    def adopt(self, pool: NX_PACKET_POOL, address: int) -> None:
        """Give every packet of a pool a header."""
        if pool._packets:
            first, step, region = _row_of_headers(pool, self.size)
            base = pool._address
            for place, packet in enumerate(pool._packets):
                self._add(Header(packet, first + place * step, self.size, base, address, region))

    def _add(self, header: Header) -> Header:
        self._headers[header.packet] = self._by_address[header.address] = header
        return header

    def _header(self, packet: NX_PACKET) -> Header:
        header = self._headers.get(packet)
        if header is None:
            pool = packet.nx_packet_pool_owner
            assert pool is not None
            if not pool._packets:
                return self._adopt_lone(packet)
            self.adopt(pool, self._address_of_block(pool))
            header = self._headers[packet]
        return header

    def _adopt_lone(self, packet: NX_PACKET) -> Header:
        """A packet that Python made outside of all pools, such as a frame held back by faults, on its way to a driver.

        Nobody says when C has done with it, so the oldest of many is forgotten.  Its pool is that of its instance.
        """
        region = Region(self.size)
        pool = self._address_of_block(_sender_s_pool(packet))
        header = self._add(Header(packet, region.address, self.size, buffer_address(packet._mem), pool, region))
        self._lone.append(header)
        if len(self._lone) > _LONE:
            oldest = self._lone.popleft()
            del self._headers[oldest.packet], self._by_address[oldest.address]
        return header

    def address(self, packet: NX_PACKET) -> int:
        """Where the header of a packet lies."""
        return (self._headers.get(packet) or self._header(packet)).address

    def _link(self, value: Any) -> int:
        """A packet's address, or the mark that stands in its place."""
        if value is None:
            return 0
        return value if isinstance(value, int) else self.address(value)

    def write(self, packet: NX_PACKET | None) -> int:
        """Bring the headers of a chain up to date; the address of the first, or null."""
        if packet is None:
            return 0
        header = self._headers.get(packet) or self._header(packet)
        image = self._image(packet, header.base, header.pool)
        if image != header.image:
            header.buffer[:] = header.image = image
        if packet.nx_packet_next is not None:
            self._write_rest(packet.nx_packet_next)
        return header.address

    def _write_rest(self, packet: NX_PACKET) -> None:
        """The further headers of a chain; one that C has closed to a ring ends somewhere too."""
        following: NX_PACKET | None = packet
        for _place in range(len(self._headers)):
            if following is None:
                return
            header = self._header(following)
            image = self._image(following, header.base, header.pool)
            if image != header.image:
                header.buffer[:] = header.image = image
            following = following.nx_packet_next

    def read(self, address: int) -> NX_PACKET | None:
        """The packet at an address, with what C has written into the headers of its chain; None for null."""
        if not address:
            return None
        header = self._by_address.get(address) or self._forge(address)
        if header.buffer != header.image:
            self._take(header)
        packet = header.packet
        if packet.nx_packet_next is not None:
            self._read_chain(packet.nx_packet_next)
        return packet

    def _read_chain(self, packet: NX_PACKET) -> None:
        seen = 0
        following: NX_PACKET | None = packet
        while following is not None and seen < len(self._headers):
            header = self._header(following)
            if header.buffer != header.image:
                self._take(header)
            following = following.nx_packet_next
            seen += 1

    def _take(self, header: Header) -> None:
        """Set the attributes whose fields C has changed."""
        now = header.buffer[:]
        after = self.form.unpack(now)
        self._take_numbers(header.packet, after, header.base)
        before = self.form.unpack(header.image or bytes(self.size))
        for name, index in self._pointers:
            if before[index] != after[index]:
                self._take_field(header.packet, name, after[index], header.base)
        header.image = now

    def _take_field(self, packet: NX_PACKET, name: str, value: int, base: int) -> None:
        if name == "nx_packet_ip_header":
            packet.nx_packet_ip_header = value - base if value else None
        elif name in _PACKETS or name in _MARKS:
            held = self._by_address.get(value)
            setattr(packet, name, held.packet if held else (value if name in _MARKS and value else None))
        elif name == "nx_packet_interface_ptr":
            packet.nx_packet_interface_ptr = self._block(value, "NX_INTERFACE")
        elif name == "nx_packet_pool_owner":
            packet.nx_packet_pool_owner = self._block(value, "NX_PACKET_POOL")

    def known(self, packet: NX_PACKET) -> bool:
        """Has C ever seen the packet, or one of its pool?"""
        return packet in self._headers

    def _forge(self, address: int) -> Header:
        """A packet that C made itself, of no pool or with the address of one in its header."""
        now = self.form.unpack(area(address, self.size))
        start, end = (now[self._index[name]] for name in ("nx_packet_data_start", "nx_packet_data_end"))
        packet = NX_PACKET()
        packet.nx_packet_tcp_queue_next = 0
        packet._mem = area(start, end - start) if 0 < end - start <= _PAYLOAD_MAXIMUM else memoryview(bytearray())
        return self._add(Header(packet, address, self.size, start, now[self._index["nx_packet_pool_owner"]]))


def _sender_s_pool(packet: NX_PACKET) -> NX_PACKET_POOL | None:
    """The pool of the instance that sends a packet."""
    sim = packet.nx_packet_pool_owner._sim if packet.nx_packet_pool_owner is not None else None
    for ip_ptr in sim.ip_instances if sim is not None else ():
        if packet.nx_packet_interface_ptr in ip_ptr.nx_ip_interface:
            pool: NX_PACKET_POOL | None = ip_ptr.nx_ip_default_packet_pool
            return pool
    return None


# What a field of the header is made of, where it is not simply the attribute.
_TERMS = {
    "nx_packet_pool_owner": "pool if p.nx_packet_pool_owner is not None else 0",
    "nx_packet_next": "0 if p.nx_packet_next is None else link(p.nx_packet_next)",
    "nx_packet_last": "0 if p.nx_packet_last is None else link(p.nx_packet_last)",
    "nx_packet_queue_next": "0 if p.nx_packet_queue_next is None else link(p.nx_packet_queue_next)",
    "nx_packet_tcp_queue_next": (
        "mark if (mark := p.nx_packet_tcp_queue_next).__class__ is int else link(mark)"
    ),
    "nx_packet_prepend_ptr": "p.nx_packet_prepend_ptr + base",
    "nx_packet_append_ptr": "p.nx_packet_append_ptr + base",
    "nx_packet_data_start": "p.nx_packet_data_start + base",
    "nx_packet_data_end": "p.nx_packet_data_end + base",
    "nx_packet_ip_header": "0 if p.nx_packet_ip_header is None else p.nx_packet_ip_header + base",
    # A union: of IPv6 it is the address that the packet came to or goes out from, if it has one.
    "nx_packet_interface_ptr": (
        "0 if p.nx_packet_interface_ptr is p.nx_packet_ipv6_address_ptr else"
        " other(p.nx_packet_interface_ptr if p.nx_packet_ipv6_address_ptr is None or p.nx_packet_ip_version != 6"
        " else p.nx_packet_ipv6_address_ptr)"
    ),
}
