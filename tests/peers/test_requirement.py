"""Missing peers skip, or fail where they are wanted."""

import pytest

from tests.peers import requirement


@pytest.fixture
def absent(monkeypatch):
    monkeypatch.setitem(requirement.PEERS, "absent", requirement.Peer(lambda: None, "apt-get install absent"))


def test_a_missing_peer_skips_and_names_the_package(absent, monkeypatch):
    monkeypatch.delenv(requirement.REQUIRE, raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"absent is missing \(apt-get install absent\)"):
        requirement.require("absent")


def test_a_missing_peer_fails_where_peers_are_wanted(absent, monkeypatch):
    monkeypatch.setenv(requirement.REQUIRE, "1")
    with pytest.raises(pytest.fail.Exception, match="absent is missing"):
        requirement.require("absent")


def test_a_peer_that_is_there_is_given_by_its_path(monkeypatch):
    monkeypatch.setitem(requirement.PEERS, "here", requirement.Peer(lambda: "/bin/here", ""))
    assert requirement.require("here") == "/bin/here"
