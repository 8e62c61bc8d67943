"""Maildrop: right for every cut of the stream, nothing lost by exceptions, errors that say what happened."""

import gc
import io
import runpy
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netx_drivers import RamWire
from netx_pop3 import (
    Account,
    AuthenticationError,
    ConnectionLost,
    Maildrop,
    MemoryStore,
    NetXError,
    Pop3Server,
    ReplyTimeout,
    ScriptedServer,
    ServerRefused,
)
from netx_pop3.maildrop import Host
from netx_pop3.store import MaildirSink, MaildirStore, MboxSink, MboxStore
from netx_sim import NXD_ADDRESS, Ref, nx_icmp_enable, nx_icmp_ping, nx_packet_release, simulation
from netx_sim.status import NX_NO_INTERFACE_ADDRESS, NX_POP3_PARAM_ERROR
from tests.pop3.rig import CLIENT, Rig

HOST = "10.0.0.1"
GREETING = b"+OK ready\r\n"
MAILS = [
    b"",
    b"\r\n",
    b"word.\r\n",
    b".\r\n",
    b"..\r\n.\r\n\r\n.\r\n",
    b"a stop.\r\n\r\n.\r\nand .\r\n",
    b"-ERR not a reply\r\n+OK neither\r\n",
    b"bare\ncr\rraw \xff\x00\r\n",
]


@pytest.fixture
def rig():
    with simulation(seed=1) as sim:
        made = Rig()
        made.sim = sim
        yield made


@pytest.fixture
def script(rig):
    """A server that greets, and accepts USER and PASS."""
    server = ScriptedServer(rig.server_ip, rig.server_pool)
    server.reply(GREETING).expect(b"USER user\r\n").reply(b"+OK\r\n").expect(b"PASS pass\r\n").reply(b"+OK\r\n")
    server.start()
    yield server
    assert server.check() == []
    server.stop()


def maildrop(rig, **options):
    options = {"ip": rig.ip, "pool": rig.pool, "apop": False} | options
    return Maildrop(HOST, "user", "pass", **options)


def retrieval(mail):
    """What a server answers to RETR."""
    lines = mail.split(b"\r\n")
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return b"+OK %d octets\r\n" % len(mail) + body + b".\r\n"


def pieces(stream, cuts):
    edges = [0, *sorted(cuts), len(stream)]
    return [stream[a:b] for a, b in zip(edges, edges[1:], strict=False) if a < b]


# -- the stream, cut anywhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mail", MAILS)
@pytest.mark.parametrize("width", [1, 2, 3, 4, 5])
def test_every_cut_of_the_stream_gives_the_mail_at_once(rig, script, mail, width):
    """Cut at every position, and so that a packet of 1 to 5 bytes lies at every position."""
    stream = retrieval(mail)
    ways = [{cut, cut + width} for cut in range(1, len(stream))] + [{cut} for cut in range(1, len(stream))]
    script.expect(b"STAT\r\n").reply(b"+OK %d 0\r\n" % len(ways))
    for number, cuts in enumerate(ways, 1):
        script.expect(b"RETR %d\r\n" % number).reply(*pieces(stream, [cut for cut in cuts if cut < len(stream)]))
    script.expect(b"QUIT\r\n").reply(b"+OK\r\n")
    with maildrop(rig) as drop:
        for mail_at, cuts in zip(drop, ways, strict=True):
            before = rig.sim.now
            assert mail_at.raw == mail, cuts
            assert rig.sim.now - before < 100, f"{cuts}: waited although all had arrived"


@settings(max_examples=150)
@given(
    st.lists(st.text(alphabet=".\r\nab+", max_size=9).map(str.encode), max_size=6),
    st.lists(st.integers(1, 90), max_size=9),
)
def test_any_mail_any_cuts(lines, cuts):
    mail = b"".join(line + b"\r\n" for line in lines)
    stream = retrieval(mail)
    with simulation(seed=1):
        rig = Rig()
        server = rig.script(GREETING, b"+OK\r\n", b"+OK\r\n", b"+OK 1 1\r\n")
        server.receive().reply(*pieces(stream, [cut for cut in cuts if cut < len(stream)]))
        server.receive().reply(b"+OK\r\n")
        with maildrop(rig) as drop:
            assert [mail_at.raw for mail_at in drop] == [mail]
        server.stop()


REPLIES = {"STAT": b"+OK 12 345\r\n", "LIST 10": b"+OK 10 5\r\n", "DELE 10": b"+OK gone\r\n", "QUIT": b"+OK\r\n"}


