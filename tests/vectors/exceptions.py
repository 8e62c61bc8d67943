"""Recordings that do not come out equal, each by its id with the reason.

A scenario listed here is run like all others: if it comes out equal, the test fails, so that the list stays true.
"""

TRACES: dict[str, str] = {}

SERVICES: dict[str, str] = {}

DIALOGUES: dict[str, str] = {}
