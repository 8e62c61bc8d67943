"""What debug information says of a program: functions, variables and types, static ones as well.

Read first: DWARF 5, chapters 2 (expressions, references), 3 (scopes) and 5 (types); version 4 is read as well.
Addresses are those of the file; whoever loads it adds where it was loaded.  Types are read when they are asked for,
because a program that includes large headers names hundreds of which a test uses a few.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from elftools.dwarf.compileunit import CompileUnit
from elftools.dwarf.die import DIE
from elftools.elf.elffile import ELFFile

from netx_c.dwarf.read import Types, has, name_of, number, specification
from netx_c.dwarf.types import CType, FunctionType, Struct

_OP_ADDR = 0x03
_OP_ADDRX = 0xA1

_FACTS = "python_facts.c"  # of the archive, but made where it is built

_TYPE_TAGS = {
    "DW_TAG_typedef", "DW_TAG_structure_type", "DW_TAG_union_type", "DW_TAG_class_type", "DW_TAG_enumeration_type",
    "DW_TAG_base_type",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Symbol:
    """A function or variable: `file` is the source that defines it, `line` where; `owner` the function it is inside."""

    name: str
    file: str
    line: int
    address: int
    static: bool
    owner: str = ""
    _die: Any = None
    statics: "list[Symbol]" = field(default_factory=list)
    function: bool = False

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(slots=True)
class Unit:
    """One source file as compiled."""

    file: str
    folder: str
    cu: CompileUnit
    symbols: list[Symbol] = field(default_factory=list)
    inlined: set[str] = field(default_factory=set)
    dies: dict[str, Any] = field(default_factory=dict)  # types, by name


class NoDebugInfoError(Exception):
    """The file was compiled without `-g`."""


class Program:
    """A shared library or executable with debug information.

    Args:
        path: the file.
        apart: sources in this folder are left out of `symbols`.

    Raises:
        NoDebugInfoError: there is none in it.
    """

    def __init__(self, path: str | Path, apart: Path | None = None) -> None:
        self.path = Path(path)
        elf = ELFFile(BytesIO(self.path.read_bytes()))
        if not elf.has_dwarf_info() or not (info := elf.get_dwarf_info()).has_debug_info:
            raise NoDebugInfoError(f"{path}: no debug information; compile with -g")
        self._info: Any = info
        self.span: int = max(part["p_vaddr"] + part["p_memsz"] for part in elf.iter_segments("PT_LOAD"))
        self._lines: list[tuple[int, int, str, int]] | None = None
        self.units: list[Unit] = []
        self._others: list[Unit] = []
        for cu in info.iter_CUs():
            unit = _unit(cu)
            if unit is not None:
                source = Path(unit.folder, unit.file)
                ours = apart is not None and (source.is_relative_to(apart) or source.name == _FACTS)
                (self._others if ours else self.units).append(unit)
        self.types = Types(self._find_type)
        self.enumerators: dict[str, int] = {}
        self.symbols: dict[str, list[Symbol]] = {}
        for unit in self.units:
            self._read(unit)

    def _read(self, unit: Unit) -> None:
        """List the functions, variables and types of one source."""
        _Reader(self._info, unit, self.enumerators).scope(unit.cu.get_top_DIE(), "")
        for symbol in unit.symbols:
            known = self.symbols.setdefault(symbol.name, [])
            if all(other.address != symbol.address for other in known):
                known.append(symbol)

    # -- types ----------------------------------------------------------------------------------

    def _find_type(self, name: str) -> Any:
        """The complete entry of a type by name; the stack's own sources may have it, too."""
        for unit in self.units:
            if name in unit.dies:
                return unit.dies[name]
        for unit in self._others:
            if not unit.dies:
                _Reader(self._info, unit, {}).scope(unit.cu.get_top_DIE(), "")
            if name in unit.dies:
                return unit.dies[name]
        return None

    def type_of(self, symbol: Symbol) -> CType:
        """The type of a variable; of a function, a FunctionType."""
        if symbol.function:
            return self.types.function(symbol._die)
        return self.types.of(symbol._die)

    def type_named(self, text: str) -> CType | None:
        """A type as C writes it: `unsigned long`, `struct config`, `NX_PACKET *`, `char[16]`."""
        return self.types.parse(text)

    def signature(self, symbol: Symbol) -> FunctionType:
        """What a function takes and gives."""
        return self.types.function(symbol._die)

    def struct(self, name: str) -> Struct | None:
        """A struct by its tag or typedef."""
        found = self.type_named(name)
        return found if isinstance(found, Struct) else None

    # -- lines ----------------------------------------------------------------------------------

    def line_at(self, address: int) -> tuple[str, int] | None:
        """The source line that an address belongs to; None in code without debug information."""
        if self._lines is None:
            self._lines = sorted(row for unit in self.units for row in _line_rows(self._info, unit))
        low, high = 0, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            if self._lines[middle][0] <= address:
                low = middle + 1
            else:
                high = middle
        if low:
            start, end, file, line = self._lines[low - 1]
            if start <= address < end:
                return file, line
        return None

    def function_at(self, address: int) -> Symbol | None:
        """The function that an address lies in."""
        best: Symbol | None = None
        for unit in self.units:
            for symbol in unit.symbols:
                if symbol.function and symbol.address <= address and (best is None or symbol.address > best.address):
                    best = symbol
        return best


def _unit(cu: CompileUnit) -> Unit | None:
    top = cu.get_top_DIE()
    if top.tag != "DW_TAG_compile_unit":
        return None
    folder = top.attributes["DW_AT_comp_dir"].value.decode() if has(top, "DW_AT_comp_dir") else ""
    return Unit(name_of(top), folder, cu)


