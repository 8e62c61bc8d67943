"""What never varies in one program: attributes, arguments and variables that only ever have one value.

The stack has a place for everything that can be enabled.  In a program that enables little, most places hold None or
zero for ever, and what asks them is decided before it runs.  All code is known here, so that can be found out.
"""

import ast
from collections.abc import Iterator

from boardbuild.fold import Folder, is_nothing, is_pure, is_settled
from boardbuild.foreign import ATTRIBUTES, attributes_of
from boardbuild.scopes import Scope, Scopes, strings
from boardbuild.tree import walk

Trees = dict[str, ast.Module]
_VARIES = object()


class Values:
    """What is ever put into something."""

    def __init__(self) -> None:
        self._found: dict[object, list[object]] = {}

    def put(self, key: object, node: "ast.AST | None") -> None:
        value = node.value if isinstance(node, ast.Constant) and is_settled(node.value) else _VARIES
        self._found.setdefault(key, []).append(value)

    def block(self, key: object) -> None:
        self._found.setdefault(key, []).append(_VARIES)

    def settled(self) -> dict[object, object]:
        """Those with one value."""
        return {key: values[0] for key, values in self._found.items() if values[0] is not _VARIES
                and all(type(value) is type(values[0]) and value == values[0] for value in values)}  # fmt: skip


def _walk(trees: Trees) -> Iterator[ast.AST]:
    for tree in trees.values():
        yield from walk(tree)


def settled_attributes(trees: Trees, foreign: set[str]) -> dict[object, object]:
    """Attributes that hold one value, whatever object they are of."""
    values, simple = Values(), set()
    for node in _walk(trees):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute):
                    simple.add(target)
                    values.put(target.attr, node.value)
        elif isinstance(node, ast.ClassDef):
            _class_body(node, values)
    for node in _walk(trees):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load) and node not in simple:
            values.block(node.attr)
    asked = {name for tree in trees.values() for name in strings(tree)}
    return {name: value for name, value in values.settled().items() if name not in foreign | asked}


def _class_body(node: ast.ClassDef, values: Values) -> None:
    for part in node.body:
        match part:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                values.put(name, value)
            case ast.FunctionDef(name=name):
                values.block(name)


