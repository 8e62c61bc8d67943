"""Services of the IP instance: the checks of the device's error-checking layer, in its order.

Read first: NetX Duo guide, chapter 4, IP services.  The work is in ``netx_sim.ip``; the services of
interfaces and of routes are in files of their own and are handed out from here too.
"""

from netx_sim.checked.callers import not_isr_not_timer, threads_only
from netx_sim.checked.ip_interface import (
    ip_address_unusable,
    no_ip,
    nx_ip_driver_direct_command,
    nx_ip_driver_interface_direct_command,
    nx_ip_interface_address_get,
    nx_ip_interface_address_mapping_configure,
    nx_ip_interface_address_set,
    nx_ip_interface_attach,
    nx_ip_interface_capability_get,
    nx_ip_interface_capability_set,
    nx_ip_interface_detach,
    nx_ip_interface_info_get,
    nx_ip_interface_mtu_set,
    nx_ip_interface_physical_address_get,
    nx_ip_interface_physical_address_set,
    nx_ip_interface_status_check,
    nx_ip_link_status_change_notify_set,
)
from netx_sim.checked.ip_route import (
    nx_ip_auxiliary_packet_pool_set,
    nx_ip_forwarding_disable,
    nx_ip_forwarding_enable,
    nx_ip_fragment_disable,
    nx_ip_fragment_enable,
    nx_ip_gateway_address_clear,
    nx_ip_gateway_address_get,
    nx_ip_gateway_address_set,
    nx_ip_static_route_add,
    nx_ip_static_route_delete,
)
from netx_sim.constants import NX_IP_VERSION_V4, NX_IP_VERSION_V6, NX_PACKET_POOL_ID, NX_PROTOCOL_TCP, NX_PROTOCOL_UDP
from netx_sim.ip.instance import _nx_ip_create, _nx_ip_delete, _nx_system_initialize
from netx_sim.ip.interface import (
    _nx_ip_address_change_notify,
    _nx_ip_interface_address_get,
    _nx_ip_interface_address_set,
)
from netx_sim.ip.query import STATUS_BITS, _nx_ip_info_get, _nx_ip_max_payload_size_find, _nx_ip_status_check
from netx_sim.kernel import current
from netx_sim.memory import address_of, overlap
from netx_sim.status import (
    NX_CALLER_ERROR,
    NX_IP_ADDRESS_ERROR,
    NX_NOT_SUPPORTED,
    NX_OPTION_ERROR,
    NX_PTR_ERROR,
    NX_SIZE_ERROR,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from netx_sim.address import NXD_ADDRESS
    from netx_sim.ip.block import NX_IP
    from netx_sim.packet import NX_PACKET_POOL

__all__ = [
    "nx_ip_address_change_notify",
    "nx_ip_address_get",
    "nx_ip_address_set",
    "nx_ip_auxiliary_packet_pool_set",
    "nx_ip_create",
    "nx_ip_delete",
    "nx_ip_driver_direct_command",
    "nx_ip_driver_interface_direct_command",
    "nx_ip_forwarding_disable",
    "nx_ip_forwarding_enable",
    "nx_ip_fragment_disable",
    "nx_ip_fragment_enable",
    "nx_ip_gateway_address_clear",
    "nx_ip_gateway_address_get",
    "nx_ip_gateway_address_set",
    "nx_ip_info_get",
    "nx_ip_interface_address_get",
    "nx_ip_interface_address_mapping_configure",
    "nx_ip_interface_address_set",
    "nx_ip_interface_attach",
    "nx_ip_interface_capability_get",
    "nx_ip_interface_capability_set",
    "nx_ip_interface_detach",
    "nx_ip_interface_info_get",
    "nx_ip_interface_mtu_set",
    "nx_ip_interface_physical_address_get",
    "nx_ip_interface_physical_address_set",
    "nx_ip_interface_status_check",
    "nx_ip_link_status_change_notify_set",
    "nx_ip_max_payload_size_find",
    "nx_ip_static_route_add",
    "nx_ip_static_route_delete",
    "nx_ip_status_check",
    "nx_system_initialize",
]


def nx_system_initialize() -> None:
    """Initialise the library; the first NetX call of a program.

    A simulation starts initialised, so the call may be left out here; a device needs it.

    Source: NetX Duo guide ch. 4.
    """
    _nx_system_initialize()


# -- create and delete ------------------------------------------------------------------------------


def nx_ip_create(
    ip_ptr: "NX_IP | None",
    name: "Any",
    ip_address: int,
    network_mask: int,
    default_pool: "NX_PACKET_POOL | None",
    ip_link_driver: "Callable[[Any], None] | None",
    memory_ptr: "Any",
    memory_size: int,
    priority: int,
) -> int:
    """Make an IP instance with one interface ("PRI") and the internal loopback interface.

    The driver is not called here: the instance's thread calls it when it first runs.

    Args:
        ip_ptr (NX_IP): empty control block.
        name (str or bytes): shown in reports.
        ip_address (int): address of the first interface; 0 for none yet.
        network_mask (int): its network mask.
        default_pool (NX_PACKET_POOL): created pool for the stack's own packets and received frames.
        ip_link_driver (callable): driver of the first interface; takes an NX_IP_DRIVER.
        memory_ptr (writable buffer): stack of the instance's thread.
        memory_size (int): bytes of it, at least TX_MINIMUM_STACK.
        priority (int): of the instance's thread, 0 (highest) to TX_MAX_PRIORITIES - 1.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, pool not created, instance already created, or
        its stack shares memory with another instance's); NX_SIZE_ERROR (stack too small);
        NX_OPTION_ERROR (no such priority); NX_IP_ADDRESS_ERROR (address not of class A, B or C);
        NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if (
        ip_ptr is None
        or default_pool is None
        or ip_link_driver is None
        or memory_ptr is None
        or default_pool.nx_packet_pool_id != NX_PACKET_POOL_ID
    ):
        return NX_PTR_ERROR
    sim = current()
    if memory_size < sim.config.TX_MINIMUM_STACK:
        return NX_SIZE_ERROR
    if priority >= sim.config.TX_MAX_PRIORITIES:
        return NX_OPTION_ERROR
    if _created_or_overlapping(ip_ptr, memory_ptr, memory_size):
        return NX_PTR_ERROR
    if ip_address_unusable(ip_address):
        return NX_IP_ADDRESS_ERROR
    if not not_isr_not_timer(sim):
        return NX_CALLER_ERROR
    return _nx_ip_create(
        ip_ptr,
        name,
        ip_address,
        network_mask,
        default_pool,
        ip_link_driver,
        memory_ptr,
        memory_size,
        priority,
    )


def _created_or_overlapping(ip_ptr: "NX_IP", memory_ptr: "Any", memory_size: int) -> bool:
    if len(memoryview(memory_ptr)) < memory_size:
        raise TypeError("memory_size: " + str(memory_size) + " is beyond the end of memory_ptr")
    address = address_of(memory_ptr)
    for other in current().ip_instances:
        if other is ip_ptr:
            return True
        thread = other.nx_ip_thread
        if overlap(address, memory_size, address_of(thread.tx_thread_stack_start), thread.tx_thread_stack_size):
            return True
    return False


def nx_ip_delete(ip_ptr: "NX_IP | None") -> int:
    """Delete an instance: its drivers are told, its packets given back, its waiters woken.

    Threads that wait for a raw packet get NX_NO_PACKET, pings NX_NO_RESPONSE.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_CALLER_ERROR (not from a thread);
        NX_SOCKETS_BOUND (a TCP or UDP socket still exists).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nx_ip_delete(ip_ptr)  # type: ignore[arg-type]


def nx_ip_info_get(
    ip_ptr: "NX_IP | None",
    ip_total_packets_sent: "Any",
    ip_total_bytes_sent: "Any",
    ip_total_packets_received: "Any",
    ip_total_bytes_received: "Any",
    ip_invalid_packets: "Any",
    ip_receive_packets_dropped: "Any",
    ip_receive_checksum_errors: "Any",
    ip_send_packets_dropped: "Any",
    ip_total_fragments_sent: "Any",
    ip_total_fragments_received: "Any",
) -> int:
    """Read the counters of an instance; each output (Ref[int]) may be None.  Bytes count without IP headers.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created); NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_info_get(
        ip_ptr,  # type: ignore[arg-type]
        ip_total_packets_sent,
        ip_total_bytes_sent,
        ip_total_packets_received,
        ip_total_bytes_received,
        ip_invalid_packets,
        ip_receive_packets_dropped,
        ip_receive_checksum_errors,
        ip_send_packets_dropped,
        ip_total_fragments_sent,
        ip_total_fragments_received,
    )


def nx_ip_status_check(ip_ptr: "NX_IP | None", needed_status: int, actual_status: "Any", wait_option: int) -> int:
    """Wait until parts of an instance, and its first interface, are ready.

    Args:
        ip_ptr (NX_IP): created instance.
        needed_status (int): NX_IP_INITIALIZE_DONE, NX_IP_LINK_ENABLED, ... combined.
        actual_status (Ref[int], out): those of them that are true.
        wait_option (int): ticks to wait.

    Returns:
        int: NX_SUCCESS (all true); NX_PTR_ERROR (a pointer null, instance not created);
        NX_OPTION_ERROR (bits that do not exist); NX_CALLER_ERROR (not from a thread);
        NX_NOT_SUCCESSFUL (not all true in time; or at once, output not written, when the link is
        asked for and the interface has no driver).

    Blocks: up to wait_option ticks, looking every NX_IP_STATUS_CHECK_WAIT_TIME ticks.
    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or actual_status is None:
        return NX_PTR_ERROR
    if needed_status & ~STATUS_BITS:
        return NX_OPTION_ERROR
    if not threads_only(current()):
        return NX_CALLER_ERROR
    return _nx_ip_status_check(ip_ptr, needed_status, actual_status, wait_option)  # type: ignore[arg-type]


# -- addresses --------------------------------------------------------------------------------------


def nx_ip_address_get(ip_ptr: "NX_IP | None", ip_address: "Any", network_mask: "Any") -> int:
    """Read address and mask of the first interface.

    Args:
        ip_ptr (NX_IP): created instance.
        ip_address (Ref[int], out): the address, 0 if there is none.
        network_mask (Ref[int], out): the mask.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (a pointer null, instance not created); NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or ip_address is None or network_mask is None:
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_interface_address_get(ip_ptr, 0, ip_address, network_mask)  # type: ignore[arg-type]


def nx_ip_address_set(ip_ptr: "NX_IP | None", ip_address: int, network_mask: int) -> int:
    """Change address and mask of the first interface; 0 takes the address away.

    The callback of ``nx_ip_address_change_notify`` runs here if anything changed.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (null or not created); NX_IP_ADDRESS_ERROR (not of class A, B or
        C); NX_CALLER_ERROR (from an interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if ip_address_unusable(ip_address):
        return NX_IP_ADDRESS_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_interface_address_set(ip_ptr, 0, ip_address, network_mask)  # type: ignore[arg-type]


def nx_ip_address_change_notify(
    ip_ptr: "NX_IP | None",
    ip_address_change_notify: "Callable[[NX_IP, Any], None] | None",
    additional_info: "Any",
) -> int:
    """Have ``ip_address_change_notify(ip_ptr, additional_info)`` called when an address changes; None ends it.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created); NX_CALLER_ERROR (from an
        interrupt or a timer).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr):
        return NX_PTR_ERROR
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_address_change_notify(ip_ptr, ip_address_change_notify, additional_info)  # type: ignore[arg-type]


def nx_ip_max_payload_size_find(
    ip_ptr: "NX_IP | None",
    dest_address: "NXD_ADDRESS | None",
    if_index: int,
    src_port: int,
    dest_port: int,
    protocol: int,
    start_offset_ptr: "Any",
    payload_length_ptr: "Any",
) -> int:
    """Find how many bytes of payload go into one packet, and where in it they start.

    Args:
        ip_ptr (NX_IP): created instance.
        dest_address (NXD_ADDRESS): destination; only its version counts.
        if_index (int): interface (IPv4) or index of the source address (IPv6).
        src_port (int): not used.
        dest_port (int): not used.
        protocol (int): NX_PROTOCOL_TCP or NX_PROTOCOL_UDP.
        start_offset_ptr (Ref[int] or None, out): bytes of headers, link header room included.
        payload_length_ptr (Ref[int] or None, out): largest payload without fragmentation.

    Returns:
        int: NX_SUCCESS; NX_PTR_ERROR (instance null or not created, address null);
        NX_IP_ADDRESS_ERROR (version neither 4 nor 6; no such IPv6 address); NX_NOT_SUPPORTED (another
        protocol); NX_CALLER_ERROR (from an interrupt or a timer); NX_INVALID_INTERFACE (no such
        interface, or it has no address).

    Source: NetX Duo guide ch. 4.
    """
    if no_ip(ip_ptr) or dest_address is None:
        return NX_PTR_ERROR
    if dest_address.nxd_ip_version not in (NX_IP_VERSION_V4, NX_IP_VERSION_V6):
        return NX_IP_ADDRESS_ERROR
    if protocol not in (NX_PROTOCOL_UDP, NX_PROTOCOL_TCP):
        return NX_NOT_SUPPORTED
    if not not_isr_not_timer(current()):
        return NX_CALLER_ERROR
    return _nx_ip_max_payload_size_find(
        ip_ptr,  # type: ignore[arg-type]
        dest_address,
        if_index,
        src_port,
        dest_port,
        protocol,
        start_offset_ptr,
        payload_length_ptr,
    )
