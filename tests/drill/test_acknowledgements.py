"""When received data are acknowledged: the delay, the window rule, and NX_TCP_ACK_EVERY_N_PACKETS."""

from collections.abc import Callable

import pytest

from netx_sim.testing.drill import Drill

Maker = Callable[..., Drill]


def test_default_build_knows_no_second_segment_rule(drill: Drill) -> None:
    """The device acknowledges late (RFC 9293 3.8.6.3 would have it every second segment): after 200 ms."""
    drill.established(window=60000)
    drill("""
      +0  < P. 1:101(100) ack 1
      +0  < P. 101:201(100) ack 1
      +0  < P. 201:301(100) ack 1
      +.2 > . 1:1(0) ack 301
    """)


@pytest.mark.parametrize("every", [1, 2, 3, 5])
def test_acknowledged_at_once_after_n_segments(make_drill: Maker, every: int) -> None:
    """NX_TCP_ACK_EVERY_N_PACKETS: the n-th unacknowledged segment is answered at once."""
    drill = make_drill({"NX_TCP_ACK_EVERY_N_PACKETS": every})
    drill.established(window=60000)
    for round_number in range(3):
        for index in range(every):
            first = 1 + 100 * (round_number * every + index)
            drill(f"+0 < P. {first}:{first + 100}(100) ack 1")
        drill(f"+0 > . 1:1(0) ack {1 + 100 * every * (round_number + 1)}")
    drill.silent_for(0.5)


def test_fewer_than_n_segments_wait_for_the_delay(make_drill: Maker) -> None:
    """NX_TCP_ACK_EVERY_N_PACKETS does not replace the delayed acknowledgement."""
    drill = make_drill({"NX_TCP_ACK_EVERY_N_PACKETS": 3})
    drill.established(window=60000)
    drill("""
      +0  < P. 1:101(100) ack 1   x1
      +0  < P. 101:201(100) ack 1
      +.2 > . 1:1(0) ack 201
    """)


def test_delayed_acknowledgement_is_not_put_off_by_more_data(drill: Drill) -> None:
    """RFC 9293 3.8.6.3: the delay counts from the first unacknowledged segment."""
    drill.established(window=60000)
    drill("""
      +0  < P. 1:11(10) ack 1
      +.1 < P. 11:21(10) ack 1
      +.1 > . 1:1(0) ack 21
    """)


def test_data_carry_the_acknowledgement(drill: Drill) -> None:
    """RFC 9293 3.8.6.3: an answer sent in time saves the pure acknowledgement."""
    drill.established(window=60000)
    drill("+0 < P. 1:11(10) ack 1")
    assert drill.send(5) == 0
    drill("""
      +0 > P. 1:6(5) ack 11
      +0 < . 11:11(0) ack 6
    """)
    drill.silent_for(0.5)


@pytest.mark.parametrize(("rate", "delay"), [(1, 1.0), (2, 0.5), (5, 0.2), (10, 0.1)])
def test_delay_follows_the_timer_rate(make_drill: Maker, rate: int, delay: float) -> None:
    """NX_TCP_ACK_TIMER_RATE divides a second."""
    drill = make_drill({"NX_TCP_ACK_TIMER_RATE": rate})
    drill.established(window=60000)
    drill(f"""
      +0       < P. 1:11(10) ack 1
      +{delay} > . 1:1(0) ack 11
    """)


def test_reading_half_the_window_acknowledges_at_once(drill: Drill) -> None:
    """RFC 9293 3.8.6.2.2: a window that opens by half of the buffer is told at once."""
    drill.established(window=2000)
    drill("+0 < P. 1:1001(1000) ack 1")
    assert drill.receive()[0] == 0
    drill("+0 > . 1:1(0) ack 1001 win 2000")


def test_reading_less_than_half_waits(drill: Drill) -> None:
    """RFC 9293 3.8.6.2.2: smaller openings wait for the delayed acknowledgement."""
    drill.established(window=2000)
    drill("+0 < P. 1:1000(999) ack 1")
    assert drill.receive()[0] == 0
    drill("+.2 > . 1:1(0) ack 1000 win 2000")
