"""What a generated C program told (report.h): the lines in its memory."""

import ctypes
import json
from collections.abc import Callable, Iterator
from typing import Any


def lines(symbol: Callable[[str], int]) -> Iterator[list[Any]]:
    """Each line of the report of an image, whose symbols `symbol` gives the addresses of."""
    text = ctypes.c_void_p.from_address(symbol("report_text")).value
    length = ctypes.c_ulong.from_address(symbol("report_length")).value
    if text:
        for line in ctypes.string_at(text, length).splitlines():
            yield json.loads(line)
