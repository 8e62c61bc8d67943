"""The types of control blocks: which fields of a C struct show which attributes of a Python class.

What an object is at a moment is its state: one tuple of what its struct points to, of the blocks inside, of its
numbers.  Nearly always that equals the state of the last time, and nothing is to be done.  Otherwise all fields of the
struct are packed at once (its image); the addresses of what it points to are looked up only when one of the pointers
has changed.
"""

import struct
from collections.abc import Callable, Iterator
from typing import Any

from netx_c.port.layout import Struct
from netx_c.port.receivers import FIELDS
from netx_sim.address import NXD_ADDRESS
from netx_sim.constants import NX_IP_ID, NX_PACKET_POOL_ID, NX_TCP_ID, NX_UDP_ID
from netx_sim.constants_tx import TX_THREAD_ID
from netx_sim.kernel import objects
from netx_sim.kernel.clock import NEVER
from netx_sim.kernel.event_flags import TX_EVENT_FLAGS_GROUP
from netx_sim.md5 import NX_MD5

_NUMBERS = {"UINT": "I", "ULONG": "I", "INT": "i", "LONG": "i", "USHORT": "H", "UCHAR": "B", "ULONG64": "Q"}
_MASKS = {"I": 0xFFFFFFFF, "i": 0xFFFFFFFF, "H": 0xFFFF, "B": 0xFF, "Q": 0xFFFFFFFFFFFFFFFF}
# Fewer bytes between fields are nobody's in NetX's structs, and zeros; more, or in ThreadX's, may be a team's own
# extension, and are left alone.
_RESERVED = 17
_UNION = ("nxd_ip_address.v4", "nxd_ip_address")  # its words cover it
# Embedded structs that nobody points into: their numbers are the outer one's.
_VALUES = ("NXD_ADDRESS", "NX_MD5", "TX_EVENT_FLAGS_GROUP")
_WAITING = "block._waiters[0] if block._waiters else None"
# Where Python keeps an offset, or no id of its own, or has another name for it; and what a property would compute in
# more time.
_EXPRESSIONS = {
    "nx_packet_pool_start": "block._address + block.nx_packet_pool_start",
    "nx_ip_events.tx_event_flags_group_id": f"{objects.TX_EVENT_FLAGS_ID} if block.nx_ip_id else 0",
    "nx_ip_events.tx_event_flags_group_current": "block._events",
    "nx_ip_events.tx_event_flags_group_suspended_count": "0",
    "nx_tcp_socket_timeout": (
        "0 if block._deadline == NEVER else block._deadline - block._sim.now if block._deadline > block._sim.now else 1"
    ),
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
    "nx_packet_pool_available_list": "block._free[-1] if block._free else None",
    "nx_ip_events.tx_event_flags_group_name": "block.nx_ip_name",
}
# Pointers that are numbers in Python.
_ADDRESSES = ("nx_packet_pool_start", "tx_byte_pool_start", "tx_block_pool_start")
# Neighbours in a list of created blocks: they change when one is created or deleted, and not otherwise.
_NEIGHBOURS = ("nx_packet_pool_created_next", "nx_packet_pool_created_previous")
_EMPTY: dict[str, Callable[[], Any]] = {
    "NXD_ADDRESS": NXD_ADDRESS,
    "NX_MD5": NX_MD5,
    "TX_EVENT_FLAGS_GROUP": TX_EVENT_FLAGS_GROUP,
}
_IDS = {"NX_POP3_CLIENT": "nx_pop3_client_name"}  # set by its create, cleared by its delete
# What the id of a created block is; the memory of one that is deleted may be another's, with the id of that one.
_CREATED = {
    "TX_THREAD": TX_THREAD_ID,
    "TX_TIMER": objects.TX_TIMER_ID,
    "TX_SEMAPHORE": objects.TX_SEMAPHORE_ID,
    "TX_MUTEX": objects.TX_MUTEX_ID,
    "TX_EVENT_FLAGS_GROUP": objects.TX_EVENT_FLAGS_ID,
    "TX_QUEUE": objects.TX_QUEUE_ID,
    "TX_BYTE_POOL": objects.TX_BYTE_POOL_ID,
    "TX_BLOCK_POOL": objects.TX_BLOCK_POOL_ID,
    "NX_PACKET_POOL": NX_PACKET_POOL_ID,
    "NX_IP": NX_IP_ID,
    "NX_TCP_SOCKET": NX_TCP_ID,
    "NX_UDP_SOCKET": NX_UDP_ID,
}

