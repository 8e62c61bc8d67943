"""Each wire format: parse(emit(x)) is x, known frames, and junk that is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netx_sim.wire import arp, checksum, ethernet, icmp, igmp, ipv4, tcp, udp

U8, U16, U32 = st.integers(0, 0xFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)
OPTION_WORDS = st.integers(0, 10).flatmap(lambda words: st.binary(min_size=4 * words, max_size=4 * words))
MODULES = (arp, ethernet, icmp, igmp, ipv4, tcp, udp)


def same(one, other, ignore=()):
    assert type(one) is type(other)
    for name in type(one).__slots__:
        if name not in ignore:
            assert getattr(one, name) == getattr(other, name), name


def round_trip(module, value, ignore=()):
    raw = module.emit(value)
    shifted = b"\xaa" * 3 + raw
    same(module.parse(raw, 0, len(raw)), value, ignore)
    same(module.parse(shifted, 3, len(shifted)), value, ignore)
    return raw


@given(U16, U32, U16, U32, U16)
def test_ethernet(dst_msw, dst_lsw, src_msw, src_lsw, ethertype):
    raw = round_trip(ethernet, ethernet.EthernetHeader(dst_msw, dst_lsw, src_msw, src_lsw, ethertype))
    into = bytearray(16)
    ethernet.emit_into(into, 2, dst_msw, dst_lsw, src_msw, src_lsw, ethertype)
    assert into[2:] == raw
    assert raw[:6] == ethernet.address_bytes(dst_msw, dst_lsw)


def test_ethernet_address_text():
    assert ethernet.address_text(0x0011, 0x22334456) == "00:11:22:33:44:56"


@given(U16, U16, U32, U32, U16, U32, U32)
def test_arp(operation, sender_msw, sender_lsw, sender_ip, target_msw, target_lsw, target_ip):
    fields = (operation, sender_msw, sender_lsw, sender_ip, target_msw, target_lsw, target_ip)
    raw = round_trip(arp, arp.ArpMessage(*fields))
    into = bytearray(28)
    arp.emit_into(into, 0, *fields)
    assert into == raw


def test_arp_request_of_rfc_826_form():
    raw = bytes.fromhex("0001080006040001001122334456 0a000001 000000000000 0a000002")
    assert arp.emit(arp.ArpMessage(arp.REQUEST, 0x0011, 0x22334456, 0x0A000001, 0, 0, 0x0A000002)) == raw


def test_arp_keeps_foreign_types_and_sizes():
    raw = bytes.fromhex("000686dd08100002") + bytes(20)
    message = arp.parse(raw, 0, 28)
    assert (message.hardware_type, message.protocol_type, message.hardware_size, message.protocol_size) == (
        6,
        0x86DD,
        8,
        16,
    )
    assert arp.emit(message) == raw


@given(U8, U16, U16, U16, U8, U8, U32, U32, OPTION_WORDS)
def test_ipv4(tos, length, ident, fragment, ttl, protocol, source, destination, options):
    header = ipv4.Ipv4Header(tos, length, ident, fragment, ttl, protocol, source, destination, options)
    raw = round_trip(ipv4, header, ignore=("checksum",))
    assert checksum.checksum(raw) == 0
    assert len(raw) == header.header_length


@given(st.tuples(U8, U16, U16, U16, U8, U8, U32, U32))
def test_ipv4_written_in_place(fields):
    into = bytearray(24)
    ipv4.emit_into(into, 4, *fields)
    assert into[4:] == ipv4.emit(ipv4.Ipv4Header(*fields))
    ipv4.emit_into(into, 4, *fields, False)
    assert into[14:16] == b"\0\0"


def test_ipv4_known_header():
    raw = bytes.fromhex("45000073000040004011b861c0a80001c0a800c7")
    header = ipv4.parse(raw, 0, 20)
    assert (header.total_length, header.time_to_live, header.protocol) == (0x73, 64, ipv4.PROTOCOL_UDP)
    assert header.flags_fragment == ipv4.DONT_FRAGMENT
    assert header.checksum == 0xB861
    assert ipv4.emit(header) == raw
    assert ipv4.address_text(header.source) == "192.168.0.1"


@pytest.mark.parametrize(
    ("raw", "end"),
    [
        (b"\x45" + bytes(18), 19),
        (b"\x44" + bytes(19), 20),
        (b"\x46" + bytes(19), 20),
        (b"\x65" + bytes(19), 20),
    ],
)
def test_ipv4_junk(raw, end):
    assert ipv4.parse(raw, 0, end) is None


@given(U16, U16, U16, U16)
def test_udp(source, destination, length, summed):
    raw = round_trip(udp, udp.UdpHeader(source, destination, length, summed))
    into = bytearray(8)
    udp.emit_into(into, 0, source, destination, length, summed)
    assert into == raw


@given(U8, U8, U32, st.binary(max_size=60))
def test_icmp(type_, code, rest, data):
    raw = round_trip(icmp, icmp.IcmpMessage(type_, code, rest, data), ignore=("checksum",))
    assert checksum.checksum(raw) in (0, 0xFFFF)  # all-zero messages sum to the other zero


@given(U8, U8, U32)
def test_igmp(type_, max_response, group):
    raw = round_trip(igmp, igmp.IgmpMessage(type_, max_response, group), ignore=("checksum",))
    assert len(raw) == igmp.MESSAGE_SIZE


def test_igmp_report_of_rfc_2236_form():
    assert igmp.emit(igmp.IgmpMessage(igmp.REPORT_V2, 0, 0xE0000005)) == bytes.fromhex("160009fae0000005")


@given(U16, U16, U32, U32, st.integers(0, 63), U16, U16, U16, OPTION_WORDS)
def test_tcp(source, destination, sequence, ack, flags, window, urgent, summed, options):
    header = tcp.TcpHeader(source, destination, sequence, ack, flags, window, urgent, options)
    header.checksum = summed
    raw = round_trip(tcp, header)
    assert raw[12] >> 4 == len(raw) // 4


def test_tcp_ignores_the_reserved_flag_bits():
    raw = bytearray(tcp.emit(tcp.TcpHeader(1, 2, 3, 4, tcp.SYN, 5)))
    raw[13] |= 0xC0
    assert tcp.parse(raw, 0, 20).flags == tcp.SYN


@pytest.mark.parametrize(
    ("options", "text"),
    [(tcp.syn_options(1460), "020405b401010100"), (tcp.syn_options(536, 7), "0204021803030700")],
)
def test_syn_options(options, text):
    assert options.hex() == text


@pytest.mark.parametrize("length_byte", [0x40, 0x60, 0x00])
def test_tcp_junk(length_byte):
    raw = bytearray(20)
    raw[12] = length_byte
    assert tcp.parse(raw, 0, 20) is None


@pytest.mark.parametrize("flags", [(tcp.SYN, "S"), (tcp.SYN | tcp.ACK, "S."), (tcp.PSH | tcp.ACK, "P."), (0, "none")])
def test_flags_text(flags):
    assert tcp.flags_text(flags[0]) == flags[1]


@pytest.mark.parametrize("module", MODULES)
def test_a_header_cut_short_is_junk(module):
    smallest = {arp: 28, ethernet: 14, ipv4: 20, tcp: 20}.get(module, 8)
    raw = b"\x45" + b"\x50" * 40
    assert module.parse(raw, 0, smallest - 1) is None
    assert module.parse(raw, 5, 4 + smallest) is None
