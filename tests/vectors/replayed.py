"""What the replay tests share: the recordings beside this file, and how a scenario is judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netx_sim.testing.difference import Difference
from netx_sim.testing.runner import find_files, load
from netx_sim.testing.services import MissingServiceError

HERE = Path(__file__).parent
Scenario = dict[str, Any]


def scenarios(folder: Path) -> list[Any]:
    """One parameter for each scenario of the recordings in a folder, named by its id."""
    lists = [content for content in map(load, find_files([folder])) if isinstance(content, list)]
    return [pytest.param(scenario, id=scenario["id"]) for content in lists for scenario in content]


def judge(scenario: Scenario, exceptions: dict[str, str], run: Callable[[], list[Difference]]) -> None:
    """Equal, or excepted with a reason and then really different; a scenario without its services is skipped."""
    try:
        differences = run()
    except MissingServiceError as error:
        pytest.skip(f"not run: {error}")
    reason = exceptions.get(scenario["id"])
    if reason is not None:
        assert differences, f"{scenario['id']} is listed as an exception ({reason}) but is equal"
        pytest.xfail(reason)
    assert not differences, "\n".join(map(str, differences))
