"""Header prediction is a short cut and nothing else: with it switched off, every packet and field is the same."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netx_sim import NX_TCP_SOCKET
from netx_sim.tcp import input as tcp_input
from netx_sim.testing.drill import Drill

# A peer's segment: flags, sequence, length, what it leaves unacknowledged, window, options, seconds before it.
segments = st.tuples(
    st.sampled_from(["."] * 6 + ["P."] * 6 + ["FP.", "PU.", "P", "R."]),
    st.sampled_from(["next"] * 4 + ["before", "behind"]),
    st.sampled_from([0, 0, 30, 100, 100, 3000]),
    st.sampled_from([0] * 6 + [100, 200, -100]),
    st.sampled_from([0, 100, 8192, 8192]),
    st.sampled_from([""] * 8 + ["<nop,nop,nop,eol>", "<0800>"]),
    st.sampled_from([0, 0.05, 0.3, 1.2]),
)
steps = st.lists(st.one_of(segments, st.sampled_from(["send", "read"])), min_size=1, max_size=15)

WATCHED = (
    "nx_tcp_socket_state",
    "nx_tcp_socket_rx_sequence",
    "nx_tcp_socket_tx_sequence",
    "nx_tcp_socket_rx_window_current",
    "nx_tcp_socket_rx_window_last_sent",
    "nx_tcp_socket_tx_window_advertised",
    "nx_tcp_socket_tx_window_congestion",
    "nx_tcp_socket_tx_slow_start_threshold",
    "nx_tcp_socket_tx_outstanding_bytes",
    "nx_tcp_socket_receive_queue_count",
    "nx_tcp_socket_duplicated_ack_received",
    "nx_tcp_socket_timeout",
    "_ack_deadline",
)
never = lambda *_: False  # noqa: E731


@pytest.fixture(scope="module", autouse=True)
def _restored() -> Iterator[None]:
    predicted = tcp_input._expected
    yield
    tcp_input._expected = predicted


def watch(socket: NX_TCP_SOCKET) -> list[Any]:
    return [getattr(socket, name) for name in WATCHED]


def play(script: list[Any]) -> tuple[list[str], list[list[Any]]]:
    """The packets on the wire with their ticks, and the socket after each step."""
    seen = []
    with Drill() as drill:
        socket = drill.established(mss=100, window=230)
        for step in script:
            if step == "send":
                drill.send(100)
            elif step == "read":
                drill.receive()
            else:
                flags, place, length, missing, window, options, pause = step
                expected = (socket.nx_tcp_socket_rx_sequence - drill.peer.iss) & 0xFFFFFFFF
                first = {"next": expected, "before": max(1, expected - 40), "behind": expected + 100}[place]
                sent = (socket.nx_tcp_socket_tx_sequence - drill.peer.stack_iss) & 0xFFFFFFFF
                ack = f"ack {max(1, sent - missing)} " if "." in flags else ""
                drill(f"+{pause} < {flags} {first}:{first + length}({length}) {ack}win {window} {options}")
            seen.append(watch(socket))
        drill.take_all()
        return [*drill.log], seen


@settings(max_examples=120)
@given(steps)
def test_the_same_with_and_without(script: list[Any]) -> None:
    predicted = tcp_input._expected
    with_prediction = play(script)
    tcp_input._expected = never
    try:
        assert play(script) == with_prediction
    finally:
        tcp_input._expected = predicted


def test_it_predicts_what_bulk_transfer_is_made_of(drill: Drill, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data in order and acknowledgements without options take the short way, all else the long one."""
    taken = []
    predicted = tcp_input._expected

    def spy(socket: NX_TCP_SOCKET, segment: Any) -> bool:
        taken.append(predicted(socket, segment))
        return taken[-1]

    monkeypatch.setattr(tcp_input, "_expected", spy)
    drill.established(mss=1000, window=8000)
    drill.send_in_flight(1)
    drill("""
      +0 < .  1:1(0) ack 1001
      +0 < P. 1:1001(1000) ack 1001
      +0 < .  1001:2001(1000) ack 1001
    """)
    assert taken == [True, True, True]
    drill("""
      +0 < P. 3001:4001(1000) ack 1001
      +0 > . 1001:1001(0) ack 2001
      +0 < PU. 2001:3001(1000) ack 1001 urg 1
      +0 < F. 4001:4001(0) ack 1001
      +0 > . 1001:1001(0) ack 4002
    """)
    assert taken[3:] == [False, False, False]
