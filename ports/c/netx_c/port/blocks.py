"""Control blocks: one C struct and the Python object that is the truth behind it.

Read first: `Twin`, and `Kind` in `kinds.py`.  A service works on Python objects; C sees structs.  Whenever C runs, the
fields of the structs that it may look at are those of the objects; what C itself has written since is taken over when
it next calls a service.

Embedded blocks (the interfaces of an instance, the socket of a client) have twins of their own, because C passes their
addresses.
"""

from collections.abc import Callable, Iterator
from struct import error as StructError
from typing import Any

from netx_c.port.kinds import BUSY, UNKNOWN, Field, Kind, assign, reach
from netx_c.port.memory import CHAR, Region, cast, ffi
from netx_c.port.receivers import FIELDS
from netx_sim.kernel import callback_registered

# Pointers that the application or a driver writes; all others are the stack's.
_USERS = ("nx_tcp_socket_reserved_ptr", "nx_udp_socket_reserved_ptr", "nx_interface_additional_link_info")
# Packets that wait for C, which may look at them where they are.
_FIRST = ("nx_pop3_client_message_ptr", "nx_arp_packets_waiting")
_FREE = ("nx_packet_pool_available_list",)  # a packet, of a list that is the stack's alone
_RECEIVERS = tuple(FIELDS.values())


