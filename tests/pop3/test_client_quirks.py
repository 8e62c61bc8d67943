"""Each quirk, provoked: what the service answers, and the event that names it.

Those that lie in reading one reply or one time stamp are in test_reply and test_auth.
"""

import pytest

from netx_sim import nx_packet_release
from tests.pop3.rig import GREETING, NEVER, STAMP

OK = b"+OK\r\n"
STAT = b"+OK 2 320\r\n"
MAIL = b"Subject: x\r\n\r\nhello\r\n.\r\n"


@pytest.fixture
def serve(rig, reported):
    """Log in with USER and PASS; the arguments answer what follows. What is reported counts from there."""

    def start(*replies):
        server = rig.script(GREETING, OK, OK)
        for reply in replies:
            server.receive().reply(*(reply if isinstance(reply, tuple) else (reply,)))
        assert rig.create() == "NX_SUCCESS"
        reported.take()
        return server

    return start


# -- login ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [b"-ERR wrong\r\n", b"zzz\r\n", b"+ok\r\n"])
def test_any_answer_to_pass_will_do(rig, reported, answer):
    rig.script(GREETING, OK, answer, b"-ERR not now\r\n")
    assert rig.create() == "NX_SUCCESS"
    assert "Q-PASS-OK" in reported.take()
    assert rig.stat() == ("NX_POP3_SERVER_ERROR_STATUS", 0, 0)
    rig.delete()


def test_a_reply_of_nul_to_pass_is_judged_by_the_answer_to_user(rig, reported):
    rig.script(GREETING, OK, b"\0\r\n")
    assert rig.create() == "NX_SUCCESS"
    assert reported == ["Q-NUL"]  # and no Q-PASS-OK: the device sees the old +OK
    rig.delete()


@pytest.mark.leaks
def test_an_apop_login_loses_the_greeting(rig, reported):
    rig.script(GREETING, OK)
    free = rig.receive_pool.nx_packet_pool_available
    assert rig.create(1) == "NX_SUCCESS"
    assert reported.take() == ["Q-MD5-NAME", "Q-GREETING-LEAK"]
    rig.delete()
    assert rig.receive_pool.nx_packet_pool_available == free - 1
    lost = [packet for packet in rig.receive_pool._packets if packet._holder == "nobody: Q-GREETING-LEAK"]
    assert len(lost) == 1
    assert bytes(lost[0]) == GREETING


@pytest.mark.leaks
def test_the_receive_pool_dies_of_apop_logins(rig):
    """With one pool for all, two packets are needed for a login, so 30 packets do for 28."""
    rig.pool = rig.receive_pool
    logins = 0
    server = rig.script(GREETING, OK)
    for _ in range(40):
        server.next_connection().reply(GREETING).receive().reply(OK)
    while rig.create(1) == "NX_SUCCESS":
        logins += 1
        rig.delete()
    assert logins == 28


def test_a_failed_create_leaves_the_socket(rig, reported):
    rig.script(b"-ERR busy\r\n")
    assert rig.create() == "NX_POP3_SERVER_ERROR_STATUS"
    assert reported.take() == ["Q-CREATE-FAIL-OPEN"]
    assert len(rig.ip.nx_ip_tcp_created_sockets_ptr) == 1
    assert rig.delete() == "NX_SUCCESS"
    assert not rig.ip.nx_ip_tcp_created_sockets_ptr


def test_a_refused_apop_falls_back_to_clear_text(rig, reported):
    server = rig.script(GREETING, b"-ERR no\r\n", OK, OK)
    assert rig.create(1, password=b"tanstaaf") == "NX_SUCCESS"
    assert "Q-APOP-FALLBACK" in reported
    assert server.heard() == [
        b"APOP user c4c9334bac560ecc979e58001b3e22fb\r\n",
        b"USER user\r\n",
        b"PASS tanstaaf\r\n",
    ]
    rig.delete()


