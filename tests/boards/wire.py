"""The line to the board without a stack: packets made by hand, and packets heard and verified."""

import os
import select
import struct
import subprocess
from pathlib import Path
from typing import Any

from netx_drivers.slip_codec import SlipDecoder, encode
from netx_sim.wire import checksum, ipv4, tcp

BOARD, HOST = 0xC0A80702, 0xC0A80701
PATIENCE_S = 60.0
LONGEST = 1500
TICKS_PER_SECOND = 100
ICMP, TCP, UDP = 1, 6, 17


def packet(protocol: int, payload: bytes, source: int = HOST, destination: int = BOARD, fragment: int = 0) -> bytes:
    """An IPv4 packet."""
    size = ipv4.HEADER_SIZE + len(payload)
    return ipv4.emit(ipv4.Ipv4Header(0, size, 0, fragment, 64, protocol, source, destination)) + payload


def echo_request(data: bytes, number: int = 1) -> bytes:
    """An ICMP message (RFC 792)."""
    return icmp(8, 0, struct.pack(">HH", 7, number) + data)


def icmp(kind: int, code: int, rest: bytes) -> bytes:
    summed = checksum.checksum(struct.pack(">BBH", kind, code, 0) + rest)
    return struct.pack(">BBH", kind, code, summed) + rest


def datagram(port: int, data: bytes, source_port: int = 5000) -> bytes:
    """A UDP datagram (RFC 768)."""
    header = struct.pack(">HHHH", source_port, port, 8 + len(data), 0)
    return header[:6] + struct.pack(">H", transport_sum(17, header + data) or 0xFFFF) + data


def transport_sum(protocol: int, segment: bytes) -> int:
    pseudo = checksum.pseudo_ipv4(HOST, BOARD, protocol, len(segment))
    return checksum.finish(pseudo + checksum.ones_sum(segment))


class Line:
    """The other end of a board's line, packet by packet."""

    def __init__(self) -> None:
        self._decoder = SlipDecoder(LONGEST)
        self._heard: list[bytes] = []

    def put(self, data: bytes) -> None:
        """Bytes as they are."""
        raise NotImplementedError

    def _listen(self, patience_s: float) -> bool:
        """Add to what was heard, if something comes in time; False if not."""
        raise NotImplementedError

    def send(self, *packets: bytes) -> None:
        """Packets, framed."""
        for one in packets:
            self.put(encode(one))

    def hear(self, patience_s: float = PATIENCE_S) -> bytes | None:
        """The next packet from the board, verified; None if none comes in time."""
        while not self._heard:
            if not self._listen(patience_s):
                return None
        heard = self._heard.pop(0)
        verify(heard)
        return heard

    def answer(self, protocol: int) -> bytes:
        """The payload of the next packet, which has to be of this protocol."""
        heard = self.hear()
        assert heard is not None, "the board is silent"
        assert heard[9] == protocol
        return heard[ipv4.HEADER_SIZE :]

    def ping(self, data: bytes = b"hello", number: int = 1) -> bytes:
        """The answer to a ping, which has to be the next packet."""
        self.send(packet(1, echo_request(data, number)))
        return self.answer(1)

    def counters(self) -> dict[str, int]:
        """What the board has counted, by its UDP service for that."""
        self.send(packet(17, datagram(11, b"")))
        text = self.answer(17)[8:].decode("ascii")
        return {name: int(number) for name, number in map(str.split, text.splitlines())}


class TerminalLine(Line):
    """The terminal to a board.

    Args:
        fd: its descriptor, which does not block.
    """

    def __init__(self, fd: int) -> None:
        super().__init__()
        self._fd = fd

    def put(self, data: bytes) -> None:
        """Bytes as they are."""
        while data:
            assert select.select([], [self._fd], [], PATIENCE_S)[1], "the board takes nothing"
            data = data[os.write(self._fd, data) :]

    def _listen(self, patience_s: float) -> bool:
        if not select.select([self._fd], [], [], patience_s)[0]:
            return False
        self._heard = self._decoder.feed(os.read(self._fd, 4096))
        return True


class PipeLine(Line):
    """The board's program as a process of this computer, in virtual time: waiting turns its clock.

    Args:
        program: made of native.c.
    """

    def __init__(self, program: Path) -> None:
        super().__init__()
        self.ticks = 0
        self._process: Any = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def put(self, data: bytes) -> None:
        """Bytes as they are."""
        self._command(b"b" + struct.pack(">H", len(data)) + data)

    def send(self, *packets: bytes) -> None:
        """Packets, past the framing."""
        for one in packets:
            self._command(b"p" + struct.pack(">H", len(one)) + one)

    def _command(self, command: bytes) -> None:
        self._process.stdin.write(command)
        self._process.stdin.flush()
        size = self._process.stdout.read(4)
        assert len(size) == 4, "the board's program has ended; standard error says why"
        self._heard += self._decoder.feed(self._process.stdout.read(int.from_bytes(size, "big")))

    def _listen(self, patience_s: float) -> bool:
        for _ in range(round(patience_s * TICKS_PER_SECOND)):
            self.tick()
            if self._heard:
                return True
        return False

    def tick(self) -> None:
        """A hundredth of a second passes."""
        self.ticks += 1
        self._command(b"t")

    def close(self) -> None:
        """End the program; it has to end well."""
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(PATIENCE_S) == 0


