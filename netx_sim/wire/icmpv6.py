"""ICMPv6 (RFC 4443) and neighbour discovery messages (RFC 4861)."""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer

FORMAT = ">BBHI"  # type, code, checksum, a word whose meaning depends on the type
ECHO_FORMAT = ">BBHHH"  # the same with identifier and sequence number
HEADER_SIZE = 8
CHECKSUM_AT = 2
PROTOCOL = 58

DESTINATION_UNREACHABLE = 1
PACKET_TOO_BIG = 2
TIME_EXCEEDED = 3
PARAMETER_PROBLEM = 4
ECHO_REQUEST = 128
ECHO_REPLY = 129
ROUTER_SOLICITATION = 133
ROUTER_ADVERTISEMENT = 134
NEIGHBOR_SOLICITATION = 135
NEIGHBOR_ADVERTISEMENT = 136
REDIRECT = 137

PORT_UNREACHABLE = 4  # codes
REASSEMBLY_TIME_EXCEEDED = 1
ERRONEOUS_HEADER_FIELD = 0
UNKNOWN_NEXT_HEADER = 1
UNKNOWN_OPTION = 2

ERROR_SIZE = 1280  # an error message is no longer than the smallest link MTU (RFC 4443 section 2.4 (c))

# Flags of a neighbour advertisement
ROUTER_FLAG = 0x80000000
SOLICITED_FLAG = 0x40000000
OVERRIDE_FLAG = 0x20000000

TARGET_AT = 8  # of solicitations, advertisements and redirects
REDIRECT_DESTINATION_AT = 24
NEIGHBOR_SIZE = 24  # of the messages without their options
ROUTER_SOLICITATION_SIZE = 8
ROUTER_ADVERTISEMENT_SIZE = 16
REDIRECT_SIZE = 40
# current hop limit, flags, router lifetime, reachable time, retransmission time; after the checksum
ADVERTISEMENT_FORMAT = ">BBHII"
ADVERTISEMENT_AT = 4

OPTION_SOURCE_ADDRESS = 1
OPTION_TARGET_ADDRESS = 2
OPTION_PREFIX = 3
OPTION_MTU = 5
LINK_ADDRESS_SIZE = 8  # of an option with a hardware address of Ethernet
PREFIX_SIZE = 32
# type, length, prefix length, flags, valid lifetime, preferred lifetime, reserved, prefix
PREFIX_FORMAT = ">BBBBIII16s"
PREFIX_ON_LINK = 0x80
PREFIX_AUTONOMOUS = 0x40


def options(buf: "Buffer", offset: int, end: int) -> "list[tuple[int, int]] | None":
    """Type and place of each option up to `end`; None if one has no length or runs beyond it (RFC 4861 section 4.6)."""
    found = []
    while offset < end:
        if end - offset < 2:
            return None
        size = buf[offset + 1] << 3
        if not size or offset + size > end:
            return None
        found.append((int(buf[offset]), offset))
        offset += size
    return found


def link_address(buf: "Buffer", offset: int) -> "tuple[int, int]":
    """Most (2 bytes) and least (4 bytes) significant part of the hardware address in an option."""
    msw, lsw = struct.unpack_from(">HI", buf, offset + 2)
    return msw, lsw


def link_address_option(kind: int, msw: int, lsw: int) -> bytes:
    """An option with a hardware address."""
    return struct.pack(">BBHI", kind, 1, msw, lsw)
