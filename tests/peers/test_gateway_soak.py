"""Board after board through one gateway: sessions, resets in the middle of a mail, noise, an unplugged line.

`make soak` plays 4,000 boards at one process, the short form a few dozen.  What the gateway holds must not grow:
memory, descriptors, packets.
"""

import logging
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netx_drivers.slip import SlipDriver
from netx_pop3.client import (
    nx_pop3_client_create,
    nx_pop3_client_delete,
    nx_pop3_client_mail_item_get,
    nx_pop3_client_mail_item_message_get,
    nx_pop3_client_mail_items_get,
    nx_pop3_client_quit,
)
from netx_pop3.control import NX_POP3_CLIENT
from netx_pop3.maildrop import Host
from netx_sim import IP_ADDRESS, NX_SUCCESS, Ref, nx_packet_release, packet_bytes, simulation
from tests.peers.cable import Cable
from tests.peers.gateway_rig import MTU, PATIENCE_S, Gateway, counters

BOARDS_A_SEED = 20
RESET_EACH, UNPLUGGED_EACH = 3, 50  # every third board is reset, every fiftieth finds its line unplugged once
MAILS = [b"Subject: short\r\n\r\nHello.\r\n", b"Subject: long\r\n\r\n" + b"0123456789 soak\r\n" * 2000]
SHORT, LONG = 1, 2
IDLE_S = 0.5  # after which the server gives up a board that was reset
MEMORY_KIB = 4096
PARTS = 10
SPARE = 2  # descriptors that may be open for a moment

pytestmark = [pytest.mark.soak, pytest.mark.slow, pytest.mark.leaks]  # a reset board gives no packets back


class Session(socketserver.StreamRequestHandler):
    """As much of POP3 as a board says, until it closes; one that was reset is given up after a while."""

    timeout = IDLE_S

    def handle(self) -> None:
        self.wfile.write(b"+OK ready\r\n")
        try:
            while line := self.rfile.readline():
                self.wfile.write(answer(*line.split()))
        except (TimeoutError, ConnectionError):
            return


def answer(word: bytes, number: bytes = b"0", *_: bytes) -> bytes:
    if word != b"RETR":
        return b"+OK 2 1000\r\n"
    mail = MAILS[int(number) - 1]
    return b"+OK %d octets\r\n" % len(mail) + mail + b".\r\n"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@pytest.fixture
def port() -> Iterator[int]:
    with Server(("127.0.0.1", 0), Session) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Board:
    """One life of a board, from reset to reset."""

    def __init__(self, cable: Cable, port: int, seed: int) -> None:
        self.cable = cable
        self.port = port
        self.seed = seed
        self.client = NX_POP3_CLIENT()

    def live(self, reset: bool) -> None:
        """A whole session with the short mail, or the begin of one with the long mail."""
        config = {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 4 * (MTU - 40)}
        with simulation(self.seed, config), SlipDriver(self.cable.board, mtu=MTU) as driver:
            host = Host(driver, "192.168.7.2/24", "192.168.7.1", payload=256)
            server = IP_ADDRESS(10, 0, 2, 2)
            who = (host.ip, host.pool, server, self.port, "board", "secret")
            assert nx_pop3_client_create(self.client, 0, *who) == NX_SUCCESS
            assert nx_pop3_client_mail_items_get(self.client, Ref(), Ref()) == NX_SUCCESS
            if reset:
                self.retrieve(LONG, 5)
                return  # the driver is gone before anything else could be sent
            assert self.retrieve(SHORT, 100) == MAILS[0] + b".\r\n"
            assert nx_pop3_client_quit(self.client) == NX_SUCCESS
            assert nx_pop3_client_delete(self.client) == NX_SUCCESS
            host.close()

    def retrieve(self, number: int, pieces: int) -> bytes:
        """So many packets of a mail at most."""
        size, final, packet, got = Ref(), Ref(0), Ref(), b""
        assert nx_pop3_client_mail_item_get(self.client, number, size) == NX_SUCCESS
        while pieces and not final.value:
            assert nx_pop3_client_mail_item_message_get(self.client, packet, size, final) == NX_SUCCESS
            got += packet_bytes(packet.value)
            nx_packet_release(packet)
            pieces -= 1
        return got


class Bench:
    """A gateway that boards are played at, and what its process holds."""

    def __init__(self, cable: Cable, gateway: Gateway, port: int) -> None:
        self.cable = cable
        self.gateway = gateway
        self.port = port
        self.proc = Path(f"/proc/{gateway.process.pid}")
        self.played = 0
        self.idle = self.descriptors()

    def descriptors(self) -> int:
        return len(list((self.proc / "fd").iterdir()))

    def kib(self) -> int:
        words = (self.proc / "status").read_text(encoding="ascii").split()
        return int(words[words.index("VmRSS:") + 1])

    def play(self, boards: int) -> None:
        """Boards one after the other: some are reset, some find their line unplugged first, all hear noise."""
        for number in range(self.played, self.played + boards):
            if number % UNPLUGGED_EACH == UNPLUGGED_EACH - 1:
                self.replug()
            self.cable.noise(b"boot\r\n" if number % 5 else b"\xc0E torn packet")
            self.one(number % RESET_EACH == 0)

    def replug(self) -> None:
        self.cable.unplug()
        assert self.gateway.line().endswith(" is down\n")
        self.cable.plug_in()
        assert self.gateway.line().endswith(" is up\n")

    def one(self, reset: bool = False) -> None:
        Board(self.cable, self.port, self.played).live(reset)
        self.played += 1

    def settled_kib(self) -> int:
        """Memory once no connection is left of the boards that were reset: the next ones refuse what is theirs."""
        end = time.monotonic() + PATIENCE_S
        while self.descriptors() > self.idle + SPARE:
            assert time.monotonic() < end, f"{self.descriptors()} descriptors, {self.idle} before the first board"
            self.one()
        return self.kib()


def test_boards_without_end(
    peer: Any, port: int, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    peer("libslirp")
    part = request.config.getoption("seeds") * BOARDS_A_SEED // PARTS
    with Cable(tmp_path) as cable, Gateway(cable) as gateway:
        assert "leads on" in gateway.line()
        bench = Bench(cable, gateway, port)
        kib = []
        for _ in range(PARTS):
            bench.play(part)
            kib.append(bench.settled_kib())
        output = gateway.end()
    forwarded, dropped, received, sent, junk, lost, used = counters(output)
    assert forwarded > 15 * bench.played
    # At the moment when the line is unplugged a packet may be on its way, or sent in part.
    assert abs(received + sent + lost - forwarded) <= bench.played // UNPLUGGED_EACH
    assert dropped + lost < bench.played
    assert used == 0
    assert junk >= part * PARTS
    assert kib[-1] - kib[0] < MEMORY_KIB, f"KiB after each tenth: {kib}"
    with capsys.disabled():
        print(f"\n{bench.played} boards, {kib[-1] - kib[0]:+d} KiB; {output}", end="")
