"""pytest plugin: firmware in C, a fresh simulation for each test, servers and a wire; docs/pytest.md tells how.

Until a test asks for one of the fixtures nothing else is loaded and nothing is done.
"""

import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

_WORLD = pytest.StashKey[Any]()
_FAILED = pytest.StashKey[bool]()
_SESSION = pytest.StashKey[Any]()
_QUIRK = "netx_quirk"  # among the properties of a report

_MARKERS = (
    "netx(config, seed, link): tunables, seed and link of the test's simulation",
    "netx_leaks(*texts): what the test may leave behind: lines of the report that have one of the texts; all without",
    "netx_quirks(*names): quirks that may happen under --netx-quirks=error; all without names",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options."""
    group = parser.getgroup("netx", "NetX firmware")
    group.addoption("--netx-seed", type=int, help="seed of every simulation (default: one fixed for each test)")
    group.addoption("--netx-capture", metavar="DIR", help="keep a pcapng file of each failed test in this folder")
    group.addoption(
        "--netx-quirks",
        choices=("error", "report", "ignore"),
        default="report",
        help="quirks of the device: fail the test, show them with a failed test (the default), or neither",
    )
    group.addoption("--netx-build", metavar="DIR", help="folder to keep builds of firmware in (default: none)")


def pytest_configure(config: pytest.Config) -> None:
    """The markers."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)


# -- fixtures --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _netx_session(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    try:
        from netx_c.plugin.session import Session
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] != "elftools":
            raise
        pytest.fail("pyelftools is missing: pip install 'netx-pop3[pytest]'", pytrace=False)

    session = Session(request.config, tmp_path_factory)
    request.config.stash[_SESSION] = session
    yield session
    session.close()


@pytest.fixture
def netx(request: pytest.FixtureRequest, _netx_session: Any) -> Iterator[Any]:
    """A fresh simulation; the test is a thread of priority 16 in it.

    What has to be clean at the test's end is checked by the plugin.
    """
    world = _netx_session.world(request.node)
    request.node.stash[_WORLD] = world
    yield world
    _netx_session.end(world)
    if world.record is not None and not request.node.stash.get(_FAILED, False):
        world.record.unlink(missing_ok=True)


@pytest.fixture
def netx_firmware(request: pytest.FixtureRequest, netx: Any, _netx_session: Any) -> Callable[..., Any]:
    """`netx_firmware("mail_task.c", include=["inc"], defines={"DEBUG": 1})`: compiled, loaded, bound to `netx`."""
    from netx_c.plugin.session import FirmwareFactory

    return FirmwareFactory(_netx_session, netx, request.path.parent)


@pytest.fixture
def wire(netx: Any) -> Any:
    """The wire that RAM drivers are on: faults, captures, and the frames that were sent."""
    return netx.wire


@pytest.fixture
def pop3_server(netx: Any) -> Callable[..., Any]:
    """`pop3_server("10.0.0.2")` plays a script; with `mails=` or `maildir=` it serves these."""
    from netx_c.plugin.servers import ServerFactory

    return ServerFactory(netx)


# -- around a test ---------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """A test that passes is asked what it left behind."""
    world = item.stash.get(_WORLD, None)
    if world is not None:
        world.part = "call"
    yield
    world = item.stash.get(_WORLD, None)
    if world is not None:
        from netx_c.plugin.checks import check

        check(item, world)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A test that fails shows how to play it again, and the state of its simulation."""
    report = yield
    world = item.stash.get(_WORLD, None)
    if world is None or report.when == "teardown":
        return report
    from netx_c.plugin.checks import quirk_names, sections

    if report.when == "call":
        report.user_properties.extend((_QUIRK, name) for name in quirk_names(world))
    if report.failed:
        item.stash[_FAILED] = True
        report.sections.extend(sections(item, world))
    return report


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Which quirks the tests met, and how to make a report of builds with coverage."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    met = Counter(value for report in reports for key, value in report.user_properties if key == _QUIRK)
    if met and config.getoption("netx_quirks") == "report":
        terminalreporter.section("netx quirks")
        for name, count in sorted(met.items()):
            terminalreporter.write_line(f"{name} in {count} tests; netx-pop3 quirks {name} explains it")
    session = config.stash.get(_SESSION, None)
    if session is not None and session.builds.covered:
        terminalreporter.section("netx coverage")
        terminalreporter.write_line(f"gcovr --root . {shlex.quote(str(session.builds.folder))}")
