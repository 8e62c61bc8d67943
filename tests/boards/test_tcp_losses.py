"""The board's TCP when its segments are lost, or find the window of its client closed."""

import pytest

from netx_sim.wire.tcp import ACK, PSH
from tests.boards.board_mails import MAILS, wire_form
from tests.boards.wire import Talk

SEGMENT = 966

pytestmark = pytest.mark.slow


def test_the_rest_of_a_mail_when_everything_is_acknowledged(talk):
    talk.retrieve(len(MAILS[2]))
    message = b""
    while not message.endswith(b"\r\n.\r\n"):
        message += talk.take(PSH | ACK)
        talk.send(ACK)
    assert message == wire_form(MAILS[2])


def test_no_more_than_four_segments_are_on_the_way_and_the_first_comes_again(talk):
    talk.retrieve(len(MAILS[2]))
    pieces = [talk.take(PSH | ACK) for _ in range(4)]
    assert all(SEGMENT - 6 <= len(piece) <= SEGMENT for piece in pieces)
    talk.acknowledged -= sum(map(len, pieces))
    assert talk.answer() == ("P.", 0, pieces[0])
    assert talk.answer() == ("P.", 0, pieces[0])
    talk.acknowledged += len(pieces[0])
    talk.send(ACK)
    assert talk.answer() == ("P.", 0, pieces[1])


def test_three_duplicates_bring_the_lost_segment_at_once(pipe):
    """RFC 5681 section 3.2; a second would pass until the timer does it."""
    talk = Talk(pipe)
    talk.retrieve(len(MAILS[2]))
    pieces = [talk.take(PSH | ACK) for _ in range(4)]
    talk.acknowledged -= sum(map(len, pieces[1:]))
    talk.send(ACK)
    fifth = talk.answer()
    assert fifth[1] == sum(map(len, pieces[1:]))
    for _ in range(3):
        talk.send(ACK)
    assert talk.answer() == ("P.", 0, pieces[1])
    assert pipe.ticks == 0


def test_after_a_loss_it_begins_slowly_and_sends_all_that_was_behind(pipe):
    """RFC 5681 section 3.1: one segment, then two; what was sent after the lost one is not waited for."""
    talk = Talk(pipe)
    talk.retrieve(len(MAILS[2]))
    pieces = [talk.take(PSH | ACK) for _ in range(4)]
    talk.acknowledged -= sum(map(len, pieces))
    assert talk.answer() == ("P.", 0, pieces[0])
    waited = pipe.ticks
    talk.acknowledged += len(pieces[0])
    talk.send(ACK)
    assert [talk.take(PSH | ACK) for _ in range(2)] == pieces[1:3]
    assert pipe.ticks == waited
    assert pipe.hear(0.5) is None
    talk.send(ACK)
    assert talk.take(PSH | ACK) == pieces[3]
    assert pipe.ticks == waited + 50


def test_a_client_that_never_answers_is_given_up(pipe):
    """A reset after eight tries; the delays double, up to eight seconds."""
    talk = Talk(pipe)
    talk.retrieve(len(MAILS[2]))
    pieces = [talk.take(PSH | ACK) for _ in range(4)]
    talk.acknowledged -= sum(map(len, pieces))
    delays = []
    for _ in range(8):
        before = pipe.ticks
        assert talk.answer() == ("P.", 0, pieces[0])
        delays.append(pipe.ticks - before)
    assert delays == [100, 200, 400, 800, 800, 800, 800, 800]
    assert talk.answer()[0] == "R."
    assert pipe.hear(60.0) is None
    talk.send(ACK)
    assert talk.answer()[0] == "R"


def test_a_window_of_nothing_is_asked_about_for_ever(pipe):
    talk = Talk(pipe)
    talk.retrieve(len(MAILS[2]))
    talk.window = 0
    for _ in range(4):
        talk.take(PSH | ACK)
    for _ in range(50):
        talk.send(ACK)
        assert talk.hear()[0].sequence == talk.acknowledged
    talk.window = 1
    talk.send(ACK)
    for _ in range(20):
        assert len(talk.take(PSH | ACK)) == 1
        talk.send(ACK)


def test_a_closed_window_is_asked_about(talk):
    """RFC 9293 section 3.8.6.1: one byte, until it is told that there is room; then the whole piece again."""
    talk.retrieve(len(MAILS[2]))
    whole = talk.take(PSH | ACK)
    rest = [talk.take(PSH | ACK) for _ in range(3)]
    talk.window = 0
    talk.send(ACK)
    probe = talk.answer()
    assert probe[:2] == ("P.", 0)
    assert len(probe[2]) == 1
    talk.send(ACK)
    assert talk.answer() == probe
    talk.window = 8192
    talk.send(ACK)
    after = talk.take(PSH | ACK)
    assert wire_form(MAILS[2]).startswith(whole + b"".join(rest) + after)
    assert len(after) >= SEGMENT - 6


def test_a_small_window_is_filled_and_not_overrun(talk):
    talk.window = 100
    talk.retrieve(len(MAILS[2]))
    message = b""
    while not message.endswith(b"\r\n.\r\n"):
        data = talk.take(PSH | ACK)
        assert len(data) <= 100
        message += data
        talk.send(ACK)
        if len(message) > 3000:
            break
    assert wire_form(MAILS[2]).startswith(message)
