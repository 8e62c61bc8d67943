"""Replay service vectors from C: `python -m netx_c.testing.vectors FILE...`.

Each file of scenarios becomes one C program (vector_source.py), in which every step is a call through the public
macros of the headers. It is compiled, loaded, and each of its scenarios run in a world of its own; what the program
saw is compared with the recording exactly as `python -m netx_sim.testing.vectors` does it, with the same options:

    --only GLOB       only scenarios whose id matches (may be given more than once)
    --verbose         print every difference, and the order of events
    --no-internals    leave out which packet of a pool was handed out
    --keep FOLDER     write the C programs and what is compiled from them there
    --compiler, --define NAME=VALUE, --sanitize address,undefined
                      how to compile it; the runtime of a sanitizer has to be there from the start, as in
                      LD_PRELOAD="$(gcc -print-file-name=libasan.so)" ASAN_OPTIONS=detect_leaks=0 python -m ...

From Python: `program = Program(name, scenarios, common, Build(folder))`, then `program.differences(scenario)`.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from netx_c.testing import report
from netx_c.testing.image import Build, add_build_options, build_of
from netx_c.testing.vector_report import VectorReport
from netx_c.testing.vector_source import entry, source
from netx_sim import simulation
from netx_sim.testing.difference import Difference
from netx_sim.testing.runner import Outcome, Scenario, add_common_options, find_files, load, run_all
from netx_sim.testing.vector_compare import VectorComparison
from netx_sim.testing.vector_world import Common, Results, run_into
from netx_sim.testing.vectors import load_common

__all__ = ["Build", "Program", "main"]


class Program:
    """The C program of a list of scenarios."""

    def __init__(self, name: str, scenarios: list[Scenario], common: Common, build: Build) -> None:
        self._common = common
        self._entries = {scenario["id"]: entry(index) for index, scenario in enumerate(scenarios)}
        self._image = build.image(name, source(scenarios, common), "vectors.c")

    def differences(self, scenario: Scenario) -> list[Difference]:
        """The differences between a recorded scenario and a run of it."""
        return self.compare(scenario, self.run(scenario))

    def compare(self, scenario: Scenario, results: Results) -> list[Difference]:
        """The differences between a recorded scenario and what a run of it gave."""
        return VectorComparison(scenario, results, self._common).differences()

    def run(self, scenario: Scenario) -> Results:
        """What the scenario gave."""
        port, told = self._image.port, VectorReport(scenario)
        address = self._image.symbol(self._entries[scenario["id"]])

        def define(_memory: object) -> None:
            port.call(address)

        with simulation(seed=1, config=port.config) as sim:
            port.open(sim)
            try:
                ended = run_into(told.results, sim, define)
            finally:
                port.close()
        told.take(report.lines(self._image.symbol))
        told.close("all threads ended" if ended else "limit", sim.now + sim.time_offset)
        return told.results


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m netx_c.testing.vectors", description="Service vectors from C.")
    add_common_options(parser)
    add_build_options(parser)
    options = parser.parse_args(argv)
    with build_of(options) as build:
        return _replay(options, build)


def _replay(options: argparse.Namespace, build: Build) -> int:
    programs: dict[str, Program] = {}

    def scenarios() -> Iterator[tuple[Path, list[Scenario]]]:
        for path in find_files(options.files):
            content = load(path)
            if isinstance(content, list):
                program = Program(path.name.split(".")[0], content, load_common(path.parent), build)
                programs.update((scenario["id"], program) for scenario in content)
                yield path, content

    def play(scenario: Scenario) -> Outcome:
        program = programs[scenario["id"]]
        results = program.run(scenario)
        return Outcome(program.compare(scenario, results), [f"      {event}" for event in results.trace])

    return run_all(scenarios(), play, options)


if __name__ == "__main__":
    sys.exit(main())
