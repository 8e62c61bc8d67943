"""What Linux hands over with offload, as a device would have received it: super-segments and unfinished checksums.

The other end of a socket pair plays the kernel: it sends frames behind a virtio_net_hdr.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netx_drivers.ethernet import Port
from netx_drivers.frame_info import FrameInfo
from netx_drivers.tap_offload import VNET, finish_checksum, is_sound, leave_checksum
from netx_drivers.tap_receive import FrameReader
from netx_sim.ip.block import NX_IP
from netx_sim.kernel import Simulation, current, simulation
from netx_sim.link import NX_INTERFACE
from netx_sim.packet import _nx_packet_release, packet_get
from netx_sim.testing.driver_bench import Arrival, make_pool
from netx_sim.testing.frames import internet_checksum, pseudo_header

TCP4, TCP6, ECN = 1, 4, 0x80
NEEDS_CSUM, DATA_VALID = 1, 2
RX_TCP, RX_IPV4 = 8, 2
TRUSTING = RX_TCP | RX_IPV4
ADDRESS = bytes.fromhex("020000000001")
ETHERNET4 = ADDRESS + bytes.fromhex("020000000002") + b"\x08\x00"
ETHERNET6 = ADDRESS + bytes.fromhex("020000000002") + b"\x86\xdd"
FIN, PSH, ACK, CWR = 0x01, 0x08, 0x10, 0x80


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulation() as world:
        yield world


class Kernel:
    """A reader with an instance behind it that keeps what arrives, and the kernel's end of the descriptor."""

    def __init__(
        self, payload: int = 1600, packets: int = 80, mtu: int = 1500, capability: int = TRUSTING, vnet: bool = True
    ) -> None:
        self.near, self.far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.near.setblocking(False)
        self.far.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        self.pool = make_pool("kernel", payload, packets)
        self.ip, self.interface = NX_IP(), NX_INTERFACE(0)
        self.ip.nx_ip_default_packet_pool = self.pool
        self.ip._sim = current()
        self.interface.nx_interface_link_up = 1
        self.interface.nx_interface_capability_flag = capability
        self.interface._receive_hooks = [self._keep]
        self.arrived: list[Arrival] = []
        self.port = Port(self.ip, self.interface, 0x0200, 0x00000001)
        self.reader = FrameReader(self.port, self.near.fileno(), vnet, mtu)

    def _keep(self, ip_ptr: NX_IP, packet: Any, ethertype: int) -> bool:
        self.arrived.append(Arrival(packet.nx_packet_interface_ptr, packet, ethertype))
        _nx_packet_release(packet)
        return False

    def give(self, frame: bytes, header: bytes | None = None) -> list[Arrival]:
        """Hand over one frame; what arrived."""
        self.far.send((b"" if header is None else header) + frame)
        return self.take()

    def take(self) -> list[Arrival]:
        self.reader.drain()
        arrived, self.arrived = self.arrived, []
        assert self.pool.nx_packet_pool_available == self.pool.nx_packet_pool_total
        return arrived

    def close(self) -> None:
        self.near.close()
        self.far.close()


@pytest.fixture
def kernel(sim: Simulation) -> Iterator[Kernel]:
    made = Kernel()
    yield made
    made.close()


# -- frames ---------------------------------------------------------------------------------------------


def tcp4(data: bytes, flags: int = ACK | PSH, seq: int = 1000, ident: int = 7, options: bytes = b"") -> bytes:
    """An IPv4 TCP frame as the kernel makes it: the checksum holds only the pseudo header."""
    header = struct.pack(">HHIIBBHHH", 110, 49152, seq, 5, 80 + len(options) * 4, flags, 9000, 0, 0) + options
    total = 20 + len(header) + len(data)
    ip = struct.pack(">BBHHHBBH8s", 0x45, 0, total, ident, 0x4000, 64, 6, 0, bytes((10, 0, 0, 2, 10, 0, 0, 1)))
    ip = ip[:10] + struct.pack(">H", internet_checksum(ip)) + ip[12:]
    covered = pseudo_header(ip[12:16], ip[16:20], 6, len(header) + len(data))
    header = header[:16] + struct.pack(">H", internet_checksum(covered) ^ 0xFFFF) + header[18:]
    return ETHERNET4 + ip + header + data


