"""What programs end with: their own status, and those that say why they could not go on."""

import re
import signal
import subprocess

import pytest

from netx_c.program.exits import Exit
from tests.c.program.rig import PATIENCE_S, environment, run
from tests.drivers.pcapng import read

LOST = "netx: packets are out of their pools at the end\npool pool: 1 of 19 packets are out\n"


def lines(text):
    return [line for line in text.splitlines() if line.startswith("netx: ")]


@pytest.mark.parametrize(("thing", "status"), [("return", 3), ("exit", 9), ("stop", 3)])
def test_the_programs_own_status_counts(device, thing, status):
    done = run(device, thing)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")


def test_every_thread_waits_for_ever(device):
    done = run(device, "wait")
    assert done.returncode == Exit.DEADLOCK
    assert done.stderr == "netx: nothing can happen any more\n  thread mail suspended\n"


@pytest.mark.parametrize("thing", ["fault", "early"], ids=["in-a-thread", "in-main"])
def test_a_device_would_crash(device, thing):
    done = run(device, thing)
    assert done.returncode == Exit.FAULT
    assert lines(done.stderr)[0] == "netx: in _nxe_pop3_client_delete"
    assert re.search(r"^  #0 delete_unborn at .*/behaviour\.c:\d+$", done.stderr, re.MULTILINE)
    assert "netx: T-NO-CLIENT: " in lines(done.stderr)[-1]


FOREIGN = """
#include "tx_api.h"
#include <pthread.h>
static TX_THREAD thread;
static UCHAR stack[4096];
static void *foreign(void *argument) { tx_thread_sleep(1); return argument; }
static VOID entry(ULONG argument)
{
    pthread_t other;
    (void)argument;
    pthread_create(&other, NULL, foreign, NULL);
    pthread_join(other, NULL);
}
VOID tx_application_define(VOID *memory)
{
    (void)memory;
    tx_thread_create(&thread, "thread", entry, 0, stack, sizeof stack, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
}
int main(void) { tx_kernel_enter(); return 0; }
"""


def test_a_service_from_a_thread_that_the_stack_does_not_know(programs, tmp_path):
    source = tmp_path / "foreign.c"
    source.write_text(FOREIGN)
    done = run(programs.build(str(source)))
    assert done.returncode == Exit.HOST
    assert done.stderr.startswith("netx: tx_thread_sleep was called from a thread that the program has started itself")
    assert "Traceback" not in done.stderr


EXIT = """
#include "tx_api.h"
#include <stdio.h>
#include <stdlib.h>
static TX_THREAD threads[2];
static UCHAR stacks[2][4096];
static void bye(void) { printf("bye\\n"); }
static VOID entry(ULONG number)
{
    tx_thread_sleep(number ? 5 : 1000);
    exit(9);
}
VOID tx_application_define(VOID *memory)
{
    UINT i;
    (void)memory;
    for (i = 0; i < 2; i++)
        tx_thread_create(&threads[i], "thread", entry, i, stacks[i], 4096, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
}
int main(void) { atexit(bye); tx_kernel_enter(); return 0; }
"""


def test_exit_from_another_thread_runs_what_is_to_be_run(programs, tmp_path):
    source, capture = tmp_path / "exit.c", tmp_path / "x.pcapng"
    source.write_text(EXIT)
    done = run(programs.build(str(source)), NETX_CAPTURE=str(capture))
    assert (done.returncode, done.stdout, done.stderr) == (9, "bye\n", "")
    read(capture)  # whole


MEMORY = """
#include "tx_api.h"
#include <string.h>
static TX_THREAD thread;
static UCHAR *memory, stack[4096];
static VOID entry(ULONG size)
{
    tx_thread_sleep(5);
    memset(memory, 7, size);
}
VOID tx_application_define(VOID *first_unused_memory)
{
    memory = first_unused_memory;
    tx_thread_create(&thread, "thread", entry, SIZE, stack, sizeof stack, 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
}
int main(void) { tx_kernel_enter(); return memory[SIZE - 1]; }
"""


def test_the_first_unused_memory_stays_the_programs(programs, tmp_path):
    """Under a sanitizer, which sees memory that was given back, and where it ends."""
    source = tmp_path / "memory.c"
    source.write_text(MEMORY)
    flags = ("--sanitize", "address", "-DTX_LINUX_MEMORY_SIZE=9000")
    done = run(programs.build(*flags, "-DSIZE=9000", str(source)))
    assert (done.returncode, done.stderr) == (7, "")
    over = run(programs.build(*flags, "-DSIZE=9100", str(source)))
    assert "use-after-poison" in over.stderr


@pytest.mark.parametrize(
    ("care", "thing", "status", "said"),
    [
        ("", "leak", 3, True),
        ("report", "leak", 3, True),
        ("ignore", "leak", 3, False),
        ("error", "leak", 3, True),
        ("error", "leak-and-fail", 9, True),
        ("error", "show", 3, False),
    ],
)
def test_leaks_are_told_and_do_not_hide_a_failure(device, care, thing, status, said):
    done = run(device, thing, NETX_LEAKS=care)
    assert done.returncode == status
    assert (LOST in done.stderr) == said
    assert ("from " in done.stderr) == (said and bool(care))


