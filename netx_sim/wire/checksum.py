"""The Internet checksum (RFC 1071), by arithmetic modulo 65535 instead of word by word.

Adding 16-bit words with end-around carry is adding modulo 2^16 - 1, and 2^16 is 1 modulo that, so a whole buffer is
one big number whose remainder is the sum. The two forms of zero differ only for data that are all zero: those sum to
0 (checksum 0xFFFF), any other multiple of 65535 sums to 0xFFFF (checksum 0). Sums may be added up as plain numbers
and are folded once, by `finish`. A message that contains its own correct checksum has a `finish` of 0.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from netx_sim.wire.types import Buffer

_ONES = 0xFFFF


def ones_sum(buf: "Buffer") -> int:
    """One's complement sum of the 16-bit words of `buf`; an odd last byte counts as the high half of a word."""
    number = int.from_bytes(buf, "big")
    if len(buf) & 1:
        number <<= 8
    return number % _ONES or (_ONES if number else 0)


def ones_sum_chain(parts: "Iterable[Buffer]") -> int:
    """Sum over the parts as if they were one buffer (RFC 1071 section 2 (B): a part at an odd place is swapped)."""
    total = 0
    odd = False
    for part in parts:
        part_sum = ones_sum(part)
        total += part_sum << 8 if odd else part_sum
        if len(part) & 1:
            odd = not odd
    return total


def pseudo_ipv4(src: int, dst: int, protocol: int, length: int) -> int:
    """Sum of the IPv4 pseudo header of TCP and UDP (RFC 9293 section 3.1), to be added to that of the segment.

    The addresses go in whole: an address and the sum of its halves are the same modulo 65535.
    """
    return src + dst + protocol + length


def finish(total: int) -> int:
    """The checksum field for a sum: folded to 16 bits and complemented."""
    return _ONES - (total % _ONES or (_ONES if total else 0))


def checksum(buf: "Buffer") -> int:
    """The checksum field of a message that is one buffer, its own field zero; 0 if the field holds the right one."""
    return _ONES - ones_sum(buf)


def checksum_chain(parts: "Iterable[Buffer]") -> int:
    """`checksum` of a message in parts."""
    return finish(ones_sum_chain(parts))
