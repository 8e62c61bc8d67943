"""Every recorded service vector: statuses, outputs, ticks, callbacks and scheduling as on the device."""

import pytest

from netx_sim.testing.vectors import load_common, run_scenario
from tests.vectors.exceptions import SERVICES
from tests.vectors.replayed import HERE, Scenario, judge, scenarios

pytestmark = pytest.mark.leaks  # a recording ends where its first thread ends
FOLDER = HERE / "api"
COMMON = load_common(FOLDER)


@pytest.mark.parametrize("scenario", scenarios(FOLDER))
def test_service_vector(scenario: Scenario) -> None:
    judge(scenario, SERVICES, lambda: run_scenario(scenario, COMMON))
