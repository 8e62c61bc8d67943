"""The catalogue as a whole: each entry has a test and a place in the docs, and the command explains it."""

import importlib.util
from pathlib import Path

import pytest
from typer.testing import CliRunner

from netx_pop3.cli import app
from netx_pop3.cli.exits import Exit
from netx_pop3.cli.quirks import page, sections

ROOT = Path(__file__).parents[2]
ENTRIES = [entry for entries in sections().values() for entry in entries]


def run(*arguments: str):
    return CliRunner().invoke(app, ["quirks", *arguments])


def test_names_are_unique():
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES) >= 34 + 8 + 4


def test_every_entry_has_a_test_that_names_it():
    """What is provoked is told by the tests of the client, of the server and of the traps."""
    here = {"test_quirks.py", "test_quirk_catalogue.py"}
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path.name not in here]
    named = "".join(texts)
    assert [entry.name for entry in ENTRIES if entry.name not in named] == []


def test_docs_are_up_to_date():
    assert (ROOT / "docs" / "quirks.md").read_text("utf-8") == page(), "run python tools/make_quirks.py"


def test_the_tool_says_whether_they_are(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("make_quirks", ROOT / "tools" / "make_quirks.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    monkeypatch.setattr(tool, "PAGE", tmp_path / "quirks.md")
    monkeypatch.setattr("sys.argv", ["make_quirks.py", "--check"])
    assert tool.main() == 1
    monkeypatch.setattr("sys.argv", ["make_quirks.py"])
    assert tool.main() == 0
    monkeypatch.setattr("sys.argv", ["make_quirks.py", "--check"])
    assert tool.main() == 0


def test_the_list_has_every_entry_on_a_line_of_its_own():
    result = run()
    assert result.exit_code == Exit.DONE
    for entry in ENTRIES:
        assert f"  {entry.name} " in result.stdout


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_one_is_explained(entry):
    result = run(entry.name.lower())
    assert result.exit_code == Exit.DONE
    for text in (entry.name, entry.what, entry.consequence, entry.remedy):
        assert text in result.stdout


def test_an_unknown_name_is_an_error_that_says_what_is_like_it():
    result = run("EOM")
    assert result.exit_code == Exit.USAGE
    assert "no quirk is called EOM; did you mean Q-EOM-SPLIT or Q-EOM-FALSE" in result.stderr
    assert "did you mean Q-LATE" in run("Q-LATEE").stderr
    assert run("Q-NOTHING").exit_code == Exit.USAGE
