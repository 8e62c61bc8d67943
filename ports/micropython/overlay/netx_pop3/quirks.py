"""The quirks as a board reports them: by id.  The texts are in docs/quirks.md; on a board they would cost 28 KB."""

from netx_sim.diagnostics import report
from netx_sim.fault import DeviceFault


def quirk(quirk_id, **fields):
    """Report one occurrence of a quirk."""
    report("quirk", quirk_id, "", **fields)


def trap(trap_id):
    """The exception for a situation in which a device crashes or hangs."""
    report("fault", trap_id, "")
    return DeviceFault(trap_id, "")
