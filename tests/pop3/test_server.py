"""The POP3 server on NetX sockets: sessions of the client's services, and of sockets that misbehave."""

import pytest

from netx_pop3 import server_body
from netx_pop3.server import Account, MemoryStore, Pop3Server
from netx_pop3.unstuff import Unstuffer
from netx_sim import (
    NX_DISCONNECT_FAILED,
    NX_DUPLICATE_LISTEN,
    NX_IN_PROGRESS,
    NX_NOT_CONNECTED,
    NX_SUCCESS,
    NX_TCP_ESTABLISHED,
    NX_TCP_LISTEN_STATE,
    NX_TCP_TIMED_WAIT,
    TX_AUTO_START,
    TX_NO_TIME_SLICE,
    TX_THREAD,
    nx_packet_release,
    simulation,
    tx_thread_create,
    tx_thread_sleep,
)
from tests.pop3.rig import CLIENT, SERVER, Rig, new_pool
from tests.pop3.talker import Talker

DOTTED = b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n" * 40


class Place:
    """A rig with a server in it, and talkers that are closed in the end."""

    def __init__(self, rig, mails, **options):
        self.rig = rig
        self.store = MemoryStore(mails)
        self.server = Pop3Server(rig.server_ip, rig.server_pool, {"mary": Account("secret", self.store)}, **options)
        assert self.server.start() == NX_SUCCESS
        self.talkers = []

    def talker(self, window=8192):
        talker = Talker(self.rig.ip, self.rig.receive_pool, window)
        self.talkers.append(talker)
        return talker

    def session(self):
        return self.talker().login(SERVER)

    def close(self, talker, wait=500):
        self.talkers.remove(talker)
        return talker.close(wait)

    def end(self):
        for talker in self.talkers:
            talker.close(0)
        tx_thread_sleep(20)
        assert self.server.stop() == NX_SUCCESS


@pytest.fixture
def place(rig):
    """`place(mails, options...)` makes the server."""
    made = []

    def make(mails=(b"Subject: one\r\n\r\n1\r\n", b"Subject: two\r\n\r\n2\r\n"), **options):
        made.append(Place(rig, mails, **options))
        return made[0]

    yield make
    made[0].end()


# -- the client's services ------------------------------------------------------------------------

SIZES = [0, 1, 1442, 1443, 1444, 1460, 3000, 65536, 70001]


