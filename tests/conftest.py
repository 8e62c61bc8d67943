"""What every test gets: a seed it can be replayed with, peers that skip by name, and a world left clean behind it."""

import random
import signal
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from netx_sim.kernel.simulation import _default, _open, created_hooks
from tests.parity.recorder import _provokes, install  # noqa: F401
from tests.peers.requirement import require

# The same examples on every run and machine; no deadline, since the machine may be busy.
hypothesis.settings.register_profile("netx", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.load_profile("netx")

PASSED = pytest.StashKey[bool]()
SEED = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("netx")
    group.addoption("--seed", type=int, help="seed of the tests' random choices (default: one fixed for each test)")
    group.addoption("--seeds", type=int, default=2, help="how many seeds each test marked soak is run with")
    group.addoption("--skips-to", type=Path, help="file to write the skipped tests and the reasons to")


def pytest_configure(config: pytest.Config) -> None:
    # A shell has jobs in the background ignore Ctrl-C, and programs that the tests start would take that over.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    install()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `soak_seed` runs once for each seed."""
    if "soak_seed" in metafunc.fixturenames:
        first = metafunc.config.getoption("seed") or 0
        metafunc.parametrize("soak_seed", range(first, first + metafunc.config.getoption("seeds")))


# -- seeds ------------------------------------------------------------------------------------------


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this test; give it to `simulation(seed=...)`."""
    return request.node.stash[SEED]


@pytest.fixture(autouse=True)
def _seeded(request: pytest.FixtureRequest) -> None:
    given = request.config.getoption("seed")
    number = zlib.crc32(request.node.nodeid.encode()) & 0x7FFFFFFF if given is None else given
    request.node.stash[SEED] = number
    random.seed(number)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.stash[PASSED] = report.passed
        if report.failed and SEED in item.stash:
            report.sections.append(("seed", f"replay with: pytest '{item.nodeid}' --seed {item.stash[SEED]}"))
    return report


# -- peers ------------------------------------------------------------------------------------------


@pytest.fixture
def peer() -> Callable[[str], str]:
    """`peer("tshark")`: the path of a program, or the test is skipped (NETX_REQUIRE_PEERS=1: fails)."""
    return require


# -- a clean world ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _world_left_clean(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a test that passed, every simulation is closed and every packet is back in its pool.

    Tests marked `leaks` lose packets on purpose.
    """
    made: list[Any] = []
    created_hooks.append(made.append)
    try:
        yield
    finally:
        created_hooks.remove(made.append)
        left_open = [*_open]
        for world in [*left_open, *_default]:
            world.close()
        _open.clear()
        _default.clear()
    if not request.node.stash.get(PASSED, False):
        return
    assert not left_open, "the test left a simulation open"
    if request.node.get_closest_marker("leaks") is None:
        lost = [line for world in made for line in _packets_out(world)]
        assert not lost, "packets not back in their pool:\n" + "\n".join(lost)


def _packets_out(world: Any) -> list[str]:
    """For each pool that is not full again, its state and who has the packets."""
    lines = []
    for pool in world.packet_pools:
        if pool.nx_packet_pool_available != pool.nx_packet_pool_total:
            free = {id(packet) for packet in pool._free}
            lines.append(f"  {pool!r}")
            lines += [
                f"    allocated by {packet._allocated_by} at tick {packet._allocated_tick}, held by {packet._holder}"
                for packet in pool._packets
                if id(packet) not in free
            ]
    return lines


# -- what was measured, and what was skipped --------------------------------------------------------


def _figures(report: Any) -> str:
    """What a test has measured; properties that are no numbers are other plugins'."""
    return ", ".join(f"{name} {value:,.0f}" for name, value in report.user_properties if not isinstance(value, str))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Tell the figures of the tests that passed; write the reasons of all skips to the file `make test` ends with."""
    measured = [(report.nodeid, _figures(report)) for report in terminalreporter.stats.get("passed", [])]
    if any(figures for _name, figures in measured):
        terminalreporter.section("figures")
    for name, figures in measured:
        if figures:
            terminalreporter.line(f"{name}: {figures}")
    target = config.getoption("--skips-to")
    if target is None:
        return
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    lines = [f"skipped {count}: {reason}" for reason, count in sorted(reasons.items())]
    target.write_text("\n".join(lines or ["skipped: nothing"]) + "\n", encoding="utf-8")


def _reason(report: Any) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
