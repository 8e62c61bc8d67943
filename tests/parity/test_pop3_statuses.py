"""Every status of the POP3 services that the recorded dialogues do not reach."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import netx_pop3
from netx_drivers import RamWire
from netx_pop3 import nx_pop3_client_create, nx_pop3_client_delete, nxd_pop3_client_create
from netx_sim import *
from netx_sim.packet import _nx_packet_pool_delete, _nx_packet_transmit_release
from tests.parity.recorder import each
from tests.pop3.rig import GREETING, SERVER, Rig, new_pool, open_rig

OK = b"+OK\r\n"
CREATES = ("nx_pop3_client_create", "nxd_pop3_client_create")
# A good call of every service that sends a command.
COMMANDS: dict[str, tuple[Any, ...]] = {
    "nx_pop3_client_mail_items_get": (Ref(), Ref()),
    "nx_pop3_client_mail_item_size_get": (1, Ref()),
    "nx_pop3_client_mail_item_get": (1, Ref()),
    "nx_pop3_client_mail_item_delete": (1,),
    "nx_pop3_client_quit": (),
}
NUMBERED = [name for name in COMMANDS if "_mail_item_" in name]
MESSAGE = "nx_pop3_client_mail_item_message_get"
RECEIVING = [*COMMANDS, MESSAGE]


class CutWire(RamWire):
    """A RAM wire that can be cut: what is sent then is lost."""

    cut = False

    def __call__(self, request: Any) -> None:
        if self.cut and request.nx_ip_driver_command == NX_LINK_PACKET_SEND:
            request.nx_ip_driver_status = NX_SUCCESS
            _nx_packet_transmit_release(request.nx_ip_driver_packet)
        else:
            super().__call__(request)


@pytest.fixture
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    options = dict(getattr(request, "param", {}))
    options.setdefault("wire", CutWire())
    yield from open_rig(options.pop("config", None), **options)


def configured(**options: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rig", [options], indirect=True, ids=[""])


def create(rig: Rig, service: str = CREATES[0], address: Any = SERVER, name: bytes = b"user", pool: Any = None) -> int:
    """Call a create service; what it leaves behind stays."""
    if service == CREATES[1] and isinstance(address, int):
        address = NXD_ADDRESS(NX_IP_VERSION_V4, address)
    function = getattr(netx_pop3, service)
    return function(rig.client, 0, rig.ip, pool or rig.pool, address, 110, name, b"pass")


def call(rig: Rig, service: str) -> int:
    """Call a service on the rig's client as if STAT had found mails, and a message were on its way."""
    rig.client.nx_pop3_client_maildrop_items = 9
    rig.client.nx_pop3_client_ready_to_download = service == MESSAGE
    arguments = (Ref(), Ref(), Ref()) if service == MESSAGE else COMMANDS[service]
    return getattr(netx_pop3, service)(rig.client, *arguments)


def delete(rig: Rig) -> None:
    assert nx_pop3_client_delete(rig.client) == NX_SUCCESS


def later(act: Callable[[], Any]) -> None:
    """Act in the timer thread, when the caller waits."""
    assert tx_timer_create(TX_TIMER(), "later", lambda _: act(), 0, 20, 0, TX_AUTO_ACTIVATE) == TX_SUCCESS


def abort_later() -> None:
    thread = tx_thread_identify()
    later(lambda: tx_thread_wait_abort(thread))


def drain(pool: Any) -> list[Any]:
    """Take all packets of a pool."""
    taken, packet = [], Ref()
    while nx_packet_allocate(pool, packet, 0, NX_NO_WAIT) == NX_SUCCESS:
        taken.append(packet.value)
    return taken


def delete_pool_later(pool: Any) -> list[Any]:
    """Take all packets of a pool, and delete it while somebody waits for one."""
    later(lambda: _nx_packet_pool_delete(pool))
    return drain(pool)


def fill(rig: Rig, size: int) -> None:
    """Send bytes that the server does not read until no more may be sent."""
    packet = Ref()
    status = NX_SUCCESS
    while status == NX_SUCCESS:
        assert nx_packet_allocate(rig.pool, packet, NX_TCP_PACKET, NX_NO_WAIT) == NX_SUCCESS
        assert nx_packet_data_append(packet.value, bytes(size), size, rig.pool, NX_NO_WAIT) == NX_SUCCESS
        status = nx_tcp_socket_send(rig.client.nx_pop3_client_tcp_socket, packet, NX_NO_WAIT)
    assert nx_packet_release(packet) == NX_SUCCESS


