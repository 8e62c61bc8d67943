"""The memory table of the port's README is what its files take."""

import pytest

from tests.micropython.board import PORT, memory, modules_alone
from tests.peers.requirement import require

TOLERANCE = 0.08  # of all together
ROW = 8  # KiB; a table of names that grows counts for the file that needed more


@pytest.fixture(scope="module")
def measured():
    require("micropython")
    require("mpy-cross")
    return memory.files_on_the_board(PORT / "main.py")


@pytest.mark.slow
@pytest.mark.parametrize("bits", [64, 32])
def test_the_readme_is_up_to_date(measured, bits):
    column = 0 if bits == 64 else 1
    if bits == 32 and memory.webassembly() is None:
        pytest.skip(f"{memory.WEBASSEMBLY} or node is missing")
    stated = {name: row[column] for name, row in memory.from_readme().items()}
    total = stated.pop("all")
    found = {name: row[column] / 1024 for name, row in measured.items()}
    assert sum(found.values()) == pytest.approx(total, rel=TOLERANCE)
    assert set(found) == set(stated)
    for name, count in found.items():
        assert count == pytest.approx(stated[name], abs=ROW), name


def test_the_report_of_modules_has_them_one_by_one(measured):
    alone = modules_alone(PORT / "main.py")
    assert {"netx_sim_tcp_input", "netx_pop3_core", "netx_drivers_slip"} <= set(alone)
    assert not [name for name in alone if "ipv6" in name or "udp" in name]
    # Joined they take less than one by one.
    assert sum(large for large, _ in measured.values()) < sum(alone.values())
