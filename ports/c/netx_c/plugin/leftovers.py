"""What a test leaves behind: packets, sockets and threads, each with who made it and where.

What lives as long as the device is no leftover: what `tx_application_define` creates, what a thread creates that is
still there, what fixtures made before the test began.
"""

from collections.abc import Callable
from typing import Any

from netx_sim.constants_tx import TX_COMPLETED, TX_TERMINATED
from netx_sim.kernel import CONTEXT_INIT, Simulation
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.leaks import LeakReport, leak_report, program_line

_ENDED = (TX_COMPLETED, TX_TERMINATED)


class Origin:
    """Where a socket or thread comes from."""

    def __init__(self, sim: Simulation, part: str) -> None:
        self.part = part  # of the test: setup, call, or what the fixtures do for themselves
        self.thread: TX_THREAD | None = sim.current
        self.device = sim.context == CONTEXT_INIT
        self.tick = sim.now
        self.line = program_line()

    def lasting(self, body: TX_THREAD | None) -> bool:
        """May what was made stay?"""
        if self.part != "call" or self.device:
            return True
        thread = self.thread
        if thread is None or thread is body:
            return False
        return thread.tx_thread_id != 0 and thread.tx_thread_state not in _ENDED

    def __str__(self) -> str:
        who = f"by thread {self.thread.tx_thread_name} " if self.thread is not None else ""
        return f"created {who}at tick {self.tick}" + (f", from {self.line}" if self.line else "")


class _Created(list[Any]):
    """A list of the kernel's or of an instance that notes where its members come from."""

    def __init__(self, members: Any, note: Callable[[Any], None]) -> None:
        super().__init__(members)
        self._note = note

    def append(self, member: Any) -> None:
        """A new member."""
        super().append(member)
        self._note(member)


class Leftovers:
    """Watches one simulation."""

    def __init__(self, sim: Simulation) -> None:
        self._sim = sim
        self._body = sim.current
        self.part = "setup"
        self.others: list[Any] = []  # pools of the fixtures' own
        self._origins: dict[int, Origin] = {}
        sim.threads = _Created(sim.threads, self._note)
        sim.ip_instances = _Created(sim.ip_instances, self._watch)

    def _note(self, member: Any) -> None:
        self._origins[id(member)] = Origin(self._sim, self.part)

    def forgive(self, member: Any) -> None:
        """This one goes with the test."""
        self._origins.pop(id(member), None)

    def _watch(self, ip_ptr: Any) -> None:
        """An instance was created: note its sockets."""
        ip_ptr.nx_ip_tcp_created_sockets_ptr = _Created(ip_ptr.nx_ip_tcp_created_sockets_ptr, self._note)
        ip_ptr.nx_ip_udp_created_sockets_ptr = _Created(ip_ptr.nx_ip_udp_created_sockets_ptr, self._note)

    # -- what is left -----------------------------------------------------------------------------

    def found(self) -> list[str]:
        """One text for each pool, socket and thread that is left."""
        return [*self.packets(), *self.sockets(), *self.threads()]

    def packets(self) -> list[str]:
        """Pools that are not full: which packets are out, and who has them."""
        text = str(LeakReport([leak for leak in leak_report(self._sim) if leak.pool not in self.others]))
        return ["pool " + part for part in ("\n" + text).split("\npool ")[1:]]

    def sockets(self) -> list[str]:
        """Sockets whose creator is gone."""
        lines = []
        for ip_ptr in self._sim.ip_instances:
            for kind, sockets in (
                ("TCP", ip_ptr.nx_ip_tcp_created_sockets_ptr),
                ("UDP", ip_ptr.nx_ip_udp_created_sockets_ptr),
            ):
                lines += [
                    f"{kind} socket {_name(socket, kind)} of {_text(ip_ptr.nx_ip_name)} was not deleted: {origin}"
                    for socket in sockets
                    if (origin := self._left(socket)) is not None
                ]
        return lines

    def threads(self) -> list[str]:
        """Threads whose creator is gone."""
        lines = []
        for thread in self._sim.threads:
            origin = self._left(thread) if thread._activity is None and thread is not self._body else None
            if origin is not None:
                state = "has ended and" if thread.tx_thread_state in _ENDED else "still runs and"
                lines.append(f"thread {_text(thread.tx_thread_name)} {state} was not deleted: {origin}")
        return lines

    def _left(self, member: Any) -> Origin | None:
        origin = self._origins.get(id(member))
        return None if origin is None or origin.lasting(self._body) else origin


def _name(socket: Any, kind: str) -> str:
    return _text(socket.nx_tcp_socket_name if kind == "TCP" else socket.nx_udp_socket_name)


def _text(name: Any) -> str:
    """A C name as text."""
    if isinstance(name, bytes | bytearray):
        return bytes(name).split(b"\0")[0].decode("utf-8", "replace")
    return str(name)