class Calls:
    """What functions are given, of those of which every call is known: others may call those of `public` modules."""

    def __init__(self, trees: Trees, public: frozenset[str], foreign: set[str]) -> None:
        self._foreign = foreign
        self.functions: dict[str, tuple[ast.FunctionDef, bool]] = {}
        self._classes: set[str] = set()
        self._unknown: set[str] = set()
        self._flexible: set[str] = set()  # of which not every argument can be told
        self._calls: list[tuple[str, ast.Call]] = []
        self._define(trees)
        self._uses(trees)
        self._flexible.update(node.name for module in public for node in walk(trees[module])
                              if isinstance(node, ast.FunctionDef | ast.ClassDef))  # fmt: skip
        for name in self._unknown & set(self.functions):
            del self.functions[name]

    def _define(self, trees: Trees) -> None:
        for node in _walk(trees):
            if isinstance(node, ast.ClassDef):
                self._classes.add(node.name)
                methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
                for name, part in methods.items():
                    self._add(node.name if name == "__init__" else name, part, True)
                self._unknown.update(base.id for base in node.bases if isinstance(base, ast.Name))
        inside = {id(part) for node in _walk(trees) if isinstance(node, ast.ClassDef) for part in node.body}
        for node in _walk(trees):
            if isinstance(node, ast.FunctionDef) and id(node) not in inside:
                self._add(node.name, node, False)

    def _add(self, name: str, node: ast.FunctionDef, method: bool) -> None:
        foreign = method and name in self._foreign
        if foreign or name in self.functions or node.decorator_list:
            self._unknown.add(name)
        if node.args.vararg or node.args.kwarg:
            self._flexible.add(name)
        self.functions[name] = (node, method)

    def _uses(self, trees: Trees) -> None:
        called = set()
        for node in _walk(trees):
            if isinstance(node, ast.Call):
                called.add(node.func)
                if isinstance(node.func, ast.Name) and node.func.id == "isinstance":
                    called.update(walk(node.args[1]))
                self._call(node)
            elif isinstance(node, ast.arg):
                self._unknown.add(node.arg)
            elif isinstance(node, ast.alias) and node.asname:
                self._unknown.add(node.name)
        for node in _walk(trees):
            if isinstance(node, ast.Name) and (node not in called or not isinstance(node.ctx, ast.Load)):
                self._unknown.add(node.id)
            elif isinstance(node, ast.Attribute) and node not in called:
                self._unknown.add(node.attr)
        for tree in trees.values():
            self._unknown |= strings(tree)

    def _call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id=name):
                pass
            case ast.Attribute(value=base, attr=name):
                if isinstance(base, ast.Name) and base.id in self._classes:
                    self._unknown.add(name)
            case _:
                return
        if any(isinstance(part, ast.Starred) for part in node.args) or any(part.arg is None for part in node.keywords):
            self._flexible.add(name)
        self._calls.append((name, node))

    def arguments(self) -> dict[tuple[str, str], object]:
        """(function, argument) that is the same in every call."""
        values = Values()
        for name, call in self._calls:
            if name in self.functions and name not in self._flexible:
                self._one_call(name, call, values)
        return values.settled()

    def _one_call(self, name: str, call: ast.Call, values: Values) -> None:
        function, method = self.functions[name]
        if isinstance(call.func, ast.Attribute) and not method:
            return  # somebody else's
        names = [argument.arg for argument in function.args.args][1 if method else 0 :]
        given: dict[str, ast.expr] = dict(zip(reversed(names), reversed(function.args.defaults), strict=False))
        given.update(zip(names, call.args, strict=False))
        given.update({part.arg: part.value for part in call.keywords if part.arg})
        for argument in names:
            values.put((name, argument), given.get(argument))

    def results(self) -> dict[tuple[str, bool], ast.Constant]:
        """Functions, and whether they are methods, that do nothing but give a constant."""
        found = {}
        for name, (function, method) in self.functions.items():
            if name not in self._classes:
                match function.body:
                    case [ast.Return(value=ast.Constant(value=value))] if is_settled(value):
                        found[(name, method)] = ast.Constant(value)
                    case body if is_nothing(body):
                        found[(name, method)] = ast.Constant(None)
        return found


class _Replacer(Folder):
    """Puts what is known where it is used, and folds."""

    def __init__(self, names: dict[ast.AST, object], attributes: dict, results: dict, empty: set[ast.AST]) -> None:
        self._names = names
        self._attributes = attributes
        self._results = results
        self._empty = empty

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(self._names[node]) if node in self._names else super().visit_Name(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        known = isinstance(node.ctx, ast.Load) and node.attr in self._attributes and is_pure(node.value)
        if known:
            return ast.Constant(self._attributes[node.attr])
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None), isinstance(node.func, ast.Attribute)
        parts = [*node.args, *[part.value for part in node.keywords], getattr(node.func, "value", node.func)]
        if name in self._results and all(map(is_pure, parts)):
            return self._results[name]
        return super().visit_Call(node)

    def visit_For(self, node: ast.For) -> "ast.stmt | None":
        if node.iter in self._empty:
            return None
        self.generic_visit(node)
        return node


def _only_value(places: list, assigned: dict[ast.AST, ast.expr]) -> "ast.expr | None":
    """The value of a variable that is bound once, by a plain assignment."""
    bindings = [place for place in places if place.binds]
    return assigned.get(bindings[0].node) if len(bindings) == 1 else None


