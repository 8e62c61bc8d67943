"""APOP as the device does it: finding the time stamp in the greeting, and the digest.

Read first: RFC 1939 section 7.  The stamp there is a msg-id, from `<` to `>`; the device takes less for one.
Check value of the RFC: stamp `<1896.697170952@dbc.mtview.ca.us>`, secret `tanstaaf`,
digest `c4c9334bac560ecc979e58001b3e22fb`.
"""

from netx_pop3.constants import NX_POP3_SERVER_PROCESS_ID_SIZE
from netx_pop3.quirks import quirk
from netx_sim.md5 import md5_hexdigest

_DIGEST_INPUT_MAX = 100  # bytes of time stamp and password that the device's work area holds


def time_stamp(greeting: bytes) -> bytes:
    """The time stamp a device finds in the first packet of the greeting; empty if there is none.

    It is copied from `<` on, up to `>` or until the room is full or the packet ends.  Without a `>` the copy stays,
    and the search goes on behind it: a further `<` starts again at the front and leaves the old tail standing.
    """
    room = bytearray(NX_POP3_SERVER_PROCESS_ID_SIZE)
    start = greeting.find(b"<")
    while start >= 0:
        stop = start + NX_POP3_SERVER_PROCESS_ID_SIZE
        piece = greeting[start:stop]
        closed = piece.find(b">")
        if closed >= 0:
            piece = piece[: closed + 1]
        room[: len(piece)] = piece
        if closed >= 0:
            break
        quirk("Q-STAMP-75" if greeting.find(b">", stop) >= 0 else "Q-STAMP-OPEN", stamp=piece)
        start = greeting.find(b"<", stop)
    stamp = bytes(room)
    end = stamp.find(b"\0")  # it is a C string from here on
    return stamp if end < 0 else stamp[:end]


def digest_fits(stamp: bytes, password: bytes) -> bool:
    """Does the device's work area hold both?  Always, unless the password's limit was raised."""
    return len(stamp) + len(password) <= _DIGEST_INPUT_MAX


def apop_digest(stamp: bytes, password: bytes) -> bytes:
    """32 lower-case hexadecimal digits over the stamp, angle brackets included, and the password."""
    quirk("Q-MD5-NAME")
    return md5_hexdigest(stamp + password)
