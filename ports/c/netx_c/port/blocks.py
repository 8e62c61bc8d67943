"""Control blocks: one C struct and the Python object that is the truth behind it.

Read first: `Twin`, and `Kind` in `kinds.py`.  A service works on Python objects; C sees structs.  Whenever C runs, the
fields of the structs that it may look at are those of the objects; what C itself has written since is taken over when
it next calls a service.

Embedded blocks (the interfaces of an instance, the socket of a client) have twins of their own, because C passes their
addresses.
"""

from collections.abc import Callable
from typing import Any

from netx_c.port.kinds import Field, Kind, assign, reach
from netx_c.port.memory import CHAR, cast, ffi
from netx_c.port.receivers import FIELDS
from netx_sim.kernel import callback_registered

# Pointers that the application or a driver writes; all others are the stack's.
_USERS = ("nx_tcp_socket_reserved_ptr", "nx_udp_socket_reserved_ptr", "nx_interface_additional_link_info")
# Packets that wait for C, which may look at them where they are.
_FIRST = ("nx_pop3_client_message_ptr", "nx_arp_packets_waiting")
_SCHEDULING = ("tx_thread_state", "tx_thread_priority")
_RECEIVERS = tuple(FIELDS.values())
_UNKNOWN = object()  # in the place of a pointer's value: whatever it is to be has to be written


