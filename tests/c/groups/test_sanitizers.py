"""The groups under AddressSanitizer and UndefinedBehaviorSanitizer, and firmware whose errors are found and named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from netx_c.dwarf.image import Image as Debugged
from netx_c.dwarf.program import Program
from netx_c.port.where import Lines
from netx_sim import leaks
from tests.c.groups.rig import COMMON, FIRMWARE, GROUPS, Configuration, Image, run, sources
from tests.peers.requirement import require

ROOT = Path(__file__).parents[3]
FAULTY = FIRMWARE.parent / "faulty/faulty.c"
FAILING = FIRMWARE.parent / "failing/failing.c"
RUNTIMES = {"gcc": ("libasan.so", "libubsan.so"), "clang": ("libclang_rt.asan-x86_64.so",)}
TIMEOUT = 300


def runtimes(compiler: str) -> str:
    """The libraries that a process has to have from its start."""
    paths = []
    for name in RUNTIMES[compiler]:
        command = [require(compiler), f"-print-file-name={name}"]
        path = Path(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip())
        if not path.is_absolute():
            pytest.skip(f"{compiler} has no {name} here")
        paths.append(str(path.resolve()))
    return " ".join(paths)


def sanitized(compiler: str, image: Path, groups: "list[str]") -> "subprocess.CompletedProcess[str]":
    """Run groups in a process of their own."""
    environment = dict(
        os.environ,
        LD_PRELOAD=runtimes(compiler),
        ASAN_OPTIONS="detect_leaks=0:fast_unwind_on_fatal=0",
        UBSAN_OPTIONS="print_stacktrace=1",
        PYTHONMALLOC="malloc",
        PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "drivers"), str(ROOT / "ports/c")]),
    )
    command = [sys.executable, "-m", "tests.c.groups.sanitized", str(image), *groups]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


def configuration(compiler: str) -> Configuration:
    return Configuration(f"{compiler}-sanitized", compiler, ("-std=gnu17",), sanitize="address,undefined")


@pytest.mark.parametrize("compiler", RUNTIMES)
def test_nothing_is_found_in_the_groups(compiler: str, tmp_path: Path) -> None:
    require(compiler)
    image = configuration(compiler).build(tmp_path, sources())
    done = sanitized(compiler, image, list(GROUPS))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "runtime error" not in done.stderr
    assert "Sanitizer" not in done.stderr
    assert [line for line in done.stdout.splitlines() if line in GROUPS] == list(GROUPS)


def test_nothing_is_found_where_stacks_of_c_are_unwound(tmp_path: Path) -> None:
    require("gcc")
    image = configuration("gcc").build(tmp_path, [COMMON, FAILING])
    done = sanitized("gcc", image, ["terminated", "own_end", "stopped", "stopped_in_interrupt"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Sanitizer" not in done.stderr


# -- what is found ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Firmware with errors, for gcc's sanitizers."""
    require("gcc")
    return configuration("gcc").build(tmp_path_factory.mktemp("faulty"), [COMMON, FAULTY])


def line_of(text: str) -> int:
    """The line of the firmware that has this comment."""
    return next(number for number, line in enumerate(FAULTY.read_text().splitlines(), 1) if f"/* {text} */" in line)


@pytest.mark.parametrize(
    ("group", "finding", "comment"),
    [
        ("overflow", "global-buffer-overflow", "overflow"),
        ("use_after_free", "heap-use-after-free", "use after free"),
        ("small_buffer", "global-buffer-overflow", "too small a buffer"),
        ("undefined", "shift exponent 40 is too large", "undefined"),
    ],
)
def test_an_error_is_named_by_file_and_line(faulty: Path, group: str, finding: str, comment: str) -> None:
    done = sanitized("gcc", faulty, [group])
    assert done.returncode != 0
    assert finding in done.stderr
    assert f"faulty.c:{line_of(comment)}" in done.stderr


@pytest.mark.leaks
@pytest.mark.parametrize(
    ("group", "function", "comment"), [("leak", "take", "leak"), ("chain_leak", "loses_by_append", "chain")]
)
def test_a_leak_is_named_by_file_and_line(tmp_path: Path, group: str, function: str, comment: str) -> None:
    require("gcc")
    image = Image(Configuration("leaks").build(tmp_path, [COMMON, FAULTY]))
    lines = Lines()
    debugged = Debugged(image.path, Program(image.path))
    lines.images.append(debugged)
    leaks.line_hooks.append(lines)
    try:
        found: list[str] = []
        run(
            image,
            f"group_{group}",
            lambda sim, _: sim.at_end.append(lambda: found.append(str(leaks.leak_report(sim)))),
            trace_allocations=True,
        )
    finally:
        leaks.line_hooks.remove(lines)
    assert f"{FAULTY}:{line_of(comment)} {function}, thread boss" in found[0]
    assert "1 of 4 packets are out" in found[0]
