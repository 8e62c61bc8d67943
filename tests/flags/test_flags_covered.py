"""No build flag without a test that switches it on; off is what every other test runs with."""

from pathlib import Path

import pytest

from netx_sim.config import FLAGS
from tests.parity.device_api import API

TESTS = Path(__file__).parents[1]
FOLDERS = ("flags", "unit", "drill")
LISTED = {name for flag in API["build_flags"] for name in flag["name"].split(" / ")}


@pytest.fixture(scope="module")
def texts() -> str:
    others = ("test_config.py", Path(__file__).name)
    files = [path for folder in FOLDERS for path in (TESTS / folder).rglob("*.py") if path.name not in others]
    return "".join(path.read_text("utf-8") for path in files)


@pytest.mark.parametrize("flag", sorted(LISTED | {row[0] for row in FLAGS}))
def test_flag_is_switched_on_somewhere(texts: str, flag: str) -> None:
    assert f'"{flag}"' in texts


def test_every_listed_flag_is_configuration() -> None:
    tunables = {"NX_TCP_ACK_EVERY_N_PACKETS"}  # a number, 0 for off
    assert LISTED - tunables <= {row[0] for row in FLAGS}
