"""The judges judge: Dovecot gives out what was put in, tshark sees what is wrong."""

import struct

import pytest

from tests.peers.dovecot import Dovecot
from tests.peers.judges import assert_clean_capture, fetched_by_poplib, objections
from tests.peers.mails import mails

LINKTYPE_RAW = 101
# An ICMP echo request from 10.0.0.2 to 10.0.0.1 with the payload "ping".
ECHO = bytes.fromhex("4500 0020 0001 0000 4001 66da 0a000002 0a000001 0800 192d 0001 0001 70696e67")


def _pcap(path, packet):
    head = struct.pack("=IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINKTYPE_RAW)
    path.write_bytes(head + struct.pack("=IIII", 0, 0, len(packet), len(packet)) + packet)
    return path


def test_poplib_gets_the_mails_that_dovecot_was_given(peer):
    content = mails()
    with Dovecot(peer("dovecot"), content) as server:
        assert fetched_by_poplib(server) == [mail.replace(b"\n", b"\r\n") for mail in content]


def test_tshark_has_nothing_against_a_right_packet(peer, tmp_path):
    assert_clean_capture(peer("tshark"), _pcap(tmp_path / "right.pcap", ECHO))


@pytest.mark.parametrize("offset", [10, 22], ids=["ip", "icmp"])
def test_tshark_objects_to_a_wrong_checksum(peer, tmp_path, offset):
    wrong = bytearray(ECHO)
    wrong[offset] ^= 1
    assert objections(peer("tshark"), _pcap(tmp_path / "wrong.pcap", wrong)).startswith("1\t")
