"""The judge of service vectors, and the values it compares: on small scenarios written here."""

from typing import Any

import pytest

from netx_sim.ref import Ref
from netx_sim.testing.vector_compare import VectorComparison
from netx_sim.testing.vector_values import SENTINEL, Values, address_of, pattern
from netx_sim.testing.vector_world import NEVER_RETURNED, Common, Results

COMMON = Common({"NX_WAIT_FOREVER": 0xFFFFFFFF}, {"NX_SUCCESS": 0, "NX_PTR_ERROR": 7, "TX_PTR_ERROR": 3}, {}, {})


def scenario(*expects: dict[str, Any], tags: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    steps = [{"call": "nx_service", "args": [], "expect": expect} for expect in expects]
    threads = [{"name": "main", "priority": 4, "steps": steps}]
    end = {"why": "end", "tick": 0, "threads": {"main": "finished"}}
    return {"tags": list(tags), "prelude": None, "init": [], "threads": threads, "callbacks": {}, "end": end, **more}


def results(*answers: dict[str, Any]) -> Results:
    run = Results(steps={("main", 0, index): answer for index, answer in enumerate(answers)})
    run.end = {"why": "end", "tick": 0, "threads": {"main": "finished"}}
    return run


def compare(entry: dict[str, Any], run: Results) -> list[Any]:
    return VectorComparison(entry, run, COMMON).differences()


def test_statuses_are_compared_by_number() -> None:
    entry = scenario({"status": "NX_PTR_ERROR", "ticks": 0})
    assert compare(entry, results({"status": 7, "ticks": 0})) == []
    (difference,) = compare(entry, results({"status": 0, "ticks": 0}))
    assert difference.got == "NX_SUCCESS (0x00)"


@pytest.mark.parametrize(
    ("wanted", "came", "count"),
    [
        (5, 5, 0),
        (5, 6, 1),
        ({"min": 3, "max": 9}, 9, 0),
        ({"min": 3, "max": 9}, 10, 1),
        ("unchanged", "unchanged", 0),
        ({"str": "t0"}, {"str": "t0"}, 0),
        (None, None, 0),
        (None, "&t0", 1),
    ],
)
def test_outputs(wanted: Any, came: Any, count: int) -> None:
    entry = scenario({"status": "NX_SUCCESS", "outs": {"x": wanted}, "ticks": 0})
    assert len(compare(entry, results({"status": 0, "outs": {"x": came}, "ticks": 0}))) == count


def test_another_packet_of_the_same_pool_is_internal() -> None:
    entry = scenario({"status": "NX_SUCCESS", "outs": {"packet_ptr": "mem0[1]"}, "ticks": 0})
    (difference,) = compare(entry, results({"status": 0, "outs": {"packet_ptr": "mem0[2]"}, "ticks": 0}))
    assert difference.internal


def test_ticks_are_exact() -> None:
    entry = scenario({"status": "NX_SUCCESS", "ticks": 5})
    assert compare(entry, results({"status": 0, "ticks": 6}))


def test_a_raised_type_error_is_a_difference() -> None:
    entry = scenario({"status": "NX_PTR_ERROR", "ticks": 0})
    assert len(compare(entry, results({"raised": "TypeError: ip_ptr", "ticks": 0}))) == 2


def test_a_step_that_must_not_return() -> None:
    entry = scenario({"never_returned": True})
    assert compare(entry, results({"status": 0, "ticks": 0}))
    assert compare(entry, results(dict(NEVER_RETURNED))) == []


def test_a_fault_counts_only_where_the_original_faults() -> None:
    run = results(dict(NEVER_RETURNED))
    run.fault = "Q-X: crashes"
    assert compare(scenario({"never_returned": True}, tags=("crash",), end=None), run) == []
    assert compare(scenario({"never_returned": True}), run)


def test_order_of_events() -> None:
    trace = [["main", 0, "b", 0], ["main", 0, "e", 0]]
    entry = scenario({"ticks": 0}, trace=trace)
    run = results({"ticks": 0})
    run.trace = [list(event) for event in trace]
    assert compare(entry, run) == []
    run.trace.reverse()
    assert compare(entry, run)


def test_callback_invocations() -> None:
    callback = {"args": ["number"], "steps": [], "invocations": [{"tick": 5, "args": [7]}]}
    entry = scenario({"ticks": 0}, callbacks={"cb": callback})
    run = results({"ticks": 0})
    assert compare(entry, run)
    run.invocations["cb"] = [{"tick": 5, "args": [7]}]
    assert compare(entry, run) == []


# values


def values() -> Values:
    made = Values(COMMON.constants)
    made.declare({"area": {"type": "area", "size": 100, "preset": "sentinel"}, "mem": {"type": "area", "size": 64}})
    return made


def no_callback(name: str) -> None:
    raise AssertionError(name)


def test_areas_are_aligned_and_slices_lie_inside() -> None:
    made = values()
    whole, part = made.value("&area"), made.value("&area+8")
    start = address_of(whole)
    assert start is not None
    assert start % 64 == 0
    assert address_of(part) == start + 8
    assert len(part) == 100
    assert bytes(whole[:2]) == b"\xa5\xa5"
    assert made.value("#area") == 100
    assert made.shown(part) == "&area+8"
    assert made.shown(whole) == "&area"


def test_variables_start_as_sentinels_and_show_what_was_written() -> None:
    made = values()
    cell = made.value("&$v")
    assert isinstance(cell, Ref)
    assert made.shown(cell[0]) == "unchanged"
    cell[0] = made.value("&mem+4")
    assert made.shown(made.value("$v")) == "&mem+4"
    assert made.shown(made.value("$v+8")) == "&mem+12"
    cell[0] = object()
    assert made.shown(cell[0]) == "other"


@pytest.mark.parametrize(
    ("notation", "kind", "value"),
    [
        (5, "ULONG", 5),
        (0, "NX_IP *", None),
        (None, "ULONG", 0),
        (None, "VOID *", None),
        ("NX_WAIT_FOREVER", "ULONG", 0xFFFFFFFF),
        ({"str": "name"}, "CHAR *", "name"),
        ({"hex": "0011"}, "VOID *", b"\0\x11"),
        ({"words": [1, 2]}, "ULONG *", [1, 2]),
        ({"pattern": 3}, "VOID *", b"\x03\x0a\x11"),
    ],
)
def test_arguments(notation: Any, kind: str, value: Any) -> None:
    assert values().argument(notation, kind, False, no_callback) == value


def test_a_packet_passed_by_variable_is_the_variable() -> None:
    made = values()
    made.variable("p")[0] = "packet"
    assert made.argument("$p", "NX_PACKET *", True, no_callback) is made.variable("p")
    assert made.argument("$p", "NX_PACKET *", False, no_callback) == "packet"


def test_pattern_and_sentinel() -> None:
    assert pattern(40)[36] == (7 * 36 + 3) % 256
    assert SENTINEL == 0xA5A5A5A5
