"""The example for boards, built for one, collects over SLIP within the heap of one."""

import ast
import hashlib
import importlib.util
import os
from pathlib import Path

import pytest

from tests.micropython.slip_host import serve
from tests.peers.requirement import require

PORT = Path(__file__).parents[2] / "ports" / "micropython"
SESSION = Path(__file__).parent / "board_session.py"
# The native build has words of 64 bits, twice a board's.
HEAP = "heapsize=256k"
PACKET = 256


def load_build():
    spec = importlib.util.spec_from_file_location("board_build", PORT / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


build = load_build()


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    """The folder with the .mpy files of the example and what it needs."""
    out = tmp_path_factory.mktemp("board")
    build.build(out, cross=require("mpy-cross"), program=PORT / "main.py")
    return out


def mail(size):
    head = b"Subject: figures\r\n\r\n.\r\n..dots\r\n"
    lines = [b"%07d: all work and no play.\r\n" % number for number in range((size - len(head)) // 33)]
    return head + b"".join(lines)


def collect(board, *mails):
    """Lines that the board printed."""
    environment = os.environ | {"MICROPYPATH": f"{board}{os.pathsep}.frozen"}
    output, seconds = serve([require("micropython"), "-X", HEAP, str(SESSION)], environment, mails)
    *lines, last = output.splitlines() or [""]
    assert last.startswith("status 0 "), output
    return lines, int(last.split()[-1]), seconds


@pytest.mark.slow
@pytest.mark.parametrize("sizes", [(65536,), (10240, 1 << 20)], ids=["64 KiB", "10 KiB and 1 MiB"])
def test_within_the_heap(board, sizes, record_property):
    mails = [mail(size) for size in sizes]
    lines, after, seconds = collect(board, *mails)
    for line, sent in zip(lines, mails, strict=True):
        _, size, largest, digest = line.split()
        assert (int(size), digest) == (len(sent), hashlib.sha256(sent).hexdigest())
        assert int(largest) <= PACKET
    record_property("heap in use", after)
    record_property("KB/s", sum(map(len, mails)) / seconds / 1000)


def test_memory_does_not_grow_with_the_mail(board):
    assert collect(board, mail(200_000))[1] - collect(board, mail(1000))[1] < 256


def test_package_lists_every_file(board):
    found = {path.relative_to(board).as_posix() for path in board.rglob("*.mpy")}
    package = ast.literal_eval((board / "package.json").read_text())
    assert {name for name, _ in package["urls"]} == found
    assert "main.mpy" in found
    assert not [name for name in found if "udp" in name or "ipv6" in name]


def test_all_files_are_built_without_a_program(tmp_path):
    names = build.build(tmp_path, compiled=False)
    assert set(names) == set(build.board_files())
    for name in names:
        ast.parse((tmp_path / name).read_text())


def test_package_of_the_sources_has_what_the_example_needs():
    package = dict(ast.literal_eval((PORT / "package.json").read_text())["urls"])
    assert all((PORT / source).is_file() for source in package.values())
    needed = set(build.sources_for_board(PORT / "main.py")) - {"main.py"}
    assert needed <= set(package)
