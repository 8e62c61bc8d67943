"""The window scale option (RFC 7323 section 2), built in or not."""

from collections.abc import Callable

import pytest

from netx_sim import NX_WINDOW_OVERFLOW
from netx_sim.testing.drill import FOREVER, Drill

Maker = Callable[..., Drill]
SCALING = {"NX_ENABLE_TCP_WINDOW_SCALING": 1}


def test_default_build_offers_no_scale(drill: Drill) -> None:
    """Without the build flag the option's place holds no-ops and an end of list (guide, TCP options)."""
    drill.connect(window=60000)
    drill("""
      +0 > S 0:0(0) win 60000 <mss 1460,nop,nop,nop,eol>
      +0 < R. 0:0(0) ack 1
    """)


@pytest.mark.parametrize(
    ("window", "scale", "field"), [(65535, 0, 65535), (65536, 1, 65535), (262144, 3, 65535), (1 << 24, 9, 65535)]
)
def test_syn_offers_the_smallest_scale_that_fits(make_drill: Maker, window: int, scale: int, field: int) -> None:
    """RFC 7323 2.2: shift count in the SYN; the window of a SYN itself is never scaled."""
    drill = make_drill(SCALING)
    drill.connect(window=window)
    drill(f"""
      +0 > S 0:0(0) win {field} <mss 1460,wscale {scale},eol>
      +0 < R. 0:0(0) ack 1
    """)


def test_both_scale(make_drill: Maker) -> None:
    """RFC 7323 2.3: all later segments carry windows shifted right by the sender's count."""
    drill = make_drill(SCALING)
    drill.connect(window=262144)
    drill("""
      +0 > S 0:0(0) <mss 1460,wscale 3,eol>
      +0 < S. 0:0(0) ack 1 win 65535 <mss 1460,wscale 4,eol>
      +0 > . 1:1(0) ack 1 win 32768          // 262144 >> 3
    """)
    assert drill.socket.nx_tcp_socket_tx_window_advertised == 65535, "the window in a SYN-ACK is not scaled"
    drill("+.1 < P. 1:11(10) ack 1 win 5000")
    drill("* > . 1:1(0) ack 11 win 32766     // 262134 >> 3")
    assert drill.socket.nx_tcp_socket_tx_window_advertised == 5000 << 4


def test_peer_without_scale_gets_unscaled_windows(make_drill: Maker) -> None:
    """RFC 7323 1.3: scaling is on only if both sides sent the option."""
    drill = make_drill(SCALING)
    drill.connect(window=262144)
    drill("""
      +0 > S 0:0(0) <mss 1460,wscale 3,eol>
      +0 < S. 0:0(0) ack 1 win 1000 <mss 1460>
      +0 > . 1:1(0) ack 1 win 65535
    """)
    drill("+.1 < P. 1:11(10) ack 1 win 2000")
    drill("* > . 1:1(0) ack 11 win 65525")
    assert drill.socket.nx_tcp_socket_tx_window_advertised == 2000


def test_listener_answers_scale_with_scale(make_drill: Maker) -> None:
    """RFC 7323 2.2: a SYN-ACK carries the option when the SYN did."""
    drill = make_drill(SCALING)
    socket = drill.listen(window=131072)
    drill.start("nx_tcp_server_socket_accept", socket, FOREVER)
    drill("""
      +0 < S 0:0(0) win 65535 <mss 1460,wscale 7>
      +0 > S. 0:0(0) ack 1 win 65535 <mss 1460,wscale 2,eol>
      +0 < . 1:1(0) ack 1 win 512
    """)
    assert socket.nx_tcp_socket_tx_window_advertised == 512 << 7


def test_sender_fills_a_scaled_window(make_drill: Maker) -> None:
    """RFC 7323 2.3: what may be under way is the scaled window, here 2000 << 2 and eight segments."""
    drill = make_drill({**SCALING, "NX_TCP_MAXIMUM_TX_QUEUE": 40})
    drill.connect()
    drill("""
      +0 > S 0:0(0)
      +0 < S. 0:0(0) ack 1 win 8000 <mss 1000,wscale 2>
      +0 > . 1:1(0) ack 1
      +0 < P. 1:2(1) ack 1 win 2000           // 8000 bytes from here on
    """)
    drill.send_in_flight(segments=4)
    for number in range(1, 5):  # slow start: each acknowledgement opens the congestion window by a segment
        drill(f"+0 < . 2:2(0) ack {1000 * number + 1} win 2000")
    drill.send_in_flight(segments=8)
    assert drill.send(1) == NX_WINDOW_OVERFLOW


def test_shift_above_14_counts_as_14(make_drill: Maker) -> None:
    """RFC 7323 2.3: a greater shift count than 14 is used as 14."""
    drill = make_drill(SCALING)
    drill.connect()
    drill("""
      +0 > S 0:0(0)
      +0 < S. 0:0(0) ack 1 win 8000 <mss 1000,wscale 15>
      +0 > . 1:1(0) ack 1
      +0 < P. 1:2(1) ack 1 win 1
    """)
    assert drill.socket.nx_tcp_socket_tx_window_advertised == 1 << 14
    drill("* > . 1:1(0) ack 2")
