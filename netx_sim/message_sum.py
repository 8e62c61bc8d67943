"""Checksum sums of the messages that packets hold: wire/checksum.py for data in a pool, chains included."""

from netx_sim.wire.checksum import ones_sum, ones_sum_chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.packet import NX_PACKET

_IPV4_ADDRESSES_AT = 12  # where source and destination lie in a header, and how long they are
_IPV4_ADDRESSES_SIZE = 8
_IPV6_ADDRESSES_AT = 8
_IPV6_ADDRESSES_SIZE = 32


def packet_sum(packet: "NX_PACKET") -> int:
    """One's complement sum of the data of a packet and its chain, from prepend on."""
    data = packet._mem[packet.nx_packet_prepend_ptr : packet.nx_packet_append_ptr]
    following = packet.nx_packet_next
    if following is None:
        return ones_sum(data)
    parts = [data]
    while following is not None:
        parts.append(following._mem[following.nx_packet_prepend_ptr : following.nx_packet_append_ptr])
        following = following.nx_packet_next
    return ones_sum_chain(parts)


def received_pseudo_sum(packet: "NX_PACKET", protocol: int) -> int:
    """Sum of the pseudo header of a received message, whose IP header of either version still lies in front of it."""
    header = packet.nx_packet_ip_header
    assert header is not None
    if packet.nx_packet_ip_version == 4:
        start, size = header + _IPV4_ADDRESSES_AT, _IPV4_ADDRESSES_SIZE
    else:
        start, size = header + _IPV6_ADDRESSES_AT, _IPV6_ADDRESSES_SIZE
    return ones_sum(packet._mem[start : start + size]) + protocol + packet.nx_packet_length
