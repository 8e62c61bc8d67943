"""C programs from service vectors: one file for a list of scenarios, in which each is a function that sets it up.

A scenario becomes what a firmware would be: control blocks, memory and variables as globals, threads and callbacks as
functions, each step a call through the public macros; what the calls gave is told through vectors.h.
"""

from collections.abc import Iterator
from typing import Any

from netx_c.testing.c_text import is_pointer, number, pointee, signature, string
from netx_c.testing.facts import field_type
from netx_c.testing.vector_names import Names, Object
from netx_sim.testing.vector_values import packet_step
from netx_sim.testing.vector_world import INIT, PRELUDE, TICK_LIMIT, Common

Entry = dict[str, Any]

_HEAD = """/* Generated from service vectors. */

#include "vectors.h"
"""
_PACKET = "NX_PACKET *"
_INTERRUPT = "VOID (*)(ULONG input)"


def entry(index: int) -> str:
    """The C function that sets up the scenario with this index in its file."""
    return f"scenario_{index}"


def source(scenarios: list[Entry], common: Common) -> str:
    """The C file for these scenarios."""
    preludes = {scenario["prelude"] for scenario in scenarios if scenario["prelude"]}
    sets_up = {name: _SetUp(name, common.preludes[name], common) for name in sorted(preludes)}
    parts = [_HEAD, *_constants(scenarios, common)]
    parts += [line for prelude in sets_up.values() for line in prelude.lines()]
    for index, scenario in enumerate(scenarios):
        parts += _Program(index, scenario, common, sets_up.get(scenario["prelude"])).lines()
    return "\n".join(parts) + "\n"


def _constants(scenarios: list[Entry], common: Common) -> Iterator[str]:
    """The constants which the scenarios use have the recorded values, or nothing compiles."""
    users = [*scenarios, *(common.preludes[scenario["prelude"]] for scenario in scenarios if scenario["prelude"])]
    names = {name for user in users for name in _words(user) if name in common.constants}
    for name in sorted(names):
        yield f"typedef CHAR recorded_{name}[(ULONG){name} == {number(common.constants[name])} ? 1 : -1];"


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _words(part)


# declarations


def _declare(prefix: str, objects: dict[str, Entry]) -> tuple[dict[str, Object], list[str]]:
    declared = {name: _object(f"{prefix}_{name}", about) for name, about in objects.items()}
    lines = []
    for target in declared.values():
        if target.type == "area":
            lines.append(f"VECTOR_AREA({target.name}, {target.size});")
        else:
            lines.append(f"static {target.type} {target.name};")
    return declared, lines


def _object(name: str, about: Entry) -> Object:
    kind = about["type"]
    if kind != "area":
        return Object(name, kind)
    if "packets" in about:
        step = f"VECTOR_PACKET_STEP({about['payload']})"
        return Object(name, kind, f"{about['packets']} * {step}", step, packet_step(about["payload"]))
    return Object(name, kind, str(about["size"]))


def _table(prefix: str, objects: dict[str, Object], entries: dict[str, Entry]) -> Iterator[str]:
    """The objects as vectors.h takes them."""
    yield f"static const struct vector_object {prefix}_objects[] = {{"
    for name, target in objects.items():
        start = target.name if target.type == "area" else f"&{target.name}"
        fill = "0xA5" if entries.get(name, {}).get("preset") == "sentinel" else "0"
        yield f'    {{"{name}", {start}, sizeof {target.name}, {target.step}, {fill}}},'
    yield "};"


def _made(prefix: str, objects: dict[str, Object], entries: dict[str, Entry]) -> Iterator[str]:
    """The statements which give the objects their first contents."""
    if objects:
        yield f"    vector_objects({prefix}_objects, {len(objects)});"
    for name, about in entries.items():
        if about["type"] == "NXD_ADDRESS" and "preset" not in about:
            words = [*about.get("address", ()), 0, 0, 0, 0][:4]
            values = ", ".join(map(number, [about.get("version", 0), *words]))
            yield f"    vector_address(&{objects[name].name}, {values});"


# steps


