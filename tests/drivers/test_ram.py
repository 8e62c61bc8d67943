"""The RAM wire: who hears a frame, what it is copied into, when it arrives, and what the device's own wire answers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from netx_drivers.ram import DEVICE_INTERFACES, RamWire, default_wire, nx_ram_network_driver
from netx_sim.constants import (
    NX_INTERFACE_CAPABILITY_CHECKSUM_ALL,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_ALLOC_ERRORS,
    NX_LINK_GET_DUPLEX_TYPE,
    NX_LINK_GET_ERROR_COUNT,
    NX_LINK_GET_INTERFACE_TYPE,
    NX_LINK_GET_RX_COUNT,
    NX_LINK_GET_SPEED,
    NX_LINK_GET_STATUS,
    NX_LINK_GET_TX_COUNT,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
    NX_LINK_RX_DISABLE,
    NX_LINK_RX_ENABLE,
    NX_LINK_SET_PHYSICAL_ADDRESS,
    NX_LINK_USER_COMMAND,
)
from netx_sim.kernel import Simulation, simulation
from netx_sim.packet import _nx_packet_release, packet_get
from netx_sim.status import (
    NX_ENTRY_NOT_FOUND,
    NX_INVALID_INTERFACE,
    NX_NO_MORE_ENTRIES,
    NX_SUCCESS,
    NX_UNHANDLED_COMMAND,
)
from netx_sim.testing.driver_bench import ip_packet
from tests.drivers.rigs import Tapper

BROADCAST = "ffffffffffff"


@pytest.fixture
def sim() -> Iterator[Simulation]:
    with simulation() as world:
        yield world


def nodes(wire: Any, count: int) -> list[Tapper]:
    """So many interfaces on the wire, started in order."""
    made = [Tapper(wire) for _ in range(count)]
    made[0].ip._sim.wait(None, 1)
    return made


def mac(number: int) -> str:
    return f"0011223344{0x56 + number:02x}"


def frame(destination: str, data: bytes = b"hello", ethertype: str = "0800") -> bytes:
    return bytes.fromhex(destination + "020000000001" + ethertype) + ip_packet(data)


def heard(made: list[Tapper]) -> list[int]:
    """How many frames each heard since the last call."""
    made[0].ip._sim.wait(None, 1)
    counts = [len(node.heard) for node in made]
    for node in made:
        node.heard = []
    return counts


def ask(node: Tapper, command: int) -> tuple[int, Any]:
    answer = [None]
    return node.request(command, return_ptr=answer), answer[0]


# -- who hears what -------------------------------------------------------------------------------------


def test_hardware_addresses_follow_the_order_of_attachment(sim: Simulation) -> None:
    made = nodes(RamWire(), 6)
    addresses = [
        (node.interface.nx_interface_physical_address_msw, node.interface.nx_interface_physical_address_lsw)
        for node in made
    ]
    assert addresses == [(0x0011, 0x22334456 + slot) for slot in range(6)]
    assert made[0].interface.nx_interface_ip_mtu_size == 1500
    assert made[0].interface.nx_interface_address_mapping_needed


@pytest.mark.parametrize(
    ("destination", "hearers"),
    [
        (mac(1), [0, 1, 0, 0]),
        (mac(3), [0, 0, 0, 1]),
        (mac(0), [0, 0, 0, 0]),
        ("0011223344ff", [0, 0, 0, 0]),
        (BROADCAST, [0, 1, 1, 1]),
        ("000000000000", [0, 1, 1, 1]),
        ("333300000001", [0, 1, 1, 1]),
        ("3333ffabcdef", [0, 1, 1, 1]),
        ("01005e000001", [0, 0, 0, 0]),
    ],
)
def test_frame_goes_to_whom_its_address_names(sim: Simulation, destination: str, hearers: list[int]) -> None:
    made = nodes(RamWire(), 4)
    made[0].send(frame(destination))
    assert heard(made) == hearers


def test_multicast_goes_to_those_who_joined_until_they_leave(sim: Simulation) -> None:
    made = nodes(RamWire(), 4)
    group = {"physical_address_msw": 0x0100, "physical_address_lsw": 0x5E000001}
    for node in (made[0], made[2]):
        assert node.request(NX_LINK_MULTICAST_JOIN, **group) == NX_SUCCESS
    made[0].send(frame("01005e000001"))
    assert heard(made) == [0, 0, 1, 0]
    assert made[2].request(NX_LINK_MULTICAST_LEAVE, **group) == NX_SUCCESS
    made[0].send(frame("01005e000001"))
    assert heard(made) == [0, 0, 0, 0]
    assert made[2].request(NX_LINK_MULTICAST_LEAVE, **group) == NX_ENTRY_NOT_FOUND


def test_interface_holds_three_multicast_addresses(sim: Simulation) -> None:
    made = nodes(RamWire(), 2)
    statuses = [
        made[1].request(NX_LINK_MULTICAST_JOIN, physical_address_msw=0x0100, physical_address_lsw=0x5E000001 + group)
        for group in range(4)
    ]
    assert statuses == [NX_SUCCESS] * 3 + [NX_NO_MORE_ENTRIES]
    for group in range(4):
        made[0].send(frame(f"01005e0000{1 + group:02x}"))
    assert heard(made) == [0, 3]


def test_changed_address_is_followed(sim: Simulation) -> None:
    made = nodes(RamWire(), 2)
    made[0].send(frame(mac(1)))
    assert heard(made) == [0, 1]
    new = {"physical_address_msw": 0x0200, "physical_address_lsw": 0x00000009}
    assert made[1].request(NX_LINK_SET_PHYSICAL_ADDRESS, **new) == NX_SUCCESS
    made[0].send(frame(mac(1)))
    made[0].send(frame("020000000009"))
    assert heard(made) == [0, 1]


def test_two_interfaces_of_one_address_both_hear(sim: Simulation) -> None:
    made = nodes(RamWire(), 3)
    made[2].request(NX_LINK_SET_PHYSICAL_ADDRESS, physical_address_msw=0x0011, physical_address_lsw=0x22334457)
    made[0].send(frame(mac(1)))
    assert heard(made) == [0, 1, 1]


def test_link_state_of_the_receiver_is_not_looked_at(sim: Simulation) -> None:
    made = nodes(RamWire(), 2)
    made[1].request(NX_LINK_DISABLE)
    made[0].send(frame(mac(1)))
    assert heard(made) == [0, 1]


def test_paused_reception_hears_nothing_until_resumed(sim: Simulation) -> None:
    made = nodes(RamWire(), 2)
    for command, count in ((NX_LINK_RX_DISABLE, 0), (NX_LINK_RX_ENABLE, 1)):
        assert made[1].request(command) == NX_SUCCESS
        made[0].send(frame(mac(1)))
        assert heard(made) == [0, count]


def test_slot_of_a_detached_interface_is_given_away_again(sim: Simulation) -> None:
    wire = RamWire()
    made = nodes(wire, 3)
    assert made[0].request(NX_LINK_INTERFACE_DETACH) == NX_SUCCESS
    made[1].send(frame(BROADCAST))
    assert heard(made) == [0, 0, 1]
    late = nodes(wire, 1)[0]
    assert late.interface.nx_interface_physical_address_lsw == 0x22334456


# -- copies ---------------------------------------------------------------------------------------------


def test_copy_has_its_ip_header_sixteen_bytes_into_the_payload(sim: Simulation) -> None:
    made = nodes(RamWire(), 2)
    layout: list[Any] = []

    def look(ip_ptr: Any, packet: Any, ethertype: int) -> bool:
        start = packet.nx_packet_data_start
        layout.append((packet.nx_packet_prepend_ptr - start, packet.nx_packet_length, packet.nx_packet_interface_ptr))
        layout.append(bytes(packet._mem[start + 2 : packet.nx_packet_append_ptr]))
        _nx_packet_release(packet)
        return False

    made[1].interface._receive_hooks = [look]
    sent = frame(mac(1))
    made[0].send(sent)
    assert layout == [(16, len(sent) - 14, made[1].interface), sent]


def test_empty_pool_loses_the_frame_for_this_receiver_and_all_after_it(sim: Simulation) -> None:
    made = nodes(RamWire(), 4)
    pool = made[2].pool
    held = [packet_get(pool, 0, "test") for _ in range(pool.nx_packet_pool_total)]
    made[0].send(frame(BROADCAST))
    assert heard(made) == [0, 1, 0, 0]
    assert pool.nx_packet_pool_empty_requests == 1
    assert ask(made[2], NX_LINK_GET_ALLOC_ERRORS) == (NX_SUCCESS, 1)
    for packet in held:
        _nx_packet_release(packet)
    made[0].send(frame(BROADCAST))
    assert heard(made) == [0, 1, 1, 1]


def test_sender_is_not_preempted_before_every_receiver_has_its_copy(sim: Simulation) -> None:
    made = nodes(RamWire(), 3)
    waiting: list[int] = []

    def look(ip_ptr: Any, packet: Any, ethertype: int) -> bool:
        waiting.append(len(made[1].ip._deferred_received))
        return True

    for node in made[1:]:
        node.interface._receive_hooks = [look]
    made[0].send(frame(BROADCAST))
    # The first receiver outranks the sender, and yet has not run when the second gets its copy; now it has.
    assert waiting == [0, 1]
    assert not made[1].ip._deferred_received


# -- time -----------------------------------------------------------------------------------------------


def arrivals(node: Tapper) -> list[int]:
    """The times, in microseconds, at which frames reach the node from now on."""
    times: list[int] = []

    def note(ip_ptr: Any, packet: Any, ethertype: int) -> bool:
        times.append(ip_ptr._sim.now_us())
        _nx_packet_release(packet)
        return False

    node.interface._receive_hooks = [note]
    return times


def test_latency_is_exact(sim: Simulation) -> None:
    made = nodes(RamWire(latency_us=123457), 2)
    times, start = arrivals(made[1]), sim.now_us()
    made[0].send(frame(mac(1)))
    sim.wait(None, 20)
    assert times == [start + 123457]


def test_bandwidth_is_exact_over_many_frames(sim: Simulation) -> None:
    """Rounding to microseconds does not add up: 30 frames of 39 bytes at 57600 bit/s."""
    made = nodes(RamWire(bandwidth=57600), 2)
    times, start = arrivals(made[1]), sim.now_us()
    size = len(frame(mac(1)))
    for _ in range(30):
        made[0].send(frame(mac(1)))
    sim.wait(None, 100)
    assert times == [start + -(-number * size * 8 * 1000000 // 57600) for number in range(1, 31)]


def test_each_direction_has_the_bandwidth_for_itself(sim: Simulation) -> None:
    made = nodes(RamWire(bandwidth=8000), 2)
    there, back, start = arrivals(made[1]), arrivals(made[0]), sim.now_us()
    made[0].send(frame(mac(1)))
    made[1].send(frame(mac(0)))
    sim.wait(None, 100)
    assert there == back == [start + 1000 * len(frame(mac(1)))]


def test_packet_is_with_the_driver_until_its_last_bit_is_out(sim: Simulation) -> None:
    made = nodes(RamWire(bandwidth=8000), 2)
    made[0].send(frame(mac(1)))
    assert made[0].pool.nx_packet_pool_available == made[0].pool.nx_packet_pool_total - 1
    sim.wait(None, 100)
    assert made[0].pool.nx_packet_pool_available == made[0].pool.nx_packet_pool_total
    assert heard(made) == [0, 1]


@pytest.mark.parametrize("command", [NX_LINK_INTERFACE_DETACH])
def test_detached_sender_takes_back_what_it_had_not_sent(sim: Simulation, command: int) -> None:
    made = nodes(RamWire(bandwidth=8000, latency_us=5), 2)
    for _ in range(3):
        made[0].send(frame(mac(1)))
    assert made[0].request(command) == NX_SUCCESS
    assert made[0].pool.nx_packet_pool_available == made[0].pool.nx_packet_pool_total


@pytest.mark.parametrize("options", [{"bandwidth": 0}, {"bandwidth": -1}, {"latency_us": -1}])
def test_impossible_wire_is_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        RamWire(**options)  # type: ignore[arg-type]


# -- capabilities ---------------------------------------------------------------------------------------


def test_wire_with_integrity_lets_the_stack_leave_out_checksums(sim: Simulation) -> None:
    made = nodes(RamWire(integrity=True), 2)
    assert [node.interface.nx_interface_capability_flag for node in made] == [NX_INTERFACE_CAPABILITY_CHECKSUM_ALL] * 2
    made = nodes(RamWire(), 2)
    assert [node.interface.nx_interface_capability_flag for node in made] == [0, 0]


# -- the device's wire ----------------------------------------------------------------------------------


def test_device_wire_takes_four_interfaces(sim: Simulation) -> None:
    made = nodes(nx_ram_network_driver, DEVICE_INTERFACES + 1)
    assert [bool(node.interface.nx_interface_ip_mtu_size) for node in made] == [True] * 4 + [False]
    assert made[4].request(NX_LINK_INTERFACE_ATTACH) == NX_INVALID_INTERFACE
    assert made[4].request(NX_LINK_ENABLE) == NX_INVALID_INTERFACE


def test_device_wire_is_one_per_simulation() -> None:
    with simulation() as outer:
        first = default_wire(outer)
        assert default_wire(outer) is first
        with simulation() as inner:
            assert default_wire(inner) is not first
        nodes(nx_ram_network_driver, 1)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (NX_LINK_GET_STATUS, (NX_SUCCESS, 1)),
        (NX_LINK_GET_ERROR_COUNT, (NX_SUCCESS, 0)),
        (NX_LINK_GET_RX_COUNT, (NX_SUCCESS, 0)),
        (NX_LINK_GET_TX_COUNT, (NX_SUCCESS, 0)),
        (NX_LINK_GET_ALLOC_ERRORS, (NX_SUCCESS, 0)),
        (NX_LINK_GET_SPEED, (NX_UNHANDLED_COMMAND, None)),
        (NX_LINK_GET_DUPLEX_TYPE, (NX_UNHANDLED_COMMAND, None)),
        (NX_LINK_GET_INTERFACE_TYPE, (NX_UNHANDLED_COMMAND, None)),
        (NX_LINK_USER_COMMAND, (NX_UNHANDLED_COMMAND, None)),
    ],
)
def test_device_wire_answers_as_the_device(sim: Simulation, command: int, expected: tuple[int, Any]) -> None:
    made = nodes(nx_ram_network_driver, 2)
    made[1].send(frame(mac(0)))
    assert ask(made[0], command) == expected


def test_device_wire_tells_the_state_of_the_first_interface() -> None:
    """GET_STATUS of the second interface of an instance answers for the first: the device's own confusion."""
    with simulation(config={"NX_MAX_PHYSICAL_INTERFACES": 2}):
        made = nodes(nx_ram_network_driver, 1)[0]
        second = made.ip.nx_ip_interface[1]
        for command in (NX_LINK_INTERFACE_ATTACH, NX_LINK_ENABLE):
            assert made.request(command, interface=second) == NX_SUCCESS
        made.request(NX_LINK_DISABLE)
        answer = [None]
        made.request(NX_LINK_GET_STATUS, interface=second, return_ptr=answer)
        assert (second.nx_interface_link_up, answer) == (1, [0])


def test_own_wire_answers_for_itself(sim: Simulation) -> None:
    made = nodes(RamWire(bandwidth=1000000), 2)
    made[1].send(frame(mac(0)))
    sim.wait(None, 5)
    answers: dict[int, Callable[[], int]] = {
        NX_LINK_GET_STATUS: lambda: 1,
        NX_LINK_GET_RX_COUNT: lambda: 1,
        NX_LINK_GET_TX_COUNT: lambda: 0,
        NX_LINK_GET_ERROR_COUNT: lambda: 0,
        NX_LINK_GET_SPEED: lambda: 1000000,
        NX_LINK_GET_DUPLEX_TYPE: lambda: 1,
        NX_LINK_GET_INTERFACE_TYPE: lambda: 2,
    }
    for command, value in answers.items():
        assert ask(made[0], command) == (NX_SUCCESS, value()), command


def test_wire_of_an_earlier_simulation_starts_anew() -> None:
    wire = RamWire()
    for _ in range(2):
        with simulation():
            made = nodes(wire, 2)
            assert made[0].interface.nx_interface_physical_address_lsw == 0x22334456
            made[0].send(frame(mac(1)))
            assert heard(made) == [0, 1]
