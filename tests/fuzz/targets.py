"""All targets by name: a function of bytes each, its share of the inputs, and inputs to begin with."""

from collections.abc import Callable
from pathlib import Path

from tests.fuzz import parsers, sessions, stack

CORPUS = Path(__file__).parent / "corpus"

Target = Callable[[bytes], None]

# Shares of a hundred.  A parser takes some ten microseconds for an input, a world a millisecond.
_SHARES: tuple[tuple[Target, int], ...] = (
    (parsers.headers, 10),
    (parsers.sums, 6),
    (parsers.words, 10),
    (parsers.stamp, 8),
    (parsers.slip, 10),
    (parsers.header_compression, 10),
    (parsers.unstuff, 10),
    (parsers.configuration, 4),
    (parsers.locations, 1),
    (parsers.journal, 3),
    (stack.neighbours, 3),
    (stack.ipv4_frames, 4),
    (stack.ipv6_frames, 5),
    (stack.tcp_connection, 5),
    (sessions.pop3_client, 4),
    (sessions.maildrop, 4),
    (sessions.pop3_server, 3),
)

TARGETS: dict[str, Target] = {target.__name__: target for target, _ in _SHARES}
SHARES: dict[str, int] = {target.__name__: share for target, share in _SHARES}


def corpus(name: str) -> list[Path]:
    """The inputs kept for a target: what began the search, and what was once found."""
    return sorted((CORPUS / name).glob("*"))