def deaf_server(rig: Rig, *replies: bytes) -> None:
    """A server with a window of 11 bytes that reads as many segments as it has further replies, then none."""
    thread, socket, packet = TX_THREAD(), NX_TCP_SOCKET(), Ref()

    def entry(_: int) -> None:
        assert nx_tcp_server_socket_accept(socket, NX_WAIT_FOREVER) == NX_SUCCESS
        for number, reply in enumerate(replies):
            if number:
                assert nx_tcp_socket_receive(socket, packet, NX_WAIT_FOREVER) == NX_SUCCESS
                nx_packet_release(packet)
            assert nx_packet_allocate(rig.server_pool, packet, NX_TCP_PACKET, NX_NO_WAIT) == NX_SUCCESS
            nx_packet_data_append(packet.value, reply, len(reply), rig.server_pool, NX_NO_WAIT)
            assert nx_tcp_socket_send(socket, packet, NX_NO_WAIT) == NX_SUCCESS

    assert nx_tcp_socket_create(rig.server_ip, socket, "deaf", 0, 0, 128, 11, None, None) == NX_SUCCESS
    assert nx_tcp_server_socket_listen(rig.server_ip, 110, socket, 1, None) == NX_SUCCESS
    assert tx_thread_create(thread, "deaf", entry, 0, bytearray(1024), 1024, 8, 8, 0, TX_AUTO_START) == TX_SUCCESS


# -- arguments ----------------------------------------------------------------------------------------


@each(CREATES, "NX_PTR_ERROR", "NX_POP3_PARAM_ERROR")
def test_create_checks_its_arguments(rig: Rig, service: str) -> None:
    address: Any = SERVER if service == CREATES[0] else NXD_ADDRESS(NX_IP_VERSION_V4, SERVER)
    good = [rig.client, 0, rig.ip, rig.pool, address, 110, b"user", b"pass"]
    for place, bad, wanted in (
        (0, None, NX_PTR_ERROR), (2, None, NX_PTR_ERROR), (3, None, NX_PTR_ERROR), (6, None, NX_PTR_ERROR),
        (7, None, NX_PTR_ERROR), (2, NX_IP(), NX_POP3_PARAM_ERROR), (5, 0, NX_POP3_PARAM_ERROR),
        (6, b"n" * 41, NX_POP3_PARAM_ERROR), (7, b"p" * 21, NX_POP3_PARAM_ERROR),
    ):  # fmt: skip
        assert getattr(netx_pop3, service)(*good[:place], bad, *good[place + 1 :]) == wanted


@pytest.mark.provokes("nx_pop3_client_create NX_POP3_PARAM_ERROR", "nxd_pop3_client_create NX_PTR_ERROR")
def test_create_checks_the_address_in_its_own_way(rig: Rig) -> None:
    rest = (110, b"user", b"pass")
    assert nx_pop3_client_create(rig.client, 0, rig.ip, rig.pool, 0, *rest) == NX_POP3_PARAM_ERROR
    assert nxd_pop3_client_create(rig.client, 0, rig.ip, rig.pool, None, *rest) == NX_PTR_ERROR


@each([*RECEIVING, "nx_pop3_client_delete"], "NX_PTR_ERROR")
def test_null_client_is_refused(service: str) -> None:
    arguments = () if service == "nx_pop3_client_delete" else COMMANDS.get(service, (Ref(), Ref(), Ref()))
    assert getattr(netx_pop3, service)(None, *arguments) == NX_PTR_ERROR


@each(NUMBERED, "NX_POP3_CLIENT_INVALID_INDEX")
def test_mail_items_count_from_one(rig: Rig, service: str) -> None:
    arguments = (0, *COMMANDS[service][1:])
    assert getattr(netx_pop3, service)(rig.client, *arguments) == NX_POP3_CLIENT_INVALID_INDEX


@each(["nx_pop3_client_mail_item_size_get", "nx_pop3_client_mail_item_get"], "NX_POP3_INVALID_MAIL_ITEM")
def test_a_mail_beyond_the_count_is_refused(rig: Rig, service: str) -> None:
    assert getattr(netx_pop3, service)(rig.client, 1, Ref()) == netx_pop3.NX_POP3_INVALID_MAIL_ITEM


# -- create -------------------------------------------------------------------------------------------


@configured(config={"NX_SEARCH_PORT_START": 65535})
@each(CREATES, "NX_NO_FREE_PORTS")
def test_create_without_a_free_port(rig: Rig, service: str) -> None:
    socket = NX_TCP_SOCKET()
    assert nx_tcp_socket_create(rig.ip, socket, "other", 0, 0, 128, 100, None, None) == NX_SUCCESS
    assert nx_tcp_client_socket_bind(socket, 65535, NX_NO_WAIT) == NX_SUCCESS
    assert create(rig, service) == NX_NO_FREE_PORTS
    delete(rig)


