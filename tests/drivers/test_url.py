"""Drivers by URL: the schemes, their options, shared wires, third parties, and what the errors say."""

from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

import netx_drivers
from netx_drivers import url
from netx_drivers.errors import LinkError
from netx_drivers.ram import RamWire, nx_ram_network_driver
from netx_drivers.url import driver_for_url
from netx_sim.kernel import simulation


def test_ram_is_the_default_wire() -> None:
    assert driver_for_url("ram:") is nx_ram_network_driver


def test_named_wire_is_shared_in_a_simulation_and_only_there() -> None:
    with simulation():
        wire = driver_for_url("ram:lab?latency_us=500&bandwidth=9600&mtu=576&integrity=yes")
        assert isinstance(wire, RamWire)
        assert (wire.latency_us, wire.bandwidth, wire.mtu, wire._capability) == (500, 9600, 576, 0xFFF)
        assert driver_for_url("ram:lab") is wire
        assert driver_for_url("ram:lab?mtu=576&integrity=1&latency_us=500&bandwidth=9600") is wire
        assert driver_for_url("ram:other") is not wire
        with simulation():
            assert driver_for_url("ram:lab") is not wire


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ram", "SCHEME:WHERE"),
        ("tap0", "did you mean tap:"),
        ("nat", "did you mean nat:"),
        ("rom:", "did you mean ram:"),
        ("carrier-pigeon:one", "known: nat, ram, "),
        ("ram:?mtu=576", "default wire and takes no options"),
        ("ram:lab?speed=9", "has no option 'speed'; it has bandwidth, integrity, latency_us, mtu"),
        ("ram:lab?mtu=big", "option mtu=big: a number is wanted"),
        ("ram:lab?mtu=-1", "option mtu=-1: a number is wanted"),
        ("ram:lab?integrity=perhaps", "option integrity=perhaps: 1 or 0 is wanted"),
        ("tap:tap0?address=1:2", "a hardware address such as"),
        ("nat:10.0.2.0/28", "the prefix length may be at most 27"),
        ("nat:nowhere", "'nowhere'"),
        ("nat:?mtu=60", "mtu is 68 to 65521, not 60"),
        ("tap:tap0?address=0:0:0:0:0:zz", "option address=0:0:0:0:0:zz"),
    ],
)
def test_error_says_what_would_be_right(text: str, says: str) -> None:
    with pytest.raises(ValueError) as caught:
        driver_for_url(text)
    assert says in str(caught.value)


def test_wire_is_not_made_twice_with_other_options() -> None:
    with simulation():
        driver_for_url("ram:lab?mtu=576")
        with pytest.raises(ValueError, match="exists already, with other options"):
            driver_for_url("ram:lab?mtu=1500")


def test_tap_that_does_not_exist_names_the_command_that_makes_it() -> None:
    with pytest.raises(LinkError, match="ip tuntap add dev netx-none mode tap"):
        driver_for_url("tap:netx-none")


def test_tap_options_reach_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr("netx_drivers.tap.TapDriver", lambda *args, **options: made.append((args, options)))
    driver_for_url("tap:tap9?mtu=9000&offload=off&address=02-00-00-00-00-2a")
    assert made == [(("tap9",), {"mtu": 9000, "offload": False, "address": 0x02000000002A})]


def test_nat_options_reach_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []
    monkeypatch.setattr("netx_drivers.user_nat.UserNatDriver", lambda **options: made.append(options))
    driver_for_url("nat:")
    driver_for_url("nat:10.77.0.0/16?mtu=9000&ipv6=1")
    assert made == [{"network": "10.0.2.0/24"}, {"network": "10.77.0.0/16", "mtu": 9000, "ipv6": True}]


def pigeon(where: str, options: dict[str, str]) -> Any:
    return url.take_options("pigeon", options, loft=str) | {"where": where}


def test_third_party_adds_a_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("pigeon", "tests.drivers.test_url:pigeon", url.GROUP)
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **wanted: EntryPoints([entry]).select(**wanted))
    assert driver_for_url("pigeon:the%20roof?loft=north") == {"where": "the roof", "loft": "north"}
    assert url.schemes() == sorted({"pigeon", *url._SCHEMES})
    with pytest.raises(ValueError, match="known: nat, pigeon, ram, "):
        driver_for_url("fax:1")


@pytest.mark.parametrize("name", netx_drivers.__all__)
def test_package_hands_out_its_names(name: str) -> None:
    assert getattr(netx_drivers, name) is not None


def test_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Telex'"):
        netx_drivers.Telex  # type: ignore[attr-defined]
