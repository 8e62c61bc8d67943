"""From what a C program told of a service vector to the results which a run from Python has."""

from collections.abc import Iterable
from typing import Any

from netx_sim.testing.vector_world import NEVER_RETURNED, PRELUDE, Results, data_words, progress


class VectorReport:
    """The lines of one run, taken one after another."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.results = Results()
        self._scenario = scenario
        self._pending: dict[str, Any] = {}  # what the step that is just ending gave
        self._at: dict[str, tuple[int, bool]] = {}  # who: step, and whether it has ended

    def take(self, lines: Iterable[list[Any]]) -> Results:
        """All lines of the run; what it gave."""
        for kind, *values in lines:
            getattr(self, f"_{kind}")(*values)
        return self.results

    def close(self, why: str, tick: int) -> None:
        """The run is over; why it ended if the program did not say so."""
        if not self.results.end:
            self._end(why, tick)

    def _refused(self, name: str, status: int) -> None:
        self.results.error = f"tx_thread_create of {name} answered {status:#04x}"

    def _end(self, why: str, tick: int) -> None:
        threads = {thread["name"]: progress(thread, self._at) for thread in self._scenario["threads"]}
        self.results.end = {"why": why, "tick": tick, "threads": threads}

    def _mark(self, who: str, run: int, tick: int, index: int, phase: str) -> None:
        if who != PRELUDE:
            self.results.trace.append([who, index, phase, tick, *([run] if run else [])])

    def _call(self, who: str, run: int, tick: int, arguments: list[Any]) -> None:
        shown = [self._value(argument) for argument in arguments]
        self.results.invocations.setdefault(who, []).append({"tick": tick, "args": shown})
        self._mark(who, run, tick, -1, "call")

    def _return(self, who: str, run: int, tick: int) -> None:
        self._mark(who, run, tick, -1, "return")

    def _begin(self, who: str, run: int, tick: int, index: int) -> None:
        self._at[who] = (index, False)
        self._mark(who, run, tick, index, "b")
        self.results.steps[who, run, index] = dict(NEVER_RETURNED)

    def _done(self, who: str, run: int, tick: int, index: int, ticks: int) -> None:
        self._at[who] = (index, True)
        self._mark(who, run, tick, index, "e")
        self.results.steps[who, run, index] = {**self._pending, "ticks": ticks}
        self._pending = {}

    def _got(self, key: str, value: Any) -> None:
        convert = getattr(self, f"_got_{key}", self._value)
        self._pending[key] = convert(value)

    def _out(self, name: str, value: Any) -> None:
        self._pending.setdefault("outs", {})[name] = self._value(value)

    def _got_words(self, words: list[Any]) -> list[Any]:
        return words

    def _got_packet(self, words: list[Any] | None) -> dict[str, Any] | None:
        if words is None:
            return None
        length, offset, segments, digits = words
        data = data_words(bytes.fromhex(digits))
        return {"length": length, "offset": offset, "segments": segments, "data": data}

    def _value(self, value: Any) -> Any:
        """The notation of the recordings: a list is a text, or object, offset and the distance of its packets."""
        if not isinstance(value, list):
            return value
        if len(value) == 1:
            return {"str": value[0]}
        name, offset, step = value
        if step and offset % step == 0:
            return f"{name}[{offset // step}]"
        return f"&{name}+{offset}" if offset else f"&{name}"
