"""SLIP framing: what RFC 1055 says, whatever the pieces, whatever the junk."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netx_drivers.slip_codec import END, ESC, XOFF, XON, SlipDecoder, decode, encode

LONGEST = 1006

# Bytes that matter are as likely as all others together.
SPECIAL = st.sampled_from([bytes([value]) for value in (END, ESC, 0xDC, 0xDD, 0xDE, 0xDF, XON, XOFF)])
PACKETS = st.lists(SPECIAL | st.binary(min_size=1, max_size=40), min_size=1, max_size=20).map(b"".join)
FLOW = pytest.mark.parametrize("flow", [False, True])


def bytewise(packet: bytes) -> bytes:
    """The sender of RFC 1055, byte by byte."""
    line = bytearray([END])
    for value in packet:
        line += {END: b"\xdb\xdc", ESC: b"\xdb\xdd"}.get(value, bytes([value]))
    return bytes(line) + bytes([END])


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """`data` cut at the places given."""
    ends = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[start:end] for start, end in zip(ends, ends[1:], strict=False)]


def fed(decoder: SlipDecoder, *parts: bytes) -> list[bytes]:
    return [packet for part in parts for packet in decoder.feed(part)]


@pytest.mark.parametrize(
    ("packet", "line"),
    [
        (b"abc", "c0 616263 c0"),
        (b"\xc0", "c0 dbdc c0"),
        (b"\xdb", "c0 dbdd c0"),
        (b"\xdb\xdc", "c0 dbdddc c0"),
        (b"\xdb\xc0\xdb", "c0 dbdddbdcdbdd c0"),
        (b"", "c0 c0"),
    ],
)
def test_frames_are_those_of_the_rfc(packet: bytes, line: str) -> None:
    assert encode(packet) == bytes.fromhex(line) == bytewise(packet)
    assert decode(encode(packet)[1:-1]) == packet


@given(PACKETS)
def test_frame_is_what_the_rfc_sends_byte_by_byte(packet: bytes) -> None:
    assert encode(packet) == bytewise(packet)


@FLOW
@given(packet=PACKETS)
def test_packet_comes_back(packet: bytes, flow: bool) -> None:
    frame = encode(packet, flow)
    assert frame.count(bytes([END])) == 2
    assert decode(frame[1:-1], flow) == packet
    if flow:
        assert XON not in frame
        assert XOFF not in frame


@given(st.lists(PACKETS, max_size=6), st.lists(st.integers(0, 2000), max_size=12))
@example([b"\xdb"], [2])
def test_packets_come_back_whatever_the_pieces(packets: list[bytes], cuts: list[int]) -> None:
    decoder = SlipDecoder(LONGEST)
    line = b"".join(map(encode, packets))
    assert fed(decoder, *pieces(line, cuts)) == packets
    assert (decoder.junk, decoder.damaged, decoder.too_long) == (0, 0, 0)


@given(st.lists(PACKETS, max_size=4))
def test_packets_come_back_byte_by_byte(packets: list[bytes]) -> None:
    line = b"".join(map(encode, packets))
    assert fed(SlipDecoder(LONGEST), *(line[at : at + 1] for at in range(len(line)))) == packets


@given(st.binary(max_size=3000), st.lists(st.integers(0, 4000), max_size=8), PACKETS)
def test_any_noise_is_survived(noise: bytes, cuts: list[int], packet: bytes) -> None:
    decoder = SlipDecoder(LONGEST)
    got = fed(decoder, *pieces(noise + encode(packet) + encode(packet), cuts))
    assert got[-1] == packet
    assert all(0 < len(found) <= LONGEST for found in got)


@given(st.binary(max_size=200).filter(lambda junk: END not in junk), PACKETS, st.lists(st.integers(0, 300), max_size=4))
def test_junk_before_the_first_end_is_dropped(junk: bytes, packet: bytes, cuts: list[int]) -> None:
    decoder = SlipDecoder(LONGEST)
    assert fed(decoder, *pieces(junk + encode(packet), cuts)) == [packet]
    assert decoder.junk == len(junk)


def test_peer_that_sends_only_the_trailing_end() -> None:
    """Its first packet cannot be told from junk, all others can."""
    decoder = SlipDecoder(LONGEST)
    assert fed(decoder, b"one\xc0two\xc0", b"thr", b"ee\xc0") == [b"two", b"three"]
    assert decoder.junk == 3


@pytest.mark.parametrize("frame", [b"ab\xdb", b"\xdbx", b"\xdb\xdb\xdc", b"\xdb\xdc\xdb", b"\xdb\xde"])
def test_escape_without_meaning_is_damage(frame: bytes) -> None:
    assert decode(frame) is None
    decoder = SlipDecoder(LONGEST)
    assert fed(decoder, b"\xc0" + frame + b"\xc0good\xc0") == [b"good"]
    assert decoder.damaged == 1


@pytest.mark.parametrize("size", [1, 7, 100000])
def test_long_frame_is_dropped_and_not_kept(size: int) -> None:
    decoder = SlipDecoder(8)
    line = b"\xc0" + b"x" * 50000 + b"\xc0" + encode(b"y" * 9) + encode(b"12345678")
    most, got = 0, []
    for at in range(0, len(line), size):
        got += decoder.feed(line[at : at + size])
        most = max(most, sum(map(len, decoder._parts)))
    assert got == [b"12345678"]
    assert decoder.too_long == 2
    assert most <= 16


def test_longest_packet_may_consist_of_escapes() -> None:
    decoder = SlipDecoder(8)
    assert fed(decoder, *(bytes([value]) for value in encode(b"\xc0" * 8))) == [b"\xc0" * 8]


def test_reset_waits_for_the_next_end() -> None:
    decoder = SlipDecoder(LONGEST)
    decoder.feed(b"\xc0half a")
    decoder.reset()
    assert fed(decoder, b" packet\xc0whole\xc0") == [b"whole"]
    assert decoder.junk == len(b" packet")
