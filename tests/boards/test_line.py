"""What is on the line besides mail: noise, damaged frames, fragments; pings both ways, echoes."""

import struct

import pytest

from netx_drivers.slip_codec import encode
from netx_sim import (
    IP_ADDRESS,
    NX_IP_NORMAL,
    NX_SUCCESS,
    NX_UDP_PACKET,
    NX_UDP_SOCKET,
    Ref,
    nx_icmp_ping,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_udp_socket_bind,
    nx_udp_socket_create,
    nx_udp_socket_delete,
    nx_udp_socket_receive,
    nx_udp_socket_send,
    nx_udp_socket_unbind,
    packet_bytes,
)
from tests.boards.wire import BOARD, datagram, echo_request, icmp, packet

ADDRESS = IP_ADDRESS(192, 168, 7, 2)
WAIT = 3000
LARGEST = 1006 - 28
ECHO, PING = 7, 1007

pytestmark = pytest.mark.slow


# -- from an instance -------------------------------------------------------------------------------------------------


def ping(host, data):
    answer = Ref()
    assert nx_icmp_ping(host.ip, ADDRESS, data, len(data), answer, WAIT) == NX_SUCCESS
    back = packet_bytes(answer.value)
    nx_packet_release(answer)
    return back


class Port:
    """A UDP socket of the host."""

    def __init__(self, host):
        self._pool = host.pool
        self._socket = NX_UDP_SOCKET()
        assert nx_udp_socket_create(host.ip, self._socket, "port", NX_IP_NORMAL, 0, 64, 8) == NX_SUCCESS
        assert nx_udp_socket_bind(self._socket, 5000, WAIT) == NX_SUCCESS

    def __enter__(self):
        return self

    def __exit__(self, *_):
        nx_udp_socket_unbind(self._socket)
        nx_udp_socket_delete(self._socket)

    def send(self, port, data):
        made = Ref()
        assert nx_packet_allocate(self._pool, made, NX_UDP_PACKET, WAIT) == NX_SUCCESS
        if data:
            assert nx_packet_data_append(made[0], data, len(data), self._pool, WAIT) == NX_SUCCESS
        assert nx_udp_socket_send(self._socket, made, ADDRESS, port) == NX_SUCCESS

    def receive(self):
        got = Ref()
        assert nx_udp_socket_receive(self._socket, got, WAIT) == NX_SUCCESS
        data = packet_bytes(got.value)
        nx_packet_release(got)
        return data


def test_the_board_answers_pings_of_every_size_and_byte(host):
    for data in (b"", b"\xc0", bytes(range(256)), b"\xc0\xdb\xdc\xdd" * 60, b"\xdb" * LARGEST):
        assert ping(host, data) == data
    assert not host.driver.statistics.damaged


def test_udp_echo(host):
    with Port(host) as port:
        for data in (b"", b"x", bytes(range(256)) * 3, b"\xc0" * LARGEST):
            port.send(ECHO, data)
            assert port.receive() == data


def test_the_host_answers_the_boards_ping(host):
    """The board compares what comes back, and counts."""
    with Port(host) as port:
        for count in (1, 2):
            port.send(PING, bytes(range(200)))
            port.send(11, b"")
            while b"echo_replies %d\r\n" % count not in port.receive():
                port.send(11, b"")


# -- without a stack --------------------------------------------------------------------------------------------------


def test_junk_before_the_first_end_is_no_packet(line):
    line.put(b"login: root\r\n# ls\r\n" + bytes(range(0xC0)))
    assert line.ping(b"after junk")[8:] == b"after junk"
    assert line.counters()["junk"] == 19 + 0xC0


def test_a_first_frame_without_an_end_in_front_is_lost_and_the_next_is_not(line):
    line.put(encode(packet(1, echo_request(b"first")))[1:])
    line.put(encode(packet(1, echo_request(b"second")))[1:])
    assert line.answer(1)[8:] == b"second"


def test_junk_between_frames_is_a_damaged_frame(line):
    line.put(b"\xc0kernel panic" + encode(packet(1, echo_request(b"again"))))
    assert line.answer(1)[8:] == b"again"
    assert line.counters()["damaged"] == 1


def with_byte(data, at, change=0xFF):
    return data[:at] + bytes([data[at] ^ change]) + data[at + 1 :]


def with_header(data, **places):
    """An IP header with other bytes and the right checksum."""
    changed = bytearray(data)
    for name, value in places.items():
        changed[int(name.removeprefix("at"))] = value
    changed[10:12] = b"\0\0"
    total = sum(struct.unpack(f">{(changed[0] & 15) * 2}H", changed[: (changed[0] & 15) * 4]))
    struct.pack_into(">H", changed, 10, 0xFFFF & ~(total % 0xFFFF))
    return bytes(changed)


