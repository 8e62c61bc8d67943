"""A reader of pcapng for tests, written from the specification and sharing no code with the writer."""

import struct
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Interface:
    linktype: int
    snaplen: int
    options: dict[int, bytes]


@dataclass
class Frame:
    interface: int
    time_ns: int
    data: bytes
    length: int
    options: dict[int, bytes]


@dataclass
class Pcapng:
    interfaces: list[Interface] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    section: dict[int, bytes] = field(default_factory=dict)


def read(source: Path | bytes) -> Pcapng:
    """All blocks of a file; whatever is malformed is an assertion."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    found = Pcapng()
    offset = 0
    while offset < len(data):
        kind, length = struct.unpack_from("<II", data, offset)
        assert length % 4 == 0, "block lengths are multiples of 4"
        assert struct.unpack_from("<I", data, offset + length - 4)[0] == length, "both lengths agree"
        _block(found, kind, data[offset + 8 : offset + length - 4], first=offset == 0)
        offset += length
    assert offset == len(data)
    return found


def _block(found: Pcapng, kind: int, body: bytes, *, first: bool) -> None:
    if first:
        assert kind == 0x0A0D0D0A
        assert struct.unpack_from("<IHH", body) == (0x1A2B3C4D, 1, 0)
        found.section = _options(body[16:])
    elif kind == 1:
        linktype, reserved, snaplen = struct.unpack_from("<HHI", body)
        assert reserved == 0
        found.interfaces.append(Interface(linktype, snaplen, _options(body[8:])))
    else:
        assert kind == 6
        interface, high, low, captured, length = struct.unpack_from("<IIIII", body)
        assert interface < len(found.interfaces)
        end = 20 + captured + -captured % 4
        data = body[20 : 20 + captured]
        found.frames.append(Frame(interface, high << 32 | low, data, length, _options(body[end:])))


def _options(data: bytes) -> dict[int, bytes]:
    options = {}
    while data:
        code, length = struct.unpack_from("<HH", data)
        if code == 0:
            assert data[4:] == b""
            break
        options[code] = data[4 : 4 + length]
        data = data[4 + length + -length % 4 :]
    return options
