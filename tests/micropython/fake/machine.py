"""A board's `machine` for a program under test: its UART is the terminal whose descriptor is the last argument."""

import io
import select
import sys

_POLL = 3  # the request of a stream's ioctl that asks what is possible


class Pin:
    def __init__(self, number):
        self.number = number


class UART(io.IOBase):
    """As on a board: nothing waits, `any` tells how much there is, `read` and `write` give None for nothing."""

    def __init__(self, number, baud, tx=None, rx=None, rxbuf=256):
        self._line = open(int(sys.argv[-1]), "r+b")  # noqa: SIM115 - the descriptor is the caller's
        self._poll = select.poll()
        self._poll.register(self._line, select.POLLIN | select.POLLOUT)
        self._size = rxbuf
        self._held = b""
        print("UART", number, baud, "buffer", rxbuf)

    def any(self):
        if not self._held and self._possible() & select.POLLIN:
            self._held = self._line.read(self._size) or b""
        return len(self._held)

    def read(self, size):
        if not self.any():
            return None
        data, self._held = self._held[:size], self._held[size:]
        return data

    def write(self, data):
        return self._line.write(data) if self._possible() & select.POLLOUT else None

    def ioctl(self, request, argument):
        if request != _POLL:
            return 0
        possible = self._possible()
        return (possible | (select.POLLIN if self._held else 0)) & argument

    def _possible(self):
        found = self._poll.poll(0)
        return found[0][1] if found else 0
