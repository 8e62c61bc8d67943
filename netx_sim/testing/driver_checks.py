"""The checks of the driver conformance suite; a check's docstring is the rule it is about.

Read first: ``driver_conformance.py``.  Each check makes a bench of its own, and fails by an assertion.
"""

from collections.abc import Callable

from netx_sim.constants import (
    NX_DRIVER_TX_DONE,
    NX_LINK_ARP_RESPONSE_SEND,
    NX_LINK_ARP_SEND,
    NX_LINK_DEFERRED_PROCESSING,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_RX_COUNT,
    NX_LINK_GET_STATUS,
    NX_LINK_GET_TX_COUNT,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_MULTICAST_JOIN,
    NX_LINK_MULTICAST_LEAVE,
    NX_LINK_PACKET_BROADCAST,
    NX_LINK_PACKET_SEND,
    NX_LINK_RARP_SEND,
    NX_LINK_RAW_PACKET_SEND,
    NX_LINK_UNINITIALIZE,
    NX_LINK_USER_COMMAND,
)
from netx_sim.link import NX_INTERFACE
from netx_sim.packet import _nx_packet_release, packet_get
from netx_sim.status import NX_SUCCESS, NX_UNHANDLED_COMMAND
from netx_sim.testing.driver_bench import PEER, UNWRITTEN, Bench, DriverRig, ip_packet

BROADCAST = b"\xff" * 6
GROUP = bytes.fromhex("01005e000107")
OTHER = bytes.fromhex("020000000099")
SENDS = (
    NX_LINK_PACKET_SEND,
    NX_LINK_PACKET_BROADCAST,
    NX_LINK_ARP_SEND,
    NX_LINK_ARP_RESPONSE_SEND,
    NX_LINK_RARP_SEND,
    NX_LINK_RAW_PACKET_SEND,
)
ENDS = (NX_LINK_UNINITIALIZE, NX_LINK_INTERFACE_DETACH)
UNKNOWN_COMMANDS = (NX_LINK_USER_COMMAND, 51, 999, 0xFFFFFFFF)
ARP_MESSAGE = bytes(range(28))
BURST = 30


class NotApplicable(Exception):
    """The rig, or the kind of link, has nothing this check could look at."""


# -- requests -------------------------------------------------------------------------------------------


def status_is_always_written(make_rig: Callable[[], DriverRig]) -> None:
    """The driver writes the status of every request, of those it does not know too."""
    with Bench(make_rig) as bench:
        commands = [command for command in range(30) if command not in SENDS + ENDS]
        for command in (*commands, *UNKNOWN_COMMANDS, *SENDS, *ENDS):
            packet = bench.packet(bench.frame(ip_packet(b"x"))) if command in SENDS else None
            status = bench.request(command, packet=packet).nx_ip_driver_status
            assert status != UNWRITTEN, f"command {command}: the status was not written"
            assert isinstance(status, int), f"command {command}: the status is {status!r}"
        bench.expect_no_loss()


def unknown_commands_are_refused(make_rig: Callable[[], DriverRig]) -> None:
    """A command the driver does not know is answered NX_UNHANDLED_COMMAND, and changes nothing."""
    with Bench(make_rig) as bench:
        for command in UNKNOWN_COMMANDS:
            status, value = bench.ask(command)
            assert status == NX_UNHANDLED_COMMAND, f"command {command}: status 0x{status:02X}"
            assert value == UNWRITTEN, f"command {command}: a value was returned"
        bench.expect_only()


def initialize_describes_the_link(make_rig: Callable[[], DriverRig]) -> None:
    """INITIALIZE sets the MTU in IP bytes, the mapping flag, and on Ethernet a unicast hardware address."""
    with Bench(make_rig) as bench:
        interface = bench.interface
        assert interface.nx_interface_ip_mtu_size >= 68, "RFC 791: every link carries 68 bytes"
        assert bool(interface.nx_interface_address_mapping_needed) == bench.rig.ethernet
        if bench.rig.ethernet:
            assert bench.address != bytes(6), "no hardware address"
            assert not bench.address[0] & 1, "the hardware address is a group address"
        assert bench.request(NX_LINK_INITIALIZE).nx_ip_driver_status == NX_SUCCESS


