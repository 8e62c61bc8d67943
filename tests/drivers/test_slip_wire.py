"""The simulated serial line: its times, its noise, and mail collected over it."""

import io
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

import pytest

from netx_drivers import Capture, CaptureFile, SlipWire
from netx_drivers.capture import LINKTYPE_RAW
from netx_drivers.slip_codec import encode
from netx_sim import NX_NO_PACKET, NX_NOT_CONNECTED, NX_SUCCESS, simulation, tx_thread_sleep
from netx_sim.constants import (
    NX_INTERFACE_TYPE_OTHER,
    NX_LINK_ARP_SEND,
    NX_LINK_DISABLE,
    NX_LINK_GET_ERROR_COUNT,
    NX_LINK_GET_INTERFACE_TYPE,
    NX_LINK_GET_SPEED,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
)
from netx_sim.kernel import Simulation
from netx_sim.packet import packet_get
from netx_sim.snapshot import netstat
from netx_sim.status import NX_INVALID_INTERFACE, NX_NOT_SUCCESSFUL
from netx_sim.testing.driver_bench import ip_packet
from netx_sim.testing.driver_conformance import CHECKS, Check, run_check
from netx_sim.wire.checksum import checksum
from tests.drivers.pcapng import read
from tests.drivers.slip_mail import WINDOW, Collector, Mailbox, mail, wire_form
from tests.drivers.slip_rigs import MTU, FarEnd, SlipWireRig

US = 1_000_000
SETTLED = 60000  # ticks until nothing of an ended connection is left
DIRECTION, INBOUND, OUTBOUND = 2, 1, 2  # flags of a packet in a capture


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulation() as world:
        yield world


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def ends(wire: SlipWire) -> tuple[FarEnd, FarEnd]:
    pair = FarEnd(wire), FarEnd(wire)
    pair[0].ip._sim.wait(None, 1)
    return pair


def statistics(end: FarEnd) -> Any:
    return end.wire.end_of(end.interface).statistics  # type: ignore[attr-defined]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("cslip", [False, True])
def test_line_conforms(check: Check, cslip: bool) -> None:
    run_check(check, lambda: SlipWireRig(SlipWire(1_000_000, MTU, cslip)))


