"""Exceptions that say what a device would have done where it has no status to return."""


class DeviceFault(Exception):
    """The device would crash or hang here; the host stops and says so.

    Args:
        quirk_id (str): name of the trap in the catalogue, for example ``Q-DELETE-TWICE``.
        what (str): what the device would have done.
    """

    def __init__(self, quirk_id: str, what: str) -> None:
        super().__init__(quirk_id + ": " + what)
        self.quirk_id = quirk_id
        self.what = what


class SimulationDeadlock(Exception):
    """Every application thread waits for ever and nothing is left that could wake one.

    The message lists who waits for what.
    """


class ForeignThreadError(RuntimeError):
    """A service was called from an operating system thread that the kernel does not run."""


class WorldStopped(BaseException):
    """Unwinds the stack of a thread whose world has ended.  Never caught by ``except Exception``."""


class ThreadExit(BaseException):
    """Unwinds the Python stack of a terminated thread.  Never caught by ``except Exception``."""