@pytest.mark.leaks
@pytest.mark.parametrize(
    ("stamp", "name"), [(b"<1896.69", "Q-STAMP-OPEN"), (b"<" + b"1" * 80 + b">", "Q-STAMP-75")], ids=["open", "75"]
)
def test_time_stamps_that_are_none(rig, reported, stamp, name):
    rig.script(b"+OK " + stamp + b"\r\n", OK)
    assert rig.create(1) == "NX_SUCCESS"
    assert name in reported
    rig.delete()


@pytest.mark.parametrize(("name", "password"), [(b"a\r\nDELE 1", b"p"), (b"a", b"p\nDELE 1")])
def test_a_line_end_in_name_or_password_is_sent(rig, reported, name, password):
    server = rig.script(GREETING, OK, OK)
    assert rig.create(name=name, password=password) == "NX_SUCCESS"
    assert reported.take() == ["Q-CRLF-INJECT"]
    assert server.heard() == [b"USER " + name + b"\r\n", b"PASS " + password + b"\r\n"]
    rig.delete()


# -- replies --------------------------------------------------------------------------------------


@pytest.mark.parametrize("reply", [(b"+OK 2 320\r\n+OK 9 9\r\n",), (b"+OK", b" 2 320\r\n"), (b"+OK 2 320",)])
def test_a_reply_is_one_packet(rig, serve, reported, reply):
    serve(reply)
    rig.stat()
    assert reported.take() == ["Q-ONE-PACKET"]
    assert reported.fields["Q-ONE-PACKET"]["cut"] is (len(reply[0]) < 20)
    rig.delete()


def test_a_late_reply_answers_the_next_command(rig, serve, reported):
    server = serve()
    server.receive().delay(1100).reply(b"+OK 1 10\r\n").receive().reply(b"+OK 2 20\r\n")
    assert rig.stat() == ("NX_NO_PACKET", NEVER, NEVER)
    assert reported.take() == ["Q-LATE"]
    rig.sim.busy(200)
    assert rig.stat() == ("NX_SUCCESS", 1, 10)
    assert rig.stat() == ("NX_SUCCESS", 2, 20)
    rig.delete()


@pytest.mark.parametrize("rig", [{"payload": 256}], indirect=True)
def test_a_chained_reply_is_refused(rig, serve, reported):
    serve(b"+OK " + b"x" * 300 + b"\r\n")
    assert rig.dele(1) == "NX_INVALID_PACKET"
    assert reported.take() == ["Q-DELE-COUNT", "Q-CHAIN"]
    rig.delete()


@pytest.mark.parametrize("rig", [{"payload": 256}], indirect=True)
def test_a_chained_message_is_passed_through_and_its_end_missed(rig, serve, reported):
    serve(STAT, (b"+OK 500 octets\r\n", b"q" * 495 + b"\r\n.\r\n"))
    rig.stat()
    rig.retr(1)
    reported.take()
    status, data, count, final = rig.message()
    assert (status, len(data), count, final) == ("NX_SUCCESS", 500, 500, 0)
    assert reported.take() == ["Q-CHAIN", "Q-EOM-SPLIT"]
    assert rig.message() == ("NX_NO_PACKET", b"", 0, 0)
    rig.delete()


@pytest.mark.parametrize(
    ("reply", "result", "name"),
    [
        (b"+OKAY 2 320\r\n", ("NX_SUCCESS", 2, 320), "Q-PREFIX"),
        (b"+ok 2 320\r\n", ("NX_POP3_SERVER_ERROR_STATUS", 0, 0), "Q-CASE"),
        (b"+OK-2 320\r\n", ("NX_SUCCESS", 2, 320), "Q-HYPHEN"),
        (b"+OK  2 320\r\n", ("NX_POP3_SERVER_ERROR_STATUS", 0, 0), "Q-SPACES"),
        (b"\0+OK 2 320\r\n", ("NX_POP3_SERVER_ERROR_STATUS", 0, 0), "Q-NUL"),
        (b"+OK 2 10000\r\n", ("NX_SUCCESS", 2, 10000), "Q-STALE5"),
        (b"+OK 1234567 10000\r\n", ("NX_SUCCESS", 1234567, 1000067), "Q-STALE5"),
    ],
)
def test_replies_to_stat(rig, serve, reported, reply, result, name):
    serve(reply)
    assert rig.stat() == result
    assert set(reported.take()) == {name}
    rig.delete()


