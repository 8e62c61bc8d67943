"""Firmware built with the team's own nx_user.h and tx_user.h: other sizes, other options, headers in the pool."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from netx_sim import DeviceFault
from tests.c.groups.rig import COMMON, FIRMWARE, GROUPS, Configuration, Image, Outcome, run, run_group, sources
from tests.peers.requirement import require

BUILDS = FIRMWARE.parent / "builds"
NX = {"NX_INCLUDE_USER_DEFINE_FILE": ""}
BOTH = {**NX, "TX_INCLUDE_USER_DEFINE_FILE": ""}

_images: dict[str, Image] = {}


def built(name: str, defines: Mapping[str, object], files: "list[Path]", factory: pytest.TempPathFactory) -> Image:
    """An image with a user's headers, built when it is first wanted."""
    require("gcc")
    if name not in _images:
        include = (BUILDS / name,) if (BUILDS / name).is_dir() else ()
        configuration = Configuration(name, flags=("-std=gnu17",), defines=defines, include=include)
        _images[name] = Image(configuration.build(factory.mktemp(name), files))
    return _images[name]


def good(outcome: Outcome, checks: int) -> None:
    assert not outcome.failures, "\n".join([*outcome.failures, outcome.state])
    assert outcome.checks >= checks


@pytest.mark.parametrize("group", [*GROUPS, "larger"])
def test_larger_blocks(group: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    image = built("larger", NX, [*sources(), BUILDS / "larger.c"], tmp_path_factory)
    assert image.port.config["NX_MAX_PHYSICAL_INTERFACES"] == 3
    good(run_group(image, group), GROUPS.get(group, 60))


@pytest.mark.parametrize("group", [*GROUPS, "enabled"])
def test_all_options(group: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    image = built("enabled", NX, [*sources(), BUILDS / "enabled.c"], tmp_path_factory)
    assert image.port.config["NX_ENABLE_TCP_KEEPALIVE"] == 1
    good(run_group(image, group), GROUPS.get(group, 60))


@pytest.mark.parametrize("group", GROUPS)
def test_headers_in_the_pool(group: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    image = built("headers", {"NX_SIM_PACKET_SIZE": 104}, sources(), tmp_path_factory)
    good(run_group(image, group), GROUPS[group])


def test_without_error_checking(tmp_path_factory: pytest.TempPathFactory) -> None:
    image = built("unchecked", BOTH, [COMMON, BUILDS / "unchecked.c"], tmp_path_factory)
    good(run(image, "group_unchecked"), 55)


def test_a_null_pointer_without_error_checking(tmp_path_factory: pytest.TempPathFactory) -> None:
    image = built("unchecked", BOTH, [COMMON, BUILDS / "unchecked.c"], tmp_path_factory)
    with pytest.raises(DeviceFault, match="tx_semaphore_put"):
        run(image, "group_null")
    assert not image.failures()
