"""Serial lines by URL."""

from typing import Any

import pytest

from netx_drivers import driver_for_url


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
