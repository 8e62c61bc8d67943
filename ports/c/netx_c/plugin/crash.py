"""A crash in C ends pytest; before that it is said where, in which service, and what the simulation was doing."""

import ctypes
import os
from pathlib import Path
from typing import Any

import pytest

from netx_c.cc.toolchain import INCLUDE
from netx_c.plugin.build import Builds, Recipe
from netx_c.plugin.sanitize import loaded_runtimes

_SOURCE = INCLUDE.parent / "src/firmware/crash.c"
_SET_CALLBACK = "__sanitizer_set_death_callback"
_REPORT = ctypes.CFUNCTYPE(None)


class Crash:
    """The handler; `world` is what it tells of.

    Args:
        config: of pytest.
        builds: where the handler is built.
    """

    def __init__(self, config: pytest.Config, builds: Builds) -> None:
        self.world: Any = None
        self._fd = _standard_error(config)
        self._callback = _REPORT(self._tell)
        # Never unloaded: a handler's code must stay.
        self._library = ctypes.CDLL(str(builds.get(Recipe(sources=(Path(_SOURCE),)))))
        self._library.netx_crash_install(self._fd, self._callback)

    def sanitizers(self) -> None:
        """A firmware with sanitizers was loaded, and their runtime with it: have it call before it ends the process."""
        for runtime in loaded_runtimes():
            setter = getattr(runtime, _SET_CALLBACK, None)
            if setter is not None:
                setter(self._library.netx_crash_dying)

    def _tell(self) -> None:
        """Runs in a process that is lost: a service's name, and the state of the simulation."""
        world = self.world
        if world is None:
            return
        lines = [f"netx: in {name}" for name in map(_service, world.firmwares) if name]
        text = "\n".join([*lines, f"netx: test {world.title}, seed {world.seed}", world.netstat()])
        os.write(2, text.encode() + b"\n")


_installed: list[Crash] = []


def crash_handler(config: pytest.Config, builds: Builds) -> Crash:
    """The handler, installed once for the process and never taken out."""
    if not _installed:
        _installed.append(Crash(config, builds))
    return _installed[0]


def _service(firmware: Any) -> str:
    """The service that the running thread is in; the variable is the thread's own."""
    address = firmware.port.symbol("netx_service_name")
    name = ctypes.c_char_p.from_address(address).value if address else None
    return name.decode() if name else ""


def _standard_error(config: pytest.Config) -> int:
    """The standard error that pytest was started with."""
    manager: Any = config.pluginmanager.getplugin("capturemanager")
    if manager is None:
        return os.dup(2)
    with manager.global_and_fixture_disabled():
        return os.dup(2)
