"""Variables, types and functions of compiled C and C++, read through their debug information."""

import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from netx_c.cc.toolchain import INCLUDE
from netx_c.dwarf.image import AmbiguousNameError, Image, Names
from netx_c.dwarf.memory import ClosedError, NullPointerError
from netx_c.dwarf.program import NoDebugInfoError, Program
from netx_c.dwarf.types import spelled
from netx_c.dwarf.values import fields
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
#include <stdarg.h>
long add_all(int count, ...)
{
    long sum = 0; va_list list; va_start(list, count);
    while (count--) sum += va_arg(list, long);
    va_end(list); return sum;
}
double many(double a, double b, double c, double d, double e, double f, double g, double h, double i)
{ return a + b + c + d + e + f + g + h + i; }
long double wider(long double x) { return x; }
void *raw = &config; char letter = 'x'; CHAR *const names[2] = { "one", "two" }; struct { int inner; } loose = { 5 };
float _Complex complex_number; struct part matrix[2][2]; int flexible_length;
struct tail { int count; int items[]; } *tail;
int (*chosen)(int) = poll_it;
struct nest { struct one { int a; } inner; } nest;
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


def test_what_does_not_fit_a_type(c: World) -> None:
    n = c.names
    with pytest.raises(TypeError, match="its size or encoding is not known"):
        n.complex_number
    with pytest.raises(TypeError, match="cannot be assigned"):
        n.complex_number = 1
    with pytest.raises(TypeError, match="ratio is a float, not 'x'"):
        n.ratio = "x"
    with pytest.raises(TypeError, match=r"config.next is a CONFIG \*, not 1.5"):
        n.config = {"next": 1.5}
    with pytest.raises(TypeError, match="tight is a tight: assign another one, a dict of members or 7 bytes"):
        n.tight = b"short"
    with pytest.raises(AttributeError, match="has no member"):
        n.tight = {"nothing": 1}
    with pytest.raises(AttributeError, match="has no attribute 'state'"):
        n.raw.state
    with pytest.raises(AttributeError, match="has no attribute 'state'"):
        n.label.state = 1
    with pytest.raises(TypeError, match="needs an end"):
        n.label[0:]
    with pytest.raises(TypeError, match="is no text"):
        bytes(n.raw)
    with pytest.raises(TypeError, match=r"argument 2 of fill is a char \*, not 1.5"):
        n.fill(n.config, 1.5)


def test_other_ways_to_write(c: World) -> None:
    n = c.names
    n.letter = "y"
    assert n.letter == ord("y")
    n.letter = b"\xff"
    assert n.letter == -1
    n.tight = bytes(range(7))
    assert bytes(n.tight) == bytes(range(7))
    n.config.next = int(n.config)
    assert n.config.next == n.config == n.config.next[0]
    n.matrix[1][0].a = 8
    n.matrix[0] = n.matrix[1]
    assert n.matrix[0][0].a == 8
    n.config.server = n.config.server
    n.raw = n.matrix
    assert int(n.raw) == int(n.matrix)
    n.label = n.names[1]
    assert n.label == "two"
    assert n.config != 3
    assert n.config == {"on": False}
    assert n.raw != "text"
    assert len({n.label, n.names[1], n.poll_it, n.config}) == 3


def test_how_values_are_shown(c: World) -> None:
    n = c.names
    assert repr(n.text) == "b'abc'"
    assert repr(n.config.grid[0]) == "[0.0, 0.0, 0.0]"
    assert str(n.config.grid[0]) == "[0.0, 0.0, 0.0]"
    assert repr(n.config.next) == str(n.config.next) == "<CONFIG * NULL>"
    assert repr(n.label).startswith("<char * 0x")
    assert "next=<CONFIG * NULL>" in repr(n.config)
    assert repr(n.loose) == "<struct inner=5>"
    assert "parts" in dir(n.config)
    assert repr(n) == "<copy.so>"
    assert repr(c.file("first.c")) == "<first.c>"
    assert n.names[0:2] == [n.names[0], n.names[1]]
    assert n.config.parts[0:1] == [n.config.parts[0]]
    assert repr(c.program.type_of(c.program.symbols["config"][0])) == "<Struct CONFIG>"
    assert repr(c.image.new("struct part [1]")) == "[<part a=0 f=0 g=0 h=0 u=0 v=0.0>]"
    assert "inner=<one>" in repr(n.nest)


