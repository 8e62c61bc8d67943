"""One POP3 dialogue: a scripted server thread and a client thread, each with its own instance, on one RAM wire."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from netx_sim.testing.services import call, public

_SERVER, _CLIENT, _MASK = 0x01020304, 0x01020305, 0xFFFFFF00
_PORT = 110
_IP_PRIORITY, _SERVER_PRIORITY, _CLIENT_PRIORITY = 1, 3, 4
_STACK = 4096
_PACKET_HEADER = 60
_SERVER_PACKETS, _SERVER_PAYLOAD = 63, 1536
_CLIENT_PACKETS = {1536: 20, 256: 72}  # free at the start of the recordings, by payload
_ARP_CACHE = 1040
_WINDOW, _LISTEN_QUEUE = 4096, 5
_FIN_WAIT = 300
_START_TICK = 20  # a tick of the fast timer, as in the recordings
_SETTLE = 1500
_FOREVER = 0xFFFFFFFF
NX_SUCCESS = 0


@dataclass
class Results:
    """What a run gave, in the form of the recorded expectation (statuses are numbers)."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    client_sent: list[str] = field(default_factory=list)
    packets_lost: int = -1
    error: str = ""


class SetUpError(Exception):
    """A service of the set-up failed."""


def client_pool(setup: dict[str, Any]) -> tuple[int, int]:
    """Payload and number of the packets of the client's pool."""
    payload = setup.get("payload", _SERVER_PAYLOAD)
    return payload, _CLIENT_PACKETS.get(payload) or setup["packets"]


def _must(name: str, *args: object) -> None:
    status = call(name, *args)
    if status:
        raise SetUpError(f"{name} answered {status:#04x} in the set-up")


