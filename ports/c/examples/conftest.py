"""What the tests of all examples use: one way to build, and a judge for captures.

SANITIZE=address,undefined pytest      with sanitizers; the reason of the skips is the command that runs it
COVERAGE=1 pytest --netx-build=built   counts lines; the last line says how to make a report
"""

import functools
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

STRICT = ("-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror")


@pytest.fixture
def build(request: pytest.FixtureRequest) -> Callable[..., object]:
    """`build("mail_reader.c")` as the team builds: strictly, and with what the environment asks for."""
    if shutil.which("gcc") is None and shutil.which("cc") is None and shutil.which("clang") is None:
        missing("there is no C compiler (apt-get install gcc)")
    netx_firmware = request.getfixturevalue("netx_firmware")
    return functools.partial(
        netx_firmware, flags=STRICT, sanitize=os.environ.get("SANITIZE", ""), coverage=bool(os.environ.get("COVERAGE"))
    )


@pytest.fixture
def tshark() -> Callable[..., list[str]]:
    """`tshark(path, "pop.request.command")`: the values of a field in a capture, which has nothing wrong in it."""
    program = shutil.which("tshark")
    if program is None:
        missing("there is no tshark (apt-get install tshark)")

    def fields(path: Path, field: str, *options: str) -> list[str]:
        checks = [f"-o{protocol}.check_checksum:TRUE" for protocol in ("ip", "tcp")]

        def run(wanted: str, name: str) -> list[str]:
            command = [program, "-r", path, *checks, *options, "-Y", wanted, "-Tfields", "-e", name]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
            return done.stdout.splitlines()

        wrong = '_ws.malformed || tcp.checksum.status == "Bad" || ip.checksum.status == "Bad"'
        assert run(wrong, "frame.number") == []
        return run(field, field)

    return fields


def missing(what: str) -> None:
    """Skip; where everything has to be there, fail."""
    if os.environ.get("NETX_REQUIRE_PEERS") == "1":
        pytest.fail(what, pytrace=False)
    pytest.skip(what)
