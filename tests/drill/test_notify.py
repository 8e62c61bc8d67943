"""Callbacks of sockets: those of every build, the extended ones, and the one of the queue depth."""

from collections.abc import Callable
from typing import Any

from netx_sim import (
    NX_IN_PROGRESS,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
    NX_TCP_ESTABLISHED,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_socket_disconnect_complete_notify,
    nx_tcp_socket_establish_notify,
    nx_tcp_socket_queue_depth_notify_set,
    nx_tcp_socket_receive_notify,
    nx_tcp_socket_send,
    nx_tcp_socket_timed_wait_callback,
    nx_tcp_socket_transmit_configure,
    nx_tcp_socket_window_update_notify_set,
)
from netx_sim.testing.drill import FOREVER, LOCAL_PORT, PEER, PEER_PORT, Drill

Maker = Callable[..., Drill]
EXTENDED = {"NX_ENABLE_EXTENDED_NOTIFY_SUPPORT": 1}


class Calls:
    """A callback that counts its calls and remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[tuple[Any, ...]] = []

    def __call__(self, *args: Any) -> None:
        self.seen.append(args)


def test_default_build_has_no_extended_callbacks(drill: Drill) -> None:
    """They answer NX_NOT_SUPPORTED."""
    socket, calls = drill.create_socket(), Calls()
    for service in (
        nx_tcp_socket_establish_notify,
        nx_tcp_socket_disconnect_complete_notify,
        nx_tcp_socket_timed_wait_callback,
        nx_tcp_socket_queue_depth_notify_set,
    ):
        assert service(socket, calls) == NX_NOT_SUPPORTED


def test_establish_callback_reports_a_connect_that_does_not_wait(make_drill: Maker) -> None:
    """With it set, connect with wait 0 reports through the callback."""
    drill, calls = make_drill(EXTENDED), Calls()
    socket = drill.create_socket()
    assert nx_tcp_socket_establish_notify(socket, calls) == NX_SUCCESS
    assert nx_tcp_client_socket_bind(socket, LOCAL_PORT, 0) == NX_SUCCESS
    assert nx_tcp_client_socket_connect(socket, PEER, PEER_PORT, 0) == NX_IN_PROGRESS
    drill("+0 > S 0:0(0)")
    assert not calls.seen
    drill("""
      +.1 < S. 0:0(0) ack 1 win 8192 <mss 1460>
      +0  > . 1:1(0) ack 1
    """)
    assert calls.seen == [(socket,)]
    assert socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED


def test_callbacks_at_the_end_of_a_connection(make_drill: Maker) -> None:
    """disconnect_complete when the exchange is over, timed_wait with TIME_WAIT, disconnect as in every build."""
    drill, complete, timed, plain = make_drill(EXTENDED), Calls(), Calls(), Calls()
    job = None
    socket = drill.create_socket(disconnect=plain)
    assert nx_tcp_client_socket_bind(socket, LOCAL_PORT, 0) == NX_SUCCESS
    job = drill.start("nx_tcp_client_socket_connect", socket, PEER, PEER_PORT, FOREVER)
    drill("""
      +0 > S 0:0(0)
      +0 < S. 0:0(0) ack 1 win 8192 <mss 1460>
      +0 > . 1:1(0) ack 1
    """)
    assert job.status == NX_SUCCESS
    assert nx_tcp_socket_disconnect_complete_notify(socket, complete) == NX_SUCCESS
    assert nx_tcp_socket_timed_wait_callback(socket, timed) == NX_SUCCESS
    drill.start("nx_tcp_socket_disconnect", socket, FOREVER)
    drill("""
      +0 > F. 1:1(0) ack 1
      +0 < . 1:1(0) ack 2
    """)
    assert (complete.seen, timed.seen) == ([], [])
    drill("""
      +.1 < F. 1:1(0) ack 2
      +0  > . 2:2(0) ack 2
    """)
    assert timed.seen == [(socket,)]
    assert plain.seen == [(socket,)]
    assert complete.seen == [(socket,)]


def test_receive_callback_once_a_segment(drill: Drill) -> None:
    """Once per arriving segment that can be read."""
    drill.established(window=60000)
    calls = Calls()
    assert nx_tcp_socket_receive_notify(drill.socket, calls) == NX_SUCCESS
    drill("""
      +0 < P. 1:11(10) ack 1
      +0 < P. 11:21(10) ack 1
    """)
    assert calls.seen == [(drill.socket,), (drill.socket,)]
    drill("+.2 > . 1:1(0) ack 21")


def test_receive_callback_once_when_a_gap_closes(drill: Drill) -> None:
    """Segments held out of order call when they can be read, and then once for all."""
    drill.established(window=60000)
    calls = Calls()
    assert nx_tcp_socket_receive_notify(drill.socket, calls) == NX_SUCCESS
    drill("""
      +0 < P. 21:31(10) ack 1
      +0 > . 1:1(0) ack 1
      +0 < P. 11:21(10) ack 1
      +0 > . 1:1(0) ack 1
    """)
    assert calls.seen == []
    drill("+0 < P. 1:11(10) ack 1")
    assert calls.seen == [(drill.socket,)]
    drill("+.2 > . 1:1(0) ack 31")


def test_window_update_callback_only_for_a_blocked_sender(drill: Drill) -> None:
    """It runs when an acknowledgement lets a waiting send go on, not for every acknowledgement."""
    drill.established(mss=1000, peer_window=1000)
    calls = Calls()
    assert nx_tcp_socket_window_update_notify_set(drill.socket, calls) == NX_SUCCESS
    drill.send_in_flight(1)
    drill("+0 < . 1:1(0) ack 1001")
    assert calls.seen == []
    drill.send_in_flight(1)
    packet = drill.packet(bytes(10))
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, FOREVER)
    drill.peer.check_data = False
    drill("""
      +.1 < . 1:1(0) ack 2001
      +0  > P. 2001:2011(10) ack 1
      +0  < . 1:1(0) ack 2011
    """)
    assert sending.status == NX_SUCCESS
    assert calls.seen == [(drill.socket,)]


def test_queue_depth_callback_when_there_is_room_again(make_drill: Maker) -> None:
    """NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY: called when the transmit queue, once full, has room."""
    drill, calls = make_drill({"NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY": 1}), Calls()
    drill.established(mss=1000)
    assert nx_tcp_socket_transmit_configure(drill.socket, 2, 100, 10, 0) == NX_SUCCESS
    assert nx_tcp_socket_queue_depth_notify_set(drill.socket, calls) == NX_SUCCESS
    drill.send_in_flight(2, length=10)
    packet = drill.packet(b"x")
    assert nx_tcp_socket_send(drill.socket, packet, 0) != NX_SUCCESS
    nx_packet_release(packet)
    assert calls.seen == []
    drill("+.1 < . 1:1(0) ack 11")
    assert calls.seen == [(drill.socket,)]
    drill("+0 < . 1:1(0) ack 21")
