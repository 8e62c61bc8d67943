"""Fault wrappers: each fault alone, rules, what is counted, what is kept out of the caller's pools, replay by seed."""

from collections.abc import Iterator
from typing import Any

import pytest

from netx_drivers.faults import DROP, PASS, Deliver, Faults, FrameInfo
from netx_drivers.ram import RamWire
from netx_sim.constants import (
    NX_DRIVER_TX_DONE,
    NX_INTERFACE_CAPABILITY_GET,
    NX_INTERFACE_CAPABILITY_SET,
    NX_LINK_PACKET_SEND,
    NX_LINK_UNINITIALIZE,
    NX_PACKET_ALLOCATED,
    NX_PACKET_ENQUEUED,
)
from netx_sim.ip.instance import _nx_ip_delete
from netx_sim.kernel import Simulation, simulation
from netx_sim.packet import NX_PACKET, _nx_packet_release, packet_get, packet_write
from netx_sim.testing.driver_bench import ip_packet
from tests.drivers.rigs import Tapper

TO_SECOND = bytes.fromhex("001122334457")
MANY = 400


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulation() as world:
        yield world


class Link:
    """A wire with a fault wrapper at the sending end."""

    def __init__(self, sim: Simulation, wire: RamWire | None = None, **options: Any) -> None:
        self.sim = sim
        self.wire = wire or RamWire()
        self.faults = Faults(self.wire, **options)
        self.sender, self.receiver = Tapper(self.faults), Tapper(self.wire)
        sim.wait(None, 1)

    def send(self, data: bytes, **fields: int) -> NX_PACKET:
        """Send one packet as TCP does, which keeps it."""
        packet = packet_get(self.sender.pool, 56, "test")
        assert packet is not None
        assert packet_write(packet, data, self.sender.pool, "test")
        packet.nx_packet_tcp_queue_next = NX_PACKET_ENQUEUED
        status = self.sender.request(
            NX_LINK_PACKET_SEND,
            packet=packet,
            physical_address_msw=0x0011,
            physical_address_lsw=0x22334457,
            **fields,
        )
        assert status == 0
        assert packet.nx_packet_queue_next == NX_DRIVER_TX_DONE
        assert bytes(packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr]) == data
        packet.nx_packet_tcp_queue_next = NX_PACKET_ALLOCATED
        _nx_packet_release(packet)
        return packet

    def send_many(self, count: int = MANY) -> list[bytes]:
        packets = [ip_packet(number.to_bytes(4, "big") * 5) for number in range(count)]
        for data in packets:
            self.send(data)
            self.sim.wait(None, 1)
        return packets

    def heard(self, wait_ticks: int = 10) -> list[bytes]:
        self.sim.wait(None, wait_ticks)
        frames, self.receiver.heard = self.receiver.heard, []
        return [frame[14:] for frame in frames]


# -- by chance ------------------------------------------------------------------------------------------


def test_without_faults_everything_passes(sim: Simulation) -> None:
    link = Link(sim)
    assert link.heard() == []
    assert link.send_many(20) == link.heard()
    assert link.faults.counts.seen == 20


def test_loss_loses_that_share_and_nothing_else(sim: Simulation) -> None:
    link = Link(sim, seed=7, loss=0.25)
    sent, heard = link.send_many(), link.heard()
    assert len(sent) - len(heard) == link.faults.counts.dropped
    assert 0.18 * MANY < link.faults.counts.dropped < 0.32 * MANY
    assert heard == [data for data in sent if data in set(heard)]


def test_duplicate_delivers_twice_in_a_row(sim: Simulation) -> None:
    link = Link(sim, seed=3, duplicate=0.2)
    sent, heard = link.send_many(), link.heard()
    assert len(heard) == len(sent) + link.faults.counts.duplicated
    assert 0.13 * MANY < link.faults.counts.duplicated < 0.27 * MANY
    assert [data for number, data in enumerate(heard) if not number or heard[number - 1] != data] == sent


