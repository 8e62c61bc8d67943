"""Serial lines by URL."""

from typing import Any

import pytest

from netx_drivers import SlipWire, driver_for_url
from netx_sim import simulation


@pytest.mark.parametrize(
    ("url", "port", "options"),
    [
        ("slip:/dev/ttyUSB0", "/dev/ttyUSB0", {}),
        ("slip:/dev/ttyS1?baud=9600&mtu=296", "/dev/ttyS1", {"baud": 9600, "mtu": 296}),
        ("slip:socket://host:4000?cslip=1", "socket://host:4000", {"cslip": True}),
        ("slip:loop://?cslip=never&rtscts=1", "loop://", {"cslip": "never", "rtscts": True}),
    ],
)
def test_url_names_port_and_options(
    monkeypatch: pytest.MonkeyPatch, url: str, port: str, options: dict[str, Any]
) -> None:
    made: list[Any] = []
    monkeypatch.setattr("netx_drivers.slip.SlipDriver", lambda where, **given: made.append((where, given)))
    driver_for_url(url)
    assert made == [(port, options)]


@pytest.mark.parametrize("url", ["slip:", "slip:/dev/ttyUSB0?parity=odd", "slip:/dev/ttyUSB0?cslip=sometimes"])
def test_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="slip:"):
        driver_for_url(url)


def test_simulated_line_is_shared_by_those_who_name_it() -> None:
    with simulation():
        line = driver_for_url("slipwire:?baud=9600&mtu=296&cslip=1&noise=1/1000&loss=0.002&seed=3&bits=11&noise_bits=1")
        assert isinstance(line, SlipWire)
        assert (line.baud, line.mtu, line.cslip, line.bits, line.noise_bits) == (9600, 296, True, 11, 1)
        assert (line.noise, line.loss) == (0.001, 0.002)
        assert driver_for_url("slipwire:") is line
        other = driver_for_url("slipwire:other")
        assert other is not line
        assert driver_for_url("ram:other") is not other
        with pytest.raises(ValueError, match="slipwire:other exists already, with other options"):
            driver_for_url("slipwire:other?baud=300")
    with simulation():
        assert driver_for_url("slipwire:?baud=300") is not line


@pytest.mark.parametrize("options", ["baud=fast", "noise=often", "noise=2", "baud=0", "noise=1/0", "parity=odd"])
def test_simulated_line_that_cannot_be(options: str) -> None:
    with simulation(), pytest.raises(ValueError, match=options.split("=")[0]):
        driver_for_url(f"slipwire:?{options}")
