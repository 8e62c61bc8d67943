"""Bytes to values and back, one file per protocol: pure functions without state, clock or I/O.

`parse(buf, offset, end)` gives a value that is valid as far as one message can be judged by itself, or None for junk;
`emit(value)` gives its bytes back, and `emit_into(...)` writes a header into a buffer from plain numbers. The struct
formats are public, so that a hot path may unpack a header into local names without a value.
"""
