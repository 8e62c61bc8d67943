"""Options of a segment: which are used, which are skipped, which spoil it (RFC 9293 section 3.2, RFC 7323 2.2)."""

import pytest

from netx_sim.tcp.options import BAD_LENGTH, BEYOND_HEADER, GOOD, options_read, scale_for

MSS_1460 = b"\x02\x04\x05\xb4"


@pytest.mark.parametrize(
    ("options", "result"),
    [
        (b"", (GOOD, 0, -1)),
        (MSS_1460, (GOOD, 1460, -1)),
        (MSS_1460 + b"\x01\x01\x01\x00", (GOOD, 1460, -1)),
        (b"\x01\x01" + MSS_1460, (GOOD, 1460, -1)),
        (MSS_1460 + b"\x03\x03\x07\x00", (GOOD, 1460, 7)),
        (b"\x03\x03\x0e\x01" + MSS_1460, (GOOD, 1460, 14)),
        (b"\x03\x03\x0f\x00", (GOOD, 0, 14)),
        (b"\x03\x03\xff\x00", (GOOD, 0, 14)),
        # Behind the end of the list nothing counts, not even rubbish.
        (b"\x00\x00\x00\x00" + MSS_1460, (GOOD, 0, -1)),
        (b"\x00\x02\x00\x00", (GOOD, 0, -1)),
        # Unknown ones are skipped by their length: timestamps, SACK permitted.
        (b"\x08\x0a" + bytes(8) + b"\x04\x02" + MSS_1460, (GOOD, 1460, -1)),
        # The last one counts.
        (MSS_1460 + b"\x02\x04\x02\x18", (GOOD, 536, -1)),
        # Length 0 would loop for ever; an MSS of another length is no MSS.
        (b"\x08\x00\x00\x00", (BAD_LENGTH, 0, -1)),
        (b"\x02\x03\x05\x00", (BAD_LENGTH, 0, -1)),
        # Longer than the header: an MSS counts as absent, others spoil the segment.
        (b"\x01\x01\x02\x04", (GOOD, 0, -1)),
        (b"\x01\x01\x08\x0a", (BEYOND_HEADER, 0, -1)),
    ],
)
def test_options(options: bytes, result: tuple[int, int, int]) -> None:
    before = b"\xff" * 3
    memory = memoryview(bytearray(before + options + b"\xff\xff\xff"))
    assert options_read(memory, len(before), len(before) + len(options)) == result


@pytest.mark.parametrize(
    ("window", "scale"),
    [(1, 0), (65535, 0), (65536, 1), (131071, 1), (131072, 2), (0x3FFFC000, 14), (0xFFFFFFFF, 14)],
)
def test_scale(window: int, scale: int) -> None:
    """The smallest shift with which the window fits into 16 bits."""
    assert scale_for(window) == scale
