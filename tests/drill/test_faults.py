"""Frames lost, damaged, doubled, late, and packets that run out, each at a chosen frame."""

from collections.abc import Callable

import pytest

from netx_drivers import DROP, PASS, Deliver, Faults
from netx_sim import NX_NOT_CONNECTED, NX_SUCCESS, Ref, nx_packet_release
from netx_sim.testing.drill import FOREVER, Drill
from netx_sim.testing.drill_notation import stream_bytes

Maker = Callable[..., Drill]


def losing(*numbers: int) -> Callable[[object], Faults]:
    """A wrapper that drops the frames of these numbers (from 0, in both directions as they come)."""
    seen = iter(range(1 << 20))
    return lambda driver: Faults(driver, rule=lambda _frame: DROP if next(seen) in numbers else PASS)


def test_lost_syn_is_repeated_after_a_second(make_drill: Maker) -> None:
    """RFC 9293 3.8.1: the stack repeats it; after a repeated SYN one segment may be under way (RFC 5681 3.1)."""
    drill = make_drill(wrap=losing(0))
    job = drill.connect()
    drill("""
      1 > S 0:0(0)
      +0 < S. 0:0(0) ack 1 win 65535 <mss 1000>
      +0 > . 1:1(0) ack 1
    """)
    assert job.status == NX_SUCCESS
    assert drill.socket.nx_tcp_socket_tx_window_congestion == 1000


def test_lost_segment_is_repeated_with_its_bytes(make_drill: Maker) -> None:
    """RFC 9293 3.8.1: after a second, and later ones are not sent twice once acknowledged."""
    drill = make_drill(wrap=losing(2))
    drill.established(mss=1000)
    assert drill.send(100) == NX_SUCCESS
    drill("""
      .9~1.1 > P. 1:101(100) ack 1
      +0     < . 1:1(0) ack 101
    """)
    drill.silent_for(2)


def test_lost_fin_is_repeated(make_drill: Maker) -> None:
    """RFC 9293 3.8.1: a FIN takes a sequence number and is repeated like data."""
    drill = make_drill(wrap=losing(2))
    drill.established()
    closing = drill.start("nx_tcp_socket_disconnect", drill.socket, FOREVER)
    drill("""
      .9~1.1 > F. 1:1(0) ack 1
      +0     < F. 1:1(0) ack 2
      +0     > . 2:2(0) ack 2
    """)
    assert closing.status == NX_SUCCESS


def test_damaged_segment_is_ignored(drill: Drill) -> None:
    """RFC 9293 3.1: a wrong checksum is as if nothing had come."""
    drill.established(window=60000)
    drill("+0 < P. 1:11(10) ack 1 checksum bad")
    drill.silent_for(0.5)
    drill("""
      +0  < P. 1:11(10) ack 1
      +.2 > . 1:1(0) ack 11
    """)


def test_doubled_frame_is_answered_but_not_delivered_twice(drill: Drill) -> None:
    """RFC 9293 3.10.7.4: an old segment is acknowledged and dropped."""
    drill.established(window=60000)
    drill("""
      +0 < P. 1:11(10) ack 1 x2
      +0 > . 1:1(0) ack 11
    """)
    assert drill.receive() == (NX_SUCCESS, stream_bytes(1, 10))
    assert drill.receive()[0] != NX_SUCCESS
    drill.sleep(0.5)
    drill.take_all()


def test_late_frame_comes_after_its_successor(make_drill: Maker) -> None:
    """A held-back segment does not disturb the stream at the peer: its bytes and numbers are the same."""
    seen = iter(range(100))
    late = Deliver(delay_us=50_000)
    drill = make_drill(wrap=lambda driver: Faults(driver, rule=lambda _frame: late if next(seen) == 2 else PASS))
    drill.established(mss=1000)
    assert drill.send(2000) == NX_SUCCESS
    drill("""
      +0  > P. 1001:2001(1000) ack 1
      .05 > P. 1:1001(1000) ack 1
      +0  < . 1:1(0) ack 2001
    """)


def test_retry_limit_ends_the_connection(make_drill: Maker) -> None:
    """RFC 9293 3.8.3: after NX_TCP_MAXIMUM_RETRIES (here 3) a waiting reader is told."""
    drill = make_drill({"NX_TCP_MAXIMUM_RETRIES": 3})
    drill.established(mss=1000)
    reader = drill.start("nx_tcp_socket_receive", drill.socket, Ref(), FOREVER)
    drill.send_in_flight(1)
    drill("1 > P. 1:1001(1000) ack 1 x3")
    drill.sleep(1.1)
    drill.take_all()
    assert reader.status == NX_NOT_CONNECTED


@pytest.mark.parametrize(("shift", "times"), [(0, (1, 1, 1)), (1, (1, 2, 4)), (2, (1, 4, 16))])
def test_retransmission_backs_off_by_the_shift(make_drill: Maker, shift: int, times: tuple[float, ...]) -> None:
    """RFC 6298 5.5 doubles the time; the device multiplies by 2 to the NX_TCP_RETRY_SHIFT, by default not at all."""
    drill = make_drill({"NX_TCP_RETRY_SHIFT": shift})
    drill.established(mss=1000)
    drill.send_in_flight(1)
    for seconds in times:
        drill(f"{seconds} > P. 1:1001(1000) ack 1")
    drill("+0 < . 1:1(0) ack 1001")


def test_no_packet_for_an_acknowledgement(make_drill: Maker) -> None:
    """With the pool empty a control segment is silently not sent; the peer's repeat is answered when there is one."""
    drill = make_drill(packets=16)
    drill.established(window=60000)
    held = [drill.packet(b"") for _ in range(drill.pool.nx_packet_pool_available - 1)]
    drill("+0 < P. 1:11(10) ack 1")
    drill.silent_for(0.5)
    for packet in held:
        nx_packet_release(packet)
    drill("""
      +0 < P. 1:11(10) ack 1
      +0 > . 1:1(0) ack 11
    """)
    drill.sleep(0.3)
    drill.take_all()


def test_no_packet_for_a_received_frame(make_drill: Maker) -> None:
    """A frame that finds no packet is lost like one lost on the wire."""
    drill = make_drill(packets=16)
    drill.established(window=60000)
    held = [drill.packet(b"") for _ in range(drill.pool.nx_packet_pool_available)]
    drill("+0 < P. 1:11(10) ack 1")
    drill.silent_for(0.5)
    for packet in held:
        nx_packet_release(packet)
    drill("""
      +0  < P. 1:11(10) ack 1
      +.2 > . 1:1(0) ack 11
    """)


def test_link_down_and_up_again(drill: Drill) -> None:
    """While the link is down nothing leaves; the retransmission after it is up saves the connection."""
    drill.established(mss=1000)
    drill.link.link_change(0)
    assert drill.send(100) == NX_SUCCESS
    drill.silent_for(0.5)
    drill.link.link_change(1)
    drill("""
      .3~.7 > P. 1:101(100) ack 1
      +0    < . 1:1(0) ack 101
    """)


def test_driver_that_keeps_packets_delays_their_repeat(drill: Drill) -> None:
    """A packet is only resent after the driver gave it back."""
    drill.established(mss=1000)
    drill.link.hold(1)
    drill.send_in_flight(1)
    drill.silent_for(2.5)
    drill.link.hold(0)
    drill("""
      0~1.1 > P. 1:1001(1000) ack 1
      +0    < . 1:1(0) ack 1001
    """)