def enable_and_disable_set_the_link(make_rig: Callable[[], DriverRig]) -> None:
    """ENABLE and DISABLE set nx_interface_link_up, and GET_STATUS tells it."""
    with Bench(make_rig) as bench:
        for command, up in ((NX_LINK_DISABLE, 0), (NX_LINK_ENABLE, 1), (NX_LINK_DISABLE, 0), (NX_LINK_ENABLE, 1)):
            assert bench.request(command).nx_ip_driver_status == NX_SUCCESS
            assert bench.interface.nx_interface_link_up == up, f"command {command}: nx_interface_link_up"
            assert bench.ask(NX_LINK_GET_STATUS) == (NX_SUCCESS, up)


def unknown_interface_is_refused(make_rig: Callable[[], DriverRig]) -> None:
    """A request for an interface that was never attached fails, and its packet is given back all the same."""
    with Bench(make_rig) as bench:
        stranger = NX_INTERFACE(0)
        for command in (NX_LINK_INITIALIZE, NX_LINK_ENABLE, NX_LINK_PACKET_SEND):
            packet = bench.packet(ip_packet(b"lost")) if command == NX_LINK_PACKET_SEND else None
            status = bench.request(command, interface=stranger, packet=packet).nx_ip_driver_status
            assert status not in (NX_SUCCESS, UNWRITTEN), f"command {command}: status 0x{status:02X}"
        bench.expect_no_loss()


def deferred_processing_is_harmless(make_rig: Callable[[], DriverRig]) -> None:
    """DEFERRED_PROCESSING may come at any time, because it goes to all drivers of an instance."""
    with Bench(make_rig) as bench:
        status = bench.request(NX_LINK_DEFERRED_PROCESSING).nx_ip_driver_status
        assert status in (NX_SUCCESS, NX_UNHANDLED_COMMAND)
        bench.expect_only()


def counters_count(make_rig: Callable[[], DriverRig]) -> None:
    """Where a driver counts, a frame sent and one received are one more each."""
    with Bench(make_rig) as bench:
        before = [bench.ask(command) for command in (NX_LINK_GET_TX_COUNT, NX_LINK_GET_RX_COUNT)]
        bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(b"one")), PEER)
        bench.expect_sent(1)
        bench.rig.put(bench.frame(ip_packet(b"one")))
        bench.expect_received(1)
        after = [bench.ask(command) for command in (NX_LINK_GET_TX_COUNT, NX_LINK_GET_RX_COUNT)]
        for (status, old), (_, new) in zip(before, after, strict=True):
            if status == NX_SUCCESS and (old or new):
                assert new == old + 1, f"counted {new - old} frames, expected 1"


# -- sending --------------------------------------------------------------------------------------------


def frame_is_sent_whole(make_rig: Callable[[], DriverRig]) -> None:
    """The frame on the medium is the link header and exactly the packet's bytes, for each kind of send."""
    with Bench(make_rig) as bench:
        for command, ethertype, data, version in _send_kinds(bench):
            assert bench.send(command, bench.packet(data, version=version), PEER) == NX_SUCCESS
            header = PEER + bench.address + ethertype.to_bytes(2, "big") if bench.rig.ethernet else b""
            assert _unpadded(bench.expect_sent(1)[0], header + data) == header + data, f"command {command}"
        bench.expect_no_loss()


def _send_kinds(bench: Bench) -> list[tuple[int, int, bytes, int]]:
    ipv6 = bytes.fromhex("600000000004fd40") + bytes(32) + b"data"
    kinds = [(NX_LINK_PACKET_SEND, 0x0800, ip_packet(b"data"), 4), (NX_LINK_PACKET_SEND, 0x86DD, ipv6, 6)]
    if bench.rig.ethernet:
        kinds += [
            (NX_LINK_ARP_SEND, 0x0806, ARP_MESSAGE, 4),
            (NX_LINK_ARP_RESPONSE_SEND, 0x0806, ARP_MESSAGE, 4),
            (NX_LINK_RARP_SEND, 0x8035, ARP_MESSAGE, 4),
        ]
    return kinds


def _unpadded(frame: bytes, wanted: bytes) -> bytes:
    """The frame without the padding a link may add to a short one."""
    if len(frame) == 60 and not any(frame[len(wanted) :]):
        return frame[: len(wanted)]
    return frame


