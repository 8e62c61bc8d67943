"""The example runs as a board runs it: main.py after a reset, with `machine.UART` as the line, mails to files."""

import os
from pathlib import Path

import pytest

from tests.micropython.board import PORT, build, compiled
from tests.micropython.slip_host import mail, serve
from tests.peers.requirement import require

FAKE = Path(__file__).with_name("fake")
HEAP = "heapsize=192k"  # the stand-in for machine is loaded as source, which costs more than a board's


@pytest.fixture(scope="module", params=["main.py", "main_ipv6.py"])
def board(request, tmp_path_factory):
    folder = compiled(tmp_path_factory.mktemp("board"), PORT / request.param)
    return folder, ("heapsize=224k" if "ipv6" in request.param else HEAP)


@pytest.mark.slow
def test_after_a_reset(board, tmp_path, monkeypatch):
    folder, heap = board
    (folder / "boot.py").write_bytes((PORT / "boot.py").read_bytes())
    monkeypatch.chdir(tmp_path)
    mails = [mail(5000), b"Subject: short\r\n\r\n.\r\n", mail(20_000)]
    environment = os.environ | {"MICROPYPATH": os.pathsep.join([str(folder), str(FAKE), ".frozen"])}
    runner = tmp_path / "reset.py"
    runner.write_text(f"import boot\nexec(open({str(folder / 'main.py')!r}).read())\n")
    output, _ = serve([require("micropython"), "-X", heap, str(runner)], environment, mails)
    lines = output.splitlines()
    assert lines[0] == "UART 2 115200 buffer 2048"
    assert lines[1:4] == [f"mail {number} status 0" for number in (1, 2, 3)]
    assert lines[4].startswith("free packets 7 of 8 tick ")  # a login costs one: Q-GREETING-LEAK
    assert lines[5] == "status 0"
    for number, sent in enumerate(mails, 1):
        assert (tmp_path / f"mail{number}.eml").read_bytes() == sent


def test_what_a_board_runs_after_a_reset_is_no_mpy():
    names = build.sources_for_board(PORT / "main.py")
    assert "main.py" in names
    assert "__main__" in names["main.py"]
    assert "fetch(uart())" in names["main.py"]
