"""Firmware that uses each group of services as C does, with every compiler and language it may be written for."""

import pytest

from tests.c.groups.rig import GROUPS, Configuration, Image, run_group, sources
from tests.peers.requirement import require

CONFIGURATIONS = [
    Configuration("gcc-c99", flags=("-std=c99",)),
    Configuration("gcc-gnu17", flags=("-std=gnu17", "-O2")),
    Configuration("clang-c99", "clang", ("-std=c99", "-O2")),
    Configuration("clang-gnu17", "clang", ("-std=gnu17",)),
    Configuration("gcc-cxx", "g++", ("-std=c++11",), cxx=True),
    Configuration("clang-cxx", "clang++", ("-std=c++17",), cxx=True),
]


@pytest.fixture(scope="module", params=CONFIGURATIONS, ids=lambda one: one.name)
def image(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Image:
    configuration: Configuration = request.param
    require(configuration.compiler)
    return Image(configuration.build(tmp_path_factory.mktemp(configuration.name), sources()))


@pytest.mark.parametrize("group", GROUPS)
def test_group(image: Image, group: str) -> None:
    outcome = run_group(image, group)
    assert not outcome.failures, "\n".join([*outcome.failures, outcome.state])
    assert outcome.checks >= GROUPS[group]
