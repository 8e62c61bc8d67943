"""Arithmetic of 32-bit sequence numbers (RFC 9293 section 3.4), and nothing else.

Numbers wrap: `a` is before `b` if going up from `a` reaches `b` within half the number space.
"""

MASK = 0xFFFFFFFF
_HALF = 0x80000000


def seq_add(a: int, n: int) -> int:
    """The number `n` after `a` (before it for a negative `n`)."""
    return (a + n) & MASK


def seq_sub(a: int, b: int) -> int:
    """How far one has to go up from `b` to reach `a`: 0 to 0xFFFFFFFF."""
    return (a - b) & MASK


def seq_lt(a: int, b: int) -> bool:
    """`a` is before `b`."""
    return ((a - b) & MASK) >= _HALF


def seq_le(a: int, b: int) -> bool:
    """`a` is `b` or before it."""
    return ((b - a) & MASK) < _HALF


def seq_gt(a: int, b: int) -> bool:
    """`a` is after `b`."""
    return ((b - a) & MASK) >= _HALF


def seq_ge(a: int, b: int) -> bool:
    """`a` is `b` or after it."""
    return ((a - b) & MASK) < _HALF


def seq_max(a: int, b: int) -> int:
    """The later of the two."""
    return a if ((a - b) & MASK) < _HALF else b


def seq_min(a: int, b: int) -> int:
    """The earlier of the two."""
    return b if ((a - b) & MASK) < _HALF else a
