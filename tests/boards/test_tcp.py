"""The board's TCP, segment by segment: opening, what comes in, ending; and segments that make no sense."""

import struct

import pytest

from netx_sim.wire.tcp import ACK, FIN, PSH, RST, SYN, syn_options
from tests.boards.board_mails import MAILS, wire_form
from tests.boards.wire import Talk

SEGMENT = 966

pytestmark = pytest.mark.slow


# -- opening ----------------------------------------------------------------------------------------------------------


def test_the_handshake(talk):
    talk.send(SYN, options=syn_options(1460))
    header, _ = talk.hear()
    assert (header.flags, header.window, header.options) == (SYN | ACK, 512, b"\x02\x04" + struct.pack(">H", SEGMENT))
    assert header.acknowledgement == talk.sequence


def test_a_syn_that_comes_twice_is_answered_twice(talk):
    talk.send(SYN)
    first, _ = talk.hear()
    talk.send(SYN, sequence=talk.sequence - 1)
    second, _ = talk.hear()
    assert (second.flags, second.sequence) == (SYN | ACK, first.sequence)


def test_a_lost_answer_to_syn_comes_again_by_itself(talk):
    talk.send(SYN)
    first, _ = talk.hear()
    second, _ = talk.hear()
    assert (second.flags, second.sequence) == (SYN | ACK, first.sequence)


def test_a_wrong_answer_to_the_handshake_is_refused(talk):
    talk.send(SYN)
    header, _ = talk.hear()
    talk.acknowledged = header.sequence + 2
    talk.send(ACK)
    refusal, _ = talk.hear()
    assert (refusal.flags, refusal.sequence) == (RST, header.sequence + 2)


@pytest.mark.parametrize("flags", [ACK, FIN | ACK, SYN | ACK, PSH | ACK])
def test_a_segment_of_no_connection_is_refused_at_what_it_acknowledges(talk, flags):
    talk.acknowledged = 12345
    talk.send(flags)
    header, _ = talk.hear()
    assert (header.flags, header.sequence) == (RST, 12345)


def test_nobody_listens_on_other_ports(talk):
    talk.ports = (40000, 111)
    talk.send(SYN)
    header, _ = talk.hear()
    assert (header.flags, header.sequence, header.acknowledgement) == (RST | ACK, 0, talk.sequence)


def test_a_reset_of_no_connection_is_not_answered(line, talk):
    talk.send(RST)
    talk.send(RST | ACK)
    assert line.ping()[8:] == b"hello"


@pytest.mark.parametrize(
    ("options", "size"),
    [
        (syn_options(100), 100),
        (syn_options(1460), 966),
        (b"", 536),
        (b"\1\1\1\0", 536),
        (b"\x02\x04\x00\x00", 28),
        (b"\x08\x0a" + b"t" * 8 + b"\x01\x01\x02\x04\x01\x00", 256),
        (b"\x02\x00\x02\x00", 536),
        (b"\x01\x01\x01\x02", 536),
        (b"\x09\x28\x00\x00", 536),
    ],
    ids=[
        "100",
        "more than the board's",
        "none",
        "only padding",
        "zero",
        "behind another",
        "length 0",
        "cut",
        "too long",
    ],
)
def test_no_segment_is_longer_than_the_mss_option_allows(talk, options, size):
    talk.send(SYN, options=options)
    header, _ = talk.hear()
    talk.acknowledged = (header.sequence + 1) & 0xFFFFFFFF
    talk.send(ACK)
    greeting = b""
    while not greeting.endswith(b"\r\n"):
        greeting += talk.take(PSH | ACK)
    talk.send(PSH | ACK, b"USER ada\r\nPASS lovelace\r\nLIST\r\nRETR 3\r\n")
    sizes = []
    for _ in range(16):
        sizes.append(len(talk.take(PSH | ACK)))
        talk.send(ACK)
    assert size - 6 <= max(sizes) <= size


# -- what the client sends --------------------------------------------------------------------------------------------


def test_a_command_in_pieces_in_any_order_and_twice(talk):
    talk.open()
    start = talk.sequence
    talk.send(PSH | ACK, b"o\r\n", sequence=start + 2)
    header, _ = talk.hear()
    assert header.acknowledgement == start
    talk.send(PSH | ACK, b"n")
    header, _ = talk.hear()
    assert header.acknowledgement == start + 1
    talk.send(PSH | ACK, b"noop\r", sequence=start)
    header, _ = talk.hear()
    assert header.acknowledgement == start + 5
    talk.send(PSH | ACK, b"noop\r", sequence=start)
    header, _ = talk.hear()
    assert header.acknowledgement == start + 5
    talk.sequence = start + 5
    talk.send(PSH | ACK, b"\n")
    assert talk.take(PSH | ACK) == b"-ERR not now\r\n"