@pytest.mark.parametrize("cut", ["STAT", "LIST 10", "DELE 10", "QUIT"])
def test_every_cut_of_a_reply_gives_its_numbers(rig, cut):
    """Also Q-LIST-TAIL: the service makes 50 of a size of 5 here."""
    reply = REPLIES[cut]
    server = ScriptedServer(rig.server_ip, rig.server_pool)
    for at in range(1, len(reply)):
        if at > 1:
            server.next_connection()
        server.reply(GREETING).receive().reply(b"+OK\r\n").receive().reply(b"+OK\r\n")
        for command, answer in REPLIES.items():
            server.expect(command.encode() + b"\r\n")
            server.reply(*pieces(answer, [at] if command == cut else []))
    server.start()
    for _ in range(1, len(reply)):
        with maildrop(rig) as drop:
            assert (drop.count, drop.size) == (12, 345)
            assert drop.mail(10).size == 5
            drop.mail(10).delete()
    assert server.check() == []
    server.stop()


def test_segments_longer_than_a_payload(request):
    """Q-CHAIN: the reply to RETR is refused by the service, later packets hide the end mark from it."""
    mail = b"0123456789.\r\n" * 500
    with simulation(seed=1):
        rig = Rig(payload=256, packets=100)
        server = serve(rig, [mail])
        with maildrop(rig) as drop:
            assert [mail_at.raw for mail_at in drop] == [mail]
        server.stop()


# -- the face ---------------------------------------------------------------------------------------------------------

LETTER = b"From: =?utf-8?q?Ren=C3=A9?= <r@example.net>\r\nSubject: Hello\r\n\r\nyou\r\n"


def serve(rig, mails, **options):
    store = MemoryStore(mails)
    server = Pop3Server(rig.server_ip, rig.server_pool, {"user": Account("pass", store)}, **options)
    assert server.start() == 0
    server.mails = lambda: [bytes(message.read(0, message.size)) for message in store.messages()]
    return server


@pytest.fixture
def served(rig):
    server = serve(rig, [LETTER, b"2\r\n" * 3000, b"3\r\n"])
    yield server
    server.stop()


def test_count_sizes_bytes_and_messages(rig, served):
    with maildrop(rig) as drop:
        assert (drop.count, len(drop), drop.size) == (3, 3, len(LETTER) + 9003)
        assert [mail.number for mail in drop] == [1, 2, 3]
        first = drop.mail(1)
        assert first.size == len(LETTER)
        assert first.raw == LETTER
        message = first.message
        assert isinstance(message, EmailMessage)
        assert message["From"] == "René <r@example.net>"
        assert message.get_content().strip() == "you"
        assert repr(first).startswith("<Mail 1 of <Maildrop user@")


def test_a_mail_is_fetched_once(rig, served):
    commands = []
    with maildrop(rig, watch=lambda sent, text: commands.append(text) if sent else None) as drop:
        mail = drop.mail(1)
        assert mail.raw is mail.raw
        assert b"".join(mail.chunks()) == LETTER
        assert mail.size == mail.size
    assert commands.count(b"RETR 1\r\n") == 1
    assert commands.count(b"LIST 1\r\n") == 1


def test_watch_sees_the_dialogue(rig, served):
    seen = []
    with maildrop(rig, watch=lambda sent, text: seen.append((sent, text))):
        pass
    assert seen[1:5] == [
        (True, b"USER user\r\n"),
        (False, b"+OK\r\n"),
        (True, b"PASS pass\r\n"),
        (False, b"+OK 3 messages (%d octets)\r\n" % (len(LETTER) + 9003)),
    ]
    assert seen[-2:] == [(True, b"QUIT\r\n"), (False, b"+OK bye\r\n")]


def test_deleted_mails_go_with_quit_and_are_not_iterated_over(rig, served):
    with maildrop(rig) as drop:
        for mail in drop:
            if mail.number != 2:
                mail.delete()
                assert mail.deleted
        assert [mail.number for mail in drop] == [2]
        assert len(served.mails()) == 3, "not before QUIT"
    assert served.mails() == [b"2\r\n" * 3000]


def test_quit_ends_the_block_early(rig, served):
    with maildrop(rig) as drop:
        drop.mail(1).delete()
        drop.quit()
        assert len(served.mails()) == 2
        with pytest.raises(ValueError, match="the maildrop is closed"):
            drop.mail(2).raw


