"""Deadlines on the grid of the fast event: which sockets are looked at, and when nobody is."""

from collections.abc import Callable

import pytest

from netx_sim import NX_IN_PROGRESS, NX_SUCCESS, nx_tcp_client_socket_bind, nx_tcp_client_socket_connect
from netx_sim.tcp.block import NEVER
from netx_sim.tcp.timers import due_sockets, timer_start, timer_stop
from netx_sim.testing.drill import PEER, Drill

Maker = Callable[..., Drill]


def test_an_idle_connection_costs_nothing(drill: Drill) -> None:
    """With nothing due no socket is remembered, and the kernel need not stop at fast events."""
    drill.established()
    drill.send_in_flight(1)
    drill("+0 < . 1:1(0) ack 1461")
    drill.sleep(2)
    tcp = drill.ip._tcp
    assert tcp.timed == set()
    assert tcp.next_due == NEVER


@pytest.mark.parametrize(("ticks", "after"), [(1, 10), (9, 10), (10, 10), (11, 20), (100, 100), (101, 110)])
def test_deadlines_are_rounded_up_to_fast_events(drill: Drill, ticks: int, after: int) -> None:
    drill.established()
    start = drill.tick
    timer_start(drill.socket, ticks)
    assert drill.socket._deadline == start + after
    timer_start(drill.socket, 0)
    assert drill.socket._deadline == NEVER, "0 ticks is off"


def test_due_in_the_order_of_creation(drill: Drill) -> None:
    sockets = [drill.create_socket() for _ in range(4)]
    for socket in reversed(sockets):
        timer_start(socket, 30)
    timer_stop(sockets[1])
    tcp = drill.ip._tcp
    assert due_sockets(tcp, drill.tick + 29) == []
    assert due_sockets(tcp, drill.tick + 30) == [sockets[0], sockets[2], sockets[3]]
    for socket in sockets:
        timer_stop(socket)


def test_sockets_repeat_each_at_its_time(drill: Drill) -> None:
    """Two connects half a second apart, both unanswered."""
    peers = []
    for index in range(2):
        socket = drill.create_socket()
        assert nx_tcp_client_socket_bind(socket, 4000 + index, 0) == NX_SUCCESS
        peers.append(drill.new_peer(80, local_port=4000 + index))
        assert nx_tcp_client_socket_connect(socket, PEER, 80, 0) == NX_IN_PROGRESS
        peers[index]("+0 > S 0:0(0)")
        drill.sleep(0.5)
    for _ in range(2):
        peers[0]("0~.5 > S 0:0(0)")
        peers[1]("+.5 > S 0:0(0)")


@pytest.mark.parametrize("rate", [5, 10, 20, 50])
def test_the_fast_event_follows_its_rate(make_drill: Maker, rate: int) -> None:
    """NX_TCP_FAST_TIMER_RATE divides a second; repetitions stay a second apart."""
    drill = make_drill({"NX_TCP_FAST_TIMER_RATE": rate})
    drill.established()
    drill.align(100)
    drill.send_in_flight(1)
    drill("""
      .8~1.2 > P. 1:1461(1460) ack 1
      +0     < . 1:1(0) ack 1461
    """)
