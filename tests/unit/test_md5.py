"""MD5 against the test suite of RFC 1321 appendix A.5, and against hashlib."""

import hashlib
import importlib.util
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_sim import md5
from netx_sim.md5 import (
    NX_MD5,
    _nx_md5_digest_calculate,
    _nx_md5_initialize,
    _nx_md5_update,
    md5_digest,
    md5_hexdigest,
)
from netx_sim.status import NX_PTR_ERROR, NX_SUCCESS

RFC_1321_SUITE = [
    (b"", b"d41d8cd98f00b204e9800998ecf8427e"),
    (b"a", b"0cc175b9c0f1b6a831c399e269772661"),
    (b"abc", b"900150983cd24fb0d6963f7d28e17f72"),
    (b"message digest", b"f96b697d7cb7938d525a2f31aaf161d0"),
    (b"abcdefghijklmnopqrstuvwxyz", b"c3fcd3d76192e4007dfb496cca67e13b"),
    (b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", b"d174ab98d277d9f5a5611c2c9f419d9f"),
    (b"1234567890" * 8, b"57edf4a22be3c955ac49da2e2107b67a"),
]


@pytest.mark.parametrize(("message", "digest"), RFC_1321_SUITE)
def test_rfc_1321_suite(message, digest):
    assert md5_digest(message).hex().encode() == digest
    assert md5_hexdigest(message) == digest


def test_apop_example_of_rfc_1939():
    assert md5_hexdigest(b"<1896.697170952@dbc.mtview.ca.us>tanstaaf") == b"c4c9334bac560ecc979e58001b3e22fb"


@pytest.mark.parametrize("size", [55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129])
def test_lengths_around_a_block(size):
    data = bytes(i & 0xFF for i in range(size))
    assert md5_digest(data) == hashlib.md5(data).digest()


@given(st.lists(st.binary(max_size=150), max_size=6))
def test_any_split_gives_the_digest_of_the_whole(pieces):
    context, digest = NX_MD5(), bytearray(16)
    assert _nx_md5_initialize(context) == NX_SUCCESS
    for piece in pieces:
        assert _nx_md5_update(context, piece, len(piece)) == NX_SUCCESS
    assert _nx_md5_digest_calculate(context, digest) == NX_SUCCESS
    assert digest == hashlib.md5(b"".join(pieces)).digest()


def test_fields_count_bits_and_keep_the_rest():
    context = NX_MD5()
    _nx_md5_initialize(context)
    assert context.nx_md5_states == [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476]
    _nx_md5_update(context, b"x" * 70, 67)
    assert context.nx_md5_bit_count == [67 * 8, 0]
    assert context.nx_md5_buffer[:3] == b"xxx"


def test_the_bit_count_carries_into_its_high_word():
    context = NX_MD5()
    _nx_md5_initialize(context)
    context.nx_md5_bit_count[0] = 0xFFFFFE00
    _nx_md5_update(context, bytes(64), 64)
    assert context.nx_md5_bit_count == [0, 1]


def test_null_arguments():
    context = NX_MD5()
    assert _nx_md5_initialize(None) == NX_PTR_ERROR
    assert _nx_md5_update(None, b"x", 1) == NX_PTR_ERROR
    _nx_md5_initialize(context)
    assert _nx_md5_update(context, None, 0) == NX_SUCCESS


def test_what_c_could_not_survive_is_a_type_error():
    context = NX_MD5()
    _nx_md5_initialize(context)
    with pytest.raises(TypeError, match="input_ptr"):
        _nx_md5_update(context, b"ab", 3)
    with pytest.raises(TypeError, match="input_ptr"):
        _nx_md5_update(context, None, 1)
    with pytest.raises(TypeError, match="context"):
        _nx_md5_digest_calculate(None, bytearray(16))


def test_without_hashlib_the_own_algorithm_serves(monkeypatch):
    # A copy of the module: reloading it would make a second NX_MD5 class for everybody.
    spec = importlib.util.spec_from_file_location("md5_of_a_board", md5.__file__)
    copy = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "hashlib", None)
    spec.loader.exec_module(copy)
    assert copy._digest is copy.md5_digest
    assert copy.md5_hexdigest(b"abc") == b"900150983cd24fb0d6963f7d28e17f72"
    assert md5._digest is not md5.md5_digest
