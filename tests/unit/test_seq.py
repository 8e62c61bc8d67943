"""Sequence numbers wrap at 2^32 (RFC 9293 section 3.4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_sim import seq

NUMBER = st.integers(0, seq.MASK)
STEP = st.integers(1, 0x7FFFFFFF)


@pytest.mark.parametrize(
    ("earlier", "later"), [(0, 1), (0xFFFFFFFF, 0), (0xFFFFFFF0, 0x10), (5, 0x80000004), (0x7FFFFFFF, 0x80000000)]
)
def test_order_across_the_wrap(earlier, later):
    assert seq.seq_lt(earlier, later)
    assert seq.seq_le(earlier, later)
    assert seq.seq_gt(later, earlier)
    assert seq.seq_ge(later, earlier)
    assert not seq.seq_lt(later, earlier)
    assert not seq.seq_le(later, earlier)
    assert not seq.seq_gt(earlier, later)
    assert not seq.seq_ge(earlier, later)
    assert seq.seq_max(earlier, later) == seq.seq_max(later, earlier) == later
    assert seq.seq_min(earlier, later) == seq.seq_min(later, earlier) == earlier


def test_equal_numbers():
    assert seq.seq_le(9, 9)
    assert seq.seq_ge(9, 9)
    assert not seq.seq_lt(9, 9)
    assert not seq.seq_gt(9, 9)


@given(NUMBER, STEP)
def test_going_up_leads_after_and_back(start, step):
    up = seq.seq_add(start, step)
    assert seq.seq_gt(up, start)
    assert seq.seq_sub(up, start) == step
    assert seq.seq_add(up, -step) == start
    assert 0 <= up <= seq.MASK
