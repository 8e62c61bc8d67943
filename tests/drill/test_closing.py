"""Ends of connections that depend on configuration: reset or FIN, how long TIME_WAIT lasts."""

from collections.abc import Callable

from netx_sim import (
    NX_IN_PROGRESS,
    NX_SUCCESS,
    NX_TCP_CLOSED,
    NX_TCP_TIMED_WAIT,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_unbind,
    nx_tcp_socket_disconnect,
)
from netx_sim.testing.drill import FOREVER, LOCAL_PORT, PEER, PEER_PORT, Drill

Maker = Callable[..., Drill]


def test_disconnect_without_waiting_resets(drill: Drill) -> None:
    """The device's default for wait 0: RST, closed at once."""
    drill.established()
    assert nx_tcp_socket_disconnect(drill.socket, 0) == NX_IN_PROGRESS
    drill("+0 > R 1:1(0)")
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_disconnect_without_waiting_closes_orderly_if_built_so(make_drill: Maker) -> None:
    """NX_DISABLE_RESET_DISCONNECT: a FIN instead (RFC 9293 3.6), and the rest goes on without the caller."""
    drill = make_drill({"NX_DISABLE_RESET_DISCONNECT": 1})
    drill.established()
    nx_tcp_socket_disconnect(drill.socket, 0)
    drill("""
      +0 > F. 1:1(0) ack 1
      +0 < F. 1:1(0) ack 2
      +0 > . 2:2(0) ack 2
    """)
    assert drill.socket.nx_tcp_socket_state == NX_TCP_TIMED_WAIT
    nx_tcp_client_socket_unbind(drill.socket)


def into_timed_wait(drill: Drill) -> None:
    drill.established()
    job = drill.start("nx_tcp_socket_disconnect", drill.socket, FOREVER)
    drill("""
      +0 > F. 1:1(0) ack 1
      +0 < F. 1:1(0) ack 2
      +0 > . 2:2(0) ack 2
    """)
    assert job.status == NX_SUCCESS
    assert drill.socket.nx_tcp_socket_state == NX_TCP_TIMED_WAIT


def test_timed_wait_lasts_two_segment_lifetimes(make_drill: Maker) -> None:
    """RFC 9293 3.6.1: 2 MSL, here 2 x 3 s, on the one-second timer's grid."""
    drill = make_drill({"NX_TCP_MAXIMUM_SEGMENT_LIFETIME": 3})
    into_timed_wait(drill)
    drill.sleep(5)
    assert drill.socket.nx_tcp_socket_state == NX_TCP_TIMED_WAIT
    drill.sleep(2)
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_timed_wait_answers_a_repeated_fin(drill: Drill) -> None:
    """RFC 9293 3.10.7.4: the peer did not get our acknowledgement."""
    into_timed_wait(drill)
    drill("""
      +1 < F. 1:1(0) ack 2
      +0 > . 2:2(0) ack 2
    """)
    nx_tcp_client_socket_unbind(drill.socket)


def test_unbind_frees_a_port_in_timed_wait(drill: Drill) -> None:
    """The device lets an application end TIME_WAIT: another socket has the port at once."""
    into_timed_wait(drill)
    assert nx_tcp_client_socket_unbind(drill.socket) == NX_SUCCESS
    socket = drill.create_socket()
    assert nx_tcp_client_socket_bind(socket, LOCAL_PORT, 0) == NX_SUCCESS
    drill.start("nx_tcp_client_socket_connect", socket, PEER, PEER_PORT, FOREVER)
    drill("""
      +0 > S 0:0(0)
      +0 < R. 0:0(0) ack 1
    """)


def test_half_closed_connection_may_still_send(drill: Drill) -> None:
    """RFC 9293 3.6: after the peer's FIN its side is closed, ours is not."""
    drill.established(mss=1000)
    drill("""
      +0 < F. 1:1(0) ack 1
      +0 > . 1:1(0) ack 2
    """)
    assert drill.send(10) == NX_SUCCESS
    drill("""
      +0 > P. 1:11(10) ack 2
      +0 < . 2:2(0) ack 11
    """)
    closing = drill.start("nx_tcp_socket_disconnect", drill.socket, FOREVER)
    drill("""
      +0 > F. 11:11(0) ack 2
      +0 < . 2:2(0) ack 12
    """)
    assert closing.status == NX_SUCCESS
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED
