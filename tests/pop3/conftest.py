"""Quirks that were reported during a test, by name."""

from collections.abc import Iterator
from typing import Any

import pytest

from netx_sim import diagnostics
from tests.pop3.rig import Rig, open_rig


class Reported(list[str]):
    """Ids of quirks and traps in order; `fields[id]` are those of the last one of that name."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, Any]] = {}

    def note(self, kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        if kind == "quirk" or name.startswith("T-"):
            self.append(name)
            self.fields[name] = fields

    def take(self) -> list[str]:
        """What was reported since the last call."""
        taken = list(self)
        self.clear()
        return taken


@pytest.fixture
def reported() -> Iterator[Reported]:
    """The quirks reported during the test."""
    found = Reported()
    diagnostics.hooks.append(found.note)
    try:
        yield found
    finally:
        diagnostics.hooks.remove(found.note)


@pytest.fixture
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    """A client and a server instance; parametrize indirectly with a dict of Rig's options and `config`."""
    options = dict(getattr(request, "param", {}))
    yield from open_rig(options.pop("config", None), **options)
