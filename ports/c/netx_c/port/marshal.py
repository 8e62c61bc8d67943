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
# Whose instance counts what a call that names one of these does: where the instance is found.
_INSTANCES = {
    "NX_IP": "t0.object",
    "NX_TCP_SOCKET": 'getattr(t0.object, "nx_tcp_socket_ip_ptr", None)',
    "NX_UDP_SOCKET": 'getattr(t0.object, "nx_udp_socket_ip_ptr", None)',
    "NX_POP3_CLIENT": 'getattr(getattr(t0.object, "nx_pop3_client_tcp_socket", None), "nx_tcp_socket_ip_ptr", None)',
}
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
# Services of a socket that change nothing of its instance, unless they send or wait.
_OWN = ("_configure", "_notify", "_notify_set", "_socket_receive", "_message_get", "nx_udp_source_extract")
_NEAR = ("nx_packet_release", "nx_packet_transmit_release")
# Services that let others run, besides those with a wait option and those of sockets and instances: what C has written
# into any instance counts from now on.
_WAITING = ("tx_thread_relinquish", "tx_thread_suspend", "nx_pop3_client_mail_item_message_get")
# Blocks that a service changes on a condition only: a pool, if what it is for did not fit into one packet.
_IF = {("nx_packet_data_append", "t3"): "(result or p0.nx_packet_next is not None) and "}
UNWRITTEN = object()  # in the place of an output that the service has not written
_compiled: dict[tuple[str, bool], Any] = {}


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
        self._given: list[str] = []  # packets that may go back to their pool
        self._instance = ""  # an expression

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
        reads = service["name"].endswith(_READERS)
        lines += self._reading(params, reads)
        if self._instance and service["name"].endswith(_OWN):
            lines += [f"    ip = {self._instance}", "    sent = ip.nx_ip_total_packets_sent if ip is not None else 0"]
        if service["name"] in _NEAR:
            lines += [f"    chained = {self._given[0]} is not None and {self._given[0]}.nx_packet_next is not None"]
        lines += ["    thread = sim.current", "    runs = thread.tx_thread_run_count if thread is not None else -1"]
        if service["name"] == "tx_interrupt_control":
            lines += ["    held_off = sim.held_off"]
        lines += [f"    result = service({', '.join(self._arguments)})"]
        lines += [f"    {line}" for line in self._after]
        lines += [f"    {line}" for line in self._writing(reads)]
        # A loop around services that never wait ends too when the world does.
        lines += ["    if sim._error is not None and thread is not None and not thread._activity: sim._raise_stop()"]
        lines += [f"    return {self._result()}"]
        return "\n".join(lines)

    def _writing(self, reads: bool) -> list[str]:
        """Bring up to date what the service can have changed: everything that is created, if others have run in it."""
        name = self._service["name"]
        others_ran = "thread is None or thread.tx_thread_run_count != runs"
        if name in _NEAR:
            others_ran += " or chained"  # its packets may be of several pools
        twins = [(twin, base) for twin, base in self._twins if base == "NXD_ADDRESS" or not reads]
        refresh = ["    refresh()", *(f"    if not {twin}.created: write_{base}({twin})" for twin, base in twins)]
        if name.endswith(_FAR) and name not in _NEAR:
            return ["if True:", *refresh]
        if name == "tx_interrupt_control":
            others_ran += " or held_off"
        own = [f"if {_IF.get((name, twin), '')}{twin} is not nothing: write_{base}({twin})" for twin, base in twins]
        own += [f"write_pool({packet})" for packet in self._given]
        if self._instance and name.endswith(_OWN):
            own += ["if ip is not None and ip.nx_ip_total_packets_sent != sent: write_instance(ip)"]
            if name.endswith("_message_get"):  # it gives back packets that hold nothing of the mail
                own += ["elif ip is not None: write_block(ip.nx_ip_default_packet_pool)"]
        elif self._instance and not reads:
            own.append(f"write_instance({self._instance})")
        elif name in _WAKING:
            own.append("write_threads()")
        return [f"if {others_ran}:", *refresh, *(["else:"] if own else []), *(f"    {line}" for line in own)]

    def _reading(self, params: list[tuple[str, str]], reads: bool) -> list[str]:
        """Whether what C has written into instances counts from this call on, because others may run in it."""
        name = self._service["name"]
        if name in _WAITING or (self._instance and not reads and not name.endswith(_OWN)):
            return ["    read_instances()"]
        ticks = [f"a{place}" for place, (name, _kind) in enumerate(params) if name in ("wait_option", "timer_ticks")]
        return [f"    if {ticks[0]}: read_instances()"] if ticks else []

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
        self._before.append(f"if t{place}.buffer != t{place}.shadow: t{place}.read()")
        self._arguments.append(f"t{place}.object")
        self._twins.append((f"t{place}", base))
        self._before.append(f"b{place} = t{place}.object") if place == 0 else None
        if place == 0:
            self._instance = _INSTANCES.get(base, "")

    def _packet(self, place: int) -> None:
        if self._checked and self._service.get("packet_by_variable"):
            self._before.append(f"v{place} = words64(a{place}) if a{place} else None")
            self._before.append(f"q{place} = packet(v{place}[0]) if a{place} else None")
            self._before.append(f"p{place} = [q{place}] if a{place} else None")
            self._arguments.append(f"p{place}")
            self._after.append(f"if q{place} is not None:")
            self._after.append(f"    if p{place}[0] is None: v{place}[0] = 0")
            self._after.append(f"    leave_packet(q{place})")
            self._given.append(f"q{place}")
            return
        self._before.append(f"p{place} = packet(a{place})")
        if place == 0:
            self._before.append("b0 = p0")
        self._arguments.append(f"p{place}")
        self._after.append(f"if p{place} is not None: leave_packet(p{place})")
        if self._service.get("packet_by_variable"):
            self._given.append(f"p{place}")

    def _output(self, place: int, base: str) -> None:
        self._before.append(f"o{place} = [unwritten] if a{place} else None")
        self._arguments.append(f"o{place}")
        how = "leave_packet" if base == "NX_PACKET" else "address_of"
        self._after.append(f"if a{place} and o{place}[0] is not unwritten: words64(a{place})[0] = {how}(o{place}[0])")

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
