"""The ThreadX layer: clock, scheduler, threads, timers and the objects threads wait for.

``clock`` owns time, ``scheduler`` decides who runs, ``simulation`` is one world made of both.  The
services (``tx_*``) are in one file per object and act on ``current()``.
"""

from netx_sim.kernel.simulation import Simulation, callback_registered, current, never_waits, simulation
from netx_sim.kernel.threads import CONTEXT_INIT, CONTEXT_ISR, CONTEXT_THREAD, CONTEXT_TIMER

__all__ = [
    "CONTEXT_INIT",
    "CONTEXT_ISR",
    "CONTEXT_THREAD",
    "CONTEXT_TIMER",
    "Simulation",
    "callback_registered",
    "current",
    "never_waits",
    "simulation",
]
