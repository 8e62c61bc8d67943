"""The mails that a maildrop of the peer tests holds; the same bytes on every run.

Lines end with LF as Maildir wants it. A server sends them with CR LF.
"""

import base64
import random
from pathlib import Path

ATTACHMENT_BYTES = 7_000_000 * 54 // 73  # 7 MB once in base64 lines of 72 characters
LONG_LINE = 5000


def _head(number: int, subject: str, *more: str) -> str:
    lines = [
        "From: Ada <ada@example.net>",
        "To: Board <board@example.net>",
        f"Subject: {subject}",
        "Date: Mon, 06 Jul 2026 10:00:00 +0000",
        f"Message-ID: <{number}@example.net>",
        "MIME-Version: 1.0",
        *more,
    ]
    return "\n".join(lines) + "\n\n"


def _plain() -> bytes:
    return (_head(1, "plain") + "Good morning.\n\nNothing special in here.\n").encode("ascii")


def _dot_stuffed() -> bytes:
    body = ".\n..\n...\n.leading dot\n in the middle . and\nat the end.\n\n.\n.\n"
    return (_head(2, "dots") + body).encode("ascii")


def _eight_bit() -> bytes:
    kind = ("Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: 8bit")
    every = bytes(value for value in range(1, 256) if value not in b"\r\n")
    return _head(3, "raw 8-bit", *kind).encode("ascii") + b"Gr\xfc\xdfe aus K\xf6ln\n" + every + b"\n"


def _attachment() -> bytes:
    head = _head(4, "7 MB", 'Content-Type: multipart/mixed; boundary="=edge="')
    text = "--=edge=\nContent-Type: text/plain\n\nSee the attachment.\n"
    part = "--=edge=\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
    data = base64.b64encode(random.Random(4).randbytes(ATTACHMENT_BYTES)).decode("ascii")
    lines = "\n".join(data[at : at + 72] for at in range(0, len(data), 72))
    return (head + text + part + lines + "\n--=edge=--\n").encode("ascii")


def _long_line() -> bytes:
    return (_head(5, "a long line") + "x" * LONG_LINE + "\nshort\n").encode("ascii")


def _empty_body() -> bytes:
    return _head(6, "no body").encode("ascii")


def mails() -> list[bytes]:
    """All mails, in the order in which a server numbers them."""
    return [_plain(), _dot_stuffed(), _eight_bit(), _attachment(), _long_line(), _empty_body()]


def write_maildir(folder: Path, content: list[bytes]) -> None:
    """A Maildir that lists the mails in the order given."""
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, mail in enumerate(content, start=1):
        (folder / "cur" / f"{1_780_000_000 + number}.M{number}.peer:2,S").write_bytes(mail)