class _Steps:
    """The C statements of steps."""

    def __init__(self, names: Names, common: Common) -> None:
        self._names = names
        self._common = common

    def lines(self, steps: list[Entry]) -> Iterator[str]:
        for index, step in enumerate(steps):
            statements = " ".join(self._call(step) if "call" in step else getattr(self, "_do_" + step["do"])(step))
            yield f"    STEP({index}) {{ {statements} }}" if statements else f"    STEP({index}) {{ }}"

    def _call(self, step: Entry) -> Iterator[str]:
        service = self._common.services[step["call"]]
        by_variable, given = service["packet_by_variable"], list(zip(service["params"], step["args"], strict=True))
        arguments = [self._names.argument(notation, parameter["type"], by_variable) for parameter, notation in given]
        text = f"{step['call']}({', '.join(arguments)})"
        yield _answered(step["call"], service["returns"], text)
        for parameter, notation in given:
            yield from self._out(parameter["name"], parameter["type"], notation, by_variable)

    def _out(self, name: str, kind: str, notation: Any, by_variable: bool) -> Iterator[str]:
        if not isinstance(notation, str):
            return
        if notation.startswith("&$"):
            cell = notation[2:]
            yield f'{_shower("out", self._names.variables[cell])}("{name}", {self._names.variable(cell)});'
        elif notation.startswith("$") and by_variable and kind == _PACKET:
            yield f'vector_out_variable("{name}", {self._names.variable(notation[1:])});'

    def _do_log(self, _step: Entry) -> list[str]:
        return []

    def _do_busy(self, step: Entry) -> list[str]:
        return [f"netx_busy({step['ticks']});"]

    def _do_interrupt(self, step: Entry) -> list[str]:
        return [f"netx_interrupt({self._names.function(step['callback'])}, 0);"]

    def _do_stop(self, _step: Entry) -> list[str]:
        return ['vector_finish("end");', "netx_stop();"]

    def _do_set(self, step: Entry) -> list[str]:
        kind = self._names.variables[step["var"]]
        return [f"{self._names.variable(step['var'])} = {self._names.argument(step['value'], kind)};"]

    def _do_get(self, step: Entry) -> list[str]:
        return [f"{_shower('value', field_type(step['type'], step['field']))}({self._field(step)});"]

    def _do_put(self, step: Entry) -> list[str]:
        value = self._names.argument(step["value"], field_type(step["type"], step["field"]))
        return [f"{self._field(step)} = {value};"]

    def _do_shift(self, step: Entry) -> list[str]:
        return [f"{self._field(step)} {'-' if step['by'] < 0 else '+'}= {abs(step['by'])};"]

    def _field(self, step: Entry) -> str:
        block = self._names.address(step["object"], f"{step['type']} *")
        return f"{block.removeprefix('&')}.{step['field']}" if block[0] == "&" else f"({block}) -> {step['field']}"

    def _do_packet(self, step: Entry) -> list[str]:
        return [f"vector_packet({self._names.address(step['object'], _PACKET)});"]

    def _do_bytes(self, step: Entry) -> list[str]:
        return [f"vector_bytes({self._names.address(step['object'], 'VOID *')}, {step['length']});"]

    def _do_address(self, step: Entry) -> list[str]:
        return [f"vector_words({self._names.address(step['object'], 'NXD_ADDRESS *')});"]

    def _do_bulk_bind(self, step: Entry) -> list[str]:
        ip = self._names.address(step["ip"], "NX_IP *")
        return [f"vector_failed(vector_bulk_bind_{step['protocol']}({ip}, {step['first']}, {step['last']}));"]


def _answered(service: str, returns: str, text: str) -> str:
    if returns == "VOID":
        return f"{text};"
    if returns == "UINT" and service != "tx_interrupt_control":  # whose UINT is a posture, no status
        return f"vector_status({text});"
    return f"{_shower('value', returns)}({text});"


def _shower(what: str, kind: str) -> str:
    """The function of vectors.h which shows a value of this type."""
    if not is_pointer(kind):
        return f"vector_{what}"
    suffix = {_PACKET: "packet", "CHAR *": "string"}.get(kind, "pointer")
    return f"vector_{what}_{suffix}"


# set-ups and scenarios


class _SetUp:
    """A named set-up, which scenarios of one file share."""

    def __init__(self, name: str, about: Entry, common: Common) -> None:
        self.prefix = name
        self._about = about
        self._common = common
        self.objects, self._declarations = _declare(name, about["objects"])

    def lines(self) -> Iterator[str]:
        names = Names(self.prefix, self.objects)
        yield from ("", f"/* set-up {self.prefix} */", "", *self._declarations)
        yield from _table(self.prefix, self.objects, self._about["objects"])
        yield from ("", f"static void {self.prefix}(void)", "{")
        yield f'    struct vector_run me = vector_enter("{PRELUDE}");'
        yield ""
        yield from _made(self.prefix, self.objects, self._about["objects"])
        yield from _Steps(names, self._common).lines(self._about["init"])
        yield "}"


