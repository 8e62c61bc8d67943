"""Sequence numbers that run over the end of their space (RFC 9293 section 3.4)."""

import pytest

from netx_sim import NX_SUCCESS
from netx_sim.testing.drill import Drill
from netx_sim.testing.drill_notation import stream_bytes

TURN = 1 << 32


def near_the_end(drill: Drill, before: int) -> None:
    """The peer's numbers turn over after `before` bytes."""
    drill.replace_peer(iss=TURN - 1 - before)
    drill.established(window=60000)


@pytest.mark.parametrize("before", [0, 1, 50, 100])
def test_a_segment_across_the_turn(drill: Drill, before: int) -> None:
    near_the_end(drill, before)
    drill("""
      +0  < P. 1:101(100) ack 1
      +.2 > . 1:1(0) ack 101
    """)
    assert drill.receive() == (NX_SUCCESS, stream_bytes(1, 100))


def test_out_of_order_across_the_turn(drill: Drill) -> None:
    near_the_end(drill, 100)
    drill("""
      +0  < P. 101:201(100) ack 1
      +0  > . 1:1(0) ack 1
      +0  < P. 1:101(100) ack 1
      +.2 > . 1:1(0) ack 201
    """)
    assert b"".join(drill.receive()[1] for _ in range(2)) == stream_bytes(1, 200)


def test_old_data_before_the_turn_are_old(drill: Drill) -> None:
    near_the_end(drill, 100)
    drill("""
      +0  < P. 1:201(200) ack 1
      +.2 > . 1:1(0) ack 201
      +0  < P. 1:101(100) ack 1
      +0  > . 1:1(0) ack 201
    """)
    assert len(drill.receive()[1]) == 200


def test_reset_just_outside_the_window_beyond_the_turn(drill: Drill) -> None:
    """RFC 9293 3.10.7.4: outside the window it is ignored, wherever the numbers turn."""
    near_the_end(drill, 10)
    drill("+0 < R. 60001:60001(0) ack 1")
    drill.silent_for(0.3)
    assert drill.send(5) == NX_SUCCESS
    drill("""
      +0 > P. 1:6(5) ack 1
      +0 < . 1:1(0) ack 6
    """)
