"""What C sees after each service is what it would see if all structs were written anew.

A call writes only the structs that it can have changed: these recordings show that it misses none.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from netx_c.port.binding import Port
from netx_c.testing.vectors import Build, Program
from tests.c.vectors.test_services import COMMON, GROUPS

pytestmark = [pytest.mark.leaks, pytest.mark.usefixtures("gcc")]
# Another instance asked its pool for a packet while this one sent: that instance's own calls show it.
_ELSEWHERE = ("nx_packet_pool_empty_requests",)


def _stale(port: Port) -> Iterator[str]:
    """The fields of created blocks that writing all structs changes."""
    twins = list(port._registry._living.values())
    before = [bytes(twin.buffer) for twin in twins]
    port.refresh()
    for twin, old in zip(twins, before, strict=True):
        new = bytes(twin.buffer)
        for name, (offset, size) in port._layout[twin.kind.name].fields.items():
            if old[offset : offset + size] != new[offset : offset + size] and name not in _ELSEWHERE:
                yield name


@pytest.fixture
def stale(monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """Services, and fields that they left out of date."""
    found: set[tuple[str, str]] = set()
    make = Port._service_function

    def watched(port: Port, symbol: str) -> Any:
        service = make(port, symbol)

        def call(*args: int) -> int:
            result: int = service(*args)
            found.update((symbol, name) for name in _stale(port))
            return result

        count = service.__code__.co_argcount - hasattr(service, "__self__")
        names = ", ".join(f"a{place}" for place in range(count))
        return eval(f"lambda {names}: call({names})", {"call": call})

    monkeypatch.setattr(Port, "_service_function", watched)
    return found


@pytest.mark.parametrize("group", ["arp", "ip", "packet", "tcp", "threadx", "udp"])
def test_no_struct_is_left_out_of_date(group: str, stale: set[tuple[str, str]], tmp_path: Path) -> None:
    scenarios = [one for one in GROUPS[group] if "free_port" not in one["id"]]  # thousands of sockets
    program = Program(group, scenarios, COMMON, Build(tmp_path))
    for scenario in scenarios:
        program.run(scenario)
    assert stale == set()
