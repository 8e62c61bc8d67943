"""The decoder that judges frames: by hand-made frames with known contents."""

from typing import Any

import pytest

from netx_sim.testing.frames import (
    describe_frame,
    describe_payload,
    frame_line,
    internet_checksum,
    pattern_bytes,
    pseudo_header,
    tcp_flags,
)
from netx_sim.testing.runner import load
from tests.vectors.replayed import HERE

ETHERNET = "02 00 00 00 00 02 00 11 22 33 44 56 08 00"
SYN = ETHERNET + (
    "45 00 00 30 00 01 00 00 80 06 26 c7 0a 00 00 01 0a 00 00 02"  # IP
    "13 88 00 50 00 00 10 00 00 00 00 00 70 02 20 00 43 82 00 00 02 04 05 b4 01 01 01 00"
)


def syn(**changes: int) -> bytes:
    """The SYN with single bytes of it changed, named b<offset>."""
    frame = bytearray.fromhex(SYN.replace(" ", ""))
    for name, value in changes.items():
        frame[int(name[1:])] = value
    return bytes(frame)


def with_checksums(frame: bytes) -> bytes:
    data = bytearray(frame)
    data[24:26] = b"\0\0"
    data[24:26] = internet_checksum(bytes(data[14:34])).to_bytes(2, "big")
    data[50:52] = b"\0\0"
    covered = pseudo_header(bytes(data[26:30]), bytes(data[30:34]), 6, len(data) - 34) + bytes(data[34:])
    data[50:52] = internet_checksum(covered).to_bytes(2, "big")
    return bytes(data)


def test_syn_in_words() -> None:
    words = describe_frame(with_checksums(syn()))
    assert words == {
        "ethernet": {"dst": "02:00:00:00:00:02", "src": "00:11:22:33:44:56", "type": "0x0800"},
        "ipv4": {"src": "10.0.0.1", "dst": "10.0.0.2", "ttl": 128, "id": 1, "protocol": 6},
        "tcp": {
            "src_port": 5000,
            "dst_port": 80,
            "seq": 4096,
            "ack": 0,
            "flags": "SYN",
            "window": 8192,
            "options": "020405b401010100",
        },
    }


def test_wrong_checksums_are_told() -> None:
    frame = bytearray(with_checksums(syn()))
    frame[51] ^= 1
    assert describe_frame(bytes(frame))["tcp"]["checksum"] == "bad"
    frame[25] ^= 1
    assert describe_frame(bytes(frame))["ipv4"]["checksum"] == "bad"


def test_bare_ip_packet_of_a_point_to_point_link() -> None:
    words = describe_frame(with_checksums(syn())[14:], ethernet=False)
    assert "ethernet" not in words
    assert words["tcp"]["dst_port"] == 80


def test_trailing_bytes_are_told_by_both_lengths() -> None:
    words = describe_frame(with_checksums(syn()) + b"\0\0")
    assert (words["ipv4"]["total_length"], words["ipv4"]["actual_length"]) == (48, 50)


def test_later_fragment_has_no_transport_header() -> None:
    words = describe_frame(with_checksums(syn(b20=0x20, b21=2)))
    assert "tcp" not in words
    assert (words["ipv4"]["flags"], words["ipv4"]["fragment_offset"]) == (1, 16)
    assert words["payload"]["len"] == 28


def test_first_fragment_is_decoded_but_its_checksum_is_not_judged() -> None:
    frame = bytearray(with_checksums(syn(b20=0x20)))
    frame[50] ^= 0xFF
    words = describe_frame(bytes(frame))
    assert words["tcp"]["flags"] == "SYN"
    assert "checksum" not in words["tcp"]


def test_header_cut_short_is_payload() -> None:
    words = describe_frame(syn()[: 34 + 5])
    assert words["payload"]["len"] == 5


