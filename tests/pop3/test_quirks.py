"""The catalogue of quirks, and the events it makes."""

import logging
import re
from pathlib import Path

import pytest

import netx_pop3
from netx_pop3.quirks import QUIRKS, TRAPS, quirk, trap
from netx_sim.fault import DeviceFault

PACKAGE = Path(netx_pop3.__path__[0])


def test_every_entry_says_what_it_means_and_what_to_do():
    assert len(QUIRKS) == 34
    for quirk_id, entry in QUIRKS.items():
        assert entry.quirk_id == quirk_id
        assert re.fullmatch(r"Q-[A-Z0-9]+(-[A-Z0-9]+)*", quirk_id)
        for text in (entry.what, entry.consequence, entry.remedy):
            assert text
            assert not text.endswith(".")
        assert quirk_id in repr(entry)


def test_every_quirk_is_named_where_it_is_made():
    named = set()
    for path in PACKAGE.glob("*.py"):
        if path.name != "quirks.py":
            named |= set(re.findall(r"quirk\([^()]*?\"(Q-[A-Z0-9-]+)\"", path.read_text()))
            named |= set(re.findall(r"quirk\(.* else \"(Q-[A-Z0-9-]+)\"", path.read_text()))
    assert named == set(QUIRKS)


@pytest.mark.parametrize(("name", "level"), [("Q-PASS-OK", logging.WARNING), ("Q-DOTS", logging.INFO)])
def test_harm_is_a_warning_and_a_mere_difference_is_not(name, level, caplog, reported):
    with caplog.at_level(logging.INFO, "netx_pop3.quirks"):
        quirk(name, size=3)
    assert [(record.name, record.levelno) for record in caplog.records] == [("netx_pop3.quirks", level)]
    assert caplog.messages == [f"{name}: {QUIRKS[name].message}"]
    assert reported.fields[name] == {"size": 3, "harm": QUIRKS[name].harm}


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_says_what_the_device_would_have_done(name, reported):
    fault = trap(name)
    assert isinstance(fault, DeviceFault)
    assert fault.quirk_id == name
    assert "crashes" in fault.what or "hangs" in fault.what
    assert reported == [name]
