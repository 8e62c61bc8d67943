"""The examples as another team takes them: any compiler, strict; their own tests under sanitizers, and counted."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from netx_c.cc.toolchain import compile_flags
from tests.peers.requirement import require

EXAMPLES = Path(__file__).parents[3] / "ports/c/examples"
SOURCES = sorted(EXAMPLES.glob("*/*.c"))
TIMEOUT = 600
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
SANITIZE = "address,undefined"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A copy, in a folder as people name them."""
    require("gcc")
    require("libpython")
    folder = tmp_path / "our firmware"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """pytest in a process of its own."""
    argv = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = os.environ | {"NETX_REQUIRE_PEERS": "0"} | variables
    return subprocess.run(
        argv, cwd=folder, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


@pytest.mark.parametrize("language", ["c99", "gnu17", "c++17"])
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_strict_compilers_have_nothing_to_say(compiler: str, language: str) -> None:
    if language == "c++17":
        require({"gcc": "g++", "clang": "clang++"}[compiler])
    kind = "c++" if language == "c++17" else "c"
    command = [require(compiler), "-fsyntax-only", "-x", kind, f"-std={language}", *STRICT, *compile_flags()]
    for source in SOURCES:
        one = [*command, f"-I{EXAMPLES / 'mail_reader'}", str(source)]
        done = subprocess.run(one, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        assert (done.returncode, done.stderr) == (0, ""), source.name


def test_both_nodes_as_a_program_in_cpp(team: Path) -> None:
    """Names meet as they do in C, whatever language the files are in."""
    require("g++")
    names = ("two_nodes/both.c", "two_nodes/mail_server.c", "mail_reader/mail_reader.c", "mail_reader/main.c")
    sources = [str((team / name).rename((team / name).with_suffix(".cpp"))) for name in names]
    flags = [f"-I{team / 'mail_reader'}", "-DNETX_TWO_NODES", "-DNETWORK_DRIVER=_nx_ram_network_driver"]
    command = [sys.executable, "-m", "netx_pop3.cli", "cc", *sources, *flags, "-o", str(team / "both")]
    subprocess.run(command, check=True, timeout=TIMEOUT)
    result = subprocess.run([team / "both"], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert (result.returncode, result.stderr.split(",")[0]) == (0, "3 mails"), result.stderr


@pytest.mark.slow
def test_under_sanitizers(team: Path) -> None:
    """The command that the skips name runs every test, and nothing is found."""
    skipped = run(team, "-rs", "mail_reader", SANITIZE=SANITIZE)
    command = re.search(r"^LD_PRELOAD=(?:'[^']*'|\S+) ((?:\w+=\S+ )*)", skipped.stdout, re.MULTILINE)
    assert command is not None, skipped.stdout
    words = re.findall(r"(\w+)=('[^']*'|\S+)", command[0])
    variables = {name: value.strip("'") for name, value in words}
    done = run(team, "-k", "not faults and not segment and not bad_wire", SANITIZE=SANITIZE, **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "skipped" not in done.stdout.splitlines()[-1] or shutil.which("tshark") is None


@pytest.mark.slow
def test_coverage(team: Path) -> None:
    """gcovr reads what the tests leave: nearly every line of the examples is run."""
    done = run(team, "--netx-build=built", COVERAGE="1")
    assert done.returncode == 0, done.stdout + done.stderr
    command = re.search(r"^gcovr (--root \. .*)$", done.stdout, re.MULTILINE)
    assert command is not None, done.stdout
    shown = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m gcovr {command[1]} --txt-metric line"],
        cwd=team,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=True,
    ).stdout
    lines = re.findall(r"^(\S+\.c)\s+\d+\s+\d+\s+(\d+)%", shown, re.MULTILINE)
    covered = {Path(name).name: int(rate) for name, rate in lines}
    for name in ("mail_reader.c", "ipc_link.c", "mail_server.c"):
        assert covered[name] >= 90, shown
