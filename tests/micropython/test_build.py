"""What the build for boards takes away changes nothing that a program does."""

import ast

import pytest

from tests.micropython.board import Bundler, build, shaken


def settled(**sources):
    """What is left of modules for the program `main`, as text."""
    trees = {name: ast.parse(source) for name, source in sources.items()}
    return {name: ast.unparse(tree) for name, tree in build.settled(trees, "main").items()}


def run(**sources):
    """What the bundled program prints into its list `out`, and the text of its files."""
    trees = {name: ast.parse(source) for name, source in sources.items()}
    files = Bundler(build.settled(trees, "main"), "main").bundle()
    modules = {name: {"__name__": name} for name in files}

    def load(name, _globals=None, _locals=None, _names=(), _level=0):
        if name not in modules:
            return __import__(name)
        space = modules[name]
        if "__builtins__" not in space:
            space["__builtins__"] = {**vars(__import__("builtins")), "__import__": load}
            exec(files[name], space)
        return _Module(space)

    load("main_program")
    return modules["main_program"]["out"], "".join(files.values())


class _Module:
    def __init__(self, space):
        self.__dict__ = space


STACK = """
NEVER = 1 << 62
hooks = []
class Block:
    def __init__(self, size=4, extra=None):
        self.size = size
        self.extra = extra
        self._count = 0
        self._unread = size
    def grow(self, by):
        if self.extra is not None:
            return self.special(by)
        for hook in hooks:
            hook(self)
        self._count += by
        return self._count
    def special(self, by):
        return "special"
    def never_called(self):
        return "dead"
def make(size, extra=None):
    return Block(size, extra)
def option():
    return False
def use(block, by):
    if option() and by > 1:
        return 0xFFFFFFFF
    return block.grow(by)
"""


def test_what_no_program_reaches_goes():
    left = settled(main="from netx_stack import make, use\nout = [use(make(3), 2)]", netx_stack=STACK)
    for gone in ("special", "dead", "_unread", "extra is", "hooks", "4294967295", "option()", "NEVER"):
        assert gone not in left["netx_stack"]
    assert "def grow" in left["netx_stack"]


def test_what_a_program_uses_stays():
    out, _ = run(main="from netx_stack import make, use\nout = [use(make(3), 2)]", netx_stack=STACK)
    assert out == [2]
    out, text = run(main="from netx_stack import make, use\nout = [use(make(3, 1), 2)]", netx_stack=STACK)
    assert out == ["special"]
    main = "from netx_stack import hooks, make, use\nout = []\nhooks.append(out.append)\nuse(make(3), 2)"
    out, text = run(main=main, netx_stack=STACK)
    assert len(out) == 1
    assert "never_called" not in text


def test_an_attribute_that_is_set_elsewhere_is_not_settled():
    out, _ = run(main="from netx_stack import make, use\nb = make(3)\nb.extra = 5\nout = [use(b, 2)]", netx_stack=STACK)
    assert out == ["special"]
    main = "from netx_stack import make, use\nb = make(3)\nsetattr(b, 'extra', 5)\nout = [use(b, 2)]"
    out, _ = run(main=main, netx_stack=STACK)
    assert out == ["special"]


def test_names_of_others_stay_and_scopes_are_kept_apart():
    stack = """
limit = 7
class Line:
    name = "line"
    def __init__(self, uart):
        self.read = uart.read
        self._held = []
    def collect(self, limit):
        name = [limit for limit in range(limit)]
        self._held.append(name)
        return [self.read() for _ in self._held] + [Line.name, sum(map(lambda name: name + limit, name))]
def outer(first, second):
    def inner(second):
        return first - second + limit
    return inner(second * 2)
"""
    main = """
from netx_stack import Line, outer
class Uart:
    def read(self):
        return b"data"
out = Line(Uart()).collect(3) + [outer(1, second=2)]
"""
    out, text = run(main=main, netx_stack=stack)
    assert out == [b"data", "line", 12, 4]
    assert "read" in text
    assert "collect" in text


def test_arguments_that_are_always_the_same_are_settled():
    stack = """
def send(data, compress="never", retries=0):
    if compress != "never":
        from compressor import compressed
        data = compressed(data)
    while retries:
        retries -= 1
        data += "again"
    return data
"""
    left = settled(main="from netx_stack import send\nout = [send('x'), send('y', 'never')]", netx_stack=stack,
                   compressor="def compressed(data):\n    return data[:1]")  # fmt: skip
    assert set(left) == {"main", "netx_stack"}
    assert "compress" not in left["netx_stack"].split("\n", 1)[1]
    assert "retries -= 1" in left["netx_stack"]  # it is assigned, so it is not looked through
    out, _ = run(main="from netx_stack import send\nout = [send('x', True), send('y', retries=2)]", netx_stack=stack,
                 compressor="def compressed(data):\n    return data * 3")  # fmt: skip
    assert out == ["xxx", "yagainagain"]


def test_what_a_program_defines_may_be_called_from_outside():
    main = "def fetch(delete=False):\n    return 1 if delete else 2\nout = [fetch()]"
    assert "1 if delete else 2" in settled(main=main)["main"]


def test_what_a_program_asks_of_others_stays():
    """The stack has attributes of the same names, of which it makes little."""
    stack = """
class Link:
    def __init__(self):
        self.status = None
        self.level = 0
    def connect(self):
        pass
def make():
    link = Link()
    link.connect()
    return link.status
"""
    main = """
from netx_stack import make
class Radio:
    pass
def use(radio):
    radio.level = 5
    radio.connect(radio.status)
radio = Radio()
for name in ("connect", "status"):
    setattr(radio, "".join(name), print)
make()
"""
    left = settled(main=main, netx_stack=stack)["main"]
    for kept in ("radio.level = 5", "radio.connect(radio.status)"):
        assert kept in left
    trees = {"main": ast.parse(main), "netx_stack": ast.parse(stack)}
    text = Bundler(build.settled(trees, "main"), "main").bundle()["main_program"]
    assert "radio.connect(radio.status)" in text


def test_modules_loaded_when_wanted_stay_apart():
    stack = "def late():\n    from later import value as v\n    return v()\n"
    later = "from values import two\ndef value():\n    return two() + 1"
    out, _ = run(main="from netx_stack import late\nout = [late()]", netx_stack=stack, later=later,
                 values="def two():\n    return [2][0]")  # fmt: skip
    assert out == [3]


def test_a_name_that_is_not_there_is_told():
    trees = {"main": ast.parse("from netx_stack import other\nother()"), "netx_stack": ast.parse("x = 1")}
    with pytest.raises(NameError, match="netx_stack does not define other"):
        Bundler(shaken(trees, "main"), "main").bundle()
