"""Captures: the file's form, times, directions and names, what is written once, and tshark's opinion."""

import io
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from netx_drivers.capture import LINKTYPE_ETHERNET, LINKTYPE_RAW, Capture, CaptureFile
from netx_drivers.faults import Faults
from netx_drivers.ram import RamWire
from netx_sim.constants import NX_LINK_INITIALIZE, NX_LINK_PACKET_SEND, NX_LINK_RAW_PACKET_SEND
from netx_sim.ip.instance import _nx_ip_delete
from netx_sim.kernel import Simulation, simulation
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import packet_get, packet_write
from netx_sim.testing.driver_bench import ip_packet
from tests.drivers import pcapng
from tests.drivers.rigs import Tapper
from tests.peers.judges import assert_clean_capture

FIRST = bytes.fromhex("001122334456")
SECOND = bytes.fromhex("001122334457")
INBOUND, OUTBOUND = 1, 2
FLAGS, IF_NAME, IF_MAC, IF_TSRESOL = 2, 2, 6, 9


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulation() as world:
        yield world


def to(destination: bytes, data: bytes, source: bytes = bytes(6)) -> bytes:
    return destination + source + b"\x08\0" + ip_packet(data)


def direction(frame: pcapng.Frame) -> int:
    return int(struct.unpack("<I", frame.options[FLAGS])[0])


def named(node: Tapper, name: Any) -> Tapper:
    node.ip.nx_ip_name = name
    return node


# -- the file -------------------------------------------------------------------------------------------


def test_frames_are_written_with_name_time_and_direction(sim: Simulation) -> None:
    out = io.BytesIO()
    wire = RamWire(latency_us=1234)
    node, other = named(Tapper(Capture(wire, out)), b"client\0junk"), Tapper(wire)
    sim.wait(None, 3)
    there, back = to(SECOND, b"there"), to(FIRST, b"and back", SECOND)
    node.send(there)
    sim.wait(None, 1)
    other.send(back)
    sim.wait(None, 1)
    found = pcapng.read(out.getvalue())
    assert found.section == {4: b"netx-pop3"}
    assert [(one.linktype, one.snaplen) for one in found.interfaces] == [(LINKTYPE_ETHERNET, 262144)]
    assert found.interfaces[0].options == {IF_NAME: b"client:PRI", IF_MAC: FIRST, IF_TSRESOL: b"\x09"}
    assert [frame.data for frame in found.frames] == [there, back]
    assert [direction(frame) for frame in found.frames] == [OUTBOUND, INBOUND]
    assert [frame.time_ns for frame in found.frames] == [30_000_000, 40_000_000 + 1_234_000]


def test_long_frames_are_cut_to_the_snaplen(sim: Simulation) -> None:
    out = io.BytesIO()
    node = Tapper(Capture(RamWire(), out, snaplen=33))
    sent = to(SECOND, bytes(range(200)))
    node.send(sent)
    frame = pcapng.read(out.getvalue()).frames[0]
    assert (frame.data, frame.length) == (sent[:33], len(sent))


def test_interfaces_of_several_instances_share_a_file(sim: Simulation) -> None:
    out = io.BytesIO()
    capture = Capture(RamWire(), out)
    nodes = [named(Tapper(capture), name) for name in ("alice", "bob", None)]
    for node in nodes:
        node.send(to(b"\xff" * 6, b"hello all", (0x001122334456 + nodes.index(node)).to_bytes(6, "big")))
    found = pcapng.read(out.getvalue())
    assert [one.options[IF_NAME] for one in found.interfaces] == [b"alice:PRI", b"bob:PRI", b":PRI"]
    assert [(frame.interface, direction(frame)) for frame in found.frames] == [(n, OUTBOUND) for n in range(3)]


@pytest.mark.parametrize(
    ("receive", "directions"),
    [(None, [OUTBOUND]), (True, [OUTBOUND, INBOUND, INBOUND]), (False, [OUTBOUND])],
)
def test_frame_between_captured_interfaces_is_written_as_told(
    sim: Simulation, receive: bool | None, directions: list[int]
) -> None:
    out = io.BytesIO()
    capture = Capture(RamWire(), out, receive=receive)
    first, second, third = (Tapper(capture) for _ in range(3))
    for node in (second, third, first):
        node.send(to(bytes(5) + b"\x01", b"an address nobody has"))  # describes the interface
    before = len(pcapng.read(out.getvalue()).frames)
    first.send(to(b"\xff" * 6, b"once", FIRST))
    assert [direction(frame) for frame in pcapng.read(out.getvalue()).frames[before:]] == directions


def test_frame_from_outside_the_capture_is_written_when_it_comes_in(sim: Simulation) -> None:
    out = io.BytesIO()
    wire = RamWire()
    Tapper(Capture(wire, out))
    other = Tapper(wire)
    other.send(to(FIRST, b"hello", SECOND))
    assert [direction(frame) for frame in pcapng.read(out.getvalue()).frames] == [INBOUND]


def test_two_captures_share_a_file(sim: Simulation) -> None:
    out = io.BytesIO()
    wire = RamWire()
    with CaptureFile(out) as file:
        first, second = Tapper(Capture(wire, file)), Tapper(Capture(wire, file))
        second.send(to(bytes(5) + b"\x01", b"nobody"))
        first.send(to(SECOND, b"hello", FIRST))
        assert file.frames == 2
    assert [frame.interface for frame in pcapng.read(out.getvalue()).frames] == [0, 1]
    assert not out.closed


