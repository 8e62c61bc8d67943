"""The time stamp in the greeting, and APOP's digest."""

import pytest

from netx_pop3 import auth


def test_check_value_of_rfc_1939(reported):
    stamp = auth.time_stamp(b"+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n")
    assert stamp == b"<1896.697170952@dbc.mtview.ca.us>"
    assert auth.apop_digest(stamp, b"tanstaaf") == b"c4c9334bac560ecc979e58001b3e22fb"
    assert reported == ["Q-MD5-NAME"]


def of(length: int) -> bytes:
    """A time stamp of that many bytes."""
    return b"<" + b"t" * (length - 2) + b">"


@pytest.mark.parametrize(
    ("greeting", "stamp", "quirks"),
    [
        (b"+OK ready\r\n", b"", []),
        (b"+OK ready>\r\n", b"", []),
        (b"+OK <a<b>\r\n", b"<a<b>", []),
        (b"+OK <a b@c>\r\n", b"<a b@c>", []),
        (b"+OK <>\r\n", b"<>", []),
        (b"+OK " + of(75) + b"\r\n", of(75), []),
        (b"+OK " + of(76) + b"\r\n", of(76)[:75], ["Q-STAMP-75"]),
        (b"+OK " + of(120) + b"\r\n", of(120)[:75], ["Q-STAMP-75"]),
        (b"+OK hi <1896.69", b"<1896.69", ["Q-STAMP-OPEN"]),
        (b"+OK hi <1896\r\n", b"<1896\r\n", ["Q-STAMP-OPEN"]),
        (b"+OK <" + b"x" * 100 + b"\r\n", b"<" + b"x" * 74, ["Q-STAMP-OPEN"]),
        # The search goes on behind a stamp that was cut, and a second one is laid over the first.
        (b"+OK <" + b"x" * 74 + b"<ab>\r\n", b"<ab>" + b"x" * 71, ["Q-STAMP-75"]),
        (b"+OK <" + b"x" * 74 + b"<ab\r\n", b"<ab\r\n" + b"x" * 70, ["Q-STAMP-OPEN", "Q-STAMP-OPEN"]),
        (b"+OK <ab\0cd>\r\n", b"<ab", []),  # a C string ends at a NUL
    ],
)
def test_time_stamp(greeting, stamp, quirks, reported):
    assert auth.time_stamp(greeting) == stamp
    assert reported == quirks


def test_stamp_and_password_have_a_work_area_of_100_bytes():
    assert auth.digest_fits(of(75), b"p" * 25)
    assert not auth.digest_fits(of(75), b"p" * 26)