# The functions that run for each block that a service names, written out for each type.  A block that did not change
# the last time has probably not changed now: a tuple of its attributes (its state) and one comparison say so.  One that
# did is `BUSY`, and its struct is packed at once.  An image is the whole struct, with what is C's own in it as it was.
_FUNCTIONS = """
def state_of(block):
    try:
        return ({state})
    except (AttributeError, TypeError):
        return careful_state(block)

def update(twin):
    block = twin.object
    known = twin.state
    if known is not BUSY:
        try:
            state = ({state})
        except (AttributeError, TypeError):
            state = careful_state(block)
        if state != known:
            twin.changed(state)
        return
    shadow = twin.shadow
    try:
        links = ({links})
        if links != twin.links:
            twin.relink(links)
        at = twin.addresses
        {others} = twin.others or twin.take_others()
{words}        image = pack({direct})
        whole = {inside}twin.buffer == shadow
    except (AttributeError, TypeError, ValueError, StructError):
        whole = False
    if not whole:
        twin.changed(state_of(block))
    elif image != shadow:
        twin.calm = 0
        if {plainly}:
            twin.buffer[:] = twin.shadow = image
        else:
            twin.show(image, {created})
    elif twin.calm < CALM:
        twin.calm += 1
    else:
        twin.state = state_of(block)

def image(state, at, others):
    {names} = state
    {others} = others
    return pack({image})
"""
CALM = 8  # times that a block has to be the same until it is taken for one that does not change
BUSY = object()  # in the place of a state
UNKNOWN = object()  # in the place of a pointer's value: unlike whatever it is to be


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
        self.id_field = next((field for field in self.fields if field.path == self.id_path), None)
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
            elif "*" in kind or "(" in kind:
                field.link = path not in _ADDRESSES
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
        """Write out the functions for this type; `gap` bytes and more between fields are not the stack's."""
        form, whole, others, place = "<", "<", "<", 0
        self._order: list[Field | None] = []  # what makes an image: fields, and None for bytes that are C's own
        for field in [*self.fields, None]:
            between = (field.offset if field is not None else self.size) - place
            inside = any(place <= one.offset < place + between for one in self.children + self.neighbours)
            if between >= gap or inside or field is None:
                whole += f"{between}s"
                others += f"{between}s"
                self._order.append(None)
            else:
                whole += f"{between}x"
                others += f"{between}x"
            if field is not None:
                form += f"{between}x{field.code}"
                whole += field.code
                others += f"{field.size}x"
                place = field.offset + field.size
                self._order.append(field)
        self.form = struct.Struct(form)
        self._whole = struct.Struct(whole)
        self.others = struct.Struct(others).unpack  # what is C's own in a struct
        scope: dict[str, Any] = {
            "pack": self._whole.pack,
            "careful_state": self.careful_state,
            "StructError": struct.error,
            "NEVER": NEVER,
            "BUSY": BUSY,
            "CALM": CALM,
        }
        exec(self._functions(), scope)  # noqa: S102 - written here, from the data
        self.update: Callable[[Any], None] = scope["update"]
        self.state_of: Callable[[Any], tuple[Any, ...]] = scope["state_of"]
        self.image: Callable[[tuple[Any, ...], list[int], tuple[bytes, ...]], bytes] = scope["image"]

    def _functions(self) -> str:
        """The text of `update`, `state_of` and `image`."""
        terms = [_EXPRESSIONS.get(one.path, f"block.{one.path}") for one in self.links]
        names = ["_"] * (len(self.links) + len(self.children))
        # A list as a tuple: what is compared with it later must not change with it.
        terms += [f"tuple(block.{one.path})" if one.count else f"block.{one.path}" for one in self.children]
        image, others, singly = [], [], []
        direct = {}
        for place, field in enumerate(self._order):
            if field is None:
                others.append(f"n{place}")
                image.append(f"n{place}")
            elif field.link:
                image.append(f"at[{self.links.index(field)}]")
            else:
                words = [f"n{place}_{word}" for word in range(field.count)]
                terms.append(self._term(field))
                names.append(f"({', '.join(words)},)" if field.count > 1 else words[0])
                image += words
                if field.count > 1:
                    singly.append(f"        {names[-1]} = {terms[-1]}\n")
                else:
                    direct[words[0]] = terms[-1]
        inside = [term + ", " for term in terms[len(self.links) : len(self.links) + len(self.children)]]
        return _FUNCTIONS.format(
            state="".join(term + ", " for term in terms),
            links="".join(term + ", " for term in terms[: len(self.links)]),
            words="".join(singly),
            direct=", ".join([direct.get(name, name) for name in image]),
            inside=f"({''.join(inside)}) == twin.inner and " if inside else "",
            # One by itself, of which nobody else has to know that it has changed.
            plainly="False" if inside else f"twin.outer is None and ({self._created_term()}) is twin.created",
            created=self._created_term(),
            names="".join(name + ", " for name in names),
            others="".join(name + ", " for name in others),
            image=", ".join(image),
        )

    def _term(self, field: Field) -> str:
        """What of a block makes a number of its state, or several."""
        term = _EXPRESSIONS.get(field.path, f"block.{field.path}")
        if field.count > 1:
            return f"tuple({term})"
        # A text that is set anew as a whole need not be copied.
        return f"bytes({term})" if field.code.endswith("s") and not isinstance(self._initial(field), bytes) else term

    def _created_term(self) -> str:
        if self.id_field is None:
            return "False"
        term = self._term(self.id_field)
        return f"{term} == {_CREATED[self.name]}" if self.name in _CREATED else f"bool({term})"

    def _initial(self, field: Field) -> Any:
        return reach(self.make(), field.path)

    def created(self, block: Any) -> bool:
        """Has the block been created and not been deleted since?"""
        value = reach(block, self.id_path) if self.id_path else None
        return value == _CREATED[self.name] if self.name in _CREATED else bool(value)

    def careful_state(self, block: Any) -> tuple[Any, ...]:
        """The state where something of a block is not there yet."""
        children = [reach(block, field.path) for field in self.children]
        state = [reach(block, field.path) for field in self.links]
        state += [tuple(one or ()) if field.count else one for one, field in zip(children, self.children, strict=True)]
        for field in self.fields:
            if not field.link:
                value = reach(block, field.path)
                if field.code.endswith("s"):
                    state.append(bytes(value or b""))
                elif field.count > 1:
                    state.append(tuple([*(value or ()), *[0] * field.count][: field.count]))
                else:
                    state.append(value)
        return tuple(state)

    def careful_image(self, state: tuple[Any, ...], addresses: list[int], rest: tuple[bytes, ...]) -> bytes:
        """The image where a number does not fit its field or is not there yet."""
        numbers = iter(state[len(self.links) + len(self.children) :])
        others = iter(rest)
        values: list[Any] = []
        for field in self._order:
            if field is None:
                values.append(next(others))
            elif field.link:
                values.append(addresses[self.links.index(field)])
            elif field.code.endswith("s"):
                values.append(next(numbers))
            else:
                number = next(numbers)
                mask = _MASKS[field.code[0]]
                items = number if field.count > 1 else (number,)
                values += [int(item) & mask if isinstance(item, int) else 0 for item in items]
        return self._whole.pack(*values)

    def differences(self, old: bytes | bytearray, new: bytes) -> Iterator[tuple[Field, Any]]:
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
