"""Packets longer than one payload: chains in both directions."""

from collections.abc import Callable

import pytest

from netx_sim import (
    NX_NO_PACKET,
    NX_SUCCESS,
    NX_WAIT_FOREVER,
    Ref,
    nx_packet_release,
    nx_tcp_socket_receive,
    packet_bytes,
)
from netx_sim.testing.drill import Drill
from netx_sim.testing.drill_notation import stream_bytes

Maker = Callable[..., Drill]


def chain(packet: object) -> list[int]:
    sizes = []
    while packet is not None:
        sizes.append(packet.nx_packet_append_ptr - packet.nx_packet_prepend_ptr)  # type: ignore[attr-defined]
        packet = packet.nx_packet_next  # type: ignore[attr-defined]
    return sizes


def test_long_segment_is_received_as_a_chain(make_drill: Maker) -> None:
    """A frame larger than a payload comes in chained packets, one entry of the receive queue."""
    drill = make_drill(payload=256)
    drill.established(window=8192)
    drill("+0 < P. 1:1001(1000) ack 1")
    packet = Ref()
    assert nx_tcp_socket_receive(drill.socket, packet, 0) == NX_SUCCESS
    assert packet_bytes(packet[0]) == stream_bytes(1, 1000)
    assert chain(packet[0]) == [216, 256, 256, 256, 16]
    nx_packet_release(packet[0])
    drill("+.2 > . 1:1(0) ack 1001")


def test_chain_below_the_mss_leaves_as_one_segment(make_drill: Maker) -> None:
    """A chain larger than the payload but below the MSS is queued as it is."""
    drill = make_drill(payload=256)
    drill.established(mss=1000)
    assert drill.send(900) == NX_SUCCESS
    drill("""
      +0 > P. 1:901(900) ack 1
      +0 < . 1:1(0) ack 901
    """)


def test_chain_above_the_mss_is_cut(make_drill: Maker) -> None:
    """What is longer than the MSS is copied into new packets, segment by segment."""
    drill = make_drill(payload=256)
    drill.established(mss=500)
    assert drill.send(1200) == NX_SUCCESS
    drill("""
      +0 > P. 1:501(500) ack 1
      +0 > P. 501:1001(500) ack 1
      +0 > P. 1001:1201(200) ack 1
      +0 < . 1:1(0) ack 1201
    """)


def test_out_of_order_chains_are_joined_in_order(make_drill: Maker) -> None:
    """RFC 9293 3.10.7.4: held segments follow once the gap is closed, chains like others."""
    drill = make_drill(payload=256)
    drill.established(window=8192)
    drill("""
      +0  < P. 601:1201(600) ack 1
      +0  > . 1:1(0) ack 1
      +0  < P. 1:601(600) ack 1
      +.2 > . 1:1(0) ack 1201
    """)
    data = b"".join(drill.receive()[1] for _ in range(2))
    assert data == stream_bytes(1, 1200)


def test_chain_is_resent_whole(make_drill: Maker) -> None:
    """RFC 9293 3.8.1: a lost segment is repeated after a second, chain and all."""
    drill = make_drill(payload=256)
    drill.established(mss=1000)
    assert drill.send(900) == NX_SUCCESS
    drill("""
      +0 > P. 1:901(900) ack 1
      +1 > P. 1:901(900) ack 1
      +0 < . 1:1(0) ack 901
    """)


@pytest.mark.parametrize("trim", [1, 255, 256, 300])
def test_trimmed_chain_keeps_its_tail(make_drill: Maker, trim: int) -> None:
    """RFC 9293 3.10.7.4: what was received before is cut off in front, across packets of the chain."""
    drill = make_drill(payload=256)
    drill.established(window=8192)
    drill(f"""
      +0  < P. 1:{trim + 1}({trim}) ack 1
      +0  < P. 1:801(800) ack 1
    """)
    data = b"".join(drill.receive()[1] for _ in range(2))
    assert data == stream_bytes(1, 800)
    drill("* > . 1:1(0) ack 801")


def test_sender_without_packets_to_cut_waits(make_drill: Maker) -> None:
    """Cutting takes packets from the pool: with none free the call fails at once and keeps the packet."""
    drill = make_drill(packets=20)
    drill.established(mss=500)
    packet = drill.packet(stream_bytes(1, 1200))
    held = [drill.packet(b"") for _ in range(drill.pool.nx_packet_pool_available)]
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, 0)
    drill.sleep(0.1)
    assert sending.status == NX_NO_PACKET
    assert packet[0].nx_packet_length == 1200
    for one in held:
        nx_packet_release(one)
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, NX_WAIT_FOREVER)
    drill("""
      +0 > P. 1:501(500) ack 1
      +0 > P. 501:1001(500) ack 1
      +0 > P. 1001:1201(200) ack 1
      +0 < . 1:1(0) ack 1201
    """)
    assert sending.status == NX_SUCCESS
