"""A signal in C: what is said, and that the process ends as the signal has it."""

import re
import signal

import pytest

from tests.c.program.rig import run
from tests.drivers.pcapng import read


def frames(text):
    """Functions and lines of the report, innermost first."""
    return re.findall(r"^  #\d+ (\S+) at (?:.*/)?([\w.]+:\d+)", text, re.MULTILINE)


def names(text):
    return [name for name, _ in frames(text)]


def test_a_crash_names_the_line_the_thread_and_the_state(device):
    done = run(device, "crash")
    assert done.returncode == -signal.SIGSEGV
    assert done.stderr.startswith("netx: signal SIGSEGV (Segmentation fault); address (nil)\n")
    assert names(done.stderr) == ["parse_header", "mail"]
    assert re.fullmatch(r"behaviour\.c:\d+", frames(done.stderr)[0][1])
    assert "netx: in thread mail\nnetx: netstat\ntick 2\n" in done.stderr
    assert "pool pool 19/19 free" in done.stderr
    assert "interface PRI 10.0.0.1/255.255.255.0" in done.stderr


@pytest.mark.parametrize(
    ("thing", "number", "called"),
    [
        ("divide", signal.SIGFPE, ["divide", "mail"]),
        ("overflow-other", signal.SIGSEGV, ["deep"]),
        ("timer", signal.SIGSEGV, ["parse_header", "on_timer"]),
        ("service", signal.SIGSEGV, ["crash_in_service", "mail"]),
    ],
)
def test_the_stack_of_c(device, thing, number, called):
    done = run(device, thing)
    assert done.returncode == -number
    assert names(done.stderr)[: len(called)] == called
    assert "PyEval" not in done.stderr
    assert "netx: netstat\n" in done.stderr
    assert len(done.stderr.splitlines()) < 40  # an endless recursion is not told in full


def test_a_call_through_a_null_pointer_names_who_called(device):
    done = run(device, "jump")
    assert done.returncode == -signal.SIGSEGV
    assert "  #0 (nil), which is no code\n" in done.stderr
    assert names(done.stderr)[:2] == ["jump_nowhere", "mail"]


def test_abort_and_a_signal_from_outside(device):
    aborted, sent = run(device, "abort"), run(device, "signal")
    assert (aborted.returncode, sent.returncode) == (-signal.SIGABRT, -signal.SIGSEGV)
    assert "mail" in names(aborted.stderr)
    assert "send_signal" in names(sent.stderr)


def test_the_service_that_was_called_is_named(device):
    assert "netx: in _nxe_packet_allocate\n" in run(device, "service").stderr


def test_a_crash_leaves_a_whole_capture(device, tmp_path):
    """What was on the link before is what a crash is explained with."""
    capture = tmp_path / "x.pcapng"
    done = run(device, "crash", NETX_CAPTURE=str(capture))
    assert done.returncode == -signal.SIGSEGV
    read(capture)


def test_without_addr2line_there_are_addresses(device, tmp_path):
    done = run(device, "crash", PATH=str(tmp_path))
    assert done.returncode == -signal.SIGSEGV
    assert re.search(rf"^  #0 {re.escape(str(device))}\+0x[0-9a-f]+$", done.stderr, re.MULTILINE)


def test_a_handler_of_the_program_stays(programs, tmp_path):
    source = tmp_path / "own.c"
    source.write_text(
        '#include "tx_api.h"\n#include <signal.h>\n#include <stdlib.h>\n'
        "static void own(int number) { (void)number; _Exit(42); }\n"
        "VOID tx_application_define(VOID *memory) { (void)memory; raise(SIGSEGV); }\n"
        "int main(void) { signal(SIGSEGV, own); tx_kernel_enter(); return 0; }\n"
    )
    done = run(programs.build(str(source)))
    assert (done.returncode, done.stderr) == (42, "")
