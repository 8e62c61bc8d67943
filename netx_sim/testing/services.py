"""The services under test, looked up by name when they are called.

A recording may use services that a build does not have (yet): such a scenario is not a failure, it is
reported as "not run: needs X". So nothing here imports a service; it is asked for when its turn comes.
"""

import importlib
from typing import Any

from netx_sim.status import status_name

_HOMES = (
    "netx_sim",
    "netx_pop3",
    "netx_sim.kernel",
    "netx_sim.md5",
    "netx_sim.arp",
    "netx_sim.link",
    "netx_sim.snapshot",
    "netx_drivers",
    "netx_drivers.ram",
)


class MissingServiceError(Exception):
    """No module of the product has a service, class or constant of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"needs {name}")
        self.name = name


def public(name: str) -> Any:
    """The object called `name` in the product: a service, a control block class or a constant."""
    for home in _HOMES:
        try:
            module = importlib.import_module(home)
        except ModuleNotFoundError as error:
            if error.name != home:
                raise
            continue
        found = getattr(module, name, None)
        if found is not None:
            return found
    raise MissingServiceError(name)


def call(name: str, *args: object) -> int:
    """Call the service `name`; its status."""
    status: int = public(name)(*args)
    return status


def status_text(status: object, family: str = "NX") -> str:
    """NX_NO_PACKET (0x01) for 1; another thing than a number as it is."""
    if not isinstance(status, int):
        return repr(status)
    name = status_name(status, family)
    return f"{name} (0x{status:02X})"
