"""Replay POP3 dialogues from C: `python -m netx_c.testing.dialogues FILE`.

The device is a C program (dialogue_source.py): its pool, its instance, its thread and every call to the client's
services. The scripted server is the one of `python -m netx_sim.testing.dialogues`, in the same simulation, and so is
the comparison. The options are the same, and

    --keep FOLDER     write the C program and what is compiled from it there
    --compiler, --define NAME=VALUE, --sanitize address,undefined
                      how to compile it; the runtime of a sanitizer has to be there from the start, as in
                      LD_PRELOAD="$(gcc -print-file-name=libasan.so)" ASAN_OPTIONS=detect_leaks=0 python -m ...

From Python: `program = Program(name, dialogues, Build(folder))`, then `program.differences(dialogue)`.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from netx_c.testing import report
from netx_c.testing.dialogue_source import entry, source
from netx_c.testing.image import Build, Image, add_build_options, build_of
from netx_sim.testing.dialogue_world import DialogueWorld, Results
from netx_sim.testing.dialogues import compare, load_dialogues
from netx_sim.testing.difference import Difference
from netx_sim.testing.runner import Outcome, Scenario, add_common_options, find_files, run_all

__all__ = ["Build", "Program", "main"]


class _World(DialogueWorld):
    """A dialogue whose device is in C."""

    def __init__(self, dialogue: dict[str, Any], image: Image, device: str) -> None:
        super().__init__(dialogue, image.port.config)
        self._image = image
        self._device = device

    def run(self) -> Results:
        """Run the dialogue; what the C program told."""
        try:
            super().run()
        finally:
            self._image.port.close()
        _take(self.results, report.lines(self._image.symbol))
        return self.results

    def _define_client(self) -> None:
        self._image.port.open(self._sim)
        self._image.port.call(self._image.symbol(self._device))


def _take(results: Results, lines: Iterable[list[Any]]) -> None:
    """Put what the program told into the results."""
    call: dict[str, Any] = {}
    for kind, *values in lines:
        if kind == "call":
            call = {"call": values[0]}
        elif kind == "status":
            call["status"], call["ticks"] = values
            results.calls.append(call)
        elif kind == "out":
            call[values[0]] = values[1]
        elif kind == "data":
            call["data"] = bytes.fromhex(values[1]).decode("latin-1")
        elif kind == "returned":
            call["receive_pool_available"] = values[0]
        elif kind == "lost":
            results.packets_lost = values[0]
        else:
            results.error = results.error or f"{kind}: {values}"


class Program:
    """The C program of a list of dialogues."""

    def __init__(self, name: str, dialogues: list[Scenario], build: Build) -> None:
        self._entries = {dialogue["id"]: entry(index) for index, dialogue in enumerate(dialogues)}
        self._image = build.image(name, source(dialogues), "dialogues.c")

    def differences(self, dialogue: Scenario) -> list[Difference]:
        """The differences between a recorded dialogue and a run of it."""
        return list(compare(dialogue["expect"], self.run(dialogue)))

    def run(self, dialogue: Scenario) -> Results:
        """What the dialogue gave."""
        return _World(dialogue, self._image, self._entries[dialogue["id"]]).run()


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m netx_c.testing.dialogues", description="POP3 dialogues from C.")
    add_common_options(parser)
    add_build_options(parser)
    options = parser.parse_args(argv)
    with build_of(options) as build:
        return _replay(options, build)


def _replay(options: argparse.Namespace, build: Build) -> int:
    programs: dict[str, Program] = {}

    def dialogues() -> Iterator[tuple[Path, list[Scenario]]]:
        for path in find_files(options.files):
            content = load_dialogues(path)
            program = Program(path.name.split(".")[0], content, build)
            programs.update((dialogue["id"], program) for dialogue in content)
            yield path, content

    def play(dialogue: Scenario) -> Outcome:
        results = programs[dialogue["id"]].run(dialogue)
        differences = list(compare(dialogue["expect"], results))
        return Outcome(differences, [f"      {call}" for call in results.calls])

    return run_all(dialogues(), play, options)


if __name__ == "__main__":
    sys.exit(main())
