"""One service vector run on a fresh world: objects, initialisation, threads, callbacks, and all they saw."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from netx_sim.fault import DeviceFault, SimulationDeadlock
from netx_sim.testing.services import public
from netx_sim.testing.vector_values import MASK, SENTINEL, Area, Unmappable, Values

_STACK = 4096
TICK_LIMIT = 40000
_DATA_SHOWN = 128
INIT = "init"
PRELUDE = "prelude"
NEVER_REACHED = {"never_reached": True}
NEVER_RETURNED = {"never_returned": True}


@dataclass
class Common:
    """What the recordings share: the file common.json."""

    constants: dict[str, int]
    status_values: dict[str, int]
    preludes: dict[str, dict[str, Any]]
    services: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, content: dict[str, Any]) -> "Common":
        """From the parsed file."""
        return cls(content["constants"], content["status_values"], content["preludes"], content["services"])


@dataclass
class Results:
    """What a run gave, in the form of the recorded expectations."""

    steps: dict[tuple[str, int, int], dict[str, Any]] = field(default_factory=dict)  # by who, run and step
    invocations: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    trace: list[list[Any]] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=dict)
    fault: str = ""  # a DeviceFault, and
    error: str = ""  # any other exception, that ended the run


class VectorWorld:
    """The state of one run."""

    def __init__(self, scenario: dict[str, Any], common: Common) -> None:
        self.results = Results()
        self._scenario = scenario
        self._common = common
        self._prelude = common.preludes[scenario["prelude"]] if scenario["prelude"] else {}
        self._values = Values(common.constants)
        self._values.declare(self._prelude.get("objects", {}))
        self._values.declare(scenario["objects"])
        self._runs: dict[str, int] = {}
        self._at: dict[str, tuple[int, bool]] = {}  # who: step, and whether it has ended
        self._over = False
        self._sim: Any = None
        for thread in scenario["threads"]:
            self._values.objects[thread["name"]] = public("TX_THREAD")()

    def run(self) -> Results:
        """Run to the end rule of the recordings: first thread finished, stop step, or tick limit."""
        with public("simulation")(seed=1) as sim:
            self._sim = sim
            limit = self._scenario.get("tick_limit", TICK_LIMIT) + 1
            sim.call_at_us(limit * sim.tick_us, self._limit, None)
            if not run_into(self.results, sim, self._define):
                self._end("limit")
        if not self.results.end:
            self._end("all threads ended")
        return self.results

    def _limit(self, _argument: object) -> None:
        self._end("limit")
        self._sim.stop()

    def _end(self, why: str) -> None:
        if self._over:
            return
        self._over = True
        threads = {thread["name"]: progress(thread, self._at) for thread in self._scenario["threads"]}
        self.results.end = {"why": why, "tick": self._tick(), "threads": threads}

    def _tick(self) -> int:
        """The counter that tx_time_get shows; read directly, for reading it through the service takes time."""
        return int(self._sim.now + self._sim.time_offset) & MASK

    # start-up

    def _define(self, _memory: object) -> None:
        for index, step in enumerate(self._prelude.get("init", ())):
            self._step(PRELUDE, 0, index, step)
        for thread in self._scenario["threads"]:
            self._create(thread)
        for index, step in enumerate(self._scenario["init"]):
            self._step(INIT, 0, index, step)

    def _create(self, thread: dict[str, Any]) -> None:
        stack, priority = Area(_STACK).at(0), thread["priority"]
        status = public("tx_thread_create")(
            *(self._values.objects[thread["name"]], thread["name"], lambda _: self._thread(thread), 0),
            *(stack, len(stack), priority, thread.get("threshold", priority), thread.get("time_slice", 0)),
            int(thread.get("start", True)),
        )
        if status:
            raise Unmappable(f"tx_thread_create of {thread['name']} answered {status:#04x}")

    def _thread(self, thread: dict[str, Any]) -> None:
        self._steps(thread["name"], thread["steps"])
        if thread is self._scenario["threads"][0]:
            self._stop()

    def _stop(self) -> None:
        self._end("end")
        self._sim.stop()

    def _steps(self, who: str, steps: list[dict[str, Any]]) -> None:
        run = self._runs[who] = self._runs.get(who, -1) + 1
        for index, step in enumerate(steps):
            self._step(who, run, index, step)

    def _callback(self, name: str) -> Any:
        entry = self._scenario["callbacks"][name]

        def callback(*args: Any) -> Any:
            run = self._runs.get(name, -1) + 1
            shown = [self._invocation_argument(kind, arg) for kind, arg in zip(entry["args"], args, strict=False)]
            if not self._over:
                invocation = {"tick": self._tick(), "args": shown}
                self.results.invocations.setdefault(name, []).append(invocation)
            self._mark(name, -1, "call", run)
            self._steps(name, entry["steps"])
            self._mark(name, -1, "return", run)
            return entry.get("returns")

        return callback

    def _invocation_argument(self, kind: str, arg: Any) -> Any:
        return self._values.shown(arg) if kind in ("number", "pointer") else "ignored"

    # steps

    def _mark(self, who: str, index: int, phase: str, run: int) -> None:
        if not self._over and who != PRELUDE:
            self.results.trace.append([who, index, phase, self._tick(), *([run] if run else [])])

    def _step(self, who: str, run: int, index: int, step: dict[str, Any]) -> None:
        if self._over:
            return
        self._at[who] = (index, False)
        self._mark(who, index, "b", run)
        key, started = (who, run, index), self._tick()
        self.results.steps[key] = dict(NEVER_RETURNED)
        result = self._act(step)
        if not self._over:
            self._at[who] = (index, True)
            self._mark(who, index, "e", run)
            self.results.steps[key] = {**result, "ticks": (self._tick() - started) & MASK}

    def _act(self, step: dict[str, Any]) -> dict[str, Any]:
        if "call" in step:
            return self._call(step["call"], step["args"])
        act = getattr(self, "_do_" + step["do"])
        result: dict[str, Any] = act(step) or {}
        return result

    def _call(self, service: str, notations: list[Any]) -> dict[str, Any]:
        how = self._common.services[service]
        kinds = [parameter["type"] for parameter in how["params"]]
        by_variable = how["packet_by_variable"]
        args = [
            self._values.argument(notation, kind, by_variable and kind == "NX_PACKET *", self._callback)
            for notation, kind in zip(notations, kinds, strict=True)
        ]
        if service == "nx_packet_pool_create":
            self._values.pool_created(args[0], args[3])
        try:
            answer = public(service)(*args)
        except TypeError as error:
            return {"raised": f"TypeError: {error}"}
        result = self._answer(service, how["returns"], answer)
        outs = self._outs(how["params"], notations, by_variable)
        return {**result, "outs": outs} if outs else result

    def _answer(self, service: str, kind: str, answer: Any) -> dict[str, Any]:
        if kind == "UINT" and service != "tx_interrupt_control":  # whose UINT is a posture, no status
            return {"status": answer}
        return {} if kind == "VOID" else {"value": self._values.shown(answer)}

    def _outs(self, params: list[dict[str, str]], notations: list[Any], by_variable: bool) -> dict[str, Any]:
        outs: dict[str, Any] = {}
        for parameter, notation in zip(params, notations, strict=True):
            if not isinstance(notation, str):
                continue
            if notation.startswith("&$"):
                outs[parameter["name"]] = self._values.shown(self._values.variable(notation[2:])[0])
            elif notation.startswith("$") and by_variable and parameter["type"] == "NX_PACKET *":
                kept = self._values.variable(notation[1:])[0] is not None
                outs[parameter["name"]] = "kept" if kept else "null"
        return outs

    def _do_log(self, _step: dict[str, Any]) -> None:
        """A mark for the trace, nothing else."""

    def _do_busy(self, step: dict[str, Any]) -> None:
        self._sim.busy(step["ticks"])

    def _do_interrupt(self, step: dict[str, Any]) -> None:
        self._sim.interrupt(self._callback(step["callback"]))

    def _do_stop(self, _step: dict[str, Any]) -> None:
        self._stop()

    def _do_set(self, step: dict[str, Any]) -> None:
        self._values.variable(step["var"])[0] = self._values.value(step["value"])

    def _do_get(self, step: dict[str, Any]) -> dict[str, Any]:
        return {"value": self._values.shown(getattr(self._values.value(step["object"]), step["field"]))}

    def _do_put(self, step: dict[str, Any]) -> None:
        setattr(self._values.value(step["object"]), step["field"], self._values.value(step["value"]))

    def _do_shift(self, step: dict[str, Any]) -> None:
        block, name = self._values.value(step["object"]), step["field"]
        setattr(block, name, getattr(block, name) + step["by"])

    def _do_packet(self, step: dict[str, Any]) -> dict[str, Any]:
        packet = self._values.value(step["object"])
        return {"packet": None if packet is None or packet == SENTINEL else packet_words(packet)}

    def _do_bytes(self, step: dict[str, Any]) -> dict[str, Any]:
        return {"hex": bytes(self._values.value(step["object"])[: step["length"]]).hex()}

    def _do_address(self, step: dict[str, Any]) -> dict[str, Any]:
        block = self._values.value(step["object"])
        words = [block.nxd_ip_address.v4, *list(block.nxd_ip_address.v6)[1:]]
        return {"words": [self._values.shown(word) for word in (block.nxd_ip_version, *words)]}

    def _do_bulk_bind(self, step: dict[str, Any]) -> dict[str, Any]:
        ip, failed = self._values.value(step["ip"]), 0
        for port in range(step["first"], step["last"] + 1):
            failed += bool(self._bind_one(ip, step["protocol"], port))
        return {"failed": failed}

    @staticmethod
    def _bind_one(ip: Any, protocol: str, port: int) -> int:
        if protocol == "tcp":
            socket = public("NX_TCP_SOCKET")()
            status = public("nx_tcp_socket_create")(ip, socket, "bulk", 0, 0, 128, 4096, None, None)
            return status or int(public("nx_tcp_client_socket_bind")(socket, port, 0))
        socket = public("NX_UDP_SOCKET")()
        status = public("nx_udp_socket_create")(ip, socket, "bulk", 0, 0, 128, 5)
        return status or int(public("nx_udp_socket_bind")(socket, port, 0))


def packet_words(packet: Any) -> dict[str, Any]:
    """What the recordings say about a packet."""
    segments, link = [], packet
    while link is not None:
        segments.append(link.nx_packet_append_ptr - link.nx_packet_prepend_ptr)
        link = link.nx_packet_next
    offset = packet.nx_packet_prepend_ptr - packet.nx_packet_data_start
    data = data_words(bytes(public("packet_bytes")(packet)))
    return {"length": packet.nx_packet_length, "offset": offset, "segments": segments, "data": data}


def data_words(data: bytes) -> str:
    """Bytes as the recordings show them: in full if they are few."""
    return data.hex() if len(data) <= _DATA_SHOWN else "sha256:" + hashlib.sha256(data).hexdigest()


def progress(thread: dict[str, Any], at: dict[str, tuple[int, bool]]) -> str:
    """How far a thread came; `at` has for each the last step begun, and whether it has ended."""
    step, ended = at.get(thread["name"], (-1, True))
    if step < 0:
        return "not started" if thread["steps"] else "finished"
    return "finished" if ended and step == len(thread["steps"]) - 1 else f"step {step + 1 if ended else step}"


def run_into(results: Results, sim: Any, define: Callable[[Any], None]) -> bool:
    """Run a world that `define` sets up; what it raises goes into the results. False if all threads waited for ever."""
    try:
        sim.run(define)
    except DeviceFault as fault:
        results.fault = str(fault)
    except SimulationDeadlock:
        return False
    except Exception as error:  # noqa: BLE001 - what the stack raises is a finding
        results.error = f"{type(error).__name__}: {error}"
    return True
