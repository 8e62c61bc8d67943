"""Build flags that change what the stack does: each off, as in a default build, and on."""

from collections.abc import Callable
from typing import Any

import pytest

from netx_sim import *
from netx_sim.link import _nx_ip_driver_deferred_enable, _nx_ip_driver_deferred_receive
from netx_sim.testing.drill import FOREVER, Drill
from tests.unit.ip.bench import Bench, header

Maker = Callable[..., Drill]


# -- TCP ----------------------------------------------------------------------------------------------


def test_disconnect_without_waiting_resets(drill: Drill) -> None:
    drill.established()
    assert nx_tcp_socket_disconnect(drill.socket, NX_NO_WAIT) == NX_IN_PROGRESS
    drill("+0 > R 1:1(0)")
    assert drill.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_disable_reset_disconnect(make_drill: Maker) -> None:
    """NX_DISABLE_RESET_DISCONNECT: the connection is closed in order."""
    drill = make_drill({"NX_DISABLE_RESET_DISCONNECT": 1})
    drill.established()
    assert nx_tcp_socket_disconnect(drill.socket, NX_NO_WAIT) == NX_IN_PROGRESS
    drill("""
      +0 > F. 1:1(0) ack 1
      +0 < F. 1:1(0) ack 2
      +0 > . 2:2(0) ack 2
    """)
    assert drill.socket.nx_tcp_socket_state == NX_TCP_TIMED_WAIT


def test_segments_are_acknowledged_late(drill: Drill) -> None:
    drill.established(window=60000)
    drill.align()
    for number in range(4):
        drill(f"+0 < P. {1 + 10 * number}:{11 + 10 * number}(10) ack 1")
    drill(".1~.3 > . 1:1(0) ack 41")
    drill.receive()


def test_ack_every_n_packets(make_drill: Maker) -> None:
    """NX_TCP_ACK_EVERY_N_PACKETS: every second segment is acknowledged at once."""
    drill = make_drill({"NX_TCP_ACK_EVERY_N_PACKETS": 2})
    drill.established(window=60000)
    drill("""
      +0 < P. 1:11(10) ack 1
      +0 < P. 11:21(10) ack 1
      +0 > . 1:1(0) ack 21
      +0 < P. 21:31(10) ack 1
      +0 < P. 31:41(10) ack 1
      +0 > . 1:1(0) ack 41
    """)


@pytest.mark.parametrize("flag", [0, 1])
def test_window_scaling(make_drill: Maker, flag: int) -> None:
    """NX_ENABLE_TCP_WINDOW_SCALING: windows above 65535 may be asked for."""
    drill = make_drill({"NX_ENABLE_TCP_WINDOW_SCALING": flag})
    socket = NX_TCP_SOCKET()
    status = nx_tcp_socket_create(drill.ip, socket, "wide", 0, 0, 128, 65536, None, None)
    assert status == (NX_SUCCESS if flag else NX_OPTION_ERROR)


@pytest.mark.parametrize("flag", [0, 1])
def test_keepalive(make_drill: Maker, flag: int) -> None:
    """NX_ENABLE_TCP_KEEPALIVE: an idle connection is probed."""
    drill = make_drill({"NX_ENABLE_TCP_KEEPALIVE": flag, "NX_TCP_KEEPALIVE_INITIAL": 3})
    drill.established()
    drill.align(100)
    if flag:
        drill("2~4 > . 0 ack 1")
    else:
        drill.silent_for(10)


@pytest.mark.parametrize("flag", [0, 1])
def test_mss_check(make_drill: Maker, flag: int) -> None:
    """NX_ENABLE_TCP_MSS_CHECK: a peer whose segments are tiny is refused."""
    drill = make_drill({"NX_ENABLE_TCP_MSS_CHECK": flag})
    opening = drill.connect(wait=100)
    drill("+0 > S 0:0(0)")
    drill("+0 < S. 0:0(0) ack 1 <mss 64>")
    drill.take_all()
    drill.sleep(2)
    drill.take_all()
    assert (opening.status == NX_SUCCESS) is not bool(flag)


@pytest.mark.parametrize("flag", [0, 1])
def test_queue_depth_notify(make_drill: Maker, flag: int) -> None:
    """NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY: told when a full transmit queue has room again."""
    drill = make_drill({"NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY": flag, "NX_TCP_MAXIMUM_TX_QUEUE": 1})
    told: list[Any] = []
    drill.established()
    status = nx_tcp_socket_queue_depth_notify_set(drill.socket, told.append)
    assert status == (NX_SUCCESS if flag else NX_NOT_SUPPORTED)
    assert drill.send(10) == NX_SUCCESS
    assert drill.send(10) == NX_TX_QUEUE_DEPTH
    drill("""
      +0 > P. 1:11(10) ack 1
      +0 < . 1:1(0) ack 11
    """)
    assert told == [drill.socket] * flag