def test_corrupt_flips_one_bit_of_the_ip_packet_in_a_copy(sim: Simulation) -> None:
    link = Link(sim, seed=5, corrupt=0.3)
    sent, heard = link.send_many(), link.heard()
    differences = [
        (int.from_bytes(old, "big") ^ int.from_bytes(new, "big")).bit_count()
        for old, new in zip(sent, heard, strict=True)
    ]
    assert set(differences) == {0, 1}
    assert sum(differences) == link.faults.counts.corrupted > 0.2 * MANY


def test_arp_is_never_corrupted(sim: Simulation) -> None:
    link = Link(sim, corrupt=1.0)
    frame = b"\xff" * 6 + TO_SECOND + bytes.fromhex("0806") + bytes(range(28))
    link.sender.send(frame)
    sim.wait(None, 1)
    assert link.receiver.heard == [frame]


def test_reorder_lets_later_frames_overtake(sim: Simulation) -> None:
    link = Link(sim, seed=1, reorder=0.3)
    sent, heard = link.send_many(), link.heard()
    assert sorted(heard) == sorted(sent)
    assert heard != sent
    assert link.faults.counts.reordered > 0.2 * MANY


def test_constant_delay_is_exact_and_keeps_order(sim: Simulation) -> None:
    link = Link(sim, delay=43210)
    times: list[int] = []
    link.receiver.interface._receive_hooks = [_note(times)]
    start = sim.now_us()
    for number in range(5):
        link.send(ip_packet(bytes([number])))
    sim.wait(None, 10)
    assert times == [start + 43210] * 5


def test_range_of_delays_stays_within_it(sim: Simulation) -> None:
    link = Link(sim, seed=2, delay=(1000, 3000))
    times: list[int] = []
    link.receiver.interface._receive_hooks = [_note(times)]
    start = sim.now_us()
    for number in range(50):
        link.send(ip_packet(bytes([number])))
    sim.wait(None, 10)
    delays = [time - start for time in times]
    assert len(delays) == 50
    assert 1000 <= min(delays) < 1200
    assert 2800 < max(delays) <= 3000


def _note(times: list[int]) -> Any:
    def note(ip_ptr: Any, packet: NX_PACKET, ethertype: int) -> bool:
        times.append(ip_ptr._sim.now_us())
        _nx_packet_release(packet)
        return False

    return note


def run_with(**options: Any) -> list[bytes]:
    with simulation() as sim:
        link = Link(sim, **options)
        link.send_many(120)
        return link.heard()


MIXED = {"loss": 0.1, "duplicate": 0.1, "reorder": 0.1, "corrupt": 0.1, "delay": (0, 30000)}


def test_seed_replays_a_run() -> None:
    assert run_with(seed=11, **MIXED) == run_with(seed=11, **MIXED)
    assert run_with(seed=11, **MIXED) != run_with(seed=12, **MIXED)


def test_one_fault_does_not_move_another() -> None:
    """The frames lost are the same whether or not others are damaged."""
    alone, together = run_with(seed=4, loss=0.3), run_with(seed=4, loss=0.3, corrupt=1.0)
    assert len(alone) == len(together)
    assert all(_bits(old, new) == 1 for old, new in zip(alone, together, strict=True))


def _bits(old: bytes, new: bytes) -> int:
    return (int.from_bytes(old, "big") ^ int.from_bytes(new, "big")).bit_count()


@pytest.mark.parametrize(
    "options",
    [{"loss": 1.5}, {"duplicate": -0.1}, {"corrupt": 2}, {"reorder": 9}, {"delay": -1}, {"delay": (5, 4)}],
)
def test_impossible_fault_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        Faults(RamWire(), **options)


def test_driver_must_be_callable() -> None:
    with pytest.raises(TypeError, match="driver"):
        Faults("ram:")  # type: ignore[arg-type]


# -- by rule --------------------------------------------------------------------------------------------


