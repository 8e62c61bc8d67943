"""Services of interfaces: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, IP services.  The work is in ``netx_sim.ip.interface``.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.constants import NX_IP_CLASS_D_TYPE, NX_IP_ID
from netx_sim.ip.interface import (
    _nx_ip_driver_interface_direct_command,
    _nx_ip_interface_address_get,
    _nx_ip_interface_address_mapping_configure,
    _nx_ip_interface_address_set,
    _nx_ip_interface_attach,
    _nx_ip_interface_capability_get,
    _nx_ip_interface_capability_set,
    _nx_ip_interface_detach,
    _nx_ip_interface_info_get,
    _nx_ip_interface_mtu_set,
    _nx_ip_interface_physical_address_get,
    _nx_ip_interface_physical_address_set,
    _nx_ip_link_status_change_notify_set,
)
from netx_sim.ip.query import STATUS_BITS, _nx_ip_interface_status_check
from netx_sim.kernel import current
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_INVALID_INTERFACE,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_SUPPORTED,
    NX_OPTION_ERROR,
    NX_PTR_ERROR,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.ip.block import NX_IP


def no_ip(ip_ptr: "NX_IP | None") -> bool:
    """Is it null, or not a created instance?

    Raises:
        TypeError: it is no NX_IP at all.
    """
    try:
        return ip_ptr is None or ip_ptr.nx_ip_id != NX_IP_ID
    except AttributeError:
        raise TypeError("ip_ptr must be an NX_IP, not " + type(ip_ptr).__name__)


def ip_address_unusable(ip_address: int) -> bool:
    """Is an address of no class that a host can have (A, B or C)?  0 is of class A."""
    return ip_address >= NX_IP_CLASS_D_TYPE


def _no_index(ip_ptr: "NX_IP", interface_index: int) -> bool:
    return interface_index >= ip_ptr._loopback_index


def _no_slot(ip_ptr: "NX_IP", interface_index: int) -> bool:
    return interface_index >= ip_ptr._loopback_index or not ip_ptr.nx_ip_interface[interface_index].nx_interface_valid


def _index_and_caller(ip_ptr: "NX_IP", interface_index: int) -> int:
    """The usual end of the checks: the index, then who calls."""
    if _no_index(ip_ptr, interface_index):
        return NX_INVALID_INTERFACE
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return NX_SUCCESS


# -- attach and detach ------------------------------------------------------------------------------


def nx_ip_interface_attach(
    ip_ptr: "NX_IP | None",
    interface_name: "Any",
    ip_address: int,
    network_mask: int,
    ip_link_driver: "Callable[[Any], None] | None",
) -> int:
    """Give an instance a further interface; its driver is called now if the instance runs already.

    Args:
        ip_ptr (NX_IP): created instance.
        interface_name (str or bytes): name of the interface.
        ip_address (int): its address, 0 for none yet.
        network_mask (int): its network mask.
        ip_link_driver (callable): its driver.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_IP_ADDRESS_ERROR (not
        of class A, B or C); NX_CALLER_ERROR (from an interrupt or a timer); NX_DUPLICATED_ENTRY
        (another interface has the address); NX_NO_MORE_ENTRIES (NX_MAX_PHYSICAL_INTERFACES are used).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_link_driver is None or interface_name is None:
        return NX_PTR_ERROR
    if ip_address_unusable(ip_address):
        return NX_IP_ADDRESS_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_interface_attach(ip_ptr, interface_name, ip_address, network_mask, ip_link_driver)  # type: ignore[arg-type]


def nx_ip_interface_detach(ip_ptr: "NX_IP | None", index: int) -> int:
    """Take an interface away: its connections are reset, its entries forgotten, its driver told.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_INVALID_INTERFACE (no such index, or
        the slot is empty); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    status = _index_and_caller(ip_ptr, index)
    return status or _nx_ip_interface_detach(ip_ptr, index)


def nx_ip_interface_info_get(
    ip_ptr: "NX_IP | None",
    interface_index: int,
    interface_name: "Any",
    ip_address: "Any",
    network_mask: "Any",
    mtu_size: "Any",
    physical_address_msw: "Any",
    physical_address_lsw: "Any",
) -> int:
    """Read what is known of an interface; each output (Ref) may be None.

    Args:
        ip_ptr (NX_IP): created instance.
        interface_index (int): 0 for the first.
        interface_name (Ref, out): its name.
        ip_address (Ref[int], out): its address.
        network_mask (Ref[int], out): its mask.
        mtu_size (Ref[int], out): longest IP packet in bytes.
        physical_address_msw (Ref[int], out): upper 16 bits of the hardware address.
        physical_address_lsw (Ref[int], out): lower 32 bits.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_INVALID_INTERFACE (no such index, or
        the slot is empty); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    return _index_and_caller(ip_ptr, interface_index) or _nx_ip_interface_info_get(
        ip_ptr,
        interface_index,
        interface_name,
        ip_address,
        network_mask,
        mtu_size,
        physical_address_msw,
        physical_address_lsw,
    )


