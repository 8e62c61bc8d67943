"""`netx-pop3 cc`: what it takes, what it says, and the flags and the CMake package for builds of one's own."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from netx_c.cc.toolchain import archive
from netx_pop3.cli.exits import Exit
from tests.c.program.rig import FIRMWARE, cc, environment, run

BEHAVIOUR = (str(FIRMWARE / "behaviour.c"), str(FIRMWARE / "enable.c"))
HELLO = """
#include "tx_api.h"
#include <stdio.h>
VOID tx_application_define(VOID *memory) { (void)memory; printf("hello " GREETING "\\n"); }
int main(void) { tx_kernel_enter(); return 0; }
"""


@pytest.fixture
def hello(tmp_path, peer):
    """A source file in a folder with a blank in its name."""
    peer("gcc")
    peer("libpython")
    folder = tmp_path / "my firmware"
    folder.mkdir()
    source = folder / "hello world.c"
    source.write_text(HELLO)
    return source


@pytest.mark.parametrize(
    "words",
    [
        ["hello world.c", '-DGREETING="you"', "-o", "a program"],
        ["-o", "a program", "--", '-DGREETING="you"', "hello world.c"],
        ["-fno-common", "-O2", "-Wall", "-Wl,-z,now", '-DGREETING="you"', "-oa program", "hello world.c"],
    ],
    ids=["as-gcc", "behind-dashes", "flags-that-look-like-others"],
)
def test_flags_go_to_the_compiler(hello, words):
    done = cc(*words, cwd=hello.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run(hello.parent / "a program").stdout == "hello you\n"


def test_without_a_name_the_program_is_a_out(hello):
    assert cc("hello world.c", '-DGREETING="you"', cwd=hello.parent).returncode == 0
    assert run(hello.parent / "a.out").stdout == "hello you\n"


def test_it_can_be_the_compiler_of_a_makefile(hello):
    """Compiling and linking apart; objects, archives and dependencies are as gcc makes them."""
    folder = hello.parent
    assert cc("-c", "hello world.c", '-DGREETING="you"', "-MMD", "-o", "hello.o", cwd=folder).returncode == 0
    assert "nx_api.h" not in (folder / "hello.d").read_text()
    assert "tx_api.h" in (folder / "hello.d").read_text()
    assert cc("hello.o", "-o", "hello", cwd=folder).returncode == 0
    assert run(folder / "hello").stdout == "hello you\n"
    assert "hello you" in cc("-E", "hello world.c", '-DGREETING="you"', cwd=folder).stdout.replace('" "', "")


def test_what_the_compiler_says_is_shown_and_its_status_kept(hello):
    done = cc("hello world.c", cwd=hello.parent)
    assert done.returncode == 1
    assert "GREETING" in done.stderr
    assert cc("nowhere.c", cwd=hello.parent).returncode == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ([], Exit.USAGE, "name the C files that make the program"),
        (["x.c", "-static"], Exit.USAGE, "-static cannot be"),
        (["x.c", "-m32"], Exit.USAGE, "-m32 cannot be"),
        (["x.c", "--compiler", "nocc"], Exit.BUILD, "there is no C compiler 'nocc' here: install the packages gcc and"),
        (["--libs", "--compiler", "nocc"], Exit.BUILD, "there is no C compiler 'nocc' here"),
    ],
)
def test_what_cannot_be_is_one_sentence(words, status, said):
    done = cc(*words)
    assert (done.returncode, done.stdout) == (status, "")
    assert done.stderr.startswith(f"netx-pop3: {said}")
    assert len(done.stderr.splitlines()) == 1


def test_without_any_compiler_the_package_is_named(hello, tmp_path):
    done = cc("hello world.c", cwd=hello.parent, PATH=str(tmp_path))
    assert done.returncode == Exit.BUILD
    assert "install the packages gcc and libc6-dev" in done.stderr


def test_verbose_shows_the_command(hello):
    done = cc("--verbose", "-fsyntax-only", '-DGREETING="you"', "hello world.c", cwd=hello.parent)
    assert done.returncode == 0
    assert shlex.split(done.stderr)[-3:] == ["-fsyntax-only", '-DGREETING="you"', "hello world.c"]


# -- languages and compilers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("compiler", "flags"),
    [
        ("gcc", ["-std=c99"]),
        ("gcc", ["-std=gnu17", "-O2"]),
        ("clang", ["-std=c99", "-O2"]),
        ("clang", ["-std=gnu17"]),
        ("g++", ["-std=c++17"]),
        ("clang++", ["-std=c++17", "-x", "c++"]),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else value,
)
def test_compilers_and_languages(tmp_path, peer, compiler, flags):
    peer(compiler)
    words = [*flags, "-Wall", "-Wextra", "-Wpedantic", "-Werror", str(FIRMWARE / "exchange.c")]
    done = cc("--compiler", compiler, *words, "-o", str(tmp_path / "exchange"))
    assert (done.returncode, done.stderr) == (0, "")
    assert run(tmp_path / "exchange").returncode == 0


CXX = """
#include "tx_api.h"
#include <string>
#include <cstdio>
static std::string text = "hello";
static TX_THREAD thread;
static unsigned char stack[2048];
static VOID entry(ULONG) { try { throw 1; } catch (int) { text += " c++"; } }
extern "C" VOID tx_application_define(VOID *)
{
    tx_thread_create(&thread, const_cast<CHAR *>("cxx"), entry, 0, stack, sizeof stack, 1, 1, 0, TX_AUTO_START);
}
int main() { tx_kernel_enter(); std::puts(text.c_str()); return 0; }
"""


def test_cxx_sources_are_linked_with_their_library(tmp_path, peer):
    peer("g++")
    (tmp_path / "hello.cpp").write_text(CXX)
    assert cc("hello.cpp", "-o", "hello", cwd=tmp_path).returncode == 0
    assert run(tmp_path / "hello").stdout == "hello c++\n"


# -- sanitizers and coverage --------------------------------------------------------------------------


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_sanitizers_find_what_is_wrong_and_nothing_else(tmp_path, peer, compiler):
    peer(compiler)
    program = tmp_path / "sanitized"
    words = ["--sanitize", "address,undefined", "--compiler", compiler, str(FIRMWARE / "wrong.c")]
    done = cc(*words, "-o", str(program))
    assert (done.returncode, done.stderr) == (0, "")
    fine = run(program)
    assert (fine.returncode, fine.stderr) == (0, "")
    over = run(program, "over")
    assert over.returncode != 0
    assert "heap-buffer-overflow" in over.stderr
    assert re.search(r"#0 .* in copy_subject .*wrong\.c:\d+", over.stderr)
    lost = run(program, "lost")
    assert "detected memory leaks" in lost.stderr
    assert re.search(r"#1 .* in keep .*wrong\.c:\d+", lost.stderr)
    assert lost.stderr.count("object(s) allocated") == 1
    assert re.search(r"wrong\.c:\d+:\d+: runtime error: signed integer overflow", run(program, "number").stderr)


def test_a_sanitizer_reports_crashes_itself_and_the_state_follows(tmp_path, peer):
    peer("gcc")
    peer("libpython")
    program = tmp_path / "sanitized"
    assert cc("--sanitize", "address", *BEHAVIOUR, "-o", str(program)).returncode == 0
    done = run(program, "crash")
    assert "AddressSanitizer: SEGV" in done.stderr
    assert "netx: in thread mail\nnetx: netstat\ntick 2\n" in done.stderr
    assert "netx: signal" not in done.stderr
    assert "netx: in _nxe_packet_allocate\n" in run(program, "service").stderr


def test_coverage_counts_lines(tmp_path, peer):
    peer("gcc")
    peer("libpython")
    assert cc("--coverage", *BEHAVIOUR, "-o", "counted", cwd=tmp_path).returncode == 0
    assert run(tmp_path / "counted", "exit").returncode == 9
    subprocess.run(["gcov", "counted-behaviour.gcda"], cwd=tmp_path, check=True, capture_output=True)
    counted = (tmp_path / "behaviour.c.gcov").read_text()
    assert re.search(r"^ +1:.*exit\(9\);$", counted, re.MULTILINE)
    assert re.search(r"^ +#####:.*abort|#####:.*\*nothing = 1;$", counted, re.MULTILINE)


# -- builds of one's own ------------------------------------------------------------------------------


def test_flags_for_another_build(hello):
    compile_words = shlex.split(cc("--cflags").stdout)
    link_words = shlex.split(cc("--libs").stdout)
    assert shlex.split(cc("--cflags", "--libs").stdout) == [*compile_words, *link_words]
    subprocess.run(
        ["gcc", *compile_words, '-DGREETING="you"', "-c", "hello world.c", "-o", "hello.o"],
        cwd=hello.parent,
        check=True,
    )
    subprocess.run(["gcc", "hello.o", *link_words, "-o", "hello"], cwd=hello.parent, check=True)
    assert run(hello.parent / "hello").stdout == "hello you\n"


CMAKE = """
cmake_minimum_required(VERSION 3.13)
project(mail C)
find_package(netx-pop3 REQUIRED)
add_executable(mail "hello world.c")
target_compile_definitions(mail PRIVATE "GREETING=\\"cmake\\"")
target_link_libraries(mail PRIVATE netx::netx)
"""


def test_the_cmake_package(hello, peer):
    folder = hello.parent
    (folder / "CMakeLists.txt").write_text(CMAKE)
    package = cc("--cmake-dir").stdout.rstrip("\n")
    for step in (["-S", ".", "-B", "build", f"-Dnetx-pop3_DIR={package}"], ["--build", "build"]):
        done = subprocess.run([peer("cmake"), *step], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert run(folder / "build/mail").stdout == "hello cmake\n"


def test_a_cmake_package_that_was_moved_says_so(programs, tmp_path, peer):
    source = Path(cc("--cmake-dir").stdout.rstrip("\n")) / "netx-pop3-config.cmake"
    (tmp_path / source.name).write_text(source.read_text())
    (tmp_path / "CMakeLists.txt").write_text(CMAKE)
    argv = [peer("cmake"), "-S", str(tmp_path), "-B", str(tmp_path / "build"), f"-Dnetx-pop3_DIR={tmp_path}"]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "run netx-pop3 cc --cmake-dir again" in " ".join(done.stderr.split())


# -- the archive --------------------------------------------------------------------------------------


def in_own_cache(cache, *script, count=1, **variables):
    """Run Python scripts at the same time, with a cache of their own; their outputs."""
    variables = {"XDG_CACHE_HOME": str(cache)} | variables
    argv = [sys.executable, "-c", "; ".join(["from netx_c.cc.toolchain import *", *script])]
    jobs = [
        subprocess.Popen(argv, env=environment(**variables), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    return [(*job.communicate(timeout=110), job.returncode) for job in jobs]


def test_the_archive_is_built_once_by_however_many(tmp_path, peer):
    peer("gcc")
    peer("libpython")
    results = in_own_cache(tmp_path, "print(archive())", count=2)
    assert [status for _, _, status in results] == [0, 0], results
    library = Path(results[0][0].strip())
    assert {out.strip() for out, _, _ in results} == {str(library)}
    assert [path.name for path in (tmp_path / "netx-pop3").iterdir()] == [library.parent.name]
    made = library.stat().st_mtime_ns
    assert in_own_cache(tmp_path, "print(archive())")[0][0].strip() == str(library)
    assert library.stat().st_mtime_ns == made


def test_a_cache_that_cannot_be_written_gives_way_to_a_temporary_folder(tmp_path, peer):
    peer("gcc")
    peer("libpython")
    blocked, temporary = tmp_path / "file", tmp_path / "tmp"
    blocked.write_text("no folder")
    temporary.mkdir()
    ((out, err, status),) = in_own_cache(blocked, "print(archive())", TMPDIR=str(temporary))
    assert (status, err) == (0, "")
    assert Path(out).parents[1] == temporary / f"netx-pop3-{os.getuid()}"
    assert (Path(out).parents[1].stat().st_mode & 0o777) == 0o700


def test_the_archive_follows_the_compiler(peer):
    peer("clang")
    assert archive("gcc") != archive("clang")
    assert archive("gcc") == archive("gcc")
