"""Firmware in C under the plugin's fixtures: functions, variables, threads, servers and the wire."""

from pathlib import Path
from typing import Any

import pytest

from netx_c.cc import toolchain
from netx_c.cc.interpreter import Interpreter, InterpreterError
from netx_drivers.faults import DROP, PASS
from netx_sim.status import NX_NOT_CONNECTED, NX_SUCCESS
from tests.peers.requirement import require

MAILS = [b"Subject: %d\r\n\r\nmail %d\r\n" % (number, number) for number in range(3)]
FOLDER = Path(__file__).parent / "firmware"


@pytest.fixture
def device(netx_firmware: Any) -> Any:
    firmware = netx_firmware("firmware/mail_task.c", include=["firmware/inc"])
    firmware.start()
    return firmware


def test_it_collects_mail(netx: Any, device: Any, pop3_server: Any) -> None:
    server = pop3_server("10.0.0.2", mails=MAILS)
    assert device.mail_task_run(10) == 3
    assert (device.mail_count, device.last_status, device.file("mail_task.c").calls) == (3, NX_SUCCESS, 1)
    assert device.mail_bytes == sum(len(mail) + 3 for mail in MAILS)  # the end mark is in the count
    assert len(server.store.messages()) == 3
    assert device.config.server[0] == 10


def test_a_line_about_a_struct_keeps_passwords_back(device: Any) -> None:
    assert device.config.password == "secret"
    assert "password=..." in repr(device.config)
    assert "secret" not in repr(device.config)


def test_a_name_that_is_none_says_of_which_firmware(device: Any) -> None:
    with pytest.raises(AttributeError, match=r"^mail_task\.c has no function or variable 'mail_cuont'; there is"):
        _ = device.mail_cuont


@pytest.mark.parametrize("_again", range(2))
def test_every_test_has_fresh_variables(device: Any, pop3_server: Any, _again: int) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    assert device.mail_count == 0
    device.mail_task_run(1)
    assert device.mail_count == 1