@pytest.mark.parametrize("flag", [0, 1])
def test_extended_notify(make_drill: Maker, flag: int) -> None:
    """NX_ENABLE_EXTENDED_NOTIFY_SUPPORT: told when the connection is established."""
    drill = make_drill({"NX_ENABLE_EXTENDED_NOTIFY_SUPPORT": flag})
    told: list[Any] = []
    socket = drill.create_socket()
    status = nx_tcp_socket_establish_notify(socket, told.append)
    assert status == (NX_SUCCESS if flag else NX_NOT_SUPPORTED)
    assert nx_tcp_client_socket_bind(socket, 5000, NX_NO_WAIT) == NX_SUCCESS
    drill.start("nx_tcp_client_socket_connect", socket, 0x0A000002, 8080, FOREVER)
    drill("""
      +0 > S 0:0(0)
      +0 < S. 0:0(0) ack 1
      +0 > . 1:1(0) ack 1
    """)
    assert told == [socket] * flag


# -- packets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", [0, 1])
def test_packet_chains(flag: int) -> None:
    """NX_DISABLE_PACKET_CHAIN: what does not fit one payload is refused."""
    with simulation(config={"NX_DISABLE_PACKET_CHAIN": flag}):
        pool, packet = NX_PACKET_POOL(), Ref()
        assert nx_packet_pool_create(pool, "pool", 100, bytearray(1000), 1000) == NX_SUCCESS
        assert nx_packet_allocate(pool, packet, 0, NX_NO_WAIT) == NX_SUCCESS
        status = nx_packet_data_append(packet.value, bytes(150), 150, pool, NX_NO_WAIT)
        assert status == (NX_SIZE_ERROR if flag else NX_SUCCESS)
        assert (packet.value.nx_packet_next is None) is bool(flag)
        assert nx_packet_release(packet) == NX_SUCCESS


@pytest.mark.provokes("nx_packet_debug_info_get NX_SUCCESS")
def test_packet_debug_information() -> None:
    """NX_ENABLE_PACKET_DEBUG_INFO: of each packet, its state, who has it and who allocated it."""
    with simulation(config={"NX_ENABLE_PACKET_DEBUG_INFO": 1}):
        pool, packet, out = NX_PACKET_POOL(), Ref(), [Ref() for _ in range(5)]
        assert nx_packet_pool_create(pool, "pool", 100, bytearray(1000), 1000) == NX_SUCCESS
        assert nx_packet_allocate(pool, packet, 0, NX_NO_WAIT) == NX_SUCCESS
        assert nx_packet_debug_info_get(pool, 0, *out) == NX_SUCCESS
        assert out[0].value is packet.value
        assert out[1].value == NX_PACKET_ALLOCATED
        assert out[3].value == "nx_packet_allocate"
        assert nx_packet_release(packet) == NX_SUCCESS


# -- statistics ---------------------------------------------------------------------------------------


def counts(service: Callable[..., int], block: Any, outputs: int) -> list[Any]:
    values = [Ref() for _ in range(outputs)]
    assert service(block, *values) == NX_SUCCESS
    return [value.value for value in values]


@pytest.mark.parametrize("flag", [0, 1])
def test_tcp_and_ip_statistics(make_drill: Maker, flag: int) -> None:
    """NX_DISABLE_TCP_INFO, NX_DISABLE_IP_INFO: counts are 0, what is a state stays."""
    drill = make_drill({"NX_DISABLE_TCP_INFO": flag, "NX_DISABLE_IP_INFO": flag})
    drill.established()
    drill.send_in_flight(1)
    drill("+0 < . 1:1(0) ack 1461")
    ip, socket = counts(nx_ip_info_get, drill.ip, 10), counts(nx_tcp_socket_info_get, drill.socket, 11)
    tcp = counts(nx_tcp_info_get, drill.ip, 11)
    assert (any(ip), any(tcp), any(socket[:5])) == ((False,) * 3 if flag else (True,) * 3)
    assert NX_TCP_ESTABLISHED in socket


@pytest.mark.parametrize("flag", [0, 1])
def test_udp_statistics(make_drill: Maker, flag: int) -> None:
    """NX_DISABLE_UDP_INFO: counts are 0."""
    drill = make_drill({"NX_DISABLE_UDP_INFO": flag})
    socket = drill.create_udp_socket()
    packet = drill.packet(b"data", "NX_UDP_PACKET")
    assert nx_udp_socket_send(socket, packet, 0x0A000002, 9) == NX_SUCCESS
    drill.take_all()
    assert any(counts(nx_udp_info_get, drill.ip, 7)) is not bool(flag)
    assert any(counts(nx_udp_socket_info_get, socket, 7)) is not bool(flag)


@pytest.mark.parametrize("flag", [0, 1])
def test_packet_statistics(flag: int) -> None:
    """NX_DISABLE_PACKET_INFO: total and free packets stay, requests that found none are not counted."""
    with simulation(config={"NX_DISABLE_PACKET_INFO": flag}):
        pool = NX_PACKET_POOL()
        assert nx_packet_pool_create(pool, "pool", 100, bytearray(160), 160) == NX_SUCCESS
        packet = Ref()
        assert nx_packet_allocate(pool, packet, 0, NX_NO_WAIT) == NX_SUCCESS
        assert nx_packet_allocate(pool, Ref(), 0, NX_NO_WAIT) == NX_NO_PACKET
        assert counts(nx_packet_pool_info_get, pool, 5) == [1, 0, 1 - flag, 0, 0]
        assert nx_packet_release(packet) == NX_SUCCESS


