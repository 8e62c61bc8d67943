"""Types of debug information, read when they are asked for.

Read first: DWARF 5 chapter 5.  `typedef`, `const` and `volatile` are looked through; a struct remembers the first
typedef that names it.  A struct that one file only declares is found in the file that defines it.
"""

import re
from collections.abc import Callable
from typing import Any

from elftools.dwarf.die import DIE

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
    flattened,
)

_ATE_BOOLEAN = 2
_ATE_FLOAT = 4
_ATE_SIGNED = 5
_ATE_SIGNED_CHAR = 6
_ATE_UNSIGNED_CHAR = 8
_ATE_UTF = 0x10
_SIGNED = (_ATE_SIGNED, _ATE_SIGNED_CHAR)
_CHARACTERS = (_ATE_SIGNED_CHAR, _ATE_UNSIGNED_CHAR)

_POINTER_SIZE = 8
_POINTERS = (
    "DW_TAG_pointer_type", "DW_TAG_reference_type", "DW_TAG_rvalue_reference_type",
)  # fmt: skip
_TRANSPARENT = ("DW_TAG_const_type", "DW_TAG_volatile_type", "DW_TAG_restrict_type", "DW_TAG_atomic_type")
_MEMBERS = ("DW_TAG_member", "DW_TAG_inheritance")
_STRUCTS = ("DW_TAG_structure_type", "DW_TAG_union_type", "DW_TAG_class_type")

_SPELLINGS = {
    "unsigned": "unsigned int", "long": "long int", "unsigned long": "long unsigned int", "short": "short int",
    "unsigned short": "short unsigned int", "long long": "long long int", "signed": "int",
    "unsigned long long": "long long unsigned int",
}  # fmt: skip


def has(die: DIE, attribute: str) -> bool:
    """Is the attribute there?"""
    return attribute in die.attributes


def number(die: DIE, attribute: str, default: int = 0) -> int:
    """A constant attribute."""
    found = die.attributes.get(attribute)
    return default if found is None or not isinstance(found.value, int) else found.value


def name_of(die: DIE) -> str:
    """The name; empty if it has none."""
    found = die.attributes.get("DW_AT_name")
    return "" if found is None else found.value.decode("utf-8", "replace")


def specification(die: DIE) -> DIE:
    """The entry that has the name and the type: a definition may refer to its declaration."""
    for _ in range(4):
        for attribute in ("DW_AT_abstract_origin", "DW_AT_specification"):
            if has(die, attribute):
                die = die.get_DIE_from_attribute(attribute)
                break
        else:
            return die
    return die


