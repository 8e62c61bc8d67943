"""Pieces of C text: literals, and the parts of a function pointer's type."""

import re

_CALLABLE = re.compile(r"(?P<returns>[\w ]+?)\s*\(\*\)\s*\((?P<parameters>.*)\)$")
_PARAMETER = re.compile(r"(?:struct\s+)?\w+\s*(?P<stars>\**)")
_PLAIN = set(range(0x20, 0x7F)) - {ord('"'), ord("\\"), ord("?")}


def string(text: str) -> str:
    """A string literal; other bytes than plain ASCII in octal, of always three digits."""
    return '"' + "".join(chr(c) if c in _PLAIN else f"\\{c:03o}" for c in text.encode("latin-1")) + '"'


def number(value: int) -> str:
    """An unsigned literal, for every integer of the services is unsigned."""
    return f"{value}U" if value < 1 << 16 else f"0x{value:08X}U"


def array(kind: str, values: list[int]) -> str:
    """The address of a compound literal."""
    return f"({kind}[]){{{', '.join(number(value) for value in values)}}}"


def is_pointer(kind: str) -> bool:
    """Whether a parameter of this type takes an address."""
    return "*" in kind or "[" in kind


def pointee(kind: str) -> str:
    """What a pointer of this type points to: `NX_PACKET *` for `NX_PACKET **`."""
    return kind.removesuffix("*").strip()


def signature(kind: str) -> tuple[str, list[str]]:
    """The return type and the parameter types, without names, of a function pointer's type."""
    found = _CALLABLE.match(kind)
    if found is None:
        raise ValueError(f"{kind} is no type of a function")
    parameters = [_without_name(parameter.strip()) for parameter in found["parameters"].split(",")]
    return found["returns"], parameters


def _without_name(parameter: str) -> str:
    found = _PARAMETER.match(parameter)
    if found is None:
        raise ValueError(f"{parameter} is no parameter")
    return re.sub(r"\s+", " ", found[0]).strip()
