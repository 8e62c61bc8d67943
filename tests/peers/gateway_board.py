"""A board behind a gateway: the example for boards, on the terminal whose descriptor is the first argument.

The others are the server's address and port, the name, the password and the seed.  A line tells that a mail begins, and
one its size and digest; the last line has the status.
"""

import binascii
import hashlib
import sys

import main


class Sum:
    """Takes a mail, and tells its size and digest at the end."""

    def __init__(self):
        self.size = 0
        self.hash = hashlib.sha256()

    def __enter__(self):
        print("begin")
        return self

    def __exit__(self, *_):
        print("mail", self.size, binascii.hexlify(self.hash.digest()).decode())

    def write(self, data):
        self.size += len(data)
        self.hash.update(data)


def quiet(*_):
    pass


line, server, port, main.NAME, main.PASSWORD, seed = sys.argv[1:]
main.ADDRESS = 0xC0A80702  # 192.168.7.2
main.MASK = 0  # a line has two ends: every address is at the other one
main.SERVER = 0
for part in server.split("."):
    main.SERVER = main.SERVER << 8 | int(part)
print("status", main.fetch(int(line), lambda number: Sum(), server_port=int(port), say=quiet, seed=int(seed)))
