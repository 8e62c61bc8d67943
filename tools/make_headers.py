"""Write the headers of the C port: ports/c/netx_c/include/*.h.

    python tools/make_headers.py            write them
    python tools/make_headers.py --check    exit 1 if one is not up to date

What a person writes is in tools/headers: C text, with lines `//@ ...` for what follows from the facts of the interface
in ports/c/netx_c/data/api.json:

    //@ constants A..B [hex]            every constant from A to B, in the file's order; tunables can be set beforehand
    //@ structs                         the control blocks of this header
    //@ prototypes GROUP...             both forms of each service
    //@ application GROUP...            what the application defines
    //@ macros GROUP... checked|unchecked
    //@ not_enabled                     services that a default build leaves out
    //@ config tx|nx|pop3               the weak table of tunables and flags
    //@ layout tx|nx|pop3               the weak table of this header's control blocks

Headers that only lead to another one are listed in `_LEADING`.  A constant in no header, or in two, is an error.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parent.parent
_TEMPLATES = _ROOT / "tools" / "headers"
_INCLUDE = _ROOT / "ports" / "c" / "netx_c" / "include"
_FACTS = _ROOT / "ports" / "c" / "netx_c" / "data" / "api.json"
_COLUMN = 48

# Internal headers of which firmware needs nothing that nx_api.h or tx_api.h has not got, and what they are about.
_LEADING = {
    "tx_trace.h": "the trace",
    "nx_arp.h": "ARP",
    "nx_nd_cache.h": "neighbour discovery",
    "nx_rarp.h": "RARP",
}

Field = dict[str, Any]
Service = dict[str, Any]


class Facts:
    """The interface, and which constants have been written so far."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.services: list[Service] = data["services"]
        self.structs: dict[str, dict[str, Any]] = data["structs"]
        self.not_enabled: list[Service] = data["not_enabled"]
        self.flags: list[str] = data["flags"]
        self.when_defined: list[str] = data["when_defined"]
        self.expressions: dict[str, str] = data["expressions"]
        self.tunables = [row["name"] for row in data["tunables"]]
        optional = {k: v for k, v in data["constants_with_build_options"].items() if k not in self.flags}
        self.constants: dict[str, int | str] = {**data["constants"], **optional}
        self.order = list(self.constants)
        self.written: set[str] = set()


def define(name: str, value: str) -> str:
    """A #define, its value in the common column."""
    return f"#define {name}".ljust(_COLUMN - 1) + f" {value}"


def literal(value: int | str, hexadecimal: bool) -> str:
    """A constant in C: strings as such; what has more than 16 bits as a mask."""
    if isinstance(value, str):
        return json.dumps(value)
    if value > 0xFFFFFFFF:
        return f"0x{value:X}UL"
    if value > 0xFFFF:
        return f"0x{value:08X}U"
    return f"0x{value:0{2 if value < 0x100 else 4}X}" if hexadecimal else str(value)


def constants(facts: Facts, span: str, how: str = "") -> list[str]:
    """The #defines of a span of constants."""
    first, last = span.split("..")
    lines = []
    for name in facts.order[facts.order.index(first) : facts.order.index(last) + 1]:
        if name in facts.written:
            raise SystemExit(f"{name} is written twice")
        facts.written.add(name)
        line = define(name, facts.expressions.get(name) or literal(facts.constants[name], how == "hex"))
        lines += [f"#ifndef {name}", line, "#endif"] if name in facts.tunables else [line]
    return lines


def declaration(kind: str, name: str) -> str:
    """`name` declared as `kind`: a plain type, an array or a pointer to a function."""
    kind = " ".join(kind.replace("*", " * ").split()).replace("* *", "**").replace("( * )", "(*)")
    kind = re.sub(r"\* (\w)", r"*\1", kind).replace("* ,", "*,").replace("* )", "*)").replace("( ", "(")
    if "(*)" in kind:
        return kind.replace("(*)", f"(*{name})")
    array = re.fullmatch(r"(.*?) ?(\[.*\])", kind)
    if array:
        return f"{array[1]} {name}{array[2]}"
    return f"{kind}{name}" if kind.endswith("*") else f"{kind} {name}"


