"""Sending: waiting for the handshake, copies where a packet cannot go as it is, closed windows, limits."""

from collections.abc import Callable

import pytest

from netx_sim import (
    NX_IN_PROGRESS,
    NX_INVALID_PARAMETERS,
    NX_NO_WAIT,
    NX_NOT_CONNECTED,
    NX_SUCCESS,
    NX_TCP_CLOSED,
    NX_WAIT_ABORTED,
    NX_WINDOW_OVERFLOW,
    TX_THREAD,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_send,
    nx_tcp_socket_transmit_configure,
    tx_thread_identify,
    tx_thread_wait_abort,
)
from netx_sim.tcp.acknowledge import initial_window
from netx_sim.testing.drill import FOREVER, Drill
from netx_sim.testing.drill_notation import stream_bytes

Maker = Callable[..., Drill]


# -- the handshake ----------------------------------------------------------------------------------


def test_a_sender_waits_for_the_handshake(drill: Drill) -> None:
    """With a wait, send goes on when the connection is established."""
    drill.connect()
    drill("+0 > S 0:0(0)")
    packet = drill.packet(b"abc")
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, 100)
    drill.sleep(0.3)
    assert sending.status is None
    drill("""
      +0 < S. 0:0(0) ack 1
      +0 > . 1:1(0) ack 1
      +0 > P. 1:4(3) ack 1
      +0 < . 1:1(0) ack 4
    """)
    assert sending.status == NX_SUCCESS


def test_a_sender_that_does_not_wait_for_it(drill: Drill) -> None:
    drill.connect()
    drill("+0 > S 0:0(0)")
    packet = drill.packet(b"abc")
    assert nx_tcp_socket_send(drill.socket, packet, NX_NO_WAIT) == NX_NOT_CONNECTED
    nx_packet_release(packet)
    drill("+0 < R. 0:0(0) ack 1")


@pytest.mark.parametrize(("mss", "segments"), [(536, 4), (1095, 4), (1096, 3), (1460, 3), (2190, 3), (2191, 2)])
def test_first_congestion_window(make_drill: Maker, mss: int, segments: int) -> None:
    """RFC 3390: min(4 * MSS, max(2 * MSS, 4380)), in whole segments."""
    drill = make_drill(payload=4096, mtu=4000)
    drill.established(mss=mss)
    assert drill.socket.nx_tcp_socket_connect_mss == mss
    assert drill.socket.nx_tcp_socket_tx_window_congestion == segments * mss
    assert initial_window(drill.socket, repeated=True) == mss, "RFC 5681 3.1: one segment after a repeated SYN"


# -- what has to be copied --------------------------------------------------------------------------


def test_a_packet_that_begins_between_words_is_copied(drill: Drill) -> None:
    """Headers are written word by word: data at another place go into a new packet, and the old one is released."""
    drill.established()
    packet = drill.packet(b"?" + stream_bytes(1, 10))
    packet[0].nx_packet_prepend_ptr += 1
    packet[0].nx_packet_length -= 1
    free = drill.pool.nx_packet_pool_available
    assert nx_tcp_socket_send(drill.socket, packet, NX_NO_WAIT) == NX_SUCCESS
    drill("+0 > P. 1:11(10) ack 1")
    assert drill.pool.nx_packet_pool_available == free
    drill("+0 < . 1:1(0) ack 11")


def test_a_short_chain_leaves_in_one_packet(make_drill: Maker) -> None:
    """A chain that fits into one packet is copied into one while its pool has some, else it leaves as it is."""
    drill = make_drill(payload=256, packets=40)
    drill.established()
    chain, tail = drill.packet(stream_bytes(1, 50)), drill.packet(b"")
    assert nx_packet_data_append(tail[0], stream_bytes(51, 50), 50, drill.pool, 0) == NX_SUCCESS
    chain[0].nx_packet_next = chain[0].nx_packet_last = tail[0]
    chain[0].nx_packet_length = 100
    assert nx_tcp_socket_send(drill.socket, chain, NX_NO_WAIT) == NX_SUCCESS
    drill("+0 > P. 1:101(100) ack 1")
    assert [packet.nx_packet_next for packet, _, _ in drill.socket._sent] == [None]
    drill("+0 < . 1:1(0) ack 101")


def test_pieces_longer_than_a_payload_are_chains(make_drill: Maker) -> None:
    """A segment size beyond the payload: each piece of a long packet is a chain of its own."""
    drill = make_drill(payload=256)
    drill.established(mss=600)
    assert drill.send(700) == NX_SUCCESS
    drill("""
      +0 > P. 1:601(600) ack 1
      +0 > P. 601:701(100) ack 1
    """)
    sizes = []
    part = drill.socket._sent[0][0]
    while part is not None:
        sizes.append(part.nx_packet_append_ptr - part.nx_packet_prepend_ptr)
        part = part.nx_packet_next
    assert sum(sizes) == 620
    assert len(sizes) > 2
    drill("+0 < . 1:1(0) ack 701")


