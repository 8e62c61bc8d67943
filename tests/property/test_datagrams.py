"""UDP in IP fragments under any fault plan: a datagram arrives whole or not at all, and every packet comes back."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from netx_drivers import RamWire
from netx_sim import (
    NX_FRAGMENT_OKAY,
    NX_IP_NORMAL,
    NX_SUCCESS,
    NX_UDP_PACKET,
    NX_UDP_SOCKET,
    Ref,
    nx_packet_release,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_receive,
    nx_udp_socket_send,
    nx_udp_socket_unbind,
    packet_bytes,
    simulation,
    tx_thread_sleep,
)
from tests.property.two_hosts import Host, Plan, must, plans, thread

UDP_PORT = 6000
REASSEMBLY_TICKS = 13000  # the first fragment's time to live, 128, in seconds, and some


class Exchange:
    """A client that sends datagrams, with pauses, to a server that reads them."""

    def __init__(self, plan: Plan, datagrams: list[bytes], payload: int) -> None:
        driver = plan.driver(RamWire(latency_us=plan.latency_us))
        self.server, self.client = Host(1, driver, payload, 120), Host(2, driver, payload, 120)
        self.datagrams = datagrams
        self.received: list[bytes] = []
        thread("server", 3, self.serve)
        thread("client", 4, self.use)

    @staticmethod
    def socket(host: Host) -> NX_UDP_SOCKET:
        socket = NX_UDP_SOCKET()
        must(nx_udp_socket_create(host.ip, socket, "udp", NX_IP_NORMAL, NX_FRAGMENT_OKAY, 128, 20))
        must(nx_udp_socket_bind(socket, UDP_PORT, 0))
        return socket

    def serve(self) -> None:
        socket, packet = self.socket(self.server), Ref()
        while nx_udp_socket_receive(socket, packet, 2000) == NX_SUCCESS:
            self.received.append(packet_bytes(packet[0]))
            nx_packet_release(packet[0])
        tx_thread_sleep(REASSEMBLY_TICKS)
        nx_udp_socket_unbind(socket)
        must(nx_udp_socket_delete(socket))

    def use(self) -> None:
        tx_thread_sleep(5)
        socket = self.socket(self.client)
        for data in self.datagrams:
            packet = self.client.packet(data, NX_UDP_PACKET)
            assert packet is not None
            if nx_udp_socket_send(socket, packet, self.server.address, UDP_PORT) != NX_SUCCESS:
                nx_packet_release(packet)
            tx_thread_sleep(20)
        tx_thread_sleep(REASSEMBLY_TICKS)
        nx_udp_socket_unbind(socket)
        must(nx_udp_socket_delete(socket))


def run(plan: Plan, sizes: list[int], payload: int) -> Exchange:
    datagrams = [random.Random(index + plan.seed).randbytes(size) for index, size in enumerate(sizes)]
    made: list[Exchange] = []
    with simulation(seed=plan.seed) as sim:
        sim.run(lambda _: made.append(Exchange(plan, datagrams, payload)))
        for host in (made[0].server, made[0].client):
            assert host.pool.nx_packet_pool_available == host.pool.nx_packet_pool_total
    return made[0]


SIZES = st.lists(st.integers(0, 5000), min_size=1, max_size=6)


@settings(max_examples=40)
@given(plans(), SIZES, st.sampled_from([256, 1536]))
def test_a_datagram_arrives_whole_or_not_at_all(plan: Plan, sizes: list[int], payload: int) -> None:
    exchange = run(plan, sizes, payload)
    assert set(exchange.received) <= set(exchange.datagrams)


@settings(max_examples=15)
@given(SIZES, st.sampled_from([256, 1536]), st.integers(0, 1000))
def test_without_faults_all_arrive_in_order(sizes: list[int], payload: int, seed: int) -> None:
    exchange = run(Plan(seed=seed), sizes, payload)
    assert exchange.received == exchange.datagrams
