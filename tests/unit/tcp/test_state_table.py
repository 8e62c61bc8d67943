"""The table of state transitions: one writer, which checks it."""

from collections.abc import Iterator
from itertools import product

import pytest

from netx_sim import (
    NX_TCP_CLOSE_WAIT,
    NX_TCP_CLOSED,
    NX_TCP_CLOSING,
    NX_TCP_ESTABLISHED,
    NX_TCP_FIN_WAIT_1,
    NX_TCP_FIN_WAIT_2,
    NX_TCP_LAST_ACK,
    NX_TCP_LISTEN_STATE,
    NX_TCP_SOCKET,
    NX_TCP_SYN_RECEIVED,
    NX_TCP_SYN_SENT,
    NX_TCP_TIMED_WAIT,
)
from netx_sim.tcp.block import STATE_NAMES, _state_set, state_hooks
from netx_sim.testing.drill import FOREVER, Drill

STATES = range(NX_TCP_CLOSED, NX_TCP_LAST_ACK + 1)

# RFC 9293 section 3.3.2, with the device's ends: a server's socket returns to LISTEN, a connect leaves TIME_WAIT.
OPENING = {
    (NX_TCP_CLOSED, NX_TCP_LISTEN_STATE),
    (NX_TCP_CLOSED, NX_TCP_SYN_SENT),
    (NX_TCP_LISTEN_STATE, NX_TCP_CLOSED),
    (NX_TCP_LISTEN_STATE, NX_TCP_SYN_RECEIVED),
    (NX_TCP_SYN_SENT, NX_TCP_CLOSED),
    (NX_TCP_SYN_SENT, NX_TCP_SYN_RECEIVED),
    (NX_TCP_SYN_SENT, NX_TCP_ESTABLISHED),
    (NX_TCP_SYN_RECEIVED, NX_TCP_ESTABLISHED),
    (NX_TCP_TIMED_WAIT, NX_TCP_SYN_SENT),
}
CLOSING = {
    (NX_TCP_ESTABLISHED, NX_TCP_CLOSE_WAIT),
    (NX_TCP_ESTABLISHED, NX_TCP_FIN_WAIT_1),
    (NX_TCP_CLOSE_WAIT, NX_TCP_LAST_ACK),
    (NX_TCP_FIN_WAIT_1, NX_TCP_FIN_WAIT_2),
    (NX_TCP_FIN_WAIT_1, NX_TCP_CLOSING),
    (NX_TCP_FIN_WAIT_1, NX_TCP_TIMED_WAIT),
    (NX_TCP_FIN_WAIT_2, NX_TCP_TIMED_WAIT),
    (NX_TCP_CLOSING, NX_TCP_TIMED_WAIT),
}
ENDS = set(product(range(NX_TCP_SYN_RECEIVED, NX_TCP_LAST_ACK + 1), (NX_TCP_CLOSED, NX_TCP_LISTEN_STATE)))
LEGAL = OPENING | CLOSING | ENDS


@pytest.fixture
def changes() -> Iterator[list[tuple[int, int]]]:
    """What the hook is told."""
    seen: list[tuple[int, int]] = []

    def hook(_socket: NX_TCP_SOCKET, old: int, new: int) -> None:
        seen.append((old, new))

    state_hooks.append(hook)
    yield seen
    state_hooks.remove(hook)


@pytest.mark.parametrize(("old", "new"), list(product(STATES, STATES)), ids=lambda state: STATE_NAMES[state])
def test_every_pair(old: int, new: int, changes: list[tuple[int, int]]) -> None:
    socket = NX_TCP_SOCKET()
    socket.nx_tcp_socket_state = old
    if old == new:
        _state_set(socket, new)
        assert changes == []
    elif (old, new) in LEGAL:
        _state_set(socket, new)
        assert socket.nx_tcp_socket_state == new
        assert changes == [(old, new)]
    else:
        with pytest.raises(AssertionError, match=f"no way from {STATE_NAMES[old]} to {STATE_NAMES[new]}"):
            _state_set(socket, new)
        assert socket.nx_tcp_socket_state == old


def test_a_connection_tells_its_states(drill: Drill, changes: list[tuple[int, int]]) -> None:
    drill.established()
    drill.start("nx_tcp_socket_disconnect", drill.socket, FOREVER)
    drill("""
      +0 > F. 1:1(0) ack 1
      +0 < . 1:1(0) ack 2
      +0 < F. 1:1(0) ack 2
      +0 > . 2:2(0) ack 2
    """)
    assert changes == [
        (NX_TCP_CLOSED, NX_TCP_SYN_SENT),
        (NX_TCP_SYN_SENT, NX_TCP_ESTABLISHED),
        (NX_TCP_ESTABLISHED, NX_TCP_FIN_WAIT_1),
        (NX_TCP_FIN_WAIT_1, NX_TCP_FIN_WAIT_2),
        (NX_TCP_FIN_WAIT_2, NX_TCP_TIMED_WAIT),
    ]


def test_a_socket_shows_what_it_is(drill: Drill) -> None:
    idle = drill.create_socket()
    assert repr(idle) == "<NX_TCP_SOCKET drill 0> CLOSED>"
    drill.established()
    assert repr(drill.socket) == "<NX_TCP_SOCKET drill 5000>10.0.0.2:8080 ESTABLISHED>"


def test_ticks_to_the_next_repetition(drill: Drill) -> None:
    """nx_tcp_socket_timeout is what C code reads; 0 is off."""
    drill.established()
    assert drill.socket.nx_tcp_socket_timeout == 0
    drill.send_in_flight(1)
    assert drill.socket.nx_tcp_socket_timeout == 100
    drill.sleep(0.3)
    assert drill.socket.nx_tcp_socket_timeout == 70
    drill("+0 < . 1:1(0) ack 1461")
    assert drill.socket.nx_tcp_socket_timeout == 0
