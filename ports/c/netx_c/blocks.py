"""Control blocks: one C struct and the Python object that is the truth behind it.

Read first: `Twin`.  A service works on Python objects; C sees structs.  Whenever C runs, the fields of the structs that
it may look at are those of the objects; what C itself has written since is taken over when it next calls a service.

Numbers, words and texts of a struct are packed at once (its image).  Pointers seldom change and are written one by one
when they do.  Embedded blocks (the interfaces of an instance, the socket of a client) have twins of their own, because
C passes their addresses.
"""

import struct
from collections.abc import Callable
from typing import Any

from netx_c.layout import Struct
from netx_c.memory import CHAR, cast, ffi
from netx_sim.address import NXD_ADDRESS
from netx_sim.kernel.event_flags import TX_EVENT_FLAGS_GROUP
from netx_sim.kernel.objects import TX_EVENT_FLAGS_ID
from netx_sim.md5 import NX_MD5

_NUMBERS = {"UINT": "I", "ULONG": "I", "INT": "i", "LONG": "i", "USHORT": "H", "UCHAR": "B", "ULONG64": "Q"}
_MASKS = {"I": 0xFFFFFFFF, "i": 0xFFFFFFFF, "H": 0xFFFF, "B": 0xFF, "Q": 0xFFFFFFFFFFFFFFFF}
_UNION = ("nxd_ip_address.v4", "nxd_ip_address")  # its words cover it
# Embedded structs that nobody points into: their numbers are the outer one's.
_VALUES = ("NXD_ADDRESS", "NX_MD5", "TX_EVENT_FLAGS_GROUP")
# Where Python keeps an offset, or no id of its own.
_EXPRESSIONS = {
    "nx_packet_pool_start": "block._address + block.nx_packet_pool_start",
    "nx_ip_events.tx_event_flags_group_id": f"{TX_EVENT_FLAGS_ID} if block.nx_ip_id else 0",
    "nx_ip_events.tx_event_flags_group_current": "block._events",
    "nx_ip_events.tx_event_flags_group_suspended_count": "0",
    "nx_packet_pool_available_list": "twin.registry.packet_address(block._free[-1]) if block._free else 0",
}
# Neighbours in a list of created blocks: they change when one is created or deleted, and not otherwise.
_NEIGHBOURS = ("nx_packet_pool_created_next", "nx_packet_pool_created_previous")
_EMPTY: dict[str, Callable[[], Any]] = {
    "NXD_ADDRESS": NXD_ADDRESS,
    "NX_MD5": NX_MD5,
    "TX_EVENT_FLAGS_GROUP": TX_EVENT_FLAGS_GROUP,
}
# Packets that wait for C, which may look at them where they are.
_FIRST = ("nx_pop3_client_message_ptr", "nx_arp_packets_waiting")
_SCHEDULING = ("tx_thread_state", "tx_thread_priority")
_IDS = {"NX_POP3_CLIENT": "nx_pop3_client_name"}  # set by its create, cleared by its delete

# Runs for each block that a service names: nearly always nothing has changed.
_UPDATE = """
def update(twin):
    block = twin.object
    try:
        image = pack({image})
        links = ({links})
    except (AttributeError, TypeError, StructError):
        twin.update_carefully()
        return
    if image != twin.image or links != twin.links or twin.generation != twin.registry.generation:
        twin.changed(image, links)
"""


class Field:
    """One field of a struct: where it lies, and the path of the Python attribute behind it."""

    __slots__ = ("code", "count", "offset", "path", "size", "type")

    def __init__(self, path: str, kind: str, offset: int, size: int) -> None:
        self.path = path
        self.type, _, count = kind.partition(" [")
        self.offset = offset
        self.size = size
        self.count = int(count.rstrip("]")) if count.rstrip("]").isdigit() else 0
        self.code = ""