class Twin:
    """One C struct and its Python object.

    `state` is the object's as it was when last both agreed, and `shadow` the struct's: bytes that differ from it were
    written by C.  The state of a twin is None if the struct is to be written whatever the object says, and BUSY if the
    object has just changed, so that nobody keeps what it was.
    """

    __slots__ = (
        "address",
        "addresses",
        "buffer",
        "calm",
        "children",
        "created",
        "foreign",
        "inner",
        "kind",
        "links",
        "object",
        "others",
        "outer",
        "registry",
        "shadow",
        "state",
    )

    def __init__(self, registry: "Registry", kind: Kind, address: int, block: Any) -> None:
        self.registry = registry
        self.buffer = ffi.buffer(cast(CHAR, address), kind.size)
        self.links: tuple[Any, ...] = (None,) * len(kind.links)
        self.addresses = [0] * len(kind.links)  # of what the links point to
        self.state: Any = None
        self.created: bool | None = False  # as the registry knows it; None if that may be wrong
        self.others: tuple[bytes, ...] = ()  # what of the struct is C's own; empty if that has to be looked for
        self.foreign = False  # has C written what is no created block, so that its memory may be another's?
        self.calm = 0  # how often in a row a busy object was found unchanged
        self.outer: Twin | None = None  # the block that this one lies in
        self.inner: tuple[Any, ...] = ()  # the blocks inside this one
        self.children: list[Twin] = []  # their twins
        self.address = address
        self.kind = kind
        self.object = block
        # Of one with others inside, bytes that can be replaced in part.
        self.shadow: bytes | bytearray = (bytearray if kind.children else bytes)(kind.size)

    def start_over(self) -> None:
        """What lies in the memory is not of this block: all of it is written at the next time."""
        self._agree()
        self.created = None
        self.links = (UNKNOWN,) * len(self.links)
        self.forget()

    def forget(self) -> None:
        """The struct is to be written whatever the object says."""
        self.state = None

    def read(self) -> None:
        """Take over what C has written since."""
        if self.buffer == self.shadow:
            return
        now = self.buffer[:]
        kind = self.kind
        size = kind.form.size
        links = list(self.links)
        for field, value in kind.differences(self.shadow[:size], now[:size]):
            if field.link:
                # In memory that was never a block, or is one no more, they may be anything: a create clears it first.
                if not kind.id_path or kind.created(self.object):
                    self._link_written(field, value)
                links[kind.links.index(field)] = UNKNOWN
            else:
                assign(self.object, field.path, value)
        self.links = tuple(links)
        self.foreign = bool(kind.id_path) and not kind.created(self.object)
        self.forget()
        self._agree()
        for child in self.children:
            child.read()

    def _link_written(self, field: Field, address: int) -> None:
        """Take a pointer over that C has written; one to where nothing is known stays as it was."""
        registry = self.registry
        if field.path in _FREE:
            return
        if field.path in _USERS:
            assign(self.object, field.path, address or None)
        elif field.type == "ULONG *":
            assign(self.object, field.path, registry.words(address))
        elif field.type == "NX_PACKET *":
            assign(self.object, field.path, registry.packet_read(address))
        elif "(*)" in field.type:
            function = registry.function(address, field.type)
            assign(self.object, field.path, function)
            if field.path in _RECEIVERS and self.object.nx_ip_thread is not None:
                callback_registered(self.object.nx_ip_thread, function)
        else:
            twin = registry.known(field.type.removesuffix(" *")).get(address)
            if twin is not None:
                assign(self.object, field.path, twin.object)

    def write(self) -> None:
        """Bring the struct and the blocks inside it up to date."""
        self.kind.update(self)
        for child in self.children:
            child.write()

    def relink(self, links: tuple[Any, ...]) -> None:
        """Look up where the pointers that have changed point to."""
        registry = self.registry
        for place, new in enumerate(links):
            if new is not self.links[place]:
                field = self.kind.links[place]
                if new is None:
                    self.addresses[place] = 0
                elif field.path in _FIRST:
                    self.addresses[place] = registry.packet_write(new)
                elif field.path in _FREE:
                    self.addresses[place] = registry.packet_address(new)
                else:
                    self.addresses[place] = registry.address(new, field.type)
        self.links = links

    def changed(self, state: tuple[Any, ...]) -> None:
        """Write what differs from the last time; `Kind.update` has found that the object's state does."""
        kind, buffer = self.kind, self.buffer
        if buffer != self.shadow:
            self.read()
            state = kind.state_of(self.object)
        links = state[: len(self.links)]
        if links != self.links:
            self.relink(links)
        try:
            image = kind.image(state, self.addresses, self.others or self.take_others())
        except (StructError, TypeError, ValueError):
            image = kind.careful_image(kind.careful_state(self.object), self.addresses, self.take_others())
        created = kind.created(self.object)
        if image != self.shadow and (created or not self.foreign):
            self.show(image, created)
        elif created is not self.created:
            self._note(created)
        if self.foreign and not created:
            return
        self.foreign = False
        if self.state is None and kind.neighbours:
            self._write_neighbours()
        self.state, self.calm = BUSY, 0
        if kind.children:
            inner = state[len(links) : len(links) + len(kind.children)]
            if inner != self.inner:
                self._embed(inner)

    def show(self, image: bytes, created: bool) -> None:
        """Write the struct."""
        self.buffer[:] = image
        if self.kind.children:
            self.shadow[:] = image  # type: ignore[index]
        else:
            self.shadow = image
        if self.outer is not None:
            self.outer.agree_inside(self)
        if created is not self.created:
            self._note(created)

    def _note(self, created: bool) -> None:
        """The block was created or deleted."""
        self.created = created
        self.registry.note(self)

    def link(self, offset: int, address: int) -> None:
        """Set a pointer that is no part of the image: to a neighbour in a ring."""
        data = address.to_bytes(8, "little")
        self.buffer[offset : offset + 8] = data
        self.shadow = self.shadow[:offset] + data + self.shadow[offset + 8 :]
        self.others = ()
        if self.outer is not None:
            self.outer.agree_inside(self)

    def _agree(self) -> None:
        """Struct and object agree; so do the bytes of this block inside an outer one."""
        if self.kind.children:
            self.shadow[:] = self.buffer  # type: ignore[index]
        else:
            self.shadow = self.buffer[:]
        self.others = ()
        outer = self.outer
        if outer is not None:
            outer.agree_inside(self)

    def agree_inside(self, child: "Twin") -> None:
        """A block inside has written its bytes."""
        start = child.address - self.address
        self.shadow[start : start + len(child.shadow)] = child.shadow  # type: ignore[index]
        self.others = ()
        if self.outer is not None:
            self.outer.agree_inside(child)

    def take_others(self) -> tuple[bytes, ...]:
        """What of the struct is not the object's, to be put into the next image."""
        self.others = self.kind.others(self.shadow)
        return self.others

    def _write_neighbours(self) -> None:
        for field in self.kind.neighbours:
            self.link(field.offset, self.registry.address(reach(self.object, field.path), field.type))

    def _embed(self, inner: tuple[Any, ...]) -> None:
        """Have twins for the blocks that lie inside this one now."""
        self.inner = inner
        self.children = [
            self.registry.embed(self, self.address + offset, kind, block)
            for offset, kind, block in self._places(inner)
            if block is not None
        ]
        self.registry.changed_inside()
        for child in self.children:
            child.write()

    def _places(self, inner: tuple[Any, ...]) -> list[tuple[int, str, Any]]:
        places = []
        for field, part in zip(self.kind.children, inner, strict=True):
            parts = part if isinstance(part, tuple) else [part]
            room = self.registry.kinds[field.type].size  # the length of an array is a matter of the image's tunables
            places += [(field.offset + index * room, field.type, block) for index, block in enumerate(parts)]
        return places

    @property
    def alive(self) -> bool:
        """Is this a created block, whose struct C keeps as long as it is created?"""
        return self.kind.created(self.object)


class _Nothing:
    """The twin of a null pointer."""

    object = None
    address = 0
    alive = False
    buffer = b""
    shadow = b""
    created = True

    def forget(self) -> None:
        """There is nothing that could be known."""

    def read(self) -> None:
        """There is nothing to read."""


