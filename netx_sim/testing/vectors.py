"""Replay service vectors: `python -m netx_sim.testing.vectors FILE...`.

Runs every scenario of the given files (a folder stands for the .json files in it): small programs that call the
public services in all contexts, with what the original answered. Compared are statuses, outputs, ticks, callbacks,
the global order of events where the recording gives it, and the end. `common.json` is looked for beside each file.
The last line is `N/M equal`, followed by `, K not run: services missing` if there were such; the exit status is 0
only if all that ran are equal.

    --only GLOB       only scenarios whose id matches (may be given more than once)
    --verbose         print every difference, and the order of events
    --no-internals    leave out which packet of a pool was handed out

Where the original crashes, hangs or leaves a malformed object (tags crash, hang, undefined), a DeviceFault at that
step is right. From Python: `run_scenario(scenario, common)` gives the list of differences, empty if equal.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from netx_sim.testing.difference import Difference
from netx_sim.testing.runner import Outcome, Scenario, add_common_options, find_files, load, run_all
from netx_sim.testing.services import MissingServiceError, public
from netx_sim.testing.vector_compare import VectorComparison
from netx_sim.testing.vector_world import Common, Results, VectorWorld

__all__ = ["Common", "Difference", "MissingServiceError", "load_common", "main", "missing_services", "run_scenario"]

_COMMON_NAMES = ("common.json", "common.json.gz")


def load_common(folder: Path) -> Common:
    """The common part that lies in the folder of a recording."""
    for name in _COMMON_NAMES:
        if (folder / name).exists():
            return Common.of(load(folder / name))
    raise FileNotFoundError(f"no common.json in {folder}")


def missing_services(scenario: Scenario, common: Common) -> list[str]:
    """The services that a scenario calls and the product does not have."""
    return sorted(name for name in _called(scenario, common) if not _exists(name))


def _called(scenario: Scenario, common: Common) -> set[str]:
    prelude = common.preludes[scenario["prelude"]]["init"] if scenario["prelude"] else []
    users = [*scenario["threads"], *scenario["callbacks"].values()]
    steps = [*prelude, *scenario["init"], *(step for user in users for step in user["steps"])]
    return {step["call"] for step in steps if "call" in step}


def _exists(name: str) -> bool:
    try:
        public(name)
    except MissingServiceError:
        return False
    return True


def run_scenario(scenario: Scenario, common: Common, *, internals: bool = True) -> list[Difference]:
    """The differences between a recorded scenario and a run of it; MissingServiceError if it cannot be run."""
    differences, _ = _play(scenario, common)
    return [difference for difference in differences if internals or not difference.internal]


def _play(scenario: Scenario, common: Common) -> tuple[list[Difference], Results]:
    missing = missing_services(scenario, common)
    if missing:
        raise MissingServiceError(missing[0])
    results = VectorWorld(scenario, common).run()
    return VectorComparison(scenario, results, common).differences(), results


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m netx_sim.testing.vectors", description="Replay service vectors.")
    add_common_options(parser)
    options = parser.parse_args(argv)
    commons: dict[str, Common] = {}

    def scenarios() -> Iterator[tuple[Path, list[Scenario]]]:
        for path in find_files(options.files):
            content = load(path)
            if isinstance(content, list):
                common = load_common(path.parent)
                commons.update((scenario["id"], common) for scenario in content)
                yield path, content

    def play(scenario: dict[str, Any]) -> Outcome:
        differences, results = _play(scenario, commons[scenario["id"]])
        return Outcome(differences, [f"      {event}" for event in results.trace])

    return run_all(scenarios(), play, options, missing_counts=False)


if __name__ == "__main__":
    sys.exit(main())
