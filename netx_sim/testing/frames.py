"""Frames in words: bytes of an Ethernet frame, or of a bare IP packet, to a dictionary and to one line of text.

The words are those of the recorded traces: a value appears only where it tells something (options, a wrong
checksum, a fragment offset), numbers stay numbers. This decoder shares no code with `netx_sim.wire`.
"""

import ipaddress
import zlib
from collections.abc import Callable, Iterator
from typing import Any

Words = dict[str, Any]

ETHERNET_HEADER = 14
TYPE_IPV4 = 0x0800
TYPE_ARP = 0x0806
TYPE_IPV6 = 0x86DD
PROTOCOL_ICMP = 1
PROTOCOL_TCP = 6
PROTOCOL_UDP = 17
PROTOCOL_FRAGMENT = 44
PROTOCOL_ICMPV6 = 58

_FLAG_NAMES = ("FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR")
_ALPHABET = b"abcdefghijklmnopqrstuvwxyz"
_HEX_LIMIT = 64  # longer data that follow no pattern are told by their start and a CRC
_ARP_NAMES = {1: "request", 2: "reply"}
_NEIGHBOUR_MESSAGES = range(133, 137)
_TARGETED_MESSAGES = range(135, 137)


def be16(data: bytes, offset: int) -> int:
    """The big-endian 16-bit number at `offset`."""
    return int.from_bytes(data[offset : offset + 2], "big")


def be32(data: bytes, offset: int) -> int:
    """The big-endian 32-bit number at `offset`."""
    return int.from_bytes(data[offset : offset + 4], "big")


def mac_text(data: bytes) -> str:
    """02:00:00:00:00:02 for six bytes."""
    return data.hex(":")


def ip_text(data: bytes) -> str:
    """The usual text of a 4-byte or 16-byte address."""
    return str(ipaddress.ip_address(data))


def internet_checksum(data: bytes) -> int:
    """RFC 1071, by the book: the complement of the one's complement sum of 16-bit words."""
    if len(data) & 1:
        data += b"\0"
    total = sum(be16(data, i) for i in range(0, len(data), 2))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def pseudo_header(source: bytes, destination: bytes, protocol: int, length: int) -> bytes:
    """What a transport checksum covers beyond the segment (RFC 9293 3.1, RFC 8200 8.1)."""
    if len(source) == 4:
        return source + destination + bytes((0, protocol)) + length.to_bytes(2, "big")
    return source + destination + length.to_bytes(4, "big") + bytes((0, 0, 0, protocol))


