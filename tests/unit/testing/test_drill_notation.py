"""The notation of packet scripts: what a line means, what is refused, and what a packet looks like."""

import pytest

from netx_sim.testing.drill_notation import (
    Ends,
    NotationError,
    flags_of,
    options_text,
    packet_text,
    parse_line,
    parse_script,
    stream_bytes,
)
from netx_sim.testing.frames import describe_frame


def test_all_of_a_line() -> None:
    line = parse_line("+.05 < P. 1:101(100) ack 7 win 8192 <mss 1460,nop,wscale 2> x3")
    assert (line.earliest, line.latest, line.outgoing, line.times) == (5, 5, False, 3)
    assert line.fields == {
        "kind": "tcp",
        "flags": "P.",
        "seq": 1,
        "len": 100,
        "ack": 7,
        "win": 8192,
        "options": bytes.fromhex("020405b4 01 030302".replace(" ", "")),
    }


def test_only_what_is_written_is_stated() -> None:
    assert parse_line("* > R").fields == {"kind": "tcp", "flags": "R"}
    assert parse_line("+0 > . 5 ack 1").fields == {"kind": "tcp", "flags": ".", "seq": 5, "ack": 1}
    assert not parse_line("+0 > -").fields["flags"]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [("+0", 0, 0), ("+1.5", 150, 150), (".2~.3", 20, 30), ("*", None, None)],
)
def test_times(text: str, earliest: int | None, latest: int | None) -> None:
    line = parse_line(f"{text} > .")
    assert (line.earliest, line.latest) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    ["+0 > . 1:11(5)", "> . 1:1(0)", "+0 . 1:1(0)", "+0 > Q 1:1(0)", "+0 > . 1:1(0) <what 3>", "+0 > . 1:1(0) ?", ""],
)
def test_what_is_no_line(text: str) -> None:
    with pytest.raises(NotationError):
        parse_line(text)


def test_other_protocols() -> None:
    assert parse_line("+0 < udp (20)").fields == {"kind": "udp", "len": 20}
    assert parse_line("+0 > icmp type 3 code 3").fields == {"kind": "icmp", "type": 3, "code": 3}


def test_script_with_comments() -> None:
    lines = parse_script("""
      // purpose
      +0 < S 0:0(0)    // the peer opens

      +0 > S. 0:0(0) ack 1   # answered
    """)
    assert [(line.number, line.outgoing) for line in lines] == [(3, False), (5, True)]


def test_a_built_segment_reads_back() -> None:
    ends = Ends(bytes((10, 0, 0, 2)), bytes((10, 0, 0, 1)), 8080, 5000)
    fields = parse_line("+0 < PU. 1:11(10) ack 1 win 77 urg 4 id 9 tos 16 ttl 3 <mss 536>").fields
    words = describe_frame(ends.tcp(fields, 0xFFFFFFFF, 12, stream_bytes(1, 10)), ethernet=False)
    assert words["ipv4"] == {"src": "10.0.0.2", "dst": "10.0.0.1", "ttl": 3, "id": 9, "protocol": 6, "tos": 16}
    tcp = words["tcp"]
    assert (tcp["seq"], tcp["ack"], tcp["window"], tcp["urgent"]) == (0xFFFFFFFF, 12, 77, 4)
    assert (tcp["flags"], tcp["options"]) == ("PSH|ACK|URG", "02040218")
    assert words["payload"] == {"len": 10, "pattern": 0}
    fields["checksum"] = "bad"
    assert describe_frame(ends.tcp(fields, 1, 1, b""), ethernet=False)["tcp"]["checksum"] == "bad"


def test_built_datagrams_read_back() -> None:
    ends = Ends(bytes((10, 0, 0, 2)), bytes((10, 0, 0, 1)), 7, 6000)
    words = describe_frame(ends.udp({}, b"abc"), ethernet=False)
    assert words["udp"] == {"src_port": 7, "dst_port": 6000, "length": 11}
    words = describe_frame(ends.icmp({"type": 8}, b"abc"), ethernet=False)
    assert words["icmp"] == {"type": 8, "code": 0, "rest": "00010001"}


def test_packets_in_text() -> None:
    fields = {
        "kind": "tcp",
        "flags": "S.",
        "seq": 0,
        "len": 0,
        "ack": 1,
        "win": 5,
        "options": bytes.fromhex("020405b4"),
    }
    assert packet_text(fields) == "S. 0:0(0) ack 1 win 5 <mss 1460>"
    assert packet_text({"kind": "udp", "port": 7, "len": 3}) == "udp port 7 (3)"
    assert options_text(bytes.fromhex("0101010005")) == "nop,nop,nop,eol,05"
    assert flags_of("FIN|ACK") == "F."


def test_stream_bytes_follow_the_position() -> None:
    assert stream_bytes(1, 3) == b"abc"
    assert stream_bytes(27, 2) == b"ab"
