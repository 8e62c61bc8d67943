"""The Internet checksum by division agrees with RFC 1071 word by word."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_sim.wire import checksum as cs


def rfc_1071(data):
    """RFC 1071 section 4.1, literally."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def test_example_of_rfc_1071_section_3():
    data = bytes.fromhex("0001f203f4f5f6f7")
    assert cs.ones_sum(data) == 0xDDF2
    assert cs.checksum(data) == 0xFFFF - 0xDDF2


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"", 0xFFFF), (bytes(20), 0xFFFF), (b"\xff\xff", 0), (b"\xff\xff" * 700, 0), (b"\x80", 0x7FFF)],
)
def test_the_two_zeros_and_an_odd_byte(data, expected):
    assert cs.checksum(data) == expected == rfc_1071(data)


@given(st.binary(max_size=200))
def test_agrees_with_the_word_by_word_form(data):
    assert cs.checksum(data) == rfc_1071(data)
    assert cs.checksum(memoryview(data)) == rfc_1071(data)
    assert cs.finish(cs.ones_sum(data)) == rfc_1071(data)


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_a_chain_counts_as_one_buffer(parts):
    assert cs.checksum_chain(parts) == rfc_1071(b"".join(parts))


@given(st.binary(min_size=2, max_size=100).filter(any))
def test_a_message_with_its_checksum_verifies(data):
    data = data + b"\0" * (len(data) % 2)
    whole = data + struct.pack(">H", cs.checksum(data))
    assert cs.checksum(whole) == 0


def test_pseudo_header():
    source, destination = 0xC0A80001, 0xC0A80002
    pseudo = struct.pack(">IIBBH", source, destination, 0, 17, 12)
    datagram = bytes.fromhex("04d20035000c0000") + b"data"
    total = cs.pseudo_ipv4(source, destination, 17, 12) + cs.ones_sum(datagram)
    assert cs.finish(total) == rfc_1071(pseudo + datagram)
