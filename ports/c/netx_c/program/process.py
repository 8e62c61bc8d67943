"""What the interpreter of a program does: it makes the simulation from the environment, and ends it in good order.

Read first: `environment.py` (the variables NETX_...), `exits.py` (statuses), `src/python.c` (who calls this).

`start` runs at the program's first service call.  What tx_kernel_enter does is `ProgramPort.kernel_enter`; it returns
to the program's main, whose status counts.  At exit, whoever calls it, the capture is finished and leaks are told.
"""

import atexit
import io
import logging
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from netx_c.port.binding import Port
from netx_c.port.drivers import DEFAULT_LINK, Links, links_of, use_links
from netx_c.port.host_functions import HostFunctions
from netx_c.program.environment import BadVariable, Settings, read_environment
from netx_c.program.exits import Exit
from netx_drivers.capture import Capture, CaptureFile
from netx_drivers.errors import LinkError
from netx_drivers.faults import Faults
from netx_drivers.url import driver_for_url
from netx_sim import diagnostics, leaks
from netx_sim.fault import DeviceFault, ForeignThreadError, SimulationDeadlock, ThreadExit, WorldStopped
from netx_sim.kernel import simulation
from netx_sim.snapshot import netstat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_drivers.wrapper import Driver


class Terminated(BaseException):
    """SIGTERM came."""


class ProgramError(Exception):
    """What the program has done cannot be; the text is one sentence."""


# What ends a service, but not because of it.
_WITHOUT_PLACE = (ThreadExit, WorldStopped, SimulationDeadlock, KeyboardInterrupt, Terminated, BadVariable, LinkError)
_QUIRK_KINDS = ("quirk", "trap")
# Who gives a packet back by itself, if only the program goes on.
_ON_THE_WAY = ("link driver, ", "driver deferred queue", "ARP receive queue", "IP receive queue")


def say(text: str) -> None:
    """Tell the user."""
    sys.stderr.write(f"netx: {text}\n")
    sys.stderr.flush()


class ProgramPort(Port):
    """The port of a program: what ends the kernel ends the program, with a status that says why."""

    def __init__(self, host: HostFunctions, end: Callable[[BaseException], NoReturn]) -> None:
        super().__init__(host.symbol)
        self._print_stack = host.print_stack
        self._end = end
        self.running = False
        self._shown: BaseException | None = None
        self.on_unwind = self._unwind

    def kernel_enter(self) -> int:
        """`tx_kernel_enter`: back when all threads have ended, or one has called netx_stop."""
        if not self.symbol("tx_application_define"):
            self._end(ProgramError("tx_kernel_enter was called, but no tx_application_define is in the program"))
        self.running = True
        try:
            super().kernel_enter()
        except BaseException as error:  # noqa: BLE001 - each has its status
            self._end(error)
        finally:
            self.running = False
        return 0

    def _unwind(self, error: BaseException) -> None:
        """A service cannot return.  In main, outside of the kernel, there is nothing to go back to."""
        if error is not self._shown and not isinstance(error, _WITHOUT_PLACE):
            self._print_stack()
        self._shown = error
        if not self.running:
            self._end(error)


