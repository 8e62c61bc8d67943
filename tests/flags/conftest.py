"""Packet scripts for the flags that change what is on the wire."""

from netx_sim.testing.drill_fixture import drill, make_drill  # noqa: F401