def broadcast_is_sent_to_all(make_rig: Callable[[], DriverRig]) -> None:
    """PACKET_BROADCAST goes to the address in the request, which is ff:ff:ff:ff:ff:ff."""
    with Bench(make_rig) as bench:
        data = ip_packet(b"to all")
        bench.send(NX_LINK_PACKET_BROADCAST, bench.packet(data))
        frame = bench.expect_sent(1)[0]
        assert frame[:6] == BROADCAST if bench.rig.ethernet else frame == data


def raw_frame_is_sent_as_it_is(make_rig: Callable[[], DriverRig]) -> None:
    """RAW_PACKET_SEND, where it is known, adds nothing; where it is not, the packet is not lost for TCP."""
    with Bench(make_rig) as bench:
        frame = bench.frame(ip_packet(b"ready made"), PEER)
        packet = bench.packet(frame)
        if bench.send(NX_LINK_RAW_PACKET_SEND, packet) == NX_UNHANDLED_COMMAND:
            _nx_packet_release(packet)
        else:
            assert bench.expect_sent(1) == [frame]
        bench.expect_no_loss()


def packet_is_restored_and_kept_by_tcp(make_rig: Callable[[], DriverRig]) -> None:
    """After sending, prepend and length are as before; a packet TCP keeps is marked as transmitted."""
    with Bench(make_rig) as bench:
        data = ip_packet(b"once more")
        packet = bench.packet(data, enqueued=True)
        before = (packet.nx_packet_prepend_ptr, packet.nx_packet_append_ptr, packet.nx_packet_length)
        for _ in range(2):
            packet.nx_packet_queue_next = None
            bench.send(NX_LINK_PACKET_SEND, packet, PEER)
            frame = bench.expect_sent(1)[0]
            assert frame.endswith(data)
            assert bench.settle(lambda: packet.nx_packet_queue_next == NX_DRIVER_TX_DONE), "not transmit-released"
            after = (packet.nx_packet_prepend_ptr, packet.nx_packet_append_ptr, packet.nx_packet_length)
            assert after == before, "prepend, append or length are not what they were"
        packet.nx_packet_tcp_queue_next = 0xAAAAAAAA
        _nx_packet_release(packet)
        bench.expect_no_loss()


def packet_is_given_back_once(make_rig: Callable[[], DriverRig]) -> None:
    """Each sent packet is given back exactly once, also when the link is down."""
    with Bench(make_rig, packets=3 * BURST) as bench:
        for _ in range(BURST):
            bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(b"x"), pieces=2), PEER)
        bench.expect_sent(BURST)
        bench.request(NX_LINK_DISABLE)
        bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(b"down")), PEER)
        bench.expect_no_loss()


def chain_is_followed(make_rig: Callable[[], DriverRig]) -> None:
    """A chain is one frame."""
    with Bench(make_rig) as bench:
        data = ip_packet(bytes(range(256)) * 4)
        for pieces in (2, 3, 7):
            bench.send(NX_LINK_PACKET_SEND, bench.packet(data, pieces), PEER)
            assert bench.expect_sent(1)[0].endswith(data), f"{pieces} pieces"
        bench.expect_no_loss()


def largest_packet_is_sent(make_rig: Callable[[], DriverRig]) -> None:
    """A packet of exactly the MTU is sent, whole."""
    with Bench(make_rig) as bench:
        data = ip_packet(bytes(bench.interface.nx_interface_ip_mtu_size - 20))
        pieces = -(-len(data) // 1024)
        bench.send(NX_LINK_PACKET_SEND, bench.packet(data, pieces), PEER)
        assert bench.expect_sent(1)[0].endswith(data)


def order_is_kept(make_rig: Callable[[], DriverRig]) -> None:
    """Frames leave and arrive in the order they were given, and none is lost."""
    with Bench(make_rig, packets=2 * BURST) as bench:
        packets = [ip_packet(bytes([number]) * (1 + 40 * number)) for number in range(BURST)]
        for data in packets:
            bench.send(NX_LINK_PACKET_SEND, bench.packet(data), PEER)
        assert [frame[-1] for frame in bench.expect_sent(BURST)] == list(range(BURST))
        for data in packets:
            bench.rig.put(bench.frame(data))
        assert [arrival.data for arrival in bench.expect_received(BURST)] == packets
        bench.expect_no_loss()


def nothing_is_sent_while_disabled(make_rig: Callable[[], DriverRig]) -> None:
    """After DISABLE no frame leaves; after ENABLE frames leave again, but none from before."""
    with Bench(make_rig) as bench:
        bench.request(NX_LINK_DISABLE)
        bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(b"down")), PEER)
        bench.request(NX_LINK_ENABLE)
        data = ip_packet(b"up")
        bench.send(NX_LINK_PACKET_SEND, bench.packet(data), PEER)
        assert bench.expect_sent(1)[0].endswith(data)


