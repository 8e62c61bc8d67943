"""The mail reader's tests: it collects everything, tries again when it should, and loses nothing."""

import pytest

from netx_drivers.faults import DROP, PASS
from netx_sim import status

MAILS = [
    b"Subject: first\r\n\r\nhello\r\n",
    b"Subject: dots\r\n\r\n.\r\n..\r\n.one\r\n...\r\nand no dot at the end.\r\n",
    b"Subject: empty\r\n\r\n",
    b"Subject: long\r\n\r\n" + b"This line is one of many; what else is there to say?\r\n" * 200,
]
SERVER = "10.0.0.1"
LOGIN = {"user": "user", "password": "secret"}


@pytest.fixture
def reader(build):
    """The device, not started yet: its mails are kept in memory."""
    return build("mail_reader.c", "kept_mails.c")


def kept(reader):
    """All that the application was given."""
    return bytes(reader.kept[: reader.kept_length])


def done(reader):
    """Has the reader's thread ended?"""
    return lambda: reader.twin("mail_thread").tx_thread_state == 1


def play(server, *segments, mails=1):
    """Have a scripted server play a session in which it sends mail 1 in these segments."""
    server.reply(b"+OK ready\r\n")
    for command in (b"USER user\r\n", b"PASS secret\r\n"):
        server.expect(command).reply(b"+OK\r\n")
    server.expect(b"STAT\r\n").reply(b"+OK %d 100\r\n" % mails)
    server.expect(b"RETR 1\r\n").reply(b"+OK 100 octets\r\n").reply(*segments)


def finish(server):
    """The end of a session in which all went well."""
    server.expect(b"DELE 1\r\n").reply(b"+OK\r\n").expect(b"QUIT\r\n").reply(b"+OK\r\n").fin()


# -- mails ------------------------------------------------------------------------------------------


def test_all_mails_are_collected_and_deleted(netx, reader, pop3_server):
    server = pop3_server(SERVER, mails=MAILS, **LOGIN)
    reader.start()
    netx.until(done(reader))
    assert kept(reader) == b"".join(MAILS)
    assert server.store.messages() == []
    statistics = reader.mail_statistics
    assert (statistics.collected, statistics.failures, reader.kept_mails) == (4, 0, 4)
    assert statistics.octets == sum(map(len, MAILS))


@pytest.mark.parametrize("size", [*range(1384, 1470, 7), 2904, 2905, 2919, 2920, 2921, 10000])
def test_mails_around_the_size_of_a_segment(netx, reader, pop3_server, size):
    mail = b"x" * (size - 2) + b"\r\n"
    pop3_server(SERVER, mails=[mail, mail], **LOGIN)
    reader.start()
    netx.until(done(reader))
    assert kept(reader) == mail + mail
    assert reader.mail_statistics.failures == 0


def test_an_empty_maildrop(netx, reader, pop3_server):
    pop3_server(SERVER, mails=[], **LOGIN)
    reader.start()
    netx.until(done(reader))
    assert reader.mail_statistics == {"collected": 0, "failures": 0, "last_status": 0, "octets": 0}


# -- segments ---------------------------------------------------------------------------------------

TEXT = b"a\r\n..\r\n...b\r\n"
WHOLE = TEXT + b".\r\n"


@pytest.mark.parametrize("cut", [at for at in range(1, len(WHOLE)) if not WHOLE[at:].startswith(b".\r\n")])
def test_a_mail_may_be_cut_anywhere(netx, reader, pop3_server, cut):
    """Also in its end mark, which the client alone does not see then (Q-EOM-SPLIT)."""
    server = pop3_server(SERVER)
    play(server, WHOLE[:cut], WHOLE[cut:])
    finish(server)
    reader.start()
    netx.until(done(reader))
    assert (kept(reader), reader.mail_statistics.failures) == (b"a\r\n.\r\n..b\r\n", 0)
    assert netx.now < 100  # nobody has waited for an answer that is there already


def test_a_line_that_looks_like_the_end_to_the_client(netx, reader, pop3_server):
    """Q-EOM-FALSE: then the mail is not taken for whole, and not deleted."""
    server = pop3_server(SERVER)
    play(server, b"a\r\n.", b".\r\n", b"b\r\n.\r\n")
    reader.start()
    netx.until(lambda: reader.mail_statistics.failures)
    assert reader.mail_statistics.last_status == status.NX_INVALID_PACKET
    assert not any(b"DELE" in line for line in server.heard())
    netx.sleep(50)


# -- trying again -----------------------------------------------------------------------------------


