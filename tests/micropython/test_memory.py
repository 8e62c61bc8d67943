"""The example for boards, built for one, collects over SLIP within the heap of one."""

import ast
import hashlib
import os
from pathlib import Path

import pytest

from tests.micropython.board import PORT, build, compiled
from tests.micropython.slip_host import mail, serve
from tests.peers.requirement import require

SESSION = Path(__file__).parent / "board_session.py"
GARBAGE = Path(__file__).parent / "board_garbage.py"
PEAK = Path(__file__).parent / "board_peak.py"
# The native build has words of 64 bits, twice a board's.
HEAP = "heapsize=160k"
HEAP_IPV6 = "heapsize=192k"
PACKET = 256
GARBAGE_A_PACKET = 3600


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    """The example and what it needs."""
    return compiled(tmp_path_factory.mktemp("board"), PORT / "main.py")


def collect(board, *mails, heap=HEAP, program=SESSION):
    """Lines that the board printed."""
    environment = os.environ | {"MICROPYPATH": f"{board}{os.pathsep}.frozen"}
    output, seconds = serve([require("micropython"), "-X", heap, str(program)], environment, mails)
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
    record_property("bytes in use afterwards", after)
    record_property("KB/s", sum(map(len, mails)) / seconds / 1000)


@pytest.mark.slow
def test_within_the_heap_over_ipv6(tmp_path, record_property):
    board = compiled(tmp_path, PORT / "main_ipv6.py")
    [line], after, _ = collect(board, sent := mail(65536), heap=HEAP_IPV6)
    _, size, _, digest = line.split()
    assert (int(size), digest) == (len(sent), hashlib.sha256(sent).hexdigest())
    record_property("bytes in use afterwards", after)


@pytest.mark.slow
def test_a_mail_of_a_megabyte_needs_no_more_than_one_of_ten_kilobytes(board, record_property):
    most = {size: collect(board, mail(size), program=PEAK)[1] for size in (10240, 1 << 20)}
    record_property("bytes in use at most", most[1 << 20])
    assert most[1 << 20] - most[10240] < PACKET


@pytest.mark.slow
def test_what_a_packet_leaves_behind(board, record_property):
    """Nothing of it is kept, but every byte that is allocated has to be collected some time."""
    [line], _, _ = collect(board, mail(65536), heap="heapsize=8M", program=GARBAGE)
    record_property("bytes a packet", int(line.split()[-1]))
    assert int(line.split()[-1]) < GARBAGE_A_PACKET


def test_package_lists_every_file(board):
    found = {path.relative_to(board).as_posix() for path in board.rglob("*.*py")} | {"main.py"}
    package = ast.literal_eval((board / "package.json").read_text())
    assert {name for name, _ in package["urls"]} == found
    assert not [name for name in found if "ipv6" in name]


def test_what_a_program_does_not_reach_is_left_out():
    text = "".join(build.sources_for_board(PORT / "main.py").values())
    assert "no way from" not in text  # a check that -O3 leaves out
    assert "'APOP '" in text
    assert len(text) < 130_000 < 400_000 < len("".join(build.sources_for_board().values()))


def test_all_files_are_built_without_a_program(tmp_path):
    names = build.build(tmp_path, compiled=False)
    assert set(names) == set(build.board_files())
    for name in names:
        ast.parse((tmp_path / name).read_text())
