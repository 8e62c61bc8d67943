"""An IP instance on a link of this computer, for those who do not want to build one themselves."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

from netx_pop3.maildrop_errors import NetXError, check
from netx_sim.checked.arp import nx_arp_enable
from netx_sim.checked.icmp import nx_icmp_enable
from netx_sim.checked.ip import nx_ip_create, nx_ip_delete, nx_ip_gateway_address_set
from netx_sim.checked.packet import nx_packet_pool_create, nx_packet_pool_delete
from netx_sim.checked.tcp import nx_tcp_enable
from netx_sim.ip import NX_IP
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import NX_PACKET_POOL

_PAYLOAD = 1568  # a frame of 1500 bytes, its Ethernet header and the two bytes that align it, with room
_PACKETS = 64
_ARP_CACHE = 1024
_PRIORITY = 1


class Host:
    """An instance with TCP, ARP and ping, and a packet pool of its own.

    Args:
        link: URL for `driver_for_url` ("tap:tap0"), or a driver.
        address: with the prefix length, "10.0.0.2/24".
        gateway: for servers beyond the link's network.
        packets: how many packets the pool has.
        payload: bytes of each.

    Raises:
        ValueError: an address that is none.
        NetXError: a service refused.
        Whatever the driver raises for a link that cannot be opened.
    """

    def __init__(
        self,
        link: "str | Callable[[NX_IP_DRIVER], None]",
        address: str,
        gateway: str | None = None,
        packets: int = _PACKETS,
        payload: int = _PAYLOAD,
    ) -> None:
        interface = IPv4Interface(address)
        driver: Any = _driver(link)
        self.pool = NX_PACKET_POOL()
        self.ip = NX_IP()
        memory = bytearray(packets * (payload + 64) + 64)
        check(nx_packet_pool_create(self.pool, "host pool", payload, memory, len(memory)), "nx_packet_pool_create")
        try:
            self._create(interface, driver)
            if gateway is not None:
                check(nx_ip_gateway_address_set(self.ip, int(IPv4Address(gateway))), "nx_ip_gateway_address_set")
        except BaseException:
            self.close()
            raise

    def _create(self, interface: IPv4Interface, driver: Any) -> None:
        own = int(interface.ip)
        mask = int(interface.netmask)
        stack = bytearray(2048)
        check(nx_ip_create(self.ip, "host", own, mask, self.pool, driver, stack, len(stack), _PRIORITY), "nx_ip_create")
        check(nx_arp_enable(self.ip, bytearray(_ARP_CACHE), _ARP_CACHE), "nx_arp_enable")
        check(nx_tcp_enable(self.ip), "nx_tcp_enable")
        check(nx_icmp_enable(self.ip), "nx_icmp_enable")

    def close(self) -> None:
        """Delete the instance and the pool; the link is let go.

        Raises:
            NetXError: there are sockets on it (NX_SOCKETS_BOUND): stop servers and close maildrops first.
        """
        if self.ip.nx_ip_id:
            check(nx_ip_delete(self.ip), "nx_ip_delete")
        nx_packet_pool_delete(self.pool)

    def __enter__(self) -> "Host":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self.close()
        except NetXError:
            if kind is None:  # else what happened inside is the better thing to tell
                raise


def _driver(link: Any) -> Any:
    if callable(link):
        return link
    from netx_drivers.url import driver_for_url

    return driver_for_url(link)
