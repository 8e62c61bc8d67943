"""The build for boards, as the tests use it."""

import importlib.util
from pathlib import Path

from tests.peers.requirement import require

ROOT = Path(__file__).parents[2]
PORT = ROOT / "ports" / "micropython"


def load(name):
    """A file of the port as a module."""
    spec = importlib.util.spec_from_file_location("board_" + name, PORT / (name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load("build")


def compiled(out, program):
    """The folder with the .mpy files of a program and what it needs."""
    build.build(out, cross=require("mpy-cross"), program=program)
    return out
