"""Leak reports: which packets are out, who allocated them and where, who has them."""

from pathlib import Path
from typing import Any

import pytest

from netx_sim import *
from netx_sim import diagnostics
from netx_sim.leaks import Leak, program_line

pytestmark = pytest.mark.leaks


def new_pool(name: str = "pool", packets: int = 4) -> Any:
    pool = NX_PACKET_POOL()
    size = packets * 160
    assert nx_packet_pool_create(pool, name, 100, bytearray(size), size) == NX_SUCCESS
    return pool


def take(pool: Any, wait: int = NX_NO_WAIT) -> Any:
    packet = Ref()
    assert nx_packet_allocate(pool, packet, 0, wait) == NX_SUCCESS  # the line that reports name
    return packet.value


def test_nothing_is_out() -> None:
    with simulation():
        nx_packet_release(take(new_pool()))
        assert leak_report() == []
        assert str(leak_report()) == ""


def test_packets_of_one_fate_are_counted_together() -> None:
    with simulation() as sim:
        full, pool = new_pool("full"), new_pool("pool")
        nx_packet_release(take(full))
        take(pool)
        tx_thread_sleep(7)
        take(pool)._holder = "somebody"
        take(pool)
        found = leak_report(sim)
        assert str(found).splitlines() == [
            "pool pool: 3 of 4 packets are out",
            "  2 held by nx_packet_allocate since tick 0 to 7, allocated by nx_packet_allocate at tick 0 to 7",
            "  1 held by somebody since tick 7, allocated by nx_packet_allocate at tick 7",
        ]
        leak: Leak = found[1]
        assert (leak.pool, leak.tick, leak.holder, leak.length, leak.allocated_at) == (pool, 7, "somebody", 0, "")
        assert repr(leak) == "<Leak of pool nx_packet_allocate, somebody>"


def test_traced_allocations_name_the_line() -> None:
    with simulation(trace_allocations=True):
        pool = new_pool()
        packet = take(pool)
        file, line, function = leak_report()[0].allocated_at.replace(":", " ").split()
        assert (file, function) == (__file__, "take")
        assert "the line that reports name" in Path(__file__).read_text().splitlines()[int(line) - 1]
        assert str(leak_report()).endswith(f"from {__file__}:{line} take")
        nx_packet_release(packet)


def test_traced_packets_know_since_when_they_are_held() -> None:
    with simulation(trace_allocations=True):
        packet = take(new_pool())
        tx_thread_sleep(30)
        packet._holder = "somebody"
        tx_thread_sleep(10)
        (leak,) = leak_report()
        assert (leak.tick, leak.since) == (0, 30)
        assert "1 held by somebody since tick 30, allocated by nx_packet_allocate at tick 0, from" in str(leak_report())


def test_a_traced_allocation_that_had_to_wait_names_the_line_too() -> None:
    with simulation(trace_allocations=True):
        pool = new_pool(packets=1)
        first = take(pool)
        assert tx_timer_create(TX_TIMER(), "t", lambda _: nx_packet_release(first), 0, 5, 0, TX_AUTO_ACTIVATE) == 0
        take(pool, 10)
        assert leak_report()[0].allocated_at.endswith(" take")


def test_the_end_of_a_simulation_tells_what_is_out() -> None:
    told: list[tuple[str, str, str]] = []

    def note(kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        told.append((kind, name, message))
        assert len(fields["leaks"]) == 1

    diagnostics.hooks.append(note)
    try:
        with simulation():
            new_pool("kept")
            take(new_pool("lost"))
        with simulation():
            deleted = new_pool("deleted")
            take(deleted)
            nx_packet_pool_delete(deleted)
    finally:
        diagnostics.hooks.remove(note)
    ((kind, name, message),) = told
    assert (kind, name) == ("leak", "lost")
    assert message.startswith("pool lost: 1 of 4 packets are out\n")


def test_a_runtime_without_frames_names_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("sys._getframe")
    assert program_line() == ""
