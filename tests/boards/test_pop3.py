"""The board's POP3 server, command by command (RFC 1939)."""

import hashlib

import pytest

from netx_sim.wire.tcp import ACK, FIN, PSH
from tests.boards.board_mails import MAILS, wire_form
from tests.boards.wire import Talk

SIZES = [len(mail) for mail in MAILS]
UNKNOWN, NOT_NOW, NO_MAIL = b"-ERR unknown command", b"-ERR not now", b"-ERR no such mail"
REFUSED = b"-ERR name or password is wrong"


@pytest.fixture
def talk(pipe):
    """A connection to the server; the greeting is `talk.greeting`."""
    made = Talk(pipe)
    made.greeting = made.open()
    return made


@pytest.fixture
def session(talk):
    """Logged in."""
    talk.log_in()
    return talk


def dialogue(talk, *exchanges):
    for command, reply in exchanges:
        assert talk.ask(command) == reply + b"\r\n", command


def test_the_stamp_of_the_greeting_is_another_one_each_time(pipe):
    stamps = set()
    for number in range(4):
        talk = Talk(pipe, 40000 + number)
        stamps.add(talk.open().removeprefix(b"+OK POP3 "))
        talk.hang_up()
    assert len(stamps) == 4
    assert all(stamp.startswith(b"<") and stamp.endswith(b"@board>\r\n") and len(stamp) < 75 for stamp in stamps)


@pytest.mark.parametrize(
    "exchanges",
    [
        [(b"USER ada", b"+OK password, please"), (b"PASS lovelace", b"+OK welcome"), (b"NOOP", b"+OK")],
        [(b"user ada", b"+OK password, please"), (b"pAsS lovelace", b"+OK welcome")],
        [(b"USER eve", b"+OK password, please"), (b"PASS lovelace", REFUSED)],
        [(b"USER Ada", b"+OK password, please"), (b"PASS lovelace", REFUSED)],
        [(b"USER ada", b"+OK password, please"), (b"PASS Lovelace", REFUSED), (b"PASS lovelace", REFUSED)],
        [(b"USER ada", b"+OK password, please"), (b"PASS lovelace ", REFUSED)],
        [(b"USER ada", b"+OK password, please"), (b"PASS", REFUSED)],
        [(b"USER", b"+OK password, please"), (b"PASS lovelace", REFUSED)],
        [(b"PASS lovelace", REFUSED)],
        [(b"STAT", NOT_NOW), (b"LIST", NOT_NOW), (b"RETR 1", NOT_NOW), (b"DELE 1", NOT_NOW), (b"RSET", NOT_NOW)],
        [(b"APOP", b"-ERR name or digest is wrong"), (b"APOP ada", b"-ERR name or digest is wrong")],
        [(b"APOP ada " + b"0" * 32, b"-ERR name or digest is wrong"), (b"QUIT", b"+OK bye")],
        [(b"", UNKNOWN), (b"\0", UNKNOWN), (b"CAPA", UNKNOWN)],
        [(b"NOOPS", UNKNOWN), (b"NOO", UNKNOWN), (b" NOOP", UNKNOWN)],
        [(b"x" * 253, UNKNOWN), (b"x" * 254, b"-ERR line too long"), (b"\xff\xfe", UNKNOWN)],
    ],
)
def test_before_the_login(talk, exchanges):
    dialogue(talk, *exchanges)


@pytest.mark.parametrize("upper", [False, True])
def test_apop(talk, upper):
    """RFC 1939 wants lower case."""
    stamp = talk.greeting.split()[2]
    digest = hashlib.md5(stamp + b"lovelace").hexdigest()
    command = f"APOP ada {digest.upper() if upper else digest}".encode()
    dialogue(talk, (command, b"-ERR name or digest is wrong" if upper else b"+OK welcome"))


def test_lists(session):
    total = sum(SIZES)
    dialogue(
        session,
        (b"STAT", b"+OK 3 %d" % total),
        (b"LIST", b"+OK\r\n1 %d\r\n2 %d\r\n3 %d\r\n." % tuple(SIZES)),
        (b"LIST 2", b"+OK 2 %d" % SIZES[1]),
        (b"DELE 2", b"+OK marked"),
        (b"STAT", b"+OK 2 %d" % (total - SIZES[1])),
        (b"LIST", b"+OK\r\n1 %d\r\n3 %d\r\n." % (SIZES[0], SIZES[2])),
        (b"LIST 2", NO_MAIL),
        (b"RETR 2", NO_MAIL),
        (b"DELE 2", NO_MAIL),
        (b"RSET", b"+OK nothing is marked"),
        (b"STAT", b"+OK 3 %d" % total),
    )