# -- time -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("baud", "bits"), [(9600, 10), (115200, 10), (57600, 11), (921600, 12)])
def test_every_byte_takes_its_time(sim: Simulation, baud: int, bits: int) -> None:
    """Rounding to microseconds does not add up, and an escaped byte takes twice the time."""
    near, far = ends(SlipWire(baud, bits=bits))
    start, sizes = sim.now_us(), []
    for number in range(30):
        data = ip_packet(b"\xc0\xdb" * number)
        near.send(data)
        sizes.append(len(encode(data)))
    sim.wait(None, 500)
    assert far.times == [start + -(-sum(sizes[: count + 1]) * bits * US // baud) for count in range(30)]


def test_each_direction_has_the_line_for_itself(sim: Simulation) -> None:
    near, far = ends(SlipWire(9600))
    near.send(ip_packet(b"there"))
    far.send(ip_packet(b"back!"))
    sim.wait(None, 100)
    assert near.times == far.times
    assert far.heard == [ip_packet(b"there")]
    assert near.heard == [ip_packet(b"back!")]


def test_packet_is_with_the_driver_until_its_last_byte_is_out(sim: Simulation) -> None:
    near, _ = ends(SlipWire(1200))
    near.send(ip_packet(bytes(100)))
    assert near.pool.nx_packet_pool_available == near.pool.nx_packet_pool_total - 1
    sim.wait(None, 99)
    assert near.pool.nx_packet_pool_available == near.pool.nx_packet_pool_total - 1
    sim.wait(None, 10)
    assert near.pool.nx_packet_pool_available == near.pool.nx_packet_pool_total


def test_what_is_not_sent_yet_goes_with_its_sender(sim: Simulation) -> None:
    near, far = ends(SlipWire(1200))
    for _ in range(3):
        near.send(ip_packet(bytes(100)))
    sim.wait(None, 150)
    assert near.request(NX_LINK_INTERFACE_DETACH) == NX_SUCCESS
    assert near.pool.nx_packet_pool_available == near.pool.nx_packet_pool_total
    sim.wait(None, 500)
    assert len(far.heard) == 1


# -- requests -------------------------------------------------------------------------------------------


def test_line_has_two_ends(sim: Simulation) -> None:
    wire = SlipWire()
    ends(wire)
    third = FarEnd(wire)
    assert third.request(NX_LINK_INTERFACE_ATTACH) == NX_INVALID_INTERFACE


def test_line_tells_what_it_is(sim: Simulation) -> None:
    near, _ = ends(SlipWire(9600))
    for command, wanted in ((NX_LINK_GET_SPEED, 9600), (NX_LINK_GET_INTERFACE_TYPE, NX_INTERFACE_TYPE_OTHER)):
        answer = [None]
        assert near.request(command, return_ptr=answer) == NX_SUCCESS
        assert answer == [wanted]
    assert "9600 baud, 2 ends" in repr(near.wire)


def test_line_has_no_hardware_addresses(sim: Simulation) -> None:
    near, far = ends(SlipWire())
    packet = packet_get(near.pool, 16, "test")
    assert near.request(NX_LINK_ARP_SEND, packet=packet) == NX_NOT_SUCCESSFUL
    sim.wait(None, 10)
    assert far.heard == []
    assert statistics(near).dropped_out == 1


def test_packet_for_a_link_that_is_down_is_counted(sim: Simulation) -> None:
    near, _ = ends(SlipWire())
    near.request(NX_LINK_DISABLE)
    near.send(ip_packet(b"lost"))
    answer = [None]
    near.request(NX_LINK_GET_ERROR_COUNT, return_ptr=answer)
    assert answer == [1] == [statistics(near).dropped_out]


def test_line_of_an_earlier_simulation_starts_anew() -> None:
    wire = SlipWire()
    for _ in range(2):
        with simulation() as sim:
            near, far = ends(wire)
            near.send(ip_packet(b"hello"))
            sim.wait(None, 10)
            assert far.heard == [ip_packet(b"hello")]


@pytest.mark.parametrize(
    "options",
    [{"baud": 0}, {"bits": 0}, {"noise": 1.5}, {"loss": -0.1}, {"noise_bits": 9}, {"mtu": 67}, {"cslip": "yes"}],
)
def test_impossible_line_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        SlipWire(**options)


# -- damage ---------------------------------------------------------------------------------------------


def damaged_run(seed: int) -> tuple[list[bytes], int, int]:
    with simulation() as sim:
        wire = SlipWire(noise=0.01, loss=0.002, seed=seed)
        near, far = ends(wire)
        for number in range(60):
            near.send(ip_packet(bytes([65 + number]) * 60))
            sim.wait(None, 2)
        return far.heard, wire.flipped, wire.lost


def test_a_seed_damages_the_same_bytes() -> None:
    assert damaged_run(1) == damaged_run(1)
    assert damaged_run(1) != damaged_run(2)
    heard, flipped, lost = damaged_run(1)
    assert 20 < flipped < 90
    assert 2 < lost < 25
    assert len(set(heard)) > 20


@pytest.mark.parametrize("noise_bits", [1, 8])
def test_noise_turns_over_that_many_bits(sim: Simulation, noise_bits: int) -> None:
    near, far = ends(SlipWire(noise=0.02, noise_bits=noise_bits, seed=3))
    sent = ip_packet(b"\x55" * 50)
    for _ in range(40):
        near.send(sent)
    sim.wait(None, 200)
    turned = {
        (before ^ after).bit_count()
        for heard in far.heard
        if len(heard) == len(sent)
        for before, after in zip(sent, heard, strict=True)
        if before != after
    }
    assert turned == {noise_bits}


def test_frames_torn_by_noise_are_counted(sim: Simulation) -> None:
    """Text of question marks turns into END bytes, which tear frames into pieces that are no packets."""
    near, far = ends(SlipWire(noise=0.02))
    for _ in range(60):
        near.send(ip_packet(b"?" * 60))
    sim.wait(None, 300)
    counted = statistics(far)
    assert counted.damaged > 20
    assert counted.bytes_in > 60 * 80
    assert counted.packets_in == len(far.heard)
    assert "damaged=" in repr(counted)
    assert f"damaged {counted.damaged}" in netstat(sim)


# -- mail -----------------------------------------------------------------------------------------------

THEORY = [
    (536, False, 10681),
    (966, False, 11039),
    (1460, False, 11197),
    (536, True, 11371),
    (966, True, 11437),
    (1460, True, 11465),
]


@pytest.mark.parametrize(("mss", "cslip", "best"), THEORY)
def test_goodput_at_115200_baud_is_what_the_line_allows(mss: int, cslip: bool, best: int) -> None:
    """At least 98 % of the figure for a line that never rests: 40 byte headers, or compressed ones.

    The device acknowledges so late that a sender in slow start lets the line rest; here it acknowledges every second
    segment, which its build offers.
    """
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW, "NX_TCP_ACK_EVERY_N_PACKETS": 2}):
        wire = SlipWire(115200, mss + 40, cslip)
        content = mail(1 << 19)
        Mailbox(wire, [content])
        collector = Collector(wire)
        assert collector.collect() == (NX_SUCCESS, [wire_form(content)])
        seconds = (collector.ended_us - collector.began_us) / US
        assert len(content) / seconds >= 0.98 * best


