"""One scenario of a packet trace, run on a fresh stack: set-up, peer, application threads, what came out."""

from dataclasses import dataclass, field
from typing import Any

from netx_sim.testing.frames import Words, describe_frame, internet_checksum, pseudo_header
from netx_sim.testing.services import call, public
from netx_sim.testing.trace_calls import CALLS
from netx_sim.testing.trace_calls_support import v4
from netx_sim.testing.trace_driver import TraceDriver

_IP_THREAD_PRIORITY = 1
_PEER_PRIORITY = 0
_APPLICATION_PRIORITY = 4
_LAST_PRIORITY = 31
_STACK = 4096
_PACKET_HEADER = 60
_ARP_ENTRY = 52


@dataclass
class Connection:
    """A TCP connection of the stack, numbered from 1 by the order of first SYN or SYN-ACK."""

    ports: tuple[int, int]
    peer: str
    iss: int


@dataclass
class Recording:
    """What a run did, in the form of the recorded expectation (frames carry plain numbers)."""

    events: list[dict[str, Any]] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    pools_at_end: dict[str, int] = field(default_factory=dict)
    still_blocked_steps: list[int] = field(default_factory=list)
    not_reached_steps: list[int] = field(default_factory=list)
    log: list[tuple[int, str, Words]] = field(default_factory=list)


class SetUpError(Exception):
    """A service of the set-up, or the scenario itself, failed: nothing to compare."""


