"""The first and only process of a user-mode Linux: SLIP on its serial port, and a POP3 server with one mail.

Arguments: mode of the line (slip or cslip), the file that holds the mail with CR LF line ends. It prints READY when it
serves, and for each line on its console it pings the other end once and prints the result.
"""

import ctypes
import fcntl
import os
import select
import socket
import struct
import subprocess
import sys
import termios
import tty
from pathlib import Path

ADDRESS, OTHER_END = "10.0.2.2", "10.0.2.15"
PORT = 110
N_SLIP, TIOCSETD, SIOCSIFENCAP = 1, 0x5423, 0x8926
MODES = {"slip": 0, "cslip": 1}
FINIT_MODULE = 313  # on x86_64
LIBC = ctypes.CDLL(None, use_errno=True)


def load(name: str) -> None:
    """What insmod does; that program may be missing."""
    (path,) = Path("/usr/lib/uml/modules").glob(f"*/kernel/drivers/net/slip/{name}.ko")
    fd = os.open(path, os.O_RDONLY)
    if LIBC.syscall(FINIT_MODULE, fd, b"", 0):
        raise OSError(ctypes.get_errno(), f"{name} does not load")


def start_line(mode: str) -> int:
    """Make the serial port a network interface; it lasts as long as the descriptor."""
    line = os.open("/dev/ttyS0", os.O_RDWR | os.O_NOCTTY)
    tty.setraw(line)
    attributes = termios.tcgetattr(line)
    attributes[tty.CFLAG] |= termios.CLOCAL
    termios.tcsetattr(line, termios.TCSANOW, attributes)
    fcntl.ioctl(line, TIOCSETD, struct.pack("i", N_SLIP))
    fcntl.ioctl(line, SIOCSIFENCAP, struct.pack("i", MODES[mode]))
    for command in (
        "ip link set lo up",
        f"ip addr add {ADDRESS} peer {OTHER_END} dev sl0",
        "ip link set sl0 mtu 1500 up",
    ):
        subprocess.run(command.split(), check=True)
    return line


def answer(word: bytes, mail: bytes) -> bytes:
    """The reply to one POP3 command."""
    if word == b"STAT":
        return b"+OK 1 %d\r\n" % len(mail)
    if word == b"LIST":
        return b"+OK 1 %d\r\n" % len(mail)
    if word == b"RETR":
        return b"+OK %d octets\r\n" % len(mail) + mail.replace(b"\r\n.", b"\r\n..") + b".\r\n"
    return b"+OK\r\n"


class Guest:
    """Serves one session at a time, and pings on demand."""

    def __init__(self, mail: bytes) -> None:
        self.mail = mail
        self.listener = socket.create_server((ADDRESS, PORT))
        self.session: socket.socket | None = None

    def run(self) -> None:
        print("READY", flush=True)
        while True:
            watched = [sys.stdin.fileno(), self.listener if self.session is None else self.session]
            for ready in select.select(watched, [], [])[0]:
                if ready is self.listener:
                    self.session, _ = self.listener.accept()
                    self.session.sendall(b"+OK ready\r\n")
                elif ready is self.session:
                    self.serve(self.session)
                else:
                    os.read(sys.stdin.fileno(), 1000)
                    ping()

    def serve(self, session: socket.socket) -> None:
        """One command, which comes in one segment, or the end."""
        line = session.recv(1000)
        word = line.split()[0].upper() if line else b""
        if word:
            session.sendall(answer(word, self.mail))
        if word in (b"", b"QUIT"):
            session.close()
            self.session = None


def ping() -> None:
    """Print whether the other end answers one echo request (RFC 792) with the same data."""
    body = struct.pack(">HH", 7, 1) + bytes(range(56))
    total = 0x0800 + sum(struct.unpack(">30H", body))
    total = 0xFFFF & ~(total % 0xFFFF)
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
        raw.settimeout(2)
        raw.sendto(struct.pack(">BBH", 8, 0, total) + body, (OTHER_END, 0))
        try:
            back = raw.recv(1000)[20:]
        except TimeoutError:
            back = b""
    print("PING", "answered" if back[:2] == b"\0\0" and back[4:] == body else "lost", flush=True)


def main() -> None:
    os.environ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"
    LIBC.mount(b"proc", b"/proc", b"proc", 0, None)
    for name in ("slhc", "slip"):
        load(name)
    line = start_line(sys.argv[1])
    mail = Path(sys.argv[2]).read_bytes()
    Guest(mail).run()
    os.close(line)


if __name__ == "__main__":
    main()
