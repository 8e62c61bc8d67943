"""The demonstration of docs/leaks.md: APOP logins eat a pool of 20 packets, and the report says how."""

import pytest

from netx_sim import leak_report, simulation
from tests.pop3.rig import GREETING, STAMP, Rig

SESSIONS = 25


@pytest.mark.leaks
def test_a_pool_of_20_packets_dies_after_19_logins(reported):
    """Q-GREETING-LEAK: each APOP login loses the packet of the greeting."""
    with simulation(trace_allocations=True):
        rig = Rig(packets=20)
        server = rig.script(GREETING, b"+OK\r\n", b"+OK 0 0\r\n")
        for _ in range(SESSIONS - 1):
            server.next_connection().reply(GREETING).receive().reply(b"+OK\r\n").receive().reply(b"+OK 0 0\r\n")
        worked = 0
        while worked < SESSIONS and rig.create(1) == "NX_SUCCESS" and rig.stat()[0] == "NX_SUCCESS":
            worked += 1
            rig.delete()
        report = leak_report()
        lost = [leak for leak in report if leak.holder == "nobody: Q-GREETING-LEAK"]
        assert reported.count("Q-GREETING-LEAK") >= worked
        assert all(leak.pool is rig.receive_pool for leak in lost)
        assert STAMP in bytes(lost[0].packet)
        text = str(report)
        assert f"{len(lost)} held by nobody: Q-GREETING-LEAK" in text
        assert "of 20 packets are out" in text
        assert "rig.py" in lost[0].allocated_at
        assert worked == len(lost) == 19  # with one packet left, greeting and reply do not fit any more
