"""Variables, types and functions of compiled C and C++, read through their debug information."""

import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from netx_c.dwarf import NoDebugInfoError, Program
from netx_c.dwarf_image import AmbiguousNameError, Image, Names
from netx_c.dwarf_memory import ClosedError, NullPointerError
from netx_c.dwarf_types import spelled
from netx_c.dwarf_values import fields
from netx_c.toolchain import INCLUDE
from tests.peers.requirement import require

INVOKE = INCLUDE.parent / "src/firmware/invoke.c"

FIRST = r"""
#include <stdbool.h>
typedef unsigned int ULONG; typedef unsigned char UCHAR; typedef char CHAR;
enum state { IDLE, BUSY = 5, DONE, BROKEN = -2 };
struct part { int a; unsigned f:3; int g:5; unsigned long long h:33; union { int u; float v; }; };
typedef struct CONFIG_STRUCT
{
    const char *name; UCHAR server[4]; struct part parts[2]; ULONG (*action)(ULONG, void *);
    struct CONFIG_STRUCT *next; double grid[2][3]; enum state state; bool on;
} CONFIG;
struct __attribute__((packed)) tight { char a; int b; short c; };
struct opaque;
CONFIG config = { "hello", {1, 2, 3, 4}, {{1, 2, -3, 1ull << 32, {7}}} };
struct tight tight = { 1, -2, 3 };
struct opaque *nobody;
int mail_count; static int hidden = 4; char text[16] = "abc"; float ratio = 1.5f; const CHAR *label = "lab";
long double wide = 2.5L;
static const short table[] = { 10, 20, 30 };
volatile signed char small = -5;
unsigned long long huge = 0xFFFFFFFFFFFFFFFFull;
extern int late; int late = 9;
int *hidden_at(void) { return &hidden; }
static int poll_it(int n)
{
    static int count = 100;
    { static char inner[3]; inner[0]++; }
    count += n;
    return count + table[n & 1];
}
ULONG mail_task_run(ULONG n) { mail_count += n; return poll_it(n); }
ULONG apply(ULONG n, void *extra) { return n * 2 + (extra != 0); }
double scale(double x, int n, float y) { return x * n + y; }
float half(float x) { return x / 2; }
int truncated(double x) { return (int)x; }
long sum7(long a, long b, long c, long d, long e, long f, long g) { return a + b + c + d + e + f + g * 10; }
signed char negative(signed char x) { return (signed char)-x; }
bool is_set(const CONFIG *c) { return c->on; }
void fill(CONFIG *c, const char *name) { c->name = name; c->state = BUSY; }
CONFIG *self(CONFIG *c) { return c; }
int length(const char *s) { int n = 0; while (*s++) n++; return n; }
int total(const int *values, int n) { int sum = 0; while (n--) sum += *values++; return sum; }
CONFIG by_value(CONFIG c) { return c; }
"""

SECOND = r"""
static int hidden = 7;
static int only_here = 70;
static int shout(void) { return 2; }
int *second_hidden(void) { return shout() ? &hidden : &only_here; }
"""

CPP = r"""
namespace mail { int total = 3; static int quiet = 2; namespace { int inner = 1; }
                 int use() { return total + quiet + inner; } }
struct Base { int base; };
struct Derived : Base { int own; static int shared; int out(); };
int Derived::shared = 8;
int Derived::out() { return own; }
Derived derived;
enum class Color : unsigned char { red = 3 };
Color color = Color::red;
int &alias = mail::total;
extern "C" int cfunc(int a) { static int calls; calls++; return a + mail::use() + derived.out() + (int)color; }
"""

BUILDS = [("gcc", 4), ("gcc", 5), ("clang", 4), ("clang", 5)]


def compiled(folder: Path, compiler: str, version: int, sources: dict[str, str], *flags: str) -> Path:
    require(compiler)
    files = []
    for name, text in sources.items():
        files.append(folder / name)
        files[-1].write_text(text)
    target = folder / "image.so"
    command = [compiler, "-g", f"-gdwarf-{version}", "-fPIC", "-shared", f"-I{INCLUDE}", *flags, "-o", target]
    subprocess.run([*command, *files, str(INVOKE)], check=True, timeout=60)
    return target


