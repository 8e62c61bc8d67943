"""Packets in one line: the notation of drill scripts, read and written.

    +.05  < P. 1:101(100) ack 1 win 8192 <mss 1460,nop>  x3   // comment

Time, direction (`<` the peer sends, `>` the stack must send), flags, sequence numbers with length, and options. All
numbers count from the initial sequence numbers, so a SYN is `S 0:0(0)` and the first byte is number 1. Only what is
written is compared. `docs/drill.md` explains all of it.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from netx_sim.testing.frames import internet_checksum, pattern_bytes, pseudo_header

TICKS_PER_SECOND = 100
_FLAG_BITS = {"F": 0x01, "S": 0x02, "R": 0x04, "P": 0x08, ".": 0x10, "U": 0x20, "E": 0x40, "W": 0x80}
_FLAG_ORDER = "SFRPUEW."
_FLAG_WORDS = {"FIN": "F", "SYN": "S", "RST": "R", "PSH": "P", "ACK": ".", "URG": "U", "ECE": "E", "CWR": "W"}
_TIME = r"\*|\+?\d*\.?\d+(?:~\+?\d*\.?\d+)?"
_LINE = re.compile(rf"(?P<time>{_TIME})\s+(?P<way>[<>])\s+(?P<packet>.*?)(?:\s+x(?P<times>\d+))?$")
_TCP = re.compile(
    r"(?P<flags>[SFRPUEW.]+|-)(?:\s+(?P<seq>-?\d+)(?::(?P<end>-?\d+)\((?P<length>\d+)\))?)?(?P<rest>(?:\s.*)?)$"
)
_OTHER = re.compile(r"(?P<kind>udp|icmp|arp)\b(?P<rest>.*)$")
_WORD = re.compile(r"\s*(?:<(?P<options>[^>]*)>|\((?P<size>\d+)\)|(?P<key>[a-z]+)\s+(?P<value>\S+))")
_NUMBERS = ("ack", "win", "urg", "id", "tos", "ttl", "port", "from", "type", "code")
_OPTION_KINDS = {"eol": 0, "nop": 1, "mss": 2, "wscale": 3}


class NotationError(ValueError):
    """A line that is no drill script."""


@dataclass(frozen=True)
class Line:
    """One line of a script: when, which way, and what is known of the packet (absent: not compared)."""

    text: str
    number: int
    earliest: int | None  # ticks after the event before; None: any time
    latest: int | None
    outgoing: bool
    fields: dict[str, Any] = field(default_factory=dict)
    times: int = 1


def parse_script(text: str) -> list[Line]:
    """The lines of a script; comments (`//` or `#` to the end of the line) and empty lines are left out."""
    lines = []
    for number, raw in enumerate(text.splitlines(), 1):
        bare = re.split(r"//|#", raw, maxsplit=1)[0].strip()
        if bare:
            lines.append(parse_line(bare, number))
    return lines


def parse_line(text: str, number: int = 1) -> Line:
    """One line; NotationError if it cannot be read."""
    match = _LINE.match(text)
    if match is None:
        raise NotationError(f"line {number}: no time, direction and packet in {text!r}")
    earliest, latest = _ticks(match["time"])
    fields = _packet(match["packet"].strip(), number)
    return Line(text, number, earliest, latest, match["way"] == ">", fields, int(match["times"] or 1))


def _ticks(text: str) -> tuple[int | None, int | None]:
    if text == "*":
        return None, None
    first, _, last = text.partition("~")
    earliest = round(float(first) * TICKS_PER_SECOND)
    return earliest, round(float(last) * TICKS_PER_SECOND) if last else earliest


def _packet(text: str, number: int) -> dict[str, Any]:
    other = _OTHER.match(text)
    if other:
        return {"kind": other["kind"], **_words(other["rest"], number)}
    match = _TCP.match(text)
    if match is None:
        raise NotationError(f"line {number}: no packet in {text!r}")
    fields: dict[str, Any] = {"kind": "tcp", "flags": _flag_set(match["flags"])}
    if match["seq"] is not None:
        fields["seq"] = int(match["seq"])
    if match["length"] is not None:
        fields["len"] = int(match["length"])
        if int(match["end"]) - fields["seq"] != fields["len"]:
            raise NotationError(f"line {number}: {match['seq']}:{match['end']} is not {match['length']} long")
    return {**fields, **_words(match["rest"], number)}


def _words(text: str, number: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    position, text = 0, text.rstrip()
    while position < len(text):
        match = _WORD.match(text, position)
        if match is None:
            raise NotationError(f"line {number}: cannot read {text[position:].strip()!r}")
        position = match.end()
        if match["options"] is not None:
            fields["options"] = _options(match["options"], number)
        elif match["size"] is not None:
            fields["len"] = int(match["size"])
        elif match["key"] in _NUMBERS:
            fields[match["key"]] = int(match["value"], 0)
        else:
            fields[match["key"]] = match["value"]
    return fields


def _flag_set(text: str) -> str:
    return "".join(flag for flag in _FLAG_ORDER if flag in text)


def _options(text: str, number: int) -> bytes:
    """`mss 1460,nop,wscale 2,eol` or plain hex, as bytes padded with zeros to a multiple of four."""
    data = b""
    for item in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = item.partition(" ")
        if name not in _OPTION_KINDS:
            try:
                data += bytes.fromhex(item)
            except ValueError:
                raise NotationError(f"line {number}: no TCP option {item!r}") from None
        elif name in ("eol", "nop"):
            data += bytes([_OPTION_KINDS[name]])
        else:
            size = 2 if name == "mss" else 1
            data += bytes((_OPTION_KINDS[name], 2 + size)) + int(value).to_bytes(size, "big")
    return data + bytes(-len(data) % 4)


def options_text(data: bytes) -> str:
    """TCP option bytes in the notation; what is not known, in hex."""
    names, position = [], 0
    while position < len(data):
        kind = data[position]
        if kind in (0, 1):
            names.append("eol" if kind == 0 else "nop")
            position += 1
            continue
        size = data[position + 1] if position + 1 < len(data) else 0
        if (kind, size) not in ((2, 4), (3, 3)) or position + size > len(data):
            names.append(data[position:].hex())
            break
        value = int.from_bytes(data[position + 2 : position + size], "big")
        names.append(f"{'mss' if kind == 2 else 'wscale'} {value}")
        position += size
    return ",".join(names)


def flags_of(words: str) -> str:
    """S. for the words SYN|ACK of a decoded frame."""
    return _flag_set("".join(_FLAG_WORDS[word] for word in words.split("|") if word))


def packet_text(fields: dict[str, Any]) -> str:
    """A packet in the notation, from its fields."""
    if fields["kind"] != "tcp":
        words = " ".join(f"{key} {value}" for key, value in fields.items() if key not in ("kind", "len", "data"))
        return f"{fields['kind']} {words} ({fields.get('len', 0)})"
    seq, length = fields.get("seq", 0), fields.get("len", 0)
    text = f"{fields['flags'] or '-'} {seq}:{seq + length}({length})"
    text += "".join(f" {key} {fields[key]}" for key in ("ack", "win", "urg", "checksum") if key in fields)
    return text + (f" <{options_text(fields['options'])}>" if fields.get("options") else "")


def stream_bytes(seq: int, length: int) -> bytes:
    """The bytes that a drill sends from stream position `seq` (1 is the first) on: the alphabet, over and over."""
    return pattern_bytes((seq - 1) % 26, length)


@dataclass(frozen=True)
class Ends:
    """Addresses and ports of a packet, from its sender's side."""

    source: bytes
    destination: bytes
    source_port: int = 0
    destination_port: int = 0

    def ipv4(self, protocol: int, body: bytes, fields: dict[str, Any]) -> bytes:
        """An IPv4 packet around `body`."""
        head = bytearray(20)
        head[0:2] = bytes((0x45, fields.get("tos", 0)))
        head[2:4] = (20 + len(body)).to_bytes(2, "big")
        head[4:6] = fields.get("id", 0x1000).to_bytes(2, "big")
        head[8:10] = bytes((fields.get("ttl", 64), protocol))
        head[12:20] = self.source + self.destination
        head[10:12] = internet_checksum(bytes(head)).to_bytes(2, "big")
        return bytes(head) + body

    def tcp(self, fields: dict[str, Any], seq: int, ack: int, data: bytes) -> bytes:
        """A TCP segment in its IPv4 packet; `seq` and `ack` are absolute."""
        options = fields.get("options", b"")
        bits = sum(_FLAG_BITS[flag] for flag in fields["flags"])
        head = bytearray(20)
        head[0:4] = self.source_port.to_bytes(2, "big") + self.destination_port.to_bytes(2, "big")
        head[4:12] = (seq & 0xFFFFFFFF).to_bytes(4, "big") + (ack & 0xFFFFFFFF).to_bytes(4, "big")
        head[12:14] = bytes(((20 + len(options)) // 4 << 4, bits))
        head[14:16] = fields["win"].to_bytes(2, "big")
        head[18:20] = fields.get("urg", 0).to_bytes(2, "big")
        segment = bytes(head) + options + data
        check = internet_checksum(pseudo_header(self.source, self.destination, 6, len(segment)) + segment)
        check ^= 1 if fields.get("checksum") == "bad" else 0
        return self.ipv4(6, segment[:16] + check.to_bytes(2, "big") + segment[18:], fields)

    def udp(self, fields: dict[str, Any], data: bytes) -> bytes:
        """A UDP datagram in its IPv4 packet."""
        head = self.source_port.to_bytes(2, "big") + self.destination_port.to_bytes(2, "big")
        datagram = head + (8 + len(data)).to_bytes(2, "big") + b"\0\0" + data
        check = internet_checksum(pseudo_header(self.source, self.destination, 17, len(datagram)) + datagram)
        return self.ipv4(17, datagram[:6] + (check or 0xFFFF).to_bytes(2, "big") + data, fields)

    def icmp(self, fields: dict[str, Any], data: bytes) -> bytes:
        """An ICMP message in its IPv4 packet; identifier and number are 1."""
        body = bytes((fields.get("type", 8), fields.get("code", 0), 0, 0, 0, 1, 0, 1)) + data
        return self.ipv4(1, body[:2] + internet_checksum(body).to_bytes(2, "big") + body[4:], fields)
