"""What checked services refuse that the recordings do not show, or show only in part."""

from collections.abc import Callable

import pytest

from netx_sim import (
    NX_CALLER_ERROR,
    NX_DONT_FRAGMENT,
    NX_IP_NORMAL,
    NX_NO_PACKET,
    NX_NOT_BOUND,
    NX_NOT_CONNECTED,
    NX_NOT_SUPPORTED,
    NX_OPTION_ERROR,
    NX_PTR_ERROR,
    NX_SUCCESS,
    NX_TCP_CLOSED,
    NX_TCP_SOCKET,
    Ref,
    nx_ip_interface_detach,
    nx_packet_release,
    nx_tcp_client_socket_bind,
    nx_tcp_client_socket_connect,
    nx_tcp_socket_create,
    nx_tcp_socket_disconnect_complete_notify,
    nx_tcp_socket_establish_notify,
    nx_tcp_socket_info_get,
    nx_tcp_socket_peer_info_get,
    nx_tcp_socket_queue_depth_notify_set,
    nx_tcp_socket_receive,
    nx_tcp_socket_receive_queue_max_set,
    nx_tcp_socket_send,
    nx_tcp_socket_timed_wait_callback,
)
from netx_sim.tcp import _nx_tcp_socket_delete, _nx_tcp_socket_send
from netx_sim.testing.drill import PEER, Drill

Maker = Callable[..., Drill]


@pytest.mark.parametrize(
    ("service_type", "fragment", "lifetime", "window"),
    [
        (1 << 30, NX_DONT_FRAGMENT, 128, 1000),
        (NX_IP_NORMAL, 1, 128, 1000),
        (NX_IP_NORMAL, NX_DONT_FRAGMENT, 0xFFFFFFFF, 1000),
        (NX_IP_NORMAL, NX_DONT_FRAGMENT, 128, 0),
        (NX_IP_NORMAL, NX_DONT_FRAGMENT, 128, 65536),
    ],
)
def test_socket_create_options(drill: Drill, service_type: int, fragment: int, lifetime: int, window: int) -> None:
    how = (service_type, fragment, lifetime, window, None, None)
    assert nx_tcp_socket_create(drill.ip, NX_TCP_SOCKET(), "bad", *how) == NX_OPTION_ERROR


@pytest.mark.parametrize(
    ("scaling", "window", "status"),
    [
        (0, 65535, NX_SUCCESS),
        (0, 65536, NX_OPTION_ERROR),
        (1, 0x3FFFFFFF, NX_SUCCESS),
        (1, 0x40000000, NX_OPTION_ERROR),
    ],
)
def test_largest_window(make_drill: Maker, scaling: int, window: int, status: int) -> None:
    """RFC 7323 2.3: a window of 1 GiB is the most, and only with NX_ENABLE_TCP_WINDOW_SCALING."""
    drill, socket = make_drill({"NX_ENABLE_TCP_WINDOW_SCALING": scaling}), NX_TCP_SOCKET()
    assert nx_tcp_socket_create(drill.ip, socket, "s", 0, NX_DONT_FRAGMENT, 128, window, None, None) == status
    if not status:
        assert _nx_tcp_socket_delete(socket) == NX_SUCCESS


def test_the_core_deletes_a_socket_only_once(drill: Drill) -> None:
    socket = NX_TCP_SOCKET()
    assert _nx_tcp_socket_delete(socket) != NX_SUCCESS
    assert nx_tcp_socket_create(drill.ip, socket, "s", 0, NX_DONT_FRAGMENT, 128, 1000, None, None) == NX_SUCCESS
    assert _nx_tcp_socket_delete(socket) == NX_SUCCESS
    assert _nx_tcp_socket_delete(socket) != NX_SUCCESS
    assert drill.ip.nx_ip_tcp_created_sockets_count == 0


@pytest.mark.parametrize(
    ("flag", "service"),
    [
        ("NX_ENABLE_EXTENDED_NOTIFY_SUPPORT", nx_tcp_socket_establish_notify),
        ("NX_ENABLE_EXTENDED_NOTIFY_SUPPORT", nx_tcp_socket_disconnect_complete_notify),
        ("NX_ENABLE_EXTENDED_NOTIFY_SUPPORT", nx_tcp_socket_timed_wait_callback),
        ("NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY", nx_tcp_socket_queue_depth_notify_set),
    ],
)
def test_callbacks_of_a_build_flag(make_drill: Maker, flag: str, service: Callable[..., int]) -> None:
    """Built in, they want a created socket and a function."""
    socket = make_drill({flag: 1}).create_socket()
    assert service(None, print) == NX_PTR_ERROR
    assert service(NX_TCP_SOCKET(), print) == NX_PTR_ERROR
    assert service(socket, None) == NX_PTR_ERROR
    assert service(socket, print) == NX_SUCCESS


