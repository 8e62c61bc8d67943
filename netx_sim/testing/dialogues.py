"""Replay POP3 dialogues: `python -m netx_sim.testing.dialogues FILE`.

Each dialogue is what the POP3 client services did against a scripted server, two IP instances on one RAM wire.
Compared are the status of each call, the ticks it took (2 may differ when it waited), everything it wrote, the
bytes of each packet, free packets right after each call, the segments the server read, and the packets that never
came back. The last line is `N/M equal`; the exit status is 0 only if all are.

    --only GLOB       only dialogues whose id matches (may be given more than once)
    --verbose         print every difference, and what each call gave
    --no-internals    leave out the free packets after each call

From Python: `run_dialogue(dialogue)` gives the list of differences, empty if equal.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from netx_sim.testing.dialogue_world import DialogueWorld, Results
from netx_sim.testing.difference import Difference
from netx_sim.testing.runner import Outcome, Scenario, add_common_options, find_files, load, run_all
from netx_sim.testing.services import public, status_text

__all__ = ["Difference", "compare", "load_dialogues", "main", "run_dialogue"]

_TOLERANCE = 2
_MARKS = ("call", "status", "ticks", "receive_pool_available")


def load_dialogues(path: Path) -> list[Scenario]:
    """The dialogues of one file."""
    content = load(path)
    dialogues: list[Scenario] = content["dialogues"] if isinstance(content, dict) else content
    return dialogues


def run_dialogue(dialogue: Scenario, *, internals: bool = True) -> list[Difference]:
    """The differences between a recorded dialogue and a run of it; MissingServiceError if it cannot be run."""
    differences, _ = _play(dialogue)
    return [difference for difference in differences if internals or not difference.internal]


def _play(dialogue: Scenario) -> tuple[list[Difference], Results]:
    results = DialogueWorld(dialogue).run()
    return list(compare(dialogue["expect"], results)), results


def compare(expected: dict[str, Any], results: Results) -> Iterator[Difference]:
    """What a run gave against the recorded expectation."""
    if results.error:
        yield Difference("run", "no exception", results.error)
    calls = expected["calls"]
    for index in range(max(len(calls), len(results.calls))):
        wanted = calls[index] if index < len(calls) else None
        came = results.calls[index] if index < len(results.calls) else None
        if wanted is None or came is None:
            yield Difference(f"call {index}", wanted or "no further call", came or "no further call")
        else:
            yield from _call_differences(f"call {index} {wanted['call']}", wanted, came)
    if expected["client_sent"] != results.client_sent:
        yield Difference("segments the server read", expected["client_sent"], results.client_sent)
    lost = expected["packets_lost_from_receive_pool"]
    if lost != results.packets_lost:
        yield Difference("packets lost from the receive pool", lost, results.packets_lost)


def _call_differences(where: str, wanted: dict[str, Any], came: dict[str, Any]) -> Iterator[Difference]:
    if public(wanted["status"]) != came["status"]:
        yield Difference(f"{where}, status", wanted["status"], status_text(came["status"]))
    tolerance = _TOLERANCE if wanted["ticks"] else 0
    if abs(wanted["ticks"] - came["ticks"]) > tolerance:
        yield Difference(f"{where}, ticks", wanted["ticks"], came["ticks"])
    for key, value in wanted.items():
        if key not in _MARKS and value != came.get(key):
            yield Difference(f"{where}, {key}", value, came.get(key))
    if wanted["receive_pool_available"] != came["receive_pool_available"]:
        key = "receive_pool_available"
        yield Difference(f"{where}, {key}", wanted[key], came[key], internal=True)


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m netx_sim.testing.dialogues", description="Replay POP3 dialogues.")
    add_common_options(parser)
    options = parser.parse_args(argv)

    def play(dialogue: Scenario) -> Outcome:
        differences, results = _play(dialogue)
        return Outcome(differences, [f"      {call}" for call in results.calls])

    files = ((path, load_dialogues(path)) for path in find_files(options.files))
    return run_all(files, play, options)


if __name__ == "__main__":
    sys.exit(main())
