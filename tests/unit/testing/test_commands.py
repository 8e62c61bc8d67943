"""The three replay commands, over recordings as they are and over recordings that were tampered with."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netx_sim.testing import dialogues, replay, vectors
from netx_sim.testing.runner import load
from tests.vectors.replayed import HERE

pytestmark = pytest.mark.leaks
TRACES, SERVICES, DIALOGUES = HERE / "traces", HERE / "api", HERE / "pop3-dialogues.json"


def one(path: Path, name: str) -> dict[str, Any]:
    content = load(path)
    entries = content["dialogues"] if isinstance(content, dict) else content
    return copy.deepcopy(next(entry for entry in entries if entry["id"] == name))


def tampered(tmp_path: Path, entry: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> str:
    change(entry)
    path = tmp_path / "tampered.json"
    path.write_text(json.dumps([entry]))
    return str(path)


def test_replay_of_an_equal_trace(capsys: pytest.CaptureFixture[str]) -> None:
    assert replay.main([str(TRACES / "active_open.json"), "--only", "active/mss_set_1000", "--verbose"]) == 0
    assert capsys.readouterr().out == "1/1 equal\n"


def test_replay_shows_both_sides_and_the_packets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = one(TRACES / "close.json", "close/active_full")
    first = next(event for event in entry["expect"] if "out" in event)
    path = tampered(tmp_path, entry, lambda _: first["out"]["tcp"].update(window=1))
    assert replay.main([path, "--verbose"]) == 1
    out = capsys.readouterr().out
    assert "frame 0 at tick 22, tcp.window: expected 1, got 8192" in out
    assert "22 > 10.0.0.1 > 10.0.0.2 id 1 tcp 5000 > 80 [SYN]" in out
    assert "24 < 10.0.0.2 > 10.0.0.1" in out
    assert out.endswith("0/1 equal\n")


def test_replay_tolerance(tmp_path: Path) -> None:
    entry = one(TRACES / "close.json", "close/active_full")

    def later(_: Any) -> None:
        for event in entry["expect"]:
            event["tick"] += 3

    path = tampered(tmp_path, entry, later)
    assert replay.main([path]) == 1
    assert replay.main([path, "--tolerance", "3"]) == 0


def test_replay_survives_what_the_stack_raises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = one(TRACES / "close.json", "close/active_full")
    path = tampered(tmp_path, entry, lambda _: entry["steps"][1]["args"].update(window="wide"))
    assert replay.main([path]) == 1
    assert "run:" in capsys.readouterr().out


def test_replay_names_the_service_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = one(TRACES / "close.json", "close/active_full")
    path = tampered(tmp_path, entry, lambda _: entry["config"]["enabled"].update(icmp="nx_no_such_enable"))
    assert replay.main([path]) == 1
    assert "not run: needs nx_no_such_enable" in capsys.readouterr().out


def test_replay_refuses_a_set_up_that_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = one(TRACES / "close.json", "close/active_full")
    path = tampered(tmp_path, entry, lambda _: entry["config"]["pool"].update(payload=0))
    assert replay.main([path]) == 1
    assert "in the set-up" in capsys.readouterr().out


def test_vectors_equal_and_different(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    only = ["--only", "packet.release.pointers"]
    assert vectors.main([str(SERVICES / "packet.json"), *only]) == 0
    entry = one(SERVICES / "packet.json", "packet.release.pointers")
    (tmp_path / "common.json").write_text((SERVICES / "common.json").read_text())
    path = tampered(tmp_path, entry, lambda _: entry["end"].update(tick=7))
    assert vectors.main([path, "--verbose"]) == 1
    assert "end, tick: expected 7, got 0" in capsys.readouterr().out


def test_vectors_do_not_count_what_cannot_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = one(SERVICES / "packet.json", "packet.release.pointers")
    common = load(SERVICES / "common.json")
    common["services"]["nx_no_such_service"] = {"component": "x", "returns": "UINT", "params": []}
    (tmp_path / "common.json").write_text(json.dumps(common))
    step = {"call": "nx_no_such_service", "args": [], "expect": {"status": "NX_SUCCESS", "ticks": 0}}
    path = tampered(tmp_path, entry, lambda _: entry["init"].append(step))
    assert vectors.main([path]) == 0
    assert "0/0 equal, 1 not run: services missing" in capsys.readouterr().out


def test_vectors_need_their_common_part(tmp_path: Path) -> None:
    entry = one(SERVICES / "packet.json", "packet.release.pointers")
    with pytest.raises(FileNotFoundError, match=r"common\.json"):
        vectors.main([tampered(tmp_path, entry, lambda _: None)])


def small_vector(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A scenario of one thread, all of whose steps are to come out as `expect` says."""
    threads = [{"name": "main", "priority": 4, "steps": list(steps)}]
    end = {"why": "end", "tick": 0, "threads": {"main": "finished"}}
    base = {"id": "own", "tags": [], "prelude": None, "objects": {}, "init": [], "threads": threads, "callbacks": {}}
    return {**base, "end": end, **more}


