"""Which packets are out of their pools: who allocated them, who has them.

``leak_report()`` may be asked at any time.  When a simulation ends, packets that are still out go to the
diagnostics as ``leak``, one report a pool.  In ``simulation(..., trace_allocations=True)`` each packet also
knows the line of the program that brought its allocation about; otherwise allocation costs nothing more.
"""

import sys

from netx_sim.diagnostics import report
from netx_sim.kernel import current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.kernel import Simulation
    from netx_sim.packet_pool import NX_PACKET, NX_PACKET_POOL

# Modules whose lines are not the program's.
_OWN = ("netx_sim", "netx_pop3", "netx_drivers", "netx_c", "threading")

# Functions asked for the line of the program at work, before the callers in Python are looked through; a port whose
# programs are not in Python has one.  Empty text: not known here.
line_hooks: "list[Callable[[], str]]" = []


class Leak:
    """One packet that is out of its pool.

    Args:
        packet (NX_PACKET): the packet.

    Fields: `pool` (its pool), `allocated_by` (service or part of the stack), `allocated_at` (file, line and function
    of the program; empty without trace_allocations, or where no line of the program was at work), `holder` (who has
    it now), `since` (the tick from which on; without trace_allocations that of the allocation), `tick` (of its
    allocation), `length` (bytes in it and its chain).
    """

    __slots__ = ("allocated_at", "allocated_by", "holder", "length", "packet", "pool", "since", "tick")

    def __init__(self, packet: "NX_PACKET") -> None:
        self.packet = packet
        self.pool: "Any" = packet.nx_packet_pool_owner
        self.allocated_by = packet._allocated_by
        self.allocated_at = packet._allocated_at
        self.holder = packet._holder
        self.tick = packet._allocated_tick
        self.since: int = getattr(packet, "_held_since", self.tick)
        self.length = packet.nx_packet_length

    def __repr__(self) -> str:
        return "<Leak of " + str(self.pool.nx_packet_pool_name) + " " + self.allocated_by + ", " + self.holder + ">"


class LeakReport(list):  # type: ignore[type-arg]
    """The packets that are out, a `Leak` each; as text a paragraph for each pool."""

    def __str__(self) -> str:
        pools: "list[Any]" = []
        for leak in self:
            if leak.pool not in pools:
                pools.append(leak.pool)
        return "\n".join([_pool_text(pool, [leak for leak in self if leak.pool is pool]) for pool in pools])


def packets_out(pool: "NX_PACKET_POOL") -> "list[NX_PACKET]":
    """The packets of a pool that are not free, in memory order."""
    free = {id(packet) for packet in pool._free}
    return [packet for packet in pool._packets if id(packet) not in free]


def leak_report(sim: "Simulation | None" = None) -> LeakReport:
    """The packets that are out of the pools of a simulation.

    Args:
        sim: the simulation; None for the current one.

    Returns:
        LeakReport: a list of `Leak`; printed, it says how many packets of which pool are out, allocated by whom and
        where, held by whom, since which tick.
    """
    if sim is None:
        sim = current()
    found = LeakReport()
    for pool in sim.packet_pools:
        if pool.nx_packet_pool_available != pool.nx_packet_pool_total:
            found.extend([Leak(packet) for packet in packets_out(pool)])
    return found


def _pool_text(pool: "Any", leaks: "list[Leak]") -> str:
    """What is out of one pool, packets of the same fate together, the most first."""
    count = str(len(leaks)) + " of " + str(pool.nx_packet_pool_total)
    lines = ["pool " + str(pool.nx_packet_pool_name) + ": " + count + " packets are out"]
    groups: "dict[tuple[str, str, str], list[Leak]]" = {}
    for leak in leaks:
        groups.setdefault((leak.holder, leak.allocated_by, leak.allocated_at), []).append(leak)
    return "\n".join(lines + [_group_text(groups[key]) for key in sorted(groups, key=lambda key: -len(groups[key]))])


def _group_text(leaks: "list[Leak]") -> str:
    """One line for packets that have the same holder and come from the same place."""
    first = leaks[0]
    line = "  " + str(len(leaks)) + " held by " + first.holder + " since " + _ticks([leak.since for leak in leaks])
    line += ", allocated by " + first.allocated_by + " at " + _ticks([leak.tick for leak in leaks])
    return line + (", from " + first.allocated_at if first.allocated_at else "")


def _ticks(ticks: "list[int]") -> str:
    low, high = min(ticks), max(ticks)
    return "tick " + str(low) + (" to " + str(high) if high > low else "")


def leaks_tell(sim: "Simulation") -> None:
    """Tell the diagnostics what is out when a simulation ends."""
    found = leak_report(sim)
    for pool in sim.packet_pools:
        leaks = [leak for leak in found if leak.pool is pool]
        if leaks:
            report("leak", str(pool.nx_packet_pool_name), _pool_text(pool, leaks), leaks=leaks)


# -- where allocations come from ----------------------------------------------------------------------


class TracedPackets(list):  # type: ignore[type-arg]
    """A free list that notes, for each packet taken from it, the line of the program at work."""

    def pop(self, index: int = -1) -> "Any":  # type: ignore[override]
        packet = list.pop(self, index)
        packet._allocated_at = program_line()
        return packet


def program_line() -> str:
    """File, line and function of the innermost caller outside the packages here; empty if there is none."""
    for hook in line_hooks:
        known = hook()
        if known:
            return known
    try:
        frame: "Any" = sys._getframe(1)
    except AttributeError:
        return ""  # a board
    while frame is not None:
        if frame.f_globals.get("__name__", "netx_c").split(".")[0] not in _OWN:  # a port writes nameless code
            line: str = frame.f_code.co_filename + ":" + str(frame.f_lineno) + " " + frame.f_code.co_name
            return line
        frame = frame.f_back
    return ""