class Struct:
    """Writes a control block: its fields at their offsets, and reserved bytes where only those would lie."""

    _SCALARS = {"UCHAR": 1, "CHAR": 1, "USHORT": 2, "UINT": 4, "ULONG": 4, "INT": 4}

    def __init__(self, facts: Facts, name: str) -> None:
        self.facts = facts
        self.name = name
        self.struct = facts.structs[name]
        self.lines: list[str] = []
        self.at = 0

    def shape(self, field: Field) -> tuple[int, int]:
        """(size, alignment) of a field as the facts have it."""
        kind = str(field["type"])
        array = re.fullmatch(r"(.*?) ?\[(\d+)\]", kind)
        if array:
            size, alignment = self.shape({"type": array[1]})
            return size * int(array[2]), alignment
        if "*" in kind:
            return 8, 8
        if kind in self.facts.structs:
            inner = Struct(self.facts, kind)
            return self.facts.structs[kind]["size"], max(inner.shape(f)[1] for f in inner.fields())
        if kind == "union":
            shapes = [self.shape(member) for member in self.members(field)]
            return max(size for size, _ in shapes), max(alignment for _, alignment in shapes)
        return self._SCALARS[kind], self._SCALARS[kind]

    def fields(self) -> list[Field]:
        """The fields, members of unions left out."""
        return [field for field in self.struct["fields"] if "." not in field["name"]]

    def members(self, union: Field) -> list[Field]:
        """The members of a union."""
        return [field for field in self.struct["fields"] if field["name"].startswith(f"{union['name']}.")]

    def declare(self, field: Field) -> list[str]:
        """The lines of one field."""
        kind = str(field["type"])
        if kind == "union":
            inner = [f"        {declaration(m['type'], m['name'].split('.')[1])};" for m in self.members(field)]
            return ["    union", "    {", *inner, f"    }} {field['name']};"]
        if "length" in field:
            kind = re.sub(r"\[.*\]", f"[{field['length']}]", kind)
        return [f"    {declaration(kind, field['name'])};"]

    def skip_to(self, offset: int, alignment: int) -> None:
        """Reserve what lies between here and `offset`, unless the compiler leaves it out by itself."""
        if (self.at + alignment - 1) // alignment * alignment != offset:
            self.lines.append(f"    UCHAR netx_reserved_{self.at}[{offset - self.at}];")

    def text(self) -> list[str]:
        """The whole definition."""
        widest = 1
        for field in self.fields():
            size, alignment = self.shape(field)
            widest = max(widest, alignment)
            self.skip_to(field["offset"], alignment)
            declared = self.declare(field)
            if "when" in field:
                declared = [f"#ifdef {field['when']}", *declared, "#endif"]
            else:
                self.at = field["offset"] + size
            self.lines += declared
        self.skip_to(self.struct["size"], widest)
        if "extension" in self.struct:
            self.lines += [f"#ifdef {self.struct['extension']}", f"    {self.struct['extension']}", "#endif"]
        return [f"struct {self.name}_STRUCT", "{", *self.lines, "};", ""]


def embedded(facts: Facts, name: str) -> set[str]:
    """The control blocks that lie inside this one."""
    kinds = {re.sub(r" ?\[.*", "", field["type"]) for field in facts.structs[name]["fields"]}
    return {kind for kind in kinds if kind in facts.structs}


def structs(facts: Facts, header: str) -> list[str]:
    """The control blocks of a header, those embedded in others first."""
    names = [name for name, struct in facts.structs.items() if struct["header"] == header]
    ordered: list[str] = []
    while len(ordered) < len(names):
        ordered += [n for n in names if n not in ordered and not (embedded(facts, n) & set(names)) - set(ordered)]
    lines = [f"typedef struct {name}_STRUCT {name};" for name in ordered] + [""]
    for name in ordered:
        lines += Struct(facts, name).text()
    return lines[:-1]


