"""A POP3 server with its replies ready in memory, so that a benchmark measures its client.

`python benchmarks/_prerendered.py ADDRESS SIZE...` serves one mail of each size to any number of sessions, one at a
time, and prints its port. It answers USER, PASS, APOP, STAT, LIST, RETR, DELE and QUIT.
"""

import socket
import sys

LINE = b"The quick brown fox jumps over the lazy dog, and 72 characters make a l.\r\n"
GREETING = b"+OK ready <1896.697170952@benchmark.example>\r\n"


def mail(size: int) -> bytes:
    """A mail of at least `size` octets."""
    head = b"Subject: a mail\r\n\r\n"
    return head + LINE * -(-max(0, size - len(head)) // len(LINE))


def replies(sizes: list[int]) -> dict[bytes, bytes]:
    """What to answer to each command."""
    mails = [mail(size) for size in sizes]
    ready = {b"STAT": b"+OK %d %d\r\n" % (len(mails), sum(map(len, mails)))}
    for number, body in enumerate(mails, 1):
        ready[b"LIST %d" % number] = b"+OK %d %d\r\n" % (number, len(body))
        ready[b"RETR %d" % number] = b"+OK %d octets\r\n" % len(body) + body + b".\r\n"
    return ready


def serve(connection: socket.socket, ready: dict[bytes, bytes]) -> None:
    """One session, until the client closes: it is then the client's side that remembers the connection for a while.

    Otherwise a client that picks ports at random, as the device does, soon meets one that the kernel still remembers.
    """
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.sendall(GREETING)
    with connection, connection.makefile("rb") as lines:
        for line in lines:
            connection.sendall(ready.get(line.rstrip(), b"+OK\r\n"))


def main(address: str, sizes: list[int]) -> None:
    """Serve until killed."""
    ready = replies(sizes)
    with socket.create_server((address, 0), backlog=64) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            serve(listener.accept()[0], ready)


if __name__ == "__main__":
    main(sys.argv[1], [int(size) for size in sys.argv[2:]])
