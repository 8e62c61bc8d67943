"""A driver on the bench: an instance to attach it to, its medium in the author's hands, and a log of what arrives.

Read first: ``driver_conformance.py``.  The author of a driver describes the medium as a ``DriverRig``; a ``Bench``
attaches the driver to a real IP instance, sends requests as the stack does, and takes every packet the driver hands
up, with the layout it had, before the stack sees it.
"""

from collections.abc import Callable
from typing import Any

from netx_sim.constants import NX_PACKET_ENQUEUED, NX_TCP_PACKET
from netx_sim.ip import NX_IP, _nx_ip_create, _nx_ip_delete
from netx_sim.kernel import Simulation, simulation
from netx_sim.link import NX_INTERFACE, NX_IP_DRIVER
from netx_sim.packet import (
    NX_PACKET,
    NX_PACKET_POOL,
    _nx_packet_pool_create,
    _nx_packet_release,
    packet_bytes,
    packet_get,
    packet_write,
)
from netx_sim.wire import ipv4

Driver = Callable[[NX_IP_DRIVER], None]

PAYLOAD = 1600
PACKETS = 40
UNWRITTEN = 0x7E57  # what a status holds before a driver writes it
PATIENCE_TICKS = 500
_STACK = 1024
_PRIORITY = 1
_ADDRESS = 0x0A000001
_MASK = 0xFFFFFF00
_EXPERIMENT = 253
_PACKET_HEADER = 60  # sizeof(NX_PACKET) on a 32-bit device
PEER = bytes.fromhex("020000000002")
PEER_ADDRESS = 0x0A000002


class DriverRig:
    """The medium of a driver under test, in the hands of its author.  Made anew for each check, inside a simulation.

    Attributes:
        driver: the driver, not yet attached.
        ethernet (bool): frames have an Ethernet header; else they are bare IP packets.
        can_change_link (bool): ``set_link`` works.
    """

    driver: Driver
    ethernet = True
    can_change_link = False

    def put(self, frame: bytes) -> None:
        """Put a frame on the medium, so that it reaches the driver."""
        raise NotImplementedError

    def take(self) -> list[bytes]:
        """The frames the driver has put on the medium since the last call, in order."""
        raise NotImplementedError

    def set_link(self, up: bool) -> None:
        """Pull the plug, or put it back in."""
        raise NotImplementedError

    def close(self) -> None:
        """The check is over."""


class Arrival:
    """One packet as the driver handed it up."""

    def __init__(self, interface: NX_INTERFACE, packet: NX_PACKET, ethertype: int) -> None:
        self.data = packet_bytes(packet)
        self.ethertype = ethertype
        self.interface = interface
        self.length = packet.nx_packet_length
        self.offset = packet.nx_packet_prepend_ptr - packet.nx_packet_data_start
        start = packet.nx_packet_prepend_ptr
        self.link_header = bytes(packet._mem[max(packet.nx_packet_data_start, start - 14) : start])
        pieces = [packet]
        while pieces[-1].nx_packet_next is not None:
            pieces.append(pieces[-1].nx_packet_next)
        self.pieces = len(pieces)
        self.last_is_right = packet.nx_packet_last is (pieces[-1] if self.pieces > 1 else None)


