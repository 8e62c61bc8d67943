"""Two instances on one RAM wire whose frames may be disturbed, and what applications do on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from netx_drivers import Faults, RamWire
from netx_sim import (
    IP_ADDRESS,
    NX_FRAGMENT_OKAY,
    NX_IP,
    NX_IP_NORMAL,
    NX_PACKET_POOL,
    NX_SUCCESS,
    NX_TCP_PACKET,
    NX_TCP_SOCKET,
    TX_AUTO_START,
    TX_NO_TIME_SLICE,
    TX_THREAD,
    Ref,
    nx_arp_enable,
    nx_icmp_enable,
    nx_ip_create,
    nx_ip_fragment_enable,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_pool_create,
    nx_packet_release,
    nx_tcp_enable,
    nx_tcp_socket_create,
    nx_tcp_socket_send,
    nx_udp_enable,
    tx_thread_create,
)

NETWORK_MASK = 0xFFFFFF00
PORT = 110


@dataclass(frozen=True)
class Plan:
    """What happens to frames, as probabilities, and the seed of the choices."""

    seed: int = 0
    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    corrupt: float = 0.0
    latency_us: int = 0

    def driver(self, wire: RamWire) -> Faults:
        chances = {"loss": self.loss, "duplicate": self.duplicate, "reorder": self.reorder, "corrupt": self.corrupt}
        return Faults(wire, self.seed, **chances)


def plans(most: float = 0.1) -> st.SearchStrategy[Plan]:
    """Any fault plan with no probability above `most`."""
    chance = st.sampled_from([0.0, 0.01, 0.05, most])
    return st.builds(
        Plan,
        seed=st.integers(0, 1 << 30),
        loss=chance,
        duplicate=chance,
        reorder=chance,
        corrupt=chance,
        latency_us=st.sampled_from([0, 300, 25000]),
    )


class Host:
    """One instance with a pool of its own; its address ends in `number`."""

    def __init__(self, number: int, driver: Any, payload: int = 1536, packets: int = 60) -> None:
        self.address = IP_ADDRESS(10, 0, 0, number)
        self.pool, self.ip = NX_PACKET_POOL(), NX_IP()
        memory, stack, cache = bytearray(packets * (payload + 64)), bytearray(2048), bytearray(1040)
        must(nx_packet_pool_create(self.pool, "pool", payload, memory, len(memory)))
        must(nx_ip_create(self.ip, "ip", self.address, NETWORK_MASK, self.pool, driver, stack, len(stack), 1))
        must(nx_arp_enable(self.ip, cache, len(cache)))
        for enable in (nx_tcp_enable, nx_udp_enable, nx_icmp_enable, nx_ip_fragment_enable):
            must(enable(self.ip))

    def tcp_socket(self, window: int = 8192) -> NX_TCP_SOCKET:
        socket = NX_TCP_SOCKET()
        how = (NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, window, None, None)
        must(nx_tcp_socket_create(self.ip, socket, "socket", *how))
        return socket

    def packet(self, data: bytes, kind: int = NX_TCP_PACKET, wait: int = 1000) -> Ref | None:
        """A packet with those bytes, or None if the pool has no room for them in time."""
        packet = Ref()
        if nx_packet_allocate(self.pool, packet, kind, wait):
            return None
        if data and nx_packet_data_append(packet[0], data, len(data), self.pool, wait):
            nx_packet_release(packet)
            return None
        return packet

    def send(self, socket: NX_TCP_SOCKET, data: bytes, wait: int) -> int:
        packet = self.packet(data)
        assert packet is not None, "the pool of this test is large enough for its packets"
        status = nx_tcp_socket_send(socket, packet, wait)
        if status != NX_SUCCESS:
            nx_packet_release(packet)
        return status


def must(status: int) -> None:
    assert status == NX_SUCCESS, hex(status)


def thread(name: str, priority: int, body: Callable[[], None]) -> None:
    """Start a thread for `body`."""
    stack = bytearray(2048)
    how = (stack, len(stack), priority, priority, TX_NO_TIME_SLICE, TX_AUTO_START)
    must(tx_thread_create(TX_THREAD(), name, lambda _: body(), 0, *how))
