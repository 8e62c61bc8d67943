"""Which status each public service returned: every service is wrapped before the first test is collected.

A test marked `provokes("nx_x NX_A NX_B", ...)` has to make nx_x return NX_A and NX_B, and fails if it does not.  The
wrapper only notes (service, status) in a set.
"""

import builtins
import functools
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from tests.parity.device_api import SERVICES, public

seen: set[tuple[str, int]] = set()


def install() -> None:
    """Wrap every service, wherever a module of the product holds it."""
    for name in SERVICES:
        outer = public(name)
        inner = getattr(outer, "__wrapped__", None)
        if inner is not None and not hasattr(outer, "noted"):
            _replace(name, outer, noting(name, outer))
            _replace(name, inner, noting(name, inner))


def noting(name: str, service: Callable[..., Any]) -> Callable[..., Any]:
    """The service, with a note of what it returned."""

    def call(*args: Any, **kwargs: Any) -> Any:
        status = service(*args, **kwargs)
        seen.add((name, status))
        return status

    # To the product, its caller is the test: the wrapper counts as a part of the product.
    own = {"__name__": "netx_sim.noted", "seen": seen, "__builtins__": builtins}
    wrapper = types.FunctionType(call.__code__, own, call.__name__, None, call.__closure__)
    functools.update_wrapper(wrapper, service)
    wrapper.noted = True  # type: ignore[attr-defined]
    return wrapper


def _replace(name: str, old: object, new: object) -> None:
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("netx_") and vars(module).get(name) is old:
            setattr(module, name, new)


def pairs_of(mark: str) -> list[tuple[str, str]]:
    """The (service, status) pairs of one argument of the mark."""
    service, *statuses = mark.split()
    return [(service, status) for status in statuses]


def each(services: Iterable[str], *statuses: str) -> pytest.MarkDecorator:
    """Run a test for each service by name (its argument `service`), and hold it to make that return the statuses."""
    text = " ".join(statuses)
    parameters = [pytest.param(name, marks=pytest.mark.provokes(f"{name} {text}")) for name in services]
    return pytest.mark.parametrize("service", parameters)


@pytest.fixture(autouse=True)
def _provokes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold a test to what its mark says."""
    wanted = [pair for mark in request.node.iter_markers("provokes") for text in mark.args for pair in pairs_of(text)]
    if not wanted:
        yield
        return
    before = set(seen)
    seen.clear()
    yield
    missing = [f"{service} {status}" for service, status in wanted if (service, public(status)) not in seen]
    seen.update(before)
    assert not missing, f"said to be provoked, but never returned: {missing}"
