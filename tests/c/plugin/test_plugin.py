"""The plugin in runs of pytest of their own: what fails a test, what is said then, options, crashes, other plugins."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import netx_c.plugin.servers
import netx_c.plugin.session  # noqa: F401 - a run in this process forgets what it imports itself

pytest_plugins = ["pytester"]
pytestmark = [pytest.mark.slow, pytest.mark.leaks]

FIRMWARE = Path(__file__).parent / "firmware"
TIMEOUT = 300

START = """
import pytest

MAILS = [b"Subject: %d\\r\\n\\r\\nmail\\r\\n" % number for number in range(2)]


@pytest.fixture
def device(netx_firmware):
    firmware = netx_firmware("mail_task.c", include=["inc"])
    firmware.start()
    return firmware

"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with the firmware, like a team's own."""
    shutil.copytree(FIRMWARE, pytester.path, dirs_exist_ok=True)
    return pytester


def run(project: pytest.Pytester, text: str, *options: str) -> pytest.RunResult:
    """Run tests in this process."""
    project.makepyfile(test_it=START + text)
    return project.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:xdist", "-W", "error", *options)


def run_apart(project: pytest.Pytester, text: str, *options: str) -> pytest.RunResult:
    """Run tests in a process of their own, which may end."""
    project.makepyfile(test_it=START + text)
    return project.runpytest_subprocess("-p", "no:cacheprovider", "-W", "error", *options, timeout=TIMEOUT)


# -- what fails a test -----------------------------------------------------------------------------


def test_a_lost_packet_is_named(project: pytest.Pytester) -> None:
    result = run(project, "def test_it(device):\n    device.lose_packet()\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "left behind: pool device pool: 1 of 33 packets are out",
            "  1 held by nx_packet_allocate since tick 0, *, from */mail_task.c:* lose_packet, thread main",
        ]
    )
    line = next(
        number for number, text in enumerate((FIRMWARE / "mail_task.c").read_text().splitlines(), 1)
        if "nx_packet_allocate(" in text
    )
    assert f"mail_task.c:{line} lose_packet" in result.stdout.str()


def test_a_lost_packet_of_a_thread_is_named(project: pytest.Pytester) -> None:
    text = "def test_it(device):\n    device.thread('lose_packet', priority=3, name='loser').wait()\n"
    result = run(project, text)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*mail_task.c:* lose_packet, thread loser"])


def test_packets_on_their_way_may_come_home(project: pytest.Pytester) -> None:
    project.path.joinpath("late.c").write_text(
        """
#include "nx_api.h"
static NX_PACKET_POOL pool;
static NX_PACKET *packet;
static TX_TIMER timer;
static UCHAR memory[4000];
static VOID release(ULONG unused) { (void)unused; nx_packet_release(packet); }
VOID take(ULONG ticks)
{
    nx_packet_allocate(&pool, &packet, NX_TCP_PACKET, NX_NO_WAIT);
    tx_timer_create(&timer, "late", release, 0, ticks, 0, TX_AUTO_ACTIVATE);
}
VOID tx_application_define(VOID *unused)
{
    (void)unused;
    nx_packet_pool_create(&pool, "late pool", 100, memory, sizeof memory);
}
"""
    )
    text = """
@pytest.fixture
def late(netx_firmware):
    firmware = netx_firmware("late.c")
    firmware.start()
    return firmware

@pytest.mark.parametrize("ticks", [900, 1100])
def test_waiting(late, netx, ticks):
    late.take(ticks)

@pytest.mark.parametrize("ticks", [900, 1100])
def test_to_the_end(late, netx, ticks):
    late.thread("take", ticks)
    netx.run()
"""
    result = run(project, text, "-v")
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(
        [
            *("*test_waiting[[]900[]] PASSED*", "*[[]1100[]] FAILED*"),
            *("*test_to_the_end[[]900[]] PASSED*", "*[[]1100[]] FAILED*"),
        ]
    )


def test_a_socket_and_a_thread_left_behind_are_named(project: pytest.Pytester) -> None:
    text = """
def test_socket(device, pop3_server):
    pop3_server("10.0.0.2", mails=MAILS)
    device.forget_client()

def test_thread(device):
    device.forget_thread()

def test_made_in_setup(device, forgotten):
    pass

@pytest.fixture
def forgotten(device):
    device.forget_thread()

@pytest.mark.netx_leaks
def test_all_allowed(device):
    device.forget_thread()
    device.lose_packet()

@pytest.mark.netx_leaks("forgotten", "lose_packet")
def test_some_allowed(device):
    device.forget_thread()
    device.lose_packet()

@pytest.mark.netx_leaks("something else")
def test_others_allowed(device):
    device.lose_packet()
"""
    result = run(project, text, "--netx-seed=5")
    result.assert_outcomes(failed=3, passed=3)
    result.stdout.fnmatch_lines(
        [
            "left behind: TCP socket POP3 Client socket of device was not deleted: created by thread main at tick *",
            "left behind: thread forgotten still runs and was not deleted: created by thread main at tick 0, *",
        ]
    )


