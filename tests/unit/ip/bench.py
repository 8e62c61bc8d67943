"""A bench for the IP layer: one instance on a driver that records every request, and frames put in by hand."""

import struct
from typing import Any

from netx_sim import (
    NX_IP,
    NX_LINK_DISABLE,
    NX_LINK_ENABLE,
    NX_LINK_GET_STATUS,
    NX_LINK_INITIALIZE,
    NX_LINK_INTERFACE_ATTACH,
    NX_LINK_INTERFACE_DETACH,
    NX_LINK_UNINITIALIZE,
    NX_PACKET,
    NX_PACKET_POOL,
    NX_RECEIVE_PACKET,
    NX_SUCCESS,
    NX_UNHANDLED_COMMAND,
    Ref,
    nx_arp_enable,
    nx_arp_hardware_address_find,
    nx_arp_info_get,
    nx_ip_create,
    nx_ip_info_get,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_pool_create,
    nx_packet_release,
    packet_bytes,
    simulation,
    tx_thread_sleep,
)
from netx_sim.ip import _nx_ip_packet_send, _nx_ip_route_find
from netx_sim.link import _nx_arp_packet_deferred_receive, _nx_ip_packet_deferred_receive
from netx_sim.packet import _nx_packet_transmit_release
from netx_sim.wire.checksum import checksum

OWN = 0x0A000001
MASK = 0xFFFFFF00
PEER = 0x0A000002
OWN_MAC = (0x0011, 0x22334456)
PEER_MAC = (0x0200, 0x00000002)
SEND_COMMANDS = (0, 4, 5, 6)

INFO = (
    "packets_sent",
    "bytes_sent",
    "packets_received",
    "bytes_received",
    "invalid",
    "receive_dropped",
    "checksum_errors",
    "send_dropped",
    "fragments_sent",
    "fragments_received",
)


class RecordingDriver:
    """Answers like an Ethernet driver; keeps (tick, command, msw, lsw, bytes) of what is sent."""

    def __init__(self, mtu: int = 1500, mac: tuple[int, int] = OWN_MAC, mapping: int = 1) -> None:
        self.mtu = mtu
        self.mac = mac
        self.mapping = mapping
        self.commands: list[int] = []
        self.sent: list[tuple[int, int, int, int, bytes]] = []
        self.chains: list[int] = []
        self.hold = False
        self.held: list[NX_PACKET] = []
        self.refuse: dict[int, int] = {}

    def __call__(self, request: Any) -> None:
        command = request.nx_ip_driver_command
        interface = request.nx_ip_driver_interface
        request.nx_ip_driver_status = self.refuse.get(command, NX_SUCCESS)
        if command in SEND_COMMANDS:
            self._send(request)
            return
        self.commands.append(command)
        if command in self.refuse:
            return
        if command == NX_LINK_INITIALIZE:
            interface.nx_interface_ip_mtu_size = self.mtu
            interface.nx_interface_physical_address_msw, interface.nx_interface_physical_address_lsw = self.mac
            interface.nx_interface_address_mapping_needed = self.mapping
        elif command in (NX_LINK_ENABLE, NX_LINK_DISABLE):
            interface.nx_interface_link_up = int(command == NX_LINK_ENABLE)
        elif command == NX_LINK_GET_STATUS:
            request.nx_ip_driver_return_ptr[0] = interface.nx_interface_link_up
        elif command not in (NX_LINK_INTERFACE_ATTACH, NX_LINK_INTERFACE_DETACH, NX_LINK_UNINITIALIZE, 18, 20):
            request.nx_ip_driver_status = NX_UNHANDLED_COMMAND

    def _send(self, request: Any) -> None:
        packet = request.nx_ip_driver_packet
        tick = request.nx_ip_driver_ptr._sim.now
        msw, lsw = request.nx_ip_driver_physical_address_msw, request.nx_ip_driver_physical_address_lsw
        self.sent.append((tick, request.nx_ip_driver_command, msw, lsw, packet_bytes(packet)))
        self.chains.append(chain_count(packet))
        if self.hold:
            self.held.append(packet)
        else:
            _nx_packet_transmit_release(packet)

    def release_held(self) -> None:
        while self.held:
            _nx_packet_transmit_release(self.held.pop(0))

    def frames(self, *commands: int) -> list[bytes]:
        return [entry[4] for entry in self.sent if not commands or entry[1] in commands]

    def ticks(self) -> list[int]:
        return [entry[0] for entry in self.sent]


def chain_count(packet: Any) -> int:
    count = 0
    while packet is not None:
        count += 1
        packet = packet.nx_packet_next
    return count