COMMON = vectors.load_common(SERVICES)


def test_vector_that_stops_itself() -> None:
    steps = [{"do": "stop", "expect": {"never_returned": True}}, {"do": "log", "expect": {"never_reached": True}}]
    end = {"why": "end", "tick": 0, "threads": {"main": "step 0"}}
    assert vectors.run_scenario(small_vector(*steps, end=end), COMMON) == []


def test_vector_that_runs_into_the_limit() -> None:
    step = {"call": "tx_thread_sleep", "args": [0xFFFF], "expect": {"never_returned": True}}
    end = {"why": "limit", "tick": 101, "threads": {"main": "step 0"}}
    assert vectors.run_scenario(small_vector(step, end=end, tick_limit=100), COMMON) == []


def test_vector_that_waits_for_ever() -> None:
    step = {"call": "tx_thread_suspend", "args": ["&main"], "expect": {"never_returned": True}}
    found = vectors.run_scenario(small_vector(step), COMMON)
    assert [difference.where for difference in found] == ["end, why", "end, tick", "end, threads"]


def test_vector_that_uses_the_processor() -> None:
    step = {"do": "busy", "ticks": 5, "expect": {"ticks": 5}}
    end = {"why": "end", "tick": 5, "threads": {"main": "finished"}}
    assert vectors.run_scenario(small_vector(step, end=end), COMMON) == []


def test_vector_with_a_wrong_type() -> None:
    """What a compiler would refuse is a difference, and the scenario goes on."""
    step = {"call": "tx_thread_sleep", "args": [{"str": "five"}], "expect": {"status": "TX_SUCCESS", "ticks": 0}}
    found = vectors.run_scenario(small_vector(step, {"do": "log", "expect": {"ticks": 0}}), COMMON)
    assert "TypeError" in str(found[0])


def test_vector_that_cannot_be_said_in_python() -> None:
    step = {"call": "tx_thread_sleep", "args": ["&main+4"], "expect": {"status": "TX_SUCCESS", "ticks": 0}}
    assert "Unmappable" in str(vectors.run_scenario(small_vector(step), COMMON)[0])


def test_dialogues_equal_and_different(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dialogues.main([str(DIALOGUES), "--only", "greeting_noargs_apop0"]) == 0
    entry = one(DIALOGUES, "greeting_noargs_apop0")

    def change(_: Any) -> None:
        expect = entry["expect"]
        expect["calls"][0].update(status="NX_NO_PACKET", ticks=9, receive_pool_available=3)
        expect["calls"][1].update(number_mail_items=77)
        expect["calls"].append({"call": "nx_pop3_client_quit"})
        expect["client_sent"].append("NOOP\r\n")
        expect["packets_lost_from_receive_pool"] = 5

    assert dialogues.main([tampered(tmp_path, entry, change), "--verbose"]) == 1
    out = capsys.readouterr().out
    for said in (
        "status: expected NX_NO_PACKET, got NX_SUCCESS (0x00)",
        "ticks: expected 9, got 0",
        "receive_pool_available (internal): expected 3, got 20",
        "number_mail_items: expected 77, got 2",
        "got no further call",
        "segments the server read",
        "packets lost from the receive pool: expected 5, got 0",
    ):
        assert said in out


def test_dialogue_that_breaks_is_told() -> None:
    entry = one(DIALOGUES, "greeting_noargs_apop0")
    entry["setup"] = {"payload": 0, "packets": 3}
    assert dialogues.run_dialogue(entry)[0].where == "run"


def test_dialogue_with_pauses_and_written_fields() -> None:
    entry = one(DIALOGUES, "greeting_noargs_apop0")
    entry["server"].insert(0, {"sleep_ticks": 5})
    poke = {"poke": "nx_pop3_client_maildrop_items", "value": 9}
    entry["client"].insert(1, poke)
    entry["expect"]["calls"][0]["ticks"] = 5
    assert dialogues.run_dialogue(entry) == []
