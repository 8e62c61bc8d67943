"""The traps as a board reports them: by id.  The texts are in docs/quirks.md."""

from netx_sim.diagnostics import report


def trapped(trap_id, **fields):
    """Report one occurrence."""
    report("trap", trap_id, "", **fields)