class Bench:
    """One instance, running, with ARP for 10 entries; `with Bench() as bench`."""

    def __init__(
        self,
        address: int = OWN,
        mask: int = MASK,
        payload: int = 1536,
        packets: int = 20,
        config: dict[str, int] | None = None,
        driver: RecordingDriver | None = None,
        arp_entries: int = 10,
    ) -> None:
        self.world = simulation(config=config)
        self.address, self.mask = address, mask
        self.payload, self.packets, self.arp_entries = payload, packets, arp_entries
        self.driver = driver or RecordingDriver()
        self.delivered: list[bytes] = []
        self.errors: list[tuple[int, int]] = []

    def __enter__(self) -> "Bench":
        self.sim = self.world.__enter__()
        self.pool = NX_PACKET_POOL()
        size = self.packets * (60 + self.payload)
        assert nx_packet_pool_create(self.pool, "pool", self.payload, bytearray(size), size) == NX_SUCCESS
        self.ip = NX_IP()
        stack = bytearray(2048)
        status = nx_ip_create(self.ip, "ip", self.address, self.mask, self.pool, self.driver, stack, len(stack), 1)
        assert status == NX_SUCCESS
        if self.arp_entries:
            size = self.arp_entries * 52
            assert nx_arp_enable(self.ip, bytearray(size), size) == NX_SUCCESS
        return self

    def __exit__(self, *exception: Any) -> Any:
        return self.world.__exit__(*exception)

    # -- acting -----------------------------------------------------------------------------------

    def sleep_until(self, tick: int) -> None:
        assert tx_thread_sleep(tick - self.sim.now) == NX_SUCCESS

    def packet(self, data: bytes, room: int = 64) -> NX_PACKET:
        variable = Ref()
        assert nx_packet_allocate(self.pool, variable, room, 0) == NX_SUCCESS
        assert nx_packet_data_append(variable.value, data, len(data), self.pool, 0) == NX_SUCCESS
        return variable.value

    def send(self, destination: int, data: bytes, protocol: int = 17, fragment: int = 0, **fields: Any) -> int:
        """Send data as a transport would; the status is that of the route."""
        packet = fields.get("packet") or self.packet(data)
        self.sim.mutex_get(self.ip.nx_ip_protection)
        status, interface, next_hop = _nx_ip_route_find(self.ip, destination, fields.get("interface"))
        packet.nx_packet_interface_ptr = interface
        _nx_ip_packet_send(
            self.ip,
            packet,
            destination,
            fields.get("tos", 0),
            fields.get("ttl", 128),
            protocol << 16,
            fragment,
            next_hop,
        )
        self.sim.mutex_put(self.ip.nx_ip_protection)
        return status

    def received(self, data: bytes, interface: int = 0) -> NX_PACKET | None:
        """A packet as a driver makes it from a frame; None if the pool cannot hold it."""
        variable = Ref()
        if nx_packet_allocate(self.pool, variable, NX_RECEIVE_PACKET, 0):
            return None
        packet: NX_PACKET = variable.value
        packet.nx_packet_prepend_ptr = packet.nx_packet_append_ptr = packet.nx_packet_data_start + 16
        if data and nx_packet_data_append(packet, data, len(data), self.pool, 0):
            assert nx_packet_release(packet) == NX_SUCCESS
            return None
        packet.nx_packet_interface_ptr = self.ip.nx_ip_interface[interface]
        return packet

    def receive(self, data: bytes, interface: int = 0) -> None:
        """A frame's IP packet arrives, in interrupt context."""
        packet = self.received(data, interface)
        if packet is not None:
            self.sim.interrupt(lambda: _nx_ip_packet_deferred_receive(self.ip, packet))

    def receive_arp(self, data: bytes, interface: int = 0) -> None:
        packet = self.received(data, interface)
        if packet is not None:
            self.sim.interrupt(lambda: _nx_arp_packet_deferred_receive(self.ip, packet))

    # -- observing --------------------------------------------------------------------------------

    def deliver_to(self, slot: str) -> None:
        """Take what a protocol slot would get."""

        def take(_ip: NX_IP, packet: NX_PACKET) -> None:
            self.delivered.append(packet_bytes(packet))
            assert nx_packet_release(packet) == NX_SUCCESS

        setattr(self.ip, slot, take)

    def note_errors(self) -> None:
        """Take the ICMP errors that the stack asks for."""
        self.ip._icmp_error = lambda _ip, _packet, kind, code: self.errors.append((kind, code))

    def info(self) -> dict[str, int]:
        values = [Ref() for _ in INFO]
        assert nx_ip_info_get(self.ip, *values) == NX_SUCCESS
        return {name: value.value for name, value in zip(INFO, values, strict=True)}


def header(
    destination: int = OWN,
    source: int = PEER,
    protocol: int = 17,
    data: bytes = b"",
    options: bytes = b"",
    **fields: int,
) -> bytes:
    """An IPv4 packet: a correct header unless fields say otherwise, and the data."""
    size = 20 + len(options)
    total = fields.get("total_length", size + len(data))
    first = fields.get("first", 0x40 | size >> 2)
    ident, flags, ttl = fields.get("id", 0x1000), fields.get("flags", 0), fields.get("ttl", 64)
    out = bytearray(struct.pack(">BBHHHBBHII", first, 0, total, ident, flags, ttl, protocol, 0, source, destination))
    out += options
    struct.pack_into(">H", out, 10, checksum(out) ^ fields.get("checksum_xor", 0))
    return bytes(out) + data


def parse(packet: bytes) -> dict[str, int]:
    """The fields of a header that was sent."""
    names = ("first", "tos", "length", "id", "flags", "ttl", "protocol", "checksum", "source", "destination")
    return dict(zip(names, struct.unpack_from(">BBHHHBBHII", packet), strict=True))


def arp_message(
    op: int,
    sender_mac: tuple[int, int] = PEER_MAC,
    sender_ip: int = PEER,
    target_mac: tuple[int, int] = (0, 0),
    target_ip: int = OWN,
) -> bytes:
    return struct.pack(">HHBBHHIIHII", 1, 0x0800, 6, 4, op, *sender_mac, sender_ip, *target_mac, target_ip)


ARP_INFO = (
    "requests_sent",
    "requests_received",
    "responses_sent",
    "responses_received",
    "dynamic",
    "static",
    "aged",
    "invalid",
)


def arp_info(bench: Bench) -> dict[str, int]:
    values = [Ref() for _ in ARP_INFO]
    assert nx_arp_info_get(bench.ip, *values) == NX_SUCCESS
    return {name: value.value for name, value in zip(ARP_INFO, values, strict=True)}


def find(bench: Bench, address: int) -> tuple[int, int] | int:
    msw, lsw = Ref(), Ref()
    status = nx_arp_hardware_address_find(bench.ip, address, msw, lsw)
    return status or (msw.value, lsw.value)
