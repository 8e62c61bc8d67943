"""Packet scripts, as in tests/drill."""

from netx_sim.testing.drill_fixture import drill, make_drill

__all__ = ["drill", "make_drill"]
