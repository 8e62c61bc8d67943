"""Build flags that bring services or take them away: each off, as in a default build, and on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netx_sim import *
from tests.parity.recorder import each
from tests.unit.ip.bench import MASK, PEER, Bench, header, parse


@pytest.fixture
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """An instance 10.0.0.1 with TCP; parametrize indirectly with its configuration."""
    with Bench(config=getattr(request, "param", None)) as made:
        assert nx_tcp_enable(made.ip) == NX_SUCCESS
        made.sleep_until(5)
        yield made


def build(*flags: str, **tunables: int) -> pytest.MarkDecorator:
    config = dict.fromkeys(flags, 1) | tunables
    return pytest.mark.parametrize("bench", [config], indirect=True, ids=[" ".join(flags)])


def created_socket(bench: Bench) -> NX_TCP_SOCKET:
    socket = NX_TCP_SOCKET()
    assert nx_tcp_socket_create(bench.ip, socket, "socket", 0, 0, 128, 1000, None, None) == NX_SUCCESS
    return socket


def from_a_timer(service: Callable[[], int]) -> int:
    """What a service answers to a timer's callback."""
    answers: list[int] = []
    assert tx_timer_create(TX_TIMER(), "t", lambda _: answers.append(service()), 0, 1, 0, TX_AUTO_ACTIVATE) == 0
    tx_thread_sleep(2)
    return answers[0]


def from_an_interrupt(bench: Bench, service: Callable[[], int]) -> int:
    answers: list[int] = []
    bench.sim.interrupt(lambda: answers.append(service()))
    return answers[0]


# -- NX_ENABLE_IP_STATIC_ROUTING ----------------------------------------------------------------------

FAR = 0x14000000


def test_static_routes_are_not_in_a_default_build(bench: Bench) -> None:
    assert nx_ip_static_route_add(None, FAR, MASK, PEER) == NX_NOT_SUPPORTED
    assert nx_ip_static_route_delete(None, FAR, MASK) == NX_NOT_SUPPORTED
    assert bench.send(FAR + 1, b"x") == NX_IP_ADDRESS_ERROR


@build("NX_ENABLE_IP_STATIC_ROUTING", NX_IP_ROUTING_TABLE_SIZE=2)
@pytest.mark.provokes(
    "nx_ip_static_route_add NX_PTR_ERROR NX_CALLER_ERROR NX_IP_ADDRESS_ERROR NX_OVERFLOW NX_SUCCESS",
    "nx_ip_static_route_delete NX_PTR_ERROR NX_CALLER_ERROR NX_NOT_SUCCESSFUL NX_SUCCESS",
)
def test_static_routes(bench: Bench) -> None:
    ip = bench.ip
    assert nx_ip_static_route_delete(ip, FAR, MASK) == NX_SUCCESS  # of an empty table
    assert nx_ip_static_route_add(None, FAR, MASK, PEER) == NX_PTR_ERROR
    assert nx_ip_static_route_delete(NX_IP(), FAR, MASK) == NX_PTR_ERROR
    assert from_a_timer(lambda: nx_ip_static_route_add(ip, FAR, MASK, PEER)) == NX_CALLER_ERROR
    assert from_a_timer(lambda: nx_ip_static_route_delete(ip, FAR, MASK)) == NX_CALLER_ERROR
    assert nx_ip_static_route_add(ip, FAR, MASK, 0x1E000001) == NX_IP_ADDRESS_ERROR
    assert nx_ip_static_route_add(ip, FAR, MASK, PEER) == NX_SUCCESS
    assert nx_ip_static_route_add(ip, FAR + 0x100, MASK, PEER) == NX_SUCCESS
    assert nx_ip_static_route_add(ip, FAR + 0x200, MASK, PEER) == NX_OVERFLOW
    assert nx_ip_static_route_delete(ip, FAR + 0x200, MASK) == NX_NOT_SUCCESSFUL
    nx_arp_static_entry_create(ip, PEER, 0x0200, 2)
    assert bench.send(FAR + 1, b"x") == NX_SUCCESS
    assert nx_ip_static_route_delete(ip, FAR, MASK) == NX_SUCCESS
    assert [parse(frame)["destination"] for frame in bench.driver.frames(NX_LINK_PACKET_SEND)] == [FAR + 1]


# -- NX_ENABLE_INTERFACE_CAPABILITY -------------------------------------------------------------------


