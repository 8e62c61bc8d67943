"""What a SLIP driver sends to and receives from: one shape for descriptors, serial ports and UART objects.

A port has ``read()``, which gives what is there and never waits; ``write(data)``, which takes as much as
it can and tells how much; ``watch``, what the kernel polls for input, or None if that cannot be polled;
``fd``, a descriptor to watch for room, or None; ``name``; and ``close()``.  A port that is gone raises
OSError from any of them.

Runs on MicroPython; what needs CPython is in ``slip_serial.py`` and loaded when it is wanted.
"""

import errno
import os
import select

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_PIECE = 256  # what a terminal that can be written takes for certain
_VTIME, _VMIN = 5, 6  # places in the control characters of a terminal
_CONTROL_CHARACTERS = 6

# MicroPython has no os.read: there a descriptor becomes an object that reads.
HAS_DESCRIPTORS = hasattr(os, "read")

CHUNK = 4096 if HAS_DESCRIPTORS else 256  # a board's memory has no larger holes for certain


class ObjectPort:
    """A ``machine.UART``, or anything that reads and writes like one.

    Args:
        uart: has ``read(n)`` and ``write(data)``, neither of which waits, and if it can ``any()``.
        name (str): for messages.
    """

    fd = None

    def __init__(self, uart: "Any", name: str = "") -> None:
        self.name = name or "the port"
        self.watch = uart if _can_be_polled(uart) else None
        self._read = uart.read
        self._write = uart.write
        self._any = getattr(uart, "any", None)

    def read(self) -> bytes:
        """What is there; empty if nothing is."""
        size = CHUNK if self._any is None else self._any()
        if not size:
            return b""
        data: bytes = self._read(size) or b""
        return data

    def write(self, data: "bytes | memoryview") -> int:
        """Send as much as there is room for; how much that was."""
        return int(self._write(data) or 0)

    def close(self) -> None:
        """The object stays its maker's."""


class _FilePort(ObjectPort):
    """A terminal's descriptor where there is no os.read: a file that neither waits for input nor for room."""

    def __init__(self, fd: int) -> None:
        _make_raw(fd)
        file: "Any" = open(fd, "r+b")  # noqa: SIM115 - the descriptor stays the caller's
        ObjectPort.__init__(self, file, "descriptor " + str(fd))
        self._file = file
        self._room = select.poll()
        self._room.register(file, select.POLLOUT)

    def read(self) -> bytes:
        """What is there; empty if nothing is.

        Raises:
            OSError: nobody has the other end.
        """
        data = ObjectPort.read(self)
        if not data:
            for entry in self._room.poll(0):
                if entry[1] & select.POLLHUP:
                    raise OSError(errno.EIO)
        return data

    def write(self, data: "bytes | memoryview") -> int:
        """Send a piece that fits for certain."""
        if not self._room.poll(0):
            return 0
        return ObjectPort.write(self, data[:_PIECE])


def _make_raw(fd: int) -> None:
    """No byte of a terminal has a meaning of its own, and reading gives what there is, if only nothing."""
    import termios

    terminal: "Any" = termios
    terminal.setraw(fd)
    attributes = terminal.tcgetattr(fd)
    attributes[_CONTROL_CHARACTERS][_VMIN] = attributes[_CONTROL_CHARACTERS][_VTIME] = 0
    terminal.tcsetattr(fd, terminal.TCSANOW, attributes)


def _can_be_polled(thing: "Any") -> bool:
    try:
        select.poll().register(thing, select.POLLIN)
    except (OSError, TypeError, ValueError, AttributeError):
        return False
    return True


def open_port(port: "Any", baud: int, rtscts: bool, xonxoff: bool) -> "Any":
    """The port for what a user names: a device or URL, a descriptor, or an object.

    Raises:
        LinkError: it cannot be opened; the message says what mends it.
        OSError: the same, where there is no pyserial.
    """
    if isinstance(port, str):
        from netx_drivers.slip_serial import open_serial

        return open_serial(port, baud, rtscts, xonxoff)
    if not HAS_DESCRIPTORS:
        return _FilePort(port) if isinstance(port, int) else ObjectPort(port)
    if isinstance(port, int) or hasattr(port, "fileno"):
        from netx_drivers.slip_serial import open_descriptor

        return open_descriptor(port)
    return ObjectPort(port)
