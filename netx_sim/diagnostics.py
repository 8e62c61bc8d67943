"""Where the stack says what it noticed: quirks of the device, link trouble, leaks.

One hook serves every runtime.  CPython connects it to ``logging`` on first use: quirks go to the
logger ``netx_pop3.quirks``, the rest to ``netx_sim.<kind>``.  MicroPython has only the hooks.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# Functions called with (kind, name, message, fields) for every report, oldest first.
hooks: "list[Callable[[str, str, str, dict[str, Any]], None]]" = []

_LOGGER_OF_KIND = {"quirk": "netx_pop3.quirks"}
_WARN = ("quirk", "trap", "fault", "leak")


def report(kind: str, name: str, message: str, **fields: "Any") -> None:
    """Tell every hook and the log.

    Args:
        kind (str): "quirk", "trap", "link", "fault", "leak" or "note".
        name (str): stable short id, such as ``Q-GREETING-LEAK``.
        message (str): one sentence for a person; never holds a password.
        fields: further values for programs; `harm=False` says that nothing is lost or wrong, so that
            the log takes it for information where it would warn.
    """
    for hook in hooks:
        hook(kind, name, message, fields)
    _log(kind, name, message, fields)


def listening() -> bool:
    """Would anybody hear a report?  What is only to find out whether there is one to make may be left out if not."""
    for _ in hooks:
        return True
    return _has_log()


try:
    import logging

    def _log(kind: str, name: str, message: str, fields: "dict[str, Any]") -> None:
        logger = logging.getLogger(_LOGGER_OF_KIND.get(kind, "netx_sim." + kind))
        harm = kind in _WARN and fields.get("harm", True)
        logger.log(logging.WARNING if harm else logging.INFO, "%s: %s", name, message)

    def _has_log() -> bool:
        return True

except ImportError:  # MicroPython: the hooks are all there is

    def _log(kind: str, name: str, message: str, fields: "dict[str, Any]") -> None:
        """No log on this runtime."""

    def _has_log() -> bool:
        return False
