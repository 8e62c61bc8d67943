"""The world of the recorded dialogues, with what these need more: IPv6, an empty pool, an aborted wait."""

from typing import Any

from netx_sim.testing.dialogue_world import DialogueWorld, _must
from netx_sim.testing.services import call, public

_PORT = 110
_GLOBAL = 0x20010DB8
_VALID = 420  # duplicate detection of the first address is over, and the fast timer ticks
_ABORTER = 2  # outranks server and client


def _address(host: int) -> Any:
    return public("NXD_ADDRESS")(6, (_GLOBAL, 0, 0, host))


class LinkedWorld(DialogueWorld):
    """A dialogue over the link that it names."""

    def __init__(self, dialogue: dict[str, Any]) -> None:
        super().__init__(dialogue)
        self._ipv6 = dialogue["link"] == "ipv6"
        if self._ipv6:
            self._start_tick = _VALID
        self._drained: list[Any] = []
        self._user: Any = None

    def _define(self, memory: object) -> None:
        super()._define(memory)
        if self._ipv6:
            self._enable(self._server_ip, 4)
            self._enable(self._client_ip, 5)

    def _enable(self, ip: Any, host: int) -> None:
        _must("nxd_ipv6_enable", ip)
        _must("nxd_icmp_enable", ip)
        _must("nxd_ipv6_address_set", ip, 0, _address(host), 64, None)

    def _warm_arp(self) -> None:
        self._user = call("tx_thread_identify")
        if not self._ipv6:
            super()._warm_arp()
            return
        call("tx_thread_sleep", _VALID - 10)
        cell = public("Ref")()
        _must("nxd_icmp_ping", self._client_ip, _address(4), b"warm", 4, cell, 100)
        call("nx_packet_release", cell[0])

    def _client_step(self, step: dict[str, Any]) -> None:
        if "drain" in step:
            self._drain(step["drain"])
        elif "refill" in step:
            while self._drained:
                call("nx_packet_release", self._drained.pop())
        else:
            super()._client_step(step)

    def _drain(self, left: int) -> None:
        """Take packets until `left` are free."""
        while self._pool.nx_packet_pool_available > left:
            cell = public("Ref")()
            _must("nx_packet_allocate", self._pool, cell, 0, 0)
            self._drained.append(cell[0])

    def _act(self, step: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if "abort_after" in step:
            self._abort_after(step["abort_after"])
        if step["call"] == "nx_pop3_client_create" and self._ipv6:
            who = (_address(4), _PORT, step["name"], step["password"])
            arguments = (self._client, step["apop"], self._client_ip, self._pool, *who)
            return call("nxd_pop3_client_create", *arguments), {}
        return super()._act(step)

    def _abort_after(self, ticks: int) -> None:
        def abort() -> None:
            call("tx_thread_sleep", ticks)
            call("tx_thread_wait_abort", self._user)

        self._thread("aborter", abort, _ABORTER)
