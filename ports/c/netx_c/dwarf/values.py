"""Values of a C program in memory: variables, structs, arrays and pointers, read and written with their C types.

Integers, enums, floats and booleans are Python's; structs, arrays, pointers and functions are views of the program's
memory, so what is read later is what is there later.  A value that C could not hold is an error, not cut off.

    firmware.config.server[0] = 192        p = firmware.client_ptr       p[0], p.nx_field, p[0:4], bool(p), int(p)
"""

import ctypes
import struct
from collections.abc import Iterator
from typing import Any

from netx_c.dwarf.memory import Image, NullPointerError, check, peek, poke, text_at
from netx_c.dwarf.types import (
    Array,
    CType,
    Enumeration,
    FunctionType,
    Integer,
    Member,
    Pointer,
    Real,
    Struct,
    Void,
    spelled,
)

__tracebackhide__ = True  # what is wrong is wrong in the test, whose line pytest shows

_REALS = {4: "<f", 8: "<d"}


# -- loading ---------------------------------------------------------------------------------------


def load(image: Image, kind: CType, address: int) -> Any:
    """The value of a type at an address."""
    if isinstance(kind, Integer):
        value = int.from_bytes(peek(image, address, kind.size), "little", signed=kind.signed)
        return bool(value) if kind.boolean else value
    if isinstance(kind, Pointer):
        target = int.from_bytes(peek(image, address, kind.size), "little")
        return pointer(image, kind, target)
    if isinstance(kind, Real):
        return _load_real(image, kind, address)
    if isinstance(kind, Struct):
        return StructView(image, kind, address)
    if isinstance(kind, Array):
        return ArrayView(image, kind, address)
    raise TypeError(f"a value of type {spelled(kind)} cannot be read: its size or encoding is not known")


def pointer(image: Image, kind: Pointer, value: int) -> Any:
    """What a pointer is in Python: a function that can be called, or a view."""
    if value and isinstance(kind.target, FunctionType):
        return image.function(value, kind.target)
    return PointerView(image, kind, value)


def _load_real(image: Image, kind: Real, address: int) -> float:
    if kind.size in _REALS:
        value: float = struct.unpack(_REALS[kind.size], peek(image, address, kind.size))[0]
        return value
    check(image, address)
    return float(ctypes.c_longdouble.from_address(address).value)


def load_member(image: Image, member: Member, address: int) -> Any:
    """A member of the struct at an address; bit-fields are taken apart."""
    if not member.bits:
        return load(image, member.type, address + member.offset)
    raw = peek(image, address + member.offset, _field_size(member))
    value = int.from_bytes(raw, "little") >> member.shift & (1 << member.bits) - 1
    kind = member.type
    if isinstance(kind, Integer) and kind.signed and value >> member.bits - 1:
        value -= 1 << member.bits
    return bool(value) if isinstance(kind, Integer) and kind.boolean else value


def _field_size(member: Member) -> int:
    return (member.shift + member.bits + 7) // 8


# -- storing ---------------------------------------------------------------------------------------


def store(image: Image, kind: CType, address: int, value: Any, what: str) -> None:
    """Write a value of a type at an address; `what` names the place in errors."""
    if isinstance(kind, Struct) and isinstance(value, dict):
        _store_fields(image, kind, address, value, what)
    else:
        poke(image, address, packed(image, kind, value, what))


def packed(image: Image, kind: CType, value: Any, what: str) -> bytes:
    """A value as it lies in memory."""
    if isinstance(kind, Integer | Pointer):
        return number_of(image, kind, value, what).to_bytes(kind.size, "little", signed=False)
    if isinstance(kind, Real):
        return _packed_real(kind, value, what)
    if isinstance(kind, Struct):
        return _packed_struct(image, kind, value, what)
    if isinstance(kind, Array):
        return _packed_array(image, kind, value, what)
    raise TypeError(f"{what}: a {spelled(kind)} cannot be assigned")


