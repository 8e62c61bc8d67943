"""What the replays from C need."""

import pytest

from tests.peers.requirement import require


@pytest.fixture(scope="session")
def gcc() -> str:
    """The compiler; the test is skipped where there is none."""
    return require("gcc")
