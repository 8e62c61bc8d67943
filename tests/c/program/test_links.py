"""The links of a program: what the environment names, what the driver's symbol says, and what goes over them."""

import re
import subprocess
import time
from collections import Counter

import pytest

from netx_c.program.exits import Exit
from netx_drivers import SlipDriver
from netx_pop3 import Account, MemoryStore, Pop3Server
from netx_pop3.maildrop import Host
from netx_sim import NX_SUCCESS, simulation, tx_thread_sleep
from tests.c.program.rig import run
from tests.drivers.pcapng import read
from tests.peers.cable import Cable
from tests.peers.dovecot import PORT, Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib
from tests.peers.mails import mails
from tests.peers.netns import Namespace, Tap

PATIENCE_S = 60

DONE = "received 160, mtu {mtu}, free 60 of 60\n"
RAM = "_nx_ram_network_driver"


def ended_at(text):
    return int(re.search(r"client done at tick (\d+)", text).group(1))


def test_two_instances_on_the_default_wire(exchange):
    done = run(exchange)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "client done at tick 0\n" + DONE.format(mtu=1500)


@pytest.mark.parametrize(
    ("suffix", "mtu"), [("", 1500), ("_256", 256), ("_512", 512), ("_1024", 1024), ("_3000", 3000)]
)
def test_the_mtu_in_the_drivers_name(programs, suffix, mtu):
    """The name counts, whatever the environment says; all instances are on one wire."""
    done = run(programs.build("exchange.c", f"-DDRIVER={RAM}{suffix}"), NETX_LINK="ram:other")
    assert (done.returncode, done.stdout.splitlines(keepends=True)[-1]) == (0, DONE.format(mtu=mtu))


def test_the_environment_names_the_link(exchange):
    """10 ms there and 10 ms back: ARP, the handshake, the data and their end."""
    done = run(exchange, NETX_LINK="ram:lab?latency_us=10000&mtu=576")
    assert (done.returncode, done.stdout.splitlines(keepends=True)[-1]) == (0, DONE.format(mtu=576))
    assert ended_at(done.stdout) >= 6


def test_a_serial_line_that_is_still_busy_at_the_end_has_lost_nothing(exchange):
    """At 9600 baud a packet takes long enough to be repeated; the copies are on the line when the threads end."""
    done = run(exchange, NETX_LINK="slipwire:?baud=9600", NETX_LEAKS="error")
    received, mtu, free = re.search(r"received (\d+), mtu (\d+), free (\d+) of 60", done.stdout).groups()
    assert (done.returncode, done.stderr, received, mtu) == (0, "", "160", "1006")
    assert int(free) < 60


FIVE = """
#include "nx_api.h"
#include "netx_host.h"
#include <stdio.h>

static NX_PACKET_POOL pool;
static NX_IP hosts[5];
static UCHAR area[5000], stacks[5][2048];

VOID tx_application_define(VOID *memory)
{
    ULONG i;
    (void)memory;
    nx_packet_pool_create(&pool, "pool", 1536, area, sizeof area);
    for (i = 0; i < 5; i++)
        nx_ip_create(&hosts[i], "host", IP_ADDRESS(10, 0, 0, 1) + i, 0xFFFFFF00UL, &pool,
                     i & 1 ? nx_host_network_driver : _nx_ram_network_driver, stacks[i], sizeof stacks[i], 1);
}

int main(void)
{
    int i;
    tx_kernel_enter();
    for (i = 0; i < 5; i++)
        printf("%u ", (unsigned)hosts[i].nx_ip_interface[0].nx_interface_ip_mtu_size);
    return 0;
}
"""


def test_the_wire_takes_four_interfaces_as_the_devices_does(programs, tmp_path):
    source = tmp_path / "five.c"
    source.write_text(FIVE)
    assert run(programs.build(str(source))).stdout == "1500 1500 1500 1500 0 "


# -- faults, captures, time ---------------------------------------------------------------------------


