"""Reading a server's reply as the device reads it: bytes in, words and numbers out, no I/O.

Read first: RFC 1939 sections 3 and 5.  A reply there is one line: a status indicator, then words with one space
between them.  The device looks at one packet instead, copies each word into a buffer of ten bytes that it seldom
clears and never terminates, and reads numbers out of that buffer.  What follows from that are the quirks named below.

The buffer of a device starts with whatever the stack held; here it starts with zeros.
"""

from netx_pop3.constants import NX_POP3_COMMAND_TERMINATION, NX_POP3_POSITIVE_STATUS
from netx_pop3.quirks import quirk

WORD_SIZE = 10  # bytes of a word that are kept
_RETR_WORD_SIZE = 9  # mail_item_get leaves room for a NUL
_CLEARED = 5  # bytes cleared before a number is read; a device clears no more
_ULONG_MAX = 0xFFFFFFFF

_ZEROS = bytes(WORD_SIZE)


def line_end(reply: bytes, behind: int = 0) -> int:
    """Where the first CR LF begins, or the reply's length if there is none.

    The device looks one byte behind the data when CR is the last one: `behind` is that byte of the payload.
    """
    end = reply.find(NX_POP3_COMMAND_TERMINATION)
    if end >= 0:
        return end
    if behind == 0x0A and reply[-1:] == b"\r":
        return len(reply) - 1
    return len(reply)


def positive(reply: bytes, old: bytes = b"") -> bool:
    """Is the first word `+OK`?  `old` is what the word buffer held before: the first word of the last reply."""
    if not reply or reply[0] == 0:
        quirk("Q-NUL", reply=reply)
        return old[:3] == NX_POP3_POSITIVE_STATUS
    if reply[:3] != NX_POP3_POSITIVE_STATUS:
        if reply[:3].upper() == NX_POP3_POSITIVE_STATUS:
            quirk("Q-CASE", reply=reply)
        return False
    follows = reply[3:4]
    if follows == b"-":
        quirk("Q-HYPHEN", reply=reply)
    elif follows not in (b" ", b"\r", b""):
        quirk("Q-PREFIX", reply=reply)
    return True


def first_word(reply: bytes) -> bytes:
    """The first word as it stands in the buffer: up to a space, a hyphen that is not its first byte, or ten bytes."""
    word = reply[:WORD_SIZE]
    space = word.find(b" ")
    hyphen = word.find(b"-", 1)
    if hyphen >= 0 and (space < 0 or hyphen < space):
        space = hyphen
    if space >= 0:
        return word[:space]
    if len(reply) <= WORD_SIZE and word[-2:] == NX_POP3_COMMAND_TERMINATION:
        return word[:-2]
    return word


def further_words(reply: bytes, behind: int = 0) -> "tuple[bytes, bytes]":
    """The second and the third word of the first line; empty where missing."""
    line = reply[: line_end(reply, behind)]
    cut = line.find(b" ")
    hyphen = line.find(b"-")
    if hyphen >= 0 and (cut < 0 or hyphen < cut):
        cut = hyphen  # a hyphen separates only before the first separator
    if cut < 0:
        return b"", b""
    words = line[cut + 1 :].split(b" ", 2)
    second = words[0]
    third = words[1] if len(words) > 1 else b""
    if (not second and third) or (not third and len(words) > 2 and words[2]):
        quirk("Q-SPACES", reply=reply)
    return second, third


class WordBuffer:
    """The ten bytes the words of one reply pass through."""

    __slots__ = ("_bytes",)

    def __init__(self, first: bytes = b"") -> None:
        self._bytes = bytearray(WORD_SIZE)
        self._bytes[: len(first)] = first

    def clear(self, count: int) -> None:
        """Zero the first `count` bytes."""
        self._bytes[:count] = _ZEROS[:count]

    def number(self, word: bytes, keep: int = WORD_SIZE) -> int:
        """Copy `word` in without a terminator and read the buffer as a number; -1 if the word is none.

        A number ends at the first byte that is no digit, wherever that byte came from.
        """
        if not 0x30 <= (word[0] if word else 0) <= 0x39:
            return -1
        word = word[:keep]
        self._bytes[: len(word)] = word
        value = 0
        for byte in self._bytes:
            if not 0x30 <= byte <= 0x39:
                break
            value = value * 10 + byte - 0x30
        return value if value < _ULONG_MAX else _ULONG_MAX


def _number(buffer: WordBuffer, word: bytes) -> int:
    """Read a number, and say so if it needed bytes of the buffer that nobody wrote."""
    value = buffer.number(word)
    if len(word) >= _CLEARED and value >= 0 and word[:WORD_SIZE].isdigit():
        quirk("Q-STALE5", word=word, value=value)
    return value


def stat_numbers(reply: bytes, behind: int = 0) -> "tuple[int, int]":
    """Count and total size in a positive answer to STAT; -1 for what is no number, and behind it."""
    second, third = further_words(reply, behind)
    buffer = WordBuffer(first_word(reply))
    buffer.clear(_CLEARED)
    count = _number(buffer, second)
    if count < 0:
        return -1, -1
    buffer.clear(_CLEARED)
    return count, _number(buffer, third)


def list_numbers(reply: bytes, behind: int = 0) -> "tuple[int, int]":
    """Mail number and size in a positive answer to LIST n; -1 for what is no number, and behind it."""
    second, third = further_words(reply, behind)
    buffer = WordBuffer(first_word(reply))
    buffer.clear(_CLEARED)
    index = _number(buffer, second)
    if index < 0:
        return -1, -1
    size = _number(buffer, third)  # the buffer still holds the index
    if size != WordBuffer().number(third):
        quirk("Q-LIST-TAIL", reply=reply, value=size)
    return index, size


def retr_size(reply: bytes, behind: int = 0) -> int:
    """The size in a positive answer to RETR, 0 if it names none.  Nine digits are kept."""
    second, _ = further_words(reply, behind)
    size = WordBuffer().number(second, _RETR_WORD_SIZE)
    return size if size > 0 else 0
