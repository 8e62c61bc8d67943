"""The example collects, and what is in use is looked at while mails come: the most of it."""

import gc
import sys

gc.threshold(4 * 1024)  # as boot.py does, before anything is loaded

import main  # noqa: E402

EVERY = 16  # packets; what comes at once is well within four


class Sink:
    most = 0

    def __init__(self):
        self.packets = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        print("packets", self.packets)

    def write(self, data):
        if self.packets % EVERY == 0:
            gc.collect()
            Sink.most = max(Sink.most, gc.mem_alloc())
        self.packets += 1


status = main.fetch(int(sys.argv[1]), lambda number: Sink(), say=lambda *_: None, seed=1)
print("status", status, "most", Sink.most)
