"""What is asked of a test that has passed, and what is shown of one that has failed."""

from collections.abc import Sequence

import pytest

from netx_c.plugin.world import World

_QUIRKS = ("quirk", "trap", "fault")


def check(item: pytest.Item, world: World) -> None:
    """Fail a test that has passed but left something behind, or had a quirk or a wrong dialogue."""
    error = world.pending_error()
    if error is not None:
        raise error
    problems = [*_dialogues(world), *_quirks(item, world)]
    if not _allowed(item, "netx_leaks", everything=True):
        world.settle()
        left = _not_allowed(world.leftovers.found(), _patterns(item, "netx_leaks"))
        problems += [f"left behind: {text}" for text in left]
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


def _dialogues(world: World) -> list[str]:
    return [f"the client did not follow the server's script: {line}" for line in world.differences()]


def _quirks(item: pytest.Item, world: World) -> list[str]:
    if item.config.getoption("netx_quirks") != "error" or _allowed(item, "netx_quirks", everything=True):
        return []
    allowed = _patterns(item, "netx_quirks")
    return [f"quirk {name}: {message}" for name, message in _quirk_reports(world) if name not in allowed]


def _quirk_reports(world: World) -> list[tuple[str, str]]:
    """Quirks and traps that do harm, each once."""
    return [(name, message) for kind, name, message, harm in world.reports if harm and kind in _QUIRKS]


def quirk_names(world: World) -> list[str]:
    """The names of the quirks and traps that did harm in a test."""
    return sorted({name for name, _ in _quirk_reports(world)})


# -- markers ---------------------------------------------------------------------------------------


def _patterns(item: pytest.Item, name: str) -> list[str]:
    return [str(pattern) for marker in item.iter_markers(name) for pattern in marker.args]


def _allowed(item: pytest.Item, name: str, everything: bool) -> bool:
    """Is there a marker without arguments, which allows everything?"""
    return everything and any(not marker.args for marker in item.iter_markers(name))


def _not_allowed(found: list[str], patterns: Sequence[str]) -> list[str]:
    """Leave out the lines that a pattern is in; of a pool, the whole if none of its lines is left."""
    kept = []
    for text in found:
        head, *lines = text.split("\n")
        if lines:
            rest = [line for line in lines if not any(pattern in f"{head} {line}" for pattern in patterns)]
            if rest:
                kept.append("\n".join([head, *rest]))
        elif not any(pattern in head for pattern in patterns):
            kept.append(head)
    return kept


# -- reports ---------------------------------------------------------------------------------------


def sections(item: pytest.Item, world: World) -> list[tuple[str, str]]:
    """What a failed test shows besides: how to play it again, and the state it ended in."""
    found = [("netx seed", f"replay with: pytest '{item.nodeid}' --netx-seed {world.seed}")]
    if item.config.getoption("netx_quirks") != "ignore" and world.reports:
        lines = [
            f"{kind} {name}: {message}" + (f" ({count} times)" if count > 1 else "")
            for (kind, name, message, _), count in world.reports.items()
        ]
        found.append(("netx reports", "\n".join(lines)))
    if world.record is not None:
        found.append(("netx capture", f"tshark -r '{world.record}'"))
    found.append(("netx netstat", _netstat(world)))
    return found


def _netstat(world: World) -> str:
    """What went wrong may have left nothing that can be printed."""
    try:
        return world.netstat()
    except Exception as error:  # noqa: BLE001 - the test's own failure is the one to see
        return f"cannot be told: {error!r}"
