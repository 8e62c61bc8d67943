"""The port's build and its report, as the tests use them."""

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

__all__ = ["PORT", "ROOT", "Bundler", "build", "compiled", "memory", "run_build", "shaken"]


def compiled(out, program):
    """The folder with the .mpy files of a program and what it needs."""
    build.build(out, cross=require("mpy-cross"), program=program)
    return out


def run_build(out, program=None, hash_seed=1):
    """The command, for sources; it is not measured, which would more than double its time."""
    only = [] if program is None else ["--only-for", str(program)]
    argv = [sys.executable, str(PORT / "build.py"), "--source", *only, str(out)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    plain["PYTHONHASHSEED"] = str(hash_seed)
    subprocess.run(argv, check=True, capture_output=True, timeout=BUILD_PATIENCE_S, env=plain)