def test_quirks(project: pytest.Pytester) -> None:
    text = """
def late(device, pop3_server, wire):
    from netx_drivers.faults import DROP, PASS
    pop3_server("10.0.0.2", mails=MAILS)
    with wire.install(lambda frame: DROP if frame.tcp_data.startswith(b"STAT") else PASS):
        device.mail_task_run(1)

def test_late(device, pop3_server, wire):
    late(device, pop3_server, wire)

@pytest.mark.netx_quirks("Q-LATE")
def test_allowed(device, pop3_server, wire):
    late(device, pop3_server, wire)
"""
    result = run(project, text, "--netx-quirks=error")
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["quirk Q-LATE: the wait for a reply ran out*"])
    result = run(project, text)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*netx quirks*", "Q-LATE in 2 tests;*"])
    result = run(project, text, "--netx-quirks=ignore")
    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*Q-LATE*")


def test_a_deadlock_says_who_waits_for_what(project: pytest.Pytester) -> None:
    text = """
def test_deadlock(device):
    device.thread("waiting_entry", priority=3)
    device.wait_for_nobody()

def test_in_vain(device, netx):
    thread = device.thread("waiting_entry", priority=3)
    netx.until(thread, 50)
"""
    result = run(project, text)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "E *SimulationDeadlock: nothing can happen any more",
            "E *thread main waits for a semaphore: *never*",
            "E *thread waiting_entry waits for a semaphore: *never*",
            "*netx netstat*",
            "E *StillWaitingError: waited 50 ticks for the condition to hold, in vain",
            "E *thread waiting_entry waits for a semaphore: *never*",
        ]
    )


def test_what_would_crash_the_device(project: pytest.Pytester) -> None:
    text = """
def test_here(device, pop3_server):
    pop3_server("10.0.0.2", mails=MAILS)
    device.delete_twice()

def test_in_a_thread(device, pop3_server, netx):
    pop3_server("10.0.0.2", mails=MAILS)
    device.thread("delete_twice")
    netx.sleep(1)

def test_unseen(device, pop3_server):
    pop3_server("10.0.0.2", mails=MAILS)
    device.thread("delete_twice", priority=3)
"""
    result = run(project, text)
    result.assert_outcomes(failed=3)
    assert result.stdout.str().count("DeviceFault: T-NO-CLIENT") >= 3


def test_a_script_that_is_not_followed(project: pytest.Pytester) -> None:
    text = """
def test_it(device, pop3_server):
    pop3_server("10.0.0.2").reply(b"+OK\\r\\n").expect(b"USER joe\\r\\n").reply(b"-ERR\\r\\n").fin()
    device.mail_task_run(1)
"""
    result = run(project, text)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["the client did not follow the server's script: step 1: expected *USER joe*, the client sent *USER mary*"]
    )


# -- builds ----------------------------------------------------------------------------------------


def test_a_compile_error_is_gcc_s(project: pytest.Pytester) -> None:
    project.path.joinpath("broken.c").write_text('#include "tx_api.h"\nint broken(void)\n{\n    return missing;\n}\n')
    text = """
def test_broken(netx_firmware):
    netx_firmware("broken.c")

def test_nowhere(netx_firmware):
    netx_firmware("nowhere.c")
"""
    result = run(project, text)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "gcc failed with status 1",
            "*/broken.c:4:12: error: *missing* undeclared*",
            "there is no */nowhere.c",
        ]
    )
    assert not list(project.path.glob("built/*/firmware.so"))
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*plugin/session.py*")


def test_tunables_that_contradict_each_other(project: pytest.Pytester) -> None:
    text = """
def test_it(netx_firmware):
    netx_firmware("mail_task.c", include=["inc"], defines={"NX_TCP_MAXIMUM_RETRIES": 3})
    netx_firmware("mail_task.c", include=["inc"], defines={"NX_TCP_MAXIMUM_RETRIES": 4})

def test_out_of_range(netx_firmware):
    netx_firmware("mail_task.c", include=["inc"], defines={"NX_TCP_ACK_TIMER_RATE": 4000})
"""
    result = run(project, text)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "<firmware mail_task.c> was compiled with NX_TCP_MAXIMUM_RETRIES=4 (here 3), but *",
            "NX_TCP_ACK_TIMER_RATE = 4000 is out of range*",
        ]
    )