def test_the_size_in_a_list_reply_is_read_on_top_of_the_number(rig, serve, reported):
    serve(b"+OK 10 1000\r\n", b"+OK 10 5\r\n")
    rig.stat()
    assert rig.list(10) == ("NX_SUCCESS", 50)
    assert reported.take() == ["Q-LIST-TAIL"]
    rig.delete()


def test_numbers_above_the_count_are_refused_unasked(rig, serve, reported):
    server = serve(STAT)
    assert rig.retr(1) == ("NX_POP3_INVALID_MAIL_ITEM", NEVER)
    assert rig.list(1) == ("NX_POP3_INVALID_MAIL_ITEM", 0)
    rig.stat()
    assert rig.retr(3) == ("NX_POP3_INVALID_MAIL_ITEM", NEVER)
    assert reported.take() == ["Q-RETR-COUNT"] * 3
    assert server.heard()[2:] == [b"STAT\r\n"]
    rig.delete()


def test_dele_is_sent_for_any_number(rig, serve, reported):
    server = serve(OK, OK)
    assert rig.dele(99) == "NX_SUCCESS"
    assert reported.take() == ["Q-DELE-COUNT"]
    assert rig.dele(4294967295) == "NX_SUCCESS"
    assert reported.take() == ["Q-DELE-COUNT", "Q-BIGNUM"]
    assert server.heard()[2:] == [b"DELE 99\r\n", b"DELE \r\n"]
    rig.delete()


# -- messages -------------------------------------------------------------------------------------


@pytest.fixture
def retr(rig, serve, reported):
    """RETR 1, answered by these segments."""

    def ask(*segments):
        serve(STAT, segments)
        rig.stat()
        result = rig.retr(1)
        assert result[0] == "NX_SUCCESS"
        return result

    return ask


@pytest.mark.parametrize("line", [b"+OK 120 oct", b"+OK 120 octets\r"])
def test_a_status_line_without_its_end(rig, retr, reported, line):
    retr(line, b"rest\r\n", MAIL)
    assert "Q-RETR-SPLIT" in reported.take()
    kept = rig.client.nx_pop3_client_message_ptr
    assert len(kept) == 0xFFFFFFFF
    assert kept.nx_packet_prepend_ptr == kept.nx_packet_append_ptr + 1
    assert rig.message() == ("NX_SUCCESS", b"", 0xFFFFFFFF, 0)
    assert rig.message() == ("NX_SUCCESS", b"rest\r\n", 6, 0)
    assert rig.message() == ("NX_SUCCESS", MAIL, len(MAIL), 1)
    rig.delete()


@pytest.mark.leaks
@pytest.mark.parametrize("second", [(b"+OK\r\n" + MAIL,), (b"+OK\r\n", MAIL)], ids=["kept", "not kept"])
def test_the_next_retr_forgets_the_kept_packet(rig, serve, reported, second):
    serve(STAT, b"+OK\r\nheld one\r\n.\r\n", second)
    rig.stat()
    rig.retr(1)
    kept = rig.client.nx_pop3_client_message_ptr
    reported.take()
    rig.retr(2)
    assert reported.take() == ["Q-NOT-DRAINED", "Q-RETR-REPLACE"]
    assert rig.message() == ("NX_SUCCESS", MAIL, len(MAIL), 1)
    rig.delete()
    assert kept._holder == "nobody: Q-RETR-REPLACE"
    assert nx_packet_release(kept) == 0  # so it was lost


def test_a_message_that_is_not_read_answers_the_next_command(rig, retr, reported):
    retr(b"+OK\r\n", b"+OK 7 77\r\n", b".\r\n")
    reported.take()
    assert rig.stat() == ("NX_SUCCESS", 7, 77)
    assert reported.take() == ["Q-NOT-DRAINED"]
    rig.delete()


