"""Each fuzz target: the inputs kept for it, and a short search that is the same on every machine."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutator import Mutator
from tests.fuzz.targets import SHARES, TARGETS, corpus

pytestmark = pytest.mark.leaks  # what a device loses by its quirks; each target judges the rest itself

KEPT = [pytest.param(name, path, id=f"{name}-{path.name}") for name in TARGETS for path in corpus(name)]


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes(name):
    @settings(max_examples=40)
    @given(st.binary(max_size=400))
    @example(b"")
    @example(bytes(range(256)))
    def search(data):
        TARGETS[name](data)

    search()


@pytest.mark.parametrize("name", TARGETS)
def test_mutations_of_what_was_kept(name, seed):
    mutator = Mutator(seed, [path.read_bytes() for path in corpus(name)])
    for _ in range(60):
        TARGETS[name](mutator.next())


@pytest.mark.parametrize(("name", "path"), KEPT)
def test_kept_input(name, path):
    TARGETS[name](path.read_bytes())


def test_the_mutator_repeats_itself():
    first, second = (Mutator(7, [b"+OK 1 2\r\n"]) for _ in range(2))
    inputs = [first.next() for _ in range(50)]
    assert inputs == [second.next() for _ in range(50)]
    assert len(set(inputs)) > 40


def test_the_shares_are_a_hundred():
    assert sum(SHARES.values()) == 100
    assert all(corpus(name) for name in TARGETS)