class _Program:
    """The C text of one scenario."""

    def __init__(self, index: int, scenario: Entry, common: Common, prelude: _SetUp | None) -> None:
        self._entry, self._prefix = entry(index), f"s{index}"
        self._scenario = scenario
        self._common = common
        self._prelude = prelude
        threads = {thread["name"]: {"type": "TX_THREAD"} for thread in scenario["threads"]}
        self._entries: dict[str, Entry] = {**scenario["objects"], **threads}
        self._own, self._declarations = _declare(self._prefix, self._entries)
        shared = prelude.objects if prelude else {}
        self._names = Names(self._prefix, {**shared, **self._own}, _variables(scenario, common))
        self._steps = _Steps(self._names, common)

    def lines(self) -> Iterator[str]:
        scenario = self._scenario
        yield from ("", f"/* {scenario['id']}: {_comment(scenario['title'])} */", "", *self._declarations)
        yield from self._cells()
        if self._own:
            yield from _table(self._prefix, self._own, self._entries)
        types = dict(_callback_types(scenario, self._common))
        for name in scenario["callbacks"]:
            yield f"{_head(self._names.function(name), types[name])};"
        for name, about in scenario["callbacks"].items():
            yield from self._callback(name, about, types[name])
        for index, thread in enumerate(scenario["threads"]):
            yield from self._thread(thread, first=index == 0)
        yield from self._define()

    def _cells(self) -> Iterator[str]:
        if self._names.variables:
            cells = " ".join(f"{kind} v_{name};" for name, kind in self._names.variables.items())
            yield f"static struct {{ {cells} }} {self._prefix};"

    def _callback(self, name: str, about: Entry, kind: str) -> Iterator[str]:
        returns, parameters = signature(kind)
        yield from ("", _head(self._names.function(name), kind), "{")
        yield f'    struct vector_run me = vector_call("{name}");'
        yield ""
        for index, parameter in enumerate(parameters):
            shown = about["args"][index] if index < len(about["args"]) else ""
            yield from _shown_argument(index, parameter, shown)
        yield "    vector_called();"
        yield from self._steps.lines(about["steps"])
        yield "    vector_return(&me);"
        if returns != "VOID":
            yield f"    return {about.get('returns') or 0};"
        yield "}"

    def _thread(self, thread: Entry, *, first: bool) -> Iterator[str]:
        yield from ("", f"static VOID {self._prefix}_{thread['name']}_entry(ULONG input)", "{")
        yield f'    struct vector_run me = vector_enter("{thread["name"]}");'
        yield ""
        yield "    (void)input;"
        yield "    (void)me;"
        yield from self._steps.lines(thread["steps"])
        if first:
            yield '    vector_finish("end");'
            yield "    netx_stop();"
        yield "}"

    def _define(self) -> Iterator[str]:
        yield from ("", f"void {self._entry}(void);", f"void {self._entry}(void)", "{")
        if self._scenario["init"]:
            yield "    struct vector_run me;"
            yield ""
        yield f"    vector_start({self._scenario.get('tick_limit', TICK_LIMIT)});"
        if self._names.variables:
            yield f"    memset(&{self._prefix}, 0xA5, sizeof {self._prefix});"
        if self._prelude:
            yield f"    {self._prelude.prefix}();"
        yield from _made(self._prefix, self._own, self._entries)
        for index, thread in enumerate(self._scenario["threads"]):
            yield from self._created(index, thread)
        if self._scenario["init"]:
            yield f'    me = vector_enter("{INIT}");'
            yield from self._steps.lines(self._scenario["init"])
        yield "}"

    def _created(self, index: int, thread: Entry) -> Iterator[str]:
        block, priority = self._own[thread["name"]].name, thread["priority"]
        start = "TX_AUTO_START" if thread.get("start", True) else "TX_DONT_START"
        name = string(thread["name"])
        yield f"    vector_thread_created({name}, tx_thread_create(&{block}, (CHAR *){name}, {block}_entry, 0,"
        yield f"        vector_stacks[{index}], VECTOR_STACK_SIZE, {priority}, {thread.get('threshold', priority)},"
        yield f"        {thread.get('time_slice', 0)}, {start}));"


def _comment(text: str) -> str:
    return text.replace("*/", "* /").replace("/*", "/ *")


def _head(name: str, kind: str) -> str:
    returns, parameters = signature(kind)
    return f"static {returns} {name}({', '.join(f'{p} a{i}' for i, p in enumerate(parameters))})"


def _shown_argument(index: int, kind: str, shown: str) -> Iterator[str]:
    if shown == "number":
        yield f"    vector_argument_number(a{index});"
    elif shown == "pointer":
        yield f"    vector_argument_{'packet' if kind == _PACKET else 'pointer'}(a{index});"
    else:
        yield f"    (void)a{index};"
        if shown:
            yield "    vector_argument_ignored();"


def _users(scenario: Entry) -> Iterator[Entry]:
    """Every step of a scenario."""
    yield from scenario["init"]
    for user in (*scenario["threads"], *scenario["callbacks"].values()):
        yield from user["steps"]


def _variables(scenario: Entry, common: Common) -> dict[str, str]:
    """The variables with their C types: as the first service which writes one takes it, else as one is used."""
    written: dict[str, str] = {}
    used: dict[str, str] = {}
    for step in _users(scenario):
        kinds = [parameter["type"] for parameter in common.services[step["call"]]["params"]] if "call" in step else []
        for kind, notation in zip(kinds, step.get("args", ()), strict=True):
            if isinstance(notation, str) and notation.startswith("&$"):
                written.setdefault(notation[2:], pointee(kind))
            elif isinstance(notation, str) and notation.startswith("$"):
                used.setdefault(notation[1:].split("+")[0], kind)
    return {**used, **written}


def _callback_types(scenario: Entry, common: Common) -> Iterator[tuple[str, str]]:
    """The type of the parameter which each callback is given for."""
    for name in scenario["callbacks"]:
        yield name, _INTERRUPT
    for step in _users(scenario):
        if "call" in step:
            parameters = common.services[step["call"]]["params"]
            for parameter, notation in zip(parameters, step["args"], strict=True):
                if isinstance(notation, str) and notation.startswith("@") and notation != "@ram_driver":
                    yield notation[1:], parameter["type"]
