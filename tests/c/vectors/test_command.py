"""The commands that replay recordings from C, and what sanitizers say to the programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectors.replayed import HERE

REPOSITORY = HERE.parent.parent
PATHS = os.pathsep.join(str(REPOSITORY / part) for part in ("", "drivers", "ports/c"))
pytestmark = pytest.mark.usefixtures("gcc")


def run(module: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", f"netx_c.testing.{module}", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": PATHS, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_scenarios_are_chosen_and_programs_kept(tmp_path: Path) -> None:
    result = run("vectors", HERE / "api/packet.json", "--only", "packet.adjust", "--keep", tmp_path)
    assert (result.returncode, result.stdout) == (0, "1/1 equal\n"), result.stderr
    assert "nx_packet_data_adjust(" in (tmp_path / "packet.c").read_text()


def test_a_difference_is_printed(tmp_path: Path) -> None:
    text = (HERE / "api/md5.json").read_text()
    wrong = tmp_path / "md5.json"
    wrong.write_text(text.replace('"ticks": 0', '"ticks": 7', 1).replace('"ticks":0', '"ticks":7', 1))
    (tmp_path / "common.json").write_text((HERE / "api/common.json").read_text())
    result = run("vectors", wrong)
    assert result.returncode == 1
    assert "ticks: expected 7, got 0" in result.stdout
    assert result.stdout.endswith("7/8 equal\n")


@pytest.mark.parametrize(
    ("module", "recordings"),
    [("vectors", ["api/packet.json", "api/udp.json"]), ("dialogues", ["pop3-dialogues.json"])],
)
def test_sanitizers_find_nothing(module: str, recordings: list[str], gcc: str) -> None:
    runtime = subprocess.run(
        [gcc, "-print-file-name=libasan.so"], capture_output=True, text=True, timeout=60, check=True
    ).stdout.strip()
    files = [HERE / recording for recording in recordings]
    environment = {"LD_PRELOAD": runtime, "ASAN_OPTIONS": "detect_leaks=0"}
    result = run(module, *files, "--sanitize", "address,undefined", **environment)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Sanitizer" not in result.stderr + result.stdout
    assert "runtime error" not in result.stderr + result.stdout