def number_of(image: Image, kind: CType, value: Any, what: str) -> int:
    """An integer or pointer as the unsigned number that C has in its place."""
    if isinstance(kind, Pointer):
        return _pointer_number(image, kind, value, what)
    if not isinstance(kind, Integer):
        raise TypeError(f"{what}: a {spelled(kind)} is no number")
    if kind.character and isinstance(value, str | bytes) and len(value) == 1:
        value = ord(value)
        value -= 256 if kind.signed and value > 127 else 0
    if isinstance(kind, Enumeration) and isinstance(value, str) and value in kind.values:
        value = kind.values[value]
    if not isinstance(value, int):
        raise TypeError(f"{what} is {_article(spelled(kind))}, not {value!r}")
    return _in_range(int(value), kind.size * 8, kind.signed, f"{what}, {_article(spelled(kind))},")


def _in_range(value: int, bits: int, signed: bool, what: str) -> int:
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if not low <= value <= high:
        raise OverflowError(f"{what} cannot hold {value}: {low} to {high}")
    return value & (1 << bits) - 1


def _article(word: str) -> str:
    return ("an " if word[:1] in "aeiou" and word[:3] != "uni" else "a ") + word


def _pointer_number(image: Image, kind: Pointer, value: Any, what: str) -> int:
    if value is None:
        return 0
    if isinstance(value, int):
        return _in_range(int(value), 64, False, what)
    if isinstance(value, View):
        _check_target(kind.target, value, what)
        return int(value)
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes | bytearray):
        return image.keep(bytes(value) + b"\0")
    if isinstance(value, list | tuple):
        pieces = [packed(image, kind.target, item, f"{what}[{index}]") for index, item in enumerate(value)]
        return image.keep(b"".join(pieces))
    address = image.address_of(value)
    if address is None:
        raise TypeError(f"{what} is a {spelled(kind)}, not {value!r}")
    return address


def _check_target(target: CType, value: "View", what: str) -> None:
    """Refuse a pointer to something else where one to a struct is wanted; octets may be anything."""
    other = value.pointed
    if not isinstance(target, Struct) or isinstance(other, Void) or _is_text(other):
        return
    while isinstance(other, Array):
        other = other.element
    if not isinstance(other, Struct) or other.name != target.name:
        if not _is_text(other):
            wanted, got = _article(spelled(target)), _article(spelled(other))
            raise TypeError(f"{what} points to {wanted}, and {value!r} is {got}")


def _packed_real(kind: Real, value: Any, what: str) -> bytes:
    if not isinstance(value, int | float):
        raise TypeError(f"{what} is a {spelled(kind)}, not {value!r}")
    if kind.size in _REALS:
        return struct.pack(_REALS[kind.size], value)
    return bytes(ctypes.c_longdouble(value))[: kind.size]


def _packed_struct(image: Image, kind: Struct, value: Any, what: str) -> bytes:
    if isinstance(value, StructView):
        _check_target(kind, value, what)
        return bytes(value)
    if isinstance(value, bytes | bytearray) and len(value) == kind.size:
        return bytes(value)
    if isinstance(value, dict):
        memory = ctypes.create_string_buffer(kind.size)
        _store_fields(image, kind, ctypes.addressof(memory), value, what)
        return memory.raw
    raise TypeError(f"{what} is a {spelled(kind)}: assign another one, a dict of members or {kind.size} bytes")


def _store_fields(image: Image, kind: Struct, address: int, values: dict[str, Any], what: str) -> None:
    for name, value in values.items():
        store_member(image, find_member(kind, name), address, value, f"{what}.{name}")


def _packed_array(image: Image, kind: Array, value: Any, what: str) -> bytes:
    """Elements, or text; what is shorter is filled with zeros, as C's initialisers do."""
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, ArrayView):
        value = list(value)
    if isinstance(value, bytes | bytearray):
        data = bytes(value)
    else:
        pieces = [packed(image, kind.element, item, f"{what}[{index}]") for index, item in enumerate(value)]
        data = b"".join(pieces)
    if len(data) > kind.size:
        raise OverflowError(f"{what} has room for {kind.size} bytes, not for {len(data)}")
    return data + bytes(kind.size - len(data))


