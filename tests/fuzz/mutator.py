"""A seeded mutator, for where no coverage-guided fuzzer is installed: the same seed gives the same inputs."""

import random

MOST = 400  # bytes
WORDS = (b"+OK ", b"-ERR", b"\r\n", b".\r\n", b"\r\n.\r\n", b"<", b">", b"\xc0", b"\xdb\xdc")
WORDS += (b"\xff\xff", b"\0\0", b"-", b"9" * 10)


class Mutator:
    """Inputs made of those given, and of nothing."""

    def __init__(self, seed: int, seeds: list[bytes]) -> None:
        self.chance = random.Random(seed)
        self.seeds = seeds

    def next(self) -> bytes:
        """The next input: any bytes, or a known input with a few changes."""
        chance = self.chance
        if not self.seeds or chance.random() < 0.3:
            return chance.randbytes(chance.randrange(MOST))
        data = bytearray(chance.choice(self.seeds))
        for _ in range(chance.randrange(1, 6)):
            self._change(data)
        return bytes(data[: 4 * MOST])

    def _change(self, data: bytearray) -> None:
        """Turn a bit, set, insert, remove or repeat bytes."""
        chance = self.chance
        at, size, what = chance.randrange(len(data) + 1), chance.randrange(1, 9), chance.randrange(6)
        if what == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            data[at : at + 1] = chance.randbytes(1)
        elif what == 2:
            data[at:at] = chance.randbytes(size)
        elif what == 3:
            del data[at : at + size]
        elif what == 4:
            data[at:at] = data[at : at + size]
        else:
            data[at:at] = chance.choice(WORDS)
