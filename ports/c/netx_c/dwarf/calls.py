"""C functions called from tests: arguments and results by their prototypes.

Integers and pointers go straight through the port's call, so that a service inside may end the thread.  Where floating
point numbers are among them, `src/firmware/invoke.c` in the firmware puts them into the registers that the prototype
wants: integer and floating point arguments have registers of their own, so their order does not matter.
"""

import ctypes
import struct
from typing import Any, Protocol

from netx_c.dwarf.memory import Image
from netx_c.dwarf.program import Symbol
from netx_c.dwarf.types import CType, FunctionType, Integer, Pointer, Real, Struct, Void, spelled
from netx_c.dwarf.values import View, load, number_of, pointer, store

__tracebackhide__ = True  # what is wrong is wrong in the test, whose line pytest shows

_REAL_REGISTERS = 8
_WORD_REGISTERS = 6
_MOST_ARGUMENTS = 24  # NETX_MOST_ARGUMENTS of src/host.h
_FRAME = struct.Struct("<Q6Q8dQQd")
_WORD = 0xFFFFFFFFFFFFFFFF


class Caller(Image, Protocol):
    """An image whose functions can be called."""

    def call(self, address: int, *arguments: int) -> int:
        """Call with integers; the result register."""
        ...

    def invoke(self, frame: int) -> None:
        """Call what a frame for `netx_invoke` describes."""
        ...

    def place(self, symbol: Symbol) -> tuple[CType, int]:
        """The type of a variable, and where it is."""
        ...


class FunctionView(View):
    """A C function: call it, or store it in a function pointer; its static variables are attributes."""

    __slots__ = ("_name", "_symbol")

    _image: Caller
    _type: FunctionType
    _name: str
    _symbol: Symbol | None

    def __init__(
        self, image: Caller, kind: FunctionType, address: int, name: str, symbol: Symbol | None = None
    ) -> None:
        super().__init__(image, kind, address)
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_symbol", symbol)

    def __call__(self, *arguments: Any) -> Any:
        kind = self._type
        self._check_count(arguments)
        kinds = [*kind.parameters, *map(_promoted, arguments[len(kind.parameters) :])]
        if any(isinstance(each, Real) for each in (*kinds, kind.result)):
            return self._invoke(kinds, arguments)
        if len(kinds) > _MOST_ARGUMENTS:
            raise TypeError(f"{self._name} has more than {_MOST_ARGUMENTS} arguments, which cannot be called from here")
        pairs = enumerate(zip(kinds, arguments, strict=True))
        words = [self._word(place, each, value) for place, (each, value) in pairs]
        return _result(self._image, kind.result, self._image.call(self._address, *words))

    def _word(self, place: int, kind: CType, value: Any) -> int:
        """An integer or pointer as its register holds it: the sign goes through all 64 bits."""
        word = number_of(self._image, kind, value, self._what(place))
        if isinstance(kind, Integer) and kind.signed and word >> (kind.size * 8 - 1) & 1:
            return word | -1 << kind.size * 8 & _WORD
        return word

    def _what(self, place: int) -> str:
        return f"argument {place + 1} of {self._name}"

    def _check_count(self, arguments: tuple[Any, ...]) -> None:
        kind = self._type
        wanted = len(kind.parameters)
        if len(arguments) < wanted or (len(arguments) > wanted and not kind.variadic):
            raise TypeError(f"{self._name} takes {wanted} arguments, not {len(arguments)}: {kind.title}")
        if any(isinstance(each, Struct) for each in (kind.result, *kind.parameters)):
            raise TypeError(f"{self._name} passes a struct by value, which cannot be done from here: {kind.title}")

    def _invoke(self, kinds: list[CType], arguments: tuple[Any, ...]) -> Any:
        """Call with floating point numbers among arguments and result."""
        words: list[int] = []
        reals: list[float] = []
        for place, (kind, value) in enumerate(zip(kinds, arguments, strict=True)):
            if isinstance(kind, Real):
                reals.append(_in_register(kind, value, self._what(place)))
            else:
                words.append(self._word(place, kind, value))
        if len(words) > _WORD_REGISTERS or len(reals) > _REAL_REGISTERS:
            raise TypeError(f"{self._name} has more arguments than registers, which cannot be called from here")
        words += [0] * (_WORD_REGISTERS - len(words))
        reals += [0.0] * (_REAL_REGISTERS - len(reals))
        result = self._type.result
        real = isinstance(result, Real)
        frame = ctypes.create_string_buffer(_FRAME.pack(self._address, *words, *reals, real, 0, 0.0), _FRAME.size)
        self._image.invoke(ctypes.addressof(frame))
        if real:
            return load(self._image, result, ctypes.addressof(frame) + _FRAME.size - 8)
        return _result(self._image, result, int.from_bytes(frame.raw[-16:-8], "little"))

    # -- static variables inside ------------------------------------------------------------------

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return load(self._image, *self._static(name))

    def __setattr__(self, name: str, value: Any) -> None:
        kind, address = self._static(name)
        store(self._image, kind, address, value, f"{self._name}.{name}")

    def _static(self, name: str) -> tuple[CType, int]:
        statics = self._symbol.statics if self._symbol is not None else []
        for symbol in statics:
            if symbol.name == name:
                return self._image.place(symbol)
        known = ", ".join(each.name for each in statics) or "none"
        raise AttributeError(f"{self._name} has no static variable {name!r}; it has {known}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View | int) and int(self) == int(other)

    def __hash__(self) -> int:
        return hash(self._address)

    def __repr__(self) -> str:
        where = f" at {self._symbol.where}" if self._symbol is not None else ""
        return f"<function {self._name}: {self._type.title}{where}>"


def _promoted(value: Any) -> CType:
    """The type that an argument has where the prototype says `...`."""
    if isinstance(value, int):
        return Integer("long", 8, value < 0)
    if isinstance(value, float):
        raise TypeError("a floating point number where the prototype says ... cannot be passed from here")
    return Pointer("pointer", 8, Void("void", 0))


def _result(image: Image, kind: CType, word: int) -> Any:
    """What a function returned, by its type: C leaves the upper bits of the register undefined."""
    if isinstance(kind, Pointer):
        return pointer(image, kind, word & _WORD)
    if not isinstance(kind, Integer):
        return None
    value = word & (1 << kind.size * 8) - 1
    if kind.boolean:
        return bool(value & 0xFF)
    if kind.signed and value >> kind.size * 8 - 1:
        value -= 1 << kind.size * 8
    return value


def _in_register(kind: Real, value: Any, what: str) -> float:
    """A float lies in the lower half of its register: the double with those bits."""
    if not isinstance(value, int | float):
        raise TypeError(f"{what} is a {spelled(kind)}, not {value!r}")
    if kind.size > 8:
        raise TypeError(f"{what} is a {spelled(kind)}, which cannot be passed from here")
    if kind.size == 8:
        return float(value)
    bits: float = struct.unpack("<d", struct.pack("<fI", value, 0))[0]
    return bits
