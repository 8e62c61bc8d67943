"""Tell what the example takes of a board's memory: each module, the whole, and the smallest heap for a session.

    python ports/micropython/memory.py               the files on the board, and the largest modules in them
    python ports/micropython/memory.py --heap        the smallest heaps, too; takes minutes
    python ports/micropython/memory.py --write       put all that into README.md

Needs `micropython` and `mpy-cross`; the column for words of 32 bits needs node and MicroPython's WebAssembly build.
"""

import argparse
import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
for root in (ROOT, HERE):
    sys.path.insert(0, str(root))

import build  # noqa: E402
from boardbuild.bundle import Bundler  # noqa: E402

README = HERE / "README.md"
BEGIN, END = "<!-- by memory.py: begin -->\n", "<!-- by memory.py: end -->\n"
WEBASSEMBLY = "@micropython/micropython-webassembly-pyscript"
PATIENCE_S = 120
STEP = 16  # KiB; the smallest heap is found to this: by less it is chance
TOTAL = 1 << 20  # how many packets come at once is up to the line, so each figure is of as many packets
LARGEST = 12

WHAT = {
    "nx_kernel": "threads, time, waiting; configuration, diagnostics",
    "nx_packets": "packets, pools, interfaces",
    "nx_ip": "IPv4",
    "nx_ipv6": "IPv6",
    "nx_tcp": "TCP",
    "nx_link": "SLIP",
    "nx_pop3": "POP3 client, APOP, `mail_stream`",
    "netx_sim_kernel_links": "descriptors and UARTs that are waited for",
    "netx_sim_md5_steps": "MD5, loaded only where `hashlib` has none",
    "main": "main.py",
}
# Every module alone, and then what the session needs of those that are loaded late.
PROBE = """
import gc
def used():
    gc.collect()
    return gc.mem_alloc()
before = used()
for name in {names!r}:
    __import__(name)
    now = used()
    print(name, now - before)
    before = now
"""


def tool(name: str) -> str:
    """A program beside the interpreter or on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing (pip install .[test])")
    return found


def webassembly() -> "tuple[str, str] | None":
    """Node and MicroPython's WebAssembly build, if they are there."""
    named = os.environ.get("NODE_PATH", "").split(os.pathsep)
    places = [ROOT / "node_modules", ROOT / "out" / "node" / "node_modules", *map(Path, named)]
    programs = [place / WEBASSEMBLY / "micropython.mjs" for place in places]
    node = shutil.which("node")
    found = [str(program) for program in programs if program.is_file()]
    return (node, found[0]) if node and found else None


def load_order(files: Iterable[str]) -> list[str]:
    """Modules as they are built: each after what it needs; the program last."""
    found = [name.removesuffix(".py") for name in files]
    return [name for name in found if name in WHAT or name.endswith("_program")]


def figures(argv: list[str], environment: "dict[str, str] | None" = None) -> dict[str, int]:
    done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=True, env=environment)
    return {name: int(count) for name, count in (line.split() for line in done.stdout.splitlines())}


def on_native(folder: Path, modules: list[str]) -> dict[str, int]:
    """Bytes of heap that each module adds, words of 64 bits."""
    argv = [tool("micropython"), "-X", "heapsize=8M", "-c", PROBE.format(names=modules)]
    return figures(argv, os.environ | {"MICROPYPATH": f"{folder}{os.pathsep}.frozen"})


def on_webassembly(folder: Path, modules: list[str]) -> dict[str, int]:
    """The same, words of 32 bits; nothing where it cannot be run."""
    found = webassembly()
    if found is None:
        return {}
    node, program = found
    return figures([node, str(HERE / "memory.mjs"), program, str(folder), *modules])


