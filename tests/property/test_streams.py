"""TCP under any seeded fault plan: what arrives is what was sent, or a status says why; and every packet comes back."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from netx_drivers import RamWire
from netx_sim import (
    NX_SUCCESS,
    NX_WAIT_FOREVER,
    Ref,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_client_socket_unbind,
    nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen,
    nx_tcp_server_socket_unaccept,
    nx_tcp_server_socket_unlisten,
    nx_tcp_socket_delete,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_receive,
    packet_bytes,
    simulation,
    tx_thread_sleep,
)
from tests.property.two_hosts import PORT, Host, Plan, plans, thread

PATIENCE = 3000
READER_PATIENCE = 6000
ARP_GIVES_UP = 20000  # packets may wait that long for an address that nobody tells


class Transfer:
    """A client that sends pieces to a server, and what each of them saw."""

    def __init__(self, plan: Plan, pieces: list[bytes], window: int, payload: int) -> None:
        wire = RamWire(latency_us=plan.latency_us)
        driver = plan.driver(wire)
        self.server = Host(1, driver, payload, 200)
        self.client = Host(2, driver, payload, 200)
        self.pieces = pieces
        self.window = window
        self.received = b""
        self.statuses: list[int] = []
        thread("server", 3, self.serve)
        thread("client", 4, self.use)

    def serve(self) -> None:
        socket = self.server.tcp_socket(self.window)
        nx_tcp_server_socket_listen(self.server.ip, PORT, socket, 5, None)
        if nx_tcp_server_socket_accept(socket, READER_PATIENCE) == NX_SUCCESS:
            packet = Ref()
            while nx_tcp_socket_receive(socket, packet, READER_PATIENCE) == NX_SUCCESS:
                self.received += packet_bytes(packet[0])
                nx_packet_release(packet[0])
            nx_tcp_socket_disconnect(socket, PATIENCE)
        nx_tcp_server_socket_unaccept(socket)
        nx_tcp_server_socket_unlisten(self.server.ip, PORT)
        assert nx_tcp_socket_delete(socket) == NX_SUCCESS
        tx_thread_sleep(ARP_GIVES_UP)

    def use(self) -> None:
        tx_thread_sleep(5)
        socket = self.client.tcp_socket(self.window)
        assert nx_tcp_client_socket_bind(socket, 4000, NX_WAIT_FOREVER) == NX_SUCCESS
        self.statuses = [nx_tcp_client_socket_connect(socket, self.server.address, PORT, PATIENCE)]
        for piece in self.pieces:
            if self.statuses[-1] == NX_SUCCESS:
                self.statuses.append(self.client.send(socket, piece, PATIENCE))
        self.statuses.append(nx_tcp_socket_disconnect(socket, PATIENCE))
        nx_tcp_client_socket_unbind(socket)
        assert nx_tcp_socket_delete(socket) == NX_SUCCESS
        tx_thread_sleep(ARP_GIVES_UP)


def judge(transfer: Transfer) -> None:
    sent = b"".join(transfer.pieces)
    assert sent.startswith(transfer.received), "bytes that were never sent, or in another order"
    if set(transfer.statuses) == {NX_SUCCESS}:
        assert transfer.received == sent, "success, but bytes are missing"
    for host in (transfer.server, transfer.client):
        assert host.pool.nx_packet_pool_available == host.pool.nx_packet_pool_total
        assert host.pool.nx_packet_pool_invalid_releases == 0


def run(plan: Plan, sizes: list[int], window: int = 8192, payload: int = 1536) -> Transfer:
    pieces = [random.Random(index + plan.seed).randbytes(size) for index, size in enumerate(sizes)]
    made: list[Transfer] = []
    with simulation(seed=plan.seed) as sim:
        sim.run(lambda _: made.append(Transfer(plan, pieces, window, payload)))
        judge(made[0])
    return made[0]


@settings(max_examples=40)
@given(plans(), st.lists(st.integers(1, 6000), min_size=1, max_size=8), st.sampled_from([600, 1460, 8192, 65535]))
def test_any_plan(plan: Plan, sizes: list[int], window: int) -> None:
    run(plan, sizes, window)


@settings(max_examples=15)
@given(plans(0.4), st.lists(st.integers(1, 3000), min_size=1, max_size=4))
def test_a_link_so_bad_that_connections_die(plan: Plan, sizes: list[int]) -> None:
    run(plan, sizes)


@settings(max_examples=15)
@given(plans(), st.lists(st.integers(1, 2000), min_size=1, max_size=5), st.sampled_from([128, 300, 700]))
def test_small_payloads_make_chains(plan: Plan, sizes: list[int], payload: int) -> None:
    run(plan, sizes, payload=payload)


def test_without_faults_everything_arrives() -> None:
    transfer = run(Plan(), [5000, 1, 1460, 9000])
    assert set(transfer.statuses) == {NX_SUCCESS}
    assert len(transfer.received) == 5000 + 1 + 1460 + 9000


def test_the_same_seed_gives_the_same_run() -> None:
    plan = Plan(seed=7, loss=0.05, duplicate=0.05, reorder=0.05)
    runs = [run(plan, [4000, 4000]) for _ in range(2)]
    assert runs[0].statuses == runs[1].statuses
    assert runs[0].received == runs[1].received
