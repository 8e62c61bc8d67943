"""What the fixtures share over a run of pytest: builds, the crash handler, what the options say."""

import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from netx_c.cc.toolchain import BuildError, ToolchainError
from netx_c.plugin.build import Builds, Recipe, build_folder, recipe_defines
from netx_c.plugin.crash import Crash, crash_handler
from netx_c.plugin.firmware import Firmware
from netx_c.plugin.sanitize import runtime_missing
from netx_c.plugin.world import ConfigurationError, World
from netx_c.port.where import Lines
from netx_sim import leaks
from netx_sim.config import Config

_LONGEST_NAME = 150


def _folder(option: str, given: str) -> Path:
    """A folder to write into; one that cannot be made ends the run, for no test could pass."""
    try:
        Path(given).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        pytest.exit(f"{option}={given}: {error.strerror}", pytest.ExitCode.USAGE_ERROR)
    return Path(given)


def _config_trouble(config: Mapping[str, Any]) -> str:
    """What is wrong with tunables; empty if nothing is."""
    try:
        Config(config)
    except ValueError as error:
        return str(error)
    return ""


class Session:
    """One run of pytest.

    Args:
        config: of pytest.
        temporary: its folder for temporary files.
    """

    def __init__(self, config: pytest.Config, temporary: pytest.TempPathFactory) -> None:
        self.config = config
        base = temporary.getbasetemp()
        given = config.getoption("netx_build")
        if given:
            _folder("--netx-build", given)
        self.builds = Builds(build_folder(base, given))
        self.copies = temporary.mktemp("netx-loaded")
        self.lines = Lines()
        self._crash: Crash | None = None
        leaks.line_hooks.append(self.lines)

    def close(self) -> None:
        """The run has ended."""
        leaks.line_hooks.remove(self.lines)

    # -- worlds -----------------------------------------------------------------------------------

    def world(self, item: pytest.Item) -> World:
        """A fresh simulation for a test; a marker that cannot be fails it."""
        __tracebackhide__ = True
        marker = item.get_closest_marker("netx")
        options: dict[str, Any] = dict(marker.kwargs) if marker is not None else {}
        unknown = sorted(set(options) - {"config", "link", "seed"})
        if unknown:
            pytest.fail(f"the marker netx takes config, link and seed, not {', '.join(unknown)}", pytrace=False)
        trouble = _config_trouble(options.get("config") or {})
        if trouble:
            pytest.fail(f"the marker netx: {trouble}", pytrace=False)
        world = World(
            self._seed(item, options.get("seed")),
            options.get("config"),
            options.get("link", "ram:"),
            self._record(item),
        )
        world.title = item.nodeid
        if self._crash is not None:
            self._crash.world = world
        return world

    def _seed(self, item: pytest.Item, given: int | None) -> int:
        """The option's, the marker's, or one that is always the same for this test."""
        option: int | None = self.config.getoption("netx_seed")
        if option is not None:
            return option
        return zlib.crc32(item.nodeid.encode()) & 0x7FFFFFFF if given is None else given

    def _record(self, item: pytest.Item) -> Path | None:
        folder = self.config.getoption("netx_capture")
        if folder is None:
            return None
        name = re.sub(r"[^\w.\[\]-]+", "_", item.nodeid)[-_LONGEST_NAME:]
        return _folder("--netx-capture", folder) / f"{name}.pcapng"

    def end(self, world: World) -> None:
        """A test is over."""
        for firmware in world.firmwares:
            self.lines.remove(firmware._image)
        if self._crash is not None:
            self._crash.world = None
        world.close()

    # -- firmware ---------------------------------------------------------------------------------

    def load(self, world: World, recipe: Recipe) -> Firmware:
        """A fresh copy of a build, bound to the simulation; what cannot be built fails the test."""
        __tracebackhide__ = True
        path = self._build(recipe)
        if recipe.sanitize:
            command = runtime_missing(recipe.sanitize, recipe.compiler)
            if command:
                pytest.skip(f"-fsanitize={recipe.sanitize} needs its runtime from the start: run\n{command}")
        if self._crash is None:
            self._crash = crash_handler(self.config, self.builds)
        self._crash.world = world
        firmware = Firmware(path, self.builds.program(path), self.copies, world)
        if recipe.sanitize:
            self._crash.sanitizers()
        try:
            world.configure(firmware.port.config, repr(firmware))
        except (ConfigurationError, ValueError) as error:
            firmware.close()
            pytest.fail(str(error), pytrace=False)
        world.firmwares.append(firmware)
        self.lines.images.append(firmware._image)
        firmware.attach()
        return firmware

    def _build(self, recipe: Recipe) -> Path:
        __tracebackhide__ = True
        missing = [str(source) for source in recipe.sources if not source.exists()]
        if missing:
            pytest.fail(f"there is no {', '.join(missing)}", pytrace=False)
        try:
            return self.builds.get(recipe)
        except BuildError as error:
            problem = f"{error}\n\n{' '.join(error.command)}"
        except ToolchainError as error:
            problem = str(error)
        pytest.fail(problem, pytrace=False)


class FirmwareFactory:
    """The `netx_firmware` fixture: call it for a firmware."""

    def __init__(self, session: Session, world: World, folder: Path) -> None:
        self._session = session
        self._world = world
        self._folder = folder

    def __call__(
        self,
        *sources: str | Path,
        include: Sequence[str | Path] = (),
        defines: Mapping[str, object] | None = None,
        flags: Sequence[str] = (),
        sanitize: str = "",
        coverage: bool = False,
        compiler: str = "gcc",
    ) -> Firmware:
        """Compile firmware and load it, with all its variables as they are at a start.

        Args:
            sources: C and C++ files, objects and archives; paths are relative to the file of the test.
            include: folders to look for headers in; the sources' own folders are looked into as always.
            defines: macros; None or True for one without a value, False for one not to be defined.
            flags: more for the compiler, which takes them in front of the sources.
            sanitize: `"address,undefined"`: see docs/pytest.md for how to run it.
            coverage: count what is run, for gcovr; with gcc only.
            compiler: gcc, clang, or the path of one like them.
        """
        __tracebackhide__ = True
        if not sources:
            raise TypeError("netx_firmware wants at least one source file")
        if coverage and "clang" in Path(compiler).name:
            raise ValueError("coverage=True wants gcc")
        recipe = Recipe(
            sources=tuple(self._path(source) for source in sources),
            include=tuple(self._path(folder) for folder in include),
            defines=recipe_defines(defines),
            flags=tuple(flags),
            sanitize=sanitize,
            coverage=coverage,
            compiler=compiler,
        )
        return self._session.load(self._world, recipe)

    def _path(self, path: str | Path) -> Path:
        return (self._folder / path).resolve()
