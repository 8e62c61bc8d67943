"""The configuration table: defaults, overrides, and errors that help."""

import ast
import pathlib

import pytest

from netx_sim import config as table
from netx_sim import constants, constants_ipv6, constants_tx
from netx_sim.config import FLAGS, TUNABLES, Config, default

ROOT = pathlib.Path(table.__file__).parent.parent
NAMES = {row[0] for row in TUNABLES} | {row[0] for row in FLAGS}


def test_defaults():
    config = Config()
    for name, value, _unit, minimum, maximum, effect in TUNABLES:
        assert getattr(config, name) == value == default(name)
        assert minimum <= value <= maximum
        assert effect
    for name, effect in FLAGS:
        assert getattr(config, name) is False
        assert default(name) is False
        assert effect
    assert repr(config) == "Config()"


def test_names_are_unique():
    assert len(NAMES) == len(TUNABLES) + len(FLAGS)


@pytest.mark.parametrize("module", [constants, constants_tx, constants_ipv6])
def test_constants_that_can_be_tuned_show_the_default(module):
    shared = NAMES & set(vars(module))
    assert shared
    for name in shared:
        assert getattr(module, name) == default(name), name


def test_overrides_as_mapping_and_by_name():
    config = Config({"NX_TCP_MAXIMUM_RETRIES": 3, "NX_DISABLE_IPV6": 1}, NX_TCP_RETRY_SHIFT=2)
    assert config.NX_TCP_MAXIMUM_RETRIES == 3
    assert config.NX_TCP_RETRY_SHIFT == 2
    assert config.NX_DISABLE_IPV6 is True
    assert repr(config) == "Config(NX_TCP_MAXIMUM_RETRIES=3, NX_TCP_RETRY_SHIFT=2, NX_DISABLE_IPV6=True)"


def test_one_config_does_not_change_another():
    Config(NX_TCP_MAXIMUM_RETRIES=3)
    assert Config().NX_TCP_MAXIMUM_RETRIES == 10


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("NX_TCP_MAX_RETRIES", 3, "unknown configuration name NX_TCP_MAX_RETRIES; did you mean NX_TCP_MAXIMUM_RETRIES"),
        ("nx_tcp_retry_shift", 1, "did you mean NX_TCP_RETRY_SHIFT"),
        ("TRAILER", 4, "did you mean NX_PHYSICAL_TRAILER?"),
        ("QQQQ", 4, "unknown configuration name QQQQ"),
        ("NX_TCP_RETRY_SHIFT", 99, "NX_TCP_RETRY_SHIFT = 99 is out of range: 0 to 8 bits per repeat"),
        ("NX_TCP_RETRY_SHIFT", -1, "out of range"),
        ("NX_TCP_RETRY_SHIFT", "2", "takes an integer (bits per repeat), not '2'"),
        ("NX_TCP_RETRY_SHIFT", 1.5, "takes an integer"),
        ("NX_DISABLE_IPV4", 2, "is a build flag, on or off"),
        ("NX_DISABLE_IPV4", None, "is a build flag, on or off"),
        ("NX_PACKET_ALIGNMENT", 12, "is not a power of two"),
    ],
)
def test_refused(name, value, message):
    with pytest.raises(ValueError) as caught:
        Config({name: value})
    assert message in str(caught.value)


def test_a_misspelt_attribute_is_an_error():
    with pytest.raises(AttributeError):
        Config().NX_TCP_MAX_RETRIES = 3


def test_without_difflib_suggestions_are_by_containment(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "difflib", None)
    with pytest.raises(ValueError, match=r"did you mean NX_PHYSICAL_TRAILER\?"):
        Config(TRAILER=4)


def test_every_configuration_name_used_in_the_packages_is_in_the_table():
    """`config.NX_...` is an attribute a type checker cannot check, so it is checked here."""
    used = set()
    for folder in ("netx_sim", "netx_pop3", "drivers/netx_drivers"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Attribute) and _is_config(node.value):
                    used.add(node.attr)
    assert {name for name in used if name.startswith(("NX_", "TX_"))} <= NAMES


def _is_config(node):
    return getattr(node, "id", getattr(node, "attr", "")) in ("config", "_config")
