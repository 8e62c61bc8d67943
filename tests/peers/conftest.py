"""A network namespace with a TAP device and a Dovecot in it, shared by the tests of one file."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.peers.dovecot import Dovecot
from tests.peers.mails import mails
from tests.peers.netns import Namespace, Tap
from tests.peers.requirement import require

KERNEL = "10.0.0.1"
DEVICE = "10.0.0.2/24"


@pytest.fixture(scope="module")
def tap() -> Iterator[Tap]:
    """A TAP device in a namespace of its own; the kernel's side is 10.0.0.1."""
    require("tap")
    with Namespace() as space:
        yield Tap(space, "tap0", KERNEL + "/24")


@pytest.fixture(scope="module")
def dovecot(tap: Tap) -> Iterator[Dovecot]:
    """A POP3 server in the namespace, reached through the TAP device only."""
    with Dovecot(require("dovecot"), mails(), KERNEL, tap.space, failure_delay="0") as server:
        yield server


@pytest.fixture
def tap_driver(tap: Tap) -> Iterator[Callable[..., Any]]:
    """`tap_driver(offload=False)`: a TapDriver on the device; the interface is up again after the test."""
    from netx_drivers import TapDriver

    yield lambda **options: tap.space.call(lambda: TapDriver(tap.name, **options))
    tap.up()
