"""Whole sessions with a peer that says anything, cuts anywhere and closes whenever it likes."""

from typing import Any

from netx_drivers import RamWire
from netx_pop3 import Account, MemoryStore, Pop3Server, ScriptedServer
from netx_pop3.maildrop import Maildrop, NetXError
from netx_sim import (
    NX_SUCCESS,
    NX_TCP_PACKET,
    Ref,
    nx_packet_allocate,
    nx_packet_data_append,
    nx_packet_release,
    nx_tcp_socket_send,
    tx_thread_sleep,
)
from tests.fuzz.source import Source
from tests.fuzz.worlds import play
from tests.pop3.rig import GREETING, SERVER, Rig
from tests.pop3.talker import Talker

WINDOWS = (1460, 8192)
SAYINGS = (
    b"",
    b"+OK\r\n",
    b"-ERR no\r\n",
    b"+OK 2 320\r\n",
    b"+OK 1 5\r\nSubject: x\r\n\r\n..text\r\n.\r\n",
    GREETING,
    b"\r\n.\r\n",
    b"+OK 1 ",
    b".",
    b"\0",
)
COMMANDS = (
    b"USER user\r\n",
    b"PASS pass\r\n",
    b"STAT\r\n",
    b"LIST\r\n",
    b"LIST 1\r\n",
    b"RETR 1\r\n",
    b"TOP 1 1\r\n",
    b"UIDL\r\n",
    b"DELE 1\r\n",
    b"RSET\r\n",
    b"NOOP\r\n",
    b"CAPA\r\n",
    b"QUIT\r\n",
    b"APOP user 0123456789abcdef0123456789abcdef\r\n",
)


def saying(source: Source) -> bytes:
    """Something a server says: a likely thing or any bytes."""
    choice = source.number()
    return SAYINGS[choice % len(SAYINGS)] if choice < 160 else source.piece()


def hostile(rig: Rig, source: Source) -> ScriptedServer:
    """A server that does what the bytes tell it."""
    server = ScriptedServer(rig.server_ip, rig.server_pool)
    for _ in range(40):
        if not source:
            break
        action = source.number() % 16
        if action < 9:
            server.reply(saying(source))
        elif action < 13:
            server.receive()
        elif action == 13:
            server.delay(source.number())
        elif action == 14:
            server.fin()
        else:
            server.reset()
    assert server.start() == 0
    return server


def pop3_client(data: bytes) -> None:
    """The device's services, in any order, against a hostile server."""

    def body(_: Any) -> None:
        source = Source(data)
        rig = Rig(wire=RamWire(integrity=True), payload=source.pick((1536, 256, 128)))
        apop = source.number() & 1
        orders = source.take(1 + source.number() % 12)
        server = hostile(rig, source)
        services = (rig.stat, lambda: rig.list(1), lambda: rig.retr(1), rig.message, lambda: rig.dele(1), rig.quit)
        rig.create(apop)
        for order in orders:
            services[order % len(services)]()
        rig.delete()
        server.stop()

    play(body, {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOWS[len(data) & 1]})


def maildrop(data: bytes) -> None:
    """A Maildrop against a hostile server: mails, or an exception that it documents."""

    def body(_: Any) -> None:
        source = Source(data)
        rig = Rig(wire=RamWire(integrity=True), payload=source.pick((1536, 256, 128)))
        apop, deletes = bool(source.number() & 1), source.number()
        server = hostile(rig, source)
        try:
            with Maildrop("10.0.0.1", "user", "pass", ip=rig.ip, pool=rig.pool, apop=apop) as drop:
                for mail, _ in zip(drop, range(4), strict=False):
                    assert mail.size >= 0
                    assert len(mail.raw) < 100_000
                    if deletes & 1:
                        mail.delete()
        except NetXError as error:
            assert error.status
        server.stop()

    play(body, {"NX_POP3_CLIENT_TCP_WINDOW_SIZE": WINDOWS[len(data) & 1]})


def say(rig: Rig, talker: Talker, text: bytes) -> bool:
    """Send, unless the pool is empty, as it is when the server takes nothing any more, or the connection is over."""
    packet = Ref()
    if nx_packet_allocate(rig.pool, packet, NX_TCP_PACKET, 20):
        return False
    status = nx_packet_data_append(packet.value, text, len(text), rig.pool, 20)
    status = status or nx_tcp_socket_send(talker.socket, packet, 20)
    if status:
        nx_packet_release(packet)
    return status == NX_SUCCESS


def pop3_server(data: bytes) -> None:
    """Pop3Server with a client that sends anything, and stays or goes."""

    def body(_: Any) -> None:
        source = Source(data)
        rig = Rig(wire=RamWire(integrity=True))
        store = MemoryStore([b"Subject: a\r\n\r\n.\r\n..\r\n", b"x" * 3000 + b"\r\n"])
        server = Pop3Server(rig.server_ip, rig.server_pool, {b"user": Account(b"pass", store)}, idle=3000)
        assert server.start() == 0
        talker = Talker(rig.ip, rig.pool, window=source.pick((8192, 1460, 300)))
        connected = talker.connect(SERVER) == 0
        for _ in range(40):
            if not (source and connected):
                break
            choice = source.number()
            text = COMMANDS[choice % len(COMMANDS)] if choice < 170 else source.piece()
            if choice & 3 == 0:
                tx_thread_sleep(choice)
            if text and not say(rig, talker, text):
                break
            if choice & 1:
                talker.segment(20)
        talker.close(source.pick((0, 50)))
        tx_thread_sleep(100)
        server.stop()

    play(body)


