"""Programs for the tests: built once in a run, started with an environment of their own."""

import os
import subprocess
import sys
from pathlib import Path

FIRMWARE = Path(__file__).parent / "firmware"
PATIENCE_S = 120


class Programs:
    """Builds programs of the firmware beside this file.

    Args:
        folder: for what comes out.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._built: dict[tuple[str, ...], Path] = {}

    def build(self, *arguments: str) -> Path:
        """A program by the command `netx-pop3 cc`; names of firmware files stand for their paths."""
        if arguments not in self._built:
            program = self.folder / f"program {len(self._built)}"  # with a blank: everything has to do with it
            words = [str(FIRMWARE / word) if (FIRMWARE / word).is_file() else word for word in arguments]
            done = cc(*words, "-o", str(program))
            assert done.returncode == 0, done.stderr
            self._built[arguments] = program
        return self._built[arguments]


def cc(*arguments: str, cwd: Path | None = None, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run `netx-pop3 cc` to its end."""
    argv = [sys.executable, "-m", "netx_pop3.cli", "cc", *arguments]
    return subprocess.run(
        argv, cwd=cwd, env=environment(**variables), capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def environment(**variables: str) -> dict[str, str]:
    """The environment without what could be left in it of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NETX_")}
    # LeakSanitizer takes what lies in front of a thread's own variables for their place, if they begin 16 bytes into a
    # page; Python has such variables since 3.12.
    return kept | {"NO_COLOR": "1", "ASAN_OPTIONS": "intercept_tls_get_addr=0"} | variables


def run(program: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a program to its end with these variables in its environment."""
    return subprocess.run(
        [str(program), *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE_S,
        check=False,
    )