class Bench:
    """One driver attached to one instance.  A context manager."""

    def __init__(self, make_rig: Callable[[], DriverRig], payload: int = PAYLOAD, packets: int = PACKETS) -> None:
        self._world = simulation()
        self.sim: Simulation = self._world.__enter__()
        self.received: list[Arrival] = []
        self.link_events: list[int] = []
        try:
            self.rig = make_rig()
            self.pool = make_pool("bench", payload, packets)
            self.attach()
        except BaseException:
            self._world.__exit__(None, None, None)
            raise

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any) -> None:
        try:
            self.rig.close()
        finally:
            self._world.__exit__(kind, value, trace)

    def attach(self) -> None:
        """Give the driver to a new instance, and wait until that has started it."""
        self.ip = ip_ptr = NX_IP()
        status = _nx_ip_create(
            ip_ptr, "bench", _ADDRESS, _MASK, self.pool, self.rig.driver, bytearray(_STACK), _STACK, _PRIORITY
        )
        assert status == 0, f"nx_ip_create: 0x{status:02X}"
        ip_ptr.nx_ip_link_status_change_callback = lambda _ip, _index, up: self.link_events.append(up)
        # Behind the hooks of wrappers, which come with the first requests.
        self.settle(lambda: self.interface.nx_interface_ip_mtu_size, 10)
        if self.interface._receive_hooks is None:
            self.interface._receive_hooks = []
        self.interface._receive_hooks.append(self._take)

    @property
    def interface(self) -> NX_INTERFACE:
        """The interface the driver serves."""
        return self.ip.nx_ip_interface[0]

    @property
    def address(self) -> bytes:
        """Its hardware address."""
        msw, lsw = self.interface.nx_interface_physical_address_msw, self.interface.nx_interface_physical_address_lsw
        return (msw << 32 | lsw).to_bytes(6, "big")

    def _take(self, ip_ptr: NX_IP, packet: NX_PACKET, ethertype: int) -> bool:
        self.received.append(Arrival(packet.nx_packet_interface_ptr, packet, ethertype))
        _nx_packet_release(packet)
        return False

    # -- time -----------------------------------------------------------------------------------

    def settle(self, until: Callable[[], object], ticks: int = PATIENCE_TICKS) -> bool:
        """Let time pass until something is so; False if it does not come."""
        for _ in range(ticks):
            if until():
                return True
            self.sim.wait(None, 1)
        return bool(until())

    # -- requests -------------------------------------------------------------------------------

    def request(self, command: int, **fields: Any) -> NX_IP_DRIVER:
        """Send one request as the stack does, with the instance's mutex held; the request, for its status."""
        request = NX_IP_DRIVER()
        request.nx_ip_driver_command = command
        request.nx_ip_driver_status = UNWRITTEN
        request.nx_ip_driver_ptr = self.ip
        request.nx_ip_driver_interface = self.interface
        request.nx_ip_driver_return_ptr = [UNWRITTEN]
        for name, value in fields.items():
            setattr(request, "nx_ip_driver_" + name, value)
        self.sim.mutex_get(self.ip.nx_ip_protection)
        self.rig.driver(request)
        self.sim.mutex_put(self.ip.nx_ip_protection)
        return request

    def ask(self, command: int) -> tuple[int, int]:
        """Status and answer of a request that returns a value."""
        request = self.request(command)
        return request.nx_ip_driver_status, request.nx_ip_driver_return_ptr[0]

    def send(self, command: int, packet: NX_PACKET, destination: bytes = b"\xff" * 6) -> int:
        """Send a packet; the status."""
        msw, lsw = int.from_bytes(destination[:2], "big"), int.from_bytes(destination[2:], "big")
        request = self.request(command, packet=packet, physical_address_msw=msw, physical_address_lsw=lsw)
        status: int = request.nx_ip_driver_status
        return status

    def packet(self, data: bytes, pieces: int = 1, version: int = 4, enqueued: bool = False) -> NX_PACKET:
        """A packet to be sent, in one piece or cut into a chain; ``enqueued`` as TCP keeps it."""
        size = -(-len(data) // pieces)
        packet = self._piece(data[:size])
        packet.nx_packet_ip_version = version
        packet.nx_packet_interface_ptr = self.interface
        last = packet
        for at in range(size, len(data), size):
            last.nx_packet_next = self._piece(data[at : at + size])
            packet.nx_packet_last = last = last.nx_packet_next
        packet.nx_packet_length = len(data)
        if enqueued:
            packet.nx_packet_tcp_queue_next = NX_PACKET_ENQUEUED
        return packet

    def _piece(self, data: bytes) -> NX_PACKET:
        packet = packet_get(self.pool, NX_TCP_PACKET, "bench")
        assert packet is not None, "the bench ran out of packets"
        assert packet_write(packet, data, self.pool, "bench")
        return packet

    # -- judging --------------------------------------------------------------------------------

    def frame(self, data: bytes, destination: bytes | None = None, ethertype: int = 0x0800) -> bytes:
        """``data`` as a frame from the medium, addressed to the interface unless told otherwise."""
        if not self.rig.ethernet:
            return data
        return (destination or self.address) + PEER + ethertype.to_bytes(2, "big") + data

    def expect_sent(self, count: int) -> list[bytes]:
        """The ``count`` frames the driver puts on the medium; fails if they do not come."""
        frames: list[bytes] = []

        def there() -> bool:
            frames.extend(self.rig.take())
            return len(frames) >= count

        assert self.settle(there), f"{len(frames)} frames on the medium, expected {count}"
        assert len(frames) == count, f"{len(frames)} frames on the medium, expected {count}"
        return frames

    def expect_received(self, count: int) -> list[Arrival]:
        """The ``count`` packets the driver hands up; fails if they do not come."""
        assert self.settle(lambda: len(self.received) >= count), f"{len(self.received)} received, expected {count}"
        arrivals, self.received = self.received, []
        assert len(arrivals) == count, f"{len(arrivals)} packets received, expected {count}"
        return arrivals

    def expect_only(self, *wanted: bytes) -> None:
        """Of all that was put on the medium so far exactly these packets arrive.

        A marker is sent behind it, so nothing needs to be waited out.
        """
        marker = ip_packet(b"the marker")
        self.rig.put(self.frame(marker))
        assert self.settle(lambda: any(arrival.data[: len(marker)] == marker for arrival in self.received)), (
            "a frame addressed to the interface did not arrive"
        )
        got, self.received = [arrival.data for arrival in self.received[:-1]], []
        assert got == list(wanted), (
            f"received {[data.hex() for data in got]}, expected {[data.hex() for data in wanted]}"
        )

    def expect_no_loss(self) -> None:
        """Every packet is back in the pool, and none was given back twice."""
        pool = self.pool
        assert self.settle(lambda: pool.nx_packet_pool_available == pool.nx_packet_pool_total), (
            f"{pool.nx_packet_pool_total - pool.nx_packet_pool_available} packets not given back: "
            + ", ".join(packet._holder for packet in pool._packets if packet._holder)
        )
        assert not pool.nx_packet_pool_invalid_releases, "a packet was given back twice"

    def delete(self) -> None:
        """Delete the instance, as ``nx_ip_delete`` does."""
        assert _nx_ip_delete(self.ip) == 0, "nx_ip_delete failed"


def make_pool(name: str, payload: int, packets: int) -> NX_PACKET_POOL:
    """A pool of exactly so many packets."""
    pool = NX_PACKET_POOL()
    size = packets * (_PACKET_HEADER + -(-payload // 4) * 4)
    _nx_packet_pool_create(pool, name, payload, bytearray(size), size)
    assert pool.nx_packet_pool_total == packets, "the pool came out with another number of packets"
    return pool


def ip_packet(data: bytes, source: int = PEER_ADDRESS, destination: int = _ADDRESS) -> bytes:
    """``data`` in an IPv4 packet of a protocol for experiments (RFC 3692), which nothing on the way looks into."""
    header = ipv4.Ipv4Header(0, 20 + len(data), 1, 0, 64, _EXPERIMENT, source, destination)
    return ipv4.emit(header) + data