def test_faults_do_not_stop_tcp_and_repeat_with_their_seed(exchange, tmp_path):
    captures = [tmp_path / name for name in ("a", "b", "c")]
    seeds = ("7", "7", "8")
    for path, seed in zip(captures, seeds, strict=True):
        faults = f"loss=20%,delay=0-20000,seed={seed}"
        done = run(exchange, NETX_FAULTS=faults, NETX_CAPTURE=str(path), NETX_QUIRKS="ignore", NETX_LEAKS="error")
        assert (done.returncode, done.stderr) == (0, "")
        assert ended_at(done.stdout) > 0
    first, second, third = (path.read_bytes() for path in captures)
    assert first == second != third


def test_the_seed_of_the_simulation(device):
    numbers = [run(device, "random", NETX_SEED=seed).stdout for seed in ("", "0", "1", "1")]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


def test_a_capture_holds_every_frame_once_and_is_clean(exchange, peer, tmp_path):
    tshark, capture = peer("tshark"), tmp_path / "a capture.pcapng"
    assert run(exchange, NETX_CAPTURE=str(capture), NETX_SEED="5").returncode == 0
    assert_clean_capture(tshark, capture)
    found = read(capture)
    assert len(found.interfaces) == 2
    assert Counter(frame.data for frame in found.frames).most_common(1)[0][1] == 1
    payload = b"".join(b"line %02d\n" % number for number in range(20))
    assert b"".join(frame.data[54:] for frame in found.frames if frame.data[54:].startswith(b"line")) == payload
    assert (capture.stat().st_mode & 0o777) == 0o600


def test_a_link_with_a_descriptor_wants_the_real_clock(device, peer):
    peer("libslirp")
    done = run(device, "return", NETX_LINK="nat:", NETX_CLOCK="virtual")
    assert done.returncode == Exit.ENVIRONMENT
    assert done.stderr.endswith("netx: NETX_CLOCK=virtual: a link has a file descriptor, which wants the real clock\n")


def test_the_real_clock_on_a_simulated_link(device):
    done = subprocess.run(["bash", "-c", 'time -p "$0" second', str(device)], capture_output=True, text=True,
                          env={"NETX_CLOCK": "real", "PATH": "/bin:/usr/bin"}, timeout=60, check=False)  # fmt: skip
    assert float(re.search(r"real ([\d.]+)", done.stderr).group(1)) >= 1.0


def test_a_tunable_of_the_environment_takes_effect(device):
    """The ARP queue is longer, so nothing is lost to it."""
    done = run(device, "quirk", NETX_CONFIG="NX_ARP_MAX_QUEUE_DEPTH=10")
    assert "Q-ARP-OVERFLOW" not in done.stderr
    assert "Q-ARP-OVERFLOW" in run(device, "quirk").stderr


def test_a_tunable_of_the_firmware_takes_effect(programs):
    program = programs.build("behaviour.c", "enable.c", "-DNX_ARP_MAX_QUEUE_DEPTH=10")
    assert "Q-ARP-OVERFLOW" not in run(program, "quirk").stderr
    assert "Q-ARP-OVERFLOW" in run(program, "quirk", NETX_CONFIG="NX_ARP_MAX_QUEUE_DEPTH=4").stderr


# -- real peers -----------------------------------------------------------------------------------------


def as_received(fetched):
    """What the device's client hands out: dots as they came, and the end mark."""
    return b"".join(
        b"\r\n".join(b"." + line if line.startswith(b".") else line for line in mail.split(b"\r\n")) + b".\r\n"
        for mail in fetched
    )


