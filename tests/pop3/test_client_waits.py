"""How long each wait of the client is, in virtual time, and what it ends with."""

import pytest

from netx_sim import (
    NX_NO_WAIT,
    NX_PACKET,
    NX_SUCCESS,
    TX_AUTO_START,
    TX_NO_TIME_SLICE,
    TX_THREAD,
    Ref,
    nx_packet_allocate,
    nx_packet_pool_delete,
    nx_packet_release,
    tx_thread_create,
    tx_thread_identify,
    tx_thread_sleep,
    tx_thread_wait_abort,
)
from tests.pop3.rig import GREETING, NEVER, Rig

OK = b"+OK\r\n"
STAT = b"+OK 2 320\r\n"


def timed(rig, function):
    """What a call gives, and the ticks it took."""
    before = rig.sim.now
    return function(), rig.sim.now - before


def logged_in(rig, *replies):
    server = rig.script(GREETING, OK, OK, *replies)
    assert rig.create() == "NX_SUCCESS"
    return server


def later(ticks, function):
    """Call a function from another thread after some ticks."""

    def entry(_):
        tx_thread_sleep(ticks)
        function()

    thread = TX_THREAD()
    stack = bytearray(2048)
    status = tx_thread_create(thread, "later", entry, 0, stack, len(stack), 8, 8, TX_NO_TIME_SLICE, TX_AUTO_START)
    assert status == NX_SUCCESS


def drain(pool):
    """Take every packet of a pool; gives them back when called."""
    taken: list[NX_PACKET] = []
    packet = Ref()
    while nx_packet_allocate(pool, packet, 0, NX_NO_WAIT) == NX_SUCCESS:
        taken.append(packet.value)

    def refill():
        while taken:
            nx_packet_release(taken.pop())

    return refill


def deaf(ip):
    """The instance's TCP hears nothing more; gives it back its ears when called."""
    ears = ip._tcp_receive
    ip._tcp_receive = lambda _ip, packet: nx_packet_release(packet)

    def hear():
        ip._tcp_receive = ears

    return hear


# -- connecting -----------------------------------------------------------------------------------


def silent_connect(rig: Rig):
    """A create whose peer answers ARP but not TCP."""
    rig.script(GREETING, OK, OK)
    assert rig.create() == "NX_SUCCESS"
    rig.delete()
    deaf(rig.server_ip)
    return timed(rig, rig.create)


def test_a_silent_peer_ends_the_connect_with_the_last_repeat_of_the_syn(rig, reported):
    reported.take()
    result, ticks = silent_connect(rig)
    assert result == "NX_NOT_CONNECTED"
    assert 1091 <= ticks <= 1100
    assert reported[-2:] == ["Q-TIMEOUT-CONNECT", "Q-CREATE-FAIL-OPEN"]
    assert rig.delete() == "NX_SUCCESS"


@pytest.mark.parametrize("rig", [{"config": {"NX_POP3_CLIENT_CONNECTION_TIMEOUT": 500}}], indirect=True)
def test_the_connect_has_a_limit_of_its_own(rig, reported):
    result, ticks = silent_connect(rig)
    assert (result, ticks) == ("NX_NOT_CONNECTED", 500)
    assert "Q-TIMEOUT-CONNECT" not in reported
    rig.delete()


@pytest.mark.parametrize("rig", [{"config": {"NX_TCP_MAXIMUM_RETRIES": 40}}], indirect=True)
def test_with_more_repeats_the_30_seconds_are_reached(rig, reported):
    result, ticks = silent_connect(rig)
    assert (result, ticks) == ("NX_NOT_CONNECTED", 3000)
    assert "Q-TIMEOUT-CONNECT" not in reported
    rig.delete()


def test_a_refused_connect_ends_at_once(rig, reported):
    assert timed(rig, rig.create) == ("NX_NOT_CONNECTED", 0)
    assert reported == ["Q-CREATE-FAIL-OPEN"]
    rig.delete()


def test_a_port_above_65535_is_not_checked_and_never_answers(rig):
    """Its upper bits end up in the source port, so the SYN-ACK finds no socket."""
    rig.script(GREETING)
    result, ticks = timed(rig, lambda: rig.create(port=65536 + 110))
    assert result == "NX_NOT_CONNECTED"
    assert 1000 < ticks <= 1100
    rig.delete()


# -- replies --------------------------------------------------------------------------------------


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_login_waits_10_seconds_for_each_reply(rig, answered, reported):
    rig.script(*(GREETING, OK, OK)[:answered]) if answered else rig.script().silent()
    assert timed(rig, rig.create) == ("NX_NO_PACKET", 1000)
    assert reported == ["Q-LATE", "Q-CREATE-FAIL-OPEN"]
    rig.delete()


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (lambda rig: rig.stat(), ("NX_NO_PACKET", NEVER, NEVER)),
        (lambda rig: rig.list(1), ("NX_NO_PACKET", 0)),
        (lambda rig: rig.retr(1), ("NX_NO_PACKET", NEVER)),
        (lambda rig: rig.dele(1), "NX_NO_PACKET"),
        (lambda rig: rig.quit(), "NX_NO_PACKET"),
    ],
)
@pytest.mark.parametrize("rig", [{}, {"config": {"NX_POP3_SERVER_REPLY_TIMEOUT": 30}}], indirect=True)
def test_commands_wait_for_their_reply(rig, call, result):
    logged_in(rig)
    rig.client.nx_pop3_client_maildrop_items = 1
    limit = rig.sim.config.NX_POP3_SERVER_REPLY_TIMEOUT
    assert timed(rig, lambda: call(rig)) == (result, limit)
    assert rig.client.nx_pop3_client_maildrop_items == (0 if isinstance(result, tuple) and len(result) == 3 else 1)
    rig.delete()


