"""A radvd of the test's own: it advertises a prefix on one device of a namespace, and tells a router's lifetime."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Self

from tests.peers.netns import Tap

PATIENCE_S = 20

_CONFIGURATION = """
interface {device}
{{
  AdvSendAdvert on;
  UnicastOnly {shy};
  AdvDefaultLifetime 1800;
  prefix {prefix}
  {{
    AdvOnLink on;
    AdvAutonomous on;
    AdvValidLifetime {valid};
    AdvPreferredLifetime {valid};
  }};
}};
"""


class Radvd:
    """The daemon, running inside a `with`.

    Args:
        program: path of the `radvd` program.
        tap: the device to advertise on, with IPv6 up.
        prefix: with its length, "fd00:9:9:9::/64".
        shy: advertise to who asks, and to nobody else; without it also on its own, the first time at once.
        valid: lifetime of the prefix in seconds.
    """

    def __init__(self, program: str, tap: Tap, prefix: str, shy: bool = False, valid: int = 86400) -> None:
        self.program = program
        self.tap = tap
        answers = "on" if shy else "off"
        self.text = _CONFIGURATION.format(device=tap.name, prefix=prefix, shy=answers, valid=valid)
        self.folder = Path(tempfile.mkdtemp(prefix="netx-radvd-"))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        path = self.folder / "radvd.conf"
        path.write_text(self.text, encoding="ascii")
        argv = [self.program, "-n", "-C", str(path), "-p", str(self.folder / "pid")]
        argv += ["-m", "logfile", "-l", str(self.folder / "log"), "-d", "2"]
        self.process = subprocess.Popen(
            self.tap.space.command(*argv),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"LC_ALL": "C"},
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            shutil.rmtree(self.folder)

    @property
    def log(self) -> str:
        """What the daemon logged so far, and its end if it ended."""
        path = self.folder / "log"
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        status = self.process.poll() if self.process is not None else None
        return text if status is None else f"{text}\nended with status {status}"
