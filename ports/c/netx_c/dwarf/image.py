"""A shared library in memory, seen through its debug information: names are attributes.

    image.mail_count = 3        image.config.server[0]        image.mail_task_run(3)
    image.file("a.c").hidden    image["mail::total"]          image.new("NX_PACKET *[4]")
"""

import _ctypes
import ctypes
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from netx_c.dwarf.calls import FunctionView
from netx_c.dwarf.low import load_low
from netx_c.dwarf.memory import ClosedError
from netx_c.dwarf.program import Program, Symbol, Unit
from netx_c.dwarf.types import CType, FunctionType, Struct, spelled
from netx_c.dwarf.values import View, load, packed, pointer, store

__tracebackhide__ = True  # what is wrong is wrong in the test, whose line pytest shows

_libc = ctypes.CDLL(None)
_libc.malloc.restype = ctypes.c_void_p
_libc.malloc.argtypes = [ctypes.c_size_t]
_libc.free.argtypes = [ctypes.c_void_p]


class AmbiguousNameError(AttributeError):
    """Several files have a static object of that name."""


class Names:
    """Functions, variables and enumerators by name.

    Args:
        image: what they are in.
        unit: of this file only; None for all.
    """

    _image: "Image"
    _unit: Unit | None

    def __init__(self, image: "Image", unit: Unit | None = None) -> None:
        object.__setattr__(self, "_image", image)
        object.__setattr__(self, "_unit", unit)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._image.get(name, self._unit)

    def __setattr__(self, name: str, value: Any) -> None:
        self._image.set(name, value, self._unit)

    __getitem__ = __getattr__

    __setitem__ = __setattr__

    def __dir__(self) -> list[str]:
        return [*object.__dir__(self), *self._image.names(self._unit)]

    def __repr__(self) -> str:
        unit = self._unit
        return f"<{Path(unit.file).name if unit is not None else self._image.name}>"


