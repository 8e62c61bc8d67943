"""Segments in any order, overlapping in any way: what is read is the stream, and no byte is kept twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from netx_sim import NX_SUCCESS, Ref, nx_packet_release, nx_tcp_socket_bytes_available
from netx_sim.tcp.data import end_cut, front_cut
from netx_sim.testing.drill import Drill
from netx_sim.testing.drill_notation import stream_bytes

WINDOW = 600
# First byte (0: a byte that was received before) and length of segments; some reach beyond the window.
pieces = st.lists(st.tuples(st.integers(0, 520), st.integers(1, 160)), min_size=1, max_size=12)


def kept(have: set[int], first: int, length: int) -> None:
    """What a receiver with an open window may keep of a segment."""
    have.update(byte for byte in range(first, first + length) if 1 <= byte <= WINDOW)


def in_order(have: set[int]) -> int:
    """Bytes from the first one on without a gap."""
    end = 1
    while end in have:
        end += 1
    return end - 1


@settings(max_examples=120)
@given(pieces, st.sampled_from([128, 1536]))
def test_any_order_and_overlap(segments: list[tuple[int, int]], payload: int) -> None:
    with Drill(payload=payload, packets=120) as drill:
        drill.established(window=WINDOW)
        have: set[int] = set()
        for first, length in segments:
            drill(f"+0 < P. {first}:{first + length}({length}) ack 1")
            kept(have, first, length)
            counted = Ref()
            assert nx_tcp_socket_bytes_available(drill.socket, counted) == NX_SUCCESS
            assert counted[0] == in_order(have)
            ahead = sum(packet.nx_packet_length for _, packet in drill.socket._rx_ahead)
            assert counted[0] + ahead == len(have), "no byte twice"
            queued = len(drill.socket._rx_ready) + len(drill.socket._rx_ahead)
            assert drill.socket.nx_tcp_socket_receive_queue_count == queued
        data = b""
        while drill.socket._rx_ready:
            data += drill.receive()[1]
        assert data == stream_bytes(1, in_order(have))
        drill.take_all()


def chain(drill: Drill, sizes: list[int]) -> Ref:
    """A packet chain whose parts have these sizes."""
    packet = drill.packet(stream_bytes(1, sum(sizes)))
    parts, part = [], packet[0]
    while part is not None:
        parts.append(part.nx_packet_append_ptr - part.nx_packet_prepend_ptr)
        part = part.nx_packet_next
    assert parts == sizes
    return packet


def content(drill: Drill, packet: Ref) -> bytes:
    data, part = b"", packet[0]
    while part is not None:
        data += bytes(part._mem[part.nx_packet_prepend_ptr : part.nx_packet_append_ptr])
        part = part.nx_packet_next
    assert packet[0].nx_packet_length == len(data)
    return data


SIZES = [52, 128, 120]  # of a chain in payloads of 128 bytes, with room for headers in the first


@settings(max_examples=60)
@given(st.integers(0, 300), st.integers(0, 300))
def test_cut_in_front_and_behind(front: int, length: int) -> None:
    """Both cuts move pointers; the end cut gives the packets behind it back."""
    with Drill(payload=128, packets=20) as drill:
        packet = chain(drill, SIZES)
        rest = stream_bytes(1, 300)[front:]
        front_cut(packet[0], front)
        assert content(drill, packet) == rest
        length = min(length, len(rest))
        end_cut(packet[0], length)
        assert content(drill, packet) == rest[:length]
        last = packet[0]
        while last.nx_packet_next is not None:
            last = last.nx_packet_next
        assert packet[0].nx_packet_last is (last if last is not packet[0] else None)
        assert nx_packet_release(packet[0]) == NX_SUCCESS
        assert drill.pool.nx_packet_pool_available == drill.pool.nx_packet_pool_total


def test_a_piece_that_spans_two_fills_all_gaps(drill: Drill) -> None:
    """One segment that covers what waits behind gaps replaces it: what waited goes back to its pool."""
    drill.established(window=WINDOW)
    free = drill.pool.nx_packet_pool_available
    drill("""
      +0 < P. 101:111(10) ack 1
      +0 > . 1:1(0) ack 1
      +0 < P. 201:211(10) ack 1
      +0 > . 1:1(0) ack 1
      +0 < P. 51:301(250) ack 1
      +0 > . 1:1(0) ack 1
    """)
    assert [packet.nx_packet_length for _, packet in drill.socket._rx_ahead] == [250]
    assert drill.pool.nx_packet_pool_available == free - 1
    drill("""
      +0  < P. 1:51(50) ack 1
      +.2 > . 1:1(0) ack 301
    """)
    assert drill.receive()[1] + drill.receive()[1] == stream_bytes(1, 300)
    drill.take_all()


def test_what_is_known_already_is_acknowledged_once_more(drill: Drill) -> None:
    """Nothing new in a segment behind a gap: two acknowledgements instead of one."""
    drill.established(window=WINDOW)
    drill("""
      +0 < P. 101:201(100) ack 1
      +0 > . 1:1(0) ack 1
      +0 < P. 121:181(60) ack 1
      +0 > . 1:1(0) ack 1
      +0 > . 1:1(0) ack 1
    """)
    assert [packet.nx_packet_length for _, packet in drill.socket._rx_ahead] == [100]


def test_closing_throws_away_what_waits_behind_a_gap(drill: Drill) -> None:
    """The packets behind a gap go back to their pool when a new connection begins."""
    drill.established(window=WINDOW)
    drill("""
      +0 < P. 101:201(100) ack 1
      +0 > . 1:1(0) ack 1
      +0 < R 1:1(0)
    """)
    drill.start("nx_tcp_client_socket_connect", drill.socket, 0x0A000002, 8080, 0)
    drill("* > S (0)")
    assert drill.socket._rx_ahead == []
    assert drill.pool.nx_packet_pool_available == drill.pool.nx_packet_pool_total
