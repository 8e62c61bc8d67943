"""Dialogues of the client derived from its rules; each names the rule, none repeats a recorded one."""

import json
from pathlib import Path
from typing import Any

import pytest

from netx_sim.testing.dialogues import compare, load_dialogues
from tests.dialogues.world import LinkedWorld

pytestmark = pytest.mark.leaks  # the device's quirks lose packets
HERE = Path(__file__).parent
DIALOGUES = load_dialogues(HERE / "pop3.json")
PARAMETERS = [pytest.param(entry, id=entry["id"]) for entry in DIALOGUES]


@pytest.mark.parametrize("dialogue", PARAMETERS)
def test_dialogue(dialogue: dict[str, Any]) -> None:
    results = LinkedWorld(dialogue).run()
    for call in results.calls:
        call["receive_pool_available"] = None  # depends on when segments arrive: no rule names it
    expected = {**dialogue["expect"]}
    expected["calls"] = [{**call, "receive_pool_available": None} for call in expected["calls"]]
    differences = list(compare(expected, results))
    assert not differences, f"{dialogue['rule']}\n" + "\n".join(map(str, differences))


def _content(dialogue: dict[str, Any]) -> str:
    return json.dumps([dialogue[key] for key in ("setup", "server", "client")] + [dialogue.get("link", "ipv4")])


def test_there_are_enough_and_each_is_new_and_names_its_rule() -> None:
    recorded = {_content(entry) for entry in load_dialogues(HERE.parent / "vectors" / "pop3-dialogues.json")}
    contents = [_content(entry) for entry in DIALOGUES]
    assert len(contents) >= 150
    assert len(set(contents)) == len(contents) == len({entry["id"] for entry in DIALOGUES})
    assert not recorded & set(contents)
    assert all(len(entry["rule"]) > 10 and entry["link"] in ("ipv4", "ipv6") for entry in DIALOGUES)
    assert sum(entry["link"] == "ipv6" for entry in DIALOGUES) >= 50