def tcp6(data: bytes, flags: int = ACK | PSH, seq: int = 1000) -> bytes:
    header = struct.pack(">HHIIBBHHH", 110, 49152, seq, 5, 80, flags, 9000, 0, 0)
    ends = bytes(15) + b"\x02", bytes(15) + b"\x01"
    ip = struct.pack(">IHBB", 0x60000000, len(header) + len(data), 6, 64) + ends[0] + ends[1]
    covered = pseudo_header(*ends, 6, len(header) + len(data))
    header = header[:16] + struct.pack(">H", internet_checksum(covered) ^ 0xFFFF) + header[18:]
    return ETHERNET6 + ip + header + data


def finished(frame: bytes) -> bytes:
    """The same TCP frame with its whole checksum, worked out anew."""
    at = 34 if frame[12:14] == b"\x08\0" else 54
    ends = (frame[26:30], frame[30:34]) if at == 34 else (frame[22:38], frame[38:54])
    bare = frame[: at + 16] + b"\0\0" + frame[at + 18 :]
    value = internet_checksum(pseudo_header(*ends, 6, len(frame) - at) + bare[at:])
    return frame[: at + 16] + struct.pack(">H", value) + frame[at + 18 :]


def gso(kind: int, size: int, head: int, start: int = 34) -> bytes:
    return VNET.pack(NEEDS_CSUM, kind, head, size, start, 16)


def plain(flags: int = NEEDS_CSUM, start: int = 34, offset: int = 16) -> bytes:
    return VNET.pack(flags, 0, 0, 0, start, offset)


def text(size: int) -> bytes:
    return bytes(number * 7 % 251 for number in range(size))


def bare(frame: bytes) -> bytes:
    """The IP packet with the TCP checksum taken out."""
    packet = bytearray(frame[14:])
    at = 20 if packet[0] >> 4 == 4 else 40
    packet[at + 16 : at + 18] = b"\0\0"
    return bytes(packet)


def blanked(arrival: Arrival) -> bytes:
    return bare(bytes(14) + arrival.data)


# -- super-segments -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1460, 1461, 2919, 2920, 2921, 14600, 65160 - 1])
def test_super_segment_becomes_segments(kernel: Kernel, size: int) -> None:
    """Headers are those of separate segments: lengths, identification, sequence, PSH and FIN on the last only."""
    data = text(size)
    arrived = kernel.give(tcp4(data, FIN | PSH | ACK), gso(TCP4, 1460, 54))
    wanted = []
    for number, at in enumerate(range(0, size, 1460)):
        last = at + 1460 >= size
        flags = ACK | (FIN | PSH if last else 0)
        wanted.append(bare(tcp4(data[at : at + 1460], flags, 1000 + at, 7 + number)))
    assert [blanked(arrival) for arrival in arrived] == wanted
    assert {arrival.offset for arrival in arrived} == {16}
    assert all(arrival.link_header == ETHERNET4 and arrival.length == len(arrival.data) for arrival in arrived)


@pytest.mark.parametrize("capability", [0, TRUSTING])
def test_checksums_are_finished_where_the_stack_verifies_them(sim: Simulation, capability: int) -> None:
    kernel = Kernel(capability=capability)
    data = text(5000)
    for _ in range(2):  # copied the first time, in place the second
        arrived = kernel.give(tcp4(data), gso(TCP4, 1460, 54))
        right = [is_sound(ETHERNET4 + arrival.data) for arrival in arrived]
        assert right == [not capability] * 4
        assert all(internet_checksum(arrival.data[:20]) == 0 for arrival in arrived)
    kernel.close()


def test_ipv6_super_segment_becomes_segments(kernel: Kernel) -> None:
    data = text(4000)
    for _ in range(2):
        arrived = kernel.give(tcp6(data), gso(TCP6, 1440, 74, 54))
        assert [blanked(arrival) for arrival in arrived] == [
            bare(tcp6(data[:1440], ACK, 1000)),
            bare(tcp6(data[1440:2880], ACK, 2440)),
            bare(tcp6(data[2880:], ACK | PSH, 3880)),
        ]


