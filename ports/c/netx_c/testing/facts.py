"""What generators ask the facts of the interface (data/api.json)."""

import functools
import json
from importlib.resources import files
from typing import Any


@functools.cache
def _structs() -> dict[str, Any]:
    text = (files("netx_c") / "data" / "api.json").read_text(encoding="utf-8")
    structs: dict[str, Any] = json.loads(text)["structs"]
    return structs


def field_type(struct: str, name: str) -> str:
    """The C type of a field of a control block."""
    for field in _structs()[struct]["fields"]:
        if field["name"] == name:
            return str(field["type"])
    raise KeyError(f"{struct} has no field {name}")
