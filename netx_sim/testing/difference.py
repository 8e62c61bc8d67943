"""One thing that came out otherwise than recorded, and how it is printed."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """`where` in the scenario something differs; `internal` when it is no observable behaviour.

    Internal are figures of the implementation that another one may have otherwise: fields of the socket,
    free packets of a pool, the number of the packet that was handed out.
    """

    where: str
    expected: Any
    got: Any
    internal: bool = False

    def __str__(self) -> str:
        """Both sides, for one line or three."""
        label = f"{self.where} (internal)" if self.internal else self.where
        expected, got = str(self.expected), str(self.got)
        if len(expected) + len(got) + len(label) < 100:
            return f"{label}: expected {expected}, got {got}"
        return f"{label}:\n      expected {expected}\n      got      {got}"


def differing_keys(expected: dict[str, Any], got: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Key to both values, for the keys whose values differ; None stands for a key that is not there."""
    keys = [*expected, *(key for key in got if key not in expected)]
    return {key: (expected.get(key), got.get(key)) for key in keys if expected.get(key) != got.get(key)}