class Kind:
    """How the structs of one type show objects of one class.

    Args:
        name (str): of the struct.
        layouts (dict): where the fields of each struct lie in the compiled image.
        structs (dict): name and type of the fields of each, from the interface's data.
        make (callable): makes an empty Python block.
    """

    def __init__(
        self, name: str, layouts: dict[str, Struct], structs: dict[str, Any], make: Callable[[], Any]
    ) -> None:
        layout = layouts[name]
        self.name = name
        self.size = layout.size
        self.make = make
        self.numbers: list[Field] = []  # in the image: numbers, arrays of words, texts
        self.links: list[Field] = []  # pointers
        self.neighbours: list[Field] = []  # pointers to the next and previous of their sort
        self.children: list[Field] = []  # embedded blocks, and arrays of them
        self._collect("", 0, dir(make()), name, layouts, structs)
        self.numbers.sort(key=lambda field: field.offset)
        ids = [field.path for field in self.numbers if field.path.endswith("_id") and field.code == "I"]
        self.id_path = _IDS.get(name) or (ids[0] if ids else "")
        self.id_bytes = next(
            (slice(one.offset, one.offset + one.size) for one in self.numbers if one.path == self.id_path), slice(0, 0)
        )
        self._compile()

    def _collect(
        self, prefix: str, base: int, known: list[str], name: str, layouts: dict[str, Struct], structs: dict[str, Any]
    ) -> None:
        """Sort the fields of a struct into numbers, links and children; those of an embedded value too."""
        for entry in structs[name]["fields"]:
            path, kind = entry["name"], entry["type"]
            if path not in layouts[name].fields or path in _UNION or kind == "union":
                continue
            if path.split(".")[0] not in known:
                continue
            offset, size = layouts[name].fields[path]
            field = Field(prefix + path, kind, base + offset, size)
            if field.type in _VALUES and not field.count:
                inner = dir(_EMPTY[field.type]())
                self._collect(field.path + ".", field.offset, inner, field.type, layouts, structs)
            elif path in _NEIGHBOURS:
                self.neighbours.append(field)
            elif "*" in kind and path in _EXPRESSIONS and path != "nx_packet_pool_start":
                field.code, field.count = "Q", 1
                self.numbers.append(field)
            elif "*" in kind or "(" in kind:
                self.links.append(field) if not prefix else None
            elif field.type in structs:
                self.children.append(field)
            else:
                self._number(field)

    def _number(self, field: Field) -> None:
        if field.type == "CHAR" or (field.type == "UCHAR" and field.count):
            field.code = f"{field.size}s"
            field.count = 1
        else:
            code = _NUMBERS[field.type]
            field.count = field.count or 1
            field.code = code * field.count
        self.numbers.append(field)

    def _compile(self) -> None:
        """The functions that a twin runs most often, written out for this type."""
        form, place = "<", 0
        terms: list[str] = []
        self.runs: list[tuple[int, int]] = []
        for field in self.numbers:
            if field.offset != place or not self.runs:
                form += f"{field.offset - place}x"
                self.runs.append((field.offset, field.offset))
            form += field.code
            place = field.offset + field.size
            self.runs[-1] = (self.runs[-1][0], place)
            term = _EXPRESSIONS.get(field.path, f"block.{field.path}")
            terms.append("*" + term if field.count > 1 else term)
        self.form = struct.Struct(form)
        names = ", ".join(_EXPRESSIONS.get(field.path, f"block.{field.path}") for field in self.links)
        # A list as a tuple: what is compared with it later must not change with it.
        children = ", ".join(
            f"tuple(block.{field.path})" if field.count else f"block.{field.path}" for field in self.children
        )
        scope: dict[str, Any] = {"pack": self.form.pack, "StructError": struct.error}
        source = _UPDATE.format(image=", ".join(terms), links=names + "," * bool(names))
        exec(source, scope)  # noqa: S102 - written here, from the data
        exec(f"def inner(block): return ({children}{',' if children else ''})", scope)  # noqa: S102
        self.update: Callable[[Any], None] = scope["update"]
        self.get_children: Callable[[Any], tuple[Any, ...]] = scope["inner"]

    def offset(self, path: str) -> int:
        """Where a number lies in the struct."""
        return next(field.offset for field in self.numbers if field.path == path)

    def created(self, block: Any) -> bool:
        """Has the block been created and not been deleted since?"""
        return bool(self.id_path and _reach(block, self.id_path))

    def careful_links(self, block: Any) -> tuple[Any, ...]:
        """The pointers where one of them is not there yet."""
        return tuple([_reach(block, field.path) for field in self.links])

    def careful_image(self, block: Any) -> bytes:
        """The image where a value does not fit or is not there yet."""
        values: list[Any] = []
        for field in self.numbers:
            value = _reach(block, field.path)
            if field.code.endswith("s"):
                values.append(bytes(value or b""))
            else:
                items = list(value) if isinstance(value, list | tuple) else [value]
                items += [0] * (field.count - len(items))
                mask = _MASKS[field.code[0]]
                values += [int(item or 0) & mask if isinstance(item, int) else 0 for item in items[: field.count]]
        return self.form.pack(*values)

    def take_numbers(self, block: Any, old: bytes, new: bytes) -> None:
        """Set the attributes whose numbers differ between two images."""
        before, after = self.form.unpack(old), self.form.unpack(new)
        place = 0
        for field in self.numbers:
            count = field.count
            if before[place : place + count] != after[place : place + count]:
                value = list(after[place : place + count]) if count > 1 else after[place]
                if field.code.endswith("s") and field.type == "CHAR":
                    value = value.split(b"\0", 1)[0]
                _assign(block, field.path, value)
            place += count


def _reach(block: Any, path: str) -> Any:
    for name in path.split("."):
        try:
            block = getattr(block, name)
        except AttributeError:
            return None
    return block


def _assign(block: Any, path: str, value: Any) -> None:
    """Set an attribute; one that is computed from others cannot be set, as a device would not heed it either."""
    *way, name = path.split(".")
    owner = _reach(block, ".".join(way)) if way else block
    old = getattr(owner, name, None)
    if isinstance(old, list) and isinstance(value, list):
        old[: len(value)] = value
    elif isinstance(old, bytearray):
        old[:] = value
    else:
        try:
            setattr(owner, name, value)
        except AttributeError:
            return


