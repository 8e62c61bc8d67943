"""The headers in every language they are promised for, without a warning."""

import itertools
from pathlib import Path

import pytest

from tests.c.headers.compiling import (
    CXX,
    HEADERS,
    UNCHECKED,
    C,
    calls,
    compiled,
    includes,
    layout_asserts,
    load_tool,
    written,
)

HERE = Path(__file__).parent
MAIN = ("nx_api.h", "nxd_pop3_client.h", "nx_pop3_client.h", "nx_md5.h", "netx_host.h")


def test_the_headers_are_those_the_tool_makes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = load_tool()
    made = tool.headers()
    assert sorted(made) == HEADERS
    monkeypatch.setattr("sys.argv", ["make_headers.py", "--check"])
    assert tool.main() == 0, "run python tools/make_headers.py"
    monkeypatch.setattr(tool, "_INCLUDE", tmp_path)
    assert tool.main() == 1
    monkeypatch.setattr("sys.argv", ["make_headers.py"])
    assert tool.main() == 0
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == made


@pytest.mark.parametrize(("compiler", "standard"), [*C, *CXX])
def test_each_header_stands_alone_and_beside_any_other(compiler: str, standard: str, tmp_path: Path) -> None:
    orders: list[tuple[str, ...]] = [(name,) for name in HEADERS]
    orders += [tuple(HEADERS), tuple(reversed(HEADERS)), (*HEADERS, *HEADERS)]
    orders += list(itertools.permutations(("tx_api.h", "nx_md5.h", "nx_pop3_client.h", "netx_host.h"), 3))
    end = "int end_of_file;" if compiler.startswith("g") else "extern int end_of_file;"
    paths = [written(tmp_path, f"{place}.c", *includes(*order), end) for place, order in enumerate(orders)]
    compiled(compiler, standard, "-fsyntax-only", *paths, directory=tmp_path)


@pytest.mark.parametrize("flags", [(), UNCHECKED], ids=["checked", "unchecked"])
@pytest.mark.parametrize(("compiler", "standard"), [*C, *CXX])
def test_every_service_and_macro_compiles(compiler: str, standard: str, flags: tuple[str, ...], tmp_path: Path) -> None:
    services = written(tmp_path, "services.c", *includes(*MAIN), *calls())
    compiled(compiler, standard, "-c", *flags, services, HERE / "macros.c", directory=tmp_path)
    if not flags:
        compiled(compiler, standard, "-c", HERE / "by_variable.c", directory=tmp_path)


@pytest.mark.parametrize(
    ("compiler", "standard", "keyword"),
    [("gcc", "c11", "_Static_assert"), ("clang", "c11", "_Static_assert"), ("g++", "c++17", "static_assert")],
)
def test_control_blocks_have_the_offsets_of_the_original(
    compiler: str, standard: str, keyword: str, tmp_path: Path
) -> None:
    source = written(tmp_path, "layout.c", *includes(*MAIN), *layout_asserts(keyword))
    compiled(compiler, standard, "-fsyntax-only", source, directory=tmp_path)


@pytest.mark.parametrize(
    ("compiler", "standard"), [("gcc", "c99"), ("clang", "gnu17"), ("g++", "c++17"), ("clang++", "c++17")]
)
def test_firmware_as_it_is_written_compiles(compiler: str, standard: str, tmp_path: Path) -> None:
    relaxed = ["-Wno-conversion", "-Wno-sign-conversion", "-Wno-redundant-decls"]
    if compiler.endswith("++"):
        relaxed.append("-Wno-old-style-cast")
    compiled(compiler, standard, "-c", *relaxed, HERE / "idioms.c", directory=tmp_path)


def test_headers_on_the_wire_have_their_sizes(tmp_path: Path) -> None:
    sizes = {"TCP": 20, "UDP": 8, "IPV4": 20, "IPV6": 40, "ICMPV4": 4, "ICMPV6": 4}
    lines = [f'_Static_assert(sizeof(NX_{name}_HEADER) == {size}, "{name}");' for name, size in sizes.items()]
    lines += includes("tx_initialize.h") + ['_Static_assert(TX_INITIALIZE_IN_PROGRESS == 0xF0F0F0F0U, "state");']
    source = written(tmp_path, "wire.c", *includes("nx_tcp.h", "nx_udp.h", "nx_ip.h", "nx_icmp.h"), *lines)
    compiled("gcc", "c11", "-fsyntax-only", source, directory=tmp_path)


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_names_may_be_constant(compiler: str, tmp_path: Path) -> None:
    source = written(
        tmp_path,
        "names.c",
        *includes("nx_api.h"),
        "UINT create(TX_MUTEX *mutex, NX_PACKET_POOL *pool);",
        "UINT create(TX_MUTEX *mutex, NX_PACKET_POOL *pool)",
        '{ return tx_mutex_create(mutex, "mutex", TX_INHERIT) + nx_packet_pool_create(pool, "pool", 64, pool, 9); }',
    )
    compiled(compiler, "c99", "-fsyntax-only", "-Wwrite-strings", "-Wno-cast-qual", source, directory=tmp_path)


def test_wrong_types_are_refused(tmp_path: Path) -> None:
    for place, wrong in enumerate(
        (
            "nx_packet_release(7);",
            "NX_PACKET packet; nx_packet_release(packet);",
            "NX_UDP_SOCKET s; NX_PACKET *p = 0; nx_tcp_socket_send(&s, p, NX_NO_WAIT);",
            "ULONG pool; NX_PACKET *p; nx_packet_allocate(&pool, &p, NX_TCP_PACKET, NX_NO_WAIT);",
        )
    ):
        source = written(
            tmp_path, f"wrong{place}.c", *includes("nx_api.h"), f"void f(void); void f(void) {{ {wrong} }}"
        )
        with pytest.raises(AssertionError, match=r"incompatible|lvalue"):
            compiled("gcc", "c99", "-fsyntax-only", source, directory=tmp_path)
