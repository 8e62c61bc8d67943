"""Names that belong to Python, to MicroPython's modules or to a board, and what MicroPython has not."""

import _thread
import ast
import binascii
import builtins
import errno
import gc
import hashlib
import heapq
import io
import os
import select
import socket
import struct
import sys
import termios
import time
from collections.abc import Iterable

from boardbuild.tree import walk

# What MicroPython has and CPython has not, and what the objects of a board are asked.
BOARD = frozenset(
    """
    UART Pin Timer any read readinto write init deinit irq sendbreak txdone flush close value on off toggle
    ticks_ms ticks_us ticks_diff ticks_add ticks_cpu sleep_ms sleep_us mem_alloc mem_free threshold collect
    addressof bytearray_at bytes_at const ilistdir statvfs mount umount platform implementation ipoll
    """.split()
)
_OBJECTS = (
    "", b"", bytearray(), [], {}, set(), frozenset(), (), 0, 0.0, memoryview(b""), Exception(), OSError(), object(),
    io.BytesIO(), _thread.allocate_lock(), select.poll(), hashlib.sha256(), property(), super, type, iter(()), range(0),
    socket.socket,
)  # fmt: skip
_MODULES = (_thread, binascii, builtins, errno, gc, hashlib, heapq, io, os, select, struct, sys, termios, time)

# Attributes that may be somebody else's: they keep their names, and nothing is concluded from what is put into them.
ATTRIBUTES = frozenset(name for thing in (*_OBJECTS, *_MODULES) for name in dir(thing)) | BOARD

# How names of the stack begin: strings that are exactly such a name are names too (`getattr`, the configuration).
PREFIXES = ("_", "nx_", "nxd_", "tx_", "NX_", "NXD_", "TX_")


def attributes_of(trees: Iterable[ast.Module]) -> set[str]:
    """What a program's own files ask of objects that may be anybody's: not what is plainly the stack's."""
    return {node.attr for tree in trees for node in walk(tree)
            if isinstance(node, ast.Attribute) and not node.attr.startswith(PREFIXES)}  # fmt: skip


# What is asked with `hasattr`, and missing on every MicroPython.
MISSING = {("os", "read"), ("time", "monotonic_ns"), ("select", "epoll")}
# Modules that are missing there; some are tried by the sources and done without.
MISSING_MODULES = frozenset(("ctypes", "logging", "threading", "netx_drivers.slip_serial"))
