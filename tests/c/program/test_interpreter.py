"""Which Python a program starts: the one it was built with, wherever and in whatever environment it is started."""

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from netx_c.cc import interpreter as facts
from netx_c.cc.interpreter import Interpreter, InterpreterError, interpreter
from netx_c.program.exits import Exit
from tests.c.program.rig import FIRMWARE, cc, environment, run

MISLEADING = {"PYTHONHOME": "/nowhere", "PYTHONPATH": "/nowhere", "PYTHONPLATLIBDIR": "nolib"}


def test_an_empty_environment_and_another_folder(exchange):
    done = subprocess.run([exchange], env={}, cwd="/", capture_output=True, text=True, timeout=110, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_environment_of_another_python_does_not_get_between(device):
    assert run(device, "return", **MISLEADING).returncode == 3


def test_children_of_the_program_get_the_environment_as_it_was(programs, tmp_path):
    source = tmp_path / "child.c"
    source.write_text(
        '#include "tx_api.h"\n#include <stdio.h>\n#include <stdlib.h>\n#include <locale.h>\n'
        "VOID tx_application_define(VOID *memory) { (void)memory; }\n"
        "int main(void)\n{\n    tx_kernel_enter();\n    puts(setlocale(LC_ALL, NULL));\n    fflush(stdout);\n"
        '    return system("env | grep ^PYTHON | sort");\n}\n'
    )
    done = run(programs.build(str(source)), **MISLEADING)
    assert (done.returncode, done.stderr) == (0, "")
    expected = [f"{name}={value}" for name, value in sorted(MISLEADING.items())]
    got = [line for line in done.stdout.splitlines() if line.split("=")[0] in MISLEADING]
    assert got == expected
    assert done.stdout.splitlines()[0] == "C"
    assert "PYTHONUTF8" not in done.stdout


def test_nothing_of_a_program_gets_into_python(programs, tmp_path):
    """A firmware's function of its own has the name of one that a module of Python links to."""
    source = tmp_path / "names.c"
    source.write_text(
        '#include "tx_api.h"\n#include <stdlib.h>\n'
        "unsigned long crc32(unsigned long crc, const unsigned char *data, unsigned size)\n"
        "{\n    (void)crc; (void)data; (void)size;\n    abort();\n}\n"
        "int ffi_call(void) { abort(); }\nint PyObject_Str(void) { abort(); }\n"
        "VOID tx_application_define(VOID *memory) { (void)memory; }\n"
        "int main(void) { tx_kernel_enter(); return 5; }\n"
    )
    assert run(programs.build(str(source))).returncode == 5


# -- programs built with other facts --------------------------------------------------------------------


BUILD = """
import sys
from pathlib import Path
from netx_c.cc import interpreter, toolchain
from netx_c.cc.interpreter import Interpreter
real = interpreter.interpreter()
toolchain.interpreter = lambda: Interpreter({library}, {executable}, real.path)
toolchain.build_program([sys.argv[1]], sys.argv[2])
"""


@pytest.fixture
def build_with(tmp_path, peer):
    """`build_with(library=..., executable=...)`: a program with these facts in it, expressions of Python."""
    peer("gcc")
    peer("libpython")

    def build(library="real.library", executable="real.executable"):
        script = BUILD.format(library=library, executable=executable)
        program = tmp_path / "program"
        argv = [sys.executable, "-c", script, str(FIRMWARE / "exchange.c"), str(program)]
        variables = environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
        subprocess.run(argv, env=variables, check=True, timeout=110)
        return program

    return build


def test_a_library_that_is_gone_names_the_package(build_with):
    done = run(build_with(library="Path('/nowhere/libpython3.so')"))
    assert (done.returncode, done.stdout) == (Exit.PYTHON, "")
    package = f"libpython{sys.version_info.major}.{sys.version_info.minor}"
    text = (
        "netx: cannot load Python /nowhere/libpython3.so: No such file or directory: install {}, or build this program "
    )
    assert done.stderr == text.format(package) + "again with netx-pop3 cc\n"


def test_a_library_that_is_none(build_with, tmp_path):
    (tmp_path / "libpython3.so").write_text("no library " * 100)
    done = run(build_with(library=f"Path({str(tmp_path / 'libpython3.so')!r})"))
    assert done.returncode == Exit.PYTHON
    assert "invalid ELF header" in done.stderr


def test_an_environment_that_is_gone(build_with):
    done = run(build_with(executable="Path('/nowhere/venv/bin/python')"))
    assert done.returncode == Exit.PYTHON
    said = "netx: the Python of this program is gone, /nowhere/venv/bin/python: "
    assert done.stderr == said + "build this program again with netx-pop3 cc\n"


def test_without_a_virtual_environment(build_with):
    """The interpreter by itself; the packages are found where they were when the program was built."""
    done = run(build_with(executable="Path(sys._base_executable)"))
    assert (done.returncode, done.stderr) == (0, "")


# -- finding the facts ----------------------------------------------------------------------------------


def test_the_library_is_this_pythons(peer):
    peer("libpython")
    found = interpreter()
    assert found.library.is_file()
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in found.library.name
    assert found.executable == Path(sys.executable)
    assert Path(facts.__file__).parents[2] in found.path


def test_a_python_without_a_shared_library_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(sysconfig, "get_config_var", lambda name: "libpython3.a" if name == "LDLIBRARY" else None)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    with pytest.raises(InterpreterError, match=r"install libpython3\.\d+, or use a Python that was built with"):
        interpreter()


def test_a_python_that_was_moved_brings_its_library_along(monkeypatch, tmp_path):
    """Some distributions are built in one place and unpacked in another, which sysconfig does not know."""
    name = f"libpython{sys.version_info.major}.{sys.version_info.minor}.so.1.0"
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / name).write_text("")
    monkeypatch.setattr(sysconfig, "get_config_var", {"LIBDIR": "/install/lib", "INSTSONAME": name}.get)
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    assert interpreter().library == tmp_path / "lib" / name


