"""Replay packet traces: `python -m netx_sim.testing.replay FILE...`.

Plays every scenario of the given trace files (a folder stands for the .json files in it) on a fresh stack, through
the public services and a driver of its own, and compares what came out. The last line is `N/M equal`; the exit
status is 0 only if all are. A scenario that needs a service which does not exist counts as not equal and is
listed as `not run: needs X`.

    --only GLOB           only scenarios whose id matches (may be given more than once)
    --verbose             print every difference with both sides, and the packets of the run
    --no-internals        leave out socket fields and pool figures
    --tolerance TICKS     how far ticks may differ (2)

From Python: `run_scenario(scenario)` gives the list of differences, empty if equal.
"""

import argparse
import sys
from typing import Any

from netx_sim.testing.difference import Difference
from netx_sim.testing.frames import frame_line
from netx_sim.testing.runner import Outcome, add_common_options, load_lists, run_all
from netx_sim.testing.services import MissingServiceError
from netx_sim.testing.trace_compare import DEFAULT_TOLERANCE, Comparison
from netx_sim.testing.trace_world import Recording, SetUpError, TraceWorld

__all__ = ["Difference", "MissingServiceError", "main", "run_scenario"]


def run_scenario(
    scenario: dict[str, Any], *, internals: bool = True, tolerance: int = DEFAULT_TOLERANCE
) -> list[Difference]:
    """The differences between a recorded scenario and a run of it; MissingServiceError if it cannot be run."""
    differences, _ = _play(scenario, tolerance)
    return [difference for difference in differences if internals or not difference.internal]


def _play(scenario: dict[str, Any], tolerance: int) -> tuple[list[Difference], Recording]:
    world = TraceWorld(scenario)
    broken: list[Difference] = []
    try:
        world.run()
    except MissingServiceError:
        raise
    except SetUpError as error:
        broken = [Difference("run", "the scenario to its end", error)]
    except Exception as error:  # noqa: BLE001 - whatever the stack raises is a finding, not the end of the replay
        broken = [Difference("run", "no exception", f"{type(error).__name__}: {error}")]
    recording = world.recording
    return broken + Comparison(scenario, recording, tolerance).differences(), recording


def _packet_log(recording: Recording) -> list[str]:
    return [f"      {tick:6} {way} {frame_line(words)}" for tick, way, words in recording.log]


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m netx_sim.testing.replay", description="Replay packet traces.")
    add_common_options(parser)
    parser.add_argument("--tolerance", type=int, default=DEFAULT_TOLERANCE, help="ticks that may differ (2)")
    options = parser.parse_args(argv)

    def play(scenario: dict[str, Any]) -> Outcome:
        differences, recording = _play(scenario, options.tolerance)
        return Outcome(differences, _packet_log(recording))

    return run_all(load_lists(options.files), play, options)


if __name__ == "__main__":
    sys.exit(main())
