"""Congestion control (RFC 5681) where a script says it best."""

import pytest

from netx_sim import NX_SUCCESS
from netx_sim.testing.drill import FOREVER, Drill
from netx_sim.testing.drill_notation import stream_bytes


def test_third_duplicate_ack_resends_before_the_timer(drill: Drill) -> None:
    """RFC 5681 3.2."""
    drill.established(mss=1000)
    drill.send_in_flight(segments=4)
    drill("""
      +.05  < .  1:1(0) ack 1001              // the first arrived, the second is lost
      +0    < .  1:1(0) ack 1001   x3         // duplicates
      +0    > P. 1001:2001(1000) ack 1        // resent now, not at the timeout
    """)
    drill.silent_for(0.5)


def test_two_duplicates_resend_nothing(drill: Drill) -> None:
    """RFC 5681 3.2: two may be reordering."""
    drill.established(mss=1000)
    drill.send_in_flight(segments=4)
    drill("""
      +.05 < . 1:1(0) ack 1001
      +0   < . 1:1(0) ack 1001 x2
    """)
    drill.silent_for(0.5)


@pytest.mark.parametrize(("mss", "segments"), [(536, 4), (1000, 4), (1095, 4), (1096, 3), (1460, 3)])
def test_initial_window(drill: Drill, mss: int, segments: int) -> None:
    """RFC 5681 3.1: four, three or two segments, by their size."""
    drill.established(mss=mss)
    sending = drill.start("nx_tcp_socket_send", drill.socket, drill.packet(stream_bytes(1, mss * 6)), FOREVER)
    for index in range(segments):
        first = 1 + index * mss
        drill(f"+0 > P. {first}:{first + mss}({mss})")
    drill.silent_for(0.3)
    assert not sending.done
    drill(f"+0 < . 1:1(0) ack {1 + segments * mss}")
    drill.sleep(0.01)
    drill.take_all()
    drill(f"+0 < . 1:1(0) ack {1 + 6 * mss}")
    assert sending.status == NX_SUCCESS


def test_slow_start_doubles(drill: Drill) -> None:
    """RFC 5681 3.1: each acknowledged segment opens the window by one."""
    drill.established(mss=1000)
    drill.send_in_flight(segments=4)
    for number in range(1, 5):
        drill(f"+0 < . 1:1(0) ack {1 + 1000 * number}")
    drill.send_in_flight(segments=8)
    drill("+0 < . 1:1(0) ack 12001")


def test_timeout_falls_back_to_one_segment(drill: Drill) -> None:
    """RFC 5681 3.1: after a retransmission timeout one segment is resent, the others follow when it is acknowledged."""
    drill.established(mss=1000)
    drill.send_in_flight(segments=4)
    drill("1 > P. 1:1001(1000) ack 1")
    drill.silent_for(0.5)
    drill("""
      +0 < . 1:1(0) ack 4001
    """)
    drill.send_in_flight(segments=2)
    drill("+0 < . 1:1(0) ack 6001")


def test_zero_window_is_probed(drill: Drill) -> None:
    """RFC 9293 3.8.6.1: a closed window is probed with a byte, until it opens."""
    drill.established(mss=1000, peer_window=1000)
    drill.send_in_flight(segments=1)
    packet = drill.packet(stream_bytes(1001, 10))
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, FOREVER)
    drill("""
      +0      < . 1:1(0) ack 1001 win 0
      .8~1.2  > . 1001:1002(1) ack 1
      +0      < . 1:1(0) ack 1001 win 0
      .8~1.2  > . 1001:1002(1) ack 1
      +0      < . 1:1(0) ack 1001 win 5000
      +0      > P. 1001:1011(10) ack 1
      +0      < . 1:1(0) ack 1011
    """)
    assert sending.status == NX_SUCCESS
