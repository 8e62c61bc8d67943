"""Firmware in C, loaded into this process and bound to a simulation, for tests in Python.

    firmware.mail_count, firmware.config.server[0] = 3, 192     variables, static ones too
    firmware.mail_task_run(3)                                   functions
    firmware.start()                                            its tx_application_define
    firmware.thread("mail_entry", priority=4).wait()            a thread on one of its functions
    firmware.twin("client")                                     the Python object behind a control block

Read next: `dwarf/image.py` (names), `dwarf/values.py` (values), `port/binding.py` (services).
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from netx_c.dwarf.calls import FunctionView
from netx_c.dwarf.image import Image, Names
from netx_c.dwarf.program import Program
from netx_c.dwarf.types import Array, CType, Pointer, Struct, spelled
from netx_c.dwarf.values import PointerView, View
from netx_c.port.binding import Port, interface
from netx_sim.constants_tx import TX_AUTO_START, TX_COMPLETED, TX_DONT_START, TX_TERMINATED
from netx_sim.kernel import CONTEXT_INIT, CONTEXT_THREAD, Simulation
from netx_sim.kernel.thread import _tx_thread_create, _tx_thread_resume, _tx_thread_terminate
from netx_sim.kernel.thread_block import TX_THREAD
from netx_sim.packet import NX_PACKET

__tracebackhide__ = True  # what is wrong is wrong in the test, whose line pytest shows

_STACK = 1024  # what a thread is told; its C code runs on a stack of the operating system's


class FirmwareImage(Image):
    """An image whose services are those of a simulation.

    Args:
        path: the library.
        program: its debug information.
    """

    def __init__(self, path: Path, program: Program) -> None:
        super().__init__(path, program)
        self.port = Port(self.dlsym)
        self._attached = False

    def attach(self, sim: Simulation) -> None:
        """Bind the services to a simulation."""
        self.port.open(sim)
        self._attached = True

    def detach(self) -> None:
        """The simulation has ended."""
        if self._attached:
            self.port.close()
        self._attached = False

    def call(self, address: int, *arguments: int) -> int:
        """Call a C function in the running thread of the simulation."""
        self.check_open()
        if not self._attached:
            raise RuntimeError("the simulation has ended: C functions cannot be called any more")
        return self.port.call(address, *arguments)

    def refresh(self, kind: Struct) -> None:
        """A control block will be read: bring C's struct up to date with the Python object."""
        if self._attached and block_name(kind) in interface().structs:
            self.port.refresh()

    def written(self, kind: Struct, address: int) -> None:
        """A field of a control block was written: have the Python object take it over."""
        name = block_name(kind)
        if self._attached and name in interface().structs and name != "NX_PACKET":
            self.port.block(address, name)

    def address_of(self, value: Any) -> int | None:
        """The C address of a control block, packet or function of Python's."""
        if not self._attached:
            return None
        address = self.port.leave_packet(value) if isinstance(value, NX_PACKET) else self.port.address(value)
        return address or None


def block_name(kind: CType) -> str:
    """The name under which the interface knows a struct."""
    return spelled(kind).removesuffix("_STRUCT")