# -- receiving ------------------------------------------------------------------------------------------


def packet_arrives_laid_out(make_rig: Callable[[], DriverRig]) -> None:
    """A received packet: IP header 4-byte aligned, lengths right, interface told, link header in front."""
    with Bench(make_rig) as bench:
        data = ip_packet(b"a plain packet, long enough to need no padding")
        frame = bench.frame(data)
        bench.rig.put(frame)
        arrival = bench.expect_received(1)[0]
        assert arrival.data == data
        assert arrival.length == len(data), "nx_packet_length"
        assert arrival.offset % 4 == 0, "the IP header is not aligned to 4 bytes"
        assert arrival.interface is bench.interface, "nx_packet_interface_ptr"
        if bench.rig.ethernet:
            assert arrival.link_header == frame[:14], "the link header is not in front of the packet"
        bench.expect_no_loss()


def ethertypes_are_told_apart(make_rig: Callable[[], DriverRig]) -> None:
    """IPv4, IPv6 and ARP go to their receivers; a frame of any other kind is released."""
    with Bench(make_rig) as bench:
        if not bench.rig.ethernet:
            raise NotApplicable("the link has no EtherTypes")
        ipv6 = bytes.fromhex("60000000000afd40") + bytes(32) + b"ten bytes."
        for ethertype, data in (
            (0x86DD, ipv6),
            (0x0806, ARP_MESSAGE),
            (0x88B5, b"experiment"),
            (0x0800, ip_packet(b"")),
        ):
            bench.rig.put(bench.frame(data.ljust(46, b"\0"), ethertype=ethertype))
        assert [arrival.ethertype for arrival in bench.expect_received(3)] == [0x86DD, 0x0806, 0x0800]
        bench.expect_no_loss()


def long_frame_becomes_a_chain(make_rig: Callable[[], DriverRig]) -> None:
    """A frame longer than one payload becomes a chain with nx_packet_last set."""
    with Bench(make_rig, payload=256, packets=80) as bench:
        for size in (220, 222, 223, 238, 239, 500, 1200):
            data = ip_packet(bytes(index % 251 for index in range(size)))
            bench.rig.put(bench.frame(data))
            arrival = bench.expect_received(1)[0]
            assert arrival.data == data, f"{size} bytes"
            assert arrival.length == len(data), f"{size} bytes: nx_packet_length"
            assert arrival.last_is_right, f"{size} bytes: nx_packet_last"
            assert arrival.pieces == (1 if size <= 220 else arrival.pieces), f"{size} bytes in {arrival.pieces} packets"
        bench.expect_no_loss()


def padding_does_no_harm(make_rig: Callable[[], DriverRig]) -> None:
    """A frame padded to the least length of the link arrives, with or without its padding."""
    with Bench(make_rig) as bench:
        if not bench.rig.ethernet:
            raise NotApplicable("the link pads nothing")
        data = ip_packet(b"short")
        bench.rig.put(bench.frame(data.ljust(46, b"\0")))
        arrival = bench.expect_received(1)[0]
        assert arrival.data[: len(data)] == data
        assert not arrival.data[len(data) :].strip(b"\0")


def only_own_frames_arrive(make_rig: Callable[[], DriverRig]) -> None:
    """Frames for the interface and for all arrive; those for another address do not."""
    with Bench(make_rig) as bench:
        if not bench.rig.ethernet:
            raise NotApplicable("the link has no addresses")
        for_all, for_other = ip_packet(b"for all of us"), ip_packet(b"for somebody else")
        bench.rig.put(bench.frame(for_all, BROADCAST))
        bench.rig.put(bench.frame(for_other, OTHER))
        bench.expect_only(for_all)


