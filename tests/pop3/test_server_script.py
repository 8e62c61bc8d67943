"""The scripted server: exact segments, waits and endings, and what it says of a client that differs."""

import pytest

from netx_pop3.server_script import ScriptedServer
from netx_sim import NX_SUCCESS, NX_TCP_CLOSE_WAIT, NX_TCP_CLOSED, tx_thread_sleep
from tests.pop3.rig import SERVER
from tests.pop3.talker import Talker


@pytest.fixture
def server(rig):
    """A server whose script the test writes; the test starts it."""
    made = ScriptedServer(rig.server_ip, rig.server_pool)
    yield made
    tx_thread_sleep(20)
    made.stop()


@pytest.fixture
def talker(rig):
    """A connection, once the test has started the server."""
    talkers = []

    def connect():
        talkers.append(Talker(rig.ip, rig.receive_pool))
        assert talkers[-1].connect(SERVER) == NX_SUCCESS
        return talkers[-1]

    yield connect
    for made in talkers:
        made.close(0)


def test_segments_come_as_they_are_written(server, talker):
    server.reply(b"+", b"OK", b" hi\r\n")
    server.expect(b"STAT\r\n").reply(b"+OK 2 320\r\n")
    assert server.start() == NX_SUCCESS
    client = talker()
    assert [client.segment() for _ in range(3)] == [b"+", b"OK", b" hi\r\n"]
    client.send(b"STAT\r\n")
    assert client.segment() == b"+OK 2 320\r\n"
    assert server.check() == []
    assert server.heard() == [b"STAT\r\n"]


def test_a_segment_above_the_mss_is_cut_by_the_stack(server, talker):
    server.reply(b"x" * 3000).reply(b"y")
    server.start()
    client = talker()
    assert [len(client.segment()) for _ in range(4)] == [1460, 1460, 80, 1]


def test_what_is_expected_may_come_in_pieces_or_at_once(server, talker):
    server.expect(b"STAT\r\n").reply(b"1").expect(b"NOOP\r\n").expect(b"QUIT\r\n").reply(b"2")
    server.start()
    client = talker()
    client.send(b"ST")
    assert client.segment(5) == b""
    client.send(b"AT\r\nNOOP\r\nQUIT\r\n")
    assert client.segment() == b"1"
    assert client.segment() == b"2"
    assert server.check() == []


def test_delays_are_in_ticks(rig, server, talker):
    server.reply(b"a").delay(37).reply(b"b").receive().delay(5).reply(b"c")
    server.start()
    client = talker()
    begun = rig.sim.now
    assert client.segment() == b"a"
    assert client.segment() == b"b"
    assert rig.sim.now - begun == 37
    client.send(b"x")
    assert client.segment() == b"c"
    assert rig.sim.now - begun == 42


def test_what_comes_during_a_delay_is_kept(server, talker):
    server.delay(10).expect(b"STAT\r\n").reply(b"ok")
    server.start()
    client = talker()
    client.send(b"STAT\r\n")
    assert client.segment() == b"ok"
    assert server.check() == []


def test_fin_follows_the_last_reply(server, talker):
    server.reply(b"bye").fin()
    server.start()
    client = talker()
    assert client.segment() == b"bye"
    assert client.segment() == b""
    assert client.socket.nx_tcp_socket_state == NX_TCP_CLOSE_WAIT


def test_reset_follows_the_last_reply(server, talker):
    server.reply(b"bye").receive().reset()
    server.start()
    client = talker()
    assert client.segment() == b"bye"
    client.send(b"x")
    assert client.segment() == b""
    assert client.socket.nx_tcp_socket_state == NX_TCP_CLOSED


def test_silence(rig, server, talker):
    server.expect(b"a").silent()
    server.start()
    client = talker()
    client.send(b"abc")
    assert client.segment() == b""
    assert server.check() == []


# -- differences ----------------------------------------------------------------------------------


def test_a_difference_names_the_step_and_the_script_goes_on(server, talker):
    server.reply(b"hi").expect(b"STAT\r\n").reply(b"+OK\r\n").expect(b"QUIT\r\n")
    server.start()
    client = talker()
    client.segment()
    client.send(b"LIST\r\n")
    assert client.segment() == b"+OK\r\n"
    client.send(b"QUIT\r\n")
    tx_thread_sleep(1)
    assert server.check() == ["step 1: expected b'STAT\\r\\n', the client sent b'LIST\\r\\n'"]


def test_steps_that_were_not_reached(server, talker):
    server.reply(b"hi").expect(b"STAT\r\n").fin()
    assert server.check() == ["step 0: reply b'hi' was not reached, the client sent b'' before it"]
    server.start()
    talker().send(b"ST")
    tx_thread_sleep(1)
    assert server.check() == ["step 1: expect b'STAT\\r\\n' was not reached, the client sent b'ST' before it"]


def test_what_comes_behind_the_script(server, talker):
    server.expect(b"STAT\r\n")
    server.start()
    talker().send(b"STAT\r\nQUIT\r\n")
    tx_thread_sleep(1)
    assert server.check() == ["behind the script the client sent b'QUIT\\r\\n'"]


def test_a_script_for_each_connection(server, talker):
    server.reply(b"one").next_connection().reply(b"two").expect(b"x")
    server.start()
    first, second = talker(), talker()
    assert (first.segment(), second.segment()) == (b"one", b"two")
    assert server.check() == ["connection 2, step 1: expect b'x' was not reached, the client sent b'' before it"]
    second.send(b"xy")
    tx_thread_sleep(1)
    assert server.heard(2) == [b"xy"]
    assert server.check() == ["connection 2, behind the script the client sent b'y'"]


def test_a_connection_too_many_is_reset(server, talker):
    server.reply(b"one")
    server.start()
    talker()
    late = talker()
    assert late.segment() == b""
    assert late.socket.nx_tcp_socket_state == NX_TCP_CLOSED
    assert server.check() == ["connection 2, a connection the script does not know"]
