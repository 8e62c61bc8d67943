"""Keepalive (RFC 9293 section 3.8.4), which is a build flag and off in a default build."""

from collections.abc import Callable

from netx_sim import NX_NOT_CONNECTED, NX_TCP_CLOSED, NX_TCP_ESTABLISHED, Ref
from netx_sim.testing.drill import FOREVER, Drill

Maker = Callable[..., Drill]
KEEPALIVE = {
    "NX_ENABLE_TCP_KEEPALIVE": 1,
    "NX_TCP_KEEPALIVE_INITIAL": 5,
    "NX_TCP_KEEPALIVE_RETRY": 2,
    "NX_TCP_KEEPALIVE_RETRIES": 3,
}


def test_default_build_sends_none(drill: Drill) -> None:
    """RFC 9293 3.8.4: keepalive must be off by default."""
    drill.established()
    drill.silent_for(3 * 7200)


def test_idle_connection_is_probed(make_drill: Maker) -> None:
    """RFC 9293 3.8.4: the probe repeats the last acknowledged sequence number, so that the peer must answer."""
    drill = make_drill(KEEPALIVE)
    drill.established()
    drill.align(100)
    drill("4~6 > . 0 ack 1")
    drill("+.1 < . 1:1(0) ack 1             // answered: idle time starts anew")
    drill("4~6 > . 0 ack 1")
    assert drill.socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED


def test_unanswered_probes_end_the_connection(make_drill: Maker) -> None:
    """RFC 9293 3.8.4: only several unanswered probes may end it; a waiting reader is told."""
    drill = make_drill(KEEPALIVE)
    drill.established()
    reader = drill.start("nx_tcp_socket_receive", drill.socket, Ref(), FOREVER)
    drill.align(100)
    drill("""
      4~6     > . 0 ack 1
      1.9~3.1 > . 0 ack 1
      1.9~3.1 > . 0 ack 1
    """)
    drill.sleep(4)
    while drill.socket.nx_tcp_socket_state != NX_TCP_CLOSED and drill.tick < 3000:
        drill.sleep(1)
    drill.take_all()
    assert reader.status == NX_NOT_CONNECTED


def test_traffic_puts_the_probe_off(make_drill: Maker) -> None:
    """RFC 9293 3.8.4: probes only when no data or acknowledgement came within the interval."""
    drill = make_drill(KEEPALIVE)
    drill.established(window=60000)
    drill.align(100)
    for index in range(6):
        first = 1 + 10 * index
        drill(f"""
          +2 < P. {first}:{first + 10}(10) ack 1
          *  > .  1:1(0) ack {first + 10}
        """)
    drill("4~6 > . 0 ack 61")
