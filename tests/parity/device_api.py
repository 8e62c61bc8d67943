"""The device's interface as data: every service with its ordered statuses, constants, control blocks, build flags."""

import json
from pathlib import Path
from typing import Any

import netx_pop3
import netx_sim

API: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "api.json").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = {service["name"]: service for service in API["functions"]}


def public(name: str) -> Any:
    """What the product calls `name`, or None."""
    found = getattr(netx_sim, name, None)
    return getattr(netx_pop3, name, None) if found is None else found


def listed() -> set[tuple[str, str]]:
    """Every (service, status) pair that the device's interface lists."""
    return {(name, entry["code"]) for name, service in SERVICES.items() for entry in service["status"]}