class Registry:
    """All twins of one image, by address and by object.

    Args:
        kinds (dict): by the name of the struct.
        address (callable): the C address of an object that is not a control block (a packet, a text, a function).
        packet_address (callable): the same for packets alone.
        packet_write (callable): the same, with the packet's header brought up to date.
        packet_read (callable): the packet at an address.
        function (callable): the callable behind a function pointer of a type.
        words (callable): numbers of 32 bits at an address, to read and write.
        created (callable): told the name of the struct when a block was created or deleted.
    """

    def __init__(
        self,
        kinds: dict[str, Kind],
        address: Callable[[Any, str], int],
        packet_address: Callable[[Any], int],
        packet_write: Callable[[Any], int],
        packet_read: Callable[[int], Any],
        function: Callable[[int, str], Any],
        words: Callable[[int], Any],
        created: Callable[[str, "Registry"], None],
    ) -> None:
        self.kinds = kinds
        self._created = created
        self.packet_address = packet_address
        self.packet_write = packet_write
        self.packet_read = packet_read
        self.function = function
        self.words = words
        self._foreign = address
        self._nothing = _Nothing()
        self._by_address: dict[str, dict[int, Any]] = {name: {0: self._nothing} for name in kinds}
        self._by_object: dict[Any, Twin] = {}
        self._living: dict[tuple[int, str], Twin] = {}
        self._shown: list[tuple[Callable[[Twin], None], Twin]] | None = None  # None: to be found again
        self._threads: dict[int, Twin] = {}
        self._instances: list[Twin] = []
        self._made: dict[int, Any] = {}  # memory of blocks that were made in Python, by address

    def known(self, name: str) -> dict[int, Any]:
        """Twins of the structs of one type by their address; null has one too."""
        return self._by_address.get(name, {})

    def lookup(self, name: str) -> Callable[[int], Any]:
        """A function from the address of a struct of this type to its twin, with what C has written taken over."""
        known = self._by_address[name]

        def twin_at(address: int) -> Any:
            twin = known.get(address) or self.adopt(name, address)
            twin.read()
            return twin

        return twin_at

    def adopt(self, name: str, address: int) -> Twin:
        """The twin of a struct that was not seen before."""
        kind = self.kinds[name]
        return self._add(Twin(self, kind, address, kind.make()))

    def _add(self, twin: Twin) -> Twin:
        self._by_address[twin.kind.name][twin.address] = twin
        self._by_object[twin.object] = twin
        return twin

    def embed(self, outer: Twin, address: int, name: str, block: Any) -> Twin:
        """The twin of a block that lies inside another one."""
        twin = self._by_address[name].get(address)
        if twin is not None and twin.object is not block:
            self._by_object.pop(twin.object, None)
            twin = None
        if twin is None:
            twin = self._add(Twin(self, self.kinds[name], address, block))
            twin.start_over()
        twin.outer = outer
        return twin

    def twin_of(self, block: Any) -> Twin:
        """The twin of a Python block; one that was made in Python gets memory for its struct."""
        return self._by_object.get(block) or self._give_memory(block)

    def _give_memory(self, block: Any) -> Twin:
        kind = self.kinds[type(block).__name__]
        region = Region(kind.size)
        self._made[region.address] = region
        return self._add(Twin(self, kind, region.address, block))

    def forget(self, block: Any) -> None:
        """Drop a block that was made for one call, and its memory."""
        twin = self._by_object.pop(block, None)
        if twin is not None:
            self._by_address[twin.kind.name].pop(twin.address, None)
            self._made.pop(twin.address, None)

    def address(self, value: Any, kind: str) -> int:
        """The C address behind a value of a pointer field."""
        if value is None:
            return 0
        twin = self._by_object.get(value) if type(value).__name__ in self.kinds else None
        return twin.address if twin is not None else self._foreign(value, kind)

    def note(self, twin: Twin) -> None:
        """Remember a struct while its block is created: C may look at it whenever it runs."""
        if twin.alive:
            self._living[twin.address, twin.kind.name] = twin
        else:
            self._living.pop((twin.address, twin.kind.name), None)
            self._threads.pop(twin.address, None)
        self._shown = None
        self._instances = [one for one in self._living.values() if one.kind.name == "NX_IP"]
        if twin.alive and twin.kind.name == "TX_THREAD":
            self._threads[twin.address] = twin
        self._created(twin.kind.name, self)

    def write_all(self) -> None:
        """Bring the structs of all created blocks up to date."""
        if self._shown is None:
            self._shown = [(twin.kind.update, twin) for twin in self._living_and_inside()]
        for update, twin in self._shown:
            update(twin)

    def _living_and_inside(self) -> "Iterator[Twin]":
        """Every created block once, and the blocks inside each."""
        seen: set[int] = set()
        waiting = list(self._living.values())
        while waiting:
            twin = waiting.pop()
            if id(twin) not in seen:
                seen.add(id(twin))
                waiting += twin.children
                yield twin

    def changed_inside(self) -> None:
        """A block has others inside than before."""
        self._shown = None

    def write_threads(self) -> None:
        """Bring the structs of threads up to date that a service has made ready, or given another priority."""
        for twin in self._threads.values():
            twin.kind.update(twin)

    def relink(self) -> None:
        """A block was created or deleted: the neighbours of others have changed."""
        for name, twins in self._by_address.items():
            if self.kinds[name].neighbours:
                for twin in twins.values():
                    twin.forget()

    def read_instances(self) -> None:
        """Take over what C has written into instances and their interfaces without naming them to a service."""
        for twin in self._instances:
            if twin.buffer != twin.shadow:
                twin.read()
