"""A cable between a board and a port of this computer: two pseudo-terminals, joined by a thread.

A board that cannot read a terminal's master end has a slave here, and so has the program that opens the port by its
name; the name is a link, as an adapter's under /dev/serial/by-id is, so that another terminal can be plugged in there.
"""

import contextlib
import os
import select
import threading
import tty
from pathlib import Path
from typing import Self

CHUNK = 4096
PATIENCE_S = 10


class Cable:
    """A cable that is plugged in at both ends, running inside a `with`; `board` is the board's descriptor."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder / "ttyBoard")
        self._far, self.board = _terminal()
        self._near = self._port = -1
        self._lock = threading.Lock()
        self._wake, self._woken = os.pipe()
        self._thread = threading.Thread(target=self._carry, name="cable")

    def __enter__(self) -> Self:
        self.plug_in()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._woken)
        self._thread.join(PATIENCE_S)
        self.unplug()
        for fd in (self._far, self.board, self._wake):
            os.close(fd)

    def plug_in(self) -> None:
        """A new terminal under the name."""
        near, port = _terminal()
        os.symlink(os.ttyname(port), self.name)
        with self._lock:
            self._near, self._port = near, port

    def unplug(self) -> None:
        """The terminal and its name go away; whoever has it open reads an error."""
        with self._lock:
            near, port, self._near, self._port = self._near, self._port, -1, -1
        if near >= 0:
            os.unlink(self.name)
            os.close(near)
            os.close(port)

    def noise(self, data: bytes) -> None:
        """The board sends something."""
        os.write(self.board, data)

    def _carry(self) -> None:
        """Move bytes both ways until the cable goes; those of an unplugged end are lost."""
        waiting: dict[int, bytes] = {}
        while True:
            with self._lock:
                self._carry_some(waiting)
                watched = [(self._wake, select.POLLIN)]
                watched += [(fd, self._interest(fd, waiting)) for fd in (self._far, self._near) if fd >= 0]
            poll = select.poll()
            for fd, events in watched:
                poll.register(fd, events)
            if any(fd == self._wake for fd, _ in poll.poll(20)):
                return

    def _interest(self, fd: int, waiting: dict[int, bytes]) -> int:
        return (select.POLLOUT if waiting.get(fd) else 0) | (0 if waiting.get(self._other(fd)) else select.POLLIN)

    def _other(self, fd: int) -> int:
        return self._near if fd == self._far else self._far

    def _carry_some(self, waiting: dict[int, bytes]) -> None:
        """As much as both ends take at once."""
        for fd in [fd for fd in waiting if fd not in (self._far, self._near)]:
            del waiting[fd]
        for fd in (self._far, self._near):
            other = self._other(fd)
            if fd < 0:
                continue
            with contextlib.suppress(BlockingIOError, OSError):
                data = waiting.get(other) or os.read(fd, CHUNK)
                waiting[other] = data
                waiting[other] = data[os.write(other, data) :] if other >= 0 else b""


def _terminal() -> tuple[int, int]:
    """Both ends of a terminal; its master end does not wait."""
    master, slave = os.openpty()
    tty.setraw(slave)
    os.set_blocking(master, False)
    return master, slave
