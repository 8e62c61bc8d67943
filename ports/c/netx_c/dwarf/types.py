"""C types as debug information tells them: what values of a program in memory look like."""

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False, repr=False)
class CType:
    """A type: its name as C writes it, and its bytes; 0 for what has no size."""

    name: str
    size: int

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {spelled(self)}>"


@dataclass(slots=True, eq=False, repr=False)
class Void(CType):
    """`void`, and what debug information leaves incomplete."""


@dataclass(slots=True, eq=False, repr=False)
class Integer(CType):
    """An integer; `character` for the char types, which also hold text."""

    signed: bool
    character: bool = False
    boolean: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Enumeration(Integer):
    """An enum, with its names."""

    values: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class Real(CType):
    """float, double or long double."""


@dataclass(slots=True, eq=False, repr=False)
class Pointer(CType):
    """A pointer, or a reference of C++."""

    target: CType


@dataclass(slots=True, eq=False, repr=False)
class Array(CType):
    """An array; of a flexible one the length is 0."""

    element: CType
    length: int


@dataclass(slots=True, eq=False, repr=False)
class Member:
    """A member of a struct: where it is, and for a bit-field, how many bits from which on."""

    name: str
    type: CType
    offset: int
    bits: int = 0
    shift: int = 0


@dataclass(slots=True, eq=False, repr=False)
class Struct(CType):
    """A struct, union or class.

    `alias` is the name a typedef gives it.  Members of unnamed structs and unions inside, and of base classes, are
    among `members` as C lets one write them.
    """

    members: dict[str, Member] = field(default_factory=dict)
    alias: str = ""

    @property
    def title(self) -> str:
        """The name a person would use."""
        return self.alias or self.name


@dataclass(slots=True, eq=False, repr=False)
class FunctionType(CType):
    """What a function takes and gives."""

    result: CType
    parameters: list[CType]
    variadic: bool = False

    @property
    def title(self) -> str:
        """The prototype without a name."""
        words = [spelled(kind) for kind in self.parameters] + (["..."] if self.variadic else [])
        return f"{spelled(self.result)} ({', '.join(words) or 'void'})"


def spelled(kind: CType) -> str:
    """A type as a person would write it."""
    if isinstance(kind, Pointer):
        inner = kind.target
        return f"{spelled(inner.result)} (*)()" if isinstance(inner, FunctionType) else f"{spelled(inner)} *"
    if isinstance(kind, Array):
        return f"{spelled(kind.element)}[{kind.length}]"
    if isinstance(kind, Struct):
        return kind.title or "struct"
    if isinstance(kind, FunctionType):
        return kind.title
    return kind.name or "void"


def flattened(member: Member) -> list[Member]:
    """A member, or of an unnamed struct or union the members inside, seen from outside."""
    if member.name or not isinstance(member.type, Struct):
        return [member]
    inside = member.type.members.values()
    return [Member(each.name, each.type, member.offset + each.offset, each.bits, each.shift) for each in inside]