PING_PACKET = packet(1, echo_request(b"0123456789" * 3))
UDP_PACKET = packet(17, datagram(ECHO, b"0123456789"))
SYN_PACKET = packet(6, struct.pack(">HHIIBBHHH", 40000, 110, 7, 0, 0x50, 2, 512, 0, 0))
DAMAGED = {
    "an ESC without meaning": (b"\xc0\xdbx" + encode(PING_PACKET)[1:], "damaged"),
    "an ESC at the end": (encode(PING_PACKET)[:-1] + b"\xdb\xc0", "damaged"),
    "cut short": (encode(PING_PACKET[:-1]), "damaged"),
    "less than a header": (encode(PING_PACKET[:19]), "damaged"),
    "one byte": (encode(b"E"), "damaged"),
    "version 6": (encode(with_header(PING_PACKET, at0=0x65)), "damaged"),
    "a header of 16 bytes": (encode(with_header(PING_PACKET, at0=0x44)), "damaged"),
    "a length below the header's": (encode(with_header(PING_PACKET, at3=19)), "damaged"),
    "a wrong header": (encode(with_byte(PING_PACKET, 8)), "bad_sums"),
    "a wrong message": (encode(with_byte(PING_PACKET, 40)), "bad_sums"),
    "a wrong datagram": (encode(with_byte(UDP_PACKET, 30)), "bad_sums"),
    "a cut message": (encode(packet(1, echo_request(b"")[:7])), "damaged"),
    "a cut datagram": (encode(packet(17, datagram(ECHO, b"")[:7])), "damaged"),
    "a datagram that claims more": (encode(packet(17, b"\0\1\0\7\0\x20\0\0")), "damaged"),
    "a datagram that claims less than a header": (encode(packet(17, b"\0\1\0\7\0\7\0\0")), "damaged"),
    "a wrong segment": (encode(with_byte(SYN_PACKET, 39)), "bad_sums"),
    "a cut segment": (encode(packet(6, SYN_PACKET[20:39])), "damaged"),
    "a segment with a header that is longer": (encode(with_byte(SYN_PACKET, 32, 0x30)), "damaged"),
    "a segment with a header that is too short": (encode(with_byte(SYN_PACKET, 32, 0x10)), "damaged"),
    "the first fragment": (encode(packet(1, echo_request(b"x" * 4), fragment=0x2000)), "fragments"),
    "the last fragment": (encode(packet(1, b"x" * 12, fragment=3)), "fragments"),
    "for somebody else": (encode(packet(1, echo_request(b""), destination=BOARD + 1)), "not_mine"),
    "from ourselves": (encode(packet(1, echo_request(b""), source=BOARD)), "not_mine"),
    "from a group": (encode(packet(1, echo_request(b""), source=0xE0000001)), "not_mine"),
    "above the MTU": (encode(packet(1, echo_request(b"x" * (LARGEST + 1)))), "too_long"),
    "endless": (b"\xc0" + b"x" * 10000 + b"\xc0", "too_long"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_cannot_be_a_packet_is_dropped_and_counted(line, name):
    data, counter = DAMAGED[name]
    before = line.counters()
    line.put(data)
    assert line.ping(name.encode())[8:] == name.encode()
    after = line.counters()
    changed = {key for key in before if after[key] != before[key]} - {"ticks", "frames_in", "frames_out"}
    assert changed == {counter}
    assert after[counter] == before[counter] + 1


def test_options_of_a_header_are_passed_over(line):
    message = echo_request(b"with options")
    header = bytearray(packet(1, b"")[:20]) + bytes([1, 1, 1, 0])
    header[0], header[3] = 0x46, 24 + len(message)
    line.send(with_header(bytes(header) + message))
    assert line.answer(1)[8:] == b"with options"


def test_bytes_behind_a_packet_are_left_out(line):
    line.send(packet(1, echo_request(b"whole")) + b"padding")
    assert line.answer(1)[8:] == b"whole"


def test_a_datagram_without_a_checksum_is_echoed(line):
    line.send(packet(17, b"\x13\x88\0\7\0\x0a\0\0hi"))
    assert line.answer(17)[8:] == b"hi"


def test_who_reaches_nobody_is_told(line):
    for protocol, payload, code in ((17, datagram(9, b"discarded"), 3), (132, b"four", 2), (132, b"", 2)):
        sent = packet(protocol, payload)
        line.send(sent)
        assert line.answer(1) == icmp(3, code, b"\0\0\0\0" + sent[:28])


def test_other_messages_are_not_answered(line):
    for message in (icmp(13, 0, b"x" * 16), icmp(0, 0, b"\xb0\xad\0\1"), icmp(3, 3, b"x" * 28)):
        line.send(packet(1, message))
    assert line.ping()[8:] == b"hello"
    assert line.counters()["echo_replies"] == 0


def test_nobody_reads_the_line_for_a_while(terminal):
    """When the board's buffer is full whole answers are lost; none is torn, and the board goes on.

    The terminal holds 64 KB each way, so the last requests are written only when the board has read many of the others
    and has had nowhere to put its answers, which are five times as long.
    """
    first, asked = 10000, 2400
    last = first + asked
    terminal.send(*[packet(17, datagram(11, b"", number)) for number in range(first, last)])
    answered = []
    while not answered or answered[-1][0] != last:
        heard = terminal.hear(1.0)
        if heard is None:
            last += 1
            terminal.send(packet(17, datagram(11, b"", last)))
        else:
            answered.append((struct.unpack_from(">H", heard, 22)[0], heard[28:]))
    numbers = [number for number, _ in answered]
    assert numbers == sorted(set(numbers))
    lost = asked - sum(number < first + asked for number in numbers)
    assert lost > 0
    assert b"unsent %d\r\n" % lost in answered[-1][1]
