"""A port: one compiled image (a program, or firmware in a shared library) and its link to the stack.

Read first: `marshal.py` (a service's arguments), `blocks.py` (control blocks), `packets.py`, `src/host.c` (unwinding).

The image's services are C functions that call Python through a table.  `Port.open` binds the table to a simulation; an
entry is filled when its service is first called.
"""

import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import netx_pop3.api
import netx_pop3.core
import netx_sim.api
from netx_c.port import extras, receivers
from netx_c.port.blocks import Registry, Twin
from netx_c.port.drivers import links_of
from netx_c.port.functions import CDriver, CFunction
from netx_c.port.kinds import Kind
from netx_c.port.layout import read_config, read_layout
from netx_c.port.marshal import UNWRITTEN, write_service
from netx_c.port.memory import Region, area, cast, ffi, pointer_at, pointer_set, text_at, words64_at, words_at
from netx_c.port.packets import Packets
from netx_c.port.rings import Rings
from netx_sim.arp.cache import NX_ARP
from netx_sim.checked.cores import core_of
from netx_sim.diagnose import unchecked_fault
from netx_sim.fault import ForeignThreadError
from netx_sim.ipv6.block import NXD_IPV6_ADDRESS
from netx_sim.kernel import Simulation, block_pool, byte_pool, event_flags, mutex, queue, semaphore, timer
from netx_sim.memory import address_of
from netx_sim.packet import NX_PACKET

_DATA = Path(__file__).parent.parent / "data/api.json"
_MORE = {"NX_ARP": NX_ARP, "NXD_IPV6_ADDRESS": NXD_IPV6_ADDRESS}
_WORD = "uint64_t"
_POINTER = 8  # bytes


class Interface:
    """The interface's data: services and structs by name."""

    def __init__(self) -> None:
        content = json.loads(_DATA.read_text())
        self.structs: dict[str, Any] = content["structs"]
        self.services: dict[str, tuple[dict[str, Any], bool]] = {}  # by the symbol in C: the service, with checks?
        for service in content["services"]:
            name = service["name"]
            self.services[name if name.startswith("_") else "_" + name] = (service, False)
            if service.get("checked"):
                self.services[service["checked"]] = (service, True)


_interface: list[Interface] = []


def interface() -> Interface:
    """The interface's data, read once."""
    if not _interface:
        _interface.append(Interface())
    return _interface[0]


def _faulting(service: Callable[..., Any], core: Callable[..., Any]) -> Callable[..., Any]:
    """A core that says what a device does with a block that no check has refused."""

    def call(*args: Any) -> Any:
        try:
            return core(*args)
        except (AttributeError, TypeError) as error:
            raise unchecked_fault(service, args) from error

    return call