def test_congestion_window_reduced_is_told_once(kernel: Kernel) -> None:
    """RFC 3168 6.1.2: only the first segment carries CWR."""
    arrived = kernel.give(tcp4(text(3000), ACK | CWR), gso(TCP4 | ECN, 1460, 54))
    assert [arrival.data[33] for arrival in arrived] == [ACK | CWR, ACK, ACK]


@pytest.mark.parametrize("stride", [1, 536, 700, 1448, 1460])
def test_any_segment_size_is_learned(kernel: Kernel, stride: int) -> None:
    data = text(40 * stride)
    for _ in range(3):
        arrived = kernel.give(tcp4(data), gso(TCP4, stride, 54))
        assert b"".join(arrival.data[40:] for arrival in arrived) == data
        assert [len(arrival.data) for arrival in arrived] == [40 + stride] * 40


def test_tcp_options_are_kept_on_every_segment(kernel: Kernel) -> None:
    options = bytes.fromhex("0101080a0000000100000002")
    data = text(4000)
    for _ in range(2):
        arrived = kernel.give(tcp4(data, options=options), gso(TCP4, 1448, 66))
        assert [arrival.data[40:52] for arrival in arrived] == [options] * 3
        assert b"".join(arrival.data[52:] for arrival in arrived) == data


def test_single_frames_pass_between_super_segments(kernel: Kernel) -> None:
    """What was prepared for one kind of frame takes the other too."""
    whole, small = tcp4(text(1460)), tcp4(b"small")
    for stride in (1460, 536):
        assert b"".join(a.data[40:] for a in kernel.give(tcp4(text(9000)), gso(TCP4, stride, 54))) == text(9000)
        for frame in (whole, small, whole):
            assert [arrival.data for arrival in kernel.give(frame, plain())] == [frame[14:]]


def test_several_super_segments_wait_their_turn(kernel: Kernel) -> None:
    for number in range(3):
        kernel.far.send(gso(TCP4, 1460, 54) + tcp4(text(3000), seq=number))
    arrived: list[Arrival] = []
    for _ in range(3):
        arrived += kernel.take()
    assert len(arrived) == 9


