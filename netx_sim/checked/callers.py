"""Who may call: the context checks that the checked services share, by their NetX meaning."""

from netx_sim.kernel.threads import CONTEXT_ISR, CONTEXT_THREAD, CONTEXT_TIMER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_sim.kernel import Simulation


def threads_only(sim: "Simulation") -> bool:
    """An ordinary thread runs: not initialisation, not an interrupt, not the timer thread."""
    return sim.context == CONTEXT_THREAD and sim.current is not None


def not_isr_not_timer(sim: "Simulation") -> bool:
    """Initialisation or an ordinary thread."""
    return sim.context < CONTEXT_TIMER


def not_isr(sim: "Simulation") -> bool:
    """Anything but an interrupt."""
    return sim.context != CONTEXT_ISR


def wait_allowed(sim: "Simulation", wait_option: int) -> bool:
    """A wait other than 0 needs an ordinary thread."""
    return not wait_option or (sim.context == CONTEXT_THREAD and sim.current is not None)