def test_builds_are_kept_where_they_are_wanted(project: pytest.Pytester) -> None:
    text = "def test_it(device):\n    assert device.mail_count == 0\n"
    for _ in range(2):
        run(project, text, "--netx-build=built").assert_outcomes(passed=1)

    def builds() -> list[Path]:
        return [path for path in (project.path / "built").glob("*/manifest.json") if "mail_task.h" in path.read_text()]

    first = builds()
    assert len(first) == 1
    with (project.path / "mail_task.c").open("a") as file:
        file.write("int more;\n")
    run(project, text, "--netx-build=built").assert_outcomes(passed=1)
    assert len(builds()) == 1
    assert builds() != first  # what the sources were before is gone


# -- seeds and captures ----------------------------------------------------------------------------


def test_a_seed_replays_a_run(project: pytest.Pytester) -> None:
    text = """
def test_it(device, netx):
    print("drew", device.random_number(), netx.seed)
    assert False
"""

    def drawn(*options: str) -> list[str]:
        return re.findall(r"^drew .*", run(project, text, *options).stdout.str(), re.MULTILINE)

    first = run(project, text)
    seed = re.search(r"replay with: pytest '(\S+)' --netx-seed (\d+)", first.stdout.str())
    assert seed is not None
    assert seed[1] == "test_it.py::test_it"
    assert drawn() == drawn(f"--netx-seed={seed[2]}")
    assert drawn("--netx-seed=1") == drawn("--netx-seed=1") != drawn()


def test_captures_of_failed_tests_are_kept(project: pytest.Pytester) -> None:
    text = """
def test_good(device, pop3_server):
    pop3_server("10.0.0.2", mails=MAILS)
    device.mail_task_run(1)

@pytest.mark.parametrize("user", ["joe/x"])
def test_bad(device, pop3_server, user):
    pop3_server("10.0.0.2", mails=MAILS)
    device.config.user = user
    assert device.mail_task_run(1) == 1
"""
    result = run(project, text, "--netx-capture=captures")
    result.assert_outcomes(passed=1, failed=1)
    kept = list((project.path / "captures").iterdir())
    assert [path.name for path in kept] == ["test_it.py_test_bad[joe_x].pcapng"]
    assert b"USER joe/x\r\n" in kept[0].read_bytes()
    result.stdout.fnmatch_lines([f"tshark -r 'captures/{kept[0].name}'"])


def test_a_capture_is_sound(project: pytest.Pytester, peer: Any) -> None:
    text = """
def test_bad(device, pop3_server):
    pop3_server("10.0.0.2", mails=MAILS)
    assert device.mail_task_run(2) == 3
"""
    run(project, text, "--netx-capture=captures").assert_outcomes(failed=1)
    path = next((project.path / "captures").iterdir())
    command = [peer("tshark"), "-r", path, "-o", "tcp.check_checksum:TRUE", "-T", "fields", "-e", "pop.request.command"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=TIMEOUT).stdout.split()
    assert shown == ["APOP", "STAT", "LIST", "RETR", "LIST", "RETR", "QUIT"] or shown[-1] == "QUIT"


# -- sanitizers and coverage -----------------------------------------------------------------------

SANITIZED = """
@pytest.fixture
def checked(netx_firmware):
    firmware = netx_firmware("mail_task.c", include=["inc"], sanitize="{sanitize}")
    firmware.start()
    return firmware
"""


def sanitized(project: pytest.Pytester, text: str) -> "subprocess.CompletedProcess[str]":
    """Run as the reason of the skip says."""
    result = run_apart(project, SANITIZED.format(sanitize="address,undefined") + text, "-rs")
    result.assert_outcomes(skipped=1)
    command = re.search(r"^(SKIPPED.* run\s*)?(LD_PRELOAD=.*)$", result.stdout.str(), re.MULTILINE)
    assert command is not None, result.stdout.str()
    return subprocess.run(
        ["/bin/sh", "-c", command[2]], cwd=project.path, capture_output=True, text=True, timeout=TIMEOUT, check=False
    )


