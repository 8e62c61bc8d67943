"""The C names of what a service vector has, and the C expressions for its arguments."""

import re
from dataclasses import dataclass, field
from typing import Any

from netx_c.testing.c_text import array, is_pointer, number, pointee, string

_REFERENCE = re.compile(r"&(\$?)(\w+)(?:\+(\d+))?$")
_VALUE = re.compile(r"\$(\w+)(?:\+(\d+))?$")
_FREE = ("VOID *", "UCHAR *", "UCHAR [16]")  # parameters that take an area as it is
RAM_DRIVER = "_nx_ram_network_driver"


@dataclass
class Object:
    """An object of a scenario: its C name, and its type (`area` for bytes)."""

    name: str
    type: str
    size: str = ""  # of an area, as C text
    step: str = "0"  # distance of the packets in an area made for packets,
    recorded: int = 0  # and as it was in the recorded build


@dataclass
class Names:
    """All names of one scenario."""

    prefix: str
    objects: dict[str, Object] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)  # with their C types

    def variable(self, name: str) -> str:
        """The C expression of `$name`."""
        return f"{self.prefix}.v_{name}"

    def function(self, name: str) -> str:
        """The C function of a callback."""
        return f"{self.prefix}_{name}"

    # notation to C

    def argument(self, notation: Any, kind: str, by_variable: bool = False) -> str:
        """The C text for one argument of type `kind`."""
        if notation is None or (is_pointer(kind) and notation == 0):
            return _null(kind, by_variable)
        if isinstance(notation, int):
            return number(notation)
        if isinstance(notation, dict):
            return _constant(notation, kind)
        if notation.startswith("@"):
            return RAM_DRIVER if notation == "@ram_driver" else self.function(notation[1:])
        if _REFERENCE.match(notation):
            return self.address(notation, kind)
        return self.value(notation, kind)

    def address(self, notation: str, kind: str) -> str:
        """The C text for `&obj+n` or `&$v` where a `kind` is taken."""
        found = _REFERENCE.match(notation)
        if found is None:
            return self.value(notation, kind)
        variable, name, offset = found.groups()
        if variable:
            same = self.variables[name] == pointee(kind)
            return f"&{self.variable(name)}" if same else f"({kind})&{self.variable(name)}"
        target = self.objects[name]
        if target.type == "area":
            return _in_area(target, int(offset or 0), kind)
        start = f"&{target.name}"
        if offset:
            return f"({kind})((UCHAR *){start} + {offset})"
        return start if kind in ("VOID *", f"{target.type} *") else f"({kind})(VOID *){start}"

    def value(self, notation: str, kind: str) -> str:
        """The C text for `$v+n`, `#area` or the name of a constant."""
        if notation.startswith("#"):
            return f"(ULONG)sizeof {self.objects[notation[1:]].name}"
        found = _VALUE.match(notation)
        if found is None:
            return notation
        text = self.variable(found[1])
        return f"({kind})((UCHAR *){text} + {found[2]})" if found[2] else text


def _null(kind: str, by_variable: bool) -> str:
    if by_variable and kind == "NX_PACKET *":
        return "vector_none"
    return "NX_NULL" if is_pointer(kind) else "0U"


def _in_area(target: Object, offset: int, kind: str) -> str:
    if kind == "NX_PACKET *" and target.recorded and offset % target.recorded == 0:
        return f"vector_packet_at({target.name}, {offset // target.recorded} * {target.step})"
    text = f"{target.name} + {offset}" if offset else target.name
    return text if kind in _FREE else f"({kind})(VOID *)({text})"


def _constant(notation: dict[str, Any], kind: str) -> str:
    if "str" in notation:
        return f"(CHAR *){string(notation['str'])}"
    if "pattern" in notation:
        return "vector_pattern"
    if "words" in notation:
        return array("ULONG", notation["words"])
    text = array("UCHAR", list(bytes.fromhex(notation["hex"])))
    return text if kind in _FREE else f"({kind}){text}"