def test_connection_ends_while_a_sender_waits_for_a_packet_to_cut(make_drill: Maker) -> None:
    """The piece it then gets goes back; the caller keeps its packet."""
    drill = make_drill(packets=20)
    drill.established(mss=500)
    packet = drill.packet(stream_bytes(1, 1200))
    held = [drill.packet(b"") for _ in range(drill.pool.nx_packet_pool_available)]
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, FOREVER)
    drill.sleep(0.1)
    assert sending.status is None
    assert nx_tcp_socket_disconnect(drill.socket, 0) == NX_IN_PROGRESS  # its reset finds no packet
    for one in held:
        nx_packet_release(one)
    drill.silent_for(0.1)
    assert sending.status == NX_NOT_CONNECTED
    assert packet[0].nx_packet_length == 1200
    nx_packet_release(packet)


def test_a_chain_that_is_shorter_than_it_says(drill: Drill) -> None:
    """Found out where the data are copied; the piece goes back, the caller keeps its packet."""
    drill.established(mss=500)
    packet = drill.packet(stream_bytes(1, 300))
    packet[0].nx_packet_length = 900
    free = drill.pool.nx_packet_pool_available
    assert nx_tcp_socket_send(drill.socket, packet, NX_NO_WAIT) != NX_SUCCESS
    assert drill.pool.nx_packet_pool_available == free
    nx_packet_release(packet)


# -- windows ----------------------------------------------------------------------------------------


def test_probes_ask_with_the_first_byte_that_is_kept_back(drill: Drill) -> None:
    """RFC 9293 3.8.6.1: a closed window is asked about each second, here with the byte the sender wants to send."""
    drill.established(peer_window=0)
    drill("+0 < P. 1:2(1) ack 1 win 0")
    packet = drill.packet(b"abc")
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, FOREVER)
    drill("""
      +.2 > . 1:1(0) ack 2
      *   > . 1:2(1) ack 2
      +0  < . 2:2(0) ack 1 win 0
      *   > . 1:2(1) ack 2
      +0  < . 2:2(0) ack 1 win 100
      +0  > P. 1:4(3) ack 2
      +0  < . 2:2(0) ack 4 win 100
    """)
    assert sending.status == NX_SUCCESS


def test_unanswered_probes_end_the_connection(make_drill: Maker) -> None:
    """As many as repetitions of data, then the connection is reset and the sender told."""
    drill = make_drill({"NX_TCP_MAXIMUM_RETRIES": 2})
    drill.established(peer_window=0)
    packet = drill.packet(b"abc")
    sending = drill.start("nx_tcp_socket_send", drill.socket, packet, FOREVER)
    drill("""
      *    > . 1:2(1) ack 1
      *    > . 1:2(1) ack 1
    """)
    drill.silent_for(30)
    assert sending.status == NX_NOT_CONNECTED
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED
    nx_packet_release(packet)


def test_window_closed_without_waiting(drill: Drill) -> None:
    drill.established(peer_window=0)
    packet = drill.packet(b"abc")
    assert nx_tcp_socket_send(drill.socket, packet, NX_NO_WAIT) == NX_WINDOW_OVERFLOW
    nx_packet_release(packet)
    drill("* > . 1:2(1) ack 1")
    drill("+0 < R 1:1(0)")


def test_aborted_sender_keeps_its_packet(drill: Drill) -> None:
    drill.established(peer_window=0)
    packet = drill.packet(b"abc")
    threads: list[TX_THREAD | None] = []

    def send() -> int:
        threads.append(tx_thread_identify())
        return nx_tcp_socket_send(drill.socket, packet, FOREVER)

    sending = drill.start(send)
    drill.sleep(0.1)
    tx_thread_wait_abort(threads[0])
    drill.sleep(0.01)
    assert sending.status == NX_WAIT_ABORTED
    nx_packet_release(packet)


# -- how often and how long -------------------------------------------------------------------------


def test_each_socket_has_its_own_repetition(drill: Drill) -> None:
    """nx_tcp_socket_transmit_configure: queue, ticks to the first repetition, how many, and how much longer each."""
    drill.established(mss=1000)
    assert nx_tcp_socket_transmit_configure(drill.socket, 5, 50, 3, 1) == NX_SUCCESS
    drill.send_in_flight(1)
    drill("""
      +.5 > P. 1:1001(1000) ack 1
      +1  > P. 1:1001(1000) ack 1
      +2  > P. 1:1001(1000) ack 1
    """)
    drill.silent_for(3.9)
    assert drill.socket.nx_tcp_socket_state != NX_TCP_CLOSED
    drill.sleep(0.2)
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_a_timeout_between_two_fast_events_counts_up(drill: Drill) -> None:
    """Time-outs are counted in fast events (100 ms): 55 ticks last six of them."""
    drill.established(mss=1000)
    assert nx_tcp_socket_transmit_configure(drill.socket, 5, 55, 3, 0) == NX_SUCCESS
    drill.send_in_flight(1)
    drill("""
      +.6 > P. 1:1001(1000) ack 1
      +0  < . 1:1(0) ack 1001
    """)


def test_payload_too_small_for_headers(make_drill: Maker) -> None:
    """A pool whose payloads hold no headers cannot give the pieces of a long packet."""
    drill = make_drill()
    drill.established(mss=100)
    packet = drill.packet(stream_bytes(1, 200))
    real, drill.pool.nx_packet_pool_payload_size = drill.pool.nx_packet_pool_payload_size, 50
    assert nx_tcp_socket_send(drill.socket, packet, NX_NO_WAIT) == NX_INVALID_PARAMETERS
    drill.pool.nx_packet_pool_payload_size = real
    nx_packet_release(packet)
