"""`netx-pop3 fetch` collects from the board over its serial line."""

import os
import subprocess
import sys

import pytest

from netx_pop3.cli.exits import Exit
from tests.boards.board_mails import MAILS, PASSWORD
from tests.boards.machine import PATIENCE_S
from tests.peers.judges import assert_clean_capture

pytestmark = pytest.mark.slow


@pytest.fixture
def fetch(board, tmp_path):
    """Run the command against the board: `fetch("--delete")`."""

    def run(*more, password=PASSWORD):
        argv = [sys.executable, "-m", "netx_pop3.cli", "fetch", "pop3://ada@192.168.7.2", "--to", "eml:mails"]
        argv += ["--link", f"slip:{board.port}", "--address", "192.168.7.1/24", *more]
        environment = os.environ | {"NETX_POP3_PASSWORD": password}
        options = {"env": environment, "cwd": tmp_path, "timeout": PATIENCE_S}
        return subprocess.run(argv, capture_output=True, text=True, check=False, **options)

    return run


def stored(tmp_path):
    return [path.read_bytes() for path in sorted((tmp_path / "mails").glob("*.eml"))]


def test_fetch_and_keep(fetch, tmp_path, peer):
    tshark = peer("tshark")
    done = fetch("--capture", "line.pcapng")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("3 mails fetched (")
    assert stored(tmp_path) == MAILS
    assert_clean_capture(tshark, tmp_path / "line.pcapng")


def test_fetch_and_delete(board, fetch, tmp_path):
    done = fetch("--delete", "--no-apop")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].endswith("; 3 deleted on the server")
    assert stored(tmp_path) == MAILS
    assert fetch().stdout.splitlines()[-1].startswith("0 mails fetched")
    board.restart()
    again = fetch()
    assert again.returncode == 0
    assert "3 mails fetched" in again.stdout.splitlines()[-1]


@pytest.mark.parametrize("apop", ["--apop", "--no-apop"])
def test_a_wrong_password(fetch, tmp_path, apop):
    assert fetch(apop, password="guess").returncode == Exit.LOGIN
    assert stored(tmp_path) == []
