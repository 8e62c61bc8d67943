"""`netx-pop3 cc`: firmware in C becomes a program.

What compiles is a package of its own that this one does not know; it is found by an entry point.
"""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import Any

from netx_pop3.cli.exits import BuildImpossible

GROUP = "netx_pop3.cc"


def cc(arguments: list[str], **options: Any) -> int:
    """Compile, or show flags; the exit status of the compiler.

    Raises:
        BuildImpossible: the C side is not installed here, or has no compiler.
        UsageError: the arguments cannot be.
    """
    for entry in entry_points(group=GROUP, name="cc"):
        try:
            run: Callable[..., int] = entry.load()
        except ModuleNotFoundError:
            break
        return run(arguments, **options)
    raise BuildImpossible("the C side is not installed here: install the package netx-pop3 again")
