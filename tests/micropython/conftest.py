"""What is built for boards is built once, for all tests and workers; nothing here is measured that is a process."""

import fcntl
import functools
import json
import os
import zlib

import pytest

from tests.micropython.board import build, run_build


def made_by_command(folder, program):
    """Path on the board, and the text of the file."""
    if not folder.exists():
        run_build(folder, program)
    package = json.loads((folder / "package.json").read_text())
    return {name: (folder / name).read_text() for name, _ in package["urls"]}


@pytest.fixture(scope="module", autouse=True)
def _not_measured():
    """The build, its tools and the programs on CPython are processes; to measure them would triple their time."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("COVERAGE_PROCESS_")]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _builds_are_shared(tmp_path_factory):
    temporary = tmp_path_factory.getbasetemp()
    shared = temporary.parent if "PYTEST_XDIST_WORKER" in os.environ else temporary

    @functools.cache
    def sources_for_board(program=None):
        name = f"board-{zlib.crc32(str(program).encode()):08x}"
        with (shared / (name + ".lock")).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
            return made_by_command(shared / name, program)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "sources_for_board", sources_for_board)
        yield