def test_an_exception_leaves_the_maildrop_as_it_was(rig, served):
    def delete_and_fail(drop):
        drop.mail(1).delete()
        raise KeyError

    with pytest.raises(KeyError), maildrop(rig) as drop:
        delete_and_fail(drop)
    assert len(served.mails()) == 3


def test_close_leaves_the_maildrop_as_it_was(rig, served):
    with maildrop(rig) as drop:
        drop.mail(1).delete()
        drop.close()
        drop.close()
    assert len(served.mails()) == 3


def test_a_maildrop_can_be_opened_again(rig, served):
    drop = maildrop(rig)
    for left in (2, 1):
        with drop:
            next(iter(drop)).delete()
            with pytest.raises(ValueError, match="is open"):
                drop.open()
        assert len(served.mails()) == left


def test_an_empty_maildrop(rig):
    server = serve(rig, [])
    with maildrop(rig) as drop:
        assert drop
        assert list(drop) == []
        for number in (0, 1, -1):
            with pytest.raises(IndexError):
                drop.mail(number)
    server.stop()


def test_chunks_are_small_and_whole(rig, served):
    with maildrop(rig) as drop:
        chunks = list(drop.mail(2).chunks())
        assert b"".join(chunks) == b"2\r\n" * 3000
        assert max(map(len, chunks)) <= 1500
        assert all(chunks)


def test_a_mail_goes_to_a_file_as_it_comes(rig, served, tmp_path):
    with maildrop(rig) as drop:
        with open(tmp_path / "mail.eml", "wb") as file:
            assert drop.mail(2).stream(file.write) == 9000
        assert (tmp_path / "mail.eml").read_bytes() == b"2\r\n" * 3000
        kept = drop.mail(1)
        assert kept.raw == LETTER
        pieces_of_it = []
        assert kept.stream(pieces_of_it.append) == len(LETTER)
        assert pieces_of_it == [LETTER]


def test_a_stream_that_breaks_off_is_not_in_the_way(rig, served):
    def full(data):
        raise OSError(28, "No space left on device")

    with maildrop(rig) as drop:
        with pytest.raises(OSError, match="No space left"):
            drop.mail(2).stream(full)
        assert drop.mail(3).raw == b"3\r\n"


def test_other_commands_while_a_mail_is_read(rig, served):
    with maildrop(rig) as drop:
        mail = drop.mail(2)
        parts = mail.chunks()
        first = next(parts)
        assert mail.size == 9000
        assert drop.mail(3).raw == b"3\r\n"
        assert first + b"".join(parts) == b"2\r\n" * 3000


def test_a_mail_that_is_not_read_to_its_end_is_not_in_the_way(rig, served):
    with maildrop(rig) as drop:
        parts = drop.mail(2).chunks()
        next(parts)
        parts.close()
        assert drop.mail(3).raw == b"3\r\n"
        next(drop.mail(2).chunks())
        gc.collect()
    assert len(served.mails()) == 3


@pytest.mark.leaks
def test_apop(rig, served, reported):
    commands = []
    with maildrop(rig, apop=True, watch=lambda sent, text: commands.append(text[:5])) as drop:
        assert drop.count == 3
    assert b"APOP " in commands
    assert b"USER " not in commands
    assert "Q-GREETING-LEAK" in reported


def test_an_instance_of_its_own(rig, served):
    """`link` takes a URL or, as here, a driver; instance and pool are gone with the session."""
    before = len(rig.sim.ip_instances)
    with Maildrop(HOST, b"user", b"pass", link=rig.wire, address="10.0.0.9/24", gateway=HOST, apop=False) as drop:
        assert len(rig.sim.ip_instances) == before + 1
        assert drop.count == 3
    assert len(rig.sim.ip_instances) == before
    assert len(rig.sim.packet_pools) == 3


def test_a_link_by_url(rig, served, monkeypatch):
    monkeypatch.setattr("netx_drivers.url.driver_for_url", {"ram:": rig.wire}.__getitem__)
    with Maildrop(HOST, "user", "pass", link="ram:", address="10.0.0.9/24", apop=False) as drop:
        assert drop.count == 3


def test_the_default_pool_of_the_instance(rig, served):
    with maildrop(rig, pool=None) as drop:
        assert drop.count == 3


