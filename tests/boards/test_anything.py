"""Any segments and any bytes into the board's program, under sanitizers; afterwards it serves as before."""

import hashlib
import random

from netx_sim.wire import tcp
from netx_sim.wire.tcp import ACK, FIN, PSH, RST, SYN, syn_options
from tests.boards.board_mails import MAILS, wire_form
from tests.boards.wire import Talk, packet

LOGIN, MANY = b"USER ada\r\nPASS lovelace\r\n", b"DELE 1\r\nLIST\r\nRSET\r\n"
COMMANDS = [b"", b"NOOP\r\n", b"RETR 3\r\n", LOGIN, MANY, b"QUIT\r\n", b"x" * 500]
FLAGS = [ACK, ACK, PSH | ACK, FIN | ACK, SYN, RST, SYN | ACK]


def any_segment(talk, chance):
    """A segment that nearly makes sense, or does."""
    data = chance.choice([*COMMANDS, chance.randbytes(chance.randrange(600))])
    options = chance.choice([b"", b"", syn_options(chance.randrange(2000)), chance.randbytes(4 * chance.randrange(11))])
    talk.window = chance.choice([0, 1, 100, 8192, 65535])
    talk.acknowledged = (talk.acknowledged + chance.choice([0, 0, 1, 40, -100])) & 0xFFFFFFFF
    flags = chance.choice([*FLAGS, chance.randrange(64)])
    talk.send(flags, data, talk.sequence + chance.choice([0, 0, 0, 1, 300, -5, 1 << 31]), options)
    talk.sequence = (talk.sequence + chance.choice([0, len(data)])) & 0xFFFFFFFF


def follow(line, talk):
    """Hear all that comes at once; the last of it is believed now and then."""
    heard = line.hear(0.0)
    while heard is not None:
        header = tcp.parse(heard, 20, len(heard))
        if header is not None and header.destination_port == talk.ports[0] and not header.flags & RST:
            talk.sequence = header.acknowledgement
            talk.acknowledged = (header.sequence + len(heard) - 20 - header.header_length) & 0xFFFFFFFF
        heard = line.hear(0.0)


def whole_session(line, source_port):
    """An APOP session and the long mail, as if nothing had been before."""
    talk = Talk(line, source_port)
    stamp = talk.open().split()[2]
    digest = hashlib.md5(stamp + b"lovelace").hexdigest().encode()
    assert talk.ask(b"APOP ada " + digest) == b"+OK welcome\r\n"
    count = int(talk.ask(b"STAT").split()[1])
    assert talk.ask(b"RETR %d" % count).startswith(b"+OK ")
    message = b""
    while not message.endswith(b"\r\n.\r\n"):
        message += talk.take(PSH | ACK)
        talk.send(ACK)
    assert message == wire_form(MAILS[2])


def test_any_segments_leave_a_board_that_serves(pipe, soak_seed):
    """The board's program runs under sanitizers here, and each packet in memory of its own size."""
    chance = random.Random(soak_seed)
    talks = [Talk(pipe, 41000 + number) for number in range(3)]
    for _ in range(1500):
        any_segment(chance.choice(talks), chance)
        follow(pipe, chance.choice(talks))
        for _ in range(chance.choice([0, 0, 0, 1, 120])):
            pipe.tick()
    while pipe.hear(60.0):
        pass
    whole_session(pipe, 42000)


def test_any_packets_leave_a_board_that_answers(pipe, soak_seed):
    chance = random.Random(soak_seed)
    for _ in range(1500):
        fragment = chance.choice([0, 0, chance.randrange(1 << 16)])
        protocol = chance.choice([1, 6, 17, chance.randrange(256)])
        pipe.send(packet(protocol, chance.randbytes(chance.randrange(64)), fragment=fragment))
        pipe.send(chance.randbytes(chance.randrange(1, 64)))
        pipe.put(b"\xc0" + chance.randbytes(chance.randrange(40)))
    pipe.put(b"\xc0")
    while pipe.hear(0.0):
        pass
    assert pipe.ping()[8:] == b"hello"
