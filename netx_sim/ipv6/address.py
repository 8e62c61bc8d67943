"""The address table, duplicate address detection (RFC 4862 section 5.4), and the choice of a source address.

What the device does its own way: the first address of an interface is asked about at the next fast event, all
further solicitations go out at one-second events, and an address becomes valid at the event after the last.
"""

from netx_sim.constants import NX_IP_VERSION_V6, NX_LINK_MULTICAST_JOIN, NX_LINK_MULTICAST_LEAVE
from netx_sim.constants_ipv6 import (
    NX_IPV6_ADDR_STATE_TENTATIVE,
    NX_IPV6_ADDR_STATE_UNKNOWN,
    NX_IPV6_ADDR_STATE_VALID,
    NX_IPV6_ADDRESS_BASED_ON_INTERFACE,
    NX_IPV6_ADDRESS_DAD_FAILURE,
    NX_IPV6_ADDRESS_DAD_SUCCESSFUL,
    NX_IPV6_ADDRESS_MANUAL_CONFIG,
    NX_IPV6_ADDRESS_MANUAL_DELETE,
    NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG,
)
from netx_sim.ip.thread import ip_fast_base, ip_periodic_base
from netx_sim.ipv6.block import (
    LINK_LOCAL_PREFIX,
    LOOPBACK,
    NXD_IPV6_ADDRESS,
    interface_addresses,
    ipv6_of,
    is_link_local,
    is_multicast,
    number_of,
    same_prefix,
    solicited_node,
    usable,
    words_of,
)
from netx_sim.ipv6.nd_send import solicitation_send
from netx_sim.link import driver_request
from netx_sim.status import (
    NX_DUPLICATED_ENTRY,
    NX_IP_ADDRESS_ERROR,
    NX_NO_INTERFACE_ADDRESS,
    NX_NO_MORE_ENTRIES,
    NX_NOT_SUPPORTED,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.link import NX_INTERFACE

_LINK_LOCAL_LENGTH = 10
_MULTICAST_MSW = 0x3333
_UNIVERSAL_BIT = 0x0200000000000000


# -- the services' part -----------------------------------------------------------------------------


def _nxd_ipv6_address_set(
    ip_ptr: "NX_IP",
    interface_index: int,
    ip_address: "NXD_ADDRESS | None",
    prefix_length: int,
    address_index: "Any",
) -> int:
    sim = ip_ptr._sim
    if sim.config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    sim.mutex_get(ip_ptr.nx_ip_protection)
    status = _set(ip_ptr, interface_index, ip_address, prefix_length, address_index)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


def _set(
    ip_ptr: "NX_IP", interface_index: int, ip_address: "NXD_ADDRESS | None", prefix_length: int, index_ptr: "Any"
) -> int:
    """The index is written as soon as a slot is found, even if there is then no address to put there."""
    interface = ip_ptr.nx_ip_interface[interface_index]
    if ip_address is not None:
        number = number_of(ip_address.nxd_ip_address.v6)
        method = NX_IPV6_ADDRESS_MANUAL_CONFIG
    else:
        number = LINK_LOCAL_PREFIX | interface_identifier(interface) if prefix_length == _LINK_LOCAL_LENGTH else 0
        method = NX_IPV6_ADDRESS_BASED_ON_INTERFACE
    ipv6_of(ip_ptr)
    if number and address_find(ip_ptr, number) is not None:
        return NX_DUPLICATED_ENTRY
    slot = _slot_find(ip_ptr)
    if slot is None:
        return NX_NO_MORE_ENTRIES
    if index_ptr is not None:
        index_ptr[0] = slot.nxd_ipv6_address_index
    if not number:
        return NX_IP_ADDRESS_ERROR
    address_configure(ip_ptr, interface, number, prefix_length, method)
    return NX_SUCCESS


def _nxd_ipv6_address_get(
    ip_ptr: "NX_IP", address_index: int, ip_address: "NXD_ADDRESS", prefix_length: "Any", interface_index: "Any"
) -> int:
    """An address that may not be used yet reads as ::, with only the words and the prefix length written."""
    if ip_ptr._sim.config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    ipv6_of(ip_ptr)
    address = ip_ptr.nx_ipv6_address[address_index]
    words = ip_address.nxd_ip_address.v6
    if not usable(address):
        words[:] = [0, 0, 0, 0]
        prefix_length[0] = 0
        return NX_NO_INTERFACE_ADDRESS
    words[:] = list(address.nxd_ipv6_address)
    ip_address.nxd_ip_version = NX_IP_VERSION_V6
    prefix_length[0] = address.nxd_ipv6_address_prefix_length
    interface_index[0] = address.nxd_ipv6_address_attached.nx_interface_index
    return NX_SUCCESS


def _nxd_ipv6_address_delete(ip_ptr: "NX_IP", address_index: int) -> int:
    sim = ip_ptr._sim
    if sim.config.NX_DISABLE_IPV6:
        return NX_NOT_SUPPORTED
    sim.mutex_get(ip_ptr.nx_ip_protection)
    ipv6_of(ip_ptr)
    address = ip_ptr.nx_ipv6_address[address_index]
    status = NX_NO_INTERFACE_ADDRESS
    if address.nxd_ipv6_address_valid:
        address_remove(ip_ptr, address, NX_IPV6_ADDRESS_MANUAL_DELETE)
        status = NX_SUCCESS
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return status


# -- the table --------------------------------------------------------------------------------------


def interface_identifier(interface: "NX_INTERFACE") -> int:
    """The low half of an address made from the hardware address (RFC 4291 appendix A)."""
    mac = interface.nx_interface_physical_address_msw << 32 | interface.nx_interface_physical_address_lsw
    return ((mac >> 24) << 40 | 0xFFFE000000 | (mac & 0xFFFFFF)) ^ _UNIVERSAL_BIT


def address_find(ip_ptr: "NX_IP", number: int) -> "NXD_IPV6_ADDRESS | None":
    """The slot that holds an address, usable or not."""
    table: "list[NXD_IPV6_ADDRESS]" = ip_ptr.nx_ipv6_address
    for address in table:
        if address.nxd_ipv6_address_valid and address._number == number:
            return address
    return None


def _slot_find(ip_ptr: "NX_IP") -> "NXD_IPV6_ADDRESS | None":
    """The first free slot."""
    table: "list[NXD_IPV6_ADDRESS]" = ip_ptr.nx_ipv6_address[:-1]
    for address in table:
        if not address.nxd_ipv6_address_valid:
            return address
    return None


def address_configure(ip_ptr: "NX_IP", interface: "NX_INTERFACE", number: int, prefix_length: int, method: int) -> None:
    """Take a slot for an address and begin duplicate detection; nothing happens if all are taken."""
    address = _slot_find(ip_ptr)
    if address is None:
        return
    address_fill(address, interface, number, prefix_length, method)
    _detection_start(ip_ptr, address, method == NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG)
    group_change(ip_ptr, interface, solicited_node(number), NX_LINK_MULTICAST_JOIN)
    change_tell(ip_ptr, address, method)


def address_fill(
    address: NXD_IPV6_ADDRESS, interface: "NX_INTERFACE", number: int, prefix_length: int, method: int
) -> None:
    """Write a slot, valid at once, and list it with its interface: last, but first if a router told its prefix."""
    address.nxd_ipv6_address_valid = 1
    address.nxd_ipv6_address_type = NX_IP_VERSION_V6
    address.nxd_ipv6_address_state = NX_IPV6_ADDR_STATE_VALID
    address.nxd_ipv6_address_prefix_length = prefix_length & 0xFF
    address.nxd_ipv6_address_attached = interface
    address.nxd_ipv6_address = words_of(number)
    address.nxd_ipv6_address_ConfigurationMethod = method
    address.nxd_ipv6_address_DupAddrDetectTransmit = 0
    address.nxd_ipv6_address_next = None
    address._number = number
    address._bytes = number.to_bytes(16, "big")
    before = interface_addresses(interface)
    if before and method != NX_IPV6_ADDRESS_STATELESS_AUTO_CONFIG:
        before[-1].nxd_ipv6_address_next = address
    else:
        address.nxd_ipv6_address_next = interface.nxd_interface_ipv6_address_list_head
        interface.nxd_interface_ipv6_address_list_head = address


def address_clear(address: NXD_IPV6_ADDRESS) -> None:
    """Empty a slot and take it out of its interface's list."""
    interface = address.nxd_ipv6_address_attached
    if interface.nxd_interface_ipv6_address_list_head is address:
        interface.nxd_interface_ipv6_address_list_head = address.nxd_ipv6_address_next
    else:
        for other in interface_addresses(interface):
            if other.nxd_ipv6_address_next is address:
                other.nxd_ipv6_address_next = address.nxd_ipv6_address_next
    address.__init__(address.nxd_ipv6_address_index)  # type: ignore[misc]
    address.nxd_ipv6_address_attached = interface  # the device leaves it there


def address_remove(ip_ptr: "NX_IP", address: NXD_IPV6_ADDRESS, reason: int) -> None:
    """Delete an address; its group is left."""
    interface = address.nxd_ipv6_address_attached
    change_tell(ip_ptr, address, reason)
    group_change(ip_ptr, interface, solicited_node(address._number), NX_LINK_MULTICAST_LEAVE)
    address_clear(address)
    detection_want(ip_ptr)


def group_change(ip_ptr: "NX_IP", interface: "NX_INTERFACE", group: int, command: int) -> None:
    """Have the driver accept a group's hardware address, or no more."""
    if interface.nx_interface_link_driver_entry is not None:
        driver_request(ip_ptr, interface, command, None, _MULTICAST_MSW, group & 0xFFFFFFFF)


def change_tell(ip_ptr: "NX_IP", address: NXD_IPV6_ADDRESS, what: int) -> None:
    """Call the application's address change callback, which only a build with that option has."""
    notify = ipv6_of(ip_ptr).change_notify
    if notify is not None:
        interface_index = address.nxd_ipv6_address_attached.nx_interface_index
        notify(ip_ptr, what, interface_index, address.nxd_ipv6_address_index, list(address.nxd_ipv6_address))


# -- duplicate address detection --------------------------------------------------------------------


def _detection_start(ip_ptr: "NX_IP", address: NXD_IPV6_ADDRESS, advertised: bool) -> None:
    """Without ICMPv6 nobody can be asked, and the address is valid at once.

    About an address on an advertised prefix the device asks once less, so never at a fast event.
    """
    config = ip_ptr._sim.config
    if not ipv6_of(ip_ptr).icmp or config.NX_DISABLE_IPV6_DAD:
        return
    address.nxd_ipv6_address_state = NX_IPV6_ADDR_STATE_TENTATIVE
    address.nxd_ipv6_address_DupAddrDetectTransmit = config.NX_IPV6_DAD_TRANSMITS - advertised
    detection_want(ip_ptr)


def detection_want(ip_ptr: "NX_IP") -> None:
    """Ask for the timer events that detection under way acts on."""
    if not any(address.nxd_ipv6_address_state == NX_IPV6_ADDR_STATE_TENTATIVE for address in ip_ptr.nx_ipv6_address):
        return
    fast_want(ip_ptr)
    ip_ptr._periodic_event.want(ip_periodic_base(ip_ptr) + ip_ptr._periodic_event.period)


def fast_want(ip_ptr: "NX_IP") -> None:
    """Ask for the next fast event, if there is an address to ask about then."""
    fast = ip_ptr._fast_event
    if fast is not None and _fast_starters(ip_ptr):
        fast.want(ip_fast_base(ip_ptr) + fast.period)


def _fast_starters(ip_ptr: "NX_IP") -> "list[NXD_IPV6_ADDRESS]":
    """First addresses of their interfaces about which nothing was asked yet."""
    transmits = ip_ptr._sim.config.NX_IPV6_DAD_TRANSMITS
    found = []
    for interface in ip_ptr.nx_ip_interface:
        address = interface.nxd_interface_ipv6_address_list_head
        if (
            address is not None
            and address.nxd_ipv6_address_state == NX_IPV6_ADDR_STATE_TENTATIVE
            and address.nxd_ipv6_address_DupAddrDetectTransmit == transmits
        ):
            found.append(address)
    return found


def detection_fast(ip_ptr: "NX_IP") -> None:
    """The fast event: ask for the first time about the first address of each interface."""
    for address in _fast_starters(ip_ptr):
        address.nxd_ipv6_address_DupAddrDetectTransmit -= 1
        _solicit(ip_ptr, address)


def detection_slow(ip_ptr: "NX_IP") -> None:
    """The one-second event: ask again, or take an address about which nobody complained as valid."""
    for interface in ip_ptr.nx_ip_interface:
        for address in interface_addresses(interface):
            if address.nxd_ipv6_address_state == NX_IPV6_ADDR_STATE_TENTATIVE:
                _detection_step(ip_ptr, address)


def _detection_step(ip_ptr: "NX_IP", address: NXD_IPV6_ADDRESS) -> None:
    if address.nxd_ipv6_address_DupAddrDetectTransmit:
        address.nxd_ipv6_address_DupAddrDetectTransmit -= 1
        _solicit(ip_ptr, address)
    else:
        address.nxd_ipv6_address_state = NX_IPV6_ADDR_STATE_VALID
        change_tell(ip_ptr, address, NX_IPV6_ADDRESS_DAD_SUCCESSFUL)


def _solicit(ip_ptr: "NX_IP", address: NXD_IPV6_ADDRESS) -> None:
    """Ask whether anybody has the address: from ::, without options."""
    number = address._number
    solicitation_send(ip_ptr, address.nxd_ipv6_address_attached, None, number, solicited_node(number))


def detection_failed(ip_ptr: "NX_IP", address: NXD_IPV6_ADDRESS) -> None:
    """Somebody else has the address: it is removed; its group stays joined."""
    address.nxd_ipv6_address_state = NX_IPV6_ADDR_STATE_UNKNOWN
    change_tell(ip_ptr, address, NX_IPV6_ADDRESS_DAD_FAILURE)
    address_clear(address)
    detection_want(ip_ptr)


# -- which source address ---------------------------------------------------------------------------


def source_find(
    ip_ptr: "NX_IP", destination: int, interface: "NX_INTERFACE | None" = None
) -> "NXD_IPV6_ADDRESS | None":
    """The address from which packets to a destination are sent; None if there is none.

    Args:
        ip_ptr: the instance.
        destination (int): where to.
        interface: the only one to use, or None for any.
    """
    loopback: NXD_IPV6_ADDRESS = ip_ptr.nx_ipv6_address[-1]
    if destination == LOOPBACK:
        return loopback if loopback.nxd_ipv6_address_valid else None
    candidates: "list[NXD_IPV6_ADDRESS]" = [
        address
        for address in ip_ptr.nx_ipv6_address[:-1]
        if usable(address) and (interface is None or address.nxd_ipv6_address_attached is interface)
    ]
    for address in candidates:
        if address._number == destination:
            return address
    if is_multicast(destination):
        return _for_group(candidates, destination)
    if is_link_local(destination):
        return _first_link_local(candidates)
    return _for_global(ip_ptr, candidates, destination)


def _first_link_local(candidates: "list[NXD_IPV6_ADDRESS]") -> "NXD_IPV6_ADDRESS | None":
    for address in candidates:
        if is_link_local(address._number):
            return address
    return None


def _first_global(candidates: "list[NXD_IPV6_ADDRESS]") -> "NXD_IPV6_ADDRESS | None":
    for address in candidates:
        if not is_link_local(address._number):
            return address
    return None


def _for_group(candidates: "list[NXD_IPV6_ADDRESS]", group: int) -> "NXD_IPV6_ADDRESS | None":
    """A group of link scope is spoken to from a link-local address only (RFC 4291 section 2.7)."""
    if group >> 112 & 0xF <= 2:
        return _first_link_local(candidates)
    return _first_global(candidates) or _first_link_local(candidates)


def _for_global(ip_ptr: "NX_IP", candidates: "list[NXD_IPV6_ADDRESS]", destination: int) -> "NXD_IPV6_ADDRESS | None":
    """On the link: the address whose network it is in.  Elsewhere: a global one of a router's interface."""
    if not destination:
        return None
    for address in candidates:
        length = address.nxd_ipv6_address_prefix_length
        if not is_link_local(address._number) and length and same_prefix(address._number, destination, length):
            return address
    ipv6 = ipv6_of(ip_ptr)
    ways = [prefix for prefix in ipv6.prefixes if same_prefix(prefix.number, destination, prefix.length)]
    for way in ways or ipv6.routers:
        found = _first_global([one for one in candidates if one.nxd_ipv6_address_attached is way.interface])
        if found is not None:
            return found
    return None
