"""Programs that several files share."""

from pathlib import Path

import pytest

from tests.c.program.rig import Programs
from tests.peers.requirement import require

BEHAVIOUR = ("behaviour.c", "enable.c")


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Programs:
    """Builds programs; each once."""
    require("gcc")
    require("libpython")
    return Programs(tmp_path_factory.mktemp("programs"))


@pytest.fixture(scope="session")
def device(programs: Programs) -> Path:
    """The device that does what its argument says, on the link that the environment names."""
    return programs.build(*BEHAVIOUR)


@pytest.fixture(scope="session")
def exchange(programs: Programs) -> Path:
    """Two instances that talk."""
    return programs.build("exchange.c")