@each(CREATES, "NX_IP_ADDRESS_ERROR")
def test_create_without_a_route(rig: Rig, service: str) -> None:
    assert create(rig, service, IP_ADDRESS(8, 8, 8, 8)) == NX_IP_ADDRESS_ERROR
    delete(rig)


@pytest.mark.provokes("nxd_pop3_client_create NX_NO_INTERFACE_ADDRESS")
def test_create_to_an_ipv6_address_without_ipv6(rig: Rig) -> None:
    address = NXD_ADDRESS(NX_IP_VERSION_V6, [0x20010DB8, 0, 0, 1])
    assert create(rig, CREATES[1], address) == NX_NO_INTERFACE_ADDRESS
    delete(rig)


@configured(wire=RamWire(mtu=39))
@each(CREATES, "NX_INVALID_INTERFACE")
def test_create_on_a_link_too_small_for_a_syn(rig: Rig, service: str) -> None:
    assert create(rig, service) == NX_INVALID_INTERFACE
    delete(rig)


@each(CREATES, "NX_NOT_CONNECTED")
def test_create_to_a_closed_port(rig: Rig, service: str) -> None:
    assert create(rig, service) == NX_NOT_CONNECTED
    delete(rig)


@each(CREATES, "NX_WAIT_ABORTED")
def test_create_that_is_aborted(rig: Rig, service: str) -> None:
    rig.script().silent()
    abort_later()
    assert create(rig, service) == NX_WAIT_ABORTED
    delete(rig)


@each(CREATES, "NX_NO_PACKET")
def test_create_with_a_silent_server(rig: Rig, service: str) -> None:
    rig.script().silent()
    assert create(rig, service) == NX_NO_PACKET
    delete(rig)


@each(CREATES, "NX_POP3_SERVER_ERROR_STATUS")
def test_create_with_a_server_that_is_closed(rig: Rig, service: str) -> None:
    rig.script(b"-ERR closed\r\n")
    assert create(rig, service) == netx_pop3.NX_POP3_SERVER_ERROR_STATUS
    delete(rig)


@each(CREATES, "NX_SUCCESS")
def test_create_that_succeeds(rig: Rig, service: str) -> None:
    rig.script(GREETING, OK, OK)
    assert create(rig, service) == NX_SUCCESS
    delete(rig)


@configured(payload=128)
@each(CREATES, "NX_INVALID_PACKET")
def test_create_with_a_greeting_longer_than_a_payload(rig: Rig, service: str) -> None:
    rig.script(b"+OK " + b"x" * 200 + b"\r\n")
    assert create(rig, service) == NX_INVALID_PACKET
    delete(rig)


@each(CREATES, "NX_INVALID_PARAMETERS")
def test_create_with_payloads_smaller_than_the_headers(rig: Rig, service: str) -> None:
    rig.script(GREETING)
    assert create(rig, service, pool=new_pool(52)) == NX_INVALID_PARAMETERS
    delete(rig)


@each(CREATES, "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD")
def test_create_with_payloads_smaller_than_a_command(rig: Rig, service: str) -> None:
    rig.script(GREETING)
    assert create(rig, service, pool=new_pool(64)) == netx_pop3.NX_POP3_INSUFFICIENT_PACKET_PAYLOAD
    delete(rig)


@pytest.mark.leaks
@each(CREATES, "NX_POOL_DELETED")
def test_create_whose_pool_is_deleted(rig: Rig, service: str) -> None:
    rig.script(GREETING)
    assert delete_pool_later(rig.pool)
    assert create(rig, service) == NX_POOL_DELETED
    delete(rig)


@pytest.mark.leaks
@each(CREATES, "NX_WINDOW_OVERFLOW")
def test_create_with_a_server_that_does_not_read(rig: Rig, service: str) -> None:
    deaf_server(rig, GREETING)
    assert create(rig, service, name=b"a name longer than the window") == NX_WINDOW_OVERFLOW
    delete(rig)


@configured(config={"NX_TCP_MAXIMUM_TX_QUEUE": 1})
@each(CREATES, "NX_TX_QUEUE_DEPTH")
def test_create_on_a_link_that_loses_all_after_the_greeting(rig: Rig, service: str) -> None:
    deaf_server(rig, GREETING)
    later(lambda: setattr(rig.wire, "cut", True))
    taken = drain(rig.pool)
    back = TX_TIMER()
    tx_timer_create(back, "back", lambda _: [nx_packet_release(packet) for packet in taken], 0, 30, 0, TX_AUTO_ACTIVATE)
    assert create(rig, service, name=b"a name longer than the window") == NX_TX_QUEUE_DEPTH
    delete(rig)


