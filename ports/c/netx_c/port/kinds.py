"""The types of control blocks: which fields of a C struct show which attributes of a Python class.

All fields of a struct are packed at once (its image).  The addresses of what its pointers point to are looked up only
when one of the pointers has changed.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Any

from netx_c.port.layout import Struct
from netx_c.port.receivers import FIELDS
from netx_sim.address import NXD_ADDRESS
from netx_sim.kernel.event_flags import TX_EVENT_FLAGS_GROUP
from netx_sim.kernel.objects import TX_EVENT_FLAGS_ID
from netx_sim.md5 import NX_MD5

_NUMBERS = {"UINT": "I", "ULONG": "I", "INT": "i", "LONG": "i", "USHORT": "H", "UCHAR": "B", "ULONG64": "Q"}
_MASKS = {"I": 0xFFFFFFFF, "i": 0xFFFFFFFF, "H": 0xFFFF, "B": 0xFF, "Q": 0xFFFFFFFFFFFFFFFF}
# Bytes between fields that are written with them: in NetX's structs nobody but the stack uses those (a team's own
# extensions lie in ThreadX's).
_RESERVED = 17
_UNION = ("nxd_ip_address.v4", "nxd_ip_address")  # its words cover it
# Embedded structs that nobody points into: their numbers are the outer one's.
_VALUES = ("NXD_ADDRESS", "NX_MD5", "TX_EVENT_FLAGS_GROUP")
_WAITING = "block._waiters[0] if block._waiters else None"
# Where Python keeps an offset, or no id of its own, or has another name for it.
_EXPRESSIONS = {
    "nx_packet_pool_start": "block._address + block.nx_packet_pool_start",
    "nx_ip_events.tx_event_flags_group_id": f"{TX_EVENT_FLAGS_ID} if block.nx_ip_id else 0",
    "nx_ip_events.tx_event_flags_group_current": "block._events",
    "nx_ip_events.tx_event_flags_group_suspended_count": "0",
    "nx_packet_pool_suspended_count": "len(block._waiters)",
    "nx_packet_pool_suspension_list": _WAITING,
    "tx_thread_stack_ptr": "block.tx_thread_stack_end",
    "tx_semaphore_suspension_list": _WAITING,
    "tx_mutex_suspension_list": _WAITING,
    "tx_mutex_inherit": "block._inherit",
    "tx_event_flags_group_suspension_list": _WAITING,
    "tx_queue_suspension_list": _WAITING,
    "tx_byte_pool_suspension_list": _WAITING,
    "tx_byte_pool_fragments": "len(block._fragments)",
    "tx_byte_pool_start": "block._address",
    "tx_byte_pool_size": "len(block._mem or b'')",
    "tx_block_pool_suspension_list": _WAITING,
    "tx_block_pool_start": "block._address",
    "tx_block_pool_size": "len(block._mem or b'')",
    "tx_block_pool_block_size": "block._block_size + 3 & ~3",
    "nx_packet_pool_available_list": "twin.registry.packet_address(block._free[-1]) if block._free else 0",
}
# Neighbours in a list of created blocks: they change when one is created or deleted, and not otherwise.
_NEIGHBOURS = ("nx_packet_pool_created_next", "nx_packet_pool_created_previous")
_EMPTY: dict[str, Callable[[], Any]] = {
    "NXD_ADDRESS": NXD_ADDRESS,
    "NX_MD5": NX_MD5,
    "TX_EVENT_FLAGS_GROUP": TX_EVENT_FLAGS_GROUP,
}
_IDS = {"NX_POP3_CLIENT": "nx_pop3_client_name"}  # set by its create, cleared by its delete

# Runs for each block that a service names: nearly always nothing has changed.
_UPDATE = """
def update(twin):
    block = twin.object
    try:
        links = ({links})
        if links != twin.links:
            twin.relink(links)
        at = twin.addresses
        image = pack({image})
    except (AttributeError, TypeError, StructError):
        image = twin.careful_image()
    if image != twin.image or twin.generation != twin.registry.generation:
        twin.changed(image)
