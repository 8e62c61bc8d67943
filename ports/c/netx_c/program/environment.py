"""What the environment says to a program: the variables NETX_..., checked before anything runs.

| variable | value |
|---|---|
| NETX_LINK | the link behind nx_host_network_driver, as a URL of a driver |
| NETX_CAPTURE | a pcapng file for the frames of all links |
| NETX_SEED | a number: the seed of the simulation |
| NETX_CLOCK | `virtual` or `real` |
| NETX_FAULTS | faults on all links: `loss=0.01,delay=100-5000,seed=7` |
| NETX_CONFIG | tunables: `NX_TCP_MAXIMUM_RETRIES=3,...`, or a file of such lines |
| NETX_LEAKS, NETX_QUIRKS | `error`, `report` or `ignore` |
"""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from netx_c.port.drivers import DEFAULT_LINK
from netx_drivers.faults import Faults
from netx_sim.config import Config

__all__ = ["VARIABLES", "BadVariable", "Settings", "parse_config", "parse_faults", "read_environment"]

VARIABLES = (
    "NETX_LINK",
    "NETX_CAPTURE",
    "NETX_SEED",
    "NETX_CLOCK",
    "NETX_FAULTS",
    "NETX_CONFIG",
    "NETX_LEAKS",
    "NETX_QUIRKS",
)
_CLOCKS = ("virtual", "real")
_CARES = ("report", "error", "ignore")
_PROBABILITIES = ("loss", "duplicate", "reorder", "corrupt")
_SWITCHES = {"0": 0, "1": 1, "off": 0, "on": 1, "false": 0, "true": 1, "no": 0, "yes": 1}

# The compiler has built these into the program: sizes of control blocks, offsets, ticks, the names of services.
_COMPILED = (
    "TX_TIMER_TICKS_PER_SECOND",
    "NX_IP_PERIODIC_RATE",
    "NX_PHYSICAL_HEADER",
    "NX_PACKET_ALIGNMENT",
    "NX_MAX_PHYSICAL_INTERFACES",
    "NX_MAX_IPV6_ADDRESSES",
    "NX_POP3_MAX_USERNAME",
    "NX_POP3_MAX_PASSWORD",
    "NX_DISABLE_LOOPBACK_INTERFACE",
    "NX_DISABLE_IPV6",
    "NX_DISABLE_ERROR_CHECKING",
    "NX_ENABLE_INTERFACE_CAPABILITY",
)


class BadVariable(Exception):
    """A variable of the environment cannot be used; the text is one sentence that names it."""

    def __init__(self, name: str, value: str, trouble: object) -> None:
        super().__init__(f"{name}={value}: {trouble}")
        self.name = name


class Settings:
    """What the variables say; attributes are named after them."""

    def __init__(self) -> None:
        self.link = DEFAULT_LINK
        self.link_given = False
        self.capture: Path | None = None
        self.seed = 0
        self.clock: str | None = None
        self.faults: dict[str, Any] | None = None
        self.config: dict[str, int] = {}
        self.leaks = _CARES[0]
        self.leaks_given = False
        self.quirks = _CARES[0]


def read_environment(environ: Mapping[str, str]) -> Settings:
    """The settings; an empty variable is as good as none.

    Raises:
        BadVariable: a value cannot be, or there is no such variable.
    """
    given = {name: environ[name] for name in environ if name.startswith("NETX_") and environ[name]}
    settings = Settings()
    for name, value in given.items():
        if name in _READERS:
            try:
                _READERS[name](settings, value)
            except (ValueError, OSError) as error:
                raise BadVariable(name, value, _trouble(error)) from error
        else:
            _suspect(name, value)
    return settings


def _trouble(error: Exception) -> str:
    return str(error.strerror) if isinstance(error, OSError) else str(error)


def _suspect(name: str, value: str) -> None:
    """A name that is nearly one of ours is a slip of the pen; any other may be somebody else's."""
    close = difflib.get_close_matches(name, VARIABLES, 1, 0.85)
    if close:
        raise BadVariable(name, value, f"there is no such variable; did you mean {close[0]}?")


# -- one variable each ------------------------------------------------------------------------------


def _link(settings: Settings, value: str) -> None:
    settings.link = value
    settings.link_given = True


def _capture(settings: Settings, value: str) -> None:
    settings.capture = Path(value)


def _seed(settings: Settings, value: str) -> None:
    settings.seed = _number(value)


