"""A mail comes packet by packet, whole and without the server's dots, wherever TCP cut it."""

import pytest

from netx_pop3.stream import mail_stream
from netx_sim.status import NX_NO_PACKET, NX_POP3_INVALID_MAIL_ITEM
from tests.pop3.rig import GREETING

MAIL = b"Subject: x\r\n\r\n.\r\n..two\r\nlast\r\n"
WIRE = b"+OK 40 octets\r\nSubject: x\r\n\r\n..\r\n...two\r\nlast\r\n.\r\n"


def begin(rig, *segments):
    script = rig.script(GREETING, b"+OK\r\n", b"+OK\r\n")
    script.receive().reply(b"+OK 1 40\r\n")
    script.receive().reply(*segments)
    assert rig.create() == "NX_SUCCESS"
    assert rig.stat()[0] == "NX_SUCCESS"
    return script


@pytest.mark.parametrize("cut", range(4, len(WIRE)))
def test_cut_anywhere(rig, cut):
    script = begin(rig, WIRE[:cut], WIRE[cut:])
    script.receive().reply(b"+OK\r\n")
    written = []
    assert mail_stream(rig.client, 1, written.append) == 0
    assert b"".join(written) == MAIL
    assert rig.quit() == "NX_SUCCESS"
    assert rig.delete() == "NX_SUCCESS"


def test_a_mail_that_stops_gives_the_status(rig):
    begin(rig, WIRE[:30])
    written = []
    assert mail_stream(rig.client, 1, written.append) == NX_NO_PACKET
    assert MAIL.startswith(b"".join(written))
    assert rig.delete() == "NX_SUCCESS"


def test_no_such_mail(rig):
    begin(rig)
    assert mail_stream(rig.client, 2, print) == NX_POP3_INVALID_MAIL_ITEM
    assert rig.delete() == "NX_SUCCESS"