def _pool(name: str, payload: int, packets: int) -> Any:
    pool = public("NX_PACKET_POOL")()
    memory = bytearray(packets * (_PACKET_HEADER + (payload + 3) // 4 * 4) + 3)
    _must("nx_packet_pool_create", pool, name, payload, memory, len(memory))
    return pool


def _instance(name: str, address: int, pool: Any) -> Any:
    ip, stack, cache = public("NX_IP")(), bytearray(_STACK), bytearray(_ARP_CACHE)
    driver = public("nx_ram_network_driver")
    _must("nx_ip_create", ip, name, address, _MASK, pool, driver, stack, len(stack), _IP_PRIORITY)
    _must("nx_arp_enable", ip, cache, len(cache))
    _must("nx_tcp_enable", ip)
    _must("nx_icmp_enable", ip)
    return ip


class DialogueWorld:
    """The state of one run."""

    def __init__(self, dialogue: dict[str, Any], config: dict[str, int] | None = None) -> None:
        self.results = Results()
        self._config = config
        self._dialogue = dialogue
        self._setup: dict[str, Any] = dialogue["setup"]
        self._start_tick = _START_TICK
        self._sim: Any = None
        self._pool: Any = None
        self._server_ip: Any = None
        self._client_ip: Any = None
        self._client: Any = None
        self._socket: Any = None

    def run(self) -> Results:
        """Run the dialogue to its end and until lost packets can be told."""
        with public("simulation")(seed=1, config=self._config) as sim:
            self._sim = sim
            try:
                sim.run(self._define)
            except Exception as error:  # noqa: BLE001 - whatever the stack raises is a finding
                self.results.error = f"{type(error).__name__}: {error}"
        return self.results

    def _define(self, _memory: object) -> None:
        self._server_ip = _instance("server", _SERVER, _pool("server", _SERVER_PAYLOAD, _SERVER_PACKETS))
        self._thread("server", self._serve, _SERVER_PRIORITY)
        self._define_client()

    def _define_client(self) -> None:
        self._pool = _pool("client", *client_pool(self._setup))
        self._client_ip = _instance("client", _CLIENT, self._pool)
        self._thread("client", self._use, _CLIENT_PRIORITY)

    def _thread(self, name: str, entry: Callable[[], None], priority: int) -> None:
        stack = bytearray(_STACK)
        args = (public("TX_THREAD")(), name, lambda _: entry(), 0, stack, len(stack), priority, priority, 0, 1)
        _must("tx_thread_create", *args)

    # server

    def _serve(self) -> None:
        if self._setup.get("nolisten"):
            return
        self._socket = socket = public("NX_TCP_SOCKET")()
        how = (public("NX_IP_NORMAL"), public("NX_FRAGMENT_OKAY"), 128, _WINDOW, None, None)
        _must("nx_tcp_socket_create", self._server_ip, socket, "server", *how)
        _must("nx_tcp_server_socket_listen", self._server_ip, _PORT, socket, _LISTEN_QUEUE, None)
        _must("nx_tcp_server_socket_accept", socket, _FOREVER)
        for step in self._dialogue["server"]:
            self._serve_step(step)
        while self._read(_FOREVER):
            pass
        if not self._setup.get("noclose"):
            call("nx_tcp_socket_disconnect", socket, _FIN_WAIT)
            call("nx_tcp_server_socket_unaccept", socket)

    def _serve_step(self, step: dict[str, Any]) -> None:
        if "send" in step:
            self._send(step["send"].encode("latin-1"))
        elif "receive" in step:
            self._read(_FOREVER)
        elif "close" in step:
            call("nx_tcp_socket_disconnect", self._socket, _FIN_WAIT if step["close"] == "fin" else 0)
        elif "sleep_ticks" in step:
            call("tx_thread_sleep", step["sleep_ticks"])

    def _send(self, data: bytes) -> None:
        cell, pool = public("Ref")(), self._server_ip.nx_ip_default_packet_pool
        _must("nx_packet_allocate", pool, cell, public("NX_TCP_PACKET"), _FOREVER)
        if data:
            _must("nx_packet_data_append", cell[0], data, len(data), pool, _FOREVER)
        if call("nx_tcp_socket_send", self._socket, cell, _FOREVER):
            call("nx_packet_release", cell)

    def _read(self, wait: int) -> bool:
        cell = public("Ref")()
        if call("nx_tcp_socket_receive", self._socket, cell, wait):
            return False
        self.results.client_sent.append(bytes(public("packet_bytes")(cell[0])).decode("latin-1"))
        call("nx_packet_release", cell[0])
        return True

    # client

    def _use(self) -> None:
        self._warm_arp()
        call("tx_thread_sleep", self._start_tick - self._sim.now)
        self._client = public("NX_POP3_CLIENT")()
        total = self._pool.nx_packet_pool_available
        for step in self._dialogue["client"]:
            self._client_step(step)
        call("tx_thread_sleep", _SETTLE)
        self.results.packets_lost = total - self._pool.nx_packet_pool_available
        self._sim.stop()

    def _warm_arp(self) -> None:
        call("tx_thread_sleep", 2)
        cell = public("Ref")()
        _must("nx_icmp_ping", self._client_ip, _SERVER, b"warm", 4, cell, 10)
        call("nx_packet_release", cell[0])

    def _client_step(self, step: dict[str, Any]) -> None:
        if "sleep_ticks" in step:
            call("tx_thread_sleep", step["sleep_ticks"])
            return
        if "poke" in step:
            setattr(self._client, step["poke"], step["value"])
            return
        while True:
            result = self._timed(step)
            again = "repeat" in step and result["status"] == NX_SUCCESS and not result.get("final_packet")
            if not again:
                return

    def _timed(self, step: dict[str, Any]) -> dict[str, Any]:
        started = self._sim.now
        status, outs = self._act(step)
        result = {"call": step["call"], "status": status, "ticks": self._sim.now - started, **outs}
        if status == NX_SUCCESS and step["call"].endswith("_message_get"):
            result.update(self._received(step))
        result["receive_pool_available"] = self._pool.nx_packet_pool_available
        self.results.calls.append(result)
        return result

    def _act(self, step: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        service, client = step["call"], self._client
        if service == "nx_pop3_client_create":
            who = (_SERVER, _PORT, step["name"], step["password"])
            return call(service, client, step["apop"], self._client_ip, self._pool, *who), {}
        outputs = _OUTPUTS.get(service, ())
        cells = [public("Ref")() for _ in outputs]
        if service.endswith("_message_get"):
            self._packet = public("Ref")()
            status = call(service, client, self._packet, *cells)
        else:
            status = call(service, client, *([step["index"]] if "index" in step else []), *cells)
        outs = {name: cell[0] for name, cell in zip(outputs, cells, strict=True)}
        held = client.nx_pop3_client_message_ptr
        if service.endswith("_item_get") and status == NX_SUCCESS and held is not None:
            outs["held_length"] = held.nx_packet_length
        return status, outs

    def _received(self, step: dict[str, Any]) -> dict[str, Any]:
        packet = self._packet[0]
        words: dict[str, Any] = {"packet_length": packet.nx_packet_length}
        words["chained"] = int(packet.nx_packet_next is not None)
        words["data"] = bytes(public("packet_bytes")(packet)).decode("latin-1")
        if step.get("release", True):
            call("nx_packet_release", packet)
        return words


_OUTPUTS = {
    "nx_pop3_client_mail_items_get": ("number_mail_items", "maildrop_total_size"),
    "nx_pop3_client_mail_item_get": ("item_size",),
    "nx_pop3_client_mail_item_size_get": ("size",),
    "nx_pop3_client_mail_item_message_get": ("bytes_retrieved", "final_packet"),
}
