"""A run of a service vector against its recording."""

import re
from collections.abc import Iterator
from typing import Any

from netx_sim.testing.difference import Difference
from netx_sim.testing.services import status_text
from netx_sim.testing.vector_world import INIT, NEVER_REACHED, NEVER_RETURNED, PRELUDE, Common, Results

_PACKET_NUMBER = re.compile(r"\w+\[\d+\]$")
_FAULTING = {"crash", "hang", "undefined"}
_SAME = ("ticks", "value", "packet", "hex", "words", "failed", "raised")


class VectorComparison:
    """What `differences` needs to know about one run."""

    def __init__(self, scenario: dict[str, Any], results: Results, common: Common) -> None:
        self._scenario = scenario
        self._results = results
        self._common = common
        self._fault_allowed = bool(_FAULTING & set(scenario["tags"]))

    def differences(self) -> list[Difference]:
        """All differences: errors first, then steps, callbacks, order, end."""
        return [*self._errors(), *self._steps(), *self._invocations(), *self._trace(), *self._end()]

    def _errors(self) -> Iterator[Difference]:
        if self._results.error:
            yield Difference("run", "no exception", self._results.error)
        if self._results.fault and not self._fault_allowed:
            yield Difference("run", "no device fault", self._results.fault)

    # steps

    def _steps(self) -> Iterator[Difference]:
        if self._scenario["prelude"]:
            prelude = self._common.preludes[self._scenario["prelude"]]
            yield from self._who(PRELUDE, prelude["init"], [])
        yield from self._who(INIT, self._scenario["init"], [])
        for thread in self._scenario["threads"]:
            yield from self._who(thread["name"], thread["steps"], thread.get("more_runs", []))
        for name, callback in self._scenario["callbacks"].items():
            yield from self._who(name, callback["steps"], callback.get("more_runs", []))

    def _who(self, who: str, steps: list[dict[str, Any]], more: list[list[dict[str, Any]]]) -> Iterator[Difference]:
        for run, expectations in enumerate([[step["expect"] for step in steps], *more]):
            for index, (step, expected) in enumerate(zip(steps, expectations, strict=False)):
                name = step.get("call") or step["do"]
                where = f"{who} step {index} {name}" + (f" (run {run})" if run else "")
                yield from self._step(where, expected, self._results.steps.get((who, run, index), NEVER_REACHED))

    def _step(self, where: str, expected: dict[str, Any], got: dict[str, Any]) -> Iterator[Difference]:
        if got in (NEVER_RETURNED, NEVER_REACHED) or expected in (NEVER_RETURNED, NEVER_REACHED):
            fault = self._fault_allowed and bool(self._results.fault)
            if expected != got and not (fault and "undefined" in self._scenario["tags"]):
                yield Difference(where, _brief(expected), _brief(got))
            return
        if "status" in expected and self._common.status_values[expected["status"]] != got.get("status"):
            yield Difference(f"{where}, status", expected["status"], self._status(where, got))
        for key in _SAME:
            if expected.get(key) != got.get(key) and not _packets(expected.get(key), got.get(key)):
                yield Difference(f"{where}, {key}", expected.get(key, "none"), got.get(key, "none"))
        for name, wanted in expected.get("outs", {}).items():
            yield from self._out(f"{where}, {name}", wanted, got.get("outs", {}).get(name))

    @staticmethod
    def _status(where: str, got: dict[str, Any]) -> str:
        family = "TX" if " tx_" in where else "NX"
        return str(got["raised"]) if "raised" in got else status_text(got.get("status"), family)

    @staticmethod
    def _out(where: str, wanted: Any, came: Any) -> Iterator[Difference]:
        if isinstance(wanted, dict) and "min" in wanted:
            if not (isinstance(came, int) and wanted["min"] <= came <= wanted["max"]):
                yield Difference(where, f"{wanted['min']} to {wanted['max']}", came)
        elif wanted != came:
            yield Difference(where, wanted, came, internal=_packets(wanted, came))

    # callbacks, order, end

    def _invocations(self) -> Iterator[Difference]:
        for name, callback in self._scenario["callbacks"].items():
            wanted, came = callback["invocations"], self._results.invocations.get(name, [])
            for index in range(max(len(wanted), len(came))):
                left = wanted[index] if index < len(wanted) else "no further call"
                right = came[index] if index < len(came) else "no further call"
                if left != right:
                    yield Difference(f"callback {name}, call {index}", left, right)

    def _trace(self) -> Iterator[Difference]:
        if "trace" not in self._scenario:
            return
        wanted, came = self._scenario["trace"], self._results.trace
        for index in range(max(len(wanted), len(came))):
            left, right = wanted[index : index + 1], came[index : index + 1]
            if left != right:
                yield Difference(f"order of events, from event {index}", wanted[index:][:4], came[index:][:4])
                return

    def _end(self) -> Iterator[Difference]:
        wanted = self._scenario["end"]
        if not wanted or (self._fault_allowed and self._results.fault):
            return
        for key in ("why", "tick", "threads"):
            if wanted[key] != self._results.end[key]:
                yield Difference(f"end, {key}", wanted[key], self._results.end[key])


def _packets(left: Any, right: Any) -> bool:
    """Both are packets of a pool, only their numbers differ: that depends on every packet the stack took."""
    return all(isinstance(side, str) and bool(_PACKET_NUMBER.match(side)) for side in (left, right))


def _brief(result: dict[str, Any]) -> str:
    if result == NEVER_RETURNED:
        return "never returned"
    return "never reached" if result == NEVER_REACHED else f"an answer: {result}"
