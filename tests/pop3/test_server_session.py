"""The server's dialogue: RFC 1939 and 2449, without a network."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_pop3 import server_body
from netx_pop3.server_body import Body, top_end
from netx_pop3.server_session import Account, Session
from netx_pop3.server_store import MemoryMessage, MemoryStore

STAMP = b"<1896.697170952@dbc.mtview.ca.us>"
MAILS = (
    b"Subject: one\r\n\r\nfirst\r\nsecond\r\n",
    b"Subject: two\r\n\r\n.dot\r\n..dots\r\n.\r\nend\r\n",
    b"",
)


class Way:
    """Collects what a session says."""

    def __init__(self) -> None:
        self.out = b""
        self.finished = False

    def send(self, data):
        self.out += data

    def send_body(self, body):
        while piece := body.next_piece():
            self.out += piece

    def finish(self):
        self.finished = True


class Client:
    """Talks to a session."""

    def __init__(self, store, stamp=STAMP):
        self.way = Way()
        account = Account("secret", store)
        self.session = Session(self.way, {b"mary": account}.get, stamp)
        self.session.begin()

    def heard(self):
        heard, self.way.out = self.way.out, b""
        return heard

    def say(self, line):
        self.session.receive(line + b"\r\n")
        return self.heard()

    def login(self):
        self.heard()
        assert self.say(b"USER mary") == b"+OK\r\n"
        assert self.say(b"PASS secret").startswith(b"+OK 3 messages")
        return self


@pytest.fixture
def store():
    return MemoryStore(MAILS)


@pytest.fixture
def client(store):
    return Client(store).login()


def test_greeting_carries_the_time_stamp_if_there_is_one(store):
    assert Client(store).heard() == b"+OK netx-pop3 ready " + STAMP + b"\r\n"
    assert Client(store, b"").heard() == b"+OK netx-pop3 ready\r\n"


# -- authorization --------------------------------------------------------------------------------


def test_apop(store):
    client = Client(store)
    client.heard()
    digest = hashlib.md5(STAMP + b"secret").hexdigest().encode()
    assert client.say(b"APOP mary " + digest[:-1] + b"x").startswith(b"-ERR [AUTH]")
    assert client.say(b"APOP nobody " + digest).startswith(b"-ERR [AUTH]")
    assert client.say(b"APOP " + digest).startswith(b"-ERR [AUTH]")
    assert client.say(b"APOP mary " + digest.upper()) == b"+OK 3 messages (69 octets)\r\n"


def test_apop_is_refused_where_no_time_stamp_was_given(store):
    client = Client(store, b"")
    client.heard()
    digest = hashlib.md5(b"secret").hexdigest().encode()
    assert client.say(b"APOP mary " + digest).startswith(b"-ERR")


def test_wrong_passwords_are_refused_and_want_a_new_user(store):
    client = Client(store)
    client.heard()
    assert client.say(b"PASS secret").startswith(b"-ERR")
    assert client.say(b"USER nobody") == b"+OK\r\n"  # which users exist is not told
    assert client.say(b"PASS secret").startswith(b"-ERR [AUTH]")
    client.say(b"USER mary")
    assert client.say(b"PASS Secret").startswith(b"-ERR [AUTH]")
    assert client.say(b"PASS secret").startswith(b"-ERR")
    client.say(b"user mary")
    assert client.say(b"pass secret").startswith(b"+OK")


def test_a_password_may_hold_spaces(store):
    client = Client(store)
    client.session._find_account = {b"mary": Account(b"two words ", store)}.get
    client.say(b"USER mary")
    client.heard()
    assert client.say(b"PASS two words ").startswith(b"+OK")


def test_the_maildrop_is_locked_for_one_session(store, client):
    other = Client(store)
    other.say(b"USER mary")
    other.heard()
    assert other.say(b"PASS secret").startswith(b"-ERR [IN-USE]")
    client.session.end()
    other.say(b"USER mary")
    other.heard()
    assert other.say(b"PASS secret").startswith(b"+OK")


@pytest.mark.parametrize("verb", ["STAT", "LIST", "RETR 1", "DELE 1", "NOOP", "RSET", "UIDL", "TOP 1 0"])
def test_mails_are_for_the_transaction_state_only(store, verb):
    client = Client(store)
    client.heard()
    assert client.say(verb.encode()).startswith(b"-ERR")


@pytest.mark.parametrize("verb", ["USER mary", "PASS secret", "APOP mary x"])
def test_login_is_for_the_authorization_state_only(client, verb):
    assert client.say(verb.encode()).startswith(b"-ERR")


# -- transaction ----------------------------------------------------------------------------------


def test_stat_and_list_do_not_count_what_is_deleted(client):
    assert client.say(b"STAT") == b"+OK 3 69\r\n"
    assert client.say(b"LIST") == b"+OK 3 messages (69 octets)\r\n1 31\r\n2 38\r\n3 0\r\n.\r\n"
    assert client.say(b"DELE 1").startswith(b"+OK")
    assert client.say(b"STAT") == b"+OK 2 38\r\n"
    assert client.say(b"LIST") == b"+OK 2 messages (38 octets)\r\n2 38\r\n3 0\r\n.\r\n"
    assert client.say(b"LIST 2") == b"+OK 2 38\r\n"
    assert client.say(b"RSET").startswith(b"+OK 3")
    assert client.say(b"STAT") == b"+OK 3 69\r\n"


@pytest.mark.parametrize("verb", ["LIST", "RETR", "DELE", "UIDL", "TOP"])
@pytest.mark.parametrize("number", ["0", "4", "-1", "one", "1x", "99999999999999999999"])
def test_a_number_must_name_a_message(client, verb, number):
    line = f"{verb} {number}" + (" 0" if verb == "TOP" else "")
    assert client.say(line.encode()) == b"-ERR no such message\r\n"


@pytest.mark.parametrize("verb", [b"LIST 1", b"RETR 1", b"DELE 1", b"UIDL 1", b"TOP 1 0"])
def test_a_deleted_message_is_none(client, verb):
    client.say(b"DELE 1")
    assert client.say(verb) == b"-ERR no such message\r\n"


@pytest.mark.parametrize("verb", [b"RETR", b"DELE", b"RETR ", b"TOP 1", b"TOP 1 x", b"TOP 1 2 3", b"TOP"])
def test_a_missing_argument_is_an_error(client, verb):
    assert client.say(verb).startswith(b"-ERR")


def test_uidl(client, store):
    one, two, three = (message.uid for message in store.messages())
    assert len({one, two, three}) == 3
    assert client.say(b"UIDL") == b"+OK\r\n1 %s\r\n2 %s\r\n3 %s\r\n.\r\n" % (one, two, three)
    assert client.say(b"UIDL 2") == b"+OK 2 " + two + b"\r\n"


def test_uid_is_never_used_again(store):
    store.commit(store.messages())
    assert store.add(b"x\r\n").uid == b"m00000004"


def test_retr_doubles_dots(client):
    assert client.say(b"RETR 1") == b"+OK 31 octets\r\n" + MAILS[0] + b".\r\n"
    assert client.say(b"RETR 2") == (b"+OK 38 octets\r\nSubject: two\r\n\r\n..dot\r\n...dots\r\n..\r\nend\r\n.\r\n")
    assert client.say(b"RETR 3") == b"+OK 0 octets\r\n.\r\n"


@pytest.mark.parametrize(
    ("lines", "text"),
    [(0, b"Subject: one\r\n\r\n"), (1, b"Subject: one\r\n\r\nfirst\r\n"), (2, MAILS[0]), (9, MAILS[0])],
)
def test_top(client, lines, text):
    assert client.say(b"TOP 1 %d" % lines) == b"+OK\r\n" + text + b".\r\n"


def test_capa_names_what_the_server_can(client):
    lines = client.say(b"CAPA").split(b"\r\n")
    assert lines[0] == b"+OK"
    assert {b"TOP", b"USER", b"UIDL", b"PIPELINING", b"RESP-CODES"} < set(lines)
    assert lines[-2:] == [b".", b""]
    assert client.say(b"NOOP") == b"+OK\r\n"


# -- update ---------------------------------------------------------------------------------------


def test_only_quit_deletes(store, client):
    client.say(b"DELE 2")
    client.session.end()
    assert [message.size for message in store.messages()] == [31, 38, 0]
    client = Client(store).login()
    client.say(b"DELE 2")
    assert client.say(b"QUIT") == b"+OK bye\r\n"
    assert client.way.finished
    assert [message.size for message in store.messages()] == [31, 0]
    assert store.lock()


def test_quit_before_login_deletes_nothing(store):
    client = Client(store)
    client.heard()
    assert client.say(b"QUIT") == b"+OK bye\r\n"
    assert client.way.finished
    assert store.lock()


class BrokenStore(MemoryStore):
    """Fails where it is told to."""

    def __init__(self, mails, fails):
        super().__init__(mails)
        self.fails = fails

    def messages(self):
        if self.fails == "messages":
            raise OSError
        return super().messages()

    def commit(self, deleted):
        if self.fails == "raise":
            raise OSError
        return self.fails != "refuse"


@pytest.mark.parametrize("fails", ["refuse", "raise"])
def test_quit_says_what_could_not_be_removed(fails):
    store = BrokenStore(MAILS, fails)
    client = Client(store).login()
    client.say(b"DELE 1")
    assert client.say(b"QUIT").startswith(b"-ERR [SYS/PERM]")
    assert store.lock()


def test_a_store_that_cannot_be_read_is_reported_and_unlocked():
    store = BrokenStore(MAILS, "messages")
    client = Client(store)
    client.say(b"USER mary")
    client.heard()
    assert client.say(b"PASS secret").startswith(b"-ERR [SYS/TEMP]")
    assert store.lock()


def test_nothing_is_heard_behind_quit(client):
    client.session.receive(b"QUIT\r\nSTAT\r\n")
    assert client.heard() == b"+OK bye\r\n"


# -- lines ----------------------------------------------------------------------------------------


def test_commands_may_be_pipelined_and_cut_anywhere(store):
    text = b"USER mary\r\nPASS secret\r\nSTAT\r\nRETR 1\r\nDELE 1\r\nLIST\nQUIT\r\n"
    whole = Client(store)
    whole.session.receive(text)
    cut = Client(MemoryStore(MAILS))
    for at in range(len(text)):
        cut.session.receive(text[at : at + 1])
    assert whole.heard() == cut.heard()
    assert whole.way.finished
    assert cut.way.finished


@pytest.mark.parametrize("cuts", [(300,), (100, 200), (254, 46)])
def test_a_line_that_is_too_long_is_refused_as_one(client, cuts):
    for size in cuts:
        client.session.receive(b"x" * size)
    assert client.heard() == b""
    client.session.receive(b"\r\nNOOP\r\n")
    assert client.heard() == b"-ERR line too long\r\n+OK\r\n"


def test_the_longest_line_that_is_taken(client):
    assert client.say(b"NOOP " + b"x" * 248) == b"+OK\r\n"
    assert client.say(b"NOOP " + b"x" * 249) == b"-ERR line too long\r\n"


def test_unknown_commands(client):
    assert client.say(b"XYZZY") == b"-ERR unknown command\r\n"
    assert client.say(b"") == b"-ERR unknown command\r\n"
    assert client.say(b" STAT") == b"-ERR unknown command\r\n"


# -- bodies ---------------------------------------------------------------------------------------


def on_the_wire(text):
    """RFC 1939 section 3, line by line."""
    lines = text.split(b"\r\n")
    if lines[-1] == b"":
        lines.pop()
    return b"".join(b"." * line.startswith(b".") + line + b"\r\n" for line in lines) + b".\r\n"


@given(
    words=st.lists(st.sampled_from([b".", b"..", b"a", b"\r\n", b"\r", b"\n", b"\r\n."]), max_size=30),
    piece=st.integers(1, 7),
)
def test_dots_are_doubled_however_the_mail_is_cut(words, piece):
    text = b"".join(words)
    before, server_body.PIECE = server_body.PIECE, piece
    try:
        way = Way()
        way.send_body(Body(b"+OK\r\n", MemoryMessage(text, b"u"), len(text)))
        assert way.out == b"+OK\r\n" + on_the_wire(text)
    finally:
        server_body.PIECE = before


@given(
    words=st.lists(st.sampled_from([b"a", b"\r\n", b"\r\n\r\n", b"\r"]), max_size=20),
    lines=st.integers(0, 4),
    piece=st.integers(1, 9),
)
def test_top_ends_where_the_lines_end_however_the_mail_is_cut(words, lines, piece):
    text = b"".join(words)
    before, server_body.PIECE = server_body.PIECE, piece
    try:
        end = top_end(MemoryMessage(text, b"u"), lines)
    finally:
        server_body.PIECE = before
    head, blank, body = (b"", b"\r\n", text[2:]) if text[:2] == b"\r\n" else text.partition(b"\r\n\r\n")
    if not blank:
        assert end == len(text)
    else:
        kept = b"".join(line + b"\r\n" for line in body.split(b"\r\n")[:lines])
        assert text[:end] == (head + blank + kept)[: len(text)]


def test_a_mail_that_shrinks_while_it_is_sent_is_an_error():
    message = MemoryMessage(b"abc\r\n", b"u")
    message.size = 6
    body = Body(b"+OK\r\n", message, 6)
    with pytest.raises(OSError, match="shorter"):
        body.next_piece()
