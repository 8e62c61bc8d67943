"""Objects, variables and values of a service vector: from the file's notation to Python and back.

C passes addresses; here a control block is its Python instance, an area a memoryview of real memory aligned to 64
bytes (so that identity, overlap and alignment go by address), a variable a Ref.
"""

import ctypes
import re
from collections.abc import Callable
from typing import Any

from netx_sim.testing.services import public

SENTINEL = 0xA5A5A5A5
MASK = 0xFFFFFFFF
_ALIGNMENT = 64
_SPARE = 1024  # behind each area, so that "&area+n" with the area's full size stays inside memory, as in C
_PACKET_HEADER = 60  # what the recorded 32-bit build puts in front of each payload
_CONTROL_BLOCKS = {"NX_ARP": 52}
_REFERENCE = re.compile(r"&(\$?)(\w+)(?:\+(\d+))?$")
_VALUE = re.compile(r"\$(\w+)(?:\+(\d+))?$")


class Unmappable(Exception):
    """The scenario uses a value that has no counterpart in Python."""


class Area:
    """Memory of the scenario, its first byte on a multiple of 64."""

    def __init__(self, size: int, fill: int = 0) -> None:
        self._raw = bytearray(size + _SPARE + _ALIGNMENT)
        start = -_address(self._raw) % _ALIGNMENT
        self._all = memoryview(self._raw)[start : start + size + _SPARE]
        self._all[:size] = bytes([fill]) * size
        self.size = size
        self.address = _address(self._all)

    def at(self, offset: int) -> memoryview:
        """The memory from `offset` on, as long as the area."""
        return self._all[offset : offset + self.size]

    def offset_of(self, address: int) -> int | None:
        """How far into the area an address is; None outside."""
        offset = address - self.address
        return offset if 0 <= offset < self.size else None


def _address(buffer: bytearray | memoryview) -> int:
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer))


def address_of(value: Any) -> int | None:
    """The address of a writable buffer; None for anything else."""
    if isinstance(value, bytearray | memoryview) and len(value):
        return _address(value)
    return None


def pattern(length: int) -> bytes:
    """`length` bytes, byte i = (7 i + 3) mod 256."""
    return bytes((7 * i + 3) & 255 for i in range(length))


