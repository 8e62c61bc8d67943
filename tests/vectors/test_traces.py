"""Every recorded packet trace: frames, returns, callbacks and ticks as on the device."""

import pytest

from netx_sim.testing.replay import run_scenario
from tests.vectors.exceptions import TRACES
from tests.vectors.replayed import HERE, Scenario, judge, scenarios

pytestmark = pytest.mark.leaks  # a recording may end with packets in queues


@pytest.mark.parametrize("scenario", scenarios(HERE / "traces"))
def test_trace(scenario: Scenario) -> None:
    judge(scenario, TRACES, lambda: run_scenario(scenario))
