"""Every driver and wrapper of ours passes the conformance suite that any author of a driver can run."""

from collections.abc import Callable

import pytest

from netx_drivers.ram import RamWire, nx_ram_network_driver
from netx_sim.testing.driver_conformance import CHECKS, Check, DriverRig, check_driver, run_check
from tests.drivers import rigs

RIGS: dict[str, Callable[[], DriverRig]] = {
    "ram": rigs.WireRig,
    "ram-device": lambda: rigs.WireRig(nx_ram_network_driver),
    "ram-slow": lambda: rigs.WireRig(RamWire(bandwidth=1_000_000, latency_us=700)),
    "ram-captured": lambda: rigs.WireRig(wrap=rigs.captured),
    "ram-faults": lambda: rigs.WireRig(wrap=rigs.faultless),
    "ram-both": lambda: rigs.WireRig(wrap=lambda driver: rigs.captured(rigs.faultless(driver))),
    "socket": rigs.SocketRig,
    "socket-both": lambda: rigs.SocketRig(wrap=lambda driver: rigs.faultless(rigs.captured(driver))),
    "tap": lambda: rigs.TapRig(offload=False),
    "tap-offload": lambda: rigs.TapRig(offload=True),
    "tap-captured": lambda: rigs.TapRig(wrap=rigs.captured),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("medium", RIGS)
def test_driver_conforms(medium: str, check: Check, peer: Callable[[str], str]) -> None:
    if medium.startswith("tap"):
        peer("tap")
    run_check(check, RIGS[medium])


def test_whole_suite_passes_on_the_wire() -> None:
    check_driver(rigs.WireRig)
