"""Which name means what: the scopes of a module, and every place in it where a variable is named.

Python's own rules: a name is local where something binds it, class bodies are passed over from functions inside
them, and a comprehension is a function but for its first source.
"""

import ast

from boardbuild.tree import walk


class Scope:
    """A module, class or function (or lambda, or comprehension), and the names that it binds."""

    def __init__(self, node: ast.AST, parent: "Scope | None") -> None:
        self.node = node
        self.parent = parent
        self.bound: set[str] = set()
        self.outside: set[str] = set()  # declared `global`

    @property
    def is_class(self) -> bool:
        return isinstance(self.node, ast.ClassDef)

    @property
    def is_module(self) -> bool:
        return isinstance(self.node, ast.Module)

    def find(self, name: str) -> "Scope | None":
        """The scope that a name used here belongs to; None for a builtin."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.outside:
                return scope.module()
            if name in scope.bound and (scope is self or not scope.is_class):
                return scope
            scope = scope.parent
        return None

    def module(self) -> "Scope":
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


class Place:
    """One place where a variable is named."""

    def __init__(self, node: ast.AST, field: str, scope: Scope, index: int = -1) -> None:
        self.node = node
        self.field = field
        self.scope = scope
        self.index = index

    @property
    def name(self) -> str:
        value = getattr(self.node, self.field)
        return value if self.index < 0 else value[self.index]

    def rename(self, name: str) -> None:
        if self.index >= 0:
            getattr(self.node, self.field)[self.index] = name
        elif isinstance(self.node, ast.alias) and self.field == "name":
            self.node.asname = name
        else:
            setattr(self.node, self.field, name)

    @property
    def binds(self) -> bool:
        return not isinstance(self.node, ast.Name) or not isinstance(self.node.ctx, ast.Load)


class Scopes(ast.NodeVisitor):
    """Reads a module: `places`, and `functions` with their scopes, outer ones first."""

    def __init__(self, tree: ast.Module) -> None:
        self.places: list[Place] = []
        self.functions: list[Scope] = []
        self.module = self._scope = Scope(tree, None)
        for statement in tree.body:
            self.visit(statement)

    def owned(self) -> "dict[Scope | None, list[Place]]":
        """The places by the scope that binds the name; builtins under None."""
        found: dict[Scope | None, list[Place]] = {}
        for place in self.places:
            found.setdefault(place.scope.find(place.name), []).append(place)
        return found

    def _note(self, node: ast.AST, field: str, binds: bool, index: int = -1) -> None:
        place = Place(node, field, self._scope, index)
        self.places.append(place)
        if binds:
            self._scope.bound.add(place.name)

    def visit_Name(self, node: ast.Name) -> None:
        self._note(node, "id", not isinstance(node.ctx, ast.Load))

    def visit_alias(self, node: ast.alias) -> None:
        self._note(node, "asname" if node.asname else "name", True)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._note(node, "name", True)
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global) -> None:
        self._scope.outside.update(node.names)
        for index in range(len(node.names)):
            self.places.append(Place(node, "names", self._scope, index))

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        raise SyntaxError("nonlocal is not known here: " + ", ".join(node.names))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._note(node, "name", True)
        for part in [*node.decorator_list, *node.bases, *node.keywords]:
            self.visit(part)
        self._inside(node, node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._note(node, "name", True)
        for part in node.decorator_list:
            self.visit(part)
        self._function(node, node.body)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node, [node.body])

    def _function(self, node: "ast.FunctionDef | ast.Lambda", body: list) -> None:
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                self.visit(default)
        self._inside(node, [*arguments(node), *body])

    def visit_arg(self, node: ast.arg) -> None:
        self._note(node, "arg", True)

    def _comprehension(self, node: "ast.ListComp | ast.DictComp") -> None:
        first, *rest = node.generators
        self.visit(first.iter)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._inside(node, [first.target, *first.ifs, *rest, *parts])

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension

    def _inside(self, node: ast.AST, parts: list) -> None:
        self._scope = Scope(node, self._scope)
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            self.functions.append(self._scope)
        for part in parts:
            self.visit(part)
        assert self._scope.parent is not None
        self._scope = self._scope.parent


def arguments(node: "ast.FunctionDef | ast.Lambda") -> list[ast.arg]:
    """All arguments of a function."""
    given = node.args
    extra = [argument for argument in (given.vararg, given.kwarg) if argument is not None]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *extra]


def all_names(node: ast.AST) -> set[str]:
    """Every variable named anywhere in a piece of code."""
    found: set[str] = set()
    for part in walk(node):
        for field in ("id", "arg", "name", "asname"):
            value = getattr(part, field, None)
            if isinstance(value, str):
                found.add(value)
    return found


def strings(node: ast.AST) -> set[str]:
    """Every string in a piece of code: a name in one may be asked for with `getattr`."""
    return {part.value for part in walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}
