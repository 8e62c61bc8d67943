"""The yardstick: poplib fetching the same mail from a pre-rendered server over kernel loopback."""

import poplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER = Path(__file__).with_name("_prerendered.py")


@contextmanager
def prerendered(address: str, *sizes: int) -> Iterator[int]:
    """A pre-rendered server in a process of its own; its port."""
    argv = [sys.executable, str(SERVER), address, *map(str, sizes)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline())
        finally:
            server.kill()


def poplib_rate(size: int, rounds: int) -> float:
    """Megabytes a second of the best of some rounds."""
    with prerendered("127.0.0.1", size) as port:
        return max(retrieve_rate(port) for _ in range(rounds))


def retrieve_rate(port: int) -> float:
    """Megabytes a second of one RETR."""
    session = poplib.POP3("127.0.0.1", port, timeout=60)
    session.user("user")
    session.pass_("password")
    begin = time.perf_counter()
    octets = session.retr(1)[2]
    seconds = time.perf_counter() - begin
    session.quit()
    return octets / seconds / 1e6


def session_rate(port: int, count: int) -> float:
    """Sessions a second: connect, log in, STAT, RETR, DELE, QUIT."""
    begin = time.perf_counter()
    for _ in range(count):
        session = poplib.POP3("127.0.0.1", port, timeout=60)
        session.apop("user", "password")
        session.stat()
        session.retr(1)
        session.dele(1)
        session.quit()
    return count / (time.perf_counter() - begin)
