"""A bench for IPv6: one instance with a valid link-local address on a recording driver, and frames put in by hand."""

import struct
from typing import Any

from netx_sim import NX_SUCCESS, NXD_ADDRESS, Ref, nxd_icmp_enable, nxd_ipv6_address_set, nxd_ipv6_enable
from netx_sim.wire.checksum import finish, ones_sum
from tests.unit.ip.bench import Bench, RecordingDriver

LINK_LOCAL = 0xFE80 << 112 | 0x021122FFFE334456
PEER = 0xFE80 << 112 | 2
ROUTER = 0xFE80 << 112 | 0xFF
ALL_NODES = 0xFF02 << 112 | 1
PREFIX = 0x20010DB800010000 << 64
GLOBAL = PREFIX | 1
PEER_LINK = (0x0200, 0x00000002)
PEER_LINK_BYTES = bytes.fromhex("020000000002")
VALID_AT = 300

NS, NA, RS, RA, REDIRECT = 135, 136, 133, 134, 137


def duo(number: int) -> NXD_ADDRESS:
    """An NXD_ADDRESS."""
    return NXD_ADDRESS(6, [number >> shift & 0xFFFFFFFF for shift in (96, 64, 32, 0)])


def address(number: int) -> bytes:
    return number.to_bytes(16, "big")


def packet6(
    next_header: int, data: bytes, source: int = PEER, destination: int = LINK_LOCAL, hop_limit: int = 64
) -> bytes:
    """An IPv6 packet."""
    head = struct.pack(">IHBB", 0x60000000, len(data), next_header, hop_limit)
    return head + address(source) + address(destination) + data


def sum6(data: bytes, protocol: int, source: int, destination: int) -> int:
    return finish(ones_sum(data) + source + destination + protocol + len(data))


def icmp6(
    kind: int, body: bytes, source: int = PEER, destination: int = LINK_LOCAL, hop_limit: int = 255, code: int = 0
) -> bytes:
    """A packet with an ICMPv6 message; the body is what follows the checksum."""
    message = bytearray(struct.pack(">BBH", kind, code, 0) + body)
    struct.pack_into(">H", message, 2, sum6(bytes(message), 58, source, destination))
    return packet6(58, bytes(message), source, destination, hop_limit)


def link_option(kind: int, link: bytes = PEER_LINK_BYTES) -> bytes:
    return bytes((kind, 1)) + link


def solicitation(target: int = LINK_LOCAL, option: bytes = link_option(1), **fields: Any) -> bytes:
    return icmp6(NS, bytes(4) + address(target) + option, **fields)


def advertisement(target: int = PEER, flags: int = 0x60000000, option: bytes = link_option(2), **fields: Any) -> bytes:
    return icmp6(NA, struct.pack(">I", flags) + address(target) + option, **fields)


def router_advertisement(
    *options: bytes,
    lifetime: int = 1800,
    hop_limit: int = 0,
    reachable: int = 0,
    retransmission: int = 0,
    **fields: Any,
) -> bytes:
    body = struct.pack(">BBHII", hop_limit, 0, lifetime, reachable, retransmission)
    fields.setdefault("source", ROUTER)
    return icmp6(RA, body + b"".join(options), destination=ALL_NODES, **fields)


def prefix_option(
    valid: int = 0xFFFFFFFF, preferred: int = 0, flags: int = 0xC0, length: int = 64, prefix: int = PREFIX
) -> bytes:
    return struct.pack(">BBBBIII", 3, 4, length, flags, valid, preferred, 0) + address(prefix)


class Bench6(Bench):
    """IPv6 and ICMPv6 on, the link-local address set at tick 1, so valid from tick 300 on."""

    def __init__(self, link_local: bool = True, icmp: bool = True, **arguments: Any) -> None:
        arguments.setdefault("driver", RecordingDriver())
        super().__init__(arp_entries=0, **arguments)
        self._link_local, self._icmp = link_local, icmp

    def __enter__(self) -> "Bench6":
        super().__enter__()
        assert nxd_ipv6_enable(self.ip) == NX_SUCCESS
        if self._icmp:
            assert nxd_icmp_enable(self.ip) == NX_SUCCESS
        self.sleep_until(1)
        if self._link_local:
            assert nxd_ipv6_address_set(self.ip, 0, None, 10, None) == NX_SUCCESS
            self.sleep_until(VALID_AT + 5)
            self.driver.sent.clear()
        return self

    def add(self, number: int, prefix: int = 64) -> int:
        """Set an address and wait until it is valid; its index."""
        index = Ref()
        assert nxd_ipv6_address_set(self.ip, 0, duo(number), prefix, index) == NX_SUCCESS
        self.sleep_until(self.sim.now + 500)
        self.driver.sent.clear()
        return index.value

    def neighbor(self, number: int = PEER) -> Any:
        """The cache entry, or None."""
        return self.ip._ipv6.neighbors.get(number)

    def know(self, number: int = PEER) -> None:
        """The peer makes itself known; it is stale then."""
        self.receive(solicitation(source=number))
        self.driver.sent.clear()

    def messages(self) -> list[tuple[int, int, bytes]]:
        """(tick, type, packet) of the ICMPv6 messages sent so far."""
        return [(entry[0], entry[4][40], entry[4]) for entry in self.driver.sent if entry[4][6] == 58]

    def kinds(self) -> list[int]:
        return [kind for _, kind, _ in self.messages()]
