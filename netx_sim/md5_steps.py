"""The steps of MD5 (RFC 1321 section 3.4), with their tables: loaded when something is to be digested here.

Most runtimes have an MD5 of their own, and a board is short of memory.
"""

import struct

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer

_MASK = 0xFFFFFFFF

# T[i] = floor(2^32 * abs(sin(i + 1))), written out because a board's floats may be too short (RFC 1321 section 3.4).
# fmt: off
_SINES = (
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
    0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
    0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
    0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
    0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
    0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
    0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
    0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
)
# fmt: on

# Left rotations of each round's four steps, repeated four times.
_ROTATIONS = (7, 12, 17, 22) * 4 + (5, 9, 14, 20) * 4 + (4, 11, 16, 23) * 4 + (6, 10, 15, 21) * 4

# Which of the block's sixteen words each step takes.
_WORDS = tuple(
    list(range(16))
    + [(1 + 5 * i) & 15 for i in range(16)]
    + [(5 + 3 * i) & 15 for i in range(16)]
    + [(7 * i) & 15 for i in range(16)]
)


def take_block(states: "list[int]", data: "Buffer", offset: int) -> None:
    """The sixty-four steps of RFC 1321 section 3.4 for one block."""
    words = struct.unpack_from("<16I", data, offset)
    a, b, c, d = states
    for step in range(64):
        if step < 16:
            mixed = (b & c) | (~b & d)
        elif step < 32:
            mixed = (b & d) | (c & ~d)
        elif step < 48:
            mixed = b ^ c ^ d
        else:
            mixed = c ^ (b | (~d & _MASK))
        total = (a + mixed + words[_WORDS[step]] + _SINES[step]) & _MASK
        rotation = _ROTATIONS[step]
        a, d, c, b = d, c, b, (b + ((total << rotation) | (total >> (32 - rotation)))) & _MASK
    states[:] = ((states[0] + a) & _MASK, (states[1] + b) & _MASK, (states[2] + c) & _MASK, (states[3] + d) & _MASK)