@pytest.mark.parametrize(("mss", "rate"), [(536, 8145), (966, 8684), (1460, 11195)])
def test_goodput_with_a_device_that_acknowledges_late(mss: int, rate: int) -> None:
    """What `docs/slip.md` says of a build without that option."""
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW}):
        wire = SlipWire(115200, mss + 40)
        content = mail(1 << 19)
        Mailbox(wire, [content])
        collector = Collector(wire)
        assert collector.collect() == (NX_SUCCESS, [wire_form(content)])
        assert round(len(content) * US / (collector.ended_us - collector.began_us)) == rate


@pytest.mark.parametrize("cslip", [False, True])
def test_mail_at_9600_baud_takes_its_time(cslip: bool) -> None:
    with simulation(config={"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOW}) as sim:
        wire = SlipWire(9600, 1500, cslip)
        content = mail(20000)
        Mailbox(wire, [content])
        collector = Collector(wire)
        assert collector.collect() == (NX_SUCCESS, [wire_form(content)])
        assert 20000 / 960 < (collector.ended_us - collector.began_us) / US < 25
        assert sim.real is False


def noisy_session(
    noise: float, cslip: bool, seed: int, content: list[bytes], file: BinaryIO | None = None
) -> tuple[int, list[bytes], SlipWire]:
    """Collect over a noisy line; every packet has to be back afterwards, which the suite looks after."""
    with simulation(seed=seed):
        wire = SlipWire(115200, 576, cslip, noise=noise, seed=seed)
        driver = wire if file is None else Capture(wire, file)
        mailbox = Mailbox(driver, content)
        status, messages = Collector(driver).collect(len(content))
        tx_thread_sleep(SETTLED)
        assert mailbox.server.stop() == NX_SUCCESS
        return status, messages, wire


def is_sound(packet: bytes) -> bool:
    """Do the checksums of a TCP packet over IPv4 hold?"""
    if len(packet) < 40 or packet[0] != 0x45 or checksum(packet[:20]):
        return False
    segment = packet[20 : packet[2] << 8 | packet[3]]
    return not checksum(packet[12:20] + b"\x00\x06" + len(segment).to_bytes(2, "big") + segment)


def unseen_damage(file: io.BytesIO) -> list[bytes]:
    """Packets that came otherwise than they were sent, though their checksums hold."""
    frames = read(file.getvalue()).frames
    sent = {frame.data for frame in frames if frame.options[DIRECTION][0] == OUTBOUND}
    return [frame.data for frame in frames if frame.data not in sent and is_sound(frame.data)]


@pytest.mark.parametrize("cslip", [False, True])
@pytest.mark.soak
def test_noise_of_one_byte_in_20000_does_no_harm(soak_seed: int, cslip: bool) -> None:
    content = [mail(2000), mail(300000), mail(200)]
    status, messages, wire = noisy_session(1 / 20000, cslip, soak_seed, content)
    assert (status, messages) == (NX_SUCCESS, [wire_form(text) for text in content])
    assert wire.flipped


@pytest.mark.parametrize("cslip", [False, True])
@pytest.mark.soak
def test_noise_of_one_byte_in_1000_loses_no_packet(soak_seed: int, cslip: bool) -> None:
    """Two turned bytes of opposite values in one segment are seen by no checksum: one session in some hundreds."""
    content, file = [mail(2000), mail(20000), mail(200)], io.BytesIO()
    status, messages, _ = noisy_session(1 / 1000, cslip, soak_seed, content, file)
    wanted = [wire_form(text) for text in content]
    assert status in (NX_SUCCESS, NX_NO_PACKET, NX_NOT_CONNECTED)
    if status == NX_SUCCESS:
        assert messages == wanted or unseen_damage(file)
    else:
        intact = all(text.startswith(got) for text, got in zip(wanted, messages, strict=False))
        assert intact or unseen_damage(file)


def test_damage_that_no_checksum_tells_is_told_from_other_damage() -> None:
    """What excuses the test above is nothing but a sound packet that nobody sent."""
    header = bytearray(ip_packet(bytes(40)))
    header[9], header[10], header[11] = 6, 0, 0
    header[10:12] = checksum(header[:20]).to_bytes(2, "big")
    segment = bytearray(b"\x20\xdf" * 10 + b"\x41\x42\xdf\x20" * 5)
    segment[16:18] = bytes(2)
    sum_of_all = checksum(header[12:20] + b"\x00\x06\x00\x28" + segment)
    segment[16:18] = sum_of_all.to_bytes(2, "big")
    sent = bytes(header[:20] + segment)
    seen, unseen = bytearray(sent), bytearray(sent)
    seen[20] ^= 0xFF
    unseen[20] ^= 0xFF
    unseen[42] ^= 0xFF
    file = io.BytesIO()
    with CaptureFile(file) as capture:
        capture.add_interface("line", LINKTYPE_RAW, b"")
        for packet, direction in ((sent, OUTBOUND), (sent, INBOUND), (bytes(seen), INBOUND), (bytes(unseen), INBOUND)):
            capture.write(0, 0, packet, direction)
        capture.flush()
        assert unseen_damage(file) == [bytes(unseen)]