def store_member(image: Image, member: Member, address: int, value: Any, what: str) -> None:
    """Write a member of the struct at an address."""
    if not member.bits:
        store(image, member.type, address + member.offset, value, what)
        return
    signed = isinstance(member.type, Integer) and member.type.signed
    number = _in_range(int(value), member.bits, signed, f"{what}, {member.bits} bits,")
    size, mask = _field_size(member), (1 << member.bits) - 1 << member.shift
    old = int.from_bytes(peek(image, address + member.offset, size), "little")
    new = old & ~mask | number << member.shift
    poke(image, address + member.offset, new.to_bytes(size, "little"))


def find_member(kind: Struct, name: str) -> Member:
    """A member by name, or an AttributeError that says what there is."""
    member = kind.members.get(name)
    if member is None:
        from difflib import get_close_matches

        close = get_close_matches(name, kind.members, 3) or list(kind.members)[:8]
        raise AttributeError(f"{spelled(kind)} has no member {name!r}; it has {', '.join(close)}")
    return member


# -- views -----------------------------------------------------------------------------------------


class View:
    """Something that lies in the program's memory."""

    __slots__ = ("_address", "_image", "_type")

    _image: Image
    _type: Any
    _address: int

    def __init__(self, image: Image, kind: Any, address: int) -> None:
        object.__setattr__(self, "_image", image)
        object.__setattr__(self, "_type", kind)
        object.__setattr__(self, "_address", address)

    def __int__(self) -> int:
        return int(self._address)

    __index__ = __int__

    @property
    def pointed(self) -> CType:
        """The type that is at the address."""
        kind: CType = self._type
        return kind


class StructView(View):
    """A struct or union: members are attributes."""

    __slots__ = ()
    __hash__ = View.__hash__

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        member = find_member(self._type, name)
        self._image.refresh(self._type)
        return load_member(self._image, member, self._address)

    def __setattr__(self, name: str, value: Any) -> None:
        member = find_member(self._type, name)
        store_member(self._image, member, self._address, value, f"{spelled(self._type)}.{name}")
        self._image.written(self._type, self._address)

    def __bytes__(self) -> bytes:
        self._image.refresh(self._type)
        return peek(self._image, self._address, self._type.size)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, dict):
            return all(getattr(self, name) == value for name, value in other.items())
        return isinstance(other, StructView) and self._type is other._type and bytes(self) == bytes(other)

    def __dir__(self) -> list[str]:
        return list(self._type.members)

    def __repr__(self) -> str:
        if self._image.closed:
            return f"<{spelled(self._type)} unloaded>"
        self._image.refresh(self._type)
        words = [f"{name}={self._shown(name, each)}" for name, each in _first(self._type)]
        return f"<{spelled(self._type)} {' '.join(words)}>"

    def _shown(self, name: str, member: Member) -> str:
        """A password is read when it is asked for; a line about the whole struct may end in a log."""
        return "..." if "password" in name.lower() else short(load_member(self._image, member, self._address))


def _first(kind: Struct) -> list[tuple[str, Member]]:
    """As many members as a line has room for."""
    return list(kind.members.items())[:12]


def short(value: Any) -> str:
    """A value in a line about a struct."""
    if isinstance(value, StructView):
        return f"<{spelled(value._type)}>"
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


class _Items(View):
    """What can be indexed: the elements of an array, or what lies from a pointer on."""

    __slots__ = ()

    def _place(self, index: int) -> tuple[CType, int]:
        raise NotImplementedError

    def _indices(self, part: slice) -> range:
        raise NotImplementedError

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._slice(self._indices(index))
        return load(self._image, *self._place(index))

    def _slice(self, indices: range) -> Any:
        kind = self._element()
        if isinstance(kind, Integer) and kind.character and indices.step == 1:
            return peek(self._image, self._place(indices.start)[1], len(indices)) if indices else b""
        return [self[index] for index in indices]

    def _element(self) -> CType:
        raise NotImplementedError

    def __setitem__(self, index: int, value: Any) -> None:
        kind, address = self._place(index)
        store(self._image, kind, address, value, f"{spelled(kind)} number {index}")