def test_rule_sees_every_frame_and_decides(sim: Simulation) -> None:
    seen: list[FrameInfo] = []

    def third_is_lost(frame: FrameInfo) -> Any:
        seen.append(frame)
        return DROP if frame.number == 3 else PASS

    link = Link(sim, rule=third_is_lost)
    sent = link.send_many(5)
    assert link.heard() == sent[:2] + sent[3:]
    assert [frame.number for frame in seen] == [1, 2, 3, 4, 5]
    assert [frame.packet for frame in seen] == sent
    assert all(frame.sent and frame.is_ip and frame.protocol == 253 and frame.tcp is None for frame in seen)
    assert "<FrameInfo 1 out 0x0800" in repr(seen[0])
    assert link.faults.counts.ruled == link.faults.counts.dropped == 1


def test_rules_are_asked_in_order_until_one_decides(sim: Simulation) -> None:
    asked: list[str] = []

    def rule(name: str, verdict: Any) -> Any:
        def ask(frame: FrameInfo) -> Any:
            asked.append(name)
            return verdict

        return ask

    link = Link(sim, loss=1.0, rule=rule("first", None))
    link.faults.install(rule("second", PASS))
    link.faults.install(rule("third", Deliver()))
    link.faults.install(rule("fourth", DROP))
    assert link.send_many(1) == link.heard()
    assert asked == ["first", "second", "third"]


def test_guard_takes_its_rule_out_again(sim: Simulation) -> None:
    link = Link(sim)
    with link.faults.install(lambda frame: DROP) as guard:
        link.send(ip_packet(b"one"))
        assert link.heard() == []
    link.send(ip_packet(b"two"))
    assert link.heard() == [ip_packet(b"two")]
    guard.remove()


def test_rule_delivers_late_often_and_changed(sim: Simulation) -> None:
    other = bytes(14) + ip_packet(b"something else")
    link = Link(sim, rule=lambda frame: Deliver(delay_us=50000, copies=3, data=other))
    link.send(ip_packet(b"one"))
    assert link.heard(4) == []
    assert link.heard(2) == [other[14:]] * 3
    counts = link.faults.counts
    assert (counts.delayed, counts.duplicated, counts.corrupted) == (1, 1, 1)
    assert "ruled=1" in repr(counts)


def test_rule_that_answers_nonsense_is_told_so(sim: Simulation) -> None:
    link = Link(sim, rule=lambda frame: "drop")
    with pytest.raises(TypeError, match="PASS, DROP or Deliver"):
        link.sender.send(bytes(14) + ip_packet(b"x"))
    for packet in link.sender.pool._packets:
        if packet._holder:
            _nx_packet_release(packet)


# -- held frames ----------------------------------------------------------------------------------------


def test_held_frames_use_no_packet_of_the_pools(sim: Simulation) -> None:
    link = Link(sim, delay=100000)
    for number in range(10):
        link.send(ip_packet(bytes([number])))
    for node in (link.sender, link.receiver):
        assert node.pool.nx_packet_pool_available == node.pool.nx_packet_pool_total
    assert len(link.heard(20)) == 10


def test_held_frames_are_forgotten_with_their_interface(sim: Simulation) -> None:
    link = Link(sim, delay=100000)
    link.send(ip_packet(b"never"))
    assert _nx_ip_delete(link.sender.ip) == 0
    assert link.heard(30) == []


def test_frame_due_while_the_instance_is_busy_is_sent_by_its_thread(sim: Simulation) -> None:
    """Held frames leave through NX_LINK_DEFERRED_PROCESSING, with the mutex of the instance held."""
    owners: list[Any] = []
    wire = RamWire()

    def watch(request: Any) -> None:
        if request.nx_ip_driver_command == NX_LINK_PACKET_SEND:
            owners.append(request.nx_ip_driver_ptr.nx_ip_protection.tx_mutex_owner)
        wire(request)

    faults = Faults(watch, delay=10000)
    sender, receiver = Tapper(faults), Tapper(wire)
    sim.wait(None, 1)
    packet = packet_get(sender.pool, 56, "test")
    assert packet is not None
    assert packet_write(packet, ip_packet(b"x"), sender.pool, "test")
    sender.request(NX_LINK_PACKET_SEND, packet=packet, physical_address_msw=0x0011, physical_address_lsw=0x22334457)
    sim.wait(None, 5)
    assert owners == [sender.ip.nx_ip_thread]
    assert len(receiver.heard) == 1


# -- receiving ------------------------------------------------------------------------------------------