def pattern_bytes(first: int, length: int) -> bytes:
    """`length` bytes of the running alphabet; byte i is the letter number (first + i) mod 26."""
    start = first % 26
    return (_ALPHABET * ((start + length) // 26 + 1))[start : start + length]


def describe_payload(data: bytes) -> Words:
    """The words for a payload: a pattern, all bytes in hex, or its start and a CRC."""
    words: Words = {"len": len(data)}
    pattern = data[0] - _ALPHABET[0] if data else 0
    if data and pattern in range(26) and data == pattern_bytes(pattern, len(data)):
        words["pattern"] = pattern
    elif len(data) <= _HEX_LIMIT:
        words["hex"] = data.hex()
    else:
        words["first"] = data[:32].hex()
        words["crc32"] = f"{zlib.crc32(data):08x}"
    return words


def tcp_flags(bits: int) -> str:
    """SYN|ACK for 0x12; the empty text for none."""
    return "|".join(name for i, name in enumerate(_FLAG_NAMES) if bits >> i & 1)


def describe_frame(frame: bytes, *, ethernet: bool = True) -> Words:
    """The words for one frame; `ethernet` false for links that carry bare IP packets."""
    words: Words = {}
    if not ethernet:
        version = frame[0] >> 4 if frame else 0
        _describe_network(words, TYPE_IPV6 if version == 6 else TYPE_IPV4, frame)
        return words
    kind = be16(frame, 12)
    words["ethernet"] = {"dst": mac_text(frame[:6]), "src": mac_text(frame[6:12]), "type": f"0x{kind:04x}"}
    _describe_network(words, kind, frame[ETHERNET_HEADER:])
    return words


def _describe_network(words: Words, kind: int, data: bytes) -> None:
    if kind == TYPE_ARP and len(data) >= 28:
        words["arp"] = _arp(data)
    elif kind == TYPE_IPV4 and len(data) >= 20:
        _ipv4(words, data)
    elif kind == TYPE_IPV6 and len(data) >= 40:
        _ipv6(words, data)
    elif data:
        words["payload"] = describe_payload(data)


def _arp(data: bytes) -> Words:
    return {
        "op": be16(data, 6),
        "sender_mac": mac_text(data[8:14]),
        "sender_ip": ip_text(data[14:18]),
        "target_mac": mac_text(data[18:24]),
        "target_ip": ip_text(data[24:28]),
        "hex": data.hex(),
    }


def _ipv4(words: Words, data: bytes) -> None:
    header = (data[0] & 15) * 4
    ip: Words = {"src": ip_text(data[12:16]), "dst": ip_text(data[16:20]), "ttl": data[8], "id": be16(data, 4)}
    ip["protocol"] = data[9]
    fragment = be16(data, 6)
    _put(ip, "tos", data[1])
    _put(ip, "flags", fragment >> 13)
    _put(ip, "fragment_offset", (fragment & 0x1FFF) * 8)
    _put(ip, "options", data[20:header].hex())
    if internet_checksum(data[:header]):
        ip["checksum"] = "bad"
    if be16(data, 2) != len(data):
        ip["total_length"], ip["actual_length"] = be16(data, 2), len(data)
    words["ipv4"] = ip
    whole = not fragment & 0x3FFF
    _describe_transport(words, data[9], data[header:], (data[12:16], data[16:20]), not fragment & 0x1FFF, whole)


def _ipv6(words: Words, data: bytes) -> None:
    ip: Words = {"src": ip_text(data[8:24]), "dst": ip_text(data[24:40]), "hop_limit": data[7], "next_header": data[6]}
    if be16(data, 4) != len(data) - 40:
        ip["total_length"], ip["actual_length"] = be16(data, 4) + 40, len(data)
    words["ipv6"] = ip
    protocol, rest, first, whole = data[6], data[40:], True, True
    if protocol == PROTOCOL_FRAGMENT:
        field = be16(rest, 2)
        protocol, first, whole = rest[0], not field & 0xFFF8, False
        ip["fragment"] = {"next_header": rest[0], "offset": field & 0xFFF8, "more": field & 1, "id": "random"}
        rest = rest[8:]
    _describe_transport(words, protocol, rest, (data[8:24], data[24:40]), first, whole)


def _put(words: Words, key: str, value: int | str) -> None:
    if value:
        words[key] = value


def _describe_transport(
    words: Words, protocol: int, data: bytes, ends: tuple[bytes, bytes], first: bool, whole: bool
) -> None:
    payload = data
    name, shortest, decode = _DECODERS.get(protocol, ("", 0, None))
    if decode is not None and first and len(data) >= shortest:
        words[name], payload = decode(data)
        unchecked = protocol == PROTOCOL_UDP and not be16(data, 6)
        covered = b"" if protocol == PROTOCOL_ICMP else pseudo_header(ends[0], ends[1], protocol, len(data))
        if whole and not unchecked and internet_checksum(covered + data):
            words[name]["checksum"] = "bad"
    if payload:
        words["payload"] = describe_payload(payload)


def _tcp(data: bytes) -> tuple[Words, bytes]:
    header = (data[12] >> 4) * 4
    tcp: Words = {"src_port": be16(data, 0), "dst_port": be16(data, 2), "seq": be32(data, 4), "ack": be32(data, 8)}
    tcp["flags"] = tcp_flags(data[13])
    tcp["window"] = be16(data, 14)
    _put(tcp, "options", data[20:header].hex())
    _put(tcp, "urgent", be16(data, 18))
    return tcp, data[header:]


def _udp(data: bytes) -> tuple[Words, bytes]:
    udp: Words = {"src_port": be16(data, 0), "dst_port": be16(data, 2), "length": be16(data, 4)}
    if not be16(data, 6):
        udp["checksum"] = "zero"
    return udp, data[8:]


def _icmp(data: bytes) -> tuple[Words, bytes]:
    return {"type": data[0], "code": data[1], "rest": data[4:8].hex()}, data[8:]


def _icmpv6(data: bytes) -> tuple[Words, bytes]:
    message: Words = {"type": data[0], "code": data[1]}
    if data[0] not in _NEIGHBOUR_MESSAGES:
        message["rest"] = data[4:8].hex()
        return message, data[8:]
    message["body"] = data[4:].hex()
    if data[0] in _TARGETED_MESSAGES and len(data) >= 24:
        message["target"] = ip_text(data[8:24])
    return message, b""


_Decoder = Callable[[bytes], tuple[Words, bytes]] | None
_DECODERS: dict[int, tuple[str, int, _Decoder]] = {
    PROTOCOL_TCP: ("tcp", 20, _tcp),
    PROTOCOL_UDP: ("udp", 8, _udp),
    PROTOCOL_ICMP: ("icmp", 8, _icmp),
    PROTOCOL_ICMPV6: ("icmpv6", 8, _icmpv6),
}


def frame_line(words: Words) -> str:
    """One line for a log, from the words of a frame."""
    parts = list(_line_parts(words))
    payload = words.get("payload")
    if payload:
        parts.append(f"({payload['len']}) " + _payload_text(payload))
    return " ".join(str(part) for part in parts if part != "")


def _payload_text(payload: Words) -> str:
    if "pattern" in payload:
        return f"pattern {payload['pattern']}"
    return f"hex {payload['hex']}" if "hex" in payload else f"{payload['first']}... crc32 {payload['crc32']}"


def _line_parts(words: Words) -> Iterator[object]:
    ip = words.get("ipv4") or words.get("ipv6")
    if "arp" in words:
        arp = words["arp"]
        yield f"arp {_ARP_NAMES.get(arp['op'], arp['op'])}"
        yield f"{arp['sender_ip']} {arp['sender_mac']} > {arp['target_ip']} {arp['target_mac']}"
        return
    if ip:
        yield f"{ip['src']} > {ip['dst']}"
        yield from (f"{key} {ip[key]}" for key in ("fragment_offset", "options", "fragment", "checksum") if key in ip)
        yield f"id {ip['id']}" if "id" in ip else ""
    elif "ethernet" in words:
        yield f"type {words['ethernet']['type']}"
    yield from _transport_parts(words)


def _transport_parts(words: Words) -> Iterator[object]:
    if "tcp" in words:
        tcp = words["tcp"]
        yield f"tcp {tcp['src_port']} > {tcp['dst_port']} [{tcp['flags']}] seq {tcp['seq']} ack {tcp['ack']}"
        yield f"win {tcp['window']}"
        yield from (f"{key} {tcp[key]}" for key in ("options", "urgent", "checksum") if key in tcp)
    for name in ("udp", "icmp", "icmpv6"):
        if name in words:
            yield name
            yield from (f"{key} {value}" for key, value in words[name].items())
