"""A board with MicroPython at the other end of a serial line: nothing is lost, and the end of the line is noticed."""

import os
import subprocess
import time
import tty
from pathlib import Path

import pytest

from netx_drivers import SlipDriver
from netx_pop3.maildrop import Host
from netx_sim import NX_SUCCESS, Ref, nx_icmp_ping, nx_packet_release, packet_bytes, simulation
from tests.micropython.test_boards import HEAP, SOURCE_ROOTS

BOARD = Path(__file__).parent / "slip_board.py"
ADDRESS = 0x0A000001
EXCHANGES = 1000
PATIENCE_S = 30


def ping(host, data):
    """The data that came back, or None."""
    answer = Ref()
    if nx_icmp_ping(host.ip, ADDRESS, data, len(data), answer, 100) != NX_SUCCESS:
        return None
    back = packet_bytes(answer.value)
    nx_packet_release(answer)
    return back


@pytest.mark.slow
def test_a_thousand_exchanges_with_a_board(peer, record_property):
    program = peer("micropython")
    master, slave = os.openpty()
    tty.setraw(slave)
    environment = os.environ | {"MICROPYPATH": os.pathsep.join([*map(str, SOURCE_ROOTS), ".frozen"])}
    argv = [program, "-X", HEAP, str(BOARD), str(slave)]
    board = subprocess.Popen(argv, env=environment, pass_fds=[slave], stdout=subprocess.PIPE, text=True)
    os.close(slave)
    try:
        with simulation():
            driver = SlipDriver(master, mtu=576)
            with Host(driver, "10.0.0.2/24") as host:
                # Its heap takes a moment; what comes before that waits in the terminal or is lost.
                assert any(ping(host, b"are you there?") for _ in range(20)), "the board does not answer"
                begun = time.monotonic()
                for number in range(EXCHANGES):
                    data = bytes([number & 0xFF, 0xC0, 0xDB, 0xDC]) * 25
                    assert ping(host, data) == data, number
                record_property("KB/s each way", EXCHANGES * len(data) / 1000 / (time.monotonic() - begun))
                assert not driver.statistics.damaged
    finally:
        os.close(master)
        try:
            said, _ = board.communicate(timeout=PATIENCE_S)
        finally:
            board.kill()
    words = said.split()
    assert board.returncode == 0
    assert int(words[1]) == int(words[2]) > EXCHANGES
    assert words[3:] == ["lost", "0"]