def mail_of(size):
    return (b"Subject: mail\r\n\r\n" + b"0123456789 . x\r\n" * (size // 16 + 1))[:size]


def wire_of(mail):
    """A mail without dots at line starts, as it is sent."""
    return mail + (b".\r\n" if mail.endswith(b"\r\n") else b"\r\n.\r\n")


def collect(rig):
    """One whole session of the client; each mail as the server stores it."""
    assert rig.create(1, "mary", "secret") == "NX_SUCCESS"
    status, count, total = rig.stat()
    assert status == "NX_SUCCESS"
    mails = []
    for number in range(1, count + 1):
        status, size = rig.retr(number)
        assert status == "NX_SUCCESS"
        unstuffer, mail = Unstuffer(), b""
        while not unstuffer.finished:
            mail += unstuffer.feed(rig.message()[1])
        assert len(mail) == size or mail == mail_of(size) + b"\r\n"
        mails.append(mail[:size])
        assert rig.dele(number) == "NX_SUCCESS"
    assert rig.quit() == "NX_SUCCESS"
    assert rig.delete() == "NX_SUCCESS"
    assert sum(map(len, mails)) == total
    return mails


@pytest.mark.leaks  # APOP loses the greeting
@pytest.mark.parametrize(
    "rig",
    [
        {},
        {"config": {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 536}},
        {"config": {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 2000}},
        {"config": {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": 65535}, "packets": 100},
    ],
    indirect=True,
    ids=["as shipped", "window 536", "window 2000", "window 65535"],
)
def test_mails_arrive_as_they_are_stored_and_are_deleted(rig, place):
    mails = [mail_of(size) for size in SIZES] + [DOTTED]
    where = place(mails)
    assert collect(rig) == mails
    assert where.store.messages() == []
    assert where.store.lock()


def test_a_mail_shares_its_first_segment_with_the_status_line(place):
    talker = place([mail_of(3000)]).session()
    talker.send(b"RETR 1\r\n")
    segments = [talker.segment() for _ in range(3)]
    assert [len(segment) for segment in segments] == [1460, 1460, 3000 + 17 + 2 + 3 - 2920]
    assert segments[0].startswith(b"+OK 3000 octets\r\nSubject: mail")


def test_the_transmit_queue_limits_what_is_under_way(place):
    where = place([mail_of(20000)], transmit_queue=2)
    talker = where.session()
    socket = where.server._listener._used[0].socket
    talker.send(b"RETR 1\r\n")
    assert socket.nx_tcp_socket_transmit_sent_count == 2
    assert talker.until(b"\r\n.\r\n") == b"+OK 20000 octets\r\n" + wire_of(mail_of(20000))


def test_replies_of_one_segment_share_one(place):
    talker = place().session()
    talker.send(b"STAT\r\nNOOP\r\nLIST 2\r\n")
    assert talker.segment() == b"+OK 2 38\r\n+OK\r\n+OK 2 19\r\n"


def test_a_pipelined_session_up_to_the_fin(place):
    where = place([mail_of(100000)])
    talker = where.session()
    talker.send(b"RETR 1\r\nDELE 1\r\nTOP 1 0\r\nNOOP\r\nQUIT\r\nSTAT\r\n")
    assert len(talker.until(b"\r\n.\r\n")) == len(b"+OK 100000 octets\r\n") + 100000 + 5
    assert talker.line() == b"+OK message 1 deleted\r\n"
    assert talker.line() == b"-ERR no such message\r\n"
    assert talker.line() == b"+OK\r\n"
    assert talker.line() == b"+OK bye\r\n"
    assert talker.segment() == b""
    assert where.store.messages() == []
    assert where.close(talker) == NX_SUCCESS


# -- several clients ------------------------------------------------------------------------------


def test_connections_at_once_each_with_a_stamp_of_its_own(place):
    where = place(connections=3)
    talkers = [where.talker() for _ in range(3)]
    for talker in talkers:
        assert talker.connect(SERVER) == NX_SUCCESS
    greetings = {talker.line() for talker in talkers}
    assert len(greetings) == 3
    assert all(greeting.endswith(b"@netx-pop3>\r\n") for greeting in greetings)
    assert [talker.line(b"USER mary") for talker in talkers] == [b"+OK\r\n"] * 3
    assert talkers[1].line(b"PASS secret").startswith(b"+OK")
    assert talkers[0].line(b"PASS secret").startswith(b"-ERR [IN-USE]")


def test_further_clients_wait_in_the_listen_queue(place):
    where = place(connections=1, backlog=2)
    first, second = where.session(), where.talker()
    assert second.connect(SERVER, 0) == NX_IN_PROGRESS
    tx_thread_sleep(30)
    assert second.socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED
    assert first.line(b"QUIT") == b"+OK bye\r\n"
    assert where.close(first) == NX_SUCCESS
    tx_thread_sleep(1)
    assert second.socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED
    assert second.line().startswith(b"+OK")


def test_a_socket_stays_in_time_wait_until_no_other_is_free(place):
    where = place(connections=3)
    sockets = [connection.socket for connection in where.server._listener._connections]
    states = []
    for _ in range(3):
        talker = where.session()
        talker.line(b"QUIT")
        assert where.close(talker) == NX_SUCCESS
        states.append([socket.nx_tcp_socket_state for socket in sockets])
    assert states[0][0] == NX_TCP_TIMED_WAIT
    assert states[1][:2] == [NX_TCP_TIMED_WAIT] * 2
    assert sorted(states[2]) == [NX_TCP_LISTEN_STATE, NX_TCP_TIMED_WAIT, NX_TCP_TIMED_WAIT]
    tx_thread_sleep(30000)
    assert where.session().line(b"NOOP") == b"+OK\r\n"


def test_more_sessions_than_sockets_one_after_the_other(place):
    where = place(connections=2)
    for _ in range(10):
        talker = where.session()
        assert talker.line(b"QUIT") == b"+OK bye\r\n"
        assert where.close(talker) == NX_SUCCESS


# -- clients that misbehave -----------------------------------------------------------------------


@pytest.mark.parametrize("wait", [0, 500], ids=["reset", "fin"])
@pytest.mark.parametrize("rounds", [1, 6])
def test_a_session_that_breaks_off_deletes_nothing_and_gives_the_maildrop_back(place, wait, rounds):
    where = place(connections=2)
    for _ in range(rounds):
        talker = where.session()
        assert talker.line(b"DELE 1").startswith(b"+OK")
        where.close(talker, wait)
    assert len(where.store.messages()) == 2
    assert where.session().line(b"STAT") == b"+OK 2 38\r\n"


def test_a_break_in_the_middle_of_a_mail(place):
    where = place([mail_of(300000)])
    talker = where.session()
    talker.send(b"RETR 1\r\n")
    talker.segment()
    where.close(talker, 0)
    tx_thread_sleep(1)
    assert where.rig.server_pool.nx_packet_pool_available == where.rig.server_pool.nx_packet_pool_total
    assert where.session().table(b"TOP 1 0") == b"+OK\r\nSubject: mail\r\n\r\n.\r\n"


def test_a_client_that_reads_slowly_holds_up_nobody_else(place):
    where = place([mail_of(20000)])
    slow = where.talker(2000)
    slow.login(SERVER)
    slow.send(b"RETR 1\r\n")
    tx_thread_sleep(500)  # the window is closed, and probed
    other = where.talker()
    assert other.connect(SERVER) == NX_SUCCESS
    assert other.line().startswith(b"+OK")
    data = b""
    while not data.endswith(b"\r\n.\r\n"):
        data += slow.segment()
        tx_thread_sleep(7)
    assert data == b"+OK 20000 octets\r\n" + wire_of(mail_of(20000))


def deafen(rig):
    """The client instance's TCP hears nothing; gives it back its ears when called."""
    ears = rig.ip._tcp_receive
    rig.ip._tcp_receive = lambda _ip, packet: nx_packet_release(packet)

    def hear():
        rig.ip._tcp_receive = ears

    return hear


def test_a_handshake_that_comes_to_nothing_costs_a_socket_for_a_while_only(place):
    where = place(connections=1)
    hear = deafen(where.rig)
    lost = where.talker()
    assert lost.connect(SERVER, 50) == NX_NOT_CONNECTED
    where.close(lost)
    tx_thread_sleep(1200)
    hear()
    assert where.session().line(b"STAT") == b"+OK 2 38\r\n"


def test_a_handshake_in_progress_is_left_alone(place):
    """The SYN-ACK is repeated for 11 s, longer than it takes until idle sockets are looked for."""
    where = place(connections=1)
    where.session().line(b"QUIT")
    where.close(where.talkers[0])
    tx_thread_sleep(700)
    hear = deafen(where.rig)
    late = where.talker()
    late.connect(SERVER, 0)
    tx_thread_sleep(600)
    hear()
    tx_thread_sleep(200)
    assert late.line().startswith(b"+OK")
    assert late.line(b"QUIT") == b"+OK bye\r\n"


def test_a_client_that_never_closes_its_side_loses_the_connection(place):
    where = place(connections=1)
    talker = where.session()
    assert talker.line(b"QUIT") == b"+OK bye\r\n"
    tx_thread_sleep(600)
    other = where.talker()
    other.connect(SERVER, 0)
    tx_thread_sleep(500)
    assert other.socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED
    tx_thread_sleep(500)
    assert other.socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED
    assert where.close(talker) == NX_DISCONNECT_FAILED  # a reset was the answer to its FIN


def test_a_silent_session_is_dropped_in_the_end(place):
    where = place(idle=60000)
    talker = where.session()
    tx_thread_sleep(50000)
    assert talker.line(b"NOOP") == b"+OK\r\n"
    tx_thread_sleep(59000)
    assert talker.socket.nx_tcp_socket_state == NX_TCP_ESTABLISHED
    tx_thread_sleep(5000)
    assert talker.socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED
    assert where.store.lock()


def test_a_client_that_is_still_receiving_is_not_silent(place):
    where = place([mail_of(20000)], idle=1500)
    slow = where.talker(2000)
    slow.login(SERVER)
    slow.send(b"RETR 1\r\n")
    begun, data = where.rig.sim.now, b""
    while not data.endswith(b"\r\n.\r\n"):
        data += slow.segment()
        tx_thread_sleep(400)
    assert data == b"+OK 20000 octets\r\n" + wire_of(mail_of(20000))
    assert where.rig.sim.now - begun > 4000


# -- want -----------------------------------------------------------------------------------------


def test_an_empty_pool_delays_and_loses_nothing(place, rig):
    few = new_pool(1536, 2, "few")
    rig.server_pool = few
    talker = place([mail_of(30000)]).session()
    assert talker.table(b"RETR 1") == b"+OK 30000 octets\r\n" + wire_of(mail_of(30000))
    assert few.nx_packet_pool_empty_requests > 0


def test_an_empty_pool_where_segments_have_to_be_cut(place, rig):
    few = new_pool(1536, 2, "few")
    rig.server_pool = few
    where = place([mail_of(9000)])
    talker = where.talker(700)
    talker.login(SERVER)
    assert talker.table(b"RETR 1") == b"+OK 9000 octets\r\n" + wire_of(mail_of(9000))


class Vanishing(MemoryStore):
    """Its messages cannot be read beyond an offset."""

    def __init__(self, mails, offset):
        super().__init__(mails)
        for message in self._messages:
            whole = message._data

            class Cut:
                size, uid = message.size, message.uid

                def read(self, at, length, whole=whole):
                    if at >= offset:
                        raise OSError("gone")
                    return whole[at : at + length]

            self._messages[self._messages.index(message)] = Cut()


def test_a_mail_that_cannot_be_read_to_its_end_ends_the_connection(place):
    where = place()
    where.store._messages = Vanishing([mail_of(200000)], server_body.PIECE)._messages
    talker = where.session()
    talker.send(b"RETR 1\r\n")
    data = talker.until(b"\r\n.\r\n")
    assert len(data) <= server_body.PIECE + 30
    assert talker.socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED
    assert where.session().line(b"STAT") == b"+OK 1 200000\r\n"


def test_a_port_that_is_taken(place):
    where = place()
    other = Pop3Server(where.rig.server_ip, where.rig.server_pool, {})
    assert other.start() == NX_DUPLICATE_LISTEN
    assert where.session().line(b"NOOP") == b"+OK\r\n"


def test_stop_drops_sessions_and_start_begins_anew(place):
    where = place([mail_of(100000)])
    talker = where.session()
    talker.send(b"RETR 1\r\n")
    where.talker().connect(SERVER, 0)
    assert where.server.stop() == NX_SUCCESS
    assert where.store.lock()
    where.store.unlock()
    tx_thread_sleep(1)
    assert talker.socket.nx_tcp_socket_state != NX_TCP_ESTABLISHED
    assert where.talker().connect(SERVER) == NX_NOT_CONNECTED
    assert where.server.start() == NX_SUCCESS
    assert where.session().line(b"STAT") == b"+OK 1 100000\r\n"


def test_without_apop_the_greeting_has_no_stamp(place):
    talker = place(apop=False).talker()
    talker.connect(SERVER)
    assert talker.line() == b"+OK netx-pop3 ready\r\n"


def test_client_and_server_on_one_instance():
    with simulation():
        rig = Rig()
        rig.server_ip, rig.server_pool = rig.ip, rig.receive_pool
        where = Place(rig, [mail_of(5000)])
        talker = where.talker().login(CLIENT)
        assert talker.table(b"RETR 1") == b"+OK 5000 octets\r\n" + wire_of(mail_of(5000))
        talker.line(b"QUIT")
        where.end()


def test_no_further_operating_system_thread_is_needed(place):
    where = place()
    where.session().line(b"NOOP")
    assert not where.rig.sim._carriers


@pytest.mark.parametrize("priority", [0, 1, 20])
def test_started_in_initialisation_and_used_by_a_thread_of_any_priority(priority):
    results = []
    with simulation() as sim:
        rig = Rig.__new__(Rig)
        rig.sim = sim

        def define(_memory):
            rig.prepare()
            accounts = {"mary": Account("secret", MemoryStore([mail_of(5000)]))}
            assert Pop3Server(rig.server_ip, rig.server_pool, accounts).start() == NX_SUCCESS
            stack = bytearray(2048)
            thread = TX_THREAD()
            tx_thread_create(thread, "client", run, 0, stack, 2048, priority, priority, TX_NO_TIME_SLICE, TX_AUTO_START)

        def run(_argument):
            tx_thread_sleep(5)
            results.append(rig.create(0, "mary", "secret"))
            results.append(rig.stat())
            results.append(rig.retr(1))
            results.append(rig.read())
            results.append(rig.quit())
            results.append(rig.delete())

        sim.run(define)
    mail = mail_of(5000)
    assert results == [
        "NX_SUCCESS",
        ("NX_SUCCESS", 1, 5000),
        ("NX_SUCCESS", 5000),
        wire_of(mail),
        "NX_SUCCESS",
        "NX_SUCCESS",
    ]
