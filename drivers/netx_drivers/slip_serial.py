"""Serial ports on a computer: descriptors, pyserial's devices and URLs, and having one back that went away.

Read first: ``slip_port.py``.  All end in a descriptor that can be polled.  pyserial gives one for a
device and for socket://; its other URLs (loop://, rfc2217://) are pumped to and from a socket pair by
two threads, which wait there so that the stack does not have to.
"""

import contextlib
import errno
import os
import select
import socket
import termios
import threading
import tty

from netx_drivers.errors import LinkError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

CHUNK = 65536
_PUMP_LOOKS_S = 0.2  # how often a pump that waits for input looks whether it is still wanted
_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL | getattr(select, "POLLRDHUP", 0)


class FdPort:
    """A descriptor that carries bytes both ways.

    Args:
        fd (int): made non-blocking; a terminal is made raw.
        name (str): for messages.
        close: called by ``close``; None leaves the descriptor open.
    """

    def __init__(self, fd: int, name: str, close: "Callable[[], None] | None" = None) -> None:
        self.fd = self.watch = fd
        self.name = name
        self._close = close
        os.set_blocking(fd, False)
        if os.isatty(fd):
            _make_raw(fd)

    def read(self) -> bytes:
        """What is there; empty if nothing is.

        Raises:
            OSError: the other end is gone.
        """
        try:
            data = os.read(self.fd, CHUNK)
        except BlockingIOError:
            return b""
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "the other end is gone")
        return data

    def write(self, data: "bytes | memoryview") -> int:
        """Send as much as there is room for; how much that was."""
        try:
            return os.write(self.fd, data)
        except BlockingIOError:
            return 0

    def close(self) -> None:
        """Close what was opened here."""
        if self._close is not None:
            # A device that was unplugged may refuse even this.
            with contextlib.suppress(OSError):
                self._close()
            self._close = None


def _make_raw(fd: int) -> None:
    """No byte of a terminal has a meaning of its own; flow control and speed stay as they are."""
    attributes = termios.tcgetattr(fd)
    flow = attributes[tty.IFLAG] & (termios.IXON | termios.IXOFF)
    tty.setraw(fd, termios.TCSANOW)
    attributes = termios.tcgetattr(fd)
    attributes[tty.IFLAG] |= flow
    # At least one byte, so that no input is not taken for the end of all.
    attributes[tty.CC][termios.VMIN] = 1
    attributes[tty.CC][termios.VTIME] = 0
    termios.tcsetattr(fd, termios.TCSANOW, attributes)


class Pump:
    """Threads between a pyserial port without a descriptor and a socket that has one."""

    def __init__(self, serial: "Any") -> None:
        self.near, self._far = socket.socketpair()
        self._serial = serial
        self._ended = False
        self._running = 2
        self._lock = threading.Lock()
        serial.timeout = _PUMP_LOOKS_S
        for work in (self._inward, self._outward):
            threading.Thread(target=self._run, args=(work,), daemon=True, name=f"pump of {serial.name}").start()

    def _run(self, work: "Callable[[], None]") -> None:
        """Pump until either side ends; then the other one learns it."""
        # pyserial reports a lost port as OSError, a closed one also as TypeError.
        with contextlib.suppress(OSError, TypeError, ValueError):
            work()
        self._stop()
        with self._lock:
            self._running -= 1
            if not self._running:
                self._far.close()

    def _stop(self) -> None:
        """Have both threads end, and the driver's end of the socket with them."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._far.shutdown(socket.SHUT_RDWR)

    def _inward(self) -> None:
        serial = self._serial
        while not self._ended:
            data = serial.read(1)
            if data:
                self._far.sendall(data + serial.read(serial.in_waiting))

    def _outward(self) -> None:
        while not self._ended:
            data = self._far.recv(CHUNK)
            if not data:
                return
            self._serial.write(data)

    def close(self) -> None:
        """Stop both threads; they notice on their own."""
        self._stop()
        self.near.close()
        self._serial.close()


def open_serial(name: str, baud: int, rtscts: bool, xonxoff: bool) -> FdPort:
    """Open a device ("/dev/ttyUSB0") or a pyserial URL ("socket://host:port", "loop://").

    Raises:
        LinkError: it cannot be had.
    """
    try:
        import serial as pyserial
    except ImportError:
        raise LinkError(f"{name}: serial ports need pyserial", "pip install pyserial") from None
    try:
        serial = pyserial.serial_for_url(name, baudrate=baud, rtscts=rtscts, xonxoff=xonxoff, timeout=0)
    except (OSError, ValueError) as error:
        raise _refusal(name, error) from None
    if "://" in name and not name.startswith("socket://"):
        pump = Pump(serial)
        return FdPort(pump.near.fileno(), name, pump.close)
    return FdPort(serial.fileno(), name, serial.close)


def _refusal(name: str, error: Exception) -> LinkError:
    number = getattr(error, "errno", None)
    if number == errno.ENOENT:
        return LinkError(f"there is no serial port {name}", "plugging it in; pyserial-ports lists all")
    if number in (errno.EACCES, errno.EPERM):
        return LinkError(f"{name} may not be opened", "sudo usermod -aG dialout $USER, and logging in again")
    if number == errno.EBUSY:
        return LinkError(f"{name} is in use", f"closing the program that fuser {name} names")
    return LinkError(f"{name} cannot be opened ({error})", "checking its name and its settings")


def open_descriptor(port: "Any") -> FdPort:
    """The port for a descriptor, or an object that has one; both stay the caller's.

    Raises:
        LinkError: its other end is gone.
    """
    fd = port if isinstance(port, int) else port.fileno()
    look = select.poll()
    look.register(fd, select.POLLIN | getattr(select, "POLLRDHUP", 0))
    for _, events in look.poll(0):
        if events & _GONE:
            raise LinkError(f"nobody is at the other end of descriptor {fd}", "starting the peer")
    return FdPort(fd, f"descriptor {fd}")


class Reopener:
    """Opens a port again, trying now and then in a thread of its own.

    Args:
        open_it: opens it, or raises OSError.
        interval_s (float): between two tries.

    ``fd`` can be read when ``take`` has the port.  Watching it keeps the clock real while there is none.
    """

    def __init__(self, open_it: "Callable[[], Any]", interval_s: float) -> None:
        self.fd, self._far = os.pipe()
        self._open_it = open_it
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._found: "Any" = None

    def start(self) -> None:
        """Begin trying."""
        threading.Thread(target=self._try, daemon=True, name="netx SLIP port").start()

    def _try(self) -> None:
        port = None
        while port is None:
            if self._closed.wait(self._interval_s):
                return
            with contextlib.suppress(OSError):
                port = self._open_it()
        with self._lock:
            if not self._closed.is_set():
                self._found = port
                os.write(self._far, b"!")
                return
        port.close()

    def take(self) -> "Any":
        """The port that was opened."""
        os.read(self.fd, 1)
        found, self._found = self._found, None
        return found

    def close(self) -> None:
        """Stop trying."""
        with self._lock:
            self._closed.set()
            if self._found is not None:
                self._found.close()
            os.close(self.fd)
            os.close(self._far)
