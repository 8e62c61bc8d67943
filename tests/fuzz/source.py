"""Bytes of a fuzzer, read as choices and pieces; when they are used up, zeros and empty pieces follow."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Source:
    """Takes bytes from the front."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def __bool__(self) -> bool:
        """Is there more?"""
        return self.at < len(self.data)

    def take(self, size: int) -> bytes:
        """Up to so many bytes."""
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int = 1) -> int:
        """A number of so many bytes."""
        return int.from_bytes(self.take(size).ljust(size, b"\0"), "big")

    def pick(self, choices: Sequence[T]) -> T:
        """One of these."""
        return choices[self.number() % len(choices)]

    def piece(self) -> bytes:
        """Bytes with their length, one byte, in front: 0 to 247, and multiples of 200 up to 1600."""
        size = self.number()
        return self.take(size if size < 248 else (size - 247) * 200)

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(max(0, len(self.data) - self.at))