class Program:
    """A program with its simulation.

    Args:
        settings: from the environment.
        host: functions of C.
    """

    def __init__(self, settings: Settings, host: HostFunctions) -> None:
        self._settings = settings
        self._host = host
        self.port = ProgramPort(host, self.end)
        self._ended = False
        self._quirks: Counter[str] = Counter()
        self._capture: CaptureFile | None = None
        self._wrapped = 0
        self._world = simulation(settings.seed, {**self.port.config, **settings.config}, self._trace())
        self.sim = self._world.__enter__()
        self._set_clock()
        self._set_links()
        self._watch_quirks()

    def _trace(self) -> bool:
        """Note the line of C that allocates a packet, where leaks were asked for: it takes its time."""
        if not self._settings.leaks_given or self._settings.leaks == "ignore":
            return False
        from netx_c.port.where import Lines
        from netx_c.program.image import program_image

        image = program_image()
        if image is not None:
            lines = Lines()
            lines.images.append(image)
            leaks.line_hooks.append(lines)
        return True

    # -- made from the settings -----------------------------------------------------------------

    def _set_clock(self) -> None:
        if self._settings.clock == "real":
            # A descriptor on which nothing ever comes makes the clock the host's.
            self.sim.attach_fd(os.eventfd(0), lambda _: None, None)
        elif self._settings.clock == "virtual":
            setattr(self.sim, "attach_fd", _refuse_real)  # noqa: B010 - a method of this one simulation

    def _set_links(self) -> None:
        settings = self._settings
        if settings.capture is not None:
            try:
                self._capture = CaptureFile(settings.capture)
            except OSError as error:
                raise BadVariable("NETX_CAPTURE", str(settings.capture), error.strerror) from error
        try:
            links = Links(settings.link, self._around)
            if settings.link_given and settings.link != DEFAULT_LINK:
                links.plain = driver_for_url(settings.link)
        except LinkError:
            raise
        except (ValueError, OSError) as error:
            raise BadVariable("NETX_LINK", settings.link, error) from error
        use_links(self.sim, links)

    def _around(self, plain: "Driver") -> "Driver":
        """A link as the settings want it; the capture shows what is on it after the faults."""
        driver = plain
        if self._capture is not None:
            driver = Capture(driver, self._capture)
        if self._settings.faults is not None:
            plan = {"seed": self._settings.seed, **self._settings.faults}
            driver = Faults(driver, **{**plan, "seed": plan["seed"] + self._wrapped})
            self._wrapped += 1
        return driver

    # -- quirks ---------------------------------------------------------------------------------

    def _watch_quirks(self) -> None:
        for name in ("netx_pop3", "netx_sim"):
            logging.getLogger(name).addHandler(logging.NullHandler())  # told here, and once
        diagnostics.hooks.append(self._note)

    def _note(self, kind: str, name: str, message: str, fields: dict[str, Any]) -> None:
        if kind not in _QUIRK_KINDS or not fields.get("harm") or self._settings.quirks == "ignore":
            return
        self._quirks[name] += 1
        if self._quirks[name] == 1:
            say(f"{name}: {message}")

    # -- the end --------------------------------------------------------------------------------

    def end(self, error: BaseException) -> NoReturn:
        """End the program because of an error."""
        status = tell(error)
        self._ended = True
        self._host.exit(status)

    def finish(self, status: int) -> int:
        """The program exits: finish files, tell what is wrong; the status to exit with."""
        try:
            self._host.flush()
            self._close_capture()
            if not self._ended:
                status = self._judge(status)
            # What Python would do when it ends, which it never does here.
            atexit._run_exitfuncs()
        except BaseException:  # noqa: BLE001 - there is nobody above
            traceback.print_exc()
        return status

    def _close_capture(self) -> None:
        if self._capture is not None:
            try:
                self._capture.close()
            except OSError as error:
                say(f"NETX_CAPTURE={self._settings.capture}: {error.strerror}")

    def _judge(self, status: int) -> int:
        """The status with leaks and quirks; a program's own failure goes first."""
        lost = leaks.LeakReport(
            [leak for leak in leaks.leak_report(self.sim) if not leak.holder.startswith(_ON_THE_WAY)]
        )
        verdict = 0
        if self._settings.link_given and not links_of(self.sim).used:
            say(f"NETX_LINK={self._settings.link} is not used: no instance has nx_host_network_driver")
        again = [f"{name} {count} times" for name, count in sorted(self._quirks.items()) if count > 1]
        if again:
            say(f"in all: {', '.join(again)}")
        if self._quirks and self._settings.quirks == "error":
            verdict = Exit.QUIRK
        if lost and self._settings.leaks != "ignore":
            say(f"packets are out of their pools at the end\n{lost}")
            verdict = Exit.LEAK if self._settings.leaks == "error" else verdict
        return status or verdict

    def stopper(self, kind: type[BaseException]) -> Callable[[int, FrameType | None], None]:
        """A handler for a signal that shall end the program."""

        def handler(_number: int, _frame: FrameType | None) -> None:
            if not self.port.running:
                raise kind
            self.sim.request_stop(kind())

        return handler

    def crashed(self) -> None:
        """A signal has come: in a child that has a copy of everything, say how things were."""
        if self._capture is not None:
            self._capture.flush()
        thread = self.sim.current
        if thread is not None:
            say(f"in thread {thread.tx_thread_name}")
        say(f"netstat\n{netstat(self.sim)}")


def _refuse_real(_fd: int, _on_readable: Any, _argument: Any) -> NoReturn:
    raise BadVariable("NETX_CLOCK", "virtual", "a link has a file descriptor, which wants the real clock")


def tell(error: BaseException) -> Exit:
    """Say what has ended the program; the status for it."""
    if isinstance(error, KeyboardInterrupt | Terminated):
        say("stopped")
        return Exit.INTERRUPTED if isinstance(error, KeyboardInterrupt) else Exit.TERMINATED
    for kind, status in _STATUSES:
        if isinstance(error, kind):
            say(str(error))
            return status
    traceback.print_exception(error)
    say("this is an error of the host, or a use of it that no C compiler lets pass")
    return Exit.HOST


_STATUSES: tuple[tuple[type[BaseException], Exit], ...] = (
    (BadVariable, Exit.ENVIRONMENT),
    (LinkError, Exit.LINK),
    (DeviceFault, Exit.FAULT),
    (SimulationDeadlock, Exit.DEADLOCK),
    (ForeignThreadError, Exit.HOST),
    (ProgramError, Exit.HOST),
)


# -- starting ---------------------------------------------------------------------------------------


class _Output(io.TextIOBase):
    """Python's standard output, in order with what the program has printed."""

    def __init__(self, host: HostFunctions) -> None:
        self._host = host

    def write(self, text: str) -> int:
        self._host.flush()
        os.write(1, text.encode("utf-8", "surrogateescape"))
        return len(text)


def start() -> None:
    """Make the simulation of a program and bind its services; called once, in the program's first thread."""
    host = HostFunctions()
    sys.stdout = _Output(host)
    try:
        program = Program(read_environment(os.environ), host)
        program.port.open(program.sim)
    except (BadVariable, LinkError) as error:
        host.exit(tell(error))
    _kept.append(program)
    host.set_function("netx_at_exit", "int(*)(int)", program.finish)
    host.set_function("netx_crash_report", "void(*)(void)", program.crashed)
    for number, kind in ((signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, Terminated)):
        if host.signal_is_default(number):
            signal.signal(number, program.stopper(kind))
            host.stop_signal(number)


_kept: list[Program] = []
