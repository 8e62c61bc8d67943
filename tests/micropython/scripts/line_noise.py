"""A SLIP line with banners, noise, lost bytes and pieces of every size; RFC 1144 over it; what arrives is printed."""

from netx_drivers.cslip import Compressor, Decompressor
from netx_drivers.slip_codec import SlipDecoder, encode
from netx_sim.md5 import md5_digest, md5_hexdigest
from netx_sim.wire.checksum import checksum

state = [12345]


def random(below):
    """The same numbers everywhere."""
    state[0] = (state[0] * 1103515245 + 12345) & 0x7FFFFFFF
    return (state[0] >> 8) % below


def segment(number, data):
    """An IPv4 packet with a TCP segment of one connection."""
    head = bytearray(b"\x45\0\0\0\0\0\0\0\x40\x06\0\0\x0a\0\0\x01\x0a\0\0\x02")
    tcp = bytearray(b"\x13\x88\0\x6e\0\0\0\0\0\0\x10\0\x50\x18\x10\0\0\0\0\0")
    size = 40 + len(data)
    head[2], head[3] = size >> 8, size & 0xFF
    head[4], head[5] = number >> 8, number & 0xFF
    where = number * 100
    tcp[6], tcp[7] = where >> 8 & 0xFF, where & 0xFF
    total = checksum(head)
    head[10], head[11] = total >> 8, total & 0xFF
    return bytes(head) + bytes(tcp) + data


def pieces(line):
    at = 0
    while at < len(line):
        size = 1 + random(70)
        yield line[at : at + size]
        at += size


def data():
    """Some bytes, many of which a line gives a meaning."""
    return b"\xc0\xdb\xdc\xdd\x11\x13" * random(20) + bytes([random(256) for _ in range(random(200))])


def through(frames, noise, flow):
    """Frames through a line that harms one byte in `noise`; what comes out."""
    line = b"U-Boot 2026\r\n" + b"".join([encode(frame, flow) for frame in frames])
    harmed = bytearray(line)
    if noise:
        for _ in range(len(line) // noise):
            harmed[random(len(harmed))] ^= 1 << random(8)
        cut = random(len(harmed) - 5)
        harmed = harmed[:cut] + harmed[cut + 1 + random(3) :]
    decoder, found = SlipDecoder(1500, flow), []
    for piece in pieces(bytes(harmed)):
        found += decoder.feed(piece)
    whole = sum([1 for frame in found if frame in frames])
    digest = md5_hexdigest(b"".join(found))
    print("noise", noise, "flow", flow, "sent", len(frames), "received", len(found), "whole", whole, digest)
    print("junk", decoder.junk, "damaged", decoder.damaged, "too long", decoder.too_long)


def compressed(frames, lost):
    """The frames with their headers compressed, every `lost`th of them lost."""
    compressor, decompressor = Compressor(), Decompressor()
    size = right = wrong = 0
    for number, frame in enumerate(frames):
        if not number % 10:
            compressor.reset()
        short = compressor.compress(frame)
        size += len(short)
        if lost and number % lost == 3:
            decompressor.lost()
            continue
        back = decompressor.expand(short)
        if back is not None and bytes(back) == frame:
            right += 1
        else:
            wrong += 1
    print("compressed", size, "of", sum([len(frame) for frame in frames]), "right", right, "wrong", wrong)
    print("tossed", decompressor.tossed, "errors", decompressor.errors)


frames = [segment(number, data()) for number in range(60)]
for flow in (False, True):
    for noise in (0, 2000, 200):
        through(frames, noise, flow)
for lost in (0, 20):
    compressed(frames, lost)
print(md5_digest(b"".join(frames)) == md5_digest(memoryview(b"".join(frames))))
print("done")