def line_of(text: str) -> int:
    """The line of the firmware that has this text."""
    return next(
        number for number, line in enumerate((FIRMWARE / "mail_task.c").read_text().splitlines(), 1) if text in line
    )


def test_an_overflow_is_found_by_address_sanitizer(project: pytest.Pytester) -> None:
    done = sanitized(project, "def test_it(checked):\n    checked.write_through(checked.new('UINT[4]'), 4)\n")
    assert done.returncode != 0
    assert "AddressSanitizer" in done.stderr
    assert f"mail_task.c:{line_of('target[index] = 1')}" in done.stderr
    assert "netx: test test_it.py::test_it" in done.stderr


def test_an_overflow_of_a_static_array_is_found(project: pytest.Pytester) -> None:
    done = sanitized(project, "def test_it(checked):\n    checked.write_behind(4)\n")
    assert done.returncode != 0
    assert "index 4 out of bounds" in done.stderr
    assert f"mail_task.c:{line_of('table[index] = index')}" in done.stderr


def test_an_overflow_is_found_by_undefined_behaviour_sanitizer(project: pytest.Pytester) -> None:
    text = SANITIZED.format(sanitize="undefined") + "def test_it(checked):\n    checked.add_one(2**31 - 1)\n"
    result = run_apart(project, text)
    assert result.ret != 0
    assert f"mail_task.c:{line_of('return value + 1')}" in result.stderr.str()
    assert "signed integer overflow" in result.stderr.str()


def test_clean_firmware_passes_under_sanitizers(project: pytest.Pytester) -> None:
    text = """
def test_it(checked, pop3_server):
    pop3_server("10.0.0.2", mails=MAILS)
    assert checked.mail_task_run(5) == 2
    assert checked.thread("mail_entry", 1).wait() is None
    assert checked.mail_count == 3
"""
    done = sanitized(project, text)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def test_coverage(project: pytest.Pytester) -> None:
    text = """
def test_it(netx_firmware, pop3_server):
    firmware = netx_firmware("mail_task.c", include=["inc"], coverage=True)
    firmware.start()
    pop3_server("10.0.0.2", mails=MAILS)
    assert firmware.mail_task_run(5) == 2
"""
    result = run(project, text, "--netx-build=built")
    result.assert_outcomes(passed=1)
    found = re.search(r"^gcovr --root \. (\S+)$", result.stdout.str(), re.MULTILINE)
    assert found is not None
    command = [sys.executable, "-m", "gcovr", "--root", ".", found[1], "--txt-metric", "line"]
    report = subprocess.run(
        command, cwd=project.path, capture_output=True, text=True, timeout=TIMEOUT, check=True
    ).stdout
    line = next(line for line in report.splitlines() if line.startswith("mail_task.c"))
    assert 20 < int(line.split()[2]) < int(line.split()[1]), report  # run, of lines in all
    assert "invoke.c" not in report


# -- crashes ---------------------------------------------------------------------------------------


def test_a_crash_in_c_ends_the_run_with_a_report(project: pytest.Pytester) -> None:
    text = """
def test_fine(device):
    assert device.mail_count == 0

def test_crash(device, netx):
    netx.sleep(7)
    device.crash(8)
"""
    result = run_apart(project, text)
    assert result.ret < 0
    said = result.stderr.str()
    assert "signal SIGSEGV" in said
    assert re.search(rf"crash at .*mail_task.c:{line_of('*where = 1')}", said)
    assert "netx: test test_it.py::test_crash" in said
    assert "tick 7" in said
    assert "thread device" in said


def test_a_crash_in_a_thread(project: pytest.Pytester) -> None:
    text = "def test_it(device, netx):\n    device.thread('crash_entry', 8, priority=3)\n"
    result = run_apart(project, text)
    assert result.ret < 0
    said = result.stderr.str()
    assert re.search(r"crash_entry at .*mail_task.c", said)
    assert "thread crash_entry ready" in said


def test_a_crash_in_a_service_names_it(project: pytest.Pytester) -> None:
    result = run_apart(project, "def test_it(device):\n    print('last words')\n    device.release_nonsense()\n")
    assert result.ret < 0
    said = result.stderr.str()
    assert "netx: in _nxe_packet_transmit_release" in said
    assert re.search(rf"release_nonsense at .*mail_task.c:{line_of('nx_packet_transmit_release(')}", said)
    assert "last words" in said


LOOP = """
#include "tx_api.h"
#include <stdio.h>

VOID loop(VOID)
{
    volatile int going = 1;

    fclose(fopen("running", "w"));
    while (going) {
    }
}
"""


