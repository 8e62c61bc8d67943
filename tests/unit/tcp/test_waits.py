"""Threads that wait on sockets: several at a time, aborted, out of time, and what becomes of the socket."""

from collections.abc import Callable
from typing import Any

import pytest

from netx_sim import (
    NX_DISCONNECT_FAILED,
    NX_NO_PACKET,
    NX_NOT_CONNECTED,
    NX_PORT_UNAVAILABLE,
    NX_SUCCESS,
    NX_TCP_CLOSED,
    NX_TCP_FIN_WAIT_1,
    NX_TCP_LISTEN_STATE,
    NX_WAIT_ABORTED,
    TX_THREAD,
    Ref,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_client_socket_unbind,
    nx_tcp_server_socket_accept,
    nx_tcp_socket_delete,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_receive,
    packet_bytes,
    tx_thread_identify,
    tx_thread_wait_abort,
)
from netx_sim.testing.drill import FOREVER, LOCAL_PORT, PEER, PEER_PORT, Background, Drill


def start_named(drill: Drill, service: Callable[..., int], *args: Any) -> tuple[Background, list[TX_THREAD | None]]:
    """A service in a thread of its own, and the block of that thread once it runs."""
    blocks: list[TX_THREAD | None] = []

    def entry() -> int:
        blocks.append(tx_thread_identify())
        return service(*args)

    return drill.start(entry), blocks


# -- readers ----------------------------------------------------------------------------------------


def test_readers_are_served_in_turn(drill: Drill) -> None:
    drill.established(window=60000)
    packets = [Ref() for _ in range(3)]
    readers = [drill.start("nx_tcp_socket_receive", drill.socket, packet, FOREVER) for packet in packets]
    drill("""
      +0 < P. 1:4(3) ack 1
      +0 < P. 4:6(2) ack 1
    """)
    assert [reader.status for reader in readers] == [NX_SUCCESS, NX_SUCCESS, None]
    assert [packet_bytes(packet[0]) for packet in packets[:2]] == [b"abc", b"de"]
    for packet in packets[:2]:
        nx_packet_release(packet)
    drill("""
      +.2 > . 1:1(0) ack 6
      +0  < R 6:6(0)
    """)
    assert readers[2].status == NX_NOT_CONNECTED


@pytest.mark.parametrize("ticks", [1, 7, 25])
def test_a_reader_runs_out_of_time(drill: Drill, ticks: int) -> None:
    drill.established()
    before = drill.tick
    assert nx_tcp_socket_receive(drill.socket, Ref(), ticks) == NX_NO_PACKET
    assert drill.tick == before + ticks


def test_an_aborted_reader_leaves_the_data_to_the_next(drill: Drill) -> None:
    drill.established(window=60000)
    packet = Ref()
    reader, threads = start_named(drill, nx_tcp_socket_receive, drill.socket, Ref(), FOREVER)
    drill.sleep(0.01)
    tx_thread_wait_abort(threads[0])
    drill.sleep(0.01)
    assert reader.status == NX_WAIT_ABORTED
    drill("+0 < P. 1:4(3) ack 1")
    assert nx_tcp_socket_receive(drill.socket, packet, 0) == NX_SUCCESS
    nx_packet_release(packet)
    drill("* > . 1:1(0) ack 4")


# -- opening ----------------------------------------------------------------------------------------


def test_aborted_connect_gives_up(drill: Drill) -> None:
    """The socket is closed; its answer then finds nobody who wants it."""
    socket = drill.create_socket()
    assert nx_tcp_client_socket_bind(socket, LOCAL_PORT, 0) == NX_SUCCESS
    connecting, threads = start_named(drill, nx_tcp_client_socket_connect, socket, PEER, PEER_PORT, FOREVER)
    drill("+0 > S 0:0(0)")
    tx_thread_wait_abort(threads[0])
    drill.sleep(0.01)
    assert connecting.status == NX_WAIT_ABORTED
    assert socket.nx_tcp_socket_state == NX_TCP_CLOSED
    drill("+0 < S. 0:0(0) ack 1")
    drill.silent_for(3)


def test_connect_runs_out_of_time(drill: Drill) -> None:
    job = drill.connect(wait=30)
    drill("+0 > S 0:0(0)")
    drill.silent_for(0.4)
    assert job.status == NX_NOT_CONNECTED
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_accept_runs_out_of_time_and_the_socket_listens_on(drill: Drill) -> None:
    socket = drill.listen()
    assert nx_tcp_server_socket_accept(socket, 5) == NX_NOT_CONNECTED
    assert socket.nx_tcp_socket_state == NX_TCP_LISTEN_STATE
    accepting = drill.start("nx_tcp_server_socket_accept", socket, FOREVER)
    drill("""
      +0 < S 0:0(0)
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
    """)
    assert accepting.status == NX_SUCCESS


