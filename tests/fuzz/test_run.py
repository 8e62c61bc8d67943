"""The runner: it counts, keeps what fails, and notices an input that does not end."""

from pathlib import Path

import pytest

from tests.fuzz import run, stack
from tests.fuzz.targets import TARGETS, corpus

pytestmark = pytest.mark.leaks


def test_counts_what_it_did(tmp_path):
    assert run.mutate("words", 50, 1, tmp_path) == (50, 0)
    assert list(tmp_path.iterdir()) == []


def test_keeps_the_first_input_of_each_reason(monkeypatch, tmp_path, capsys):
    def refuses(data):
        raise KeyError(data)

    monkeypatch.setitem(TARGETS, "words", refuses)
    assert run.mutate("words", 5, 1, tmp_path) == (5, 5)
    (kept,) = (tmp_path / "words").iterdir()
    assert str(kept) in capsys.readouterr().out


def test_acknowledgements_without_end_are_cut(monkeypatch):
    """The kept input does set the two ends at odds; only the wire's limit ends it."""
    wires = []
    made = stack.CutWire.__init__
    monkeypatch.setattr(stack.CutWire, "__init__", lambda self, **how: (made(self, **how), wires.append(self))[0])
    (path,) = [path for path in corpus("tcp_connection") if path.name == "acknowledgements-without-end"]
    TARGETS["tcp_connection"](Path(path).read_bytes())
    assert wires[0].frames > stack.MOST_FRAMES


def test_an_input_that_takes_too_long():
    with pytest.raises(TimeoutError, match="30 s"):
        run.hangs()
