"""Every recorded POP3 dialogue again, with the device's side in C."""

from pathlib import Path

import pytest

from netx_c.testing.dialogues import Build, Program
from netx_sim.testing.dialogues import load_dialogues
from tests.c.vectors.judge import judge
from tests.vectors.exceptions import DIALOGUES
from tests.vectors.replayed import HERE

pytestmark = [pytest.mark.leaks, pytest.mark.usefixtures("gcc")]  # the device's quirks lose packets
RECORDED = load_dialogues(HERE / "pop3-dialogues.json")


@pytest.mark.parametrize("defines", [{}, {"NX_SIM_PACKET_SIZE": "104"}], ids=["headers beside", "headers in the pool"])
def test_dialogues(defines: dict[str, str], tmp_path: Path) -> None:
    program = Program("dialogues", RECORDED, Build(tmp_path, defines=defines))
    judge(RECORDED, DIALOGUES, program.differences)


def test_a_wrong_expectation_is_found(tmp_path: Path) -> None:
    recorded = next(dialogue for dialogue in RECORDED if any("data" in call for call in dialogue["expect"]["calls"]))
    calls = [
        {**call, **({"data": call["data"] + "."} if "data" in call else {})} for call in recorded["expect"]["calls"]
    ]
    program = Program("wrong", [recorded], Build(tmp_path))
    assert program.differences(recorded) == []
    differences = program.differences({**recorded, "expect": {**recorded["expect"], "calls": calls}})
    assert len(differences) == sum("data" in call for call in calls)
