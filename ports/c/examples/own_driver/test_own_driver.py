"""A link driver written in C: mails over it, and what it does when the other core or the pool does not keep up."""

import pytest

from netx_pop3 import Account, MemoryStore, Pop3Server
from netx_pop3.maildrop import Host
from netx_sim import (
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_ALLOC_ERRORS,
    NX_LINK_GET_DUPLEX_TYPE,
    NX_LINK_GET_RX_COUNT,
    NX_LINK_GET_STATUS,
    NX_LINK_GET_TX_COUNT,
    NX_NO_WAIT,
    NX_RECEIVE_PACKET,
    NX_SUCCESS,
    NX_TRUE,
    NX_UNHANDLED_COMMAND,
    Ref,
    nx_ip_driver_direct_command,
    nx_packet_allocate,
    nx_packet_release,
)

READER = "../mail_reader"
SERVER = "10.0.0.1"
LOGIN = {"user": "user", "password": "secret"}
MAILS = [b"Subject: %d\r\n\r\n" % number + b"some text\r\n" * 300 * number for number in range(3)]
BROADCAST, CORE0, CORE1 = b"\xff" * 6, b"\x02\x0a\x0b\x0c\x0d\x00", b"\x02\x0a\x0b\x0c\x0d\x01"


@pytest.fixture
def chip(build):
    """Both cores' drivers, and on core 0 the mail reader, not started yet."""
    return build(
        f"{READER}/mail_reader.c",
        f"{READER}/kept_mails.c",
        "ipc_link.c",
        "doorbell_host.c",
        defines={"NETWORK_DRIVER": "ipc_driver_core0"},
    )


@pytest.fixture
def server(chip, pop3_server):
    """A POP3 server on core 1."""
    return pop3_server(SERVER, mails=MAILS, link=chip.driver("ipc_driver_core1"), **LOGIN)


def done(chip):
    """Has the reader's thread ended?"""
    return lambda: chip.twin("mail_thread").tx_thread_state == 1


def kept(chip):
    """All that the application was given."""
    return bytes(chip.kept[: chip.kept_length])


def ring(chip, core):
    """The ring that this core reads."""
    return chip.file("ipc_link.c").rings[core]


def interrupt(netx, chip, core):
    """The doorbell of a core, by hand."""
    netx.interrupt(lambda: chip.ipc_interrupt(core))


def put(chip, core, frame):
    """A frame into the ring of a core, as the other core does it."""
    target = ring(chip, core)
    slot = target.slot[target.head % 8]
    slot.length = len(frame)
    for at, byte in enumerate(frame):
        slot.data[at] = byte
    target.head += 1


def ask(chip, command):
    """What the driver of core 0 answers to a command of the application."""
    answer = Ref(0)
    status = nx_ip_driver_direct_command(chip.twin("mail_ip"), command, answer)
    return status, answer.value


# -- mails ------------------------------------------------------------------------------------------


def test_mails_from_the_other_core(netx, chip, server, wire):
    chip.start()
    netx.until(done(chip))
    assert kept(chip) == b"".join(MAILS)
    assert server.store.messages() == []
    here, there = chip.ipc_counters
    assert here.sent == there.received
    assert there.sent == here.received
    assert here.sent + there.sent == len(wire.frames)
    assert here.ring_full == here.no_packet == here.unwanted == 0


def test_a_frame_takes_as_long_as_the_doorbell(netx, chip, server, wire):
    chip.start()
    netx.until(done(chip))
    first, second = (frame.time_us for frame in wire.frames[:2])  # the ARP request, and its answer
    assert second - first == 20


@pytest.mark.parametrize("fault", ["loss", "duplicate", "reorder", "corrupt"])
def test_faults_on_the_link(netx, chip, server, wire, fault):
    """The wire's faults are around drivers in C as well."""
    setattr(wire, fault, 0.1)
    chip.start()
    netx.until(done(chip), 60_000)
    assert kept(chip).endswith(b"".join(MAILS))
    assert wire.counts.seen > len(MAILS)


@pytest.fixture
def server_of_chains(chip):
    """Core 1 has a pool of small packets: its segments are chains, which the driver copies part by part."""
    host = Host(chip.driver("ipc_driver_core1"), f"{SERVER}/24", packets=200, payload=256)
    Pop3Server(host.ip, host.pool, {"user": Account("secret", MemoryStore(MAILS))}).start()


def test_a_server_whose_packets_are_chains(netx, chip, server_of_chains):
    chip.start()
    netx.until(done(chip))
    assert kept(chip) == b"".join(MAILS)