def test_variables_can_be_written(device: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.7", mails=MAILS, user="joe", password="hidden", port=1100)
    device.config.server = [10, 0, 0, 7]
    device.config = {"port": 1100, "user": "joe", "password": "hidden"}
    assert device.mail_task_run(2) == 2


def test_a_thread_on_a_c_function(netx: Any, device: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    thread = device.thread("mail_entry", 2, priority=20)
    assert not thread.done  # the test outranks it
    thread.wait()
    assert device.mail_count == 2
    assert thread.block.tx_thread_name == "mail_entry"


def test_a_thread_of_the_firmware_that_never_ends(netx: Any, netx_firmware: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    firmware = netx_firmware("firmware/mail_task.c", include=["firmware/inc"], defines={"MAIL_AT_ONCE": None})
    firmware.config.limit = 2
    firmware.start()
    netx.until(lambda: firmware.mail_count == 2)
    netx.until(lambda: firmware.mail_count == 4, 7000)
    assert netx.now >= 6000  # a minute later


def test_control_blocks_as_c_and_as_python(netx: Any, device: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    twin = device.twin("ip")
    assert twin is netx.ip_instances[0]
    assert device.ip.nx_ip_name == "device"
    device.mail_task_run(1)
    assert device.ip.nx_ip_total_packets_sent == twin.nx_ip_total_packets_sent > 4
    pool = device.twin("pool")
    assert device.pool.nx_packet_pool_available == pool.nx_packet_pool_available == pool.nx_packet_pool_total
    assert device.view(pool).nx_packet_pool_total == pool.nx_packet_pool_total
    assert device.twin(device.ip) is twin
    with pytest.raises(TypeError, match="no control block"):
        device.twin("config")


def test_a_field_written_from_the_test_is_the_device_s(device: Any) -> None:
    device.ip.nx_ip_total_packets_sent = 1000
    assert device.twin("ip").nx_ip_total_packets_sent == 1000


def test_python_blocks_are_pointers_in_c(device: Any, netx: Any) -> None:
    assert device.lose_packet() == NX_SUCCESS
    packet = next(packet for packet in device.twin("pool")._packets if packet not in device.twin("pool")._free)
    assert device.view(packet).nx_packet_length == 0
    from netx_sim import nx_packet_release

    assert nx_packet_release(packet) == NX_SUCCESS


def test_a_script(device: Any, pop3_server: Any) -> None:
    server = pop3_server("10.0.0.2")
    server.reply(b"+OK\r\n").expect(b"USER mary\r\n").reply(b"+OK\r\n").expect(b"PASS secret\r\n").reply(b"+OK\r\n")
    server.expect(b"STAT\r\n").reply(b"-ERR not today\r\n").expect(b"QUIT\r\n").reply(b"+OK\r\n").fin()
    assert device.mail_task_run(5) == 0
    assert server.heard()[-1] == b"QUIT\r\n"


def test_a_maildir(device: Any, pop3_server: Any, tmp_path: Path) -> None:
    box = tmp_path / "Maildir"
    for folder in ("cur", "new", "tmp"):
        (box / folder).mkdir(parents=True)
    (box / "new/1.a.b").write_bytes(b"Subject: x\n\nhello\n")
    server = pop3_server("10.0.0.2", maildir=box)
    assert device.mail_task_run(5) == 1
    assert server.store.path == box


def test_servers_share_an_address(device: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    pop3_server("10.0.0.2", mails=MAILS[:1], port=1110)
    assert device.mail_task_run(5) == 3
    device.config.port = 1110
    assert device.mail_task_run(5) == 1


def test_a_server_with_an_ipv6_address(netx: Any, netx_firmware: Any, pop3_server: Any) -> None:
    firmware = netx_firmware("firmware/ipv6.c")
    firmware.start()
    pop3_server("fd00::2", mails=MAILS)
    assert firmware.mails() == 3


def test_threads_are_in_the_test_s_hand(netx: Any, device: Any) -> None:
    thread = device.thread("waiting_entry", start=False, name="late", threshold=10, time_slice=5)
    netx.sleep(10)
    assert thread.block.tx_thread_run_count == 0
    assert thread.resume() == NX_SUCCESS
    netx.sleep(1)
    assert (repr(thread), thread.block.tx_thread_preempt_threshold) == ("<FirmwareThread late>", 10)
    assert thread.terminate() == NX_SUCCESS
    assert repr(thread) == "<FirmwareThread late done>"
    with pytest.raises(TypeError, match="is no function"):
        device.thread("mail_count")


def test_memory_and_casts(device: Any) -> None:
    text = device.new("char [20]", "some text")
    assert device.cast("char *", text) == "some text"
    assert repr(device) == "<firmware mail_task.c>"


def test_twins_of_pointers_arrays_and_packets(netx_firmware: Any, tmp_path: Path) -> None:
    source = """
    #include "nx_api.h"
    NX_PACKET_POOL pools[2], *second = &pools[1];
    NX_PACKET *packet;
    static UCHAR memory[2][4000];
    VOID tx_application_define(VOID *unused)
    {
        (void)unused;
        nx_packet_pool_create(&pools[0], "first", 100, memory[0], 4000);
        nx_packet_pool_create(&pools[1], "second", 100, memory[1], 4000);
        nx_packet_allocate(&pools[1], &packet, NX_TCP_PACKET, NX_NO_WAIT);
    }
    VOID drop(VOID) { nx_packet_release(packet); }
    """
    (tmp_path / "pools.c").write_text(source)
    firmware = netx_firmware(tmp_path / "pools.c")
    firmware.start()
    assert firmware.twin("second").nx_packet_pool_name == b"second"
    assert firmware.twin("pools").nx_packet_pool_name == b"first"
    assert firmware.twin("packet").nx_packet_pool_owner is firmware.twin("second")
    assert firmware.packet.nx_packet_pool_owner == firmware.second
    firmware.packet = firmware.twin("packet")
    firmware.drop()
    assert not firmware.packet
    with pytest.raises(TypeError, match="is no control block"):
        firmware.twin(3)
    with pytest.raises(TypeError, match="no control block that this firmware knows"):
        firmware.view(object())


def test_what_a_firmware_has_not(netx_firmware: Any, netx: Any) -> None:
    firmware = netx_firmware("firmware/counter.cpp")
    with pytest.raises(AttributeError, match="no tx_application_define"):
        firmware.start()
    with pytest.raises(AttributeError, match="has no nothing"):
        firmware.driver("nothing")


def test_nothing_is_called_when_the_simulation_has_ended(netx_firmware: Any) -> None:
    firmware = netx_firmware("firmware/counter.cpp")
    firmware._firmware_image.detach()
    with pytest.raises(RuntimeError, match="the simulation has ended"):
        firmware.counter_next()
    assert firmware._image.address_of(object()) is None


# -- the wire --------------------------------------------------------------------------------------


def test_faults_on_the_wire(device: Any, pop3_server: Any, wire: Any, netx: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    wire.loss = 0.2
    assert device.mail_task_run(5) == 3
    assert wire.counts.dropped > 0
    assert netx.now > 100  # lost segments were sent again


@pytest.mark.leaks  # the server's connection is cut
def test_a_rule_on_the_wire(device: Any, pop3_server: Any, wire: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    with wire.install(lambda frame: DROP if frame.tcp_data.startswith(b"RETR") else PASS):
        assert device.mail_task_run(5) == 0
    assert device.last_status != NX_SUCCESS


def test_frames_and_a_capture(device: Any, pop3_server: Any, wire: Any, tmp_path: Path) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    file = wire.capture(tmp_path / "session.pcapng")
    device.mail_task_run(1)
    assert any(frame.tcp_data == b"STAT\r\n" for frame in wire.frames)
    assert file.frames == len(wire.frames)
    file.flush()
    assert b"RETR 1\r\n" in (tmp_path / "session.pcapng").read_bytes()


def test_a_slow_wire(netx: Any, netx_firmware: Any, pop3_server: Any, wire: Any) -> None:
    wire.slow(latency_us=50_000)
    firmware = netx_firmware("firmware/mail_task.c", include=["firmware/inc"])
    firmware.start()
    pop3_server("10.0.0.2", mails=MAILS)
    assert firmware.mail_task_run(1) == 1
    assert netx.now >= 80


@pytest.mark.leaks
@pytest.mark.netx(seed=3)
@pytest.mark.netx_leaks("ARP queue", "POP3 Client socket")
def test_nobody_answers(device: Any, netx: Any) -> None:
    assert netx.seed == 3
    assert device.mail_task_run(1) == 0
    assert device.last_status == NX_NOT_CONNECTED
    assert netx.now >= 1000


@pytest.mark.leaks
@pytest.mark.netx_leaks("Q-GREETING-LEAK")
def test_apop_loses_the_greeting(device: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    device.apop = 1
    assert device.mail_task_run(5) == 3
    assert device.pool.nx_packet_pool_available == device.pool.nx_packet_pool_total - 1


@pytest.mark.netx(link="ram:yard")
def test_the_host_s_link(netx: Any, netx_firmware: Any, wire: Any) -> None:
    """Faults and frames are those of all links."""
    host = {"_nx_ram_network_driver": "nx_host_network_driver"}
    device = netx_firmware("firmware/mail_task.c", include=["firmware/inc"], defines=host)
    server = netx_firmware("firmware/server.c", defines=host)
    device.start()
    server.start()
    assert netx.default_wire is wire
    device.mail_task_run(1)
    assert server.served == 1
    assert any(b"closed for today" in frame.tcp_data for frame in wire.frames)


def test_two_firmwares_on_one_wire(netx: Any, device: Any, netx_firmware: Any) -> None:
    server = netx_firmware("firmware/server.c")
    server.start()
    assert device.mail_task_run(1) == 0
    assert (server.served, device.mail_count) == (1, 0)
    assert server.twin("ip") is not device.twin("ip")
    assert [str(instance.nx_ip_name) for instance in netx.ip_instances] == ["device", "server"]


# -- builds ----------------------------------------------------------------------------------------


def test_cpp(netx: Any, netx_firmware: Any) -> None:
    firmware = netx_firmware("firmware/counter.cpp")
    assert firmware.counter_next() == 11
    assert firmware.counter_next() == 12
    assert firmware.counter_sleep(7) == 0
    assert netx.now == 7


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_compilers(netx_firmware: Any, pop3_server: Any, compiler: str) -> None:
    require(compiler)
    firmware = netx_firmware("firmware/mail_task.c", include=["firmware/inc"], compiler=compiler, flags=["-O2"])
    firmware.start()
    pop3_server("10.0.0.2", mails=MAILS)
    assert firmware.mail_task_run(5) == 3


def test_the_team_s_tunables_are_the_simulation_s(netx: Any, netx_firmware: Any, tmp_path: Path) -> None:
    (tmp_path / "nx_user.h").write_text("#define NX_TCP_MAXIMUM_RETRIES 3\n#define NX_IP_PERIODIC_RATE 100\n")
    firmware = netx_firmware(
        "firmware/mail_task.c",
        include=["firmware/inc", tmp_path],
        defines={"NX_INCLUDE_USER_DEFINE_FILE": True, "TX_MAX_PRIORITIES": 64, "UNUSED": False},
    )
    assert (netx.config.NX_TCP_MAXIMUM_RETRIES, netx.config.TX_MAX_PRIORITIES) == (3, 64)
    firmware.start()
    assert firmware.twin("ip") is netx.ip_instances[0]


@pytest.mark.netx(config={"NX_TCP_MAXIMUM_RETRIES": 2})
def test_the_marker_s_tunables_win(netx: Any, netx_firmware: Any) -> None:
    netx_firmware("firmware/mail_task.c", include=["firmware/inc"], defines={"NX_TCP_MAXIMUM_RETRIES": 5})
    assert netx.config.NX_TCP_MAXIMUM_RETRIES == 2


def test_a_python_without_a_shared_library_of_its_own(
    netx_firmware: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only programs start an interpreter."""

    def missing() -> Interpreter:
        raise InterpreterError("no shared library")

    monkeypatch.setattr(toolchain, "interpreter", missing)
    assert netx_firmware("firmware/counter.cpp", flags=["-DOTHER"]).counter_next() == 11
    with pytest.raises(toolchain.ToolchainError, match="no shared library"):
        toolchain.build_program([FOLDER / "server.c"], tmp_path / "program")


def test_a_changed_header_is_compiled_again(netx_firmware: Any, tmp_path: Path) -> None:
    (tmp_path / "value.h").write_text("#define VALUE 1\n")
    (tmp_path / "a.c").write_text('#include "tx_api.h"\n#include "value.h"\nint value = VALUE;\n')
    first = netx_firmware(tmp_path / "a.c")
    again = netx_firmware(tmp_path / "a.c")
    (tmp_path / "value.h").write_text("#define VALUE 2\n")
    second = netx_firmware(tmp_path / "a.c")
    assert (first.value, again.value, second.value) == (1, 1, 2)
    assert first._image.program is again._image.program is not second._image.program


def test_the_world_runs_to_its_end(netx: Any, device: Any, pop3_server: Any) -> None:
    pop3_server("10.0.0.2", mails=MAILS)
    device.thread("mail_entry", 2)
    netx.run()  # the test is no thread any more
    assert device.mail_count == 2


def test_what_cannot_be_built(netx_firmware: Any) -> None:
    with pytest.raises(TypeError, match="at least one source"):
        netx_firmware()
    with pytest.raises(ValueError, match="wants gcc"):
        netx_firmware("firmware/counter.cpp", coverage=True, compiler="clang")


def test_values_outside_of_a_wire_s_range(wire: Any) -> None:
    with pytest.raises(ValueError, match="probability from 0 to 1"):
        wire.loss = 2
    with pytest.raises(AttributeError, match="'lost'"):
        wire.lost = 0.5
    wire.delay = 100
    assert wire.delay == (100, 100)


def test_what_python_offers_is_still_there(netx: Any) -> None:
    netx.sleep(5)
    assert netx.now == 5
    netx.busy(2)
    assert netx.now == 7
    assert "tick 7" in netx.netstat()


def test_functions_of_many_arguments(netx_firmware: Any, tmp_path: Path) -> None:
    source = tmp_path / "many.c"
    for count in (12, 13, 24, 25):
        params = ", ".join(f"ULONG p{place}" for place in range(count))
        total = " + ".join(f"p{place} * {place + 1}" for place in range(count))
        source.write_text(f'#include "tx_api.h"\nULONG many({params});\nULONG many({params}) {{ return {total}; }}\n')
        many = netx_firmware(source).many
        if count > 24:
            with pytest.raises(TypeError, match="many has more than 24 arguments"):
                many(*range(count))
        else:
            assert many(*range(count)) == sum(place * (place + 1) for place in range(count))


POINTERS = r"""
#include <stdint.h>
#include "tx_api.h"

struct job { UINT run, fired, received; } job;
static TX_THREAD thread;
static TX_TIMER timer;
static TX_QUEUE queue;
static ULONG stack[256], messages[4];

static VOID entry(ULONG input)
{
    ULONG message = input;
    ((struct job *)(uintptr_t)input)->run++;
    tx_queue_send(&queue, &message, TX_NO_WAIT);
    message = 0;
    tx_queue_receive(&queue, &message, TX_NO_WAIT);
    ((struct job *)(uintptr_t)message)->received++;
}

static VOID expire(ULONG input)
{
    ((struct job *)(uintptr_t)input)->fired++;
}

VOID tx_application_define(VOID *memory)
{
    ULONG pointer = (ULONG)(uintptr_t)&job;
    (VOID)memory;
    tx_queue_create(&queue, "queue", 1, messages, sizeof(messages));
    tx_thread_create(&thread, "thread", entry, pointer, stack, sizeof(stack), 4, 4, TX_NO_TIME_SLICE, TX_AUTO_START);
    tx_timer_create(&timer, "timer", expire, pointer, 3, 0, TX_AUTO_ACTIVATE);
}
"""


@pytest.mark.parametrize("_again", range(5))
def test_pointers_that_go_as_32_bits(netx: Any, netx_firmware: Any, tmp_path: Path, _again: int) -> None:
    source = tmp_path / "pointers.c"
    source.write_text(POINTERS)
    firmware = netx_firmware(source)
    firmware.start()
    netx.sleep(10)
    assert (firmware.job.run, firmware.job.received, firmware.job.fired) == (1, 1, 1)
