"""`netx-pop3 fetch` from a board on a serial line that serves its mails, as a process of its own."""

import os
import subprocess
import sys
import time

import pytest

from netx_drivers import SlipDriver
from netx_pop3 import Account, MemoryStore, Pop3Server
from netx_pop3.maildrop import Host
from netx_sim import NX_SUCCESS, simulation, tx_thread_sleep
from tests.peers.cable import Cable

PATIENCE_S = 60
MAILS = [b"Subject: log\r\n\r\n" + b"\xc0\xdb measured\r\n" * 2000, b"Subject: empty\r\n\r\n"]


@pytest.mark.parametrize("options", ["", "?baud=57600&mtu=576&cslip=1"])
def test_fetch_from_a_board(tmp_path, options):
    with Cable(tmp_path) as cable, simulation(), Host(SlipDriver(cable.board), "10.0.2.2/24") as board:
        store = MemoryStore(MAILS)
        server = Pop3Server(board.ip, board.pool, {"board": Account("secret", store)})
        assert server.start() == NX_SUCCESS
        argv = [sys.executable, "-m", "netx_pop3.cli", "fetch", "pop3://board@10.0.2.2", "--delete"]
        argv += ["--link", f"slip:{cable.name}{options}", "--address", "10.0.2.15/24", "--to", f"eml:{tmp_path}/mails"]
        environment = os.environ | {"NETX_POP3_PASSWORD": "secret"}
        with subprocess.Popen(argv, env=environment, stderr=subprocess.PIPE, text=True) as process:
            begun = time.monotonic()
            while process.poll() is None and time.monotonic() - begun < PATIENCE_S:
                tx_thread_sleep(1)
            process.kill()
            assert (process.wait(), process.stderr.read()) == (0, "")
        server.stop()
        assert store.messages() == []
    assert [path.read_bytes() for path in sorted((tmp_path / "mails").glob("*.eml"))] == MAILS
