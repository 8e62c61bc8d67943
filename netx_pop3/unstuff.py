"""The body of a multi-line POP3 reply, as the server stores it, however TCP cut it.

RFC 1939 section 3: every line that begins with a dot is sent with one more dot in front, and a line that holds a
dot alone ends the reply.  Whoever looks at one packet at a time misses a mark that is cut in two and takes a packet
that merely begins with a dot for the end.  This looks at the stream.  Pure: bytes in, bytes out, no I/O, no clock.
"""

_END = b"\r\n.\r\n"

# What the stream may stop with and still become the end mark with the next packet, longest first.
_BEGINNINGS = (b"\r\n.\r", b"\r\n.", b"\r\n", b"\r")


def _undecided(text: bytes) -> int:
    """How many bytes at the end of text may be the beginning of the end mark."""
    for beginning in _BEGINNINGS:
        if text.endswith(beginning):
            return len(beginning)
    return 0


class Unstuffer:
    """Takes the stream behind the status line, gives the bytes of the mail.

    `finished` becomes true with the end mark; what the server sent behind it is kept in `rest`.  The line end in
    front of the mark belongs to the mail, the mark does not.
    """

    __slots__ = ("_held", "_virtual", "finished", "rest")

    def __init__(self) -> None:
        self.finished = False
        self.rest = b""
        # The status line ended with CR LF, so the first byte of the body is the first byte of a line.
        self._held = b"\r\n"
        self._virtual = 2

    def feed(self, data: bytes) -> bytes:
        """Mail bytes that are certain now; b"" when all of data may still be the end mark."""
        if self.finished:
            self.rest += data
            return b""
        text = self._held + data if self._held else data
        end = text.find(_END)
        if end >= 0:
            self.finished = True
            self.rest = text[end + 5 :]
            self._held = b""
            return self._plain(text[: end + 2])
        undecided = _undecided(text)
        if not undecided:  # the most frequent by far; a board copies what it slices
            self._held = b""
            return self._plain(text)
        self._held = text[-undecided:]
        return self._plain(text[:-undecided])

    def _plain(self, text: bytes) -> bytes:
        """Without the first dot of each line (any line: section 3 asks the client to strip it whatever follows)."""
        plain = text.replace(b"\r\n.", b"\r\n")
        if self._virtual and plain:
            self._virtual = 0
            return plain[2:]
        return plain