class World:
    """An image, as a firmware shows it."""

    def __init__(self, path: Path) -> None:
        self.program = Program(path, INVOKE.parent)
        self.image = Image(path, self.program)
        self.names = Names(self.image)

    def file(self, name: str) -> Names:
        return Names(self.image, self.image.unit(name))


@pytest.fixture(scope="module", params=BUILDS, ids=lambda build: f"{build[0]}-dwarf{build[1]}")
def build(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("image"), *request.param, {"first.c": FIRST, "second.c": SECOND})


@pytest.fixture
def c(build: Path, tmp_path: Path) -> Iterator[World]:
    copy = shutil.copy(build, tmp_path / "copy.so")
    world = World(Path(copy))
    yield world
    world.image.close()


def test_numbers_are_read_and_written(c: World) -> None:
    n = c.names
    assert (n.mail_count, n.late, n.small, n.huge, n.ratio, n.wide) == (0, 9, -5, 2**64 - 1, 1.5, 2.5)
    n.mail_count = -7
    n.ratio = 0.25
    n.wide = -1.5
    assert (n.mail_count, n.ratio, n.wide) == (-7, 0.25, -1.5)
    assert n.mail_task_run(10) == 120
    assert n.mail_count == 3  # C saw what was written here


def test_each_image_begins_with_fresh_variables(c: World, tmp_path: Path) -> None:
    c.names.mail_count = 5
    other = World(Path(shutil.copy(c.program.path, tmp_path / "other.so")))
    assert other.names.mail_count == 0
    other.image.close()


def test_values_that_do_not_fit_are_refused(c: World) -> None:
    with pytest.raises(OverflowError, match="mail_count, an int, cannot hold 2147483648"):
        c.names.mail_count = 1 << 31
    with pytest.raises(TypeError, match="mail_count is an int, not 'three'"):
        c.names.mail_count = "three"
    with pytest.raises(OverflowError, match="3 bits, cannot hold 8: 0 to 7"):
        c.names.config.parts[0].f = 8
    with pytest.raises(OverflowError, match="room for 16 bytes, not for 17"):
        c.names.text = "x" * 17
    assert c.names.mail_count == 0


def test_structs_arrays_and_bit_fields(c: World) -> None:
    config = c.names.config
    assert config.server[0] == 1
    assert config.server == b"\1\2\3\4"
    part = config.parts[0]
    assert (part.a, part.f, part.g, part.h, part.u) == (1, 2, -3, 1 << 32, 7)
    part.g = -16
    part.h = (1 << 33) - 1
    assert (part.f, part.g, part.h) == (2, -16, (1 << 33) - 1)
    part.v = 1.0
    assert part.u == 0x3F800000  # a union
    config.grid = [[1, 2, 3], [4, 5.5, 6]]
    assert config.grid[1][1] == 5.5
    assert config.grid[0] == [1.0, 2.0, 3.0]
    config.parts[1] = {"a": 9, "f": 7}
    assert (config.parts[1].a, config.parts[1].f, config.parts[1].g) == (9, 7, 0)
    config.parts[0] = config.parts[1]
    assert config.parts[0] == config.parts[1]
    assert config.parts[-1].a == 9
    with pytest.raises(IndexError):
        config.parts[2]
    with pytest.raises(AttributeError, match="part has no member 'aa'"):
        config.parts[0].aa
    with pytest.raises(AttributeError, match="part has no member 'b'"):
        config.parts[0].b = 1
    assert "a=9 f=7" in repr(config.parts[1])
    assert set(fields(config)) == {"name", "server", "parts", "action", "next", "grid", "state", "on"}


def test_packed_structs_lie_as_the_compiler_put_them(c: World) -> None:
    assert bytes(c.names.tight) == b"\1\xfe\xff\xff\xff\3\0"
    c.names.tight.b = 0x01020304
    assert bytes(c.names.tight) == b"\1\4\3\2\1\3\0"


