"""The drill: what it lets pass, what it refuses, and what it says then."""

from collections.abc import Callable

import pytest

from netx_sim import NX_SUCCESS
from netx_sim.testing.drill import Drill, DrillMismatch


def test_matching_script_passes(drill: Drill) -> None:
    drill.established(mss=1000)
    assert drill.send(100) == NX_SUCCESS
    drill("""
      +0 > P. 1:101(100) ack 1
      +0 < . 1:1(0) ack 101
    """)
    drill.silent_for(2)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("+0 > P. 1:101(100) ack 2", "ack 1 instead of 2"),
        ("+0 > P. 1:100(99) ack 1", "len 100 instead of 99"),
        ("+0 > . 1:101(100) ack 1", "flags P. instead of ."),
        ("+0 > P. 1:101(100) win 5", "win 8192 instead of 5"),
        ("+0 > P. 1:101(100) <mss 5>", "options None"),
        ("+0 > udp (100)", "kind tcp instead of udp"),
        ("+.2 > P. 1:101(100)", "but at +0.00"),
        ("+0 > P. 1:101(100) ttl 7", "ttl 128 instead of 7"),
    ],
)
def test_mismatch_is_told_with_line_and_log(drill: Drill, line: str, says: str) -> None:
    drill.established(mss=1000)
    drill.send(100)
    with pytest.raises(DrillMismatch) as caught:
        drill(f"""
          // nothing yet
          {line}
        """)
    text = str(caught.value)
    assert text.startswith("script line 3\n")
    assert says in text
    assert f"=> {line}" in text
    assert "> P. 1:101(100) ack 1 win 8192" in text.split("packets:")[1]
    assert "ESTABLISHED" in text.split("state:")[1]


def test_missing_packet_is_told(drill: Drill) -> None:
    drill.established()
    with pytest.raises(DrillMismatch, match="got      nothing"):
        drill("+.1 > P. 1:101(100) ack 1")


def test_silence_broken_is_told(drill: Drill) -> None:
    drill.established()
    drill.send(10)
    with pytest.raises(DrillMismatch, match=r"expected silence for 0.1 s"):
        drill.silent_for(0.1)


def test_unread_packets_at_the_end_are_told() -> None:
    drill = Drill().__enter__()
    drill.established()
    drill.send(10)
    with pytest.raises(DrillMismatch, match="1 packets that no line expects"):
        drill.__exit__()


def test_wrong_bytes_are_told(drill: Drill) -> None:
    drill.established()
    drill.start("nx_tcp_socket_send", drill.socket, drill.packet(b"xyz"), 0)
    with pytest.raises(DrillMismatch, match="bytes of stream position 23 instead of 0"):
        drill("+0 > P. 1:4(3) ack 1")


def test_another_connection_is_told(drill: Drill) -> None:
    drill.established()
    other = drill.new_peer(9999)
    drill.send(10)
    with pytest.raises(DrillMismatch, match="another connection"):
        other("+0 > P.")


def test_range_and_any_time(drill: Drill) -> None:
    drill.established(window=60000)
    drill("""
      +0    < P. 1:11(10) ack 1
      .1~.3 > . 1:1(0) ack 11
      +0    < P. 11:21(10) ack 1
      *     > . 1:1(0) ack 21
    """)


def test_background_service_shows_its_status(drill: Drill) -> None:
    job = drill.connect(wait=10)
    drill("+0 > S 0:0(0)")
    assert job.status is None
    drill.sleep(0.2)
    assert job.status not in (None, NX_SUCCESS)


def test_accepted_connection(drill: Drill) -> None:
    drill.established(server=True)
    drill("+0 < P. 1:4(3) ack 1")
    assert drill.receive() == (NX_SUCCESS, b"abc")
    drill("* > . 1:1(0) ack 4")


def test_own_configuration(make_drill: Callable[..., Drill]) -> None:
    drill = make_drill({"NX_TCP_MAXIMUM_RETRIES": 1}, mtu=576, payload=300, packets=30)
    assert drill.pool.nx_packet_pool_total == 30
    drill.connect(wait=500)
    drill("""
      +0     > S 0:0(0) <mss 536,nop,nop,nop,eol>
      .9~1.1 > S 0:0(0)
    """)