@pytest.mark.parametrize(
    ("segments", "results", "names"),
    [
        ((b"text\r\n", b".\r\n"), [(6, 0), (0, 1)], []),
        ((b"text", b"\r\n.\r\n"), [(4, 0), (0, 1)], ["Q-EOM-BLANK"]),
        ((b"\r\n.\r\n",), [(0, 1)], ["Q-EOM-BLANK"]),
        ((b".\r\n",), [(0, 1)], []),
        ((b"text\r\n.\r\n",), [(9, 1)], ["Q-EOM-INCLUDED"]),
        ((b"text\r", b"\n.\r\n"), [(5, 0), (4, 0)], ["Q-EOM-SPLIT"]),
        ((b"text\r\n.", b"\r\n"), [(7, 0), (2, 0)], ["Q-EOM-SPLIT"]),
        ((b"text\r\n.\r", b"\n"), [(8, 0), (1, 0)], ["Q-EOM-SPLIT"]),
        ((b"a word", b".\r\n"), [(6, 0), (0, 1)], ["Q-EOM-FALSE"]),
        ((b".\r\nAB", b"\r\n.\r\n"), [(0, 1)], ["Q-EOM-FALSE"]),
        ((b"..dot\r\n..\r\n.\r\n",), [(14, 1)], ["Q-DOTS", "Q-EOM-INCLUDED"]),
        ((b"a\r\n", b"..dot\r\n", b"..dot\r\n.\r\n"), [(3, 0), (7, 0), (10, 1)], ["Q-DOTS", "Q-EOM-INCLUDED"]),
        ((b"a\r", b"\n..dot\r\n.\r\n"), [(2, 0), (11, 1)], ["Q-DOTS", "Q-EOM-INCLUDED"]),
    ],
)
def test_ends_of_messages(rig, retr, reported, segments, results, names):
    retr(b"+OK\r\n", *segments)
    reported.take()
    for number, (count, final) in enumerate(results):
        assert rig.message() == ("NX_SUCCESS", segments[number], count, final)
    assert reported.take() == names
    if results[-1][1]:
        assert rig.message() == ("NX_POP3_CLIENT_INVALID_STATE", b"", 0, 0)
    else:
        before = rig.sim.now
        assert rig.message() == ("NX_NO_PACKET", b"", 0, 0)
        assert rig.sim.now == before + 1000
        assert rig.client.nx_pop3_client_ready_to_download == 1
    rig.delete()


def test_a_short_packet_is_judged_with_what_lies_behind_it_in_its_payload(rig, retr):
    """Two segments of equal place in equal packets: the second is short, and the payload holds the first one's tail."""
    retr(b"+OK\r\n", b"\r\n.\r\n+more of it", b"\r\n.\r")
    assert rig.message()[2:] == (16, 0)
    packet = rig.client.nx_pop3_client_tcp_socket._rx_ready[0]
    end = packet.nx_packet_append_ptr
    packet._mem[end : end + 1] = b"\n"  # as a packet used before would have left it
    assert rig.message() == ("NX_SUCCESS", b"\r\n.\r", 0, 1)
    rig.delete()


# -- closing --------------------------------------------------------------------------------------


def test_quit_leaves_the_connection_open(rig, serve, reported):
    serve(OK, STAT)
    assert rig.quit() == "NX_SUCCESS"
    assert reported.take() == []
    assert rig.stat() == ("NX_SUCCESS", 2, 320)
    assert reported.take() == ["Q-QUIT-OPEN"]
    rig.delete()
    assert reported.take() == []


def test_delete_sends_no_quit(rig, serve, reported):
    server = serve(OK)
    rig.dele(1)
    reported.take()
    rig.delete()
    assert reported.take() == ["Q-DELETE-NOQUIT"]
    assert server.heard()[-1] == b"DELE 1\r\n"


def test_after_a_refused_quit_the_session_was_not_ended(rig, serve, reported):
    serve(b"-ERR no\r\n")
    assert rig.quit() == "NX_POP3_SERVER_ERROR_STATUS"
    rig.delete()
    assert reported.take() == ["Q-DELETE-NOQUIT"]


def test_stamp_is_kept_in_the_block(rig):
    rig.script(GREETING, b"-ERR\r\n", OK, OK)
    rig.create(1)
    assert rig.client.nx_pop3_server_process_id == STAMP
    assert "user" in repr(rig.client)
    rig.delete()
