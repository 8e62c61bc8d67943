"""Every recorded POP3 dialogue: statuses, bytes, outputs and lost packets as on the device."""

import pytest

from netx_sim.testing.dialogues import load_dialogues, run_dialogue
from tests.vectors.exceptions import DIALOGUES
from tests.vectors.replayed import HERE, Scenario, judge

pytestmark = pytest.mark.leaks  # the device's quirks lose packets
PARAMETERS = [pytest.param(entry, id=entry["id"]) for entry in load_dialogues(HERE / "pop3-dialogues.json")]


@pytest.mark.parametrize("dialogue", PARAMETERS)
def test_dialogue(dialogue: Scenario) -> None:
    judge(dialogue, DIALOGUES, lambda: run_dialogue(dialogue))