def test_a_leak_can_be_the_failure(programs):
    """A program that would have ended well ends with a status of its own, and names the line that lost the packet."""
    program = programs.build("behaviour.c", "enable.c", "-DEND=0")
    assert run(program, "leak").returncode == 0
    done = run(program, "leak", NETX_LEAKS="error")
    assert done.returncode == Exit.LEAK
    line = r"1 held by nx_packet_allocate since tick 2, allocated by nx_packet_allocate at tick 2, from "
    assert re.search(line + r".*behaviour\.c:\d+ leak, thread mail\n", done.stderr)
    assert run(program, "return", NETX_LEAKS="error").returncode == 0


def test_quirks_are_told_once_and_counted(programs):
    program = programs.build("behaviour.c", "enable.c", "-DEND=0")
    done = run(program, "quirk")
    assert done.returncode == 0
    assert [line.split(": ")[1] for line in lines(done.stderr)] == ["Q-ARP-OVERFLOW", "Q-ARP-KEEPS", "in all"]
    assert lines(done.stderr)[-1] == "netx: in all: Q-ARP-OVERFLOW 2 times"
    assert run(program, "quirk", NETX_QUIRKS="error").returncode == Exit.QUIRK
    quiet = run(program, "quirk", NETX_QUIRKS="ignore")
    assert (quiet.returncode, quiet.stderr) == (0, "")


@pytest.mark.parametrize(
    ("variables", "status", "said"),
    [
        ({"NETX_SEED": "x"}, Exit.ENVIRONMENT, "NETX_SEED=x: "),
        ({"NETX_LINK": "rom:"}, Exit.ENVIRONMENT, "NETX_LINK=rom:: there is no link scheme 'rom'"),
        ({"NETX_LINK": "tap:none?mtu=x"}, Exit.ENVIRONMENT, "NETX_LINK=tap:none?mtu=x: tap: option mtu=x"),
        ({"NETX_LINK": "tap:netxnone"}, Exit.LINK, "netxnone"),
        ({"NETX_CAPTURE": "/nowhere/x"}, Exit.ENVIRONMENT, "NETX_CAPTURE=/nowhere/x: No such file or directory"),
    ],
)
def test_the_environment_is_checked_before_anything_runs(device, variables, status, said):
    done = run(device, "show", **variables)
    assert (done.returncode, done.stdout) == (status, "")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


# -- signals ------------------------------------------------------------------------------------------


def started(program, thing, **variables):
    # A shell has jobs in the background ignore Ctrl-C, and they leave that to their children.
    argv = ["env", "--default-signal", program, thing]
    process = subprocess.Popen(
        argv, env=environment(**variables), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "runs\n"
    return process


def said_by(process):
    """What it says until its end, which is forced in the end."""
    try:
        return process.communicate(timeout=PATIENCE_S)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        raise


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, Exit.INTERRUPTED), (signal.SIGTERM, Exit.TERMINATED)], ids=["INT", "TERM"]
)
@pytest.mark.parametrize("thing", ["run", "run two", "ask"])
def test_a_program_that_is_stopped_finishes_its_files(device, tmp_path, thing, number, status):
    capture = tmp_path / "x.pcapng"
    with started(device, thing, NETX_CAPTURE=str(capture)) as process:
        process.send_signal(number)
        said = said_by(process)
    assert (process.returncode, said) == (status, "netx: stopped\n")
    read(capture)  # whole


def test_a_program_in_a_loop_of_its_own_ends_at_the_second_signal(device):
    with started(device, "loop") as process:
        for _ in range(100):
            process.send_signal(signal.SIGINT)
            try:
                process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                pass
        said_by(process)
    assert process.returncode == -signal.SIGINT


def test_a_signal_handler_of_the_program_stays(programs, tmp_path):
    source = tmp_path / "own.c"
    source.write_text(
        '#include "tx_api.h"\n#include <signal.h>\n#include <stdlib.h>\n'
        "static void own(int number) { (void)number; _Exit(42); }\n"
        "VOID tx_application_define(VOID *memory) { (void)memory; raise(SIGINT); }\n"
        "int main(void) { signal(SIGINT, own); tx_kernel_enter(); return 0; }\n"
    )
    assert run(programs.build(str(source))).returncode == 42


def test_a_program_that_defines_no_application(programs, tmp_path):
    source = tmp_path / "nothing.c"
    source.write_text('#include "tx_api.h"\nint main(void) { tx_kernel_enter(); return 0; }\n')
    done = run(programs.build(str(source)))
    said = "netx: tx_kernel_enter was called, but no tx_application_define is in the program\n"
    assert (done.returncode, done.stderr) == (Exit.HOST, said)
