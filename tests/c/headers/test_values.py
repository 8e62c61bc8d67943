"""What programs get from the headers when they run: constants, macros, and the tables for the stack."""

import ctypes
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import netx_sim.api
from netx_c.port.layout import read_config, read_layout
from netx_pop3 import constants as pop3
from netx_sim.config import FLAGS, TUNABLES, Config
from tests.c.headers.compiling import FACTS, UNCHECKED, compiled, includes, written
from tests.peers.requirement import require

HERE = Path(__file__).parent
OTHER_ORDER = ("nxd_pop3_client.h", "nx_api.h", "tx_api.h")
# A pointer's size: Python models a device with 32 bits.
POINTER_SIZED = ("TX_BYTE_BLOCK_FREE",)
CONSTANTS = {**FACTS["constants"], **FACTS["constants_with_build_options"]}


def shared(directory: Path, *arguments: object, compiler: str = "gcc", standard: str = "c99") -> Callable[[str], int]:
    """Compile into a shared object; gives the address of a symbol, or 0."""
    target = directory / f"{compiler}.so"
    compiled(compiler, standard, "-shared", "-fPIC", "-o", target, *arguments, directory=directory)
    library = ctypes.CDLL(str(target))

    def symbol(name: str) -> int:
        try:
            return ctypes.addressof(ctypes.c_char.in_dll(library, name))
        except ValueError:
            return 0

    return symbol


def check(directory: Path, source: str, compiler: str, standard: str) -> int:
    """Compile a source of this folder with variables the archive would have, and run its check()."""
    target = directory / "check.so"
    glue = written(directory, "glue.c", *includes("tx_api.h"), *archive_glue(compiler))
    compiled(compiler, standard, "-shared", "-fPIC", "-o", target, HERE / source, glue, directory=directory)
    library = ctypes.CDLL(str(target))
    name = "check" if hasattr(library, "check") else "_Z5checkv"
    return int(library[name]())


def archive_glue(compiler: str) -> list[str]:
    """Definitions of what the archive has."""
    lines = ["TX_THREAD *_tx_thread_current_ptr;", "volatile ULONG _tx_thread_system_state;"]
    lines += ["UINT _tx_interrupt_control(UINT new_posture) { return new_posture; }"]
    lines += ["UINT _tx_thread_sleep(ULONG timer_ticks) { return timer_ticks; }"]
    return ['extern "C" {', *lines, "}"] if compiler.endswith("++") else lines


def test_every_constant_has_the_value_that_python_has(tmp_path: Path) -> None:
    flags = set(FACTS["flags"])
    rows = [
        f'    printf("{name} %s\\n", quoted({name}));'
        if isinstance(value, str)
        else f'    printf("{name} %llu\\n", (unsigned long long){name});'
        for name, value in CONSTANTS.items()
        if name not in flags
    ]
    source = written(
        tmp_path,
        "values.c",
        *includes("nxd_pop3_client.h"),
        "static const char *quoted(const char *text) {",
        "    static char hex[99]; size_t i; hex[0] = 0;",
        '    for (i = 0; text[i]; i++) sprintf(hex + 2 * i, "%02x", (unsigned)text[i]);',
        "    return hex;",
        "}",
        "int main(void) {",
        *rows,
        "    return 0;",
        "}",
    )
    compiled("gcc", "c99", "-Wno-pedantic", "-o", tmp_path / "values", source, directory=tmp_path)
    done = subprocess.run([tmp_path / "values"], capture_output=True, text=True, timeout=60, check=True)
    got = dict(line.split(" ") for line in done.stdout.splitlines())
    assert set(got) == set(CONSTANTS) - flags
    for name, text in got.items():
        assert text == shown(CONSTANTS[name]), name
        if name in POINTER_SIZED:
            text = str(int(text) & 0xFFFFFFFF)
        assert text == shown(getattr(netx_sim.api, name, getattr(pop3, name, None))), name


def shown(value: int | str | bytes | None) -> str:
    """A constant as the program prints it."""
    if isinstance(value, str):
        value = value.encode()
    return value.hex() if isinstance(value, bytes) else str(value or 0)


