"""The maximum segment size: offered, agreed, and refused when too small."""

from collections.abc import Callable

import pytest

from netx_sim import NX_NOT_CONNECTED, NX_SUCCESS, nx_tcp_socket_mss_set
from netx_sim.testing.drill import FOREVER, PEER, PEER_PORT, Drill

Maker = Callable[..., Drill]
CHECK = {"NX_ENABLE_TCP_MSS_CHECK": 1}


@pytest.mark.parametrize(("mtu", "mss"), [(1500, 1460), (576, 536), (296, 256), (9000, 8960)])
def test_offered_mss_is_the_mtu_less_headers(make_drill: Maker, mtu: int, mss: int) -> None:
    """RFC 9293 3.7.1: the effective MTU less 40."""
    drill = make_drill(mtu=mtu, payload=mtu + 36)
    drill.connect()
    drill(f"""
      +0 > S 0:0(0) <mss {mss},nop,nop,nop,eol>
      +0 < R. 0:0(0) ack 1
    """)


def test_the_smaller_of_both_is_used(drill: Drill) -> None:
    """RFC 9293 3.7.1: segments are no larger than the peer's offer."""
    drill.established(mss=700)
    assert drill.send(1500) == NX_SUCCESS
    drill("""
      +0 > P. 1:701(700) ack 1
      +0 > P. 701:1401(700) ack 1
      +0 > P. 1401:1501(100) ack 1
    """)


def test_no_option_means_536(drill: Drill) -> None:
    """RFC 9293 3.7.1: without the option 536 is assumed."""
    drill.connect()
    drill("""
      +0 > S 0:0(0)
      +0 < S. 0:0(0) ack 1 win 8192
      +0 > . 1:1(0) ack 1
    """)
    assert drill.send(600) == NX_SUCCESS
    drill("""
      +0 > P. 1:537(536) ack 1
      +0 > P. 537:601(64) ack 1
    """)


def test_own_limit_is_offered(drill: Drill) -> None:
    """nx_tcp_socket_mss_set lowers what the SYN offers."""
    socket = drill.create_socket()
    assert nx_tcp_socket_mss_set(socket, 500) == NX_SUCCESS
    drill.start("nx_tcp_client_socket_bind", socket, 5000, 0)
    drill.start("nx_tcp_client_socket_connect", socket, PEER, PEER_PORT, FOREVER)
    drill("""
      +0 > S 0:0(0) <mss 500,nop,nop,nop,eol>
      +0 < R. 0:0(0) ack 1
    """)


def test_tiny_mss_is_taken_by_default(drill: Drill) -> None:
    """The device has no lower limit unless it is built in."""
    drill.established(mss=10)
    assert drill.send(20) == NX_SUCCESS
    drill("""
      +0 > P. 1:11(10) ack 1
      +0 > P. 11:21(10) ack 1
    """)


def test_tiny_mss_is_refused_with_the_check(make_drill: Maker) -> None:
    """NX_ENABLE_TCP_MSS_CHECK refuses peers below NX_TCP_MSS_MINIMUM (128): the connection is not made."""
    drill = make_drill(CHECK)
    job = drill.connect(wait=300)
    drill("""
      +0 > S 0:0(0)
      +0 < S. 0:0(0) ack 1 win 8192 <mss 127>
    """)
    drill.sleep(4)
    drill.take_all()
    assert job.status == NX_NOT_CONNECTED


def test_the_least_mss_passes_the_check(make_drill: Maker) -> None:
    """NX_TCP_MSS_MINIMUM itself is large enough."""
    drill = make_drill(CHECK)
    drill.established(mss=128)
    assert drill.send(128) == NX_SUCCESS
    drill("+0 > P. 1:129(128) ack 1")


def test_listener_with_the_check_refuses_a_tiny_mss(make_drill: Maker) -> None:
    """NX_ENABLE_TCP_MSS_CHECK holds for arriving connections too."""
    drill = make_drill({**CHECK, "NX_TCP_MSS_MINIMUM": 200})
    socket = drill.listen()
    job = drill.start("nx_tcp_server_socket_accept", socket, 100)
    drill("+0 < S 0:0(0) win 8192 <mss 199>")
    drill.sleep(2)
    drill.take_all()
    assert job.status == NX_NOT_CONNECTED