class TraceWorld:
    """The state of one run; `trace_calls` acts on it."""

    def __init__(self, scenario: dict[str, Any]) -> None:
        self.scenario = scenario
        self.config: dict[str, Any] = scenario["config"]
        self.recording = Recording()
        self.driver = TraceDriver(self.config, self.record)
        self.pool = public("NX_PACKET_POOL")()
        self.ip = public("NX_IP")()
        self.tcp_sockets: dict[int, Any] = {}
        self.udp_sockets: dict[int, Any] = {}
        self.threads: dict[int, Any] = {}
        self.held_packets: list[Any] = []
        self.pop3_client: Any = None
        self._begun: set[int] = set()
        self._done: set[int] = set()
        self._sim: Any = None

    def run(self) -> Recording:
        """Play the scenario to its end tick."""
        with public("simulation")(seed=1) as sim:
            self._sim = sim
            sim.run(self._define)
        return self.recording

    def record(self, **event: Any) -> None:
        """Something happened now."""
        tick = self._sim.now
        frame = event.pop("frame", None)
        if frame is not None:
            words = describe_frame(frame, ethernet=self.driver.ethernet)
            self._note_connection(words)
            self.recording.log.append((tick, ">", words))
            event["out"] = words
        self.recording.events.append({"tick": tick, **event})

    def callback(self, name: str, sockets: dict[int, Any] | None = None, block: Any = None, **more: Any) -> None:
        """A callback ran; `block` is the socket it was given."""
        index = next((i for i, socket in (sockets or {}).items() if socket is block), 0)
        self.record(callback=name, socket=index, **more)

    def _note_connection(self, words: Words) -> None:
        tcp = words.get("tcp")
        if not tcp or "SYN" not in tcp["flags"]:
            return
        network = words.get("ipv4") or words["ipv6"]
        found = Connection((tcp["src_port"], tcp["dst_port"]), network["dst"], tcp["seq"])
        if found not in self.recording.connections:
            self.recording.connections.append(found)

    # set-up

    def _define(self, _memory: object) -> None:
        config = self.config
        self._create_pool_and_ip()
        self._enable()
        if config.get("gateway"):
            self._must("nx_ip_gateway_address_set", self.ip, v4(config["gateway"]))
        if config["enabled"].get("ip_fragment"):
            self._must("nx_ip_fragment_enable", self.ip)
        self._handlers()
        self._create_threads()

    def _must(self, name: str, *args: object) -> None:
        status = call(name, *args)
        if status:
            raise SetUpError(f"{name} answered {status:#04x} in the set-up")

    def _create_pool_and_ip(self) -> None:
        payload, packets = self.config["pool"]["payload"], self.config["pool"]["packets"]
        memory = bytearray(packets * (_PACKET_HEADER + (payload + 3) // 4 * 4) + 3)
        self._must("nx_packet_pool_create", self.pool, "pool", payload, memory, len(memory))
        if self.pool.nx_packet_pool_total != packets:
            raise SetUpError(f"the pool has {self.pool.nx_packet_pool_total} packets instead of {packets}")
        local, mask = v4(self.config["address"]), v4(self.config["mask"])
        stack = bytearray(_STACK)
        args = (self.ip, "ip", local, mask, self.pool, self.driver, stack, len(stack), _IP_THREAD_PRIORITY)
        self._must("nx_ip_create", *args)

    def _enable(self) -> None:
        enabled = self.config["enabled"]
        if enabled.get("arp"):
            cache = bytearray(self.config["arp_cache_entries"] * _ARP_ENTRY)
            self._must("nx_arp_enable", self.ip, cache, len(cache))
        for key, service in (("tcp", "nx_tcp_enable"), ("udp", "nx_udp_enable"), ("ipv6", "nxd_ipv6_enable")):
            if enabled.get(key):
                self._must(service, self.ip)
        if enabled.get("icmp"):
            self._must(enabled["icmp"], self.ip)

    def _handlers(self) -> None:
        def conflict(_ip: Any, _index: int, probe: int, msw: int, lsw: int) -> None:
            self.callback("arp_conflict", addr=f"{probe:08x}", mac=f"{msw:04x}{lsw:08x}")

        def changed(_ip: Any, _info: Any) -> None:
            self.callback("address_change")

        def flags(_ip: Any, flag: int) -> None:
            self.callback("ra_flag", flag=flag)

        never_waits = public("never_waits")
        self.ip.nx_ip_interface[0].nx_interface_ip_conflict_notify_handler = never_waits(conflict)
        self._must("nx_ip_address_change_notify", self.ip, never_waits(changed), None)
        if self.config["enabled"].get("ipv6"):
            self._must("nxd_icmpv6_ra_flag_callback_set", self.ip, never_waits(flags))

    def _create_threads(self) -> None:
        steps = list(enumerate(self.scenario["steps"]))
        frames = [(i, step) for i, step in steps if "frame" in step]
        self._thread(-1, "peer", lambda _: self._peer(frames), _PEER_PRIORITY)
        for index in sorted({step["thread"] for _, step in steps if "thread" in step}):
            mine = [(i, step) for i, step in steps if step.get("thread") == index]
            self._thread(index, f"application {index}", lambda _, mine=mine: self._application(mine))
        self._thread(-2, "end", lambda _: self._end(), _LAST_PRIORITY)

    def _thread(self, index: int, name: str, entry: Any, priority: int = _APPLICATION_PRIORITY) -> None:
        block = self.threads[index] = public("TX_THREAD")()
        stack = bytearray(_STACK)
        self._must("tx_thread_create", block, name, entry, 0, stack, len(stack), priority, priority, 0, 1)

    # threads

    def _sleep_until(self, tick: int) -> None:
        if tick > self._sim.now:
            public("tx_thread_sleep")(tick - self._sim.now)

    def _peer(self, frames: list[tuple[int, dict[str, Any]]]) -> None:
        for index, step in frames:
            self._sleep_until(step["at_tick"])
            frame = self._filled(step)
            words = describe_frame(frame, ethernet=self.driver.ethernet)
            self.recording.log.append((step["at_tick"], "<", words))
            self.driver.receive(frame, index)

    def _application(self, steps: list[tuple[int, dict[str, Any]]]) -> None:
        for index, step in steps:
            self._sleep_until(step["at_tick"])
            called_at = self._sim.now
            self._begun.add(index)
            status, outs = CALLS[step["call"]](self, step["args"])
            result = {"step": index, "call": step["call"], "called_at": called_at, "status": f"0x{status:02X}"}
            if outs is not None:
                result["outs"] = outs
            self._done.add(index)
            self.record(**{"return": result})

    def _end(self) -> None:
        self._sleep_until(self.scenario["end_tick"])
        recording, pool = self.recording, self.pool
        calls = [i for i, step in enumerate(self.scenario["steps"]) if "call" in step]
        recording.still_blocked_steps = [i for i in calls if i in self._begun and i not in self._done]
        recording.not_reached_steps = [i for i in calls if i not in self._begun]
        recording.pools_at_end = {
            "available": pool.nx_packet_pool_available,
            "total": pool.nx_packet_pool_total,
            "empty_requests": pool.nx_packet_pool_empty_requests,
            "invalid_releases": pool.nx_packet_pool_invalid_releases,
        }
        self._sim.stop()

    # the peer's frames

    def connection(self, number: int) -> Connection:
        """The stack's connection of that number."""
        if number > len(self.recording.connections):
            opened = len(self.recording.connections)
            raise SetUpError(f"the scenario needs connection {number}, the stack opened {opened}")
        return self.recording.connections[number - 1]

    def _filled(self, step: dict[str, Any]) -> bytes:
        """The frame of a step with the stack's own numbers filled in."""
        frame = bytearray.fromhex(step["frame"])
        for entry in step.get("add_iss", ()):
            at, iss = entry["offset"], self.connection(entry["connection"]).iss
            number = int.from_bytes(frame[at : at + 4], "big") + iss
            frame[at : at + 4] = (number & 0xFFFFFFFF).to_bytes(4, "big")
        for entry in step.get("set_port", ()):
            at, port = entry["offset"], self.connection(entry["connection"]).ports[0]
            frame[at : at + 2] = port.to_bytes(2, "big")
        if "tcp_checksum" in step:
            self._checksum(frame, step["tcp_checksum"])
        return bytes(frame)

    def _checksum(self, frame: bytearray, how: dict[str, Any]) -> None:
        at, start, length = how["offset"], how["segment_offset"], how["segment_length"]
        network = 14 if self.driver.ethernet else 0
        size = 16 if how["ip_version"] == 6 else 4
        source = network + (8 if size == 16 else 12)
        frame[at : at + 2] = b"\0\0"
        ends = bytes(frame[source : source + size]), bytes(frame[source + size : source + 2 * size])
        covered = pseudo_header(*ends, 6, length) + bytes(frame[start : start + length])
        frame[at : at + 2] = (internet_checksum(covered) ^ how["xor"]).to_bytes(2, "big")
