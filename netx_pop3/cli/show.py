"""What a fetch shows: a bar with bytes and rate in a terminal, a line per mail elsewhere."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from netx_pop3.cli import collect

if TYPE_CHECKING:
    from netx_pop3.maildrop import Mail


class Bar(collect.Progress):
    """A bar for the whole maildrop."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = TaskID(0)
        self._count = 0

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, count: int, octets: int) -> None:
        self._count = count
        self._task = self._bar.add_task(f"{count} mails", total=octets)

    def mail(self, mail: "Mail") -> None:
        self._bar.update(self._task, description=f"mail {mail.number} of {self._count}")

    def received(self, octets: int) -> None:
        self._bar.advance(self._task, octets)


class Lines(collect.Progress):
    """One line for each mail that is safe."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._count = 0

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def begin(self, count: int, octets: int) -> None:
        self._count = count
        self._console.print(f"{count} mails, {octets} bytes")

    def kept(self, mail: "Mail", size: int, known: bool) -> None:
        done = "was stored before" if known else "stored"
        self._console.print(f"mail {mail.number} of {self._count}: {size} bytes, {done}")


def progress_on(console: Console) -> Bar | Lines:
    """What suits the output."""
    return Bar(console) if console.is_terminal else Lines(console)


def octets_text(count: int) -> str:
    """A number of bytes for people."""
    if count < 10_000:
        return f"{count} bytes"
    for unit, size in (("kB", 10**3), ("MB", 10**6)):
        if count < 1000 * size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 10**9:.1f} GB"
