"""Every status that the device's interface lists is provoked by a recording, a dialogue or a test, or cannot happen."""

from pathlib import Path

import pytest

from tests.parity.device_api import SERVICES, listed, public
from tests.parity.evidence import provoked, table

# What no call can bring about, here or on a device, and why.
CANNOT_HAPPEN = {
    ("nx_ip_create", "NX_NOT_IMPLEMENTED"): "an internal check of the build, which a build that works passes",
    ("nx_packet_copy", "NX_INVALID_PARAMETERS"): "its packets are allocated with type 0, which every payload holds",
    ("nx_packet_data_adjust", "NX_INVALID_PARAMETERS"): "as nx_packet_copy",
    ("nx_packet_data_append", "NX_INVALID_PARAMETERS"): "as nx_packet_copy",
    ("nx_pop3_client_create", "NX_NO_INTERFACE_ADDRESS"): "this form takes IPv4 addresses only, the status is IPv6's",
    ("nx_pop3_client_create", "NX_POP3_APOP_FAILED_MD5_DIGEST"): "the digest of a time stamp and a password succeeds",
    ("nxd_pop3_client_create", "NX_POP3_APOP_FAILED_MD5_DIGEST"): "as nx_pop3_client_create",
}


def test_every_listed_status_is_provoked(capsys: pytest.CaptureFixture[str]) -> None:
    """Prints the table; a pair neither provoked nor known to be impossible fails, of services that exist."""
    found = provoked()
    with capsys.disabled():
        print("\n" + table(found))
    missing = {pair for pair in listed() - found if public(pair[0]) is not None} - set(CANNOT_HAPPEN)
    assert not missing, "\n".join(sorted(map(" ".join, missing)))


def test_the_readme_quotes_the_table() -> None:
    text = " ".join((Path(__file__).parents[2] / "README.md").read_text("utf-8").split())
    assert f"provoke {len(listed() & provoked())} / {len(listed())}; the other seven cannot happen" in text
    assert len(CANNOT_HAPPEN) == 7
    assert f"All {len(SERVICES)} services are there" in text


def test_what_cannot_happen_is_listed_and_did_not_happen() -> None:
    assert set(CANNOT_HAPPEN) <= listed()
    assert not set(CANNOT_HAPPEN) & provoked()
