"""Which files a board gets, and of each only what a board needs.

What is taken away changes no behaviour: docstrings, annotations, imports for type checkers; integer constants stand
where they are used, so that no board holds a table of their names.
"""

import ast
from pathlib import Path

from boardbuild.tree import walk

ROOT = Path(__file__).parents[3]
OVERLAY = Path(__file__).parents[1] / "overlay"

# Where constants are defined; whoever imports one of them gets its value.
CONSTANTS = ("netx_sim.constants", "netx_sim.constants_ipv6", "netx_sim.constants_tx", "netx_sim.status",
             "netx_pop3.constants")  # fmt: skip
# Packages that hand on the names of their files; on a board they do so when one is asked for.
PACKAGES = ("netx_sim.arp", "netx_sim.ip", "netx_sim.kernel", "netx_sim.tcp", "netx_sim.udp")
COMPUTER_ONLY = (
    "netx_sim/testing",
    "netx_pop3/maildrop",
    "netx_pop3/store",
    "netx_pop3/cli/",
)
DRIVERS = ("__init__", "cslip", "errors", "ethernet", "port_link", "ram", "slip", "slip_codec", "slip_end", "slip_port")


def board_files() -> dict[str, Path]:
    """Path on the board, and where its source is."""
    files = {}
    for package in ("netx_sim", "netx_pop3"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.removesuffix(".py").startswith(COMPUTER_ONLY):
                files[name] = path
    for name in DRIVERS:
        files[f"netx_drivers/{name}.py"] = ROOT / "drivers" / "netx_drivers" / f"{name}.py"
    for path in OVERLAY.rglob("*.py"):
        files[path.relative_to(OVERLAY).as_posix()] = path
    return files


def constants_of(module: str) -> dict[str, int]:
    """The integer constants of a module."""
    names = vars(__import__(module, fromlist=["__name__"]))
    return {name: int(value) for name, value in names.items() if name.isupper() or name[:2] in ("NX", "TX")
            if isinstance(value, int)}  # fmt: skip


def exports_of(package: str) -> dict[str, str]:
    """What a package's __init__ hands on, and the module that has it."""
    tree = ast.parse((ROOT / package.replace(".", "/") / "__init__.py").read_text())
    return {alias.name: node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)
            for alias in node.names}  # fmt: skip


class Slimmer(ast.NodeTransformer):
    """Takes away what a board does not need from one module."""

    def __init__(self, constants: dict[str, dict[str, int]], homes: dict[str, dict[str, str]]) -> None:
        self._constants = constants
        self._homes = homes
        self._values: dict[str, int] = {}
        self._without: tuple[str, ...] = ()
        self._asked: set[str] = set()

    def visit_Module(self, node: ast.Module) -> ast.AST:
        self._asked = {part.value.id for part in walk(node) if isinstance(part, ast.Attribute)
                       and part.attr == "__slots__" and isinstance(part.value, ast.Name)}  # fmt: skip
        self._without = ("TYPE_CHECKING",)
        self._own(node)
        return self._body(node)

    def _own(self, node: ast.Module) -> None:
        """A module's private integers are nobody else's business, so they need no name."""
        stores = [name.id for name in walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)]
        kept = []
        for statement in node.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int() as value)) if (
                    name.startswith("_") and name.isupper() and stores.count(name) == 1
                ):
                    self._values[name] = value
                case _:
                    kept.append(statement)
        node.body = kept

    def _body(self, node: ast.AST) -> ast.AST:
        """Without the docstring."""
        match node.body:
            case [ast.Expr(value=ast.Constant(value=str())), *rest]:
                node.body = rest
        node.body = [left for statement in node.body for left in self._for_boards(statement)] or [ast.Pass()]
        self.generic_visit(node)
        return node

    def _for_boards(self, statement: ast.stmt) -> list[ast.stmt]:
        """What is left of a statement when TYPE_CHECKING is false and some names are not wanted."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in self._without:
                return []
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                return statement.orelse
        return [statement]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self._body(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        # MicroPython allots no slots; the names alone would take memory.
        self._without = ("TYPE_CHECKING",) if node.name in self._asked else ("TYPE_CHECKING", "__slots__")
        return self._body(node)

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        for argument in [*node.args, *node.kwonlyargs, node.vararg, node.kwarg]:
            if argument is not None:
                argument.annotation = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        assignment = ast.Assign([node.target], node.value)
        return self.generic_visit(ast.copy_location(assignment, node))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> "ast.AST | list[ast.ImportFrom] | None":
        if node.module in self._homes:
            return self._from_home(node, self._homes[node.module])
        known = self._constants.get(node.module or "", {})
        self._values.update({alias.name: known[alias.name] for alias in node.names if alias.name in known})
        node.names = [alias for alias in node.names if alias.name not in known]
        return node if node.names else None

    def _from_home(self, node: ast.ImportFrom, homes: dict[str, str]) -> list[ast.ImportFrom]:
        """Each name from the file that defines it, so that nothing else of the package is loaded."""
        modules: dict[str, list[ast.alias]] = {}
        for alias in node.names:
            modules.setdefault(homes.get(alias.name, node.module), []).append(alias)
        return [ast.ImportFrom(module, names, 0) for module, names in modules.items()]

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if isinstance(node.ctx, ast.Load) and node.id in self._values:
            return ast.copy_location(ast.Constant(self._values[node.id]), node)
        return node


class ModuleNames(ast.NodeTransformer):
    """`from package import module` and then `module.name` becomes a name that is imported."""

    def __init__(self, modules: set[str]) -> None:
        self._modules = modules
        self._known: dict[str, str] = {}
        self._wanted: set[tuple[str, str]] = set()

    def visit_Module(self, node: ast.Module) -> ast.AST:
        self.generic_visit(node)
        imports = [ast.ImportFrom(self._known[name], [ast.alias(attribute, f"{name}__{attribute}")], 0)
                   for name, attribute in sorted(self._wanted)]  # fmt: skip
        node.body[:0] = imports
        return ast.fix_missing_locations(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> "ast.AST | None":
        for alias in node.names:
            if f"{node.module}.{alias.name}" in self._modules:
                self._known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        node.names = [alias for alias in node.names if f"{node.module}.{alias.name}" not in self._modules]
        return node if node.names else None

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id in self._known:
            self._wanted.add((node.value.id, node.attr))
            return ast.copy_location(ast.Name(f"{node.value.id}__{node.attr}", ast.Load()), node)
        return node


CONFIG = """
class Config:
    {values}

    def __init__(self, values=None, **overrides):
        for given in (values or {{}}, overrides):
            for name, value in given.items():
                if not hasattr(Config, name):
                    raise ValueError("unknown configuration name " + name)
                setattr(self, name, value)


