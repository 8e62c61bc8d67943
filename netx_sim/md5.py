"""MD5 (RFC 1321), for APOP. The services keep the device's block, `NX_MD5`; `md5_hexdigest` is the short way.

A MicroPython build without SSL has no hashlib.md5, so the algorithm is here; where hashlib has it, `md5_hexdigest`
uses that. MD5 is broken as a hash against attackers; POP3's APOP demands it all the same.
"""

import struct

from netx_sim.status import NX_PTR_ERROR, NX_SUCCESS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.wire.types import Buffer, WritableBuffer

_MASK = 0xFFFFFFFF
_BLOCK = 64
_LENGTH_AT = 56  # the last block ends with the message's length in bits, 8 bytes

_INITIAL_STATES = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)

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


class NX_MD5:
    """Digest context, owned by the caller.

    Fields as the device's: the four state words, the count of bits fed (two words, low first), the block not yet full.
    """

    __slots__ = ("nx_md5_states", "nx_md5_bit_count", "nx_md5_buffer")

    def __init__(self) -> None:
        self.nx_md5_states = [0, 0, 0, 0]
        self.nx_md5_bit_count = [0, 0]
        self.nx_md5_buffer = bytearray(_BLOCK)


def _nx_md5_initialize(context: "NX_MD5 | None") -> int:
    """Put a context into the initial state of RFC 1321 section 3.3.

    Args:
        context (NX_MD5): caller's block.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (context is null).

    Source: RFC 1321 section 3.3.
    """
    if context is None:
        return NX_PTR_ERROR
    context.nx_md5_states[:] = _INITIAL_STATES
    context.nx_md5_bit_count[:] = (0, 0)
    return NX_SUCCESS


def _nx_md5_update(context: "NX_MD5 | None", input_ptr: "Buffer | None", input_length: int) -> int:
    """Feed bytes into a context, in pieces of any length.

    Args:
        context (NX_MD5): initialised block.
        input_ptr (bytes-like): the bytes; null is allowed with length 0.
        input_length (int): how many of them; 0 does nothing.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (context is null).

    Source: RFC 1321 section 3.4.
    """
    if context is None:
        return NX_PTR_ERROR
    if input_length == 0:
        return NX_SUCCESS
    if input_ptr is None or input_length > len(input_ptr):
        raise TypeError(f"input_ptr: {input_length} bytes are not there")
    _feed(context, memoryview(input_ptr)[:input_length])
    return NX_SUCCESS


def _nx_md5_digest_calculate(context: NX_MD5, digest: "WritableBuffer") -> int:
    """Pad the message and write its digest. The context has to be initialised again before it is used again.

    Args:
        context (NX_MD5): block that was fed; the device does not check it.
        digest (writable bytes-like, out): 16 bytes.

    Returns:
        int: NX_SUCCESS.

    Source: RFC 1321 sections 3.1, 3.2 and 3.5.
    """
    if not isinstance(context, NX_MD5):
        raise TypeError("context: not an NX_MD5")
    bits = struct.pack("<II", context.nx_md5_bit_count[0], context.nx_md5_bit_count[1])
    filled = _filled(context)
    padding = _LENGTH_AT - filled if filled < _LENGTH_AT else _LENGTH_AT + _BLOCK - filled
    _feed(context, b"\x80" + bytes(padding - 1))
    _feed(context, bits)
    struct.pack_into("<IIII", digest, 0, *context.nx_md5_states)
    return NX_SUCCESS


def md5_digest(data: "Buffer") -> bytes:
    """The 16 bytes of the MD5 of `data`, by this module's own algorithm."""
    context = NX_MD5()
    digest = bytearray(16)
    _nx_md5_initialize(context)
    _nx_md5_update(context, data, len(data))
    _nx_md5_digest_calculate(context, digest)
    return bytes(digest)


def md5_hexdigest(data: "Buffer") -> bytes:
    """The MD5 of `data` as 32 lower-case hexadecimal digits, as APOP sends it (RFC 1939 section 7)."""
    return _hexlify(_digest(data))


def _filled(context: NX_MD5) -> int:
    """Bytes waiting in the block not yet full."""
    return (context.nx_md5_bit_count[0] >> 3) & (_BLOCK - 1)


def _feed(context: NX_MD5, data: "Buffer") -> None:
    """Count `data`, take every block it completes, keep the rest."""
    filled = _filled(context)
    size = len(data)
    bits = context.nx_md5_bit_count[0] + (context.nx_md5_bit_count[1] << 32) + (size << 3)
    context.nx_md5_bit_count[:] = (bits & _MASK, (bits >> 32) & _MASK)
    at = 0
    while filled + size - at >= _BLOCK:
        if filled:
            context.nx_md5_buffer[filled:] = data[: _BLOCK - filled]
            _take_block(context.nx_md5_states, context.nx_md5_buffer, 0)
            at = _BLOCK - filled
            filled = 0
        else:
            _take_block(context.nx_md5_states, data, at)
            at += _BLOCK
    context.nx_md5_buffer[filled : filled + size - at] = data[at:]


def _take_block(states: "list[int]", data: "Buffer", offset: int) -> None:
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


def _hexlify(data: bytes) -> bytes:
    return "".join([f"{byte:02x}" for byte in data]).encode()


def _digest_of_runtime(data: "Buffer") -> bytes:
    return hashlib.md5(data).digest()  # noqa: S324 - APOP is defined with MD5


_digest = md5_digest
try:
    import hashlib

    hashlib.md5(b"")  # noqa: S324
    _digest = _digest_of_runtime
except (ImportError, AttributeError, ValueError):  # no hashlib, no md5 in it, or md5 forbidden on this host
    pass
