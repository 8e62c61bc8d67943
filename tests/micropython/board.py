"""The port's build and its report, as the tests use them."""

import sys
from pathlib import Path

from tests.peers.requirement import require

ROOT = Path(__file__).parents[2]
PORT = ROOT / "ports" / "micropython"

sys.path.insert(0, str(PORT))
import build  # noqa: E402
import memory  # noqa: E402
from boardbuild.bundle import Bundler  # noqa: E402
from boardbuild.shake import shaken  # noqa: E402

__all__ = ["PORT", "ROOT", "Bundler", "build", "compiled", "memory", "shaken"]


def compiled(out, program):
    """The folder with the .mpy files of a program and what it needs."""
    build.build(out, cross=require("mpy-cross"), program=program)
    return out