class Values:
    """All objects and variables of one scenario."""

    def __init__(self, constants: dict[str, int]) -> None:
        self._constants = constants
        self.objects: dict[str, Any] = {}
        self.variables: dict[str, Any] = {}
        self._layouts: list[tuple[str, Area, int]] = []  # areas sized for packets: name, memory, payload
        self._pools: dict[int, tuple[str, int, int]] = {}  # pool (by id): area, offset in it, bytes per packet
        self._packets: dict[tuple[str, int], Any] = {}  # packets seen, by area and number

    def declare(self, objects: dict[str, dict[str, Any]]) -> None:
        """Make the objects of a prelude or scenario."""
        for name, entry in objects.items():
            self.objects[name] = self._make(name, entry)

    def _make(self, name: str, entry: dict[str, Any]) -> Any:
        kind, sentinel = entry["type"], entry.get("preset") == "sentinel"
        if kind == "area":
            area = Area(_area_size(entry), 0xA5 if sentinel else 0)
            if "packets" in entry:
                self._layouts.append((name, area, entry["payload"]))
            return area
        block = public(kind)()
        if kind == "NXD_ADDRESS":
            words = [SENTINEL] * 4 if sentinel else [*entry.get("address", ()), 0, 0, 0, 0][:4]
            block.nxd_ip_version = SENTINEL if sentinel else entry.get("version", 0)
            for i, word in enumerate(words):
                block.nxd_ip_address.v6[i] = word
            block.nxd_ip_address.v4 = words[0]
        return block  # with the preset too: a block whose id is none of a created one

    def variable(self, name: str) -> Any:
        """The cell of `$name`."""
        if name not in self.variables:
            self.variables[name] = public("Ref")(SENTINEL)
        return self.variables[name]

    # notation to Python

    def argument(self, notation: Any, kind: str, by_variable: bool, callback: Callable[[str], Any]) -> Any:
        """The Python value for one argument of type `kind`."""
        pointer = "*" in kind or "[" in kind
        if notation is None or (pointer and notation == 0):
            return None if pointer else 0
        if isinstance(notation, int):
            if pointer:
                raise Unmappable(f"the number {notation} as a {kind}")
            return notation
        if isinstance(notation, dict):
            return self._constant(notation)
        if notation.startswith("@"):
            return public("nx_ram_network_driver") if notation == "@ram_driver" else callback(notation[1:])
        if by_variable and notation.startswith("$"):
            return self.variable(notation[1:])
        return self._buffer(self.value(notation), kind)

    @staticmethod
    def _buffer(value: Any, kind: str) -> Any:
        """An area as what the parameter takes: memory, or for text the bytes up to the NUL."""
        if isinstance(value, memoryview) and kind == "CHAR *":
            return bytes(value).split(b"\0")[0]
        return value

    @staticmethod
    def _constant(notation: dict[str, Any]) -> Any:
        if "str" in notation:
            return notation["str"]
        if "hex" in notation:
            return bytes.fromhex(notation["hex"])
        if "words" in notation:
            return list(notation["words"])
        return pattern(notation["pattern"])

    def value(self, notation: Any) -> Any:
        """The Python value of `&obj+n`, `&$v`, `#area`, `$v+n`, a constant, a number or null."""
        if not isinstance(notation, str):
            return notation
        if notation.startswith("#"):
            return self.objects[notation[1:]].size
        reference, value = _REFERENCE.match(notation), _VALUE.match(notation)
        if reference:
            variable, name, offset = reference.groups()
            return self.variable(name) if variable else self._pointer(name, int(offset or 0))
        if value:
            return self._advanced(self.variable(value[1])[0], int(value[2] or 0))
        return self._constants[notation]

    def _pointer(self, name: str, offset: int) -> Any:
        target = self.objects[name]
        if not isinstance(target, Area):
            if offset:
                raise Unmappable(f"an address inside control block {name}")
            return target
        packet = self._packet_at(name, offset)
        return target.at(offset) if packet is None else packet

    def _packet_at(self, name: str, offset: int) -> Any:
        """The packet whose header the device has there, if it was seen: pools are arrays of headers and payloads."""
        for area, _, payload in self._layouts:
            number, rest = divmod(offset, packet_step(payload))
            if area == name and rest == 0 and (name, number) in self._packets:
                return self._packets[name, number]
        return None

    def _advanced(self, value: Any, offset: int) -> Any:
        if not offset:
            return value
        address = address_of(value)
        for target in self.objects.values():
            if isinstance(target, Area) and address is not None:
                start = target.offset_of(address)
                if start is not None:
                    return target.at(start + offset)
        raise Unmappable(f"an address {offset} bytes behind {value!r}")

    # Python to notation

    def shown(self, value: Any) -> Any:
        """The notation for what a service wrote."""
        if value is None or isinstance(value, int):
            return "unchanged" if value == SENTINEL else value
        if isinstance(value, str):
            return {"str": value}
        if isinstance(value, bytes):
            return {"str": value.split(b"\0")[0].decode("latin-1")}
        for name, target in self.objects.items():
            if target is value:
                return f"&{name}"
        return self._shown_pointer(value)

    def _shown_pointer(self, value: Any) -> Any:
        address = address_of(value)
        if address is None and hasattr(value, "nx_packet_pool_owner"):
            return self._shown_packet(value)
        for name, target in self.objects.items():
            offset = target.offset_of(address) if isinstance(target, Area) and address is not None else None
            if offset is not None:
                return self._shown_place(name, offset)
        return "other"

    def _shown_place(self, name: str, offset: int) -> str:
        """A place in an area; where the device has the header of a packet, that packet."""
        for area, _, payload in self._layouts:
            if area == name and offset % packet_step(payload) == 0:
                return f"{name}[{offset // packet_step(payload)}]"
        return f"&{name}+{offset}" if offset else f"&{name}"

    def pool_created(self, pool: Any, memory: Any) -> None:
        """Remember in which area a pool lies; a packet knows its pool and its offset in the pool's memory."""
        address = address_of(memory)
        for name, area, payload in self._layouts:
            offset = area.offset_of(address) if address is not None else None
            if offset is not None:
                self._pools[id(pool)] = (name, offset, packet_step(payload))

    def _shown_packet(self, packet: Any) -> str:
        found = self._pools.get(id(packet.nx_packet_pool_owner))
        if found is None:
            return "other"
        name, offset, step = found
        number = (offset + packet.nx_packet_data_start) // step
        self._packets[name, number] = packet
        return f"{name}[{number}]"


def packet_step(payload: int) -> int:
    """From one packet to the next in the recorded build's pools."""
    return _PACKET_HEADER + (payload + 3) // 4 * 4


def _area_size(entry: dict[str, Any]) -> int:
    if "packets" in entry:
        return int(entry["packets"]) * packet_step(entry["payload"])
    if "control_blocks" in entry:
        return int(entry["count"]) * _CONTROL_BLOCKS.get(entry["control_blocks"], 0) or int(entry["size"])
    return int(entry["size"])
