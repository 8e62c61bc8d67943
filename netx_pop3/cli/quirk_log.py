"""Quirks of the device met during a command: counted, and kept off standard error."""

import logging
from collections import Counter
from typing import Any

from netx_sim import diagnostics


class QuirkLog:
    """Counts the quirks by which a device comes to harm, inside a `with`."""

    def __init__(self) -> None:
        self.met: Counter[str] = Counter()

    def __enter__(self) -> "QuirkLog":
        for name in ("netx_pop3", "netx_sim"):
            # Without any handler logging prints warnings; programs that want them add their own.
            logging.getLogger(name).addHandler(logging.NullHandler())
        diagnostics.hooks.append(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        diagnostics.hooks.remove(self._note)

    def _note(self, kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        if kind == "quirk" and fields.get("harm"):
            self.met[name] += 1

    def __str__(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in sorted(self.met.items()))
