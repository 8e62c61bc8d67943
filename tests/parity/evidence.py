"""Where each (service, status) pair of the device's interface is provoked: recordings, dialogues, marked tests."""

import importlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.parity.device_api import SERVICES, listed, public
from tests.parity.recorder import pairs_of

TESTS = Path(__file__).parents[1]
MARKED = ("parity", "flags")  # folders with tests marked so
Pair = tuple[str, str]


def recorded() -> set[Pair]:
    """Pairs in the service vectors; a scenario there is equal, so it returns them."""
    common = json.loads((TESTS / "vectors" / "api" / "common.json").read_text("utf-8"))
    return {(name, status) for name, entry in common["services"].items() for status in entry.get("recorded", ())}


def in_dialogues() -> set[Pair]:
    """Pairs in the POP3 dialogues."""
    content = json.loads((TESTS / "vectors" / "pop3-dialogues.json").read_text("utf-8"))
    return {(call["call"], call["status"]) for entry in content["dialogues"] for call in entry["expect"]["calls"]}


def marked() -> set[Pair]:
    """Pairs that tests are marked to provoke; each test is held to its mark when it runs."""
    files = [path for folder in MARKED for path in (TESTS / folder).glob("test_*.py")]
    modules = [f"tests.{path.parent.name}.{path.stem}" for path in files]
    tests = [test for name in modules for test in vars(importlib.import_module(name)).values()]
    return {pair for test in tests for pair in _pairs(getattr(test, "pytestmark", ()))}


def _pairs(marks: Any) -> Iterator[Pair]:
    """The pairs that marks promise, those on single parameters included."""
    for mark in marks if isinstance(marks, Iterable) else ():
        if mark.name == "provokes":
            for text in mark.args:
                yield from pairs_of(text)
        elif mark.name == "parametrize":
            for parameter in mark.args[1]:
                yield from _pairs(getattr(parameter, "marks", ()))


def provoked() -> set[Pair]:
    """All of them, of services that exist."""
    pairs = recorded() | in_dialogues() | marked()
    return {(service, status) for service, status in pairs if public(service) is not None}


def table(found: set[Pair]) -> str:
    """Provoked of listed, a line for each component."""
    wanted = listed()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for name, service in SERVICES.items():
        own = {pair for pair in wanted if pair[0] == name}
        for key in (service["component"], "all"):
            counts[key][0] += 1
            counts[key][1] += len(own & found)
            counts[key][2] += len(own)
    lines = ["services x statuses: provoked / listed"]
    lines += [f"  {key:12} {row[0]:3} services: {row[1]:4} / {row[2]}" for key, row in counts.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(provoked()))
    for pair in sorted(listed() - provoked()):
        print("  not provoked:", *pair)