def test_an_address_block_as_host(rig, served):
    with Maildrop(NXD_ADDRESS(4, CLIENT - 1), "user", "pass", ip=rig.ip, apop=False) as drop:
        assert drop.count == 3


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"ip": None}, "either ip, an instance, or link"),
        ({"link": "ram:"}, "either ip, an instance, or link"),
        ({"ip": None, "link": "ram:"}, "address, such as 10.0.0.2/24"),
        ({"user": "a\r\nDELE 1"}, "the user holds a line end"),
        ({"password": b"a\0"}, "the password holds a line end or a NUL"),
        ({"host": "mail.example.org"}, "does not appear to be an IPv4 or IPv6 address"),
    ],
)
def test_arguments_that_are_none(rig, options, match):
    arguments = {"host": HOST, "user": "user", "password": "pass", "ip": rig.ip} | options
    with pytest.raises(ValueError, match=match):
        Maildrop(**arguments)


def test_ipv6_addresses_are_understood(rig):
    drop = Maildrop("2001:db8::1", "user", "pass", ip=rig.ip)
    assert repr(drop) == "<Maildrop user@<NXD_ADDRESS 2001:db8:0:0:0:0:0:1>>"


# -- trouble ----------------------------------------------------------------------------------------------------------


def failure(rig, **options):
    """The exception of a login."""
    with pytest.raises(NetXError) as caught:
        maildrop(rig, **options).open()
    return caught.value


def test_a_wrong_password_shows_at_stat_and_is_told_for_what_it_is(rig):
    """Q-PASS-OK."""
    script = rig.script(GREETING, b"+OK\r\n", b"-ERR [AUTH] no\r\n", b"-ERR not now\r\n")
    error = failure(rig)
    assert type(error) is AuthenticationError
    assert (error.status_name, error.service) == ("NX_POP3_SERVER_ERROR_STATUS", "nx_pop3_client_mail_items_get")
    assert error.reply == b"-ERR [AUTH] no"
    script.stop()


def test_a_server_that_hangs_up_on_a_wrong_password(rig):
    script = rig.script(GREETING, b"+OK\r\n", b"-ERR no\r\n").fin()
    error = failure(rig)
    assert type(error) is AuthenticationError
    assert error.reply == b"-ERR no"
    script.stop()


def test_an_unknown_user(rig):
    script = rig.script(GREETING, b"-ERR no such user\r\n")
    error = failure(rig)
    assert type(error) is AuthenticationError
    assert (error.service, error.reply) == ("nxd_pop3_client_create", b"-ERR no such user")
    script.stop()


def test_a_wrong_apop_secret(rig):
    """Q-APOP-FALLBACK: refused twice."""
    script = rig.script(b"+OK <1@h>\r\n", b"-ERR no\r\n", b"+OK\r\n", b"-ERR still no\r\n", b"-ERR not now\r\n")
    error = failure(rig, apop=True)
    assert type(error) is AuthenticationError
    assert error.reply == b"-ERR still no"
    script.stop()


@pytest.mark.parametrize("code", [b"[IN-USE]", b"[LOGIN-DELAY]", b"[SYS/TEMP]"])
def test_a_login_refused_for_another_reason(rig, code):
    """RFC 2449 section 8, RFC 3206."""
    script = rig.script(GREETING, b"+OK\r\n", b"-ERR " + code + b" later\r\n", b"-ERR not now\r\n")
    assert type(failure(rig)) is ServerRefused
    script.stop()


def test_a_greeting_that_refuses(rig):
    script = rig.script(b"-ERR too busy\r\n")
    error = failure(rig)
    assert type(error) is ServerRefused
    assert error.reply == b"-ERR too busy"
    script.stop()


def test_nobody_listens(rig):
    error = failure(rig)
    assert type(error) is ConnectionLost
    assert (error.status_name, error.service) == ("NX_NOT_CONNECTED", "nxd_pop3_client_create")


def test_a_silent_server(rig):
    script = rig.script(GREETING).receive().silent()
    error = failure(rig)
    assert type(error) is ReplyTimeout
    assert error.status_name == "NX_NO_PACKET"
    script.stop()


def test_a_name_that_is_too_long(rig):
    with pytest.raises(NetXError) as caught:
        Maildrop(HOST, "x" * 41, "pass", ip=rig.ip).open()
    assert caught.value.status == NX_POP3_PARAM_ERROR


