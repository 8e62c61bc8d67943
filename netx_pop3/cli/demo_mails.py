"""The mails of the demonstration: one for each thing that has gone wrong in some mail client; the same on every run."""

import base64
import hashlib

_ATTACHMENT = 1 << 20


def _mail(number: int, subject: str, body: bytes, *more: str) -> bytes:
    head = [
        "From: Ada <ada@example.net>",
        "To: Board <board@example.net>",
        f"Subject: {subject}",
        f"Message-ID: <{number}.demo@example.net>",
        "Date: Thu, 01 Jan 1970 00:00:00 +0000",
        *more,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def _noise(size: int) -> bytes:
    """Bytes that do not compress and never change."""
    blocks = (hashlib.sha256(b"%d" % number).digest() for number in range(-(-size // 32)))
    return b"".join(blocks)[:size]


def _attachment() -> bytes:
    text = base64.b64encode(_noise(_ATTACHMENT))
    lines = b"".join(text[at : at + 76] + b"\r\n" for at in range(0, len(text), 76))
    return (
        b"--demo\r\nContent-Type: text/plain\r\n\r\nThe attachment has 1 MiB.\r\n"
        b"--demo\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Disposition: attachment; filename="noise.bin"\r\n\r\n' + lines + b"--demo--\r\n"
    )


def demo_mails() -> list[tuple[str, bytes]]:
    """What each mail is about, and its octets."""
    dots = b".\r\n..\r\n...\r\n.leading\r\n not leading .\r\nthe end of a sentence.\r\n\r\n.\r\n"
    octets = bytes(value for value in range(256) if value not in b"\r\n")
    short = b"".join(b"%d\r\n" % (number % 10) for number in range(500))
    return [
        ("plain", _mail(1, "plain", b"Good morning.\r\n\r\nNothing special in here.\r\n")),
        ("dot-stuffed", _mail(2, "dots", dots)),
        ("raw 8-bit", _mail(3, "8 bit", octets + b"\r\n", "Content-Transfer-Encoding: 8bit")),
        ("1 MB attachment", _mail(4, "attachment", _attachment(), 'Content-Type: multipart/mixed; boundary="demo"')),
        ("short lines", _mail(5, "short lines", short)),
        ("empty body", _mail(6, "empty", b"")),
    ]
