"""The scripts print on MicroPython's WebAssembly build, which has words of 32 bits, what they print on CPython."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.micropython.test_boards import PATIENCE_S, ROOT, SCRIPTS, _run

PACKAGE = "@micropython/micropython-webassembly-pyscript"
RUNNER = Path(__file__).with_name("webassembly.mjs")
SOURCES = ("netx_sim", "netx_pop3", "drivers/netx_drivers")


def webassembly():
    """Path of the program; skips where it or node is not."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is missing (apt-get install nodejs)")
    places = [ROOT / "node_modules", ROOT / "out/node/node_modules", *map(Path, os.environ.get("NODE_PATH", "").split(os.pathsep))]
    for place in places:
        program = place / PACKAGE / "micropython.mjs"
        if program.is_file():
            return node, str(program)
    pytest.skip(f"{PACKAGE} is missing (npm install {PACKAGE}; NODE_PATH names another folder)")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_prints_what_cpython_prints(script, record_property):
    node, program = webassembly()
    argv = [node, str(RUNNER), program, str(script), *[str(ROOT / source) for source in SOURCES]]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    *printed, last = done.stdout.splitlines()
    assert printed == _run(sys.executable, str(script)).splitlines()
    assert last.startswith("heap in use ")
    record_property("heap in use", int(last.split()[-1]))