@pytest.mark.parametrize(("compiler", "standard"), [("gcc", "c99"), ("clang", "gnu17"), ("g++", "c++17")])
def test_macros_do_what_they_say(
    compiler: str, standard: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    failures = check(tmp_path, "macros.c", compiler, standard)
    assert failures == 0, capfd.readouterr().out


@pytest.mark.parametrize(("compiler", "standard"), [("gcc", "c99"), ("clang", "gnu17"), ("g++", "c++17")])
def test_packets_go_by_their_variable_and_creates_with_a_size(compiler: str, standard: str, tmp_path: Path) -> None:
    assert check(tmp_path, "by_variable.c", compiler, standard) == 0


def test_error_checking_off_means_the_cores(tmp_path: Path) -> None:
    source = written(
        tmp_path,
        "unchecked.c",
        *includes("nxd_pop3_client.h"),
        "int use(NX_PACKET *packet, TX_MUTEX *mutex, NX_POP3_CLIENT *client);",
        "int use(NX_PACKET *packet, TX_MUTEX *mutex, NX_POP3_CLIENT *client)",
        "{ nx_packet_release(packet); tx_mutex_put(mutex); nx_pop3_client_quit(client); return 0; }",
    )
    nm = require("gcc").replace("gcc", "nm")
    for flags, wanted in (
        ((), {"_nxe_packet_release", "_txe_mutex_put", "_nxe_pop3_client_quit"}),
        (UNCHECKED, {"_nx_packet_release", "_tx_mutex_put", "_nx_pop3_client_quit"}),
        (UNCHECKED[:1], {"_nx_packet_release", "_txe_mutex_put", "_nx_pop3_client_quit"}),
    ):
        compiled("gcc", "c99", "-c", "-o", tmp_path / "unchecked.o", *flags, source, directory=tmp_path)
        done = subprocess.run(
            [nm, "-u", tmp_path / "unchecked.o"], capture_output=True, text=True, timeout=60, check=True
        )
        assert set(done.stdout.split()) - {"U"} == wanted


@pytest.mark.parametrize(
    ("compiler", "standard"), [("gcc", "c90"), ("clang", "c99"), ("g++", "c++17"), ("clang++", "c++17")]
)
def test_the_tables_of_a_default_build(compiler: str, standard: str, tmp_path: Path) -> None:
    sources = [
        written(tmp_path, "one.c", *includes("nxd_pop3_client.h")),
        written(tmp_path, "two.c", *includes(*OTHER_ORDER)),
    ]
    symbol = shared(tmp_path, *sources, compiler=compiler, standard=standard)
    config = read_config(symbol)
    default = Config()
    assert {name: getattr(default, name) for name in config} == config
    undefined = {"NX_TCP_ACK_EVERY_N_PACKETS", "NX_SIM_PACKET_SIZE"}
    assert set(config) == {row[0] for row in TUNABLES} - undefined
    layout = read_layout(symbol)
    assert set(layout) == set(FACTS["structs"])
    for name, struct in FACTS["structs"].items():
        assert layout[name].size == struct["size"]
        offsets = {field["name"]: field["offset"] for field in struct["fields"] if "when" not in field}
        assert {path: offset for path, (offset, _) in layout[name].fields.items()} == offsets
    assert layout["NX_PACKET"].fields["nx_packet_union_next.nx_packet_tcp_queue_next"] == (64, 8)
    assert layout["NXD_ADDRESS"].fields["nxd_ip_address.v6"] == (4, 16)
    assert layout["NX_IP"].fields["nx_ip_interface"] == (4984, 2 * 104)
    assert layout["NX_POP3_CLIENT"].fields["nx_pop3_client_name"] == (0, 41)


def test_only_the_tables_of_what_is_included(tmp_path: Path) -> None:
    symbol = shared(tmp_path, written(tmp_path, "kernel.c", *includes("tx_thread.h")))
    tables = [f"netx_host_{part}_{what}" for part in ("tx", "nx", "pop3") for what in ("config", "layout")]
    assert [name for name in tables if symbol(name)] == tables[:2]
    assert set(read_layout(symbol)) == {name for name in FACTS["structs"] if name.startswith("TX_")}


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_the_tables_stay_where_symbols_are_hidden_and_unused_ones_dropped(compiler: str, tmp_path: Path) -> None:
    flags = ("-fvisibility=hidden", "-fdata-sections", "-Wl,--gc-sections", "-O2")
    source = written(tmp_path, "small.c", *includes("nxd_pop3_client.h"))
    symbol = shared(tmp_path, *flags, source, compiler=compiler)
    assert set(read_layout(symbol)) == set(FACTS["structs"])
    assert read_config(symbol)["NX_TCP_MAXIMUM_RETRIES"] == 10


def test_the_ports_own_c_can_do_without_tables(tmp_path: Path) -> None:
    source = written(
        tmp_path, "port.c", "#define NETX_HOST_NO_TABLES", *includes("nxd_pop3_client.h"), "extern int none;"
    )
    assert read_config(shared(tmp_path, source)) == {}


@pytest.mark.parametrize(("compiler", "standard"), [("gcc", "c99"), ("g++", "c++17")])
def test_the_teams_files_change_the_tables(compiler: str, standard: str, tmp_path: Path) -> None:
    written(
        tmp_path,
        "tx_user.h",
        "#define TX_TIMER_TICKS_PER_SECOND 1000",
        "#define TX_DISABLE_NOTIFY_CALLBACKS",
        "#define TX_THREAD_USER_EXTENSION int errors; VOID *owner;",
    )
    written(
        tmp_path,
        "nx_user.h",
        "#define NX_MAX_PHYSICAL_INTERFACES 2",
        "#define NX_PHYSICAL_HEADER 20",
        "#define NX_TCP_MAXIMUM_RETRIES ((ULONG)3)",
        "#define NX_TCP_ACK_EVERY_N_PACKETS 2",
        "#define NX_POP3_MAX_USERNAME 64",
        "#define NX_POP3_SERVER_REPLY_TIMEOUT (3 * NX_IP_PERIODIC_RATE)",
        "#define NX_ENABLE_INTERFACE_CAPABILITY",
        "#define NX_ENABLE_TCP_WINDOW_SCALING 1",
        "#define NX_SIM_PACKET_SIZE 104",
    )
    use = ("-DTX_INCLUDE_USER_DEFINE_FILE", "-DNX_INCLUDE_USER_DEFINE_FILE", f"-I{tmp_path}")
    casts = () if compiler == "gcc" else ("-Wno-old-style-cast",)
    source = written(
        tmp_path,
        "user.c",
        *includes("nxd_pop3_client.h"),
        "extern const UINT packet_types[2]; const UINT packet_types[2] = {NX_TCP_PACKET, NX_LOOPBACK_INTERFACE};",
    )
    symbol = shared(tmp_path, *use, *casts, source, compiler=compiler, standard=standard)
    config = read_config(symbol)
    changed = {name: value for name, value in config.items() if value != getattr(Config(), name)}
    assert changed == {
        "TX_TIMER_TICKS_PER_SECOND": 1000,
        "TX_DISABLE_NOTIFY_CALLBACKS": 1,
        "NX_IP_PERIODIC_RATE": 1000,
        "NX_MAX_PHYSICAL_INTERFACES": 2,
        "NX_MAX_IPV6_ADDRESSES": 6,
        "NX_PHYSICAL_HEADER": 20,
        "NX_TCP_MAXIMUM_RETRIES": 3,
        "NX_TCP_ACK_EVERY_N_PACKETS": 2,
        "NX_POP3_MAX_USERNAME": 64,
        "NX_POP3_CLIENT_PACKET_TIMEOUT": 1000,
        "NX_POP3_CLIENT_CONNECTION_TIMEOUT": 30000,
        "NX_POP3_CLIENT_DISCONNECT_TIMEOUT": 10000,
        "NX_POP3_TCP_SOCKET_SEND_WAIT": 10000,
        "NX_POP3_SERVER_REPLY_TIMEOUT": 3000,
        "NX_ENABLE_INTERFACE_CAPABILITY": 1,
        "NX_ENABLE_TCP_WINDOW_SCALING": 1,
        "NX_SIM_PACKET_SIZE": 104,
    }
    assert Config(config).NX_TCP_MAXIMUM_RETRIES == 3  # the stack takes all of them
    layout = read_layout(symbol)
    assert layout["TX_THREAD"].size == 360 + 16
    assert layout["NX_INTERFACE"].size == 112
    assert layout["NX_INTERFACE"].fields["nx_interface_capability_flag"] == (104, 4)
    assert layout["NX_IP"].fields["nx_ipv6_address"] == (32, 7 * 48)
    assert layout["NX_IP"].fields["nx_ip_total_packets_sent"][0] == 1768 + 3 * 48
    assert layout["NX_IP"].fields["nx_ip_interface"] == (4984 + 3 * 48 + 16, 3 * 112)  # the thread in it has grown, too
    assert layout["NX_POP3_CLIENT"].fields["nx_pop3_client_name"] == (0, 65)
    assert layout["NX_POP3_CLIENT"].fields["nx_pop3_client_tcp_socket"][0] == 88
    assert list((ctypes.c_uint * 2).from_address(symbol("packet_types"))) == [80, 2]


def test_every_flag_reaches_the_stack(tmp_path: Path) -> None:
    names = [name for name, _ in FLAGS]
    flags = [f"-D{name}" for name in names]
    source = written(tmp_path, "flags.c", *includes("nxd_pop3_client.h"))
    config = read_config(shared(tmp_path, *flags, source))
    assert {name for name in config if name in names} == set(names)
    assert all(config[name] == 1 for name in names)
