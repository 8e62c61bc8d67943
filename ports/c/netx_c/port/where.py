"""Which line of a firmware is at work: the innermost one on the stack of C.

A service that C has called runs in Python, so the stack has C, then Python, then C again; unwinding goes through all.
"""

import ctypes
from typing import Any, Protocol

from netx_sim.kernel.simulation import _open

_DEPTH = 100
_libc = ctypes.CDLL(None)
_frames = (ctypes.c_void_p * _DEPTH)()


class Lined(Protocol):
    """Code in memory that knows its lines: firmware, or a whole program."""

    def holds(self, address: int) -> bool:
        """Is this address in it?"""

    def line_at(self, address: int) -> tuple[str, int] | None:
        """File and line of an address; None in code without debug information."""

    def function_name(self, address: int) -> str:
        """The function of an address."""


class Lines:
    """A hook for `netx_sim.leaks`: file, line, function and thread of the firmware at work.

    `images` are the firmwares that are loaded.
    """

    def __init__(self) -> None:
        self.images: list[Lined] = []
        self._known: dict[int, str] = {}

    def __call__(self) -> str:
        """The line; empty if no C of a firmware is on the stack."""
        if not self.images:
            return ""
        count = _libc.backtrace(_frames, _DEPTH)
        for address in _frames[:count]:
            for image in self.images:
                if address and image.holds(address):
                    text = self._line(image, address)
                    if text:
                        return text + _thread()
        return ""

    def _line(self, image: Lined, address: int) -> str:
        """The line of the call that returns to this address; empty in the port's own C."""
        text = self._known.get(address)
        if text is None:
            where = image.line_at(address - 1)
            text = f"{where[0]}:{where[1]} {image.function_name(address - 1)}" if where is not None else ""
            self._known[address] = text
        return text

    def remove(self, image: Lined) -> None:
        """The image will be unloaded, and another may take its place."""
        self.images.remove(image)
        self._known.clear()


def _thread() -> str:
    current: Any = _open[-1].current if _open else None
    return f", thread {current.tx_thread_name}" if current is not None else ""
