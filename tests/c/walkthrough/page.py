"""A page with commands, their answers and files, as something that can be played.

```c, ```python    a file, named in its first line; `NAME, further down` adds to one
```diff            lines of a file, `-` before and `+` after
```console         commands behind `$ `, each followed by what it answers; `...` stands for anything
"""

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\bin \d+\.\d+s( \(\d+:\d+:\d+\))?")


@dataclass(frozen=True)
class Step:
    """A block of the page: what kind it is, its text, and the line it begins on."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command and its answer."""

    text: str
    answer: str


def steps(page: Path) -> list[Step]:
    """The blocks of a page in their order."""
    text = page.read_text(encoding="utf-8")
    return [Step(found[1], found[2], text.count("\n", 0, found.start()) + 1) for found in _BLOCK.finditer(text)]


def commands(step: Step) -> list[Command]:
    """The commands of a console block."""
    parts = re.split(r"^\$ ", step.text, flags=re.MULTILINE)
    assert not parts[0], f"line {step.line}: an answer without a command"
    return [Command(*part.partition("\n")[::2]) for part in parts[1:]]


def write(step: Step, folder: Path) -> None:
    """Make or extend the file that a block holds."""
    first, _, rest = step.text.partition("\n")
    name = re.match(r"(?:/\* |# )([\w.]+)", first)
    assert name is not None, f"line {step.line}: the first line names no file"
    path = folder / name[1]
    if "further down" in first:
        path.write_text(path.read_text() + rest)
    else:
        path.write_text(step.text)


def change(step: Step, folder: Path) -> None:
    """Change the lines of a file as a block says."""
    lines = step.text.splitlines()
    path = folder / lines[0].removeprefix("--- ")
    before = "".join(f"{line[1:]}\n" for line in lines[1:] if line.startswith("-"))
    after = "".join(f"{line[1:]}\n" for line in lines[1:] if line.startswith("+"))
    text = path.read_text()
    assert text.count(before) == 1, f"line {step.line}: {before!r} is not once in {path.name}"
    path.write_text(text.replace(before, after))


def answers(expected: str, said: str) -> bool:
    """Is this what the page says?  Seconds are not compared."""
    pattern = re.escape(_SECONDS.sub("in a while", expected))
    # A line of its own stands for any number of lines; within a line, for anything on it.
    pattern = re.sub(r"^\\\.\\\.\\\.\\?\n", r"(?:.*\\n)*?", pattern, flags=re.MULTILINE)
    pattern = pattern.replace(r"\.\.\.", r"[^\n]*")
    return re.fullmatch(pattern, _SECONDS.sub("in a while", said)) is not None
