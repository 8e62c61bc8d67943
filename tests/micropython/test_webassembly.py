"""The scripts print on MicroPython's WebAssembly build, which has words of 32 bits, what they print on CPython."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.micropython.board import compiled, memory
from tests.micropython.slip_host import mail, serve
from tests.micropython.test_boards import PATIENCE_S, ROOT, SCRIPTS, _run

RUNNER = Path(__file__).with_name("webassembly.mjs")
STEPS = Path(__file__).with_name("board_steps.py")
STEPPER = Path(__file__).with_name("webassembly_session.mjs")
PEAK = 112 * 1024
SOURCES = ("netx_sim", "netx_pop3", "drivers/netx_drivers")


def webassembly():
    """node and the program; skips where one of them is not."""
    if shutil.which("node") is None:
        pytest.skip("node is missing (apt-get install nodejs)")
    found = memory.webassembly()
    if found is None:
        pytest.skip(f"{memory.WEBASSEMBLY} is missing (npm install; NODE_PATH names another folder)")
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_prints_what_cpython_prints(script, record_property):
    node, program = webassembly()
    argv = [node, str(RUNNER), program, str(script), *[str(ROOT / source) for source in SOURCES]]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    *printed, last = done.stdout.splitlines()
    assert printed == _run(sys.executable, str(script)).splitlines()
    assert last.startswith("heap in use ")
    record_property("bytes in use afterwards", int(last.split()[-1]))


@pytest.mark.slow
def test_a_session_within_the_heap_of_a_board(tmp_path, record_property):
    """Words of 32 bits, as a board's; what is in use at most, between the steps of a session over a serial line."""
    sent = mail(65536)
    folder = compiled(tmp_path, STEPS)
    node, program = webassembly()
    output, seconds = serve([node, str(STEPPER), program, str(folder)], os.environ, [sent])
    said = dict(line.split(" ", 1) for line in output.splitlines())
    assert said["login"] == "0", output
    assert said["mail"] == f"{len(sent)} {hashlib.sha256(sent).hexdigest()}"
    assert said["end"] == "0 7"  # a login costs a packet: Q-GREETING-LEAK
    assert int(said["peak"]) < PEAK
    record_property("bytes loaded", int(said["loaded"]))
    record_property("bytes in use at most", int(said["peak"]))
    record_property("KB/s", len(sent) / seconds / 1000)