def connects(wire):
    """The ticks at which the reader has asked for a connection."""
    return [frame.time_us // 10_000 for frame in wire.frames if frame.tcp and frame.tcp.flags & 0x12 == 0x02]


def test_the_pauses_between_tries_double_to_the_tick(netx, reader, pop3_server, wire):
    pop3_server(SERVER, mails=MAILS, port=111, **LOGIN)  # so 110 refuses
    reader.start()
    netx.until(done(reader), 10_000)
    assert connects(wire) == [0, 100, 300, 700, 1500, 3100, 4700, 6300]
    assert netx.now == 6301  # the test looks at every tick
    statistics = reader.mail_statistics
    assert (statistics.failures, statistics.last_status) == (8, status.NX_NOT_CONNECTED)


def test_a_server_that_comes_up_late(netx, reader, pop3_server, wire):
    pop3_server(SERVER, mails=[], port=111, **LOGIN)
    reader.start()
    netx.sleep(650)
    pop3_server(SERVER, mails=MAILS, **LOGIN)
    netx.until(done(reader))
    assert connects(wire) == [0, 100, 300, 700]
    assert (reader.mail_statistics.failures, kept(reader)) == (3, b"".join(MAILS))
    assert reader.mail_statistics.last_status == status.NX_SUCCESS


def test_nobody_is_there(netx, reader):
    """Each try takes as long as the SYN is repeated, and the packets come back when ARP gives up."""
    reader.start()
    netx.until(done(reader), 100_000)
    assert reader.mail_statistics.failures == 8
    assert netx.now > 8 * 1000 + 6300
    netx.sleep(20_000)
    pool = reader.mail_pool
    assert pool.nx_packet_pool_available == pool.nx_packet_pool_total == 24


@pytest.mark.parametrize("command", [b"STAT", b"RETR 3", b"DELE 2", b"QUIT"])
def test_a_session_that_is_cut_is_played_again(netx, reader, pop3_server, wire, command):
    """Without its QUIT nothing was deleted: all mails come again, from the first."""
    server = pop3_server(SERVER, mails=MAILS, **LOGIN)
    cut = []

    def rule(frame):
        if frame.tcp_data.startswith(command):
            cut.append(frame.time_us)
        return DROP if cut and not reader.mail_statistics.failures else PASS

    with wire.install(rule):
        reader.start()
        netx.until(lambda: reader.mail_statistics.failures, 2000)
    netx.until(done(reader))
    assert server.store.messages() == []
    assert kept(reader).endswith(b"".join(MAILS))
    assert reader.mail_statistics.failures == 1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("fault", ["loss", "duplicate", "reorder", "corrupt"])
def test_faults_on_the_wire(netx, reader, pop3_server, wire, fault, seed):
    """Whatever the link does, the mails arrive whole in the end, and leave the server only then."""
    server = pop3_server(SERVER, mails=MAILS, **LOGIN)
    setattr(wire, fault, 0.1 + seed / 50)
    reader.start()
    netx.until(done(reader), 60_000)
    assert kept(reader).endswith(b"".join(MAILS))
    assert server.store.messages() == []


@pytest.mark.netx_quirks("Q-PASS-OK")
def test_a_wrong_password(netx, reader, pop3_server):
    """The client does not look at the answer to PASS; STAT tells."""
    server = pop3_server(SERVER, mails=MAILS, user="user", password="another")
    reader.start()
    netx.until(lambda: reader.mail_statistics.failures == 2)
    assert reader.mail_statistics.last_status == status.NX_POP3_SERVER_ERROR_STATUS
    assert len(server.store.messages()) == 4
    netx.sleep(50)


# -- what others see --------------------------------------------------------------------------------


def test_a_capture(netx, reader, pop3_server, wire, tshark, tmp_path):
    file = wire.capture(tmp_path / "session.pcapng")
    pop3_server(SERVER, mails=MAILS[:2], **LOGIN)
    reader.start()
    netx.until(done(reader))
    file.flush()
    commands = ["USER", "PASS", "STAT", "RETR", "DELE", "RETR", "DELE", "QUIT"]
    assert tshark(tmp_path / "session.pcapng", "pop.request.command") == commands


def test_the_reader_needs_few_packets(netx, build, pop3_server):
    """Its pool is never empty, even while a mail of 1 MiB comes."""
    reader = build("mail_reader.c", "kept_mails.c")
    pop3_server(SERVER, mails=[b"line\r\n" * 170_000], **LOGIN)
    reader.start()
    netx.until(done(reader))
    assert reader.mail_statistics.octets == 6 * 170_000
    assert reader.mail_pool.nx_packet_pool_empty_requests == 0