def core(service: Service) -> str:
    """The symbol of the service that checks nothing."""
    name = str(service["name"])
    return str(service.get("core") or (name if name.startswith("_") else f"_{name}"))


def prototype(service: Service, symbol: str, parameters: list[list[str]]) -> list[str]:
    """A prototype, folded at 120 columns."""
    shown = [declaration("NETX_HOST_TEXT" if kind == "CHAR *" else kind, name) for name, kind in parameters] or ["VOID"]
    head = declaration(service["returns"], symbol) + "("
    lines, line = [], head
    for index, parameter in enumerate(shown):
        piece = parameter + (");" if index == len(shown) - 1 else ", ")
        if len(line + piece.rstrip()) > 120:
            lines.append(line.rstrip())
            line = " " * len(head)
        line += piece
    return [*lines, line]


def size_parameter(service: Service) -> list[str]:
    """The last parameter of a checked create service."""
    return [f"{service['hidden_size'].lower()}_size", "UINT"]


def prototypes(facts: Facts, *groups: str) -> list[str]:
    """The checked and the unchecked form of each service."""
    lines = []
    for service in chosen(facts, groups):
        parameters = service["params"]
        if "checked" in service:
            checked = [list(p) for p in parameters]
            if service.get("packet_by_variable"):
                checked = [[f"{n}_ptr", "NX_PACKET **"] if k == "NX_PACKET *" else [n, k] for n, k in checked]
            if "hidden_size" in service:
                checked.append(size_parameter(service))
            lines += prototype(service, service["checked"], checked)
        lines += prototype(service, core(service), parameters)
    return lines


def chosen(facts: Facts, groups: tuple[str, ...]) -> list[Service]:
    """The services of some groups which the stack defines."""
    return [s for s in facts.services if s["component"] in groups and s.get("defined_by") != "application"]


def application(facts: Facts, *groups: str) -> list[str]:
    """What the application defines."""
    services = [s for s in facts.services if s["component"] in groups and s.get("defined_by") == "application"]
    return [line for s in services for line in prototype(s, s["name"], s["params"])]


def macro(service: Service, checked: bool) -> list[str]:
    """What the name that firmware calls stands for."""
    name = service["name"]
    if not checked or "checked" not in service:
        return [] if core(service) == name else [define(name, core(service))]
    names = [parameter for parameter, _ in service["params"]]
    values = [f"({parameter})" for parameter in names]
    if "hidden_size" in service:
        values = [f"NETX_HOST_NAME({n})" if k == "CHAR *" else f"({n})" for n, k in service["params"]]
        values.append(f"NETX_HOST_UINT(sizeof({service['hidden_size']}))")
    elif service.get("packet_by_variable"):
        values = [f"&({n})" if k == "NX_PACKET *" else f"({n})" for n, k in service["params"]]
    else:
        return [define(name, service["checked"])]
    return [f"#define {name}({', '.join(names)}) \\", *folded(f"    {service['checked']}(", values)]


def folded(head: str, values: list[str]) -> list[str]:
    """A macro's call, folded at 120 columns."""
    lines, line = [], head
    for index, value in enumerate(values):
        piece = value + (")" if index == len(values) - 1 else ", ")
        if len(line + piece) > 116:
            lines.append(line.rstrip() + " \\")
            line = " " * len(head)
        line += piece
    return [*lines, line]


def macros(facts: Facts, *arguments: str) -> list[str]:
    """The names that firmware calls."""
    *groups, how = arguments
    return [line for s in chosen(facts, tuple(groups)) for line in macro(s, how == "checked")]


