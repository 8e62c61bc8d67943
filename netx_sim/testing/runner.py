"""What the replay commands share: finding files and scenarios, running them one by one, the closing line."""

import argparse
import fnmatch
import gzip
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netx_sim.testing.difference import Difference
from netx_sim.testing.services import MissingServiceError

_SUFFIXES = (".json", ".json.gz")
_SHOWN_BRIEFLY = 3

Scenario = dict[str, Any]


@dataclass
class Outcome:
    """What one scenario gave: its differences, and lines that help to understand them."""

    differences: list[Difference]
    log: list[str] = field(default_factory=list)


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """The arguments that all replay commands take."""
    parser.add_argument("files", nargs="+", type=Path, help="recordings, or folders of them")
    parser.add_argument("--only", action="append", metavar="GLOB", help="only scenarios whose id matches")
    parser.add_argument("--verbose", action="store_true", help="every difference and a log of the run")
    parser.add_argument("--internals", action=argparse.BooleanOptionalAction, default=True, help="compare internals")


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The recordings among the given files and folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.iterdir() if file.name.endswith(_SUFFIXES))
        else:
            yield path


def load(path: Path) -> Any:
    """The content of one recording, plain or gzipped."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return json.load(file)
    return json.loads(path.read_text(encoding="utf-8"))


def load_lists(paths: Iterable[Path]) -> Iterator[tuple[Path, list[Scenario]]]:
    """Each recording that is a list of scenarios, with its path."""
    for path in find_files(paths):
        content = load(path)
        if isinstance(content, list):
            yield path, content


def run_all(
    files: Iterable[tuple[Path, list[Scenario]]],
    play: Callable[[Scenario], Outcome],
    options: argparse.Namespace,
    *,
    missing_counts: bool = True,
) -> int:
    """Run the scenarios, print what differs and the closing line; 0 if all were equal.

    `missing_counts` tells whether a scenario that needs a service which does not exist counts as run.
    """
    _quiet()
    equal = total = missing = 0
    for path, scenarios in files:
        for scenario in scenarios:
            if options.only and not any(fnmatch.fnmatchcase(scenario["id"], glob) for glob in options.only):
                continue
            total += 1
            try:
                outcome = play(scenario)
            except MissingServiceError as error:
                missing += 1
                print(f"{scenario['id']}: not run: {error}")
                continue
            equal += _report(path, scenario, outcome, options)
    if missing and not missing_counts:
        print(f"{equal}/{total - missing} equal, {missing} not run: services missing")
        return 0 if equal == total - missing else 1
    print(f"{equal}/{total} equal")
    return 0 if equal == total else 1


def _quiet() -> None:
    """Recordings are full of quirks and faults on purpose: their reports would hide the differences."""
    for name in ("netx_sim", "netx_pop3"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _report(path: Path, scenario: Scenario, outcome: Outcome, options: argparse.Namespace) -> bool:
    differences = [d for d in outcome.differences if options.internals or not d.internal]
    if not differences:
        return True
    print(f"{scenario['id']} ({path.name}): {len(differences)} differences")
    shown = differences if options.verbose else differences[:_SHOWN_BRIEFLY]
    for difference in shown:
        print(f"    {difference}")
    if len(shown) < len(differences):
        print(f"    ... {len(differences) - len(shown)} more")
    if options.verbose:
        print("\n".join(outcome.log))
    return False