def test_capabilities_are_not_in_a_default_build(bench: Bench) -> None:
    assert nx_ip_interface_capability_get(None, 0, Ref()) == NX_NOT_SUPPORTED
    assert nx_ip_interface_capability_set(None, 0, 1) == NX_NOT_SUPPORTED


@build("NX_ENABLE_INTERFACE_CAPABILITY")
@pytest.mark.provokes(
    "nx_ip_interface_capability_get NX_PTR_ERROR NX_INVALID_INTERFACE NX_CALLER_ERROR NX_SUCCESS",
    "nx_ip_interface_capability_set NX_PTR_ERROR NX_INVALID_INTERFACE NX_CALLER_ERROR NX_SUCCESS",
)
def test_capabilities(bench: Bench) -> None:
    ip, flags = bench.ip, Ref()
    assert nx_ip_interface_capability_get(None, 0, flags) == NX_PTR_ERROR
    assert nx_ip_interface_capability_get(ip, 0, None) == NX_PTR_ERROR
    assert nx_ip_interface_capability_get(ip, 1, flags) == NX_INVALID_INTERFACE
    assert nx_ip_interface_capability_set(None, 0, 1) == NX_PTR_ERROR
    assert nx_ip_interface_capability_set(ip, 1, 1) == NX_INVALID_INTERFACE
    assert from_a_timer(lambda: nx_ip_interface_capability_get(ip, 0, flags)) == NX_CALLER_ERROR
    assert from_a_timer(lambda: nx_ip_interface_capability_set(ip, 0, 1)) == NX_CALLER_ERROR
    assert nx_ip_interface_capability_set(ip, 0, NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM) == NX_SUCCESS
    assert nx_ip_interface_capability_get(ip, 0, flags) == NX_SUCCESS
    assert flags.value == NX_INTERFACE_CAPABILITY_IPV4_RX_CHECKSUM
    bench.deliver_to("_udp_receive")
    bench.receive(header(checksum_xor=0x5555, data=b"x" * 8))  # nobody verifies it now
    assert len(bench.delivered) == 1


# -- NX_ENABLE_DUAL_PACKET_POOL -----------------------------------------------------------------------


def small_pool() -> Any:
    pool = NX_PACKET_POOL()
    assert nx_packet_pool_create(pool, "small", 128, bytearray(2000), 2000) == NX_SUCCESS
    return pool


def ask(bench: Bench) -> None:
    """Have the instance send an ARP request and an ICMP error, which it allocates itself."""
    nx_icmp_enable(bench.ip)
    nx_arp_static_entry_create(bench.ip, PEER, 0x0200, 2)
    nx_arp_gratuitous_send(bench.ip, None)
    bench.receive(header(protocol=99, data=b"x" * 8))


def test_a_default_build_has_one_pool(bench: Bench) -> None:
    small = small_pool()
    assert nx_ip_auxiliary_packet_pool_set(None, small) == NX_NOT_SUPPORTED
    bench.pool.nx_packet_pool_name = "big"
    holders = allocators(bench)
    ask(bench)
    assert holders
    assert all(pool is bench.pool for pool in holders)


def allocators(bench: Bench) -> list[Any]:
    """The pools of the packets that the driver will be given."""
    pools: list[Any] = []
    send = bench.driver._send

    def note(request: Any) -> None:
        pools.append(request.nx_ip_driver_packet.nx_packet_pool_owner)
        send(request)

    bench.driver._send = note  # type: ignore[method-assign]
    return pools


@build("NX_ENABLE_DUAL_PACKET_POOL")
@pytest.mark.provokes("nx_ip_auxiliary_packet_pool_set NX_PTR_ERROR NX_CALLER_ERROR NX_SUCCESS")
def test_what_the_stack_sends_itself_comes_from_the_auxiliary_pool(bench: Bench) -> None:
    ip, small = bench.ip, small_pool()
    assert nx_ip_auxiliary_packet_pool_set(None, small) == NX_PTR_ERROR
    assert nx_ip_auxiliary_packet_pool_set(ip, None) == NX_PTR_ERROR
    assert nx_ip_auxiliary_packet_pool_set(ip, NX_PACKET_POOL()) == NX_PTR_ERROR
    assert from_a_timer(lambda: nx_ip_auxiliary_packet_pool_set(ip, small)) == NX_CALLER_ERROR
    assert nx_ip_auxiliary_packet_pool_set(ip, small) == NX_SUCCESS
    assert ip.nx_ip_auxiliary_packet_pool is small
    holders = allocators(bench)
    ask(bench)
    socket = created_socket(bench)
    assert nx_tcp_client_socket_bind(socket, 5000, NX_NO_WAIT) == NX_SUCCESS
    assert nx_tcp_client_socket_connect(socket, PEER, 80, NX_NO_WAIT) == NX_IN_PROGRESS
    assert len(holders) >= 3
    assert all(pool is small for pool in holders)
    nx_tcp_socket_disconnect(socket, NX_NO_WAIT)
    nx_tcp_client_socket_unbind(socket)


