"""The judge of trace replays: equal to itself, and no change goes unseen."""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest

from netx_sim.testing.runner import load
from netx_sim.testing.trace_compare import Comparison
from netx_sim.testing.trace_world import Connection, Recording
from tests.vectors.replayed import HERE

ISS = (0xFFFFFF00, 0x12345678, 77)
PORTS = (5000, 5001, 5002)
IDS = (
    "active/two_connections",
    "close/active_full",
    "send/3_duplicate_acks",
    "pop3/quit_then_server_fin_then_delete",
    "arp/conflict_request",
)


def scenario(name: str) -> dict[str, Any]:
    for path in sorted((HERE / "traces").iterdir()):
        for entry in load(path):
            if entry["id"] == name:
                return entry
    raise LookupError(name)


def number(text: Any, peer: int) -> Any:
    match = re.match(r"([SPL])(\d*)(?:\+(\d+))?$", text) if isinstance(text, str) else None
    if not match:
        return text
    which = int(match[2] or 1) - 1
    base = {"S": ISS[which], "P": peer, "L": 50000 + which}[match[1]]
    return (base + int(match[3] or 0)) & 0xFFFFFFFF


def faithful(entry: dict[str, Any]) -> Recording:
    """A run that did exactly what was recorded, with numbers of its own."""
    run = Recording()

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        return number(value, entry["config"]["peer_iss"])

    run.events = [plain(event) for event in entry["expect"]]
    run.connections = [Connection((50000 + i, 80), "10.0.0.2", iss) for i, iss in enumerate(ISS)]
    run.pools_at_end = dict(entry["pools_at_end"])
    run.still_blocked_steps = list(entry["still_blocked_steps"])
    run.not_reached_steps = list(entry["not_reached_steps"])
    return run


@pytest.mark.parametrize("name", IDS)
def test_a_faithful_run_is_equal(name: str) -> None:
    entry = scenario(name)
    assert Comparison(entry, faithful(entry)).differences() == []


def frame(run: Recording, index: int) -> dict[str, Any]:
    return [event for event in run.events if "out" in event][index]["out"]


def result(run: Recording, call: str) -> dict[str, Any]:
    return next(event["return"] for event in run.events if event.get("return", {}).get("call") == call)


CHANGES: dict[str, Callable[[Recording], Any]] = {
    "sequence number": lambda run: frame(run, 1)["tcp"].update(seq=5),
    "window": lambda run: frame(run, 1)["tcp"].update(window=1),
    "flags": lambda run: frame(run, 1)["tcp"].update(flags="ACK|URG"),
    "identification": lambda run: frame(run, 1)["ipv4"].update(id=99),
    "bad checksum": lambda run: frame(run, 1)["tcp"].update(checksum="bad"),
    "fragment bits": lambda run: frame(run, 1)["ipv4"].update(flags=2),
    "late frame": lambda run: run.events[next(i for i, e in enumerate(run.events) if "out" in e)].update(tick=400),
    "lost frame": lambda run: run.events.pop(next(i for i, e in enumerate(run.events) if "out" in e)),
    "extra frame": lambda run: run.events.append({"tick": 1, "out": frame(run, 0), "command": "PACKET_SEND"}),
    "callback missing": lambda run: run.events.remove(next(e for e in run.events if "callback" in e)),
    "status": lambda run: result(run, "tcp_connect").update(status="0x37"),
    "blocked step": lambda run: run.still_blocked_steps.append(3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(change: str) -> None:
    entry = scenario("close/active_full")
    run = copy.deepcopy(faithful(entry))
    CHANGES[change](run)
    assert any(not difference.internal for difference in Comparison(entry, run).differences())


def test_ticks_within_the_tolerance_are_equal() -> None:
    entry = scenario("close/active_full")
    run = faithful(entry)
    for event in run.events:
        event["tick"] += 2
    assert Comparison(entry, run, 2).differences() == []
    assert Comparison(entry, run, 1).differences()


def test_socket_fields_and_pool_figures_are_internal() -> None:
    entry = scenario("send/3_duplicate_acks")
    run = faithful(entry)
    result(run, "tcp_info")["outs"]["cwnd"] += 1
    run.pools_at_end["available"] -= 1
    found = Comparison(entry, run).differences()
    assert [difference.internal for difference in found] == [True, True]


def test_sequence_numbers_are_shown_as_symbols() -> None:
    entry = scenario("close/active_full")
    run = faithful(entry)
    frame(run, 1)["tcp"]["ack"] += 1
    (difference,) = Comparison(entry, run).differences()
    assert (difference.expected, difference.got) == ("P+1", "P+2")
