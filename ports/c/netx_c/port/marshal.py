"""From C's arguments to Python's and back: one function for each service, written out from its prototype.

What a parameter of a type means is in `_RULES`: how the number that C passed becomes an argument of the Python service,
and what is written back to C when the service returns.  `Writer` puts these together.
"""

from collections.abc import Callable
from typing import Any

# Sizes of areas, where the next parameter does not say it: an expression of the other arguments.
_AREAS = {
    ("nx_packet_data_retrieve", "buffer_start"): "length_of(b0)",
    ("tx_queue_send", "source_ptr"): "message_of(b0)",
    ("tx_queue_front_send", "source_ptr"): "message_of(b0)",
    ("tx_queue_receive", "destination_ptr"): "message_of(b0)",
    ("tx_byte_release", "memory_ptr"): "1",
    ("tx_block_release", "block_ptr"): "1",
    ("_nx_md5_digest_calculate", "digest"): "16",
    ("nxd_nd_cache_entry_set", "mac"): "6",
}
_OPAQUE = ("additional_info",)
_DATA = ("data", "data_ptr", "mac")  # CHAR * that are bytes, not texts
# Kinds whose counters move with a call that names one of theirs: the socket's instance, the packet's pool.
_OWNERS = ("NX_IP", "NX_TCP_SOCKET", "NX_UDP_SOCKET", "NX_POP3_CLIENT")
# Services that change nothing: their blocks need not be written again.
_READERS = (
    "_info_get",
    "_address_get",
    "_bytes_available",
    "_capability_get",
    "_length_get",
    "_mss_get",
    "_mss_peer_get",
    "_port_get",
)
# Services that make other threads ready or change their priority, and go on: C may look at those threads' structs.
_WAKING = (
    "tx_event_flags_set tx_mutex_put tx_queue_flush tx_queue_front_send tx_queue_receive tx_queue_send "
    "tx_semaphore_ceiling_put tx_semaphore_put"
).split()
# Services after which blocks may differ that they do not name: the neighbours of a pool or instance that is created or
# deleted and its waiters, the pool that memory goes back to, what a thread was waiting for, the clock, the sockets of
# an interface or port, the pool of a packet.
_FAR = (
    *("_pool_create", "nx_ip_create", "_delete", "_release", "_terminate", "_wait_abort", "_time_set"),
    *("_interface_detach", "_unlisten", "_unbind", "_data_adjust"),
)
_NEAR = ("nx_packet_release", "nx_packet_transmit_release")
# Services that let others run, besides those with a wait option and those of sockets and instances: what C has written
# into any instance counts from now on.
_WAITING = ("tx_thread_relinquish", "tx_thread_suspend")
_compiled: dict[tuple[str, bool], Any] = {}


class Out:
    """An output variable; says whether the service wrote it."""

    __slots__ = ("value", "written")

    def __init__(self, value: Any = None) -> None:
        self.value = value
        self.written = False

    def __getitem__(self, index: int) -> Any:
        return self.value

    def __setitem__(self, index: int, value: Any) -> None:
        self.value = value
        self.written = True