class Image:
    """A library that is loaded, and what is in it.

    Args:
        path: the file; every path is loaded of its own, with fresh variables.
        program: its debug information, which several images of the same build share.
    """

    def __init__(self, path: Path, program: Program) -> None:
        self.name = path.name
        self.program = program
        self._library: ctypes.CDLL | None = load_low(path)
        self._base: int = ctypes.c_size_t.from_address(self._library._handle).value  # struct link_map
        self._kept: list[int] = []

    # -- for values -----------------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Is it unloaded?"""
        return self._library is None

    def keep(self, data: bytes) -> int:
        """Put octets into memory that stays until the image is closed; its address."""
        # From malloc and not a byte more, so that AddressSanitizer sees who writes behind it.
        address: int = _libc.malloc(max(len(data), 1))
        ctypes.memmove(address, data, len(data))
        self._kept.append(address)
        return address

    def address_of(self, value: Any) -> int | None:
        """The address of something that stands for a C object; None if this value does not."""
        return None

    def refresh(self, kind: Struct) -> None:
        """A struct will be read: nobody but C has written it."""

    def written(self, kind: Struct, address: int) -> None:
        """A member of a struct was written: C will see it."""

    def function(self, address: int, kind: FunctionType) -> FunctionView:
        """A function behind a pointer: under its own name, where it is one of this image."""
        found = self.program.function_at(address - self._base)
        if found is not None and found.address + self._base == address:
            return FunctionView(self, kind, address, found.name, found)
        return FunctionView(self, kind, address, f"the function at {address:#x}")

    def place(self, symbol: Symbol) -> tuple[CType, int]:
        """The type of a variable, and where it is."""
        return self.program.type_of(symbol), symbol.address + self._base

    # -- calls ----------------------------------------------------------------------------------

    def call(self, address: int, *arguments: int) -> int:
        """Call with integers; the result register."""
        self.check_open()
        kind = ctypes.CFUNCTYPE(ctypes.c_uint64, *[ctypes.c_uint64] * len(arguments))
        return int(kind(address)(*arguments))

    def invoke(self, frame: int) -> None:
        """Call what a frame for `netx_invoke` describes."""
        self.call(self.dlsym("netx_invoke"), frame)

    def dlsym(self, name: str) -> int:
        """The address of an exported symbol; 0 if there is none."""
        self.check_open()
        try:
            return ctypes.cast(getattr(self._library, name), ctypes.c_void_p).value or 0
        except AttributeError:
            return 0

    def check_open(self) -> None:
        """Refuse to go on with an image that is unloaded."""
        if self.closed:
            raise ClosedError(f"{self.name} was unloaded at the end of its test")

    def close(self) -> None:
        """Unload it: its destructors run, coverage is written."""
        library, self._library = self._library, None
        if library is not None:
            _ctypes.dlclose(library._handle)
        while self._kept:
            _libc.free(self._kept.pop())

    # -- names ----------------------------------------------------------------------------------

    def get(self, name: str, unit: Unit | None = None) -> Any:
        """A function, the value of a variable, or an enumerator."""
        symbol = self._find(name, unit)
        if symbol is None:
            if name in self.program.enumerators:
                return self.program.enumerators[name]
            raise AttributeError(self._unknown(name, unit))
        kind, address = self.place(symbol)
        if isinstance(kind, FunctionType):
            return FunctionView(self, kind, address, name, symbol)
        return load(self, kind, address)

    def set(self, name: str, value: Any, unit: Unit | None = None) -> None:
        """Change a variable."""
        symbol = self._find(name, unit)
        if symbol is None:
            raise AttributeError(self._unknown(name, unit))
        kind, address = self.place(symbol)
        if isinstance(kind, FunctionType):
            raise AttributeError(f"{name} is a function and cannot be assigned")
        store(self, kind, address, value, name)

    def _find(self, name: str, unit: Unit | None) -> Symbol | None:
        symbols = self.program.symbols
        found = symbols.get(name) or [
            each for known, several in symbols.items() if known.endswith("::" + name) for each in several
        ]
        if unit is not None:
            found = [each for each in found if each.file == unit.file]
        if len(found) > 1:
            places = ", ".join(each.where for each in found)
            raise AmbiguousNameError(f"several files have a {name} of their own ({places}): firmware.file(...).{name}")
        return found[0] if found else None

    def _unknown(self, name: str, unit: Unit | None) -> str:
        for each in self.program.units if unit is None else [unit]:
            if name in each.inlined:
                return f"{name} was inlined by the compiler: build with -O0 or -fno-inline to call it"
        close = get_close_matches(name, self.names(unit), 3)
        hint = f"; there is {', '.join(close)}" if close else "; what the compiler optimised away cannot be seen either"
        return f"{Path(unit.file).name if unit else self.name} has no function or variable {name!r}{hint}"

    def names(self, unit: Unit | None = None) -> list[str]:
        """Names of functions and variables."""
        if unit is None:
            return sorted(self.program.symbols)
        return sorted(symbol.name for symbol in unit.symbols)

    def unit(self, name: str) -> Unit:
        """A source file by its name, or the end of its path."""
        wanted = Path(name).parts
        found = [unit for unit in self.program.units if Path(unit.file).parts[-len(wanted) :] == wanted]
        if len(found) != 1:
            files = ", ".join(unit.file for unit in found or self.program.units)
            raise AttributeError(f"{'several files are' if found else 'no file is'} called {name}: {files}")
        return found[0]

    # -- memory ---------------------------------------------------------------------------------

    def type_named(self, text: str) -> CType:
        """A type as C writes it."""
        kind = self.program.type_named(text)
        if kind is None:
            raise TypeError(f"{self.name} has no type {text!r}; one that nothing uses is not in its debug information")
        return kind

    def new(self, text: str, value: Any = None) -> Any:
        """Memory of a type, zeros or a value, that stays until the image is closed."""
        kind = self.type_named(text)
        data = bytes(kind.size) if value is None else packed(self, kind, value, spelled(kind))
        address = self.keep(data)
        view = load(self, kind, address)
        if isinstance(view, View) and int(view) == address:
            return view
        return pointer(self, self.program.types.pointer_to(kind), address)

    def cast(self, text: str, value: Any) -> Any:
        """A pointer or number seen as a pointer of another type: `cast("struct config *", p)`."""
        return load(self, self.type_named(text), self.keep(int(value).to_bytes(8, "little")))

    # -- where things are -----------------------------------------------------------------------

    def holds(self, address: int) -> bool:
        """Is this address in the image?"""
        return self._base <= address < self._base + self.program.span

    def line_at(self, address: int) -> tuple[str, int] | None:
        """The source line of an address in this process; None if it is not of this image."""
        return self.program.line_at(address - self._base)

    def function_name(self, address: int) -> str:
        """The function of an address."""
        found = self.program.function_at(address - self._base)
        return found.name if found is not None else ""