def verify(heard: bytes) -> None:
    """A packet of the board is sound and for us."""
    header = ipv4.parse(heard, 0, len(heard))
    assert header is not None
    assert (header.source, header.destination) == (BOARD, HOST)
    assert header.total_length == len(heard)
    assert checksum.checksum(heard[: ipv4.HEADER_SIZE]) == 0
    payload = heard[ipv4.HEADER_SIZE :]
    if header.protocol == 1:
        assert checksum.checksum(payload) == 0
    else:
        assert transport_sum(header.protocol, payload) == 0


class Talk:
    """A TCP connection held by hand: sequence numbers are kept, everything else is up to the test.

    Args:
        line: to the board.
        source_port: of this end.
        sequence: where this end begins to count.
    """

    def __init__(self, line: Line, source_port: int = 40000, sequence: int = 0xFFFFFF00) -> None:
        self._line = line
        self.ports = (source_port, 110)
        self.sequence = sequence
        self.acknowledged = 0
        self.window = 8192

    def send(self, flags: int, data: bytes = b"", sequence: int | None = None, options: bytes = b"") -> None:
        """A segment; without a sequence number of its own the next one, which then moves on."""
        at = (self.sequence if sequence is None else sequence) & 0xFFFFFFFF
        acknowledged = self.acknowledged if flags & tcp.ACK else 0
        header = tcp.TcpHeader(*self.ports, at, acknowledged, flags, self.window, 0, options)
        header.checksum = 0
        header.checksum = transport_sum(TCP, tcp.emit(header) + data)
        self._line.send(packet(TCP, tcp.emit(header) + data))
        if sequence is None:
            taken = len(data) + bool(flags & tcp.SYN) + bool(flags & tcp.FIN)
            self.sequence = (self.sequence + taken) & 0xFFFFFFFF

    def hear(self) -> tuple[tcp.TcpHeader, bytes]:
        """The next segment for this connection, header and data."""
        segment = self._line.answer(TCP)
        header = tcp.parse(segment, 0, len(segment))
        assert header is not None
        assert (header.destination_port, header.source_port) == self.ports
        return header, segment[header.header_length :]

    def take(self, flags: int) -> bytes:
        """The data of the next segment, which has to continue what came; it is not acknowledged yet."""
        header, data = self.hear()
        heard = (tcp.flags_text(header.flags), header.sequence, header.acknowledgement)
        assert heard == (tcp.flags_text(flags), self.acknowledged, self.sequence), data
        self.acknowledged += len(data) + bool(flags & tcp.FIN)
        self.acknowledged &= 0xFFFFFFFF
        return data

    def answer(self) -> tuple[str, int, bytes]:
        """The next segment: flags, sequence number relative to what was acknowledged, data."""
        header, data = self.hear()
        return tcp.flags_text(header.flags), header.sequence - self.acknowledged, data

    def open(self, mss: int = 966) -> bytes:
        """Connect; the greeting."""
        self.send(tcp.SYN, options=tcp.syn_options(mss))
        header, _ = self.hear()
        assert header.flags == tcp.SYN | tcp.ACK
        assert header.acknowledgement == self.sequence
        self.acknowledged = (header.sequence + 1) & 0xFFFFFFFF
        self.send(tcp.ACK)
        greeting = self.take(tcp.PSH | tcp.ACK)
        self.send(tcp.ACK)
        return greeting

    def ask(self, command: bytes) -> bytes:
        """Send a command; the reply, acknowledged."""
        self.send(tcp.PSH | tcp.ACK, command + b"\r\n")
        reply = self.take(tcp.PSH | tcp.ACK)
        self.send(tcp.ACK)
        return reply

    def log_in(self) -> None:
        """By name and password."""
        assert self.ask(b"USER ada").startswith(b"+OK")
        assert self.ask(b"PASS lovelace").startswith(b"+OK")

    def retrieve(self, octets: int, number: int = 3) -> None:
        """Connect, log in and ask for a mail, which is that long."""
        self.open()
        self.log_in()
        assert self.ask(b"RETR %d" % number) == b"+OK %d octets\r\n" % octets

    def hang_up(self) -> None:
        """QUIT, and both sides end."""
        assert self.ask(b"QUIT") == b"+OK bye\r\n"
        self.take(tcp.FIN | tcp.ACK)
        self.send(tcp.FIN | tcp.ACK)
        assert self.take(tcp.ACK) == b""
