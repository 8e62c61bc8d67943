"""The example collects without its garbage being collected: how much memory each packet of a mail goes through."""

import gc
import sys

import main


class Sink:
    def __init__(self):
        self.packets = self.first = self.last = 0

    def __enter__(self):
        gc.collect()
        gc.disable()
        return self

    def __exit__(self, *_):
        gc.enable()
        print("bytes a packet", (self.last - self.first) // (self.packets - 1))

    def write(self, data):
        self.last = gc.mem_alloc()
        if not self.packets:
            self.first = self.last
        self.packets += 1


status = main.fetch(int(sys.argv[1]), lambda number: Sink(), say=lambda *_: None, seed=1)
print("status", status, "packets", 0, "after", 0)
