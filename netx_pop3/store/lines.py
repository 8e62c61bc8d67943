"""Line ends and mbox quoting of a mail, block by block, so that a mail of any size passes in little memory.

On the wire a line ends in CR LF; in Maildir and mbox files it ends in LF, as mail programs expect.  That is only done
where it can be undone: a mail with a bare LF, or with CR CR LF, is stored as it came.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

_BLOCK = 1 << 16


def blocks(source: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning, in blocks no CR LF is cut in two by."""
    source.seek(0)
    held = b""
    while chunk := source.read(_BLOCK):
        text = held + chunk
        whole = text.rstrip(b"\r")
        held = text[len(whole) :]
        if whole:
            yield whole
    if held:
        yield held


def reversible(source: BinaryIO) -> bool:
    """Whether LF for CR LF can be undone: every LF follows a CR, and no CR LF follows a CR."""
    return all(
        block.count(b"\n") == block.count(b"\r\n") and b"\r\r\n" not in block  # blocks never begin amid CR LF
        for block in blocks(source)
    )


def native(source: BinaryIO) -> Iterator[bytes]:
    """The mail as it goes into a file: LF line ends if that loses nothing."""
    if not reversible(source):
        yield from blocks(source)
        return
    for block in blocks(source):
        yield block.replace(b"\r\n", b"\n")


# mboxrd: one more ">" in front of every line that is "From " behind any number of ">"; undone without doubt.
_FROM = re.compile(rb"\n(>*From )")
_MAYBE_FROM = re.compile(rb"\n>*(?:F(?:r(?:o(?:m)?)?)?)?\Z")


def quoted(text: Iterable[bytes]) -> Iterator[bytes]:
    """The mboxrd quoting, wherever the blocks are cut; ends the last line and adds the empty one behind the mail."""
    held = b"\n"
    first = True
    last = b"\n"
    for block in text:
        whole = held + block
        line = whole.rfind(b"\n")
        cut = line if _MAYBE_FROM.fullmatch(whole, line) else len(whole)
        held = whole[cut:]
        out = _FROM.sub(rb"\n>\1", whole[:cut])
        if out:
            last = out[-1:]
            yield out[1:] if first else out
            first = False
    tail = held[1:] if first else held
    if tail:
        yield tail
        last = tail[-1:]
    yield b"\n" if last == b"\n" else b"\n\n"