def nx_ip_interface_status_check(
    ip_ptr: "NX_IP | None",
    interface_index: int,
    needed_status: int,
    actual_status: "Any",
    wait_option: int,
) -> int:
    """``nx_ip_status_check`` for any interface.

    Returns:
        int: as there; and NX_INVALID_INTERFACE (no such index, or the slot is empty).

    Blocks: up to wait_option ticks, looking every NX_IP_STATUS_CHECK_WAIT_TIME ticks.
    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or actual_status is None:
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if _no_slot(ip_ptr, interface_index):
        return NX_INVALID_INTERFACE
    if needed_status & ~STATUS_BITS:
        return NX_OPTION_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nx_ip_interface_status_check(ip_ptr, interface_index, needed_status, actual_status, wait_option)


def nx_ip_link_status_change_notify_set(
    ip_ptr: "NX_IP | None", link_status_change_notify: "Callable[[NX_IP, int, int], None] | None"
) -> int:
    """Have a callback called, in the IP thread, when a driver reports that its link went up or down.

    Args:
        ip_ptr (NX_IP): the instance; whether it is created is not looked at.
        link_status_change_notify (callable): takes (ip_ptr, interface_index, link_up).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null); NX_CALLER_ERROR (from an interrupt or a
        timer).

    Source: NetX Duo guide ch. 4.
    """
    if ip_ptr is None or link_status_change_notify is None:
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_link_status_change_notify_set(ip_ptr, link_status_change_notify)


# -- properties -------------------------------------------------------------------------------------


def nx_ip_interface_address_get(
    ip_ptr: "NX_IP | None", interface_index: int, ip_address: "Any", network_mask: "Any"
) -> int:
    """Read address and mask (Ref[int]) of an interface.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_INTERFACE (no
        such index, or the slot is empty); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None or network_mask is None:
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if _no_slot(ip_ptr, interface_index):
        return NX_INVALID_INTERFACE
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_interface_address_get(ip_ptr, interface_index, ip_address, network_mask)


def nx_ip_interface_address_set(
    ip_ptr: "NX_IP | None", interface_index: int, ip_address: int, network_mask: int
) -> int:
    """Change address and mask of an interface; see ``nx_ip_address_set``.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (not of class A, B or
        C); NX_INVALID_INTERFACE (no such index, or the slot is empty); NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if ip_address_unusable(ip_address):
        return NX_IP_ADDRESS_ERROR
    assert ip_ptr is not None
    if _no_slot(ip_ptr, interface_index):
        return NX_INVALID_INTERFACE
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_interface_address_set(ip_ptr, interface_index, ip_address, network_mask)


def nx_ip_interface_mtu_set(ip_ptr: "NX_IP | None", interface_index: int, mtu_size: int) -> int:
    """For drivers: set the longest IP packet, in bytes, that the link carries.

    Returns:
        int: NX_SUCCESS (also for an empty slot); NX_PTR_ERROR (null or not created);
        NX_INVALID_INTERFACE (no such index); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 5.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    status = _index_and_caller(ip_ptr, interface_index)
    return status or _nx_ip_interface_mtu_set(ip_ptr, interface_index, mtu_size)


def nx_ip_interface_physical_address_get(
    ip_ptr: "NX_IP | None", interface_index: int, physical_msw: "Any", physical_lsw: "Any"
) -> int:
    """Read the hardware address of an interface: upper 16 and lower 32 bits (Ref[int]).

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_INTERFACE (no
        such index); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or physical_msw is None or physical_lsw is None:
        return NX_PTR_ERROR
    assert ip_ptr is not None
    status = _index_and_caller(ip_ptr, interface_index)
    return status or _nx_ip_interface_physical_address_get(ip_ptr, interface_index, physical_msw, physical_lsw)


def nx_ip_interface_physical_address_set(
    ip_ptr: "NX_IP | None", interface_index: int, physical_msw: int, physical_lsw: int, update_driver: int
) -> int:
    """Change the hardware address of an interface.

    Args:
        ip_ptr (NX_IP): created instance.
        interface_index (int): 0 for the first.
        physical_msw (int): upper 16 bits.
        physical_lsw (int): lower 32 bits.
        update_driver (int): true to have the driver change it first.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_INVALID_INTERFACE (no such index);
        NX_CALLER_ERROR (from an interrupt or a timer); whatever the driver refuses with, such as
        NX_UNHANDLED_COMMAND (nothing is changed then).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    status = _index_and_caller(ip_ptr, interface_index)
    return status or _nx_ip_interface_physical_address_set(
        ip_ptr, interface_index, physical_msw, physical_lsw, update_driver
    )