def test_a_message_packet_is_waited_for_and_may_be_asked_for_again(rig):
    logged_in(rig, STAT, b"+OK\r\n").delay(1500).reply(b"text\r\n.\r\n")
    rig.stat()
    rig.retr(1)
    assert timed(rig, rig.message) == (("NX_NO_PACKET", b"", 0, 0), 1000)
    assert timed(rig, rig.message) == (("NX_SUCCESS", b"text\r\n.\r\n", 9, 1), 500)
    rig.delete()


def test_a_message_that_ends_with_the_connection(rig):
    logged_in(rig, STAT, b"+OK\r\n").reply(b"te").fin()
    rig.stat()
    rig.retr(1)
    assert rig.message() == ("NX_SUCCESS", b"te", 2, 0)
    assert timed(rig, rig.message) == (("NX_NOT_CONNECTED", b"", 0, 0), 0)
    assert rig.quit() == "NX_NOT_CONNECTED"
    rig.delete()


@pytest.mark.parametrize("end", ["fin", "reset"])
@pytest.mark.parametrize("answered", [0, 1, 2])
def test_login_ends_with_the_connection(rig, answered, end):
    server = rig.script(*(GREETING, OK, OK)[:answered])
    if answered:
        server.receive()
    getattr(server, end)()
    assert timed(rig, rig.create) == ("NX_NOT_CONNECTED", 0)
    rig.delete()


@pytest.mark.leaks
@pytest.mark.parametrize("answer", [None, b"+OK " + b"x" * 1450 + b"\r\n"])
@pytest.mark.parametrize("rig", [{"payload": 640}], indirect=True)
def test_an_apop_login_that_fails_hard_loses_the_greeting_too(rig, answer, reported):
    rig.script(GREETING, *([answer] if answer else []))
    assert rig.create(1) == ("NX_INVALID_PACKET" if answer else "NX_NO_PACKET")
    assert "Q-GREETING-LEAK" in reported
    assert "Q-APOP-FALLBACK" not in reported
    rig.delete()


# -- packets and sending --------------------------------------------------------------------------


def test_a_packet_for_a_command_is_waited_for(rig):
    logged_in(rig, STAT)
    refill = drain(rig.pool)
    assert timed(rig, rig.stat) == (("NX_NO_PACKET", NEVER, NEVER), 100)
    later(40, refill)
    assert timed(rig, rig.stat) == (("NX_SUCCESS", 2, 320), 40)
    rig.delete()


def test_the_pool_is_deleted_while_a_packet_is_waited_for(rig):
    logged_in(rig)
    refill = drain(rig.pool)
    later(40, lambda: nx_packet_pool_delete(rig.pool))
    assert timed(rig, rig.quit) == ("NX_POOL_DELETED", 40)
    refill()
    rig.delete()


def test_a_closed_window_stops_a_command(rig):
    logged_in(rig)
    rig.client.nx_pop3_client_tcp_socket.nx_tcp_socket_tx_window_advertised = 0
    hear = deaf(rig.ip)
    assert timed(rig, rig.quit) == ("NX_WINDOW_OVERFLOW", 1000)
    hear()
    rig.delete()


def test_a_full_transmit_queue_stops_a_command(rig):
    logged_in(rig)
    rig.client.nx_pop3_client_tcp_socket.nx_tcp_socket_transmit_queue_maximum = 0
    assert timed(rig, rig.quit) == ("NX_TX_QUEUE_DEPTH", 1000)
    rig.delete()


def test_a_wait_can_be_aborted(rig):
    logged_in(rig)
    me = tx_thread_identify()
    later(70, lambda: tx_thread_wait_abort(me))
    assert timed(rig, rig.stat) == (("NX_WAIT_ABORTED", NEVER, NEVER), 70)
    rig.delete()


# -- closing --------------------------------------------------------------------------------------


def test_delete_waits_10_seconds_for_a_peer_that_does_not_close(rig):
    server = logged_in(rig)
    deaf(rig.server_ip)
    assert timed(rig, rig.delete) == ("NX_SUCCESS", 1000)
    assert not rig.ip.nx_ip_tcp_created_sockets_ptr
    server.stop()


def test_delete_of_what_was_never_connected_is_quick(rig):
    assert rig.create() == "NX_NOT_CONNECTED"
    assert timed(rig, rig.delete) == ("NX_SUCCESS", 0)


def test_delete_after_a_reset_is_quick(rig, reported):
    logged_in(rig).reset()
    rig.stat()
    reported.take()
    assert timed(rig, rig.delete) == ("NX_SUCCESS", 0)
    assert reported == []


def test_delete_frees_the_port_and_a_kept_packet(rig):
    logged_in(rig, STAT, b"+OK\r\nkept\r\n")
    rig.stat()
    rig.retr(1)
    assert rig.client.nx_pop3_client_message_ptr is not None
    port = rig.client.nx_pop3_client_tcp_socket.nx_tcp_socket_port
    assert port in rig.ip._tcp.ports
    rig.delete()
    assert not rig.ip._tcp.ports
    assert rig.receive_pool.nx_packet_pool_available == rig.receive_pool.nx_packet_pool_total
