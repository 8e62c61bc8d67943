"""Calls of the trace format that no recording here makes: each is made once, and does what it is named after."""

from typing import Any

import pytest

from netx_sim.testing.replay import MissingServiceError, run_scenario
from netx_sim.testing.services import public
from netx_sim.testing.trace_world import Recording, TraceWorld

pytestmark = pytest.mark.leaks

CONFIG: dict[str, Any] = {
    "link": "ethernet",
    "mtu": 1500,
    "address": "10.0.0.1",
    "mask": "255.255.255.0",
    "gateway": "10.0.0.2",
    "pool": {"payload": 1536, "packets": 40},
    "peer_iss": 0x20000000,
    "enabled": {"arp": True, "tcp": True, "udp": True, "icmp": "nx_icmp_enable", "ipv6": False, "ip_fragment": True},
    "arp_cache_entries": 78,
    "any_port": False,
}


def play(*calls: tuple[int, str, dict[str, Any]], end_tick: int = 300) -> tuple[Recording, list[dict[str, Any]]]:
    steps = [{"at_tick": tick, "thread": 0, "call": call, "args": args} for tick, call, args in calls]
    run = TraceWorld({"config": CONFIG, "steps": steps, "end_tick": end_tick}).run()
    return run, [event["return"] for event in run.events if "return" in event]


def frames(run: Recording) -> list[dict[str, Any]]:
    return [event["out"] for event in run.events if "out" in event]


def test_arp_probe_and_announcement() -> None:
    run, results = play((5, "arp_probe", {"address": "10.0.0.77"}), (6, "arp_announce", {}))
    assert [result["status"] for result in results] == ["0x00", "0x00"]
    probe, announcement = (frame["arp"] for frame in frames(run))
    assert (probe["sender_ip"], probe["target_ip"]) == ("0.0.0.0", "10.0.0.77")
    assert (announcement["sender_ip"], announcement["target_ip"]) == ("10.0.0.1", "10.0.0.1")


def test_switches_of_the_instance() -> None:
    names = ("arp_invalidate", "ip_fragment_disable", "ip_fragment_enable", "ip_forwarding_enable")
    _, results = play(*[(5, name, {}) for name in names], (5, "ip_gateway_set", {"address": "10.0.0.9"}))
    assert {result["status"] for result in results} == {"0x00"}


def test_tcp_waits_and_peer() -> None:
    _, results = play(
        (5, "tcp_create", {"socket": 0, "window": 4096}),
        (5, "tcp_bind", {"socket": 0, "port": 5000, "wait": 0}),
        (5, "tcp_state_wait", {"socket": 0, "state": 5, "wait": 10}),
        (20, "tcp_peer_info", {"socket": 0}),
    )
    assert results[2]["status"] == "0x43"
    assert results[3]["outs"] == {"address": "00000000", "port": 0}


def test_udp_checksum_switches() -> None:
    run, results = play(
        (5, "arp_static", {"address": "10.0.0.2", "mac_msw": "0200", "mac_lsw": "00000002"}),
        (5, "udp_create", {"socket": 0, "queue_maximum": 5}),
        (5, "udp_bind", {"socket": 0, "port": 6000, "wait": 0}),
        (5, "udp_checksum_disable", {"socket": 0}),
        (6, "udp_send", {"socket": 0, "address": "10.0.0.2", "port": 7, "length": 4}),
        (7, "udp_checksum_enable", {"socket": 0}),
        (8, "udp_send", {"socket": 0, "address": "10.0.0.2", "port": 7, "length": 4}),
    )
    assert {result["status"] for result in results} == {"0x00"}
    assert [frame["udp"].get("checksum") for frame in frames(run)] == ["zero", None]


def test_no_packet_for_a_send() -> None:
    _, results = play(
        (5, "udp_create", {"socket": 0, "queue_maximum": 5}),
        (5, "udp_bind", {"socket": 0, "port": 6000, "wait": 0}),
        (5, "pool_drain", {"keep": 0}),
        (5, "udp_send", {"socket": 0, "address": "10.0.0.2", "port": 7, "length": 4}),
        (5, "raw_send", {"address": "10.0.0.2", "length": 4, "protocol": 200, "ttl": 5, "tos": 0}),
    )
    assert [result["outs"] for result in results[3:]] == [{"stage": "allocate"}] * 2


def test_pop3_calls_without_a_server() -> None:
    who = {"apop": 0, "address": "10.0.0.2", "port": 110, "user": "u", "password": "p"}
    _, results = play(
        (5, "pop3_create", who), (3200, "pop3_list", {"index": 1}), (3201, "pop3_dele", {"index": 1}), end_tick=4000
    )
    assert results[0]["status"] != "0x00"
    assert results[1]["outs"] in ({"size": 0}, {"size": 1515870810})


def test_ipv6_runs_or_is_named() -> None:
    calls = ("ipv6_enable", "icmp6_enable", "nd_invalidate", "ipv6_disable")
    steps = [{"at_tick": 5, "thread": 0, "call": call, "args": {}} for call in calls]
    scenario = {"config": CONFIG, "steps": steps, "end_tick": 20, "expect": [], "pools_at_end": {}}
    scenario.update(still_blocked_steps=[], not_reached_steps=[])
    try:
        public("nxd_ipv6_enable")
    except MissingServiceError:
        with pytest.raises(MissingServiceError, match="nxd_ipv6_enable"):
            run_scenario(scenario)
    else:
        assert run_scenario(scenario)
