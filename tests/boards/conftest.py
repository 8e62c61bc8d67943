"""The board's program, built as `make test-board` builds it, and the board, reset for each test."""

import fcntl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from netx_drivers import SlipDriver
from netx_pop3.maildrop import Host
from netx_sim import nx_udp_enable, simulation
from tests.boards.machine import PATIENCE_S, Machine
from tests.boards.wire import Line, PipeLine, Talk, TerminalLine
from tests.peers.requirement import require

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
HOST = "192.168.7.1/24"


def build(folder: str, product: str) -> Path:
    """Run make in a folder beside this file. Runs that build at the same time wait for each other."""
    out = ROOT / "out" / "boards"
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        argv = [require("make"), "-C", str(HERE / folder), f"OUT={out}"]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=5 * PATIENCE_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out / product


@pytest.fixture(scope="session")
def firmware() -> Path:
    """The board's program, up to date."""
    require("arm-none-eabi-gcc")
    return build("firmware", "board.elf")


@pytest.fixture(scope="session")
def native() -> Path:
    """The same for this computer, without the parts that are the board's, and with sanitizers."""
    require("gcc")
    return build("native", "native")


@pytest.fixture(scope="session")
def _machine(firmware: Path) -> Iterator[Machine]:
    made = Machine(require("qemu-system-arm"), firmware)
    yield made
    made.close()


@pytest.fixture
def board(_machine: Machine) -> Machine:
    """A board that was just switched on, with all its mails."""
    _machine.restart()
    return _machine


@pytest.fixture
def terminal(board: Machine) -> TerminalLine:
    """The other end of the board's line, packet by packet, without a stack."""
    return TerminalLine(board.line)


@pytest.fixture
def pipe(native: Path) -> Iterator[PipeLine]:
    """The board's program in virtual time."""
    made = PipeLine(native)
    yield made
    made.close()


@pytest.fixture(params=["terminal", "pipe"])
def line(request: pytest.FixtureRequest) -> Line:
    """Either of them."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Line)
    return found


@pytest.fixture
def talk(line: Line) -> Talk:
    """A TCP connection by hand, not open yet."""
    return Talk(line)


@pytest.fixture
def host(board: Machine) -> Iterator[Host]:
    """An instance at the other end, 192.168.7.1; `host.driver` is its link."""
    with simulation():
        driver = SlipDriver(board.port)
        with Host(driver, HOST) as made:
            made.driver = driver
            assert nx_udp_enable(made.ip) == 0
            yield made
