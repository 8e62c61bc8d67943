"""Every recorded POP3 dialogue again, with the device's side in C."""

from pathlib import Path

import pytest

from netx_c.testing.dialogues import Program
from netx_sim.testing.dialogues import load_dialogues
from tests.c.vectors.judge import judge
from tests.vectors.exceptions import DIALOGUES
from tests.vectors.replayed import HERE

pytestmark = [pytest.mark.leaks, pytest.mark.usefixtures("gcc")]  # the device's quirks lose packets


def test_dialogues(tmp_path: Path) -> None:
    dialogues = load_dialogues(HERE / "pop3-dialogues.json")
    program = Program("dialogues", dialogues, tmp_path)
    judge(dialogues, DIALOGUES, program.differences)