class Types:
    """The types of one program, each made once.

    Args:
        find: gives the complete entry of a type by name, or None.
    """

    def __init__(self, find: Callable[[str], Any]) -> None:
        self._find = find
        self._made: dict[int, CType] = {}
        self._void = Void("void", 0)

    def of(self, die: DIE) -> CType:
        """The type that an entry refers to."""
        die = specification(die)
        if not has(die, "DW_AT_type"):
            return self._void
        return self.make(die.get_DIE_from_attribute("DW_AT_type"))

    def make(self, die: DIE) -> CType:
        """The type that an entry describes."""
        made = self._made.get(die.offset)
        if made is None:
            made = self._make(die)
            self._made[die.offset] = made
        return made

    def _make(self, die: DIE) -> CType:
        tag = die.tag
        if tag in _TRANSPARENT:
            return self.of(die)
        if tag == "DW_TAG_typedef":
            return self._typedef(die)
        if tag == "DW_TAG_base_type":
            return _base(die)
        if tag in _POINTERS:
            return self._pointer(die)
        if tag in _STRUCTS:
            return self._struct(die)
        if tag == "DW_TAG_enumeration_type":
            return self._enumeration(die)
        if tag == "DW_TAG_array_type":
            return self._array(die)
        if tag == "DW_TAG_subroutine_type":
            return self.function(die)
        return Void(name_of(die) or str(tag), number(die, "DW_AT_byte_size"))

    def _typedef(self, die: DIE) -> CType:
        made = self.of(die)
        if isinstance(made, Struct) and not made.alias:
            made.alias = name_of(die)
        return made

    def _pointer(self, die: DIE) -> Pointer:
        made = Pointer("pointer", number(die, "DW_AT_byte_size", _POINTER_SIZE), self._void)
        self._made[die.offset] = made  # before its target, which may lead back here
        made.target = self.of(die)
        return made

    def pointer_to(self, target: CType) -> Pointer:
        """A pointer type."""
        return Pointer("pointer", _POINTER_SIZE, target)

    # -- structs, enums, arrays, functions --------------------------------------------------------

    def _struct(self, die: DIE) -> CType:
        if has(die, "DW_AT_declaration"):
            kind = "union " if die.tag == "DW_TAG_union_type" else "struct "
            whole = self._find(kind + name_of(die)) or self._find("class " + name_of(die))
            return self.make(whole) if whole is not None else Void(name_of(die), 0)
        made = Struct(name_of(die), number(die, "DW_AT_byte_size"))
        self._made[die.offset] = made
        for child in die.iter_children():
            if child.tag in _MEMBERS and not has(child, "DW_AT_external") and _has_place(child):
                for member in flattened(self._member(child)):
                    made.members.setdefault(member.name, member)
        return made

    def _member(self, die: DIE) -> Member:
        kind = self.of(die)
        offset = number(die, "DW_AT_data_member_location")
        if not has(die, "DW_AT_bit_size"):
            return Member(name_of(die), kind, offset)
        bits = number(die, "DW_AT_bit_size")
        if has(die, "DW_AT_data_bit_offset"):
            first = number(die, "DW_AT_data_bit_offset")
        else:  # DWARF 2 and 3 count from the most significant bit of a storage unit
            unit = number(die, "DW_AT_byte_size", kind.size)
            first = offset * 8 + unit * 8 - number(die, "DW_AT_bit_offset") - bits
        return Member(name_of(die), kind, first // 8, bits, first % 8)

    def _enumeration(self, die: DIE) -> Enumeration:
        values = {name_of(child): number(child, "DW_AT_const_value") for child in die.iter_children()}
        signed = any(value < 0 for value in values.values())
        return Enumeration(name_of(die), number(die, "DW_AT_byte_size", 4), signed, values=values)

    def _array(self, die: DIE) -> CType:
        lengths = [_length(child) for child in die.iter_children() if child.tag == "DW_TAG_subrange_type"]
        made = self.of(die)
        for length in reversed(lengths or [0]):
            made = Array("array", length * made.size, made, length)
        return made

    def function(self, die: DIE) -> FunctionType:
        """What a function, or a pointer to one, takes and gives."""
        declared = specification(die)
        source = die if any(child.tag == "DW_TAG_formal_parameter" for child in die.iter_children()) else declared
        made = FunctionType("function", 0, self._void, [])
        for child in source.iter_children():
            if child.tag == "DW_TAG_formal_parameter":
                made.parameters.append(self.of(child))
            elif child.tag == "DW_TAG_unspecified_parameters":
                made.variadic = True
        made.result = self.of(declared)
        return made

    # -- by name ----------------------------------------------------------------------------------

    def parse(self, text: str) -> CType | None:
        """A type as C writes it; None if the program has none of that name."""
        match = re.fullmatch(r"\s*([\w\s:]+?)\s*(\**)\s*((?:\[\s*\d+\s*\]\s*)*)", text)
        if match is None:
            return None
        made = self._named(" ".join(match[1].split()))
        if made is None:
            return None
        for _ in match[2]:
            made = self.pointer_to(made)
        for length in reversed(re.findall(r"\d+", match[3])):
            made = Array("array", int(length) * made.size, made, int(length))
        return made

    def _named(self, name: str) -> CType | None:
        if name == "void":
            return self._void
        die = self._find(name)
        if die is not None:
            return self.make(die)
        standard = _SPELLINGS.get(name, name)
        die = self._find(standard)
        return self.make(die) if die is not None else _STANDARD.get(standard)


# Types that can be asked for by name even if the program uses none of them.
_STANDARD: dict[str, CType] = {
    "char": Integer("char", 1, True, True),
    "unsigned char": Integer("unsigned char", 1, False, True),
    "short int": Integer("short int", 2, True),
    "short unsigned int": Integer("short unsigned int", 2, False),
    "int": Integer("int", 4, True),
    "unsigned int": Integer("unsigned int", 4, False),
    "long int": Integer("long int", 8, True),
    "long unsigned int": Integer("long unsigned int", 8, False),
    "long long int": Integer("long long int", 8, True),
    "long long unsigned int": Integer("long long unsigned int", 8, False),
    "float": Real("float", 4),
    "double": Real("double", 8),
}


def _base(die: DIE) -> CType:
    name, size, encoding = name_of(die), number(die, "DW_AT_byte_size"), number(die, "DW_AT_encoding")
    if encoding == _ATE_FLOAT:
        return Real(name, size)
    if encoding in (_ATE_BOOLEAN, _ATE_UTF, 7, *_SIGNED, *_CHARACTERS):
        return Integer(name, size, encoding in _SIGNED, encoding in _CHARACTERS, encoding == _ATE_BOOLEAN)
    return Void(name, size)


def _has_place(die: DIE) -> bool:
    """Does a member lie at the same place in every object?  A virtual base class does not."""
    found = die.attributes.get("DW_AT_data_member_location")
    return found is None or isinstance(found.value, int)


def _length(die: DIE) -> int:
    if has(die, "DW_AT_count"):
        return number(die, "DW_AT_count")
    if has(die, "DW_AT_upper_bound"):
        return number(die, "DW_AT_upper_bound") + 1
    return 0
