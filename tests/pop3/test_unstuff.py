"""The body decoder sees every mail whole, wherever the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_pop3.unstuff import Unstuffer

MAILS = [
    b"",
    b"\r\n",
    b"one line\r\n",
    b".\r\n",
    b"..\r\n.\r\n...\r\n",
    b".starts with a dot\r\nends with a stop.\r\n",
    b"a stop.\r\n\r\n.\r\n\r\n",
    b"bare\ncr\rmixed\r\r\n.\n.\r.\r\n",
    b"raw \x00\xff\x80 bytes\r\n.\xff\r\n",
]


def stuffed(mail: bytes) -> bytes:
    """What a server sends for a mail, by the letter of RFC 1939 section 3: line by line."""
    lines = mail.split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b".\r\n"


def decoded(pieces: list[bytes]) -> tuple[bytes, bytes]:
    body = Unstuffer()
    mail = b"".join([body.feed(piece) for piece in pieces])
    assert body.finished
    return mail, body.rest


@pytest.mark.parametrize("mail", MAILS)
def test_whole(mail):
    assert decoded([stuffed(mail)]) == (mail, b"")


@pytest.mark.parametrize("mail", MAILS)
def test_byte_by_byte(mail):
    stream = stuffed(mail)
    assert decoded([stream[n : n + 1] for n in range(len(stream))]) == (mail, b"")


@pytest.mark.parametrize("mail", MAILS)
def test_every_pair_of_cuts(mail):
    stream = stuffed(mail)
    for first in range(len(stream) + 1):
        for second in range(first, len(stream) + 1):
            assert decoded([stream[:first], stream[first:second], stream[second:]]) == (mail, b"")


def test_what_follows_the_end_mark_is_kept_apart():
    body = Unstuffer()
    assert body.feed(b"x\r\n.\r\n+OK") == b"x\r\n"
    assert body.feed(b" more") == b""
    assert body.rest == b"+OK more"


def test_not_finished_without_the_whole_mark():
    body = Unstuffer()
    assert body.feed(b"x\r\n.\r") == b"x"
    assert not body.finished
    assert body.feed(b"y\r\n") == b"\r\n\ry"


def test_a_server_that_does_not_stuff_loses_the_dot_as_the_rfc_says():
    assert decoded([b".hidden\r\n.\r\n"]) == (b"hidden\r\n", b"")


lines = st.lists(st.text(alphabet=".\r\nab", max_size=6).map(str.encode), max_size=6)


@given(lines, st.lists(st.integers(0, 60), max_size=8))
def test_any_mail_any_cuts(parts, cuts):
    mail = b"".join(part + b"\r\n" for part in parts)
    stream = stuffed(mail)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    assert decoded([stream[a:b] for a, b in zip(edges, edges[1:], strict=False)]) == (mail, b"")