class Writer:
    """Writes the function of one service.

    Args:
        service (dict): name, params and returns, from the interface's data.
        checked (bool): the one with error checking, or the core.
        structs (iterable): names of the control blocks.
    """

    def __init__(self, service: dict[str, Any], checked: bool, structs: Any) -> None:
        self._service = service
        self._checked = checked
        self._structs = structs
        self._before: list[str] = []
        self._arguments: list[str] = []
        self._after: list[str] = []
        self._twins: list[tuple[str, str]] = []
        self._owners = False

    def source(self) -> str:
        """The text of `def call(...)`."""
        service = self._service
        params = [tuple(param) for param in service["params"]]
        for place, (name, kind) in enumerate(params):
            self._parameter(place, name, kind, params)
        names = [f"a{place}" for place in range(len(params))]
        if self._checked and "hidden_size" in service:
            names.append("size")
            self._before.append(f"if size != sizes[{service['hidden_size']!r}]: t{self._sized()} = nothing")
        lines = [f"def call({', '.join(names)}):"]
        lines += [f"    {line}" for line in self._before]
        if service["name"] in _NEAR:
            packet = "q0" if self._checked else "p0"
            lines += [f"    chained = {packet} is not None and {packet}.nx_packet_next is not None"]
        reads = service["name"].endswith(_READERS)
        waits = service["name"] in _WAITING or any(name in ("wait_option", "timer_ticks") for name, _kind in params)
        if waits or (self._owners and not reads):
            lines += ["    read_instances()"]
        lines += ["    thread = sim.current", "    runs = thread.tx_thread_run_count if thread is not None else -1"]
        if service["name"] == "tx_interrupt_control":
            lines += ["    held_off = sim.held_off"]
        lines += [f"    result = service({', '.join(self._arguments)})"]
        lines += [f"    {line}" for line in self._after]
        lines += [f"    {twin}.write()" for twin, base in self._twins if base == "NXD_ADDRESS" or not reads]
        lines += ["    if thread is None or thread.tx_thread_run_count != runs: refresh()"]
        if service["name"] in _NEAR:
            lines += ["    elif chained: refresh()"]  # its packets may be of several pools
        elif service["name"].endswith(_FAR):
            lines += ["    else: refresh()"]
        elif self._owners and not reads:
            lines += ["    else: write_owners(t0.object)"]
        elif service["name"] in _WAKING:
            lines += ["    else: write_threads()"]
        elif service["name"] == "tx_interrupt_control":
            lines += ["    elif held_off: refresh()"]
        # A loop around services that never wait ends too when the world does.
        lines += ["    if sim._error is not None and thread is not None and not thread._activity: sim._raise_stop()"]
        lines += [f"    return {self._result()}"]
        return "\n".join(lines)

    def _sized(self) -> int:
        wanted = self._service["hidden_size"] + " *"
        return next(place for place, (_name, kind) in enumerate(self._service["params"]) if kind == wanted)

    def _result(self) -> str:
        returns = self._service["returns"]
        if returns == "VOID":
            return "0"
        return "address_of(result)" if "*" in returns else "result or 0"

    def _parameter(self, place: int, name: str, kind: str, params: list[tuple[str, str]]) -> None:
        base = kind.rstrip(" *")
        if "(*)" in kind:
            self._plain(f"function(a{place}, {kind!r})")
        elif kind == "NX_PACKET *":
            self._packet(place)
        elif kind.endswith("**") or kind == "TX_THREAD **":
            self._output(place, base)
        elif base in self._structs:
            self._block(place, base)
        elif kind in ("ULONG *", "UINT *"):
            self._plain(f"words(a{place})")
        elif "*" in kind or "[" in kind:
            self._memory(place, name, kind, params)
        else:
            self._plain(f"a{place}")

    def _plain(self, expression: str) -> None:
        self._arguments.append(expression)

    def _block(self, place: int, base: str) -> None:
        self._before.append(f"t{place} = known_{base}.get(a{place}) or adopt({base!r}, a{place})")
        self._before.append(f"if t{place}.buffer[:] != t{place}.shadow: t{place}.read()")
        self._arguments.append(f"t{place}.object")
        self._twins.append((f"t{place}", base))
        self._before.append(f"b{place} = t{place}.object") if place == 0 else None
        if base in _OWNERS and place == 0:
            self._owners = True

    def _packet(self, place: int) -> None:
        if self._checked and self._service.get("packet_by_variable"):
            self._before.append(f"v{place} = words64(a{place}) if a{place} else None")
            self._before.append(f"q{place} = packet(v{place}[0]) if a{place} else None")
            self._before.append(f"p{place} = Out(q{place}) if a{place} else None")
            self._arguments.append(f"p{place}")
            self._after.append(f"if q{place} is not None:")
            self._after.append(f"    if p{place}.value is None: v{place}[0] = 0")
            self._after.append(f"    leave_packet_and_pool(q{place})")
            return
        self._before.append(f"p{place} = packet(a{place})")
        if place == 0:
            self._before.append("b0 = p0")
        self._arguments.append(f"p{place}")
        self._after.append(f"if p{place} is not None: leave_packet(p{place})")

    def _output(self, place: int, base: str) -> None:
        self._before.append(f"o{place} = Out() if a{place} else None")
        self._arguments.append(f"o{place}")
        how = "leave_packet" if base == "NX_PACKET" else "address_of"
        self._after.append(f"if o{place} is not None and o{place}.written: put(a{place}, {how}(o{place}.value))")

    def _memory(self, place: int, name: str, kind: str, params: list[tuple[str, str]]) -> None:
        service = self._service["name"]
        if name in _OPAQUE:
            self._plain(f"a{place} or None")
        elif (service, name) in _AREAS:
            self._plain(f"area(a{place}, {_AREAS[service, name]})")
        elif kind == "CHAR *" and name not in _DATA:
            self._plain(f"text(a{place})")
        else:
            following = params[place + 1][0] if place + 1 < len(params) else ""
            size = f"a{place + 1} or 1" if following.endswith(("size", "length")) else "1"
            self._plain(f"area(a{place}, {size})")


def write_service(service: dict[str, Any], checked: bool, structs: Any, scope: dict[str, Any]) -> Callable[..., int]:
    """The function that the C function of a service calls."""
    key = (service["name"], checked)
    if key not in _compiled:
        _compiled[key] = compile(Writer(service, checked, structs).source(), f"<{key[0]}>", "exec")
    names = dict(scope)
    exec(_compiled[key], names)  # noqa: S102 - written here, from the prototypes
    function: Callable[..., int] = names["call"]
    return function
