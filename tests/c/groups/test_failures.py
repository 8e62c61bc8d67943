"""What happens when it goes wrong: threads ended in the middle of C, worlds that end, errors below C and beside it."""

import ctypes
import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from netx_c.port.drivers import Links, use_links
from netx_drivers.ram import default_wire
from netx_sim import DeviceFault, ForeignThreadError, SimulationDeadlock
from netx_sim.constants import NX_LINK_ARP_SEND
from tests.c.groups.rig import COMMON, FIRMWARE, Configuration, Image, Outcome, run
from tests.peers.requirement import require

PATIENCE_S = 60
FAILING = FIRMWARE.parent / "failing/failing.c"


@pytest.fixture(scope="module", params=["", "-O2"], ids=["O0", "O2"])
def image(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Image:
    require("gcc")
    configuration = Configuration("failing", flags=("-std=gnu17", "-pthread", request.param or "-O0"))
    return Image(configuration.build(tmp_path_factory.mktemp("failing"), [COMMON, FAILING]))


@pytest.fixture(autouse=True)
def _no_stack_left() -> Iterator[None]:
    """No thread of the operating system is left parked."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE_S)
        assert not thread.is_alive(), f"{thread.name} is parked"


def good(outcome: Outcome) -> None:
    assert not outcome.failures, "\n".join([*outcome.failures, outcome.state])
    assert outcome.checks


def unwound(image: Image) -> bool:
    """Has no line of C run that comes after what does not return?"""
    return not image.failures() and image.number("came_back") == 0


def test_a_thread_terminated_while_it_waits_in_a_callback(image: Image) -> None:
    most = []
    good(
        run(image, "group_terminated", lambda sim, _: sim.at_end.append(lambda: most.append(threading.active_count())))
    )
    assert most[0] <= threading.active_count() + 3  # forty threads have ended on the stacks of a few


def test_a_thread_that_ends_itself_in_a_callback(image: Image) -> None:
    good(run(image, "group_own_end"))


def test_the_world_is_stopped_by_a_thread(image: Image, capfd: pytest.CaptureFixture[str]) -> None:
    outcome = run(image, "group_stopped")
    good(outcome)
    assert outcome.state.startswith("tick 5")
    assert unwound(image)
    assert "thread waiter waits for a semaphore" in capfd.readouterr().out  # netx_netstat


def test_the_world_is_stopped_in_an_interrupt(image: Image) -> None:
    outcome = run(image, "group_stopped_in_interrupt")
    good(outcome)
    assert outcome.state.startswith("tick 2")
    assert unwound(image)


def test_a_deadlock_names_the_threads(image: Image) -> None:
    with pytest.raises(SimulationDeadlock) as caught:
        run(image, "group_deadlock")
    lines = str(caught.value).splitlines()
    assert sum("thread waiter waits for a semaphore: " in line and "never" in line for line in lines) == 3
    assert sum("thread chief waits for a semaphore: " in line and "never" in line for line in lines) == 1
    assert unwound(image)


@pytest.mark.leaks
def test_what_a_device_would_crash_on_ends_the_world(image: Image) -> None:
    with pytest.raises(DeviceFault, match="Q-COPY-OFFSET"):
        run(image, "group_fault")
    assert unwound(image)


class BrokenError(Exception):
    """What the driver below does."""


@pytest.mark.leaks
def test_an_exception_in_a_driver_below_c(image: Image) -> None:
    def broken_links(sim: Any, _port: Any) -> None:
        wire = default_wire(sim)

        def broken(request: Any) -> None:
            if request.nx_ip_driver_command == NX_LINK_ARP_SEND:
                raise BrokenError("the cable")
            wire(request)

        use_links(sim, Links(around=lambda _driver: broken))

    with pytest.raises(BrokenError, match="the cable"):
        run(image, "group_broken_driver", broken_links)
    assert unwound(image)


def test_a_service_called_from_a_thread_of_the_programs_own(image: Image) -> None:
    with pytest.raises(
        ForeignThreadError, match=r"^tx_semaphore_put was called from a thread that the program has started"
    ):
        run(image, "group_foreign_thread")
    assert unwound(image)


@pytest.mark.leaks
def test_the_image_serves_the_next_world_after_each_of_these(image: Image) -> None:
    for entry, error in (
        ("fault", DeviceFault),
        ("deadlock", SimulationDeadlock),
        ("foreign_thread", ForeignThreadError),
    ):
        with pytest.raises(error):
            run(image, f"group_{entry}")
        good(run(image, "group_own_end"))


def test_a_descriptor_wakes_c_and_the_clock_is_virtual_again_without_it(image: Image) -> None:
    reader, writer = os.pipe()
    try:
        ctypes.c_uint32.in_dll(image.library, "pipe_to_read").value = reader
        os.write(writer, b"!")
        outcome = run(image, "group_descriptor")
    finally:
        os.close(reader)
        os.close(writer)
    good(outcome)
