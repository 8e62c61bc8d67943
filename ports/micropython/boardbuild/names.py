"""Short names for what a program and the stack call each other: a board keeps the text of every name, once.

Variables of modules and attributes never meet, so they share the same short names; so do the arguments of all
functions.  Names that may be somebody else's stay, and so do arguments that are given by name.
"""

import ast
import itertools
import keyword
import string
from collections import Counter
from collections.abc import Iterator

from boardbuild.foreign import ATTRIBUTES, PREFIXES
from boardbuild.scopes import Scope, Scopes, all_names, arguments
from boardbuild.tree import walk

Trees = dict[str, ast.Module]
BIG = 1 << 30  # ints from here on are objects on a board of 32 bits


def short_names(taken: set[str]) -> Iterator[str]:
    """Names of two characters that nothing else has."""
    for first, second in itertools.product(string.ascii_letters, string.ascii_letters + string.digits):
        name = first + second
        if name not in taken and not keyword.iskeyword(name):
            yield name
    raise ValueError("there are no more short names")


def taken_names(trees: Trees) -> set[str]:
    """All names in use anywhere."""
    found = set(ATTRIBUTES)
    for tree in trees.values():
        found |= all_names(tree)
        found |= {part.attr for part in walk(tree) if isinstance(part, ast.Attribute)}
    return found


class Attributes:
    """Which attributes are the stack's own, and what they are called on the board."""

    def __init__(self, trees: Trees, public: set[str]) -> None:
        self._counts: Counter[str] = Counter()
        own, asked = set(), set(public)
        for tree in trees.values():
            slots = set()
            for node in walk(tree):
                if isinstance(node, ast.Attribute):
                    self._counts[node.attr] += 1
                    if not isinstance(node.ctx, ast.Load):
                        own.add(node.attr)
                elif isinstance(node, ast.ClassDef):
                    own |= set(class_names(node))
                    slots |= {part for statement in node.body if is_slots(statement) for part in walk(statement)}
            asked |= {part.value for part in walk(tree) if isinstance(part, ast.Constant)
                      and isinstance(part.value, str) and part not in slots
                      and not part.value.startswith(PREFIXES)}  # fmt: skip
        self._own = {name for name in own - asked - ATTRIBUTES if not name.startswith("__")}
        self._names: dict[str, str] = {}

    def by_use(self) -> list[str]:
        """The stack's own, most used first."""
        return sorted(self._own, key=lambda name: (-self._counts[name], name))

    def assign(self, names: dict[str, str]) -> None:
        self._names = names

    def rename(self, tree: ast.Module) -> None:
        for node in walk(tree):
            if isinstance(node, ast.Attribute):
                node.attr = self._names.get(node.attr, node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(PREFIXES):
                node.value = self._names.get(node.value, node.value)
            elif isinstance(node, ast.ClassDef):
                self._rename_class(node)

    def _rename_class(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            if is_slots(statement):
                for part in walk(statement):
                    if isinstance(part, ast.Constant):
                        part.value = self._names.get(part.value, part.value)

    def rename_in_classes(self, scopes: Scopes) -> None:
        """What class bodies bind."""
        for scope, places in scopes.owned().items():
            if scope is not None and scope.is_class:
                for place in places:
                    if place.name in self._names:
                        place.rename(self._names[place.name])


def class_names(node: ast.ClassDef) -> Iterator[str]:
    for part in node.body:
        match part:
            case ast.FunctionDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                yield name


def is_slots(statement: ast.stmt) -> bool:
    match statement:
        case ast.Assign(targets=[ast.Name(id="__slots__")]):
            return True
    return False


def given_by_name(trees: Trees) -> set[str]:
    """Arguments that some call names."""
    return {part.arg for tree in trees.values() for part in walk(tree)
            if isinstance(part, ast.keyword) and part.arg}  # fmt: skip


def shorten_arguments(tree: ast.Module, kept: set[str]) -> None:
    """Arguments of all functions by the same few names; outer functions first."""
    scopes = Scopes(tree)
    owned = scopes.owned()
    for scope in scopes.functions:
        _shorten_arguments(scope, owned.get(scope, []), kept)


def _shorten_arguments(scope: Scope, places: list, kept: set[str]) -> None:
    node = scope.node
    assert isinstance(node, ast.FunctionDef | ast.Lambda)
    own = [argument.arg for argument in arguments(node)]
    staying = {name for name in own if name in kept or name == "self"}
    others = all_names(node) - set(own) | staying
    free = iter([letter for letter in string.ascii_lowercase if letter not in others])
    renamed = {name: next(free) for name in own if name not in staying}
    for place in places:
        if place.name in renamed:
            place.rename(renamed[place.name])


class BigNumbers(ast.NodeTransformer):
    """Numbers that are objects on a board of 32 bits stand once in a module, under a name."""

    def __init__(self, tree: ast.Module, names: Iterator[str], known: dict[int, str]) -> None:
        counts = Counter(part.value for part in walk(tree) if _is_big(part))
        for value in sorted(value for value, count in counts.items() if count > 1):
            if value not in known:
                known[value] = next(names)
        self.names = {value: known[value] for value in known if counts[value] > 1}

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Name(self.names[node.value], ast.Load()) if _is_big(node) and node.value in self.names else node

    def definitions(self) -> list[ast.stmt]:
        return [ast.Assign([ast.Name(name, ast.Store())], ast.Constant(value)) for value, name in self.names.items()]


def _is_big(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value >= BIG
