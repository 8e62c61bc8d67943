"""Drivers from text: ``ram:``, ``ram:lab?latency_us=500``, ``tap:tap0?mtu=1500&offload=0``, ``slipwire:?baud=9600``.

A scheme is a function of the text between the colon and the question mark, and of the options behind
it; it returns a driver.  Other packages add schemes by an entry point of the group ``netx_drivers``
whose name is the scheme.
"""

import difflib
from urllib.parse import parse_qsl, unquote
from weakref import WeakKeyDictionary

from netx_drivers.ram import RamWire, nx_ram_network_driver
from netx_sim.kernel import current

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_drivers.wrapper import Driver
    from netx_sim.kernel import Simulation

    Scheme = Callable[[str, dict[str, str]], Driver]

GROUP = "netx_drivers"
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")

# By scheme and name: the options a wire was made with, and the wire.
_wires: "WeakKeyDictionary[Simulation, dict[tuple[str, str], tuple[dict[str, Any], Driver]]]" = WeakKeyDictionary()


def driver_for_url(url: str) -> "Driver":
    """The driver that ``url`` describes.

    Args:
        url (str): ``SCHEME:WHERE?OPTION=VALUE&...``.  ``ram:`` is the default wire of the current
            simulation, ``ram:NAME`` another one, shared by all who name it there; options bandwidth,
            latency_us, mtu, integrity.  ``tap:NAME`` is a TAP device; options mtu, offload, address.
            ``slip:PORT`` is a serial port, a device or a pyserial URL; options baud, mtu, cslip (1, 0, or
            never), rtscts, xonxoff.  ``slipwire:`` and ``slipwire:NAME`` are simulated serial lines, each
            shared by the two who name it in the current simulation; options baud, mtu, cslip, noise,
            loss, seed, bits, noise_bits.
            ``nat:`` and ``nat:NETWORK`` lead out without root; options mtu, ipv6, behind.

    Raises:
        ValueError: an unknown scheme (the message lists those known), option or value.
        LinkError: the link cannot be had; the message names the command that mends it.
    """
    scheme = scheme_for_url(url)
    where, _, query = url.partition(":")[2].partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    return scheme(unquote(where), options)


def scheme_for_url(url: str) -> "Scheme":
    """What makes the driver that ``url`` describes.

    Raises:
        ValueError: it is no URL of a link, or its scheme is unknown.
    """
    scheme, colon, _ = url.partition(":")
    if not colon:
        raise ValueError(f"{url!r} is no link: it has the form SCHEME:WHERE, with SCHEME {_known_text(scheme, True)}")
    return _scheme(scheme)


def schemes() -> "list[str]":
    """The schemes that are known here."""
    from importlib.metadata import entry_points  # takes longer to load than all the rest

    return sorted({*_SCHEMES, *entry_points(group=GROUP).names})


def _scheme(name: str) -> "Scheme":
    if name in _SCHEMES:
        return _SCHEMES[name]
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP, name=name):
        scheme: "Scheme" = entry.load()
        return scheme
    raise ValueError(f"there is no link scheme {name!r}; known: {_known_text(name)}")


def _known_text(name: str, colon_missing: bool = False) -> str:
    known = schemes()
    close = difflib.get_close_matches(name, known, 1)
    return ", ".join(known) + (f" (did you mean {close[0]}:?)" if close and (colon_missing or close[0] != name) else "")


def take_options(scheme: str, options: "dict[str, str]", **kinds: "Callable[[str], Any]") -> "dict[str, Any]":
    """Convert options, each by the function named after it; for the authors of schemes.

    Raises:
        ValueError: an option nobody knows, or a value that does not convert.
    """
    taken = {}
    for name, text in options.items():
        if name not in kinds:
            raise ValueError(f"{scheme}: has no option {name!r}; it has {', '.join(sorted(kinds))}")
        try:
            taken[name] = kinds[name](text)
        except ValueError as error:
            raise ValueError(f"{scheme}: option {name}={text}: {error}") from None
    return taken


def number(text: str) -> int:
    """A decimal number that is not negative."""
    if not text.isdecimal():
        raise ValueError("a number is wanted")
    return int(text)


def probability(text: str) -> float:
    """A decimal fraction, or one with a slash: 0.001, 1/1000."""
    above, _, below = text.partition("/")
    whole = float(below or 1)
    if whole <= 0:
        raise ValueError("a part of nothing is none")
    return float(above) / whole


def switch(text: str) -> bool:
    """On or off."""
    if text.lower() not in _TRUE + _FALSE:
        raise ValueError("1 or 0 is wanted")
    return text.lower() in _TRUE


def hardware_address(text: str) -> int:
    """Six bytes in hex, between colons."""
    digits = text.replace("-", ":").split(":")
    if len(digits) != 6:
        raise ValueError("a hardware address such as 02:00:00:00:00:01 is wanted")
    return int.from_bytes(bytes(int(pair, 16) for pair in digits), "big")


def _ram(where: str, options: "dict[str, str]") -> "Driver":
    taken = take_options("ram", options, bandwidth=number, latency_us=number, mtu=number, integrity=switch)
    if not where:
        if taken:
            raise ValueError(
                "ram: is the default wire and takes no options; a wire of your own has a name, as in ram:lab"
            )
        return nx_ram_network_driver
    return _shared("ram", where, taken, RamWire)


def _shared(scheme: str, where: str, taken: "dict[str, Any]", kind: "Callable[..., Driver]") -> "Driver":
    """The wire of that name in the current simulation; whoever names it again gives the same options, or none."""
    wires = _wires.setdefault(current(), {})
    if (scheme, where) not in wires:
        wires[scheme, where] = (taken, kind(**taken))
    made_with, wire = wires[scheme, where]
    if taken not in ({}, made_with):
        raise ValueError(f"{scheme}:{where} exists already, with other options")
    return wire


def _tap(where: str, options: "dict[str, str]") -> "Driver":
    from netx_drivers.tap import TapDriver

    return TapDriver(where, **take_options("tap", options, mtu=number, offload=switch, address=hardware_address))


def _nat(where: str, options: "dict[str, str]") -> "Driver":
    from netx_drivers.user_nat import NETWORK, UserNatDriver

    return UserNatDriver(network=where or NETWORK, **take_options("nat", options, mtu=number, ipv6=switch, behind=str))


def _header_compression(text: str) -> "bool | str":
    """On from the start, off until the peer does it, or never."""
    return text if text == "never" else switch(text)


def _slip(where: str, options: "dict[str, str]") -> "Driver":
    from netx_drivers.slip import SlipDriver

    if not where:
        raise ValueError("slip: names no port; one is wanted as in slip:/dev/ttyUSB0?baud=115200")
    kinds = {"baud": number, "mtu": number, "cslip": _header_compression, "rtscts": switch, "xonxoff": switch}
    return SlipDriver(where, **take_options("slip", options, **kinds))


def _slipwire(where: str, options: "dict[str, str]") -> "Driver":
    from netx_drivers.slip_wire import SlipWire

    counts = dict.fromkeys(("baud", "mtu", "seed", "bits", "noise_bits"), number)
    chances = dict.fromkeys(("noise", "loss"), probability)
    taken = take_options("slipwire", options, **counts, **chances, cslip=switch)
    return _shared("slipwire", where, taken, SlipWire)


_SCHEMES: "dict[str, Scheme]" = {"nat": _nat, "ram": _ram, "tap": _tap, "slip": _slip, "slipwire": _slipwire}