def not_enabled(facts: Facts) -> list[str]:
    """Services that answer alike whatever they are given."""
    lines = []
    for service in facts.not_enabled:
        *head, last = prototype({"returns": "NETX_HOST_INLINE UINT"}, service["name"], service["params"])
        unused = "".join(f"(void){name}; " for name, _ in service["params"])
        lines += [*head, last.removesuffix(";"), f"{{ {unused}return TX_FEATURE_NOT_ENABLED; }}"]
    return lines


def owner(name: str) -> str:
    """The table a tunable or flag belongs to."""
    if name.startswith("TX_"):
        return "tx"
    return "pop3" if name.startswith("NX_POP3_") else "nx"


def config(facts: Facts, table: str) -> list[str]:
    """The weak table of tunables, and of those flags that are on."""
    lines = [f"NETX_HOST_KEPT const struct netx_host_value netx_host_{table}_config[] = {{"]
    lines += [f"    NETX_HOST_VALUE({name})," for name in facts.tunables if owner(name) == table]
    for name in facts.when_defined:
        if owner(name) == table:
            lines += [f"#ifdef {name}", f"    NETX_HOST_VALUE({name}),", "#endif"]
    for name in facts.flags:
        if owner(name) == table:
            lines += [f"#ifdef {name}", f'    NETX_HOST_FLAG("{name}"),', "#endif"]
    return [*lines, "    {0, 0}", "};"]


def layout(facts: Facts, header: str, table: str) -> list[str]:
    """The weak table of control blocks and their fields."""
    lines = [f"NETX_HOST_KEPT const struct netx_host_field netx_host_{table}_layout[] = {{"]
    for name, struct in facts.structs.items():
        if struct["header"] != header:
            continue
        lines.append(f"    NETX_HOST_STRUCT({name}),")
        for field in struct["fields"]:
            holder = field["name"].split(".")[0]
            row = (
                f"    NETX_HOST_MEMBER({name}, {holder}, {field['name']}),"
                if "." in field["name"]
                else f"    NETX_HOST_FIELD({name}, {holder}),"
            )
            lines += [f"#ifdef {field['when']}", row, "#endif"] if "when" in field else [row]
    return [*lines, "    {0, 0, 0}", "};"]


_DIRECTIVES = {
    "constants": constants,
    "structs": structs,
    "prototypes": prototypes,
    "application": application,
    "macros": macros,
    "not_enabled": not_enabled,
    "config": config,
    "layout": layout,
}


def header(facts: Facts, path: Path) -> str:
    """The text of the header made from one template."""
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("//@ "):
            directive, *arguments = line[4:].split()
            if directive in ("structs", "layout"):  # these need not say which header
                arguments.insert(0, path.name)
            lines += _DIRECTIVES[directive](facts, *arguments)
            continue
        by_hand = re.match(r"#define (\w+)", line)
        if by_hand:
            facts.written.add(by_hand[1])
        lines.append(line)
    return "\n".join(lines) + "\n"


def leading(name: str) -> str:
    """The text of a header that leads to nx_api.h or tx_api.h."""
    guard = name.upper().replace(".", "_")
    lines = [f"/* Internals of {_LEADING[name]}: none on the host. */", ""]
    lines += [f"#ifndef {guard}", f"#define {guard}", ""]
    return "\n".join([*lines, f'#include "{name[:2]}_api.h"', "", "#endif"]) + "\n"


def headers() -> dict[str, str]:
    """File name to text."""
    facts = Facts(json.loads(_FACTS.read_text(encoding="utf-8")))
    made = {path.name: header(facts, path) for path in sorted(_TEMPLATES.glob("*.h"))}
    made |= {name: leading(name) for name in _LEADING}
    missing = [name for name in facts.constants if name not in facts.written]
    if missing:
        raise SystemExit(f"no header has {' '.join(missing)}")
    return made


def main() -> int:
    """Write or check."""
    made = headers()
    if "--check" in sys.argv:
        return int(any(not (_INCLUDE / n).exists() or (_INCLUDE / n).read_text() != t for n, t in made.items()))
    for name, text in made.items():
        (_INCLUDE / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