def test_a_refused_command_does_not_end_the_session(rig, script):
    script.expect(b"STAT\r\n").reply(b"+OK 2 9\r\n").expect(b"RETR 1\r\n").reply(b"-ERR gone\r\n")
    script.expect(b"DELE 1\r\n").reply(b"-ERR gone\r\n").expect(b"LIST 2\r\n").reply(b"+OK 1 5\r\n")
    script.expect(b"RETR 2\r\n").reply(b"+OK\r\nx\r\n.\r\n").expect(b"QUIT\r\n").reply(b"+OK\r\n")
    with maildrop(rig) as drop:
        with pytest.raises(ServerRefused, match=r"nx_pop3_client_mail_item_get: .* \(0xB4\): -ERR gone$"):
            drop.mail(1).raw
        with pytest.raises(ServerRefused):
            drop.mail(1).delete()
        assert not drop.mail(1).deleted
        with pytest.raises(ServerRefused):
            drop.mail(2).size
        assert drop.mail(2).raw == b"x\r\n"


@pytest.mark.parametrize("reply", [b"+OK\r\n", b"+OK many 5\r\n", b"+OK 5\r\n", b"HTTP/1.1 400\r\n"])
def test_an_answer_to_stat_that_is_none(rig, script, reply):
    script.expect(b"STAT\r\n").reply(reply)
    assert type(failure(rig)) is ServerRefused


def test_a_status_line_without_end(rig, script):
    script.expect(b"STAT\r\n").reply(*[b"+OK" + b"x" * 1000] * 5)
    assert type(failure(rig)) is ServerRefused


@pytest.mark.parametrize("ending", ["fin", "reset"])
def test_a_connection_lost_amid_a_mail(rig, script, ending):
    script.expect(b"STAT\r\n").reply(b"+OK 2 9\r\n").expect(b"RETR 1\r\n").reply(b"+OK\r\n", b"half\r\n")
    getattr(script, ending)()
    with pytest.raises(ConnectionLost), maildrop(rig) as drop:
        drop.mail(1).raw


def test_silence_amid_a_mail_ends_the_session_for_good(rig, script):
    """Q-LATE: what comes afterwards belongs to nothing."""
    script.expect(b"STAT\r\n").reply(b"+OK 2 9\r\n").expect(b"RETR 1\r\n").reply(b"+OK\r\n", b"half\r\n").silent()
    drop = maildrop(rig).open()
    parts = drop.mail(1).chunks()
    assert next(parts) == b"half"
    for ask in (parts.__next__, drop.mail(2).delete, drop.quit):
        with pytest.raises(ReplyTimeout):
            ask()


def test_a_quit_that_is_refused(rig, script):
    script.expect(b"STAT\r\n").reply(b"+OK 1 9\r\n").expect(b"QUIT\r\n").reply(b"-ERR not all removed\r\n")
    drop = maildrop(rig).open()
    with pytest.raises(ServerRefused):
        drop.quit()
    with pytest.raises(ValueError, match="closed"):
        drop.quit()


def test_what_follows_the_end_mark_is_thrown_away(rig, script):
    script.expect(b"STAT\r\n").reply(b"+OK 1 9\r\n").expect(b"RETR 1\r\n").reply(b"+OK\r\nx\r\n.\r\njunk")
    script.expect(b"QUIT\r\n").reply(b"+OK\r\n")
    with maildrop(rig) as drop:
        assert drop.mail(1).raw == b"x\r\n"


# -- Host -------------------------------------------------------------------------------------------------------------


def test_a_host_that_cannot_be_made_leaves_nothing(rig):
    pools, instances = len(rig.sim.packet_pools), len(rig.sim.ip_instances)
    with pytest.raises(NetXError) as caught:
        Host(RamWire(), "10.0.0.9/24", gateway="10.9.9.9")
    assert caught.value.service == "nx_ip_gateway_address_set"
    with pytest.raises(NetXError) as caught:
        Host(RamWire(), "0.0.0.0/0", packets=0)
    assert caught.value.service == "nx_packet_pool_create"
    with pytest.raises(NetXError) as caught:
        Host(RamWire(), "240.0.0.1/24")
    assert caught.value.service == "nx_ip_create"
    with pytest.raises(ValueError, match="mars"):
        Host(RamWire(), "mars")
    assert (len(rig.sim.packet_pools), len(rig.sim.ip_instances)) == (pools, instances)


def test_a_host_with_sockets_says_so(rig):
    host = Host(rig.wire, "10.0.0.9/24")
    server = Pop3Server(host.ip, host.pool, {})
    server.start()
    with pytest.raises(NetXError, match="nx_ip_delete: NX_SOCKETS_BOUND"), host:
        pass
    with pytest.raises(KeyError), host:
        raise KeyError
    server.stop()
    host.close()