def multicast_is_joined_and_left(make_rig: Callable[[], DriverRig]) -> None:
    """Frames of a group arrive from MULTICAST_JOIN to MULTICAST_LEAVE, not before and not after."""
    with Bench(make_rig) as bench:
        if not bench.rig.ethernet:
            raise NotApplicable("the link has no addresses")
        data = ip_packet(b"for the group")
        group = {"physical_address_msw": 0x0100, "physical_address_lsw": 0x5E000107}
        bench.rig.put(bench.frame(data, GROUP))
        bench.expect_only()
        assert bench.request(NX_LINK_MULTICAST_JOIN, **group).nx_ip_driver_status == NX_SUCCESS
        bench.rig.put(bench.frame(data, GROUP))
        bench.expect_only(data)
        assert bench.request(NX_LINK_MULTICAST_LEAVE, **group).nx_ip_driver_status == NX_SUCCESS
        bench.rig.put(bench.frame(data, GROUP))
        bench.expect_only()


def empty_pool_loses_frames_only(make_rig: Callable[[], DriverRig]) -> None:
    """With no packet free a frame is lost; nothing waits, nothing breaks, and later frames arrive."""
    with Bench(make_rig, packets=4) as bench:
        data = ip_packet(b"no room")
        held = [packet_get(bench.pool, 0, "bench") for _ in range(4)]
        for _ in range(3):
            bench.rig.put(bench.frame(data))
        bench.settle(lambda: bench.pool.nx_packet_pool_empty_requests >= 3, 20)
        for packet in held:
            assert packet is not None
            _nx_packet_release(packet)
        later = ip_packet(b"room again")
        bench.rig.put(bench.frame(later))
        assert bench.settle(lambda: any(arrival.data == later for arrival in bench.received)), "no frame after that"
        bench.expect_no_loss()


def nothing_is_lost_when_half_a_chain_fits(make_rig: Callable[[], DriverRig]) -> None:
    """A frame that needs more packets than there are gives back those it got."""
    with Bench(make_rig, payload=256, packets=4) as bench:
        bench.rig.put(bench.frame(ip_packet(bytes(1200))))
        small = ip_packet(b"small")
        bench.rig.put(bench.frame(small))
        assert bench.expect_received(1)[0].data[: len(small)] == small
        bench.expect_no_loss()


# -- coming and going -----------------------------------------------------------------------------------


def link_changes_are_told(make_rig: Callable[[], DriverRig]) -> None:
    """When the medium goes away and comes back, link_up follows and the stack is told each time."""
    with Bench(make_rig) as bench:
        if not bench.rig.can_change_link:
            raise NotApplicable("the rig cannot change the link")
        for up in (0, 1):
            bench.link_events.clear()
            bench.rig.set_link(bool(up))
            assert bench.settle(lambda: bench.link_events), f"no link status event for {up}"
            assert bench.link_events == [up]
            assert bench.interface.nx_interface_link_up == up
            assert bench.ask(NX_LINK_GET_STATUS) == (NX_SUCCESS, up)
        bench.expect_only()


def deleted_instance_is_forgotten(make_rig: Callable[[], DriverRig]) -> None:
    """After nx_ip_delete nothing arrives for the instance any more, and no packet is missing."""
    with Bench(make_rig) as bench:
        frame = bench.frame(ip_packet(b"late"))
        bench.send(NX_LINK_PACKET_SEND, bench.packet(ip_packet(b"last")), PEER)
        bench.delete()
        bench.rig.put(frame)
        bench.settle(lambda: False, 3)
        assert not bench.received, "a packet was handed to a deleted instance"
        bench.expect_no_loss()


def driver_can_be_attached_again(make_rig: Callable[[], DriverRig]) -> None:
    """After nx_ip_delete the same driver serves a new instance."""
    with Bench(make_rig) as bench:
        for _ in range(3):
            bench.delete()
            bench.attach()
            data = ip_packet(b"again")
            bench.send(NX_LINK_PACKET_SEND, bench.packet(data), PEER)
            assert bench.expect_sent(1)[0].endswith(data)
            bench.expect_only()


def second_attach_is_answered(make_rig: Callable[[], DriverRig]) -> None:
    """Attaching one interface more either works or is refused; the first goes on working."""
    with Bench(make_rig) as bench:
        bench.request(NX_LINK_INTERFACE_ATTACH, interface=NX_INTERFACE(1))
        bench.expect_only()