class Settler:
    """Finds what is settled in a program, and simplifies it accordingly.

    What the program and the other modules of `public` define may be called from the REPL with any arguments.
    """

    def __init__(self, trees: Trees, program: str, public: frozenset[str] = frozenset()) -> None:
        self._trees = trees
        self._program = program
        self._public = (public | {program}) & set(trees)
        self._scopes = {module: Scopes(tree) for module, tree in trees.items()}
        self._owned = {module: scopes.owned() for module, scopes in self._scopes.items()}
        self._assigned = {node.targets[0]: node.value for node in _walk(trees)
                          if isinstance(node, ast.Assign) and len(node.targets) == 1}  # fmt: skip
        self._homes = {module: _homes(tree) for module, tree in trees.items()}
        self._touched = self._used_otherwise()
        self._names: dict[ast.AST, object] = {}
        self._empty: set[ast.AST] = set()

    def settle(self) -> None:
        """One round; what it removes may let more be found in the next."""
        foreign = ATTRIBUTES | attributes_of(self._trees[module] for module in self._public)
        attributes = settled_attributes(self._trees, foreign)
        calls = Calls(self._trees, self._public, foreign)
        arguments = calls.arguments()
        named = {id(function): name for name, (function, _) in calls.functions.items()}
        shared = self._globals()
        for module, owned in self._owned.items():
            for scope, places in owned.items():
                if scope is None or scope.is_class:
                    continue
                if scope.is_module:
                    self._imported(module, places, shared)
                else:
                    self._inside(scope, places, named, arguments)
        replacer = _Replacer(self._names, attributes, calls.results(), self._empty)
        for tree in self._trees.values():
            replacer.fold(tree)

    def _globals(self) -> dict[tuple[str, str], ast.expr]:
        """Variables of modules that are bound once, and what to."""
        found = {}
        for module, scopes in self._scopes.items():
            if module == self._program:
                continue
            for name, places in _by_name(self._owned[module].get(scopes.module, [])):
                value = _only_value(places, self._assigned)
                if value is not None:
                    found[(module, name)] = value
        return found

    def _imported(self, module: str, places: list, shared: dict[tuple[str, str], ast.expr]) -> None:
        """Use what is settled of a module's own variables, and of those that it imports."""
        homes = self._homes[module]
        for name, named in _by_name(places):
            key = homes.get(name, (module, name))
            value = shared.get(key)
            if isinstance(value, ast.Constant) and is_settled(value.value):
                self._know(named, value.value)
            elif isinstance(value, ast.List) and not value.elts and key not in self._touched:
                self._empty.update(place.node for place in named if not place.binds)

    def _used_otherwise(self) -> set[tuple[str, str]]:
        """Variables of modules that are used for anything but going through them."""
        iterated = {node.iter for node in _walk(self._trees) if isinstance(node, ast.For)}
        return {self._homes[module].get(place.name, (module, place.name))
                for module, scopes in self._scopes.items() for place in self._owned[module].get(scopes.module, [])
                if not place.binds and place.node not in iterated}  # fmt: skip

    def _inside(self, scope: Scope, places: list, named: dict[int, str], arguments: dict) -> None:
        """Use what is settled of a function's arguments and variables."""
        function = named.get(id(scope.node))
        for name, used in _by_name(places):
            value = _only_value(used, self._assigned)
            bindings = [place for place in used if place.binds]
            if isinstance(value, ast.Constant) and is_settled(value.value):
                self._know(used, value.value)
            elif (function, name) in arguments and len(bindings) == 1 and isinstance(bindings[0].node, ast.arg):
                self._know(used, arguments[(function, name)])

    def _know(self, places: list, value: object) -> None:
        self._names.update({place.node: value for place in places if not place.binds})


def _homes(tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Where the names come from that a module imports."""
    return {alias.asname or alias.name: (node.module or "", alias.name) for node in walk(tree)
            if isinstance(node, ast.ImportFrom) for alias in node.names}  # fmt: skip


def _by_name(places: list) -> list[tuple[str, list]]:
    found: dict[str, list] = {}
    for place in places:
        found.setdefault(place.name, []).append(place)
    return list(found.items())
