"""Pure functions: digests, checksums, sequence numbers, status names."""

from netx_sim import seq
from netx_sim.md5 import md5_digest, md5_hexdigest
from netx_sim.status import status_name
from netx_sim.wire.checksum import checksum, checksum_chain, finish, ones_sum, pseudo_ipv4

TEXTS = (b"", b"abc", b"<1896.697170952@dbc.mtview.ca.us>tanstaaf", bytes(range(256)) * 5)

for text in TEXTS:
    print(md5_hexdigest(text), md5_digest(memoryview(text)) == md5_digest(text))
    with_pseudo_header = ones_sum(text) + pseudo_ipv4(1, 2, 6, len(text))
    print(checksum(text), checksum_chain((text[:10], text[10:])), finish(with_pseudo_header))
for a, b in ((0, 0xFFFFFFFF), (0x80000000, 0), (5, 5), (1, 2)):
    print(seq.seq_sub(a, b), seq.seq_lt(a, b), seq.seq_le(a, b), seq.seq_max(a, b), seq.seq_min(a, b))
for code in (0, 0x01, 0x38, 0xB4, 0x7777):
    print(status_name(code))
print("done")