# -- interfaces and drivers ---------------------------------------------------------------------------


@pytest.mark.parametrize("flag", [0, 1])
def test_loopback_interface(flag: int) -> None:
    """NX_DISABLE_LOOPBACK_INTERFACE: nobody answers at 127.0.0.1."""
    with Bench(config={"NX_DISABLE_LOOPBACK_INTERFACE": flag}) as bench:
        bench.sleep_until(5)
        bench.deliver_to("_udp_receive")
        status = bench.send(IP_ADDRESS(127, 0, 0, 1), b"x" * 8)
        tx_thread_sleep(1)
        assert status == (NX_IP_ADDRESS_ERROR if flag else NX_SUCCESS)
        assert len(bench.delivered) == 1 - flag


@pytest.mark.parametrize("flag", [0, 1])
def test_deferred_receive_of_a_driver(flag: int) -> None:
    """NX_DRIVER_DEFERRED_PROCESSING: the IP thread gives the driver's packets to the driver's own handler."""
    with Bench(config={"NX_DRIVER_DEFERRED_PROCESSING": flag}) as bench:
        bench.sleep_until(5)
        handled: list[Any] = []

        def handler(packet: Any) -> None:
            handled.append((tx_thread_identify(), packet))
            nx_packet_release(packet)

        _nx_ip_driver_deferred_enable(bench.ip, handler)
        packet = bench.received(header(data=b"x"))
        bench.sim.interrupt(lambda: _nx_ip_driver_deferred_receive(bench.ip, packet))
        assert handled == [(bench.ip.nx_ip_thread, packet)] * flag


# -- NX_DISABLE_ERROR_CHECKING ------------------------------------------------------------------------

UNCHECKED = {"NX_DISABLE_ERROR_CHECKING": 1}


def test_checks_are_on_by_default() -> None:
    with simulation():
        assert nx_tcp_socket_delete(NX_TCP_SOCKET()) == NX_PTR_ERROR
        assert nx_packet_allocate(None, Ref(), 0, 0) == NX_PTR_ERROR


@pytest.mark.provokes("nx_tcp_socket_delete NX_NOT_CREATED", "nx_tcp_socket_send NX_NOT_BOUND")
def test_without_checks_the_core_answers(make_drill: Maker) -> None:
    """A service that is not checked answers what its core finds, or crashes on what it follows."""
    drill = make_drill(UNCHECKED)
    assert nx_tcp_socket_delete(NX_TCP_SOCKET()) == NX_NOT_CREATED
    socket, packet = drill.create_socket(), drill.packet(b"data")
    assert nx_tcp_socket_send(socket, packet, NX_NO_WAIT) == NX_NOT_BOUND
    assert nx_packet_release(packet) == NX_SUCCESS
    assert packet.value is not None  # no macro nulls the caller's variable
    with pytest.raises(DeviceFault, match=r"T-UNCHECKED.*nx_packet_allocate without error checking.*pool_ptr"):
        nx_packet_allocate(None, Ref(), 0, 0)


def test_without_checks_a_wrong_type_is_still_named(make_drill: Maker) -> None:
    drill = make_drill(UNCHECKED)
    with pytest.raises(TypeError, match="pool_ptr must be NX_PACKET_POOL, not NX_IP"):
        nx_packet_allocate(drill.ip, Ref(), 0, 0)


def test_services_without_a_name_sake_among_the_cores(make_drill: Maker) -> None:
    """A few services share the core of another; without checks they reach it too."""
    drill = make_drill(UNCHECKED | {"NX_ENABLE_IP_STATIC_ROUTING": 1})
    address, mask = Ref(), Ref()
    assert nx_ip_address_get(drill.ip, address, mask) == NX_SUCCESS
    assert nx_ip_address_set(drill.ip, address.value, mask.value) == NX_SUCCESS
    assert nx_ip_driver_direct_command(drill.ip, NX_LINK_GET_STATUS, Ref()) in (NX_SUCCESS, NX_UNHANDLED_COMMAND)
    assert nx_ip_static_route_add(drill.ip, 0x14000000, 0xFF000000, 0x0A000002) == NX_SUCCESS
    assert nx_ip_static_route_delete(drill.ip, 0x14000000, 0xFF000000) == NX_SUCCESS
    nx_igmp_enable(drill.ip)
    assert nx_igmp_multicast_join(drill.ip, 0xE0000005) == NX_SUCCESS
    assert nx_igmp_multicast_leave(drill.ip, 0xE0000005) == NX_SUCCESS
    drill.take_all()


def test_checks_belong_to_the_world(make_drill: Maker) -> None:
    make_drill(UNCHECKED)
    with simulation():
        assert nx_tcp_socket_delete(NX_TCP_SOCKET()) == NX_PTR_ERROR
    assert nx_tcp_socket_delete(NX_TCP_SOCKET()) == NX_NOT_CREATED
