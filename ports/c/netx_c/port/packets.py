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
from netx_c.port.memory import Region, area, buffer_address
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


class Pool:
    """The headers of one pool."""

    __slots__ = ("address", "base", "packets", "region", "size", "step", "view")

    def __init__(self, pool: NX_PACKET_POOL, address: int, size: int) -> None:
        self.address = address  # of the NX_PACKET_POOL
        self.base = pool._address
        self.packets = pool._packets
        starts = [packet.nx_packet_data_start for packet in pool._packets[:2]]
        step = starts[-1] - starts[0]
        room = step - pool.nx_packet_pool_payload_size
        first = self.base + pool.nx_packet_pool_start
        self.region: Any = None
        self.size = size
        if room >= size and not (step | first) % _POINTER:
            self.step = step
            self.view = area(first, step * len(pool._packets))
        else:
            self.region = Region(size * len(pool._packets))
            self.step = size
            self.view = self.region.view

    @property
    def first(self) -> int:
        """Address of the first header."""
        return self.region.address if self.region is not None else self.base + self._start

    @property
    def _start(self) -> int:
        return self.packets[0].nx_packet_pool_owner.nx_packet_pool_start  # type: ignore[union-attr]


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
        # The packet, the view of its pool's headers, the header's offset there.
        self._by_address: dict[int, tuple[NX_PACKET, Any, int]] = {}
        # The header's address, that view and offset, the address of offset 0 of the payloads, and of the pool's block.
        self._places: dict[NX_PACKET, tuple[int, Any, int, int, int]] = {}
        self._images: dict[NX_PACKET, bytes] = {}
        self._pools: dict[int, Any] = {}  # what keeps the headers' memory
        self._lone: deque[tuple[NX_PACKET, Region]] = deque()
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
        if not pool._packets:
            return
        headers = Pool(pool, address, self.size)
        self._pools[address] = headers
        first = headers.first
        for index, packet in enumerate(pool._packets):
            place = index * headers.step
            self._places[packet] = (first + place, headers.view, place, headers.base, address)
            self._by_address[first + place] = (packet, headers.view, place)
            self._images.pop(packet, None)

    def _place(self, packet: NX_PACKET) -> tuple[int, Any, int, int, int]:
        place = self._places.get(packet)
        if place is None:
            pool = packet.nx_packet_pool_owner
            assert pool is not None
            if not pool._packets:
                return self._adopt_lone(packet)
            self.adopt(pool, self._address_of_block(pool))
            place = self._places[packet]
        return place

    def _adopt_lone(self, packet: NX_PACKET) -> tuple[int, Any, int, int, int]:
        """A packet that Python made outside of all pools, such as a frame held back by faults, on its way to a driver.

        Nobody says when C has done with it, so the oldest of many is forgotten.  Its pool is that of its instance.
        """
        header = Region(self.size)
        base = buffer_address(packet._mem)
        pool = self._address_of_block(_sender_s_pool(packet))
        place = self._places[packet] = (header.address, header.view, 0, base, pool)
        self._by_address[header.address] = (packet, header.view, 0)
        self._lone.append((packet, header))
        if len(self._lone) > _LONE:
            oldest, its_header = self._lone.popleft()
            del self._places[oldest], self._by_address[its_header.address]
            self._images.pop(oldest, None)
        return place

    def address(self, packet: NX_PACKET) -> int:
        """Where the header of a packet lies."""
        return self._place(packet)[0]

    def _link(self, value: Any) -> int:
        """A packet's address, or the mark that stands in its place."""
        if value is None:
            return 0
        return value if isinstance(value, int) else self.address(value)

    def write(self, packet: NX_PACKET | None) -> int:
        """Bring the headers of a chain up to date; the address of the first, or null."""
        if packet is None:
            return 0
        first, view, place, base, pool = self._places.get(packet) or self._place(packet)
        image = self._image(packet, base, pool)
        if self._images.get(packet) != image:
            view[place : place + self.size] = image
            self._images[packet] = image
        if packet.nx_packet_next is not None:
            self._write_rest(packet.nx_packet_next)
        return first

    def _write_rest(self, packet: NX_PACKET) -> None:
        """The further headers of a chain; one that C has closed to a ring ends somewhere too."""
        following: NX_PACKET | None = packet
        for _place in range(len(self._places)):
            if following is None:
                return
            _first, view, place, base, pool = self._places.get(following) or self._place(following)
            image = self._image(following, base, pool)
            if self._images.get(following) != image:
                view[place : place + self.size] = image
                self._images[following] = image
            following = following.nx_packet_next

    def read(self, address: int) -> NX_PACKET | None:
        """The packet at an address, with what C has written into the headers of its chain; None for null."""
        if not address:
            return None
        known = self._by_address.get(address)
        if known is None:
            known = self._forge(address)
        packet, view, place = known
        now = view[place : place + self.size].tobytes()
        if now != self._images.get(packet):
            self._take(packet, now)
        following = packet.nx_packet_next
        if following is not None:
            self._read_chain(following)
        return packet

    def _read_chain(self, packet: NX_PACKET) -> None:
        seen = 0
        following: NX_PACKET | None = packet
        while following is not None and seen < len(self._places):
            _address, view, place, _base, _pool = self._place(following)
            now = view[place : place + self.size].tobytes()
            if now != self._images.get(following):
                self._take(following, now)
            following = following.nx_packet_next
            seen += 1

    def _take(self, packet: NX_PACKET, now: bytes) -> None:
        """Set the attributes whose fields C has changed."""
        after = self.form.unpack(now)
        base = self._places[packet][3]
        self._take_numbers(packet, after, base)
        before = self.form.unpack(self._images.get(packet) or bytes(self.size))
        for name, index in self._pointers:
            if before[index] != after[index]:
                self._take_field(packet, name, after[index], base)
        self._images[packet] = now

    def _take_field(self, packet: NX_PACKET, name: str, value: int, base: int) -> None:
        if name == "nx_packet_ip_header":
            packet.nx_packet_ip_header = value - base if value else None
        elif name in _PACKETS or name in _MARKS:
            held = self._by_address.get(value)
            setattr(packet, name, held[0] if held else (value if name in _MARKS and value else None))
        elif name == "nx_packet_interface_ptr":
            packet.nx_packet_interface_ptr = self._block(value, "NX_INTERFACE")
        elif name == "nx_packet_pool_owner":
            packet.nx_packet_pool_owner = self._block(value, "NX_PACKET_POOL")

    def known(self, packet: NX_PACKET) -> bool:
        """Has C ever seen the packet, or one of its pool?"""
        return packet in self._places

    def _forge(self, address: int) -> tuple[NX_PACKET, Any, int]:
        """A packet that C made itself, of no pool or with the address of one in its header."""
        view = area(address, self.size)
        now = self.form.unpack(view)
        start, end = (now[self._index[name]] for name in ("nx_packet_data_start", "nx_packet_data_end"))
        packet = NX_PACKET()
        packet.nx_packet_tcp_queue_next = 0
        packet._mem = area(start, end - start) if 0 < end - start <= _PAYLOAD_MAXIMUM else memoryview(bytearray())
        found = self._by_address[address] = (packet, view, 0)
        self._places[packet] = (address, view, 0, start, now[self._index["nx_packet_pool_owner"]])
        return found


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
        "p.nx_packet_tcp_queue_next if p.nx_packet_tcp_queue_next.__class__ is int"
        " else link(p.nx_packet_tcp_queue_next)"
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
