"""The board: QEMU's mps2-an385 with our program; a pseudo-terminal is its serial port, QEMU's protocol its switches."""

import json
import os
import select
import subprocess
import time
from pathlib import Path
from typing import Any

from netx_drivers.slip_codec import encode
from tests.boards.wire import echo_request, packet

MACHINE = "mps2-an385"
BANNER = b"board: 192.168.7.2, SLIP 115200 8N1\r\n"
PATIENCE_S = 60.0


class Machine:
    """A board that is switched on.

    Args:
        qemu: the program.
        firmware: what the board runs.

    Attributes:
        port: name of the terminal that is the other end of the board's serial line.
        line: a descriptor of it, open all the time, like a cable that is plugged in.
    """

    def __init__(self, qemu: str, firmware: Path) -> None:
        argv = [qemu, "-machine", MACHINE, "-kernel", str(firmware), "-S", "-serial", "pty", "-qmp", "stdio"]
        argv += ["-display", "none", "-monitor", "none", "-parallel", "none", "-nic", "none"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process: Any = subprocess.Popen(argv, **pipes)
        self.line = -1
        self._resets = 0
        try:
            self._command("qmp_capabilities")
            devices = self._command("query-chardev")
            (name,) = [device["filename"] for device in devices if device["label"] == "serial0"]
            self.port = name.removeprefix("pty:")
            self.line = os.open(self.port, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        except BaseException:
            self.close()
            raise

    def _command(self, name: str) -> Any:
        """Have QEMU do something; what it returns. Events and greetings on the way are left out."""
        self._process.stdin.write(json.dumps({"execute": name}).encode() + b"\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            said = json.loads(line) if line.startswith(b"{") else {}
            assert "error" not in said, said
            if "return" in said:
                return said["return"]
        raise AssertionError(f"QEMU ended: status {self._process.wait(PATIENCE_S)}")

    def press_reset(self) -> None:
        """The board begins anew; it runs when this returns."""
        self._command("system_reset")
        self._command("cont")

    def restart(self) -> None:
        """Reset, and wait until the board says that it runs; nothing of what was on the line before is left.

        The answer to a ping tells that the board has taken everything that was sent to it; and that it still can.
        """
        self._command("cont")
        self._resets += 1
        word = b"reset %d is next" % self._resets
        tries = int(PATIENCE_S)
        while not self._asked(word):
            tries -= 1
            assert tries, "the board does not answer"
        self.press_reset()
        assert self._hear(BANNER, PATIENCE_S), "the board does not start"

    def _asked(self, word: bytes) -> bool:
        """Ping the board; whether it answers within a second."""
        os.write(self.line, encode(packet(1, echo_request(word))))
        return self._hear(word, 1.0)

    def _hear(self, words: bytes, patience_s: float) -> bool:
        """Read the line until these bytes have come, or time is up."""
        heard, end = b"", time.monotonic() + patience_s
        while words not in heard and time.monotonic() < end:
            if select.select([self.line], [], [], max(0.0, end - time.monotonic()))[0]:
                heard += os.read(self.line, 4096)
        return words in heard

    def close(self) -> None:
        """Switch it off."""
        self._process.kill()
        self._process.communicate(timeout=PATIENCE_S)
        if self.line >= 0:
            os.close(self.line)
