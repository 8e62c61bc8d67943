"""UDP and ICMP by hand: delivered, refused, answered."""

import pytest

from netx_sim import (
    NX_NO_PACKET,
    NX_SUCCESS,
    Ref,
    nx_packet_release,
    nx_udp_socket_receive,
    nx_udp_socket_send,
    packet_bytes,
)
from netx_sim.testing.drill import LOCAL_PORT, PEER, PEER_PORT, Drill
from netx_sim.testing.frames import pattern_bytes


def read(socket: object) -> bytes | None:
    packet = Ref()
    if nx_udp_socket_receive(socket, packet, 0) != NX_SUCCESS:
        return None
    data = packet_bytes(packet[0])
    nx_packet_release(packet[0])
    return data


@pytest.mark.parametrize("size", [0, 1, 2, 1471, 1472])
def test_datagram_is_delivered(drill: Drill, size: int) -> None:
    """RFC 768: odd and even sizes, none and a full frame."""
    socket = drill.create_udp_socket()
    drill(f"+0 < udp ({size})")
    assert read(socket) == pattern_bytes(0, size)
    drill.silent_for(0.2)


def test_closed_port_is_unreachable(drill: Drill) -> None:
    """RFC 1122 3.2.2.1: destination unreachable, port unreachable."""
    drill("""
      +0 < udp (20)
      +0 > icmp type 3 code 3 (28)
    """)


def test_full_queue_forgets_the_oldest(drill: Drill) -> None:
    """One more datagram than the queue holds drops the first."""
    socket = drill.create_udp_socket(queue=3)
    for size in range(1, 6):
        drill(f"+0 < udp ({size})")
    assert [len(data) for data in iter(lambda: read(socket), None)] == [3, 4, 5]


def test_datagram_leaves_at_once(drill: Drill) -> None:
    """RFC 768; a send never waits."""
    socket = drill.create_udp_socket()
    packet = drill.packet(b"abcde", "NX_UDP_PACKET")
    assert nx_udp_socket_send(socket, packet, PEER, PEER_PORT) == NX_SUCCESS
    drill(f"+0 > udp port {PEER_PORT} from {LOCAL_PORT} ttl 128 (5)")


@pytest.mark.parametrize("size", [0, 1, 56, 1472])
def test_echo_is_answered(drill: Drill, size: int) -> None:
    """RFC 792: the same data come back."""
    drill(f"""
      +0 < icmp type 8 ({size})
      +0 > icmp type 0 code 0 ({size})
    """)


def test_ping_without_answer_takes_its_wait(drill: Drill) -> None:
    """nx_icmp_ping waits as long as it is told, and an answer that comes later finds nobody."""
    reply = Ref()
    job = drill.start("nx_icmp_ping", drill.ip, PEER, b"abc", 3, reply, 50)
    drill("+0 > icmp type 8 code 0 (3)")
    started = drill.tick
    while not job.done:
        drill.sleep(0.01)
    assert drill.tick - started == 50
    assert job.status != NX_SUCCESS
    drill("+0 < icmp type 0 (3)")
    drill.silent_for(0.2)


def test_no_packet_for_an_arriving_datagram(drill: Drill) -> None:
    """With the pool empty it is lost; nothing is sent."""
    socket = drill.create_udp_socket()
    held = [drill.packet(b"") for _ in range(drill.pool.nx_packet_pool_available)]
    drill("+0 < udp (20)")
    drill.silent_for(0.2)
    packet = Ref()
    assert nx_udp_socket_receive(socket, packet, 0) == NX_NO_PACKET
    for one in held:
        nx_packet_release(one)
