"""Spoiled IPv6 frames neither stop the stack nor lose a packet."""

import random
import struct

from netx_sim import NX_SUCCESS, netstat, nx_ip_fragment_enable, nx_tcp_enable, nx_udp_enable, nxd_ipv6_disable
from tests.unit.ipv6.bench6 import (
    REDIRECT,
    ROUTER,
    Bench6,
    address,
    advertisement,
    icmp6,
    link_option,
    packet6,
    prefix_option,
    router_advertisement,
    solicitation,
    sum6,
)

FRAMES = (
    solicitation(),
    advertisement(),
    router_advertisement(prefix_option(), link_option(1)),
    icmp6(128, b"1234data"),
    icmp6(REDIRECT, bytes(4) + address(ROUTER) + address(5 << 64), source=ROUTER),
    packet6(17, struct.pack(">HHHH", 7, 6000, 12, 0) + b"data"),
    packet6(6, bytes(20)),
    packet6(60, bytes((58, 0, 1, 4, 0, 0, 0, 0)) + b"\x80\x00\x00\x00data"),
    packet6(43, bytes((58, 0, 0, 1, 0, 0, 0, 0)) + bytes(10)),
    packet6(44, struct.pack(">BBHI", 58, 0, 1, 7) + bytes(16)),
    packet6(44, struct.pack(">BBHI", 58, 0, 16, 7) + bytes(9)),
)
TELLING = (0, 1, 6, 17, 44, 58, 60, 255)


def spoiled() -> bytes:
    """A frame with some bytes changed, cut or padded, mostly with a checksum that is right all the same."""
    frame = bytearray(random.choice(FRAMES))
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        frame[random.randrange(len(frame))] = random.choice((*TELLING, random.randrange(256)))
    frame = random.choice((frame, frame, frame[: random.randrange(len(frame))], frame + bytes(random.randrange(30))))
    if len(frame) >= 44 and frame[6] == 58 and random.random() < 0.8:
        source, destination = int.from_bytes(frame[8:24], "big"), int.from_bytes(frame[24:40], "big")
        (length,) = struct.unpack_from(">H", frame, 4)
        frame[42:44] = bytes(2)
        struct.pack_into(">H", frame, 42, sum6(bytes(frame[40 : 40 + length]), 58, source, destination))
    return bytes(frame)


def test_spoiled_frames(soak_seed: int) -> None:
    random.seed(soak_seed)
    with Bench6(packets=60) as bench:
        for enable in (nx_ip_fragment_enable, nx_udp_enable, nx_tcp_enable):
            assert enable(bench.ip) == NX_SUCCESS
        for _ in range(400):
            bench.receive(spoiled())
            if random.random() < 0.2:
                bench.sleep_until(bench.sim.now + random.choice((1, 10, 100, 700)))
        bench.sleep_until(bench.sim.now + 7000)  # the longest that anything is kept
        assert nxd_ipv6_disable(bench.ip) == NX_SUCCESS
        assert bench.pool.nx_packet_pool_available == 60, netstat(bench.sim)