def read_mails(argv, **variables):
    """Run a reader, whose standard output is mails; octets, not text."""
    done = subprocess.run(
        argv, env={"PATH": "/bin:/usr/bin", **variables}, capture_output=True, timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"Q-GREETING-LEAK" in done.stderr  # what the device does with APOP is told
    return done.stdout


def test_mails_of_dovecot_through_nat(programs, peer, tmp_path):
    """A program of a user without any privilege reads what poplib reads."""
    peer("libslirp")
    tshark, capture = peer("tshark"), tmp_path / "nat.pcapng"
    program = programs.build("reader.c", f"-DPORT={PORT}")
    with Dovecot(peer("dovecot"), mails(), failure_delay="0") as dovecot:
        expected = as_received(fetched_by_poplib(dovecot))
        got = read_mails([program], NETX_LINK="nat:", NETX_CAPTURE=str(capture))
    assert got == expected
    assert_clean_capture(tshark, capture, (PORT,))


def test_mails_of_dovecot_through_the_linux_driver(programs, peer):
    """`_nx_linux_network_driver` is tap0, without anything being said."""
    peer("tap")
    flags = [f"-DPORT={PORT}", "-DDRIVER=_nx_linux_network_driver", "-DDEVICE=0x0A000002", "-DSERVER=0x0A000001"]
    program = programs.build("reader.c", *flags)
    with Namespace() as space:
        tap = Tap(space, "tap0", "10.0.0.1/24")
        with Dovecot(peer("dovecot"), mails()[:3], tap.address, space, failure_delay="0") as dovecot:
            expected = as_received(fetched_by_poplib(dovecot))
            assert read_mails(space.command(str(program))) == expected
            assert read_mails(space.command(str(program)), NETX_LINK="tap:tap0?mtu=1400") == expected


@pytest.mark.parametrize("options", ["", "?baud=57600&mtu=576&cslip=1"])
def test_mails_over_a_serial_line(programs, tmp_path, options):
    """`slip:` leads to a board with mails, a process and a simulation of its own."""
    program = programs.build("reader.c", f"-DPORT={PORT}")
    stored = [b"Subject: log\r\n\r\n" + b"\xc0\xdb measured\r\n" * 500, b"Subject: empty\r\n\r\n"]
    mails_file = tmp_path / "mails"
    with Cable(tmp_path) as cable, simulation(), Host(SlipDriver(cable.board), "10.0.2.2/24") as board:
        server = Pop3Server(board.ip, board.pool, {"u": Account("secret", MemoryStore(stored))}, port=PORT)
        assert server.start() == NX_SUCCESS
        with mails_file.open("wb") as output:
            link = {"NETX_LINK": f"slip:{cable.name}{options}", "PATH": "/bin:/usr/bin"}
            process = subprocess.Popen([program], env=link, stdout=output, stderr=subprocess.PIPE, text=True)
        with process:
            begun = time.monotonic()
            while process.poll() is None and time.monotonic() - begun < PATIENCE_S:
                tx_thread_sleep(1)
            process.kill()
            said = process.stderr.read()
        assert process.returncode == 0, said
        server.stop()
    assert mails_file.read_bytes() == as_received(stored)


def test_functions_of_the_programs_own_go_before_those_of_the_stack(programs):
    done = run(programs.build("overrides.c"))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "tcp 14\nown driver asked\n")


def test_a_driver_in_c_before_one_of_the_stack(programs, exchange, tmp_path):
    """Its frames are in the capture once, and faults hit them once."""
    program = programs.build("exchange.c", "-include", "filter.h", "-DDRIVER=filter")
    captures = []
    for each in (exchange, program):
        path = tmp_path / f"{len(captures)}.pcapng"
        variables = {"NETX_FAULTS": "delay=500,loss=5%", "NETX_QUIRKS": "ignore", "NETX_CAPTURE": str(path)}
        done = run(each, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        captures.append([frame.data for frame in read(path).frames])
    assert captures[0] == captures[1]


def test_a_link_that_nobody_uses_is_told(programs):
    done = run(programs.build("exchange.c", f"-DDRIVER={RAM}"), NETX_LINK="ram:lab")
    assert done.stderr == "netx: NETX_LINK=ram:lab is not used: no instance has nx_host_network_driver\n"