def nx_ip_interface_address_mapping_configure(ip_ptr: "NX_IP | None", interface_index: int, mapping_needed: int) -> int:
    """For drivers: does the link need hardware addresses (Ethernet), or is it point to point (SLIP)?

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_INVALID_INTERFACE (no such index);
        NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 5.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    status = _index_and_caller(ip_ptr, interface_index)
    return status or _nx_ip_interface_address_mapping_configure(ip_ptr, interface_index, mapping_needed)


def nx_ip_interface_capability_get(
    ip_ptr: "NX_IP | None", interface_index: int, interface_capability_flag: "Any"
) -> int:
    """Read which checksums an interface's link sees to (Ref[int] of NX_INTERFACE_CAPABILITY_* bits).

    Returns:
        int: NX_NOT_SUPPORTED before any check, unless NX_ENABLE_INTERFACE_CAPABILITY is set; then
        NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_INVALID_INTERFACE (no such
        index, or the slot is empty); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if not current().config.NX_ENABLE_INTERFACE_CAPABILITY:
        return NX_NOT_SUPPORTED
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if _no_index(ip_ptr, interface_index):
        return NX_INVALID_INTERFACE
    if interface_capability_flag is None:
        return NX_PTR_ERROR
    status = _index_and_caller(ip_ptr, interface_index)
    return status or _nx_ip_interface_capability_get(ip_ptr, interface_index, interface_capability_flag)


def nx_ip_interface_capability_set(ip_ptr: "NX_IP | None", interface_index: int, interface_capability_flag: int) -> int:
    """Tell the stack which checksums an interface's link sees to (NX_INTERFACE_CAPABILITY_* bits).

    Returns:
        int: as ``nx_ip_interface_capability_get``.

    Source: NetX Duo guide ch. 4.
    """
    if not current().config.NX_ENABLE_INTERFACE_CAPABILITY:
        return NX_NOT_SUPPORTED
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    assert ip_ptr is not None
    status = _index_and_caller(ip_ptr, interface_index)
    return status or _nx_ip_interface_capability_set(ip_ptr, interface_index, interface_capability_flag)


# -- direct commands --------------------------------------------------------------------------------


def nx_ip_driver_direct_command(ip_ptr: "NX_IP | None", command: int, return_value_ptr: "Any") -> int:
    """Give the driver of the first interface a command, such as NX_LINK_GET_SPEED.

    Args:
        ip_ptr (NX_IP): created instance.
        command (int): NX_LINK_*, or a value of the application's from NX_LINK_USER_COMMAND on.
        return_value_ptr (Ref[int], out): the driver's answer, if the command has one.

    Returns:
        int: NX_PTR_ERROR (a pointer null, instance not created); NX_CALLER_ERROR (from an interrupt or
        a timer); else the driver's status, such as NX_SUCCESS or NX_UNHANDLED_COMMAND.

    Raises:
        DeviceFault: the interface was detached; a device follows a null pointer.

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or return_value_ptr is None:
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_driver_interface_direct_command(ip_ptr, command, 0, return_value_ptr)  # type: ignore[arg-type]


def nx_ip_driver_interface_direct_command(
    ip_ptr: "NX_IP | None", command: int, interface_index: int, return_value_ptr: "Any"
) -> int:
    """``nx_ip_driver_direct_command`` for any interface.

    Returns:
        int: as there; and NX_INVALID_INTERFACE (no such index, or an empty slot other than the first).

    Raises:
        DeviceFault: interface 0 was detached; a device follows a null pointer.

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or return_value_ptr is None:
        return NX_PTR_ERROR
    assert ip_ptr is not None
    if _no_index(ip_ptr, interface_index) or (interface_index and _no_slot(ip_ptr, interface_index)):
        return NX_INVALID_INTERFACE
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_driver_interface_direct_command(ip_ptr, command, interface_index, return_value_ptr)
