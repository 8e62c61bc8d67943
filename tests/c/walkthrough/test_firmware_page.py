"""docs/firmware.md, played from its first file to its last command."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.c.walkthrough.page import Command, Step, answers, change, commands, steps, write
from tests.peers.requirement import require

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/firmware.md"
TIMEOUT = 600
STEPS = steps(PAGE)
SET_UP = 1  # blocks that make the environment; here there is one


class Terminal:
    """A terminal in a folder: every command in a shell of its own, which inherits what the one before has exported.

    Args:
        folder: where.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NETX_", "COV", "PYTEST"))}
        path = f"{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}"
        self._environment = kept | {"PATH": path, "LC_ALL": "C", "NO_COLOR": "1", "COLUMNS": "80"}
        self._groups: list[int] = []

    def run(self, command: str) -> str:
        """What a command says on both its outputs."""
        if command.startswith("export "):
            self._export(command)
            return ""
        with subprocess.Popen(
            ["/bin/bash", "-c", _detached(command)],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as shell:
            self._groups.append(shell.pid)
            return shell.communicate(timeout=TIMEOUT)[0]

    def _export(self, command: str) -> None:
        name = command.removeprefix("export ").partition("=")[0]
        self._environment[name] = self.run(f'{command.removeprefix("export ")}; printf %s "${name}"')

    def close(self) -> None:
        """End what still runs in the background."""
        for group in self._groups:
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                pass


def _detached(command: str) -> str:
    """A command in the background must not hold the output that is read."""
    return f"{command.removesuffix('&')} >background.log 2>&1 &" if command.endswith("&") else command


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    for peer in ("gcc", "libpython", "libslirp", "tshark"):
        require(peer)
    folder = tmp_path / "my device"
    folder.mkdir()
    opened = Terminal(folder)
    yield opened
    opened.close()


def play(terminal: Terminal, step: Step) -> None:
    """Do what a block says."""
    if step.kind == "console":
        for command in commands(step):
            check(command, terminal.run(command.text), step)
    elif step.kind == "diff":
        change(step, terminal.folder)
    else:
        write(step, terminal.folder)


def check(command: Command, said: str, step: Step) -> None:
    said = said.replace('Running as user "root" and group "root". This could be dangerous.\n', "")  # tshark's advice
    assert answers(command.answer, said), (
        f"{PAGE.name}, block at line {step.line}: $ {command.text}\n--- page\n{command.answer}--- said\n{said}"
    )


@pytest.mark.slow
def test_the_page_is_true(terminal: Terminal) -> None:
    for step in STEPS[SET_UP:]:
        play(terminal, step)


def test_the_set_up_is_where_it_is_left_out() -> None:
    """What an installed environment has already is the first block, and nothing else is left out."""
    assert [command.text.split()[0] for command in commands(STEPS[0])] == ["python3", ".", "pip"]
    assert not any("pip install" in step.text for step in STEPS[SET_UP:])


def test_the_test_of_the_readme(terminal: Terminal) -> None:
    """With the device of this page."""
    write(STEPS[SET_UP], terminal.folder)
    (block,) = (step for step in steps(ROOT / "README.md") if "netx_firmware(" in step.text)
    (terminal.folder / "test_readme.py").write_text(block.text)
    said = terminal.run("pytest -q")
    assert "1 passed" in said, said


@pytest.mark.parametrize(
    ("expected", "said", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a ... c\n", "a b c\n", True),
        ("a ... c\n", "a\nc\n", False),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("a\n...\n", "a\n", True),
        ("...\n", "", True),
        ("a\n...\nc\n", "a\nb\n", False),
        ("3 passed in 0.52s\n", "3 passed in 63.10s (0:01:03)\n", True),
        ("3 passed in 0.52s\n", "2 passed in 0.52s\n", False),
        ("...   [100%]\n", "...   [100%]\n", True),
    ],
)
def test_how_answers_are_compared(expected: str, said: str, same: bool) -> None:
    assert answers(expected, said) is same
