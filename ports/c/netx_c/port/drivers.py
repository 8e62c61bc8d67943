"""The Python driver behind each driver symbol that C can name.

A simulation has one driver for each symbol, so all instances that are created with it share its link.  What NETX_LINK,
NETX_FAULTS and NETX_CAPTURE say, or a test asks for, is a `Links` that was put before the first instance is created.
"""

from collections.abc import Callable

from netx_drivers.ram import default_wire
from netx_drivers.url import driver_for_url
from netx_sim.constants import NX_LINK_INITIALIZE
from netx_sim.kernel import Simulation
from netx_sim.link import NX_IP_DRIVER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netx_drivers.wrapper import Driver

__all__ = ["DEFAULT_LINK", "Links", "driver", "links_of", "ram_driver", "use_links"]

DEFAULT_LINK = "ram:"
_DEFAULT_TAP = "tap:tap0"
_TAP = "_nx_linux_network_driver"
_HOST = "nx_host_network_driver"
_RAM = "_nx_ram_network_driver"


class Links:
    """What the links of a simulation are, and what is around them.

    Args:
        url: the link behind `nx_host_network_driver`; one of a TAP device is behind `_nx_linux_network_driver` as well.
        around: makes of a link's driver the one that is used, with faults or a capture; None leaves it as it is.
    """

    def __init__(self, url: str = DEFAULT_LINK, around: "Callable[[Driver], Driver] | None" = None) -> None:
        self.url = url
        self.plain: "Driver | None" = None  # of the URL, where it was opened before
        self._around = around
        self._drivers: "dict[str, Driver]" = {}
        self._inner: "dict[str, Driver]" = {}

    def driver(self, symbol: str, sim: Simulation) -> "Driver":
        """The driver behind a symbol, with what is around it; made when it is first asked for."""
        if symbol not in self._drivers:
            self._drivers[symbol] = self.wrapped(self.inner(symbol, sim))
        return self._drivers[symbol]

    def wrapped(self, plain: "Driver") -> "Driver":
        """A driver with what is around all links; for drivers written in C too."""
        return plain if self._around is None else self._around(plain)

    def inner(self, symbol: str, sim: Simulation) -> "Driver":
        """The driver itself: what a driver in C passes its requests on to, around which everything is already."""
        if symbol not in self._inner:
            self._inner[symbol] = self._make(symbol, sim)
        return self._inner[symbol]

    def medium(self, sim: Simulation) -> "Driver":
        """The simulated wire."""
        return default_wire(sim)

    def _make(self, symbol: str, sim: Simulation) -> "Driver":
        if symbol == _HOST and self.url == DEFAULT_LINK:
            return self.medium(sim)
        if symbol == _HOST or (symbol == _TAP and self.url.startswith("tap:")):
            return self.plain or driver_for_url(self.url)
        if symbol == _TAP:
            return driver_for_url(_DEFAULT_TAP)
        return ram_driver(symbol, self.medium(sim))

    @property
    def used(self) -> bool:
        """Has anybody asked for the link that was named?"""
        return _HOST in self._inner or (self.url.startswith("tap:") and _TAP in self._inner)


def ram_driver(symbol: str, wire: "Driver") -> "Driver":
    """The device's RAM driver on a wire; interfaces get the MTU that is in the symbol.

    Raises:
        ValueError: no such symbol.
    """
    name, _, mtu = symbol.removeprefix(_RAM).rpartition("_")
    if name or not symbol.startswith(_RAM):
        raise ValueError(f"{symbol} is no driver")
    if not mtu:
        return wire

    def driver_with_mtu(request: NX_IP_DRIVER) -> None:
        wire(request)
        if request.nx_ip_driver_command == NX_LINK_INITIALIZE:
            request.nx_ip_driver_interface.nx_interface_ip_mtu_size = int(mtu)

    return driver_with_mtu


_links: dict[Simulation, Links] = {}


def links_of(sim: Simulation) -> Links:
    """The links of a simulation; the usual ones if nobody has said otherwise."""
    if sim not in _links:
        use_links(sim, Links())
    return _links[sim]


def use_links(sim: Simulation, links: Links) -> None:
    """Give a simulation its links, before its first instance is created; forgotten when it ends."""
    if sim not in _links:
        sim.at_end.append(lambda: _forget(sim))
    _links[sim] = links


def _forget(sim: Simulation) -> None:
    _links.pop(sim, None)


def driver(symbol: str, sim: Simulation) -> "Driver":
    """The Python driver behind a driver symbol of C.

    Args:
        symbol: as in `include/netx_host.h`.
        sim: the simulation; it keeps the driver.

    Raises:
        ValueError: no such symbol, or NETX_LINK is no link.
        LinkError: the link cannot be had.
    """
    return links_of(sim).driver(symbol, sim)