def _clock(settings: Settings, value: str) -> None:
    settings.clock = _one_of(value, _CLOCKS)


def _faults(settings: Settings, value: str) -> None:
    settings.faults = parse_faults(value)


def _config(settings: Settings, value: str) -> None:
    settings.config = parse_config(value)


def _leaks(settings: Settings, value: str) -> None:
    settings.leaks = _one_of(value, _CARES)
    settings.leaks_given = True


def _quirks(settings: Settings, value: str) -> None:
    settings.quirks = _one_of(value, _CARES)


_READERS = {
    "NETX_LINK": _link,
    "NETX_CAPTURE": _capture,
    "NETX_SEED": _seed,
    "NETX_CLOCK": _clock,
    "NETX_FAULTS": _faults,
    "NETX_CONFIG": _config,
    "NETX_LEAKS": _leaks,
    "NETX_QUIRKS": _quirks,
}


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"it is {', '.join(known[:-1])} or {known[-1]}")
    return value


def _number(text: str) -> int:
    """A number of C that is not negative: 10, 0x0A."""
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if value < 0:
        raise ValueError(f"{text!r} is no number")
    return value


def _pairs(text: str) -> list[tuple[str, str]]:
    """NAME=VALUE, separated by commas or lines."""
    found = []
    for part in text.replace("\n", ",").split(","):
        name, equals, value = part.partition("=")
        if not part.strip():
            continue
        if not equals:
            raise ValueError(f"{part.strip()!r} is not of the form NAME=VALUE")
        found.append((name.strip(), value.strip()))
    return found


# -- faults -----------------------------------------------------------------------------------------


def parse_faults(text: str) -> dict[str, Any]:
    """A fault plan: arguments for `netx_drivers.Faults`.

    Args:
        text: NAME=VALUE, separated by commas. loss, duplicate, reorder, corrupt: a probability, as in 0.01 or 1%.
            delay: microseconds, or least-most as in 100-5000. reorder_us: microseconds. seed: a number.
            receive: 1 or 0.

    Raises:
        ValueError: no such fault, or a value that cannot be.
    """
    plan: dict[str, Any] = {}
    for name, value in _pairs(text):
        if name in _PROBABILITIES:
            plan[name] = _probability(name, value)
        elif name == "delay":
            plan[name] = _range(value)
        elif name in ("reorder_us", "seed"):
            plan[name] = _number(value)
        elif name == "receive":
            plan[name] = bool(_switch(value))
        else:
            known = ", ".join([*_PROBABILITIES, "delay", "reorder_us", "receive", "seed"])
            raise ValueError(f"there is no fault {name!r}; there are {known}")
    Faults(_no_driver, **plan)  # says what it does not like
    return plan


def _no_driver(_request: object) -> None:
    """A driver to try a plan on; never called."""


def _probability(name: str, text: str) -> float:
    try:
        return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise ValueError(f"{name} is a probability, as in 0.01 or 1%, not {text!r}") from None


def _range(text: str) -> int | tuple[int, int]:
    least, dash, most = text.partition("-")
    return (_number(least), _number(most)) if dash else _number(text)


# -- configuration ----------------------------------------------------------------------------------


def parse_config(text: str) -> dict[str, int]:
    """Tunables and build flags by name.

    Args:
        text: NAME=VALUE, separated by commas; or the name of a file with one NAME=VALUE or #define NAME VALUE a line.

    Raises:
        ValueError: no such name, a value that cannot be, or a tunable that is compiled into the program.
        OSError: the file cannot be read.
    """
    found = {}
    for name, value in _pairs(text if "=" in text else _file_text(Path(text))):
        if name in _COMPILED:
            raise ValueError(f"{name} is compiled into the program: set it in nx_user.h, or by -D{name}={value}")
        found[name] = _SWITCHES[value.lower()] if value.lower() in _SWITCHES else _number(value)
    Config(found)  # says what it does not like
    return found


def _switch(text: str) -> int:
    if text.lower() not in _SWITCHES:
        raise ValueError(f"{text!r} is neither 1 nor 0")
    return _SWITCHES[text.lower()]


def _file_text(path: Path) -> str:
    """The assignments in a file, without comments."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.partition("//")[0].partition("/*")[0].split()
        if words[:1] == ["#define"] and len(words) > 1:
            lines.append(f"{words[1]}={words[2] if len(words) > 2 else 1}")
        elif words and not words[0].startswith("#"):
            lines.append("".join(words))
    return "\n".join(lines)
