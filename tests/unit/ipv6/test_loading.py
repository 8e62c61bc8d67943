"""What is not enabled is not loaded: a board without IPv6 has none of its modules."""

import subprocess
import sys

PROGRAM = """
import sys
import netx_pop3.client, netx_pop3.server, netx_drivers.ram
import netx_sim.checked.ip, netx_sim.checked.icmp, netx_sim.checked.tcp, netx_sim.checked.udp, netx_sim.snapshot
print([name for name in sys.modules if name.startswith("netx_sim") and name.split(".")[-1] in ("ipv6", "icmpv6")])
"""


def test_without_ipv6_none_of_it_is_loaded() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
    )
    assert run.stdout == "[]\n"