def test_a_python_without_a_name_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(InterpreterError, match="does not know its own executable"):
        interpreter()


def test_odd_names_survive_in_c():
    text = Interpreter(Path('/a "b"\\c/café??='), Path("/x\ny"), []).c_source()
    assert r'netx_python_library = "/a \042b\042\134c/caf\303\251\077\077="' in text
    assert r'netx_python_executable = "/x\012y"' in text


def test_a_virtual_environment_with_an_odd_name_and_no_locale(programs, tmp_path):
    """A service manager starts programs without a locale: names of files are UTF-8 all the same."""
    folder = tmp_path / "größe"
    venv.create(folder, symlinks=True)
    packages = folder / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    (packages / "these.pth").write_text("".join(f"{one}\n" for one in interpreter().path))
    program = tmp_path / "exchange"
    command = [folder / "bin/python", "-m", "netx_pop3.cli", "cc", FIRMWARE / "exchange.c", "-o", program]
    subprocess.run(command, env=environment(), timeout=110, check=True)
    done = subprocess.run([program], env={}, cwd="/", capture_output=True, text=True, timeout=110, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_packages_that_pythonpath_named_at_build_time(programs, tmp_path):
    """A second copy of the packages, in front of the installed one: the program runs on what it was built with."""
    copy = tmp_path / "copy"
    shutil.copytree(Path(facts.__file__).parents[1], copy / "netx_c", ignore=shutil.ignore_patterns("__pycache__"))
    process = copy / "netx_c/program/process.py"
    process.write_text(process.read_text() + "\nprint('the copy', flush=True)\n")
    program = tmp_path / "exchange"
    done = cc(str(FIRMWARE / "exchange.c"), "-o", str(program), PYTHONPATH=str(copy))
    assert done.returncode == 0, done.stderr
    assert run(program).stdout.startswith("the copy\n")