class Firmware(Names):
    """One copy of a build, bound to a simulation.  Names of C are attributes; `firmware["start"]` is C's `start`.

    Args:
        path: the build; a private copy of it is loaded, so that all variables begin with their initial values.
        program: the debug information of the build.
        folder: for the copy.
        world: its simulation is `sim`, `until(condition)` waits in it, `forgive(thread)` is told what needs no delete.
    """

    port: Port

    def __init__(self, path: Path, program: Program, folder: Path, world: Any) -> None:
        with tempfile.NamedTemporaryFile(dir=folder, prefix="firmware-", suffix=".so", delete=False) as file:
            copy = Path(file.name)
        shutil.copyfile(path, copy)
        image = FirmwareImage(copy, program)
        image.name = ", ".join(Path(unit.file).name for unit in program.units)
        super().__init__(image)
        for name, value in (("port", image.port), ("_copy", copy), ("_world", world)):
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"<firmware {self._image.name}>"

    # -- life -------------------------------------------------------------------------------------

    def attach(self) -> None:
        """Bind it to the simulation."""
        self._firmware_image.attach(self._simulation)

    def close(self) -> None:
        """Unload it, when its simulation has ended; what is asked of it later is an error."""
        self._firmware_image.detach()
        self._image.close()
        self.__dict__["_copy"].unlink(missing_ok=True)

    @property
    def _firmware_image(self) -> FirmwareImage:
        image = self._image
        assert isinstance(image, FirmwareImage)
        return image

    @property
    def _simulation(self) -> Simulation:
        sim: Simulation = self.__dict__["_world"].sim
        return sim

    # -- running ----------------------------------------------------------------------------------

    def start(self) -> None:
        """Call its `tx_application_define` as the kernel does at its start; the test stays a thread of priority 16.

        Threads that it starts run as soon as they outrank the test or the test waits.
        """
        define = self._image.dlsym("tx_application_define")
        if not define:
            raise AttributeError("the firmware has no tx_application_define")
        sim = self._simulation
        memory = self._image.keep(bytes(sim.config.TX_LINUX_MEMORY_SIZE))
        before = sim.current
        sim.current, sim.context = None, CONTEXT_INIT
        try:
            self._image.call(define, memory)
        finally:
            sim.current, sim.context = before, CONTEXT_THREAD
        sim.preempt()

    def thread(
        self,
        entry: "str | FunctionView",
        argument: int = 0,
        priority: int = 16,
        threshold: int | None = None,
        time_slice: int = 0,
        name: str = "",
        start: bool = True,
    ) -> "FirmwareThread":
        """Start a thread on a C function.

        Args:
            entry: the function or its name.
            argument: its ULONG.
            priority: 0 is the highest; the test itself has 16.
            threshold: preemption threshold; None for the priority.
            time_slice: ticks, 0 for none.
            name: in reports; the function's name if empty.
            start: at once; else by `resume`.
        """
        function = self[entry] if isinstance(entry, str) else entry
        if not isinstance(function, FunctionView):
            raise TypeError(f"{entry!r} is no function")
        block = TX_THREAD()
        how = TX_AUTO_START if start else TX_DONT_START
        limit = priority if threshold is None else threshold
        title = name or function._name
        code = self.port.thread_entry(int(function))
        world = self.__dict__["_world"]
        _tx_thread_create(block, title, code, argument, bytearray(_STACK), _STACK, priority, limit, time_slice, how)
        world.forgive(block)
        return FirmwareThread(block, world.until)

    def driver(self, name: str) -> Callable[[Any], None]:
        """A link driver written in C, for an instance made in Python: `pop3_server(..., link=firmware.driver("eth"))`.

        What is around all links of the test is around it as well: faults and captures.
        """
        address = self._image.dlsym(name)
        if not address:
            raise AttributeError(f"the firmware has no {name}")
        driver: Callable[[Any], None] = self.port.function(address, "VOID (*)(NX_IP_DRIVER *)")
        return driver

    # -- looking ----------------------------------------------------------------------------------

    def file(self, name: str) -> Names:
        """The names of one source file: `firmware.file("retry.c").count` where several files have a `count`."""
        return Names(self._image, self._image.unit(name))

    def twin(self, what: Any) -> Any:
        """The Python object behind a control block or packet.

        Args:
            what: the name of a variable, or a struct or pointer that was read.
        """
        value = self[what] if isinstance(what, str) else what
        if not isinstance(value, View):
            raise TypeError(f"{what!r} is no control block")
        kind = value.pointed
        while isinstance(kind, Array):
            kind = kind.element
        name = block_name(kind)
        if name == "NX_PACKET":
            return self.port.packet(int(value))
        if not isinstance(kind, Struct) or name not in interface().structs:
            raise TypeError(f"{what!r} is {spelled(kind)}, which is no control block")
        return self.port.block(int(value), name)

    def view(self, block: Any) -> Any:
        """The C struct of a Python control block or packet."""
        address = self._image.address_of(block)
        kind = self._image.program.struct("NX_PACKET" if isinstance(block, NX_PACKET) else type(block).__name__)
        if address is None or kind is None:
            raise TypeError(f"{block!r} is no control block that this firmware knows")
        return PointerView(self._image, Pointer("pointer", 8, kind), address)[0]

    def new(self, type_name: str, value: Any = None) -> Any:
        """Memory of a C type, zeros or a value, that stays until the end of the test: `new("char[100]", "text")`."""
        return self._image.new(type_name, value)

    def cast(self, type_name: str, value: Any) -> Any:
        """A pointer or number as another type: `cast("struct config *", firmware.opaque)`."""
        return self._image.cast(type_name, value)


class FirmwareThread:
    """A thread that a test has started; it ends with the test."""

    def __init__(self, block: TX_THREAD, wait: Callable[..., None]) -> None:
        self.block = block
        self._wait = wait

    @property
    def done(self) -> bool:
        """Has its function returned, or was it terminated?"""
        return self.block.tx_thread_state in (TX_COMPLETED, TX_TERMINATED)

    def wait(self, ticks: int = 6000) -> None:
        """Let time pass until it has ended.

        Raises:
            StillWaitingError: it has not ended after so many ticks; the message says who waits for what.
        """
        self._wait(lambda: self.done, ticks, f"thread {self.block.tx_thread_name} to end")

    def resume(self) -> int:
        """Start it, if it was made not to start at once."""
        return _tx_thread_resume(self.block)

    def terminate(self) -> int:
        """End it where it is."""
        return _tx_thread_terminate(self.block)

    def __repr__(self) -> str:
        return f"<FirmwareThread {self.block.tx_thread_name}{' done' if self.done else ''}>"
