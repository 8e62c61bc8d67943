"""The pytest fixtures of packet scripts: import them in a conftest.py.

    from netx_sim.testing.drill_fixture import drill, make_drill  # noqa: F401

`drill` is a `Drill` with defaults; `make_drill(config, payload=..., ...)` makes one for tests that configure the
stack. Both end with a check that no packet was left unexpected.
"""

from collections.abc import Callable, Iterator

import pytest

from netx_sim.testing.drill import Drill


@pytest.fixture
def make_drill() -> Iterator[Callable[..., Drill]]:
    """Makes the drill of a test: takes the arguments of `Drill`."""
    opened: list[Drill] = []

    def make(*args: object, **named: object) -> Drill:
        made = Drill(*args, **named)  # type: ignore[arg-type]
        opened.append(made)
        return made.__enter__()

    yield make
    while opened:
        opened.pop().__exit__()


@pytest.fixture
def drill(make_drill: Callable[..., Drill]) -> Drill:
    """A drill with default configuration."""
    return make_drill()