class Twin:
    """One C struct and its Python object.

    `shadow` is the struct as it was when last both agreed: bytes that differ were written by C.
    """

    __slots__ = (
        "_children",
        "_inner",
        "address",
        "addresses",
        "buffer",
        "generation",
        "image",
        "kind",
        "links",
        "object",
        "outer",
        "registry",
        "shadow",
    )

    def __init__(self, registry: "Registry", kind: Kind, address: int, block: Any) -> None:
        self.registry = registry
        self.buffer = ffi.buffer(cast(CHAR, address), kind.size)
        self.image = bytes(kind.form.size)
        self.links: tuple[Any, ...] = (None,) * len(kind.links)
        self.addresses = [0] * len(kind.links)  # of what the links point to
        self.generation = -1
        self.outer: Twin | None = None  # the block that this one lies in
        self._inner: tuple[Any, ...] = ()
        self._children: list[Twin] = []
        self.address = address
        self.kind = kind
        self.object = block
        self.shadow = bytes(kind.size)

    def start_over(self) -> None:
        """What lies in the memory is not of this block: all of it is written at the next time."""
        self.shadow = self.buffer[:]
        self.image = b""
        self.links = (_UNKNOWN,) * len(self.links)
        self.generation = -1

    def read(self) -> None:
        """Take over what C has written since."""
        now = self.buffer[:]
        if now == self.shadow:
            return
        kind = self.kind
        size = kind.form.size
        links = list(self.links)
        for field, value in kind.differences(self.shadow[:size], now[:size]):
            if field.link:
                # In memory that was never a block, or is one no more, they may be anything: a create clears it first.
                if not kind.id_path or kind.created(self.object):
                    self._link_written(field, value)
                links[kind.links.index(field)] = _UNKNOWN
            else:
                assign(self.object, field.path, value)
        self.links = tuple(links)
        self.image = b""
        self._agree(now)
        for child in self._children:
            child.read()

    def _link_written(self, field: Field, address: int) -> None:
        """Take a pointer over that C has written; one to where nothing is known stays as it was."""
        registry = self.registry
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
        if self.kind.children:
            self._write_children()

    def write_own(self) -> None:
        """Bring the struct up to date, but not the blocks inside it."""
        self.kind.update(self)

    def careful_image(self) -> bytes:
        """The image of a block of which something is not there yet, or does not fit."""
        links = self.kind.careful_links(self.object)
        if links != self.links:
            self.relink(links)
        return self.kind.careful_image(self.object, self.addresses)

    def relink(self, links: tuple[Any, ...]) -> None:
        """Look up where the pointers that have changed point to."""
        for place, new in enumerate(links):
            if new is not self.links[place]:
                field = self.kind.links[place]
                shown = new is not None and field.path in _FIRST
                address = self.registry.packet_write(new) if shown else self.registry.address(new, field.type)
                self.addresses[place] = address
        self.links = links

    def changed(self, image: bytes) -> None:
        """Write what differs from the last time."""
        buffer = self.buffer
        if buffer[:] != self.shadow:
            self.read()
            image = self.careful_image()
        if image != self.image:
            for start, end in self.kind.runs:
                buffer[start:end] = image[start:end]
            if image[self.kind.id_bytes] != self.image[self.kind.id_bytes]:
                self.registry.note(self)
            self.image = image
        if self.generation != self.registry.generation:
            self._write_neighbours()
        self._agree(buffer[:])

    def link(self, offset: int, address: int) -> None:
        """Set a pointer that is no part of the image: to a neighbour in a ring."""
        data = address.to_bytes(8, "little")
        self.buffer[offset : offset + 8] = data
        self._agree(self.shadow[:offset] + data + self.shadow[offset + 8 :])

    def _agree(self, now: bytes) -> None:
        """Struct and object agree; so do the bytes of this block inside an outer one."""
        self.shadow = now
        outer = self.outer
        if outer is not None:
            start = self.address - outer.address
            outer._agree(outer.shadow[:start] + now + outer.shadow[start + len(now) :])

    def _write_neighbours(self) -> None:
        self.generation = self.registry.generation
        for field in self.kind.neighbours:
            address = self.registry.address(reach(self.object, field.path), field.type)
            self.buffer[field.offset : field.offset + 8] = address.to_bytes(8, "little")

    def _write_children(self) -> None:
        inner = self.kind.get_children(self.object)
        if inner != self._inner:
            self._inner = inner
            self._children = [
                self.registry.embed(self, self.address + offset, kind, block)
                for offset, kind, block in self._places(inner)
                if block is not None
            ]
        for child in self._children:
            child.kind.update(child)
            if child.kind.children:
                child._write_children()

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

    def read(self) -> None:
        """There is nothing to read."""

    def write(self) -> None:
        """There is nothing to write."""

    write_own = write


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
        self.generation = 0  # counts up when a block is created or deleted
        self._foreign = address
        self._nothing = _Nothing()
        self._by_address: dict[str, dict[int, Any]] = {name: {0: self._nothing} for name in kinds}
        self._by_object: dict[Any, Twin] = {}
        self._living: dict[tuple[int, str], Twin] = {}
        self._threads: dict[int, tuple[Twin, Any, Any]] = {}  # those of threads, and where state and priority lie
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

    def twin_of(self, block: Any, memory: Callable[[int], Any]) -> Twin:
        """The twin of a Python block; one that was made in Python gets memory for its struct."""
        twin = self._by_object.get(block)
        if twin is None:
            kind = self.kinds[type(block).__name__]
            region = memory(kind.size)
            self._made[region.address] = region
            twin = self._add(Twin(self, kind, region.address, block))
        return twin

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
        self._instances = [one for one in self._living.values() if one.kind.name == "NX_IP"]
        if twin.alive and twin.kind.name == "TX_THREAD":
            state, priority = (self.words(twin.address + twin.kind.offset(name)) for name in _SCHEDULING)
            self._threads[twin.address] = (twin, state, priority)
        self._created(twin.kind.name, self)

    def write_all(self) -> None:
        """Bring the structs of all created blocks up to date."""
        for twin in list(self._living.values()):
            twin.write()

    def write_threads(self) -> None:
        """Bring the structs of threads up to date whose state or priority has changed."""
        for twin, state, priority in self._threads.values():
            block = twin.object
            if block.tx_thread_state != state[0] or block.tx_thread_priority != priority[0]:
                twin.write()

    def read_instances(self) -> None:
        """Take over what C has written into instances and their interfaces without naming them to a service."""
        for twin in self._instances:
            if twin.buffer[:] != twin.shadow:
                twin.read()