# -- NX_ENABLE_LOW_WATERMARK --------------------------------------------------------------------------


def test_watermarks_are_not_in_a_default_build(bench: Bench) -> None:
    assert nx_packet_pool_low_watermark_set(None, 1) == NX_NOT_SUPPORTED
    assert nx_tcp_socket_receive_queue_max_set(None, 1) == NX_NOT_SUPPORTED


@build("NX_ENABLE_LOW_WATERMARK")
@pytest.mark.provokes(
    "nx_packet_pool_low_watermark_set NX_PTR_ERROR NX_CALLER_ERROR NX_SUCCESS",
    "nx_tcp_socket_receive_queue_max_set NX_PTR_ERROR NX_CALLER_ERROR NX_SUCCESS",
)
def test_watermarks(bench: Bench) -> None:
    socket = created_socket(bench)
    assert nx_packet_pool_low_watermark_set(None, 1) == NX_PTR_ERROR
    assert nx_packet_pool_low_watermark_set(NX_PACKET_POOL(), 1) == NX_PTR_ERROR
    assert from_a_timer(lambda: nx_packet_pool_low_watermark_set(bench.pool, 1)) == NX_CALLER_ERROR
    assert nx_packet_pool_low_watermark_set(bench.pool, 1) == NX_SUCCESS
    assert nx_tcp_socket_receive_queue_max_set(None, 1) == NX_PTR_ERROR
    assert from_an_interrupt(bench, lambda: nx_tcp_socket_receive_queue_max_set(socket, 1)) == NX_CALLER_ERROR
    assert nx_tcp_socket_receive_queue_max_set(socket, 1) == NX_SUCCESS


# -- NX_ENABLE_EXTENDED_NOTIFY_SUPPORT, NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY -----------------------

EXTENDED = (
    "nx_tcp_socket_timed_wait_callback",
    "nx_tcp_socket_establish_notify",
    "nx_tcp_socket_disconnect_complete_notify",
)
DEPTH = "nx_tcp_socket_queue_depth_notify_set"


@pytest.mark.parametrize("service", [*EXTENDED, DEPTH])
def test_further_callbacks_are_not_in_a_default_build(bench: Bench, service: str) -> None:
    assert globals()[service](None, None) == NX_NOT_SUPPORTED


def callback_statuses(bench: Bench, service: Any) -> None:
    """Every status of a service that sets a callback."""
    socket = created_socket(bench)
    assert service(None, print) == NX_PTR_ERROR
    assert service(socket, None) == NX_PTR_ERROR
    assert service(NX_TCP_SOCKET(), print) == NX_PTR_ERROR
    assert from_a_timer(lambda: service(socket, print)) == NX_CALLER_ERROR
    assert service(socket, print) == NX_SUCCESS
    other = NX_IP()
    stack = bytearray(1024)
    driver = bench.driver
    assert nx_ip_create(other, "other", 0x0B000001, MASK, bench.pool, driver, stack, 1024, 1) == NX_SUCCESS
    socket.nx_tcp_socket_ip_ptr = other  # an instance on which TCP was never enabled
    assert service(socket, print) == NX_NOT_ENABLED


@build("NX_ENABLE_EXTENDED_NOTIFY_SUPPORT")
@each(EXTENDED, "NX_PTR_ERROR", "NX_CALLER_ERROR", "NX_NOT_ENABLED", "NX_SUCCESS")
def test_extended_callbacks(bench: Bench, service: str) -> None:
    callback_statuses(bench, globals()[service])


@build("NX_ENABLE_TCP_QUEUE_DEPTH_UPDATE_NOTIFY")
@each([DEPTH], "NX_PTR_ERROR", "NX_CALLER_ERROR", "NX_NOT_ENABLED", "NX_SUCCESS")
def test_queue_depth_callback(bench: Bench, service: str) -> None:
    callback_statuses(bench, globals()[service])


# -- what is taken away -------------------------------------------------------------------------------