def test_receive_queue_maximum(make_drill: Maker) -> None:
    """Built in with NX_ENABLE_LOW_WATERMARK; not for interrupts."""
    drill = make_drill({"NX_ENABLE_LOW_WATERMARK": 1})
    socket, statuses = drill.create_socket(), []
    assert nx_tcp_socket_receive_queue_max_set(None, 1) == NX_PTR_ERROR
    assert nx_tcp_socket_receive_queue_max_set(NX_TCP_SOCKET(), 1) == NX_PTR_ERROR
    assert nx_tcp_socket_receive_queue_max_set(socket, 1) == NX_SUCCESS
    drill.sim.interrupt(lambda: statuses.append(nx_tcp_socket_receive_queue_max_set(socket, 2)))
    assert statuses == [NX_CALLER_ERROR]
    assert socket.nx_tcp_socket_receive_queue_maximum == 1


def test_peer_info_in_a_build_without_ipv4(make_drill: Maker) -> None:
    drill = make_drill()
    drill.established()
    drill.sim.config.NX_DISABLE_IPV4 = True
    assert nx_tcp_socket_peer_info_get(drill.socket, Ref(), Ref()) == NX_NOT_SUPPORTED
    drill.sim.config.NX_DISABLE_IPV4 = False
    address, port = Ref(), Ref()
    assert nx_tcp_socket_peer_info_get(drill.socket, address, port) == NX_SUCCESS
    assert (address[0], port[0]) == (PEER, 8080)


def test_counters_of_a_build_without_them(make_drill: Maker) -> None:
    """NX_DISABLE_TCP_INFO: what is counted is 0, what is a state of the socket is not."""
    drill = make_drill({"NX_DISABLE_TCP_INFO": 1})
    drill.established()
    drill.send_in_flight(1)
    outputs = [Ref() for _ in range(11)]
    assert nx_tcp_socket_info_get(drill.socket, *outputs) == NX_SUCCESS
    values = [output[0] for output in outputs]
    assert values[:5] == [0] * 5
    assert values[8] == 1, "the transmit queue"
    drill("+0 < . 1:1(0) ack 1461")


def test_an_unbound_socket_neither_sends_nor_connects(drill: Drill) -> None:
    socket, packet = drill.create_socket(), drill.packet(b"abc")
    assert nx_tcp_client_socket_connect(socket, PEER, 80, 0) == NX_NOT_BOUND
    assert nx_tcp_socket_send(socket, packet, 0) == NX_NOT_CONNECTED
    assert _nx_tcp_socket_send(socket, packet[0], 0) == NX_NOT_BOUND
    nx_packet_release(packet)


def test_a_sender_in_an_interrupt(drill: Drill) -> None:
    drill.established()
    packet, statuses = drill.packet(b"abc"), []
    drill.sim.interrupt(lambda: statuses.append(nx_tcp_socket_send(drill.socket, packet, 0)))
    assert statuses == [NX_CALLER_ERROR]
    nx_packet_release(packet)


def test_a_callback_of_the_stack_reads_without_waiting(drill: Drill) -> None:
    """In the IP thread nothing waits: with no data left a reader gets NX_NO_PACKET whatever its wait option."""
    drill.established(window=60000)
    statuses = []

    def on_data(socket: NX_TCP_SOCKET) -> None:
        packet = Ref()
        for _ in range(2):
            statuses.append(nx_tcp_socket_receive(socket, packet, 100))
            if packet[0] is not None:
                nx_packet_release(packet[0])

    drill.socket.nx_tcp_receive_callback = on_data
    drill("""
      +0  < P. 1:11(10) ack 1
      +.2 > . 1:1(0) ack 11
    """)
    assert statuses == [NX_SUCCESS, NX_NO_PACKET]


def test_detaching_the_interface_ends_its_connections(drill: Drill) -> None:
    """The reader is told; a socket that is not connected stays as it is."""
    drill.established()
    other = drill.create_socket()
    assert nx_tcp_client_socket_bind(other, 4000, 0) == NX_SUCCESS
    connected = drill.ip._tcp.ports[5000][0]
    reader = drill.start("nx_tcp_socket_receive", connected, Ref(), 1000)
    assert nx_ip_interface_detach(drill.ip, 0) == NX_SUCCESS
    drill.sleep(0.01)
    assert connected.nx_tcp_socket_state == NX_TCP_CLOSED
    assert connected.nx_tcp_socket_connect_interface is None
    assert reader.status == NX_NOT_CONNECTED
    assert other._bound


def test_no_packet_for_an_answer(make_drill: Maker) -> None:
    """The only packet holds the question: no answer, and nothing is lost."""
    drill = make_drill(packets=1)
    drill("+0 < S 0:0(0)")
    drill.silent_for(1)
    assert drill.pool.nx_packet_pool_available == 1


def test_payload_too_small_for_an_answer(make_drill: Maker) -> None:
    """A pool whose payloads cannot hold a header gives no control segments."""
    drill = make_drill(payload=64)
    job = drill.connect(wait=20)
    drill.silent_for(1)
    assert job.status == NX_NOT_CONNECTED


def test_a_reset_for_nobody_is_not_answered(drill: Drill) -> None:
    """RFC 9293 3.10.7.1: it is dropped."""
    drill("+0 < R 0:0(0)")
    drill("+0 < R. 0:0(0) ack 1")
    drill.silent_for(1)
