"""The port's build and its report, as the tests use them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.peers.requirement import require

ROOT = Path(__file__).parents[2]
PORT = ROOT / "ports" / "micropython"
BUILD_PATIENCE_S = 120

sys.path.insert(0, str(PORT))
import build  # noqa: E402
import memory  # noqa: E402
from boardbuild.bundle import Bundler  # noqa: E402
from boardbuild.shake import shaken  # noqa: E402

__all__ = ["PORT", "ROOT", "Bundler", "build", "compiled", "memory", "modules_alone", "run_build", "shaken"]


def compiled(out, program):
    """The folder with the .mpy files of a program and what it needs."""
    build.build(out, cross=require("mpy-cross"), program=program)
    return out


def run_build(out, program=None, hash_seed=1):
    """The command, for sources."""
    only = [] if program is None else ["--only-for", str(program)]
    argv = [sys.executable, str(PORT / "build.py"), "--source", *only, str(out)]
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    subprocess.run(argv, check=True, capture_output=True, timeout=BUILD_PATIENCE_S, env=environment)


def modules_alone(program):
    """The report of the same name, in a process of its own."""
    code = f"import json, memory, pathlib; print(json.dumps(memory.modules_alone(pathlib.Path({str(program)!r}))))"
    argv = [sys.executable, "-c", code]
    done = subprocess.run(argv, check=True, capture_output=True, timeout=BUILD_PATIENCE_S, cwd=PORT)
    return json.loads(done.stdout)
