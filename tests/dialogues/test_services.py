"""Services in wrong states and orders: what the rule of each says, none a recorded scenario."""

import json
from pathlib import Path
from typing import Any

import pytest

from netx_sim.testing.runner import load
from netx_sim.testing.vectors import load_common, run_scenario

pytestmark = pytest.mark.leaks  # a scenario ends where its first thread ends
HERE = Path(__file__).parent
RECORDED = HERE.parent / "vectors" / "api"
COMMON = load_common(RECORDED)
SCENARIOS: list[dict[str, Any]] = load(HERE / "services.json")


@pytest.mark.parametrize("scenario", [pytest.param(scenario, id=scenario["id"]) for scenario in SCENARIOS])
def test_service(scenario: dict[str, Any]) -> None:
    differences = run_scenario(scenario, COMMON, internals=False)
    assert not differences, f"{scenario['rule']}\n" + "\n".join(map(str, differences))


def _content(scenario: dict[str, Any]) -> str:
    """What is done, without what it answered."""
    users = [*scenario["threads"], *scenario["callbacks"].values()]
    steps = [*scenario["init"], *(step for user in users for step in user["steps"])]
    return json.dumps([scenario["prelude"], [{**step, "expect": None} for step in steps]])


def test_there_are_enough_and_each_is_new_and_names_its_rule() -> None:
    files = [path for path in RECORDED.glob("*.json") if path.name != "common.json"]
    recorded = {_content(scenario) for path in files for scenario in load(path)}
    contents = [_content(scenario) for scenario in SCENARIOS]
    assert len(contents) >= 150
    assert len(set(contents)) == len(contents) == len({scenario["id"] for scenario in SCENARIOS})
    assert not recorded & set(contents)
    assert all(len(scenario["rule"]) > 10 for scenario in SCENARIOS)
