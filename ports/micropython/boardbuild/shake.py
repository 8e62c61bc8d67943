"""Leaves out what a program and all it reaches never name: files, functions, classes, methods, attributes.

Goes by names alone, so it keeps rather too much: a method stays if anything kept has an attribute of its name.
"""

import ast

from boardbuild.fold import is_pure
from boardbuild.foreign import ATTRIBUTES
from boardbuild.scopes import Scopes, strings
from boardbuild.tree import walk

Trees = dict[str, ast.Module]


class Forgetter(ast.NodeTransformer):
    """Takes away attributes that are written and never read, such as most statistics, and what only prints."""

    def __init__(self, trees: Trees) -> None:
        self._read = set(ATTRIBUTES)
        for tree in trees.values():
            self._read |= strings(tree)
            self._read |= {part.attr for part in walk(tree)
                           if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load)}  # fmt: skip

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        kept = [target for target in node.targets if not self._unread(target)]
        if kept:
            node.targets = kept
            return node
        return None if is_pure(node.value) else ast.copy_location(ast.Expr(node.value), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | None:
        if not self._unread(node.target):
            return node
        return None if is_pure(node.value) else ast.copy_location(ast.Expr(node.value), node)

    def _unread(self, target: ast.expr) -> bool:
        return isinstance(target, ast.Attribute) and target.attr not in self._read and is_pure(target)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        had_body = bool(getattr(node, "body", None))
        super().generic_visit(node)
        if had_body and not node.body:
            node.body = [ast.Pass()]
        return node


class VariableForgetter(Forgetter):
    """Takes away variables of functions that nothing reads."""

    def __init__(self, tree: ast.Module) -> None:
        self._nodes: set[ast.AST] = set()
        for scope, places in Scopes(tree).owned().items():
            if scope is not None and not scope.is_module and not scope.is_class:
                read = {place.name for place in places if not place.binds}
                self._nodes.update(place.node for place in places if place.name not in read)

    def _unread(self, target: ast.expr) -> bool:
        return target in self._nodes


class Shaker:
    """Finds what of `trees` a program needs."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._named: set[str] = set()
        self._modules: set[str] = set()
        self._taken: set[ast.AST] = set()

    def shake(self, program: str) -> Trees:
        """What `program`, one of the modules, needs."""
        self._module(program)
        self._take(self._trees[program])
        before = (-1, -1)
        while before != (len(self._named), len(self._modules)):
            before = (len(self._named), len(self._modules))
            for name in sorted(self._modules - {program}):
                self._reach(self._trees[name].body)
        return {name: self._trees[name] if name == program else self._kept(name) for name in sorted(self._modules)}

    def _take(self, node: ast.AST) -> None:
        """All that is named somewhere in a piece of code that stays."""
        if node in self._taken:
            return
        self._taken.add(node)
        for part in walk(node):
            match part:
                case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name) | ast.Constant(value=str() as name):
                    self._named.add(name)
                case ast.ImportFrom(module=str() as module, names=aliases):
                    self._module(module)
                    self._named.update(alias.name for alias in aliases)

    def _module(self, module: str) -> None:
        if module in self._trees:
            self._modules.add(module)

    def _is_named(self, node: ast.stmt) -> bool:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                return False
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_pure(value):
                return name in self._named or name == "__slots__"
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                return name in self._named or (name.startswith("__") and name != "__repr__")
        return True

    def _reach(self, body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef):
                if self._is_named(node):
                    for base in [*node.bases, *node.decorator_list]:
                        self._take(base)
                    self._reach(node.body)
            elif isinstance(node, ast.ImportFrom):
                named = [alias for alias in node.names if (alias.asname or alias.name) in self._named]
                if named:
                    self._take(ast.ImportFrom(node.module, named, 0))
            elif self._is_named(node):
                self._take(node)

    def _kept(self, name: str) -> ast.Module:
        tree = self._trees[name]
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                node.body = [part for part in node.body if self._is_named(part)] or [ast.Pass()]
            elif isinstance(node, ast.ImportFrom):
                node.names = [alias for alias in node.names if (alias.asname or alias.name) in self._named]
        tree.body = [node for node in tree.body if self._is_named(node) and getattr(node, "names", True)]
        return tree


def shaken(trees: Trees, program: str, public: frozenset[str] = frozenset()) -> Trees:
    """What a program needs, and of the stack's objects the attributes that somebody asks for.

    What the program and the other modules of `public` write may be somebody else's, and stays.
    """
    kept = Shaker(trees).shake(program)
    forgetter = Forgetter(kept)
    for name, tree in kept.items():
        if name not in public | {program}:
            forgetter.visit(tree)
            VariableForgetter(tree).visit(tree)
    return kept
