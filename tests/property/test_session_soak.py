"""Session after session in one process: memory flat, pools full but for what the device's quirks lose.

`make soak` plays 100,000; the short form a few hundred.  Sessions per second of processor time at the start and at the
end are printed and not judged, since the machine may be busy.
"""

import gc
import logging
import resource
import time
from collections.abc import Iterator
from typing import Any

import pytest

from netx_drivers import RamWire
from netx_pop3 import Account, MemoryStore, Pop3Server
from netx_sim import *
from tests.pop3.rig import Rig

SESSIONS_A_SEED = 500  # with the 200 seeds of `make soak`: 100,000
PARTS = 10  # the run is looked at after each tenth
MAIL = b"Subject: soak\r\n\r\n" + b"x" * 62 + b"\r\n" * 16 + b"y" * 900 + b"\r\n"
OBJECTS = 1000  # by which the garbage collector's count may grow: some lists are tidied late
MEMORY_KIB = 4096  # by which the peak of the process may grow after the first fifth
LOST = "nobody: Q-GREETING-LEAK"


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Every session reports quirks; nobody wants to keep them all."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def make_rig() -> Rig:
    """A client and a server that has one mail, which stays."""
    rig = Rig(wire=RamWire(integrity=True), packets=40)
    accounts = {b"user": Account(b"pass", MemoryStore([MAIL]))}
    assert Pop3Server(rig.server_ip, rig.server_pool, accounts).start() == NX_SUCCESS
    return rig


def session(rig: Rig, apop: int) -> None:
    """Log in, look, fetch the mail, leave."""
    assert rig.create(apop) == "NX_SUCCESS"
    assert rig.stat()[1] == 1
    assert rig.retr(1)[0] == "NX_SUCCESS"
    assert rig.read() == MAIL + b".\r\n"
    assert rig.quit() == "NX_SUCCESS"
    assert rig.delete() == "NX_SUCCESS"


def take_back(sim: Any) -> int:
    """Release what the device would have lost; nothing else may be out."""
    lost = leak_report(sim)
    assert {leak.holder for leak in lost} <= {LOST}
    for leak in lost:
        assert nx_packet_release(leak.packet) == NX_SUCCESS
    return len(lost)


@pytest.mark.soak
def test_sessions_without_end(request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    part = request.config.getoption("seeds") * SESSIONS_A_SEED // PARTS
    rates, objects, memory, lost, apop_logins = [], [], [], 0, 0
    with simulation(seed=1) as sim:
        rig = make_rig()
        for _ in range(PARTS):
            begun = time.process_time()
            for number in range(part):
                apop_logins += number & 1
                session(rig, number & 1)
                if number % 20 == 19:
                    tx_thread_sleep(100)
                    lost += take_back(sim)
            tx_thread_sleep(100)
            lost += take_back(sim)
            rates.append(part / (time.process_time() - begun))
            gc.collect()
            objects.append(len(gc.get_objects()))
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        assert lost == apop_logins
        assert leak_report(sim) == []
    assert objects[-1] - objects[1] < OBJECTS, f"objects after each tenth: {objects}"
    assert memory[-1] - memory[1] < MEMORY_KIB, f"KiB after each tenth: {memory}"
    with capsys.disabled():
        print(
            f"\n{part * PARTS} sessions: {rates[1]:.0f} a second at the start, {rates[-1]:.0f} at the end "
            f"({100 * rates[-1] / rates[1]:.0f} %), {lost} packets lost to quirks and taken back, "
            f"{objects[-1] - objects[1]:+d} objects, {memory[-1] - memory[1]:+d} KiB"
        )
        print("sessions a second in each tenth:", *map(round, rates))
