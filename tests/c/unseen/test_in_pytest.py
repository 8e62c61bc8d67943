"""The same firmware in pytest: loaded, started, and looked at from outside."""

from pathlib import Path
from typing import Any

import pytest

from tests.peers.requirement import require

FIRMWARE = Path(__file__).parent / "firmware"
# What to load, how far to go, and what it says of itself.
FILES = [
    ("kernel_demo.c", 300, {}, {"worker_counter": 20}),
    ("tcp_pair.c", 400, {}, {"error_counter": 0, "connects": 5, "disconnects": 5}),
    ("udp_pair.c", 400, {}, {"error_counter": 0, "thread_1_counter": 50}),
    ("walk_threads.c", 100, {}, {"failures": 0}),
    ("eth_driver.c", 400, {}, {"failures": 0}),
    ("datagrams.c", 600, {}, {"errors": 0, "seen": 4}),
    ("again.c", 1300, {"NX_ENABLE_EXTENDED_NOTIFY_SUPPORT": ""}, {"errors": 0, "exits": 4}),
]


@pytest.mark.leaks
@pytest.mark.parametrize(("name", "ticks", "defines", "expected"), FILES, ids=[row[0] for row in FILES])
def test_firmware_is_loaded_and_started(
    netx: Any, netx_firmware: Any, name: str, ticks: int, defines: dict[str, str], expected: dict[str, int]
) -> None:
    require("gcc")
    firmware = netx_firmware(FIRMWARE / name, defines=defines)
    firmware.start()
    netx.sleep(ticks)
    for variable, value in expected.items():
        found = getattr(firmware, variable)
        assert (found if isinstance(found, int) else found[0]) == value, variable


def test_a_receiver_of_the_firmware_drops_what_the_test_wants(netx: Any, netx_firmware: Any) -> None:
    """Its segment is lost once, and comes with the first repetition."""
    require("gcc")
    firmware = netx_firmware(FIRMWARE / "regress_hook.c", FIRMWARE / "in_pytest.c")
    firmware.start()
    netx.sleep(700)
    assert (firmware.error_counter, firmware.data_dropped, firmware.result) == (0, 1, 0)
    assert firmware.ip_0.nx_ip_tcp_retransmit_packets == 1