def files_on_the_board(program: Path) -> dict[str, tuple[int, int]]:
    """Bytes of each file, words of 64 and of 32 bits."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build.build(folder, cross=tool("mpy-cross"), program=program)
        modules = load_order(build.sources_for_board(program))
        native, other = on_native(folder, modules), on_webassembly(folder, modules)
    own = program.stem + "_program"
    merged = [(module, native[module], other.get(module, 0)) for module in modules if module not in (own, "main")]
    starts = [(sum(part[module] for module in (own, "main") if module in part)) for part in (native, other)]
    return {module: (large, small) for module, large, small in [*merged, ("main", *starts)]}


def modules_alone(program: Path) -> dict[str, int]:
    """Bytes of each source module if it were a file of its own, words of 64 bits."""
    trees = build.program_trees(program)
    bundler = Bundler(trees, program.stem, layers=())
    with tempfile.TemporaryDirectory() as name:
        files = bundler.bundle()
        for module, text in files.items():
            path = Path(name) / (module + ".py")
            path.write_text(text)
            subprocess.run([tool("mpy-cross"), "-O3", str(path)], check=True, timeout=60)
            path.unlink()
        found = on_native(Path(name), [module for module in files if not module.startswith("netx_drivers_cslip")])
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def smallest_heap(program: Path, size: int, start: int) -> int:
    """KiB of heap in which sessions with a mail of this size complete, all until `TOTAL` bytes have come."""
    from tests.micropython.slip_host import mail, serve

    with tempfile.TemporaryDirectory() as name:
        build.build(Path(name), cross=tool("mpy-cross"), program=program)
        environment = os.environ | {"MICROPYPATH": f"{name}{os.pathsep}.frozen"}
        session = str(ROOT / "tests" / "micropython" / "board_session.py")
        heap = start
        while True:
            argv = [tool("micropython"), "-X", f"heapsize={heap - STEP}k", session]
            for _ in range(TOTAL // size):
                output, _ = serve(argv, environment, [mail(size)])
                if "status 0 " not in output:
                    return heap
            heap -= STEP


def table(program: Path) -> str:
    """The files on the board as a table."""
    lines = ["| file | what | 64 bits | 32 bits |", "|---|---|---|---|"]
    found = files_on_the_board(program)
    for name, (large, small) in found.items():
        lines.append(f"| {name} | {WHAT[name]} | {kib(large)} | {kib(small)} |")
    totals = [sum(figure[index] for figure in found.values()) for index in (0, 1)]
    lines.append(f"| **all** | | **{kib(totals[0])}** | **{kib(totals[1])}** |")
    return "\n".join(lines) + "\n"


def kib(count: int) -> str:
    return f"{count / 1024:.1f}" if count else "-"


def largest_modules(program: Path) -> str:
    found = list(modules_alone(program).items())
    lines = [f"{name.replace('netx_sim_', '').replace('netx_', '')} {kib(count)}" for name, count in found[:LARGEST]]
    what = f"The largest of {len(found)} modules, each loaded as a file of its own (64 bits): "
    return what + ", ".join(lines) + ".\n"


def heaps() -> str:
    ipv4, ipv6 = HERE / "main.py", HERE / "main_ipv6.py"
    rows = [
        ("IPv4, a mail of 10 KiB", smallest_heap(ipv4, 10240, start=160)),
        ("IPv4, a mail of 64 KiB", smallest_heap(ipv4, 65536, start=160)),
        ("IPv4, a mail of 1 MiB", smallest_heap(ipv4, 1 << 20, start=160)),
        ("IPv6, a mail of 64 KiB", smallest_heap(ipv6, 65536, start=192)),
    ]
    lines = ["| session | smallest heap, 64 bits |", "|---|---|", *[f"| {what} | {heap} KiB |" for what, heap in rows]]
    return "\n".join(lines) + "\n"


def in_readme(text: str) -> str:
    """The README with another memory table."""
    before, rest = README.read_text().split(BEGIN)
    return before + BEGIN + text + END + rest.split(END)[1]


def from_readme() -> dict[str, tuple[float, float]]:
    """The table of the README: KiB of each file, words of 64 and of 32 bits."""
    part = README.read_text().split(BEGIN)[1].split(END)[0]
    rows = re.findall(r"(?m)^\| \*{0,2}(\w+)\*{0,2} \|.*\| \*{0,2}([\d.]+)\*{0,2} \| \*{0,2}([\d.]+)\*{0,2} \|$", part)
    return {name: (ast.literal_eval(large), ast.literal_eval(small)) for name, large, small in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description="Tell what the example takes of a board's memory.")
    parser.add_argument("--heap", action="store_true", help="find the smallest heaps, too")
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    options = parser.parse_args()
    program = HERE / "main.py"
    text = table(program) + "\n" + largest_modules(program)
    if options.heap or options.write:
        text += "\n" + heaps()
    print(text)
    if options.write:
        README.write_text(in_readme(text))


if __name__ == "__main__":
    main()