def test_udp_checksum_zero_is_not_bad() -> None:
    ip = bytearray.fromhex("4500 001e 0001 0000 8011 0000 0a000001 0a000002".replace(" ", ""))
    ip[10:12] = internet_checksum(bytes(ip)).to_bytes(2, "big")
    words = describe_frame(bytes(ip) + bytes.fromhex("1770 0007 000a 0000 6162".replace(" ", "")), ethernet=False)
    assert words["udp"] == {"src_port": 6000, "dst_port": 7, "length": 10, "checksum": "zero"}
    assert words["payload"] == {"len": 2, "pattern": 0}


def test_arp_in_words() -> None:
    body = "0001 0800 06 04 0002 001122334456 0a000001 020000000002 c0a80101".replace(" ", "")
    words = describe_frame(bytes.fromhex(ETHERNET.replace(" ", "")[:-4] + "0806" + body))
    assert words["arp"]["op"] == 2
    assert words["arp"]["target_ip"] == "192.168.1.1"
    assert words["arp"]["hex"] == body


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"defg", {"len": 4, "pattern": 3}),
        (b"zab", {"len": 3, "pattern": 25}),
        (b"+OK\r\n", {"len": 5, "hex": "2b4f4b0d0a"}),
        (b"x" * 65, {"len": 65, "first": "78" * 32, "crc32": "ce32e96e"}),
    ],
)
def test_payload_in_words(data: bytes, words: dict[str, object]) -> None:
    found = describe_payload(data)
    found.pop("crc32", None)
    assert found == {key: value for key, value in words.items() if key != "crc32"}


def test_pattern_runs_over_the_alphabet() -> None:
    assert pattern_bytes(24, 4) == b"yzab"
    assert pattern_bytes(26 + 1, 2) == b"bc"


def test_flags_and_log_line() -> None:
    assert tcp_flags(0x12) == "SYN|ACK"
    line = frame_line(describe_frame(with_checksums(syn())))
    assert line.startswith("10.0.0.1 > 10.0.0.2 id 1 tcp 5000 > 80 [SYN] seq 4096 ack 0 win 8192")


# The frames a peer injects in the recordings are written in words by whoever made them.

MISLEADING = ("ext_", "length", "fragment", "ihl_4", "other_ethertype", "option", "short", "header_cut", "padded")


def injected() -> list[Any]:
    found = []
    for path in sorted((HERE / "traces").iterdir()):
        for scenario in load(path):
            ethernet = scenario["config"]["link"] == "ethernet"
            steps = [s for s in scenario["steps"] if "frame" in s and "tcp_checksum" not in s]
            if not any(part in scenario["id"] for part in MISLEADING):
                found += [(scenario["id"], ethernet, step) for step in steps]
    return found


def test_injected_frames_read_as_they_were_described() -> None:
    frames = injected()
    assert len(frames) > 200
    for name, ethernet, step in frames:
        words = describe_frame(bytes.fromhex(step["frame"]), ethernet=ethernet)
        for layer in ("ethernet", "ipv4", "ipv6", "arp", "icmp", "icmpv6", "udp"):
            described = {key: value for key, value in step["inject"].get(layer, {}).items() if value != 0}
            if layer == "icmpv6" and described.get("type") not in range(133, 137):
                described.pop("body", None)  # its parts are told as `rest` and payload
            got = {key: words.get(layer, {}).get(key) for key in described}
            assert got == described, f"{name}: {layer}"
        assert frame_line(words)


def test_fragment_of_ipv6_is_told() -> None:
    ids = [(name, step) for name, ethernet, step in all_fragments() if ethernet]
    for name, step in ids:
        words = describe_frame(bytes.fromhex(step["frame"]))
        fragment, told = words["ipv6"]["fragment"], step["inject"]["fragment"]
        assert (fragment["offset"], bool(fragment["more"])) == (told["offset"], told["more"]), name
        assert "fragment" in frame_line(words)
    assert ids


def all_fragments() -> list[Any]:
    scenarios = load(HERE / "traces" / "ipv6.json")
    return [(s["id"], True, step) for s in scenarios for step in s["steps"] if "fragment" in step.get("inject", {})]
