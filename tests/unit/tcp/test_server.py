"""Listening ports: who gets a SYN, and how a socket comes off a port again."""

from collections.abc import Callable

from netx_sim import (
    NX_CONNECTION_PENDING,
    NX_ENTRY_NOT_FOUND,
    NX_IN_PROGRESS,
    NX_INVALID_RELISTEN,
    NX_NOT_CLOSED,
    NX_NOT_LISTEN_STATE,
    NX_SUCCESS,
    NX_TCP_CLOSED,
    NX_TCP_ESTABLISHED,
    NX_TCP_LISTEN_STATE,
    nx_tcp_client_socket_bind,
    nx_tcp_server_socket_accept,
    nx_tcp_server_socket_listen,
    nx_tcp_server_socket_relisten,
    nx_tcp_server_socket_unaccept,
    nx_tcp_server_socket_unlisten,
    nx_tcp_socket_delete,
)
from netx_sim.testing.drill import FOREVER, LOCAL_PORT, Drill

Maker = Callable[..., Drill]


def test_unaccept_takes_a_listening_socket_off_its_port(drill: Drill) -> None:
    """The next SYN is not given to it; relisten may attach it, or another, again."""
    socket = drill.listen()
    assert nx_tcp_server_socket_unaccept(socket) == NX_SUCCESS
    assert socket.nx_tcp_socket_state == NX_TCP_CLOSED
    drill("+0 < S 0:0(0)")
    assert socket.nx_tcp_socket_state == NX_TCP_CLOSED
    assert nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, socket) == NX_CONNECTION_PENDING
    accepting = drill.start("nx_tcp_server_socket_accept", socket, FOREVER)
    drill("""
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
    """)
    assert accepting.status == NX_SUCCESS


def test_unlisten_after_unaccept(drill: Drill) -> None:
    """Then the port is closed, and the socket can be deleted."""
    socket = drill.listen()
    assert nx_tcp_server_socket_unaccept(socket) == NX_SUCCESS
    assert nx_tcp_server_socket_unlisten(drill.ip, LOCAL_PORT) == NX_SUCCESS
    assert nx_tcp_server_socket_unlisten(drill.ip, LOCAL_PORT) == NX_ENTRY_NOT_FOUND
    drill("""
      +0 < S 0:0(0)
      +0 > R. 0:0(0) ack 1
    """)
    assert nx_tcp_socket_delete(socket) == NX_SUCCESS


def test_unlisten_gives_queued_packets_back(drill: Drill) -> None:
    """SYNs that wait for a relisten hold packets."""
    drill.established(server=True)
    free = drill.pool.nx_packet_pool_available
    for port in (1001, 1002):
        drill.new_peer(port)("+0 < S 0:0(0)")
    assert drill.pool.nx_packet_pool_available == free - 2
    assert nx_tcp_server_socket_unlisten(drill.ip, LOCAL_PORT) == NX_SUCCESS
    assert drill.pool.nx_packet_pool_available == free


def test_a_repeated_syn_waits_once(drill: Drill) -> None:
    drill.established(server=True)
    free = drill.pool.nx_packet_pool_available
    peers = [drill.new_peer(port) for port in (1001, 1002)]
    for peer in [*peers, *peers]:
        peer("+0 < S 0:0(0)")
    assert drill.pool.nx_packet_pool_available == free - 2
    peers[1]("+0 < R 0:0(0)")
    assert drill.pool.nx_packet_pool_available == free - 1
    assert [segment.source_port for segment in drill.ip._tcp.listens[LOCAL_PORT].queue] == [1001]


def test_relisten_wants_a_free_port_and_a_free_socket(drill: Drill) -> None:
    socket, other = drill.listen(), drill.create_socket()
    assert nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, socket) == NX_NOT_CLOSED
    assert nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, other) == NX_INVALID_RELISTEN
    assert nx_tcp_server_socket_relisten(drill.ip, 999, other) == NX_INVALID_RELISTEN


def test_accept_wants_a_socket_that_listens(drill: Drill) -> None:
    assert nx_tcp_server_socket_accept(drill.create_socket(), 0) == NX_NOT_LISTEN_STATE
    drill.established(server=True)
    assert nx_tcp_server_socket_accept(drill.socket, 0) == NX_SUCCESS, "it is connected already"


def test_several_connections_on_one_port(drill: Drill) -> None:
    """Each socket of a port gets its own peer's segments."""
    first = drill.established(server=True)
    second = drill.create_socket()
    assert nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, second) == NX_SUCCESS
    accepting = drill.start("nx_tcp_server_socket_accept", second, FOREVER)
    peer = drill.new_peer(1001)
    peer("""
      +0 < S 0:0(0)
      +0 > S. 0:0(0) ack 1
      +0 < . 1:1(0) ack 1
      +0 < P. 1:11(10) ack 1
    """)
    drill("+0 < P. 1:6(5) ack 1")
    assert accepting.status == NX_SUCCESS
    assert [first.nx_tcp_socket_bytes_received, second.nx_tcp_socket_bytes_received] == [5, 10]
    assert drill.ip._tcp.ports[LOCAL_PORT] == [first, second]
    peer("+0 < R 11:11(0)")
    assert [first.nx_tcp_socket_state, second.nx_tcp_socket_state] == [NX_TCP_ESTABLISHED, NX_TCP_LISTEN_STATE]
    drill.take_all()


def test_a_server_socket_that_ended_can_be_given_back(drill: Drill) -> None:
    """unaccept, then relisten: the cycle of a server that takes one connection after the other."""
    socket = drill.established(server=True)
    for port in range(2000, 2004):
        drill("+0 < R 1:1(0)")
        assert nx_tcp_server_socket_unaccept(socket) == NX_SUCCESS
        assert drill.ip._tcp.ports == {}
        assert nx_tcp_server_socket_relisten(drill.ip, LOCAL_PORT, socket) == NX_SUCCESS
        drill.replace_peer(port)("+0 < S 0:0(0)")
        assert nx_tcp_server_socket_accept(socket, 0) == NX_IN_PROGRESS
        drill("""
          +0 > S. 0:0(0) ack 1
          +0 < . 1:1(0) ack 1
        """)
        assert socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED


def test_two_sockets_with_the_same_peer(drill: Drill) -> None:
    """The first keeps the peer's segments; when it goes, the other has them."""
    from netx_sim.tcp.block import peer_clear, peer_set, port_leave, port_take

    sockets = [drill.create_socket() for _ in range(3)]
    tcp, key = drill.ip._tcp, (7, 0x0A000002, 80)
    for socket in sockets:
        port_take(socket, 7)
        peer_set(socket, 0x0A000002, 80)
    assert tcp.connections == {key: sockets[0]}
    peer_clear(sockets[1])
    assert tcp.connections == {key: sockets[0]}
    peer_clear(sockets[0])
    assert tcp.connections == {key: sockets[2]}
    peer_clear(sockets[0])
    for socket in sockets:
        port_leave(socket)
    assert (tcp.connections, tcp.ports) == ({}, {})


def test_a_listening_port_is_free_for_clients(drill: Drill) -> None:
    """Only a connection that was accepted holds the port."""
    drill.listen()
    client = drill.create_socket()
    assert nx_tcp_client_socket_bind(client, LOCAL_PORT, 0) == NX_SUCCESS
    assert nx_tcp_server_socket_listen(drill.ip, LOCAL_PORT, client, 5, None) != NX_SUCCESS