def receiving(sim: Simulation, **options: Any) -> tuple[Tapper, Tapper, Faults]:
    wire = RamWire()
    faults = Faults(wire, **options)
    sender, receiver = Tapper(wire), Tapper(faults)
    sim.wait(None, 1)
    return sender, receiver, faults


def test_received_frames_are_left_alone_on_a_simulated_wire(sim: Simulation) -> None:
    sender, receiver, faults = receiving(sim, loss=1.0)
    sender.send(TO_SECOND + bytes(6) + b"\x08\0" + ip_packet(b"x"))
    assert len(receiver.heard) == 1
    assert faults.counts.seen == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [b"one", b"two"]),
        ({"loss": 1.0}, []),
        ({"duplicate": 1.0}, [b"one", b"one", b"two", b"two"]),
        ({"delay": 30000}, [b"one", b"two"]),
        ({"rule": lambda frame: Deliver(20000) if frame.number == 1 else PASS}, [b"two", b"one"]),
    ],
)
def test_received_frames_are_disturbed_where_asked(
    sim: Simulation, options: dict[str, Any], expected: list[bytes]
) -> None:
    sender, receiver, faults = receiving(sim, receive=True, **options)
    for data in (b"one", b"two"):
        sender.send(TO_SECOND + bytes(6) + b"\x08\0" + ip_packet(data))
    sim.wait(None, 10)
    assert [frame[34:] for frame in receiver.heard] == expected
    assert faults.counts.seen == 2


def test_received_frame_lost_for_want_of_packets_leaves_none_behind(sim: Simulation) -> None:
    sender, receiver, _ = receiving(sim, receive=True, delay=20000)
    sender.send(TO_SECOND + bytes(6) + b"\x08\0" + ip_packet(b"x"))
    held = [packet_get(receiver.pool, 0, "test") for _ in range(receiver.pool.nx_packet_pool_total)]
    sim.wait(None, 5)
    assert receiver.heard == []
    for packet in held:
        assert packet is not None
        _nx_packet_release(packet)


def test_two_wrappers_stack(sim: Simulation) -> None:
    wire = RamWire()
    inner = Faults(wire, duplicate=1.0, receive=True)
    outer = Faults(inner, duplicate=1.0, receive=True)
    sender, receiver = Tapper(outer), Tapper(wire)
    sim.wait(None, 1)
    sender.send(TO_SECOND + bytes(6) + b"\x08\0" + ip_packet(b"x"))
    sim.wait(None, 1)
    assert len(receiver.heard) == 4
    receiver.send(bytes.fromhex("001122334456") + bytes(6) + b"\x08\0" + ip_packet(b"y"))
    assert len(sender.heard) == 4
    assert repr(outer) == f"<Faults of <Faults of {wire!r}>>"


# -- capabilities ---------------------------------------------------------------------------------------


def test_wrapper_takes_back_integrity_for_the_whole_wire(sim: Simulation) -> None:
    """Whoever is not wrapped must send checksums too, or the wrapped end would reject everything."""
    link = Link(sim, RamWire(integrity=True))
    late = Tapper(link.wire)
    sim.wait(None, 1)
    for node in (link.sender, link.receiver, late):
        assert node.interface.nx_interface_capability_flag == 0


def test_checksums_cannot_be_given_away_past_a_wrapper(sim: Simulation) -> None:
    link = Link(sim)
    wanted = [0xFFF]
    assert link.sender.request(NX_INTERFACE_CAPABILITY_SET, return_ptr=wanted) == 0
    assert wanted == [0xFFF]
    answer = [None]
    assert link.sender.request(NX_INTERFACE_CAPABILITY_GET, return_ptr=answer) == 0
    assert answer == [0]
    assert link.sender.interface.nx_interface_capability_flag == 0


def test_hook_goes_with_the_interface(sim: Simulation) -> None:
    link = Link(sim)
    hooks = link.sender.interface._receive_hooks
    assert hooks is not None
    assert link.faults._received in hooks
    assert link.sender.request(NX_LINK_UNINITIALIZE) == 0
    assert link.faults._received not in hooks
