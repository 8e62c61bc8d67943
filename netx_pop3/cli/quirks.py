"""`netx-pop3 quirks`: what a device does that its guide does not say, as a list, an explanation, or docs/quirks.md."""

import difflib

from rich.console import Console

from netx_pop3 import quirks as client
from netx_pop3.cli.exits import Exit, UsageError
from netx_sim import traps

_HEAD = """# Quirks: what a device does that its guide does not say

The host does the same, and reports each occurrence: to the hooks (`netx_sim.diagnostics.hooks`, kinds `quirk`, `trap`
and `fault`) and to the loggers `netx_pop3.quirks`, `netx_sim.trap` and `netx_sim.fault`, as a warning where something
is lost or wrong, as information where the device only differs. `netx-pop3 quirks` prints the list,
`netx-pop3 quirks Q-EOM-SPLIT` one entry.

This page is written by `python tools/make_quirks.py` from `netx_pop3/quirks.py` and `netx_sim/traps.py`.
"""


class Entry:
    """One entry, whichever catalogue it comes from."""

    def __init__(self, name: str, harm: bool, what: str, consequence: str, remedy: str) -> None:
        self.name = name
        self.harm = harm
        self.what = what
        self.consequence = consequence
        self.remedy = remedy

    def text(self) -> str:
        """For a terminal."""
        kind = "harm" if self.harm else "difference"
        return (
            f"{self.name} ({kind})\n  what:        {self.what}\n"
            f"  consequence: {self.consequence}\n  remedy:      {self.remedy}"
        )

    def markdown(self) -> str:
        """A section of the page."""
        kind = "Something is lost or wrong." if self.harm else "Nothing is lost."
        head = f"### {self.name}\n\n{_sentence(self.what)} {kind}\n"
        return f"{head}\n- Consequence: {self.consequence}\n- Remedy: {self.remedy}\n"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."


def _fault(name: str, done: str, outcome: str) -> Entry:
    return Entry(name, True, done, f"the device {outcome}; here `DeviceFault` is raised", "do not do it")


def sections() -> dict[str, list[Entry]]:
    """All entries under their headings, in the order of the page."""
    quirks = [
        Entry(entry.quirk_id, entry.harm, entry.what, entry.consequence, entry.remedy)
        for entry in client.QUIRKS.values()
    ]
    below = [
        Entry(entry.trap_id, entry.harm, entry.what, entry.consequence, entry.remedy) for entry in traps.TRAPS.values()
    ]
    crashes = [_fault(name, *texts) for name, texts in (client.TRAPS | traps.FAULTS).items()]
    return {
        "The POP3 client": quirks,
        "The stack below it": below,
        "Where a device crashes or hangs": crashes,
    }


def page() -> str:
    """The text of docs/quirks.md."""
    parts = [_HEAD]
    for heading, entries in sections().items():
        parts.append(f"## {heading}\n")
        parts += [entry.markdown() for entry in entries]
    return "\n".join(parts)


def quirks(name: str | None, console: Console) -> Exit:
    """Print the list, or explain one; an unknown name is an error that says what is like it."""
    known = {entry.name: entry for entries in sections().values() for entry in entries}
    if name is None:
        width = max(map(len, known))
        for heading, entries in sections().items():
            console.print(heading)
            for entry in entries:
                console.print(f"  {entry.name:{width}}  {entry.what}")
        return Exit.DONE
    wanted = name.upper()
    if wanted not in known:
        within = [known_name for known_name in known if wanted.removeprefix("Q-") in known_name]
        like = within or difflib.get_close_matches(wanted, known)
        raise UsageError(f"no quirk is called {name}" + (f"; did you mean {' or '.join(like)}?" if like else ""))
    console.print(known[wanted].text())
    return Exit.DONE