def test_text(c: World) -> None:
    n = c.names
    assert n.text == "abc"
    assert str(n.text) == "abc"
    assert bytes(n.text) == b"abc" + bytes(13)
    n.text = "longer"
    assert n.length(n.text) == 6
    n.text = "no"
    assert (n.text, n.text[0], n.text[0:3]) == ("no", ord("n"), b"no\0")
    assert n.label == "lab"
    n.label = "another one"
    assert (str(n.label), n.length(n.label)) == ("another one", 11)
    assert n.label[0:3] == b"ano"


def test_pointers(c: World) -> None:
    n = c.names
    config = n.config
    assert not config.next
    assert config.next == None  # noqa: E711
    with pytest.raises(NullPointerError):
        config.next.state
    config.next = config
    assert config.next.next == config
    config.next.on = True
    assert config.on is True
    assert n.is_set(config) is True
    other = n.self(config)
    assert (other == config, other[0].name) == (True, "hello")
    with pytest.raises(TypeError, match="points to a CONFIG"):
        config.next = n.tight
    with pytest.raises(TypeError, match="has no type"):
        n.nobody[0]
    config.next = None
    assert not config.next


def test_functions(c: World) -> None:
    n = c.names
    assert n.mail_task_run(3) == 123
    assert n.poll_it(0) == 113  # static
    assert n.poll_it.count == 103
    n.poll_it.count = 0
    assert n.poll_it(1) == 21
    assert n.poll_it.inner == b"\3"
    assert n.sum7(1, 2, 3, 4, 5, 6, 7) == 91
    assert n.negative(-128 + 1) == 127
    assert n.length("four") == 4
    assert n.total([1, 2, 30], 3) == 33
    n.fill(n.config, "filled")
    assert (n.config.name, n.config.state) == ("filled", n.BUSY)
    with pytest.raises(TypeError, match="fill takes 2 arguments, not 1"):
        n.fill(n.config)
    with pytest.raises(TypeError, match="struct by value"):
        n.by_value(n.config)
    with pytest.raises(AttributeError, match="a function and cannot be assigned"):
        n.fill = 3
    assert "void (CONFIG *, char *)" in repr(n.fill)


def test_floating_point_arguments(c: World) -> None:
    n = c.names
    assert n.scale(1.5, 2, 0.25) == 3.25
    assert n.half(3) == 1.5
    assert n.truncated(-2.9) == -2
    assert math.isnan(n.half(math.nan))
    with pytest.raises(TypeError, match="argument 1 of scale is a double"):
        n.scale("x", 1, 1)


def test_function_pointers(c: World) -> None:
    n = c.names
    assert not n.config.action
    n.config.action = n.apply
    assert n.config.action == n.apply
    assert n.config.action(21, None) == 42
    assert n.config.action(21, n.config) == 43
    n.config.action = None
    assert not n.config.action


def test_enums(c: World) -> None:
    n = c.names
    assert (n.IDLE, n.BUSY, n.DONE, n.BROKEN) == (0, 5, 6, -2)
    n.config.state = n.DONE
    assert n.config.state == 6
    n.config.state = "BROKEN"
    assert n.config.state == -2


def test_static_objects_of_one_name(c: World) -> None:
    if len(c.program.symbols["hidden"]) == 2:
        with pytest.raises(AmbiguousNameError, match=r"first\.c:\d+, .*second\.c:2"):
            c.names.hidden
    assert c.file("second.c").hidden == 7
    c.file("first.c").hidden = 44
    assert c.names.hidden_at()[0] == 44
    assert c.file("second.c").hidden == 7
    assert c.names.only_here == 70
    assert c.file("second.c").shout() == 2
    with pytest.raises(AttributeError, match=r"second\.c has no function or variable 'mail_count'"):
        c.file("second.c").mail_count
    with pytest.raises(AttributeError, match="no file is called"):
        c.file("third.c")


