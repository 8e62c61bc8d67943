"""A run of a packet trace against its recording.

Compared are, each kind by itself and in order: frames, returned calls, callbacks, driver requests; then the calls
that had not returned, and the pool. Ticks may differ by the tolerance. Initial sequence numbers, chosen ports and
IPv6 fragment identifications are the stack's own: the recording names them by symbols, which stand here for
whatever numbers the run used.
"""

import re
from collections.abc import Iterator
from typing import Any

from netx_sim.testing.difference import Difference, differing_keys
from netx_sim.testing.trace_world import Recording

DEFAULT_TOLERANCE = 2
_KINDS = ("out", "callback", "driver")
_SYMBOL = re.compile(r"([SPL])(\d*)(?:([+-])(\d+))?$")
_ONLY_IF_NOT_ZERO = ("tos", "flags", "fragment_offset", "urgent")
_INTERNAL_CALLS = ("tcp_info", "pool", "pool_drain", "pool_fill")
_INTERNAL_KEYS = ("state", "nd_status")
_UNWRITTEN = (23130, 1515870810)  # the recorder's fillers for outputs of 16 and 32 bits
Event = dict[str, Any]


class Comparison:
    """What `compare` needs to know about one run."""

    def __init__(self, scenario: dict[str, Any], run: Recording, tolerance: int = DEFAULT_TOLERANCE) -> None:
        self._expected: list[Event] = scenario["expect"]
        self._scenario = scenario
        self._run = run
        self._tolerance = tolerance
        self._peer_iss: int = scenario["config"]["peer_iss"]

    def differences(self) -> list[Difference]:
        """All differences, in the order of the recording's kinds."""
        found = [difference for kind in _KINDS for difference in self._kind(kind)]
        found += self._returns()
        found += self._ends()
        return found

    def _kind(self, kind: str) -> Iterator[Difference]:
        expected = [event for event in self._expected if kind in event]
        got = [event for event in self._run.events if kind in event]
        name = "frame" if kind == "out" else kind
        for number, (wanted, came) in enumerate(zip(expected, got, strict=False)):
            yield from self._event(f"{name} {number} at tick {wanted['tick']}", wanted, came)
        for number, event in enumerate(expected[len(got) :], len(got)):
            yield Difference(f"{name} {number} at tick {event['tick']}", short(self.plain(event)), "nothing")
        for number, event in enumerate(got[len(expected) :], len(expected)):
            yield Difference(f"{name} {number} at tick {event['tick']}", "nothing", short(event))

    def _event(self, where: str, wanted: Event, came: Event) -> Iterator[Difference]:
        wanted, came = self.plain(wanted), self.plain(came)
        if abs(wanted["tick"] - came["tick"]) > self._tolerance:
            yield Difference(where, f"tick {wanted['tick']}", f"tick {came['tick']}")
        for key in sorted((wanted.keys() | came.keys()) - {"tick"}):
            yield from self._field(where, wanted.get(key), came.get(key), key)

    def _field(self, where: str, wanted: Any, came: Any, key: str) -> Iterator[Difference]:
        """One differing value, as deep inside the words as possible."""
        if wanted == came:
            return
        if isinstance(wanted, dict) and isinstance(came, dict):
            for inner, (left, right) in differing_keys(wanted, came).items():
                yield from self._field(where, left, right, f"{key}.{inner}" if key != "out" else inner)
        else:
            yield Difference(f"{where}, {key}", self._show(key, wanted), self._show(key, came))

    def _show(self, key: str, value: Any) -> Any:
        if isinstance(value, int) and key in ("tcp.seq", "tcp.ack", "outs.tx_seq", "outs.rx_seq"):
            return self.symbolic(value)
        return "nothing" if value is None else value

    # symbols

    def number(self, value: Any) -> Any:
        """The number that S+5, P+1, L or a plain number stands for in this run; the text if it stands for none."""
        match = _SYMBOL.match(value) if isinstance(value, str) else None
        if match is None:
            return value
        letter, which, sign, distance = match.groups()
        if letter == "P":
            base = self._peer_iss
        else:
            index = int(which or 1) - 1
            if index >= len(self._run.connections):
                return value
            connection = self._run.connections[index]
            base = connection.ports[0] if letter == "L" else connection.iss
        return (base + int(f"{sign or '+'}{distance or 0}")) & 0xFFFFFFFF

    def symbolic(self, value: int) -> str:
        """The nearest symbol for a sequence number of this run, for messages."""
        bases = [("P", self._peer_iss)]
        bases += [(f"S{i if i > 1 else ''}", entry.iss) for i, entry in enumerate(self._run.connections, 1)]
        for letter, base in bases:
            distance = (value - base) & 0xFFFFFFFF
            if distance < 1 << 24:
                return f"{letter}+{distance}" if distance else letter
        return str(value)

    def plain(self, event: Event) -> Event:
        """An event with symbols replaced and all that is left out when it is zero left out."""
        result: Event = {}
        for key, value in event.items():
            if isinstance(value, dict):
                value = {k: v for k, v in self.plain(value).items() if v or k not in _ONLY_IF_NOT_ZERO}
            elif key in ("seq", "ack", "src_port", "dst_port", "tx_seq", "rx_seq"):
                value = self.number(value)
            if key == "packets_in_chain" and value == 1:
                continue
            result[key] = value
        if "tcp" in result:
            result["tcp"]["flags"] = "|".join(sorted(result["tcp"].get("flags", "").split("|")))
        return result

    # returned calls

    def _returns(self) -> Iterator[Difference]:
        expected = [event for event in self._expected if "return" in event]
        got = [event for event in self._run.events if "return" in event]
        came = {event["return"]["step"]: event for event in got}
        order = [event["return"]["step"] for event in expected]
        for event in expected:
            yield from self._return(event, came.get(event["return"]["step"]))
        for event in got:
            if event["return"]["step"] not in order:
                result = event["return"]
                yield Difference(f"step {result['step']} {result['call']}", "no return", short(result))
        common = [event["return"]["step"] for event in got if event["return"]["step"] in order]
        wanted = [step for step in order if step in came]
        if common != wanted:
            yield Difference("order of the returns by step", wanted, common)

    def _return(self, wanted: Event, came: Event | None) -> Iterator[Difference]:
        result = wanted["return"]
        where = f"step {result['step']} {result['call']}"
        if came is None:
            yield Difference(where, f"{result['status']} {result['name']} at tick {wanted['tick']}", "no return")
            return
        for what, left, right in (
            ("returns at", wanted["tick"], came["tick"]),
            ("called at", result["called_at"], came["return"]["called_at"]),
        ):
            if abs(left - right) > self._tolerance:
                yield Difference(f"{where}, {what}", f"tick {left}", f"tick {right}")
        if int(result["status"], 16) != int(came["return"]["status"], 16):
            yield Difference(f"{where}, status", f"{result['status']} {result['name']}", came["return"]["status"])
        yield from self._outs(where, result, came["return"])

    def _outs(self, where: str, wanted: Event, came: Event) -> Iterator[Difference]:
        if wanted.get("outs") is None:
            return
        left, right = self.plain(wanted["outs"]), self.plain(came.get("outs") or {})
        for key, value in left.items():
            if value == right.get(key) or self._incomparable(wanted, key, value, right.get(key)):
                continue
            internal = wanted["call"] in _INTERNAL_CALLS or key in _INTERNAL_KEYS
            shown = (self._show(f"outs.{key}", value), self._show(f"outs.{key}", right.get(key)))
            yield Difference(f"{where}, {key}", *shown, internal)

    def _incomparable(self, wanted: Event, key: str, left: Any, right: Any) -> bool:
        """Random leftovers of sockets never connected; the two fillers for an output that was not written."""
        if key == "tx_seq" and wanted["call"] == "tcp_info":
            original = wanted["outs"][key]
            return isinstance(left, str) or (isinstance(original, int) and original != 0)
        return left in _UNWRITTEN and right in _UNWRITTEN

    def _ends(self) -> Iterator[Difference]:
        for key in ("still_blocked_steps", "not_reached_steps"):
            wanted, came = self._scenario[key], getattr(self._run, key)
            if wanted != came:
                yield Difference(key, wanted, came)
        for key, (left, right) in differing_keys(self._scenario["pools_at_end"], self._run.pools_at_end).items():
            yield Difference(f"pool at the end, {key}", left, right, internal=True)


def short(event: Any) -> str:
    """An event on one line, without the Ethernet header that is the same everywhere."""
    if isinstance(event, dict) and "out" in event:
        words = {key: value for key, value in event["out"].items() if key != "ethernet"}
        return ", ".join(f"{key} {value}" for key, value in words.items())
    return str(event)
