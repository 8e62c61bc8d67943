"""The low watermark of pools and the limit of receive queues, a build flag: data that find no room are dropped."""

from collections.abc import Callable

from netx_sim import (
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
    nx_packet_pool_low_watermark_set,
    nx_packet_release,
    nx_tcp_socket_receive_queue_max_set,
)
from netx_sim.testing.drill import Drill

Maker = Callable[..., Drill]
WATERMARK = {"NX_ENABLE_LOW_WATERMARK": 1}


def test_default_build_has_neither(drill: Drill) -> None:
    """Without NX_ENABLE_LOW_WATERMARK both services answer NX_NOT_SUPPORTED, whatever they are given."""
    assert nx_packet_pool_low_watermark_set(drill.pool, 5) == NX_NOT_SUPPORTED
    assert nx_tcp_socket_receive_queue_max_set(drill.create_socket(), 5) == NX_NOT_SUPPORTED


def test_data_below_the_mark_are_dropped_and_come_again(make_drill: Maker) -> None:
    """With fewer free packets than the mark, arriving data are not kept; the peer repeats them later."""
    drill = make_drill(WATERMARK, packets=20)
    assert nx_packet_pool_low_watermark_set(drill.pool, 10) == NX_SUCCESS
    drill.established(window=60000)
    held = [drill.packet(b"") for _ in range(12)]
    drill("+0 < P. 1:101(100) ack 1")
    drill.sleep(0.5)
    drill.take_all()
    assert drill.receive()[0] != NX_SUCCESS
    for packet in held:
        nx_packet_release(packet)
    drill("""
      +0  < P. 1:101(100) ack 1
      +.2 > . 1:1(0) ack 101
    """)
    assert len(drill.receive()[1]) == 100


def test_acknowledgements_pass_below_the_mark(make_drill: Maker) -> None:
    """Only data are dropped: an acknowledgement gives packets back, which is what is needed most."""
    drill = make_drill(WATERMARK, packets=20)
    assert nx_packet_pool_low_watermark_set(drill.pool, 10) == NX_SUCCESS
    drill.established()
    drill.send_in_flight(segments=2)
    held = [drill.packet(b"") for _ in range(10)]
    drill("+0 < . 1:1(0) ack 2921")
    assert drill.socket.nx_tcp_socket_transmit_sent_count == 0
    for packet in held:
        nx_packet_release(packet)


def test_receive_queue_keeps_its_maximum(make_drill: Maker) -> None:
    """nx_tcp_socket_receive_queue_max_set: one more segment than the maximum is not kept."""
    drill = make_drill(WATERMARK)
    drill.established(window=60000)
    assert nx_tcp_socket_receive_queue_max_set(drill.socket, 2) == NX_SUCCESS
    drill("""
      +0 < P. 1:11(10)  ack 1
      +0 < P. 11:21(10) ack 1
      +0 < P. 21:31(10) ack 1
    """)
    drill.sleep(0.5)
    drill.take_all()
    assert drill.socket.nx_tcp_socket_receive_queue_count == 2
    assert [drill.receive()[1] for _ in range(2)] == [b"abcdefghij", b"klmnopqrst"]
    drill.sleep(0.5)
    drill.take_all()
    drill("""
      +0  < P. 21:31(10) ack 1
      +.2 > . 1:1(0) ack 31
    """)
