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
    if filled + size >= _BLOCK:
        from netx_sim.md5_steps import take_block
    at = 0
    while filled + size - at >= _BLOCK:
        if filled:
            context.nx_md5_buffer[filled:] = data[: _BLOCK - filled]
            take_block(context.nx_md5_states, context.nx_md5_buffer, 0)
            at = _BLOCK - filled
            filled = 0
        else:
            take_block(context.nx_md5_states, data, at)
            at += _BLOCK
    context.nx_md5_buffer[filled : filled + size - at] = data[at:]


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