def test_header_is_the_one_the_link_will_write(sim: Simulation) -> None:
    out = io.BytesIO()
    wire = RamWire()
    node, other = Tapper(Capture(wire, out)), Tapper(wire)
    packet = packet_get(node.pool, 56, "test")
    assert packet is not None
    assert packet_write(packet, ip_packet(b"from the stack"), node.pool, "test")
    assert (
        node.request(NX_LINK_PACKET_SEND, packet=packet, physical_address_msw=0x0011, physical_address_lsw=0x22334457)
        == 0
    )
    assert [frame.data for frame in pcapng.read(out.getvalue()).frames] == other.heard
    assert other.heard[0][:14] == SECOND + FIRST + b"\x08\0"


def test_point_to_point_link_is_captured_as_bare_ip(sim: Simulation) -> None:
    def serial_line(request: NX_IP_DRIVER) -> None:
        request.nx_ip_driver_status = 0
        if request.nx_ip_driver_command == NX_LINK_INITIALIZE:
            request.nx_ip_driver_interface.nx_interface_ip_mtu_size = 1006
        if request.nx_ip_driver_packet is not None:
            packet = request.nx_ip_driver_packet
            from netx_sim.packet import _nx_packet_transmit_release

            _nx_packet_transmit_release(packet)

    out = io.BytesIO()
    node = Tapper(Capture(serial_line, out))
    packet = packet_get(node.pool, 56, "test")
    assert packet is not None
    assert packet_write(packet, ip_packet(b"bare"), node.pool, "test")
    assert node.request(NX_LINK_RAW_PACKET_SEND, packet=packet) == 0
    found = pcapng.read(out.getvalue())
    assert (found.interfaces[0].linktype, IF_MAC in found.interfaces[0].options) == (LINKTYPE_RAW, False)
    assert [frame.data for frame in found.frames] == [ip_packet(b"bare")]


# -- the end --------------------------------------------------------------------------------------------


def test_file_is_whole_at_the_end_of_the_simulation(tmp_path: Path) -> None:
    path = tmp_path / "out.pcapng"
    with simulation():
        capture = Capture(RamWire(), path)
        Tapper(capture).send(to(SECOND, b"hello"))
    assert len(pcapng.read(path).frames) == 1
    assert capture.file.closed


def test_file_is_whole_after_the_block(tmp_path: Path, sim: Simulation) -> None:
    path = tmp_path / "out.pcapng"
    with Capture(RamWire(), str(path)) as capture:
        Tapper(capture).send(to(SECOND, b"hello"))
    assert len(pcapng.read(path).frames) == 1


def test_file_is_up_to_date_when_an_instance_is_deleted(tmp_path: Path, sim: Simulation) -> None:
    path = tmp_path / "out.pcapng"
    node = Tapper(Capture(RamWire(), path))
    node.send(to(SECOND, b"hello"))
    assert _nx_ip_delete(node.ip) == 0
    assert len(pcapng.read(path).frames) == 1


def test_capture_of_an_ended_simulation_is_not_used_again(tmp_path: Path) -> None:
    with simulation():
        capture = Capture(RamWire(), tmp_path / "out.pcapng")
        Tapper(capture)
    with simulation(), pytest.raises(ValueError, match="capture file is closed"):
        Tapper(capture)


def test_new_file_is_for_its_owner_only(tmp_path: Path) -> None:
    """A password may pass in clear, and mails do."""
    with Capture(RamWire(), tmp_path / "out.pcapng"):
        assert (tmp_path / "out.pcapng").stat().st_mode & 0o777 == 0o600


def test_file_that_cannot_be_made_fails_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Capture(RamWire(), tmp_path / "nowhere" / "out.pcapng")


# -- wrappers and judges --------------------------------------------------------------------------------


def test_capture_outside_faults_sees_what_was_sent_and_inside_what_was_left(sim: Simulation) -> None:
    outside, inside = io.BytesIO(), io.BytesIO()
    wire = RamWire()
    node = Tapper(Capture(Faults(Capture(wire, inside), loss=1.0), outside))
    node.send(to(SECOND, b"hello"))
    assert len(pcapng.read(outside.getvalue()).frames) == 1
    assert len(pcapng.read(inside.getvalue()).frames) == 0


def test_tshark_finds_nothing_to_object_to(tmp_path: Path, sim: Simulation, peer: Callable[[str], str]) -> None:
    tshark = peer("tshark")
    path = tmp_path / "out.pcapng"
    with Capture(RamWire(), path) as capture:
        first, second = Tapper(capture), Tapper(capture)
        first.send(b"\xff" * 6 + FIRST + b"\x08\x06" + bytes.fromhex("0001080006040001") + FIRST + bytes(14))
        second.send(to(FIRST, bytes(1400), SECOND))
        first.send(to(SECOND, b"odd", FIRST))
    assert_clean_capture(tshark, path)


def test_capture_costs_no_pool_packets(sim: Simulation) -> None:
    node = Tapper(Capture(RamWire(), io.BytesIO()))
    for number in range(100):
        node.send(to(SECOND, bytes([number])))
    assert node.pool.nx_packet_pool_available == node.pool.nx_packet_pool_total
