"""A link with a file descriptor makes the clock real: the same scripts, and frames that come while a service waits."""

import os
import socket
from collections.abc import Iterator

import pytest

from netx_sim import NX_NO_PACKET, NX_SUCCESS
from netx_sim.testing.drill import Drill
from netx_sim.testing.drill_notation import parse_line, stream_bytes


@pytest.fixture
def wire(drill: Drill) -> Iterator[socket.socket]:
    """The far end of a link whose frames come through a socket; the drill's clock is the host's."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)

    def arrived(_argument: object) -> None:
        drill.link.receive(near.recv(2048), 0)

    drill.established(window=60000)
    drill.sim.attach_fd(near.fileno(), arrived, None)
    yield far
    drill.sim.detach_fd(near.fileno())
    near.close()
    far.close()


def segment(drill: Drill, text: str) -> bytes:
    fields = parse_line(text).fields
    return drill.peer.frame(drill.peer.complete(fields))


def test_frame_wakes_a_waiting_reader(drill: Drill, wire: socket.socket) -> None:
    """A waiting service polls the links; what comes is there at once, not at the end of the wait."""
    started = drill.tick
    wire.send(segment(drill, "+0 < P. 1:101(100) ack 1"))
    assert drill.receive(wait=500) == (NX_SUCCESS, stream_bytes(1, 100))
    assert drill.tick - started < 100
    drill("0~.5 > . 1:1(0) ack 101")


def test_wait_ends_by_the_host_clock(drill: Drill, wire: socket.socket) -> None:
    """Nothing comes: the wait takes its ticks."""
    started = drill.tick
    assert drill.receive(wait=5)[0] == NX_NO_PACKET
    assert 5 <= drill.tick - started < 100


def test_answers_leave_while_time_is_real(drill: Drill, wire: socket.socket) -> None:
    """RFC 9293 3.10.7.4, old data: the script sees the answer within the same tick or a few."""
    wire.send(segment(drill, "+0 < . -1:0(1) ack 1"))
    drill("0~.5 > . 1:1(0) ack 1")


def test_clock_is_virtual_again_without_the_link(drill: Drill) -> None:
    """A minute of waiting costs nothing once the last descriptor is gone."""
    reading, writing = os.pipe()
    drill.sim.attach_fd(reading, lambda _argument: None, None)
    drill.sim.detach_fd(reading)
    started = drill.tick
    drill.sleep(60)
    assert drill.tick - started == 6000
    os.close(reading)
    os.close(writing)