class ArrayView(_Items):
    """An array.  One of characters is also text: `str(a)`, `a == b"text"`; `bytes(a)` are all its octets."""

    __slots__ = ()
    __hash__ = View.__hash__

    def _element(self) -> CType:
        kind: CType = self._type.element
        return kind

    def _place(self, index: int) -> tuple[CType, int]:
        length, element = self._type.length, self._type.element
        at = index + length if index < 0 else index
        if not 0 <= at < length:
            if length or index < 0:
                raise IndexError(f"index {index} of {spelled(self._type)}")
        return element, self._address + at * element.size

    def _indices(self, part: slice) -> range:
        return range(self._type.length)[part]

    def __len__(self) -> int:
        return int(self._type.length)

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def __bytes__(self) -> bytes:
        return peek(self._image, self._address, self._type.size) if self._type.size else b""

    def __str__(self) -> str:
        if _is_text(self._type.element):
            return bytes(self).split(b"\0")[0].decode("utf-8", "replace")
        return repr(self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            other = other.encode()
        if isinstance(other, bytes | bytearray):
            whole = bytes(self)
            return other in (whole, whole.split(b"\0")[0])
        return isinstance(other, list | tuple | ArrayView) and list(self) == list(other)

    def __repr__(self) -> str:
        return repr(bytes(self).rstrip(b"\0")) if _is_text(self._type.element) else repr(list(self))


def _is_text(kind: CType) -> bool:
    return isinstance(kind, Integer) and kind.character


class PointerView(_Items):
    """A pointer: `p[0]` is what it points to, `p.member` C's `p->member`; one to characters is also text."""

    __slots__ = ()

    @property
    def pointed(self) -> CType:
        """The type it points to."""
        kind: CType = self._type.target
        return kind

    def _element(self) -> CType:
        return self.pointed

    def _place(self, index: int) -> tuple[CType, int]:
        kind = self.pointed
        if isinstance(kind, Void) or not kind.size:
            raise TypeError(f"what a {spelled(self._type)} points to has no type: cast it first")
        if not self._address:
            raise NullPointerError(f"NULL pointer: a {spelled(self._type)} that points to nothing")
        return kind, self._address + index * kind.size

    def _indices(self, part: slice) -> range:
        if part.stop is None:
            raise TypeError("a slice of a pointer needs an end: C does not know how much is there")
        return range(part.start or 0, part.stop, part.step or 1)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or not isinstance(self.pointed, Struct):
            raise AttributeError(f"a {spelled(self._type)} has no attribute {name!r}")
        find_member(self.pointed, name)
        return getattr(self[0], name)

    def __setattr__(self, name: str, value: Any) -> None:
        if not isinstance(self.pointed, Struct):
            raise AttributeError(f"a {spelled(self._type)} has no attribute {name!r}")
        setattr(self[0], name, value)

    def __bool__(self) -> bool:
        return bool(self._address)

    def __eq__(self, other: object) -> bool:
        if other is None:
            return not self._address
        if isinstance(other, str | bytes) and _is_text(self.pointed) and self._address:
            return bytes(self) == (other.encode() if isinstance(other, str) else other)
        if isinstance(other, View | int):
            return int(self) == int(other)
        return False

    def __hash__(self) -> int:
        return hash(self._address)

    def __bytes__(self) -> bytes:
        if not _is_text(self.pointed):
            raise TypeError(f"a {spelled(self._type)} is no text; take a slice of it")
        return text_at(self._image, self._address)

    def __str__(self) -> str:
        if _is_text(self.pointed) and self._address:
            return bytes(self).decode("utf-8", "replace")
        return repr(self)

    def __repr__(self) -> str:
        return f"<{spelled(self._type)} {self._address:#x}>" if self._address else f"<{spelled(self._type)} NULL>"


def fields(value: StructView) -> dict[str, Any]:
    """The members of a struct by name."""
    return {name: getattr(value, name) for name in value._type.members}
