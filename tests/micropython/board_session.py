"""The example for boards collects over the descriptor given to it, and tells what came and what it took."""

import binascii
import gc
import hashlib
import sys

gc.threshold(4 * 1024)  # as boot.py does, before anything is loaded

import main  # noqa: E402


class Sum:
    """Takes a mail and keeps its length and digest."""

    def __init__(self):
        self.size = self.largest = 0
        self.hash = hashlib.sha256()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        print("mail", self.size, self.largest, binascii.hexlify(self.hash.digest()).decode())

    def write(self, data):
        self.size += len(data)
        self.largest = max(self.largest, len(data))
        self.hash.update(data)


def quiet(*_):
    pass


gc.collect()
imported = gc.mem_alloc()
status = main.fetch(int(sys.argv[1]), lambda number: Sum(), say=quiet)
gc.collect()
print("status", status, "imported", imported, "after", gc.mem_alloc())
