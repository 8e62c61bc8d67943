"""A listening port with one socket and several peers: who is answered, who waits, who is forgotten."""

from netx_sim import (
    NX_CONNECTION_PENDING,
    NX_SUCCESS,
    NX_TCP_ESTABLISHED,
    Ref,
    nx_tcp_server_socket_relisten,
    nx_tcp_server_socket_unaccept,
    nx_tcp_server_socket_unlisten,
    nx_tcp_socket_disconnect,
    nx_tcp_socket_peer_info_get,
)
from netx_sim.testing.drill import FOREVER, LOCAL_PORT, Drill
from netx_sim.testing.drill_peer import Peer

SYN = "+0 < S 0:0(0) win 8192 <mss 1460>"


def accept_first(drill: Drill, backlog: int = 5) -> None:
    """The first peer (port 8080) is connected to the only listening socket."""
    socket = drill.listen(backlog=backlog)
    drill.start("nx_tcp_server_socket_accept", socket, FOREVER)
    drill(f"""
      {SYN}
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
    """)
    assert socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED


def relisten_and_accept(drill: Drill) -> int:
    """Another socket takes the port; the status of relisten."""
    socket = drill.create_socket()
    status = nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, socket)
    drill.start("nx_tcp_server_socket_accept", socket, FOREVER)
    return status


def queue_syns(drill: Drill, count: int) -> list[Peer]:
    peers = [drill.new_peer(9000 + index) for index in range(count)]
    for peer in peers:
        peer(SYN)
    drill.silent_for(0.5)
    return peers


def peer_port(drill: Drill) -> int:
    address, port = Ref(), Ref()
    assert nx_tcp_socket_peer_info_get(drill.socket, address, port) == NX_SUCCESS
    return port.value


def test_second_peer_waits_in_the_queue(drill: Drill) -> None:
    """A SYN that finds no listening socket is kept, not answered, until a socket listens again."""
    accept_first(drill)
    (second,) = queue_syns(drill, 1)
    assert relisten_and_accept(drill) == NX_CONNECTION_PENDING
    second("""
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
    """)
    assert peer_port(drill) == 9000


def test_queued_peers_are_served_in_order(drill: Drill) -> None:
    """First in, first out."""
    accept_first(drill)
    for index, peer in enumerate(queue_syns(drill, 3)):
        assert relisten_and_accept(drill) == NX_CONNECTION_PENDING
        peer("""
          +0 > S. 0:0(0) ack 1
          +0 < . 1:1(0) ack 1
        """)
        assert peer_port(drill) == 9000 + index


def test_full_queue_forgets_the_oldest(drill: Drill) -> None:
    """A listen queue of two keeps the two latest; the first has to repeat its SYN."""
    accept_first(drill, backlog=2)
    _, second, third = queue_syns(drill, 3)
    for peer in (second, third):
        assert relisten_and_accept(drill) == NX_CONNECTION_PENDING
        peer("""
          +0 > S. 0:0(0) ack 1
          +0 < . 1:1(0) ack 1
        """)
    assert relisten_and_accept(drill) == NX_SUCCESS


def test_repeated_syn_is_queued_once(drill: Drill) -> None:
    """RFC 9293 3.8.1: a repeated SYN is the same connection."""
    accept_first(drill)
    (second,) = queue_syns(drill, 1)
    second("+0 < S 0:0(0) win 8192 <mss 1460> x3")
    assert relisten_and_accept(drill) == NX_CONNECTION_PENDING
    second("""
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
    """)
    assert relisten_and_accept(drill) == NX_SUCCESS


def test_reset_leaves_the_queue(drill: Drill) -> None:
    """A peer that gave up is not connected later."""
    accept_first(drill)
    (second,) = queue_syns(drill, 1)
    second("+0 < R 1:1(0)")
    assert relisten_and_accept(drill) == NX_SUCCESS
    drill.silent_for(0.5)


def test_unlisten_drops_who_waits(drill: Drill) -> None:
    """Afterwards the port is closed: a SYN is answered with a reset (RFC 9293 3.10.7.1)."""
    accept_first(drill)
    (second,) = queue_syns(drill, 1)
    assert nx_tcp_server_socket_unlisten(drill.ip, LOCAL_PORT) == NX_SUCCESS
    second(f"""
      {SYN}
      +0 > R. 0:0(0) ack 1
    """)


def test_same_socket_listens_again_after_the_connection(drill: Drill) -> None:
    """unaccept, then relisten: the device's way to serve one peer after another with one socket."""
    accept_first(drill)
    socket = drill.socket
    closing = drill.start(nx_tcp_socket_disconnect, socket, FOREVER)
    drill("""
      +0 > F. 1:1(0) ack 1
      +0 < F. 1:1(0) ack 2
      +0 > . 2:2(0) ack 2
    """)
    assert closing.status == NX_SUCCESS
    assert nx_tcp_server_socket_unaccept(socket) == NX_SUCCESS
    assert nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, socket) == NX_SUCCESS
    drill.start("nx_tcp_server_socket_accept", socket, FOREVER)
    second = drill.new_peer(9000)
    second(f"""
      {SYN}
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
    """)
    assert peer_port(drill) == 9000


def test_two_peers_on_two_sockets_do_not_mix(drill: Drill) -> None:
    """A connection is its four numbers: the same local port serves both."""
    accept_first(drill)
    first_socket = drill.socket
    relisten_and_accept(drill)
    second = drill.new_peer(9000, iss=0x70000000)
    second(f"""
      {SYN}
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
      +0 < P. 1:11(10) ack 1
    """)
    drill("+0 < P. 1:21(20) ack 1")
    assert len(drill.receive()[1]) == 10
    drill.socket = first_socket
    assert len(drill.receive()[1]) == 20
    drill.sleep(0.5)
    assert len(drill.take_all()) == 2