class Twin:
    """One C struct and its Python object.

    `shadow` is the struct as it was when last both agreed: bytes that differ were written by C.
    """

    __slots__ = (
        "_children",
        "_inner",
        "address",
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
        self.generation = -1
        self.outer: Twin | None = None  # the block that this one lies in
        self._inner: tuple[Any, ...] = ()
        self._children: list[Twin] = []
        self.address = address
        self.kind = kind
        self.object = block
        self.shadow = bytes(kind.size)

    def read(self) -> None:
        """Take over what C has written since."""
        now = self.buffer[:]
        if now == self.shadow:
            return
        kind = self.kind
        size = kind.form.size
        image = now[:size]
        if image != self.shadow[:size]:
            kind.take_numbers(self.object, self.shadow[:size], image)
        for field in kind.links:
            place = field.offset
            if now[place : place + 8] != self.shadow[place : place + 8]:
                self._link_written(field, int.from_bytes(now[place : place + 8], "little"))
        self.image = b""
        self._agree(now)
        for child in self._children:
            child.read()

    def _link_written(self, field: Field, address: int) -> None:
        if field.type in ("VOID *", "void *"):
            _assign(self.object, field.path, address or None)
        elif field.type == "ULONG *":
            _assign(self.object, field.path, self.registry.words(address))
        elif field.type.removesuffix(" *") in self.registry.kinds:
            _assign(self.object, field.path, self.registry.lookup(field.type.removesuffix(" *"))(address).object)

    def write(self) -> None:
        """Bring the struct and the blocks inside it up to date."""
        self.kind.update(self)
        if self.kind.children:
            self._write_children()

    def write_own(self) -> None:
        """Bring the struct up to date, but not the blocks inside it."""
        self.kind.update(self)

    def update_carefully(self) -> None:
        """The same for a block of which something is not there yet, or does not fit."""
        self.changed(self.kind.careful_image(self.object), self.kind.careful_links(self.object))

    def changed(self, image: bytes, links: tuple[Any, ...]) -> None:
        """Write what differs from the last time."""
        buffer = self.buffer
        if buffer[:] != self.shadow:
            self.read()
            image, links = self.kind.careful_image(self.object), self.kind.careful_links(self.object)
        if image != self.image:
            for start, end in self.kind.runs:
                buffer[start:end] = image[start:end]
            if image[self.kind.id_bytes] != self.image[self.kind.id_bytes]:
                self.registry.note(self)
            self.image = image
        if links != self.links:
            self._write_links(links)
        if self.generation != self.registry.generation:
            self._write_neighbours()
        self._agree(buffer[:])

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
            address = self.registry.address(_reach(self.object, field.path), field.type)
            self.buffer[field.offset : field.offset + 8] = address.to_bytes(8, "little")

    def _write_links(self, links: tuple[Any, ...]) -> None:
        for field, new, old in zip(self.kind.links, links, self.links, strict=True):
            if new is not old:
                shown = new is not None and field.path in _FIRST
                address = self.registry.packet_write(new) if shown else self.registry.address(new, field.type)
                self.buffer[field.offset : field.offset + 8] = address.to_bytes(8, "little")
        self.links = links

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
            room = field.size // max(field.count, 1)
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
        words (callable): numbers of 32 bits at an address, to read and write.
    """

    def __init__(
        self,
        kinds: dict[str, Kind],
        address: Callable[[Any, str], int],
        packet_address: Callable[[Any], int],
        packet_write: Callable[[Any], int],
        words: Callable[[int], Any],
    ) -> None:
        self.kinds = kinds
        self.packet_address = packet_address
        self.packet_write = packet_write
        self.words = words
        self.generation = 0  # counts up when a block is created or deleted
        self._foreign = address
        self._nothing = _Nothing()
        self._by_address: dict[str, dict[int, Any]] = {name: {0: self._nothing} for name in kinds}
        self._by_object: dict[Any, Twin] = {}
        self._living: dict[tuple[int, str], Twin] = {}
        self._threads: dict[int, tuple[Twin, Any, Any]] = {}  # those of threads, and where state and priority lie
        self._made: dict[int, Any] = {}  # memory of blocks that were made in Python, by address

    def known(self, name: str) -> dict[int, Any]:
        """Twins of the structs of one type by their address; null has one too."""
        return self._by_address[name]

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
        twin.outer = outer
        return twin  # type: ignore[no-any-return]

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
        if twin.alive and twin.kind.name == "TX_THREAD":
            state, priority = (self.words(twin.address + twin.kind.offset(name)) for name in _SCHEDULING)
            self._threads[twin.address] = (twin, state, priority)

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

    def read_all(self) -> None:
        """Take over what C has written into any created block."""
        for twin in self._living.values():
            twin.read()