def test_commands_in_one_segment_are_answered_one_after_another(talk):
    talk.open()
    talk.send(PSH | ACK, b"USER ada\r\nPASS lovelace\r\nSTAT\r\nLIST\r\nLIST 2\r\nQUIT\r\n")
    sizes = list(map(len, MAILS))
    expected = [b"+OK password, please", b"+OK welcome", b"+OK 3 %d" % sum(sizes)]
    expected.append(b"+OK\r\n1 %d\r\n2 %d\r\n3 %d\r\n." % tuple(sizes))
    expected += [b"+OK 2 %d" % sizes[1], b"+OK bye"]
    for line in expected:
        assert talk.take(PSH | ACK) == line + b"\r\n"
        talk.send(ACK)
    talk.take(FIN | ACK)


def test_the_window_closes_and_opens(talk):
    """The board holds commands back while it cannot answer, and takes no more than it has room for."""
    talk.open()
    talk.log_in()
    talk.window = 0
    talk.send(ACK)
    sent = b"NOOP\r\n" * 200
    talk.send(PSH | ACK, sent[:900])
    header, _ = talk.hear()
    taken = header.acknowledgement - (talk.sequence - 900)
    assert 512 <= taken <= 512 + 6 * 4
    assert header.window < 256
    talk.sequence = header.acknowledgement
    talk.window = 8192
    talk.send(ACK)
    answers, edge = b"", 0
    while len(answers) < 5 * (taken // 6):
        header, data = talk.hear()
        if header.sequence == talk.acknowledged:
            talk.acknowledged += len(data)
            answers += data
            talk.send(ACK)
        edge = max(edge, header.window)
    assert answers == b"+OK\r\n" * (taken // 6)
    assert edge > 256


def test_a_window_that_opens_is_told_though_there_is_nothing_to_send(pipe):
    """Two long lines wait for room; when they are taken, their answers find the client's window closed."""
    talk = Talk(pipe)
    talk.open()
    talk.log_in()
    talk.send(PSH | ACK, b"NOOP\r\n" * 4)
    for _ in range(4):
        talk.take(PSH | ACK)
    talk.acknowledged -= 20
    talk.send(PSH | ACK, (b"x" * 248 + b"\r\n") * 2)
    header, _ = talk.hear()
    assert header.window == 12
    talk.acknowledged += 20
    talk.window = 0
    talk.send(ACK)
    header, data = talk.hear()
    assert (header.window, data, pipe.ticks) == (512, b"", 0)


def test_what_was_never_sent_cannot_be_acknowledged(talk):
    talk.open()
    honest = talk.acknowledged
    talk.acknowledged += 1000
    talk.send(PSH | ACK, b"NOOP\r\n")
    header, data = talk.hear()
    assert (header.flags, header.sequence, data) == (ACK, honest, b"")
    assert header.acknowledgement == talk.sequence - 6


@pytest.mark.parametrize("offset", [-1, 600])
def test_data_outside_the_window_is_answered_with_where_we_are(talk, offset):
    talk.open()
    talk.send(PSH | ACK, b"x", sequence=talk.sequence + offset)
    assert talk.answer() == (".", 0, b"")


# -- ends -------------------------------------------------------------------------------------------------------------


def test_the_board_ends_after_quit(talk):
    talk.open()
    talk.hang_up()


def test_a_lost_fin_comes_again(talk):
    talk.open()
    talk.ask(b"QUIT")
    talk.take(FIN | ACK)
    talk.acknowledged -= 1
    assert talk.answer() == ("F.", 0, b"")


def test_both_end_at_the_same_time(talk):
    talk.open()
    talk.send(PSH | ACK, b"QUIT\r\n")
    assert talk.take(PSH | ACK) == b"+OK bye\r\n"
    talk.take(FIN | ACK)
    talk.acknowledged -= 1
    talk.send(FIN | ACK)
    assert talk.answer() == (".", 1, b"")
    talk.acknowledged += 1
    talk.send(ACK)
    talk.send(ACK, sequence=talk.sequence - 1)
    assert talk.answer() == (".", 0, b"")


def test_an_end_behind_something_that_is_missing_waits_for_it(talk):
    talk.open()
    talk.send(FIN | ACK, sequence=talk.sequence + 6)
    header, _ = talk.hear()
    assert (header.flags, header.acknowledgement) == (ACK, talk.sequence)
    talk.send(PSH | ACK, b"NOOP\r\n")
    assert talk.take(PSH | ACK) == b"-ERR not now\r\n"
    talk.send(FIN | ACK)
    talk.take(FIN | ACK)


def test_the_client_ends_and_gets_what_it_asked_for(talk):
    talk.open()
    talk.log_in()
    talk.send(PSH | FIN | ACK, b"RETR 2\r\n")
    assert talk.take(PSH | ACK) == b"+OK %d octets\r\n" % len(MAILS[1])
    talk.send(ACK)
    message = talk.take(PSH | ACK)
    assert message == wire_form(MAILS[1])
    talk.take(FIN | ACK)
    talk.send(ACK)
    talk.send(ACK)
    assert talk.answer()[0] == "R"


def test_a_connection_from_the_same_port_may_begin_while_the_old_one_lingers(talk):
    talk.open()
    talk.hang_up()
    talk.sequence += 1000
    assert talk.open().startswith(b"+OK POP3 <2.")


def test_an_older_syn_does_not_end_the_old_connection(talk):
    talk.open()
    talk.hang_up()
    talk.send(SYN, sequence=talk.sequence - 10)
    assert talk.answer() == (".", 0, b"")


def test_only_the_exact_number_resets(talk):
    """RFC 5961 section 3.2: one that merely lies in the window is asked about."""
    talk.open()
    talk.send(RST, sequence=talk.sequence + 1)
    assert talk.answer() == (".", 0, b"")
    talk.send(RST, sequence=talk.sequence + 600)
    talk.send(SYN)
    talk.sequence -= 1
    assert talk.answer() == (".", 0, b"")
    talk.send(RST)
    talk.send(ACK)
    assert talk.answer()[0] == "R"


def test_data_behind_the_end_reset_the_connection(talk):
    talk.open()
    talk.ask(b"QUIT")
    talk.take(FIN | ACK)
    talk.send(PSH | ACK, b"NOOP\r\n")
    assert talk.answer()[0] == "R."


def test_a_third_connection_makes_the_silent_one_go(line):
    first, second, third = (Talk(line, 40000 + number) for number in range(3))
    first.open()
    second.open()
    first.ask(b"NOOP")
    third.send(SYN)
    assert second.answer()[0] == "R."
    header, _ = third.hear()
    assert header.flags == SYN | ACK


def test_a_connection_that_is_over_makes_way_before_one_that_is_not(line):
    first, second, third = (Talk(line, 40000 + number) for number in range(3))
    second.open()
    first.open()
    first.hang_up()
    third.open()
    assert second.ask(b"NOOP") == b"-ERR not now\r\n"


def test_a_login_ends_the_session_that_holds_the_maildrop(line):
    first, second = (Talk(line, 40000 + number) for number in range(2))
    first.open()
    first.log_in()
    first.ask(b"DELE 1")
    second.open()
    second.ask(b"USER ada")
    second.send(PSH | ACK, b"PASS lovelace\r\n")
    assert first.answer()[0] == "R."
    assert second.take(PSH | ACK) == b"+OK welcome\r\n"
    second.send(ACK)
    assert second.ask(b"STAT").startswith(b"+OK 3 ")


def test_a_client_that_does_not_end_is_forgotten(pipe):
    """The board has ended its side; the other one is waited for for a minute."""
    talk = Talk(pipe)
    talk.open()
    talk.ask(b"QUIT")
    talk.take(FIN | ACK)
    talk.send(ACK)
    assert pipe.hear(59.0) is None
    talk.send(ACK, sequence=talk.sequence - 1)
    assert talk.answer() == (".", 0, b"")
    assert pipe.hear(2.0) is None
    talk.send(ACK)
    assert talk.answer()[0] == "R"


def test_a_connection_that_is_over_lingers_for_four_seconds(pipe):
    talk = Talk(pipe)
    talk.open()
    talk.hang_up()
    assert pipe.hear(3.9) is None
    talk.send(FIN | ACK, sequence=talk.sequence - 1)
    assert talk.answer() == (".", 0, b"")
    assert pipe.hear(0.2) is None
    talk.send(ACK)
    assert talk.answer()[0] == "R"