def test_a_flexible_array(c: World) -> None:
    tail = c.image.cast("struct tail *", c.image.new("int [4]", [3, 10, 20, 30]))
    assert [tail.items[index] for index in range(tail.count)] == [10, 20, 30]
    with pytest.raises(IndexError):
        tail.items[-1]


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


def test_functions_with_any_number_of_arguments(c: World) -> None:
    assert c.names.add_all(3, 10, -20, 30) == 20
    assert c.names.add_all(1, c.names.config) == int(c.names.config)
    assert c.names.add_all(1, None) == 0
    with pytest.raises(TypeError, match=r"the prototype says \.\.\."):
        c.names.add_all(1, 1.5)


def test_what_a_function_has_not(c: World) -> None:
    with pytest.raises(AttributeError, match="fill has no static variable 'count'; it has none"):
        c.names.fill.count
    with pytest.raises(AttributeError, match="it has count, inner"):
        c.names.poll_it.counter = 1
    assert not hasattr(c.names.fill, "__wrapped__")
    assert not hasattr(c.names, "__wrapped__")
    assert not hasattr(c.names.config, "__wrapped__")
    assert c.image.dlsym("no_such_symbol") == 0
    assert c.image.address_of("text") is None


def test_functions_behind_pointers(c: World) -> None:
    n = c.names
    assert repr(n.chosen).startswith("<function poll_it:")
    assert n.chosen.count == 100
    n.config.action = int(n.apply) + 1
    assert "the function at 0x" in repr(n.config.action)
    n.config.action = None


def test_floating_point_arguments(c: World) -> None:
    n = c.names
    assert n.scale(1.5, 2, 0.25) == 3.25
    assert n.half(3) == 1.5
    assert n.truncated(-2.9) == -2
    assert math.isnan(n.half(math.nan))
    with pytest.raises(TypeError, match="argument 1 of scale is a double"):
        n.scale("x", 1, 1)
    with pytest.raises(TypeError, match="more arguments than registers"):
        n.many(*range(9))
    with pytest.raises(TypeError, match="cannot be passed from here"):
        n.wider(1)


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


def test_a_function_in_two_parts(tmp_path: Path) -> None:
    """The compiler puts what seldom runs elsewhere; the address is where the function begins."""
    source = """
    #include <stdlib.h>
    void log_error(int) __attribute__((cold, noinline));
    void log_error(int n) { if (n > 1000) abort(); }
    int work(int n) { if (n > 100) { log_error(n); log_error(n + 1); abort(); } return n + 1; }
    """
    for compiler, version in BUILDS:
        path = compiled(tmp_path, compiler, version, {"a.c": source}, "-O2")
        world = World(path)
        assert world.names.work(1) == 2
        assert world.image.function_name(int(world.names.work)) == "work"
        world.image.close()
        path.unlink()


def test_types_by_name(c: World) -> None:
    assert [c.image.type_named(name).size for name in ("unsigned short", "long long", "double")] == [2, 8, 8]
    assert c.image.new("long", 5)[0] == 5
    assert not c.image.new("void *")[0]
    assert c.program.type_named("int (*)(int)") is None
    assert c.program.struct("int") is None


def test_no_debug_information(tmp_path: Path) -> None:
    path = compiled(tmp_path, "gcc", 5, {"a.c": "int a;"}, "-g0")
    with pytest.raises(NoDebugInfoError, match="compile with -g"):
        Program(path)


def test_types_as_a_person_writes_them(c: World) -> None:
    signatures = {name: spelled(c.program.type_of(c.program.symbols[name][0])) for name in ("config", "apply", "text")}
    assert signatures["config"] == "CONFIG"
    assert signatures["text"] == "char[16]"
    assert signatures["apply"] == "unsigned int (unsigned int, void *)"