"""


class Field:
    """One field of a struct: where it lies, and the path of the Python attribute behind it."""

    __slots__ = ("code", "count", "link", "offset", "path", "size", "type")

    def __init__(self, path: str, kind: str, offset: int, size: int) -> None:
        self.path = path
        self.type, _, count = kind.partition(" [")
        self.offset = offset
        self.size = size
        self.count = int(count.rstrip("]")) if count.rstrip("]").isdigit() else 0
        self.code = ""
        self.link = False  # a pointer to something that Python has an object for


class Kind:
    """How the structs of one type show objects of one class.

    Args:
        name (str): of the struct.
        layouts (dict): where the fields of each struct lie in the compiled image.
        structs (dict): name and type of the fields of each, from the interface's data.
        make (callable): makes an empty Python block.
    """

    def __init__(self, name: str, layouts: dict[str, Struct], structs: dict[str, Any], make: Callable[[], Any]) -> None:
        layout = layouts[name]
        self.name = name
        self.size = layout.size
        self.make = make
        self.fields: list[Field] = []  # in the image: numbers, arrays of words, texts, pointers
        self.links: list[Field] = []  # the pointers among them
        self.neighbours: list[Field] = []  # pointers to the next and previous of their sort
        self.children: list[Field] = []  # embedded blocks, and arrays of them
        self._collect("", 0, dir(make()), name, layouts, structs)
        self.fields.sort(key=lambda field: field.offset)
        self.links = [field for field in self.fields if field.link]
        ids = [field.path for field in self.fields if field.path.endswith("_id") and field.code == "I"]
        self.id_path = _IDS.get(name) or (ids[0] if ids else "")
        self.id_bytes = next(
            (slice(one.offset, one.offset + one.size) for one in self.fields if one.path == self.id_path), slice(0, 0)
        )
        self._compile(_RESERVED if name.startswith("NX") else 1)

    def _collect(
        self, prefix: str, base: int, known: list[str], name: str, layouts: dict[str, Struct], structs: dict[str, Any]
    ) -> None:
        """Sort the fields of a struct into numbers, links and children; those of an embedded value too."""
        for entry in structs[name]["fields"]:
            path, kind = entry["name"], entry["type"]
            if path not in layouts[name].fields or path in _UNION or kind == "union":
                continue
            attribute = FIELDS.get(path, path)
            if attribute.split(".")[0] not in known and prefix + path not in _EXPRESSIONS:
                continue
            offset, size = layouts[name].fields[path]
            field = Field(prefix + attribute, kind, base + offset, size)
            if field.type in _VALUES and not field.count:
                inner = dir(_EMPTY[field.type]())
                self._collect(field.path + ".", field.offset, inner, field.type, layouts, structs)
            elif path in _NEIGHBOURS:
                self.neighbours.append(field)
            elif "*" in kind and path == "nx_packet_pool_available_list":
                self._pointer(field)
            elif "*" in kind or "(" in kind:
                field.link = True
                self._pointer(field)
            elif field.type in structs:
                self.children.append(field)
            else:
                self._number(field)

    def _pointer(self, field: Field) -> None:
        field.code, field.count = "Q", 1
        self.fields.append(field)

    def _number(self, field: Field) -> None:
        if field.type == "CHAR" or (field.type == "UCHAR" and field.count):
            field.code = f"{field.size}s"
            field.count = 1
        else:
            code = _NUMBERS[field.type]
            field.count = field.count or 1
            field.code = code * field.count
        self.fields.append(field)

    def _compile(self, gap: int) -> None:
        """The functions that a twin runs most often, written out for this type.

        Fields with less than `gap` bytes between them are written together: nothing of C's lies there.
        """
        form, place = "<", 0
        terms: list[str] = []
        self.runs: list[tuple[int, int]] = []
        for field in self.fields:
            inside = any(place <= other.offset < field.offset for other in self.children + self.neighbours)
            if field.offset - place >= gap or inside or not self.runs:
                self.runs.append((field.offset, field.offset))
            form += f"{field.offset - place}x{field.code}"
            place = field.offset + field.size
            self.runs[-1] = (self.runs[-1][0], place)
            terms.append(self._term(field))
        self.form = struct.Struct(form)
        names = "".join(_EXPRESSIONS.get(field.path, f"block.{field.path}") + ", " for field in self.links)
        # A list as a tuple: what is compared with it later must not change with it.
        children = "".join(
            f"tuple(block.{field.path}), " if field.count else f"block.{field.path}, " for field in self.children
        )
        scope: dict[str, Any] = {"pack": self.form.pack, "StructError": struct.error}
        exec(_UPDATE.format(image=", ".join(terms), links=names), scope)  # noqa: S102 - written here, from the data
        exec(f"def inner(block): return ({children})", scope)  # noqa: S102
        self.update: Callable[[Any], None] = scope["update"]
        self.get_children: Callable[[Any], tuple[Any, ...]] = scope["inner"]

    def _term(self, field: Field) -> str:
        """What of a block makes a field of its image."""
        if field.link:
            return f"at[{self.links.index(field)}]"
        term = _EXPRESSIONS.get(field.path, f"block.{field.path}")
        return "*" + term if field.count > 1 else term

    def offset(self, path: str) -> int:
        """Where a number lies in the struct."""
        return next(field.offset for field in self.fields if field.path == path)

    def created(self, block: Any) -> bool:
        """Has the block been created and not been deleted since?"""
        return bool(self.id_path and reach(block, self.id_path))

    def careful_links(self, block: Any) -> tuple[Any, ...]:
        """The pointers where one of them is not there yet."""
        return tuple([reach(block, field.path) for field in self.links])

    def careful_image(self, block: Any, addresses: list[int]) -> bytes:
        """The image where a value does not fit or is not there yet."""
        values: list[Any] = []
        for field in self.fields:
            value = addresses[self.links.index(field)] if field.link else reach(block, field.path)
            if field.code.endswith("s"):
                values.append(bytes(value or b""))
            else:
                items = list(value) if isinstance(value, list | tuple) else [value]
                items += [0] * (field.count - len(items))
                mask = _MASKS[field.code[0]]
                values += [int(item or 0) & mask if isinstance(item, int) else 0 for item in items[: field.count]]
        return self.form.pack(*values)

    def differences(self, old: bytes, new: bytes) -> Iterator[tuple[Field, Any]]:
        """The fields that differ between two images, and their new values."""
        before, after = self.form.unpack(old), self.form.unpack(new)
        place = 0
        for field in self.fields:
            count = field.count
            if before[place : place + count] != after[place : place + count]:
                value: Any = list(after[place : place + count]) if count > 1 else after[place]
                if field.code.endswith("s") and field.type == "CHAR":
                    value = value.split(b"\0", 1)[0]
                yield field, value
            place += count


def reach(block: Any, path: str) -> Any:
    """The attribute at a path; None if something on the way is not there yet."""
    for name in path.split("."):
        try:
            block = getattr(block, name)
        except AttributeError:
            return None
    return block


def assign(block: Any, path: str, value: Any) -> None:
    """Set an attribute; one that is computed from others cannot be set, as a device would not heed it either."""
    *way, name = path.split(".")
    owner = reach(block, ".".join(way)) if way else block
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
