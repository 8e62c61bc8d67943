"""All tests here compile something."""

import pytest

from tests.peers.requirement import require


@pytest.fixture(autouse=True, scope="session")
def _compiler() -> None:
    require("gcc")
