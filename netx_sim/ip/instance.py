"""Creating and deleting an IP instance, and switching its optional parts on and off."""

from netx_sim.constants import (
    NX_INIT_PACKET_ID,
    NX_INTERFACE_CAPABILITY_CHECKSUM_ALL,
    NX_IP_ID,
    NX_LINK_DISABLE,
    NX_LINK_UNINITIALIZE,
)
from netx_sim.constants_tx import TX_CLEAR_ID
from netx_sim.ip.interface import interface_configure, physical_interfaces
from netx_sim.ip.receive import _nx_ip_packet_receive
from netx_sim.ip.thread import ip_periodic_start, ip_thread_run, ip_timers_stop
from netx_sim.kernel import callback_registered, current
from netx_sim.kernel.mutex_block import TX_MUTEX
from netx_sim.kernel.objects import TX_MUTEX_ID
from netx_sim.kernel.thread_block import TX_THREAD, stack_fill
from netx_sim.link import NX_INTERFACE, driver_request
from netx_sim.packet import _nx_packet_release
from netx_sim.status import (
    NX_NO_PACKET,
    NX_NO_RESPONSE,
    NX_NOT_SUPPORTED,
    NX_SOCKETS_BOUND,
    NX_SUCCESS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from netx_sim.ip.block import NX_IP

_LOOPBACK_ADDRESS = 0x7F000001
_LOOPBACK_MASK = 0xFF000000
_LOOPBACK_MTU = 65535


def _nx_system_initialize() -> None:
    """A device's library clears its lists here; a simulation starts with them empty."""


def _nx_ip_create(
    ip_ptr: "NX_IP",
    name: "Any",
    ip_address: int,
    network_mask: int,
    default_pool: "Any",
    ip_link_driver: "Any",
    memory_ptr: "Any",
    memory_size: int,
    priority: int,
) -> int:
    """Prepare the instance; its thread brings up the interfaces when it first runs."""
    sim = current()
    ip_ptr._reset()
    ip_ptr._sim = sim
    ip_ptr.nx_ip_name = name
    ip_ptr.nx_ip_default_packet_pool = ip_ptr._small_pool = default_pool
    ip_ptr.nx_ip_packet_id = NX_INIT_PACKET_ID
    ip_ptr.nx_ip_raw_received_packet_max = sim.config.NX_IP_RAW_MAX_QUEUE_DEPTH
    ip_ptr._ip_receive = _nx_ip_packet_receive
    _interfaces_create(ip_ptr)
    interface_configure(ip_ptr.nx_ip_interface[0], "PRI", ip_address, network_mask, ip_link_driver)
    _thread_create(ip_ptr, memory_ptr, memory_size, priority)
    ip_periodic_start(ip_ptr)
    sim.ip_instances.append(ip_ptr)
    ip_ptr.nx_ip_id = NX_IP_ID
    sim.activity_signal(ip_ptr.nx_ip_thread)
    sim.preempt()
    return NX_SUCCESS


def _interfaces_create(ip_ptr: "NX_IP") -> None:
    """Empty slots for the physical interfaces, and the loopback interface behind them."""
    config = ip_ptr._sim.config
    count = config.NX_MAX_PHYSICAL_INTERFACES
    ip_ptr._loopback_index = count
    ip_ptr.nx_ip_interface = [NX_INTERFACE(index) for index in range(count + 1)]
    if config.NX_DISABLE_LOOPBACK_INTERFACE:
        return
    loopback = ip_ptr.nx_ip_interface[count]
    interface_configure(loopback, "Internal IP Loopback", _LOOPBACK_ADDRESS, _LOOPBACK_MASK, None)
    loopback.nx_interface_ip_mtu_size = _LOOPBACK_MTU
    loopback.nx_interface_link_up = 1
    # Nothing can spoil a packet on its way through our own memory.
    loopback.nx_interface_capability_flag = NX_INTERFACE_CAPABILITY_CHECKSUM_ALL


def _thread_create(ip_ptr: "NX_IP", memory_ptr: "Any", memory_size: int, priority: int) -> None:
    """The instance's mutex and its thread."""
    sim = ip_ptr._sim
    mutex = TX_MUTEX()
    mutex.tx_mutex_id = TX_MUTEX_ID  # drivers take it by tx_mutex_get
    mutex.tx_mutex_name = ip_ptr.nx_ip_name
    mutex._sim = sim
    sim.mutexes.append(mutex)
    ip_ptr.nx_ip_protection = mutex
    thread = TX_THREAD()
    thread.tx_thread_stack_start = memory_ptr
    thread.tx_thread_stack_size = memory_size
    stack_fill(memory_ptr, memory_size)
    ip_ptr.nx_ip_thread = thread
    sim.activity_create(thread, ip_ptr.nx_ip_name, priority, lambda: ip_thread_run(ip_ptr), mutex)


def _nx_ip_delete(ip_ptr: "NX_IP") -> int:
    """Tear everything down; refused while a TCP or UDP socket exists."""
    sim = ip_ptr._sim
    mutex = ip_ptr.nx_ip_protection
    sim.mutex_get(mutex)
    if ip_ptr.nx_ip_tcp_created_sockets_count or ip_ptr.nx_ip_udp_created_sockets_count:
        sim.mutex_put(mutex)
        return NX_SOCKETS_BOUND
    ip_ptr.nx_ip_id = TX_CLEAR_ID
    sim.ip_instances.remove(ip_ptr)
    for interface in physical_interfaces(ip_ptr):
        if interface.nx_interface_valid:
            driver_request(ip_ptr, interface, NX_LINK_DISABLE)
            driver_request(ip_ptr, interface, NX_LINK_UNINITIALIZE)
    ip_timers_stop(ip_ptr)
    sim.activity_delete(ip_ptr.nx_ip_thread)
    for hook in ip_ptr._delete_hooks:
        hook(ip_ptr)
    _queues_empty(ip_ptr)
    while ip_ptr.nx_ip_raw_packet_suspension_list:
        sim.resume(ip_ptr.nx_ip_raw_packet_suspension_list[0], NX_NO_PACKET)
    while ip_ptr.nx_ip_icmp_ping_suspension_list:
        sim.resume(ip_ptr.nx_ip_icmp_ping_suspension_list[0], NX_NO_RESPONSE)
    sim.mutex_put(mutex)
    mutex.tx_mutex_id = TX_CLEAR_ID
    sim.mutexes.remove(mutex)
    sim.preempt()
    return NX_SUCCESS


def _queues_empty(ip_ptr: "NX_IP") -> None:
    for queue in (
        ip_ptr._deferred_received,
        ip_ptr._arp_deferred_received,
        ip_ptr._rarp_deferred_received,
        ip_ptr._driver_deferred_received,
        ip_ptr._fragment_received,
        ip_ptr.nx_ip_tcp_queue,
        ip_ptr.nx_ip_icmp_queue,
        ip_ptr.nx_ip_igmp_queue,
        ip_ptr.nx_ip_raw_received_packet_queue,
    ):
        while queue:
            _nx_packet_release(queue.pop(0))


# -- optional parts ---------------------------------------------------------------------------------


def _nx_ip_fragment_enable(ip_ptr: "NX_IP") -> int:
    """From now on long packets are sent in fragments, and received fragments are assembled."""
    if ip_ptr._sim.config.NX_DISABLE_FRAGMENTATION:
        return NX_NOT_SUPPORTED
    from netx_sim.ip.fragment import fragment_enable

    fragment_enable(ip_ptr)
    return NX_SUCCESS


def _nx_ip_fragment_disable(ip_ptr: "NX_IP") -> int:
    """Fragments held for assembly are released."""
    if ip_ptr._sim.config.NX_DISABLE_FRAGMENTATION:
        return NX_NOT_SUPPORTED
    sim = ip_ptr._sim
    sim.mutex_get(ip_ptr.nx_ip_protection)
    if ip_ptr._fragment_delete is not None:
        ip_ptr._fragment_delete(ip_ptr)
    if ip_ptr._ipv6_fragment_delete is not None:
        ip_ptr._ipv6_fragment_delete(ip_ptr)
    sim.mutex_put(ip_ptr.nx_ip_protection)
    return NX_SUCCESS


def _nx_ip_forwarding_enable(ip_ptr: "NX_IP") -> int:
    """From now on packets for other hosts are sent on."""
    if ip_ptr._sim.config.NX_DISABLE_IPV4:
        return NX_NOT_SUPPORTED
    from netx_sim.ip.forward import _nx_ip_forward_packet_process

    ip_ptr.nx_ip_forward_packet_process = _nx_ip_forward_packet_process
    return NX_SUCCESS


def _nx_ip_forwarding_disable(ip_ptr: "NX_IP") -> int:
    """Packets for other hosts are dropped again."""
    if ip_ptr._sim.config.NX_DISABLE_IPV4:
        return NX_NOT_SUPPORTED
    ip_ptr.nx_ip_forward_packet_process = None
    return NX_SUCCESS


def _nx_ip_auxiliary_packet_pool_set(ip_ptr: "NX_IP", auxiliary_pool: "Any") -> int:
    if not ip_ptr._sim.config.NX_ENABLE_DUAL_PACKET_POOL:
        return NX_NOT_SUPPORTED
    ip_ptr.nx_ip_auxiliary_packet_pool = ip_ptr._small_pool = auxiliary_pool
    return NX_SUCCESS


def ip_callback_registered(ip_ptr: "NX_IP", function: "Any") -> None:
    """The IP thread will call ``function``, an application's callback."""
    callback_registered(ip_ptr.nx_ip_thread, function)
