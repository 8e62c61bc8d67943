"""Builds of firmware: each once for as long as none of its files changes, the headers it includes among them."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netx_c.cc.toolchain import INCLUDE, archive, build_shared, compile_flags, find_compiler, is_cxx
from netx_c.dwarf.program import Program

_SOURCES = INCLUDE.parent / "src"
_OWN = _SOURCES / "firmware/invoke.c"
_NAME = "firmware.so"
_TIMEOUT = 120


@dataclass(frozen=True)
class Recipe:
    """What is built: arguments as of `toolchain.build_shared`, paths absolute."""

    sources: tuple[Path, ...]
    include: tuple[Path, ...] = ()
    defines: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    sanitize: str = ""
    coverage: bool = False
    compiler: str = "gcc"

    def identity(self) -> str:
        """A name of what was asked for, whatever is in the files."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    def key(self) -> str:
        """A name of all that is known before the compiler has run; it begins with the identity."""
        digest = hashlib.sha256(str(archive(self.compiler, programs=False)).encode())
        for source in (*self.sources, _OWN):
            digest.update(_fingerprint(source).encode())
        return f"{self.identity()}-{digest.hexdigest()[:16]}"

    def preprocessor_flags(self) -> list[str]:
        """Flags that decide which headers are read."""
        defines = [f"-D{name}={value}" if value else f"-D{name}" for name, value in self.defines]
        return [*compile_flags(), *[f"-I{folder}" for folder in self.include], *defines, *self.flags]


def recipe_defines(defines: Mapping[str, object] | None) -> tuple[tuple[str, str], ...]:
    """Macros as a recipe has them: True and None stand for a macro without a value, False for none."""
    pairs = (defines or {}).items()
    return tuple((name, "" if value in (None, True) else str(value)) for name, value in pairs if value is not False)


class Builds:
    """A folder of builds; those of other processes in it are used as well.

    Args:
        folder: made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._programs: dict[Path, Program] = {}
        self.covered = False  # was anything built with coverage?

    def get(self, recipe: Recipe) -> Path:
        """The shared library of a recipe.

        Raises:
            BuildError: the compiler says no.
            ToolchainError: there is none.
        """
        self.covered |= recipe.coverage
        key = recipe.key()
        for made in sorted(self.folder.glob(f"{key}-*")):
            if _unchanged(made):
                return made / _NAME
        return self._build(recipe, key)

    def program(self, path: Path) -> Program:
        """The debug information of a build, read once."""
        if path not in self._programs:
            self._programs[path] = Program(path, _SOURCES)
        return self._programs[path]

    def _build(self, recipe: Recipe, key: str) -> Path:
        """Build into a folder that says at the end what went into it; until then nobody takes it for a build."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=self.folder, prefix=f"{key}-"))
        try:
            _compile(recipe, made / _NAME)
            manifest = {str(path): _fingerprint(path) for path in _dependencies(recipe)}
        except BaseException:
            shutil.rmtree(made)
            raise
        draft = made / "manifest.draft"
        draft.write_text(json.dumps(manifest))
        draft.rename(made / "manifest.json")
        self._prune(recipe, key)
        return made / _NAME

    def _prune(self, recipe: Recipe, key: str) -> None:
        """Take away builds of what the files were before: their counts would be in reports of coverage."""
        for made in self.folder.glob(f"{recipe.identity()}-*"):
            finished = (made / "manifest.json").exists()
            if finished and (not made.name.startswith(key) or not _unchanged(made)):
                shutil.rmtree(made, ignore_errors=True)


def _compile(recipe: Recipe, target: Path) -> None:
    build_shared(
        [*recipe.sources, _OWN],
        target,
        include=recipe.include,
        defines=dict(recipe.defines),
        flags=recipe.flags,
        sanitize=recipe.sanitize,
        coverage=recipe.coverage,
        compiler=recipe.compiler,
    )


def _dependencies(recipe: Recipe) -> set[Path]:
    """The files that the sources include, without those of the system."""
    sources = [str(path) for path in recipe.sources if path.suffix == ".c" or is_cxx(path)]
    if not sources:
        return set()
    command = [find_compiler(recipe.compiler), "-MM", *recipe.preprocessor_flags(), *sources]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_TIMEOUT).stdout  # noqa: S603
    words = output.replace("\\\n", " ").replace("\\ ", "\0").split()
    return {Path(word.replace("\0", " ")).absolute() for word in words if not word.endswith(":")}


def _unchanged(made: Path) -> bool:
    try:
        manifest = json.loads((made / "manifest.json").read_text())
        return all(_fingerprint(Path(name)) == fingerprint for name, fingerprint in manifest.items())
    except OSError:
        return False


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build_folder(base: Path, given: str | None) -> Path:
    """Where builds go: the folder that was asked for, or one that goes with the session's temporary files."""
    if given:
        return Path(given).absolute()
    # Under pytest-xdist each worker has a folder of its own in the session's.
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "netx-build"
