"""An IP instance on a link of this computer, for those who do not want to build one themselves."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Interface, IPv6Address, IPv6Interface, ip_address, ip_interface
from typing import Any

from netx_pop3.maildrop_errors import NetXError, check
from netx_sim.address import NXD_ADDRESS
from netx_sim.checked.arp import nx_arp_enable
from netx_sim.checked.icmp import nx_icmp_enable, nxd_icmp_enable
from netx_sim.checked.ip import nx_ip_create, nx_ip_delete, nx_ip_gateway_address_set
from netx_sim.checked.ipv6 import (
    nxd_ipv6_address_get,
    nxd_ipv6_address_set,
    nxd_ipv6_default_router_add,
    nxd_ipv6_enable,
)
from netx_sim.checked.packet import nx_packet_pool_create, nx_packet_pool_delete
from netx_sim.checked.tcp import nx_tcp_enable
from netx_sim.checked.threadx_thread import tx_thread_sleep
from netx_sim.constants import NX_IP_VERSION_V4, NX_IP_VERSION_V6
from netx_sim.ip import NX_IP
from netx_sim.link import NX_IP_DRIVER
from netx_sim.packet import NX_PACKET_POOL
from netx_sim.ref import Ref
from netx_sim.status import NX_NO_INTERFACE_ADDRESS, NX_SUCCESS

_PAYLOAD = 1568  # a frame of 1500 bytes, its Ethernet header and the two bytes that align it, with room
_PACKETS = 64
_ARP_CACHE = 1024
_PRIORITY = 1
_LINK_LOCAL_BITS = 10
_FOR_EVER = 0xFFFF
_SECOND = 100
_SPARE_S = 2  # beyond the solicitations, one a second, by which a duplicate of an address would show


class Host:
    """An instance with TCP, ARP and ping, and a packet pool of its own.

    Args:
        link: URL for `driver_for_url` ("tap:tap0"), or a driver.
        address: with the prefix length, "10.0.0.2/24" or "fd00::2/64".  With one of IPv6 the instance speaks only that,
            and it takes NX_IPV6_DAD_TRANSMITS seconds until nobody else is known to have it (RFC 4862; none with
            NX_DISABLE_IPV6_DAD).
        gateway: for servers beyond the link's network.
        packets: how many packets the pool has.
        payload: bytes of each.

    Raises:
        ValueError: an address that is none.
        NetXError: a service refused; NX_NO_INTERFACE_ADDRESS if somebody else on the link has the address.
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
        interface = ip_interface(address)
        driver: Any = _driver(link)
        self.pool = NX_PACKET_POOL()
        self.ip = NX_IP()
        memory = bytearray(packets * (payload + 64) + 64)
        check(nx_packet_pool_create(self.pool, "host pool", payload, memory, len(memory)), "nx_packet_pool_create")
        try:
            if isinstance(interface, IPv4Interface):
                self._create(int(interface.ip), int(interface.netmask), driver)
                if gateway is not None:
                    check(nx_ip_gateway_address_set(self.ip, int(IPv4Address(gateway))), "nx_ip_gateway_address_set")
            else:
                self._create(0, 0, driver)
                self._speak_ipv6(interface, gateway)
        except BaseException:
            self.close()
            raise

    def _create(self, own: int, mask: int, driver: Any) -> None:
        stack = bytearray(2048)
        check(nx_ip_create(self.ip, "host", own, mask, self.pool, driver, stack, len(stack), _PRIORITY), "nx_ip_create")
        check(nx_arp_enable(self.ip, bytearray(_ARP_CACHE), _ARP_CACHE), "nx_arp_enable")
        check(nx_tcp_enable(self.ip), "nx_tcp_enable")
        check(nx_icmp_enable(self.ip), "nx_icmp_enable")

    def _speak_ipv6(self, interface: IPv6Interface, gateway: str | None) -> None:
        """An address that nobody else has, and a router: the link's own may tell of itself later."""
        check(nxd_ipv6_enable(self.ip), "nxd_ipv6_enable")
        check(nxd_icmp_enable(self.ip), "nxd_icmp_enable")
        own, bits, index = nxd_address(str(interface.ip)), interface.network.prefixlen, Ref(0)
        check(nxd_ipv6_address_set(self.ip, 0, None, _LINK_LOCAL_BITS, None), "nxd_ipv6_address_set")
        check(nxd_ipv6_address_set(self.ip, 0, own, bits, index), "nxd_ipv6_address_set")
        if gateway is not None:
            router = nxd_address(gateway)
            check(nxd_ipv6_default_router_add(self.ip, router, _FOR_EVER, 0), "nxd_ipv6_default_router_add")
        for _ in range(self.ip._sim.config.NX_IPV6_DAD_TRANSMITS + _SPARE_S):
            if self._has_address(index.value):
                return
            tx_thread_sleep(_SECOND)
        check(NX_NO_INTERFACE_ADDRESS, "nxd_ipv6_address_set")

    def _has_address(self, index: int) -> bool:
        """May the address be used?  It may not while it could be somebody else's."""
        found = NXD_ADDRESS()
        status = nxd_ipv6_address_get(self.ip, index, found, Ref(), Ref())
        return status == NX_SUCCESS and any(found.nxd_ip_address.v6)

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


def nxd_address(text: str) -> NXD_ADDRESS:
    """An address as services take it.

    Raises:
        ValueError: it is none.
    """
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        return NXD_ADDRESS(NX_IP_VERSION_V6, [int(address) >> shift & 0xFFFFFFFF for shift in (96, 64, 32, 0)])
    return NXD_ADDRESS(NX_IP_VERSION_V4, int(address))


def _driver(link: Any) -> Any:
    if callable(link):
        return link
    from netx_drivers.url import driver_for_url

    return driver_for_url(link)
