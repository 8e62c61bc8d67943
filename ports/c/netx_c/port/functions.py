"""C functions as Python callables: thread entries, callbacks, drivers.

Calling one brings everything that C may look at up to date, calls it through the port (which can unwind it), and takes
over what it has written into the blocks it was given.
"""

import re
from typing import Any

_SHAPE = re.compile(r"^(\w+) \(\*\)\((.*)\)$")
_INTEGERS = ("UINT", "ULONG", "USHORT", "INT", "LONG", "UCHAR")
_NONE = (0, 0, 0, 0)  # arguments of `Port.call4` that a function has not


def argument_kinds(shape: str) -> list[str]:
    """The types of the parameters of a function type: `VOID (*)(NX_IP *ip_ptr, UINT status)`."""
    found = _SHAPE.match(shape)
    if found is None:
        raise ValueError(f"no function type: {shape}")
    inside = found.group(2).replace("struct NX_IP_DRIVER_STRUCT", "NX_IP_DRIVER")
    kinds = []
    for part in inside.split(","):
        words = part.replace("*", " * ").split()
        if (words and words[0] not in ("VOID", "void")) or len(words) > 1:
            kinds.append(words[0] + (" *" if "*" in words else ""))
    return kinds


class CFunction:
    """One C function of a known type.

    Args:
        port: calls it.
        address (int): where it lies.
        shape (str): its type.
    """

    def __init__(self, port: Any, address: int, shape: str) -> None:
        self.address = address
        self._port = port
        self._kinds = argument_kinds(shape)
        self._returns = not shape.startswith("VOID")

    def __call__(self, *args: Any) -> int:
        port = self._port
        pairs = list(zip(args, self._kinds, strict=True))
        values = [value if kind in _INTEGERS else port.leave_argument(value, kind) for value, kind in pairs]
        port.refresh()
        if len(values) <= len(_NONE):
            result = port.call4(self.address, *values, *_NONE[len(values) :])
        else:
            result = port.call(self.address, *values)
        for value, kind in pairs:
            if kind not in _INTEGERS:
                port.take_argument(value)
        port.read_instances()
        return result & 0xFFFFFFFF if self._returns else 0

    def __repr__(self) -> str:
        return f"<C function at {self.address:#x}>"


class CDriver(CFunction):
    """A link driver written in C: called for every packet, so only what a driver looks at is brought up to date."""

    def __init__(self, port: Any, address: int) -> None:
        super().__init__(port, address, "VOID (*)(NX_IP_DRIVER *)")

    def __call__(self, request: Any) -> None:  # type: ignore[override]
        port = self._port
        port.call4(self.address, port.leave_request(request), 0, 0, 0)
        port.take_request(request)
