"""A mail on its way out: pieces of some ten thousand octets, dots doubled, the end mark behind the last.

Works on whole pieces with `bytes.replace`; there is no loop over lines (RFC 1939 section 3).
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_pop3.server_store import Message

PIECE = 65536

_LINE_END = b"\r\n"


class Body:
    """The octets of one message, as they go on the wire.

    Args:
        status (bytes): the status line, sent in front so that it shares a segment with the start of the mail.
        message: what to send.
        end (int): octets of the message to send: all, or as many as TOP asks for.
    """

    __slots__ = ("_end", "_front", "_known", "_message", "_offset")

    def __init__(self, status: bytes, message: "Message", end: int) -> None:
        self._message = message
        self._end = end
        self._offset = 0
        self._front = status  # what stands before the next piece: needed to see a line begin
        self._known = 0  # octets of it that were sent

    def next_piece(self) -> bytes:
        """The next octets to send; empty when all were given.

        Raises:
            OSError: the message cannot be read, or is shorter than it said.
        """
        if self._offset < 0:
            return b""
        wanted = min(PIECE, self._end - self._offset)
        piece = bytes(self._message.read(self._offset, wanted)) if wanted else b""
        if len(piece) != wanted:
            raise OSError("the message became shorter")
        text = self._front + piece
        known, self._known = self._known, 2
        self._front = text[-2:]
        self._offset += wanted
        out = text.replace(b"\r\n.", b"\r\n..")
        if self._offset == self._end:
            self._offset = -1
            out += b".\r\n" if self._front == _LINE_END else b"\r\n.\r\n"
        return out[known:] if known else out


def top_end(message: "Message", lines: int) -> int:
    """How many octets of a message its header and the first `lines` of its body have."""
    text = b""
    start = -1
    while True:
        if start < 0:
            start = _body_start(text)
        if start >= 0:
            end = _lines_end(text, start, lines)
            if end >= 0:
                return end
        if len(text) >= message.size:
            return message.size
        text += bytes(message.read(len(text), PIECE))


def _body_start(text: bytes) -> int:
    """Where the body begins, or -1 if the end of the header is not in `text`."""
    if text[:2] == _LINE_END:
        return 2
    blank = text.find(b"\r\n\r\n")
    return blank + 4 if blank >= 0 else -1


def _lines_end(text: bytes, start: int, lines: int) -> int:
    """Where `lines` lines from `start` on end, or -1 if `text` has fewer."""
    while lines > 0:
        start = text.find(_LINE_END, start) + 2
        if start < 2:
            return -1
        lines -= 1
    return start
