"""A program built for a board does there what its sources do on CPython."""

import os
import re
import subprocess
import sys

import pytest

from tests.micropython.board import PORT, build, compiled, run_build
from tests.micropython.test_boards import HEAP, PATIENCE_S, SCRIPTS, _run

# Not those that look into modules by name, or print names of constants: boards have no names for either.
BUILT = [script for script in SCRIPTS if script.stem not in ("streaming", "sums")]


def on_board(micropython, folder, program):
    environment = os.environ | {"MICROPYPATH": f"{folder}{os.pathsep}.frozen"}
    argv = [micropython, "-X", HEAP, str(program)]
    done = subprocess.run(argv, capture_output=True, text=True, env=environment, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def without_texts(printed):
    """Reports by id only, as a board has them."""
    return re.sub(r"(?m)^(report \w+ \S+) .*$", r"\1", printed).split("\n")


@pytest.mark.slow
@pytest.mark.parametrize("script", BUILT, ids=lambda path: path.stem)
def test_a_program_built_for_a_board_prints_the_same(peer, tmp_path, script):
    folder = compiled(tmp_path, script)
    printed = on_board(peer("micropython"), folder, folder / "main.py")
    assert without_texts(printed) == without_texts(_run(sys.executable, str(script)))


@pytest.mark.slow
def test_the_whole_stack_built_for_a_board_does_the_same(peer, tmp_path):
    build.build(tmp_path, cross=peer("mpy-cross"))
    script = next(script for script in SCRIPTS if script.stem == "session")
    printed = on_board(peer("micropython"), tmp_path, script)
    assert without_texts(printed) == without_texts(_run(sys.executable, str(script)))


@pytest.mark.slow
def test_the_build_is_the_same_every_time(tmp_path):
    run_build(tmp_path, PORT / "main.py", hash_seed=2)
    again = {path.name: path.read_text() for path in tmp_path.glob("*.py")}
    assert again == build.sources_for_board(PORT / "main.py")  # built with another seed
