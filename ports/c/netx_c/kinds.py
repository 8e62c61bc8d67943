"""The types of control blocks: which fields of a C struct show which attributes of a Python class.

Numbers, words and texts of a struct are packed at once (its image).  Pointers seldom change and are written one by one
when they do.
"""

import struct
from collections.abc import Callable
from typing import Any

from netx_c.layout import Struct
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

    def __init__(self, name: str, layouts: dict[str, Struct], structs: dict[str, Any], make: Callable[[], Any]) -> None:
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
        return bool(self.id_path and reach(block, self.id_path))

    def careful_links(self, block: Any) -> tuple[Any, ...]:
        """The pointers where one of them is not there yet."""
        return tuple([reach(block, field.path) for field in self.links])

    def careful_image(self, block: Any) -> bytes:
        """The image where a value does not fit or is not there yet."""
        values: list[Any] = []
        for field in self.numbers:
            value = reach(block, field.path)
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
                value: Any = list(after[place : place + count]) if count > 1 else after[place]
                if field.code.endswith("s") and field.type == "CHAR":
                    value = value.split(b"\0", 1)[0]
                assign(block, field.path, value)
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
