"""The link a command uses, and the addresses on it: as given, or the NAT that needs neither root nor set-up."""

from ipaddress import ip_address, ip_interface
from urllib.parse import unquote

from netx_drivers.url import scheme_for_url
from netx_drivers.user_nat import NatNetwork, NatNetwork6
from netx_pop3.cli.exits import UsageError
from netx_pop3.cli.location import check_addresses

_NAT = "nat:"


class Way:
    """The link, and the addresses on it.

    Args:
        link: URL; None for the NAT.
        address: own address with the prefix length; a NAT has one that is usual.
        gateway: router for servers beyond; a NAT is one.
        option: by which the link was given, for what is said of it.
        version: of IP, 4 or 6.

    Raises:
        UsageError: these cannot be.
    """

    def __init__(
        self,
        link: str | None,
        address: str | None = None,
        gateway: str | None = None,
        option: str = "--link",
        version: int = 4,
    ) -> None:
        self.link = link or _NAT
        self._option = option
        self._version = version
        self._nat = self._network()
        if self._nat is not None:
            address, gateway = self._nat_addresses(self._nat, address, gateway)
        elif address is None:
            self._check_form()
            example = "10.0.0.2/24" if version == 4 else "fd00::2/64"
            raise UsageError(f"{option} {self.link}: give --address as well, as in {example}")
        check_addresses(address, gateway)
        if ip_interface(address).version != version:
            raise UsageError(f"--address {address}: one of IPv{version} is wanted")
        self.address = address
        self.gateway = gateway

    @property
    def config(self) -> dict[str, bool]:
        """What the simulation is to be made with: who is alone on a link needs no time to look for others."""
        return {"NX_DISABLE_IPV6_DAD": True} if self._nat is not None and self._version == 6 else {}

    def to(self, server: str) -> str:
        """The address by which the link reaches a server: behind NAT, this computer's loopback has another one."""
        if self._nat is not None and ip_address(server).is_loopback:
            return self._nat.host
        return server

    def _check_form(self) -> None:
        """What is no link needs no address either."""
        try:
            scheme_for_url(self.link)
        except ValueError as error:
            raise UsageError(f"{self._option} {self.link}: {error}") from error

    def _network(self) -> NatNetwork | NatNetwork6 | None:
        if not self.link.startswith(_NAT):
            return None
        where, _, query = self.link.removeprefix(_NAT).partition("?")
        try:
            network = NatNetwork(unquote(where))
        except ValueError as error:
            raise UsageError(f"{self._option} {self.link}: {error}") from error
        if self._version == 4:
            return network
        if "ipv6=" not in query:
            self.link += ("&" if query else "?") + "ipv6=1"
        return NatNetwork6()

    def _nat_addresses(
        self, nat: NatNetwork | NatNetwork6, address: str | None, gateway: str | None
    ) -> tuple[str, str]:
        address = address or nat.guest
        check_addresses(address, None)
        if ip_interface(address).ip not in nat.network:
            raise UsageError(f"--address {address}: outside {nat.network}, the network of {self.link}")
        return address, gateway or nat.router
