"""Few modules out of many: what a program always loads becomes one module a layer, what it may load stays apart.

Every module costs a table of its names, and every import an entry in the importer's.  A layer is loaded at once on
a board, so its files share one table.  What is imported inside functions is loaded when it is wanted, as ever.
"""

import ast
from collections import Counter

from boardbuild.foreign import attributes_of
from boardbuild.names import (
    Attributes,
    BigNumbers,
    given_by_name,
    short_names,
    shorten_arguments,
    taken_names,
)
from boardbuild.scopes import Scopes
from boardbuild.tree import walk

Trees = dict[str, ast.Module]
Name = tuple[str, str]
Layers = tuple[tuple[str, tuple[str, ...]], ...]

# What goes into which module on the board: the first line that fits.
LAYERS: Layers = (
    ("nx_packets", ("netx_sim.packet", "netx_sim.packet_pool", "netx_sim.leaks", "netx_sim.link")),
    ("nx_tcp", ("netx_sim.tcp",)),
    ("nx_services", ("netx_sim.checked", "netx_sim.snapshot")),
    ("nx_ip", ("netx_sim.ip", "netx_sim.arp", "netx_sim.icmp", "netx_sim.igmp", "netx_sim.udp", "netx_sim.wire",
                 "netx_sim.message_sum", "netx_sim.ports", "netx_sim.ring_waiters", "netx_sim.address")),
    ("nx_ipv6", ("netx_sim.ipv6",)),
    ("nx_kernel", ("netx_sim",)),
    ("nx_link", ("netx_drivers",)),
    ("nx_pop3", ("netx_pop3",)),
)  # fmt: skip


def top_level(tree: ast.Module) -> list[ast.stmt]:
    """Statements that are executed when a module is loaded."""
    found: list[ast.stmt] = []
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.stmt):
            found.append(node)
            if not isinstance(node, ast.FunctionDef):
                waiting += ast.iter_child_nodes(node)
        elif isinstance(node, ast.ExceptHandler):
            waiting += node.body
    return found


