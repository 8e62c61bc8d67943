"""Firmware in many manners, written before the port was tried on it: it builds unchanged, runs, and ends well.

Each program judges itself; its exit status says how.  Warnings are errors, but where a manner is such that it has some.
"""

from pathlib import Path

import pytest

from tests.c.program.rig import cc, run
from tests.peers.requirement import require

FIRMWARE = Path(__file__).parent / "firmware"
STRICT = ("-Wall", "-Wextra", "-Wpedantic", "-Werror")
USER = ("-DNX_INCLUDE_USER_DEFINE_FILE", "-DTX_INCLUDE_USER_DEFINE_FILE", f"-I{FIRMWARE / 'user'}")
SANITIZED = ("--sanitize", "address,undefined")
AS_CXX = ("-x", "c++", "-Wno-write-strings")
# What to build, how.
PROGRAMS = [
    ("kernel_demo.c", ("-std=c99", *STRICT)),
    ("tcp_pair.c", ("-std=gnu17", *STRICT)),
    ("udp_pair.c", ("--compiler", "clang", "-std=c99", *STRICT)),
    ("pop3_session.c", ("-std=c99", *STRICT)),
    ("pop3_session.c", ("-DWITH_IPV6", *SANITIZED)),
    ("regress_hook.c regress_control.c", ("-std=gnu17", *STRICT)),
    ("eth_driver.c", ("-std=c99", *STRICT)),
    ("eth_driver.c", AS_CXX),
    ("walk_threads.c", ("-std=gnu17", *STRICT)),
    ("walk_threads.c", AS_CXX),
    ("chains.c", ("--compiler", "clang", *STRICT)),
    ("chains.c", SANITIZED),
    ("ipv6_talk.c", ("-std=c99", *STRICT)),
    ("echo_server.cpp", STRICT),
    ("echo_server.cpp", ("--compiler", "clang", *SANITIZED)),
    ("old_style.c", ("-std=gnu89",)),
    ("isr_style.c", ("-std=c99", *STRICT)),
    ("datagrams.c", ("-std=gnu17", *STRICT)),
    ("again.c", ("--compiler", "clang", "-DNX_ENABLE_EXTENDED_NOTIFY_SUPPORT", *SANITIZED)),
    ("chains.c", ("-DNX_DISABLE_ERROR_CHECKING", "-DTX_DISABLE_ERROR_CHECKING", "-O2")),
    ("loopback.c", ("-std=c99", *STRICT)),
    ("loopback.c", ("--compiler", "clang", "-DNX_ENABLE_PACKET_DEBUG_INFO", *SANITIZED)),
    ("heap_this.cpp", STRICT),
    ("headers.c", ("-std=gnu17", *STRICT)),
    ("router.c", (*USER, *STRICT)),
    ("pointer_input.c", ("-std=c99",)),
    ("pointer_input.c", ("-w", "-O2", *SANITIZED)),
    ("much_memory.c", STRICT),
]


@pytest.fixture(autouse=True)
def _compilers() -> None:
    require("gcc")


def built(tmp_path: Path, names: str, *flags: str) -> Path:
    """A program made of the firmware's files."""
    if "clang" in flags:
        require("clang")
    program = tmp_path / "program"
    done = cc(*flags, *[str(FIRMWARE / name) for name in names.split()], "-o", str(program))
    assert done.returncode == 0, done.stderr
    return program


@pytest.mark.parametrize(("names", "flags"), PROGRAMS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_program_ends_well(names: str, flags: tuple[str, ...], tmp_path: Path) -> None:
    done = run(built(tmp_path, names, *flags), NETX_LEAKS="ignore", NETX_QUIRKS="ignore")
    assert done.returncode == 0, done.stdout + done.stderr


def test_memory_that_nobody_has_is_named_where_it_is_written(tmp_path: Path) -> None:
    done = run(built(tmp_path, "much_memory.c", "-DPOOL_SIZE=3000000"))
    assert done.returncode == -11
    assert "SIGSEGV" in done.stderr
    assert "much_memory.c:17" in done.stderr
