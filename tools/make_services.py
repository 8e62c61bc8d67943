"""Write ports/c/netx_c/src/services.c: one C function for every service, which calls Python through a table.

    python tools/make_services.py [--check]

The functions know no control block: a pointer is passed on as a number, an integer of 32 bits as it is.  So the
archive is the same for every configuration that a firmware team chooses in its nx_user.h.
"""

import json
import sys
from pathlib import Path

PORT = Path(__file__).parent.parent / "ports/c/netx_c"
TARGET = PORT / "src/services.c"

HEAD = """\
/* Written by tools/make_services.py: one function for every service, which calls Python through netx_table. */

#include "host.h"

/* A function of the program's own with one of these names is taken instead: a driver, or a service to be mocked. */
#define NETX_STUB __attribute__((weak))

"""

# What is beyond the services: drivers, the entry of the kernel, interrupts, receivers of protocols, and what only the
# host has (netx_host.h).
OTHERS = (
    ("_nx_ram_network_driver", "VOID", ("VOID *",)),
    ("_nx_ram_network_driver_256", "VOID", ("VOID *",)),
    ("_nx_ram_network_driver_512", "VOID", ("VOID *",)),
    ("_nx_ram_network_driver_1024", "VOID", ("VOID *",)),
    ("_nx_ram_network_driver_1500", "VOID", ("VOID *",)),
    ("_nx_ram_network_driver_3000", "VOID", ("VOID *",)),
    ("_nx_linux_network_driver", "VOID", ("VOID *",)),
    ("nx_host_network_driver", "VOID", ("VOID *",)),
    ("_tx_initialize_kernel_enter", "VOID", ()),
    ("_nx_pop3_parse_response", "VOID", ("CHAR *", "UINT", "UINT", "CHAR *", "UINT", "UINT", "UINT")),
    ("_nx_tcp_packet_receive", "VOID", ("VOID *", "VOID *")),
    ("_nx_udp_packet_receive", "VOID", ("VOID *", "VOID *")),
    ("_nx_icmp_packet_receive", "VOID", ("VOID *", "VOID *")),
    ("_nx_igmp_packet_receive", "VOID", ("VOID *", "VOID *")),
    ("_tx_thread_context_save", "VOID", ()),
    ("_tx_thread_context_restore", "VOID", ()),
    ("_tx_timer_interrupt", "VOID", ()),
    ("netx_busy", "VOID", ("ULONG",)),
    ("netx_interrupt", "VOID", ("VOID *", "ULONG")),
    ("netx_after_us", "VOID", ("ULONG", "VOID *", "ULONG")),
    ("netx_fd_attach", "INT", ("INT", "VOID *", "ULONG")),
    ("netx_fd_detach", "INT", ("INT",)),
    ("netx_random", "ULONG", ()),
    ("netx_stop", "VOID", ()),
    ("netx_netstat", "VOID", ()),
    ("netx_leaks", "ULONG", ()),
)
DRIVER = "_network_driver"
# A name that programs may use where the headers' macros are not in force.
ALIASES = (
    ("void", "tx_kernel_enter", "_tx_initialize_kernel_enter"),
    ("void", "nx_ram_network_driver", "_nx_ram_network_driver"),
    ("void", "nx_linux_network_driver", "_nx_linux_network_driver"),
)


def _width(c_type: str) -> str:
    """How the C function takes or gives a value of this type."""
    if c_type == "VOID":
        return "void"
    if "*" in c_type or "[" in c_type:
        return "void *"
    return "uint32_t "


def _functions(service: dict) -> list[tuple[str, str, tuple[str, ...]]]:
    """The checked function and the core of one service."""
    types = tuple(kind for _name, kind in service["params"])
    name = service["name"]
    core = name if name.startswith("_") else "_" + name
    found = [(core, service["returns"], types)]
    checked = service.get("checked")
    if checked and checked != core:
        variable = service.get("packet_by_variable")
        checked_types = tuple("VOID *" if variable and kind == "NX_PACKET *" else kind for kind in types)
        hidden = ("UINT",) if "hidden_size" in service else ()
        found.append((checked, service["returns"], checked_types + hidden))
    return found


def _function(index: int, name: str, returns: str, types: tuple[str, ...]) -> str:
    """One C function."""
    names = [f"a{place}" for place in range(len(types))]
    parameters = ", ".join(f"{_width(kind)}{arg}" for kind, arg in zip(types, names, strict=True)) or "void"
    words = "".join(f", (netx_word){arg}" for arg in names)
    call = f"netx_service{len(types)}({index}{words})"
    result = _width(returns)
    if result == "void":
        body = f"    {call};"
    elif result == "void *":
        body = f"    return (void *){call};"
    else:
        body = f"    return (uint32_t){call};"
    space = " " if result == "void" else ""
    return f"NETX_STUB {result}{space}{name}({parameters})\n{{\n{body}\n}}\n"


def text() -> str:
    """The whole file."""
    services = json.loads((PORT / "data/api.json").read_text())["services"]
    functions = [one for service in services if "tx_application" not in service["name"] for one in _functions(service)]
    functions = [one for one in functions if one[0] != "_tx_kernel_enter"]
    functions += OTHERS
    parts = [HEAD, "const char *const netx_names[] = {\n"]
    parts += [f'    "{name}",\n' for name, _returns, _types in functions]
    parts += ["};\n", f"const unsigned netx_count = {len(functions)};\n"]
    parts += [f"void *netx_table[{len(functions)}];\n\n"]
    parts += ["\n".join(_function(index, *one) for index, one in enumerate(functions))]
    for result, alias, name in ALIASES:
        parameters = "void" if alias.startswith("tx") else "void *request"
        argument = "" if alias.startswith("tx") else "request"
        parts += [f"\nNETX_STUB {result} {alias}({parameters})\n{{\n    {name}({argument});\n}}\n"]
    parts += ["\n/* By these names the drivers here are known, whatever the program has. */\n"]
    for name in [name for name, _returns, _types in OTHERS if name.endswith(DRIVER) or DRIVER + "_" in name]:
        parts += [f'void netx_own_{name}(void *request) __attribute__((alias("{name}")));\n']
    parts += [
        f'void netx_own_{alias}(void *request) __attribute__((alias("{alias}")));\n'
        for _result, alias, _name in ALIASES
        if alias.endswith(DRIVER)
    ]
    return "".join(parts)


def main() -> int:
    """Write the file, or say whether it is as it would be written."""
    if "--check" in sys.argv:
        return int(TARGET.read_text() != text())
    TARGET.write_text(text())
    return 0


if __name__ == "__main__":
    sys.exit(main())