@pytest.mark.parametrize("argument", [b"", b" ", b" 0", b" 4", b" -1", b" 1x", b" 1 2", b"  1", b" 4294967297"])
@pytest.mark.parametrize("command", [b"RETR", b"DELE"])
def test_there_is_no_such_mail(session, command, argument):
    dialogue(session, (command + argument, NO_MAIL), (b"STAT", b"+OK 3 %d" % sum(SIZES)))


def test_not_twice(session):
    dialogue(session, (b"USER ada", NOT_NOW), (b"PASS lovelace", NOT_NOW), (b"APOP ada x", NOT_NOW), (b"NOOP", b"+OK"))


def test_a_line_that_never_ends_is_refused_when_it_does(session):
    for _ in range(10):
        session.send(PSH | ACK, b"y" * 200)
        session.take(ACK)
    dialogue(session, (b"NOOP", b"-ERR line too long"), (b"NOOP", b"+OK"))


def test_lines_that_end_with_lf_alone(session):
    session.send(PSH | ACK, b"NOOP\nNOOP\n")
    assert session.take(PSH | ACK) == b"+OK\r\n"
    assert session.take(PSH | ACK) == b"+OK\r\n"


def message(talk):
    """What comes behind the reply to RETR, and the pieces it came in."""
    pieces = []
    while not b"".join(pieces).endswith(b"\r\n.\r\n") or len(pieces[-1]) == 0:
        pieces.append(talk.take(PSH | ACK))
        talk.send(ACK)
    return pieces


@pytest.mark.parametrize("mss", range(88, 160))
def test_the_end_mark_is_never_torn(pipe, mss):
    """Wherever the segments of the mail with the dots are cut."""
    talk = Talk(pipe)
    talk.open(mss)
    talk.log_in()
    for number, mail in enumerate(MAILS[:2], start=1):
        dialogue(talk, (b"RETR %d" % number, b"+OK %d octets" % len(mail)))
        pieces = message(talk)
        assert b"".join(pieces) == wire_form(mail)
        assert pieces[-1].endswith(b"\r\n.\r\n")
        assert max(map(len, pieces)) <= mss


def test_commands_wait_for_the_end_of_a_mail(session):
    session.send(PSH | ACK, b"RETR 1\r\nRETR 3\r\nNOOP\r\nQUIT\r\n")
    for mail in (MAILS[0], MAILS[2]):
        assert session.take(PSH | ACK) == b"+OK %d octets\r\n" % len(mail)
        session.send(ACK)
        assert b"".join(message(session)) == wire_form(mail)
    for line in (b"+OK\r\n", b"+OK bye\r\n"):
        assert session.take(PSH | ACK) == line
        session.send(ACK)
    session.take(FIN | ACK)


def test_numbers_are_given_at_the_login(pipe):
    first = Talk(pipe, 40000)
    first.open()
    first.log_in()
    dialogue(first, (b"DELE 1", b"+OK marked"))
    first.hang_up()
    second = Talk(pipe, 40001)
    second.open()
    second.log_in()
    dialogue(second, (b"STAT", b"+OK 2 %d" % sum(SIZES[1:])), (b"LIST 1", b"+OK 1 %d" % SIZES[1]), (b"LIST 3", NO_MAIL))
    dialogue(second, (b"DELE 1", b"+OK marked"), (b"DELE 2", b"+OK marked"))
    dialogue(second, (b"STAT", b"+OK 0 0"), (b"LIST", b"+OK\r\n."))
    second.hang_up()
    third = Talk(pipe, 40002)
    third.open()
    third.log_in()
    dialogue(third, (b"STAT", b"+OK 0 0"), (b"RETR 1", NO_MAIL))


def test_a_session_that_has_quit_is_left_alone(pipe):
    """Its end is still on the way when the next one logs in."""
    first, second = Talk(pipe, 40000), Talk(pipe, 40001)
    first.open()
    first.log_in()
    dialogue(first, (b"QUIT", b"+OK bye"))
    first.take(FIN | ACK)
    second.open()
    second.log_in()
    first.send(FIN | ACK)
    assert first.take(ACK) == b""


def test_quit_before_the_login(talk):
    talk.hang_up()
