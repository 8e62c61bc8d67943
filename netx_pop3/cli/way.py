"""The link a command uses, and the addresses on it: as given, or the NAT that needs neither root nor set-up."""

from ipaddress import IPv4Address, IPv4Interface
from urllib.parse import unquote

from netx_drivers.user_nat import NatNetwork
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

    Raises:
        UsageError: these cannot be.
    """

    def __init__(
        self, link: str | None, address: str | None = None, gateway: str | None = None, option: str = "--link"
    ) -> None:
        self.link = link or _NAT
        self._option = option
        self._nat = self._network()
        if self._nat is not None:
            address, gateway = self._nat_addresses(self._nat, address, gateway)
        elif address is None:
            raise UsageError(f"{option} {self.link}: give --address as well, as in 10.0.0.2/24")
        check_addresses(address, gateway)
        self.address = address
        self.gateway = gateway

    def to(self, server: str) -> str:
        """The address by which the link reaches a server: behind NAT, this computer's loopback has another one."""
        if self._nat is not None and IPv4Address(server).is_loopback:
            return self._nat.host
        return server

    def _network(self) -> NatNetwork | None:
        if not self.link.startswith(_NAT):
            return None
        where = self.link.removeprefix(_NAT).partition("?")[0]
        try:
            return NatNetwork(unquote(where))
        except ValueError as error:
            raise UsageError(f"{self._option} {self.link}: {error}") from error

    def _nat_addresses(self, nat: NatNetwork, address: str | None, gateway: str | None) -> tuple[str, str]:
        address = address or nat.guest
        check_addresses(address, None)
        if IPv4Interface(address).ip not in nat.network:
            raise UsageError(f"--address {address}: outside {nat.network}, the network of {self.link}")
        return address, gateway or nat.host
