"""Names of status codes: the families overlap in number."""

import pytest

from netx_sim import status
from netx_sim.status import status_name


@pytest.mark.parametrize(
    ("code", "family", "name"),
    [
        (0x00, "NX", "NX_SUCCESS"),
        (0x03, "NX", "NX_OVERFLOW"),
        (0x03, "TX", "TX_PTR_ERROR"),
        (0x1A, "NX", "NX_WAIT_ABORTED"),
        (0x1A, "TX", "TX_WAIT_ABORTED"),
        (0x38, "NX", "NX_NOT_CONNECTED"),
        (0xB4, "NX", "NX_POP3_SERVER_ERROR_STATUS"),
        (0xFF, "TX", "TX_FEATURE_NOT_ENABLED"),
        (0x10, "TX", "TX_NO_MEMORY"),
        (0xB0, "NX", "0xb0"),
        (0xC8, "NX", "0xc8"),
        (0xC8, "TX", "0xc8"),
    ],
)
def test_name(code, family, name):
    assert status_name(code, family) == name


def test_the_family_is_netx_unless_said():
    assert status_name(0x03) == "NX_OVERFLOW"


def test_every_code_has_a_name_of_its_number():
    for name, code in vars(status).items():
        family = name[:2]
        if family in ("NX", "TX") and name != "NX_POP3_CLIENT_ERROR_CONSTANT":
            assert getattr(status, status_name(code, family)) == code
