"""Compilers, and C text that is made from the facts of the interface."""

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any

from netx_c import include_dir
from tests.peers.requirement import require

ROOT = Path(__file__).parents[3]
FACTS: dict[str, Any] = json.loads((include_dir().parent / "data" / "api.json").read_text("utf-8"))
HEADERS = sorted(path.name for path in include_dir().glob("*.h"))

# Every language the headers are promised for, and ISO C90.
C = [("gcc", "c90"), ("gcc", "c99"), ("gcc", "c11"), ("gcc", "gnu17"), ("clang", "c99"), ("clang", "gnu17")]
CXX = [("g++", "c++17"), ("clang++", "c++17")]
WARNINGS = (
    *("-Wall", "-Wextra", "-Wpedantic", "-Werror"),
    *("-Wconversion", "-Wsign-conversion", "-Wshadow", "-Wcast-qual", "-Wundef", "-Wredundant-decls"),
)
C_WARNINGS = ("-Wstrict-prototypes", "-Wold-style-definition", "-Wmissing-prototypes")
UNCHECKED = ("-DNX_DISABLE_ERROR_CHECKING", "-DTX_DISABLE_ERROR_CHECKING")


def load_tool() -> Any:
    """The module tools/make_headers.py."""
    spec = importlib.util.spec_from_file_location("make_headers", ROOT / "tools" / "make_headers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compiled(compiler: str, standard: str, *arguments: object, directory: Path) -> None:
    """Run a compiler with all warnings as errors; the files are C or C++ as the compiler is."""
    language = ("-Wold-style-cast", "-xc++") if compiler.endswith("++") else (*C_WARNINGS, "-xc")
    command = [require(compiler), f"-std={standard}", *WARNINGS, *language, f"-I{include_dir()}", *map(str, arguments)]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


def written(directory: Path, name: str, *lines: str) -> Path:
    """A source file of these lines."""
    path = directory / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def includes(*names: str) -> list[str]:
    """The #include lines of some headers."""
    return [f'#include "{name}"' for name in names]


def calls() -> list[str]:
    """A function for each service, which calls it with variables of the right types."""
    declaration = load_tool().declaration
    lines = []
    for number, service in enumerate(FACTS["services"] + FACTS["not_enabled"]):
        if service.get("defined_by") == "application":
            continue
        lines += [f"void call_{number}(void);", f"void call_{number}(void)", "{"]
        names = []
        for place, (_, kind) in enumerate(service["params"]):
            names.append(f"a{place}")
            lines.append(f"    static {declaration(kind, names[-1])};")
        lines += [f"    (void){service['name']}({', '.join(names)});", "}"]
    return lines


def layout_asserts(keyword: str) -> list[str]:
    """The size of each control block, and the offset of each of its fields."""
    lines = []
    for name, struct in FACTS["structs"].items():
        lines.append(f'{keyword}(sizeof({name}) == {struct["size"]}, "{name}");')
        for field in struct["fields"]:
            if "when" in field or "." in field["name"]:
                continue
            lines.append(f'{keyword}(offsetof({name}, {field["name"]}) == {field["offset"]}, "{field["name"]}");')
    return lines