@pytest.mark.parametrize("payload", [128, 256, 600, 1515])
def test_small_payloads_get_chains(sim: Simulation, payload: int) -> None:
    kernel = Kernel(payload=payload, packets=900)
    data = text(20000)
    for _ in range(2):
        arrived = kernel.give(tcp4(data), gso(TCP4, 1460, 54))
        assert b"".join(arrival.data[40:] for arrival in arrived) == data
        assert all(arrival.pieces == -(-(2 + 14 + len(arrival.data)) // payload) for arrival in arrived)
        assert all(arrival.last_is_right for arrival in arrived)
    frame = tcp4(text(1460))
    assert [arrival.data for arrival in kernel.give(frame, plain())] == [frame[14:]]
    kernel.close()


@pytest.mark.parametrize("free", [0, 1, 2, 5])
def test_short_pool_loses_the_last_segments_and_counts_them(sim: Simulation, free: int) -> None:
    kernel = Kernel(packets=10)
    kernel.interface._receive_hooks = [lambda ip_ptr, packet, ethertype: bool(got.append(packet))]
    got: list[Any] = []
    kernel.far.send(gso(TCP4, 1460, 54) + tcp4(text(7 * 1460)))
    kernel.reader.drain()  # so that it expects seven
    for packet in got:
        _nx_packet_release(packet)
    got.clear()
    held = [packet_get(kernel.pool, 0, "test") for _ in range(10 - free)]
    kernel.far.send(gso(TCP4, 1460, 54) + tcp4(text(7 * 1460)))
    kernel.reader.drain()
    assert len(got) == free
    assert kernel.port.alloc_errors == 7 - free
    for packet in got + held:
        _nx_packet_release(packet)
    assert kernel.pool.nx_packet_pool_available == 10
    kernel.close()


# Each example makes a simulation, which may take long on a busy machine.
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(size=st.integers(1, 60000), stride=st.integers(1000, 1460), payload=st.sampled_from([300, 1500, 1600, 3000]))
def test_no_byte_is_lost_or_added(size: int, stride: int, payload: int) -> None:
    with simulation():
        kernel = Kernel(payload=payload, packets=500, capability=0)
        data = text(size)
        for _ in range(2):
            arrived = kernel.give(tcp4(data, seq=0xFFFFF000), gso(TCP4, stride, 54))
            assert b"".join(arrival.data[40:] for arrival in arrived) == data
            assert all(is_sound(ETHERNET4 + arrival.data) for arrival in arrived)
            numbers = [int.from_bytes(arrival.data[24:28], "big") for arrival in arrived]
            assert numbers == [(0xFFFFF000 + at) & 0xFFFFFFFF for at in range(0, size, stride)]
        kernel.close()


# -- checksums ------------------------------------------------------------------------------------------


def test_unfinished_tcp_checksum_is_left_to_a_trusting_stack(kernel: Kernel) -> None:
    frame = tcp4(b"data")
    assert kernel.give(frame, plain())[0].data == frame[14:]


@pytest.mark.parametrize("frame", [tcp4(b"data"), tcp4(b"odd"), tcp4(text(1460)), tcp6(b"data6")])
@pytest.mark.parametrize("payload", [128, 1600])
def test_unfinished_tcp_checksum_is_finished_for_others(sim: Simulation, frame: bytes, payload: int) -> None:
    kernel = Kernel(payload=payload, capability=0)
    start = 34 if frame[12:14] == b"\x08\0" else 54
    assert kernel.give(frame, plain(start=start))[0].data == finished(frame)[14:]
    kernel.close()


def test_instance_that_forwards_gets_whole_checksums(kernel: Kernel) -> None:
    """The next host knows nothing of our trust in the kernel."""
    kernel.ip.nx_ip_forward_packet_process = lambda ip_ptr, packet: None
    frame = tcp4(b"for somebody else")
    assert kernel.give(frame, plain())[0].data == finished(frame)[14:]
    for arrival in kernel.give(tcp4(text(5000)), gso(TCP4, 1460, 54)):
        assert is_sound(ETHERNET4 + arrival.data)


def udp4(data: bytes) -> bytes:
    head = struct.pack(">HHHH", 7, 8, 8 + len(data), 0)
    ip = tcp4(b"")[14:34]
    ip = struct.pack(">BBHHHBBH8s", 0x45, 0, 28 + len(data), 7, 0, 64, 17, 0, ip[12:20])
    ip = ip[:10] + struct.pack(">H", internet_checksum(ip)) + ip[12:]
    unfinished = internet_checksum(pseudo_header(ip[12:16], ip[16:20], 17, 8 + len(data))) ^ 0xFFFF
    return ETHERNET4 + ip + head[:6] + struct.pack(">H", unfinished) + data


def test_unfinished_udp_checksum_is_always_finished(kernel: Kernel) -> None:
    """The stack verifies UDP when the application reads, so it gets the real one; never 0, which means none."""
    frame = udp4(b"datagram")
    arrival = kernel.give(frame, plain(offset=6))[0]
    covered = pseudo_header(frame[26:30], frame[30:34], 17, 16)
    assert internet_checksum(covered + arrival.data[20:]) == 0
    part = bytearray(struct.pack(">HHHHH", 0, 0, 0, 0xFFFE, 1))
    finish_checksum([part], 0, 6)
    assert part[6:8] == b"\xff\xff"


@pytest.mark.parametrize(
    ("change", "flags", "arrives"),
    [
        (lambda frame: frame, 0, True),
        (lambda frame: frame[:-1] + b"!", 0, False),
        (lambda frame: frame[:30] + b"\x09" + frame[31:], 0, False),
        (lambda frame: frame[:22] + b"\x01" + frame[23:], 0, False),
        (lambda frame: frame[:-1] + b"!", DATA_VALID, True),
    ],
)
def test_frame_nobody_vouches_for_is_verified_here(kernel: Kernel, change: Any, flags: int, arrives: bool) -> None:
    """The stack was told not to look, so a damaged frame ends at the driver and is counted."""
    for frame in (finished(tcp4(b"data")), finished(tcp4(text(900)))):
        before = kernel.port.error_count
        assert bool(kernel.give(change(frame), plain(flags))) == arrives
        assert kernel.port.error_count == before + (not arrives)


def test_frames_without_checksums_pass(kernel: Kernel) -> None:
    arp = ADDRESS + bytes(6) + b"\x08\x06" + bytes(28)
    assert len(kernel.give(arp, plain(0))) == 1
    assert len(kernel.give(finished(tcp6(b"six")), plain(0))) == 1


def test_tcp_fragment_makes_the_stack_verify_from_then_on(kernel: Kernel) -> None:
    frame = bytearray(tcp4(b"data"))
    frame[20] |= 0x20
    kernel.give(bytes(frame), plain(0))
    assert kernel.interface.nx_interface_capability_flag == 0


def test_sent_segment_is_left_for_the_kernel_to_finish() -> None:
    for frame, start in ((tcp4(b"data"), 34), (tcp6(b"data6"), 54)):
        blank = bytearray(7) + frame[: start + 16] + b"\0\0" + frame[start + 18 :]
        assert leave_checksum(blank, 7) == plain(start=start)
        assert blank[7:] == frame


@pytest.mark.parametrize(
    "frame",
    [udp4(b"x"), ADDRESS + bytes(6) + b"\x08\x06" + bytes(28), tcp4(b"x")[:20] + b"\x20\0" + tcp4(b"x")[22:]],
)
def test_other_frames_are_sent_as_they_are(frame: bytes) -> None:
    changed = bytearray(frame)
    assert leave_checksum(changed, 0) == VNET.pack(0, 0, 0, 0, 0, 0)
    assert changed == frame


# -- the descriptor -------------------------------------------------------------------------------------


@pytest.mark.parametrize("vnet", [True, False])
def test_frames_for_others_and_runts_are_passed_over(sim: Simulation, vnet: bool) -> None:
    kernel = Kernel(vnet=vnet)
    header = plain(0) if vnet else b""
    for frame in (bytes(6) + tcp4(b"x")[6:], b"short", ADDRESS):
        assert kernel.give(frame, header) == []
    assert len(kernel.give(finished(tcp4(b"x")), header)) == 1
    kernel.close()


@pytest.mark.parametrize("field", ["rx_enabled", "link_up"])
def test_nothing_arrives_while_reception_is_off(kernel: Kernel, field: str) -> None:
    if field == "rx_enabled":
        kernel.port.rx_enabled = False
    else:
        kernel.interface.nx_interface_link_up = 0
    assert kernel.give(tcp4(b"x"), plain()) == []


@pytest.mark.parametrize("vnet", [True, False])
def test_closed_other_end_is_an_error(sim: Simulation, vnet: bool) -> None:
    kernel = Kernel(vnet=vnet)
    kernel.far.close()
    with pytest.raises(ConnectionResetError):
        kernel.reader.drain()
    kernel.close()


def test_one_turn_takes_a_limited_number_of_frames(sim: Simulation) -> None:
    kernel = Kernel(vnet=False)
    for _ in range(40):
        kernel.far.send(finished(tcp4(text(600))))
    assert [len(kernel.take()) for _ in range(3)] == [32, 8, 0]
    for _ in range(3):
        kernel.far.send(finished(tcp4(b"short")))
    assert [len(kernel.take()) for _ in range(4)] == [1, 1, 1, 0]
    kernel.close()


@SLOW
@given(data=st.data(), trusting=st.booleans(), mapped=st.booleans())
def test_no_frame_from_outside_breaks_the_driver(data: Any, trusting: bool, mapped: bool) -> None:
    """Runts, lies about lengths, and what a wrapper makes of them."""
    whole = finished(tcp4(b"a whole segment"))
    # Hypothesis may leave in the middle of an example.
    with simulation(), closing(Kernel(capability=TRUSTING if trusting else 0)) as kernel:
        kernel.interface.nx_interface_address_mapping_needed = int(mapped)
        for _ in range(5):
            frame = bytearray(data.draw(st.sampled_from([whole, tcp6(b"six"), udp4(b"datagram")])))
            for _change in range(data.draw(st.integers(0, 3))):
                frame[data.draw(st.integers(14, len(frame) - 1))] = data.draw(st.integers(0, 255))
            del frame[data.draw(st.integers(0, len(frame))) :]
            kernel.give(bytes(frame), plain(data.draw(st.sampled_from([0, DATA_VALID]))))
            info = FrameInfo(kernel.ip, kernel.interface, bytes(frame), 1, False)
            assert isinstance(info.tcp_data, bytes)
            assert -1 <= info.protocol < 256
            assert info.is_arp + info.is_ip <= 1
