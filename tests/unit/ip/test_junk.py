"""Whatever arrives, the stack neither stops nor loses a packet."""

import random

import pytest

from netx_sim import (
    NX_SUCCESS,
    nx_icmp_enable,
    nx_ip_forwarding_enable,
    nx_ip_fragment_enable,
    nx_ip_raw_packet_disable,
    nx_ip_raw_packet_enable,
    nx_udp_enable,
)
from tests.unit.ip.bench import OWN, PEER, Bench, arp_message, header

DESTINATIONS = (OWN, PEER, 0, 0xFFFFFFFF, 0x0A0000FF, 0xE0000001, 0x7F000001, 0xEF010203)


def junk_packet(rng: random.Random) -> bytes:
    """An IPv4 packet that is mostly right, so that it gets far, with a few bytes spoilt now and then."""
    packet = bytearray(
        header(
            rng.choice(DESTINATIONS),
            source=rng.choice((PEER, OWN, 0, 0xFFFFFFFF)),
            protocol=rng.choice((1, 2, 6, 17, 200)),
            data=rng.randbytes(rng.choice((0, 1, 8, 16, 40, 200))),
            options=rng.randbytes(4 * rng.randrange(3)),
            id=rng.randrange(3),
            flags=rng.choice((0, 0, 0x2000, 0x2001, 1, 2, 0x4000)),
            ttl=rng.randrange(4),
        )
    )
    if rng.random() < 0.3:
        packet[rng.randrange(len(packet))] = rng.randrange(256)
    if rng.random() < 0.1:
        packet = packet[: rng.randrange(len(packet))]
    return bytes(packet)


def junk_message(rng: random.Random) -> bytes:
    """An ARP message from a handful of senders, sometimes spoilt or cut."""
    mac = (0x0200, rng.randrange(4))
    message = bytearray(
        arp_message(rng.randrange(4), mac, rng.choice((0, OWN, PEER + rng.randrange(9))), target_ip=OWN)
    )
    if rng.random() < 0.2:
        message[rng.randrange(28)] = rng.randrange(256)
    return bytes(message[: 28 if rng.random() < 0.9 else rng.randrange(28)])


@pytest.mark.parametrize("payload", [128, 1536])
def test_nothing_stops_and_nothing_is_lost(payload: int, seed: int) -> None:
    rng = random.Random(seed)
    with Bench(payload=payload, packets=60, arp_entries=4) as bench:
        ip = bench.ip
        for enable in (
            nx_ip_fragment_enable,
            nx_ip_forwarding_enable,
            nx_ip_raw_packet_enable,
            nx_icmp_enable,
            nx_udp_enable,
        ):
            assert enable(ip) == NX_SUCCESS
        for _ in range(1500):
            if rng.random() < 0.2:
                bench.receive_arp(junk_message(rng))
            else:
                bench.receive(junk_packet(rng))
            if rng.random() < 0.05:
                bench.sleep_until(bench.sim.now + rng.randrange(1, 200))
        assert nx_ip_raw_packet_disable(ip) == NX_SUCCESS
        bench.sleep_until(bench.sim.now + 40000)  # every reassembly and every resolution has ended
        assert bench.pool.nx_packet_pool_available == bench.packets
        info = bench.info()
        assert info["packets_received"] > 800
        assert info["invalid"]
