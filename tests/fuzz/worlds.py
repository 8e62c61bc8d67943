"""What is judged in every simulated world: no exception but a catalogued fault, bounded time, no packet lost."""

from collections.abc import Callable
from typing import Any

from netx_pop3 import quirks
from netx_sim import DeviceFault, leak_report, simulation, traps, tx_thread_sleep

SETTLED = 60000  # ticks until ARP, reassembly, retransmission and neighbours have given up
LONGEST = 2_000_000  # ticks, five and a half hours: nothing here may take longer
KNOWN = {*quirks.TRAPS, *quirks.QUIRKS, *traps.FAULTS, *traps.TRAPS}
LOST_ON_PURPOSE = "nobody: Q-"  # holder of a packet that the device loses as well, by its quirk


def play(body: Callable[[Any], None], config: dict[str, Any] | None = None) -> None:
    """Run `body` in a world of its own, wait until all is quiet, and look what is missing."""
    try:
        with simulation(seed=1, config=config) as sim:
            body(sim)
            tx_thread_sleep(SETTLED)
            assert sim.now < LONGEST, f"{sim.now} ticks"
            lost = [leak for leak in leak_report(sim) if not leak.holder.startswith(LOST_ON_PURPOSE)]
            assert not lost, str(leak_report(sim))
    except DeviceFault as fault:
        assert fault.quirk_id in KNOWN, fault