# -- commands -----------------------------------------------------------------------------------------


def log_in(rig: Rig, *replies: bytes) -> Any:
    server = rig.script(GREETING, OK, OK, *replies)
    assert create(rig) == NX_SUCCESS
    return server


@each(COMMANDS, "NX_INVALID_PARAMETERS")
def test_command_with_payloads_smaller_than_the_headers(rig: Rig, service: str) -> None:
    rig.script(GREETING)
    assert create(rig, pool=new_pool(52)) == NX_INVALID_PARAMETERS
    assert call(rig, service) == NX_INVALID_PARAMETERS
    delete(rig)


@each(COMMANDS, "NX_POP3_INSUFFICIENT_PACKET_PAYLOAD")
def test_command_that_does_not_fit(rig: Rig, service: str) -> None:
    rig.script(GREETING)
    assert create(rig, pool=new_pool(60)) == netx_pop3.NX_POP3_INSUFFICIENT_PACKET_PAYLOAD
    assert call(rig, service) == netx_pop3.NX_POP3_INSUFFICIENT_PACKET_PAYLOAD
    delete(rig)


@configured(config={"NX_SEARCH_PORT_START": 65535})
@each(RECEIVING, "NX_NOT_BOUND")
def test_call_after_a_create_that_found_no_port(rig: Rig, service: str) -> None:
    socket = NX_TCP_SOCKET()
    assert nx_tcp_socket_create(rig.ip, socket, "other", 0, 0, 128, 100, None, None) == NX_SUCCESS
    assert nx_tcp_client_socket_bind(socket, 65535, NX_NO_WAIT) == NX_SUCCESS
    assert create(rig) == NX_NO_FREE_PORTS
    assert call(rig, service) == NX_NOT_BOUND
    delete(rig)


@each(RECEIVING, "NX_NOT_CONNECTED")
def test_call_after_a_refused_connection(rig: Rig, service: str) -> None:
    assert create(rig) == NX_NOT_CONNECTED
    assert call(rig, service) == NX_NOT_CONNECTED
    delete(rig)


@each(RECEIVING, "NX_WAIT_ABORTED")
def test_call_that_is_aborted(rig: Rig, service: str) -> None:
    log_in(rig).silent()
    abort_later()
    assert call(rig, service) == NX_WAIT_ABORTED
    delete(rig)


@each(RECEIVING, "NX_NO_PACKET")
def test_call_that_gets_no_answer(rig: Rig, service: str) -> None:
    log_in(rig).silent()
    assert call(rig, service) == NX_NO_PACKET
    delete(rig)


@pytest.mark.leaks
@each(COMMANDS, "NX_POOL_DELETED")
def test_command_whose_pool_is_deleted(rig: Rig, service: str) -> None:
    log_in(rig)
    assert delete_pool_later(rig.pool)
    assert call(rig, service) == NX_POOL_DELETED
    delete(rig)


@configured(payload=128)
@each(COMMANDS, "NX_INVALID_PACKET")
def test_reply_longer_than_a_payload(rig: Rig, service: str) -> None:
    log_in(rig, b"+OK 1 " + b"x" * 200 + b"\r\n")
    assert call(rig, service) == NX_INVALID_PACKET
    delete(rig)


@each(COMMANDS, "NX_POP3_SERVER_ERROR_STATUS")
def test_command_that_is_refused(rig: Rig, service: str) -> None:
    log_in(rig, b"-ERR no\r\n")
    assert call(rig, service) == netx_pop3.NX_POP3_SERVER_ERROR_STATUS
    delete(rig)


@each(COMMANDS, "NX_SUCCESS")
def test_command_that_is_carried_out(rig: Rig, service: str) -> None:
    log_in(rig, b"+OK 1 320\r\n")
    assert call(rig, service) == NX_SUCCESS
    delete(rig)


@pytest.mark.leaks
@each(COMMANDS, "NX_WINDOW_OVERFLOW")
def test_command_to_a_server_that_does_not_read(rig: Rig, service: str) -> None:
    deaf_server(rig, GREETING, OK, OK)
    assert create(rig) == NX_SUCCESS
    fill(rig, 11)
    assert call(rig, service) == NX_WINDOW_OVERFLOW
    delete(rig)


@configured(config={"NX_TCP_MAXIMUM_TX_QUEUE": 1})
@each(COMMANDS, "NX_TX_QUEUE_DEPTH")
def test_command_on_a_link_that_loses_all(rig: Rig, service: str) -> None:
    log_in(rig)
    rig.wire.cut = True
    fill(rig, 1)
    assert call(rig, service) == NX_TX_QUEUE_DEPTH
    delete(rig)