class Port:
    """One image.

    Args:
        symbol (callable): the address of a symbol of the image, 0 if it has none.

    `config` holds the tunables that the image was compiled with, for `simulation(config=...)`.
    """

    def __init__(self, symbol: Callable[[str], int]) -> None:
        self.symbol = symbol
        self.config = read_config(symbol)
        self._layout = read_layout(symbol)
        self._interface = interface()
        known = {**vars(netx_sim.api), **vars(netx_pop3.api), **_MORE}
        self._kinds = {
            name: Kind(name, self._layout, self._interface.structs, known[name])
            for name in self._layout
            if name in self._interface.structs and name != "NX_PACKET"
        }
        self._names = self._service_names()
        self._table = symbol("netx_table")
        self._unwinding = cast("volatile int *", symbol("netx_unwinding"))
        self._unwound = cast("volatile int *", symbol("netx_unwound"))
        kind = f"{_WORD}(*)(uintptr_t, {_WORD}, {_WORD}, {_WORD}, {_WORD})"
        self.call4 = self._caller(cast(kind, symbol("netx_call")))
        self._call_many = cast(f"{_WORD}(*)(uintptr_t, {_WORD} *, uint32_t)", symbol("netx_call_many"))
        self._bind = ffi.callback("void(uint32_t)", self._fill, onerror=self._failed)
        self._foreign = ffi.callback("void(uint32_t)", self._refused)
        self._kept: list[Any] = []
        self._first_memory: Any = None
        self._error: BaseException | None = None
        self.on_unwind: Callable[[BaseException], None] | None = None
        self.sim: Any = None

    def _service_names(self) -> list[str]:
        names = self.symbol("netx_names")
        count = words_at(self.symbol("netx_count"))[0]
        return [ffi.string(cast("char *", pointer_at(names + 8 * index))).decode() for index in range(count)]

    # -- a simulation -----------------------------------------------------------------------------

    def open(self, sim: Simulation) -> None:
        """Bind the image to a simulation; it keeps nothing of the one before."""
        self.sim = sim
        self.interrupted: list[int] = []  # contexts, by handlers that have not come to their end
        self._functions: dict[tuple[int, str], Any] = {}
        self._addresses: dict[int, int] = {}  # of functions and drivers, by id
        self._texts: dict[Any, Region] = {}
        self._words: dict[int, extras.Word] = {}  # results that drivers are asked for, by the request's address
        self._packets = Packets(self._layout["NX_PACKET"], self._block_address, self.block)
        packets = self._packets
        created = Rings(self, self._layout).update
        look = (self._foreign_address, packets.address, packets.write, packets.read, self.function, words_at)
        self._registry = Registry(self._kinds, *look, created)
        self.read_instances = self._registry.read_instances
        self._twins = {name: self._registry.lookup(name) for name in self._kinds}
        self._scope = self._service_scope()
        self._watched = extras.Watched(self)
        receivers.know(self, self._functions, self._addresses)
        self.close()
        pointer_set(self.symbol("netx_bind"), int(cast("uintptr_t", self._bind)))
        pointer_set(self.symbol("netx_foreign"), int(cast("uintptr_t", self._foreign)))

    def close(self) -> None:
        """Forget which Python function each service is."""
        self._kept.clear()
        area(self._table, 8 * len(self._names))[:] = bytes(8 * len(self._names))

    def _service_scope(self) -> dict[str, Any]:
        """What the functions that `marshal` writes refer to."""
        scope: dict[str, Any] = {f"known_{name}": self._registry.known(name) for name in self._kinds}
        # A block without others inside is written by the function of its type alone.
        for name, kind in self._kinds.items():
            scope[f"write_{name}"] = Twin.write if kind.children else kind.update
        scope.update(
            adopt=self._registry.adopt,
            sim=self.sim,
            unwritten=UNWRITTEN,
            nothing=self._registry.known("NX_IP")[0],
            sizes={name: struct.size for name, struct in self._layout.items()},
            packet=self._packets.read,
            pointer_at=pointer_at,
            words=words_at,
            area=area,
            text=text_at,
            function=self.function,
            address_of=self.address,
            leave_packet=self._packets.write,
            write_pool=self._write_pool,
            write_block=self._update,
            words64=words64_at,
            refresh=self.refresh,
            write_threads=self._registry.write_threads,
            read_instances=self.read_instances,
            write_instance=self._write_instance,
            length_of=lambda packet: packet.nx_packet_length if packet is not None else 1,
            message_of=lambda queue: (queue.tx_queue_message_size * 4 or 4) if queue is not None else 4,
        )
        return scope

    # -- services ---------------------------------------------------------------------------------

    def _fill(self, index: int) -> None:
        """Put the function of a service into the table."""
        name = self._names[index]
        function = self._service_function(name)
        count = function.__code__.co_argcount - (1 if hasattr(function, "__self__") else 0)
        kind = f"{_WORD}({', '.join([_WORD] * count)})" if count else f"{_WORD}(void)"
        callback = ffi.callback(kind, function, error=0, onerror=self._failed)
        self._kept.append(callback)
        pointer_set(self._table + 8 * index, int(cast("uintptr_t", callback)))

    def _service_function(self, symbol: str) -> Any:
        other = extras.function(self, symbol) or receivers.call(self, symbol)
        if other is not None:
            return other
        service, checked = self._interface.services[symbol]
        alone = not service.get("checked")  # the device has one function only, with whatever checks it makes
        scope = dict(self._scope, service=self._python_service(service["name"], checked or alone))
        return write_service(service, checked, self._interface.structs, scope)

    def _python_service(self, name: str, checked: bool) -> Callable[..., Any]:
        public = getattr(netx_pop3.api, name, None) or getattr(netx_sim.api, name)
        raw = inspect.unwrap(public)  # what explains wrong types to Python's callers is not for C
        if checked or name.startswith("_"):
            return raw  # type: ignore[no-any-return]
        homes = (netx_pop3.core, block_pool, byte_pool, event_flags, mutex, queue, semaphore, timer)
        core = core_of(raw) or next((home for home in (getattr(one, "_" + name, None) for one in homes) if home), None)
        return raw if core is None else _faulting(raw, core)

    def _refused(self, index: int) -> None:
        """A thread of the program's own has called a service: the world ends at the next wait, and says so."""
        service = self._interface.services.get(self._names[index])
        name = service[0]["name"] if service is not None else self._names[index]
        self.sim._fail(
            ForeignThreadError(
                f"{name} was called from a thread that the program has started itself: "
                "only threads of tx_thread_create may; what such a thread learns comes in by netx_fd_attach"
            )
        )

    def _failed(self, _kind: Any, error: BaseException, trace: Any) -> int:
        """A service ends with an exception: have the stack of C unwound, and raise it again below."""
        error.with_traceback(trace)
        if self.on_unwind is not None:
            self.on_unwind(error)
        self._error = error
        self._unwinding[0] = 1
        return 0

    # -- calling C ----------------------------------------------------------------------------------

    def _caller(self, netx_call: Callable[..., int]) -> Callable[..., int]:
        unwound = self._unwound

        def call4(address: int, a: int, b: int, c: int, d: int) -> int:
            """Call a C function with up to four arguments."""
            result = netx_call(address, a, b, c, d)
            if unwound[0]:
                self._raise()
            return result

        return call4

    def _raise(self) -> None:
        error, self._error = self._error, None
        self._unwound[0] = 0
        raise error if error is not None else RuntimeError("C unwound its stack without a reason")

    def call(self, address: int, *args: int) -> int:
        """Call a C function in the running thread with integers and pointers; its result as 64 bits.

        Raises:
            BaseException: what ended a service in it that could not return.
        """
        values = ffi.new("uint64_t[]", [value & 0xFFFFFFFFFFFFFFFF for value in args] or [0])
        self.refresh()
        result: int = self._call_many(address, values, len(args))
        if self._unwound[0]:
            self._raise()
        return result

    def function(self, address: int, shape: str) -> Any:
        """The callable behind a function pointer: a C function, or the Python driver behind a driver's symbol."""
        if not address:
            return None
        key = (address, shape)
        function = self._functions.get(key)
        if function is None:
            driver = "NX_IP_DRIVER" in shape
            function = self._driver(address) if driver else CFunction(self, address, shape)
            self._functions[key] = function
            self._addresses[id(function)] = address
        return function

    def _driver(self, address: int) -> Any:
        """A link driver: the Python one behind its symbol, or one written in C with what is around all links."""
        known = extras.driver_at(self, address)
        if known is not None:
            return known
        return links_of(self.sim).wrapped(CDriver(self, address))

    def thread_entry(self, address: int) -> Callable[..., Any]:
        """The C function as an entry for tx_thread_create."""
        entry: Callable[..., Any] = self.function(address, "VOID (*)(ULONG entry_input)")
        return entry

    def kernel_enter(self) -> int:
        """`tx_kernel_enter`: run the image's tx_application_define, then the world until all threads have ended."""
        define = self.symbol("tx_application_define")
        if not define:
            raise RuntimeError("the program has no tx_application_define")

        size = self.sim.config.TX_LINUX_MEMORY_SIZE
        memory: int = self._call_many(self.symbol("netx_first_memory"), ffi.new("uint64_t[]", [size]), 1)

        def run(unused: bytearray) -> None:
            self._first_memory = unused  # where it is given back, LeakSanitizer fails at the end of the program
            self.call(define, memory)

        self.sim.run(run)
        self.refresh()
        return 0

    # -- blocks and packets -------------------------------------------------------------------------

    def block(self, address: int, name: str) -> Any:
        """The Python block behind a C control block of this type; None for null."""
        return self._twins[name](address).object

    def packet(self, address: int) -> NX_PACKET | None:
        """The Python packet behind a C packet; None for null."""
        return self._packets.read(address)

    def address(self, value: Any) -> int:
        """The C address of a block, packet, text, function or area; a block that Python made gets a struct."""
        if value is None:
            return 0
        if isinstance(value, int):
            return value
        if isinstance(value, NX_PACKET):
            return self._packets.address(value)
        if type(value).__name__ in self._kinds:
            twin = self._registry.twin_of(value)
            return twin.address
        return self._foreign_address(value, "")

    def _block_address(self, block: Any) -> int:
        return self._registry.twin_of(block).address if block is not None else 0

    def _foreign_address(self, value: Any, _kind: str) -> int:
        known = getattr(value, "address", None)
        if isinstance(known, int):
            return known
        if isinstance(value, int):
            return value
        if isinstance(value, NX_PACKET):
            return self._packets.address(value)
        if isinstance(value, str | bytes):
            return self._text_address(value)
        if isinstance(value, bytearray | memoryview):
            return address_of(value)
        if type(value).__name__ in self._kinds:
            return self.address(value)
        return self._addresses.get(id(value), 0)

    def _text_address(self, text: str | bytes) -> int:
        """Where C finds a text that Python made."""
        if text not in self._texts:
            data = text.encode() if isinstance(text, str) else bytes(text)
            region = self._texts[text] = Region(len(data) + 1)
            region.view[: len(data)] = data
        return self._texts[text].address

    def refresh(self) -> None:
        """Bring all structs that C may look at up to date."""
        self._watched.write()
        self._registry.write_all()

    def relink(self) -> None:
        """A block was created or deleted: the neighbours of others have changed."""
        self._registry.relink()

    def leave_packet(self, packet: Any) -> int:
        """A packet goes to C: its header and its pool's are brought up to date; the header's address."""
        if packet is None:
            return 0
        self._write_pool(packet)
        return self._packets.write(packet)

    def _write_pool(self, packet: Any) -> None:
        """Bring the pool of a packet up to date."""
        pool = packet.nx_packet_pool_owner if packet is not None else None
        if pool is not None:
            twin = self._registry.twin_of(pool)
            twin.kind.update(twin)

    def _update(self, block: Any) -> None:
        """Bring the struct of a block up to date, but not the blocks inside."""
        twin = self._registry.twin_of(block)
        twin.kind.update(twin)

    def _write_instance(self, ip: Any) -> None:
        """A call of a socket or an instance moves the counters of the instance and of its pool."""
        if ip is not None and ip.nx_ip_id:
            self._update(ip)
            self._update(ip.nx_ip_default_packet_pool)

    # -- arguments of callbacks -----------------------------------------------------------------------

    def leave_argument(self, value: Any, kind: str) -> int:
        """A callback's argument on its way to C."""
        if isinstance(value, NX_PACKET):
            return self.leave_packet(value)
        if isinstance(value, list):
            region = Region(4 * len(value))
            self._texts[id(region)] = region
            region.view[:] = b"".join([word.to_bytes(4, "little") for word in value])
            return region.address
        if value is not None and type(value).__name__ in self._kinds:
            twin = self._registry.twin_of(value)
            twin.write()
            return twin.address
        return self.address(value)

    def take_argument(self, value: Any) -> None:
        """Take over what a callback has written into its argument."""
        if isinstance(value, NX_PACKET):
            if self._packets.known(value):
                self._packets.read(self._packets.address(value))
        elif value is not None and type(value).__name__ in self._kinds:
            self._registry.twin_of(value).read()

    def leave_request(self, request: Any) -> int:
        """A driver's request on its way to C: with its packet, its interface and its instance."""
        registry = self._registry
        if request.nx_ip_driver_packet is not None:
            self._packets.write(request.nx_ip_driver_packet)
        registry.twin_of(request.nx_ip_driver_ptr).write()
        result = request.nx_ip_driver_return_ptr
        if result is not None and not hasattr(result, "address"):
            request.nx_ip_driver_return_ptr = extras.Word(result)
        twin = registry.twin_of(request)
        twin.write()
        if isinstance(request.nx_ip_driver_return_ptr, extras.Word):
            self._words[twin.address] = request.nx_ip_driver_return_ptr
        self._watched.write()
        return twin.address

    def request_at(self, address: int) -> Any:
        """The request that a driver written in C hands on, with what its pointers point to now."""
        request = self.block(address, "NX_IP_DRIVER")
        fields = self._layout["NX_IP_DRIVER"].fields
        at = {name: pointer_at(address + offset) for name, (offset, size) in fields.items() if size == _POINTER}
        request.nx_ip_driver_packet = self._packets.read(at["nx_ip_driver_packet"])
        request.nx_ip_driver_ptr = self.block(at["nx_ip_driver_ptr"], "NX_IP")
        request.nx_ip_driver_interface = self.block(at["nx_ip_driver_interface"], "NX_INTERFACE")
        request.nx_ip_driver_return_ptr = words_at(at["nx_ip_driver_return_ptr"])
        return request

    def request_done(self, request: Any) -> None:
        """What the driver behind has answered, for the driver in front."""
        self._registry.twin_of(request).write()

    def take_request(self, request: Any) -> None:
        """Take over what a driver has written: the status, the interface's fields, the packet's header."""
        registry = self._registry
        twin = registry.twin_of(request)
        twin.read()
        result = self._words.pop(twin.address, None)
        if result is not None:
            result.give()
            request.nx_ip_driver_return_ptr = result.target
        if request.nx_ip_driver_interface is not None:
            registry.twin_of(request.nx_ip_driver_interface).read()
        packet = request.nx_ip_driver_packet
        if packet is not None and self._packets.known(packet):
            self._packets.read(self._packets.address(packet))
        if packet is None:
            registry.forget(request)  # a request without a packet is made for one call
