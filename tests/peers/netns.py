"""Network namespaces without names: one lives as long as a file descriptor of it is open.

A thread of its own leaves for the new namespace, opens what has to be opened in there, and ends; the rest of the test
process never moves. Programs are started inside through nsenter.
"""

import ctypes
import fcntl
import os
import stat
import struct
import subprocess
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Self, TypeVar

TUN = "/dev/net/tun"
CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x0002, 0x1000, 0x4000
PATIENCE_S = 30

T = TypeVar("T")

_libc = ctypes.CDLL(None, use_errno=True)


def _must(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _in_own_thread(work: Callable[[], T]) -> T:
    """Run `work` in a thread that then ends, because a thread cannot easily come back from a namespace."""
    outcome: list[T] = []
    trouble: list[BaseException] = []

    def body() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # handed to the caller's thread below
            trouble.append(error)

    thread = threading.Thread(target=body, name="netns")
    thread.start()
    thread.join(PATIENCE_S)
    if trouble:
        raise trouble[0]
    return outcome[0]


class Namespace:
    """A network namespace with its loopback up; a context manager."""

    def __init__(self) -> None:
        self.fd = _in_own_thread(_leave_and_open)
        self.path = f"/proc/{os.getpid()}/fd/{self.fd}"
        self.run("ip", "link", "set", "lo", "up")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.fd)

    def call(self, work: Callable[[], T]) -> T:
        """Run a function inside: what it opens (sockets, TAP devices) belongs to the namespace."""

        def body() -> T:
            _must(_libc.setns(self.fd, CLONE_NEWNET), "setns")
            return work()

        return _in_own_thread(body)

    def command(self, *argv: str) -> list[str]:
        """The command line that runs `argv` inside."""
        return ["nsenter", f"--net={self.path}", *argv]

    def run(self, *argv: str) -> str:
        """Run a program inside to its end; its output. A failure raises with what it printed."""
        done = subprocess.run(self.command(*argv), capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(argv)}: status {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout


def _leave_and_open() -> int:
    _must(_libc.unshare(CLONE_NEWNET), "unshare")
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


class Tap:
    """A TAP device inside a namespace with an address on the kernel's side."""

    def __init__(self, space: Namespace, name: str, address: str) -> None:
        self.space = space
        self.name = name
        self.address, prefix = address.split("/")
        space.run("ip", "tuntap", "add", "dev", name, "mode", "tap", "vnet_hdr")
        # No router solicitations: the capture shall hold what the test sent.
        space.call(lambda: Path(f"/proc/sys/net/ipv6/conf/{name}/disable_ipv6").write_text("1", encoding="ascii"))
        space.run("ip", "addr", "add", f"{self.address}/{prefix}", "dev", name)
        space.run("ip", "link", "set", name, "up")

    def open(self, offload: bool = False) -> int:
        """A descriptor attached to the device; the caller closes it."""
        return self.space.call(lambda: _attach(self.name, offload))

    def up(self) -> None:
        self.space.run("ip", "link", "set", self.name, "up")

    def down(self) -> None:
        self.space.run("ip", "link", "set", self.name, "down")


def _attach(name: str, offload: bool) -> int:
    fd = os.open(TUN, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        flags = IFF_TAP | IFF_NO_PI | (IFF_VNET_HDR if offload else 0)
        fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode("ascii"), flags))
    except BaseException:
        os.close(fd)
        raise
    return fd


def _device_node() -> None:
    """Containers often have the module but not the node."""
    if not Path(TUN).exists():
        Path(TUN).parent.mkdir(parents=True, exist_ok=True)
        os.mknod(TUN, stat.S_IFCHR | 0o600, os.makedev(10, 200))


@cache
def tap_problem() -> str:
    """Why no TAP in a namespace can be had here; empty if it can."""
    try:
        _device_node()
        with Namespace() as space:
            os.close(Tap(space, "probe0", "192.0.2.1/24").open())
    except (OSError, RuntimeError, AttributeError) as error:
        return str(error)
    return ""
