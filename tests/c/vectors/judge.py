"""How all recordings of one file are judged in one test."""

from collections.abc import Callable
from typing import Any

import pytest

from netx_sim.testing.difference import Difference

Scenario = dict[str, Any]


def judge(scenarios: list[Scenario], exceptions: dict[str, str], run: Callable[[Scenario], list[Difference]]) -> None:
    """Each is run and equal; one that is listed as an exception is not equal."""
    judged = 0
    wrong = []
    for scenario in scenarios:
        differences = run(scenario)
        judged += 1
        name, excepted = scenario["id"], exceptions.get(scenario["id"])
        if excepted and not differences:
            wrong.append(f"{name}: listed as an exception ({excepted}) but equal")
        elif differences and not excepted:
            wrong += [f"{name}: {difference}" for difference in differences[:3]]
    assert judged == len(scenarios) > 0
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
