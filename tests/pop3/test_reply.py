"""Reading replies as the device does: words, numbers, and a quirk for each oddity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_pop3 import reply

QUIET: list[str] = []


@pytest.mark.parametrize(
    ("text", "accepted", "quirks"),
    [
        (b"+OK", True, []),
        (b"+OK\r\n", True, []),
        (b"+OK 2 320\r\n", True, []),
        (b"+OK-ready\r\n", True, ["Q-HYPHEN"]),
        (b"+OKAY ready\r\n", True, ["Q-PREFIX"]),
        (b"+OK\tready\r\n", True, ["Q-PREFIX"]),
        (b"+ok ready\r\n", False, ["Q-CASE"]),
        (b"+Ok\r\n", False, ["Q-CASE"]),
        (b"-ERR no\r\n", False, []),
        (b" +OK hi\r\n", False, []),
        (b"+O", False, []),
        (b"+", False, []),
        (b"\n", False, []),
        (b"", False, ["Q-NUL"]),
        (b"\0+OK\r\n", False, ["Q-NUL"]),
    ],
)
def test_first_word_decides(text, accepted, quirks, reported):
    assert reply.positive(text) is accepted
    assert reported == quirks


@pytest.mark.parametrize("text", [b"", b"\0-ERR\r\n"])
def test_a_reply_that_writes_nothing_leaves_the_last_word_to_decide(text, reported):
    assert reply.positive(text, b"+OK")
    assert not reply.positive(text, b"-ERR")
    assert reported == ["Q-NUL", "Q-NUL"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"+OK 2 320\r\n", b"+OK"),
        (b"+OK\r\n", b"+OK"),
        (b"+OK", b"+OK"),
        (b"+OK-2 300\r\n", b"+OK"),
        (b"-ERR no\r\n", b"-ERR"),  # a hyphen in front does not end the word
        (b"-ERR-x\r\n", b"-ERR"),
        (b"+OK\tready now\r\n", b"+OK\tready"),
        (b"+OKAY567890123", b"+OKAY56789"),
        (b"+OK\r\n+OK\r\n", b"+OK\r\n+OK"),  # only a CR LF that ends the packet is cut off
        (b"", b""),
    ],
)
def test_first_word_in_the_buffer(text, word):
    assert reply.first_word(text) == word


@pytest.mark.parametrize(
    ("text", "words", "quirks"),
    [
        (b"+OK 2 320\r\n", (b"2", b"320"), []),
        (b"+OK 2 320", (b"2", b"320"), []),
        (b"+OK 2 320 octets\r\n", (b"2", b"320"), []),
        (b"+OK\r\n", (b"", b""), []),
        (b"+OK \r\n", (b"", b""), []),
        (b"+OK 2\r\n", (b"2", b""), []),
        (b"+OK 2 \r\n", (b"2", b""), []),
        (b"+OK  2 320\r\n", (b"", b"2"), ["Q-SPACES"]),
        (b"+OK 2  320\r\n", (b"2", b""), ["Q-SPACES"]),
        (b"+OK-2 300\r\n", (b"2", b"300"), []),
        (b"+OK 2-5 300\r\n", (b"2-5", b"300"), []),  # behind a separator a hyphen is an ordinary byte
        (b"+OK -1 5\r\n", (b"-1", b"5"), []),
        (b"+OK 2\t320\r\n", (b"2\t320", b""), []),
        (b"+OK 2 320\r\n+OK bye\r\n", (b"2", b"320"), []),
        (b"+OK 2\n3 4\r\n", (b"2\n3", b"4"), []),  # a bare LF is an ordinary byte
        (b"+OK 2\r3 4\r\n", (b"2\r3", b"4"), []),
        (b"+OK\r\n2 3\r\n", (b"", b""), []),
    ],
)
def test_further_words(text, words, quirks, reported):
    assert reply.further_words(text) == words
    assert reported == quirks


def test_a_cr_at_the_very_end_makes_the_device_look_one_byte_behind_the_data():
    assert reply.line_end(b"+OK 2 3\r", 0x0A) == 7
    assert reply.line_end(b"+OK 2 3\r", 0x00) == 8
    assert reply.further_words(b"+OK 2 3\r", 0x0A) == (b"2", b"3")
    assert reply.further_words(b"+OK 2 3\r", 0x00) == (b"2", b"3\r")
    assert reply.line_end(b"+OK\n", 0x0A) == 4


@pytest.mark.parametrize(
    ("text", "numbers", "quirks"),
    [
        (b"+OK 2 320\r\n", (2, 320), []),
        (b"+OK 0 0\r\n", (0, 0), []),
        (b"+OK 2x 3y\r\n", (2, 3), []),
        (b"+OK 02 0320\r\n", (2, 320), []),
        (b"+OK two 3\r\n", (-1, -1), []),  # nothing is read behind a count that is no number
        (b"+OK 2 x\r\n", (2, -1), []),
        (b"+OK 2\r\n", (2, -1), []),
        (b"+OK -1 5\r\n", (-1, -1), []),
        (b"+OK 1000 9999\r\n", (1000, 9999), []),
        (b"+OK 1000 99999\r\n", (1000, 99999), ["Q-STALE5"]),
        (b"+OK 12345 7\r\n", (12345, 7), ["Q-STALE5"]),
        (b"+OK 1234567 12345\r\n", (1234567, 1234567), ["Q-STALE5", "Q-STALE5"]),  # the count's tail is appended
        (b"+OK 1234567 1234567890\r\n", (1234567, 1234567890), ["Q-STALE5", "Q-STALE5"]),
        (b"+OK 1 4294967296\r\n", (1, 0xFFFFFFFF), ["Q-STALE5"]),  # a 32-bit device saturates
        (b"+OK 1 42949672960\r\n", (1, 0xFFFFFFFF), ["Q-STALE5"]),  # the eleventh digit is dropped
        (b"+OKAA67890 12345 1\r\n", (1234567890, 1), ["Q-STALE5"]),  # the first word's tail is appended
        (b"+OKAA67890 1234 1\r\n", (1234, 1), []),
    ],
)
def test_stat_numbers(text, numbers, quirks, reported):
    assert reply.stat_numbers(text) == numbers
    assert reported == quirks


@pytest.mark.parametrize(
    ("text", "numbers", "quirks"),
    [
        (b"+OK 1 120\r\n", (1, 120), []),
        (b"+OK 01 120\r\n", (1, 120), []),
        (b"+OK-1 120\r\n", (1, 120), []),
        (b"+OK 1\r\n", (1, -1), []),
        (b"+OK 1 \r\n", (1, -1), []),
        (b"+OK\r\n", (-1, -1), []),
        (b"+OK one 120\r\n", (-1, -1), []),
        (b"+OK 10 5\r\n", (10, 50), ["Q-LIST-TAIL"]),
        (b"+OK 100 7\r\n", (100, 700), ["Q-LIST-TAIL"]),
        (b"+OK 123 45\r\n", (123, 453), ["Q-LIST-TAIL"]),
        (b"+OK 10 12345\r\n", (10, 12345), ["Q-STALE5"]),
        (b"+OK 1 0\r\n", (1, 0), []),
    ],
)
def test_list_numbers(text, numbers, quirks, reported):
    assert reply.list_numbers(text) == numbers
    assert reported == quirks


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (b"+OK 120 octets\r\n", 120),
        (b"+OK\r\n", 0),
        (b"+OK message follows\r\n", 0),
        (b"+OK 123456789 octets\r\n", 123456789),
        (b"+OK 12345678901 octets\r\n", 123456789),  # nine digits are kept
        (b"+OK 4294967296 octets\r\n", 429496729),
        (b"+OK 120 octets\r\nSubject: 7\r\n", 120),
        (b"+OK", 0),
    ],
)
def test_retr_size(text, size, reported):
    assert reply.retr_size(text) == size
    assert reported == QUIET


@given(count=st.integers(0, 9999), size=st.integers(0, 9999), tail=st.sampled_from([b"", b" octets", b"\r\nmore 1 2"]))
def test_a_clean_stat_reply_of_small_numbers_is_read_as_rfc_1939_says(count, size, tail):
    assert reply.stat_numbers(b"+OK %d %d" % (count, size) + tail + b"\r\n") == (count, size)


@given(text=st.binary(max_size=40), behind=st.integers(0, 255))
def test_no_reply_is_too_strange_to_read(text, behind):
    reply.positive(text)
    assert len(reply.first_word(text)) <= reply.WORD_SIZE
    for count, size in (reply.stat_numbers(text, behind), reply.list_numbers(text, behind)):
        assert -1 <= count <= 0xFFFFFFFF
        assert -1 <= size <= 0xFFFFFFFF
    assert 0 <= reply.retr_size(text, behind) <= 999999999