def test_a_host_answers_ping(rig):
    assert nx_icmp_enable(rig.ip) == 0
    with Host(rig.wire, "10.0.0.9/24"):
        answer = Ref()
        assert nx_icmp_ping(rig.ip, CLIENT + 7, b"hello", 5, answer, 100) == 0
        nx_packet_release(answer)


def test_hosts_of_ipv6():
    wire = RamWire()
    with simulation() as sim, Host(wire, "fd00::1/64") as far:
        server = Pop3Server(far.ip, far.pool, {b"u": Account(b"p", MemoryStore([b"x\r\n"]))})
        assert server.start() == 0
        begun = sim.now
        with Host(wire, "fd00::2/64", "fd00::1") as near:
            assert sim.now - begun == 400  # three solicitations, and what they may bring
            with Maildrop("fd00::1", "u", "p", ip=near.ip, apop=False) as drop:
                assert drop.mail(1).raw == b"x\r\n"
        with Maildrop("fd00::1", "u", "p", link=wire, address="fd00::3/64", apop=False) as drop:
            assert drop.count == 1
        server.stop()


def test_a_host_whose_address_another_one_has():
    wire = RamWire()
    with simulation() as sim, Host(wire, "fd00::1/64"):
        with pytest.raises(NetXError) as caught:
            Host(wire, "fd00::1/64")
        assert (caught.value.status, caught.value.service) == (NX_NO_INTERFACE_ADDRESS, "nxd_ipv6_address_set")
        assert len(sim.ip_instances) == 1


def test_a_host_alone_on_its_link_need_not_ask():
    with simulation(config={"NX_DISABLE_IPV6_DAD": True}) as sim, Host(RamWire(), "fd00::1/64"):
        assert sim.now == 0


# -- maildrops on disk, behind the server -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [MaildirSink, MboxSink])
def test_what_a_sink_stores_a_server_serves_and_deletes(rig, tmp_path, kind):
    """The same bytes after wire, disk and wire again; the mail with a bare LF cannot be told on the wire."""
    mails = [LETTER, b"Subject: big\r\n\r\n" + b".\r\nFrom x\r\n" * 20000, b"Subject: c\r\n\r\nlast\r\n"]
    sink = kind(tmp_path / "box")
    sink.open()
    for mail in mails:
        sink.store(io.BytesIO(mail), lambda name: None)
    store = MaildirStore(sink.path) if kind is MaildirSink else MboxStore(sink.path)
    server = Pop3Server(rig.server_ip, rig.server_pool, {"user": Account("pass", store)})
    server.start()
    with maildrop(rig) as drop:
        got = [mail.raw for mail in drop]
        assert [mail.size for mail in drop] == [len(raw) for raw in got]
        drop.mail(2).delete()
    expected = [mail.replace(b"\nFrom ", b"\n>From ") if kind is MboxSink else mail for mail in mails]
    assert got == expected
    with maildrop(rig) as drop:
        assert [mail.raw for mail in drop] == [expected[0], expected[2]]
        other = maildrop(rig)
        with pytest.raises(ServerRefused, match="IN-USE"):
            other.open()
    server.stop()


# -- the example ------------------------------------------------------------------------------------------------------


@pytest.mark.leaks
def test_the_example_runs(capsys):
    runpy.run_path(str(Path(__file__).parents[2] / "examples" / "first_mail.py"))
    shown = "29 hello b'Subject: hello\\r\\n\\r\\nIt works.\\r\\n'\n0 left on the server\n"
    assert capsys.readouterr().out == shown


# -- memory -----------------------------------------------------------------------------------------------------------


class Endless:
    """A mail that takes no memory on the server."""

    uid = b"1"

    def __init__(self, size):
        self.size = size

    def read(self, offset, length):
        return bytes(min(length, self.size - offset))


@pytest.mark.slow
def test_a_stream_takes_no_memory_however_long_the_mail_is(rig):
    peaks = []
    sizes = []
    for size in (1 << 18, 1 << 21):
        store = MemoryStore()
        store._messages = [Endless(size)]
        server = Pop3Server(rig.server_ip, rig.server_pool, {"user": Account("pass", store)})
        server.start()
        with maildrop(rig) as drop:
            tracemalloc.start()
            octets = drop.mail(1).stream(lambda data: sizes.append(len(data)))
            assert octets == sum(sizes) == size + 2  # the server ends the last line
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            assert max(sizes) <= 1460
            sizes.clear()
        server.stop()
    assert peaks[1] < peaks[0] * 1.2
