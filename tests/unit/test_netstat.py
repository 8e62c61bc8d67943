"""netstat: what a failing test prints shows threads and their waits, pools, interfaces, caches and sockets."""

import pytest

from netx_sim import *
from netx_sim.testing.drill import Drill
from netx_sim.testing.drill_fixture import drill, make_drill  # noqa: F401
from tests.unit.ip.bench import PEER, Bench


def test_threads_say_what_they_wait_for() -> None:
    with simulation() as sim:
        semaphore, thread = TX_SEMAPHORE(), TX_THREAD()
        assert tx_semaphore_create(semaphore, "door", 0) == TX_SUCCESS

        def entry(_: int) -> None:
            tx_semaphore_get(semaphore, TX_WAIT_FOREVER)

        stack = bytearray(1024)
        assert tx_thread_create(thread, "guest", entry, 0, stack, 1024, 8, 8, 0, TX_AUTO_START) == TX_SUCCESS
        text = netstat(sim)
        assert text.startswith("tick 0\n")
        assert "thread main ready" in text
        (line,) = [line for line in text.splitlines() if "guest" in line]
        assert "waits for a semaphore: <TX_SEMAPHORE door" in line


@pytest.mark.leaks
def test_pools_say_who_has_their_packets() -> None:
    with Bench() as bench:
        bench.sleep_until(5)
        assert bench.send(PEER, b"data") == NX_SUCCESS
        text = netstat()
        assert "pool pool 19/20 free, payload 1536, empty 0, invalid releases 0" in text
        assert "1 held by ARP queue, allocated by nx_packet_allocate" in text
        assert "arp 10.0.0.2 unresolved, 1 waiting" in text
        nx_arp_static_entry_create(bench.ip, PEER, 0x0200, 2)
        assert "interface PRI 10.0.0.1/255.255.255.0 mtu 1500 up" in netstat()


def test_sockets_show_their_windows_queues_and_repeats(drill: Drill) -> None:  # noqa: F811
    drill.established(window=8192)
    drill("+0 < P. 1:101(100) ack 1")
    drill.send_in_flight(segments=2)
    udp = drill.create_udp_socket(port=53)
    text = netstat()
    assert "tcp <NX_TCP_SOCKET drill 5000>10.0.0.2:8080 ESTABLISHED>" in text
    assert "rx window 8092 queued 1, tx window 65535" in text
    assert "outstanding 2920 queued 2, retries 0" in text
    assert f"udp {udp.nx_udp_socket_name} port 53 queued 0" in text
    drill.sleep(1.2)
    drill.take_all()
    assert "retries 1" in netstat()
    drill("+0 < . 101:101(0) ack 2921")
    drill.receive()