FRAGMENTS = ("nx_ip_fragment_enable", "nx_ip_fragment_disable")
FORWARDING = ("nx_ip_forwarding_enable", "nx_ip_forwarding_disable")


@pytest.mark.parametrize("service", [*FRAGMENTS, *FORWARDING])
def test_default_build_fragments_and_forwards(bench: Bench, service: str) -> None:
    assert globals()[service](bench.ip) == NX_SUCCESS


@build("NX_DISABLE_FRAGMENTATION")
@each(FRAGMENTS, "NX_NOT_SUPPORTED")
def test_build_without_fragmentation(bench: Bench, service: str) -> None:
    assert globals()[service](bench.ip) == NX_NOT_SUPPORTED
    nx_arp_static_entry_create(bench.ip, PEER, 0x0200, 2)
    bench.send(PEER, b"x" * 1400, packet=bench.packet(b"x" * 3000))
    assert bench.driver.frames() == []


@build("NX_DISABLE_IPV4")
@each(FORWARDING, "NX_NOT_SUPPORTED")
def test_build_without_ipv4_does_not_forward(bench: Bench, service: str) -> None:
    assert globals()[service](bench.ip) == NX_NOT_SUPPORTED


@build("NX_DISABLE_IPV4")
@pytest.mark.provokes(
    "nxd_icmp_ping NX_NOT_SUPPORTED",
    "nxd_icmp_source_ping NX_NOT_SUPPORTED",
    "nx_tcp_socket_peer_info_get NX_NOT_SUPPORTED",
)
def test_build_without_ipv4_knows_no_ipv4_peer(bench: Bench) -> None:
    assert nx_icmp_enable(bench.ip) == NX_SUCCESS
    address = NXD_ADDRESS(NX_IP_VERSION_V4, PEER)
    assert nxd_icmp_ping(bench.ip, address, b"x", 1, Ref(), 10) == NX_NOT_SUPPORTED
    assert nxd_icmp_source_ping(bench.ip, address, 0, b"x", 1, Ref(), 10) == NX_NOT_SUPPORTED
    assert nx_tcp_socket_peer_info_get(created_socket(bench), Ref(), Ref()) == NX_NOT_SUPPORTED


NOTIFIES: dict[str, Callable[[Any], int]] = {
    "tx_event_flags_set_notify": lambda notify: tx_event_flags_set_notify(made_group(), notify),
    "tx_queue_send_notify": lambda notify: tx_queue_send_notify(made_queue(), notify),
    "tx_semaphore_put_notify": lambda notify: tx_semaphore_put_notify(made_semaphore(), notify),
    "tx_thread_entry_exit_notify": lambda notify: tx_thread_entry_exit_notify(tx_thread_identify(), notify),
}


def made_group() -> Any:
    group = TX_EVENT_FLAGS_GROUP()
    assert tx_event_flags_create(group, "group") == TX_SUCCESS
    return group


def made_queue() -> Any:
    queue = TX_QUEUE()
    assert tx_queue_create(queue, "queue", 1, bytearray(64), 64) == TX_SUCCESS
    return queue


def made_semaphore() -> Any:
    semaphore = TX_SEMAPHORE()
    assert tx_semaphore_create(semaphore, "semaphore", 1) == TX_SUCCESS
    return semaphore


@pytest.mark.parametrize("service", NOTIFIES)
def test_default_build_has_notify_callbacks(service: str) -> None:
    with simulation():
        assert NOTIFIES[service](print) == TX_SUCCESS


@each(NOTIFIES, "TX_FEATURE_NOT_ENABLED")
def test_build_without_notify_callbacks(service: str) -> None:
    with simulation(config={"TX_DISABLE_NOTIFY_CALLBACKS": 1}):
        assert NOTIFIES[service](print) == TX_FEATURE_NOT_ENABLED


# -- not a flag, but of the same kind: what a driver does not know ------------------------------------


@pytest.mark.provokes("nx_ip_interface_physical_address_set NX_UNHANDLED_COMMAND")
def test_driver_that_cannot_change_its_address(bench: Bench) -> None:
    bench.driver.refuse[NX_LINK_SET_PHYSICAL_ADDRESS] = NX_UNHANDLED_COMMAND
    assert nx_ip_interface_physical_address_set(bench.ip, 0, 0x0200, 9, NX_TRUE) == NX_UNHANDLED_COMMAND
    assert bench.ip.nx_ip_interface[0].nx_interface_physical_address_lsw != 9


