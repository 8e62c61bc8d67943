"""The commands: which files and scenarios they run, what their last line says, and their exit status."""

import argparse
import gzip
import json
from pathlib import Path

import pytest

from netx_sim.testing.difference import Difference
from netx_sim.testing.runner import Outcome, Scenario, add_common_options, find_files, load_lists, run_all
from netx_sim.testing.services import MissingServiceError, public, status_text


def play(scenario: Scenario) -> Outcome:
    if scenario["id"].endswith("missing"):
        raise MissingServiceError("nx_nothing")
    kinds = {"bad": [Difference("step 0", 1, 2)], "internal": [Difference("pool", 1, 2, internal=True)]}
    return Outcome(kinds.get(scenario["id"], []), ["      packet log"])


def run(folder: Path, *args: str, missing_counts: bool = True) -> int:
    parser = argparse.ArgumentParser()
    add_common_options(parser)
    options = parser.parse_args([str(folder), *args])
    return run_all(load_lists(options.files), play, options, missing_counts=missing_counts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(json.dumps([{"id": "good"}, {"id": "bad"}]))
    with gzip.open(tmp_path / "b.json.gz", "wt") as file:
        json.dump([{"id": "internal"}, {"id": "is missing"}], file)
    (tmp_path / "common.json").write_text("{}")
    (tmp_path / "README.md").write_text("no recording")
    return tmp_path


def test_a_folder_stands_for_its_recordings(folder: Path) -> None:
    assert [path.name for path in find_files([folder])] == ["a.json", "b.json.gz", "common.json"]
    assert [path.name for path in find_files([folder / "a.json"])] == ["a.json"]


def test_closing_line_and_exit_status(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder) == 1
    out = capsys.readouterr().out
    assert out.endswith("1/4 equal\n")
    assert "is missing: not run: needs nx_nothing" in out


def test_internals_can_be_left_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "--no-internals")
    assert capsys.readouterr().out.endswith("2/4 equal\n")


def test_selection_by_id(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--only", "go*") == 0
    assert capsys.readouterr().out == "1/1 equal\n"


def test_verbose_shows_both_sides_and_the_log(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "--only", "bad", "--verbose")
    out = capsys.readouterr().out
    assert "step 0: expected 1, got 2" in out
    assert "packet log" in out


def test_missing_services_need_not_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--only", "good", "--only", "*missing", missing_counts=False) == 0
    assert capsys.readouterr().out.endswith("1/1 equal, 1 not run: services missing\n")


def test_names_are_looked_up_when_needed() -> None:
    assert public("nx_packet_release")
    with pytest.raises(MissingServiceError, match="nx_no_such_service"):
        public("nx_no_such_service")


def test_status_text_names_both_families() -> None:
    assert status_text(1) == "NX_NO_PACKET (0x01)"
    assert status_text(3, "TX") == "TX_PTR_ERROR (0x03)"
    assert status_text(None) == "None"