def test_a_loop_without_a_service_can_be_made_a_crash(project: pytest.Pytester) -> None:
    project.makefile(".c", loop=LOOP)
    project.makepyfile(test_it="def test_it(netx_firmware):\n    netx_firmware('loop.c').loop()\n")
    running = project.path / "running"
    os.mkfifo(running)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with project.popen(command, stdin=subprocess.DEVNULL, **outputs) as job:
        running.read_bytes()  # until C is there
        job.send_signal(signal.SIGABRT)
        said = job.communicate(timeout=TIMEOUT)[0].decode()
    assert job.returncode == -signal.SIGABRT
    told = r"(?ms)netx: signal SIGABRT.*^  #\d+ loop at .*loop\.c:\d+.*^netx: test test_it"
    assert re.search(told, said), said


# -- beside others ---------------------------------------------------------------------------------


def test_nothing_is_loaded_where_nothing_is_asked_for(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_plain="""
        import sys

        def test_it():
            others = ("netx_sim", "netx_pop3", "netx_drivers", "elftools", "cffi")
            assert [name for name in sys.modules if name.startswith(others)] == []
            ours = {name for name in sys.modules if name.startswith("netx_c")}
            assert ours <= {"netx_c", "netx_c.plugin", "netx_c.plugin.fixtures"}
        """
    )
    result = project.runpytest_subprocess("-p", "no:cacheprovider", "-W", "error", timeout=TIMEOUT)
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*netx quirks*")


def test_a_missing_dependency_is_named(project: pytest.Pytester) -> None:
    project.makeconftest("import sys\nsys.modules['elftools'] = None\n")
    result = run_apart(project, "def test_it(netx):\n    pass\n")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["pyelftools is missing: pip install 'netx-pop3[[]pytest[]]'"])


def test_xdist(project: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    text = """
@pytest.mark.parametrize("number", range(4))
def test_it(device, pop3_server, number):
    pop3_server("10.0.0.2", mails=MAILS)
    assert device.mail_task_run(number) == min(number, 2)

def test_leak(device):
    device.lose_packet()
"""
    result = run_apart(project, text, "-n", "2", "--netx-capture=captures")
    result.assert_outcomes(passed=4, failed=1)
    assert [path.name for path in (project.path / "captures").iterdir()] == ["test_it.py_test_leak.pcapng"]


def test_options_and_fixtures_are_described(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("--help", timeout=TIMEOUT)
    result.stdout.fnmatch_lines(["NetX firmware:", "*--netx-seed*", "*--netx-capture*", "*--netx-quirks*"])
    result = project.runpytest_subprocess("--markers", timeout=TIMEOUT)
    result.stdout.fnmatch_lines(["@pytest.mark.netx(config, seed, link)*", "*netx_leaks*", "*netx_quirks*"])


def test_a_wrong_marker(project: pytest.Pytester) -> None:
    text = "@pytest.mark.netx(seeds=3)\ndef test_it(netx):\n    pass\n"
    result = run(project, text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["the marker netx takes config, link and seed, not seeds"])


def test_a_marker_with_a_tunable_that_is_none(project: pytest.Pytester) -> None:
    text = "@pytest.mark.netx(config={'NX_FOO': 3})\ndef test_it(netx):\n    pass\n"
    result = run(project, text)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["the marker netx: unknown configuration name NX_FOO"])
    result.stdout.no_fnmatch_line("*During handling*")


def test_a_failure_shows_the_line_of_the_test(project: pytest.Pytester) -> None:
    """And none of the plugin's own."""
    text = """
def test_name(device):
    device.mail_cuont

def test_value(device):
    device.mail_count = -1

def test_argument(device):
    device.mail_task_run("text")

def test_in_vain(netx):
    netx.until(lambda: False, 50)
"""
    result = run(project, text)
    result.assert_outcomes(failed=4)
    for line in ("device.mail_cuont", "device.mail_count = -1", 'device.mail_task_run("text")', "netx.until(*"):
        result.stdout.fnmatch_lines([f"> *{line}"])
    result.stdout.no_fnmatch_line("*netx_c*py:*")


@pytest.mark.parametrize("option", ["--netx-build", "--netx-capture"])
def test_a_folder_that_cannot_be_made_ends_the_run(project: pytest.Pytester, option: str) -> None:
    result = run_apart(project, "def test_it(device):\n    pass\n", f"{option}=test_it.py/folder")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stdout.fnmatch_lines([f"!* {option}=test_it.py/folder: Not a directory !*"])


