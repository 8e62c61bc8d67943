"""The gateway as a process of its own, with the end of a cable as its port, and what it says."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.peers.cable import Cable

PATIENCE_S = 60
MTU = 236  # that of the example for boards


class Gateway:
    """The command, running, with the cable's end as its port; it is ready when its first line has been read."""

    def __init__(
        self,
        cable: Cable,
        *options: str | Path,
        command: Callable[[list[str]], list[str]] = list,
        output: int = subprocess.PIPE,
    ) -> None:
        argv = [sys.executable, "-m", "netx_pop3.cli", "gateway", "--slip", cable.name, "--mtu", MTU]
        argv = command([str(word) for word in [*argv, *options]])
        environment = os.environ | {"PYTHONUNBUFFERED": "1", "TERM": "xterm", "COLUMNS": "250"}
        self.process = subprocess.Popen(argv, env=environment, stdout=output, stderr=subprocess.PIPE, text=True)

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def end(self, number: int = signal.SIGINT) -> str:
        """What it still said."""
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=PATIENCE_S)
        assert (self.process.returncode, errors) == (0, "")
        return output

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()


def counters(output: str) -> list[int]:
    """Packets forwarded, dropped, in, out, junk or damaged, not taken, in use, of the last line."""
    found = re.findall(
        r"(\d+) packets forwarded, (\d+) dropped; line: (\d+) in \(\d+ bytes\), (\d+) out \(\d+ bytes\), "
        r"(\d+) junk or damaged, (\d+) not taken; (\d+) packets in use",
        output,
    )
    return [int(word) for word in found[-1]]
