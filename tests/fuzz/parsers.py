"""Every parser, for any bytes: it answers or refuses in the documented way, and what it gives back is right."""

import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from netx_drivers.cslip import Compressor, Decompressor
from netx_drivers.errors import LinkError
from netx_drivers.slip_codec import SlipDecoder, decode, encode
from netx_drivers.url import driver_for_url, hardware_address
from netx_pop3 import reply
from netx_pop3.auth import apop_digest, digest_fits, time_stamp
from netx_pop3.cli.exits import UsageError
from netx_pop3.cli.location import check_addresses, parse_location
from netx_pop3.store.errors import TargetError
from netx_pop3.store.journal import Journal
from netx_pop3.unstuff import Unstuffer
from netx_sim import simulation
from netx_sim.config import Config
from netx_sim.testing.frames import describe_frame, frame_line
from netx_sim.wire import arp, checksum, ethernet, icmp, icmpv6, igmp, ipv4, ipv6, tcp, udp
from tests.fuzz.source import Source

HEADERS: list[ModuleType] = [arp, ethernet, icmp, igmp, ipv4, ipv6, tcp, udp]
ULONG_MAX = 0xFFFFFFFF


def headers(data: bytes) -> None:
    """Each parser at each of the first offsets gives a value that can be written and read again, or None."""
    for module in HEADERS:
        for offset in (0, 1, 14):
            value = module.parse(data, offset, len(data))
            if value is not None:
                repr(value)
                again = module.emit(value)
                assert module.emit(module.parse(again, 0, len(again))) == again, value
    for kind, at in icmpv6.options(data, 0, len(data)) or []:
        assert 0 <= kind <= 255
        assert 0 <= at < len(data)
    frame_line(describe_frame(data))


def sums(data: bytes) -> None:
    """The checksum of a buffer is that of its parts, and a buffer that holds its checksum sums to zero."""
    source = Source(data)
    parts = []
    while source:
        parts.append(source.piece())
    even = [part[: len(part) & ~1] for part in parts]
    whole = b"".join(even)
    assert checksum.checksum_chain(even) == checksum.checksum(whole)
    assert checksum.checksum_chain(parts) == checksum.checksum(b"".join(parts))
    total = checksum.checksum(whole)
    assert checksum.checksum(whole + total.to_bytes(2, "big")) in (0, 0xFFFF)


def words(data: bytes) -> None:
    """A reply's words and numbers are in range, whatever the server says and whatever lies behind it."""
    source = Source(data)
    behind, old = source.number(), source.take(source.number() % 11)
    text = source.rest()
    reply.positive(text, old)
    assert len(reply.first_word(text)) <= reply.WORD_SIZE
    assert 0 <= reply.line_end(text, behind) <= len(text)
    for numbers in (reply.stat_numbers(text, behind), reply.list_numbers(text, behind)):
        assert all(-1 <= number <= ULONG_MAX for number in numbers)
    assert 0 <= reply.retr_size(text, behind) < 10**9


def stamp(data: bytes) -> None:
    """A time stamp starts with `<`, holds no NUL and fits; a digest is 32 hexadecimal digits."""
    found = time_stamp(data)
    if found:
        assert found.startswith(b"<")
        assert b"\0" not in found
    if digest_fits(found, data[:20]):
        digest = apop_digest(found, data[:20])
        assert len(digest) == 32
        int(digest, 16)


def slip(data: bytes) -> None:
    """What was encoded is decoded, however it is cut; noise only loses frames."""
    source = Source(data)
    flow, longest = bool(source.number() & 1), 1 + source.number(2)
    packet = source.piece()
    line = encode(packet, flow)
    assert decode(line[1:-1], flow) == packet
    decoder = SlipDecoder(longest, flow)
    while source:
        for found in decoder.feed(source.piece()):
            assert 0 < len(found) <= longest
    decoder.reset()
    cut = len(packet) // 2 + 1
    found = decoder.feed(b"noise" + line[:cut]) + decoder.feed(line[cut:])
    assert found == ([packet] if 0 < len(packet) <= longest else [])


def header_compression(data: bytes) -> None:
    """Any frames: expanded ones are packets; any packets with a sound header: the far end has them, byte for byte."""
    source = Source(data)
    fresh, careless, sender, receiver = Decompressor(), Compressor(), Compressor(), Decompressor()
    while source:
        frame = source.piece()
        if not frame:
            continue
        fresh.expand(frame)
        careless.compress(frame)
        if frame[0] & 1:
            fresh.lost()
        size = (frame[0] & 0x0F) * 4
        if frame[0] >> 4 == 4 and 20 <= size <= len(frame):
            head = frame[:10] + b"\0\0" + frame[12:size]
            packet = head[:10] + checksum.checksum(head).to_bytes(2, "big") + frame[12:]
            expanded = receiver.expand(sender.compress(packet))
            assert expanded is not None
            assert bytes(expanded) == packet


def unstuff(data: bytes) -> None:
    """However a stream is cut, the same mail and the same rest come out of it."""
    source = Source(data)
    pieces, whole, cut = [], Unstuffer(), Unstuffer()
    while source:
        pieces.append(source.take(1 + source.number() % 40))
    stream = b"".join(pieces)
    text = b"".join([cut.feed(piece) for piece in pieces])
    assert whole.feed(stream) == text
    assert (whole.finished, whole.rest) == (cut.finished, cut.rest)
    if cut.finished:
        assert stream.endswith(cut.rest)


def configuration(data: bytes) -> None:
    """A configuration is made, or ValueError says why not."""
    source = Source(data)
    names = Config.__slots__
    given: dict[str, Any] = {}
    while source:
        name = source.pick(names) if source.number() & 3 else source.piece().decode("latin-1")
        kinds: list[Any] = [source.number(), source.number(4), -1, True, False, None, "1", 1.5, source.number(9)]
        given[name] = source.pick(kinds)
    try:
        config = Config(given)
    except ValueError as error:
        assert str(error)
    else:
        repr(config)


def locations(data: bytes) -> None:
    """URLs and addresses of the command line, and of links that open nothing: taken, or refused in words."""
    source = Source(data)
    texts = [source.piece().decode("utf-8", "surrogateescape") for _ in range(3)]
    for call, *arguments in (
        (parse_location, texts[0]),
        (parse_location, "pop3://" + texts[0]),
        (check_addresses, texts[0], texts[1] or None),
        (check_addresses, "10.0.0.1/" + texts[0], texts[1]),
    ):
        try:
            call(*arguments)
        except UsageError as error:
            assert str(error)
    with simulation():
        for take, text in (
            (hardware_address, texts[2]),
            (driver_for_url, "ram:" + texts[0] + "?" + texts[1]),
            (driver_for_url, "ram:?" + texts[2]),
            (driver_for_url, "none" + texts[1]),
        ):
            try:
                take(text)
            except (ValueError, LinkError) as error:
                assert str(error)


def journal(data: bytes) -> None:
    """A journal of any bytes is read, settled and written on, or refused; what is written is read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        path.write_bytes(data)
        book = Journal(path)
        try:
            book.open()
        except TargetError as error:
            assert str(error)
            return
        book.settle(lambda entry: bool(entry.size & 1))
        entry = book.intend("a@b:110", "digest", 3, "name")
        book.stored(entry)
        seen = book.recognise("a@b:110")
        assert seen.take("a@b:110", "digest", 3) is not None
        kept = sorted(book.entries)
        book.close()
        book.open()
        assert sorted(book.entries) == kept
        book.gone(list(book.entries.values()))
        book.close()
        assert path.read_bytes() == b""
