"""Control blocks of IPv6, and the kinds of addresses."""

from netx_sim.constants_ipv6 import (
    IPV6_ADDRESS_GLOBAL,
    IPV6_ADDRESS_LINKLOCAL,
    IPV6_ADDRESS_LOOPBACK,
    IPV6_ADDRESS_MULTICAST,
    IPV6_ADDRESS_UNICAST,
    IPV6_ADDRESS_UNSPECIFIED,
    ND_CACHE_STATE_CREATED,
    NX_IPV6_ADDR_STATE_DEPRECATED,
    NX_IPV6_ADDR_STATE_PREFERRED,
    NX_IPV6_ADDR_STATE_VALID,
    NX_IPV6_ADDRESS_NOT_CONFIGURED,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE
    from netx_sim.packet import NX_PACKET

ALL_NODES = 0xFF02 << 112 | 1
ALL_ROUTERS = 0xFF02 << 112 | 2
LOOPBACK = 1
SOLICITED_NODE = (0xFF02 << 112) | (1 << 32) | 0xFF000000  # and the low 24 bits of the address
LINK_LOCAL_PREFIX = 0xFE80 << 112
INFINITE = 0xFFFFFFFF

_MAY_BE_USED = (NX_IPV6_ADDR_STATE_VALID, NX_IPV6_ADDR_STATE_PREFERRED, NX_IPV6_ADDR_STATE_DEPRECATED)


class NXD_IPV6_ADDRESS:
    """One slot of an instance's address table."""

    __slots__ = (
        "_bytes",
        "_number",
        "nxd_ipv6_address",
        "nxd_ipv6_address_ConfigurationMethod",
        "nxd_ipv6_address_DupAddrDetectTransmit",
        "nxd_ipv6_address_attached",
        "nxd_ipv6_address_index",
        "nxd_ipv6_address_next",
        "nxd_ipv6_address_prefix_length",
        "nxd_ipv6_address_state",
        "nxd_ipv6_address_type",
        "nxd_ipv6_address_valid",
    )

    def __init__(self, index: int = 0) -> None:
        self.nxd_ipv6_address_valid = 0
        self.nxd_ipv6_address_type = 0
        self.nxd_ipv6_address_state = 0
        self.nxd_ipv6_address_prefix_length = 0
        self.nxd_ipv6_address_attached: "NX_INTERFACE" = None  # type: ignore[assignment]
        self.nxd_ipv6_address = [0, 0, 0, 0]
        self.nxd_ipv6_address_next: "NXD_IPV6_ADDRESS | None" = None
        self.nxd_ipv6_address_DupAddrDetectTransmit = 0
        self.nxd_ipv6_address_ConfigurationMethod = NX_IPV6_ADDRESS_NOT_CONFIGURED
        self.nxd_ipv6_address_index = index
        self._number = 0
        self._bytes = bytes(16)

    def __repr__(self) -> str:
        return "<NXD_IPV6_ADDRESS " + str(self.nxd_ipv6_address_index) + " " + address_text(self._number) + ">"


class ND_CACHE_ENTRY:
    """A neighbour.  Times are ticks of the fast or the one-second event at which it acts; 0 for never."""

    __slots__ = (
        "_fast_deadline",
        "_lsw",
        "_msw",
        "_number",
        "_slow_deadline",
        "_waiting",
        "nx_nd_cache_dest_ip",
        "nx_nd_cache_interface_ptr",
        "nx_nd_cache_is_static",
        "nx_nd_cache_nd_status",
        "nx_nd_cache_num_solicit",
        "nx_nd_cache_outgoing_address",
    )

    def __init__(self, number: int, interface: "NX_INTERFACE | None") -> None:
        self._number = number
        self.nx_nd_cache_dest_ip = words_of(number)
        self.nx_nd_cache_nd_status = ND_CACHE_STATE_CREATED
        self.nx_nd_cache_interface_ptr = interface
        self.nx_nd_cache_outgoing_address: "NXD_IPV6_ADDRESS | None" = None
        self.nx_nd_cache_is_static = 0
        self.nx_nd_cache_num_solicit = 0  # still to be sent
        self._msw = 0
        self._lsw = 0
        self._fast_deadline = 0
        self._slow_deadline = 0
        self._waiting: "list[NX_PACKET]" = []

    def __repr__(self) -> str:
        return "<ND_CACHE_ENTRY " + address_text(self._number) + ">"


class Lasting:
    """Something with a lifetime in seconds, counted in one-second events: a router or a prefix."""

    __slots__ = ("endless", "interface", "length", "lifetime", "number", "since")

    def __init__(self, number: int, interface: "NX_INTERFACE") -> None:
        self.number = number
        self.interface = interface
        self.length = 0  # of a prefix
        self.lifetime = 0
        self.since = 0  # the one-second event it counts from
        self.endless = False


class Destination:
    """How packets to one address go: the neighbour they are handed to."""

    __slots__ = ("neighbor",)

    def __init__(self, neighbor: ND_CACHE_ENTRY) -> None:
        self.neighbor = neighbor


class Ipv6:
    """What IPv6 keeps of one IP instance, beside the fields of NX_IP."""

    __slots__ = (
        "assemblies",
        "change_notify",
        "destinations",
        "enabled",
        "icmp",
        "neighbors",
        "prefixes",
        "ra_callback",
        "routers",
        "solicitations",
    )

    def __init__(self) -> None:
        self.enabled = False
        self.icmp = False
        self.neighbors: "dict[int, ND_CACHE_ENTRY]" = {}
        self.destinations: "dict[int, Destination]" = {}
        self.routers: "list[Lasting]" = []
        self.prefixes: "list[Lasting]" = []
        self.solicitations: "dict[int, tuple[int, int]]" = {}  # interface index -> how many left, tick of the next
        self.assemblies: "dict[Any, Any]" = {}
        self.ra_callback: "Callable[[NX_IP, int], None] | None" = None
        self.change_notify: "Callable[[NX_IP, int, int, int, list[int]], None] | None" = None


def ipv6_of(ip_ptr: "NX_IP") -> Ipv6:
    """What IPv6 keeps of an instance; made when it is first asked for, enabled or not."""
    ipv6: "Ipv6 | None" = ip_ptr._ipv6
    if ipv6 is None:
        ipv6 = ip_ptr._ipv6 = Ipv6()
        config = ip_ptr._sim.config
        count = config.NX_MAX_IPV6_ADDRESSES
        ip_ptr.nx_ipv6_address = [NXD_IPV6_ADDRESS(index) for index in range(count + 1)]
        ip_ptr.nx_ipv6_nd_cache = []
        ip_ptr.nx_ipv6_retrans_timer_ticks = config.NX_RETRANS_TIMER // 100
        ip_ptr.nx_ipv6_reachable_timer = config.NX_REACHABLE_TIME
        ip_ptr.nx_ipv6_hop_limit = 255
    return ipv6


# -- addresses --------------------------------------------------------------------------------------


def number_of(words: "Sequence[int]") -> int:
    """The four words of C as one number."""
    return words[0] << 96 | words[1] << 64 | words[2] << 32 | words[3]


def words_of(number: int) -> "list[int]":
    """The four words of an address."""
    return [number >> shift & 0xFFFFFFFF for shift in (96, 64, 32, 0)]


def address_text(number: int) -> str:
    """An address for people, without the abbreviation of zeros."""
    return ":".join([f"{number >> shift & 0xFFFF:x}" for shift in range(112, -16, -16)])


def is_multicast(number: int) -> bool:
    """The address of a group?"""
    return number >> 120 == 0xFF


def is_link_local(number: int) -> bool:
    """An address that means something on its own link only?"""
    return number >> 118 == 0x3FA


def is_unicast(number: int) -> bool:
    """An address that one host may have; the loopback address is none to be set."""
    return number > LOOPBACK and not is_multicast(number)


def address_kind(number: int) -> int:
    """The IPV6_ADDRESS_* bits of an address."""
    if not number:
        return IPV6_ADDRESS_UNSPECIFIED
    if number == LOOPBACK:
        return IPV6_ADDRESS_LOOPBACK
    if is_multicast(number):
        return IPV6_ADDRESS_MULTICAST
    if is_link_local(number):
        return IPV6_ADDRESS_LINKLOCAL | IPV6_ADDRESS_UNICAST
    return IPV6_ADDRESS_GLOBAL | IPV6_ADDRESS_UNICAST


def solicited_node(number: int) -> int:
    """The group in which neighbours are asked for an address (RFC 4291 section 2.7.1)."""
    return SOLICITED_NODE | (number & 0xFFFFFF)


def same_prefix(one: int, other: int, length: int) -> bool:
    """Do the first bits agree?"""
    return (one ^ other) >> (128 - length) == 0


def usable(address: NXD_IPV6_ADDRESS) -> bool:
    """May packets be sent from it and received for it?  Not while duplicate detection runs."""
    return bool(address.nxd_ipv6_address_valid) and address.nxd_ipv6_address_state in _MAY_BE_USED


def interface_addresses(interface: "NX_INTERFACE | None") -> "list[NXD_IPV6_ADDRESS]":
    """The addresses of an interface, oldest first."""
    found = []
    address = interface.nxd_interface_ipv6_address_list_head if interface is not None else None
    while address is not None:
        found.append(address)
        address = address.nxd_ipv6_address_next
    return found