class Bundler:
    """Joins the modules of one program.

    `files`: text of each module on the board, each after what it needs.  Without `layers` nothing is joined.
    """

    def __init__(self, trees: Trees, program: str, layers: Layers = LAYERS) -> None:
        self._trees = trees
        self._layers = layers
        self._program = program
        self._order: list[str] = []
        self._load(program)
        self._part = {module: self._part_of(module) for module in trees}
        self._scopes = {module: Scopes(tree) for module, tree in trees.items()}
        self._owned = {module: scopes.owned() for module, scopes in self._scopes.items()}
        self._imports = {module: self._imports_of(tree) for module, tree in trees.items()}
        self._names: dict[Name, str] = {}
        self._wanted: dict[str, dict[str, set[str]]] = {}
        self.files: dict[str, str] = {}

    def bundle(self) -> dict[str, str]:
        """The modules on the board, by name."""
        own = [tree for module, tree in self._trees.items() if not module.startswith("netx_")]
        attributes = Attributes(self._trees, attributes_of(own))
        free = short_names(taken_names(self._trees))
        self._assign(attributes, [next(free) for _ in range(2000)])
        used = {module: self._used(module) for module in self._trees}
        self._rename()
        kept = given_by_name(self._trees)
        for module, tree in self._trees.items():
            attributes.rename_in_classes(self._scopes[module])
            attributes.rename(tree)
            if module != self._program:
                shorten_arguments(tree, kept)
        numbers: dict[int, str] = {}
        for part in dict.fromkeys(self._part.values()):
            members = [module for module in [*self._order, *self._trees] if self._part[module] == part]
            tree = self._joined(part, list(dict.fromkeys(members)), used)
            big = BigNumbers(tree, free, numbers)
            tree = big.visit(tree)
            at = sum(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)
            tree.body[at:at] = big.definitions()
            self.files[part] = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        self._in_order()
        return self.files

    def called(self, module: str, name: str) -> str:
        """What a module's variable is called on the board."""
        return self._called(self._home(module, name))

    # -- what goes where ------------------------------------------------------------------------

    def _load(self, module: str) -> None:
        """Note a module after all that it loads."""
        if module in self._order or module not in self._trees:
            return
        for statement in top_level(self._trees[module]):
            if isinstance(statement, ast.ImportFrom):
                self._load(statement.module or "")
        if module not in self._order:
            self._order.append(module)

    def _part_of(self, module: str) -> str:
        if module in self._order:
            for part, beginnings in self._layers:
                if any((module + ".").startswith(beginning + ".") for beginning in beginnings):
                    return part
            if self._layers or module == self._program:
                return self._program + "_program"
        return module.replace(".", "_")

    # -- names ----------------------------------------------------------------------------------

    def _imports_of(self, tree: ast.Module) -> dict[str, Name]:
        """Names that a module has from others of the program."""
        found = {}
        for statement in top_level(tree):
            if isinstance(statement, ast.ImportFrom) and statement.module in self._trees:
                for alias in statement.names:
                    found[alias.asname or alias.name] = (statement.module, alias.name)
        return found

    def _home(self, module: str, name: str) -> Name:
        """Where a module's variable is defined."""
        while name in self._imports[module]:
            module, name = self._imports[module][name]
        if name not in self._scopes[module].module.bound:
            raise NameError(f"{module} does not define {name}: import it from the file that does")
        return module, name

    def _is_fixed(self, home: Name) -> bool:
        """Do the program's own names and those of modules of MicroPython stay?"""
        module, name = home
        if module == self._program or name.startswith("__"):
            return True
        return any(isinstance(place.node, ast.alias) and place.name == name
                   for place in self._owned[module].get(self._scopes[module].module, []))  # fmt: skip

    def _assign(self, attributes: Attributes, names: list[str]) -> None:
        counts: Counter[Name] = Counter()
        for module, scopes in self._scopes.items():
            for place in self._owned[module].get(scopes.module, []):
                counts[self._home(module, place.name)] += 1
        homes = [home for home, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
                 if not self._is_fixed(home)]  # fmt: skip
        self._names = dict(zip(homes, names, strict=False))
        own = attributes.by_use()
        attributes.assign(dict(zip(own, names, strict=False)))

    def _called(self, home: Name) -> str:
        return self._names.get(home, home[1])

    def _used(self, module: str) -> set[Name]:
        places = self._owned[module].get(self._scopes[module].module, [])
        return {self._home(module, place.name) for place in places}

    def _rename(self) -> None:
        for module, scopes in self._scopes.items():
            places = self._owned[module].get(scopes.module, [])
            renamed = [(place, self._called(self._home(module, place.name))) for place in places]
            self._rename_wanted(module)
            for place, name in renamed:
                if not isinstance(place.node, ast.alias):
                    place.rename(name)

    def _rename_wanted(self, module: str) -> None:
        """Imports inside functions."""
        at_load = set(map(id, top_level(self._trees[module])))
        for node in walk(self._trees[module]):
            if isinstance(node, ast.ImportFrom) and id(node) not in at_load and node.module in self._trees:
                homes = [self._home(node.module, alias.name) for alias in node.names]
                node.module = self._part[homes[0][0]]
                if any(self._part[home[0]] != node.module for home in homes):
                    raise NameError(f"{module}: one import, several modules: {homes}")
                node.names = [ast.alias(self._called(home), alias.asname or alias.name)
                              for home, alias in zip(homes, node.names, strict=True)]  # fmt: skip

    # -- joining --------------------------------------------------------------------------------

    def _joined(self, part: str, modules: list[str], used: dict[str, set[Name]]) -> ast.Module:
        foreign: dict[str, ast.stmt] = {}
        body: list[ast.stmt] = []
        for module in modules:
            for statement in self._trees[module].body:
                if isinstance(statement, ast.ImportFrom) and statement.module in self._trees:
                    continue
                if isinstance(statement, ast.Import | ast.ImportFrom):
                    foreign.setdefault(ast.unparse(statement), statement)
                else:
                    body.append(statement)
        wanted: dict[str, set[str]] = {}
        for home in sorted(set().union(*[used[module] for module in modules])):
            if self._part[home[0]] != part:
                wanted.setdefault(self._part[home[0]], set()).add(self._called(home))
        self._wanted[part] = wanted
        imports: list[ast.stmt] = [ast.ImportFrom(other, [ast.alias(name) for name in sorted(names)], 0)
                                   for other, names in sorted(wanted.items())]  # fmt: skip
        return ast.Module([*foreign.values(), *imports, *body], [])

    def _in_order(self) -> None:
        """Sort the modules by when they are loaded; layers must not need each other."""
        done: list[str] = []

        def load(part: str, by: tuple[str, ...]) -> None:
            if part in by:
                raise ImportError(" needs ".join([*by, part]))
            for other in self._wanted[part]:
                load(other, (*by, part))
            if part not in done:
                done.append(part)

        for part in self.files:
            load(part, ())
        self.files = {part: self.files[part] for part in done}