class _Reader:
    """Walks through the scopes of one source."""

    def __init__(self, info: Any, unit: Unit, enumerators: dict[str, int]) -> None:
        self._info = info
        self._unit = unit
        self._enumerators = enumerators

    def scope(self, parent: DIE, prefix: str) -> None:
        """The entries of a file or a namespace."""
        for die in parent.iter_children():
            tag = die.tag
            if tag == "DW_TAG_variable":
                self._variable(die, prefix, None)
            elif tag == "DW_TAG_subprogram":
                self._function(die, prefix)
            elif tag in _TYPE_TAGS:
                self._type(die, prefix)
            elif tag == "DW_TAG_namespace":
                self.scope(die, f"{prefix}{name_of(die)}::" if name_of(die) else prefix)

    def _type(self, die: DIE, prefix: str) -> None:
        name = name_of(die)
        if name and not has(die, "DW_AT_declaration"):
            key = name if die.tag in ("DW_TAG_typedef", "DW_TAG_base_type") else _TAGGED[str(die.tag)] + name
            self._unit.dies.setdefault(key, die)
            self._unit.dies.setdefault(prefix + name, die)
        if die.tag == "DW_TAG_enumeration_type" and not has(die, "DW_AT_enum_class"):
            for child in die.iter_children():
                self._enumerators[name_of(child)] = number(child, "DW_AT_const_value")

    def _variable(self, die: DIE, prefix: str, owner: Symbol | None) -> None:
        address = self._location(die)
        if address is None:
            return
        symbol = self._symbol(die, prefix, address)
        if owner is None:
            self._unit.symbols.append(symbol)
        else:
            symbol.owner = owner.name
            owner.statics.append(symbol)

    def _function(self, die: DIE, prefix: str) -> None:
        address = _entry(die, self._info)
        if address is None:
            if has(die, "DW_AT_inline"):
                self._unit.inlined.add(name_of(specification(die)))
            return
        symbol = self._symbol(die, prefix, address)
        symbol.function = True
        self._unit.symbols.append(symbol)
        for inner in _blocks(die):
            if inner.tag == "DW_TAG_variable":
                self._variable(inner, "", symbol)

    def _symbol(self, die: DIE, prefix: str, address: int) -> Symbol:
        declared = specification(die)
        line = number(die, "DW_AT_decl_line") or number(declared, "DW_AT_decl_line")
        static = not (has(die, "DW_AT_external") or has(declared, "DW_AT_external"))
        if declared.offset != die.offset:
            prefix = _scope_of(declared)
        return Symbol(prefix + name_of(declared), self._unit.file, line, address, static, _die=die)

    def _location(self, die: DIE) -> int | None:
        """The address of a variable that has one for good."""
        if not has(die, "DW_AT_location"):
            return None
        location = die.attributes["DW_AT_location"].value
        if not isinstance(location, list) or not location:
            return None
        operation, operands = location[0], bytes(location[1:])
        if operation == _OP_ADDR and len(operands) == 8:
            address: int = struct.unpack("<Q", operands)[0]
            return address
        if operation == _OP_ADDRX:
            return int(self._info.get_addr(die.cu, _uleb(operands)))
        return None


_TAGGED = {
    "DW_TAG_structure_type": "struct ",
    "DW_TAG_class_type": "class ",
    "DW_TAG_union_type": "union ",
    "DW_TAG_enumeration_type": "enum ",
}


def _scope_of(die: DIE) -> str:
    """The namespaces and classes a declaration stands in, as C++ writes them."""
    parent = die.get_parent()
    names = []
    while parent is not None and parent.tag != "DW_TAG_compile_unit":
        if name_of(parent):
            names.append(name_of(parent) + "::")
        parent = parent.get_parent()
    return "".join(reversed(names))


def _blocks(die: DIE) -> Iterator[DIE]:
    """Everything in a function, inside its blocks as well."""
    for child in die.iter_children():
        yield child
        if child.tag == "DW_TAG_lexical_block":
            yield from _blocks(child)


def _entry(die: DIE, info: Any) -> int | None:
    """Where a function begins; None if the compiler made no code of its own for it."""
    for attribute in ("DW_AT_entry_pc", "DW_AT_low_pc"):
        if has(die, attribute):
            value = die.attributes[attribute]
            if attribute == "DW_AT_low_pc" or value.form == "DW_FORM_addr":
                return int(value.value)
    if not has(die, "DW_AT_ranges"):
        return None
    # A function split in two: the first range is the one that is entered.
    ranges = info.range_lists().get_range_list_at_offset(die.attributes["DW_AT_ranges"].value, cu=die.cu)
    base = number(die.cu.get_top_DIE(), "DW_AT_low_pc")
    for entry in ranges:
        if hasattr(entry, "base_address"):
            base = entry.base_address
        else:
            return int(entry.begin_offset + (0 if getattr(entry, "is_absolute", False) else base))
    return None


def _line_rows(info: Any, unit: Unit) -> Iterator[tuple[int, int, str, int]]:
    """From, to, file and line of each piece of code of one source."""
    program = info.line_program_for_CU(unit.cu)
    if program is None:
        return
    version = program.header.version
    files = [entry.name.decode() for entry in program.header.file_entry]
    before = None
    for entry in program.get_entries():
        state = entry.state
        if state is None:
            continue
        if before is not None and state.address > before.address:
            index = before.file if version >= 5 else before.file - 1
            name = files[index] if 0 <= index < len(files) else unit.file
            yield before.address, state.address, _full_name(name, unit), before.line
        before = None if state.end_sequence else state


def _full_name(name: str, unit: Unit) -> str:
    """Of the source itself, the name it was compiled by; a line table has only the last part of it."""
    return unit.file if Path(name).name == Path(unit.file).name else name


def _uleb(data: bytes) -> int:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    return value
