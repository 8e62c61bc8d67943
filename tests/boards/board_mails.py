"""What the board holds, written down a second time, and how the wire has it."""

HEAD = "From: Board <board@example.net>\r\nTo: Ada <ada@example.net>\r\nSubject: %s\r\n\r\n"
FOX = "the quick brown fox jumps over the lazy dog, ."
USER, PASSWORD = "ada", "lovelace"
LOG_LINES = 288

PLAIN = HEAD % "plain" + "Good morning.\r\n\r\nNothing special in here.\r\n"
DOTS = HEAD % "dots" + ".\r\n..\r\n...\r\n.leading dot\r\n in the middle . and\r\nat the end.\r\n\r\n.\r\n.\r\n"
LOG = HEAD % "the log of 288 measurements" + "".join(
    f"{'#' if number % 8 else '.'}{number:04} \xc0\xdb\xdc\xdd 0123456789 {FOX}\r\n" for number in range(LOG_LINES)
)
MAILS = [mail.encode("latin-1") for mail in (PLAIN, DOTS, LOG)]


def wire_form(mail: bytes) -> bytes:
    """Dots stuffed, and the end mark behind it (RFC 1939 section 3)."""
    stuffed = b"".join(b"." + line if line.startswith(b".") else line for line in mail.splitlines(keepends=True))
    return stuffed + b".\r\n"
