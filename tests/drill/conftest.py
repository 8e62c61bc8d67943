"""Packet scripts: the fixtures of the product, and statuses by name."""

from netx_sim.testing.drill_fixture import drill, make_drill

__all__ = ["drill", "make_drill"]
