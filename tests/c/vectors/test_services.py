"""Every recorded service vector again, driven by a C program through the public macros of the headers."""

from pathlib import Path

import pytest

from netx_c.testing.vectors import Build, Program
from netx_sim.testing.runner import Scenario, find_files, load
from netx_sim.testing.vectors import load_common
from tests.c.vectors.judge import judge
from tests.vectors.exceptions import SERVICES
from tests.vectors.replayed import HERE

pytestmark = [pytest.mark.leaks, pytest.mark.usefixtures("gcc")]  # a recording ends where its first thread ends
FOLDER = HERE / "api"
COMMON = load_common(FOLDER)
GROUPS = {path.name.split(".")[0]: content for path in find_files([FOLDER]) if isinstance(content := load(path), list)}


@pytest.mark.parametrize("group", GROUPS)
def test_service_vectors(group: str, tmp_path: Path) -> None:
    program = Program(group, GROUPS[group], COMMON, Build(tmp_path))
    judge(GROUPS[group], SERVICES, program.differences)


def test_scenarios_derived_from_the_rules(tmp_path: Path) -> None:
    scenarios = load(HERE.parent / "dialogues/services.json")
    judge(scenarios, {}, Program("derived", scenarios, COMMON, Build(tmp_path)).differences)


@pytest.mark.parametrize("group", ["packet", "udp", "ip_raw"])
def test_with_the_headers_of_packets_in_the_pool(group: str, tmp_path: Path) -> None:
    """A pool for packets with room for the real header holds it, as on a 64-bit device."""
    program = Program(group, GROUPS[group], COMMON, Build(tmp_path, defines={"NX_SIM_PACKET_SIZE": "104"}))
    judge(GROUPS[group], SERVICES, program.differences)


def test_what_c_reads_is_what_is_judged(tmp_path: Path) -> None:
    """Expectations that are wrong by one, each about something that only C's memory holds, are found."""
    recorded = next(scenario for scenario in GROUPS["packet"] if scenario["id"] == "packet.adjust")
    program = Program("wrong", [recorded], COMMON, Build(tmp_path))
    thread = recorded["threads"][0]
    steps = [_spoilt(step) for step in thread["steps"]]
    differences = program.differences({**recorded, "threads": [{**thread, "steps": steps}]})
    looked_at = [step for step in thread["steps"] if step.get("do") == "packet"]
    assert looked_at
    assert len(differences) == len(looked_at)


def _spoilt(step: Scenario) -> Scenario:
    if step.get("do") != "packet":
        return step
    packet = step["expect"]["packet"]
    return {**step, "expect": {**step["expect"], "packet": {**packet, "offset": packet["offset"] + 1}}}