def test_a_capture(netx, chip, server, wire, tshark, tmp_path):
    file = wire.capture(tmp_path / "link.pcapng")
    chip.start()
    netx.until(done(chip))
    file.flush()
    assert tshark(tmp_path / "link.pcapng", "pop.request.command")[-1] == "QUIT"


# -- frames -----------------------------------------------------------------------------------------


def test_the_link_header_of_what_is_sent(netx, chip, server):
    chip.doorbell_masked[1] = 1
    chip.start()
    netx.sleep(1)
    request = bytes(ring(chip, 1).slot[0].data[:42])
    assert request[:14] == BROADCAST + CORE0 + b"\x08\x06"
    chip.doorbell_masked[1] = 0
    interrupt(netx, chip, 1)
    netx.sleep(1)
    assert bytes(ring(chip, 1).slot[1].data[:16]) == CORE1 + CORE0 + b"\x08\x00\x45\x00"
    netx.until(done(chip))


def test_a_full_ring_costs_frames_but_no_mail(netx, chip, server, wire):
    """Core 0 has its interrupts off for so long that more comes than the ring holds."""
    wire.delay = 5_000  # microseconds, so that the test can look on
    chip.start()
    netx.until(lambda: chip.kept_mails == 1)
    chip.doorbell_masked[0] = 1
    netx.until(lambda: chip.ipc_counters[1].ring_full, 2000)
    chip.doorbell_masked[0] = 0
    interrupt(netx, chip, 0)
    netx.until(done(chip), 20_000)
    assert kept(chip).endswith(b"".join(MAILS))


def test_an_empty_pool_costs_frames_but_no_mail(netx, chip, server, wire):
    wire.delay = 5_000  # microseconds, so that the test can look on
    chip.start()
    pool = chip.twin("mail_pool")
    netx.until(lambda: chip.kept_mails == 1)
    taken = []
    while pool.nx_packet_pool_available:
        packet = Ref()
        assert nx_packet_allocate(pool, packet, NX_RECEIVE_PACKET, NX_NO_WAIT) == NX_SUCCESS
        taken.append(packet)
    netx.sleep(200)
    lost = chip.ipc_counters[0].no_packet
    for packet in taken:
        nx_packet_release(packet)
    netx.until(done(chip), 20_000)
    assert lost > 0
    assert ask(chip, NX_LINK_GET_ALLOC_ERRORS) == (NX_SUCCESS, chip.ipc_counters[0].no_packet)
    assert kept(chip).endswith(b"".join(MAILS))


def test_frames_that_nobody_wants(netx, chip, server):
    put(chip, 0, BROADCAST + CORE1 + b"\x08\x00" + bytes(46))
    interrupt(netx, chip, 0)
    assert chip.ipc_counters[0].unwanted == 1  # core 0 has no instance yet
    chip.start()
    netx.until(done(chip))
    put(chip, 0, CORE0 + CORE1 + b"\x88\xcc" + bytes(46))
    interrupt(netx, chip, 0)
    assert chip.ipc_counters[0].unwanted == 2  # a type it does not know
    assert nx_ip_driver_direct_command(chip.twin("mail_ip"), NX_LINK_DISABLE, Ref()) == NX_SUCCESS
    put(chip, 0, CORE0 + CORE1 + b"\x08\x00" + bytes(46))
    interrupt(netx, chip, 0)
    assert chip.ipc_counters[0].unwanted == 3  # the link is down


# -- commands ---------------------------------------------------------------------------------------


def test_what_the_driver_answers(netx, chip, server):
    chip.start()
    netx.until(done(chip))
    assert ask(chip, NX_LINK_GET_STATUS) == (NX_SUCCESS, NX_TRUE)
    assert ask(chip, NX_LINK_GET_TX_COUNT) == (NX_SUCCESS, chip.ipc_counters[0].sent)
    assert ask(chip, NX_LINK_GET_RX_COUNT) == (NX_SUCCESS, chip.ipc_counters[0].received)
    assert ask(chip, NX_LINK_GET_DUPLEX_TYPE)[0] == NX_UNHANDLED_COMMAND
    ask(chip, NX_LINK_DISABLE)
    assert ask(chip, NX_LINK_GET_STATUS) == (NX_SUCCESS, 0)
    ask(chip, NX_LINK_ENABLE)
    assert ask(chip, NX_LINK_GET_STATUS) == (NX_SUCCESS, NX_TRUE)