def test_a_name_that_is_not_there(c: World) -> None:
    with pytest.raises(AttributeError, match="'mail_cont'; there is mail_count"):
        c.names.mail_cont
    with pytest.raises(AttributeError, match="'nonsense'"):
        c.names.nonsense = 3
    assert "mail_count" in dir(c.names)
    assert c.names["mail_count"] == 0


def test_memory_for_a_type(c: World) -> None:
    config = c.image.new("CONFIG", {"name": "made", "state": 5})
    assert (config.name, config.state, config.next) == ("made", 5, None)
    assert c.image.new("char[8]", "text") == "text"
    assert c.image.new("struct part").a == 0
    number = c.image.new("unsigned int", 7)
    assert (number[0], c.image.new("int [3]", [1, 2])) == (7, [1, 2, 0])
    assert c.image.cast("CONFIG *", int(config)).name == "made"
    with pytest.raises(TypeError, match="no type 'struct missing'"):
        c.image.new("struct missing")


def test_lines_of_addresses(c: World) -> None:
    address = int(c.names.mail_task_run)
    where = c.image.line_at(address)
    line = next(number for number, text in enumerate(FIRST.splitlines(), 1) if "mail_task_run" in text)
    assert where is not None
    assert (Path(where[0]).name, where[1]) == ("first.c", line)
    assert c.image.function_name(address + 1) == "mail_task_run"
    assert c.image.line_at(1) is None


def test_nothing_is_touched_after_unloading(build: Path, tmp_path: Path) -> None:
    world = World(Path(shutil.copy(build, tmp_path / "copy.so")))
    config = world.names.config
    world.image.close()
    with pytest.raises(ClosedError):
        config.state
    with pytest.raises(ClosedError):
        config.state = 1
    with pytest.raises(ClosedError):
        world.names.mail_task_run(1)


@pytest.mark.parametrize(("compiler", "version"), [("g++", 4), ("g++", 5), ("clang++", 4), ("clang++", 5)])
@pytest.mark.parametrize("optimise", ["-O0", "-O2"])
def test_cpp(tmp_path: Path, compiler: str, version: int, optimise: str) -> None:
    world = World(compiled(tmp_path, compiler, version, {"mail.cpp": CPP}, optimise))
    n = world.names
    n.derived.own = 5
    n.derived.base = 6  # of the base class
    assert n.cfunc(100) == 100 + 6 + 5 + 3
    n["mail::total"] = 13
    assert n.total == 13
    assert n.alias[0] == 13
    assert n["Derived::shared"] == 8
    assert n.color == 3
    assert n.cfunc.calls == 1
    assert n["mail::use"]() == 16
    world.image.close()


def test_what_the_compiler_inlined_is_said(tmp_path: Path) -> None:
    source = "static int twice(int n) { return n * 2; } int use(int n) { return twice(n) + 1; }"
    world = World(compiled(tmp_path, "gcc", 5, {"a.c": source}, "-O2"))
    assert world.names.use(3) == 7
    with pytest.raises(AttributeError, match="twice was inlined by the compiler"):
        world.names.twice(1)
    world.image.close()


def test_a_struct_that_one_file_only_declares(tmp_path: Path) -> None:
    first = "struct deep; struct deep *make(void); struct deep *top; void go(void) { top = make(); }"
    second = "struct deep { int depth; } one = { 11 }; struct deep *make(void) { return &one; }"
    world = World(compiled(tmp_path, "gcc", 5, {"a.c": first, "b.c": second}))
    world.names.go()
    assert world.names.top.depth == 11
    world.image.close()


def test_no_debug_information(tmp_path: Path) -> None:
    path = compiled(tmp_path, "gcc", 5, {"a.c": "int a;"}, "-g0")
    with pytest.raises(NoDebugInfoError, match="compile with -g"):
        Program(path)


def test_types_as_a_person_writes_them(c: World) -> None:
    signatures = {name: spelled(c.program.type_of(c.program.symbols[name][0])) for name in ("config", "apply", "text")}
    assert signatures["config"] == "CONFIG"
    assert signatures["text"] == "char[16]"
    assert signatures["apply"] == "unsigned int (unsigned int, void *)"