def default(name):
    return getattr(Config, name)
"""

LAZY = """
def __getattr__(name):
    for module in {modules}:
        try:
            return getattr(__import__(module, None, None, ("__name__",)), name)
        except (AttributeError, ImportError):
            pass
    try:
        return __import__({package!r} + name, None, None, ("__name__",))
    except ImportError:
        raise AttributeError(name)
"""


def lazy_package(package: str, names: dict[str, str]) -> str:
    """A package's own file, which loads what is asked for; but a name that a file of the package has too is loaded."""
    same = [f"from {module} import {name}\n" for name, module in names.items() if module == f"{package}.{name}"]
    return "".join(same) + LAZY.format(modules=tuple(sorted(set(names.values()))), package=package + ".")


def config_source(text: str) -> str:
    """The configuration with names and defaults alone, of what is used anywhere in `text`."""
    from netx_sim.config import Config, default

    values = [f"{name} = {default(name)}" for name in Config.__slots__ if "." + name in text or repr(name) in text]
    return CONFIG.format(values="\n    ".join(values) or "pass")


class Sources:
    """The project's modules as a board needs them."""

    def __init__(self) -> None:
        self.homes = {package: exports_of(package) for package in PACKAGES}
        self._constants = {module: constants_of(module) for module in CONSTANTS}

    def slim(self, path: Path) -> ast.Module:
        tree = Slimmer(self._constants, self.homes).visit(ast.parse(path.read_text()))
        return ast.fix_missing_locations(tree)

    def files(self) -> dict[str, str]:
        """Path on the board, and the text of the file: everything."""
        files = {name: ast.unparse(self.slim(path)) + "\n" for name, path in board_files().items()
                 if name != "netx_sim/config.py"}  # fmt: skip
        for package, names in self.homes.items():
            files[package.replace(".", "/") + "/__init__.py"] = lazy_package(package, names)
        files["netx_sim/config.py"] = config_source("".join(files.values()))
        return files

    def trees(self, program: Path) -> dict[str, ast.Module]:
        """Modules by name: everything but the packages' own files, and a program."""
        trees = {name.removesuffix(".py").replace("/", "."): self.slim(path) for name, path in board_files().items()
                 if not name.endswith("__init__.py") and name != "netx_sim/config.py"}  # fmt: skip
        trees |= self._with_neighbours(program)
        text = "".join(map(ast.unparse, trees.values()))
        trees["netx_sim.config"] = ast.parse(config_source(text))
        return {name: ModuleNames(set(trees)).visit(tree) for name, tree in trees.items()}

    def _with_neighbours(self, program: Path) -> dict[str, ast.Module]:
        """A program, and the files beside it that it imports."""
        found = {program.stem: self.slim(program)}
        for node in walk(found[program.stem]):
            if isinstance(node, ast.ImportFrom) and node.module and "." not in node.module:
                path = program.with_name(node.module + ".py")
                if path.is_file() and node.module not in found:
                    found |= {name: tree for name, tree in self._with_neighbours(path).items() if name not in found}
        return found