# -- closing ----------------------------------------------------------------------------------------


def test_disconnect_runs_out_of_time(drill: Drill) -> None:
    drill.established()
    closing = drill.start("nx_tcp_socket_disconnect", drill.socket, 20)
    drill("+0 > F. 1:1(0) ack 1")
    drill.silent_for(0.3)
    assert closing.status == NX_DISCONNECT_FAILED
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_aborted_disconnect_closes_the_socket(drill: Drill) -> None:
    drill.established()
    closing, threads = start_named(drill, nx_tcp_socket_disconnect, drill.socket, FOREVER)
    drill("+0 > F. 1:1(0) ack 1")
    assert drill.socket.nx_tcp_socket_state == NX_TCP_FIN_WAIT_1
    tx_thread_wait_abort(threads[0])
    drill.sleep(0.01)
    assert closing.status == NX_WAIT_ABORTED
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED
    drill.silent_for(3)


def test_an_end_that_comes_with_the_abort_is_not_undone(drill: Drill) -> None:
    """The peer's reset has closed the socket before the aborted thread runs on."""
    drill.established()
    closing, threads = start_named(drill, nx_tcp_socket_disconnect, drill.socket, FOREVER)
    drill("+0 > F. 1:1(0) ack 1")
    drill.sim.preempt_disable += 1
    tx_thread_wait_abort(threads[0])
    drill.sim.preempt_disable -= 1
    drill("+0 < R 1:1(0)")
    assert closing.status == NX_WAIT_ABORTED
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


# -- ports ------------------------------------------------------------------------------------------


def test_a_port_goes_to_the_first_who_waits(drill: Drill) -> None:
    first, second, third = (drill.create_socket() for _ in range(3))
    assert nx_tcp_client_socket_bind(first, 4000, 0) == NX_SUCCESS
    assert nx_tcp_client_socket_bind(second, 4000, 0) == NX_PORT_UNAVAILABLE
    waiting = [drill.start("nx_tcp_client_socket_bind", socket, 4000, FOREVER) for socket in (second, third)]
    drill.sleep(0.1)
    assert nx_tcp_client_socket_unbind(first) == NX_SUCCESS
    drill.sleep(0.01)
    assert [job.status for job in waiting] == [NX_SUCCESS, None]
    assert nx_tcp_client_socket_unbind(second) == NX_SUCCESS
    drill.sleep(0.01)
    assert waiting[1].status == NX_SUCCESS
    assert drill.ip._tcp.ports == {4000: [third]}
    assert drill.ip._tcp.binders == {}


def test_waiting_for_a_port_ends_with_time_or_unbind(drill: Drill) -> None:
    owner, waiter = drill.create_socket(), drill.create_socket()
    assert nx_tcp_client_socket_bind(owner, 4000, 0) == NX_SUCCESS
    assert nx_tcp_client_socket_bind(waiter, 4000, 5) == NX_PORT_UNAVAILABLE
    waiting = drill.start("nx_tcp_client_socket_bind", waiter, 4000, FOREVER)
    drill.sleep(0.1)
    assert waiting.status is None
    assert nx_tcp_socket_delete(waiter) != NX_SUCCESS, "it counts as bound"
    assert nx_tcp_client_socket_unbind(waiter) == NX_SUCCESS
    drill.sleep(0.01)
    assert waiting.status == NX_PORT_UNAVAILABLE


def test_nobody_waits_any_more_when_the_port_is_left(drill: Drill) -> None:
    """An aborted wait leaves nothing behind that could be given a port."""
    owner, waiter = drill.create_socket(), drill.create_socket()
    assert nx_tcp_client_socket_bind(owner, 4000, 0) == NX_SUCCESS
    waiting, threads = start_named(drill, nx_tcp_client_socket_bind, waiter, 4000, FOREVER)
    drill.sleep(0.1)
    tx_thread_wait_abort(threads[0])
    drill.sleep(0.01)
    assert waiting.status == NX_WAIT_ABORTED
    assert nx_tcp_client_socket_unbind(owner) == NX_SUCCESS
    assert drill.ip._tcp.ports == {}
    assert drill.ip._tcp.binders == {}
